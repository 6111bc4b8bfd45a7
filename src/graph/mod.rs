//! Links documents to a [`Book`]: claims, speakers, metrics, sources and tags, every relation in both directions,
//! every link with the page that contains it. Names that lead nowhere are kept as data and reported. Nothing here
//! reads Markdown or writes HTML.

mod entity;
mod link;
mod names;
mod past;
mod references;
mod status;
mod trace;
mod twins;
mod unit;
mod unknown;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::document::{Claim, Document, DocumentKind, Reference, ReferenceRole, Relation, Target, Verdict};
use crate::quote::{Lock, QuoteCheck};

use past::Past;

pub use entity::{Entities, Entity, EntityIndex, EntityKind};
pub use link::{link, newest_first, newest_said_first};
pub use names::{Variant, same_name, variants};
pub use references::check_references;
pub use status::Status;
pub use trace::MOST_FALLS;
pub use unit::{plain_unit, unit_of_number};
pub use unknown::MOST_SUGGESTIONS;

/// Number of a document in [`Book::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIndex(u32);

/// Number of a claim in [`Book::claims`]; the order is that of the ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIndex(u32);

/// The number of one of many in 32 bits, since lists of numbers are what a book has most of.
fn short(number: usize) -> u32 {
    u32::try_from(number).expect("four thousand million claims or links do not fit into memory")
}

impl DocumentIndex {
    fn new(number: usize) -> Self {
        Self(short(number))
    }

    fn number(self) -> usize {
        self.0 as usize
    }
}

impl ClaimIndex {
    fn new(number: usize) -> Self {
        Self(short(number))
    }

    /// The number, from 0.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// A relation, seen from one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The claim at the other end.
    pub other: ClaimIndex,
    /// The claim that states the relation, and its place among that claim's relations.
    pub stated: (ClaimIndex, u32),
}

/// A link to something, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The document.
    pub document: DocumentIndex,
    /// Its place among the document's references.
    pub reference: u32,
}

/// A claim in its book.
#[derive(Debug, Clone)]
pub struct ClaimNode {
    /// The document that marks it.
    pub document: DocumentIndex,
    /// Its place among that document's claims.
    pub position: usize,
    /// What became of it, as of the day of the build.
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
    /// Relations it states. A relation is as old as the later of its claims: those with a claim that is not said
    /// yet are left out.
    pub outgoing: Vec<Edge>,
    /// Relations others state about it, likewise.
    pub incoming: Vec<Edge>,
    /// Links to it in prose, in the order of the book.
    pub mentions: Vec<Mention>,
    /// What it rests on that fell, by id: the nearest [`MOST_FALLS`].
    pub falls: Vec<Fall>,
}

impl ClaimNode {
    /// Give back the memory that its lists were given to grow.
    fn shrink(&mut self) {
        self.by.shrink_to_fit();
        self.tags.shrink_to_fit();
        self.outgoing.shrink_to_fit();
        self.incoming.shrink_to_fit();
        self.mentions.shrink_to_fit();
    }
}

/// A claim that another rests on, and that fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fall {
    /// The claim that fell.
    pub fallen: ClaimIndex,
    /// The next claim on the shortest way to it; itself at the end.
    pub next: ClaimIndex,
    /// The number of steps on that way: 1 where the claim depends on the fallen one itself.
    pub steps: u32,
}

/// Everything, linked. Made by [`link`].
#[derive(Debug)]
pub struct Book {
    documents: Vec<Arc<Document>>,
    links: Arc<Links>,
}

