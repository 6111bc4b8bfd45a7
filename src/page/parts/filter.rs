//! The lists of claims: all, by kind, by status and by year, with the path and title of each.

use crate::document::Kind;
use crate::graph::Status;
use crate::page::Site;
use crate::page::parts::rows::{kind_mark, mark};
use crate::page::view::Link;

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

    /// The title of the pages of the list.
    pub fn title(self) -> String {
        match self {
            Self::All => "Claims".to_owned(),
            Self::Kind(kind) => format!("{}s", kind_mark(kind).word),
            Self::Status(status) => format!("Claims: {}", mark(status).word.to_lowercase()),
            Self::Year(year) => format!("Claims said in {year:04}"),
        }
    }

    pub(in crate::page) fn dek(self) -> String {
        match self {
            Self::All => "Every claim that was marked, with the status it has today.".to_owned(),
            Self::Kind(Kind::Measurement) => "Claims that give a number found by measuring.".to_owned(),
            Self::Kind(Kind::Forecast) => {
                "Claims about what had not happened yet when they were made.".to_owned()
            }
            Self::Kind(Kind::Statement) => {
                "Claims of fact that are neither measurements nor forecasts.".to_owned()
            }
            Self::Kind(Kind::Opinion) => "Judgements and views, marked as such.".to_owned(),
            Self::Status(status) => status_dek(status).to_owned(),
            Self::Year(year) => format!("What was said in {year:04}, with the status it has today."),
        }
    }
}

fn status_dek(status: Status) -> &'static str {
    use crate::document::VerdictWord as Word;
    match status {
        Status::Verdict(Word::Supported) => "The evidence bears them out.",
        Status::Verdict(Word::Mixed) => "Parts of them are right and parts are not.",
        Status::Verdict(Word::Refuted) => "The evidence speaks against them.",
        Status::Verdict(Word::Unverifiable) => "They cannot be checked.",
        Status::Verdict(Word::Retracted) => "Those who made them took them back.",
        Status::Verdict(Word::CameTrue) => "Forecasts of what then happened.",
        Status::Verdict(Word::Partly) => "Forecasts that came true in part.",
        Status::Verdict(Word::DidNotHappen) => "Forecasts of what did not happen by its deadline.",
        Status::Verdict(Word::Annulled) => "Forecasts whose question fell away.",
        Status::Verdict(Word::Unfalsifiable) => "Forecasts that nothing could have shown wrong.",
        Status::Superseded => "A newer claim has taken their place.",
        Status::Contested => "Another claim that holds up says otherwise.",
        Status::Unreviewed => "Nobody has reviewed them yet.",
        Status::Overdue => "Forecasts whose deadline has passed without a verdict.",
        Status::Open => "Forecasts whose deadline has not passed.",
        Status::NotSaid => "Claims that are not said yet.",
    }
}

impl Site<'_> {
    /// A link to the list of claims with a status.
    pub(in crate::page) fn status_link(&self, status: Status, text: &str) -> Link {
        self.link(&ClaimFilter::Status(status).path(), text)
    }
}
