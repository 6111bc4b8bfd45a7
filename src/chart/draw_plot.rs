//! Draws a chart of values over time: points with whiskers, one shape and one stroke for each series, and forecasts
//! as bars with a hollow mark.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::html::escape;
use crate::texts::TEXTS;

use super::axis::Axis;
use super::labels::{Extent, Placer, Screens, Widths, text_width};
use super::marks::{PointMark, line_dashes};
use super::plot::{Connection, Plot, Point, Series, Size, ValueAxis};
use super::svg::{percent, px};

/// Pixels above the highest grid line, for the unit.
const TOP_MARGIN: f64 = 26.0;
/// Pixels below the lowest grid line, for the dates.
const BOTTOM_MARGIN: f64 = 24.0;
/// Maximum number of marks that are drawn.
pub const MAX_POINTS: usize = 500;
/// Maximum number of points that get a label.
const MAX_LABELS: usize = 80;
/// Maximum number of points that a mark is compared with, to find marks that hide each other.
const MAX_COMPARED: usize = 500;

/// A drawn chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The `<svg>` element.
    pub svg: String,
    /// Whether the scale is logarithmic.
    pub is_log: bool,
}

/// Draws a chart. Returns `None` if fewer than two points can be drawn.
pub fn draw_plot(plot: &Plot) -> Option<Drawing> {
    let points: Vec<(usize, &Point)> = plot
        .series
        .iter()
        .enumerate()
        .flat_map(|(number, series)| series.points.iter().map(move |point| (number, point)))
        .filter(|(_, point)| point.is_drawable())
        .collect();
    if points.len() < 2 {
        return None;
    }
    let canvas = Canvas::new(plot, &points);
    let mut svg = canvas.opening_tag();
    canvas.draw_grid(&mut svg);
    if plot.is_dense() {
        canvas.draw_marks(&mut svg, &points);
        svg.push_str("</svg>");
        return Some(Drawing { svg, is_log: canvas.y.is_log() });
    }
    for (number, series) in plot.series.iter().enumerate().filter(|(_, series)| series.is_joined) {
        canvas.draw_line(&mut svg, number, series);
    }
    for join in &plot.connections {
        canvas.draw_connection(&mut svg, *join);
    }
    let offsets = canvas.sideways_offsets(&points);
    let labels = canvas.labels(&points, &offsets);
    for (((number, point), label), offset) in points.iter().zip(labels).zip(offsets) {
        canvas.draw_point(&mut svg, *number, point, (&label, offset));
    }
    svg.push_str("</svg>");
    Some(Drawing { svg, is_log: canvas.y.is_log() })
}

/// Returns the mark of a series for a legend, on a piece of the line that joins its points. Forecasts, single
/// points and dense charts have no such line.
pub fn legend_mark(number: usize, series: &Series, is_dense: bool) -> String {
    let is_joined =
        !is_dense && series.is_joined && series.points.iter().filter(|point| point.is_drawable()).count() > 1;
    let stroke = if is_joined {
        format!("<line class=\"trend\"{} x1=\"-24\" x2=\"24\"/>", line_dashes(number))
    } else {
        String::new()
    };
    let mark = PointMark { series: number, is_forecast: series.is_forecast, is_faded: false };
    format!(
        "<svg width=\"48\" height=\"14\" viewBox=\"-24 -7 48 14\" aria-hidden=\"true\">{stroke}{mark}</svg>"
    )
}

struct Canvas<'a> {
    plot: &'a Plot,
    x: Axis,
    y: Axis,
    /// Pixels from the top to the lowest grid line.
    floor: f64,
}

impl<'a> Canvas<'a> {
    fn new(plot: &'a Plot, points: &[(usize, &Point)]) -> Self {
        let lows = points.iter().map(|(_, point)| {
            let low = point.interval.map_or(point.value, |(low, _)| low.min(point.value));
            // On a logarithmic scale, the end of a whisker at or below zero does not widen the axis; it is drawn
            // at the floor.
            if plot.axis == ValueAxis::Log && low <= 0.0 { point.value } else { low }
        });
        let highs = points
            .iter()
            .map(|(_, point)| point.interval.map_or(point.value, |(_, high)| high.max(point.value)));
        let (low, high) = (lows.fold(f64::INFINITY, f64::min), highs.fold(f64::NEG_INFINITY, f64::max));
        let times = points.iter().map(|(_, point)| point.time);
        let (first, last) =
            (times.clone().fold(f64::INFINITY, f64::min), times.fold(f64::NEG_INFINITY, f64::max));
        Self {
            plot,
            x: Axis::for_time(first, last),
            y: match plot.axis {
                ValueAxis::Linear => Axis::linear(low, high),
                ValueAxis::Log => Axis::logarithmic(low, high),
                ValueAxis::Share => Axis::for_shares(),
                ValueAxis::Time => Axis::for_time(low, high).with_short_labels(),
            },
            floor: match plot.size {
                Size::Small => 210.0,
                Size::Medium => 260.0,
                Size::Large => 380.0,
            },
        }
    }