/// What follows from the structure of all documents and from the day of the build, and from nothing else in them.
#[derive(Debug, Clone, Default)]
struct Links {
    /// The day of the build: what is said or judged later does not count.
    day: Date,
    claims: Vec<ClaimNode>,
    /// What other claims did to a claim in the course of time, for the claims to which they did something.
    pasts: HashMap<ClaimIndex, Past>,
    /// Those that were said by that day.
    said: Vec<ClaimIndex>,
    claim_ids: HashMap<String, ClaimIndex>,
    by_path: HashMap<(DocumentKind, String), DocumentIndex>,
    by_file: HashMap<String, DocumentIndex>,
    backlinks: Vec<Vec<Mention>>,
    articles: Vec<DocumentIndex>,
    speakers: Entities,
    metrics: Entities,
    sources: Entities,
    tags: Entities,
}

impl Links {
    fn entities_mut(&mut self) -> [&mut Entities; 4] {
        [&mut self.speakers, &mut self.metrics, &mut self.sources, &mut self.tags]
    }
}

impl Book {
    /// Both halves, while the book is being made: nobody else has its links.
    fn parts(&mut self) -> (&[Arc<Document>], &mut Links) {
        (&self.documents, Arc::make_mut(&mut self.links))
    }

    /// The same book with other texts: `documents` take the places of those in the same files. `None` where
    /// one has no place here, or another structure ([`Outline`](crate::document::Outline)).
    pub fn with_texts(&self, documents: &[Arc<Document>]) -> Option<Self> {
        let mut all = self.documents.clone();
        for document in documents {
            let place = all.get_mut(self.find_file(&document.path)?.number())?;
            if document.outline().structure != place.outline().structure {
                return None;
            }
            *place = Arc::clone(document);
        }
        Some(Self { documents: all, links: Arc::clone(&self.links) })
    }

