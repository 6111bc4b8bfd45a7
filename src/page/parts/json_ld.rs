//! Describes pages as JSON-LD for machines, with the types `Claim`, `Quotation`, `ClaimReview` and `Article` of
//! schema.org. That vocabulary has no relations between claims, so the relations are taken from `CiTO`, the
//! citation typing ontology (Shotton, Journal of Biomedical Semantics 1, 2010), under a second context.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::PartialDate;
use crate::document::{DocumentKind, RelationKind, SourceFacts, SourceReference, SpeakerType};
use crate::graph::{ClaimIndex, DocumentIndex, Status};
use crate::source::Spanned;

use crate::page::Site;
use crate::page::parts::rows::mark;

/// Maximum number of write-ups that are named as appearances of a claim. `claim.json` lists all.
const APPEARANCES: usize = 50;

/// The JSON-LD property for each kind of relation that a claim states.
const RELATIONS: [(RelationKind, &str); 8] = [
    (RelationKind::Supports, "cito:supports"),
    (RelationKind::Contradicts, "cito:disputes"),
    (RelationKind::Refines, "cito:qualifies"),
    (RelationKind::Supersedes, "cito:updates"),
    (RelationKind::DependsOn, "cito:usesConclusionsFrom"),
    (RelationKind::SameAs, "sameAs"),
    (RelationKind::Cites, "cito:cites"),
    (RelationKind::Answers, "cito:repliesTo"),
];

/// The text before the list of nodes: the contexts and the key `@graph`.
const CONTEXT: &str = r#"{"@context":["https://schema.org",{"cito":"http://purl.org/spar/cito/"}],"@graph":"#;

