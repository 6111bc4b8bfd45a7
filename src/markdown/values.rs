//! The grammar of values: numbers, probabilities and expectations. Text in, value or a help text out.
//!
//! A number is `[+-] digits [. digits] [e [+-] digits]`, or the same without the digits before the
//! point: `5000`, `4.1`, `.5`, `-19`, `5e-05`. It has no separators of thousands, and only the ASCII
//! digits, because it is shown as it was written and must mean the same to every reader.

use crate::date::PartialDate;
use crate::document::{Expectation, ExpectedPoint, Measured, Probability, Quantity, Sign};

/// How a value is written, for help.
pub(super) const VALUE_FORM: &str = "write a number, with `~`, `<` or `>` before it, `[low, high]` and a unit behind it if need be: `~52 [48, 55] x`";
/// How a probability is written.
pub(super) const PROBABILITY_FORM: &str = "write `60%` or `0.6`, then `stated` or `inferred`";
/// How an expectation is written.
pub(super) const EXPECTATION_FORM: &str =
    "write a date or a number, and `[low, high]` behind it if need be: `2028-06 [2027-01, 2030-12]`";

/// `~52 [48, 55] x`
pub(super) fn measured(text: &str) -> Option<Measured> {
    let (sign, rest) = match text.chars().next()? {
        '~' => (Sign::About, text.get(1..)?),
        '<' => (Sign::Below, text.get(1..)?),
        '>' => (Sign::Above, text.get(1..)?),
        _ => (Sign::Exact, text),
    };
    let (quantity, rest) = quantity(rest.trim_start())?;
    let (interval, unit) = interval(rest)?;
    if unit.as_deref().is_some_and(goes_on) {
        return None;
    }
    let interval = match interval {
        Some((low, high)) => Some((whole_quantity(low)?, whole_quantity(high)?)),
        None => None,
    };
    if interval.as_ref().is_some_and(|(low, high)| low.number > high.number) {
        return None;
    }
    Some(Measured { sign, quantity, interval, unit })
}

/// `60% stated`
pub(super) fn probability(text: &str) -> Option<Probability> {
    let (number, word) = text.trim().rsplit_once(char::is_whitespace)?;
    let is_stated = match word {
        "stated" => true,
        "inferred" => false,
        _ => return None,
    };
    let value = match number.trim().strip_suffix('%') {
        Some(percent) => whole_quantity(percent)?.number / 100.0,
        None => whole_quantity(number)?.number,
    };
    (0.0..=1.0).contains(&value).then_some(Probability { value, is_stated })
}

/// `2027-11 [2027-01, 2030-04]` or `24 [10, 50] hours`. Four digits alone are a year.
pub(super) fn expectation(text: &str) -> Option<Expectation> {
    expected_date(text).or_else(|| expected_number(text))
}

/// The same for a claim that names a metric, whose values are numbers: four digits alone are one.
pub(super) fn expectation_of_metric(text: &str) -> Option<Expectation> {
    expected_number(text).or_else(|| expected_date(text))
}

fn expected_date(text: &str) -> Option<Expectation> {
    let first_end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(first_end)?;
    let date = PartialDate::parse(first)?;
    let (ends, unit) = interval(rest)?;
    if unit.is_some() {
        return None;
    }
    let ends = match ends {
        Some((low, high)) => Some((PartialDate::parse(low.trim())?, PartialDate::parse(high.trim())?)),
        None => None,
    };
    if ends.is_some_and(|(low, high)| low.first_day() > high.last_day()) {
        return None;
    }
    Some(Expectation {
        point: ExpectedPoint::Date(date),
        interval: ends.map(|(low, high)| (ExpectedPoint::Date(low), ExpectedPoint::Date(high))),
        unit: None,
    })
}

fn expected_number(text: &str) -> Option<Expectation> {
    let value = measured(text).filter(|value| value.sign == Sign::Exact)?;
    let number = |quantity| ExpectedPoint::Number(quantity);
    Some(Expectation {
        point: number(value.quantity),
        interval: value.interval.map(|(low, high)| (number(low), number(high))),
        unit: value.unit,
    })
}

/// Whether a unit is rather the rest of a number: `1e`, `5 000`, `52-60`, `1/3`.
fn goes_on(unit: &str) -> bool {
    let mut characters = unit.chars();
    let first = characters.next().unwrap_or(' ');
    let exponent = first.eq_ignore_ascii_case(&'e')
        && characters.next().is_some_and(|next| next.is_ascii_digit() || "+-".contains(next));
    exponent || first.is_ascii_digit() || "+-–/'’.,".contains(first)
}

/// The number a text begins with, and the rest.
fn quantity(text: &str) -> Option<(Quantity, &str)> {
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
    let quantity = whole_quantity(number)?;
    let continues = rest.starts_with(',') || rest.starts_with(|next: char| next.is_ascii_digit());
    (!continues).then_some((quantity, rest))
}

fn whole_quantity(text: &str) -> Option<Quantity> {
    let text = text.trim();
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let is_plain = [whole, fraction, exponent].into_iter().all(is_digits)
        && !fraction.is_empty()
        && !exponent.is_empty()
        && text.len() <= 24;
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    is_plain.then(|| Quantity { text: text.to_owned(), number })
}

