//! The views of charts and maps.

use serde::Serialize;

use super::Link;
use crate::date::PartialDate;

/// A metric's chart.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// The `<svg>` element, finished.
    pub html: String,
    /// What the marks mean; empty where there is one kind of mark only.
    pub legend: Vec<LegendEntry>,
    /// How to read it.
    pub caption: String,
}

/// A mark and its meaning.
#[derive(Debug, Clone, Serialize)]
pub struct LegendEntry {
    /// The mark as an `<svg>` element, finished.
    pub html: String,
    /// The method.
    pub text: String,
}

/// The small chart of the home page.
#[derive(Debug, Clone, Serialize)]
pub struct SmallChart {
    /// The metric's page.
    pub link: Link,
    /// The `<svg>` element, finished.
    pub html: String,
    /// How to read it.
    pub caption: String,
}

/// What stands around a claim.
#[derive(Debug, Clone, Serialize)]
pub struct MapView {
    /// The `<svg>` element, finished.
    pub html: String,
    /// A contradiction is drawn.
    pub has_contradiction: bool,
    /// How many claims with a relation to the one in the middle are not drawn.
    pub missing: usize,
    /// Not all claims two steps away are drawn.
    pub is_cut: bool,
}

/// The dates that somebody gave for one event, one after the other.
#[derive(Debug, Clone, Serialize)]
pub struct MovingDate {
    /// The question, or who gave them.
    pub links: Vec<Link>,
    /// `Expected date` or `Deadline`.
    pub what: &'static str,
    /// The `<svg>` element, finished.
    pub html: String,
    /// From the first to the last: `later by 3 years`.
    pub moved: String,
    /// The dates in the order given.
    pub steps: Vec<MovedDate>,
}

/// A date that somebody gave.
#[derive(Debug, Clone, Serialize)]
pub struct MovedDate {
    /// The claim.
    pub url: String,
    /// The date.
    pub date: PartialDate,
    /// `said 31 Dec 2025`.
    pub said: String,
    /// From the date before: `later by 1 year`; empty for the first.
    pub moved: String,
}
