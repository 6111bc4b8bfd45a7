//! Links documents to a [`Book`]: resolves names to claims, speakers, metrics, sources and tags, and stores every
//! relation and link at both of its ends. Names that cannot be resolved stay in the data and are reported. This
//! module neither reads Markdown nor writes HTML.

mod confusable_names;
mod entity;
#[cfg(test)]
pub(crate) mod example;
mod left_out;
mod link;
mod names;
mod references;
mod status;
mod status_history;
mod trace;
mod unit;
mod unknown;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::document::{
    Claim, Document, DocumentKind, Reference, ReferenceRole, Relation, Target, Verdict, WordingAccess,
};
use crate::quote::{Lock, QuoteCheck};

pub use entity::{Entities, Entity, EntityIndex, EntityKind};
pub use left_out::LeftOut;
pub use link::{article_sort_key, claim_sort_key, link};
pub use names::{SpellingVariant, help_for_spelling_variants, spelling_variants};
pub use references::check_references;
pub use status::Status;
pub use trace::MAX_FALLEN_DEPENDENCIES;
pub use unit::{claim_unit, normalized_unit};
pub use unknown::MAX_NAME_SEARCHES;

/// Index of a document in [`Book::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIndex(u32);

/// Index of a claim in the list of all claims ([`Book::all_claims`]), which is sorted by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIndex(u32);

/// Converts an index to 32 bits. A book has many lists of indices, and 32 bits halve their memory on 64-bit
/// systems.
fn index_to_u32(number: usize) -> u32 {
    u32::try_from(number).expect("a book has fewer than 2^32 claims and links")
}

impl DocumentIndex {
    fn new(number: usize) -> Self {
        Self(index_to_u32(number))
    }

    fn as_usize(self) -> usize {
        self.0 as usize
    }
}

impl ClaimIndex {
    fn new(number: usize) -> Self {
        Self(index_to_u32(number))
    }

    /// Returns the index as a number that starts at 0.
    pub fn as_usize(self) -> usize {
        self.0 as usize
    }
}

/// A relation between two claims, as it is stored in the [`ClaimNode`] at one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The claim at the other end.
    pub other: ClaimIndex,
    /// The claim whose text states the relation, and the index of the relation in [`Claim::relations`].
    pub stated_by: (ClaimIndex, u32),
}

/// A status that a claim has had from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusPeriod {
    /// The first day; `None` if the claim has no date and has had the status from the beginning.
    pub from: Option<Date>,
    /// The status.
    pub status: Status,
}

/// The position of a link in prose to a claim, an entity or a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Document that contains the link.
    pub document: DocumentIndex,
    /// Index of the link in the `references` of the document.
    pub reference: u32,
}

/// What linking adds to a claim: its status, relations and the entities that it names.
#[derive(Debug, Clone)]
pub struct ClaimNode {
    /// Document that contains the claim.
    pub document: DocumentIndex,
    /// Index of the claim in the `claims` of its document.
    pub index_in_document: usize,
    /// Status of the claim on the day of the build.
    pub status: Status,
    /// Indices of the speakers that assert the claim, in [`Book::speakers`].
    pub by: Vec<usize>,
    /// Index of the speaker that reported the claim, in [`Book::speakers`].
    pub via: Option<usize>,
    /// Index of the metric of the claim, in [`Book::metrics`].
    pub metric: Option<usize>,
    /// Index of the source of the claim, in [`Book::sources`]: the source that the claim names, otherwise the
    /// source of its write-up.
    pub source: Option<usize>,
    /// Indices of the tags of the claim and of its write-up, in [`Book::tags`], sorted.
    pub tags: Vec<usize>,
    /// Relations that this claim states. A relation counts only after both of its claims were said, so relations
    /// with a claim that is dated after the day of the build are left out.
    pub outgoing: Vec<Edge>,
    /// Relations that other claims state about this claim. Relations with a claim that is dated after the day of
    /// the build are left out.
    pub incoming: Vec<Edge>,
    /// Links to the claim in prose, in the order of [`Book::documents`].
    pub mentions: Vec<Mention>,
    /// The nearest claims that this claim depends on and that have fallen, at most [`MAX_FALLEN_DEPENDENCIES`], sorted by id.
    pub fallen_dependencies: Vec<FallenDependency>,
}

impl ClaimNode {
    /// Releases the unused capacity of the lists.
    fn shrink(&mut self) {
        self.by.shrink_to_fit();
        self.tags.shrink_to_fit();
        self.outgoing.shrink_to_fit();
        self.incoming.shrink_to_fit();
        self.mentions.shrink_to_fit();
    }
}

