//! The data of a chart of values over time: its series, their points, its axis and its size.

/// Maximum number of points that are drawn with link, label and whisker. With more points each one is only a
/// mark, because links with names would be most of the page.
const MAX_LINKED_POINTS: usize = 60;
/// Largest absolute value that is drawn. Larger values would make the axis unreadable.
const MAX_VALUE: f64 = 1e99;

/// The data of a chart.
#[derive(Debug, Clone)]
pub struct Plot {
    /// Text alternative of the chart, for readers who cannot see it.
    pub label: String,
    /// Unit that is written at the axis; may be empty.
    pub unit: String,
    /// Axis of the values.
    pub axis: ValueAxis,
    /// The series of the chart. No series is empty.
    pub series: Vec<Series>,
    /// Lines between single points of the first series.
    pub connections: Vec<Connection>,
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
    /// A scale from 0 to 1 that is labelled in percent.
    Share,
    /// A scale of time; values are years, as [`super::time_in_years`] counts.
    Time,
}

/// Size of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Small and without links, for use next to other content.
    Small,
    /// One of several charts of a page.
    Medium,
    /// The main content of its page.
    Large,
}

/// A line between two points.
#[derive(Debug, Clone, Copy)]
pub struct Connection {
    /// Position of the first point in its series.
    pub from: usize,
    /// Position of the second point.
    pub to: usize,
    /// Whether the line is dashed.
    pub is_dashed: bool,
}

/// Points of one shape.
#[derive(Debug, Clone)]
pub struct Series {
    /// The points, in the order of the line that joins them.
    pub points: Vec<Point>,
    /// Whether one line joins all points.
    pub is_joined: bool,
    /// Whether the points are forecasts of measured values, which have a mark of their own.
    pub is_forecast: bool,
}

/// A value at a point in time.
#[derive(Debug, Clone)]
pub struct Point {
    /// Address that the point links to.
    pub url: String,
    /// Accessible name of the point: subject, value and date.
    pub accessible_name: String,
    /// Label next to the point; it is shown if there is space.
    pub label: String,
    /// Time in years, as [`super::time_in_years`] counts.
    pub time: f64,
    /// Value of the point.
    pub value: f64,
    /// Lower and upper end of the value's interval.
    pub interval: Option<(f64, f64)>,
    /// Whether the value has been replaced, so that its mark is drawn faded.
    pub is_faded: bool,
}

impl Plot {
    /// Whether the chart has so many points that each one is only a mark, without link, label, whisker and lines.
    pub fn is_dense(&self) -> bool {
        self.series.iter().map(|series| series.points.len()).sum::<usize>() > MAX_LINKED_POINTS
    }
}

impl Point {
    /// Whether the value and its interval can be drawn: all of them are numbers up to [`MAX_VALUE`].
    pub(super) fn is_drawable(&self) -> bool {
        let (low, high) = self.interval.unwrap_or((self.value, self.value));
        [self.value, low, high].iter().all(|value| value.abs() <= MAX_VALUE)
    }
}
