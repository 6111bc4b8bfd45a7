//! Reports names that look alike but have different ids, such as `J. Doe` and `J. Doҽ`. A reader takes the two
//! speakers, reviewers, metrics or tags for one. Names with the same id are compared in `names.rs`.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Document, DocumentKind};
use crate::name;
use crate::source::Spanned;

use super::{Book, EntityKind};

type NamedEntity<'a> = (EntityKind, &'a Spanned<String>);

/// Returns an error for each name that looks like the name of another entity. Claims with errors are skipped,
/// because their names may be placeholders. Pairs in ASCII, such as `AI` and `A1`, are not reported, because they
/// are not an attempt to deceive.
pub(super) fn check(book: &Book) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let has_own_file =
        |document: &Document| matches!(document.kind, DocumentKind::Speaker | DocumentKind::Metric);
    let (with_own_file, others): (Vec<_>, Vec<_>) =
        book.documents().map(|(_, document)| document).partition(|document| has_own_file(document));
    let names = with_own_file.into_iter().chain(others).flat_map(names_in);
    // The name with fewer non-ASCII characters is most likely the correct one. The sort is stable, so among names
    // with equally many, those with a file come first.
    let mut names: Vec<NamedEntity<'_>> =
        names.filter(|(kind, name)| seen.insert((*kind, &name.value))).collect();
    names.sort_by_cached_key(|(_, name)| name.value.chars().filter(|letter| !letter.is_ascii()).count());
    let mut first_by_shape: HashMap<(EntityKind, String), &Spanned<String>> = HashMap::new();
    let mut problems = Vec::new();
    for (kind, name) in names {
        let first = *first_by_shape.entry((kind, name::visible_shape(&name.value))).or_insert(name);
        if name.value.is_ascii() || id_of(book, (kind, first)) == id_of(book, (kind, name)) {
            continue;
        }
        let message =
            format!("`{}` looks like `{}` and is written in other letters", name.value, first.value);
        problems.push(
            Diagnostic::new(&rules::LOOK_ALIKE_NAMES, name.span, message)
                .secondary(first.span, "the name it looks like")
                .help("write it in the same letters; if two are meant, give them different names"),
        );
    }
    problems
}

/// Returns the names in a document that name a speaker, metric or tag. Reviewers and authors are treated as
/// speakers, because readers know them by their names as well.
fn names_in(document: &Document) -> impl Iterator<Item = NamedEntity<'_>> {
    let front_matter = &document.front_matter;
    let kind = match document.kind {
        DocumentKind::Speaker => Some(EntityKind::Speaker),
        DocumentKind::Metric => Some(EntityKind::Metric),
        _ => None,
    };
    let aliases = front_matter.aliases.iter().filter(|_| document.kind == DocumentKind::Speaker);
    let own_names = front_matter.name.iter().chain(aliases).filter_map(move |name| Some((kind?, name)));
    let claim_names = document.claims.iter().filter(|claim| !claim.is_broken).flat_map(|claim| {
        let verdict_authors = claim.verdicts.iter().filter_map(|verdict| verdict.by.as_ref());
        let reviewers = verdict_authors.chain(claim.seen.iter().map(|seen| &seen.by));
        let speakers = claim.by.iter().chain(claim.via.as_deref()).chain(reviewers);
        let speakers = speakers.map(|name| (EntityKind::Speaker, name));
        let metrics = claim.metric.iter().map(|name| (EntityKind::Metric, name));
        speakers.chain(metrics).chain(claim.tags.iter().map(|name| (EntityKind::Tag, name)))
    });
    let authors = front_matter.authors.iter().map(|name| (EntityKind::Speaker, name));
    let tags = front_matter.tags.iter().map(|name| (EntityKind::Tag, name));
    own_names.chain(authors).chain(tags).chain(claim_names)
}

/// Returns the id of the entity with a name, or the id that the name would get.
fn id_of(book: &Book, (kind, name): NamedEntity<'_>) -> String {
    let entities = book.entities(kind);
    let existing_id = entities.find(&name.value).map(|number| entities.get(number).id.clone());
    existing_id.unwrap_or_else(|| name::id_of(&name.value))
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{article, check_problems, claim};

    /// Asserts which of these tags looks like which other one.
    #[track_caller]
    fn check(tags: &str, expected: Option<(&str, &str)>) {
        let body = article(&claim("one", &format!("tags:: {tags}")));
        let message = expected
            .map(|(one, other)| format!("`{one}` looks like `{other}` and is written in other letters"));
        let help = "write it in the same letters; if two are meant, give them different names";
        let problems: Vec<(&str, &str, &str)> =
            message.iter().map(|message| (message.as_str(), tags, help)).collect();
        check_problems(&[("content/articles/a.md", &body)], &problems);
    }

    #[test]
    fn names_in_letters_of_another_script_are_found() {
        check("Doe, Doҽ", Some(("Doҽ", "Doe")));
        check("Doҽ, Doe", Some(("Doҽ", "Doe")));
        // Names in ASCII are not meant to deceive.
        check("AI, A1", None);
        check("Zoë, Mia", None);
    }

    #[test]
    fn reviewers_and_speakers_are_compared_and_tags_are_not_compared_with_them() {
        let body = [
            claim("one", "by:: Doe\nverdict:: 2026-11-20 supported by Doҽ"),
            claim("two", "by:: Roe\ntags:: Roҽ"),
        ];
        check_problems(
            &[("content/articles/a.md", &article(&body.concat()))],
            &[(
                "`Doҽ` looks like `Doe` and is written in other letters",
                "Doҽ",
                "write it in the same letters; if two are meant, give them different names",
            )],
        );
    }
}
