//! Draws what lies behind the marks of a chart: the steps of the records, lines between points of one subject, the trend
//! and the lines to forecasts.

use std::fmt::Write as _;

use super::super::svg::{percent, px};
use super::canvas::Canvas;
use super::space::{Kind, Space, Stroke};
use super::{Connection, Forecast, Point, Series, Trend};

/// Width of the coordinates of paths, which are stretched to the width of the drawing.
const PATH_WIDTH: f64 = 1000.0;
/// Number of straight pieces in which curves are drawn.
const CURVE_STEPS: u32 = 24;

/// A place: a share of the width, and pixels from the top.
type Place = (f64, f64);

/// Lines of one chart, before they are drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    /// Paths, with their classes.
    paths: Vec<(String, Vec<Place>)>,
    /// Areas, with their classes.
    areas: Vec<(&'static str, Vec<Place>)>,
}

impl Lines {
    /// Adds the steps of the records: each lasts until the next, and the last one until the day of the build.
    pub(super) fn add_records(&mut self, canvas: &Canvas<'_>, records: &[&Point]) {
        let mut steps = Vec::new();
        for (number, record) in records.iter().enumerate() {
            let end = records.get(number + 1).map_or(canvas.plot.today, |next| next.time);
            let y = canvas.y(record.value);
            steps.extend([(canvas.x(record.time), y), (canvas.x(end.max(record.time)), y)]);
        }
        if records.len() > 1 {
            self.paths.push(("rec c1".to_owned(), steps));
        }
    }

    /// Adds a line between two points of a series.
    pub(super) fn add_connection(&mut self, canvas: &Canvas<'_>, join: Connection, colour: &str) {
        let series: Option<&Series> = canvas.plot.series.get(join.series);
        let point = |at: usize| series?.points.get(at).filter(|point| point.is_drawable());
        let Some((from, to)) = point(join.from).zip(point(join.to)) else { return };
        let place = |point: &Point| (canvas.x(point.time), canvas.y(point.value));
        let dashed = if join.is_dashed { " inf" } else { "" };
        self.paths.push((format!("ser {colour}{dashed}"), vec![place(from), place(to)]));
    }

    /// Adds the line of a trend with its band: from the first to the last record, and beyond it dotted to the end of the
    /// drawing.
    pub(super) fn add_trend(&mut self, canvas: &Canvas<'_>, trend: &Trend, records: &[&Point]) {
        let Some((first, last)) = records.first().zip(records.last()) else { return };
        let times = curve_times(first.time, last.time);
        let at = |time: f64, value: f64| (canvas.x(time), canvas.y(value).clamp(0.0, canvas.floor));
        let upper = times.iter().map(|&time| at(time, trend.interval_at(time).1));
        let lower = times.iter().rev().map(|&time| at(time, trend.interval_at(time).0));
        self.areas.push(("band c1", upper.chain(lower).collect()));
        self.paths.push(("fit c1".to_owned(), fitted(canvas, trend, &times)));
        let beyond = fitted(canvas, trend, &curve_times(last.time, canvas.times.1));
        self.paths.push(("ext c1".to_owned(), beyond));
    }

    /// Adds the line from the record of the day on which a forecast was made to the expected value, and the area between
    /// that record and the ends of the interval.
    pub(super) fn add_forecast(&mut self, canvas: &Canvas<'_>, forecast: &Forecast, records: &[&Point]) {
        let point = &forecast.point;
        let Some(said) = forecast.said.filter(|&said| said < point.time) else { return };
        let Some(record) = records.iter().rev().find(|record| record.time <= said) else { return };
        let (start, end) = ((canvas.x(said), canvas.y(record.value)), canvas.x(point.time));
        if let Some((low, high)) = point.interval {
            let y = |value: f64| canvas.y(value).clamp(0.0, canvas.floor);
            self.areas.push(("band c6", vec![start, (end, y(high)), (end, y(low))]));
        }
        self.paths.push(("fan c6".to_owned(), vec![start, (end, canvas.y(point.value))]));
    }

    /// Whether a class of lines is drawn.
    pub(super) fn has(&self, class: &str) -> bool {
        self.paths.iter().any(|(classes, _)| classes.split(' ').any(|other| other == class))
    }

    /// Draws areas and lines. They are in one drawing that is stretched to the width; the width of lines is not.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, svg: &mut String) {
        if self.paths.is_empty() && self.areas.is_empty() {
            return;
        }
        let floor = px(canvas.floor);
        let _ = write!(
            svg,
            "<svg class=\"wide\" viewBox=\"0 0 1000 {floor}\" preserveAspectRatio=\"none\" width=\"100%\" height=\"{floor}\">"
        );
        for (class, places) in &self.areas {
            let _ = write!(svg, "<path class=\"{class}\" d=\"{}z\"/>", path(places));
        }
        for (class, places) in self.paths.iter().filter(|(_, places)| places.len() > 1) {
            let _ = write!(svg, "<path class=\"{class}\" d=\"{}\"/>", path(places));
        }
        svg.push_str("</svg>");
    }

    /// Marks the space of the lines as taken, but not that of areas, on which texts can be read.
    pub(super) fn occupy(&self, space: &mut Space) {
        for (_, places) in &self.paths {
            for pair in places.windows(2) {
                space.add_stroke(Stroke::between(pair[0], pair[1]), Kind::Line);
            }
        }
    }
}

/// Draws the line of the day of the build, if the drawing continues after it.
pub(super) fn draw_today(canvas: &Canvas<'_>, svg: &mut String) -> bool {
    let is_inside = canvas.plot.today > canvas.times.0 && !canvas.plot.forecasts.is_empty();
    let is_drawn = is_inside && canvas.plot.today < canvas.times.1;
    if is_drawn {
        let x = percent(canvas.x(canvas.plot.today));
        let _ = write!(svg, "<line class=\"now\" x1=\"{x}\" x2=\"{x}\" y2=\"{}\"/>", px(canvas.floor));
    }
    is_drawn
}

/// Returns the places of a trend inside of the drawing.
pub(super) fn fitted(canvas: &Canvas<'_>, trend: &Trend, times: &[f64]) -> Vec<Place> {
    let is_inside = |(_, y): &Place| (0.0..=canvas.floor).contains(y);
    let places = times.iter().map(|&time| (canvas.x(time), canvas.y(trend.value_at(time))));
    places.skip_while(|place| !is_inside(place)).take_while(is_inside).collect()
}

/// Returns times at equal distances.
pub(super) fn curve_times(from: f64, to: f64) -> Vec<f64> {
    (0..=CURVE_STEPS).map(|step| from + (to - from) * f64::from(step) / f64::from(CURVE_STEPS)).collect()
}

fn path(places: &[Place]) -> String {
    let mut path = String::new();
    for (number, (x, y)) in places.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if number == 0 { "M" } else { "L" }, px(x * PATH_WIDTH), px(*y));
    }
    path
}
