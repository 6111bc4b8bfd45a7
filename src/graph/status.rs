//! Computes the status of each claim from its verdicts, relations and dates. No author writes a status.

use jiff::civil::Date;

use crate::document::{Kind, RelationKind, VerdictWord};

use super::{Book, ClaimIndex};

/// The status of a claim on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A verdict says it.
    Verdict(VerdictWord),
    /// Another claim took its place.
    Superseded,
    /// A claim that was neither superseded nor refuted says otherwise.
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

/// What decides about the status of a claim on a day.
pub(super) struct Findings {
    /// The last verdict.
    pub verdict: Option<VerdictWord>,
    /// Whether another claim took its place.
    pub is_superseded: bool,
    /// Whether its deadline is over.
    pub is_past_deadline: bool,
}

impl Findings {
    /// The status of a claim that has been said.
    pub(super) fn status(self, kind: Kind, is_contested: impl FnOnce() -> bool) -> Status {
        if kind == Kind::Forecast {
            return match self.verdict {
                Some(word) => Status::Verdict(word),
                None if self.is_superseded => Status::Superseded,
                None if self.is_past_deadline => Status::Overdue,
                None => Status::Open,
            };
        }
        match self.verdict {
            Some(VerdictWord::Retracted) => Status::Verdict(VerdictWord::Retracted),
            _ if self.is_superseded => Status::Superseded,
            Some(word) => Status::Verdict(word),
            None if is_contested() => Status::Contested,
            None => Status::Unreviewed,
        }
    }
}

/// The statuses of all claims on the day of the build, once their relations are known.
pub(super) fn statuses(book: &Book, today: Date) -> Vec<Status> {
    // Each is asked once: a claim may contradict all others.
    let stands: Vec<bool> = book.all_claims().map(|claim| stands(book, claim)).collect();
    book.all_claims().map(|claim| status(book, claim, today, &stands)).collect()
}

fn status(book: &Book, index: ClaimIndex, today: Date, stands: &[bool]) -> Status {
    if !book.is_said(index) {
        return Status::NotSaid;
    }
    let claim = book.claim(index);
    let findings = Findings {
        verdict: last_verdict(book, index),
        is_superseded: is_superseded(book, index),
        is_past_deadline: claim.resolves.as_ref().is_some_and(|date| date.value.last_day() < today),
    };
    findings.status(claim.kind, || is_contested(book, index, stands))
}

fn last_verdict(book: &Book, index: ClaimIndex) -> Option<VerdictWord> {
    book.last_verdict(index).map(|verdict| verdict.word.value)
}

fn is_superseded(book: &Book, index: ClaimIndex) -> bool {
    let mut incoming = book.node(index).incoming.iter();
    incoming.any(|&edge| book.relation(edge).kind == RelationKind::Supersedes && book.is_said(edge.other))
}

/// Whether a claim that was neither superseded nor refuted nor retracted says otherwise.
fn is_contested(book: &Book, index: ClaimIndex, stands: &[bool]) -> bool {
    let node = book.node(index);
    let mut edges = node.outgoing.iter().chain(&node.incoming);
    edges.any(|&edge| book.relation(edge).kind == RelationKind::Contradicts && stands[edge.other.number()])
}

/// Whether a claim was said, and is neither superseded nor refuted nor retracted.
fn stands(book: &Book, index: ClaimIndex) -> bool {
    let verdict = last_verdict(book, index);
    let has_fallen = matches!(verdict, Some(VerdictWord::Refuted | VerdictWord::Retracted));
    book.is_said(index) && !has_fallen && !is_superseded(book, index)
}
