//! Places dates and shares on an axis and chooses round ticks: months and years on scales of time, quarters on scales of
//! shares. Ticks of other values are those of [`super::measure`].

use crate::date::{PartialDate, short_month};

/// Maximum number of steps between the ticks of a scale of time, where the width of the drawing does not decide.
const MAX_DATE_TICKS: f64 = 8.0;
/// Maximum number of ticks of any scale of time. The widest drawing has fewer.
const MAX_TICKS: i32 = 60;
/// Steps between ticks of a scale of time, in months.
pub(super) const MONTH_STEPS: [i32; 14] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];
/// Step for longer times than any of [`MONTH_STEPS`] is made for.
pub(super) const LONGEST_STEP: i32 = 60_000;
/// Relative tolerance of comparisons.
const TOLERANCE: f64 = 1e-9;

/// A tick and its label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub(super) value: f64,
    pub(super) label: String,
}

/// A range of values, or of years, with round ticks.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    pub(super) ticks: Vec<Tick>,
}

impl Axis {
    /// Creates an axis of time, in years as [`time_in_years`] counts them, with a small margin at both ends.
    pub(super) fn for_time(low: f64, high: f64) -> Self {
        let margin = ((high - low) * 0.04).max(1.0 / 6.0);
        let (low, high) = (low - margin, high + margin);
        Self { low, high, ticks: date_ticks(low, high) }
    }

    /// Creates an axis of shares from 0% to 100%.
    pub(super) fn for_shares() -> Self {
        let tick = |at: f64| Tick { value: at, label: format!("{}%", at * 100.0) };
        Self { low: 0.0, high: 1.0, ticks: [0.0, 0.25, 0.5, 0.75, 1.0].map(tick).to_vec() }
    }

    /// Returns the position of a value on the axis, from 0 to 1. A value beyond an end has the position of that
    /// end.
    pub(super) fn position(&self, value: f64) -> f64 {
        let position = (value - self.low) / (self.high - self.low);
        if position.is_nan() { 0.0 } else { position.clamp(0.0, 1.0) }
    }
}

/// Shortens the labels of months so that they fit next to a drawing: `Apr 2026` becomes `Apr ’26`.
pub(super) fn with_short_months(mut ticks: Vec<Tick>) -> Vec<Tick> {
    for tick in &mut ticks {
        if let Some((month, year)) = tick.label.split_once(' ') {
            tick.label = format!("{month} \u{2019}{}", year.get(2..).unwrap_or(year));
        }
    }
    ticks
}

/// Returns a date as a number of years. Each month is a twelfth of a year, and a partial date is in the middle of
/// its period.
pub fn time_in_years(date: PartialDate) -> f64 {
    let day = |day: i8, length: i8| f64::from(day - 1) / f64::from(length);
    let (first, last) = (date.first_day(), date.last_day());
    let years = |year: i16, month: i8, day: f64| f64::from(year) + (f64::from(month - 1) + day) / 12.0;
    f64::midpoint(
        years(first.year(), first.month(), day(first.day(), first.days_in_month())),
        years(last.year(), last.month(), day(last.day(), last.days_in_month())),
    )
}

/// Returns the ticks of a scale of time: months or years, with the smallest round step that gives at most eight
/// ticks.
pub(super) fn date_ticks(low: f64, high: f64) -> Vec<Tick> {
    let months = (high - low) * 12.0;
    let is_enough = |step: &i32| months / f64::from(*step) <= MAX_DATE_TICKS;
    let step = MONTH_STEPS.into_iter().find(is_enough).unwrap_or(LONGEST_STEP);
    date_ticks_every(step, low, high)
}

/// Returns the ticks of a scale of time with this number of months between them.
pub(super) fn date_ticks_every(step: i32, low: f64, high: f64) -> Vec<Tick> {
    let month = |years: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "years are those of calendar dates")]
        let month = (years * 12.0 - TOLERANCE).ceil() as i32;
        month
    };
    let (first, end) = (month(low), month(high));
    let start = first.div_euclid(step) * step;
    (0..MAX_TICKS)
        .map(|number| start + number * step)
        .filter(|month| (first..end).contains(month))
        .map(|month| {
            let (year, month_of_year) = (month.div_euclid(12), month.rem_euclid(12));
            let name = usize::try_from(month_of_year).map(short_month).unwrap_or_default();
            let label = if step < 12 { format!("{name} {year}") } else { year.to_string() };
            Tick { value: f64::from(month) / 12.0, label }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis) -> String {
        axis.ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn dates_get_months_or_years() {
        let at = |text| time_in_years(PartialDate::parse(text).expect("a date"));
        let time = |from, to| labels(&Axis::for_time(at(from), at(to)));
        assert_eq!(time("2019-02-14", "2026-04"), "2019 2020 2021 2022 2023 2024 2025 2026");
        assert_eq!(time("2026-01", "2026-06"), "Jan 2026 Mar 2026 May 2026 Jul 2026");
        assert_eq!(
            time("2025-01", "2026-06"),
            "Jan 2025 Apr 2025 Jul 2025 Oct 2025 Jan 2026 Apr 2026 Jul 2026"
        );
        assert!((at("2026-07-01") - 2026.5).abs() < 1e-9);
        assert!(at("2026-05-20") < at("2026-06") && at("2026-06") < at("2026-06-20"));
    }
}
