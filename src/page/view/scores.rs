//! What templates see of scores and of charts of forecasts. Coordinates are ready to print: those
//! along the page in percent, those down the page in pixels, so that text never scales.

use serde::Serialize;

use super::{ClaimRow, Link};

/// The record of a forecaster. Scores are shown from five forecasts on.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreRow {
    /// The forecaster.
    pub speaker: Link,
    /// Forecasts made.
    pub forecasts: usize,
    /// Those without a verdict.
    pub pending: usize,
    /// Those that came true or did not happen.
    pub resolved: usize,
    /// Those that came true.
    pub came_true: usize,
    /// Those that did not happen.
    pub did_not_happen: usize,
    /// Those judged otherwise: `1 partly true`, `2 unfalsifiable`.
    pub beside: Vec<String>,
    /// Those with a stated probability that came true or did not happen.
    pub scored: usize,
    /// `67%`.
    pub hit_rate: Option<String>,
    /// `35% to 88%`.
    pub interval: String,
    /// `0.14`.
    pub brier: Option<String>,
    /// `-0.42`.
    pub log_score: Option<String>,
    /// `226 days`; empty when no date is known.
    pub lead: String,
}

/// The section of `forecasts.html` with the records of all forecasters.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Scoreboard {
    /// Those with most resolved forecasts first.
    pub rows: Vec<ScoreRow>,
    /// How many forecasters there are; `rows` may hold fewer.
    pub forecasters: usize,
    /// From how many forecasts on a score is shown.
    pub enough: usize,
    /// How many forecasts of the whole book are scored.
    pub scored: usize,
    /// The calibration of the whole book; empty unless enough are scored.
    pub calibration: Vec<CalibrationPoint>,
}

/// The forecasts of one range of probabilities.
#[derive(Debug, Clone, Serialize)]
pub struct CalibrationPoint {
    /// `20% to 40%`.
    pub range: String,
    /// How many.
    pub count: usize,
    /// Mean probability, `31%`.
    pub forecast: String,
    /// The share that came true, `25%`.
    pub came_true: String,
    /// Along the plot, `31%`.
    pub x: String,
    /// Down the plot, in pixels.
    pub y: String,
    /// Radius, in pixels.
    pub r: String,
    /// Baseline of its label, in pixels.
    pub label_y: String,
}

/// A forecast of a question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionRow {
    /// The claim.
    pub claim: ClaimRow,
    /// What is expected, `Nov 2027, between Jan 2027 and Apr 2030`; may be empty.
    pub expects: String,
}

/// The forecasts of one event over time.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionChart {
    /// `Expected date`.
    pub title: &'static str,
    /// Height of the plot, in pixels.
    pub height: i32,
    /// Where the dates below the plot stand.
    pub label_y: i32,
    /// Values at the side.
    pub rows: Vec<Tick>,
    /// Dates below.
    pub columns: Vec<Tick>,
    /// What joins the forecasts of one speaker.
    pub lines: Vec<ChartLine>,
    /// The forecasts, oldest first.
    pub points: Vec<ChartPoint>,
    /// How many older ones are not drawn.
    pub missing: usize,
    /// Some of them have an interval.
    pub has_intervals: bool,
}

/// A mark of an axis.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// Along or down the plot.
    pub at: String,
    /// Baseline of its text, for those at the side.
    pub text_at: String,
    /// What it says.
    pub text: String,
    /// Left out where space is scarce.
    pub optional: bool,
}

/// A line from one forecast to the next.
#[derive(Debug, Clone, Serialize)]
pub struct ChartLine {
    /// Along the plot, from.
    pub x1: String,
    /// Down the plot, from.
    pub y1: String,
    /// Along the plot, to.
    pub x2: String,
    /// Down the plot, to.
    pub y2: String,
    /// The second replaces the first; otherwise it only followed.
    pub replaces: bool,
}

/// A forecast in a chart.
#[derive(Debug, Clone, Serialize)]
pub struct ChartPoint {
    /// Its claim.
    pub url: String,
    /// `Daniel Kokotajlo, 31 Dec 2025: 31 Dec 2029, superseded`.
    pub name: String,
    /// Along the plot.
    pub x: String,
    /// Down the plot.
    pub y: String,
    /// Upper and lower end of its interval, down the plot.
    pub interval: Option<(String, String)>,
    /// A newer forecast took its place.
    pub faded: bool,
    /// Who made it, at the last of theirs; empty where it would cover another.
    pub label: String,
    /// Baseline of the label.
    pub label_y: String,
    /// The label stands left of the point.
    pub label_left: bool,
}
