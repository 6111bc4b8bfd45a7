//! Makes the view of a claim's page, and of the pages with more of its relations.

mod challenge;
mod history;
mod neighbourhood;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Neighbours;
use crate::document::{Claim, Evidence, RelationKind, Stance};
use crate::graph::{ClaimIndex, Edge, FallenDependency, MAX_FALLEN_DEPENDENCIES, Status};
use crate::markdown::link_target;
use crate::quote::QuoteState;
use crate::texts::TEXTS;

use crate::html::escape;
use crate::page::parts::facts::{expectation_words, fact, interval_words, link_html, value_words};
use crate::page::parts::pager::slice;
use crate::page::view::{
    ClaimPage, ClaimRow, EvidenceView, Fact, FallView, Link, Pager, QuoteView, RelationGroup, RelationView,
    RelationsPage,
};
use crate::page::{Site, SiteStructure};

/// Heading for each kind of relation: first on the page of the claim that states it, then on the page of the other
/// claim.
const RELATION_TITLES: [(RelationKind, &str, &str); 8] = [
    (RelationKind::Supports, TEXTS.relation.supports(), TEXTS.relation.supported_by()),
    (RelationKind::Contradicts, TEXTS.relation.contradicts(), TEXTS.relation.contradicted_by()),
    (RelationKind::Refines, TEXTS.relation.refines(), TEXTS.relation.refined_by()),
    (RelationKind::Supersedes, TEXTS.relation.supersedes(), TEXTS.relation.superseded_by()),
    (RelationKind::DependsOn, TEXTS.relation.depends_on(), TEXTS.relation.basis_of()),
    (RelationKind::SameAs, TEXTS.relation.same_as(), TEXTS.relation.same_as()),
    (RelationKind::Cites, TEXTS.relation.cites(), TEXTS.relation.cited_by()),
    (RelationKind::Answers, TEXTS.relation.answers(), TEXTS.relation.answered_by()),
];

/// Number of relations on one page. The first page is the claim's own, which also draws the relations as a map.
pub const RELATIONS_PER_PAGE: usize = 20;

/// Maximum number of claims shown on the path of dependencies from a claim to one that fell, including the one that
/// fell.
const STEPS_OF_FALL: usize = 6;

/// The relations of a claim in both directions.
pub type Relations = Vec<ListedRelation>;

/// A relation of a claim, as it is listed.
#[derive(Debug, Clone, Copy)]
pub struct ListedRelation {
    /// Title of the group.
    title: &'static str,
    edge: Edge,
    /// The same relation, stated by the other claim as well. The two are listed as one, with both reasons.
    returned: Option<Edge>,
}

impl<'a> SiteStructure<'a> {
    /// The relations of a claim in both directions, in the order in which they are shown.
    pub fn relations_of(&self, index: ClaimIndex) -> Relations {
        let node = self.book.node(index);
        let mut relations = Vec::new();
        for (kind, title, inverse) in RELATION_TITLES {
            let of = |edges: &'a [Edge]| {
                edges.iter().copied().filter(move |&edge| self.book.relation(edge).kind == kind)
            };
            // A contradiction means the same in both directions.
            let is_symmetric = matches!(kind, RelationKind::Contradicts | RelationKind::SameAs);
            let mut returned: BTreeMap<ClaimIndex, Edge> = BTreeMap::new();
            if is_symmetric {
                returned.extend(of(&node.incoming).map(|edge| (edge.other, edge)));
            }
            let first = relations.len();
            relations.extend(of(&node.outgoing).map(|edge| ListedRelation {
                title,
                edge,
                returned: returned.get(&edge.other).copied(),
            }));
            let stated: BTreeSet<ClaimIndex> =
                relations[first..].iter().map(|relation| relation.edge.other).collect();
            let incoming = of(&node.incoming).filter(|edge| !is_symmetric || !stated.contains(&edge.other));
            relations.extend(incoming.map(|edge| ListedRelation { title: inverse, edge, returned: None }));
        }
        relations
    }

    /// The path of page `number` of a claim's relations, from 2 on.
    pub fn relations_path(&self, claim: ClaimIndex, number: usize) -> String {
        format!("{}relations/page/{number}/", self.claim_path(claim))
    }
}

