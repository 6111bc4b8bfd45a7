//! Draws how well probabilities were calibrated: the share of forecasts that came true against the probability that was
//! given. Dots on the diagonal are well calibrated.

use std::fmt::Write as _;

use crate::texts::TEXTS;

use super::axis::Axis;
use super::svg::{percent, px};

/// Height of the square in which dots are, in pixels.
const PLOT_HEIGHT: f64 = 300.0;

/// The forecasts of one range of probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Mean probability that was given, from 0 to 1.
    pub probability: f64,
    /// Share that came true, from 0 to 1.
    pub came_true: f64,
    /// Number of forecasts.
    pub count: usize,
}

/// Draws a dot for each range, with an area that grows with the number of forecasts up to a hundred.
pub fn draw_calibration(dots: &[Dot]) -> String {
    let axis = Axis::for_shares();
    let y = |share: f64| PLOT_HEIGHT * (1.0 - axis.position(share));
    let mut svg = format!(
        "<svg class=\"plot\" height=\"{}\" role=\"img\" aria-label=\"{}\">",
        px(PLOT_HEIGHT + 48.0),
        TEXTS.chart.calibration()
    );
    for (number, tick) in axis.ticks.iter().enumerate() {
        let class = if number == 0 { "base" } else { "grid" };
        let anchor = if number + 1 == axis.ticks.len() { "e" } else { "m" };
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"0\" x2=\"100%\" y1=\"{0}\" y2=\"{0}\"/><text class=\"e\" x=\"-8\" y=\"{1}\">{2}</text><text class=\"{anchor}\" x=\"{3}\" y=\"{4}\">{2}</text>",
            px(y(tick.value)),
            px(y(tick.value) + 4.0),
            tick.label,
            percent(tick.value),
            px(PLOT_HEIGHT + 22.0)
        );
    }
    let _ =
        write!(svg, "<line class=\"base alt\" x1=\"0\" y1=\"{}\" x2=\"100%\" y2=\"0\"/>", px(PLOT_HEIGHT));
    for dot in dots {
        let size = f64::from(u32::try_from(dot.count).unwrap_or(u32::MAX));
        let (x, y, radius) = (percent(dot.probability), y(dot.came_true), 4.0 + size.sqrt().min(10.0));
        // The label is below the dot, unless it would cover the axis there.
        let label = if y > PLOT_HEIGHT - 40.0 { y - radius - 6.0 } else { y + radius + 14.0 };
        let _ = write!(
            svg,
            "<circle class=\"pt\" cx=\"{x}\" cy=\"{}\" r=\"{}\"/><svg x=\"{x}\" overflow=\"visible\"><text class=\"m\" x=\"0\" y=\"{}\">{}</text></svg>",
            px(y),
            px(radius),
            px(label),
            TEXTS.chart.calibration_number(dot.count)
        );
    }
    let _ = write!(
        svg,
        "<text class=\"m\" x=\"50%\" y=\"{}\">{}</text></svg>",
        px(PLOT_HEIGHT + 44.0),
        TEXTS.chart.calibration_axis()
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_where_their_shares_are() {
        let svg = draw_calibration(&[
            Dot { probability: 0.25, came_true: 0.5, count: 4 },
            Dot { probability: 1.0, came_true: 0.0, count: 1_000 },
        ]);
        assert!(svg.contains("<circle class=\"pt\" cx=\"25%\" cy=\"150\" r=\"6\"/>"), "{svg}");
        assert!(svg.contains("y=\"170\">n = 4</text>"), "{svg}");
        // A large dot at the floor has its label above it.
        assert!(svg.contains("cy=\"300\" r=\"14\"/>") && svg.contains("y=\"280\">n = 1000</text>"), "{svg}");
    }
}
