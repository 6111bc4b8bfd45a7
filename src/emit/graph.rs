//! `data/graph.json`: everything that is named, and how it hangs together, as nodes and edges.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::document::DocumentKind;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex, EntityKind};
use crate::page::Site;

use super::json::{list_of, text_of};

/// Ids are `kind:id`, unique in the file.
#[derive(Serialize)]
struct Node {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

#[derive(Serialize)]
struct Edge {
    from: String,
    to: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// What is a node.
enum Named {
    Claim(ClaimIndex),
    Article(DocumentIndex),
    Entity(EntityIndex),
}

/// Write `data/graph.json`.
pub(super) fn graph(site: &Site<'_>, sink: &mut dyn Write) -> Result<()> {
    let book = site.book;
    let claims = book.claims().map(Named::Claim);
    let articles = book.documents().filter(|(_, document)| document.kind == DocumentKind::Article);
    let kinds = [EntityKind::Speaker, EntityKind::Metric, EntityKind::Source, EntityKind::Tag];
    let entities = kinds.into_iter().flat_map(|kind| book.entity_indices(kind)).map(Named::Entity);
    let all: Vec<Named> =
        claims.chain(articles.map(|(index, _)| Named::Article(index))).chain(entities).collect();
    let head = format!("{{\"version\":1,\"generated\":\"{}\",\"nodes\":[", site.config.today);
    list_of(sink, &all, [&head, ",", "],"], |named| text_of(&node(site, named)))?;
    list_of(sink, &all, ["\"edges\":[", ",", "]}\n"], |named| {
        let edges = match *named {
            Named::Claim(index) => claim_edges(site, index),
            Named::Article(index) => article_edges(site, index),
            Named::Entity(_) => Vec::new(),
        };
        Ok(edges.iter().map(text_of).collect::<Result<Vec<String>>>()?.join(","))
    })
}

fn node(site: &Site<'_>, named: &Named) -> Node {
    let book = site.book;
    let (kind, id, label, status) = match *named {
        Named::Claim(index) => {
            let claim = book.claim(index);
            ("claim", &claim.id.value, claim.statement.value.as_str(), Some(book.node(index).status.word()))
        }
        Named::Article(index) => ("article", &book.document(index).id, site.title(index), None),
        Named::Entity(index) => {
            let entity = book.entity(index);
            (word_of(index.kind), &entity.id, entity.name.as_str(), None)
        }
    };
    let url = site.config.base_url.absolute(&format!("{kind}s/{id}/"));
    Node { id: format!("{kind}:{id}"), kind, label: label.to_owned(), url, status }
}

fn word_of(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Speaker => "speaker",
        EntityKind::Metric => "metric",
        EntityKind::Source => "source",
        EntityKind::Tag => "tag",
    }
}

/// Relations as written, and what the claim names.
fn claim_edges(site: &Site<'_>, index: ClaimIndex) -> Vec<Edge> {
    let book = site.book;
    let from = format!("claim:{}", book.claim(index).id.value);
    let node = book.node(index);
    let related = node.outgoing.iter().map(|&edge| {
        let relation = book.relation(edge);
        let to = format!("claim:{}", book.claim(edge.other).id.value);
        let reason = relation.reason.as_ref().map(crate::document::Rich::plain);
        Edge { from: from.clone(), to, kind: relation.kind.word(), reason }
    });
    let mut edges: Vec<Edge> = related.collect();
    let mut named = |word, kind, numbers: &[usize]| {
        edges.extend(numbers.iter().map(|&number| {
            let to = format!("{}:{}", word_of(kind), book.entity(EntityIndex { kind, number }).id);
            Edge { from: from.clone(), to, kind: word, reason: None }
        }));
    };
    named("by", EntityKind::Speaker, &node.by);
    named("via", EntityKind::Speaker, node.via.as_slice());
    named("metric", EntityKind::Metric, node.metric.as_slice());
    named("source", EntityKind::Source, node.source.as_slice());
    named("tag", EntityKind::Tag, &node.tags);
    edges
}

/// The claims that a write-up marks, and those it links to.
fn article_edges(site: &Site<'_>, index: DocumentIndex) -> Vec<Edge> {
    let book = site.book;
    let from = format!("article:{}", book.document(index).id);
    let claim_edge = |kind, claim: ClaimIndex| Edge {
        from: from.clone(),
        to: format!("claim:{}", book.claim(claim).id.value),
        kind,
        reason: None,
    };
    let own: Vec<ClaimIndex> = book.claims_of(index).collect();
    let mut linked: Vec<ClaimIndex> =
        book.claims_linked_from(index).filter(|claim| !own.contains(claim)).collect();
    linked.sort_unstable();
    linked.dedup();
    let marked = own.iter().map(|&claim| claim_edge("marks", claim));
    marked.chain(linked.iter().map(|&claim| claim_edge("mentions", claim))).collect()
}
