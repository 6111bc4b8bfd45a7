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

/// Whether a claim was said by the day of the build, has not fallen and is not superseded.
fn is_active(book: &Book, index: ClaimIndex) -> bool {
    book.is_said(index) && !book.has_fallen(index) && !is_superseded(book, index)
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, TODAY, article, claim};

    /// Asserts the statuses of claims on a day. Each claim is its id, its facts, and the expected status.
    #[track_caller]
    fn check_on(day: &str, claims: &[(&str, &str, &str)]) {
        let body: String = claims.iter().map(|(id, facts, _)| claim(id, facts)).collect();
        let example = Example::on(day, &[("content/articles/a.md", &article(&body))]);
        for (id, _, expected) in claims {
            assert_eq!(example.book.node(example.index(id)).status.word(), *expected, "{id} on {day}");
        }
    }

    #[track_caller]
    fn check(claims: &[(&str, &str, &str)]) {
        check_on(TODAY, claims);
    }

    #[test]
    fn the_latest_verdict_decides() {
        check(&[
            ("plain", "", "unreviewed"),
            ("opinion", "kind:: opinion", "unreviewed"),
            ("judged", "verdict:: 2026-11-20 supported by J. Doe", "supported"),
            (
                "one-day",
                "verdict:: 2026-11-20 supported by J. Doe\nverdict:: 2026-11-20 mixed by J. Doe",
                "mixed",
            ),
            (
                "unordered",
                "verdict:: 2026-11-20 refuted by J. Doe\nverdict:: 2026-11-10 mixed by J. Doe",
                "refuted",
            ),
            (
                "month",
                "verdict:: 2026-11-02 refuted by J. Doe\nverdict:: 2026-11 supported by J. Doe",
                "refuted",
            ),
            ("unverifiable", "verdict:: 2026 unverifiable by J. Doe", "unverifiable"),
        ]);
    }

    #[test]
    fn a_newer_claim_replaces_any_verdict_but_a_retraction() {
        check(&[
            ("judged", "verdict:: 2026-11-20 supported by J. Doe", "superseded"),
            ("refuted", "verdict:: 2026-11-20 refuted by J. Doe", "superseded"),
            ("retracted", "verdict:: 2026-11-20 retracted by J. Doe", "retracted"),
            ("unjudged", "", "superseded"),
            (
                "new",
                "supersedes:: [a](claim:judged)\nsupersedes:: [b](claim:refuted)\n\
                 supersedes:: [c](claim:retracted)\nsupersedes:: [d](claim:unjudged)",
                "unreviewed",
            ),
        ]);
    }

    #[test]
    fn a_contradiction_counts_while_the_other_claim_stands() {
        check(&[
            ("left", "contradicts:: [it](claim:right) — so", "contested"),
            ("right", "", "contested"),
            ("wrong", "verdict:: 2026-11-20 refuted by J. Doe", "refuted"),
            ("against-wrong", "contradicts:: [it](claim:wrong) — so", "unreviewed"),
            ("missed", "kind:: forecast\nverdict:: 2026-11-20 did-not-happen by J. Doe", "did-not-happen"),
            ("against-missed", "contradicts:: [it](claim:missed) — so", "unreviewed"),
            ("taken-back", "verdict:: 2026-11-20 retracted by J. Doe", "retracted"),
            ("against-taken-back", "contradicts:: [it](claim:taken-back) — so", "unreviewed"),
            ("old", "", "superseded"),
            ("new", "supersedes:: [it](claim:old)", "unreviewed"),
            ("against-old", "contradicts:: [it](claim:old) — so", "unreviewed"),
            ("judged", "verdict:: 2026-11-20 mixed by J. Doe", "mixed"),
            ("against-judged", "contradicts:: [it](claim:judged) — so", "contested"),
            ("supporter", "supports:: [it](claim:lonely)", "unreviewed"),
            ("lonely", "", "unreviewed"),
        ]);
    }

    #[test]
    fn a_forecast_is_open_until_its_deadline_has_passed() {
        let forecast = |facts: &str| format!("kind:: forecast\n{facts}");
        check(&[
            ("undated", &forecast(""), "open"),
            ("later", &forecast("resolves:: 2026-11"), "open"),
            ("today", &forecast("resolves:: 2026-11-22"), "open"),
            ("past", &forecast("resolves:: 2026-11-21"), "overdue"),
            ("done", &forecast("resolves:: 2026-10\nverdict:: 2026-11-20 came-true by J. Doe"), "came-true"),
            ("moved", &forecast("resolves:: 2026-10"), "superseded"),
            ("again", &forecast("resolves:: 2027\nsupersedes:: [it](claim:moved)"), "open"),
            // Unlike other claims, a forecast that was judged keeps its verdict.
            ("judged", &forecast("verdict:: 2026-11-20 partly by J. Doe"), "partly"),
            ("newer", &forecast("resolves:: 2027\nsupersedes:: [it](claim:judged)"), "open"),
            // Forecasts that contradict each other are not contested.
            ("yes", &forecast("resolves:: 2027\ncontradicts:: [it](claim:no) — so"), "open"),
            ("no", &forecast("resolves:: 2027"), "open"),
        ]);
    }

    #[test]
    fn what_is_dated_after_the_day_does_not_count() {
        check(&[
            ("later", "said:: 2027", "not-said"),
            ("judged-later", "verdict:: 2026-12 refuted by J. Doe", "unreviewed"),
            (
                "judged-again-later",
                "verdict:: 2026-11 mixed by J. Doe\nverdict:: 2026-11-30 refuted by J. Doe",
                "mixed",
            ),
            // The day after the day of the build counts.
            ("tomorrow", "said:: 2026-11-23\nverdict:: 2026-11-23 refuted by J. Doe", "refuted"),
            ("after-tomorrow", "said:: 2026-11-24", "not-said"),
            ("superseded-later", "", "unreviewed"),
            ("newer", "said:: 2027\nsupersedes:: [it](claim:superseded-later)", "not-said"),
            ("contested-later", "", "unreviewed"),
            ("against", "said:: 2027\ncontradicts:: [it](claim:contested-later) — so", "not-said"),
        ]);
    }

    #[test]
    fn the_status_of_a_claim_is_that_of_the_day() {
        for (day, [forecast, last, new, old, rests]) in [
            ("2024-03-10", ["not-said", "not-said", "not-said", "unreviewed", "unreviewed"]),
            // The day after the day of the build counts.
            ("2024-03-31", ["open", "not-said", "not-said", "unreviewed", "unreviewed"]),
            ("2024-12-31", ["open", "not-said", "not-said", "unreviewed", "unreviewed"]),
            // A month begins with its first day.
            ("2025-05-01", ["open", "not-said", "unreviewed", "superseded", "unreviewed"]),
            ("2025-06-02", ["came-true", "not-said", "unreviewed", "superseded", "unreviewed"]),
            ("2026-03-01", ["came-true", "contested", "contested", "superseded", "unreviewed"]),
            ("2026-07-02", ["came-true", "unreviewed", "refuted", "superseded", "unreviewed"]),
        ] {
            check_on(
                day,
                &[
                    ("old", "said:: 2024-03-01", old),
                    (
                        "new",
                        "said:: 2025-05\nsupersedes:: [x](claim:old)\nverdict:: 2026-07-01 refuted by J. Doe",
                        new,
                    ),
                    ("last", "said:: 2026-02-01\ncontradicts:: [x](claim:new) — it is not so", last),
                    ("rests", "said:: 2024-03-02\ndepends-on:: [x](claim:new)", rests),
                    (
                        "forecast",
                        "kind:: forecast\nsaid:: 2024-04-01\nprobability:: 70% stated\nresolves:: 2025\n\
                         verdict:: 2025-06-01 came-true by J. Doe",
                        forecast,
                    ),
                ],
            );
        }
    }
}
