//! Draws the marks of the series of a chart: shapes of points and dashes of lines.

use std::fmt;

/// The mark of a point around the origin, written as SVG. There are six shapes; further series have the same
/// shapes, drawn hollow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PointMark {
    /// Number of the series in the chart.
    pub(super) series: usize,
    pub(super) is_forecast: bool,
    pub(super) is_faded: bool,
}

impl fmt::Display for PointMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHAPES: [&str; 6] = [
            "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
            "M-4.5-4.5h9v9h-9z",
            "M0-6.5 6.5 0 0 6.5-6.5 0z",
            "M0-6 6 5H-6z",
            "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
            "M0 6-6-5H6z",
        ];
        let shape = if self.is_forecast { SHAPES[0] } else { SHAPES[self.series % SHAPES.len()] };
        let hollow = if self.is_forecast || self.series / SHAPES.len() % 2 == 1 { " ring" } else { "" };
        let faded = if self.is_faded { " old" } else { "" };
        write!(f, "<path class=\"pt{hollow}{faded}\" d=\"{shape}\"/>")
    }
}

/// Returns the dashes of the line of a series.
pub(super) fn line_dashes(number: usize) -> &'static str {
    const STROKES: [&str; 5] = [
        "",
        " stroke-dasharray=\"7 4\"",
        " stroke-dasharray=\"2 4\"",
        " stroke-dasharray=\"9 3 2 3\"",
        " stroke-dasharray=\"14 5\"",
    ];
    STROKES[number % STROKES.len()]
}
