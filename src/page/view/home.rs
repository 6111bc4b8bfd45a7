//! The view of the home page.

use serde::Serialize;

use super::page_view::{PageView, Template, template};
use super::{ArticleRow, ClaimRow, Mark, Part, ReviewedClaim, Shortened, SmallChart};

/// `index.html`: the home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// Title of `_index.md`, or else of the site.
    pub title: String,
    /// Summary of `_index.md` in one sentence; may be empty.
    pub summary: String,
    /// Text of `_index.md`.
    pub body: Vec<Part>,
    /// Number of claims.
    pub claim_count: usize,
    /// Number of write-ups.
    pub article_count: usize,
    /// Number of forecasts.
    pub forecast_count: usize,
    /// Number of forecasts with a verdict.
    pub judged_count: usize,
    /// Number of sources.
    pub source_count: usize,
    /// A chart of the metric with the most measurements.
    pub chart: Option<SmallChart>,
    /// The newest write-ups, at most five.
    pub latest: Vec<ArticleRow>,
    /// The open forecasts with the nearest deadlines, at most five.
    pub due: Shortened<ClaimRow>,
    /// Number of overdue forecasts.
    pub overdue_count: usize,
    /// The claims with the newest verdicts, at most five.
    pub reviewed: Vec<ReviewedClaim>,
    /// Claims that are not forecasts and have contradictions or evidence against them. Those with the most come
    /// first; at most five.
    pub contested: Vec<ContestedClaim>,
    /// The marks of all statuses, for the legend.
    pub marks: Vec<Mark>,
}

impl PageView for HomePage {
    const TEMPLATE: Template = template!("index.html");

    fn title(&self) -> String {
        String::new()
    }

    fn description(&self) -> String {
        self.summary.clone()
    }
}

/// A contested claim, with the number of claims and pieces of evidence on each side.
#[derive(Debug, Clone, Serialize)]
pub struct ContestedClaim {
    /// The contested claim.
    pub claim: ClaimRow,
    /// Number of claims that support the claim and of pieces of evidence for it.
    pub in_favour: usize,
    /// Number of claims that contradict the claim and of pieces of evidence against it.
    pub against: usize,
}
