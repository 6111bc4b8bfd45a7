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
            speaker.claims.iter().filter_map(|&claim| score::forecast_of_claim(self.book, claim)).collect();
        score::score_forecasts(&forecasts)
    }

    /// The records of the forecasters, and the calibration of all forecasts of the book.
    pub(in crate::page) fn scoreboard(&self) -> Scoreboard {
        let records = self.book.speakers().iter().map(|entity| (self.record_of(entity), entity));
        let mut records: Vec<(Record, &Entity)> =
            records.filter(|(record, _)| record.forecasts > 0).collect();
        // The sort is stable: forecasters with equal counts keep the order of their ids.
        records.sort_by(|(one, _), (other, _)| {
            let score = |record: &Record| {
                record.brier.filter(|_| record.scored >= MIN_RESOLVED).unwrap_or(f64::INFINITY)
            };
            let counts = |record: &Record| (record.resolved(), record.forecasts);
            score(one).total_cmp(&score(other)).then_with(|| counts(other).cmp(&counts(one)))
        });
        let forecasters = records.len();
        let mut rows: Vec<ScoreRow> =
            records.iter().filter_map(|(_, entity)| self.score_row(entity)).collect();
        rows.truncate(LISTED);
        let forecasts: Vec<Forecast> =
            self.book.claims().filter_map(|claim| score::forecast_of_claim(self.book, claim)).collect();
        let scored = score::score_forecasts(&forecasts).scored;
        let bins = score::calibration(&forecasts);
        let (calibration, calibration_chart) = if scored < MIN_RESOLVED {
            (Vec::new(), String::new())
        } else {
            (points(&bins), draw_calibration(&dots(&bins)))
        };
        Scoreboard {
            columns: columns(&rows),
            rows,
            forecasters,
            enough: MIN_RESOLVED,
            scored,
            calibration,
            calibration_chart,
        }
    }

    /// The record of a speaker; `None` if the speaker has made no forecast.
    pub(in crate::page) fn score_row(&self, speaker: &Entity) -> Option<ScoreRow> {
        let record = self.record_of(speaker);
        if record.forecasts == 0 {
            return None;
        }
        let rate = record.hit_rate.filter(|rate| rate.total >= MIN_RESOLVED);
        let is_scored = record.scored >= MIN_RESOLVED;
        let shown = |score: Option<f64>| score.filter(|_| is_scored).map(three_digits);
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
            other_outcomes: beside
                .into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(_, words)| words)
                .collect(),
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

/// The columns of the scoreboard that a row fills.
fn columns(rows: &[ScoreRow]) -> Vec<&'static str> {
    let filled = [
        ("other-outcomes", rows.iter().any(|row| !row.other_outcomes.is_empty())),
        ("shares", rows.iter().any(|row| row.hit_rate.is_some())),
        ("scores", rows.iter().any(|row| row.brier.is_some())),
        ("leads", rows.iter().any(|row| !row.lead.is_empty())),
    ];
    filled.into_iter().filter(|(_, is_filled)| *is_filled).map(|(column, _)| column).collect()
}

fn points(bins: &[Option<Bin>; BINS]) -> Vec<CalibrationPoint> {
    let width = 100 / BINS;
    let point = |(place, bin): (usize, &Option<Bin>)| {
        let bin = (*bin)?;
        Some(CalibrationPoint {
            range: TEXTS.score.range_words(place * width, (place + 1) * width),
            count: bin.count,
            forecast: whole_percent(bin.mean_probability),
            came_true: whole_percent(bin.came_true),
        })
    };
    bins.iter().enumerate().filter_map(point).collect()
}

fn dots(bins: &[Option<Bin>; BINS]) -> Vec<Dot> {
    let dot =
        |bin: &Bin| Dot { probability: bin.mean_probability, came_true: bin.came_true, count: bin.count };
    bins.iter().flatten().map(dot).collect()
}

fn whole_percent(share: f64) -> String {
    format!("{}%", (share * 100.0).round())
}

/// A score with three decimals, such as `0.143`. Minus zero is written as `0.000`.
fn three_digits(score: f64) -> String {
    let text = format!("{score:.3}");
    if text == "-0.000" { "0.000".to_owned() } else { text.replace('-', "\u{2212}") }
}

