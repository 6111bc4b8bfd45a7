//! Reports names that are written in more than one way. All names with the same id refer to the same entity, even
//! if the author meant two different ones.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, rules};
use crate::name::{self, Difference};
use crate::source::{Span, Spanned};

use super::{Book, Entity, EntityKind};

/// A name that is written differently from an earlier name with the same id.
pub struct Variant<'a> {
    /// Kind of the entity that the name refers to.
    pub kind: EntityKind,
    /// The name, at the first position where it is written this way.
    pub name: &'a Spanned<String>,
    /// The name as it was written earlier, or in the entity's own file.
    pub known: &'a str,
    /// Position of `known`.
    pub known_at: Span,
    /// How `name` and `known` differ.
    pub difference: Difference,
}

/// Returns the names of speakers, metrics and tags that are written differently from an earlier name with the same
/// id. Each way of writing is returned once. Claims with errors are skipped, because their names may be
/// placeholders.
pub fn variants(book: &Book) -> Vec<Variant<'_>> {
    let mut spellings = Spellings { book, seen: HashSet::new(), known: HashMap::new(), found: Vec::new() };
    for (_, document) in book.documents() {
        document.front_matter.tags.iter().for_each(|tag| spellings.read(EntityKind::Tag, tag));
        for claim in document.claims.iter().filter(|claim| !claim.is_broken) {
            let speakers = claim.by.iter().chain(claim.via.as_deref());
            speakers.for_each(|name| spellings.read(EntityKind::Speaker, name));
            claim.metric.iter().for_each(|name| spellings.read(EntityKind::Metric, name));
            claim.tags.iter().for_each(|tag| spellings.read(EntityKind::Tag, tag));
        }
    }
    spellings.found
}

/// Returns an error for each name that has the same id as another name but is written in a different alphabet, so
/// that a reader cannot see that both are one entity, or with other signs, so that two things would become one.
pub(super) fn check_names(book: &Book) -> impl Iterator<Item = Diagnostic> {
    variants(book).into_iter().filter_map(|Variant { kind, name, known, known_at, difference }| {
        let (one, what) = (&name.value, kind.word());
        let problem = match difference {
            Difference::Spacing | Difference::Letters => return None,
            Difference::Signs => {
                let message = format!("`{one}` and `{known}` differ in a sign and make one {what}");
                Diagnostic::new(&rules::DUPLICATE_IDS, name.span, message)
                    .secondary(known_at, "the other name")
                    .note(format!("signs are not part of an id: both are `{}`", name::id_of(one)))
                    .help(other_signs(kind))
            }
            Difference::LookAlike => {
                let message =
                    format!("`{one}` and `{known}` make one {what} and are written in different alphabets");
                Diagnostic::new(&rules::LOOK_ALIKE_NAMES, name.span, message)
                    .secondary(known_at, "the other way to write it")
                    .help(same_name(kind))
            }
        };
        Some(problem)
    })
}

/// Returns the help text for two names that differ in a sign.
fn other_signs(kind: EntityKind) -> String {
    let what = kind.word();
    format!(
        "if two are meant, write the sign of one as a word, such as `plus`, `sharp` or `minus`; if one {what} is \
         meant, write one name everywhere"
    )
}

/// Returns the help text for a name that is written in two ways.
pub fn same_name(kind: EntityKind) -> String {
    match kind {
        EntityKind::Speaker => "write one of them everywhere; if both are right, add a file in \
                                `content/speakers/` with the other one under `aliases`; if two people are meant, \
                                tell them apart in their names"
            .to_owned(),
        kind => format!("write one of them everywhere, or give another {} another name", kind.word()),
    }
}

struct Spellings<'a> {
    book: &'a Book,
    seen: HashSet<(EntityKind, &'a str)>,
    /// The accepted ways to write the name of each entity, each with its position.
    known: HashMap<(EntityKind, usize), Vec<(&'a str, Span)>>,
    found: Vec<Variant<'a>>,
}

impl<'a> Spellings<'a> {
    fn read(&mut self, kind: EntityKind, name: &'a Spanned<String>) {
        if !self.seen.insert((kind, &name.value)) {
            return;
        }
        let Some(number) = self.book.entities(kind).find(&name.value) else { return };
        let entity = self.book.entities(kind).get(number);
        let book = self.book;
        let known = self.known.entry((kind, number)).or_insert_with(|| of_file(book, entity));
        let differences = known.iter().map(|&(known, at)| (name::difference(known, &name.value), known, at));
        let Some((difference, other, known_at)) = differences.min_by_key(|&(difference, ..)| difference)
        else {
            known.push((&name.value, name.span));
            return;
        };
        // An author may write the id instead of any name with that id.
        let has_id = is_id(&name.value) || is_id(other);
        match difference {
            Difference::Spacing => {}
            Difference::Letters if has_id => known.push((&name.value, name.span)),
            Difference::LookAlike | Difference::Signs if is_id(&name.value) && entity.document.is_some() => {}
            _ => self.found.push(Variant { kind, name, known: other, known_at, difference }),
        }
    }
}

fn is_id(name: &str) -> bool {
    name::id_of(name) == name
}

/// Returns the name and the aliases in the file of an entity.
fn of_file<'a>(book: &'a Book, entity: &'a Entity) -> Vec<(&'a str, Span)> {
    let Some(document) = entity.document.map(|document| book.document(document)) else { return Vec::new() };
    let aliases = document.front_matter.aliases.iter().map(|alias| (alias.value.as_str(), alias.span));
    std::iter::once((entity.name.as_str(), entity.span)).chain(aliases).collect()
}
