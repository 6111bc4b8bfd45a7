//! Makes the charts of a question: the forecasts of one event by the date on which they were made. Coordinates are
//! ready to print.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::{PartialDate, days_between};
use crate::document::{Expectation, ExpectedPoint, RelationKind};
use crate::graph::{ClaimIndex, Status};

use crate::page::Site;
use crate::page::forecast::scores::one_digit;
use crate::page::parts::facts::expectation_words;
use crate::page::parts::rows::{mark, percent};
use crate::page::view::{AxisTick, ChartLine, ChartPoint, QuestionChart, QuestionRow};

/// Height of a plot, in pixels.
const HEIGHT: i32 = 240;

/// Minimum number of points in a chart. One point shows no change.
const MIN_FORECASTS: usize = 2;

/// Possible distances between the marks of a time axis, in months.
const STEPS: [i32; 12] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12_000, 60_000];

/// Maximum number of forecasts in a plot; the newest are drawn. The limit exists because each is a link with a
/// name.
const DRAWN: usize = 40;

/// Maximum number of names in a plot.
const LABELS: usize = 12;

/// A forecast as a point of the plot.
struct QuestionPoint {
    claim: ClaimIndex,
    said: PartialDate,
    value: f64,
    interval: Option<(f64, f64)>,
    /// The dates of the value and of the ends of the interval; empty if they are not dates.
    dates: Vec<PartialDate>,
    /// The answer as text, such as `30% by 31 Dec 2027`.
    words: String,
}

/// An axis of the plot: its lowest and highest value, and its marks.
struct QuestionAxis {
    low: f64,
    high: f64,
    ticks: Vec<(f64, String)>,
}

impl QuestionAxis {
    /// The position of a value on the axis, from 0.0 at the low end to 1.0 at the high end.
    fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn along(&self, value: f64) -> String {
        format!("{}%", one_digit(100.0 * self.share(value)))
    }

    fn down(&self, value: f64) -> f64 {
        f64::from(HEIGHT) * (1.0 - self.share(value))
    }
}