#[cfg(test)]
mod tests {
    //! The expected numbers are those of the tests in `src/score.rs`, which scikit-learn and scipy made.

    use super::*;
    use crate::graph::example::{Example, claim};

    /// Stated probabilities and outcomes whose Brier score is 0.2475 and log score −0.802693.
    const SCORED: [(&str, &str); 7] = [
        ("90% stated", "came-true"),
        ("80% stated", "came-true"),
        ("70% stated", "did-not-happen"),
        ("60% stated", "came-true"),
        ("30% stated", "did-not-happen"),
        ("20% stated", "did-not-happen"),
        ("5% stated", "came-true"),
    ];

    fn forecast(id: &str, by: &str, facts: &str) -> String {
        claim(id, &format!("kind:: forecast\nby:: {by}\nresolves:: 2026-10-31\n{facts}"))
    }

    fn judged(probability: &str, word: &str) -> String {
        let probability =
            if probability.is_empty() { String::new() } else { format!("probability:: {probability}\n") };
        format!(
            "said:: 2026-10-01\n{probability}verdict:: 2026-11-01 {word} by J. Doe — [shown](https://example.org/)"
        )
    }

    impl Example {
        /// Ann has seven scored forecasts and one of everything else; Bob, in one of Ann's, and Cy have few.
        pub(crate) fn of_forecasts() -> Self {
            let mut body = String::new();
            for (number, (probability, word)) in SCORED.iter().enumerate() {
                body += &forecast(&format!("s{number}"), "Ann", &judged(probability, word));
            }
            body += &forecast("inferred", "Ann", &judged("99% inferred", "did-not-happen"));
            body += &forecast("bare", "Ann\nby:: Bob", &judged("", "came-true"));
            for word in ["partly", "annulled", "unfalsifiable"] {
                body += &forecast(word, "Ann", &judged("90% stated", word));
            }
            body += &forecast("moved", "Ann", "said:: 2026-01\nquestion:: when\nexpects:: 2027-06");
            let newer = "said:: 2026-06\nquestion:: when\nexpects:: 2028-06 [2027-01, 2030-12]";
            body += &forecast("now", "Ann", &format!("{newer}\nsupersedes:: [it](claim:moved) — later"));
            body += &forecast("cy", "Cy", "said:: 2026-07-01\nquestion:: when\nexpects:: 2027");
            Self::of_article(&body)
        }
    }

    /// A row of the scoreboard: name and counts, then what follows them.
    fn row(row: &ScoreRow) -> (String, String) {
        let ScoreRow { speaker, forecasts, pending, resolved, came_true, did_not_happen, scored, .. } = row;
        let counts = format!(
            "{}: {forecasts} forecasts, {pending} pending, {resolved} resolved: {came_true} came true, {did_not_happen} did not",
            speaker.text
        );
        let none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
        let (rate, brier, log) = (none(&row.hit_rate), none(&row.brier), none(&row.log_score));
        let scores = format!("{rate} ({}), {brier}, {log}, n = {scored}, lead {}", row.interval, row.lead);
        (counts, scores)
    }

    #[test]
    fn scores_show_from_five_on_and_counts_before() {
        let example = Example::of_forecasts();
        let board = example.site().scoreboard();
        let rows: Vec<(String, String)> = board.rows.iter().map(row).collect();
        let expected = [
            (
                "Ann: 14 forecasts, 2 pending, 9 resolved: 5 came true, 4 did not",
                "56% (27% to 81%), 0.247, \u{2212}0.803, n = 7, lead 30 days",
            ),
            (
                "Bob: 1 forecasts, 0 pending, 1 resolved: 1 came true, 0 did not",
                "none (), none, none, n = 0, lead 30 days",
            ),
            (
                "Cy: 1 forecasts, 1 pending, 0 resolved: 0 came true, 0 did not",
                "none (), none, none, n = 0, lead ",
            ),
        ];
        assert_eq!(rows, expected.map(|(counts, scores)| (counts.to_owned(), scores.to_owned())));
        assert_eq!(board.rows[0].other_outcomes, ["1 partly came true", "1 void", "1 cannot be settled"]);
        assert_eq!((board.forecasters, board.enough), (3, 5));
        assert_eq!(board.columns, ["other-outcomes", "shares", "scores", "leads"]);
    }

