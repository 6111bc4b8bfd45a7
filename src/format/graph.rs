//! Writes `data/graph.json`: claims, write-ups, speakers, metrics, sources and tags as nodes, and their relations
//! as edges.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::document::DocumentKind;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex, EntityKind};
use crate::page::Site;

use super::json::{append, list_of};

/// A node of the graph. Ids have the form `kind:id` and are unique in the file.
#[derive(Serialize)]
struct GraphNode<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

#[derive(Serialize)]
/// An edge of the graph. `from` and `to` are ids of nodes.
struct GraphEdge<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A claim, write-up or entity that is a node of the graph.
enum Named {
    Claim(ClaimIndex),
    Article(DocumentIndex),
    Entity(EntityIndex),
}

/// Writes `data/graph.json`.
pub(crate) fn graph(site: &Site<'_>, sink: &mut dyn Write) -> Result<()> {
    let book = site.book;
    let claims = book.all_claims().map(Named::Claim);
    let articles = book.documents().filter(|(_, document)| document.kind == DocumentKind::Article);
    let kinds = [EntityKind::Speaker, EntityKind::Metric, EntityKind::Source, EntityKind::Tag];
    let entities = kinds.into_iter().flat_map(|kind| book.entity_indices(kind)).map(Named::Entity);
    let all: Vec<Named> =
        claims.chain(articles.map(|(index, _)| Named::Article(index))).chain(entities).collect();
    let head = format!("{{\"version\":1,\"generated\":\"{}\",\"nodes\":[", site.config.today);
    list_of(sink, &all, [&head, ",", "],"], |named, out| append(out, &node(site, named)))?;
    list_of(sink, &all, ["\"edges\":[", ",", "]}\n"], |named, out| match *named {
        Named::Claim(index) => claim_edges(site, index, out),
        Named::Article(index) => article_edges(site, index, out),
        Named::Entity(_) => Ok(()),
    })
}

fn node<'a>(site: &Site<'a>, named: &Named) -> GraphNode<'a> {
    let book = site.book;
    let (kind, id, label, status) = match *named {
        Named::Claim(index) => {
            let claim = book.claim(index);
            (
                "claim",
                &claim.id.value,
                claim.statement.value.read(site.access).as_str(),
                Some(book.node(index).status.word()),
            )
        }
        Named::Article(index) => ("article", &book.document(index).id, site.title(index), None),
        Named::Entity(index) => {
            let entity = book.entity(index);
            (index.kind.word(), &entity.id, entity.name.as_str(), None)
        }
    };
    let url = site.config.base_url.absolute(&[kind, "s/", id, "/"].concat());
    GraphNode { id: [kind, ":", id].concat(), kind, label, url, status }
}

/// Writes the edges that begin at one node, separated by commas.
struct Edges<'a> {
    from: String,
    out: &'a mut Vec<u8>,
    start: usize,
}

impl<'a> Edges<'a> {
    fn new(kind: &str, id: &str, out: &'a mut Vec<u8>) -> Self {
        Self { from: [kind, ":", id].concat(), start: out.len(), out }
    }

    fn add(&mut self, kind: &'static str, to: [&str; 2], reason: Option<String>) -> Result<()> {
        if self.out.len() > self.start {
            self.out.push(b',');
        }
        append(self.out, &GraphEdge { from: &self.from, to: &to.join(":"), kind, reason })
    }
}

/// Writes the edges of a claim: its relations to other claims, and the entities that it names.
fn claim_edges(site: &Site<'_>, index: ClaimIndex, out: &mut Vec<u8>) -> Result<()> {
    let book = site.book;
    let mut edges = Edges::new("claim", &book.claim(index).id.value, out);
    let node = book.node(index);
    for &edge in &node.outgoing {
        let relation = book.relation(edge);
        let reason = relation.reason.as_ref().map(|reason| reason.read(site.access).plain());
        edges.add(relation.kind.word(), ["claim", &book.claim(edge.other).id.value], reason)?;
    }
    let named: [(&str, EntityKind, &[usize]); 5] = [
        ("by", EntityKind::Speaker, &node.by),
        ("via", EntityKind::Speaker, node.via.as_slice()),
        ("metric", EntityKind::Metric, node.metric.as_slice()),
        ("source", EntityKind::Source, node.source.as_slice()),
        ("tag", EntityKind::Tag, &node.tags),
    ];
    for (word, kind, numbers) in named {
        for &number in numbers {
            edges.add(word, [kind.word(), &book.entity(EntityIndex { kind, index: number }).id], None)?;
        }
    }
    Ok(())
}

