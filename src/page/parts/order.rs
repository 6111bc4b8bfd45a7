//! Chooses and sorts the claims and write-ups of a page.

use std::collections::BTreeSet;

use crate::document::{DocumentKind, Kind};
use crate::graph::{ClaimIndex, DocumentIndex, article_sort_key, claim_sort_key};
use crate::page::{Site, SiteStructure};

impl SiteStructure<'_> {
    /// Sorts claims by the date on which they were said, newest first. Claims without a date come last, sorted by
    /// id.
    pub fn newest_first(&self, claims: impl IntoIterator<Item = ClaimIndex>) -> Vec<ClaimIndex> {
        let mut claims: Vec<ClaimIndex> = claims.into_iter().collect();
        claims.sort_by_cached_key(|&index| claim_sort_key(self.book, index));
        claims
    }

    /// Sorts the forecasts of a question, oldest first. Forecasts without a date come last.
    pub fn oldest_first(&self, claims: &[ClaimIndex]) -> Vec<ClaimIndex> {
        let mut oldest_first = self.newest_first(claims.iter().copied());
        oldest_first.reverse();
        oldest_first.sort_by_key(|&index| self.book.claim(index).said.is_none());
        oldest_first
    }

    /// The write-ups among `articles`, each once and newest first, in the order of the list of all write-ups.
    pub(in crate::page) fn articles_newest_first(
        &self,
        articles: impl IntoIterator<Item = DocumentIndex>,
    ) -> Vec<DocumentIndex> {
        let mut articles: Vec<DocumentIndex> = articles
            .into_iter()
            .filter(|&index| self.book.document(index).kind == DocumentKind::Article)
            .collect();
        articles.sort_by_cached_key(|&index| article_sort_key(self.book.document(index), index));
        articles.dedup();
        articles
    }

    /// The forecasts among `claims`, nearest deadline first. Forecasts without a deadline come last.
    pub(in crate::page) fn by_deadline(&self, claims: impl Iterator<Item = ClaimIndex>) -> Vec<ClaimIndex> {
        let mut forecasts: Vec<ClaimIndex> =
            claims.filter(|&claim| self.book.claim(claim).kind == Kind::Forecast).collect();
        forecasts.sort_by_cached_key(|&index| {
            let deadline = self.book.claim(index).resolves.as_ref().map(|date| date.value.last_day());
            (deadline.is_none(), deadline, index)
        });
        forecasts
    }

    /// Whether a claim has a file of its own and does not belong to a write-up.
    pub(in crate::page) fn has_own_file(&self, claim: ClaimIndex) -> bool {
        self.book.document(self.book.node(claim).document).kind == DocumentKind::Claim
    }
}

impl SiteStructure<'_> {
    /// Claims with a verdict, newest verdict first. Of verdicts with the same date, those on the most mentioned
    /// claims come first.
    pub(in crate::page) fn reviewed_newest_first(
        &self,
        claims: impl Iterator<Item = ClaimIndex>,
    ) -> Vec<ClaimIndex> {
        let mut reviewed: Vec<_> = claims
            .filter_map(|index| {
                let date = self.book.latest_verdict(index)?.date.value.last_day();
                let mentions = self.book.node(index).mentions.len();
                Some((std::cmp::Reverse((date, mentions)), index))
            })
            .collect();
        reviewed.sort_unstable();
        reviewed.into_iter().map(|(_, index)| index).collect()
    }
}

impl Site<'_> {
    /// The claims that a write-up shows: its own claims, then the claims with files of their own that it mentions.
    pub fn claims_shown(&self, index: DocumentIndex) -> impl Iterator<Item = ClaimIndex> {
        let mut claims: Vec<ClaimIndex> = self.book.claims_in(index).collect();
        let mut seen: BTreeSet<ClaimIndex> = claims.iter().copied().collect();
        for reference in &self.book.document(index).references {
            let crate::document::Target::Claim(id) = &reference.target else { continue };
            if reference.role == crate::document::ReferenceRole::Fact {
                continue;
            }
            let Some(claim) = self.book.find_claim(id) else { continue };
            if self.has_own_file(claim) && seen.insert(claim) {
                claims.push(claim);
            }
        }
        claims.into_iter()
    }

    /// The claims that a write-up shows and that were said by the day of the build.
    pub fn claims_counted(&self, index: DocumentIndex) -> impl Iterator<Item = ClaimIndex> {
        self.claims_shown(index).filter(|&claim| self.book.is_said(claim))
    }

    /// All forecasts, nearest deadline first. Forecasts without a deadline come last.
    pub(in crate::page) fn forecasts_by_deadline(&self) -> Vec<ClaimIndex> {
        self.by_deadline(self.book.claims())
    }
}
