//! What does a page tell machines about itself? JSON-LD: `Claim`, `Quotation`, `ClaimReview` and
//! `Article` of schema.org. It has no relations between claims, so those are of `CiTO`, the citation
//! typing ontology (Shotton 2010), under a second context.

use serde_json::{Map, Value, json};

use crate::document::{DocumentKind, RelationKind, SourceFacts, SourceReference, SpeakerSort};
use crate::graph::{ClaimIndex, DocumentIndex};

use super::Site;
use super::rows::mark;
use crate::graph::Status;

/// Most write-ups named in which a claim appears; `claim.json` has all.
const APPEARANCES: usize = 50;

/// The property for a relation that a claim states.
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

impl Site<'_> {
    /// The data block of a claim's page, ready to stand in a `script` element.
    pub(super) fn claim_json_ld(&self, index: ClaimIndex) -> String {
        let claim = self.book.claim(index);
        let mut graph = vec![self.claim_node(index)];
        if let Some(quote) = &claim.quote {
            let mut node = object(json!({
                "@type": "Quotation",
                "@id": format!("{}#quotation", self.absolute_claim(index)),
                "text": quote.paragraphs.join("\n\n"),
            }));
            add(&mut node, "creator", self.speakers_of(index));
            add(&mut node, "isPartOf", self.source_node(index));
            graph.push(Value::Object(node));
        }
        graph.extend(self.review_node(index));
        block(&graph)
    }

    /// The data block of a write-up's page.
    pub(super) fn article_json_ld(&self, index: DocumentIndex) -> String {
        let document = self.book.document(index);
        let front_matter = &document.front_matter;
        let url = self.config.base_url.absolute(&self.path_of(index));
        let authors = front_matter.authors.iter().map(|author| author.value.clone()).collect();
        let mut node = object(json!({
            "@type": "Article",
            "@id": format!("{url}#article"),
            "url": url,
            "headline": self.title(index),
            "inLanguage": self.config.language,
            "author": self.authors_or_site(authors).iter().map(|name| self.agent(name)).collect::<Vec<_>>(),
        }));
        let text =
            |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| json!(text.value));
        let date = |date: &Option<crate::source::Spanned<crate::date::PartialDate>>| {
            date.as_ref().map(|date| json!(date.value.to_string()))
        };
        add(&mut node, "description", text(&front_matter.summary));
        add(&mut node, "datePublished", date(&front_matter.date));
        add(&mut node, "dateModified", date(&front_matter.updated));
        let keywords: Vec<&str> = front_matter.tags.iter().map(|tag| tag.value.as_str()).collect();
        add(&mut node, "keywords", some(keywords));
        let source = front_matter.source.as_ref();
        add(&mut node, "isBasedOn", source.and_then(|source| self.referenced(&source.value)));
        let claims: Vec<Value> = self.claims_shown(index).map(|claim| self.claim_reference(claim)).collect();
        add(&mut node, "mentions", some(claims));
        block(&[Value::Object(node)])
    }

    fn claim_node(&self, index: ClaimIndex) -> Value {
        let claim = self.book.claim(index);
        let book_node = self.book.node(index);
        let mut node = object(json!({
            "@type": "Claim",
            "@id": self.claim_id(index),
            "url": self.absolute_claim(index),
            "name": claim.statement.value,
            "identifier": claim.id.value,
            "text": claim.statement.value,
        }));
        add(&mut node, "author", self.speakers_of(index));
        add(&mut node, "datePublished", claim.said.as_ref().map(|said| json!(said.value.to_string())));
        let tags: Vec<&str> =
            book_node.tags.iter().map(|&tag| self.book.tags().get(tag).name.as_str()).collect();
        add(&mut node, "keywords", some(tags));
        add(&mut node, "firstAppearance", self.source_node(index));
        let mut appearances: Vec<String> = book_node
            .mentions
            .iter()
            .filter(|mention| self.book.document(mention.document).kind == DocumentKind::Article)
            .map(|mention| self.config.base_url.absolute(&self.path_of(mention.document)))
            .collect();
        appearances.dedup();
        let appearances =
            appearances.into_iter().take(APPEARANCES).map(|url| json!({ "@id": format!("{url}#article") }));
        add(&mut node, "appearance", some(appearances.collect::<Vec<_>>()));
        for (kind, property) in RELATIONS {
            let others = book_node.outgoing.iter().filter(|&&edge| self.book.relation(edge).kind == kind);
            let others: Vec<Value> = others.map(|edge| self.claim_reference(edge.other)).collect();
            add(&mut node, property, some(others));
        }
        Value::Object(node)
    }

    /// A `ClaimReview` of the verdict that stands.
    fn review_node(&self, index: ClaimIndex) -> Option<Value> {
        let claim = self.book.claim(index);
        let verdict = claim.last_verdict()?;
        let url = self.absolute_claim(index);
        let author = self.authors_or_site(verdict.by.iter().cloned().collect());
        let mut node = object(json!({
            "@type": "ClaimReview",
            "@id": format!("{url}#review"),
            "url": url,
            "claimReviewed": claim.statement.value,
            "datePublished": verdict.date.value.to_string(),
            "author": author.iter().map(|name| self.agent(name)).collect::<Vec<_>>(),
            "reviewRating": {
                "@type": "Rating",
                "alternateName": mark(Status::Verdict(verdict.word.value)).word,
            },
            "itemReviewed": self.claim_reference(index),
        }));
        let reason = verdict.reason.as_ref().map(crate::document::Rich::plain);
        add(&mut node, "reviewBody", reason.map(Value::String));
        Some(Value::Object(node))
    }

    fn absolute_claim(&self, index: ClaimIndex) -> String {
        self.config.base_url.absolute(&self.claim_path(index))
    }

    fn claim_id(&self, index: ClaimIndex) -> String {
        format!("{}#claim", self.absolute_claim(index))
    }

    fn claim_reference(&self, index: ClaimIndex) -> Value {
        json!({ "@id": self.claim_id(index) })
    }

    fn speakers_of(&self, index: ClaimIndex) -> Option<Value> {
        let speakers = &self.book.node(index).by;
        some(speakers.iter().map(|&speaker| self.speaker_node(speaker)).collect())
    }

    /// A speaker; without a type where nobody says what they are.
    fn speaker_node(&self, number: usize) -> Value {
        let speaker = self.book.speakers().get(number);
        let url = self.config.base_url.absolute(&format!("speakers/{}/", speaker.id));
        let mut node = object(json!({ "@id": url, "name": speaker.name, "url": url }));
        let file = speaker.document.map(|document| &self.book.document(document).front_matter);
        let sort = file.and_then(|file| file.sort).map(|sort| match sort {
            SpeakerSort::Person => "Person",
            SpeakerSort::Organization => "Organization",
        });
        add(&mut node, "@type", sort.map(|sort| json!(sort)));
        let own = file.and_then(|file| file.url.as_ref()).map(|url| json!(url.value));
        add(&mut node, "sameAs", own);
        Value::Object(node)
    }

    /// Somebody who wrote or judged: a speaker of the book, else a person, or the site itself.
    fn agent(&self, name: &str) -> Value {
        match self.book.speakers().find(name) {
            Some(speaker) => self.speaker_node(speaker),
            None if name == self.config.title => {
                json!({ "@type": "Organization", "name": name, "url": self.config.base_url.absolute("") })
            }
            None => json!({ "@type": "Person", "name": name }),
        }
    }

    /// The document that a claim is from.
    fn source_node(&self, index: ClaimIndex) -> Option<Value> {
        let node = self.book.node(index);
        if let Some(number) = node.source {
            return self.referenced(&SourceReference::Id(self.book.sources().get(number).id.clone()));
        }
        let own = self.book.claim(index).source.as_ref();
        let home = self.book.document(node.document).front_matter.source.as_ref();
        self.referenced(&own.or(home)?.value)
    }

    fn referenced(&self, reference: &SourceReference) -> Option<Value> {
        match reference {
            SourceReference::Inline(facts) => Some(cited(facts)),
            SourceReference::Id(id) => {
                let document = self.book.sources().get(self.book.sources().find(id)?).document?;
                Some(cited(&self.book.document(document).front_matter.source_facts))
            }
        }
    }
}

fn cited(facts: &SourceFacts) -> Value {
    let mut node = object(json!({ "@type": "CreativeWork" }));
    let text = |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| json!(text.value));
    add(&mut node, "name", text(&facts.title));
    add(&mut node, "url", text(&facts.url));
    let published = facts.published.as_ref().map(|date| json!(date.value.to_string()));
    add(&mut node, "datePublished", published);
    let publisher =
        facts.publisher.as_ref().map(|name| json!({ "@type": "Organization", "name": name.value }));
    add(&mut node, "publisher", publisher);
    Value::Object(node)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Absent means not given.
fn add(node: &mut Map<String, Value>, property: &str, value: Option<Value>) {
    if let Some(value) = value {
        node.insert(property.to_owned(), value);
    }
}

fn some<T: Into<Value>>(list: Vec<T>) -> Option<Value> {
    (!list.is_empty()).then(|| list.into())
}

/// `<` is escaped: nothing in the block can close the element it stands in.
fn block(graph: &[Value]) -> String {
    let context = json!(["https://schema.org", { "cito": "http://purl.org/spar/cito/" }]);
    let block = json!({ "@context": context, "@graph": graph });
    block.to_string().replace('<', "\\u003c")
}
