//! Views of forecasts and questions.

use serde::Serialize;

use super::page_view::{PageView, Section, Template, template};
use super::{ClaimRow, Link, Mark, Pager, ReviewedClaim, Shortened};
use crate::texts::TEXTS;

/// Number of forecasts with one status.
#[derive(Debug, Clone, Serialize)]
pub struct ForecastCount {
    /// The mark of the status.
    pub mark: Mark,
    /// Number of forecasts with this status.
    pub count: usize,
    /// Id of the section that lists these forecasts: `due`, `overdue`, `resolved` or `replaced`.
    pub section: &'static str,
}

/// `forecasts.html`: forecasts that are due, overdue and resolved, and the questions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ForecastsPage {
    /// Number of forecasts with each status.
    pub counts: Vec<ForecastCount>,
    /// Open forecasts, nearest deadline first.
    pub due: Shortened<ClaimRow>,
    /// Overdue forecasts, earliest deadline first.
    pub overdue: Shortened<ClaimRow>,
    /// Forecasts with a verdict, newest verdict first.
    pub judged: Shortened<ReviewedClaim>,
    /// Forecasts that newer claims supersede.
    pub superseded: Shortened<ClaimRow>,
    /// Links to the questions on this page. Pages after the first contain only questions.
    pub questions: Vec<Link>,
    /// The position of this page in the list of questions.
    pub pager: Pager,
    /// The records of the forecasters.
    pub scoreboard: super::Scoreboard,
}

impl PageView for ForecastsPage {
    const TEMPLATE: Template = template!("forecasts.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Forecasts)
    }

    fn title(&self) -> String {
        TEXTS.frame.forecasts().to_owned()
    }

    fn description(&self) -> String {
        TEXTS.forecast.about().to_owned()
    }

    fn has_chart(&self) -> bool {
        !self.scoreboard.calibration_chart.is_empty()
    }
}

/// `question.html`: a page of the forecasts of one event.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionPage {
    /// The id of the question as words.
    pub title: String,
    /// The forecasts on this page, oldest first.
    pub forecasts: Vec<super::QuestionRow>,
    /// The position of this page in the list of forecasts.
    pub pager: Pager,
    /// Charts of the forecasts, at most one for each sort of answer. Only the first page has them.
    pub charts: Vec<super::QuestionChart>,
    /// Dates that speakers moved. Only the first page has them.
    pub moving: Vec<super::MovingDate>,
}

impl PageView for QuestionPage {
    const TEMPLATE: Template = template!("question.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Forecasts)
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn description(&self) -> String {
        TEXTS.question.about().to_owned()
    }

    fn has_chart(&self) -> bool {
        !self.charts.is_empty() || !self.moving.is_empty()
    }
}