/// A fallen claim, as it is stored in a claim that depends on it directly or indirectly. A claim has fallen if
/// [`Book::has_fallen`] is true for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FallenDependency {
    /// The claim that has fallen.
    pub fallen: ClaimIndex,
    /// The next claim on the shortest path of `depends-on` relations to the fallen claim. It is the fallen claim
    /// itself if the dependency is direct.
    pub next: ClaimIndex,
    /// Number of `depends-on` relations on that path: 1 for a direct dependency.
    pub steps: u32,
}

/// All documents of a site and the links between them. [`link`] creates it.
#[derive(Debug)]
pub struct Book {
    documents: Vec<Arc<Document>>,
    links: Arc<Links>,
}

/// Everything that linking computes. It depends only on the structure of the documents
/// ([`Outline`](crate::document::Outline)) and on the day of the build, not on the words of the texts.
#[derive(Debug, Clone, Default)]
struct Links {
    /// The day of the build. Claims and verdicts that are dated later do not count.
    today: Date,
    claims: Vec<ClaimNode>,
    /// The periods in which a claim was superseded or contested, for the claims that have such a period.
    status_histories: HashMap<ClaimIndex, StatusHistory>,
    /// Claims that were said by the day of the build, by id.
    said_claims: Vec<ClaimIndex>,
    claim_ids: HashMap<String, ClaimIndex>,
    by_kind_and_id: HashMap<(DocumentKind, String), DocumentIndex>,
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
    /// Returns the links for changes during linking. No other book shares them yet, so they are not copied.
    fn links_mut(&mut self) -> &mut Links {
        Arc::make_mut(&mut self.links)
    }

    /// Returns both fields at once, for functions that read the documents while they change the links.
    fn split_mut(&mut self) -> (&[Arc<Document>], &mut Links) {
        (&self.documents, Arc::make_mut(&mut self.links))
    }

    /// Returns this book with `documents` in place of the documents of the same files, which must be in the book and
    /// have the same structure ([`Outline`](crate::document::Outline)). All links stay as they are.
    #[must_use]
    pub fn with_documents(&self, documents: Vec<Arc<Document>>) -> Self {
        let mut all = self.documents.clone();
        for document in documents {
            let index = self.find_file(&document.path).expect("the book has a document of the same file");
            all[index.as_usize()] = document;
        }
        Self { documents: all, links: Arc::clone(&self.links) }
    }

    /// Returns the write-ups, newest first. Write-ups of the same day are sorted by their number of claims, largest
    /// first.
    pub fn articles(&self) -> &[DocumentIndex] {
        &self.links.articles
    }

    /// Returns the speakers: people and organisations.
    pub fn speakers(&self) -> &Entities {
        &self.links.speakers
    }

    /// Returns the metrics.
    pub fn metrics(&self) -> &Entities {
        &self.links.metrics
    }

    /// Returns the sources that have a file of their own.
    pub fn sources(&self) -> &Entities {
        &self.links.sources
    }

    /// Returns the tags.
    pub fn tags(&self) -> &Entities {
        &self.links.tags
    }

    /// Returns the document with an index.
    pub fn document(&self, index: DocumentIndex) -> &Document {
        &self.documents[index.as_usize()]
    }