    fn opening_tag(&self) -> String {
        let role = if self.plot.size == Size::Small || self.plot.is_dense() { "img" } else { "group" };
        format!(
            "<svg class=\"plot\" height=\"{}\" role=\"{role}\" aria-label=\"{}\">",
            px(self.floor + BOTTOM_MARGIN),
            escape(&self.plot.label)
        )
    }

    fn widths(&self) -> Widths {
        if self.plot.size == Size::Small {
            Widths { narrow: [210.0, 280.0, 400.0, 560.0], wide: [290.0, 340.0, 400.0, 640.0] }
        } else {
            Widths { narrow: [210.0, 300.0, 420.0, 560.0], wide: [560.0, 700.0, 850.0, 1060.0] }
        }
    }

    fn y(&self, value: f64) -> f64 {
        self.floor - self.y.position(value) * (self.floor - TOP_MARGIN)
    }

    fn draw_grid(&self, svg: &mut String) {
        let line = |svg: &mut String, class: &str, y: f64| {
            let y = px(y);
            let _ = write!(svg, "<line class=\"{class}\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>");
        };
        line(svg, "base", self.floor);
        for tick in &self.y.ticks {
            let y = self.y(tick.value);
            if y < self.floor {
                line(svg, "grid", y);
            }
            let _ =
                write!(svg, "<text text-anchor=\"end\" x=\"-8\" y=\"{}\">{}</text>", px(y + 4.0), tick.label);
        }
        let scale = if self.y.is_log() { TEXTS.chart.log_scale() } else { "" };
        let unit = [self.plot.unit.as_str(), scale].into_iter().filter(|part| !part.is_empty());
        let unit: Vec<&str> = unit.collect();
        if !unit.is_empty() {
            let unit = escape(&unit.join(", "));
            let _ = write!(svg, "<text x=\"0\" y=\"{}\">{unit}</text>", px(TOP_MARGIN - 14.0));
        }
        self.draw_dates(svg);
    }

    /// Draws the dates below the lowest grid line. If not all dates fit, only every second, every third and so on
    /// is drawn.
    fn draw_dates(&self, svg: &mut String) {
        let ticks = &self.x.ticks;
        let widest = ticks.iter().map(|tick| text_width(&tick.label)).fold(0.0, f64::max);
        let fits = |every: usize, width: f64| {
            let ends = ticks.iter().step_by(every).map(|tick| self.x.position(tick.value) * width);
            let ends: Vec<f64> = ends.collect();
            ends.windows(2).all(|pair| pair[1] - pair[0] >= widest + 6.0)
        };
        let widths = self.widths();
        let smallest_step = |width: f64| (1..=ticks.len()).find(|&every| fits(every, width)).unwrap_or(1);
        let wide = smallest_step(widths.wide[0]);
        let narrow = smallest_step(widths.narrow[0]).next_multiple_of(wide);
        for (number, tick) in ticks.iter().enumerate().step_by(wide) {
            let class = if number % narrow == 0 { "" } else { " class=\"opt\"" };
            let (x, y) = (percent(self.x.position(tick.value)), px(self.floor + 19.0));
            let _ =
                write!(svg, "<text{class} text-anchor=\"middle\" x=\"{x}\" y=\"{y}\">{}</text>", tick.label);
        }
    }

    /// Draws the lines that join the points of a series. Each step is an element of its own, because the
    /// coordinates of a path cannot be percentages.
    fn draw_line(&self, svg: &mut String, number: usize, series: &Series) {
        let drawn: Vec<&Point> = series.points.iter().filter(|point| point.is_drawable()).collect();
        for pair in drawn.windows(2) {
            let [from, to] = pair else { continue };
            self.draw_segment(svg, line_dashes(number), from, to);
        }
    }

    /// Draws a line between two points of the first series.
    fn draw_connection(&self, svg: &mut String, join: Connection) {
        let point = |at: usize| self.plot.series.first()?.points.get(at).filter(|point| point.is_drawable());
        let Some((from, to)) = point(join.from).zip(point(join.to)) else { return };
        let dashes = if join.is_dashed { line_dashes(1) } else { "" };
        self.draw_segment(svg, dashes, from, to);
    }

    fn draw_segment(&self, svg: &mut String, dashes: &str, from: &Point, to: &Point) {
        let _ = write!(
            svg,
            "<line class=\"trend\"{dashes} x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            percent(self.x.position(from.time)),
            px(self.y(from.value)),
            percent(self.x.position(to.time)),
            px(self.y(to.value))
        );
    }