impl Site<'_> {
    /// The view of a claim's page.
    pub fn claim(&self, index: ClaimIndex) -> ClaimPage {
        let claim = self.book.claim(index);
        let node = self.book.node(index);
        let document = self.book.document(node.document);
        let has_own_file = self.has_own_file(index);
        let relations = self.relations_of(index);
        ClaimPage {
            claim: ClaimRow { speakers: self.speakers_of_claim(index), ..self.row(index) },
            topic: node
                .metric
                .map(|metric| self.metric_link(metric))
                .or_else(|| node.tags.first().map(|&tag| self.tag_link(tag))),
            card: self.card(index),
            verdict: self.book.latest_verdict(index).map(|verdict| self.verdict(verdict)),
            because: because(node.status).to_owned(),
            falls: node.fallen_dependencies.iter().map(|fall| self.fall(index, fall)).collect(),
            has_more_falls: node.fallen_dependencies.len() == MAX_FALLEN_DEPENDENCIES,
            facts: self.claim_facts(index),
            long_facts: self.long_facts(claim),
            quote: self.quote(index),
            evidence_for: self.evidence(claim, Stance::For),
            evidence_against: self.evidence(claim, Stance::Against),
            body: if has_own_file { self.prose(node.document) } else { Vec::new() },
            relations: self.relation_groups(&relations, 1),
            relations_pager: (relations.len() > RELATIONS_PER_PAGE)
                .then(|| self.relations_pager(index, &relations, 1)),
            map: self.map(index),
            mentions: self.mentions(&self.mentions_of_claim(index), 1),
            history: self.history(index),
            tags: node.tags.iter().map(|&tag| self.tag_link(tag)).collect(),
            challenge: self.challenge(index),
            citation: self.citation(claim),
            bibtex: self.cite_claim(index).bibtex(),
            data: (self.config.neighbours == Neighbours::All)
                .then(|| self.url(&self.beside(&self.claim_path(index), "claim.json"))),
            edit: self.edit_address(document),
            json_ld: self.claim_json_ld(index),
        }
    }

    /// The path of dependencies from a claim to one that fell. Of a long path, only the first steps and the end are
    /// shown. With whole paths, the pages of a chain of claims would together grow with the square of its length.
    fn fall(&self, index: ClaimIndex, fall: &FallenDependency) -> FallView {
        let steps = fall.steps as usize;
        let shown = if steps > STEPS_OF_FALL { STEPS_OF_FALL - 1 } else { steps - 1 };
        let first = self.book.path_to_fallen(index, fall.fallen).take(shown);
        FallView { path: self.claim_rows(first.chain([fall.fallen])), skipped: steps - shown - 1 }
    }

    fn quote(&self, index: ClaimIndex) -> Option<QuoteView> {
        let quote = self.book.claim(index).quote.as_ref()?;
        let check = self.check_quote(index)?;
        let seen = self.book.claim(index).seen.as_ref().filter(|_| check.state == QuoteState::Seen);
        Some(QuoteView {
            paragraphs: quote.paragraphs.read(self.access).clone(),
            source: self.claim_source(index),
            passage: self.passage(index),
            state: check.state.word(),
            checked: check.entry.map(|entry| entry.date).or_else(|| seen.map(|seen| seen.date.value)),
            seen_by: seen.map(|seen| seen.by.value.clone()),
        })
    }

    fn citation(&self, claim: &Claim) -> String {
        let today = crate::date::PartialDate::from(self.config.today).words();
        let address = self.config.base_url.absolute(&format!("claims/{}/", claim.id.value));
        let site = &self.config.title;
        let words =
            TEXTS.citation.claim(site, &claim.id.value, claim.statement.value.read(self.access), today);
        format!("{words} {address}")
    }

    fn claim_facts(&self, index: ClaimIndex) -> Vec<Fact> {
        let claim = self.book.claim(index);
        let node = self.book.node(index);
        let mut facts = Vec::new();
        let mut add = |term, html: Option<String>| facts.extend(html.map(|html| fact(term, html)));
        add(TEXTS.claim.reported_by(), node.via.map(|speaker| link_html(&self.speaker_link(speaker))));
        let date =
            |date: crate::date::PartialDate| format!("<time datetime=\"{date}\">{}</time>", date.words());
        add(TEXTS.claim.true_as_of(), claim.as_of.as_ref().map(|as_of| date(as_of.value)));
        add(TEXTS.claim.metric(), node.metric.map(|metric| link_html(&self.metric_link(metric))));
        add(TEXTS.claim.subject(), claim.subject.as_ref().map(|subject| escape(&subject.value)));
        if let Some(value) = &claim.value {
            add(TEXTS.claim.figure(), Some(escape(&value_words(&value.value, self.unit_of(index)))));
            let interval = interval_words(&value.value);
            add(TEXTS.claim.interval(), (!interval.is_empty()).then(|| escape(&interval)));
        }
        add(TEXTS.claim.method(), claim.method.as_ref().map(|method| escape(&method.value)));
        add(
            TEXTS.claim.expected(),
            claim.expects.as_ref().map(|expects| escape(&expectation_words(&expects.value))),
        );
        add(
            TEXTS.claim.question(),
            claim.question.as_ref().map(|question| {
                let words = question.value.replace('-', " ");
                // The page of a question lists only claims that were said by the day of the build.
                if !self.book.is_said(index) {
                    return escape(&words);
                }
                link_html(&self.link(&format!("forecasts/{}/", question.value), &words))
            }),
        );
        add(TEXTS.claim.source(), self.claim_source(index).map(|source| link_html(&source)));
        facts
    }

    fn long_facts(&self, claim: &Claim) -> Vec<Fact> {
        let criteria = claim.criteria.iter().map(|rich| (TEXTS.claim.criteria(), rich));
        let condition = claim.condition.iter().map(|rich| (TEXTS.claim.condition(), rich));
        let facts = criteria.chain(condition);
        facts.map(|(term, text)| fact(term, self.rich_html(text.read(self.access)))).collect()
    }

    fn evidence(&self, claim: &Claim, stance: Stance) -> Vec<EvidenceView> {
        let view = |evidence: &Evidence| {
            let path = self.sources.file(evidence.span.file).path();
            EvidenceView {
                link: Link {
                    url: self.resolve(&link_target(&evidence.destination, path)).unwrap_or_default(),
                    text: evidence.text.clone(),
                },
                html: evidence.note.as_ref().map(|note| self.rich_html(note)).unwrap_or_default(),
            }
        };
        let evidence = claim.evidence.read(self.access).iter();
        evidence.filter(|evidence| evidence.stance == stance).map(view).collect()
    }

    /// Page `number` of a claim's relations, from 2 on. The first page is the page of the claim.
    pub fn relations_page(&self, claim: ClaimIndex, relations: &Relations, number: usize) -> RelationsPage {
        RelationsPage {
            claim: self.row(claim),
            relations: self.relation_groups(relations, number),
            pager: self.relations_pager(claim, relations, number),
        }
    }

    /// The pager of a claim's relations. The first page is the page of the claim.
    fn relations_pager(&self, claim: ClaimIndex, relations: &Relations, number: usize) -> Pager {
        let url = |number: usize| match number {
            1 => self.url(&self.claim_path(claim)) + "#relations_",
            _ => self.url(&self.relations_path(claim, number)),
        };
        Self::pager_at(&url, number, relations.len(), RELATIONS_PER_PAGE)
    }

    fn relation_groups(&self, relations: &Relations, number: usize) -> Vec<RelationGroup> {
        let reason = |edge: Edge| {
            let reason = self.book.relation(edge).reason.as_ref()?;
            Some(self.rich_html(reason.read(self.access))).filter(|html| !html.is_empty())
        };
        let view = |&ListedRelation { edge, returned, .. }: &ListedRelation| RelationView {
            url: self.url(&self.claim_path(edge.other)),
            statement: self.book.claim(edge.other).statement.value.read(self.access).clone(),
            status: self.mark_of(edge.other),
            shaken: !self.book.node(edge.other).fallen_dependencies.is_empty(),
            reasons: [Some(edge), returned].into_iter().flatten().filter_map(reason).collect(),
        };
        slice(relations, number, RELATIONS_PER_PAGE)
            .chunk_by(|one, other| one.title == other.title)
            .filter_map(|group| {
                let title = group.first()?.title;
                Some(RelationGroup { title, relations: group.iter().map(view).collect() })
            })
            .collect()
    }
}

