//! Parses values: numbers, probabilities and expectations. Text in, a value or a [`ValueError`] out.
//!
//! A number is `[+-] digits [. digits] [e [+-] digits]`, or the same without the digits before the point: `5000`,
//! `4.1`, `.5`, `-19`, `5e-05`. Thousands separators and digits outside of ASCII are not allowed, because a
//! number is shown as written and must have the same meaning for every reader.

pub(in crate::markdown) mod suggestion;
mod unit;

use crate::date::PartialDate;
use crate::document::{Expectation, ExpectedPoint, Measured, Probability, Quantity, Sign};

/// Help text about the form of a measured value.
pub(in crate::markdown) const VALUE_HELP: &str = "write a number, with `~`, `<` or `>` before it, `[low, high]` and a unit after it if needed: `~52 [48, 55] x`";
/// Help text about the form of a probability.
pub(in crate::markdown) const PROBABILITY_HELP: &str = "write `60%` or `0.6`, then `stated` or `inferred`";
/// Help text about the form of an expectation.
pub(in crate::markdown) const EXPECTATION_HELP: &str =
    "write a date or a number, and `[low, high]` after it if needed: `2028-06 [2027-01, 2030-12]`";

/// A mistake in a value. Later variants are more specific.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::markdown) enum ValueError {
    /// The value does not follow the grammar.
    Syntax,
    /// The unit of the value contains a second number.
    SecondNumber,
    /// The interval of the value ends before it begins.
    ReversedInterval,
    /// The value is outside of its own interval.
    OutsideInterval,
}

/// Parses a measured value, such as `~52 [48, 55] x`.
pub(in crate::markdown) fn parse_measured(text: &str) -> Result<Measured, ValueError> {
    let (sign, rest) = [('~', Sign::About), ('<', Sign::Below), ('>', Sign::Above)]
        .into_iter()
        .find_map(|(character, sign)| Some((sign, text.strip_prefix(character)?)))
        .unwrap_or((Sign::Exact, text));
    let (quantity, rest) = parse_number_at_start(rest.trim_start()).ok_or(ValueError::Syntax)?;
    let (interval, unit) = parse_interval_and_unit(rest).ok_or(ValueError::Syntax)?;
    if unit.as_deref().is_some_and(unit::has_second_number) {
        return Err(ValueError::SecondNumber);
    }
    if unit.as_deref().is_some_and(unit::is_malformed)
        || rest.split_whitespace().next().is_some_and(is_multiplier) && !rest.starts_with(char::is_whitespace)
    {
        return Err(ValueError::Syntax);
    }
    let interval = match interval {
        Some((low, high)) => Some(parse_number(low).zip(parse_number(high)).ok_or(ValueError::Syntax)?),
        None => None,
    };
    if let Some((low, high)) = &interval {
        let number = quantity.number;
        if low.number > high.number {
            return Err(ValueError::ReversedInterval);
        }
        // "More than 80" can mean any number up to the upper end, so the number may be below the interval.
        if number < low.number && sign != Sign::Above || number > high.number && sign != Sign::Below {
            return Err(ValueError::OutsideInterval);
        }
    }
    Ok(Measured { sign, quantity, interval, unit })
}

/// Parses a probability, such as `60% stated`.
pub(in crate::markdown) fn parse_probability(text: &str) -> Result<Probability, ValueError> {
    read_probability(text).ok_or(ValueError::Syntax)
}

fn read_probability(text: &str) -> Option<Probability> {
    let (number, word) = text.trim().rsplit_once(char::is_whitespace)?;
    let is_stated = match word {
        "stated" => true,
        "inferred" => false,
        _ => return None,
    };
    let value = match number.trim().strip_suffix('%') {
        Some(percent) => percent_to_share(&parse_number(percent)?),
        None => parse_number(number)?.number,
    };
    (0.0..=1.0).contains(&value).then_some(Probability { value, is_stated })
}

