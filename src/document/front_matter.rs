//! The front matter of a content file, as typed data.

use crate::date::PartialDate;
use crate::source::{Span, Spanned};

use super::wording::{Wording, WordingAccess};

/// A cited document. Facts that the author did not write are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SourceFacts {
    /// Title of the document.
    pub title: Option<Spanned<String>>,
    /// Authors of the document.
    pub authors: Vec<Spanned<String>>,
    /// Publisher of the document.
    pub publisher: Option<Spanned<String>>,
    /// Address of the document, `http` or `https`.
    pub url: Option<Spanned<String>>,
    /// Date of publication.
    pub published: Option<Spanned<PartialDate>>,
}

/// A reference to a source in a write-up or claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SourceReference {
    /// Id of a file in `content/sources/`.
    Id(String),
    /// A source that is described in place.
    Inline(Box<SourceFacts>),
}

/// Which direction of a metric is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// The scale of a metric's axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Scale {
    /// A linear axis: equal distances are equal differences.
    #[default]
    Linear,
    /// A logarithmic axis: equal distances are equal ratios.
    Log,
}

/// What the series of a metric's chart have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum GroupBy {
    /// The method of the measurements.
    #[default]
    Method,
    /// What was measured.
    Subject,
    /// Who gave the value.
    Speaker,
}

/// The form of the line that is fitted to a metric's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrendForm {
    /// The values double or halve in equal times.
    Exponential,
    /// The values rise or fall by the same amount in equal times.
    Linear,
}

/// Whether a speaker is a person or an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpeakerType {
    /// A human being.
    Person,
    /// A company, institute, group or publication.
    Organization,
}

/// Front matter of a content file. All kinds of files share this type, and each kind accepts only its own keys.
#[derive(Debug, Clone, Default, Hash)]
pub struct FrontMatter {
    /// Place of the front matter; `None` if the file has no front matter.
    pub span: Option<Span>,
    /// Whether the front matter has errors. If it has, a key that is absent here may still be in the file.
    pub is_broken: bool,
    /// Comments that directly follow a value and that the author may have meant as part of it, such as `#1` in
    /// `title: Report #1`.
    pub comments: Vec<Span>,
    /// `title` of a write-up.
    pub title: Option<Spanned<Wording<String>>>,
    /// `name` of a speaker, or `title` of a metric or page, by which claims and menus refer to it. For write-ups, see
    /// `title`; for sources, see `source_facts`.
    pub name: Option<Spanned<String>>,
    /// `summary`: one sentence.
    pub summary: Option<Spanned<Wording<String>>>,
    /// `date` of publication.
    pub date: Option<Spanned<PartialDate>>,
    /// `updated`: date of the last revision.
    pub updated: Option<Spanned<PartialDate>>,
    /// `authors` of a write-up.
    pub authors: Vec<Spanned<String>>,
    /// `tags`.
    pub tags: Vec<Spanned<String>>,
    /// `source` that a write-up discusses.
    pub source: Option<Spanned<SourceReference>>,
    /// `draft`: only builds with `--drafts` include the file.
    pub is_draft: bool,
    /// `aliases`: former addresses of a page, or other names of a speaker.
    pub aliases: Vec<Spanned<String>>,
    /// `allow`: names of the lints that are not reported for this file.
    pub allow: Vec<Spanned<String>>,
    /// `type` of a speaker.
    pub sort: Option<SpeakerType>,
    /// `url` of a speaker.
    pub url: Option<Spanned<String>>,
    /// `unit` of a metric.
    pub unit: Option<Spanned<String>>,
    /// `better` of a metric.
    pub better: Option<Better>,
    /// `scale` of a metric.
    pub scale: Scale,
    /// `headline` of a metric's chart: one sentence that says what it shows.
    pub headline: Option<Spanned<String>>,
    /// `group-by` of a metric.
    pub group_by: GroupBy,
    /// `trend` of a metric.
    pub trend: Option<TrendForm>,
    /// Facts of the source that a file in `content/sources/` describes.
    pub source_facts: SourceFacts,
}

impl FrontMatter {
    /// Returns the title that the page of the file shows, as far as the front matter has one.
    pub fn page_title(&self, access: WordingAccess) -> Option<&str> {
        let title = self.title.as_ref().map(|title| title.value.read(access));
        let name = || self.name.as_ref().or(self.source_facts.title.as_ref()).map(|name| &name.value);
        title.or_else(name).map(String::as_str)
    }

    /// Returns the summary; empty if there is none.
    pub fn summary_text(&self, access: WordingAccess) -> &str {
        self.summary.as_ref().map_or("", |summary| summary.value.read(access))
    }

    /// Returns the place of the title that the page of the file shows.
    pub fn title_span(&self) -> Option<Span> {
        let name = self.name.as_ref().or(self.source_facts.title.as_ref());
        self.title.as_ref().map(|title| title.span).or(name.map(|name| name.span))
    }
}