    /// Returns all documents, sorted by the path of their files.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentIndex, &Document)> {
        self.documents
            .iter()
            .enumerate()
            .map(|(index, document)| (DocumentIndex::new(index), document.as_ref()))
    }

    /// Returns a claim as its author wrote it.
    pub fn claim(&self, index: ClaimIndex) -> &Claim {
        let node = self.node(index);
        &self.document(node.document).claims[node.index_in_document]
    }

    /// Returns what linking added to a claim.
    pub fn node(&self, index: ClaimIndex) -> &ClaimNode {
        &self.links.claims[index.as_usize()]
    }

    /// Returns the id of the source of a claim, if the source has a file. Snapshots of the source are named after
    /// this id.
    pub fn source_id(&self, index: ClaimIndex) -> Option<&str> {
        self.node(index).source.map(|source| self.sources().get(source).id.as_str())
    }

    /// Compares the quotation of a claim with the entries of `lock`, as of the day of the build. Returns `None` if
    /// the claim has no quotation.
    pub fn check_quote<'a>(
        &self,
        index: ClaimIndex,
        lock: &'a Lock,
        access: WordingAccess,
    ) -> Option<QuoteCheck<'a>> {
        lock.check(self.claim(index), self.source_id(index), self.links.today.into(), access)
    }

    /// Returns the claims that were said by the day of the build, by id. Lists, counts, scores, charts and feeds
    /// contain only these claims.
    pub fn claims(&self) -> impl ExactSizeIterator<Item = ClaimIndex> + Clone + '_ {
        self.links.said_claims.iter().copied()
    }

    /// Returns all claims by id, including those that are dated after the day of the build. Each has a page and is
    /// in the exported data.
    pub fn all_claims(&self) -> impl ExactSizeIterator<Item = ClaimIndex> + Clone + use<> {
        (0..self.links.claims.len()).map(ClaimIndex::new)
    }

    /// Returns the claim that has or had this id.
    pub fn find_claim(&self, id: &str) -> Option<ClaimIndex> {
        self.links.claim_ids.get(id).copied()
    }

    /// Returns the document with this kind and id.
    pub fn find(&self, kind: DocumentKind, id: &str) -> Option<DocumentIndex> {
        self.links.by_kind_and_id.get(&(kind, id.to_owned())).copied()
    }

    /// Returns the document in a file. The path is relative to the root of the site.
    pub fn find_file(&self, path: &str) -> Option<DocumentIndex> {
        self.links.by_file.get(path).copied()
    }

    /// Returns all entities of a kind.
    pub fn entities(&self, kind: EntityKind) -> &Entities {
        match kind {
            EntityKind::Speaker => self.speakers(),
            EntityKind::Metric => self.metrics(),
            EntityKind::Source => self.sources(),
            EntityKind::Tag => self.tags(),
        }
    }

    /// Returns the indices of all entities of a kind, sorted by the id of the entity.
    pub fn entity_indices(&self, kind: EntityKind) -> impl Iterator<Item = EntityIndex> + use<> {
        (0..self.entities(kind).len()).map(move |number| EntityIndex { kind, index: number })
    }

    /// Returns the entity with an index.
    pub fn entity(&self, index: EntityIndex) -> &Entity {
        self.entities(index.kind).get(index.index)
    }

    /// Returns the path of dependencies from `claim` to `fallen`: first the claim that `claim` depends on directly,
    /// last `fallen`.
    pub fn path_to_fallen(&self, claim: ClaimIndex, fallen: ClaimIndex) -> impl Iterator<Item = ClaimIndex> {
        let next = move |&at: &ClaimIndex| {
            let mut falls = self.node(at).fallen_dependencies.iter();
            falls.find(|fall| fall.fallen == fallen).map(|fall| fall.next)
        };
        std::iter::successors(Some(claim), next).skip(1)
    }

    /// Returns the status that a claim had at the end of `day`, computed by the same rules as its present status.
    /// Returns `None` if the claim had not been said by then. A `day` after the day of the build is treated as the
    /// day of the build.
    pub fn status_on(&self, claim: ClaimIndex, day: Date) -> Option<Status> {
        if day >= self.links.today {
            return Some(self.node(claim).status).filter(|&status| status != Status::NotSaid);
        }
        status_history::status_on(self, claim, day)
    }

    /// Returns the statuses that a claim has had until the day of the build, oldest first. Two statuses in a row differ.
    /// The list is empty if the claim has not been said.
    pub fn status_periods(&self, claim: ClaimIndex) -> Vec<StatusPeriod> {
        status_history::status_periods(self, claim)
    }

    /// Whether something with this date counts on the day of the build. The day after the build counts as well, for
    /// authors in time zones ahead of UTC. A date that is a month or a year counts from its first day.
    pub fn has_arrived(&self, date: PartialDate) -> bool {
        date.has_arrived_by(self.links.today.into())
    }

    /// Whether a claim was said by the day of the build. A claim without a date counts as said.
    pub fn is_said(&self, claim: ClaimIndex) -> bool {
        self.claim(claim).said.as_ref().is_none_or(|said| self.has_arrived(said.value))
    }

    /// Returns the verdicts on a claim that were given by the day of the build, sorted by date, latest last.
    pub fn verdicts(&self, claim: ClaimIndex) -> impl DoubleEndedIterator<Item = &Verdict> {
        self.claim(claim).verdicts.iter().filter(|verdict| self.has_arrived(verdict.date.value))
    }

    /// Returns the latest verdict on a claim that was given by the day of the build.
    pub fn latest_verdict(&self, claim: ClaimIndex) -> Option<&Verdict> {
        self.verdicts(claim).next_back()
    }

    /// Whether a claim has fallen: its latest verdict is `refuted`, `retracted` or `did-not-happen`.
    pub fn has_fallen(&self, claim: ClaimIndex) -> bool {
        self.latest_verdict(claim).is_some_and(|verdict| verdict.word.value.is_fall())
    }

    /// Returns the link at the position of a mention.
    pub fn reference(&self, mention: Mention) -> &Reference {
        &self.document(mention.document).references[mention.reference as usize]
    }

    /// Returns the relation of an edge, as its author wrote it.
    pub fn relation(&self, edge: Edge) -> &Relation {
        &self.claim(edge.stated_by.0).relations[edge.stated_by.1 as usize]
    }

    /// Returns the links to a document in prose.
    pub fn backlinks(&self, index: DocumentIndex) -> &[Mention] {
        &self.links.backlinks[index.as_usize()]
    }

    /// Returns the claims that the text of a document links to, in reading order. A claim is repeated if the text
    /// links to it several times.
    pub fn claims_linked_from(&self, index: DocumentIndex) -> impl Iterator<Item = ClaimIndex> + '_ {
        let links = self.document(index).references.iter().filter(|link| link.role != ReferenceRole::Fact);
        links.filter_map(|link| match &link.target {
            Target::Claim(id) => self.find_claim(id),
            _ => None,
        })
    }

    /// Returns the claims that a document contains, in reading order. A claim whose id another claim already has is
    /// left out.
    pub fn claims_in(&self, index: DocumentIndex) -> impl Iterator<Item = ClaimIndex> + '_ {
        self.document(index)
            .claims
            .iter()
            .filter_map(|claim| self.find_claim(&claim.id.value))
            .filter(move |&claim| self.node(claim).document == index)
    }
}

