//! The parts of a chart with their places, before they are drawn.

use std::collections::BTreeSet;

use super::canvas::Canvas;
use super::layout::Layout;
use super::lines::Lines;
use super::marks::{Fill, Interval, Mark};
use super::records::{is_same_day, records_of};
use super::space::{Kind, Space, Stroke};
use super::{Bound, Forecast, MAX_POINTS, Plot, Point, Records, SHAPES};

/// Something that a chart shows and a text explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// The interval of a value.
    Interval,
    /// An interval that leaves the drawing.
    CutInterval,
    /// A value that was replaced.
    Replaced,
    /// A value of another series on the day of a value of the main series.
    SameDay,
    /// An approximate value.
    About,
    /// A value that is a bound.
    Bound,
    /// The steps of the records.
    Records,
    /// Lines between points of one subject.
    Lines,
    /// The trend of the records.
    Trend,
    /// The day of the build.
    Today,
    /// Values that are small dots, because there are many.
    Dots,
    /// Expected values.
    Forecast,
}

/// A point with its mark and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) point: &'a Point,
    pub(super) mark: Mark,
    /// Share of the width, and pixels from the top.
    pub(super) place: (f64, f64),
    pub(super) is_record: bool,
    /// Whether the mark has neither a link nor a name.
    pub(super) is_context: bool,
}

/// A chart with everything placed but its names.
pub(super) struct Scene<'a> {
    pub(super) canvas: Canvas<'a>,
    /// The points, main series first, oldest first.
    pub(super) items: Vec<Item<'a>>,
    /// Expected values.
    pub(super) forecasts: Vec<Item<'a>>,
    /// Records of the main series, oldest first.
    pub(super) records: Vec<&'a Point>,
    pub(super) lines: Lines,
    pub(super) intervals: Vec<Interval>,
}

impl<'a> Scene<'a> {
    /// Places the parts of a chart. Returns `None` if fewer than two points can be drawn.
    pub(super) fn new(plot: &'a Plot) -> Option<Self> {
        let points = drawn_points(plot);
        let forecasts: Vec<&Forecast> =
            plot.forecasts.iter().filter(|forecast| forecast.point.is_drawable()).collect();
        if points.len() + forecasts.len() < 2 {
            return None;
        }
        let drawn: Vec<&Point> = points.iter().map(|(_, point)| *point).collect();
        let canvas = Canvas::new(plot, &drawn, &forecasts);
        let main: &[Point] = plot.series.first().map_or(&[], |series| &series.points);
        let records: Vec<&Point> =
            records_of(main, plot.records).into_iter().filter_map(|place| main.get(place)).collect();
        let items: Vec<Item<'_>> =
            points.iter().map(|&(series, point)| item(&canvas, series, point, &records)).collect();
        let forecast_items = forecasts.iter().map(|forecast| forecast_item(&canvas, &forecast.point));
        let mut lines = Lines::default();
        lines.add_records(&canvas, &records);
        for &join in &plot.connections {
            let mark = Mark { series: join.series, fill: Fill::Filled, bound: Bound::Exact };
            lines.add_connection(&canvas, join, mark.colour());
        }
        if let Some(trend) = plot.trend.as_ref().filter(|_| !records.is_empty()) {
            lines.add_trend(&canvas, trend, &records);
        }
        for forecast in &forecasts {
            lines.add_forecast(&canvas, forecast, &records);
        }
        let forecasts: Vec<Item<'_>> = forecast_items.collect();
        let intervals = intervals(&canvas, &items, &forecasts);
        Some(Self { canvas, items, forecasts, records, lines, intervals })
    }

    /// Returns the space of a layout with everything that is drawn but names.
    pub(super) fn space(&self, layout: &Layout) -> Space {
        let mut space = Space::new(&layout.widths, layout.overhang, self.canvas.floor);
        for item in self.items.iter().chain(&self.forecasts) {
            item.mark.occupy(item.place, &mut space);
        }
        self.intervals.iter().for_each(|interval| interval.occupy(&mut space));
        self.lines.occupy(&mut space);
        if !self.forecasts.is_empty() {
            let x = self.canvas.x(self.canvas.plot.today);
            space.add_stroke(Stroke::between((x, 0.0), (x, self.canvas.floor)), Kind::Line);
        }
        space
    }

