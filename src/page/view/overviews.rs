//! The views of pages that look across all claims: disputes, fallout, timeline, review queue.

use serde::Serialize;

use crate::date::PartialDate;

use super::{ClaimRow, Link, Pager, ReviewedClaim, Shortened};

/// One side of a contradiction.
#[derive(Debug, Clone, Serialize)]
pub struct DisputeSide {
    /// The claim.
    pub claim: ClaimRow,
    /// Why it says otherwise, links included; empty when it gives no reason.
    pub html: String,
    /// How many claims depend on it, however far up.
    pub dependents: usize,
    /// There may be more: they are not counted further.
    pub has_more_dependents: bool,
}

/// Two claims that contradict each other.
#[derive(Debug, Clone, Serialize)]
pub struct Dispute {
    /// The id of its place on the page.
    pub anchor: String,
    /// Both claims stand.
    pub is_open: bool,
    /// How it stands, one sentence.
    pub state: &'static str,
    /// The two sides; the one that states the contradiction first.
    pub sides: Vec<DisputeSide>,
}

/// `disputes.html`: one page of the contradictions of the book.
#[derive(Debug, Clone, Serialize)]
pub struct DisputesPage {
    /// How many of all are open.
    pub open: usize,
    /// How many of all are settled.
    pub settled: usize,
    /// Those on this page: open ones first, then by how many claims depend on them.
    pub disputes: Vec<Dispute>,
    /// Where this page stands.
    pub pager: Pager,
}

/// A claim that rests on one that fell.
#[derive(Debug, Clone, Serialize)]
pub struct ShakenClaim {
    /// The claim.
    pub claim: ClaimRow,
    /// The claims between it and the one that fell, beginning with what it depends on.
    pub path: Vec<ClaimRow>,
    /// How many more claims of the path are not shown, after the last that is.
    pub skipped: usize,
}

/// A claim that fell, and what rests on it.
#[derive(Debug, Clone, Serialize)]
pub struct FallenClaim {
    /// The claim that fell, and why.
    pub fallen: ReviewedClaim,
    /// The id of its place on the page.
    pub anchor: String,
    /// What rests on it, as far as it is on this page, nearest first.
    pub shaken: Vec<ShakenClaim>,
    /// How many claims rest on it in all.
    pub total: usize,
}

/// `fallout.html`: what rests on claims that fell.
#[derive(Debug, Clone, Serialize)]
pub struct FalloutPage {
    /// How many claims fell in all.
    pub fallen: usize,
    /// How many claims are shaken in all.
    pub shaken: usize,
    /// Below how many fallen claims a claim is listed at most: the nearest.
    pub most: usize,
    /// The fallen claims that others rest on, those with most first, each with what rests on it, as far
    /// as it is on this page.
    pub groups: Vec<FallenClaim>,
    /// Where this page stands.
    pub pager: Pager,
}

/// A year in a row of years.
#[derive(Debug, Clone, Serialize)]
pub struct YearLink {
    /// Its page.
    pub url: String,
    /// `2026`.
    pub text: String,
    /// This page shows it.
    pub current: bool,
}

/// What happened in a month.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineMonth {
    /// The id of its place on the page: `m-2026-05`.
    pub anchor: String,
    /// The month; the year alone for what has no month.
    pub month: PartialDate,
    /// What was said, most mentioned first.
    pub said: Vec<ClaimRow>,
    /// Verdicts given, newest first.
    pub verdicts: Vec<ReviewedClaim>,
    /// Forecasts whose deadline lies in it, nearest first.
    pub deadlines: Vec<ClaimRow>,
    /// The page that has all of them, where some are left out here.
    pub all: Option<Link>,
}

/// `timeline.html`: a year.
#[derive(Debug, Clone, Serialize)]
pub struct TimelinePage {
    /// The year; empty when no claim has a date.
    pub year: String,
    /// Every year of the book, newest first.
    pub years: Vec<YearLink>,
    /// What was said, judged and due in the year, in words.
    pub counts: Vec<String>,
    /// All claims said in the year.
    pub claims: Option<Link>,
    /// Its months, newest first; on the page of a month that one.
    pub months: Vec<TimelineMonth>,
    /// The year as a link, on the page of a month.
    pub up: Option<Link>,
    /// Where this page stands among those of a month.
    pub pager: Pager,
}

/// A claim whose quotation is neither verified nor seen.
#[derive(Debug, Clone, Serialize)]
pub struct UnverifiedQuote {
    /// The claim.
    pub claim: ClaimRow,
    /// `drifted` or `unarchived`.
    pub state: &'static str,
}

/// A claim that waits for a review, and for how long.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingClaim {
    /// The claim.
    pub claim: ClaimRow,
    /// `186 days`; empty when it has no date.
    pub age: String,
}

/// A contradiction that only one side explains.
#[derive(Debug, Clone, Serialize)]
pub struct OneSided {
    /// The side that says nothing.
    pub silent: ClaimRow,
    /// The side that says why; both are silent when this has no reason either.
    pub other: ClaimRow,
    /// Its reason, links included; may be empty.
    pub html: String,
}

/// `review.html`: what waits for a reviewer.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewPage {
    /// Deadlines that passed without a verdict, longest ago first.
    pub overdue: Shortened<ClaimRow>,
    /// Quotations to verify: drifted ones first, then unarchived ones.
    pub quotes: Shortened<UnverifiedQuote>,
    /// How many of them have drifted.
    pub drifted: usize,
    /// How many others an editor saw in the source.
    pub seen: usize,
    /// Claims nobody has reviewed, oldest first.
    pub unreviewed: Shortened<WaitingClaim>,
    /// Contradictions that only one side explains.
    pub one_sided: Shortened<OneSided>,
}
