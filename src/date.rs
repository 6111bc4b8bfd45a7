//! When? [`PartialDate`]: a year, a month or a day; [`jiff`] knows the calendar. No clock here: the
//! day of the build is an input.

use std::fmt;

use jiff::civil::Date;

/// A date as authors know it: `2026`, `2026-05` or `2026-05-20` (ISO 8601, reduced precision).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl PartialDate {
    /// Read a date; `None` unless it has exactly one of the three forms and exists in the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, count: usize| {
            let plain = part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse::<i16>().ok()).flatten()
        };
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let small = |part: &str| digits(part, 2).and_then(|number| i8::try_from(number).ok());
        let month = parts.next().map(small);
        let day = parts.next().map(small);
        if parts.next().is_some() {
            return None;
        }
        let date = Self {
            year,
            month: month.map_or(Some(None), |month| month.map(Some))?,
            day: day.map_or(Some(None), |day| day.map(Some))?,
        };
        Date::new(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1)).ok()?;
        (date.year > 0).then_some(date)
    }

    /// The first day it may mean.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).expect("checked when parsed")
    }

    /// The last day it may mean; as a deadline this is the one.
    pub fn last_day(self) -> Date {
        match (self.month, self.day) {
            (_, Some(_)) => self.first_day(),
            (Some(_), None) => self.first_day().last_of_month(),
            (None, None) => self.first_day().last_of_year(),
        }
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month and its year, without the day; the year alone when no month is known.
    #[must_use]
    pub fn month(self) -> Self {
        Self { day: None, ..self }
    }

    /// As people read it: `20 May 2026`, `May 2026`, `2026`.
    pub fn words(self) -> String {
        let month = |month: i8| MONTHS[usize::try_from(month - 1).unwrap_or_default() % 12];
        match (self.month, self.day) {
            (Some(of), Some(day)) => format!("{day} {} {}", month(of), self.year),
            (Some(of), None) => format!("{} {}", month(of), self.year),
            _ => self.year.to_string(),
        }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(formatter, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(formatter, "-{day:02}")?;
        }
        Ok(())
    }
}

/// Whole days from one day to another; negative when the second is the earlier.
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
            "2026-05-20-01",
            "2026-",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn days_are_counted_both_ways() {
        let day = |text| PartialDate::parse(text).expect("a date").first_day();
        assert_eq!(days_between(day("2026-11-22"), day("2026-12-31")), 39);
        assert_eq!(days_between(day("2026-11-22"), day("2025-11-22")), -365);
    }
}
