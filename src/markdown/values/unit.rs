//! Checks the unit of a value: which numbers in it are part of the unit, as in `per 1000 people` and `m2`, and which
//! are a second number of the value, as in `days 6 hours`.

use crate::markdown::values::parse_number_at_start;

/// Units that are written behind each other for one quantity, as in `1 h 30 min` and `6 ft 2 in`, in lower case.
const COMPOUND_UNITS: &[&str] = &[
    "years", "year", "yrs", "yr", "y", "months", "month", "weeks", "week", "wk", "days", "day", "d", "hours",
    "hour", "hrs", "hr", "h", "minutes", "minute", "mins", "min", "m", "seconds", "second", "secs", "sec",
    "s", "ms", "miles", "mile", "yards", "yard", "feet", "foot", "ft", "inches", "inch", "km", "metres",
    "meters", "cm", "mm", "stone", "pounds", "pound", "lbs", "lb", "ounces", "oz", "kg", "grams", "g",
    "dollars", "euros", "cents",
];

/// Words behind `or` that make a bound of a value, as in `4 or more`.
const BOUND_WORDS: &[(&str, char)] = &[
    ("more", '>'),
    ("above", '>'),
    ("over", '>'),
    ("greater", '>'),
    ("higher", '>'),
    ("longer", '>'),
    ("less", '<'),
    ("fewer", '<'),
    ("below", '<'),
    ("under", '<'),
    ("lower", '<'),
    ("shorter", '<'),
    ("so", '~'),
];

/// Whether a unit contains a second number that belongs to the value, as in `days 6 hours`, `h 30min`,
/// `minutes, 30 seconds`, `:30`, `% - 20%`, `x–3x`.
pub(super) fn has_second_number(unit: &str) -> bool {
    let has_separated_number = unit
        .match_indices([',', ';'])
        .any(|(at, _)| is_outside_brackets(unit, at) && is_followed_by_number(unit, at));
    unit.starts_with(':') || has_separated_number || is_rest_of_compound(unit) || is_rest_of_range(unit)
}

/// Whether a text is not the unit of a number: the rest of a number, a tolerance, a second number, a bound or a reason.
pub(super) fn is_malformed(unit: &str) -> bool {
    is_rest_of_number(unit)
        || unit.split_whitespace().any(|word| word == "—")
        || contains_number_of_value(unit)
        || split_bound(unit).is_some()
}

/// Returns the sign for a unit that contains a bound, such as `days or more`, and the unit without it. Behind a number,
/// the bound is a part of the unit: `tasks of 2 hours or more`.
pub(super) fn split_bound(unit: &str) -> Option<(char, String)> {
    let words: Vec<&str> = unit.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "or")?;
    let before = words.get(..at)?;
    let next = words.get(at + 1)?;
    let (_, sign) = BOUND_WORDS.iter().find(|(word, _)| word == next)?;
    let has_digit = before.iter().any(|word| word.contains(|next: char| next.is_ascii_digit()));
    let rest = [before, words.get(at + 2..)?].concat().join(" ");
    (!has_digit).then(|| (*sign, rest.replace(',', "")))
}

/// Whether a place in a unit is outside of brackets. Numbers in brackets are part of the unit: `% (5-shot, 10 runs)`.
fn is_outside_brackets(unit: &str, at: usize) -> bool {
    unit.get(..at).is_some_and(|before| before.matches('(').count() == before.matches(')').count())
}

/// Whether a comma or semicolon separates two values, as in `days, 5 days`. In `%, 5-shot` the number begins a word.
fn is_followed_by_number(unit: &str, at: usize) -> bool {
    let Some(rest) = unit.get(at + 1..).filter(|rest| rest.starts_with(char::is_whitespace)) else {
        return false;
    };
    parse_number_at_start(rest.trim_start()).is_some_and(|(_, rest)| {
        rest.is_empty() || rest.starts_with(|next: char| next.is_whitespace() || next == '%')
    })
}

