//! Finds the number that a sentence reports as measured, and returns it as a value in the grammar of claims.
//!
//! A number counts if it has a unit that only measurements have (percent, times, watts, money), or if it has
//! another unit or noun and the sentence has a verb of measuring or a comparison. Numbers of years, dates, tables,
//! versions and ages never count, and neither does a number with which the result is compared. If several numbers
//! count, one with a unit of the first sort is preferred.

use super::lists::{LABELS, MEASURING, form_of_unit};
use super::words::{Word, has_run};

/// Nouns after which a number is an age or a duration, not a result.
const IDLE: &[&str] = &["years", "year", "decades", "centuries", "old"];

const SMALL: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A number in a sentence.
struct NumberInSentence {
    /// `~`, `<`, `>` or empty.
    sign: &'static str,
    digits: String,
    unit: String,
    is_strong: bool,
    /// Whether the result is compared with this number.
    is_baseline: bool,
}

/// The measured value in a sentence, in the grammar of the fact `value`.
pub(super) fn value(words: &[Word<'_>]) -> Option<String> {
    let has_measuring = words.iter().any(|word| word.is_one_of(&MEASURING))
        || has_run(words, "more than")
        || has_run(words, "less than")
        || has_run(words, "fewer than");
    let found: Vec<NumberInSentence> = (0..words.len()).filter_map(|at| number_at(words, at)).collect();
    let counts = |found: &&NumberInSentence| !found.is_baseline && (found.is_strong || has_measuring);
    let best = found.iter().filter(counts).find(|found| found.is_strong);
    let best = best.or_else(|| found.iter().find(counts))?;
    Some(format!("{}{} {}", best.sign, best.digits, best.unit).trim().to_owned())
}

/// The digits of the first percentage from 0 to 100 in a sentence. Used for probabilities.
pub(super) fn percent(words: &[Word<'_>]) -> Option<String> {
    let found = (0..words.len()).filter_map(|at| number_at(words, at));
    let share = |found: &NumberInSentence| {
        found.digits.parse().is_ok_and(|number: f64| (0.0..=100.0).contains(&number))
    };
    found.filter(|found| found.unit == "%" && share(found)).map(|found| found.digits).next()
}

/// Reads a number such as `1,200.5` or `nine`, and returns its digits without commas, in the grammar of claims.
pub(super) fn digits(text: &str) -> Option<String> {
    if let Some(small) = SMALL.iter().position(|word| text.eq_ignore_ascii_case(word)) {
        return Some((small + 1).to_string());
    }
    let plain = match text.split_once(',') {
        Some((first, rest)) if !first.is_empty() && first.len() <= 3 => {
            let whole = rest.split_once('.').map_or(rest, |(whole, _)| whole);
            whole
                .split(',')
                .all(|group| group.len() == 3)
                .then(|| format!("{first}{}", rest.replace(',', "")))?
        }
        Some(_) => return None,
        None => text.to_owned(),
    };
    let is_plain = plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_plain && plain.starts_with(|first: char| first.is_ascii_digit()) && plain.parse::<f64>().is_ok())
        .then_some(plain)
}

fn number_at(words: &[Word<'_>], at: usize) -> Option<NumberInSentence> {
    let word = words.get(at)?;
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    if before.is_some_and(|before| before.is_one_of(&LABELS)) {
        return None;
    }
    let text = word.text.trim_start_matches('~');
    let (currency, text) = match text.chars().next()? {
        '$' => (Some("dollars"), text.get(1..)?),
        '€' => (Some("euros"), text.get('€'.len_utf8()..)?),
        '£' => (Some("pounds"), text.get('£'.len_utf8()..)?),
        _ => (None, text),
    };
    let (text, suffix) = ["%", "-fold", "fold", "x", "×"]
        .iter()
        .find_map(|suffix| text.strip_suffix(suffix).map(|rest| (rest, Some(*suffix))))
        .unwrap_or((text, None));
    let mut digits = digits(text)?;
    let is_word = text.starts_with(char::is_alphabetic);
    let mut next = at + 1;
    if let Some(times) = words.get(next).filter(|_| word.is_joined()).and_then(multiplier) {
        digits = scaled(&digits, times)?;
        next += 1;
    }
    let noun = words.get(next).filter(|_| words.get(next - 1).is_some_and(Word::is_joined));
    let (unit, is_strong) = match (suffix, currency) {
        (Some("%"), _) => ("%".to_owned(), true),
        (Some(_), _) => ("x".to_owned(), true),
        (None, Some(currency)) => (currency.to_owned(), true),
        (None, None) => unit(noun, words.get(next + 1), &digits, before, is_word)?,
    };
    let is_baseline = is_baseline(words, at);
    Some(NumberInSentence { sign: sign(words, at), digits, unit, is_strong, is_baseline })
}

/// The unit that a number has because of the noun after it, and whether that unit shows a measurement even without
/// a verb of measuring. Returns `None` if the number cannot be a result.
fn unit(
    noun: Option<&Word<'_>>,
    behind: Option<&Word<'_>>,
    digits: &str,
    before: Option<&Word<'_>>,
    is_word: bool,
) -> Option<(String, bool)> {
    let is_year =
        digits.len() == 4 && !digits.contains('.') && (digits.starts_with("19") || digits.starts_with("20"));
    let Some(noun) = noun.filter(|noun| noun.text.starts_with(char::is_alphabetic)) else {
        // A decimal number without a unit is a score. A whole number without a unit can mean anything.
        return (digits.contains('.') && !is_word).then(|| (String::new(), false));
    };
    if is_year && noun.is_one_of(&["and", "to", "the", "in", "was", "is", "it", "a"]) {
        return None;
    }
    if noun.is_one_of(&["times"]) {
        return Some(("x".to_owned(), true));
    }
    if noun.is_one_of(&["percentage"]) && behind.is_some_and(|behind| behind.is_one_of(&["points"])) {
        return Some(("points".to_owned(), true));
    }
    if let Some(form) = form_of_unit(noun.text) {
        return Some((form.to_owned(), true));
    }
    let is_named =
        before.is_some_and(|before| before.is_capitalised() && before.text.len() > 1 && before.is_joined());
    let is_plural = noun.text.ends_with('s')
        && noun.text.len() > 3
        && noun.text.chars().all(|c| c.is_lowercase() || c == '-');
    if noun.is_one_of(IDLE) || is_year {
        return None;
    }
    if is_plural {
        return Some((noun.text.to_owned(), false));
    }
    (digits.contains('.') && !is_named).then(|| (String::new(), false))
}

/// Whether the result is compared with this number: it follows `from`, `compared with` or `compared to`.
fn is_baseline(words: &[Word<'_>], at: usize) -> bool {
    let back = |steps: usize| at.checked_sub(steps).and_then(|place| words.get(place));
    let is_from = back(1).is_some_and(|word| word.is_one_of(&["from"]));
    let is_with = back(1).is_some_and(|word| word.is_one_of(&["with", "to"]))
        && back(2).is_some_and(|word| word.is_one_of(&["compared"]));
    is_from || is_with
}

fn sign(words: &[Word<'_>], at: usize) -> &'static str {
    let is_before = |steps: usize, known: &[&str]| {
        at.checked_sub(steps).and_then(|place| words.get(place)).is_some_and(|word| word.is_one_of(known))
    };
    if words.get(at).is_some_and(|word| word.text.starts_with('~'))
        || is_before(1, &["about", "around", "roughly", "approximately", "nearly", "almost", "some", "circa"])
    {
        return "~";
    }
    let is_than = is_before(1, &["than"]);
    if is_before(1, &["over", "above"]) || (is_than && is_before(2, &["more"])) {
        return ">";
    }
    if is_before(1, &["under", "below"]) || (is_than && is_before(2, &["less", "fewer"])) {
        return "<";
    }
    ""
}

fn multiplier(word: &Word<'_>) -> Option<usize> {
    let all = [("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];
    all.iter().find(|(name, _)| word.is_one_of(&[name])).map(|&(_, zeros)| zeros)
}

/// Multiplies a decimal number by 10 to the power of `zeros`, without floating-point arithmetic. Returns `None` if
/// the result is not a whole number or is too long.
fn scaled(digits: &str, zeros: usize) -> Option<String> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if part.len() > zeros {
        return None;
    }
    let text = format!("{whole}{part}{}", "0".repeat(zeros - part.len()));
    let text = text.trim_start_matches('0');
    (!text.is_empty() && text.len() <= 24).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn a_finding_has_a_unit_or_a_verb_of_measuring() {
        let check = |sentence: &str, expected: Option<&str>| {
            assert_eq!(value(&words(sentence)).as_deref(), expected, "{sentence}");
        };
        check("The job took 3.5 hours, down from 9.", Some("3.5 hours"));
        check("Errors fell from 12 to 7 percent.", Some("7 %"));
        check("It is about 40% cheaper.", Some("~40 %"));
        check("Sales were over $1.5 billion.", Some(">1500000000 dollars"));
        check("It is twelve times faster.", Some("12 x"));
        check("Speed grew 4.6-fold.", Some("4.6 x"));
        check("They sold 1,200 licences.", Some("1200 licences"));
        check("See table 4 and section 2.5.", None);
        check("It was founded in 2011 and has 4 offices.", None);
        check("She is 40 years old.", None);
        check("The meeting had 3 parts.", None);
    }
}