/// Returns a hundredth of a number by reading its digits with another exponent. A division would round a second time
/// and make 0.006999999999999999 of `0.7%`.
fn percent_to_share(percent: &Quantity) -> f64 {
    let (mantissa, exponent) = percent.text.split_once(['e', 'E']).unwrap_or((&percent.text, "0"));
    let exponent: Option<i64> = exponent.parse().ok();
    let text = exponent.map(|exponent| format!("{mantissa}e{}", exponent.saturating_sub(2)));
    text.and_then(|text| text.parse().ok()).unwrap_or(percent.number / 100.0)
}

/// Parses an expectation, such as `2027-11 [2027-01, 2030-04]` or `24 [10, 50] hours`. Four digits alone are a
/// year.
pub(in crate::markdown) fn parse_expectation(text: &str) -> Result<Expectation, ValueError> {
    parse_expected_date(text).or_else(|fault| parse_expected_number(text).map_err(|other| other.max(fault)))
}

/// Parses an expectation of a claim that names a metric. Values of metrics are numbers, so four digits alone are
/// a number.
pub(in crate::markdown) fn parse_metric_expectation(text: &str) -> Result<Expectation, ValueError> {
    parse_expected_number(text).or_else(|fault| parse_expected_date(text).map_err(|other| other.max(fault)))
}

fn parse_expected_date(text: &str) -> Result<Expectation, ValueError> {
    let (date, ends) = parse_date_and_interval(text).ok_or(ValueError::Syntax)?;
    if let Some((low, high)) = ends {
        if low.first_day() > high.last_day() {
            return Err(ValueError::ReversedInterval);
        }
        if date.last_day() < low.first_day() || date.first_day() > high.last_day() {
            return Err(ValueError::OutsideInterval);
        }
    }
    Ok(Expectation {
        point: ExpectedPoint::Date(date),
        interval: ends.map(|(low, high)| (ExpectedPoint::Date(low), ExpectedPoint::Date(high))),
        unit: None,
    })
}

fn parse_date_and_interval(text: &str) -> Option<(PartialDate, Option<(PartialDate, PartialDate)>)> {
    let first_end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(first_end)?;
    let date = PartialDate::parse(first)?;
    let (ends, unit) = parse_interval_and_unit(rest)?;
    if unit.is_some() {
        return None;
    }
    let ends = match ends {
        Some((low, high)) => Some((PartialDate::parse(low.trim())?, PartialDate::parse(high.trim())?)),
        None => None,
    };
    Some((date, ends))
}

fn parse_expected_number(text: &str) -> Result<Expectation, ValueError> {
    let value = parse_measured(text)?;
    if value.sign != Sign::Exact {
        return Err(ValueError::Syntax);
    }
    let number = |quantity| ExpectedPoint::Number(quantity);
    Ok(Expectation {
        point: number(value.quantity),
        interval: value.interval.map(|(low, high)| (number(low), number(high))),
        unit: value.unit,
    })
}

/// Letters that mean thousands, millions and so on when they follow a number without a space.
pub(in crate::markdown) const MULTIPLIERS: &[(&str, usize)] =
    &[("k", 3), ("K", 3), ("M", 6), ("mn", 6), ("B", 9), ("bn", 9), ("T", 12), ("tn", 12)];

fn is_multiplier(word: &str) -> bool {
    MULTIPLIERS.iter().any(|(letters, _)| *letters == word)
}

/// Returns the number at the beginning of a text, and the rest of the text.
pub(in crate::markdown) fn parse_number_at_start(text: &str) -> Option<(Quantity, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(text.starts_with(['+', '-']));
    let mantissa = text.bytes().skip(sign).take_while(|&byte| byte.is_ascii_digit() || byte == b'.').count();
    let mut end = sign + mantissa;
    if let Some(exponent) = text.get(end..).and_then(|rest| rest.strip_prefix(['e', 'E'])) {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let sign = exponent.len() - unsigned.len();
        end += if digits(unsigned) > 0 { 1 + sign + digits(unsigned) } else { 0 };
    }
    let (number, rest) = text.split_at_checked(end)?;
    let quantity = parse_number(number)?;
    let number_continues = rest.starts_with(',') || rest.starts_with(|next: char| next.is_ascii_digit());
    (!number_continues).then_some((quantity, rest))
}

