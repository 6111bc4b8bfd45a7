//! Places values on an axis and chooses round ticks: steps of 1, 2 and 5 on linear scales, decades or 1-2-5 on
//! logarithmic scales, months and years on scales of time.

use crate::date::{PartialDate, short_month};

use super::svg::trimmed;

/// Maximum number of steps between the ticks of a linear scale.
const MAX_TICK_STEPS: f64 = 6.0;
/// Maximum number of ticks on a scale of time.
const MAX_DATE_TICKS: i64 = 8;
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
    is_log: bool,
    pub(super) ticks: Vec<Tick>,
}

impl Axis {
    /// Creates a linear axis of values from `low` to `high`, widened to round numbers.
    pub(super) fn linear(low: f64, high: f64) -> Self {
        let (low, high, ticks) = linear_ticks(low, high);
        Self { low, high, is_log: false, ticks: value_ticks(ticks) }
    }

    /// Creates a logarithmic axis of values from `low` to `high`, widened to round numbers. If a value is zero or
    /// negative, the axis is linear.
    pub(super) fn logarithmic(low: f64, high: f64) -> Self {
        if low > 0.0 {
            let (low, high, ticks) = log_ticks(low, high);
            Self { low, high, is_log: true, ticks: value_ticks(ticks) }
        } else {
            Self::linear(low, high)
        }
    }

    /// Creates an axis of time, in years as [`time_in_years`] counts them, with a small margin at both ends.
    pub(super) fn for_time(low: f64, high: f64) -> Self {
        let margin = ((high - low) * 0.04).max(1.0 / 6.0);
        let (low, high) = (low - margin, high + margin);
        Self { low, high, is_log: false, ticks: date_ticks(low, high) }
    }

    /// Creates an axis of shares from 0% to 100%.
    pub(super) fn for_shares() -> Self {
        let tick = |at: f64| Tick { value: at, label: format!("{}%", at * 100.0) };
        Self { low: 0.0, high: 1.0, is_log: false, ticks: [0.0, 0.25, 0.5, 0.75, 1.0].map(tick).to_vec() }
    }

    /// Shortens the labels of months so that they fit next to the drawing: `Apr 2026` becomes `Apr ’26`.
    pub(super) fn with_short_labels(mut self) -> Self {
        for tick in &mut self.ticks {
            if let Some((month, year)) = tick.label.split_once(' ') {
                tick.label = format!("{month} \u{2019}{}", year.get(2..).unwrap_or(year));
            }
        }
        self
    }

    pub(super) fn is_log(&self) -> bool {
        self.is_log
    }

    /// Returns the position of a value on the axis, from 0 to 1. A value beyond an end has the position of that
    /// end.
    pub(super) fn position(&self, value: f64) -> f64 {
        let position = if self.is_log {
            (value / self.low).log10() / (self.high / self.low).log10()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        if position.is_nan() { 0.0 } else { position.clamp(0.0, 1.0) }
    }
}

fn value_ticks(values: Vec<f64>) -> Vec<Tick> {
    values.into_iter().map(|value| Tick { value, label: tick_label(value) }).collect()
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

/// Returns the ends and the ticks of a linear scale. The step is the smallest of 1, 2 or 5 times a power of ten
/// that gives at most six steps. If all values are positive, the scale begins at zero, unless the lowest value is
/// at least 70 % of the highest.
fn linear_ticks(low: f64, high: f64) -> (f64, f64, Vec<f64>) {
    let (mut low, mut high) = (low, high);
    if low > 0.0 && low < high * 0.7 {
        low = 0.0;
    }
    let magnitude = low.abs().max(high.abs());
    if high - low <= magnitude * TOLERANCE {
        let margin = if magnitude > 0.0 { magnitude / 2.0 } else { 1.0 };
        (low, high) = (low - margin, high + margin);
    }
    let min_step = (high - low) / MAX_TICK_STEPS;
    let power = 10_f64.powf(min_step.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= min_step * (1.0 - TOLERANCE));
    let step = factor.unwrap_or(10.0) * power;
    let (first, last) = ((low / step + TOLERANCE).floor(), (high / step - TOLERANCE).ceil());
    let ticks = (0..=16_u32).map(|number| first + f64::from(number)).take_while(|&at| at <= last);
    (first * step, last * step, ticks.map(|at| at * step).collect())
}

/// Returns the ends and the ticks of a logarithmic scale. The ends are 1, 2 or 5 times a power of ten. On a scale
/// of more than two decades the ticks are powers of ten, at most eight.
fn log_ticks(low: f64, high: f64) -> (f64, f64, Vec<f64>) {
    let power = |value: f64| {
        let exponent = value.log10().floor();
        (exponent, 10_f64.powf(exponent))
    };
    let ((first, below), (last, above)) = (power(low), power(high));
    let floor = [5.0, 2.0].into_iter().find(|factor| factor * below <= low * (1.0 + TOLERANCE));
    let ceiling = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * above >= high * (1.0 - TOLERANCE));
    let (mut from, mut to) = (floor.unwrap_or(1.0) * below, ceiling.unwrap_or(10.0) * above);
    if to <= from * (1.0 + TOLERANCE) {
        (from, to) = (from / 2.0, to * 2.0);
    }
    let is_short = to <= from * 100.0 * (1.0 + TOLERANCE);
    let decades_per_tick = ((last - first + 1.0) / 7.0).ceil().max(1.0);
    let mut ticks = Vec::new();
    let mut exponent = first - 1.0;
    while exponent <= last + 1.0 {
        let factors: &[f64] = if is_short { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let is_drawn = is_short || exponent.rem_euclid(decades_per_tick) < 0.5;
        let drawn = factors.iter().map(|factor| factor * 10_f64.powf(exponent)).filter(|_| is_drawn);
        ticks.extend(drawn.filter(|&at| at >= from * (1.0 - TOLERANCE) && at <= to * (1.0 + TOLERANCE)));
        exponent += 1.0;
    }
    (from, to, ticks)
}

/// Returns the ticks of a scale of time: months or years, with the smallest round step that gives at most eight
/// ticks.
fn date_ticks(low: f64, high: f64) -> Vec<Tick> {
    let month = |years: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "years are those of calendar dates")]
        let month = (years * 12.0 - TOLERANCE).ceil() as i64;
        month
    };
    let (first, end) = (month(low), month(high));
    let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];
    let step = steps.into_iter().find(|step| (end - first) / step < MAX_DATE_TICKS).unwrap_or(60_000);
    let start = first.div_euclid(step) * step;
    (0..=2 * MAX_DATE_TICKS)
        .map(|number| start + number * step)
        .filter(|month| (first..end).contains(month))
        .map(|month| {
            let (year, month_of_year) = (month.div_euclid(12), month.rem_euclid(12));
            let name = usize::try_from(month_of_year).map(short_month).unwrap_or_default();
            #[expect(clippy::cast_precision_loss, reason = "months of calendar dates are small numbers")]
            let at = month as f64 / 12.0;
            Tick { value: at, label: if step < 12 { format!("{name} {year}") } else { year.to_string() } }
        })
        .collect()
}