impl Site<'_> {
    /// Charts of the forecasts of a question: one for each sort of answer that at least two forecasts give. If
    /// there is no such chart, the deadlines are drawn.
    pub(in crate::page) fn question_charts(&self, oldest_first: &[ClaimIndex]) -> Vec<QuestionChart> {
        let chart =
            |title, points: Vec<QuestionPoint>, axis: fn(&[QuestionPoint]) -> Option<QuestionAxis>| {
                let missing = points.len().saturating_sub(DRAWN);
                let newest = points.get(missing..).unwrap_or_default();
                let drawn = newest.len() >= MIN_FORECASTS;
                drawn.then(|| self.question_chart(title, newest, &axis(newest)?, missing)).flatten()
            };
        let of = |point: &dyn Fn(ClaimIndex) -> Option<QuestionPoint>| -> Vec<QuestionPoint> {
            oldest_first.iter().filter_map(|&claim| point(claim)).collect()
        };
        let answers = [
            chart("Probability", of(&|claim| self.probable(claim)), probabilities),
            chart(
                "Expected date",
                of(&|claim| self.expected(claim, |point| date_of(point).map(days))),
                dates,
            ),
            chart("Expected number", of(&|claim| self.expected(claim, number_of)), numbers),
        ];
        let charts: Vec<QuestionChart> = answers.into_iter().flatten().collect();
        if charts.is_empty() {
            chart("Deadline", of(&|claim| self.deadline(claim)), dates).into_iter().collect()
        } else {
            charts
        }
    }

    /// The forecasts of a question as rows of a table, including forecasts that no chart shows.
    pub(in crate::page) fn question_rows(&self, oldest_first: &[ClaimIndex]) -> Vec<QuestionRow> {
        let row = |&claim: &ClaimIndex| {
            let expects = self.book.claim(claim).expects.as_ref();
            let expects = expects.map(|expects| expectation_words(&expects.value)).unwrap_or_default();
            QuestionRow { claim: self.row(claim), expects }
        };
        oldest_first.iter().map(row).collect()
    }

    fn probable(&self, claim: ClaimIndex) -> Option<QuestionPoint> {
        let facts = self.book.claim(claim);
        let probability = facts.probability.as_ref()?.value;
        let inferred = if probability.is_stated { "" } else { ", inferred" };
        let by =
            facts.resolves.as_ref().map(|date| format!(" by {}", date.value.words())).unwrap_or_default();
        Some(QuestionPoint {
            claim,
            said: facts.said.as_ref()?.value,
            value: probability.value,
            interval: None,
            dates: Vec::new(),
            words: format!("{}{by}{inferred}", percent(probability)),
        })
    }

    fn expected(&self, claim: ClaimIndex, value: fn(&ExpectedPoint) -> Option<f64>) -> Option<QuestionPoint> {
        let facts = self.book.claim(claim);
        let expects: &Expectation = &facts.expects.as_ref()?.value;
        let interval = expects.interval.as_ref();
        Some(QuestionPoint {
            claim,
            said: facts.said.as_ref()?.value,
            value: value(&expects.point)?,
            interval: interval.and_then(|(low, high)| Some((value(low)?, value(high)?))),
            dates: interval
                .into_iter()
                .flat_map(|(low, high)| [low, high])
                .chain([&expects.point])
                .filter_map(date_of)
                .collect(),
            words: expectation_words(expects),
        })
    }

    fn deadline(&self, claim: ClaimIndex) -> Option<QuestionPoint> {
        let facts = self.book.claim(claim);
        let deadline = facts.resolves.as_ref()?.value;
        Some(QuestionPoint {
            claim,
            said: facts.said.as_ref()?.value,
            value: days(deadline),
            interval: None,
            dates: vec![deadline],
            words: format!("by {}", deadline.words()),
        })
    }

    fn question_chart(
        &self,
        title: &'static str,
        points: &[QuestionPoint],
        axis: &QuestionAxis,
        missing: usize,
    ) -> Option<QuestionChart> {
        let time = QuestionAxis::of_dates(points.iter().map(|point| point.said), long_month)?;
        let rows = axis.ticks.iter().map(|(value, text)| AxisTick {
            at: one_digit(axis.down(*value)),
            text_at: one_digit(axis.down(*value) + 4.0),
            text: text.clone(),
            optional: false,
        });
        let columns = time.ticks.iter().enumerate().map(|(place, (value, text))| AxisTick {
            at: time.along(*value),
            text_at: String::new(),
            text: text.clone(),
            optional: place % 2 == 1,
        });
        let place = |point: &QuestionPoint| (time.along(days(point.said)), one_digit(axis.down(point.value)));
        let lines = self.followers(points).into_iter().map(|((from, to), replaces)| {
            let ((x1, y1), (x2, y2)) = (place(&points[from]), place(&points[to]));
            ChartLine { x1, y1, x2, y2, replaces }
        });
        let mut drawn: Vec<ChartPoint> =
            points.iter().map(|point| self.chart_point(point, &time, axis)).collect();
        self.label(&mut drawn, points, |point| {
            (100.0 * time.share(days(point.said)), axis.down(point.value))
        });
        Some(QuestionChart {
            title,
            height: HEIGHT + 28,
            label_y: HEIGHT + 22,
            rows: rows.collect(),
            columns: columns.collect(),
            lines: lines.collect(),
            has_intervals: points.iter().any(|point| point.interval.is_some()),
            points: drawn,
            missing,
        })
    }

    fn chart_point(&self, point: &QuestionPoint, time: &QuestionAxis, axis: &QuestionAxis) -> ChartPoint {
        let status = self.book.node(point.claim).status;
        let (words, said) = (&point.words, point.said.words());
        let end = |value| one_digit(axis.down(value));
        ChartPoint {
            url: self.url(&self.claim_path(point.claim)),
            name: format!(
                "{}, {said}: {words}, {}",
                self.forecasters(point.claim),
                mark(status).word.to_lowercase()
            ),
            x: time.along(days(point.said)),
            y: end(point.value),
            interval: point.interval.map(|(low, high)| (end(high), end(low))),
            faded: status == Status::Superseded,
            label: String::new(),
            // The label is above the point, where lines are rare, or below it near the upper edge.
            label_y: one_digit(if axis.down(point.value) < 20.0 {
                axis.down(point.value) + 18.0
            } else {
                axis.down(point.value) - 9.0
            }),
            label_left: time.share(days(point.said)) > 0.6,
        }
    }

    /// The name of the first speaker, and the number of further speakers. The label must be part of the link's
    /// name, and many names would cover the plot. The table names all speakers.
    fn forecasters(&self, claim: ClaimIndex) -> String {
        let speakers = &self.book.node(claim).by;
        let first = speakers.first().map_or("", |&speaker| self.book.speakers().get(speaker).name.as_str());
        if speakers.len() > 1 { format!("{first} and {} more", speakers.len() - 1) } else { first.to_owned() }
    }

    /// Pairs of points that are joined by a line, and whether the second forecast supersedes the first. Two points
    /// are also joined if they are consecutive forecasts of one speaker from different days.
    fn followers(&self, points: &[QuestionPoint]) -> BTreeMap<(usize, usize), bool> {
        let mut joined = BTreeMap::new();
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        for (place, point) in points.iter().enumerate() {
            for &speaker in &self.book.node(point.claim).by {
                if let Some(before) = last.insert(speaker, place)
                    && days(points[before].said) < days(point.said)
                {
                    joined.insert((before, place), false);
                }
            }
        }
        let places: BTreeMap<ClaimIndex, usize> =
            points.iter().enumerate().map(|(place, point)| (point.claim, place)).collect();
        for (to, point) in points.iter().enumerate() {
            for &edge in &self.book.node(point.claim).outgoing {
                if self.book.relation(edge).kind == RelationKind::Supersedes
                    && let Some(&from) = places.get(&edge.other)
                {
                    joined.insert((from, to), true);
                }
            }
        }
        joined
    }

    /// Names each speaker at their last point, unless another name is near.
    fn label(
        &self,
        drawn: &mut [ChartPoint],
        points: &[QuestionPoint],
        place: impl Fn(&QuestionPoint) -> (f64, f64),
    ) {
        let mut named = BTreeSet::new();
        let mut taken: Vec<(f64, f64)> = Vec::new();
        for (shown, point) in drawn.iter_mut().zip(points).rev() {
            let name = self.forecasters(point.claim);
            if taken.len() >= LABELS || !named.insert(name.clone()) {
                continue;
            }
            let (x, y) = place(point);
            if taken.iter().all(|(other_x, other_y)| (x - other_x).abs() > 35.0 || (y - other_y).abs() > 16.0)
            {
                taken.push((x, y));
                shown.label = name;
            }
        }
    }
}

