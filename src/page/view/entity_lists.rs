//! Views of the lists of people, metrics, sources and tags.

use serde::Serialize;

use crate::date::PartialDate;
use crate::texts::TEXTS;

use super::page_view::{PageView, Section, Template, template};
use super::{Mark, Pager, StatusCount};

/// A speaker as a row of the list of people.
#[derive(Debug, Clone, Serialize)]
pub struct PersonRow {
    /// Address of the speaker's page.
    pub url: String,
    /// Name of the speaker.
    pub name: String,
    /// The statuses of the speaker's forecasts, in the order of `record`; at most twelve.
    pub signs: Vec<Mark>,
    /// Number of the speaker's forecasts by status.
    pub record: Vec<StatusCount>,
    /// Number of the speaker's claims that are refuted, retracted or did not happen.
    pub wrong: usize,
    /// Number of the speaker's claims with a verdict.
    pub judged: usize,
    /// Number of the speaker's claims.
    pub claims: usize,
    /// The date of the claim that the speaker made last.
    pub last_said: Option<PartialDate>,
}

/// `people.html`: one page of the list of people and organisations.
#[derive(Debug, Clone, Serialize)]
pub struct PeoplePage {
    /// Number of speakers with its noun, such as `34 speakers`.
    pub total: String,
    /// The speakers on this page; those who said something most recently come first.
    pub rows: Vec<PersonRow>,
    /// The position of this page in the list.
    pub pager: Pager,
}

impl PageView for PeoplePage {
    const TEMPLATE: Template = template!("people.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Speakers)
    }

    fn title(&self) -> String {
        TEXTS.frame.people().to_owned()
    }

    fn description(&self) -> String {
        TEXTS.entity.people_about().to_owned()
    }
}

/// A metric as a row of the list of metrics.
#[derive(Debug, Clone, Serialize)]
pub struct MetricListRow {
    /// Address of the metric's page.
    pub url: String,
    /// Title of the metric.
    pub title: String,
    /// The latest value, such as `~52×`; empty if there is no dated measurement.
    pub value: String,
    /// What was measured last; may be empty.
    pub subject: String,
    /// Date of the latest value.
    pub date: Option<PartialDate>,
    /// How the value differs from the one before it by the same method, such as `+12%`; may be empty.
    pub change: String,
    /// Date of the value before.
    pub before: Option<PartialDate>,
    /// The values by the same method over time, as a finished `<svg>` element; empty for fewer than three.
    pub spark: String,
}

/// `metrics.html`: one page of the list of metrics.
#[derive(Debug, Clone, Serialize)]
pub struct MetricListPage {
    /// Number of metrics with its noun.
    pub total: String,
    /// The metrics on this page; those that were measured most recently come first.
    pub rows: Vec<MetricListRow>,
    /// The position of this page in the list.
    pub pager: Pager,
}

impl PageView for MetricListPage {
    const TEMPLATE: Template = template!("metrics.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Metrics)
    }

    fn title(&self) -> String {
        TEXTS.frame.metrics().to_owned()
    }

    fn description(&self) -> String {
        TEXTS.entity.metrics_about().to_owned()
    }
}

/// A source as a row of the list of sources.
#[derive(Debug, Clone, Serialize)]
pub struct SourceListRow {
    /// Address of the source's page.
    pub url: String,
    /// Title of the source.
    pub title: String,
    /// Who published the source; may be empty.
    pub publisher: String,
    /// When the source was published.
    pub published: Option<PartialDate>,
    /// Number of the source's claims by status.
    pub counts: Vec<StatusCount>,
    /// Number of quotations from the source.
    pub quotations: usize,
    /// Number of these quotations that were found word for word in a saved copy.
    pub verified: usize,
}

/// `sources.html`: one page of the list of sources.
#[derive(Debug, Clone, Serialize)]
pub struct SourceListPage {
    /// Number of sources with its noun.
    pub total: String,
    /// The sources on this page, newest first.
    pub rows: Vec<SourceListRow>,
    /// The position of this page in the list.
    pub pager: Pager,
}

impl PageView for SourceListPage {
    const TEMPLATE: Template = template!("sources.html");

    fn title(&self) -> String {
        TEXTS.frame.sources().to_owned()
    }

    fn description(&self) -> String {
        TEXTS.entity.sources_about().to_owned()
    }
}

/// A tag as a row of the list of tags.
#[derive(Debug, Clone, Serialize)]
pub struct TagRow {
    /// Address of the tag's page.
    pub url: String,
    /// Name of the tag.
    pub name: String,
    /// Number of write-ups with the tag.
    pub articles: usize,
    /// Number of claims with the tag by status.
    pub counts: Vec<StatusCount>,
}

/// `tags.html`: one page of the list of tags.
#[derive(Debug, Clone, Serialize)]
pub struct TagListPage {
    /// Number of tags with its noun.
    pub total: String,
    /// The tags on this page, by name.
    pub rows: Vec<TagRow>,
    /// The position of this page in the list.
    pub pager: Pager,
}

impl PageView for TagListPage {
    const TEMPLATE: Template = template!("tags.html");

    fn title(&self) -> String {
        TEXTS.frame.tags().to_owned()
    }

    fn description(&self) -> String {
        TEXTS.entity.tags_about().to_owned()
    }
}
