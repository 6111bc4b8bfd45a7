//! Reports names that are written in more than one way. All names with the same id refer to the same entity, even
//! if the author meant two different ones.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, rules};
use crate::name::{self, Difference};
use crate::source::{Span, Spanned};

use super::{Book, Entity, EntityKind};

/// A name that is written differently from an earlier name with the same id.
pub struct SpellingVariant<'a> {
    /// Kind of the entity that the name refers to.
    pub kind: EntityKind,
    /// The name, at the first position where it is written this way.
    pub name: &'a Spanned<String>,
    /// The name as it was written earlier, or in the entity's own file.
    pub earlier_name: &'a str,
    /// Position of `earlier_name`.
    pub earlier_span: Span,
    /// How `name` and `earlier_name` differ.
    pub difference: Difference,
}

/// Returns the names of speakers, metrics and tags that are written differently from an earlier name with the same
/// id. Each way of writing is returned once. Claims with errors are skipped, because their names may be
/// placeholders.
pub fn spelling_variants(book: &Book) -> Vec<SpellingVariant<'_>> {
    let mut collector =
        SpellingCollector { book, seen: HashSet::new(), accepted: HashMap::new(), variants: Vec::new() };
    for (_, document) in book.documents() {
        document.front_matter.tags.iter().for_each(|tag| collector.add(EntityKind::Tag, tag));
        for claim in document.claims.iter().filter(|claim| !claim.is_broken) {
            let speakers = claim.by.iter().chain(claim.via.as_deref());
            speakers.for_each(|name| collector.add(EntityKind::Speaker, name));
            claim.metric.iter().for_each(|name| collector.add(EntityKind::Metric, name));
            claim.tags.iter().for_each(|tag| collector.add(EntityKind::Tag, tag));
        }
    }
    collector.variants
}

/// Returns an error for each name that has the same id as another name but is written in a different alphabet, so
/// that a reader cannot see that both are one entity, or with other signs, so that two things would become one.
pub(super) fn check_names(book: &Book) -> impl Iterator<Item = Diagnostic> {
    spelling_variants(book).into_iter().filter_map(|SpellingVariant { kind, name, earlier_name, earlier_span, difference }| {
        let (written, what) = (&name.value, kind.word());
        let problem = match difference {
            Difference::Spacing | Difference::Letters => return None,
            Difference::Signs => {
                let message = format!("`{written}` and `{earlier_name}` differ in a sign but are treated as one {what}");
                Diagnostic::new(&rules::DUPLICATE_IDS, name.span, message)
                    .secondary(earlier_span, "the other name")
                    .note(format!("signs are not part of an id: both are `{}`", name::id_of(written)))
                    .help(help_for_different_signs(kind))
            }
            Difference::LookAlike => {
                let message =
                    format!("`{written}` and `{earlier_name}` are treated as one {what}, although they are written in different alphabets");
                Diagnostic::new(&rules::LOOK_ALIKE_NAMES, name.span, message)
                    .secondary(earlier_span, "the other way to write it")
                    .help(help_for_spelling_variants(kind))
            }
        };
        Some(problem)
    })
}

/// Returns the help text for two names that differ in a sign.
fn help_for_different_signs(kind: EntityKind) -> String {
    let what = kind.word();
    format!(
        "if two are meant, write the sign of one as a word, such as `plus`, `sharp` or `minus`; if one {what} is \
         meant, write one name everywhere"
    )
}

/// Returns the help text for a name that is written in two ways.
pub fn help_for_spelling_variants(kind: EntityKind) -> String {
    match kind {
        EntityKind::Speaker => "write one of them everywhere; if both are right, add a file in \
                                `content/speakers/` with the other one under `aliases`; if two people are meant, \
                                tell them apart in their names"
            .to_owned(),
        kind => format!("write one of them everywhere, or give another {} another name", kind.word()),
    }
}

