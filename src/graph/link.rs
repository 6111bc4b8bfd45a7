//! Links documents to a [`Book`]: resolves names, stores relations at both of their ends, and computes statuses. A
//! name that cannot be resolved is reported and left out of the links.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Claim, Document, DocumentKind, ReferenceRole, RelationKind, SourceReference, Target};
use crate::name;
use crate::source::{Span, Spanned};

use super::entity::Entities;
use super::status::statuses;
use super::status_history::histories;
use super::trace::{circles, falls};
use super::unit::find_units;
use super::unknown::UnknownNameReporter;
use super::{Book, ClaimIndex, ClaimNode, DocumentIndex, Edge, Links, Mention, Status, short};

/// Links documents to a book as of the day `today`. The documents must be sorted by the path of their files.
/// Returns the book and the problems that were found.
pub fn link(documents: Vec<Arc<Document>>, today: Date) -> (Book, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let links = Links { day: today, backlinks: vec![Vec::new(); documents.len()], ..Links::default() };
    let mut book = Book { documents, links: Arc::new(links) };
    index_documents(&mut book);
    index_claims(&mut book, &mut problems);
    name_entities(&mut book, &mut problems);
    describe_claims(&mut book);
    check_sources(&book, &mut problems);
    find_units(&mut book);
    sort_claims(&mut book);
    relate(&mut book, &mut problems);
    collect_mentions(&mut book);
    check_circles(&book, &mut problems);
    leave_out_unsaid(&mut book);
    judge(&mut book, today);
    book.parts().1.claims.iter_mut().for_each(ClaimNode::shrink);
    (book, problems)
}

fn head(document: &Document) -> Span {
    let span = document.front_matter.title.as_ref().or(document.front_matter.source_facts.title.as_ref());
    span.map_or(Span::new(document.file, 0..0), |title| title.span)
}

/// Returns the sort key of write-ups in lists: newest first, then those with the most claims.
pub fn newest_first(document: &Document, index: DocumentIndex) -> impl Ord + use<> {
    let date = document.front_matter.date.as_ref().map(|date| date.value.last_day());
    (Reverse(date), Reverse(document.claims.len()), index)
}

fn index_documents(book: &mut Book) {
    let (documents, links) = book.parts();
    for (index, document) in documents.iter().enumerate() {
        let index = DocumentIndex::new(index);
        links.by_file.insert(document.path.clone(), index);
        let key = (document.kind, document.id.clone());
        // If two files have the same kind and id, the first one is found. The build reports that their pages have
        // the same address.
        links.by_path.entry(key).or_insert(index);
        if document.kind == DocumentKind::Article {
            links.articles.push(index);
        }
    }
    links.articles.sort_by_cached_key(|index| newest_first(&documents[index.number()], *index));
}

fn index_claims(book: &mut Book, problems: &mut Vec<Diagnostic>) {
    let (documents, links) = book.parts();
    let mut places: Vec<(&Claim, DocumentIndex, usize)> = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        for (position, claim) in document.claims.iter().enumerate() {
            places.push((claim, DocumentIndex::new(index), position));
        }
    }
    places.sort_by(|a, b| (&a.0.id.value, a.1, a.2).cmp(&(&b.0.id.value, b.1, b.2)));
    links.claims.reserve_exact(places.len());
    let mut first_spans: HashMap<&str, Span> = HashMap::new();
    for &(claim, document, position) in &places {
        let id = &claim.id;
        if id.value.is_empty() {
            continue;
        }
        if let Some(&first) = first_spans.get(id.value.as_str()) {
            problems.push(duplicate(id, first, "claim"));
            continue;
        }
        first_spans.insert(&id.value, id.span);
        links.claim_ids.insert(id.value.clone(), ClaimIndex::new(links.claims.len()));
        links.claims.push(ClaimNode {
            document,
            position,
            status: Status::Unreviewed,
            by: Vec::new(),
            via: None,
            metric: None,
            source: None,
            tags: Vec::new(),
            outgoing: Vec::new(),
            incoming: Vec::new(),
            mentions: Vec::new(),
            falls: Vec::new(),
        });
    }
    for (claim, ..) in &places {
        for alias in &claim.aliases {
            if let Some(&first) = first_spans.get(alias.value.as_str()) {
                problems.push(duplicate(alias, first, "claim"));
            } else if let Some(&index) = links.claim_ids.get(&claim.id.value) {
                first_spans.insert(&alias.value, alias.span);
                links.claim_ids.insert(alias.value.clone(), index);
            }
        }
    }
}

