//! Views of scores and of charts of forecasts. Coordinates are ready to print: horizontal ones are percentages and
//! vertical ones are pixels, so that text is never scaled.

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
    /// Forecasts with other verdicts, such as `1 partly true` or `2 unfalsifiable`.
    pub beside: Vec<String>,
    /// Number of forecasts with a stated probability that came true or did not happen.
    pub scored: usize,
    /// Share of the resolved forecasts that came true, such as `67%`.
    pub hit_rate: Option<String>,
    /// Wilson's 95% interval of the hit rate, such as `35% to 88%`; empty without a hit rate.
    pub interval: String,
    /// Mean Brier score, such as `0.14`.
    pub brier: Option<String>,
    /// Mean log score, such as `−0.42`.
    pub log_score: Option<String>,
    /// Median lead time of the resolved forecasts, such as `226 days`; empty if no dates are known.
    pub lead: String,
}

/// The section of `forecasts.html` with the records of all forecasters.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Scoreboard {
    /// The forecasters, those with the most resolved forecasts first.
    pub rows: Vec<ScoreRow>,
    /// Number of all forecasters. The field `rows` may contain fewer.
    pub forecasters: usize,
    /// Minimum number of forecasts for a score to be shown.
    pub enough: usize,
    /// Number of forecasts in the whole book that are scored.
    pub scored: usize,
    /// The calibration of all forecasts of the book; empty unless enough forecasts are scored.
    pub calibration: Vec<CalibrationPoint>,
}

/// The forecasts in one range of probabilities, as a point of the calibration chart.
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
    /// Horizontal position of the dot, such as `31%`.
    pub x: String,
    /// Vertical position of the dot, in pixels.
    pub y: String,
    /// Radius of the dot, in pixels.
    pub r: String,
    /// Vertical position of the label's baseline, in pixels.
    pub label_y: String,
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
    /// Height of the plot and the dates below it, in pixels.
    pub height: i32,
    /// Vertical position of the baseline of the dates below the plot, in pixels.
    pub label_y: i32,
    /// Marks of the vertical axis, which has the answers.
    pub rows: Vec<AxisTick>,
    /// Marks of the horizontal axis, which has the dates on which forecasts were made.
    pub columns: Vec<AxisTick>,
    /// Lines between consecutive forecasts.
    pub lines: Vec<ChartLine>,
    /// The forecasts, oldest first.
    pub points: Vec<ChartPoint>,
    /// Number of older forecasts that are not drawn.
    pub missing: usize,
    /// Whether a forecast in the chart has an interval.
    pub has_intervals: bool,
}

/// A mark on an axis of a chart.
#[derive(Debug, Clone, Serialize)]
pub struct AxisTick {
    /// Position of the mark: a percentage on the horizontal axis, pixels on the vertical axis.
    pub at: String,
    /// Vertical position of the text's baseline, in pixels; empty on the horizontal axis.
    pub text_at: String,
    /// Text of the mark.
    pub text: String,
    /// Whether the mark is hidden on narrow screens.
    pub optional: bool,
}

/// A line from one forecast to the next.
#[derive(Debug, Clone, Serialize)]
pub struct ChartLine {
    /// Horizontal position of the first end.
    pub x1: String,
    /// Vertical position of the first end.
    pub y1: String,
    /// Horizontal position of the second end.
    pub x2: String,
    /// Vertical position of the second end.
    pub y2: String,
    /// Whether the second forecast supersedes the first. Otherwise it is only the next one of the same speaker.
    pub replaces: bool,
}

/// A forecast in a chart.
#[derive(Debug, Clone, Serialize)]
pub struct ChartPoint {
    /// Address of the claim's page.
    pub url: String,
    /// Name of the link: forecaster, date, answer and status, such as `Jane Doe, 31 Dec 2025: 31 Dec 2029,
    /// superseded`.
    pub name: String,
    /// Horizontal position of the point.
    pub x: String,
    /// Vertical position of the point.
    pub y: String,
    /// Vertical positions of the upper and lower end of the interval.
    pub interval: Option<(String, String)>,
    /// Whether the forecast has been superseded.
    pub faded: bool,
    /// Name of the forecasters at their last point; empty if it would cover another name.
    pub label: String,
    /// Vertical position of the label's baseline.
    pub label_y: String,
    /// Whether the label is to the left of the point.
    pub label_left: bool,
}
