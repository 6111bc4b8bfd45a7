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
use super::status_history::status_histories;
use super::trace::{find_cycles, find_fallen_dependencies};
use super::unit::set_metric_units;
use super::{Book, ClaimIndex, ClaimNode, DocumentIndex, Edge, Links, Mention, Status, index_to_u32};

/// Links documents to a book as of the day `today`. The documents must be sorted by the path of their files.
/// Returns the book and the problems that were found.
pub fn link(documents: Vec<Arc<Document>>, today: Date) -> (Book, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let links = Links { today, backlinks: vec![Vec::new(); documents.len()], ..Links::default() };
    let mut book = Book { documents, links: Arc::new(links) };
    index_documents(&mut book);
    index_claims(&mut book, &mut problems);
    create_entities(&mut book, &mut problems);
    link_claims_to_entities(&mut book);
    set_metric_units(&mut book);
    sort_claims_of_entities(&mut book);
    link_relations(&mut book, &mut problems);
    collect_mentions(&mut book);
    check_cycles(&book, &mut problems);
    remove_future_claims(&mut book);
    compute_statuses(&mut book, today);
    book.links_mut().claims.iter_mut().for_each(ClaimNode::shrink);
    (book, problems)
}

fn title_span(document: &Document) -> Span {
    document.front_matter.title_span().unwrap_or(Span::new(document.file(), 0..0))
}

/// Returns the sort key of write-ups in lists: newest first, then those with the most claims.
pub fn article_sort_key(document: &Document, index: DocumentIndex) -> impl Ord + use<> {
    let date = document.front_matter.date.as_ref().map(|date| date.value.last_day());
    (Reverse(date), Reverse(document.claims.len()), index)
}

fn index_documents(book: &mut Book) {
    let (documents, links) = book.split_mut();
    for (index, document) in documents.iter().enumerate() {
        let index = DocumentIndex::new(index);
        links.by_file.insert(document.path.clone(), index);
        let key = (document.kind, document.id.clone());
        // If two files have the same kind and id, the first one is found. The build reports that their pages have
        // the same address.
        links.by_kind_and_id.entry(key).or_insert(index);
        if document.kind == DocumentKind::Article {
            links.articles.push(index);
        }
    }
    links.articles.sort_by_cached_key(|index| article_sort_key(&documents[index.as_usize()], *index));
}

fn index_claims(book: &mut Book, problems: &mut Vec<Diagnostic>) {
    let (documents, links) = book.split_mut();
    let mut claims: Vec<(&Claim, DocumentIndex, usize)> = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        for (position, claim) in document.claims.iter().enumerate() {
            claims.push((claim, DocumentIndex::new(index), position));
        }
    }
    claims.sort_by(|a, b| (&a.0.id.value, a.1, a.2).cmp(&(&b.0.id.value, b.1, b.2)));
    links.claims.reserve_exact(claims.len());
    let mut first_spans: HashMap<&str, Span> = HashMap::new();
    for &(claim, document, position) in &claims {
        let id = &claim.id;
        if id.value.is_empty() {
            continue;
        }
        if let Some(&first) = first_spans.get(id.value.as_str()) {
            problems.push(duplicate_id_error(id, first, "claim"));
            continue;
        }
        first_spans.insert(&id.value, id.span);
        links.claim_ids.insert(id.value.clone(), ClaimIndex::new(links.claims.len()));
        links.claims.push(ClaimNode {
            document,
            index_in_document: position,
            status: Status::Unreviewed,
            by: Vec::new(),
            via: None,
            metric: None,
            source: None,
            tags: Vec::new(),
            outgoing: Vec::new(),
            incoming: Vec::new(),
            mentions: Vec::new(),
            fallen_dependencies: Vec::new(),
        });
    }
    for (claim, ..) in &claims {
        for alias in &claim.aliases {
            if let Some(&first) = first_spans.get(alias.value.as_str()) {
                problems.push(duplicate_id_error(alias, first, "claim"));
            } else if let Some(&index) = links.claim_ids.get(&claim.id.value) {
                first_spans.insert(&alias.value, alias.span);
                links.claim_ids.insert(alias.value.clone(), index);
            }
        }
    }
}

fn duplicate_id_error(id: &Spanned<String>, first: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&rules::DUPLICATE_IDS, id.span, format!("a second {what} has the id `{}`", id.value))
        .label("defined again here")
        .secondary(first, "first defined here")
        .help("give one of them another id")
}

/// Returns the error for a name that two files give to different entities, so that a reference to the name is
/// ambiguous.
fn ambiguous_name_error(what: &str, name: &Spanned<String>, other: Span) -> Diagnostic {
    Diagnostic::new(&rules::DUPLICATE_IDS, name.span, format!("two {what} are called `{}`", name.value))
        .secondary(other, "the other one")
        .help("give one of them another name, or make the two files one")
}