/// A node of the graph. Absent facts are not serialised.
#[derive(Serialize)]
#[serde(tag = "@type")]
enum JsonLdNode<'a> {
    Claim(ClaimJsonLd<'a>),
    Quotation(QuotationNode<'a>),
    ClaimReview(ReviewNode<'a>),
    Article(ArticleNode<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ClaimJsonLd<'a> {
    #[serde(rename = "@id")]
    id: String,
    url: String,
    identifier: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Agent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_appearance: Option<CreativeWork<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    appearance: Vec<NodeReference>,
    #[serde(flatten)]
    relations: BTreeMap<&'static str, Vec<NodeReference>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QuotationNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creator: Vec<NodeReference>,
    /// The name and the address of the source; the claim has its other facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<CreativeWork<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReviewNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    url: String,
    claim_reviewed: &'a str,
    date_published: String,
    author: Vec<Agent<'a>>,
    review_rating: Rating,
    item_reviewed: NodeReference,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_body: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArticleNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    url: String,
    headline: &'a str,
    in_language: &'a str,
    author: Vec<Agent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<CreativeWork<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<NodeReference>,
}

/// A reference to a node that is described elsewhere.
#[derive(Serialize)]
struct NodeReference {
    #[serde(rename = "@id")]
    id: String,
}

/// A person or an organisation that says, writes or judges something.
#[derive(Serialize, Default)]
struct Agent<'a> {
    /// `Person` or `Organization`; `None` if nobody has stated which.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    sort: Option<&'static str>,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(rename = "sameAs", skip_serializing_if = "Option::is_none")]
    same_as: Option<&'a str>,
}

/// A cited document.
#[derive(Serialize)]
#[serde(tag = "@type", rename = "CreativeWork", rename_all = "camelCase")]
struct CreativeWork<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Agent<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct Rating {
    alternate_name: &'static str,
}

impl<'a> Site<'a> {
    /// The JSON-LD of a claim's page, which is safe as the content of a `script` element.
    pub(in crate::page) fn claim_json_ld(&self, index: ClaimIndex) -> String {
        let claim = self.book.claim(index);
        let mut graph = vec![JsonLdNode::Claim(self.claim_node(index))];
        if let Some(quote) = &claim.quote {
            graph.push(JsonLdNode::Quotation(QuotationNode {
                id: self.absolute_claim(index) + "#quotation",
                text: quote.paragraphs.read(self.access).join("\n\n"),
                creator: self.speaker_references(index),
                is_part_of: self.source_node(index).map(|work| CreativeWork {
                    date_published: None,
                    publisher: None,
                    ..work
                }),
            }));
        }
        graph.extend(self.review_node(index).map(JsonLdNode::ClaimReview));
        block(&graph)
    }

    /// The JSON-LD of a write-up's page, which is safe as the content of a `script` element.
    pub(in crate::page) fn article_json_ld(&self, index: DocumentIndex) -> String {
        let front_matter = &self.book.document(index).front_matter;
        let url = self.config.base_url.absolute(&self.path_of(index));
        let authors = front_matter.authors.iter().map(|author| author.value.as_str()).collect();
        let source = front_matter.source.as_ref();
        let article = ArticleNode {
            id: format!("{url}#article"),
            url,
            headline: self.title(index),
            in_language: &self.config.language,
            author: self.agents(authors),
            description: front_matter
                .summary
                .as_ref()
                .map(|summary| summary.value.read(self.access).as_str()),
            date_published: date(front_matter.date.as_ref()),
            date_modified: date(front_matter.updated.as_ref()),
            keywords: front_matter.tags.iter().map(|tag| tag.value.as_str()).collect(),
            is_based_on: source.and_then(|source| self.referenced(&source.value)),
            mentions: self.claims_shown(index).map(|claim| self.claim_reference(claim)).collect(),
        };
        block(&[JsonLdNode::Article(article)])
    }

    fn claim_node(&self, index: ClaimIndex) -> ClaimJsonLd<'a> {
        let claim = self.book.claim(index);
        let node = self.book.node(index);
        let mentions = node.mentions.iter().map(|mention| mention.document);
        let mut articles: Vec<DocumentIndex> =
            mentions.filter(|&document| self.book.document(document).kind == DocumentKind::Article).collect();
        articles.dedup();
        let appearance = |&document: &DocumentIndex| NodeReference {
            id: self.config.base_url.absolute(&self.path_of(document)) + "#article",
        };
        let mut relations: BTreeMap<&'static str, Vec<NodeReference>> = BTreeMap::new();
        for &edge in &node.outgoing {
            let kind = self.book.relation(edge).kind;
            for (_, property) in RELATIONS.iter().filter(|(known, _)| *known == kind) {
                relations.entry(property).or_default().push(self.claim_reference(edge.other));
            }
        }
        ClaimJsonLd {
            id: self.absolute_claim(index) + "#claim",
            url: self.absolute_claim(index),
            identifier: &claim.id.value,
            text: claim.statement.value.read(self.access),
            author: self.speakers_of(index),
            date_published: date(claim.said.as_ref()),
            keywords: node.tags.iter().map(|&tag| self.book.tags().get(tag).name.as_str()).collect(),
            first_appearance: self.source_node(index),
            appearance: articles.iter().take(APPEARANCES).map(appearance).collect(),
            relations,
        }
    }

    /// The last verdict on a claim as a `ClaimReview`.
    fn review_node(&self, index: ClaimIndex) -> Option<ReviewNode<'a>> {
        let claim = self.book.claim(index);
        let verdict = self.book.latest_verdict(index)?;
        let url = self.absolute_claim(index);
        Some(ReviewNode {
            id: format!("{url}#review"),
            url,
            claim_reviewed: claim.statement.value.read(self.access),
            date_published: verdict.date.value.iso(),
            author: self.agents(verdict.by.iter().map(|by| by.value.as_str()).collect()),
            review_rating: Rating { alternate_name: mark(Status::Verdict(verdict.word.value)).word },
            item_reviewed: self.claim_reference(index),
            review_body: verdict.reason.as_ref().map(|reason| reason.read(self.access).plain()),
        })
    }

    fn absolute_claim(&self, index: ClaimIndex) -> String {
        self.config.base_url.absolute(&self.claim_path(index))
    }

    fn claim_reference(&self, index: ClaimIndex) -> NodeReference {
        NodeReference { id: self.absolute_claim(index) + "#claim" }
    }

    fn speakers_of(&self, index: ClaimIndex) -> Vec<Agent<'a>> {
        self.book.node(index).by.iter().map(|&speaker| self.speaker_node(speaker)).collect()
    }

    fn speaker_references(&self, index: ClaimIndex) -> Vec<NodeReference> {
        let reference = |&speaker: &usize| NodeReference { id: self.absolute_speaker(speaker) };
        self.book.node(index).by.iter().map(reference).collect()
    }

    fn absolute_speaker(&self, number: usize) -> String {
        let speaker = self.book.speakers().get(number);
        self.config.base_url.absolute(&format!("speakers/{}/", speaker.id))
    }

    fn speaker_node(&self, number: usize) -> Agent<'a> {
        let speaker = self.book.speakers().get(number);
        let file = speaker.document.map(|document| &self.book.document(document).front_matter);
        // If the speaker's file does not state the sort, only an organisation can be recognised by its name.
        let sort = match file.and_then(|file| file.sort) {
            Some(SpeakerType::Person) => Some("Person"),
            Some(SpeakerType::Organization) => Some("Organization"),
            None => self.is_organization(&speaker.name).then_some("Organization"),
        };
        let same_as = file.and_then(|file| text(file.url.as_ref()));
        Agent { sort, id: Some(self.absolute_speaker(number)), name: &speaker.name, url: None, same_as }
    }

    /// The agents with these names, which are authors or reviewers. Without names, the agent is the author of the
    /// site, or else the site itself.
    fn agents(&self, names: Vec<&'a str>) -> Vec<Agent<'a>> {
        self.authors_or_site(names).into_iter().map(|name| self.agent(name)).collect()
    }

    fn agent(&self, name: &'a str) -> Agent<'a> {
        match self.book.speakers().find(name) {
            Some(speaker) => self.speaker_node(speaker),
            None if name == self.config.title => Agent {
                sort: Some("Organization"),
                name,
                url: Some(self.config.base_url.absolute("")),
                ..Agent::default()
            },
            None => {
                let sort = if self.is_organization(name) { "Organization" } else { "Person" };
                Agent { sort: Some(sort), name, ..Agent::default() }
            }
        }
    }

    /// The source of a claim: its own source, or else that of its document.
    fn source_node(&self, index: ClaimIndex) -> Option<CreativeWork<'a>> {
        let node = self.book.node(index);
        if let Some(number) = node.source {
            return self.source_work(number);
        }
        let own = self.book.claim(index).source.as_deref();
        let home = self.book.document(node.document).front_matter.source.as_ref();
        self.referenced(&own.or(home)?.value)
    }

    fn referenced(&self, reference: &'a SourceReference) -> Option<CreativeWork<'a>> {
        match reference {
            SourceReference::Inline(facts) => Some(cited(facts)),
            SourceReference::Id(id) => self.source_work(self.book.sources().find(id)?),
        }
    }

    fn source_work(&self, number: usize) -> Option<CreativeWork<'a>> {
        let document = self.book.sources().get(number).document?;
        Some(cited(&self.book.document(document).front_matter.source_facts))
    }
}

