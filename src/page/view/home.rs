//! The view of the home page.

use serde::Serialize;

use crate::date::PartialDate;

use super::page_view::{PageView, Template, template};
use super::{ArticleRow, ClaimCard, ClaimRow, Mark, Part, SmallChart, StatusCount};

/// `index.html`: the home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// Title of `_index.md`, or else of the site.
    pub title: String,
    /// Summary of `_index.md` in one sentence; may be empty.
    pub summary: String,
    /// Text of `_index.md`.
    pub body: Vec<Part>,
    /// A claim that shows what the book does, from its words to its verdict.
    pub example: Option<ClaimCard>,
    /// Number of claims by status, with links to their lists.
    pub counts: Vec<StatusCount>,
    /// Number of claims.
    pub claim_count: usize,
    /// Number of write-ups.
    pub article_count: usize,
    /// Whether the book has forecasts.
    pub has_forecasts: bool,
    /// Number of open forecasts.
    pub open_count: usize,
    /// Number of overdue forecasts.
    pub overdue_count: usize,
    /// A chart of the metric with the most measurements.
    pub chart: Option<SmallChart>,
    /// The newest write-ups, at most five.
    pub latest: Vec<ArticleRow>,
    /// The open forecasts with the nearest deadlines, at most five, by deadline.
    pub due: Vec<DueDay>,
    /// The newest verdicts, at most five, by their day.
    pub changed: Vec<ChangedDay>,
}

/// Forecasts with one deadline.
#[derive(Debug, Clone, Serialize)]
pub struct DueDay {
    /// The deadline; `None` for forecasts without one.
    pub date: Option<PartialDate>,
    /// Whole days from the day of the build to the deadline.
    pub days_left: Option<i32>,
    /// The forecasts.
    pub claims: Vec<ClaimRow>,
}

/// What changed on one day.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedDay {
    /// The day.
    pub date: PartialDate,
    /// The changes.
    pub changes: Vec<StatusChange>,
}

/// A new status of a claim.
#[derive(Debug, Clone, Serialize)]
pub struct StatusChange {
    /// The claim, with its new status.
    pub claim: ClaimRow,
    /// The status before, if it was another one.
    pub was: Option<Mark>,
    /// Whether the claim had not been said before.
    pub is_new: bool,
}

impl PageView for HomePage {
    const TEMPLATE: Template = template!("index.html");

    fn title(&self) -> String {
        String::new()
    }

    fn description(&self) -> String {
        self.summary.clone()
    }

    fn has_chart(&self) -> bool {
        self.chart.is_some()
    }
}
