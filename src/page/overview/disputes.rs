//! Makes the pages of claims that contradict each other, and of claims that depend on a claim that fell. A claim
//! fell if its last verdict is that it was refuted, was retracted or did not happen.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::RelationKind;
use crate::graph::{Book, ClaimIndex, Edge, MAX_FALLEN_DEPENDENCIES, Status};
use crate::texts::TEXTS;

use crate::page::parts::card::beginning;
use crate::page::parts::pager::slice;
use crate::page::parts::rows::capitalised;
use crate::page::view::{
    Dispute, DisputeGroup, DisputeSide, DisputesPage, FallenClaim, FalloutPage, ShakenClaim,
};
use crate::page::{Site, SiteStructure};

/// Number of contradictions on one page. Each contradiction is a line, which opens to two claims with their reasons.
pub const DISPUTES_PER_PAGE: usize = 25;
/// Maximum number of characters of a statement that says what a dispute is about.
const MAX_SUBJECT: usize = 70;
/// Number of claims on one page of the list of claims that depend on one that fell.
pub const FALLOUT_PER_PAGE: usize = 25;
/// Maximum number of dependents that are counted for a claim in a dispute. An exact count for many claims would
/// take more than linear time in the size of the book.
const MAX_DEPENDENTS: usize = 100;
/// Maximum number of claims shown between a claim and the one that fell.
const STEPS: usize = 6;

/// Two claims that contradict each other. Each pair appears once, even if both claims state the contradiction.
#[derive(Debug, Clone)]
pub struct Contradiction {
    /// The claim that states the contradiction, then the other claim. If both state it, the one with the smaller id
    /// comes first.
    sides: [Side; 2],
    /// Whether the contradiction is open, which means that neither claim has been superseded or has fallen
    /// (refuted, retracted or did not happen).
    pub is_open: bool,
}

/// One of the two claims of a contradiction.
#[derive(Debug, Clone)]
struct Side {
    claim: ClaimIndex,
    /// The relations of this claim that state the contradiction. They are stored because a claim may have many
    /// relations, and a search through them for each contradiction would be slow.
    stated: Vec<Edge>,
    /// Number of claims that depend on this claim, directly or indirectly; at most [`MAX_DEPENDENTS`].
    dependents: usize,
}

impl Contradiction {
    /// Each of the two claims, with the other claim and the relations in which it states the contradiction.
    pub(in crate::page) fn both_ways(&self) -> [(ClaimIndex, ClaimIndex, &[Edge]); 2] {
        let [one, other] = &self.sides;
        [(one.claim, other.claim, &one.stated), (other.claim, one.claim, &other.stated)]
    }
}

/// The claims that depend, directly or indirectly, on a claim that fell (refuted, retracted or did not happen).
#[derive(Debug)]
pub struct Fallout {
    /// Number of claims that fell.
    fallen: usize,
    /// Number of claims that depend on a claim that fell.
    shaken: usize,
    /// A claim that fell, the number of claims that depend on it, and one of these claims.
    pairs: Vec<(ClaimIndex, usize, ClaimIndex)>,
}