fn duplicate(id: &Spanned<String>, first: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&rules::DUPLICATE_IDS, id.span, format!("a second {what} has the id `{}`", id.value))
        .label("defined again here")
        .secondary(first, "first defined here")
        .help("give one of them another id")
}

/// Returns the error for a name that two files give to different entities, so that a reference to the name is
/// ambiguous.
fn same_name(what: &str, name: &Spanned<String>, holder: Span) -> Diagnostic {
    Diagnostic::new(&rules::DUPLICATE_IDS, name.span, format!("two {what} are called `{}`", name.value))
        .secondary(holder, "the other one")
        .help("give one of them another name, or make the two files one")
}

/// Returns the error for a name whose page would be in a folder with a name that Windows reserves.
fn reserved(name: &Spanned<String>, id: &str) -> Diagnostic {
    let message =
        format!("the page of `{}` would be a folder `{id}`, a name that Windows reserves", name.value);
    Diagnostic::new(&rules::INVALID_IDS, name.span, message).help(
        "choose another tag; a speaker or metric can have a file with another name, and this one among its `aliases`",
    )
}

/// Creates the entities: first those that have a file, then those that a claim or write-up names.
fn name_entities(book: &mut Book, problems: &mut Vec<Diagnostic>) {
    let (documents, links) = book.parts();
    for (index, document) in documents.iter().enumerate() {
        let entities = match document.kind {
            DocumentKind::Speaker => &mut links.speakers,
            DocumentKind::Metric => &mut links.metrics,
            DocumentKind::Source => &mut links.sources,
            _ => continue,
        };
        let front_matter = &document.front_matter;
        let title = front_matter.title.as_ref().or(front_matter.source_facts.title.as_ref());
        let name = title.map_or(document.id.as_str(), |title| title.value.as_str());
        entities.add(document.id.clone(), name, head(document), Some(DocumentIndex::new(index)));
    }
    for document in documents.iter().filter(|document| document.kind == DocumentKind::Speaker) {
        let front_matter = &document.front_matter;
        for name in front_matter.title.iter().chain(&front_matter.aliases) {
            if let Some(holder) = links.speakers.add_alias(&document.id, &name.value) {
                problems.push(same_name("speakers", name, holder.span));
            }
        }
    }
    for document in documents.iter().filter(|document| document.kind == DocumentKind::Metric) {
        let Some(title) = &document.front_matter.title else { continue };
        if let Some(holder) = links.metrics.add_alias(&document.id, &title.value) {
            problems.push(same_name("metrics", title, holder.span));
        }
    }
    for document in documents {
        let mut named = |entities: &mut Entities, name: &Spanned<String>| {
            if entities.find(&name.value).is_none() {
                let id = name::id_of(&name.value);
                if name::is_reserved(&id) {
                    problems.push(reserved(name, &id));
                }
                entities.add(id, &name.value, name.span, None);
            }
        };
        for tag in &document.front_matter.tags {
            named(&mut links.tags, tag);
        }
        for claim in &document.claims {
            claim.by.iter().chain(claim.via.as_deref()).for_each(|name| named(&mut links.speakers, name));
            claim.metric.iter().for_each(|name| named(&mut links.metrics, name));
            claim.tags.iter().for_each(|name| named(&mut links.tags, name));
        }
    }
    for entities in links.entities_mut() {
        entities.sort();
    }
}

/// Links every claim with its speakers, metric, source and tags, and these entities with the claim. Links write-ups
/// with their sources and tags as well.
fn describe_claims(book: &mut Book) {
    let (documents, links) = book.parts();
    for (index, document) in documents.iter().enumerate() {
        let source = source_of(&links.sources, document.front_matter.source.as_ref());
        if let Some(source) = source {
            links.sources.get_mut(source).articles.push(DocumentIndex::new(index));
        }
        for tag in numbers(&links.tags, &document.front_matter.tags) {
            links.tags.get_mut(tag).articles.push(DocumentIndex::new(index));
        }
    }
    for number in 0..links.claims.len() {
        let index = ClaimIndex::new(number);
        let node = &links.claims[number];
        let document = &documents[node.document.number()];
        let claim = &document.claims[node.position];
        let by = numbers(&links.speakers, &claim.by);
        let via = claim.via.as_ref().and_then(|name| links.speakers.find(&name.value));
        let metric = claim.metric.as_ref().and_then(|name| links.metrics.find(&name.value));
        let mut tags = numbers(&links.tags, claim.tags.iter().chain(&document.front_matter.tags));
        tags.sort_unstable();
        let source = claim.source.as_deref().or(document.front_matter.source.as_ref());
        let source = source_of(&links.sources, source);
        for &speaker in &by {
            links.speakers.get_mut(speaker).claims.push(index);
        }
        if let Some(speaker) = via {
            links.speakers.get_mut(speaker).relayed.push(index);
        }
        if let Some(metric) = metric {
            links.metrics.get_mut(metric).claims.push(index);
        }
        if let Some(source) = source {
            links.sources.get_mut(source).claims.push(index);
        }
        for &tag in &tags {
            links.tags.get_mut(tag).claims.push(index);
        }
        let node = &mut links.claims[number];
        (node.by, node.via, node.metric, node.source, node.tags) = (by, via, metric, source, tags);
    }
}