/// Returns a number as the label of a tick, such as `0.05`, `1000`, `20k`, `1.5M` or `1e25`.
pub(super) fn tick_label(value: f64) -> String {
    let magnitude = value.abs();
    let (scaled, suffix) = match magnitude {
        _ if magnitude < 10_000.0 => (value, ""),
        _ if magnitude < 1e6 => (value / 1e3, "k"),
        _ if magnitude < 1e9 => (value / 1e6, "M"),
        _ if magnitude < 1e12 => (value / 1e9, "bn"),
        _ => return exponential(value),
    };
    if magnitude > 0.0 && magnitude < 1e-3 {
        return exponential(value);
    }
    format!("{}{suffix}", trimmed(format!("{scaled:.4}")))
}

fn exponential(value: f64) -> String {
    let text = format!("{value:.2e}");
    match text.split_once('e') {
        Some((number, exponent)) => format!("{}e{exponent}", trimmed(number.to_owned())),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis) -> String {
        axis.ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_of_values_are_round() {
        let linear = |low, high| labels(&Axis::linear(low, high));
        assert_eq!(linear(33.4, 93.9), "0 20 40 60 80 100");
        assert_eq!(linear(0.1, 0.3), "0 0.05 0.1 0.15 0.2 0.25 0.3");
        assert_eq!(linear(-18.0, 19.0), "-20 -10 0 10 20");
        assert_eq!(linear(70.0, 90.0), "70 75 80 85 90");
        assert_eq!(linear(0.0, 1_200_000.0), "0 200k 400k 600k 800k 1M 1.2M");
        assert_eq!(linear(0.0, 0.0), "-1 -0.5 0 0.5 1");
        let log = |low, high| labels(&Axis::logarithmic(low, high));
        assert_eq!(log(2.9, 52.0), "2 5 10 20 50 100");
        assert_eq!(log(0.03, 2000.0), "0.1 1 10 100 1000");
        assert_eq!(log(0.0, 10.0), "0 2 4 6 8 10", "zero has no logarithm");
        assert_eq!(log(7.0, 7.0), "5 10");
    }

    #[test]
    fn extreme_values_make_few_ticks_and_shares_within_the_box() {
        for (low, high) in [(1e-90, 1e90), (-1e99, 1e99), (1e20, 1e20), (5.0, 5.0), (1.0, 1.0 + 1e-12)] {
            for axis in [Axis::linear(low, high), Axis::logarithmic(low, high)] {
                assert!((1..=18).contains(&axis.ticks.len()), "{low} {high}: {}", labels(&axis));
                for value in [low, high, f64::midpoint(low, high)] {
                    assert!((0.0..=1.0).contains(&axis.position(value)), "{low} {high} {value}");
                }
            }
        }
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
