//! Views of pages about all claims: disputes, fallout, timeline and review queue.

use serde::Serialize;

use crate::date::PartialDate;
use crate::texts::TEXTS;

use super::page_view::{PageView, Template, template};
use super::{ClaimRow, Link, Pager, ReviewedClaim, Shortened};

/// One side of a contradiction.
#[derive(Debug, Clone, Serialize)]
pub struct DisputeSide {
    /// The claim on this side.
    pub claim: ClaimRow,
    /// The reason that the claim gives for the contradiction, including links; empty if it gives no reason.
    pub html: String,
    /// Number of claims that depend on this claim, directly or indirectly, up to a limit.
    pub dependents: usize,
    /// Whether `dependents` has reached the limit, so that there may be more.
    pub has_more_dependents: bool,
}

/// Two claims that contradict each other.
#[derive(Debug, Clone, Serialize)]
pub struct Dispute {
    /// Id of the dispute's section on the page.
    pub anchor: String,
    /// Whether the contradiction is open, which means that neither claim has been superseded or has fallen
    /// (refuted, retracted or did not happen).
    pub is_open: bool,
    /// The state of the dispute as one sentence.
    pub state: &'static str,
    /// What the claims disagree about: a metric, a question, or the beginning of a statement.
    pub subject: String,
    /// Who contradicts whom, such as `METR against Anthropic`; may be empty.
    pub parties: String,
    /// The two sides. The claim that states the contradiction comes first.
    pub sides: Vec<DisputeSide>,
}

/// The disputes about one topic.
#[derive(Debug, Clone, Serialize)]
pub struct DisputeGroup {
    /// Link to the tag; `None` for disputes between claims without tags.
    pub topic: Option<Link>,
    /// The disputes. Open ones come first, and among them those with the most dependents.
    pub disputes: Vec<Dispute>,
}

/// `disputes.html`: one page of the contradictions of the book.
#[derive(Debug, Clone, Serialize)]
pub struct DisputesPage {
    /// Number of open contradictions in the book.
    pub open: usize,
    /// Number of settled contradictions in the book.
    pub settled: usize,
    /// The contradictions on this page, by topic.
    pub groups: Vec<DisputeGroup>,
    /// The position of this page in the list of contradictions.
    pub pager: Pager,
}

impl PageView for DisputesPage {
    const TEMPLATE: Template = template!("disputes.html");

    fn title(&self) -> String {
        TEXTS.frame.disputes().to_owned()
    }

    fn description(&self) -> String {
        TEXTS.dispute.summary().to_owned()
    }
}

/// A claim that depends, directly or indirectly, on a claim that fell (refuted, retracted or did not happen).
#[derive(Debug, Clone, Serialize)]
pub struct ShakenClaim {
    /// The claim that depends on a claim that fell.
    pub claim: ClaimRow,
    /// The claims between this claim and the one that fell, beginning with the claim that it depends on directly.
    pub path: Vec<ClaimRow>,
    /// Number of claims at the end of the path that are left out.
    pub skipped: usize,
}

/// A claim that fell (refuted, retracted or did not happen), and claims that depend on it.
#[derive(Debug, Clone, Serialize)]
pub struct FallenClaim {
    /// The claim that fell, with the verdict and its reason.
    pub fallen: ReviewedClaim,
    /// Id of the group's section on the page.
    pub anchor: String,
    /// The claims on this page that depend on the claim that fell, nearest first.
    pub shaken: Vec<ShakenClaim>,
    /// Number of all claims that depend on the claim that fell.
    pub total: usize,
}

/// `fallout.html`: claims that depend on claims that fell.
#[derive(Debug, Clone, Serialize)]
pub struct FalloutPage {
    /// Number of claims in the book that fell.
    pub fallen: usize,
    /// Number of claims in the book that depend on a claim that fell.
    pub shaken: usize,
    /// Maximum number of fallen claims under which one claim is listed; the nearest are used.
    pub most: usize,
    /// The claims that fell, each with the claims on this page that depend on it. Those with the most dependents
    /// come first.
    pub groups: Vec<FallenClaim>,
    /// The position of this page in the list.
    pub pager: Pager,
}

impl PageView for FalloutPage {
    const TEMPLATE: Template = template!("fallout.html");

