//! Makes the records of forecasters: the scoreboard, its calibration chart, and the record on a speaker's page.

use crate::chart::{Dot, draw_calibration};
use crate::graph::Entity;
use crate::score::{self, BINS, Bin, Forecast, MIN_RESOLVED, Record};
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::view::{CalibrationPoint, Link, ScoreRow, Scoreboard};

/// Maximum number of forecasters in the scoreboard. `data/scores.json` lists all.
const LISTED: usize = 20;

impl Site<'_> {
    /// Counts and scores of a speaker's forecasts.
    pub fn record_of(&self, speaker: &Entity) -> Record {
        let forecasts: Vec<Forecast> =
            speaker.claims.iter().filter_map(|&claim| score::forecast(self.book, claim)).collect();
        score::record(&forecasts)
    }

    /// The records of the forecasters, and the calibration of all forecasts of the book.
    pub(in crate::page) fn scoreboard(&self) -> Scoreboard {
        let mut rows: Vec<ScoreRow> =
            self.book.speakers().iter().filter_map(|entity| self.score_row(entity)).collect();
        // The sort is stable: forecasters with equal counts keep the order of their ids.
        rows.sort_by_key(|row| std::cmp::Reverse((row.resolved, row.forecasts)));
        let forecasters = rows.len();
        rows.truncate(LISTED);
        let forecasts: Vec<Forecast> =
            self.book.claims().filter_map(|claim| score::forecast(self.book, claim)).collect();
        let scored = score::record(&forecasts).scored;
        let bins = score::calibration(&forecasts);
        let (calibration, calibration_chart) = if scored < MIN_RESOLVED {
            (Vec::new(), String::new())
        } else {
            (points(&bins), draw_calibration(&dots(&bins)))
        };
        Scoreboard { rows, forecasters, enough: MIN_RESOLVED, scored, calibration, calibration_chart }
    }

    /// The record of a speaker; `None` if the speaker has made no forecast.
    pub(in crate::page) fn score_row(&self, speaker: &Entity) -> Option<ScoreRow> {
        let record = self.record_of(speaker);
        if record.forecasts == 0 {
            return None;
        }
        let rate = record.hit_rate.filter(|rate| rate.of >= MIN_RESOLVED);
        let is_scored = record.scored >= MIN_RESOLVED;
        let shown = |score: Option<f64>| score.filter(|_| is_scored).map(two_digits);
        let beside = [
            (record.partly, TEXTS.score.partly(record.partly)),
            (record.annulled, TEXTS.score.annulled(record.annulled)),
            (record.unfalsifiable, TEXTS.score.unfalsifiable(record.unfalsifiable)),
        ];
        Some(ScoreRow {
            speaker: Link { url: self.url(&format!("speakers/{}/", speaker.id)), text: speaker.name.clone() },
            forecasts: record.forecasts,
            pending: record.pending,
            resolved: record.resolved(),
            came_true: record.came_true,
            did_not_happen: record.did_not_happen,
            beside: beside.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| words).collect(),
            scored: record.scored,
            hit_rate: rate.map(|rate| whole_percent(rate.share)),
            interval: rate
                .map(|rate| TEXTS.score.interval(whole_percent(rate.low), whole_percent(rate.high)))
                .unwrap_or_default(),
            brier: shown(record.brier),
            log_score: shown(record.log_score),
            lead: record
                .lead_days
                .map(|days| match usize::try_from(days) {
                    Ok(days) => TEXTS.count.days(days),
                    // The forecast was said after its deadline.
                    Err(_) => format!("\u{2212}{}", TEXTS.count.days(days.unsigned_abs() as usize)),
                })
                .unwrap_or_default(),
        })
    }
}

fn points(bins: &[Option<Bin>; BINS]) -> Vec<CalibrationPoint> {
    let width = 100 / BINS;
    let point = |(place, bin): (usize, &Option<Bin>)| {
        let bin = (*bin)?;
        Some(CalibrationPoint {
            range: TEXTS.score.range_words(place * width, (place + 1) * width),
            count: bin.count,
            forecast: whole_percent(bin.forecast),
            came_true: whole_percent(bin.came_true),
        })
    };
    bins.iter().enumerate().filter_map(point).collect()
}

fn dots(bins: &[Option<Bin>; BINS]) -> Vec<Dot> {
    let dot = |bin: &Bin| Dot { probability: bin.forecast, came_true: bin.came_true, count: bin.count };
    bins.iter().flatten().map(dot).collect()
}

fn whole_percent(share: f64) -> String {
    format!("{}%", (share * 100.0).round())
}

/// A score with two decimals, such as `0.14`. Minus zero is written as `0.00`.
fn two_digits(score: f64) -> String {
    let text = format!("{score:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replace('-', "\u{2212}") }
}