fn probabilities(points: &[QuestionPoint]) -> Option<QuestionAxis> {
    let ticks = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (share, format!("{}%", share * 100.0)));
    (!points.is_empty()).then(|| QuestionAxis { low: 0.0, high: 1.0, ticks: ticks.to_vec() })
}

fn dates(points: &[QuestionPoint]) -> Option<QuestionAxis> {
    QuestionAxis::of_dates(points.iter().flat_map(|point| point.dates.iter().copied()), short_month)
}

fn numbers(points: &[QuestionPoint]) -> Option<QuestionAxis> {
    let ends = points.iter().flat_map(|point| {
        let (low, high) = point.interval.unwrap_or((point.value, point.value));
        [low, point.value, high]
    });
    let (low, high) =
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    QuestionAxis::of_numbers(low.min(if low < high / 2.0 { 0.0 } else { low }), high)
}

impl QuestionAxis {
    /// A time axis that begins and ends at the start of a month and has at most seven marks; `None` without dates.
    fn of_dates(dates: impl Iterator<Item = PartialDate>, text: fn(PartialDate) -> String) -> Option<Self> {
        let (low, high) = dates.fold(None, |ends: Option<(PartialDate, PartialDate)>, date| {
            let (low, high) = ends.unwrap_or((date, date));
            let is_earlier = |one: PartialDate, other: PartialDate| one.last_day() < other.last_day();
            Some((
                if is_earlier(date, low) { date } else { low },
                if is_earlier(high, date) { date } else { high },
            ))
        })?;
        let (first, last) = (months(low), months(high) + 1);
        let step = STEPS.into_iter().find(|step| (last - first) / step <= 5).unwrap_or(60_000);
        let (first, last) = (first.div_euclid(step) * step, (last + step - 1).div_euclid(step) * step);
        let starts = (0..=(last - first) / step).map(|place| first + place * step);
        let ticks: Vec<(f64, String)> = starts
            .filter_map(first_of_month)
            .map(|date| (days(date), if step % 12 == 0 { date.year().to_string() } else { text(date) }))
            .collect();
        // At the ends of the calendar this month does not exist, and the date itself is used.
        let end = |month, otherwise| first_of_month(month).map_or(days(otherwise), days);
        Some(Self { low: end(first, low), high: end(last, high), ticks })
    }

