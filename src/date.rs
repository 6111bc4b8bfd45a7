//! Dates whose day or month may be unknown: [`PartialDate`]. [`jiff`] provides the calendar. This module has no
//! clock: the day of the build is an input.

use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// A date as authors write it: `2026`, `2026-05` or `2026-05-20` (ISO 8601 with reduced precision).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

/// The smallest unit of a date that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

/// Earliest accepted year. Earlier years are typing errors, such as `0026` or `0206`.
const FIRST_YEAR: i16 = 1000;

/// English names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns the first three letters of the name of a month, which is counted from 0; empty for other numbers.
pub fn short_month(month: usize) -> &'static str {
    MONTHS.get(month).and_then(|name| name.get(..3)).unwrap_or_default()
}

impl PartialDate {
    /// Parses a date. Returns `None` unless the text has exactly one of the three forms, exists in the calendar
    /// and is not before the year 1000.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, count: usize| {
            let plain = part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse::<i16>().ok()).flatten()
        };
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let small = |part: &str| digits(part, 2).and_then(|number| i8::try_from(number).ok());
        let (month, day, precision) = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => (1, 1, Precision::Year),
            (Some(month), None, _) => (small(month)?, 1, Precision::Month),
            (Some(month), Some(day), None) => (small(month)?, small(day)?, Precision::Day),
            _ => return None,
        };
        let first = Date::new(year, month, day).ok().filter(|_| year >= FIRST_YEAR)?;
        Some(Self { first, precision })
    }

    /// Returns the first day that the date may mean.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// Returns the last day that the date may mean. Deadlines use this day.
    pub fn last_day(self) -> Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        }
    }

    /// Whether something with this date counts on a day. It counts from the day before its first day on, because
    /// the day of some authors begins before that of UTC.
    pub fn has_arrived_by(self, day: Self) -> bool {
        self.first <= day.first.tomorrow().unwrap_or(day.first)
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// Returns the month and its year, without the day; the year alone if no month is known.
    #[must_use]
    pub fn month(self) -> Self {
        Self { first: self.first.first_of_month(), precision: self.precision.min(Precision::Month) }
    }

    /// Returns the Monday of the week of the first day (ISO 8601: weeks begin on Monday).
    #[must_use]
    pub fn monday(self) -> Self {
        let since = i64::from(self.first.weekday().to_monday_zero_offset());
        let monday = self.first.checked_sub(jiff::Span::new().days(since)).unwrap_or(self.first);
        monday.into()
    }

    /// Returns the quarter of the year of the first day, from 0 to 3.
    pub fn quarter(self) -> usize {
        self.month_number() / 3
    }

    /// Returns the English name of the month, if it is known.
    pub fn month_name(self) -> Option<&'static str> {
        MONTHS.get(self.month_number()).copied().filter(|_| self.precision > Precision::Year)
    }

    /// Returns the number of the month, counted from 0.
    fn month_number(self) -> usize {
        usize::try_from(self.first.month() - 1).expect("months are counted from 1")
    }

    /// Returns the date as authors and machines write it (ISO 8601): `2026-05-20`, `2026-05` or `2026`.
    pub fn iso(self) -> String {
        let mut text = String::with_capacity("2026-05-20".len());
        push_year(&mut text, self.first.year());
        let (month, day) = (Some(self.first.month()), Some(self.first.day()));
        let parts = match self.precision {
            Precision::Day => [month, day],
            Precision::Month => [month, None],
            Precision::Year => [None, None],
        };
        for part in parts.into_iter().flatten() {
            text.push('-');
            push_digit(&mut text, part / 10);
            push_digit(&mut text, part % 10);
        }
        text
    }

    /// Returns the date as people read it: `20 May 2026`, `May 2026` or `2026`.
    pub fn words(self) -> String {
        let (year, day) = (self.first.year(), self.first.day());
        let month = short_month(self.month_number());
        let mut text = String::with_capacity("20 May 2026".len());
        if self.precision == Precision::Day {
            if day > 9 {
                push_digit(&mut text, day / 10);
            }
            push_digit(&mut text, day % 10);
            text.push(' ');
        }
        if self.precision != Precision::Year {
            text.extend([month, " "]);
        }
        push_year(&mut text, year);
        text
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { first: date, precision: Precision::Day }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.iso())
    }
}

/// Serializes a date as authors write it (ISO 8601).
impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

/// Appends a year in four digits, without the slow machinery of `format!`: a page contains dozens of dates.
fn push_year(text: &mut String, year: i16) {
    for place in [1000, 100, 10, 1] {
        push_digit(text, i8::try_from(year / place % 10).expect("a digit fits"));
    }
}

fn push_digit(text: &mut String, digit: i8) {
    text.push(char::from(b'0' + digit.unsigned_abs()));
}

/// Returns the number of whole days from one day to another; negative if the second day is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_one_of_three_forms_and_exist() {
        let check = |text: &str, last: Option<&str>| {
            let date = PartialDate::parse(text);
            assert_eq!(date.map(|date| date.last_day().to_string()).as_deref(), last, "{text}");
            if let Some(date) = date {
                assert_eq!(date.to_string(), text);
            }
        };
        check("2026", Some("2026-12-31"));
        check("2024-02", Some("2024-02-29"));
        check("2026-05-20", Some("2026-05-20"));
        for wrong in [
            "",
            "26",
            "20261122",
            "2026-13",
            "2026-02-30",
            "2026-5-2",
            "2026-05-20 10:00",
            "+2026",
            "0000",
            "0026-11-10",
            "0999",
            "2026-05-20-01",
            "2026-",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_date_counts_from_the_day_before_on() {
        let check = |date: &str, counts: bool| {
            let date = PartialDate::parse(date).expect("a date");
            let day = PartialDate::parse("2026-11-29").expect("a day");
            assert_eq!(date.has_arrived_by(day), counts, "{date}");
        };
        check("2026-11-30", true);
        check("2026-12", false);
        check("2026-12-01", false);
        check("2026", true);
        check("9999-12-31", false);
    }

    #[test]
    fn days_are_counted_both_ways() {
        let day = |text| PartialDate::parse(text).expect("a date").first_day();
        assert_eq!(days_between(day("2026-11-22"), day("2026-12-31")), 39);
        assert_eq!(days_between(day("2026-11-22"), day("2025-11-22")), -365);
    }
}
