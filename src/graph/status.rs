//! What became of a claim? Computed, never written.

use jiff::civil::Date;

use crate::document::{Claim, Kind, RelationKind, VerdictWord};

use super::{Book, ClaimIndex};

/// The status of a claim on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A verdict says it.
    Verdict(VerdictWord),
    /// Another claim took its place.
    Superseded,
    /// A claim that stands says otherwise.
    Contested,
    /// Nobody judged it.
    Unreviewed,
    /// A forecast whose deadline passed without a verdict.
    Overdue,
    /// A forecast that is not due.
    Open,
}

impl Status {
    /// Every status, in the order they are listed to people.
    pub const ALL: [Self; 15] = [
        Self::Verdict(VerdictWord::Supported),
        Self::Verdict(VerdictWord::Mixed),
        Self::Contested,
        Self::Verdict(VerdictWord::Refuted),
        Self::Verdict(VerdictWord::Unverifiable),
        Self::Unreviewed,
        Self::Verdict(VerdictWord::Retracted),
        Self::Superseded,
        Self::Open,
        Self::Overdue,
        Self::Verdict(VerdictWord::CameTrue),
        Self::Verdict(VerdictWord::Partly),
        Self::Verdict(VerdictWord::DidNotHappen),
        Self::Verdict(VerdictWord::Annulled),
        Self::Verdict(VerdictWord::Unfalsifiable),
    ];

    /// The word in data and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verdict(word) => word.word(),
            Self::Superseded => "superseded",
            Self::Contested => "contested",
            Self::Unreviewed => "unreviewed",
            Self::Overdue => "overdue",
            Self::Open => "open",
        }
    }
}

/// The status of a claim whose relations are known.
pub(super) fn status(book: &Book, index: ClaimIndex, today: Date) -> Status {
    let claim = book.claim(index);
    let verdict = claim.last_verdict().map(|verdict| verdict.word.value);
    let is_superseded = is_superseded(book, index);
    if claim.kind == Kind::Forecast {
        let is_past = claim.resolves.as_ref().is_some_and(|date| date.value.last_day() < today);
        return match verdict {
            Some(word) => Status::Verdict(word),
            None if is_superseded => Status::Superseded,
            None if is_past => Status::Overdue,
            None => Status::Open,
        };
    }
    match verdict {
        Some(VerdictWord::Retracted) => Status::Verdict(VerdictWord::Retracted),
        _ if is_superseded => Status::Superseded,
        Some(word) => Status::Verdict(word),
        None if is_contested(book, index) => Status::Contested,
        None => Status::Unreviewed,
    }
}

fn is_superseded(book: &Book, index: ClaimIndex) -> bool {
    book.node(index).incoming.iter().any(|&edge| book.relation(edge).kind == RelationKind::Supersedes)
}

/// A claim that is neither superseded nor refuted or retracted says otherwise.
fn is_contested(book: &Book, index: ClaimIndex) -> bool {
    let node = book.node(index);
    node.outgoing.iter().chain(&node.incoming).any(|&edge| {
        let stands = |claim: &Claim| {
            let word = claim.last_verdict().map(|verdict| verdict.word.value);
            !matches!(word, Some(VerdictWord::Refuted | VerdictWord::Retracted))
        };
        book.relation(edge).kind == RelationKind::Contradicts
            && !is_superseded(book, edge.other)
            && stands(book.claim(edge.other))
    })
}