    /// Whether two books differ in nothing but words: then what was planned for one holds for the other.
    pub fn has_links_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.links, &other.links)
    }

    /// Write-ups, newest first; of one day, those with most claims first.
    pub fn articles(&self) -> &[DocumentIndex] {
        &self.links.articles
    }

    /// People and organisations.
    pub fn speakers(&self) -> &Entities {
        &self.links.speakers
    }

    /// Metrics.
    pub fn metrics(&self) -> &Entities {
        &self.links.metrics
    }

    /// Cited documents with a file.
    pub fn sources(&self) -> &Entities {
        &self.links.sources
    }

    /// Tags.
    pub fn tags(&self) -> &Entities {
        &self.links.tags
    }

    /// A document.
    pub fn document(&self, index: DocumentIndex) -> &Document {
        &self.documents[index.number()]
    }

    /// All documents, by path of their files.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentIndex, &Document)> {
        self.documents
            .iter()
            .enumerate()
            .map(|(index, document)| (DocumentIndex::new(index), document.as_ref()))
    }

    /// A claim as its author marked it.
    pub fn claim(&self, index: ClaimIndex) -> &Claim {
        let node = self.node(index);
        &self.document(node.document).claims[node.position]
    }

    /// A claim in its book.
    pub fn node(&self, index: ClaimIndex) -> &ClaimNode {
        &self.links.claims[index.number()]
    }

    /// Id of the file of a claim's source, where it has one: the name of its snapshot.
    pub fn source_id(&self, index: ClaimIndex) -> Option<&str> {
        self.node(index).source.map(|source| self.sources().get(source).id.as_str())
    }

    /// What `lock` says, on the day of the build, about the quotation of a claim, if it has one.
    pub fn check_quote<'a>(&self, index: ClaimIndex, lock: &'a Lock) -> Option<QuoteCheck<'a>> {
        let claim = self.claim(index);
        Some(lock.check(claim, claim.quote.as_ref()?, self.source_id(index), self.links.day.into()))
    }

    /// The claims that count: those that were said by the day of the build, by id. Lists, counts, scores, charts and
    /// feeds are made of these.
    pub fn claims(&self) -> impl ExactSizeIterator<Item = ClaimIndex> + Clone + '_ {
        self.links.said.iter().copied()
    }

    /// All claims, also those that are not said yet, by id. Each has a page and is in the data.
    pub fn all_claims(&self) -> impl ExactSizeIterator<Item = ClaimIndex> + Clone + use<> {
        (0..self.links.claims.len()).map(ClaimIndex::new)
    }

    /// The claim with an id or former id.
    pub fn find_claim(&self, id: &str) -> Option<ClaimIndex> {
        self.links.claim_ids.get(id).copied()
    }

    /// The document of a kind with an id.
    pub fn find(&self, kind: DocumentKind, id: &str) -> Option<DocumentIndex> {
        self.links.by_path.get(&(kind, id.to_owned())).copied()
    }

    /// The document in a file, by path from the site's root.
    pub fn find_file(&self, path: &str) -> Option<DocumentIndex> {
        self.links.by_file.get(path).copied()
    }

    /// All entities of a sort.
    pub fn entities(&self, kind: EntityKind) -> &Entities {
        match kind {
            EntityKind::Speaker => self.speakers(),
            EntityKind::Metric => self.metrics(),
            EntityKind::Source => self.sources(),
            EntityKind::Tag => self.tags(),
        }
    }

    /// The numbers of all entities of a sort, by id.
    pub fn entity_indices(&self, kind: EntityKind) -> impl Iterator<Item = EntityIndex> + use<> {
        (0..self.entities(kind).len()).map(move |number| EntityIndex { kind, number })
    }

    /// An entity.
    pub fn entity(&self, index: EntityIndex) -> &Entity {
        self.entities(index.kind).get(index.number)
    }

    /// The claims from the first that `claim` depends on to the one that fell.
    pub fn path_of_fall(&self, claim: ClaimIndex, fallen: ClaimIndex) -> impl Iterator<Item = ClaimIndex> {
        let next = move |&at: &ClaimIndex| {
            let mut falls = self.node(at).falls.iter();
            falls.find(|fall| fall.fallen == fallen).map(|fall| fall.next)
        };
        std::iter::successors(Some(claim), next).skip(1)
    }

    /// The status that a claim had on a day gone by, by the same rules as today's; none where it had not
    /// been said.
    pub fn status_then(&self, claim: ClaimIndex, day: Date) -> Option<Status> {
        if day >= self.links.day {
            return Some(self.node(claim).status).filter(|&status| status != Status::NotSaid);
        }
        past::status_then(self, claim, day)
    }

    /// Whether what has a date counts on the day of the build. The next day counts as well, for authors whose day
    /// begins before that of UTC; a partial date begins with its first day.
    pub fn counts(&self, date: PartialDate) -> bool {
        date.counts_on(self.links.day.into())
    }

    /// Whether a claim was said by the day of the build. One without a date was.
    pub fn is_said(&self, claim: ClaimIndex) -> bool {
        self.claim(claim).said.as_ref().is_none_or(|said| self.counts(said.value))
    }

    /// The verdicts on a claim that were given by the day of the build, the latest last.
    pub fn verdicts(&self, claim: ClaimIndex) -> impl DoubleEndedIterator<Item = &Verdict> {
        self.claim(claim).verdicts.iter().filter(|verdict| self.counts(verdict.date.value))
    }

    /// The last verdict on a claim.
    pub fn last_verdict(&self, claim: ClaimIndex) -> Option<&Verdict> {
        self.verdicts(claim).next_back()
    }

    /// Whether the last verdict says that a claim was wrong.
    pub fn has_fallen(&self, claim: ClaimIndex) -> bool {
        self.last_verdict(claim).is_some_and(|verdict| verdict.word.value.is_fall())
    }

    /// The link that a mention is.
    pub fn reference(&self, mention: Mention) -> &Reference {
        &self.document(mention.document).references[mention.reference as usize]
    }

    /// The relation an edge stands for.
    pub fn relation(&self, edge: Edge) -> &Relation {
        &self.claim(edge.stated.0).relations[edge.stated.1 as usize]
    }

    /// Links to a document in prose.
    pub fn backlinks(&self, index: DocumentIndex) -> &[Mention] {
        &self.links.backlinks[index.number()]
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
