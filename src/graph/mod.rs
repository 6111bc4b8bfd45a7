//! How does it all hang together? Documents in, a [`Book`] out: claims, speakers, metrics, sources
//! and tags, every relation in both directions, every link with the page it stands on. Unresolved
//! names are kept as data and reported; nothing here reads Markdown or writes HTML.

mod entity;
mod link;
mod references;
mod status;
mod trace;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::document::{Claim, Document, DocumentKind, ReferenceRole, Relation, Target};
use crate::quote::{Lock, QuoteCheck};

pub use entity::{Entities, Entity, EntityKind};
pub use link::{link, newest_first, newest_said_first};
pub use references::check_references;
pub use status::Status;

/// Number of a document in [`Book::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIndex(pub(crate) usize);

/// Number of a claim in [`Book::claims`]; the order is that of the ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIndex(pub(crate) usize);

/// A relation, seen from one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The claim at the other end.
    pub other: ClaimIndex,
    /// The claim that states the relation, and its place among that claim's relations.
    pub stated: (ClaimIndex, usize),
}

/// A link to something, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The document.
    pub document: DocumentIndex,
    /// Its place among the document's references.
    pub reference: usize,
}

/// A claim in its book.
#[derive(Debug)]
pub struct ClaimNode {
    /// The document that marks it.
    pub document: DocumentIndex,
    /// Its place among that document's claims.
    pub position: usize,
    /// What became of it, as of today.
    pub status: Status,
    /// Speakers that assert it.
    pub by: Vec<usize>,
    /// The speaker that reported it.
    pub via: Option<usize>,
    /// Its metric.
    pub metric: Option<usize>,
    /// Its source: its own, else its write-up's.
    pub source: Option<usize>,
    /// Its tags and its write-up's.
    pub tags: Vec<usize>,
    /// Relations it states.
    pub outgoing: Vec<Edge>,
    /// Relations others state about it.
    pub incoming: Vec<Edge>,
    /// Links to it in prose, in the order of the book.
    pub mentions: Vec<Mention>,
    /// What it rests on that fell, by id.
    pub falls: Vec<Fall>,
}

/// A claim that another rests on, and that fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fall {
    /// The claim that fell.
    pub fallen: ClaimIndex,
    /// The next claim on the shortest way to it; itself at the end.
    pub next: ClaimIndex,
}

/// Everything, linked. Made by [`link`].
#[derive(Debug)]
pub struct Book {
    pub(crate) documents: Vec<Arc<Document>>,
    pub(crate) claims: Vec<ClaimNode>,
    pub(crate) claim_ids: HashMap<String, ClaimIndex>,
    pub(crate) by_path: HashMap<(DocumentKind, String), DocumentIndex>,
    pub(crate) by_file: HashMap<String, DocumentIndex>,
    pub(crate) backlinks: Vec<Vec<Mention>>,
    /// Write-ups, newest first; of one day, those with most claims first.
    pub articles: Vec<DocumentIndex>,
    /// People and organisations.
    pub speakers: Entities,
    /// Metrics.
    pub metrics: Entities,
    /// Cited documents with a file.
    pub sources: Entities,
    /// Tags.
    pub tags: Entities,
}

impl Book {
    /// A document.
    pub fn document(&self, index: DocumentIndex) -> &Document {
        &self.documents[index.0]
    }

    /// All documents, by path of their files.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentIndex, &Document)> {
        self.documents.iter().enumerate().map(|(index, document)| (DocumentIndex(index), document.as_ref()))
    }

    /// A claim as its author marked it.
    pub fn claim(&self, index: ClaimIndex) -> &Claim {
        let node = self.node(index);
        &self.document(node.document).claims[node.position]
    }

    /// A claim in its book.
    pub fn node(&self, index: ClaimIndex) -> &ClaimNode {
        &self.claims[index.0]
    }

    /// Id of the file of a claim's source, where it has one: the name of its snapshot.
    pub fn source_id(&self, index: ClaimIndex) -> Option<&str> {
        self.node(index).source.map(|source| self.sources.get(source).id.as_str())
    }

    /// What `lock` knows of a claim's quotation; nothing where there is none.
    pub fn check_quote<'a>(&self, index: ClaimIndex, lock: &'a Lock) -> Option<QuoteCheck<'a>> {
        let claim = self.claim(index);
        Some(lock.check(claim, claim.quote.as_ref()?, self.source_id(index)))
    }

    /// All claims, by id.
    pub fn claims(&self) -> impl Iterator<Item = ClaimIndex> + Clone + use<> {
        (0..self.claims.len()).map(ClaimIndex)
    }

    /// The claim with an id or former id.
    pub fn find_claim(&self, id: &str) -> Option<ClaimIndex> {
        self.claim_ids.get(id).copied()
    }

    /// The document of a kind with an id.
    pub fn find(&self, kind: DocumentKind, id: &str) -> Option<DocumentIndex> {
        self.by_path.get(&(kind, id.to_owned())).copied()
    }

    /// The document in a file, by path from the site's root.
    pub fn find_file(&self, path: &str) -> Option<DocumentIndex> {
        self.by_file.get(path).copied()
    }

    /// The claims from the first that `claim` depends on to the one that fell.
    pub fn path_of_fall(&self, claim: ClaimIndex, fallen: ClaimIndex) -> Vec<ClaimIndex> {
        let mut path = Vec::new();
        let mut at = claim;
        while at != fallen {
            let Some(fall) = self.node(at).falls.iter().find(|fall| fall.fallen == fallen) else {
                break;
            };
            at = fall.next;
            path.push(at);
        }
        path
    }

    /// The status that a claim had on a day gone by, by the same rules as today's; none where it had not
    /// been said.
    pub fn status_then(&self, claim: ClaimIndex, day: Date) -> Option<Status> {
        status::status_then(self, claim, day)
    }

    /// The relation an edge stands for.
    pub fn relation(&self, edge: Edge) -> &Relation {
        &self.claim(edge.stated.0).relations[edge.stated.1]
    }

    /// Links to a document in prose.
    pub fn backlinks(&self, index: DocumentIndex) -> &[Mention] {
        &self.backlinks[index.0]
    }

    /// The claims that the text of a document links to, in reading order, repeated as they are.
    pub fn claims_linked_from(&self, index: DocumentIndex) -> impl Iterator<Item = ClaimIndex> + '_ {
        let links = self.document(index).references.iter().filter(|link| link.role != ReferenceRole::Fact);
        links.filter_map(|link| match &link.target {
            Target::Claim(id) => self.find_claim(id),
            _ => None,
        })
    }

    /// The claims a write-up marks, in reading order.
    pub fn claims_of(&self, index: DocumentIndex) -> impl Iterator<Item = ClaimIndex> + '_ {
        self.document(index)
            .claims
            .iter()
            .filter_map(|claim| self.find_claim(&claim.id.value))
            .filter(move |&claim| self.node(claim).document == index)
    }
}