    /// Draws only marks. If there are too many points, some are left out at even steps. Each shape is defined
    /// once.
    fn draw_marks(&self, svg: &mut String, points: &[(usize, &Point)]) {
        let drawn = points.len().min(MAX_POINTS);
        let mut shapes: BTreeMap<PointMark, usize> = BTreeMap::new();
        let mut marks = String::new();
        for step in 0..drawn {
            let Some(&(number, point)) = points.get(step * points.len() / drawn) else { continue };
            let next_shape = shapes.len();
            let shape = *shapes.entry(self.point_mark(number, point)).or_insert(next_shape);
            let (x, y) = (percent(self.x.position(point.time)), px(self.y(point.value)));
            let _ = write!(marks, "<use href=\"#mark_{shape}\" x=\"{x}\" y=\"{y}\"/>");
        }
        svg.push_str("<defs>");
        for (mark, shape) in shapes {
            let _ = write!(svg, "<g id=\"mark_{shape}\">{mark}</g>");
        }
        let _ = write!(svg, "</defs>{marks}");
    }

    fn point_mark(&self, number: usize, point: &Point) -> PointMark {
        let is_forecast = self.plot.series.get(number).is_some_and(|series| series.is_forecast);
        PointMark { series: number, is_forecast, is_faded: point.is_faded }
    }

    /// Returns by how many pixels each mark is moved sideways, so that no mark hides another at the same place.
    fn sideways_offsets(&self, points: &[(usize, &Point)]) -> Vec<f64> {
        const STEPS: [f64; 5] = [0.0, 12.0, -12.0, 24.0, -24.0];
        let positions: Vec<(f64, f64)> =
            points.iter().map(|(_, point)| (self.x.position(point.time), self.y(point.value))).collect();
        let earlier_positions = |at: usize| positions.iter().take(at.min(MAX_COMPARED));
        let is_covered = |one: &(f64, f64), other: &(f64, f64)| {
            (one.0 - other.0).abs() < 0.008 && (one.1 - other.1).abs() < 11.0
        };
        let steps = positions.iter().enumerate().map(|(at, place)| {
            let covering = earlier_positions(at).filter(|other| is_covered(place, other)).count();
            STEPS[covering % STEPS.len()]
        });
        steps.collect()
    }

    /// Returns the label of each point as SVG, or an empty text if every place for it is taken. The newest points are
    /// placed first, and each name is shown once.
    fn labels(&self, points: &[(usize, &Point)], offsets: &[f64]) -> Vec<String> {
        let mut placer = Placer::new(self.widths(), 8.0);
        for ((_, point), offset) in points.iter().zip(offsets) {
            let y = self.y(point.value);
            let x = self.x.position(point.time);
            placer.mark_occupied(Extent {
                x,
                left: offset - 6.0,
                right: offset + 6.0,
                top: y - 6.0,
                bottom: y + 6.0,
            });
        }
        let mut newest: Vec<usize> = (0..points.len()).collect();
        let time_of = |at: &usize| points.get(*at).map_or(0.0, |(_, point)| point.time);
        newest.sort_by(|one, other| time_of(other).total_cmp(&time_of(one)));
        let mut labels = vec![String::new(); points.len()];
        let mut names: Vec<&str> = Vec::new();
        for at in newest.into_iter().take(MAX_LABELS) {
            let (Some((_, point)), Some(label)) = (points.get(at), labels.get_mut(at)) else { continue };
            let is_already_shown = names.contains(&point.label.as_str());
            if !point.label.is_empty()
                && !is_already_shown
                && let Some(text) = self.place_label(&mut placer, point)
            {
                *label = text;
                names.push(&point.label);
            }
        }
        labels
    }

    fn place_label(&self, placer: &mut Placer, point: &Point) -> Option<String> {
        let width = text_width(&point.label);
        let (x, y) = (self.x.position(point.time), self.y(point.value));
        // Horizontal offset, vertical offset, text anchor.
        let places: [(f64, f64, &str); 8] = [
            (9.0, 4.0, "start"),
            (-9.0, 4.0, "end"),
            (-5.0, -9.0, "end"),
            (6.0, 16.0, "start"),
            (0.0, -11.0, "middle"),
            (0.0, 20.0, "middle"),
            (6.0, -10.0, "start"),
            (-6.0, 17.0, "end"),
        ];
        let extents = places.map(|(side, down, anchor)| {
            let left = match anchor {
                "start" => side,
                "end" => side - width,
                _ => side - width / 2.0,
            };
            Extent { x, left, right: left + width, top: y + down - 10.0, bottom: y + down + 3.0 }
        });
        let is_inside = |extent: &Extent| extent.top >= TOP_MARGIN - 8.0 && extent.bottom <= self.floor - 1.0;
        let (offsets_inside, extents_inside): (Vec<_>, Vec<Extent>) =
            places.into_iter().zip(extents).filter(|(_, extent)| is_inside(extent)).unzip();
        let (number, shown) = placer.place_first_free(&extents_inside)?;
        let &(side, down, anchor) = offsets_inside.get(number)?;
        let class = if shown == Screens::Wide { " class=\"opt\"" } else { "" };
        Some(format!(
            "<text{class} text-anchor=\"{anchor}\" x=\"{}\" y=\"{}\">{}</text>",
            px(side),
            px(down),
            escape(&point.label)
        ))
    }

