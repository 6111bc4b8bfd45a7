//! What became of a claim? Computed, never written.

use jiff::civil::Date;

use crate::date::PartialDate;
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
    /// It is said after the day, and is in no list and no count.
    NotSaid,
}

impl Status {
    /// Every status of a claim that counts, in the order they are listed to people.
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
            Self::NotSaid => "not-said",
        }
    }
}

/// The day for which a status is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum AsOf {
    /// The day of the build, for which the book knows what counts.
    Today(Date),
    /// A day gone by: what is dated later does not count, what has no date does.
    Then(Date),
}

impl AsOf {
    fn is_past(self, deadline: PartialDate) -> bool {
        let (Self::Today(day) | Self::Then(day)) = self;
        deadline.last_day() < day
    }

    fn counts(self, book: &Book, date: PartialDate) -> bool {
        match self {
            Self::Today(_) => book.counts(date),
            Self::Then(day) => date.first_day() <= day,
        }
    }

    fn has_said(self, book: &Book, claim: &Claim) -> bool {
        claim.said.as_ref().is_none_or(|said| self.counts(book, said.value))
    }

    fn last_verdict(self, book: &Book, claim: &Claim) -> Option<VerdictWord> {
        let mut given = claim.verdicts.iter().filter(|verdict| self.counts(book, verdict.date.value));
        given.next_back().map(|verdict| verdict.word.value)
    }
}

/// The status that a claim had on a day gone by; none where it had not been said.
pub(super) fn status_then(book: &Book, index: ClaimIndex, day: Date) -> Option<Status> {
    if day >= book.links.day {
        return Some(book.node(index).status).filter(|&status| status != Status::NotSaid);
    }
    let then = AsOf::Then(day);
    then.has_said(book, book.claim(index))
        .then(|| status(book, index, then, &|other| stands(book, other, then)))
}

/// The statuses of all claims on the day of the build, once their relations are known.
pub(super) fn statuses(book: &Book, today: Date) -> Vec<Status> {
    let today = AsOf::Today(today);
    // Each is asked once: a claim may contradict all others.
    let stands: Vec<bool> = book.all_claims().map(|claim| stands(book, claim, today)).collect();
    book.all_claims().map(|claim| status(book, claim, today, &|other| stands[other.number()])).collect()
}

fn status(book: &Book, index: ClaimIndex, as_of: AsOf, stands: &dyn Fn(ClaimIndex) -> bool) -> Status {
    let claim = book.claim(index);
    if !as_of.has_said(book, claim) {
        return Status::NotSaid;
    }
    let verdict = as_of.last_verdict(book, claim);
    let is_superseded = is_superseded(book, index, as_of);
    if claim.kind == Kind::Forecast {
        let is_past = claim.resolves.as_ref().is_some_and(|date| as_of.is_past(date.value));
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
        None if is_contested(book, index, stands) => Status::Contested,
        None => Status::Unreviewed,
    }
}

fn is_superseded(book: &Book, index: ClaimIndex, as_of: AsOf) -> bool {
    book.node(index).incoming.iter().any(|&edge| {
        book.relation(edge).kind == RelationKind::Supersedes && as_of.has_said(book, book.claim(edge.other))
    })
}

/// A claim that stands says otherwise.
fn is_contested(book: &Book, index: ClaimIndex, stands: &dyn Fn(ClaimIndex) -> bool) -> bool {
    let node = book.node(index);
    let mut edges = node.outgoing.iter().chain(&node.incoming);
    edges.any(|&edge| book.relation(edge).kind == RelationKind::Contradicts && stands(edge.other))
}

/// A claim was said, and is neither superseded nor refuted or retracted.
fn stands(book: &Book, index: ClaimIndex, as_of: AsOf) -> bool {
    let claim = book.claim(index);
    let has_fallen =
        matches!(as_of.last_verdict(book, claim), Some(VerdictWord::Refuted | VerdictWord::Retracted));
    as_of.has_said(book, claim) && !has_fallen && !is_superseded(book, index, as_of)
}