impl Fallout {
    /// Number of pairs of a claim that fell and a claim that depends on it.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether no claim depends on a claim that fell.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl SiteStructure<'_> {
    /// Every contradiction. Open contradictions come first, and among them those with the most dependents.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let mut places: BTreeMap<(ClaimIndex, ClaimIndex), usize> = BTreeMap::new();
        let mut found: Vec<Contradiction> = Vec::new();
        let mut dependents = Dependents::of(self.book);
        for one in self.book.claims() {
            for &edge in &self.book.node(one).outgoing {
                if self.book.relation(edge).kind != RelationKind::Contradicts {
                    continue;
                }
                let pair = (one.min(edge.other), one.max(edge.other));
                let place = *places.entry(pair).or_insert_with(|| {
                    let is_open = self.stands(one) && self.stands(edge.other);
                    let sides = [one, edge.other].map(|claim| dependents.side(claim));
                    found.push(Contradiction { sides, is_open });
                    found.len() - 1
                });
                let sides = &mut found[place].sides;
                sides.iter_mut().filter(|side| side.claim == one).for_each(|side| side.stated.push(edge));
            }
        }
        found.sort_by_cached_key(|pair| {
            let [one, other] = &pair.sides;
            (!pair.is_open, Reverse(one.dependents + other.dependents), one.claim, other.claim)
        });
        found
    }

    /// The claims that depend on a claim that fell, grouped by the claim that fell. The group with the most claims
    /// comes first.
    pub fn fallout(&self) -> Fallout {
        let mut groups: BTreeMap<ClaimIndex, Vec<ClaimIndex>> = BTreeMap::new();
        for claim in self.book.claims() {
            for fall in &self.book.node(claim).fallen_dependencies {
                groups.entry(fall.fallen).or_default().push(claim);
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(fallen, shaken)| (Reverse(shaken.len()), *fallen));
        let pairs = groups.into_iter().flat_map(|(fallen, shaken)| {
            let total = shaken.len();
            shaken.into_iter().map(move |claim| (fallen, total, claim))
        });
        let book = self.book;
        Fallout {
            fallen: book.claims().filter(|&claim| book.has_fallen(claim)).count(),
            shaken: book.claims().filter(|&claim| !book.node(claim).fallen_dependencies.is_empty()).count(),
            pairs: pairs.collect(),
        }
    }
}

impl SiteStructure<'_> {
    /// Whether a claim does not have the status `superseded` and has not fallen (refuted, retracted or did not
    /// happen).
    fn stands(&self, claim: ClaimIndex) -> bool {
        self.book.node(claim).status != Status::Superseded && !self.book.has_fallen(claim)
    }
}

impl SiteStructure<'_> {
    /// Every contradiction, grouped by topic. The topic with the most contradictions comes first. Within a topic, the
    /// order is that of [`Self::contradictions`].
    pub fn disputes_by_topic(&self) -> Vec<Contradiction> {
        let mut all = self.contradictions();
        let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for pair in &all {
            *counts.entry(self.topic_of(pair)).or_default() += 1;
        }
        all.sort_by_cached_key(|pair| {
            let topic = self.topic_of(pair);
            (topic.is_none(), Reverse(counts.get(&topic).copied()), topic)
        });
        all
    }

    /// The first tag of the claim that states the contradiction, or else of the other claim.
    fn topic_of(&self, pair: &Contradiction) -> Option<usize> {
        pair.sides.iter().find_map(|side| self.book.node(side.claim).tags.first().copied())
    }
}

