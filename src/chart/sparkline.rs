//! Draws a sparkline: the course of a few values in the height of a line of text (Edward Tufte, *Beautiful Evidence*,
//! 2006).

use std::fmt::Write as _;

use super::svg::px;

/// Width of the drawing in units; it is stretched to the width of its cell.
const WIDTH: f64 = 100.0;
/// Height of the drawing in units.
const HEIGHT: f64 = 24.0;
/// Space for half a mark at each edge.
const MARGIN: f64 = 3.0;

/// Draws values over time; `None` for fewer than three, which show no course. `points` are times in years and values,
/// in order of time. On a logarithmic scale, all values must be above zero, otherwise the scale is linear.
pub fn draw_sparkline(points: &[(f64, f64)], is_log: bool) -> Option<String> {
    if points.len() < 3 || points.iter().any(|(time, value)| !time.is_finite() || !value.is_finite()) {
        return None;
    }
    let is_log = is_log && points.iter().all(|(_, value)| *value > 0.0);
    let scaled = |value: f64| if is_log { value.ln() } else { value };
    let times = Range::of(points.iter().map(|(time, _)| *time));
    let values = Range::of(points.iter().map(|(_, value)| scaled(*value)));
    let mut line = String::new();
    let (mut x, mut y) = (0.0, 0.0);
    for (time, value) in points {
        x = MARGIN + times.share(*time) * (WIDTH - 2.0 * MARGIN);
        y = HEIGHT - MARGIN - values.share(scaled(*value)) * (HEIGHT - 2.0 * MARGIN);
        let _ = write!(line, "{} {} ", px(x), px(y));
    }
    Some(format!(
        "<svg class=\"spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\"><polyline points=\"{}\"/><circle cx=\"{}\" cy=\"{}\" r=\"2.5\"/></svg>",
        line.trim_end(),
        px(x),
        px(y)
    ))
}

struct Range {
    low: f64,
    high: f64,
}

impl Range {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        Self { low, high }
    }

    /// Returns the place of a value between the ends, from 0 to 1; the middle if the ends are equal.
    fn share(&self, value: f64) -> f64 {
        let length = self.high - self.low;
        if length > 0.0 && length.is_finite() { (value - self.low) / length } else { 0.5 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_begins_at_the_left_and_ends_in_a_mark() {
        let svg = draw_sparkline(&[(2020.0, 1.0), (2021.0, 10.0), (2022.0, 100.0)], true).expect("a drawing");
        assert!(svg.contains("points=\"3 21 50 12 97 3\""), "{svg}");
        assert!(svg.contains("cx=\"97\" cy=\"3\""), "{svg}");
        let linear = draw_sparkline(&[(2020.0, 0.0), (2021.0, 1.0), (2022.0, 2.0)], true).expect("a drawing");
        assert!(linear.contains("points=\"3 21 50 12 97 3\""), "zero has no logarithm: {linear}");
    }

    #[test]
    fn two_values_and_values_without_end_are_not_drawn() {
        assert_eq!(draw_sparkline(&[(2020.0, 1.0), (2021.0, 2.0)], false), None);
        assert_eq!(draw_sparkline(&[(2020.0, 1.0), (2021.0, f64::NAN), (2022.0, 2.0)], false), None);
        let level = draw_sparkline(&[(2020.0, 5.0), (2021.0, 5.0), (2022.0, 5.0)], false).expect("a drawing");
        assert!(level.contains("points=\"3 12 50 12 97 12\""), "{level}");
    }
}