/// Returns the error for a name whose page would be in a folder with a name that Windows reserves.
fn reserved_name_error(name: &Spanned<String>, id: &str) -> Diagnostic {
    let message =
        format!("the page of `{}` would be a folder `{id}`, a name that Windows reserves", name.value);
    Diagnostic::new(&rules::INVALID_IDS, name.span, message).help(
        "choose another tag; a speaker or metric can have a file with another name, and this one among its `aliases`",
    )
}

/// Creates the entities: first those that have a file, then those that a claim or write-up names.
fn create_entities(book: &mut Book, problems: &mut Vec<Diagnostic>) {
    let (documents, links) = book.split_mut();
    for (index, document) in documents.iter().enumerate() {
        let entities = match document.kind {
            DocumentKind::Speaker => &mut links.speakers,
            DocumentKind::Metric => &mut links.metrics,
            DocumentKind::Source => &mut links.sources,
            _ => continue,
        };
        let front_matter = &document.front_matter;
        let title = front_matter.name.as_ref().or(front_matter.source_facts.title.as_ref());
        let name = title.map_or(document.id.as_str(), |title| title.value.as_str());
        entities.add(document.id.clone(), name, title_span(document), Some(DocumentIndex::new(index)));
    }
    for document in documents.iter().filter(|document| document.kind == DocumentKind::Speaker) {
        let front_matter = &document.front_matter;
        for name in front_matter.name.iter().chain(&front_matter.aliases) {
            if let Some(owner) = links.speakers.add_alias(&document.id, &name.value) {
                problems.push(ambiguous_name_error("speakers", name, owner.span));
            }
        }
    }
    for document in documents.iter().filter(|document| document.kind == DocumentKind::Metric) {
        let Some(title) = &document.front_matter.name else { continue };
        if let Some(owner) = links.metrics.add_alias(&document.id, &title.value) {
            problems.push(ambiguous_name_error("metrics", title, owner.span));
        }
    }
    for document in documents {
        let mut add_if_unknown = |entities: &mut Entities, name: &Spanned<String>| {
            if entities.find(&name.value).is_none() {
                let id = name::id_of(&name.value);
                if name::is_reserved_on_windows(&id) {
                    problems.push(reserved_name_error(name, &id));
                }
                entities.add(id, &name.value, name.span, None);
            }
        };
        for tag in &document.front_matter.tags {
            add_if_unknown(&mut links.tags, tag);
        }
        for claim in &document.claims {
            claim
                .by
                .iter()
                .chain(claim.via.as_deref())
                .for_each(|name| add_if_unknown(&mut links.speakers, name));
            claim.metric.iter().for_each(|name| add_if_unknown(&mut links.metrics, name));
            claim.tags.iter().for_each(|name| add_if_unknown(&mut links.tags, name));
        }
    }
    for entities in links.entities_mut() {
        entities.sort();
    }
}

/// Links every claim with its speakers, metric, source and tags, and these entities with the claim. Links write-ups
/// with their sources and tags as well.
fn link_claims_to_entities(book: &mut Book) {
    let (documents, links) = book.split_mut();
    for (index, document) in documents.iter().enumerate() {
        let source = source_index(&links.sources, document.front_matter.source.as_ref());
        if let Some(source) = source {
            links.sources.get_mut(source).articles.push(DocumentIndex::new(index));
        }
        for tag in entity_indices(&links.tags, &document.front_matter.tags) {
            links.tags.get_mut(tag).articles.push(DocumentIndex::new(index));
        }
    }
    for claim_number in 0..links.claims.len() {
        let index = ClaimIndex::new(claim_number);
        let node = &links.claims[claim_number];
        let document = &documents[node.document.as_usize()];
        let claim = &document.claims[node.index_in_document];
        let by = entity_indices(&links.speakers, &claim.by);
        let via = claim.via.as_ref().and_then(|name| links.speakers.find(&name.value));
        let metric = claim.metric.as_ref().and_then(|name| links.metrics.find(&name.value));
        let mut tags = entity_indices(&links.tags, claim.tags.iter().chain(&document.front_matter.tags));
        tags.sort_unstable();
        let source = claim.source.as_deref().or(document.front_matter.source.as_ref());
        let source = source_index(&links.sources, source);
        for &speaker in &by {
            links.speakers.get_mut(speaker).claims.push(index);
        }
        if let Some(speaker) = via {
            links.speakers.get_mut(speaker).relayed_claims.push(index);
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
        let node = &mut links.claims[claim_number];
        (node.by, node.via, node.metric, node.source, node.tags) = (by, via, metric, source, tags);
    }
}

/// Sorts the claims of each entity, newest first. Pages show these lists in parts, so sorting once here is enough.
fn sort_claims_of_entities(book: &mut Book) {
    let mut ranks = vec![0; book.all_claims().len()];
    let mut claims: Vec<ClaimIndex> = book.all_claims().collect();
    claims.sort_by_cached_key(|&index| claim_sort_key(book, index));
    for (rank, claim) in claims.into_iter().enumerate() {
        ranks[claim.as_usize()] = rank;
    }
    for entities in book.links_mut().entities_mut() {
        for entity in entities.iter_mut() {
            entity.claims.sort_unstable_by_key(|claim| ranks[claim.as_usize()]);
            entity.relayed_claims.sort_unstable_by_key(|claim| ranks[claim.as_usize()]);
        }
    }
}

/// Returns the sort key of claims in lists: latest date first, claims without a date last, then by id.
pub fn claim_sort_key(book: &Book, index: ClaimIndex) -> impl Ord + use<> {
    let said = book.claim(index).said.as_ref().map(|date| date.value.last_day());
    (Reverse(said), index)
}

/// Returns the indices of the entities with these names, without repetitions.
fn entity_indices<'a>(
    entities: &Entities,
    names: impl IntoIterator<Item = &'a Spanned<String>>,
) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    names
        .into_iter()
        .filter_map(|name| entities.find(&name.value))
        .filter(|&number| seen.insert(number))
        .collect()
}