    fn draw_point(&self, svg: &mut String, number: usize, point: &Point, (label, offset): (&str, f64)) {
        let mark = self.point_mark(number, point);
        let y = self.y(point.value);
        let whisker = point.interval.map_or_else(String::new, |(low, high)| {
            let thick = if mark.is_forecast { " stroke-width=\"6\"" } else { "" };
            format!(
                "<line class=\"err\"{thick} y1=\"{}\" y2=\"{}\"/>",
                px(self.y(low) - y),
                px(self.y(high) - y)
            )
        });
        let x = percent(self.x.position(point.time));
        let (open, close) = if offset == 0.0 {
            (String::new(), "")
        } else {
            (format!("<g transform=\"translate({})\">", px(offset)), "</g>")
        };
        let opening = format!("<svg x=\"{x}\" y=\"{}\" overflow=\"visible\">{open}", px(y));
        if self.plot.size == Size::Small {
            let _ = write!(svg, "{opening}{mark}{close}{label}</svg>");
        } else {
            let _ = write!(
                svg,
                "<a href=\"{}\" aria-label=\"{}\">{opening}{whisker}<circle r=\"12\" fill=\"transparent\" stroke=\"none\"/>{mark}{close}{label}</svg></a>",
                escape(&point.url),
                escape(&point.accessible_name)
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(when: f64, value: f64) -> Point {
        Point {
            url: "/claims/a/".to_owned(),
            accessible_name: "A & B: 3 minutes, May 2026".to_owned(),
            label: format!("<Model> {when}"),
            time: when,
            value,
            interval: Some((value / 2.0, value * 2.0)),
            is_faded: when < 2020.0,
        }
    }

    fn plot(points: Vec<Point>, is_log: bool) -> Plot {
        let series = vec![Series { points, is_joined: true, is_forecast: false }];
        Plot {
            label: "A \"chart\"".to_owned(),
            unit: "minutes".to_owned(),
            axis: if is_log { ValueAxis::Log } else { ValueAxis::Linear },
            series,
            connections: Vec::new(),
            size: Size::Large,
        }
    }

    #[test]
    fn a_chart_is_escaped_links_its_points_and_says_its_scale() {
        let drawing =
            draw_plot(&plot(vec![point(2019.0, 1.0), point(2021.5, 1000.0)], true)).expect("a chart");
        assert!(drawing.is_log);
        for part in [
            "aria-label=\"A &quot;chart&quot;\"",
            "aria-label=\"A &amp; B: 3 minutes, May 2026\"",
            "&lt;Model&gt;",
            "class=\"pt old\"",
            ">minutes, log scale</text>",
        ] {
            assert!(drawing.svg.contains(part), "{part} is not in {}", drawing.svg);
        }
        assert_eq!(drawing.svg.matches("class=\"trend\"").count(), 1);
    }

    #[test]
    fn marks_at_one_place_stand_aside() {
        let same = vec![point(2020.0, 5.0), point(2020.0, 5.0), point(2021.0, 9.0)];
        let drawing = draw_plot(&plot(same, false)).expect("a chart");
        assert_eq!(drawing.svg.matches("translate(12)").count(), 1, "{}", drawing.svg);
    }

    #[test]
    fn values_that_no_axis_can_hold_are_left_out() {
        let wild = [f64::NAN, f64::INFINITY, 1e300].map(|value| point(2020.0, value));
        assert_eq!(draw_plot(&plot(wild.to_vec(), false)), None);
        assert_eq!(draw_plot(&plot(vec![point(2020.0, 1.0)], false)), None, "one point makes no chart");
        let below = draw_plot(&plot(vec![point(2020.0, -1.0), point(2021.0, 5.0)], true)).expect("a chart");
        assert!(!below.is_log, "a negative value has no logarithm");
        assert!(!below.svg.contains("NaN") && !below.svg.contains("inf"), "{}", below.svg);
    }
}
