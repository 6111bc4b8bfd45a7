//! Computes the status of each claim from its verdicts, relations and dates. Authors never write a status
//! themselves.

use jiff::civil::Date;

use crate::document::{Kind, RelationKind, VerdictWord};

use super::{Book, ClaimIndex};

/// The status of a claim on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A verdict decides the status.
    Verdict(VerdictWord),
    /// Another claim supersedes this claim.
    Superseded,
    /// A contradicting claim exists that was said and is not superseded, refuted or retracted.
    Contested,
    /// The claim has no verdict.
    Unreviewed,
    /// A forecast whose deadline passed without a verdict.
    Overdue,
    /// A forecast without a verdict whose deadline has not passed.
    Open,
    /// The claim is dated after the day of the build. It is in no list and in no count.
    NotSaid,
}

impl Status {
    /// Every status except [`Status::NotSaid`], in the order in which pages list them.
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

    /// Returns the status as a word for exported data and addresses.
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

/// The facts that decide the status of a claim on a given day.
pub(super) struct StatusInputs {
    /// The latest verdict up to that day.
    pub verdict: Option<VerdictWord>,
    /// Whether another claim supersedes the claim on that day.
    pub is_superseded: bool,
    /// Whether the deadline of the claim has passed on that day.
    pub is_past_deadline: bool,
}

impl StatusInputs {
    /// Returns the status of a claim that was said by that day. A verdict `retracted` takes precedence over a newer
    /// claim, and a newer claim over any other verdict; for forecasts, any verdict takes precedence.
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

/// Returns the status of each claim on the day of the build. The relations of the book must be complete.
pub(super) fn statuses(book: &Book, today: Date) -> Vec<Status> {
    // The result for each claim is computed once, because a claim may contradict all other claims.
    let active: Vec<bool> = book.all_claims().map(|claim| is_active(book, claim)).collect();
    book.all_claims().map(|claim| status(book, claim, today, &active)).collect()
}

fn status(book: &Book, index: ClaimIndex, today: Date, active: &[bool]) -> Status {
    if !book.is_said(index) {
        return Status::NotSaid;
    }
    let claim = book.claim(index);
    let inputs = StatusInputs {
        verdict: latest_verdict_word(book, index),
        is_superseded: is_superseded(book, index),
        is_past_deadline: claim.resolves.as_ref().is_some_and(|date| date.value.last_day() < today),
    };
    inputs.status(claim.kind, || is_contested(book, index, active))
}

fn latest_verdict_word(book: &Book, index: ClaimIndex) -> Option<VerdictWord> {
    book.latest_verdict(index).map(|verdict| verdict.word.value)
}

fn is_superseded(book: &Book, index: ClaimIndex) -> bool {
    let mut incoming = book.node(index).incoming.iter();
    incoming.any(|&edge| book.relation(edge).kind == RelationKind::Supersedes && book.is_said(edge.other))
}

/// Whether a claim has a contradiction with a claim that is active.
fn is_contested(book: &Book, index: ClaimIndex, active: &[bool]) -> bool {
    let node = book.node(index);
    let mut edges = node.outgoing.iter().chain(&node.incoming);
    edges.any(|&edge| book.relation(edge).kind == RelationKind::Contradicts && active[edge.other.as_usize()])
}

/// Whether a claim was said by the day of the build and is not superseded, refuted or retracted.
fn is_active(book: &Book, index: ClaimIndex) -> bool {
    let verdict = latest_verdict_word(book, index);
    let has_fallen = matches!(verdict, Some(VerdictWord::Refuted | VerdictWord::Retracted));
    book.is_said(index) && !has_fallen && !is_superseded(book, index)
}
