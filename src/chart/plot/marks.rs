//! Draws the marks of a chart: the shape of a point, signs at it, and its interval.

use std::fmt::Write as _;

use super::super::svg::{percent, px};
use super::canvas::Canvas;
use super::space::{Across, Area, Kind, Space, Stroke};
use super::{Bound, Point, SHAPES};

/// Radius in pixels of the space that a mark takes up.
const RADIUS: f64 = 6.5;
/// Radius in pixels of the space that a mark with a dotted ring takes up.
const RING_RADIUS: f64 = 9.5;
/// Radius in pixels of the space that a small dot takes up.
const DOT_RADIUS: f64 = 4.0;
/// Pixels between a mark and the tip of the arrow that says that the value is a bound.
const ARROW_LENGTH: f64 = 19.0;

/// How a point is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// The usual mark.
    Filled,
    /// The outline of the mark, for values that were replaced or that share their day with the main series.
    Hollow,
    /// A small grey dot, for values of a chart with many, and for series without a shape.
    Dot,
    /// A small mark of the main series, in a chart with many values and no records.
    Small,
    /// The mark of an expected value.
    Forecast,
}

/// A mark of a series.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Position of the series in the chart.
    pub(super) series: usize,
    pub(super) fill: Fill,
    pub(super) bound: Bound,
}

impl Mark {
    /// Returns the class of the stylesheet for the colour. Five series have a colour, further ones are grey.
    pub(super) fn colour(self) -> &'static str {
        const COLOURS: [&str; 5] = ["c1", "c2", "c3", "c4", "c5"];
        match self.fill {
            Fill::Dot => "c0",
            Fill::Forecast => "c6",
            Fill::Filled | Fill::Hollow | Fill::Small => COLOURS.get(self.series).copied().unwrap_or("c0"),
        }
    }

    /// Returns the radius in pixels of the space that the mark takes up.
    pub(super) fn radius(self) -> f64 {
        match (self.fill, self.bound) {
            (Fill::Dot | Fill::Small, _) => DOT_RADIUS,
            (_, Bound::About) => RING_RADIUS,
            _ => RADIUS,
        }
    }

    /// Returns the outline of the shape around the origin; `None` for circles.
    fn outline(self) -> Option<&'static str> {
        const OUTLINES: [Option<&str>; SHAPES] = [
            None,
            Some("M-4.3-4.3h8.6v8.6h-8.6z"),
            Some("M0-5.8 5.8 0 0 5.8-5.8 0z"),
            Some("M0-5.6 5.4 4H-5.4z"),
            Some("M0 5.6 5.4-4H-5.4z"),
            Some("M-1.9-5.4h3.8v3.5h3.5v3.8h-3.5v3.5h-3.8v-3.5h-3.5v-3.8h3.5z"),
            Some("M-2.5-5h5l3.6 5-3.6 5h-5l-3.6-5z"),
            Some(
                "M-5.2-2.6-2.6-5.2 0-2.6 2.6-5.2 5.2-2.6 2.6 0 5.2 2.6 2.6 5.2 0 2.6-2.6 5.2-5.2 2.6-2.6 0z",
            ),
        ];
        match self.fill {
            Fill::Dot | Fill::Small => None,
            Fill::Forecast => OUTLINES[2],
            Fill::Filled | Fill::Hollow => OUTLINES.get(self.series).copied().flatten(),
        }
    }

    /// Returns the mark and its signs as SVG around the origin.
    fn shape(self) -> String {
        let colour = self.colour();
        let class = match self.fill {
            Fill::Filled => "",
            Fill::Hollow | Fill::Forecast => " ring",
            Fill::Dot => " dim",
            Fill::Small => " small",
        };
        let radius = if matches!(self.fill, Fill::Dot | Fill::Small) { "2.7" } else { "4.6" };
        let mut svg = match self.bound {
            Bound::Exact => String::new(),
            Bound::About => format!("<circle class=\"about {colour}\" r=\"8.2\"/>"),
            Bound::Above => {
                format!("<path class=\"arrow {colour}\" d=\"M0-6V-18M-3.4-14.4 0-18 3.4-14.4\"/>")
            }
            Bound::Below => format!("<path class=\"arrow {colour}\" d=\"M0 6V18M-3.4 14.4 0 18 3.4 14.4\"/>"),
        };
        let _ = match self.outline() {
            Some(outline) => write!(svg, "<path class=\"pt {colour}{class}\" d=\"{outline}\"/>"),
            None => write!(svg, "<circle class=\"pt {colour}{class}\" r=\"{radius}\"/>"),
        };
        svg
    }

    /// Draws the mark at a place, with an invisible circle that makes it easier to hit.
    pub(super) fn draw(self, (x, y): (f64, f64), svg: &mut String) {
        let (x, y) = (percent(x), px(y));
        // There may be hundreds of dots, so each is one element, whose invisible outline can be hit as well.
        let _ = if matches!(self.fill, Fill::Dot | Fill::Small) {
            let class = if self.fill == Fill::Dot { "dim" } else { "small c1" };
            write!(svg, "<circle class=\"pt {class}\" cx=\"{x}\" cy=\"{y}\" r=\"2.7\"/>")
        } else {
            let shape = self.shape();
            write!(svg, "<svg class=\"at\" x=\"{x}\" y=\"{y}\"><circle class=\"hit\" r=\"12\"/>{shape}</svg>")
        };
    }

    /// Marks the space of the mark and of its arrow as taken.
    pub(super) fn occupy(self, (x, y): (f64, f64), space: &mut Space) {
        space.add_area(Area::around(x, y, self.radius()), Kind::Mark);
        let (top, bottom) = match self.bound {
            Bound::Above => (y - ARROW_LENGTH, y),
            Bound::Below => (y, y + ARROW_LENGTH),
            Bound::Exact | Bound::About => return,
        };
        let (left, right) = (Across::new(x, -4.5), Across::new(x, 4.5));
        space.add_area(Area { left, right, top, bottom }, Kind::Mark);
    }
}

