//! Guesses what an author meant by a value that does not follow the grammar: the text of the value in, possible
//! forms out. The caller suggests the first form that can be read.

use crate::document::Quantity;

use crate::markdown::values::unit::split_bound;
use crate::markdown::values::{MULTIPLIERS, parse_number_at_start};

/// Returns the forms that a value may mean, in the accepted notation: `10 ± 2 dB` becomes `10 [8, 12] dB`.
pub(in crate::markdown) fn suggestions(text: &str) -> impl Iterator<Item = String> {
    let plain = normalize_notation(text);
    let forms = [
        Some(plain.clone()),
        interval_in_square_brackets(&plain),
        tolerance_as_interval(&plain),
        range_as_interval(&plain),
        multiplier_as_zeros(&plain),
        power_as_exponent(&plain),
        currency_after_number(&plain),
        fraction_as_decimals(&plain),
        bound_as_sign(&plain),
    ];
    let text = text.to_owned();
    forms.into_iter().flatten().filter(move |form| *form != text)
}

/// Rewrites numbers and percentages without thousands separators and with a decimal point, ASCII digits, and the
/// ASCII characters for minus and percent.
fn normalize_notation(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{2212}' | '\u{ff0d}' => plain.push('-'),
            '٪' | '％' => plain.push('%'),
            '٫' => plain.push('.'),
            '٬' | '’' => plain.push(','),
            '≈' | '∼' => plain.push('~'),
            _ => match decimal_digit(character) {
                Some(digit) => plain.push(digit),
                None => plain.push(character),
            },
        }
    }
    let characters: Vec<char> = plain.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut normalized = String::with_capacity(plain.len());
    for (at, &character) in characters.iter().enumerate() {
        let is_between_digits = at > 0 && is_digit(at - 1) && is_digit(at + 1);
        let is_before_three_digits = (1..=3).all(|step| is_digit(at + step)) && !is_digit(at + 4);
        match character {
            ',' | '\'' | '_' if is_between_digits && is_before_three_digits => {}
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' if is_between_digits && is_before_three_digits => {}
            ',' if is_between_digits => normalized.push('.'),
            // A full stop after the number ends a sentence.
            '.' if at > 0 && is_digit(at - 1) && !is_digit(at + 1) => {}
            other => normalized.push(other),
        }
    }
    normalized
}

/// Returns the ASCII digit for a decimal digit of Arabic, Persian, Devanagari or full width.
fn decimal_digit(character: char) -> Option<char> {
    const ZEROS: [char; 4] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    let value = |zero: &char| (character as u32).checked_sub(*zero as u32).filter(|value| *value < 10);
    ZEROS.iter().find_map(value).and_then(|value| char::from_digit(value, 10))
}

/// Rewrites `10 (8-12) dB` and `10 [12; 8] dB` as `10 [8, 12] dB`.
fn interval_in_square_brackets(text: &str) -> Option<String> {
    let start = text.find(['[', '(', '{'])?;
    let (before, rest) = text.split_at_checked(start)?;
    let rest = rest.get(1..)?;
    let (inside, after) = rest.split_at_checked(rest.find([']', ')', '}'])?)?;
    let (one, separated) =
        parse_number_at_start(inside.trim_start()).or_else(|| number_before_comma(inside))?;
    let (other, end) = parse_number_at_start(strip_range_separator(separated)?)?;
    let (low, high) = if one.number <= other.number { (one, other) } else { (other, one) };
    let is_complete = end.trim().is_empty();
    is_complete.then(|| {
        format!("{} [{}, {}]{}", before.trim(), low.text, high.text, after.get(1..).unwrap_or_default())
    })
}

/// Reads a number before a comma. [`parse_number_at_start`] would read the comma as a thousands separator.
fn number_before_comma(text: &str) -> Option<(Quantity, &str)> {
    let (number, _) = text.split_once(',')?;
    let (number, rest) = parse_number_at_start(number.trim())?;
    rest.is_empty().then_some(())?;
    Some((number, text.get(text.find(',')?..)?))
}