    /// Returns what occurs in the chart.
    pub(super) fn shown(&self) -> BTreeSet<Shown> {
        let items = || self.items.iter().chain(&self.forecasts);
        let own = || self.items.iter().filter(|item| !item.is_context);
        let has = |bound: Bound| items().any(|item| item.mark.bound == bound);
        let is_hollow = |item: &&Item<'_>| item.mark.fill == Fill::Hollow;
        let facts = [
            (Shown::Interval, !self.intervals.is_empty()),
            (Shown::CutInterval, self.intervals.iter().any(|interval| interval.is_cut)),
            (Shown::Replaced, own().any(|item| item.point.is_replaced)),
            (Shown::SameDay, self.items.iter().filter(is_hollow).any(|item| !item.point.is_replaced)),
            (Shown::About, has(Bound::About)),
            (Shown::Bound, has(Bound::Above) || has(Bound::Below)),
            (Shown::Records, self.lines.has("rec")),
            (Shown::Lines, self.lines.has("ser")),
            (Shown::Trend, self.lines.has("fit")),
            (Shown::Dots, self.canvas.plot.is_dense() && items().any(|item| item.mark.fill == Fill::Dot)),
            (Shown::Forecast, !self.forecasts.is_empty()),
        ];
        facts.into_iter().filter(|(_, is_shown)| *is_shown).map(|(what, _)| what).collect()
    }
}

/// Returns the points that can be drawn, with the numbers of their series. Of more than [`MAX_POINTS`] points some are
/// left out at even steps.
fn drawn_points(plot: &Plot) -> Vec<(usize, &Point)> {
    let numbered = plot.series.iter().enumerate();
    let points = numbered.flat_map(|(number, series)| series.points.iter().map(move |point| (number, point)));
    let points: Vec<(usize, &Point)> = points.filter(|(_, point)| point.is_drawable()).collect();
    let drawn = points.len().min(MAX_POINTS);
    (0..drawn).filter_map(|step| points.get(step * points.len() / drawn)).copied().collect()
}

fn item<'a>(canvas: &Canvas<'_>, series: usize, point: &'a Point, records: &[&Point]) -> Item<'a> {
    let is_record = series == 0 && records.iter().any(|record| std::ptr::eq(*record, point));
    let main = canvas.plot.series.first().map_or(&[][..], |series| &series.points);
    let is_beside = |other: &Point| !other.is_replaced && is_same_day(other.time, point.time);
    let is_beside_main = || canvas.plot.has_main && series > 0 && main.iter().any(is_beside);
    let is_minor = canvas.plot.is_dense() && canvas.plot.records != Records::None && !is_record;
    let is_context = canvas.plot.series.get(series).is_some_and(|series| series.is_context);
    let fill = match () {
        () if is_context => Fill::Dot,
        () if series >= SHAPES || is_minor => Fill::Dot,
        () if canvas.plot.is_dense() && !is_record && series == 0 => Fill::Small,
        () if point.is_replaced || is_beside_main() => Fill::Hollow,
        () => Fill::Filled,
    };
    let bound = if matches!(fill, Fill::Dot | Fill::Small) { Bound::Exact } else { point.bound };
    let place = (canvas.x(point.time), canvas.y(point.value));
    Item { point, mark: Mark { series, fill, bound }, place, is_record, is_context }
}

fn forecast_item<'a>(canvas: &Canvas<'_>, point: &'a Point) -> Item<'a> {
    let mark = Mark { series: 0, fill: Fill::Forecast, bound: point.bound };
    Item {
        point,
        mark,
        place: (canvas.x(point.time), canvas.y(point.value)),
        is_record: false,
        is_context: false,
    }
}

/// Returns the intervals of the points that are not dots; in a chart with many points, those of records. Where several are at the same day, those of the later series
/// are drawn wider and behind the others.
fn intervals(canvas: &Canvas<'_>, items: &[Item<'_>], forecasts: &[Item<'_>]) -> Vec<Interval> {
    let mut intervals: Vec<Interval> = Vec::new();
    let has_interval = |item: &&Item<'_>| {
        item.mark.fill == Fill::Forecast
            || item.is_record
            || !canvas.plot.is_dense() && item.mark.fill != Fill::Dot
    };
    for item in items.iter().chain(forecasts).filter(has_interval) {
        let Some(mut interval) = Interval::new(canvas, item.point, item.mark) else { continue };
        interval.below = intervals.iter().filter(|other| (other.x - interval.x).abs() < 0.002).count();
        intervals.push(interval);
    }
    intervals
}
