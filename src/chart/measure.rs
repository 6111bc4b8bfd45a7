//! Chooses ticks and words for values by their unit: times become seconds, minutes, hours and days, shares get a
//! percent sign, and numbers are grouped by thousands. Like names of months, names of units are not in the table of
//! interface texts.

use super::axis::Tick;
use super::svg::trimmed;

/// Relative tolerance of comparisons.
const TOLERANCE: f64 = 1e-9;
/// Maximum number of ticks of a logarithmic scale.
const MAX_LOG_TICKS: usize = 8;
/// Maximum number of steps between the ticks of a linear scale.
const MAX_LINEAR_STEPS: f64 = 6.0;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3600.0;
const DAY: f64 = 86_400.0;
const MONTH: f64 = YEAR / 12.0;
const YEAR: f64 = 365.25 * DAY;

/// Ticks of a logarithmic scale of time, in seconds. Each is about four times the one before.
const TIMES: [(f64, &str); 16] = [
    (1.0, "1 s"),
    (4.0, "4 s"),
    (15.0, "15 s"),
    (MINUTE, "1 min"),
    (4.0 * MINUTE, "4 min"),
    (15.0 * MINUTE, "15 min"),
    (HOUR, "1 h"),
    (4.0 * HOUR, "4 h"),
    (DAY, "1 day"),
    (4.0 * DAY, "4 days"),
    (14.0 * DAY, "2 weeks"),
    (2.0 * MONTH, "2 months"),
    (YEAR, "1 year"),
    (4.0 * YEAR, "4 years"),
    (16.0 * YEAR, "16 years"),
    (64.0 * YEAR, "64 years"),
];

/// What the values of a chart are measured in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// Plain numbers. Their unit is named in the text around the chart.
    Number,
    /// Numbers from 0 to 100 with a percent sign.
    Percent,
    /// Multiples, written as `2×`.
    Factor,
    /// Times. The number is the length of one unit in seconds.
    Time(f64),
}

impl Measure {
    /// Returns the measure that a unit means, such as `minutes` or `percent`.
    pub fn of_unit(unit: &str) -> Self {
        match unit.trim().to_lowercase().as_str() {
            "%" | "percent" => Self::Percent,
            "x" | "×" => Self::Factor,
            "s" | "sec" | "second" | "seconds" => Self::Time(1.0),
            "min" | "minute" | "minutes" => Self::Time(MINUTE),
            "h" | "hour" | "hours" => Self::Time(HOUR),
            "d" | "day" | "days" => Self::Time(DAY),
            _ => Self::Number,
        }
    }

    /// Returns a value in words, such as `4.9 h`, `52×` or `1,300`, with two or three significant digits.
    pub fn words(self, value: f64) -> String {
        match self {
            Self::Number => grouped(significant(value)),
            Self::Percent => format!("{}%", significant(value)),
            Self::Factor => format!("{}×", grouped(significant(value))),
            Self::Time(unit) => time_words(value, unit),
        }
    }

    /// Returns round ticks of a logarithmic scale from `low` to `high`, both above zero.
    pub(super) fn log_ticks(self, low: f64, high: f64) -> Vec<Tick> {
        if let Self::Time(unit) = self
            && let Some(ticks) = log_time_ticks(low, high, unit)
        {
            return ticks;
        }
        decades(low, high).into_iter().map(|value| self.tick(value)).collect()
    }

    /// Returns round ticks of a linear scale from `low` to `high`: at most seven, with steps of 1, 2, 2.5 or 5 times a
    /// power of ten. Hours have steps of 1, 2, 4, 8, 12 and 24.
    pub(super) fn linear_ticks(self, low: f64, high: f64) -> Vec<Tick> {
        if self == Self::Percent && (0.0..=25.0).contains(&low) && (75.0..=125.0).contains(&high) {
            return [0.0, 25.0, 50.0, 75.0, 100.0].map(|value| self.tick(value)).to_vec();
        }
        let Self::Time(unit) = self else {
            return multiples(low, high, linear_step(high - low)).map(|value| self.tick(value)).collect();
        };
        // All ticks of a linear scale of time are in the unit of its upper end.
        let (length, name) = base_unit(high.abs().max(low.abs()) * unit);
        let (low, high) = (low * unit / length, high * unit / length);
        let step = if name == "h" { hour_step(high - low) } else { linear_step(high - low) };
        let label = |value: f64| {
            if value == 0.0 { "0".to_owned() } else { named_time(&tick_label(value), name) }
        };
        multiples(low, high, step)
            .map(|value| Tick { value: value * length / unit, label: label(value) })
            .collect()
    }

    fn tick(self, value: f64) -> Tick {
        let label = match self {
            Self::Number => tick_label(value),
            Self::Percent => format!("{}%", tick_label(value)),
            Self::Factor => format!("{}×", tick_label(value)),
            Self::Time(unit) => {
                let (length, name) = base_unit(value * unit);
                named_time(&tick_label(value * unit / length), name)
            }
        };
        Tick { value, label }
    }
}

