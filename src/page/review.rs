//! What waits for a reviewer?

use crate::date::days_between;
use crate::graph::{ClaimIndex, Status};
use crate::quote::QuoteState;

use super::Site;
use super::disputes::Contradiction;
use super::rows::count;
use super::view::{OneSided, ReviewPage, UnverifiedQuote, WaitingClaim};

/// Most entries of each list; the pages of a status list all.
const SHOWN: usize = 50;

impl Site<'_> {
    /// The review queue.
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
        let one_sided: Vec<(ClaimIndex, ClaimIndex)> = self
            .contradictions()
            .into_iter()
            .filter(|pair| pair.is_open)
            .flat_map(|Contradiction { one, other, .. }| [(one, other), (other, one)])
            .filter(|&(silent, other)| self.objection(silent, other).is_empty())
            .collect();
        let (drifted, unarchived) =
            (self.quotes_that_are(QuoteState::Drifted), self.quotes_that_are(QuoteState::Unarchived));
        ReviewPage {
            drifted_count: drifted.len(),
            unarchived_count: unarchived.len(),
            quotes: drifted.into_iter().chain(unarchived).take(SHOWN).collect(),
            overdue_count: overdue.len(),
            overdue: self.claim_rows(overdue.into_iter().take(SHOWN)),
            unreviewed_count: unreviewed.len(),
            unreviewed: unreviewed.into_iter().take(SHOWN).map(|claim| self.waiting(claim)).collect(),
            one_sided_count: one_sided.len(),
            one_sided: one_sided
                .into_iter()
                .take(SHOWN)
                .map(|(silent, other)| OneSided {
                    silent: self.row(silent),
                    other: self.row(other),
                    html: self.objection(other, silent),
                })
                .collect(),
        }
    }

    fn quotes_that_are(&self, state: QuoteState) -> Vec<UnverifiedQuote> {
        let is_so = |&claim: &ClaimIndex| {
            self.book.check_quote(claim, self.lock).is_some_and(|check| check.state == state)
        };
        let quote = |claim| UnverifiedQuote { claim: self.row(claim), state: state.word() };
        self.book.claims().filter(is_so).map(quote).collect()
    }

    fn waiting(&self, claim: ClaimIndex) -> WaitingClaim {
        let said = self.book.claim(claim).said.as_ref();
        let days = said.map(|said| days_between(said.value.last_day(), self.config.today).max(0));
        let age = days.and_then(|days| usize::try_from(days).ok()).map(|days| count(days, "day"));
        WaitingClaim { claim: self.row(claim), age: age.unwrap_or_default() }
    }
}