    /// A number axis with round marks, whose distance is 1, 2 or 5 times a power of ten; `None` if the numbers are
    /// too large.
    fn of_numbers(low: f64, high: f64) -> Option<Self> {
        let reach = if high > low { high - low } else { (high.abs() / 5.0).max(1.0) };
        let (mut power, mut decimals) = (1.0_f64, 0_usize);
        let rough = reach / 4.0;
        while power * 10.0 <= rough && power.is_finite() {
            power *= 10.0;
        }
        while power > rough && decimals < 12 {
            power /= 10.0;
            decimals += 1;
        }
        let step =
            [1.0, 2.0, 5.0, 10.0].map(|times| times * power).into_iter().find(|step| *step >= rough)?;
        let (low, high) = ((low / step).floor() * step, ((high / step).ceil() * step).max(low + step));
        if !(step.is_finite() && low.is_finite() && high.is_finite() && low < high) {
            return None;
        }
        let text = |value: f64| {
            if value.abs() >= 1e6 { format!("{value:e}") } else { format!("{value:.decimals$}") }
        };
        let ticks = (0..=8).map(|place| low + f64::from(place) * step);
        let ticks = ticks.take_while(|value| *value <= high + step / 2.0).map(|value| (value, text(value)));
        Some(Self { low, high, ticks: ticks.collect() })
    }
}

fn date_of(point: &ExpectedPoint) -> Option<PartialDate> {
    if let ExpectedPoint::Date(date) = point { Some(*date) } else { None }
}

fn number_of(point: &ExpectedPoint) -> Option<f64> {
    if let ExpectedPoint::Number(number) = point { Some(number.number) } else { None }
}

/// Days since 2000-01-01. A partial date counts as the last day that it may mean.
fn days(date: PartialDate) -> f64 {
    let epoch = PartialDate::parse("2000-01-01").expect("2000-01-01 is a valid date").first_day();
    f64::from(days_between(epoch, date.last_day()))
}

/// Months since the year 0. A partial date counts as the last month that it may mean.
fn months(date: PartialDate) -> i32 {
    let last = PartialDate::from(date.last_day()).to_string();
    let month = last.split('-').nth(1).and_then(|month| month.parse::<i32>().ok());
    i32::from(date.year()) * 12 + month.unwrap_or(1) - 1
}

fn first_of_month(months: i32) -> Option<PartialDate> {
    PartialDate::parse(&format!("{:04}-{:02}-01", months.div_euclid(12), months.rem_euclid(12) + 1))
}

/// Month and year, such as `Apr 2026`.
fn long_month(date: PartialDate) -> String {
    date.words().trim_start_matches("1 ").to_owned()
}

/// Month and short year, such as `Apr ’26`, which fits into the space next to a plot.
fn short_month(date: PartialDate) -> String {
    let words = long_month(date);
    let month = words.split(' ').next().unwrap_or_default();
    format!("{month} \u{2019}{:02}", date.year() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(axis: Option<QuestionAxis>) -> Vec<String> {
        axis.expect("the values have an axis").ticks.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn axes_of_time_begin_and_end_with_a_mark() {
        let check = |dates: &[&str], expected: &[&str]| {
            let dates = dates.iter().map(|date| PartialDate::parse(date).expect("the date is valid"));
            assert_eq!(marks(QuestionAxis::of_dates(dates, short_month)), expected);
        };
        check(&["2026-05-20", "2026-05-20"], &["May \u{2019}26", "Jun \u{2019}26"]);
        let quarters = [
            "Apr \u{2019}25",
            "Jul \u{2019}25",
            "Oct \u{2019}25",
            "Jan \u{2019}26",
            "Apr \u{2019}26",
            "Jul \u{2019}26",
            "Oct \u{2019}26",
        ];
        check(&["2025-04", "2026-08-16"], &quarters);
        check(&["2027-01-31", "2030-04-30"], &["2027", "2028", "2029", "2030", "2031"]);
        check(&["9999"], &["Dec \u{2019}99"]);
        assert!(QuestionAxis::of_dates(std::iter::empty(), short_month).is_none());
    }

    #[test]
    fn axes_of_numbers_have_round_marks() {
        let check =
            |low, high, expected: &[&str]| assert_eq!(marks(QuestionAxis::of_numbers(low, high)), expected);
        check(0.0, 100.0, &["0", "50", "100"]);
        check(3.0, 3.5, &["3.0", "3.2", "3.4", "3.6"]);
        check(7.0, 7.0, &["7.0", "7.5"]);
        check(0.0, 5e6, &["0", "2e6", "4e6", "6e6"]);
        assert!(QuestionAxis::of_numbers(f64::MIN, f64::MAX).is_none());
    }
}
