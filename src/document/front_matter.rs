//! What a file says about itself before its text.

use crate::date::PartialDate;
use crate::source::{Span, Spanned};

/// A cited document, as far as it is described.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SourceFacts {
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// Its authors.
    pub authors: Vec<Spanned<String>>,
    /// Who published it.
    pub publisher: Option<Spanned<String>>,
    /// Its address: `http` or `https`.
    pub url: Option<Spanned<String>>,
    /// When it was published.
    pub published: Option<Spanned<PartialDate>>,
}

/// A source as a write-up or claim names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SourceReference {
    /// The id of a file in `content/sources/`.
    Id(String),
    /// Described in place.
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
    /// Equal steps are equal differences.
    #[default]
    Linear,
    /// Equal steps are equal multiples.
    Log,
}

/// What a speaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpeakerSort {
    /// A human being.
    Person,
    /// A company, institute, group or publication.
    Organization,
}

/// Front matter of every kind of file; each kind accepts its own keys only.
#[derive(Debug, Clone, Default, Hash)]
pub struct FrontMatter {
    /// Where it stands; `None` when the file has none.
    pub span: Option<Span>,
    /// It has errors, so that what it does not say is not known.
    pub is_broken: bool,
    /// Comments that directly follow a value and were perhaps meant as part of it: `#1 report`.
    pub comments: Vec<Span>,
    /// `title`, or `name` of a speaker.
    pub title: Option<Spanned<String>>,
    /// `summary`: one sentence.
    pub summary: Option<Spanned<String>>,
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
    /// `draft`: exists only with `--drafts`.
    pub is_draft: bool,
    /// `aliases`: former addresses of a page, other names of a speaker.
    pub aliases: Vec<Spanned<String>>,
    /// `allow`: lints not to be reported for this file.
    pub allow: Vec<Spanned<String>>,
    /// `type` of a speaker.
    pub sort: Option<SpeakerSort>,
    /// `url` of a speaker.
    pub url: Option<Spanned<String>>,
    /// `unit` of a metric.
    pub unit: Option<Spanned<String>>,
    /// `better` of a metric.
    pub better: Option<Better>,
    /// `scale` of a metric.
    pub scale: Scale,
    /// The facts of a source file.
    pub source_facts: SourceFacts,
}