/// Returns the text after a separator between two numbers.
fn strip_range_separator(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let separators = ["to ", "...", "..", "…", "-", "–", "—", ",", ";"];
    let rest = separators.iter().find_map(|separator| text.strip_prefix(separator))?;
    Some(rest.trim_start())
}

/// Rewrites `10 ± 2 dB` as `10 [8, 12] dB`.
fn tolerance_as_interval(text: &str) -> Option<String> {
    let (before, after) = ["±", "+/-", "+-"].iter().find_map(|sign| text.split_once(sign))?;
    let (number, unit) = parse_number_at_start(before.trim_end_matches([' ', '(']))?;
    let (width, unit_after) = parse_number_at_start(after.trim_start())?;
    let unit = common_unit(unit, unit_after.trim_start_matches(')'))?;
    let decimals = decimal_places(&number.text).max(decimal_places(&width.text));
    let end = |end: f64| format_decimal(end, decimals);
    let (low, high) = (end(number.number - width.number), end(number.number + width.number));
    Some(format!("{} [{low}, {high}] {unit}", number.text).trim_end().to_owned())
}

/// Rewrites `10-12 %` and `10 to 12 %` as `11 [10, 12] %`.
fn range_as_interval(text: &str) -> Option<String> {
    let (low, rest) = parse_number_at_start(text)?;
    let unit_end =
        rest.find(" to ").or_else(|| rest.find(['-', '–', '—', '…'])).or_else(|| rest.find(".."))?;
    let (unit, rest) = rest.split_at_checked(unit_end)?;
    let (high, unit_after) = parse_number_at_start(strip_range_separator(rest)?)?;
    let unit = common_unit(unit, unit_after)?;
    let decimals = decimal_places(&low.text).max(decimal_places(&high.text)) + 1;
    let middle = format_decimal(f64::midpoint(low.number, high.number), decimals);
    Some(format!("{middle} [{}, {}] {unit}", low.text, high.text).trim_end().to_owned())
}

/// Returns the common unit of two numbers. One of the units may be empty.
fn common_unit<'a>(one: &'a str, other: &'a str) -> Option<&'a str> {
    let (one, other) = (one.trim(), other.trim());
    (one.is_empty() || other.is_empty() || one == other).then_some(if other.is_empty() { one } else { other })
}

/// Rewrites `10k` as `10000`.
fn multiplier_as_zeros(text: &str) -> Option<String> {
    let sign = text.len() - text.trim_start_matches(['~', '<', '>', ' ']).len();
    let (number, rest) = parse_number_at_start(text.get(sign..)?)?;
    let letters_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (letters, unit) = rest.split_at_checked(letters_end)?;
    let (_, zeros) = MULTIPLIERS.iter().find(|(known, _)| *known == letters)?;
    let (whole, fraction) = number.text.split_once('.').unwrap_or((&number.text, ""));
    let is_plain = fraction.len() <= *zeros && !number.text.contains(['e', 'E']);
    let zeros = "0".repeat(zeros.saturating_sub(fraction.len()));
    let whole = if whole == "0" { "" } else { whole };
    is_plain.then(|| format!("{}{whole}{fraction}{zeros}{unit}", text.get(..sign).unwrap_or_default()))
}

/// Rewrites `10 × 10^3 x` as `10e3 x`.
fn power_as_exponent(text: &str) -> Option<String> {
    let (number, rest) = parse_number_at_start(text)?;
    let rest = rest.trim_start().strip_prefix(['×', 'x', '*', '·'])?.trim_start().strip_prefix("10^")?;
    let end = rest.find(|next: char| !next.is_ascii_digit() && next != '-').unwrap_or(rest.len());
    let (exponent, unit) = rest.split_at_checked(end)?;
    Some(format!("{}e{exponent}{unit}", number.text))
}

/// Rewrites `$10` as `10 $`.
fn currency_after_number(text: &str) -> Option<String> {
    let sign = text.len() - text.trim_start_matches(['~', '<', '>', ' ']).len();
    let (sign, rest) = text.split_at_checked(sign)?;
    let unit = rest.chars().next().filter(|unit| "$€£¥₹".contains(*unit))?;
    Some(format!("{sign}{} {unit}", rest.get(unit.len_utf8()..)?.trim()))
}