impl Site<'_> {
    /// Page `number` of the contradictions in `all`, of which `open` are open. `all` is the result of
    /// [`SiteStructure::disputes_by_topic`].
    pub fn disputes(&self, all: &[Contradiction], open: usize, number: usize) -> DisputesPage {
        let groups = slice(all, number, DISPUTES_PER_PAGE)
            .chunk_by(|one, other| self.topic_of(one) == self.topic_of(other));
        let group = |pairs: &[Contradiction]| DisputeGroup {
            topic: pairs.first().and_then(|pair| self.topic_of(pair)).map(|tag| self.tag_link(tag)),
            disputes: pairs.iter().map(|pair| self.dispute(pair)).collect(),
        };
        DisputesPage {
            open,
            settled: all.len() - open,
            groups: groups.map(group).collect(),
            pager: self.pager("disputes/", number, all.len(), DISPUTES_PER_PAGE),
        }
    }

    fn dispute(&self, pair: &Contradiction) -> Dispute {
        let id = |side: &Side| self.book.claim(side.claim).id.value.as_str();
        Dispute {
            anchor: format!("{}_{}", id(&pair.sides[0]), id(&pair.sides[1])),
            is_open: pair.is_open,
            state: self.state_of(pair),
            subject: self.subject_of(pair),
            parties: self.parties_of(pair),
            sides: pair.sides.iter().map(|side| self.side(side)).collect(),
        }
    }

    /// What two claims disagree about: their metric, their question, or else the beginning of the first statement.
    fn subject_of(&self, pair: &Contradiction) -> String {
        let sides = || pair.sides.iter().map(|side| side.claim);
        let metric = sides().find_map(|claim| self.book.node(claim).metric);
        let question = sides().find_map(|claim| self.book.claim(claim).question.as_ref());
        match (metric, question) {
            (Some(metric), _) => self.book.metrics().get(metric).name.clone(),
            (None, Some(question)) => self.question_link(&question.value).text,
            (None, None) => {
                beginning(self.book.claim(pair.sides[0].claim).statement.value.read(self.access), MAX_SUBJECT)
            }
        }
    }

    /// Who contradicts whom, such as `METR against Anthropic`.
    fn parties_of(&self, pair: &Contradiction) -> String {
        let [one, other] = [0, 1].map(|side| &self.book.node(pair.sides[side].claim).by);
        let name = |by: &[usize]| by.first().map(|&speaker| self.book.speakers().get(speaker).name.clone());
        match (name(one), name(other)) {
            (Some(one), Some(other)) if one == other => TEXTS.dispute.against_itself(one),
            (Some(one), Some(other)) => TEXTS.dispute.against(one, other),
            _ => String::new(),
        }
    }

    fn side(&self, side: &Side) -> DisputeSide {
        DisputeSide {
            claim: self.row(side.claim),
            html: self.objection(&side.stated),
            dependents: side.dependents,
            has_more_dependents: side.dependents == MAX_DEPENDENTS,
        }
    }

    /// The reason that a claim gives for a contradiction, as HTML. `stated` are the claim's relations that state
    /// the contradiction. The result is empty if these relations have no reason.
    pub(in crate::page) fn objection(&self, stated: &[Edge]) -> String {
        let mut relations = stated.iter().map(|&edge| self.book.relation(edge));
        relations
            .find_map(|relation| relation.reason.as_ref())
            .map(|reason| capitalised(self.rich_html(reason.read(self.access))))
            .unwrap_or_default()
    }

    fn state_of(&self, pair: &Contradiction) -> &'static str {
        let [one, other] = [pair.sides[0].claim, pair.sides[1].claim];
        let is_judged = |claim| matches!(self.book.node(claim).status, Status::Verdict(_));
        match (self.stands(one), self.stands(other)) {
            (true, true) if is_judged(one) && is_judged(other) => TEXTS.dispute.both_judged(),
            (true, true) if is_judged(one) || is_judged(other) => TEXTS.dispute.one_judged(),
            (true, true) => TEXTS.dispute.none_judged(),
            (false, false) => TEXTS.dispute.neither_stands(),
            _ => TEXTS.dispute.one_stands(),
        }
    }

    /// Page `number` of the claims that depend on a claim that fell.
    pub fn fallout_page(&self, all: &Fallout, number: usize) -> FalloutPage {
        FalloutPage {
            fallen: all.fallen,
            shaken: all.shaken,
            most: MAX_FALLEN_DEPENDENCIES,
            groups: slice(&all.pairs, number, FALLOUT_PER_PAGE)
                .chunk_by(|one, other| one.0 == other.0)
                .filter_map(|group| self.fallen(group))
                .collect(),
            pager: self.pager("fallout/", number, all.len(), FALLOUT_PER_PAGE),
        }
    }

    fn fallen(&self, group: &[(ClaimIndex, usize, ClaimIndex)]) -> Option<FallenClaim> {
        let &(fallen, total, _) = group.first()?;
        let steps = |claim: ClaimIndex| {
            let mut falls = self.book.node(claim).fallen_dependencies.iter();
            falls.find(|fall| fall.fallen == fallen).map_or(1, |fall| fall.steps as usize)
        };
        let mut ways: Vec<(usize, ClaimIndex)> =
            group.iter().map(|&(_, _, claim)| (steps(claim) - 1, claim)).collect();
        ways.sort_unstable();
        let claim = |(between, claim): (usize, ClaimIndex)| ShakenClaim {
            claim: self.row(claim),
            path: self.claim_rows(self.book.path_to_fallen(claim, fallen).take(between.min(STEPS))),
            skipped: between.saturating_sub(STEPS),
        };
        Some(FallenClaim {
            fallen: self.reviewed(std::iter::once(fallen)).pop()?,
            anchor: format!("fall_{}", self.book.claim(fallen).id.value),
            total,
            shaken: ways.into_iter().map(claim).collect(),
        })
    }
}

