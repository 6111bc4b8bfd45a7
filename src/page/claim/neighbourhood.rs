//! Makes the map around a claim: first the claims with a relation to it, then their neighbours if there is space.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{MAX_NODES, Map, Neighbour, draw_map, max_second_neighbours};
use crate::document::RelationKind;
use crate::graph::{ClaimIndex, Edge};
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::parts::rows::mark;
use crate::page::view::MapView;

/// Words between two claims on the map, seen from the claim that is nearer to the middle: first for a relation that
/// this claim states, then for one that the other claim states.
const WORDS: [(RelationKind, &str, &str); 8] = [
    (RelationKind::Supports, TEXTS.relation.line_supports(), TEXTS.relation.line_supported_by()),
    (RelationKind::Contradicts, TEXTS.relation.line_contradicts(), TEXTS.relation.line_contradicted_by()),
    (RelationKind::Refines, TEXTS.relation.line_refines(), TEXTS.relation.line_refined_by()),
    (RelationKind::Supersedes, TEXTS.relation.line_supersedes(), TEXTS.relation.line_superseded_by()),
    (RelationKind::DependsOn, TEXTS.relation.line_depends_on(), TEXTS.relation.line_basis_of()),
    (RelationKind::SameAs, TEXTS.relation.line_same_as(), TEXTS.relation.line_same_as()),
    (RelationKind::Cites, TEXTS.relation.line_cites(), TEXTS.relation.line_cited_by()),
    (RelationKind::Answers, TEXTS.relation.line_answers(), TEXTS.relation.line_answered_by()),
];

/// Smallest number of claims on the map beside the claim itself. Below the map is a list of the relations, of which a
/// smaller map would only be a copy.
const MIN_NODES: usize = 3;

/// Maximum number of a neighbour's relations in each direction that are read to find claims two steps away. A
/// neighbour may have relations with all claims of the book and is then on the map of each.
const FURTHER: usize = 100;

/// How a claim on the map is related to the claim that is nearer to the middle: who states the relations, whether
/// one is a contradiction, and the words for them.
#[derive(Default)]
struct RelationSummary {
    is_outgoing: bool,
    is_against: bool,
    words: Vec<&'static str>,
}

impl<'a> Site<'a> {
    /// The map around a claim; `None` if it would show fewer claims than [`MIN_NODES`].
    pub(in crate::page) fn map(&self, index: ClaimIndex) -> Option<MapView> {
        let found = self.neighbours(index, usize::MAX);
        let mut seen: BTreeSet<ClaimIndex> = found.iter().map(|(claim, _)| *claim).collect();
        seen.insert(index);
        let near = found.len().min(MAX_NODES - 1);
        let missing = found.len() - near;
        let mut left = MAX_NODES - 1 - near;
        let has_contradiction = found.iter().take(near).any(|(_, found)| found.is_against);
        let outgoing = found.iter().take(near).filter(|(_, found)| found.is_outgoing).count();
        // The number of boxes two steps away that fit on the left and on the right.
        let mut room = [max_second_neighbours(near - outgoing), max_second_neighbours(outgoing)];
        let mut sides = [Vec::new(), Vec::new()];
        let mut is_cut = false;
        for (claim, found) in found.into_iter().take(near) {
            let side = usize::from(found.is_outgoing);
            let mut neighbour = self.neighbour(claim, &found);
            let has_space = left > 0 && room[side] > 0;
            is_cut |= (!has_space && self.relation_count(claim) > 1) || self.relation_count(claim) > FURTHER;
            let further = if has_space { self.neighbours(claim, FURTHER) } else { Vec::new() };
            for (further, how) in further {
                if left == 0 || room[side] == 0 {
                    is_cut = true;
                    break;
                }
                if seen.insert(further) {
                    (left, room[side]) = (left - 1, room[side] - 1);
                    neighbour.neighbours.push(self.neighbour(further, &how));
                }
            }
            sides[side].push(neighbour);
        }
        let [incoming, outgoing] = sides;
        let drawn = MAX_NODES - 1 - left;
        if drawn < MIN_NODES {
            return None;
        }
        let label = TEXTS.claim.map_label(drawn);
        let glyph = mark(self.book.node(index).status).glyph;
        let html = draw_map(&Map { label, glyph, incoming, outgoing });
        Some(MapView { html, has_contradiction, missing, is_cut })
    }

