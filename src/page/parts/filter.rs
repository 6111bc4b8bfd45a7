//! The lists of claims: all, by kind, by status and by year, with the path and title of each.

use crate::document::Kind;
use crate::graph::Status;
use crate::page::Site;
use crate::page::parts::rows::mark;
use crate::page::view::Link;
use crate::texts::TEXTS;

/// A filter that decides which claims a list contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimFilter {
    /// All claims.
    All,
    /// Claims of one kind.
    Kind(Kind),
    /// Claims with one status.
    Status(Status),
    /// Claims that were said in one year.
    Year(i16),
}

impl ClaimFilter {
    /// Every filter except those by year, which depend on the book.
    pub fn all() -> Vec<Self> {
        let kinds = Kind::ALL.iter().copied().map(Self::Kind);
        std::iter::once(Self::All).chain(kinds).chain(Status::ALL.map(Self::Status)).collect()
    }

    /// The path of the first page of the list.
    pub fn path(self) -> String {
        match self {
            Self::All => "claims/".to_owned(),
            Self::Kind(kind) => format!("claims/kind/{}/", kind.word()),
            Self::Status(status) => format!("claims/status/{}/", status.word()),
            Self::Year(year) => format!("claims/year/{year:04}/"),
        }
    }

    /// The name and the value of the filter in addresses.
    pub(in crate::page) fn value(self) -> Option<(&'static str, String)> {
        match self {
            Self::All => None,
            Self::Kind(kind) => Some(("kind", kind.word().to_owned())),
            Self::Status(status) => Some(("status", status.word().to_owned())),
            Self::Year(year) => Some(("year", format!("{year:04}"))),
        }
    }

    /// The title of the pages of the list.
    pub fn title(self) -> String {
        match self {
            Self::All => TEXTS.filter.title_all().to_owned(),
            Self::Kind(Kind::Measurement) => TEXTS.filter.title_measurement().to_owned(),
            Self::Kind(Kind::Forecast) => TEXTS.filter.title_forecast().to_owned(),
            Self::Kind(Kind::Statement) => TEXTS.filter.title_statement().to_owned(),
            Self::Kind(Kind::Opinion) => TEXTS.filter.title_opinion().to_owned(),
            Self::Status(status) => TEXTS.filter.title_status(mark(status).word.to_lowercase()),
            Self::Year(year) => TEXTS.filter.title_year(format_args!("{year:04}")),
        }
    }

    pub(in crate::page) fn dek(self) -> String {
        match self {
            Self::All => TEXTS.filter.about_all().to_owned(),
            Self::Kind(Kind::Measurement) => TEXTS.filter.about_measurement().to_owned(),
            Self::Kind(Kind::Forecast) => TEXTS.filter.about_forecast().to_owned(),
            Self::Kind(Kind::Statement) => TEXTS.filter.about_statement().to_owned(),
            Self::Kind(Kind::Opinion) => TEXTS.filter.about_opinion().to_owned(),
            Self::Status(status) => status_dek(status).to_owned(),
            Self::Year(year) => TEXTS.filter.about_year(format_args!("{year:04}")),
        }
    }
}

fn status_dek(status: Status) -> &'static str {
    use crate::document::VerdictWord as Word;
    let texts = &TEXTS.filter;
    match status {
        Status::Verdict(Word::Supported) => texts.about_supported(),
        Status::Verdict(Word::Mixed) => texts.about_mixed(),
        Status::Verdict(Word::Refuted) => texts.about_refuted(),
        Status::Verdict(Word::Unverifiable) => texts.about_unverifiable(),
        Status::Verdict(Word::Retracted) => texts.about_retracted(),
        Status::Verdict(Word::CameTrue) => texts.about_came_true(),
        Status::Verdict(Word::Partly) => texts.about_partly(),
        Status::Verdict(Word::DidNotHappen) => texts.about_did_not_happen(),
        Status::Verdict(Word::Annulled) => texts.about_annulled(),
        Status::Verdict(Word::Unfalsifiable) => texts.about_unfalsifiable(),
        Status::Superseded => texts.about_superseded(),
        Status::Contested => texts.about_contested(),
        Status::Unreviewed => texts.about_unreviewed(),
        Status::Overdue => texts.about_overdue(),
        Status::Open => texts.about_open(),
        Status::NotSaid => texts.about_not_said(),
    }
}

impl Site<'_> {
    /// A link to the list of claims with a status.
    pub(in crate::page) fn status_link(&self, status: Status, text: &str) -> Link {
        self.link(&ClaimFilter::Status(status).path(), text)
    }
}