/// Counts the claims that depend on a claim, directly or indirectly.
struct Dependents {
    /// The claims that depend on each claim directly, by [`ClaimIndex::as_usize`].
    direct: Vec<Vec<ClaimIndex>>,
    /// The counts so far, because a claim may be part of many contradictions.
    known: BTreeMap<ClaimIndex, usize>,
}

impl Dependents {
    fn of(book: &Book) -> Self {
        let direct = |claim| {
            let incoming = book.node(claim).incoming.iter();
            let depends = incoming.filter(|&&edge| book.relation(edge).kind == RelationKind::DependsOn);
            depends.map(|edge| edge.other).collect()
        };
        Self { direct: book.all_claims().map(direct).collect(), known: BTreeMap::new() }
    }

    fn side(&mut self, claim: ClaimIndex) -> Side {
        let direct = &self.direct;
        let dependents = *self.known.entry(claim).or_insert_with(|| count_above(direct, claim));
        Side { claim, stated: Vec::new(), dependents }
    }
}

/// Number of claims that depend on `claim`, directly or indirectly; at most [`MAX_DEPENDENTS`].
fn count_above(direct: &[Vec<ClaimIndex>], claim: ClaimIndex) -> usize {
    let mut seen = BTreeSet::from([claim]);
    let mut waiting = vec![claim];
    while let Some(at) = waiting.pop() {
        for &other in &direct[at.as_usize()] {
            if seen.len() > MAX_DEPENDENTS {
                return MAX_DEPENDENTS;
            }
            if seen.insert(other) {
                waiting.push(other);
            }
        }
    }
    seen.len() - 1
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim};

    /// Asserts the disputes of these claims: both claims, the state, and how many claims depend on each.
    #[track_caller]
    fn check(claims: &[(&str, &str)], expected: &[(&str, bool, &str, [usize; 2])]) {
        let body: String = claims.iter().map(|(id, facts)| claim(id, facts)).collect();
        let example = Example::of_article(&body);
        let site = example.site();
        let all = site.disputes_by_topic();
        let open = all.iter().filter(|pair| pair.is_open).count();
        let page = site.disputes(&all, open, 1);
        assert_eq!((page.open, page.settled), (open, all.len() - open));
        let found: Vec<(&str, bool, &str, [usize; 2])> = page
            .groups
            .iter()
            .flat_map(|group| &group.disputes)
            .map(|one| {
                (
                    one.anchor.as_str(),
                    one.is_open,
                    one.state,
                    [one.sides[0].dependents, one.sides[1].dependents],
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn open_disputes_with_the_most_dependents_come_first() {
        let refuted = "verdict:: 2026-11-20 refuted by J. Doe";
        check(
            &[
                ("a", "contradicts:: [it](claim:b) — so"),
                ("b", &format!("contradicts:: [it](claim:a) — no\n{refuted}")),
                ("c", "contradicts:: [it](claim:d) — so"),
                ("d", "verdict:: 2026-11-20 mixed by J. Doe"),
                ("e", "contradicts:: [it](claim:f) — so"),
                ("f", ""),
                ("g", "depends-on:: [it](claim:f)"),
                ("h", "depends-on:: [it](claim:g)"),
                ("x", &format!("contradicts:: [it](claim:b) — so\n{refuted}")),
            ],
            &[
                ("e_f", true, "Nobody has judged between them.", [0, 2]),
                ("c_d", true, "Only one of the claims has a verdict, and both hold up.", [0, 0]),
                ("a_b", false, "One of the claims does not hold up any more.", [0, 0]),
                ("x_b", false, "Neither claim holds up any more.", [0, 0]),
            ],
        );
    }

    #[test]
    fn disputes_are_grouped_by_topic_and_say_who_is_against_whom() {
        let body = [
            claim("a", "by:: Ann\ntags:: rare\ncontradicts:: [it](claim:b) — so"),
            claim("b", "by:: Bob"),
            claim(
                "c",
                "by:: Ann\nkind:: forecast\nresolves:: 2030\ntags:: common\nquestion:: agi-by-2030\ncontradicts:: [it](claim:d) — so",
            ),
            claim("d", "by:: Ann"),
            claim("e", "tags:: common\ncontradicts:: [it](claim:d) — so"),
        ];
        let example = Example::of_article(&body.concat());
        let site = example.site();
        let page = site.disputes(&site.disputes_by_topic(), 3, 1);
        let topics: Vec<(&str, usize)> = page
            .groups
            .iter()
            .map(|group| (group.topic.as_ref().map_or("", |topic| topic.text.as_str()), group.disputes.len()))
            .collect();
        assert_eq!(topics, [("common", 2), ("rare", 1)]);
        let lines: Vec<(&str, &str)> = page
            .groups
            .iter()
            .flat_map(|group| &group.disputes)
            .map(|dispute| (dispute.subject.as_str(), dispute.parties.as_str()))
            .collect();
        assert!(lines.contains(&("Statement a.", "Ann against Bob")), "{lines:?}");
        assert!(
            lines
                .iter()
                .any(|(subject, parties)| subject.contains("2030") && *parties == "Ann against itself")
        );
    }

    #[test]
    fn disputes_do_not_need_that_all_claims_were_said() {
        // The numbers of claims follow their ids, so the claim that does not count comes first.
        let body = [
            claim("a", "said:: 2030"),
            claim("y", "said:: 2025"),
            claim("z", "said:: 2025\ncontradicts:: [x](claim:y) — it is not so"),
        ];
        let site = Example::of_article(&body.concat()).render();
        site.page("disputes/index.html").contains("Statement z.");
    }

    #[test]
    fn a_dispute_shows_both_sides_and_the_queue_who_is_silent() {
        let body = [
            claim("left", "said:: 2025-03\ncontradicts:: [it](claim:right) — left says so"),
            claim("right", "said:: 2025-03"),
        ];
        let site = Example::of_article(&body.concat()).render();
        let disputes = site.text("disputes/index.html");
        let (left, right) = (disputes.find("Statement left."), disputes.find("Statement right."));
        assert!(left.is_some() && left < right, "{disputes}");
        for words in ["Left says so", "Jane Doe against itself", "1 open", "0 settled"] {
            assert!(disputes.contains(words), "{words:?} is not in\n{disputes}");
        }
        let review = site.text("review/index.html");
        let (_, unanswered) = review.split_once("id=\"one-sided\"").expect("a section");
        assert!(unanswered.find("Statement right.") < unanswered.find("Statement left."), "{unanswered}");
    }

    #[test]
    fn the_fallout_shows_what_depends_on_a_fallen_claim_and_by_which_way() {
        let body = [
            claim("wrong", "verdict:: 2026-11-20 refuted by J. Doe — [shown](https://example.org/)"),
            claim("middle", "depends-on:: [it](claim:wrong) — reason"),
            claim("top", "depends-on:: [it](claim:middle) — reason"),
        ];
        let example = Example::of_article(&body.concat());
        let site = example.site();
        let all = site.fallout();
        let view = site.fallout_page(&all, 1);
        assert_eq!((all.len(), view.fallen, view.shaken, view.groups.len()), (2, 1, 2, 1));
        let ways = view.groups[0].shaken.iter().map(|one| {
            let path: Vec<&str> = one.path.iter().map(|claim| claim.id.as_str()).collect();
            (one.claim.id.as_str(), path.join(" "))
        });
        assert_eq!(ways.collect::<Vec<_>>(), [("middle", String::new()), ("top", "middle".to_owned())]);
        let page = example.render().text("fallout/index.html");
        let (_, below) = page.split_once("What rests on it").expect("a group");
        let (nearest, farther) = (below.find("claims/middle/"), below.find("claims/top/"));
        assert!(nearest.is_some() && nearest < farther, "{page}");
        assert_eq!(below.matches("class=\"path\"").count(), 1, "only one depends on it by way of another");
    }
}
