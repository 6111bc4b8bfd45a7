//! Finds the records among values: those that were better than all values before them.

use super::{Bound, Point};

/// Which values are records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// No value is a record, because it is not known which values are better.
    None,
    /// Values above all earlier ones.
    Highest,
    /// Values below all earlier ones.
    Lowest,
}

/// Returns the positions of the records among points that are sorted by time. Of one day only the best value is a record.
/// A value that was replaced is not a record. Neither is a bound on the better side: "less than 5" is not a record of 5.
pub fn records_of(points: &[Point], records: Records) -> Vec<usize> {
    let (is_better, open_bound): (fn(f64, f64) -> bool, Bound) = match records {
        Records::None => return Vec::new(),
        Records::Highest => (|one, other| one > other, Bound::Below),
        Records::Lowest => (|one, other| one < other, Bound::Above),
    };
    let mut found: Vec<usize> = Vec::new();
    for (place, point) in points.iter().enumerate() {
        let last = found.last().and_then(|&last| points.get(last));
        let is_record = last.is_none_or(|last| is_better(point.value, last.value));
        if point.is_replaced || !point.is_drawable() || point.bound == open_bound || !is_record {
            continue;
        }
        if last.is_some_and(|last| is_same_day(last.time, point.time)) {
            found.pop();
        }
        found.push(place);
    }
    found
}

/// Whether two times, in years, are of one day.
pub(super) fn is_same_day(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.5 / 366.0
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::chart::plot) fn point(time: f64, value: f64) -> Point {
        Point {
            url: "/claims/a/".to_owned(),
            accessible_name: "A & B: 3 minutes; May 2026".to_owned(),
            label: format!("<Model> {time}"),
            value_words: format!("{value}"),
            time,
            value,
            bound: Bound::Exact,
            interval: None,
            is_replaced: false,
        }
    }

    #[test]
    fn a_record_beats_all_earlier_values() {
        let values =
            [(2020.0, 5.0), (2021.0, 3.0), (2022.0, 7.0), (2022.0, 9.0), (2023.0, 9.0), (2024.0, 12.0)];
        let mut points = values.map(|(time, value)| point(time, value));
        assert_eq!(records_of(&points, Records::Highest), [0, 3, 5]);
        assert_eq!(records_of(&points, Records::Lowest), [0, 1]);
        assert_eq!(records_of(&points, Records::None), [0; 0]);
        points[3].is_replaced = true;
        points[5].bound = Bound::Below;
        assert_eq!(records_of(&points, Records::Highest), [0, 2, 4]);
    }
}
