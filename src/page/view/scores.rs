//! Views of scores and of charts of forecasts.

use serde::Serialize;

use super::{ClaimRow, Link};

/// Counts and scores of a forecaster. Rates and scores are shown only if they are based on at least five forecasts.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreRow {
    /// Link to the page of the forecaster.
    pub speaker: Link,
    /// Number of forecasts made.
    pub forecasts: usize,
    /// Number of forecasts without a verdict.
    pub pending: usize,
    /// Number of forecasts that came true or did not happen.
    pub resolved: usize,
    /// Number of forecasts that came true.
    pub came_true: usize,
    /// Number of forecasts that did not happen.
    pub did_not_happen: usize,
    /// Forecasts with other verdicts, such as `1 partly came true` or `2 cannot be settled`.
    pub other_outcomes: Vec<String>,
    /// Number of forecasts with a stated probability that came true or did not happen.
    pub scored: usize,
    /// Share of the settled forecasts that came true, such as `67%`.
    pub hit_rate: Option<String>,
    /// Wilson's 95% interval of that share, such as `35% to 88%`; empty without a share.
    pub interval: String,
    /// Mean Brier score, such as `0.143`.
    pub brier: Option<String>,
    /// Mean log score, such as `−0.421`.
    pub log_score: Option<String>,
    /// Median lead time of the resolved forecasts, such as `226 days`; empty if no dates are known.
    pub lead: String,
}

/// The section of `forecasts.html` with the records of all forecasters.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Scoreboard {
    /// The forecasters: those with a Brier score first, the best score first, then those with the most resolved
    /// forecasts.
    pub rows: Vec<ScoreRow>,
    /// The columns that a row fills, of `other-outcomes`, `shares`, `scores` and `leads`. The others are not shown.
    pub columns: Vec<&'static str>,
    /// Number of all forecasters. The field `rows` may contain fewer.
    pub forecasters: usize,
    /// Minimum number of forecasts for a score to be shown.
    pub enough: usize,
    /// Number of forecasts in the whole book that are scored.
    pub scored: usize,
    /// The calibration of all forecasts of the book; empty unless enough forecasts are scored.
    pub calibration: Vec<CalibrationPoint>,
    /// The drawing of the calibration.
    pub calibration_chart: String,
}

/// The forecasts in one range of probabilities, as a row of the table of calibration.
#[derive(Debug, Clone, Serialize)]
pub struct CalibrationPoint {
    /// The range of probabilities, such as `20% to 40%`.
    pub range: String,
    /// Number of forecasts in the range.
    pub count: usize,
    /// Mean probability of these forecasts, such as `31%`.
    pub forecast: String,
    /// Share of these forecasts that came true, such as `25%`.
    pub came_true: String,
}

/// A forecast in the table of a question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionRow {
    /// The claim that is a forecast.
    pub claim: ClaimRow,
    /// The expected date or number, such as `Nov 2027, between Jan 2027 and Apr 2030`; may be empty.
    pub expects: String,
}

/// A chart of the forecasts of one event over time.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionChart {
    /// Kind of answer that the chart shows, such as `Expected date`.
    pub title: &'static str,
    /// The drawing.
    pub html: String,
    /// Number of forecasts that are drawn.
    pub drawn: usize,
    /// Number of older forecasts that are not drawn.
    pub missing: usize,
    /// Whether lines join forecasts.
    pub has_lines: bool,
    /// Whether a forecast in the chart has an interval.
    pub has_intervals: bool,
}