fn parse_number(text: &str) -> Option<Quantity> {
    let text = text.trim();
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let has_valid_syntax = [whole, fraction, exponent].into_iter().all(is_digits)
        && !fraction.is_empty()
        && !exponent.is_empty()
        && text.len() <= 24;
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    has_valid_syntax.then(|| Quantity { text: text.to_owned(), number })
}

/// The two ends of an interval `[low, high]`, if there is one, and the unit around it.
type Interval<'a> = (Option<(&'a str, &'a str)>, Option<String>);

fn parse_interval_and_unit(text: &str) -> Option<Interval<'_>> {
    let unit = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let Some((before, after)) = text.split_once('[') else {
        return Some((None, unit(text)));
    };
    let (inside, after) = after.split_once(']')?;
    let ends = inside.split_once(',')?;
    let around = format!("{} {}", before.trim(), after.trim());
    Some((Some(ends), unit(&around)))
}

/// Returns the help text for a value that is not a probability.
pub(in crate::markdown) fn probability_help(text: &str) -> String {
    let [stated, inferred] = ["stated", "inferred"].map(|word| format!("{text} {word}"));
    if parse_probability(&stated).is_ok() {
        format!("write `{stated}` or `{inferred}`")
    } else {
        PROBABILITY_HELP.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbers_with_sign_interval_and_unit() {
        type Parts<'a> = (Sign, f64, Option<(f64, f64)>, Option<&'a str>);
        let check = |text: &str, expected: Option<Parts<'_>>| {
            let found = parse_measured(text).ok();
            let found = found.as_ref().map(|value| {
                let ends = value.interval.as_ref().map(|(low, high)| (low.number, high.number));
                (value.sign, value.quantity.number, ends, value.unit.as_deref())
            });
            assert_eq!(found, expected, "{text}");
        };
        check("52", Some((Sign::Exact, 52.0, None, None)));
        check("52x", Some((Sign::Exact, 52.0, None, Some("x"))));
        check("~52.5 [48, 55] x", Some((Sign::About, 52.5, Some((48.0, 55.0)), Some("x"))));
        check(">80 % [80, 90]", Some((Sign::Above, 80.0, Some((80.0, 90.0)), Some("%"))));
        check("-19 percent", Some((Sign::Exact, -19.0, None, Some("percent"))));
        check("1e6", Some((Sign::Exact, 1e6, None, None)));
        check("2.5E+24 [1e24, 5e24] FLOP", Some((Sign::Exact, 2.5e24, Some((1e24, 5e24)), Some("FLOP"))));
        check(".5 s", Some((Sign::Exact, 0.5, None, Some("s"))));
        check("5 eV", Some((Sign::Exact, 5.0, None, Some("eV"))));
        for wrong in [
            "1e+",
            "1e6.5",
            "1e400",
            "5.",
            ".",
            "+-5",
            "−5",
            "٥",
            "5 000 tokens",
            "52-60 %",
            "1/3",
            "",
            "x",
            "5,000",
            "5 [1]",
            "5 [9, 1]",
            "1.2.3",
            "[1, 2]",
            "5 [a, b]",
            "NaN",
            "inf",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_second_number_does_not_become_a_part_of_the_unit() {
        for wrong in [
            "10 [12, 14] kWh",
            "<10 [12, 14]",
            ">15 [12, 14]",
            "10 ± 2 dB",
            "10±2",
            "10 (±2) dB",
            "10 (8-12) dB",
            "10 (8, 12) dB",
            "10 dB (95% CI 8–12)",
            "10 {8, 12}",
            "10 to 12 days",
            "10 or 12",
            "10 days to 12 days",
            "10 × 10^3",
            "10 x 10^3",
            "10^3 x",
            "10 ~ 12",
            "10 < 12",
            "10 x [8, 12] y [3, 4]",
            "10k",
            "10k tokens",
            "10M",
            "10bn $",
            "10 days?",
            "4½ days",
            "4 or more",
            "4 or more days",
            "4 days or less",
            "4 days, or so",
            "4 days — as the log says",
        ] {
            assert!(parse_measured(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_value_is_one_number_in_one_unit() {
        for wrong in [
            "4 days 6 hours",
            "1h 30min",
            "1h30min",
            "1h30",
            "5 minutes, 30 seconds",
            "5 minutes and 30 seconds",
            "6 ft 2 in",
            "12:30",
            "12:30 h",
            "10% - 20%",
            "10%-20%",
            "10%–20",
            "10 — 20 %",
            "10 % .. 20 %",
            "10 … 20",
            "2x–3x",
            "4 days - 5 days",
            "4 days, 5 days",
            "4 [3, 5] days 6 hours",
            "3 wins, 4 losses",
        ] {
            assert_eq!(parse_measured(wrong).err(), Some(ValueError::SecondNumber), "{wrong}");
            assert_eq!(parse_expectation(wrong).err(), Some(ValueError::SecondNumber), "{wrong}");
        }
    }

    #[test]
    fn numbers_that_belong_to_a_unit_are_read() {
        for (text, unit) in [
            ("10 kWh/m2", "kWh/m2"),
            ("10 deaths per 1000 people", "deaths per 1000 people"),
            ("10 $ (2015)", "$ (2015)"),
            ("10 t CO2", "t CO2"),
            ("10 % of 80 tasks", "% of 80 tasks"),
            ("10 mAP@50-95", "mAP@50-95"),
            ("10 K", "K"),
            ("10 million", "million"),
            ("6 ×", "×"),
            ("300 m/s^2", "m/s^2"),
            ("10 kWh/m^2", "kWh/m^2"),
            ("10 m2", "m2"),
            ("10 m2 s", "m2 s"),
            ("10 CO2", "CO2"),
            ("10 per 1,000 people", "per 1,000 people"),
            ("10 H100 hours", "H100 hours"),
            ("10 h100s", "h100s"),
            ("10 tokens per 100 words", "tokens per 100 words"),
            ("10 in 24 hours", "in 24 hours"),
            ("10 days per 7 days", "days per 7 days"),
            ("10 constant 2015 US$", "constant 2015 US$"),
            ("10 °C at -20 °C", "°C at -20 °C"),
            ("10 GPT-4 tokens", "GPT-4 tokens"),
            ("10 %, 5-shot", "%, 5-shot"),
            ("10 % (5-shot, 10 runs)", "% (5-shot, 10 runs)"),
            ("10 tasks of 2 hours or more", "tasks of 2 hours or more"),
            ("10 percent-points", "percent-points"),
            ("10 wins or losses", "wins or losses"),
        ] {
            assert_eq!(
                parse_measured(text).ok().and_then(|value| value.unit).as_deref(),
                Some(unit),
                "{text}"
            );
        }
    }

    #[test]
    fn a_value_lies_in_its_interval() {
        let of = |text: &str| parse_measured(text).err();
        assert_eq!(of("12 [12, 14]"), None);
        assert_eq!(of(">10 [12, 14]"), None);
        assert_eq!(of("<15 [12, 14]"), None);
        assert_eq!(of("10 [12, 14] kWh"), Some(ValueError::OutsideInterval));
        assert_eq!(of("13 [14, 12] kWh"), Some(ValueError::ReversedInterval));
        assert_eq!(of("13 [12; 14] kWh"), Some(ValueError::Syntax));
        let of = |text: &str| parse_expectation(text).err();
        assert_eq!(of("2028 [2028-06, 2030]"), None);
        assert_eq!(of("2028-06 [2030, 2031]"), Some(ValueError::OutsideInterval));
        assert_eq!(of("2028-06 [2030, 2026]"), Some(ValueError::ReversedInterval));
        assert_eq!(parse_metric_expectation("9 [10, 12]").err(), Some(ValueError::OutsideInterval));
    }

    #[test]
    fn probabilities_say_whose_they_are() {
        let check = |text: &str, expected: Option<(f64, bool)>| {
            let found = parse_probability(text).ok().map(|found| (found.value, found.is_stated));
            assert_eq!(found, expected, "{text}");
        };
        check("60% stated", Some((0.6, true)));
        check("0.25 inferred", Some((0.25, false)));
        check("5e-05 stated", Some((5e-5, true)));
        check("1E-3 inferred", Some((1e-3, false)));
        check("2.5e1% stated", Some((0.25, true)));
        // The nearest number to what is written, as a division by 100 would not give it.
        check("0.7% stated", Some((0.007, true)));
        check("99.99% inferred", Some((0.9999, false)));
        check("14.7% stated", Some((0.147, true)));
        check("7e-1% stated", Some((0.007, true)));
        check("+0.07% stated", Some((0.0007, true)));
        check(".7% stated", Some((0.007, true)));
        check("100% stated", Some((1.0, true)));
        check("0% stated", Some((0.0, true)));
        check("1e-99999999999999999% stated", Some((0.0, true)));
        check("100.00000001% stated", None);
        check("60 % stated", Some((0.6, true)));
        check("60\u{a0}%  stated", Some((0.6, true)));
        check(".5 stated", Some((0.5, true)));
        for wrong in ["1e2 stated", "-1e-3 stated", "e-3 stated", "5. stated", "60٪ stated", "% stated"] {
            check(wrong, None);
        }
        check("60%", None);
        check("160% stated", None);
        check("60 stated", None);
        check("60% guessed", None);
    }

    #[test]
    fn expectations_are_dates_or_numbers() {
        let date = |text: &str| ExpectedPoint::Date(PartialDate::parse(text).expect("a date"));
        let found = parse_expectation("2027-11 [2027-01, 2030-04]").expect("an expectation");
        assert_eq!(found.point, date("2027-11"));
        assert_eq!(found.interval, Some((date("2027-01"), date("2030-04"))));
        let found = parse_expectation("24 [10, 50] hours").expect("an expectation");
        assert_eq!(found.unit.as_deref(), Some("hours"));
        assert!(matches!(found.point, ExpectedPoint::Number(_)));
        for wrong in ["~24", "soon", "2027-13"] {
            assert_eq!(parse_expectation(wrong), Err(ValueError::Syntax), "{wrong}");
        }
    }

    #[test]
    fn four_digits_alone_are_a_year_unless_there_is_a_metric() {
        let is_date = |found: Result<Expectation, ValueError>| {
            found.ok().map(|expects| matches!(expects.point, ExpectedPoint::Date(_)))
        };
        for (text, plain, of_metric) in [
            ("9000", Some(true), Some(false)),
            ("2028", Some(true), Some(false)),
            ("9000 [5000, 9500]", Some(true), Some(false)),
            // Ends that are not dates make the value a number. Ends that are not numbers make it a year.
            ("9000 [5000, 20000]", Some(false), Some(false)),
            ("2028 [2027-06, 2030-12]", Some(true), Some(true)),
            ("2028-06", Some(true), Some(true)),
            ("9000 minutes", Some(false), Some(false)),
            ("2028 [2030, 2027]", None, None),
            ("2027-13", None, None),
            ("2027-13 [2027, 2028]", None, None),
        ] {
            assert_eq!(
                (is_date(parse_expectation(text)), is_date(parse_metric_expectation(text))),
                (plain, of_metric),
                "{text}"
            );
        }
    }
}
