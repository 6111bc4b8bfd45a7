//! Who contradicts whom, and what rests on claims that fell?

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::{RelationKind, VerdictWord};
use crate::graph::{ClaimIndex, Status};

use super::Site;
use super::pager::slice;
use super::rows::capitalised;
use super::view::{Dispute, DisputeSide, DisputesPage, FallenClaim, FalloutPage, ShakenClaim};

/// Contradictions on one page: each is two claims with their reasons.
pub const DISPUTES_PER_PAGE: usize = 25;
/// Claims that rest on one that fell, on one page.
pub const FALLOUT_PER_PAGE: usize = 25;
/// Most steps shown of the way from a claim to one that fell.
const STEPS: usize = 6;

/// Two claims that contradict each other, each pair once.
#[derive(Debug, Clone, Copy)]
pub struct Contradiction {
    /// The claim that states it; where both do, the one with the smaller id.
    pub one: ClaimIndex,
    /// The other.
    pub other: ClaimIndex,
    /// Both claims stand.
    pub is_open: bool,
}

/// What rests on claims that fell: the claim that fell, how many rest on it, and one that does.
pub type Fallout = Vec<(ClaimIndex, usize, ClaimIndex)>;

impl Site<'_> {
    /// Every contradiction: open ones first, those on which most claims depend before others.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for one in self.book.claims() {
            for &edge in &self.book.node(one).outgoing {
                let is_contradiction = self.book.relation(edge).kind == RelationKind::Contradicts;
                let pair = (one.min(edge.other), one.max(edge.other));
                if is_contradiction && seen.insert(pair) {
                    let is_open = self.stands(one) && self.stands(edge.other);
                    found.push(Contradiction { one, other: edge.other, is_open });
                }
            }
        }
        found.sort_by_cached_key(|pair| {
            let dependents = self.dependents(pair.one) + self.dependents(pair.other);
            (!pair.is_open, Reverse(dependents), pair.one, pair.other)
        });
        found
    }

    /// One page of the contradictions.
    pub fn disputes(&self, all: &[Contradiction], number: usize) -> DisputesPage {
        let open = all.iter().filter(|pair| pair.is_open).count();
        let dispute = |pair: &Contradiction| Dispute {
            anchor: format!(
                "{}_{}",
                self.book.claim(pair.one).id.value,
                self.book.claim(pair.other).id.value
            ),
            is_open: pair.is_open,
            state: self.state_of(*pair),
            sides: vec![self.side(pair.one, pair.other), self.side(pair.other, pair.one)],
        };
        DisputesPage {
            open,
            settled: all.len() - open,
            disputes: slice(all, number, DISPUTES_PER_PAGE).iter().map(dispute).collect(),
            pager: self.pager("disputes/", number, all.len(), DISPUTES_PER_PAGE),
        }
    }

    fn side(&self, claim: ClaimIndex, against: ClaimIndex) -> DisputeSide {
        DisputeSide {
            claim: self.row(claim),
            html: self.objection(claim, against),
            dependents: self.dependents(claim),
        }
    }

    /// Why a claim says that another is wrong; empty when it does not say.
    pub(super) fn objection(&self, claim: ClaimIndex, against: ClaimIndex) -> String {
        let mut relations = self
            .book
            .node(claim)
            .outgoing
            .iter()
            .filter(|edge| edge.other == against)
            .map(|&edge| self.book.relation(edge))
            .filter(|relation| relation.kind == RelationKind::Contradicts);
        relations
            .find_map(|relation| relation.reason.as_ref())
            .map(|reason| capitalised(self.rich_html(reason)))
            .unwrap_or_default()
    }

    /// Neither superseded nor fallen: as in the rule for what is contested.
    fn stands(&self, claim: ClaimIndex) -> bool {
        let word = self.book.claim(claim).last_verdict().map(|verdict| verdict.word.value);
        self.book.node(claim).status != Status::Superseded && !word.is_some_and(VerdictWord::is_fall)
    }

    fn state_of(&self, pair: Contradiction) -> &'static str {
        let (one, other) = (self.stands(pair.one), self.stands(pair.other));
        let is_judged = |claim| matches!(self.book.node(claim).status, Status::Verdict(_));
        match (one, other) {
            (true, true) if is_judged(pair.one) && is_judged(pair.other) => {
                "Both claims were judged, and both still stand."
            }
            (true, true) if is_judged(pair.one) || is_judged(pair.other) => {
                "Only one of the claims was judged, and both still stand."
            }
            (true, true) => "Nobody has judged between them.",
            (false, false) => "Neither claim stands any more.",
            _ => "One of the claims does not stand any more.",
        }
    }

    /// How many claims depend on a claim, however far up.
    pub(super) fn dependents(&self, claim: ClaimIndex) -> usize {
        let mut seen = BTreeSet::from([claim]);
        let mut waiting = vec![claim];
        while let Some(at) = waiting.pop() {
            let incoming = &self.book.node(at).incoming;
            let depends =
                incoming.iter().filter(|&&edge| self.book.relation(edge).kind == RelationKind::DependsOn);
            waiting.extend(depends.map(|edge| edge.other).filter(|&other| seen.insert(other)));
        }
        seen.len() - 1
    }

    /// What rests on claims that fell: those first on which most rest.
    pub fn fallen_claims(&self) -> Fallout {
        let mut groups: BTreeMap<ClaimIndex, Vec<ClaimIndex>> = BTreeMap::new();
        for claim in self.book.claims() {
            for fall in &self.book.node(claim).falls {
                groups.entry(fall.fallen).or_default().push(claim);
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(fallen, shaken)| (Reverse(shaken.len()), *fallen));
        let pairs = groups.into_iter().flat_map(|(fallen, shaken)| {
            let total = shaken.len();
            shaken.into_iter().map(move |claim| (fallen, total, claim))
        });
        pairs.collect()
    }

    /// One page of what rests on claims that fell.
    pub fn fallout(&self, all: &Fallout, number: usize) -> FalloutPage {
        let book = self.book;
        let fell = |claim: &ClaimIndex| {
            book.claim(*claim).last_verdict().is_some_and(|verdict| verdict.word.value.is_fall())
        };
        FalloutPage {
            fallen: book.claims().filter(fell).count(),
            shaken: book.claims().filter(|&claim| !book.node(claim).falls.is_empty()).count(),
            groups: slice(all, number, FALLOUT_PER_PAGE)
                .chunk_by(|one, other| one.0 == other.0)
                .filter_map(|group| self.fallen(group))
                .collect(),
            pager: self.pager("fallout/", number, all.len(), FALLOUT_PER_PAGE),
        }
    }

    fn fallen(&self, group: &[(ClaimIndex, usize, ClaimIndex)]) -> Option<FallenClaim> {
        let &(fallen, total, _) = group.first()?;
        let mut ways: Vec<(usize, ClaimIndex, Vec<ClaimIndex>)> = group
            .iter()
            .map(|&(_, _, claim)| {
                let mut path = self.book.path_of_fall(claim, fallen);
                path.pop();
                (path.len(), claim, path)
            })
            .collect();
        ways.sort();
        let claim = |(length, claim, path): (usize, ClaimIndex, Vec<ClaimIndex>)| ShakenClaim {
            claim: self.row(claim),
            path: self.claim_rows(path.into_iter().take(STEPS)),
            skipped: length.saturating_sub(STEPS),
        };
        Some(FallenClaim {
            fallen: self.reviewed(std::iter::once(fallen)).pop()?,
            anchor: format!("fall_{}", self.book.claim(fallen).id.value),
            total,
            shaken: ways.into_iter().map(claim).collect(),
        })
    }
}