    fn title(&self) -> String {
        TEXTS.fallout.title().to_owned()
    }

    fn description(&self) -> String {
        TEXTS.fallout.summary().to_owned()
    }
}

/// A link to the timeline of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearLink {
    /// Address of the year's page.
    pub url: String,
    /// The year, such as `2026`.
    pub text: String,
    /// Whether the current page shows this year.
    pub current: bool,
}

/// The entries of a month in the timeline.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineMonth {
    /// Id of the month's section on the page, such as `m-2026-05`.
    pub anchor: String,
    /// The month; only the year for dates without a month.
    pub month: PartialDate,
    /// Claims said in this month, most mentioned first.
    pub said: Vec<ClaimRow>,
    /// Claims with a verdict given in this month, newest verdict first.
    pub verdicts: Vec<ReviewedClaim>,
    /// Forecasts with a deadline in this month, nearest deadline first.
    pub deadlines: Vec<ClaimRow>,
    /// Link to the page with all entries of the month, if some are left out here.
    pub all: Option<Link>,
}

/// `timeline.html`: a year, or a month with a page of its own.
#[derive(Debug, Clone, Serialize)]
pub struct TimelinePage {
    /// The year, such as `2026`, or the month on the page of a month; empty if no claim has a date.
    pub year: String,
    /// Nearby years, the first year and the last year, newest first; empty on the page of a month.
    pub years: Vec<YearLink>,
    /// Number of claims said, verdicts given and deadlines, in words.
    pub counts: Vec<String>,
    /// Link to the list of all claims said in the year.
    pub claims: Option<Link>,
    /// The months of the year, newest first. On the page of a month, only this month.
    pub months: Vec<TimelineMonth>,
    /// Link to the page of the year, on the page of a month.
    pub up: Option<Link>,
    /// The position of this page among the pages of a month; empty on the page of a year.
    pub pager: Pager,
}

impl PageView for TimelinePage {
    const TEMPLATE: Template = template!("timeline.html");

    fn title(&self) -> String {
        match self.year.as_str() {
            "" => TEXTS.frame.timeline().to_owned(),
            year => TEXTS.timeline.title_of(year),
        }
    }

    fn description(&self) -> String {
        let is_month = self.up.is_some();
        if is_month { TEXTS.timeline.about_month() } else { TEXTS.timeline.about() }.to_owned()
    }
}

/// A claim whose quotation is neither verified nor seen.
#[derive(Debug, Clone, Serialize)]
pub struct UnverifiedQuote {
    /// The claim with the quotation.
    pub claim: ClaimRow,
    /// State of the quotation: `drifted` or `unarchived`.
    pub state: &'static str,
}

/// An unreviewed claim, and how long ago it was said.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingClaim {
    /// The unreviewed claim.
    pub claim: ClaimRow,
    /// Time since the claim was said, such as `186 days`; empty if the date is not known.
    pub age: String,
}

/// One side of an open contradiction that does not explain why the other side is wrong.
#[derive(Debug, Clone, Serialize)]
pub struct UnansweredContradiction {
    /// The claim that gives no reason.
    pub silent: ClaimRow,
    /// The claim that contradicts it. It may give no reason either.
    pub other: ClaimRow,
    /// The reason that the other claim gives, including links; may be empty.
    pub html: String,
}

/// `review.html`: claims, quotations and contradictions that need a reviewer.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewPage {
    /// Overdue forecasts, earliest deadline first.
    pub overdue: Shortened<ClaimRow>,
    /// Quotations to verify: drifted quotations first, then unarchived ones.
    pub quotes: Shortened<UnverifiedQuote>,
    /// Number of drifted quotations.
    pub drifted: usize,
    /// Number of quotations that an editor saw in the source.
    pub seen: usize,
    /// Unreviewed claims, the earliest said first.
    pub unreviewed: Shortened<WaitingClaim>,
    /// Sides of open contradictions that give no reason.
    pub one_sided: Shortened<UnansweredContradiction>,
}

impl PageView for ReviewPage {
    const TEMPLATE: Template = template!("review.html");

    fn title(&self) -> String {
        TEXTS.frame.review().to_owned()
    }

    fn description(&self) -> String {
        TEXTS.review.summary().to_owned()
    }
}
