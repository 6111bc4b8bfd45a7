//! Makes the review queue: claims without a verdict, quotations that are not verified, and contradictions that only
//! one side explains.

use crate::date::days_between;
use crate::graph::{ClaimIndex, Edge, Status};
use crate::quote::QuoteState;
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::parts::pager::shortened;
use crate::page::view::{ReviewPage, UnansweredContradiction, UnverifiedQuote, WaitingClaim};

/// Maximum number of entries in each list. The pages of a status, the page of disputes and `data/claims.json` have
/// the rest.
const OVERDUE: usize = 20;
const QUOTES: usize = 20;
const UNREVIEWED: usize = 50;
const ONE_SIDED: usize = 15;

impl Site<'_> {
    /// The view of the review queue.
    pub fn review(&self) -> ReviewPage {
        let with = |status: Status| {
            let book = self.book;
            book.claims().filter(move |&claim| book.node(claim).status == status)
        };
        let overdue = self.by_deadline(with(Status::Overdue));
        let mut unreviewed: Vec<ClaimIndex> = with(Status::Unreviewed).collect();
        unreviewed.sort_by_cached_key(|&claim| {
            let said = self.book.claim(claim).said.as_ref().map(|said| said.value.last_day());
            (said.is_none(), said, claim)
        });
        let contradictions = self.contradictions();
        let one_sided: Vec<(ClaimIndex, ClaimIndex, &[Edge])> = contradictions
            .iter()
            .filter(|pair| pair.is_open)
            .flat_map(|pair| {
                let [one, other] = pair.both_ways();
                [(one, other.2), (other, one.2)]
            })
            .filter(|((_, _, stated), _)| self.objection(stated).is_empty())
            .map(|((silent, other, _), answered)| (silent, other, answered))
            .collect();
        let mut quotes = self.quotes_that_are(QuoteState::Drifted);
        let drifted = quotes.len();
        quotes.extend(self.quotes_that_are(QuoteState::Unarchived));
        let all = |status: Status, text: fn(usize) -> String| {
            move |all: &[ClaimIndex]| vec![self.status_link(status, &text(all.len()))]
        };
        ReviewPage {
            drifted,
            seen: self.quotes_that_are(QuoteState::Seen).len(),
            quotes: shortened(
                quotes,
                QUOTES,
                |all| vec![self.link("data/claims.json", &TEXTS.review.all_quotes(all.len()))],
                |(claim, state)| UnverifiedQuote { claim: self.row(claim), state: state.word() },
            ),
            overdue: shortened(
                overdue,
                OVERDUE,
                all(Status::Overdue, |count| TEXTS.forecast.all_overdue(count)),
                |claim| self.row(claim),
            ),
            unreviewed: shortened(
                unreviewed,
                UNREVIEWED,
                all(Status::Unreviewed, |count| TEXTS.filter.all_unreviewed(count)),
                |claim| self.waiting(claim),
            ),
            one_sided: shortened(
                one_sided,
                ONE_SIDED,
                |_| vec![self.link("disputes/", TEXTS.home.all_disputes())],
                |(silent, other, stated)| UnansweredContradiction {
                    silent: self.row(silent),
                    other: self.row(other),
                    html: self.objection(stated),
                },
            ),
        }
    }

    fn quotes_that_are(&self, state: QuoteState) -> Vec<(ClaimIndex, QuoteState)> {
        let is_so = |&claim: &ClaimIndex| self.check_quote(claim).is_some_and(|check| check.state == state);
        self.book.claims().filter(is_so).map(|claim| (claim, state)).collect()
    }

    fn waiting(&self, claim: ClaimIndex) -> WaitingClaim {
        let said = self.book.claim(claim).said.as_ref();
        let days = said.map(|said| days_between(said.value.last_day(), self.config.today).max(0));
        let age = days.and_then(|days| usize::try_from(days).ok()).map(|days| TEXTS.count.days(days));
        WaitingClaim { claim: self.row(claim), age: age.unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim, quoting};

    #[test]
    fn the_queue_lists_what_waits_for_a_review() {
        let forecast = |facts: &str| format!("kind:: forecast\n{facts}");
        let body = [
            claim("old", "said:: 2025-03"),
            claim("undated", ""),
            claim("new", "said:: 2026-11-21"),
            claim("judged", "verdict:: 2026-11-20 supported by J. Doe"),
            claim("late", &forecast("resolves:: 2026-11-21")),
            claim("later", &forecast("resolves:: 2026-10")),
            claim("open", &forecast("resolves:: 2026-11-22")),
            claim("left", "contradicts:: [it](claim:right) — left says so"),
            quoting("right", "It is so", ""),
        ];
        let example = Example::of_article(&body.concat());
        let review = example.site().review();
        let waiting: Vec<(&str, &str)> =
            review.unreviewed.items.iter().map(|one| (one.claim.id.as_str(), one.age.as_str())).collect();
        assert_eq!(waiting, [("old", "601 days"), ("new", "1 day"), ("undated", "")]);
        let overdue: Vec<&str> = review.overdue.items.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(overdue, ["later", "late"]);
        let one_sided: Vec<[&str; 3]> = review
            .one_sided
            .items
            .iter()
            .map(|pair| [pair.silent.id.as_str(), pair.other.id.as_str(), pair.html.as_str()])
            .collect();
        assert_eq!(one_sided, [["right", "left", "Left says so"]]);
        let quotes: Vec<(&str, &str)> =
            review.quotes.items.iter().map(|quote| (quote.claim.id.as_str(), quote.state)).collect();
        assert_eq!(quotes, [("right", "unarchived")]);
        assert_eq!((review.drifted, review.seen), (0, 0));
        example.render().page("review/index.html").contains("601 days");
    }
}