/// A number or percentage that people write in another way, in the way that is read: without separators
/// of thousands, with a point, with ASCII digits, minus and percent sign. The caller checks whether it
/// is read, and offers it.
pub(super) fn in_plain_form(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{2212}' | '\u{ff0d}' => plain.push('-'),
            '٪' | '％' => plain.push('%'),
            '٫' => plain.push('.'),
            '٬' | '’' => plain.push(','),
            _ => match decimal_digit(character) {
                Some(digit) => plain.push(digit),
                None => plain.push(character),
            },
        }
    }
    let characters: Vec<char> = plain.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut written = String::with_capacity(plain.len());
    for (at, &character) in characters.iter().enumerate() {
        let is_between = at > 0 && is_digit(at - 1) && is_digit(at + 1);
        let is_before_three = (1..=3).all(|step| is_digit(at + step)) && !is_digit(at + 4);
        match character {
            ',' | '\'' | '_' if is_between && is_before_three => {}
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' if is_between && is_before_three => {}
            ',' if is_between => written.push('.'),
            // A full stop behind the number ends a sentence.
            '.' if at > 0 && is_digit(at - 1) && !is_digit(at + 1) => {}
            other => written.push(other),
        }
    }
    written
}

/// The ASCII digit of a decimal digit of Arabic, Persian, Devanagari or full width.
fn decimal_digit(character: char) -> Option<char> {
    const ZEROS: [char; 4] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    let value = |zero: &char| (character as u32).checked_sub(*zero as u32).filter(|value| *value < 10);
    ZEROS.iter().find_map(value).and_then(|value| char::from_digit(value, 10))
}

/// `[low, high]` anywhere in what follows a number, and the unit around it.
type Interval<'a> = (Option<(&'a str, &'a str)>, Option<String>);

fn interval(text: &str) -> Option<Interval<'_>> {
    let unit = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let Some((before, behind)) = text.split_once('[') else {
        return Some((None, unit(text)));
    };
    let (inside, after) = behind.split_once(']')?;
    let ends = inside.split_once(',')?;
    let around = format!("{} {}", before.trim(), after.trim());
    Some((Some(ends), unit(&around)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbers_with_sign_interval_and_unit() {
        type Parts<'a> = (Sign, f64, Option<(f64, f64)>, Option<&'a str>);
        let check = |text: &str, expected: Option<Parts<'_>>| {
            let found = measured(text);
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
    fn probabilities_say_whose_they_are() {
        let check = |text: &str, expected: Option<(f64, bool)>| {
            let found = probability(text).map(|found| (found.value, found.is_stated));
            assert_eq!(found, expected, "{text}");
        };
        check("60% stated", Some((0.6, true)));
        check("0.25 inferred", Some((0.25, false)));
        check("5e-05 stated", Some((5e-5, true)));
        check("1E-3 inferred", Some((1e-3, false)));
        check("2.5e1% stated", Some((0.25, true)));
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
    fn other_ways_to_write_a_number_have_a_plain_form() {
        let check = |text: &str, plain: &str| assert_eq!(in_plain_form(text), plain, "{text}");
        check("5,000", "5000");
        check("1,234,567 x", "1234567 x");
        check("5\u{202f}000 tokens", "5000 tokens");
        check("5 000 [4 000, 6 000]", "5000 [4000, 6000]");
        check("12’500", "12500");
        check("3,5 %", "3.5 %");
        check("−19", "-19");
        check("٦٠٪ stated", "60% stated");
        check("５．", "5．");
        check("5. stated", "5 stated");
        check("52 [48, 55] x", "52 [48, 55] x");
    }

    #[test]
    fn expectations_are_dates_or_numbers() {
        let date = |text: &str| ExpectedPoint::Date(PartialDate::parse(text).expect("a date"));
        let found = expectation("2027-11 [2027-01, 2030-04]").expect("an expectation");
        assert_eq!(found.point, date("2027-11"));
        assert_eq!(found.interval, Some((date("2027-01"), date("2030-04"))));
        let found = expectation("24 [10, 50] hours").expect("an expectation");
        assert_eq!(found.unit.as_deref(), Some("hours"));
        assert!(matches!(found.point, ExpectedPoint::Number(_)));
        assert_eq!(expectation("~24"), None);
        assert_eq!(expectation("soon"), None);
        assert_eq!(expectation("2027-13"), None);
    }

    #[test]
    fn four_digits_alone_are_a_year_unless_there_is_a_metric() {
        let is_date =
            |found: Option<Expectation>| found.map(|expects| matches!(expects.point, ExpectedPoint::Date(_)));
        for (text, plain, of_metric) in [
            ("9000", Some(true), Some(false)),
            ("2028", Some(true), Some(false)),
            ("9000 [5000, 9500]", Some(true), Some(false)),
            // The ends are no dates, so it is a number; here they are no numbers, so it is a year.
            ("9000 [5000, 20000]", Some(false), Some(false)),
            ("2028 [2027-06, 2030-12]", Some(true), Some(true)),
            ("2028-06", Some(true), Some(true)),
            ("9000 minutes", Some(false), Some(false)),
            ("2028 [2030, 2027]", None, None),
            ("2027-13", None, None),
            ("2027-13 [2027, 2028]", None, None),
        ] {
            assert_eq!(
                (is_date(expectation(text)), is_date(expectation_of_metric(text))),
                (plain, of_metric),
                "{text}"
            );
        }
    }
}
