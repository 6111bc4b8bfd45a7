//! Charts of values over time. A [`Plot`] is the data of a chart; [`draw_plot`] draws it as SVG.
//!
//! Horizontal positions are shares of the width and heights are pixels, so a chart fills the available width and its text
//! is never scaled. Marks and lines are drawn once. Texts are drawn three times, for narrow, medium and wide places
//! ([`layout`]), and the stylesheet shows the texts of one of them. Each text has a place where, at every width of its
//! layout, it covers neither another text nor a mark or a line ([`names`]). A name without such a place is left out of
//! the layout; its mark remains a link with the name.

mod canvas;
mod draw;
mod grid;
mod layout;
mod lines;
mod marks;
mod names;
mod records;
mod scene;
mod space;
mod wanted;

pub use draw::{Drawing, draw_plot};
pub use marks::key_mark;
pub use records::{Records, records_of};
pub use scene::Shown;

use super::fit::Fit;
use super::measure::Measure;

/// Maximum number of points that are drawn with names and intervals. With more points, only records have them, and the
/// others are small dots.
const MAX_NAMED_POINTS: usize = 60;
/// Maximum number of points that are drawn.
pub const MAX_POINTS: usize = 500;
/// Number of series with a shape of their own. Further series are small grey dots.
pub const SHAPES: usize = 8;
/// Largest absolute value that is drawn. Larger values would make the axis unreadable.
const MAX_VALUE: f64 = 1e99;

/// The data of a chart.
#[derive(Debug, Clone)]
pub struct Plot {
    /// Text alternative of the chart, for readers who cannot see it.
    pub label: String,
    /// What the values are measured in.
    pub measure: Measure,
    /// Axis of the values.
    pub axis: ValueAxis,
    /// The series of the chart. No series is empty. The marks of the first series are on top, and its records are drawn.
    pub series: Vec<Series>,
    /// Whether the first series is the main one, so that marks of other series on the same day are hollow.
    pub has_main: bool,
    /// Expected values.
    pub forecasts: Vec<Forecast>,
    /// Lines between points of one series.
    pub connections: Vec<Connection>,
    /// Which values of the first series are records, and are drawn as a step line.
    pub records: Records,
    /// A line that was fitted to the records.
    pub trend: Option<Trend>,
    /// The day of the build in years, as [`super::time_in_years`] counts. The last record is drawn until then.
    pub today: f64,
    /// Size of the chart.
    pub size: Size,
}

/// Axis of the values of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueAxis {
    /// A linear scale with round ticks.
    Linear,
    /// A logarithmic scale. It is used only if all values are above zero, otherwise the scale is linear.
    Log,
    /// A scale from 0 to 100, whatever the values are.
    Share,
    /// A scale of time; values are years, as [`super::time_in_years`] counts.
    Time,
}

/// Size of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Small and without links, for use next to other content.
    Small,
    /// One of several charts next to each other.
    Panel,
    /// One of several charts of a page.
    Medium,
    /// The main content of its page.
    Large,
}

/// A line between two points of a series.
#[derive(Debug, Clone, Copy)]
pub struct Connection {
    /// Position of the series in the chart.
    pub series: usize,
    /// Position of the first point in its series.
    pub from: usize,
    /// Position of the second point.
    pub to: usize,
    /// Whether the line is dashed.
    pub is_dashed: bool,
}

/// Points of one shape and colour.
#[derive(Debug, Clone)]
pub struct Series {
    /// The points, oldest first.
    pub points: Vec<Point>,
    /// Whether the points are only there for comparison, as grey dots without links and names.
    pub is_context: bool,
}

/// A value at a point in time.
#[derive(Debug, Clone)]
pub struct Point {
    /// Address that the point links to.
    pub url: String,
    /// Accessible name of the point: subject, value and date. The script shows it where a reader points; it expects
    /// `Subject: value; further facts`.
    pub accessible_name: String,
    /// Name next to the point; it is shown if there is space. May be empty.
    pub label: String,
    /// The value in words, which is shown after the name of a record; may be empty.
    pub value_words: String,
    /// Time in years, as [`super::time_in_years`] counts.
    pub time: f64,
    /// Value of the point.
    pub value: f64,
    /// Whether the value is exact, approximate or a bound.
    pub bound: Bound,
    /// Lower and upper end of the value's interval.
    pub interval: Option<(f64, f64)>,
    /// Whether the value has been replaced, so that its mark is hollow.
    pub is_replaced: bool,
}

/// What the number of a point says about the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The value is this number.
    Exact,
    /// The value is approximately this number.
    About,
    /// The value is less than this number.
    Below,
    /// The value is more than this number.
    Above,
}

/// An expected value.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// The expected value at its deadline.
    pub point: Point,
    /// When the forecast was made, in years. The line to the point begins at the record of that day.
    pub said: Option<f64>,
}

/// A line that was fitted to records.
#[derive(Debug, Clone)]
pub struct Trend {
    /// The line. Its values are logarithms to base 2 if `is_exponential`.
    pub fit: Fit,
    /// Whether the values double in equal times.
    pub is_exponential: bool,
    /// The result in words, such as `Doubles every 3.5 months`, for the label at the line.
    pub words: String,
}

impl Plot {
    /// Returns the number of points and forecasts.
    pub fn count(&self) -> usize {
        self.series.iter().map(|series| series.points.len()).sum::<usize>() + self.forecasts.len()
    }

    /// Whether the chart has so many points that only records have names and intervals.
    pub fn is_dense(&self) -> bool {
        self.series.iter().map(|series| series.points.len()).sum::<usize>() > MAX_NAMED_POINTS
    }
}

impl Point {
    /// Whether the value and its interval can be drawn: all of them are numbers up to [`MAX_VALUE`].
    pub fn is_drawable(&self) -> bool {
        let (low, high) = self.interval.unwrap_or((self.value, self.value));
        [self.value, low, high].iter().all(|value| value.abs() <= MAX_VALUE)
    }
}

impl Trend {
    /// Returns the value of the line at a time.
    fn value_at(&self, time: f64) -> f64 {
        self.value_of(self.fit.at(time))
    }

    /// Returns the ends of the 95 % interval of the mean at a time.
    fn interval_at(&self, time: f64) -> (f64, f64) {
        let (middle, margin) = (self.fit.at(time), self.fit.margin_at(time));
        (self.value_of(middle - margin), self.value_of(middle + margin))
    }

    fn value_of(&self, fitted: f64) -> f64 {
        if self.is_exponential { fitted.exp2() } else { fitted }
    }
}
