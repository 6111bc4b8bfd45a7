//! Draws how a date moved: one row for each time that the date was given, from top to bottom, above an axis of
//! time.

use std::fmt::Write as _;

use crate::html::escape;

use super::axis::Axis;
use super::svg::{percent, px};

/// Height of a row in pixels.
const ROW_HEIGHT: f64 = 24.0;
/// Height in pixels of the dates below the last row.
const BOTTOM_MARGIN: f64 = 24.0;
/// Maximum number of dates below the strip. This many fit on a narrow screen.
const MAX_DATE_LABELS: usize = 4;
/// Maximum number of rows. Of more dates, only the last ones are drawn.
const MAX_ROWS: usize = 12;

/// A date that was given at one time.
#[derive(Debug, Clone)]
pub struct DateRevision {
    /// Address that the date links to.
    pub url: String,
    /// Accessible name: when the date was given, and which date it is.
    pub accessible_name: String,
    /// The date in years, as [`super::time_in_years`] counts.
    pub time: f64,
}

/// Draws a strip as SVG. The last date is the current one, so only its mark is filled.
pub fn draw_strip(label: &str, dates: &[DateRevision]) -> String {
    let dates = dates.get(dates.len().saturating_sub(MAX_ROWS)..).unwrap_or_default();
    let times = || dates.iter().map(|date| date.time);
    let axis =
        Axis::for_time(times().fold(f64::INFINITY, f64::min), times().fold(f64::NEG_INFINITY, f64::max));
    let mut tops = Vec::new();
    let mut floor = 0.0;
    for _ in dates {
        tops.push(floor + ROW_HEIGHT / 2.0);
        floor += ROW_HEIGHT;
    }
    let mut svg = format!(
        "<svg class=\"plot\" height=\"{}\" role=\"group\" aria-label=\"{}\">",
        px(floor + BOTTOM_MARGIN),
        escape(label)
    );
    let _ = write!(svg, "<line class=\"base\" x2=\"100%\" y1=\"{0}\" y2=\"{0}\"/>", px(floor));
    for tick in axis.ticks.iter().step_by(axis.ticks.len().div_ceil(MAX_DATE_LABELS).max(1)) {
        let x = percent(axis.position(tick.value));
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y2=\"{}\"/><text class=\"m\" x=\"{x}\" y=\"{}\">{}</text>",
            px(floor),
            px(floor + 19.0),
            tick.label
        );
    }
    let positions: Vec<(String, String)> =
        dates.iter().zip(&tops).map(|(date, top)| (percent(axis.position(date.time)), px(*top))).collect();
    for pair in positions.windows(2) {
        let [(x1, y1), (x2, y2)] = pair else { continue };
        let _ = write!(svg, "<line class=\"trend\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
    }
    for (number, (date, (x, y))) in dates.iter().zip(&positions).enumerate() {
        let ring = if number + 1 < dates.len() { " ring" } else { "" };
        let _ = write!(
            svg,
            "<a href=\"{}\" aria-label=\"{}\"><circle class=\"hit\" cx=\"{x}\" cy=\"{y}\" r=\"12\"/><circle class=\"pt{ring}\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/></a>",
            escape(&date.url),
            escape(&date.accessible_name)
        );
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_links_its_dates_and_only_the_last_is_full() {
        let date =
            |when| DateRevision { url: "/a/".to_owned(), accessible_name: "A & B".to_owned(), time: when };
        let svg = draw_strip("\"Moved\"", &[date(2027.0), date(2028.0), date(2030.5)]);
        assert_eq!(svg.matches("<a href=\"/a/\" aria-label=\"A &amp; B\">").count(), 3, "{svg}");
        assert_eq!((svg.matches("pt ring").count(), svg.matches("\"trend\"").count()), (2, 2), "{svg}");
        assert!(svg.contains("&quot;Moved&quot;") && svg.contains("height=\"96\""), "{svg}");
        let many: Vec<DateRevision> = (0..40).map(|year| date(2000.0 + f64::from(year))).collect();
        assert_eq!(draw_strip("", &many).matches("<a href").count(), MAX_ROWS);
    }
}