/// Sorts the claims of each entity, newest first. Pages show these lists in parts, so sorting once here is enough.
fn sort_claims(book: &mut Book) {
    let mut places = vec![0; book.all_claims().len()];
    let mut claims: Vec<ClaimIndex> = book.all_claims().collect();
    claims.sort_by_cached_key(|&index| newest_said_first(book, index));
    for (place, claim) in claims.into_iter().enumerate() {
        places[claim.number()] = place;
    }
    for entities in book.parts().1.entities_mut() {
        for entity in entities.iter_mut() {
            entity.claims.sort_unstable_by_key(|claim| places[claim.number()]);
            entity.relayed.sort_unstable_by_key(|claim| places[claim.number()]);
        }
    }
}

/// Returns the sort key of claims in lists: latest date first, claims without a date last, then by id.
pub fn newest_said_first(book: &Book, index: ClaimIndex) -> impl Ord + use<> {
    let said = book.claim(index).said.as_ref().map(|date| date.value.last_day());
    (Reverse(said), index)
}

/// Returns the indices of the entities with these names, without repetitions.
fn numbers<'a>(entities: &Entities, names: impl IntoIterator<Item = &'a Spanned<String>>) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    names
        .into_iter()
        .filter_map(|name| entities.find(&name.value))
        .filter(|&number| seen.insert(number))
        .collect()
}

/// Returns the index of the source that a claim or write-up names by id. Sources that are described in place have
/// no index.
fn source_of(sources: &Entities, reference: Option<&Spanned<SourceReference>>) -> Option<usize> {
    match &reference?.value {
        SourceReference::Id(id) => sources.find(id),
        SourceReference::Inline(_) => None,
    }
}

/// Reports claims and write-ups that name an unknown source.
fn check_sources(book: &Book, problems: &mut Vec<Diagnostic>) {
    let mut unknown = UnknownNameReporter::new(book);
    let of_documents = book.documents.iter().filter_map(|document| document.front_matter.source.as_ref());
    let of_claims = book.all_claims().filter_map(|claim| book.claim(claim).source.as_deref());
    for reference in of_documents.chain(of_claims) {
        let SourceReference::Id(id) = &reference.value else { continue };
        if book.sources().find(id).is_none() {
            problems.extend(unknown.source(id, reference.span));
        }
    }
}

fn relate(book: &mut Book, problems: &mut Vec<Diagnostic>) {
    let outgoing = outgoing(book, problems);
    let claims = &mut book.parts().1.claims;
    for (number, edges) in outgoing.into_iter().enumerate() {
        for edge in &edges {
            let back = Edge { other: ClaimIndex::new(number), stated: edge.stated };
            claims[edge.other.number()].incoming.push(back);
        }
        claims[number].outgoing = edges;
    }
}

/// Returns the relations that each claim states. Relations to unknown claims, and of a claim to itself, are
/// reported and left out.
fn outgoing(book: &Book, problems: &mut Vec<Diagnostic>) -> Vec<Vec<Edge>> {
    let mut unknown = UnknownNameReporter::new(book);
    let of_claim = |from: ClaimIndex| {
        let mut outgoing = Vec::new();
        for (number, relation) in book.claim(from).relations.iter().enumerate() {
            let Some(other) = book.find_claim(&relation.target.value) else {
                let path = &book.document(book.node(from).document).path;
                let target = &relation.target;
                problems.extend(unknown.claim(path, target.span, &target.value));
                continue;
            };
            if other == from {
                problems.push(
                    Diagnostic::new(
                        &rules::SELF_RELATIONS,
                        relation.target.span,
                        format!("a claim {} itself", in_prose(relation.kind)),
                    )
                    .help("name the other claim"),
                );
                continue;
            }
            outgoing.push(Edge { other, stated: (from, short(number)) });
        }
        outgoing
    };
    book.all_claims().map(of_claim).collect()
}

