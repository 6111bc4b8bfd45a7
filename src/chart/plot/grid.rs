//! Draws the grid of a chart: a line for each tick of the values, and the dates below.

use std::fmt::Write as _;

use super::super::axis::{LONGEST_STEP, MONTH_STEPS, Tick, date_ticks_every};
use super::super::svg::{percent, px};
use super::canvas::Canvas;
use super::layout::Layout;

/// Smallest distance between the labels of months, in pixels.
const MONTH_DISTANCE: f64 = 38.0;
/// Smallest distance between the labels of years, in pixels.
const YEAR_DISTANCE: f64 = 44.0;
/// Smallest distance of a date from the right end of the drawing in pixels. Half of the label is to the right of the date,
/// and the margin there is 12 pixels.
const MIN_RIGHT: f64 = 7.0;
/// Pixels below the floor for the dates: one row of years, or a row of months above one of years.
pub(super) const BOTTOM_MARGIN: f64 = 38.0;

/// Draws the lines and labels of the values.
pub(super) fn draw_values(canvas: &Canvas<'_>, svg: &mut String) {
    let floor = px(canvas.floor);
    let _ = write!(svg, "<line class=\"base\" x2=\"100%\" y1=\"{floor}\" y2=\"{floor}\"/>");
    for tick in &canvas.ticks {
        let y = canvas.y(tick.value);
        if y < canvas.floor - 4.0 {
            let _ = write!(svg, "<line class=\"grid\" x2=\"100%\" y1=\"{0}\" y2=\"{0}\"/>", px(y));
        }
    }
    svg.push_str("<g aria-hidden=\"true\">");
    for tick in &canvas.ticks {
        let _ = write!(
            svg,
            "<text class=\"ax e\" x=\"-8\" y=\"{}\">{}</text>",
            px(canvas.y(tick.value) + 4.0),
            tick.label
        );
    }
    svg.push_str("</g>");
}

/// Draws the dates of a layout. Above each year is its first month, unless only years are drawn.
pub(super) fn draw_dates(canvas: &Canvas<'_>, layout: &Layout, svg: &mut String) {
    let narrowest = layout.widths.first().copied().unwrap_or(1.0);
    let (step, ticks) = dates(canvas.times, narrowest);
    let is_inside = |tick: &&Tick| (1.0 - canvas.x(tick.value)) * narrowest >= MIN_RIGHT;
    for (number, tick) in ticks.iter().filter(is_inside).enumerate() {
        let x = percent(canvas.x(tick.value));
        let _ = write!(
            svg,
            "<line class=\"base\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{}\"/>",
            px(canvas.floor),
            px(canvas.floor + 5.0)
        );
        let mut label = |class: &str, y: f64, text: &str| {
            let _ = write!(
                svg,
                "<text class=\"ax m{class}\" x=\"{x}\" y=\"{}\">{text}</text>",
                px(canvas.floor + y)
            );
        };
        match tick.label.split_once(' ') {
            Some((month, year)) => {
                label("", 18.0, month);
                if number == 0 || is_first_of_year(tick, step) {
                    label(" yr", 33.0, year);
                }
            }
            None => label("", 18.0, &tick.label),
        }
    }
}

/// Whether no earlier tick has the same year.
fn is_first_of_year(tick: &Tick, step: i32) -> bool {
    tick.value.fract() < f64::from(step) / 12.0 - 0.01
}

/// Returns the ticks of a time scale on a drawing of this width, and the months between them.
fn dates((from, to): (f64, f64), width: f64) -> (i32, Vec<Tick>) {
    let is_apart = |step: &i32| {
        let distance = f64::from(*step) / 12.0 / (to - from) * width;
        distance >= if *step < 12 { MONTH_DISTANCE } else { YEAR_DISTANCE }
    };
    let step = MONTH_STEPS.into_iter().find(is_apart).unwrap_or(LONGEST_STEP);
    (step, date_ticks_every(step, from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_dense_as_the_width_allows() {
        let labels = |from, to, width| {
            let (_, ticks) = dates((from, to), width);
            ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels(2024.9, 2026.95, 216.0), "Jan 2025 Jul 2025 Jan 2026 Jul 2026");
        assert_eq!(labels(2025.4, 2026.2, 800.0).split(' ').next(), Some("Jun"));
        assert_eq!(labels(2019.1, 2026.3, 300.0), "2020 2022 2024 2026");
    }
}