/// Returns the multiples of `step` from `low` to `high`.
fn multiples(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (low / step - TOLERANCE).ceil();
    let values = (0..=16_u32).map(move |number| (first + f64::from(number)) * step);
    values.take_while(move |&value| value <= high + step * TOLERANCE)
}

/// Returns the step between the ticks of a linear scale of hours.
fn hour_step(range: f64) -> f64 {
    let steps = [1.0, 2.0, 4.0, 8.0, 12.0, 24.0];
    let is_enough = |step: &f64| range <= step * MAX_LINEAR_STEPS && range >= 2.0;
    steps.into_iter().find(is_enough).unwrap_or_else(|| linear_step(range))
}

/// Returns the step between the ticks of a linear scale over this range.
fn linear_step(range: f64) -> f64 {
    let min_step = range / MAX_LINEAR_STEPS * (1.0 - TOLERANCE);
    let power = 10_f64.powf(min_step.log10().floor());
    let factor = [1.0, 2.0, 2.5, 5.0].into_iter().find(|factor| factor * power >= min_step);
    factor.unwrap_or(10.0) * power
}

/// Returns ticks of a logarithmic scale of time; `None` if fewer than two of [`TIMES`] are on the scale.
fn log_time_ticks(low: f64, high: f64, unit: f64) -> Option<Vec<Tick>> {
    let is_on_scale =
        |seconds: f64| (low * (1.0 - TOLERANCE)..=high * (1.0 + TOLERANCE)).contains(&(seconds / unit));
    let ticks: Vec<Tick> = TIMES
        .into_iter()
        .filter(|(seconds, _)| is_on_scale(*seconds))
        .map(|(seconds, label)| Tick { value: seconds / unit, label: label.to_owned() })
        .collect();
    let every = ticks.len().div_ceil(MAX_LOG_TICKS).max(1);
    (ticks.len() >= 2).then(|| ticks.into_iter().step_by(every).collect())
}

/// Returns round numbers on a logarithmic scale: 1, 2 and 5 times powers of ten, or on more than two decades powers of
/// ten, at most [`MAX_LOG_TICKS`].
fn decades(low: f64, high: f64) -> Vec<f64> {
    let (first, last) = (low.log10().floor(), high.log10().ceil());
    let is_short = high <= low * 100.0 * (1.0 + TOLERANCE);
    let decades_per_tick = ((last - first + 1.0) / 8.0).ceil().max(1.0);
    let factors: &[f64] = if is_short { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let mut ticks = Vec::new();
    let mut exponent = first;
    while exponent <= last {
        if is_short || exponent.rem_euclid(decades_per_tick) < 0.5 {
            ticks.extend(factors.iter().map(|factor| factor * 10_f64.powf(exponent)));
        }
        exponent += 1.0;
    }
    ticks.retain(|&value| value >= low * (1.0 - TOLERANCE) && value <= high * (1.0 + TOLERANCE));
    ticks
}

/// Returns the unit in which a time is written, in seconds and by name. Below 90 of a unit, the smaller unit is used.
fn base_unit(seconds: f64) -> (f64, &'static str) {
    match seconds.abs() {
        time if time < 90.0 => (1.0, "s"),
        time if time < 90.0 * MINUTE => (MINUTE, "min"),
        time if time < 36.0 * HOUR => (HOUR, "h"),
        _ => (DAY, "day"),
    }
}

/// Returns a time in words. If the unit is a day, the time stays in days up to two years, since authors who count days
/// compare days.
fn time_words(value: f64, unit: f64) -> String {
    let seconds = value * unit;
    let days = seconds.abs() / DAY;
    let is_one = |length: f64| (seconds - length).abs() < length * TOLERANCE;
    let max_days = if unit < DAY { 20.0 } else { 730.0 };
    let (length, name) = match base_unit(seconds) {
        _ if unit >= DAY && days < 730.0 => (DAY, "day"),
        (_, "day") if days >= 730.0 => (YEAR, "year"),
        (_, "day") if days >= max_days && days < 56.0 => (7.0 * DAY, "week"),
        (_, "day") if days >= max_days => (MONTH, "month"),
        // Nobody says 60 seconds, 60 minutes or 24 hours.
        (_, "s") if is_one(MINUTE) => (MINUTE, "min"),
        (_, "min") if is_one(HOUR) => (HOUR, "h"),
        (_, "h") if is_one(DAY) => (DAY, "day"),
        base => base,
    };
    named_time(&significant(seconds / length), name)
}

/// Returns a span of time given in years, such as `19 days`, `3.5 months` or `2.3 years`.
pub fn span_words(years: f64) -> String {
    let seconds = years * YEAR;
    let (length, name) = match years * 12.0 {
        months if months < 2.0 => (DAY, "day"),
        months if months < 24.0 => (MONTH, "month"),
        _ => (YEAR, "year"),
    };
    named_time(&significant(seconds / length), name)
}

/// Returns a number with the name of its unit. Only days and longer units have a plural.
fn named_time(number: &str, name: &str) -> String {
    let has_plural = matches!(name, "day" | "week" | "month" | "year");
    let plural = if has_plural && number != "1" { "s" } else { "" };
    format!("{number} {name}{plural}")
}

/// Returns a number with two significant digits, or three from 100 on; larger numbers are whole.
fn significant(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude >= 1e12 || magnitude > 0.0 && magnitude < 1e-3 {
        return tick_label(value);
    }
    let decimals = match magnitude {
        _ if magnitude >= 9.95 || magnitude == 0.0 => 0,
        _ if magnitude >= 0.995 => 1,
        _ if magnitude >= 0.0995 => 2,
        _ if magnitude >= 0.00995 => 3,
        _ => 4,
    };
    trimmed(format!("{value:.decimals$}"))
}

/// Returns a whole number with commas between thousands from `10,000` on, as newspapers write it.
fn grouped(number: String) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number.as_str()), |digits| ("-", digits));
    if digits.len() < 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return number;
    }
    let mut out = sign.to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Returns a number as the label of a tick, such as `0.05`, `10,000`, `1.5M` or `1e25`.
