//! Finds the deadline and the probability of a forecast in its words.

use crate::date::{MONTHS, PartialDate};

use super::lists::BEFORE_A_YEAR;
use super::number::{digits, percent};
use super::words::{Word, find_run, has_run};

/// The deadline of a forecast made on `said`: a year or month that is not before `said`. It is read from phrases
/// such as `by 2028`, `before January 2027` (the month before), `in March 2027`, `within five years`, `this year`,
/// `next year`.
pub(super) fn deadline(words: &[Word<'_>], said: Option<PartialDate>) -> Option<PartialDate> {
    let date = (0..words.len()).find_map(|at| year_at(words, at)).or_else(|| relative(words, said?));
    date.filter(|date| said.is_none_or(|said| date.last_day() >= said.first_day()))
}

/// Whether a sentence names a year after that of `said`.
pub(super) fn looks_ahead(words: &[Word<'_>], said: Option<PartialDate>) -> bool {
    let Some(said) = said else { return false };
    (0..words.len()).filter_map(|at| year_at(words, at)).any(|date| date.year() > said.year())
}

fn year_at(words: &[Word<'_>], at: usize) -> Option<PartialDate> {
    let word = words.get(at)?;
    let (is_mid, year) = match word.text.strip_prefix("mid-") {
        Some(year) => (true, year),
        None => (false, word.text),
    };
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) && year.starts_with("20");
    if !is_year {
        return None;
    }
    let back = |steps: usize| at.checked_sub(steps).and_then(|place| words.get(place));
    let month =
        back(1).and_then(|word| MONTHS.iter().position(|month| word.text.eq_ignore_ascii_case(month)));
    let before_year = if month.is_some() { back(2) } else { back(1) };
    if month.is_none()
        && !is_mid
        && !before_year.is_some_and(|word| word.is_one_of(&BEFORE_A_YEAR))
        && at != 1
    {
        return None;
    }
    let is_exclusive = before_year.is_some_and(|word| word.is_one_of(&["before"]));
    let year: i16 = year.parse().ok()?;
    let text = match month.map(|month| month + 1) {
        Some(1) if is_exclusive => format!("{:04}-12", year - 1),
        Some(month) => format!("{year:04}-{:02}", month - usize::from(is_exclusive)),
        None if is_mid => format!("{year:04}-06"),
        None => format!("{:04}", year - i16::from(is_exclusive)),
    };
    PartialDate::parse(&text)
}

fn relative(words: &[Word<'_>], said: PartialDate) -> Option<PartialDate> {
    let in_years = |years: i16| PartialDate::parse(&format!("{:04}", said.year().checked_add(years)?));
    if let Some(at) = find_run(words, "within") {
        let number = digits(words.get(at + 1)?.text)?;
        let unit = words.get(at + 2)?;
        return unit
            .is_one_of(&["years", "year"])
            .then(|| in_years(number.parse().ok().filter(|years| *years < 200)?))?;
    }
    if has_run(words, "this year") {
        return in_years(0);
    }
    has_run(words, "next year").then(|| in_years(1))?
}

/// The probability of a forecast, in the grammar of the fact `probability`. A percentage in a sentence with a word
/// such as `chance` is `stated`, and so is 50% for a median. Words such as `likely` are `inferred`, with the scale
/// of Sherman Kent, "Words of Estimative Probability" (1964).
pub(super) fn probability(words: &[Word<'_>]) -> Option<String> {
    const CHANCE: &[&str] =
        &["chance", "chances", "probability", "likelihood", "odds", "likely", "sure", "certain"];
    let stated = percent(words).filter(|_| words.iter().any(|word| word.is_one_of(CHANCE)));
    if let Some(stated) = stated {
        return Some(format!("{stated}% stated"));
    }
    if has_run(words, "my median") || has_run(words, "our median") || has_run(words, "median forecast") {
        return Some("50% stated".to_owned());
    }
    let has = |run: &str| has_run(words, run);
    let kent = if has("almost certainly not") || (has("almost certainly") && has("not")) {
        7
    } else if has("almost certain") || has("almost certainly") {
        93
    } else if has("unlikely") || has("probably not") {
        30
    } else if has("likely") || has("probably") || has("probable") {
        75
    } else if has("even chance") || has("even odds") || has("coin flip") {
        50
    } else {
        return None;
    };
    Some(format!("{kent}% inferred"))
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn deadlines_are_not_before_the_day_of_the_forecast() {
        let check = |sentence: &str, expected: Option<&str>| {
            let said = PartialDate::parse("2026-05-20");
            let found = deadline(&words(sentence), said).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{sentence}");
        };
        check("It will ship by 2028.", Some("2028"));
        check("It will ship before 2031.", Some("2030"));
        check("It will ship before January 2027.", Some("2026-12"));
        check("It will ship by mid-2027.", Some("2027-06"));
        check("It will ship by the end of 2027.", Some("2027"));
        check("It will ship within two years.", Some("2028"));
        check("It will ship next year.", Some("2027"));
        check("It will ship, as in 2025.", None);
        check("It will ship soon.", None);
    }

    #[test]
    fn probabilities_say_whether_the_number_was_given() {
        let check = |sentence: &str, expected: Option<&str>| {
            assert_eq!(probability(&words(sentence)).as_deref(), expected, "{sentence}");
        };
        check("There is a 15 percent chance of rain.", Some("15% stated"));
        check("I put the odds at 40%.", Some("40% stated"));
        check("It will probably rain.", Some("75% inferred"));
        check("It is unlikely to rain.", Some("30% inferred"));
        check("A share of 15 percent will leave.", None);
        check("There is a 150 percent chance of rain.", None);
    }
}