    fn relation_count(&self, index: ClaimIndex) -> usize {
        let node = self.book.node(index);
        node.outgoing.len() + node.incoming.len()
    }

    fn neighbour(&self, index: ClaimIndex, found: &RelationSummary) -> Neighbour {
        let mark = mark(self.book.node(index).status);
        Neighbour {
            url: self.url(&self.claim_path(index)),
            text: self.book.claim(index).statement.value.read(self.access).clone(),
            status: mark.word,
            glyph: mark.glyph,
            relation: found.words.join(", "),
            is_contradiction: found.is_against,
            neighbours: Vec::new(),
        }
    }

    /// The claims with which a claim has relations, in the order of [`WORDS`]. Only the first `most` relations in
    /// each direction are read.
    fn neighbours(&self, index: ClaimIndex, most: usize) -> Vec<(ClaimIndex, RelationSummary)> {
        let node = self.book.node(index);
        let first = |edges: &'a [Edge]| edges.get(..most).unwrap_or(edges);
        let (outgoing, incoming) = (first(&node.outgoing), first(&node.incoming));
        let mut all: BTreeMap<ClaimIndex, RelationSummary> = BTreeMap::new();
        let mut order: Vec<ClaimIndex> = Vec::new();
        for (kind, stating, stated) in WORDS {
            for (words, edges, is_outgoing) in [(stating, outgoing, true), (stated, incoming, false)] {
                for edge in edges.iter().filter(|&&edge| self.book.relation(edge).kind == kind) {
                    let found = all.entry(edge.other).or_insert_with(|| {
                        order.push(edge.other);
                        RelationSummary::default()
                    });
                    found.is_outgoing |= is_outgoing;
                    found.is_against |= kind == RelationKind::Contradicts;
                    // A relation that both claims state is written once.
                    if !found.words.contains(&words) && !found.words.contains(&stating) {
                        found.words.push(words);
                    }
                }
            }
        }
        order.into_iter().filter_map(|claim| Some((claim, all.remove(&claim)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim};

    #[test]
    fn a_claim_shows_its_neighbours_and_theirs() {
        let to = |relation: &str, id: &str| format!("{relation}:: [it](claim:{id}) — reason");
        let body = [
            claim("middle", &to("contradicts", "other")),
            claim("other", &to("contradicts", "middle")),
            claim("basis", &to("supports", "middle")),
            claim("deep", &to("refines", "basis")),
            claim("alone", ""),
        ];
        let site = Example::of_article(&body.concat()).render();
        let map = site.page("claims/middle/index.html");
        assert_eq!(
            map.words(".map[role=group] a"),
            [
                "supported by Not reviewed Statement basis.",
                "narrowed by Not reviewed Statement deep.",
                "contradicts Disputed Statement other.",
            ]
        );
        assert_eq!(map.find(".map li.no > a").len(), 1, "contradictions are dashed");
        map.contains("A dashed box means that the two claims contradict each other.");
        assert!(map.find("dl.rel dd").len() >= 2, "the list says the same");
        assert!(site.page("claims/alone/index.html").find(".map").is_empty());
    }

    #[test]
    fn a_map_is_drawn_where_it_says_more_than_a_list() {
        let supports = "supports:: [it](claim:middle) — reason";
        let claims = |count: usize| -> String {
            (0..count).map(|number| claim(&format!("c{number}"), supports)).collect::<String>()
                + &claim("middle", "")
        };
        let maps = |count: usize| {
            let page = Example::of_article(&claims(count)).render().page("claims/middle/index.html");
            (page.find(".map").len(), page.find("dl.rel dd").len())
        };
        assert_eq!([maps(2), maps(3)], [(0, 2), (1, 3)]);
    }

    #[test]
    fn a_large_neighbourhood_is_cut_and_says_so() {
        let supports = "supports:: [it](claim:middle) — reason";
        let body: String = (0..45).map(|number| claim(&format!("c{number:02}"), supports)).collect();
        let map =
            Example::of_article(&(body + &claim("middle", ""))).render().page("claims/middle/index.html");
        assert_eq!(map.find(".map a").len(), 39);
        map.contains("6 more related claims are not drawn.");
    }
}