/// A sentence that explains a status; empty for a verdict, which explains itself.
fn because(status: Status) -> &'static str {
    match status {
        Status::Verdict(_) => "",
        Status::Superseded => TEXTS.claim.because_superseded(),
        Status::Contested => TEXTS.claim.because_contested(),
        Status::Unreviewed => TEXTS.claim.because_unreviewed(),
        Status::Overdue => TEXTS.claim.because_overdue(),
        Status::Open => TEXTS.claim.because_open(),
        Status::NotSaid => TEXTS.claim.because_not_said(),
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim, quoting};

    #[test]
    fn quotations_lead_to_their_passage_in_the_live_page() {
        let elsewhere = "source:: [Other](https://example.org/other#part)";
        let more: String =
            (0..5).map(|number| quoting(&format!("c{number}"), &format!("Words {number}"), "")).collect();
        let body = quoting("one", "Newer <previews> hit 52-times speedup, & more", "")
            + &quoting("two", "Elsewhere", elsewhere)
            + &more;
        let site = Example::of_article(&body).render();
        let of = |id: &str| site.page(&format!("claims/{id}/index.html")).address("Open the passage");
        let one = "https://example.org/report#:~:text=Newer%20%3Cpreviews%3E%20hit%2052%2Dtimes%20speedup%2C%20%26%20more";
        assert_eq!(of("one").as_deref(), Some(one));
        assert_eq!(of("two").as_deref(), Some("https://example.org/other#part:~:text=Elsewhere"));
        let write_up = site.page("articles/a/index.html");
        assert_eq!(write_up.address("“Newer <previews> hit 52-times speedup…”").as_deref(), Some(one));
        let passages = write_up.words("section[aria-labelledby=source_] dd").pop().expect("a fact");
        assert!(passages.ends_with("“Words 3”, and 1 more") && !passages.contains("Elsewhere"), "{passages}");
    }

    #[test]
    fn quotations_say_that_nobody_saved_their_source() {
        let site = Example::of_article(&(quoting("one", "Words", "") + &claim("two", ""))).render();
        let state = site.page("claims/one/index.html").words(".quote + .note");
        assert_eq!(
            state,
            [
                "Not checked against the source: these words were not found in a saved copy, and nobody has recorded seeing them there."
            ]
        );
        let data = site.text("data/claims.json");
        assert_eq!(data.matches("\"quote_state\":\"unarchived\"").count(), 1, "{data}");
    }

    #[test]
    fn a_contradiction_that_both_claims_state_is_one_row_with_both_reasons() {
        let against = |id: &str, reason: &str| format!("contradicts:: [it](claim:{id}) — {reason}");
        let body = [
            claim("one", &against("two", "the dates differ")),
            claim("two", &(against("one", "the counts differ") + "\n" + &against("three", "no source"))),
            claim("three", ""),
        ];
        let site = Example::of_article(&body.concat()).render();
        let page = site.page("claims/one/index.html");
        assert_eq!(page.words(".rel dt"), ["Contradicts"]);
        assert_eq!(page.words(".rel .note"), ["the dates differ", "the counts differ"]);
        assert_eq!(site.page("claims/three/index.html").words(".rel dt"), ["Contradicted by"]);
    }

    #[test]
    fn what_depends_on_a_fallen_claim_is_shaken_and_shows_the_way_to_it() {
        let on = |id: &str| format!("depends-on:: [it](claim:{id}) — reason");
        let body = [
            claim("base", "verdict:: 2026-11-20 refuted by J. Doe — [shown](https://example.org/)"),
            claim("middle", &on("base")),
            claim("top", &on("middle")),
            claim("beside", ""),
        ];
        let example = Example::of_article(&body.concat());
        let shaken = |id: &str| example.site().claim(example.index(id)).falls.len();
        assert_eq!((shaken("base"), shaken("middle"), shaken("top"), shaken("beside")), (0, 1, 1, 0));
        let page = example.render().text("claims/top/index.html");
        let (middle, base) = (page.find("Statement middle."), page.find("Statement base."));
        assert!(page.contains("Shaken") && middle < base && middle.is_some(), "{page}");
    }
}
