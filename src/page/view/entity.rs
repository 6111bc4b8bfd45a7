//! Views of speakers, metrics, tags and sources, and of their lists.

use serde::Serialize;

use crate::date::PartialDate;
use crate::graph::ClaimIndex;
use crate::texts::TEXTS;

use super::page_view::{PageView, Section, Template, template};
use super::{ArticleRow, ChartView, ClaimRow, Fact, FewValue, Mentions, Pager, Part, Shortened};

/// `speaker.html`: a page of a person or an organisation.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SpeakerPage {
    /// Name of the speaker.
    pub name: String,
    /// `Person` or `Organisation`; empty if it is not known.
    pub sort: &'static str,
    /// Address of the speaker's own website.
    pub url: Option<String>,
    /// Other names of the speaker.
    pub aliases: Vec<String>,
    /// The text of the speaker's file.
    pub body: Vec<Part>,
    /// Counts in words, such as `9 claims`, `6 forecasts, 0 with a verdict` and `41 mentions`.
    pub counts: Vec<String>,
    /// The claims on this page, the newest said first.
    pub claims: Vec<ClaimRow>,
    /// The position of this page among the pages of the speaker.
    pub pager: Pager,
    /// Counts and scores of the speaker's forecasts; `None` if there are no forecasts.
    pub record: Option<super::ScoreRow>,
    /// Dates that the speaker moved, by question.
    pub moving: Vec<super::MovingDate>,
    /// The speaker's open and overdue forecasts, nearest deadline first.
    pub open_and_overdue: Shortened<ClaimRow>,
    /// The speaker's forecasts with a verdict, latest deadline first.
    pub judged: Shortened<ClaimRow>,
    /// The claims on this page that the speaker reported and others asserted, the newest said first.
    pub relayed: Vec<ClaimRow>,
    /// The write-ups on this page that mark claims of the speaker.
    pub articles: Vec<ArticleRow>,
    /// Sentences that link to the speaker.
    pub backlinks: Mentions,
}

impl PageView for SpeakerPage {
    const TEMPLATE: Template = template!("speaker.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Speakers)
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn description(&self) -> String {
        TEXTS.entity.speaker_about(&self.name)
    }

    fn has_chart(&self) -> bool {
        !self.moving.is_empty()
    }
}

/// One row in the table of a metric.
#[derive(Debug, Clone, Serialize)]
pub struct MeasurementRow {
    /// The claim that gives the value.
    pub claim: ClaimRow,
    /// What was measured; empty if the claim does not name it.
    pub subject: String,
    /// The date to which the evidence refers, or else the date on which the claim was said.
    pub date: Option<PartialDate>,
    /// The value with its sign and unit, such as `~52×`.
    pub value: String,
    /// The interval of the value, such as `162 to 624`; empty if there is no interval.
    pub interval: String,
}

/// The measurements with one version of a method.
#[derive(Debug, Clone, Serialize)]
pub struct MeasurementSeries {
    /// Name of the method; empty if the claims do not name one.
    pub method: String,
    /// The measurements, oldest first.
    pub rows: Vec<MeasurementRow>,
}

/// `metric.html`: a page of a metric and its measurements.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MetricPage {
    /// Title of the metric.
    pub title: String,
    /// Facts about the metric: its unit, which values are better, and its scale.
    pub facts: Vec<Fact>,
    /// The text of the metric's file.
    pub body: Vec<Part>,
    /// Counts in words, such as `7 measurements` and `4 methods`.
    pub counts: Vec<String>,
    /// The charts of the values; empty if fewer than three values can be drawn.
    pub charts: Vec<ChartView>,
    /// The values that can be drawn, if there are only one or two.
    pub few: Vec<FewValue>,
    /// Which values the charts leave out and why; empty if they show all values.
    pub not_drawn: String,
    /// Address of the CSV file with the metric's values.
    pub csv: String,
    /// The measurements on this page, grouped by method.
    pub series: Vec<MeasurementSeries>,
    /// The forecasts of the metric that are on this page.
    pub forecasts: Vec<ClaimRow>,
    /// The position of this page among the pages of the metric.
    pub pager: Pager,
    /// Sentences that link to the metric.
    pub backlinks: Mentions,
}

impl PageView for MetricPage {
    const TEMPLATE: Template = template!("metric.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Metrics)
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn description(&self) -> String {
        TEXTS.metric.about(&self.title)
    }

    fn has_chart(&self) -> bool {
        !self.charts.is_empty() || !self.few.is_empty()
    }
}

/// `tag.html`: the write-ups and claims with a tag.
#[derive(Debug, Clone, Serialize)]
pub struct TagPage {
    /// Name of the tag.
    pub name: String,
    /// The write-ups on this page that have the tag, newest first.
    pub articles: Vec<ArticleRow>,
    /// The position of this page among the pages of the tag.
    pub pager: Pager,
    /// The claims on this page, whose rows the template sees as `rows`.
    #[serde(skip)]
    pub rows: Vec<ClaimIndex>,
}

impl PageView for TagPage {
    const TEMPLATE: Template = template!("tag.html");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn description(&self) -> String {
        TEXTS.entity.tag_about(&self.name)
    }

    fn rows(&self) -> &[ClaimIndex] {
        &self.rows
    }
}

/// `source.html`: a page of a cited document.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourcePage {
    /// Title of the source.
    pub title: String,
    /// Facts about the source: author, publisher, date and address.
    pub facts: Vec<Fact>,
    /// Address of the source.
    pub url: Option<String>,
    /// The text of the source's file.
    pub body: Vec<Part>,
    /// The write-ups about the source that are on this page.
    pub articles: Vec<ArticleRow>,
    /// The position of this page among the pages of the source.
    pub pager: Pager,
    /// Sentences that link to the source.
    pub backlinks: Mentions,
    /// The claims on this page, whose rows the template sees as `rows`.
    #[serde(skip)]
    pub rows: Vec<ClaimIndex>,
}

impl PageView for SourcePage {
    const TEMPLATE: Template = template!("source.html");

    fn title(&self) -> String {
        self.title.clone()
    }

    fn description(&self) -> String {
        TEXTS.entity.source_about(&self.title)
    }

    fn rows(&self) -> &[ClaimIndex] {
        &self.rows
    }
}