/// Whether a unit is the rest of a quantity in two units, such as `h 30min` of `1h 30min`.
fn is_rest_of_compound(unit: &str) -> bool {
    let letter_count = |text: &str| text.find(|next: char| !next.is_alphabetic()).unwrap_or(text.len());
    let is_compound_unit = |word: &str| COMPOUND_UNITS.contains(&word.to_lowercase().as_str());
    let (first, rest) = unit.split_at(letter_count(unit));
    let after_letters = rest.trim_start_matches([' ', ',']);
    let number = after_letters.strip_prefix("and ").unwrap_or(after_letters).trim_start();
    let digits = number.find(|next: char| !next.is_ascii_digit() && next != '.').unwrap_or(number.len());
    let (number, second) = number.split_at(digits);
    let second = second.trim_start();
    let (second, end) = second.split_at(letter_count(second));
    // `m2` and `m3` are areas and volumes, and `H100` is a machine.
    let is_attached = rest.starts_with(|next: char| next.is_ascii_digit());
    let is_name = is_attached && (matches!(number, "2" | "3") || number.len() > 2);
    let is_clock = first == "h" && number.len() == 2 && second.is_empty() && end.is_empty();
    !number.is_empty()
        && is_compound_unit(first)
        && !is_name
        && (is_compound_unit(second) || second == "in" || is_clock)
}

/// Whether a unit contains the other end of a range, as in `% - 20%`, `x–3x` and `— 20 %`. In `GPT-4 tokens` and
/// `mAP@50-95` a dash is part of the unit.
fn is_rest_of_range(unit: &str) -> bool {
    let dashes = ["-", "–", "—", "−", "…", ".."];
    let mut places = dashes.iter().flat_map(|dash| unit.match_indices(dash));
    places.any(|(at, dash)| {
        let (before, after) =
            (unit.get(..at).unwrap_or_default(), unit.get(at + dash.len()..).unwrap_or_default());
        let after = after.trim_start_matches('.');
        let has_spaces_around =
            before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace);
        let first = before.trim();
        let Some((_, second)) =
            parse_number_at_start(after.trim_start()).filter(|_| is_outside_brackets(unit, at))
        else {
            return false;
        };
        let second = second.trim();
        let is_same = if second.is_empty() { matches!(first, "%" | "x" | "×") } else { first == second };
        // A dash directly behind the number is the rest of it, except for a long one.
        has_spaces_around || is_same || first.is_empty() && !matches!(dash, "-" | "–")
    })
}

/// Whether the text of a unit is rather the rest of a number, as in `1e`, `5 000`, `52-60`, `1/3`, `4½`.
fn is_rest_of_number(unit: &str) -> bool {
    let mut characters = unit.chars();
    let first = characters.next().unwrap_or(' ');
    let exponent = first.eq_ignore_ascii_case(&'e')
        && characters.next().is_some_and(|next| next.is_ascii_digit() || "+-".contains(next));
    // `½` is a digit too, in the sense of Unicode.
    exponent || first.is_numeric() || "+-–/'’.,".contains(first)
}

/// Whether a unit contains a second number that belongs to the value, as in `± 2 dB`, `to 12 days`, `(8-12) dB`,
/// `× 10^3`. Other numbers are part of the unit, as in `per 1000 people` and `km2`.
fn contains_number_of_value(unit: &str) -> bool {
    let begins_with_number =
        |text: &str| parse_number_at_start(text.trim_start_matches(['(', ' '])).is_some();
    let connectors = ["x ", "×", "*", "·", "^", "(", "{", "and "];
    let words: Vec<&str> = unit.split_whitespace().collect();
    let mut pairs = words.windows(2);
    let signs = ['~', '≈', '<', '>', '≤', '≥'];
    let mut texts_after_signs =
        unit.match_indices(signs).filter_map(|(at, sign)| unit.get(at + sign.len()..));
    unit.contains(['±', '['])
        || unit.ends_with('?')
        || texts_after_signs.any(begins_with_number)
        || unit.contains("10^")
        || connectors.iter().any(|joint| unit.strip_prefix(joint).is_some_and(begins_with_number))
        || pairs.any(|pair| ["to", "or"].contains(&pair[0]) && begins_with_number(pair[1]))
        || unit.split_once(['(', '{']).is_some_and(|(_, inside)| has_range(inside))
}

/// Whether a text contains two numbers with a dash, comma or semicolon between them.
fn has_range(text: &str) -> bool {
    let ends_with_digit = |text: &str| text.trim_end().ends_with(|last: char| last.is_ascii_digit());
    let begins_with_digit = |text: &str| text.trim_start().starts_with(|first: char| first.is_ascii_digit());
    text.match_indices(['-', '–', '—', ',', ';']).any(|(at, dash)| {
        text.get(..at).is_some_and(ends_with_digit)
            && text.get(at + dash.len()..).is_some_and(begins_with_digit)
    })
}