/// Returns the mark of a series for the key of a chart. `None` stands for forecasts.
pub fn key_mark(series: Option<usize>) -> String {
    let fill = match series {
        None => Fill::Forecast,
        Some(number) if number >= SHAPES => Fill::Dot,
        Some(_) => Fill::Filled,
    };
    let mark = Mark { series: series.unwrap_or_default(), fill, bound: Bound::Exact };
    format!("<svg class=\"ky\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\">{}</svg>", mark.shape())
}

/// The interval of a point as a vertical line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Interval {
    pub(super) x: f64,
    top: f64,
    bottom: f64,
    /// Number of intervals of the same day that are drawn on top of this one. It is drawn wider than they are, so that
    /// its ends stay visible.
    pub(super) below: usize,
    /// Whether the interval continues above or below the drawing.
    pub(super) is_cut: bool,
    mark: Mark,
}

impl Interval {
    /// Returns the interval of a point, cut at the edges of the drawing.
    pub(super) fn new(canvas: &Canvas<'_>, point: &Point, mark: Mark) -> Option<Self> {
        let (low, high) = point.interval?;
        let (top, bottom) = (canvas.y(high.max(point.value)), canvas.y(low.min(point.value)));
        let is_cut = top < 2.0 || bottom > canvas.floor;
        Some(Self {
            x: canvas.x(point.time),
            top: top.max(2.0),
            bottom: bottom.min(canvas.floor),
            below: 0,
            is_cut,
            mark,
        })
    }

    /// Draws the line, and arrows where it leaves the drawing.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, svg: &mut String) {
        const WIDTHS: [&str; 3] = ["", " w1", " w2"];
        let colour = self.mark.colour();
        let width = WIDTHS.get(self.below).or(WIDTHS.last()).copied().unwrap_or_default();
        let old = if self.mark.fill == Fill::Hollow { " old" } else { "" };
        let (x, top, bottom) = (percent(self.x), px(self.top), px(self.bottom));
        let _ = write!(
            svg,
            "<line class=\"iv {colour}{old}{width}\" x1=\"{x}\" x2=\"{x}\" y1=\"{top}\" y2=\"{bottom}\"/>"
        );
        if !self.is_cut {
            return;
        }
        let mut arrow = |y: f64, path: &str| {
            let _ = write!(
                svg,
                "<svg class=\"at\" x=\"{x}\" y=\"{}\"><path class=\"arrow {colour}\" d=\"{path}\"/></svg>",
                px(y)
            );
        };
        if self.top <= 2.0 {
            arrow(2.0, "M-3.4 4 0 0 3.4 4");
        }
        if self.bottom >= canvas.floor {
            arrow(canvas.floor, "M-3.4-5 0-1 3.4-5");
        }
    }

    /// Marks the space of the line as taken.
    pub(super) fn occupy(&self, space: &mut Space) {
        space.add_stroke(Stroke::between((self.x, self.top), (self.x, self.bottom)), Kind::Line);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_series_looks_different_until_dots_begin() {
        let marks: BTreeSet<String> = (0..SHAPES).map(|number| key_mark(Some(number))).collect();
        assert_eq!(marks.len(), SHAPES);
        assert!(!marks.contains(&key_mark(None)), "forecasts have a mark of their own");
        assert_ne!(key_mark(Some(0)), key_mark(Some(12)), "the 13th series is not the first");
        assert!(key_mark(Some(12)).contains("c0 dim"));
    }

    #[test]
    fn signs_are_drawn_at_their_mark() {
        let shape = |bound| Mark { series: 1, fill: Fill::Filled, bound }.shape();
        assert!(shape(Bound::Above).contains("class=\"arrow c2\" d=\"M0-6V-18"));
        assert!(shape(Bound::Below).contains("class=\"arrow c2\" d=\"M0 6V18"));
        assert!(shape(Bound::About).contains("<circle class=\"about c2\""));
        assert!(!shape(Bound::Exact).contains("arrow"));
    }
}