/// Returns the index of the source that a claim or write-up names by id. Sources that are described in place have
/// no index.
fn source_index(sources: &Entities, reference: Option<&Spanned<SourceReference>>) -> Option<usize> {
    match &reference?.value {
        SourceReference::Id(id) => sources.find(id),
        SourceReference::Inline(_) => None,
    }
}

fn link_relations(book: &mut Book, problems: &mut Vec<Diagnostic>) {
    let outgoing = outgoing_edges(book, problems);
    let claims = &mut book.links_mut().claims;
    for (number, edges) in outgoing.into_iter().enumerate() {
        for edge in &edges {
            let incoming_edge = Edge { other: ClaimIndex::new(number), stated_by: edge.stated_by };
            claims[edge.other.as_usize()].incoming.push(incoming_edge);
        }
        claims[number].outgoing = edges;
    }
}

/// Returns the relations that each claim states. Relations to unknown claims, and of a claim to itself, are left
/// out; the latter are reported.
fn outgoing_edges(book: &Book, problems: &mut Vec<Diagnostic>) -> Vec<Vec<Edge>> {
    let edges_from = |from: ClaimIndex| {
        let mut outgoing = Vec::new();
        for (number, relation) in book.claim(from).relations.iter().enumerate() {
            let Some(other) = book.find_claim(&relation.target.value) else { continue };
            if other == from {
                problems.push(
                    Diagnostic::new(
                        &rules::SELF_RELATIONS,
                        relation.target.span,
                        format!("a claim {} itself", verb_phrase(relation.kind)),
                    )
                    .help("name the other claim"),
                );
                continue;
            }
            outgoing.push(Edge { other, stated_by: (from, index_to_u32(number)) });
        }
        outgoing
    };
    book.all_claims().map(edges_from).collect()
}

fn verb_phrase(kind: RelationKind) -> String {
    match kind {
        RelationKind::SameAs => "is the same as".to_owned(),
        kind => kind.word().replace('-', " "),
    }
}

