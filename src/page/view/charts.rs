//! Views of charts and maps.

use serde::Serialize;

use super::Link;
use crate::date::PartialDate;

/// A chart of a metric.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// One sentence that says what the chart shows.
    pub headline: String,
    /// What is measured, in which unit and on which scale.
    pub subtitle: String,
    /// The finished `<svg>` element of the chart, in the box that gives it its margins.
    pub html: String,
    /// The mark of each series with its name; empty if the chart has only one series.
    pub legend: Vec<LegendEntry>,
    /// Sentences that explain the marks and lines of the chart; may be empty.
    pub note: String,
    /// Who gave the values, how many there are, and the day of the build.
    pub source: String,
    /// Whether `html` has several drawings next to each other, one for each series.
    pub has_panels: bool,
}

/// A mark of a chart and its meaning.
#[derive(Debug, Clone, Serialize)]
pub struct LegendEntry {
    /// The mark as a finished `<svg>` element.
    pub html: String,
    /// Name of the series: a method, a subject or a speaker, or `Forecasts`.
    pub text: String,
    /// Number of values of the series.
    pub count: usize,
}

/// A value of a metric that has too few values for a chart.
#[derive(Debug, Clone, Serialize)]
pub struct FewValue {
    /// The value with its sign and unit, such as `~52×`.
    pub value: String,
    /// Address of the page of the claim that gives the value.
    pub url: String,
    /// What was measured, or else the statement of the claim.
    pub subject: String,
    /// The date to which the evidence refers, or else the date on which the claim was said.
    pub date: Option<PartialDate>,
    /// The version of the method; may be empty.
    pub method: String,
}

/// The small chart of the home page.
#[derive(Debug, Clone, Serialize)]
pub struct SmallChart {
    /// Link to the page of the metric.
    pub link: Link,
    /// The finished `<svg>` element of the chart.
    pub html: String,
    /// Number of measurements, the meaning of shapes and the scale, as one sentence.
    pub caption: String,
}

/// A map of the claims around a claim.
#[derive(Debug, Clone, Serialize)]
pub struct MapView {
    /// The finished `<svg>` element of the map.
    pub html: String,
    /// Whether a contradiction of the claim in the middle is drawn.
    pub has_contradiction: bool,
    /// Number of claims with a relation to the claim in the middle that are not drawn.
    pub missing: usize,
    /// Whether some claims two steps away may be missing from the map.
    pub is_cut: bool,
}

/// The dates that a speaker gave for one event, one after the other.
#[derive(Debug, Clone, Serialize)]
pub struct MovingDate {
    /// Link to the question, or links to the speakers who gave the dates.
    pub links: Vec<Link>,
    /// Kind of date that moved: `Expected date` or `Deadline`.
    pub what: &'static str,
    /// The dates on a strip, as a finished `<svg>` element.
    pub html: String,
    /// How far the last date is from the first: `later by 3 years`.
    pub moved: String,
    /// The dates in the order in which they were given.
    pub steps: Vec<MovedDate>,
}

/// One of the dates that a speaker gave for an event.
#[derive(Debug, Clone, Serialize)]
pub struct MovedDate {
    /// Address of the page of the claim that gives the date.
    pub url: String,
    /// The date that the claim gives for the event.
    pub date: PartialDate,
    /// When the claim was said: `said 31 Dec 2025`, or `date unknown`.
    pub said: String,
    /// How far this date is from the date before: `later by 1 year`; empty for the first date.
    pub moved: String,
}