pub(super) fn tick_label(value: f64) -> String {
    let magnitude = value.abs();
    let (scaled, suffix) = match magnitude {
        _ if magnitude < 1e6 => (value, ""),
        _ if magnitude < 1e9 => (value / 1e6, "M"),
        _ if magnitude < 1e12 => (value / 1e9, "bn"),
        _ => return exponential(value),
    };
    if magnitude > 0.0 && magnitude < 1e-3 {
        return exponential(value);
    }
    format!("{}{suffix}", grouped(trimmed(format!("{scaled:.4}"))))
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

    fn labels(ticks: &[Tick]) -> String {
        ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn times_have_ticks_that_readers_use() {
        let minutes = Measure::of_unit("minutes");
        assert_eq!(labels(&minutes.log_ticks(10.0, 6000.0)), "15 min 1 h 4 h 1 day 4 days");
        assert_eq!(labels(&Measure::of_unit("s").log_ticks(0.9, 70.0)), "1 s 4 s 15 s 1 min");
        assert_eq!(labels(&minutes.linear_ticks(0.0, 1000.0)), "0 4 h 8 h 12 h 16 h");
        assert_eq!(labels(&minutes.linear_ticks(0.0, 60.0)), "0 10 min 20 min 30 min 40 min 50 min 60 min");
        assert_eq!(
            labels(&Measure::of_unit("days").linear_ticks(100.0, 215.0)),
            "100 days 120 days 140 days 160 days 180 days 200 days"
        );
    }

    #[test]
    fn values_are_in_words() {
        let words = |unit: &str, value: f64| Measure::of_unit(unit).words(value);
        let minutes = [39.0, 89.4, 293.0, 1020.0, 3600.0, 86_400.0].map(|value| words("minutes", value));
        assert_eq!([words("minutes", 60.0), words("s", 60.0), words("h", 24.0)], ["1 h", "1 min", "1 day"]);
        assert_eq!(minutes, ["39 min", "89 min", "4.9 h", "17 h", "2.5 days", "2 months"]);
        assert_eq!(
            [words("days", 130.8), words("day", 1.0), words("hours", 0.5)],
            ["131 days", "1 day", "30 min"]
        );
        assert_eq!(
            [words("percent", 75.7), words("x", 2.993), words("tests", 12_345.0)],
            ["76%", "3×", "12,345"]
        );
        assert_eq!([0.29, 0.05, 4.0].map(span_words), ["3.5 months", "18 days", "4 years"]);
    }

    #[test]
    fn numbers_are_grouped_and_shares_have_a_sign() {
        let number = |low, high| labels(&Measure::Number.linear_ticks(low, high));
        assert_eq!(number(0.0, 60_000.0), "0 10,000 20,000 30,000 40,000 50,000 60,000");
        assert_eq!(number(-18.0, 19.0), "-10 0 10");
        assert_eq!(number(0.0, 0.3), "0 0.05 0.1 0.15 0.2 0.25 0.3");
        assert_eq!(labels(&Measure::Number.log_ticks(1.5, 60.0)), "2 5 10 20 50");
        assert_eq!(labels(&Measure::Number.log_ticks(0.05, 20_000.0)), "0.1 1 10 100 1,000 10,000");
        assert_eq!(labels(&Measure::Percent.linear_ticks(0.0, 95.0)), "0% 25% 50% 75% 100%");
        assert_eq!(labels(&Measure::Percent.linear_ticks(0.0, 30.0)), "0% 5% 10% 15% 20% 25% 30%");
        assert_eq!(labels(&Measure::Factor.log_ticks(2.0, 60.0)), "2× 5× 10× 20× 50×");
    }
}