/// The periods in which a claim was superseded or contested.
#[derive(Debug, Clone, Default)]
pub(super) struct StatusHistory {
    /// The first day on which the claim was superseded.
    superseded_since: Option<Date>,
    /// The periods in which the claim was contested. Each is a first day and the day after the last one. The
    /// periods are sorted and do not overlap.
    contested_periods: Vec<(Date, Date)>,
}

#[cfg(test)]
mod tests {
    use super::example::{Example, article, claim};
    use super::*;

    #[test]
    fn a_former_id_leads_to_the_claim() {
        let body =
            [claim("now", "aliases:: once, before"), claim("other", "supports:: [it](claim:once)")].concat();
        let example = Example::of_article(&("[It](claim:before).\n\n".to_owned() + &body));
        let (book, now) = (&example.book, example.index("now"));
        assert_eq!([book.find_claim("once"), book.find_claim("before")], [Some(now); 2]);
        assert_eq!(book.find_claim("twice"), None);
        assert_eq!(example.ids(book.node(now).incoming.iter().map(|edge| edge.other)), ["other"]);
        assert_eq!(book.node(now).mentions.len(), 1);
        assert_eq!(example.ids(book.all_claims()), ["now", "other"], "a former id is not a second claim");
    }

    #[test]
    fn a_claim_that_is_not_said_yet_is_in_no_list_and_has_no_relations() {
        let claims = [
            claim("a-later", "said:: 2027\nby:: Ann\ntags:: t\nsupersedes:: [it](claim:old)"),
            claim("b-month", "said:: 2026-12\nby:: Ann"),
            claim("c-tomorrow", "said:: 2026-11-23\nby:: Ann\ntags:: t\nrefines:: [it](claim:old)"),
            claim("d-undated", "contradicts:: [it](claim:a-later) — so"),
            claim("old", "said:: 2025"),
        ];
        let example = Example::of_article(&claims.concat());
        let book = &example.book;
        assert_eq!(example.ids(book.claims()), ["c-tomorrow", "d-undated", "old"]);
        assert_eq!(example.ids(book.all_claims()), ["a-later", "b-month", "c-tomorrow", "d-undated", "old"]);
        let of = |kind, name| {
            let entities = book.entities(kind);
            example.ids(entities.get(entities.find(name).expect("an entity")).claims.iter().copied())
        };
        assert_eq!(of(EntityKind::Speaker, "Ann"), ["c-tomorrow"]);
        assert_eq!(of(EntityKind::Tag, "t"), ["c-tomorrow"]);
        let edges = |id: &str| {
            let node = book.node(example.index(id));
            example.ids(node.outgoing.iter().chain(&node.incoming).map(|edge| edge.other))
        };
        assert_eq!(edges("a-later"), [""; 0]);
        assert_eq!(edges("d-undated"), [""; 0]);
        assert_eq!(edges("old"), ["c-tomorrow"]);
    }

    #[test]
    fn documents_know_which_documents_link_to_them() {
        let text = "[b](b.md), [again](article:b), [itself](a.md), [page](../pages/p.md), [out](https://example.org/)";
        let example = Example::new(&[
            ("content/articles/a.md", &article(text)),
            ("content/articles/b.md", "---\ntitle: B\n---\n"),
            ("content/pages/p.md", "---\ntitle: P\n---\n[b](../articles/b.md)\n"),
        ]);
        let sources = |path: &str| -> Vec<&str> {
            let target = example.book.find_file(path).expect("a document");
            let links = example.book.backlinks(target).iter();
            links.map(|link| example.book.document(link.document).path.as_str()).collect()
        };
        let (a, p) = ("content/articles/a.md", "content/pages/p.md");
        assert_eq!(sources(a), [""; 0]);
        assert_eq!(sources("content/articles/b.md"), [a, a, p]);
        assert_eq!(sources(p), [a]);
    }
}