/// Writes the edges of a write-up: to the claims that it marks, and to other claims that it links to.
fn article_edges(site: &Site<'_>, index: DocumentIndex, out: &mut Vec<u8>) -> Result<()> {
    let book = site.book;
    let mut edges = Edges::new("article", &book.document(index).id, out);
    let own: Vec<ClaimIndex> = book.claims_in(index).collect();
    let marked: BTreeSet<ClaimIndex> = own.iter().copied().collect();
    let mut linked: Vec<ClaimIndex> =
        book.claims_linked_from(index).filter(|claim| !marked.contains(claim)).collect();
    linked.sort_unstable();
    linked.dedup();
    let marked = own.iter().map(|&claim| ("marks", claim));
    for (word, claim) in marked.chain(linked.iter().map(|&claim| ("mentions", claim))) {
        edges.add(word, ["claim", &book.claim(claim).id.value], None)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::*;
    use crate::format::tests::{book, json};
    use crate::graph::example::{Example, article, claim};

    /// The edges of a graph as text, and its nodes by id. Every edge must join nodes.
    #[track_caller]
    fn read(example: &Example) -> (Vec<String>, BTreeMap<String, Value>) {
        let graph = json(|sink| graph(&example.site(), sink));
        let list = |key: &str| graph[key].as_array().expect("a list").clone();
        let text = |value: &Value, key: &str| value[key].as_str().expect("a text").to_owned();
        let nodes: BTreeMap<String, Value> =
            list("nodes").into_iter().map(|node| (text(&node, "id"), node)).collect();
        assert_eq!(nodes.len(), list("nodes").len(), "an id is there twice");
        let edges = list("edges");
        for (edge, end) in edges.iter().flat_map(|edge| [(edge, "from"), (edge, "to")]) {
            assert!(nodes.contains_key(&text(edge, end)), "{edge} leads nowhere");
        }
        let words = |edge: &Value| {
            let reason = edge["reason"].as_str().map(|reason| format!(" ({reason})")).unwrap_or_default();
            format!("{} {} {}{reason}", text(edge, "from"), text(edge, "type"), text(edge, "to"))
        };
        (edges.iter().map(words).collect(), nodes)
    }

    #[test]
    fn every_edge_of_the_graph_joins_nodes() {
        let (edges, _) = read(&book());
        let edge = "claim:left contradicts claim:right (left says so)";
        assert!(edges.iter().any(|found| found == edge), "{edges:?}");
    }

    #[test]
    fn claims_write_ups_and_entities_are_nodes() {
        let own = claim(
            "own",
            "kind:: measurement\nby:: Ann\nvia:: Bob\nmetric:: Pace\nsubject:: it\nsource:: report\ntags:: t",
        );
        let example = Example::new(&[
            ("content/articles/a.md", &article(&format!("[It](claim:own), [other](claim:other).\n\n{own}"))),
            (
                "content/claims/other.md",
                "---\nstatement: Other.\nkind: statement\nby: Ann\nsource: report\n---\n",
            ),
            ("content/sources/report.md", "---\ntitle: Report\n---\n"),
        ]);
        let (edges, nodes) = read(&example);
        assert_eq!(
            edges,
            [
                "claim:other by speaker:ann",
                "claim:other source source:report",
                "claim:own by speaker:ann",
                "claim:own via speaker:bob",
                "claim:own metric metric:pace",
                "claim:own source source:report",
                "claim:own tag tag:t",
                "article:a marks claim:own",
                "article:a mentions claim:other",
            ]
        );
        let ids: Vec<&str> = nodes.keys().map(String::as_str).collect();
        let expected = [
            "article:a",
            "claim:other",
            "claim:own",
            "metric:pace",
            "source:report",
            "speaker:ann",
            "speaker:bob",
            "tag:t",
        ];
        assert_eq!(ids, expected);
        assert_eq!(nodes["claim:own"]["status"], "unreviewed");
        assert_eq!(nodes["metric:pace"]["label"], "Pace");
        assert_eq!(nodes["speaker:bob"]["url"], "https://example.org/speakers/bob/");
    }
}
