//! `data/graph.json`: everything that is named, and how it hangs together, as nodes and edges.

use anyhow::Result;
use serde::Serialize;

use crate::document::DocumentKind;
use crate::graph::{ClaimIndex, DocumentIndex, Entities};
use crate::page::Site;

use super::json::escaped;

#[derive(Serialize)]
struct File {
    version: u32,
    generated: String,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

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

/// The bytes of `data/graph.json`.
pub(super) fn graph(site: &Site<'_>) -> Result<Vec<u8>> {
    let book = site.book;
    let mut file =
        File { version: 1, generated: site.config.today.to_string(), nodes: Vec::new(), edges: Vec::new() };
    for index in book.claims() {
        file.nodes.push(Node {
            status: Some(book.node(index).status.word()),
            ..node(site, "claim", &book.claim(index).id.value, &book.claim(index).statement.value)
        });
        claim_edges(site, index, &mut file.edges);
    }
    for (index, document) in book.documents().filter(|(_, document)| document.kind == DocumentKind::Article) {
        file.nodes.push(node(site, "article", &document.id, site.title(index)));
        article_edges(site, index, &mut file.edges);
    }
    entity_nodes(site, "speaker", book.speakers(), &mut file.nodes);
    entity_nodes(site, "metric", book.metrics(), &mut file.nodes);
    entity_nodes(site, "source", book.sources(), &mut file.nodes);
    entity_nodes(site, "tag", book.tags(), &mut file.nodes);
    escaped(&file)
}

fn node(site: &Site<'_>, kind: &'static str, id: &str, label: &str) -> Node {
    let url = site.config.base_url.absolute(&format!("{kind}s/{id}/"));
    Node { id: format!("{kind}:{id}"), kind, label: label.to_owned(), url, status: None }
}

fn entity_nodes(site: &Site<'_>, kind: &'static str, entities: &Entities, nodes: &mut Vec<Node>) {
    nodes.extend(entities.iter().map(|entity| node(site, kind, &entity.id, &entity.name)));
}

/// Relations as written, and what the claim names.
fn claim_edges(site: &Site<'_>, index: ClaimIndex, edges: &mut Vec<Edge>) {
    let book = site.book;
    let from = format!("claim:{}", book.claim(index).id.value);
    let node = book.node(index);
    edges.extend(node.outgoing.iter().map(|&edge| {
        let relation = book.relation(edge);
        let to = format!("claim:{}", book.claim(edge.other).id.value);
        let reason = relation.reason.as_ref().map(crate::document::Rich::plain);
        Edge { from: from.clone(), to, kind: relation.kind.word(), reason }
    }));
    let mut named = |kind, sort: &str, entities: &Entities, numbers: &[usize]| {
        edges.extend(numbers.iter().map(|&number| {
            let to = format!("{sort}:{}", entities.get(number).id);
            Edge { from: from.clone(), to, kind, reason: None }
        }));
    };
    named("by", "speaker", book.speakers(), &node.by);
    named("via", "speaker", book.speakers(), node.via.as_slice());
    named("metric", "metric", book.metrics(), node.metric.as_slice());
    named("source", "source", book.sources(), node.source.as_slice());
    named("tag", "tag", book.tags(), &node.tags);
}

/// The claims that a write-up marks, and those it links to.
fn article_edges(site: &Site<'_>, index: DocumentIndex, edges: &mut Vec<Edge>) {
    let book = site.book;
    let document = book.document(index);
    let from = format!("article:{}", document.id);
    let claim_edge = |kind, claim: ClaimIndex| Edge {
        from: from.clone(),
        to: format!("claim:{}", book.claim(claim).id.value),
        kind,
        reason: None,
    };
    let own: Vec<ClaimIndex> = book.claims_of(index).collect();
    edges.extend(own.iter().map(|&claim| claim_edge("marks", claim)));
    let mut linked: Vec<ClaimIndex> =
        book.claims_linked_from(index).filter(|claim| !own.contains(claim)).collect();
    linked.sort_unstable();
    linked.dedup();
    edges.extend(linked.into_iter().map(|claim| claim_edge("mentions", claim)));
}