struct SpellingCollector<'a> {
    book: &'a Book,
    seen: HashSet<(EntityKind, &'a str)>,
    /// The accepted ways to write the name of each entity, each with its position.
    accepted: HashMap<(EntityKind, usize), Vec<(&'a str, Span)>>,
    variants: Vec<SpellingVariant<'a>>,
}

impl<'a> SpellingCollector<'a> {
    fn add(&mut self, kind: EntityKind, name: &'a Spanned<String>) {
        if !self.seen.insert((kind, &name.value)) {
            return;
        }
        let Some(index) = self.book.entities(kind).find(&name.value) else { return };
        let entity = self.book.entities(kind).get(index);
        let book = self.book;
        let accepted = self.accepted.entry((kind, index)).or_insert_with(|| names_in_file(book, entity));
        let differences =
            accepted.iter().map(|&(known, at)| (name::difference(known, &name.value), known, at));
        let Some((difference, earlier_name, earlier_span)) =
            differences.min_by_key(|&(difference, ..)| difference)
        else {
            accepted.push((&name.value, name.span));
            return;
        };
        // An author may write the id instead of any name with that id.
        let has_id = is_id(&name.value) || is_id(earlier_name);
        match difference {
            Difference::Spacing => {}
            Difference::Letters if has_id => accepted.push((&name.value, name.span)),
            Difference::LookAlike | Difference::Signs if is_id(&name.value) && entity.document.is_some() => {}
            _ => self.variants.push(SpellingVariant { kind, name, earlier_name, earlier_span, difference }),
        }
    }
}

fn is_id(name: &str) -> bool {
    name::id_of(name) == name
}

/// Returns the name and the aliases in the file of an entity.
fn names_in_file<'a>(book: &'a Book, entity: &'a Entity) -> Vec<(&'a str, Span)> {
    let Some(document) = entity.document.map(|document| book.document(document)) else { return Vec::new() };
    let aliases = document.front_matter.aliases.iter().map(|alias| (alias.value.as_str(), alias.span));
    std::iter::once((entity.name.as_str(), entity.span)).chain(aliases).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, check_problems, claim};

    /// Asserts which of the speakers with these names are written in another way than before: both names and how
    /// they differ.
    #[track_caller]
    fn check(names: &[&str], file: Option<&str>, expected: &[(&str, &str, Difference)]) {
        let claims = names.iter().enumerate();
        let body: String =
            claims.map(|(number, name)| claim(&format!("c{number}"), &format!("by:: {name}"))).collect();
        let body = article(&body);
        let file = file.map(|text| ("content/speakers/zoe.md", text));
        let texts: Vec<(&str, &str)> =
            file.into_iter().chain([("content/articles/a.md", body.as_str())]).collect();
        let example = Example::faulty(&texts);
        let found: Vec<(&str, &str, Difference)> = spelling_variants(&example.book)
            .iter()
            .map(|variant| (variant.name.value.as_str(), variant.earlier_name, variant.difference))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_way_to_write_a_name_is_found_once() {
        check(&["Zoë", "Zoë", "Zoe\u{308}"], None, &[]);
        check(
            &["Zoë", "Zoe", "ZOË", "Zoe"],
            None,
            &[("Zoe", "Zoë", Difference::Letters), ("ZOË", "Zoë", Difference::Letters)],
        );
        // An id may be written in place of the name, and so may the names of the file.
        check(&["Zoë", "zoe"], None, &[]);
        check(
            &["ZOE", "Zoe"],
            Some("---\nname: Zoë\naliases: [Zoe]\n---\n"),
            &[("ZOE", "Zoë", Difference::Letters)],
        );
        check(&["C++", "C#"], None, &[("C#", "C++", Difference::Signs)]);
        check(&["Zoe", "Зое"], None, &[("Зое", "Zoe", Difference::LookAlike)]);
    }

    #[test]
    fn names_that_would_become_one_by_mistake_are_errors() {
        let body = [claim("one", "tags:: C++, Zoe"), claim("two", "tags:: C#"), claim("three", "tags:: Зое")];
        check_problems(
            &[("content/articles/a.md", &article(&body.concat()))],
            &[
                (
                    "`C#` and `C++` differ in a sign but are treated as one tag",
                    "C#",
                    "if two are meant, write the sign of one as a word, such as `plus`, `sharp` or `minus`; if one tag is \
                     meant, write one name everywhere",
                ),
                (
                    "`Зое` and `Zoe` are treated as one tag, although they are written in different alphabets",
                    "Зое",
                    "write one of them everywhere, or give another tag another name",
                ),
            ],
        );
    }
}