fn in_prose(kind: RelationKind) -> String {
    match kind {
        RelationKind::SameAs => "is the same as".to_owned(),
        kind => kind.word().replace('-', " "),
    }
}

fn collect_mentions(book: &mut Book) {
    let (documents, links) = book.parts();
    for (number, document) in documents.iter().enumerate() {
        for (reference, link) in document.references.iter().enumerate() {
            if !matches!(link.role, ReferenceRole::Mention | ReferenceRole::Embed) {
                continue;
            }
            let mention = Mention { document: DocumentIndex::new(number), reference: short(reference) };
            let entity = |entities: &mut Entities, id: &str| {
                if let Some(found) = entities.find(id) {
                    entities.get_mut(found).mentions.push(mention);
                }
            };
            match &link.target {
                Target::Claim(id) => {
                    if let Some(claim) = links.claim_ids.get(id) {
                        links.claims[claim.number()].mentions.push(mention);
                    }
                }
                Target::Speaker(id) => entity(&mut links.speakers, id),
                Target::Metric(id) => entity(&mut links.metrics, id),
                Target::Source(id) => entity(&mut links.sources, id),
                Target::Tag(id) => entity(&mut links.tags, id),
                Target::Article(id) => {
                    if let Some(target) = links.by_path.get(&(DocumentKind::Article, id.clone())) {
                        links.backlinks[target.number()].push(mention);
                    }
                }
                Target::File { path: Some(path), .. } => {
                    if let Some(target) = links.by_file.get(path).filter(|target| target.number() != number) {
                        links.backlinks[target.number()].push(mention);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Reports circles of relations. A circle is an error on any day, so relations with claims that are dated after the
/// day of the build are included.
fn check_circles(book: &Book, problems: &mut Vec<Diagnostic>) {
    for kind in RelationKind::ALL.iter().copied().filter(|kind| kind.is_ordered()) {
        for circle in circles(book, kind) {
            let spans = circle.iter().map(|&edge| book.relation(edge).span);
            let chain = names_in_circle(book, &circle);
            let mut spans = spans.collect::<Vec<_>>().into_iter();
            let Some(start) = spans.next() else { continue };
            let message = format!(
                "claims {} each other in a circle",
                if kind == RelationKind::Supersedes { "supersede" } else { "depend on" }
            );
            let mut problem = Diagnostic::new(&rules::CIRCULAR_RELATIONS, start, message);
            for span in spans.take(SHOWN_OF_CYCLE) {
                problem = problem.secondary(span, "and this");
            }
            problems.push(problem.note(chain).help("remove the relation that is wrong"));
        }
    }
}

/// Removes claims that are dated after the day of the build from relations and from the lists of entities, and
/// collects the claims that remain.
fn leave_out_unsaid(book: &mut Book) {
    let is_said: Vec<bool> = book.all_claims().map(|claim| book.is_said(claim)).collect();
    let links = book.parts().1;
    let counts = |claim: &ClaimIndex| is_said[claim.number()];
    links.said = (0..is_said.len()).map(ClaimIndex::new).filter(counts).collect();
    if links.said.len() == is_said.len() {
        return;
    }
    for (node, &is_said) in links.claims.iter_mut().zip(&is_said) {
        node.outgoing.retain(|edge| is_said && counts(&edge.other));
        node.incoming.retain(|edge| is_said && counts(&edge.other));
    }
    for entity in links.entities_mut().into_iter().flat_map(Entities::iter_mut) {
        entity.claims.retain(counts);
        entity.relayed.retain(counts);
    }
}

fn judge(book: &mut Book, today: Date) {
    let falls = falls(book);
    let statuses = statuses(book, today);
    book.parts().1.histories = histories(book);
    for ((node, status), falls) in book.parts().1.claims.iter_mut().zip(statuses).zip(falls) {
        node.status = status;
        node.falls = falls;
    }
}

/// Largest number of relations and names of a circle that its diagnostic shows.
const SHOWN_OF_CYCLE: usize = 8;

/// Returns the claims of a circle as text: `` `a` → `b` → `a` ``.
fn names_in_circle(book: &Book, circle: &[Edge]) -> String {
    let name = |edge: &Edge| format!("`{}`", book.claim(edge.stated.0).id.value);
    let mut names: Vec<String> = circle.iter().take(SHOWN_OF_CYCLE).map(name).collect();
    if circle.len() > SHOWN_OF_CYCLE {
        names.push(format!("{} more", circle.len() - SHOWN_OF_CYCLE));
    }
    names.extend(circle.first().map(name));
    names.join(" → ")
}