fn cited(facts: &SourceFacts) -> CreativeWork<'_> {
    let publisher = text(facts.publisher.as_ref());
    let publisher = publisher.map(|name| Agent { sort: Some("Organization"), name, ..Agent::default() });
    CreativeWork {
        name: text(facts.title.as_ref()),
        url: text(facts.url.as_ref()),
        date_published: date(facts.published.as_ref()),
        publisher,
    }
}

fn text(text: Option<&Spanned<String>>) -> Option<&str> {
    text.map(|text| text.value.as_str())
}

fn date(date: Option<&Spanned<PartialDate>>) -> Option<String> {
    date.map(|date| date.value.iso())
}

/// Serialises the graph. The character `<` is escaped, so that no text can end the `script` element.
fn block(graph: &[JsonLdNode<'_>]) -> String {
    let graph = serde_json::to_string(graph).expect("strings and lists of strings can be written as JSON");
    let graph = if graph.contains('<') { graph.replace('<', "\\u003c") } else { graph };
    [CONTEXT, &graph, "}"].concat()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::graph::example::{Example, claim};

    #[test]
    fn pages_say_to_programs_what_they_are() {
        let body = [
            claim("left", "said:: 2025-03\ncontradicts:: [it](claim:right) — left <b>says</b> so"),
            claim("right", ""),
            claim("wrong", "verdict:: 2026-11-20 refuted by J. Doe — [shown](https://example.org/)"),
        ];
        let site = Example::of_article(&body.concat()).render();
        let of = |path: &str, kind: &str| {
            let page = site.page(path);
            let block: String = page.find("script[type='application/ld+json']")[0].text().collect();
            assert!(!block.contains('<'), "{block}");
            let block: Value = serde_json::from_str(&block).expect("JSON");
            let graph = block["@graph"].as_array().expect("a graph").clone();
            graph.into_iter().find(|node| node["@type"] == kind)
        };
        let review = of("claims/wrong/index.html", "ClaimReview").expect("a review");
        assert_eq!(review["claimReviewed"], "Statement wrong.");
        assert_eq!(review["reviewRating"]["alternateName"], "Refuted");
        assert_eq!(review["datePublished"], "2026-11-20");
        assert_eq!(review["author"][0]["name"], "J. Doe");
        assert_eq!(review["itemReviewed"]["@id"], "https://example.org/claims/wrong/#claim");
        assert_eq!(of("claims/left/index.html", "ClaimReview"), None);
        let claim = of("claims/left/index.html", "Claim").expect("a claim");
        assert_eq!(claim["cito:disputes"][0]["@id"], "https://example.org/claims/right/#claim");
        let article = of("articles/a/index.html", "Article").expect("a write-up");
        assert_eq!(article["headline"], "First");
        assert_eq!(article["mentions"].as_array().map(Vec::len), Some(3));
    }
}