    #[test]
    fn calibration_shows_from_five_scored_forecasts_on() {
        let example = Example::of_forecasts();
        let board = example.site().scoreboard();
        assert_eq!(board.scored, 7);
        let points = board.calibration.iter().map(|point| (point.range.as_str(), point.count));
        // 5 % and 20 %; 30 %; 60 %; 70 % and 80 %; 90 %.
        let expected =
            [("0% to 20%", 2), ("20% to 40%", 1), ("40% to 60%", 1), ("60% to 80%", 2), ("80% to 100%", 1)];
        assert_eq!(points.collect::<Vec<_>>(), expected);
        assert_eq!(board.calibration_chart.matches(">n = ").count(), 5, "{}", board.calibration_chart);
        let few = Example::of_article(&forecast("one", "Ann", &judged("90% stated", "came-true")));
        let board = few.site().scoreboard();
        assert_eq!(board.columns, ["leads"], "one settled forecast makes no share and no score");
        assert_eq!((board.scored, board.calibration.len(), board.calibration_chart.as_str()), (1, 0, ""));
    }

    #[test]
    fn a_book_without_forecasts_has_no_scores() {
        let example = Example::of_article(&claim("pace", ""));
        let board = example.site().scoreboard();
        assert!(board.rows.is_empty() && board.forecasters == 0 && board.scored == 0);
        let speakers = example.book.speakers();
        assert!(example.site().score_row(speakers.get(0)).is_none());
    }

    #[test]
    fn numbers_have_a_minus_and_no_negative_zero() {
        assert_eq!(
            [three_digits(-0.803), three_digits(-0.0001), three_digits(0.25)],
            ["\u{2212}0.803", "0.000", "0.250"]
        );
    }

    /// The row of a forecaster on the page of forecasts, without tags.
    fn shown_row(page: &str, id: &str) -> String {
        let board = page.split("id=\"score\"").nth(1).expect("a scoreboard");
        let row = board.split("<tr>").find(|row| row.contains(&format!("/speakers/{id}/"))).expect("a row");
        let row = row.split("</tr>").next().unwrap_or_default().replace('\u{a0}', " ");
        let pieces = row.split('<').filter_map(|piece| piece.split('>').nth(1)).map(str::trim);
        pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn pages_show_scores_from_five_on_and_counts_before() {
        let site = Example::of_forecasts().render();
        let page = site.text("forecasts/index.html");
        assert_eq!(
            shown_row(&page, "ann"),
            "Ann | 14 | 2 | 5 came true | , | 4 did not happen | 1 partly came true, 1 void, 1 cannot be settled | 56% | (27% to 81%, n = 9) | 0.247 | (n = 7) | \u{2212}0.803 | (n = 7) | 30 days"
        );
        assert_eq!(
            shown_row(&page, "bob"),
            "Bob | 1 | 0 | 1 came true | too few | none yet | none yet | 30 days"
        );
        assert_eq!(shown_row(&page, "cy"), "Cy | 1 | 1 | none yet | none yet | none yet");
        assert!(page.contains("Calibration, 7 forecasts"), "{page}");
        let counts: Vec<&str> =
            page.split(">n = ").skip(1).filter_map(|behind| behind.split('<').next()).collect();
        assert_eq!(counts, ["2", "1", "1", "2", "1"]);
        site.page("speakers/ann/index.html").contains("<dt>Brier score</dt><dd>0.247 (n\u{a0}=\u{a0}7)</dd>");
        let bob = site.text("speakers/bob/index.html");
        assert!(bob.contains("<dt>Settled</dt><dd>1 (1 came true, 0 did not happen)</dd>"), "{bob}");
        assert!(
            !bob.contains("<dt>Share that came true</dt>") && bob.contains("from five settled forecasts on"),
            "{bob}"
        );
    }

    #[test]
    fn pages_of_few_or_no_forecasts_say_so() {
        let few = Example::of_article(&forecast("one", "Ann", &judged("90% stated", "came-true"))).render();
        let page = few.text("forecasts/index.html");
        assert!(page.contains("so far there is 1.") && !page.contains("Calibration plot:"), "{page}");
        let none = Example::of_article(&claim("pace", "")).render();
        assert!(!none.text("forecasts/index.html").contains("Scoreboard"));
        assert!(!none.text("speakers/jane-doe/index.html").contains("Forecast record"));
    }
}