fn collect_mentions(book: &mut Book) {
    let (documents, links) = book.split_mut();
    for (number, document) in documents.iter().enumerate() {
        for (reference, link) in document.references.iter().enumerate() {
            if !matches!(link.role, ReferenceRole::Mention | ReferenceRole::Embed) {
                continue;
            }
            let mention =
                Mention { document: DocumentIndex::new(number), reference: index_to_u32(reference) };
            let add_mention = |entities: &mut Entities, id: &str| {
                if let Some(found) = entities.find(id) {
                    entities.get_mut(found).mentions.push(mention);
                }
            };
            match &link.target {
                Target::Claim(id) => {
                    if let Some(claim) = links.claim_ids.get(id) {
                        links.claims[claim.as_usize()].mentions.push(mention);
                    }
                }
                Target::Speaker(id) => add_mention(&mut links.speakers, id),
                Target::Metric(id) => add_mention(&mut links.metrics, id),
                Target::Source(id) => add_mention(&mut links.sources, id),
                Target::Tag(id) => add_mention(&mut links.tags, id),
                Target::Article(id) => {
                    if let Some(target) = links.by_kind_and_id.get(&(DocumentKind::Article, id.clone())) {
                        links.backlinks[target.as_usize()].push(mention);
                    }
                }
                Target::File { path: Some(path), .. } => {
                    if let Some(target) = links.by_file.get(path).filter(|target| target.as_usize() != number)
                    {
                        links.backlinks[target.as_usize()].push(mention);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Reports cycles of relations. A cycle is an error on any day, so relations with claims that are dated after the
/// day of the build are included.
fn check_cycles(book: &Book, problems: &mut Vec<Diagnostic>) {
    for kind in RelationKind::ALL.iter().copied().filter(|kind| kind.is_ordered()) {
        for cycle in find_cycles(book, kind) {
            let spans = cycle.iter().map(|&edge| book.relation(edge).span);
            let cycle_text = cycle_as_text(book, &cycle);
            let mut remaining_spans = spans.collect::<Vec<_>>().into_iter();
            let Some(start) = remaining_spans.next() else { continue };
            let message = format!(
                "claims {} each other in a cycle",
                if kind == RelationKind::Supersedes { "supersede" } else { "depend on" }
            );
            let mut problem = Diagnostic::new(&rules::CIRCULAR_RELATIONS, start, message);
            for span in remaining_spans.take(MAX_SHOWN_RELATIONS) {
                problem = problem.secondary(span, "and this");
            }
            problems.push(problem.note(cycle_text).help("remove the relation that is wrong"));
        }
    }
}

/// Removes claims that are dated after the day of the build from relations and from the lists of entities, and
/// collects the claims that remain.
fn remove_future_claims(book: &mut Book) {
    let is_said: Vec<bool> = book.all_claims().map(|claim| book.is_said(claim)).collect();
    let links = book.links_mut();
    let is_included = |claim: &ClaimIndex| is_said[claim.as_usize()];
    links.said_claims = (0..is_said.len()).map(ClaimIndex::new).filter(is_included).collect();
    if links.said_claims.len() == is_said.len() {
        return;
    }
    for (node, &is_said) in links.claims.iter_mut().zip(&is_said) {
        node.outgoing.retain(|edge| is_said && is_included(&edge.other));
        node.incoming.retain(|edge| is_said && is_included(&edge.other));
    }
    for entity in links.entities_mut().into_iter().flat_map(Entities::iter_mut) {
        entity.claims.retain(is_included);
        entity.relayed_claims.retain(is_included);
    }
}

fn compute_statuses(book: &mut Book, today: Date) {
    let fallen_dependencies = find_fallen_dependencies(book);
    let statuses = statuses(book, today);
    book.links_mut().status_histories = status_histories(book);
    for ((node, status), dependencies) in
        book.links_mut().claims.iter_mut().zip(statuses).zip(fallen_dependencies)
    {
        node.status = status;
        node.fallen_dependencies = dependencies;
    }
}

/// Largest number of relations and names of a cycle that its diagnostic shows.
const MAX_SHOWN_RELATIONS: usize = 8;

/// Returns the claims of a cycle as text: `` `a` → `b` → `a` ``.
fn cycle_as_text(book: &Book, cycle: &[Edge]) -> String {
    let name = |edge: &Edge| format!("`{}`", book.claim(edge.stated_by.0).id.value);
    let mut names: Vec<String> = cycle.iter().take(MAX_SHOWN_RELATIONS).map(name).collect();
    if cycle.len() > MAX_SHOWN_RELATIONS {
        names.push(format!("{} more", cycle.len() - MAX_SHOWN_RELATIONS));
    }
    names.extend(cycle.first().map(name));
    names.join(" → ")
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{article, check_problems, claim};

    #[test]
    fn an_id_belongs_to_one_claim() {
        let body = [claim("one", "aliases:: uno"), claim("two", "aliases:: one, uno"), claim("two", "")];
        check_problems(
            &[("content/articles/a.md", &article(&body.concat()))],
            &[
                ("a second claim has the id `two`", "two", "give one of them another id"),
                ("a second claim has the id `one`", "one, uno", "give one of them another id"),
                ("a second claim has the id `uno`", "one, uno", "give one of them another id"),
            ],
        );
    }

    #[test]
    fn a_claim_has_no_relation_to_itself() {
        let body = claim("one", "aliases:: uno\nsupports:: [it](claim:uno)\nsame-as:: [it](claim:one)");
        check_problems(
            &[("content/articles/a.md", &article(&body))],
            &[
                ("a claim supports itself", "[it](claim:uno)", "name the other claim"),
                ("a claim is the same as itself", "[it](claim:one)", "name the other claim"),
            ],
        );
    }
}