/// Rewrites `4½ days` as `4.5 days`.
fn fraction_as_decimals(text: &str) -> Option<String> {
    const FRACTIONS: [(char, &str); 4] = [('½', "5"), ('¼', "25"), ('¾', "75"), ('⅛', "125")];
    let (number, rest) = parse_number_at_start(text)?;
    let rest = rest.trim_start();
    let (fraction, decimals) = FRACTIONS.iter().find(|(fraction, _)| rest.starts_with(*fraction))?;
    let is_whole = number.text.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| format!("{}.{decimals}{}", number.text, rest.trim_start_matches(*fraction)))
}

/// Rewrites `4 or more days` as `>4 days`.
fn bound_as_sign(text: &str) -> Option<String> {
    let (number, rest) = parse_number_at_start(text)?;
    let (sign, unit) = split_bound(rest)?;
    Some(format!("{sign}{} {unit}", number.text).trim_end().to_owned())
}

/// Returns the number of digits after the decimal point.
fn decimal_places(number: &str) -> usize {
    number.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// Formats a number without zeros at the end of its fraction.
fn format_decimal(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::super::parse_measured;
    use super::*;

    #[test]
    fn other_ways_to_write_a_number_have_a_plain_form() {
        let check = |text: &str, plain: &str| assert_eq!(normalize_notation(text), plain, "{text}");
        check("5,000", "5000");
        check("1,234,567 x", "1234567 x");
        check("5\u{202f}000 tokens", "5000 tokens");
        check("5 000 [4 000, 6 000]", "5000 [4000, 6000]");
        check("12’500", "12500");
        check("3,5 %", "3.5 %");
        check("−19", "-19");
        check("≈19", "~19");
        check("٦٠٪ stated", "60% stated");
        check("５．", "5．");
        check("5. stated", "5 stated");
        check("52 [48, 55] x", "52 [48, 55] x");
    }

    #[test]
    fn what_is_meant_by_values_of_other_forms_is_offered() {
        let check = |text: &str, expected: Option<&str>| {
            assert!(parse_measured(text).is_err(), "{text}");
            let found = suggestions(text).find(|form| parse_measured(form).is_ok());
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("10 ± 2 dB", Some("10 [8, 12] dB"));
        check("10±2", Some("10 [8, 12]"));
        check("4.1 +/- 0.25 days", Some("4.1 [3.85, 4.35] days"));
        check("10% ± 2%", Some("10 [8, 12] %"));
        check("10 (±2) dB", Some("10 [8, 12] dB"));
        check("10-12 %", Some("11 [10, 12] %"));
        check("10–13 %", Some("11.5 [10, 13] %"));
        check("1.5 to 2.5 days", Some("2 [1.5, 2.5] days"));
        check("10 days to 12 days", Some("11 [10, 12] days"));
        check("10 (8-12) kWh", Some("10 [8, 12] kWh"));
        check("10 [8; 12] kWh", Some("10 [8, 12] kWh"));
        check("10 [12, 8] kWh", Some("10 [8, 12] kWh"));
        check("10 (8, 12) kWh", Some("10 [8, 12] kWh"));
        check("10k", Some("10000"));
        check("~2.5M tokens", Some("~2500000 tokens"));
        check("0.5k", Some("500"));
        check("$10", Some("10 $"));
        check("2.5 × 10^24 FLOP", Some("2.5e24 FLOP"));
        check("5x10^-3", Some("5e-3"));
        check("1,000", Some("1000"));
        check("1,5", Some("1.5"));
        check("≈10", Some("~10"));
        check("10% - 20%", Some("15 [10, 20] %"));
        check("10 — 20 %", Some("15 [10, 20] %"));
        check("2x–3x", Some("2.5 [2, 3] x"));
        check("4½ days", Some("4.5 days"));
        check("4 ¼", Some("4.25"));
        check("4 or more", Some(">4"));
        check("4 or fewer days", Some("<4 days"));
        check("4 days, or so", Some("~4 days"));
        check("4 days 6 hours", None);
        check("12:30", None);
        check("10 [12, 14] kWh", None);
        check("10 [5000, 1,000]", None);
        check("about 10", None);
        check("12-10", None);
    }
}
