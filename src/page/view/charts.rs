//! The views of charts and maps.

use serde::Serialize;

use super::Link;

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
    /// How many claims within two steps are not drawn.
    pub missing: usize,
}
