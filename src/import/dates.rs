//! Reads dates in the forms that pages use, and returns each as a [`PartialDate`]. Nothing is guessed: an ambiguous
//! text is not read as a date.

use jiff::civil::Date;

use crate::date::{MONTHS, PartialDate};

/// Reads a date of publication: ISO 8601 (`2026-05-20T10:00`), `2026/05/20`, `20260520`, `20 May 2026`, `May 20,
/// 2026`, `Wed, 20 May 2026 …`. Returns `None` for a date that is more than a day after `today` (one day allows for
/// time zones) or before 1450, when printing began. Also returns `None` for `03/04/2026`, which is one of two days.
pub(super) fn read(text: &str, today: Date) -> Option<PartialDate> {
    let text = text.trim();
    let date = numeric(text).or_else(|| in_words(text))?;
    let tomorrow = today.tomorrow().unwrap_or(today);
    (date.first_day() <= tomorrow && date.year() >= 1450).then_some(date)
}

/// Reads a date in the path of an address, as in `/2026/05/20/` or `/2026-05-20-title`.
pub(super) fn in_address(path: &str, today: Date) -> Option<PartialDate> {
    let parts: Vec<&str> = path.split('/').collect();
    let in_folders = parts.windows(3).find_map(|window| {
        let is_day = window[0].len() == 4 && window[1].len() == 2 && window[2].len() == 2;
        is_day.then(|| read(&window.join("-"), today)).flatten()
    });
    in_folders.or_else(|| parts.iter().find_map(|part| read(part.get(..10)?, today)))
}

fn numeric(text: &str) -> Option<PartialDate> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 && (text.len() == 8 || text.as_bytes().get(8) == Some(&b'T')) {
        let part = |range| text.get(range);
        return PartialDate::parse(&format!("{}-{}-{}", part(0..4)?, part(4..6)?, part(6..8)?));
    }
    let end = text.find(|character: char| !character.is_ascii_digit() && !"-/".contains(character));
    let date = text.get(..end.unwrap_or(text.len()))?.replace('/', "-");
    // A time may follow a whole day. Nothing may follow a month or a year.
    let is_whole = date.len() == "2026-05-20".len();
    let goes_on = end
        .and_then(|end| text.get(end..))
        .is_some_and(|rest| !is_whole || !rest.starts_with(['T', ' ', 't', 'Z', '+']));
    (!goes_on).then(|| PartialDate::parse(&date))?
}

fn in_words(text: &str) -> Option<PartialDate> {
    let words: Vec<&str> =
        text.split([' ', ',', '.', '\u{a0}']).filter(|word| !word.is_empty()).take(8).collect();
    words.windows(3).find_map(|window| {
        let [one, two, year] = window else { return None };
        let (day, month) = match (month(one), month(two)) {
            (Some(month), None) => (two, month),
            (None, Some(month)) => (one, month),
            _ => return None,
        };
        let day = day.trim_end_matches(|character: char| character.is_ascii_alphabetic());
        let day: u8 = day.parse().ok()?;
        PartialDate::parse(&format!("{year}-{month:02}-{day:02}"))
    })
}

fn month(word: &str) -> Option<usize> {
    let is_named = |month: &&str| {
        word.eq_ignore_ascii_case(month)
            || month.get(..3).is_some_and(|short| word.eq_ignore_ascii_case(short))
    };
    let place = MONTHS.iter().position(is_named).map(|month| month + 1);
    place.or_else(|| word.eq_ignore_ascii_case("sept").then_some(9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_sure_or_none() {
        let today = PartialDate::parse("2026-11-22").unwrap().first_day();
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(read(text, today).map(|date| date.to_string()).as_deref(), expected, "{text}");
        };
        check("2026-05-20", Some("2026-05-20"));
        check("2026-05-20T23:00:00+02:00", Some("2026-05-20"));
        check("2026/05/20", Some("2026-05-20"));
        check("20260520", Some("2026-05-20"));
        check("2026-05", Some("2026-05"));
        check("2026", Some("2026"));
        check("May 20, 2026", Some("2026-05-20"));
        check("20th May 2026", Some("2026-05-20"));
        check("Wed, 20 May 2026 10:00:00 GMT", Some("2026-05-20"));
        for wrong in [
            "03/04/2026",
            "2026-02-30",
            "2027-01-01",
            "yesterday",
            "",
            "1",
            "0001-01-01",
            "2026-05-20x",
            "May 2026 20",
        ] {
            check(wrong, None);
        }
        assert_eq!(
            in_address("/news/2026/05/20/title", today).map(|date| date.to_string()).as_deref(),
            Some("2026-05-20")
        );
        assert_eq!(
            in_address("/2026-05-20-title", today).map(|date| date.to_string()).as_deref(),
            Some("2026-05-20")
        );
        assert_eq!(in_address("/news/1234/title", today), None);
    }
}
