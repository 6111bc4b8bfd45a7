//! Two names probably mean the same.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::graph::{Book, Entity};
use crate::name;
use crate::source::Span;

use super::name_pairs::{Likeness, Name, Sort};
use super::{Context, each_signature, joined_names};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "near-miss-names",
    kind: RuleKind::Lint(Level::Warn),
    summary: "two names probably mean the same",
    explanation: "Speakers, metrics and tags exist as soon as they are named, so a second way to write a name makes a second \
person. The same is true of those who sign a `verdict` or `seen`, and of the `authors` of write-ups; these are compared with \
each other, and with speakers as far as spelling goes. Names are compared with the names, ids and aliases of files. Reported are names that differ by a space, a dot or one letter of a word, and for speakers also initials \
and omitted names (`J. Smith`, `Jane Smith`, `Jane Q. Smith`), surnames alone, acronyms, and an organisation with \
and without the one it belongs to (`DeepMind`, `Google DeepMind`), unless the short form fits two different names. \
Names that differ in a number or a whole word are different. If one is meant, correct the other, or list it under `aliases` in the speaker's \
file. If two are meant, give the rarer speaker or metric a file of its own (`content/speakers/<id>.md`, \
`content/metrics/<id>.md`); tags, reviewers and authors have no files, so `allow` the lint where the name stands.",
};

/// Names that share a key are compared with each other only if there are at most this many. More of them differ on
/// purpose, make no short form clear, and would take quadratic time.
const LARGEST_GROUP: usize = 16;

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for (what, sort, entities) in [
        ("speaker", Sort::Speaker, book.speakers()),
        ("metric", Sort::Thing, book.metrics()),
        ("tag", Sort::Thing, book.tags()),
    ] {
        // A name that consists of two has a problem of its own.
        let is_one = |entity: &&Entity| what != "speaker" || !joined_names::is_joined(&entity.name, entities);
        let known: Vec<Known<'_>> =
            entities.iter().filter(is_one).map(|entity| Known::of(book, entity, what)).collect();
        near_names(sort, &known, problems);
    }
    near_names(Sort::Speaker, &signers(context), problems);
}

/// Somebody or something with a name.
struct Known<'a> {
    /// How it may be written, the usual way first.
    names: Vec<&'a str>,
    span: Span,
    /// What it is called in reports.
    what: &'static str,
    /// It has a file, or is reported among others.
    is_settled: bool,
    uses: usize,
}

impl<'a> Known<'a> {
    /// A file has an id besides its title, and it may have other names.
    fn of(book: &'a Book, entity: &'a Entity, what: &'static str) -> Self {
        let mut names = vec![entity.name.as_str()];
        if let Some(document) = entity.document {
            let aliases = &book.document(document).front_matter.aliases;
            let others = std::iter::once(&entity.id).chain(aliases.iter().map(|alias| &alias.value));
            names.extend(
                others.map(String::as_str).filter(|other| name::id_of(&entity.name) != name::id_of(other)),
            );
        }
        Self {
            names,
            span: entity.span,
            what,
            is_settled: entity.document.is_some(),
            uses: entity.claims.len() + entity.relayed.len() + entity.articles.len(),
        }
    }

    /// Names with a file are better known than names without; among these, the more used and then the
    /// earlier one.
    fn rank(&self) -> (bool, usize, Reverse<String>) {
        (self.is_settled, self.uses, Reverse(name::id_of(self.names[0])))
    }
}

/// Those who sign verdicts, readings and write-ups, who have no files, and the speakers who do not, for comparison.
fn signers<'a>(context: &Context<'a>) -> Vec<Known<'a>> {
    let book = context.book;
    let reviewers = each_signature(context).map(|name| ("reviewer", name));
    let authors = book.documents().flat_map(|(_, document)| &document.front_matter.authors);
    let mut signers: BTreeMap<String, Known<'_>> = BTreeMap::new();
    let is_one = |name: &str| !joined_names::is_joined(name, book.speakers());
    let names = reviewers.chain(authors.map(|name| ("author", name)));
    for (what, name) in names.filter(|(_, name)| is_one(&name.value)) {
        let first = || Known { names: vec![&name.value], span: name.span, what, is_settled: false, uses: 0 };
        signers.entry(name::id_of(&name.value)).or_insert_with(first).uses += 1;
    }
    let speakers = book
        .speakers()
        .iter()
        .filter(|entity| is_one(&entity.name))
        .map(|entity| Known::of(book, entity, "speaker"));
    let others =
        speakers.filter(|speaker| !speaker.names.iter().any(|name| signers.contains_key(&name::id_of(name))));
    let others: Vec<Known<'_>> = others.map(|speaker| Known { is_settled: true, ..speaker }).collect();
    signers.into_values().chain(others).collect()
}

/// Report names without a file that are like a better known one.
fn near_names(sort: Sort, known: &[Known<'_>], problems: &mut Vec<Diagnostic>) {
    let written: Vec<(usize, &str)> = known
        .iter()
        .enumerate()
        .flat_map(|(owner, known)| known.names.iter().map(move |name| (owner, *name)))
        .collect();
    let names: Vec<(usize, Name)> =
        written.iter().map(|&(owner, name)| (owner, Name::new(name, sort))).collect();
    let pairs = alike(&names);
    for (number, &(owner, name)) in
        written.iter().enumerate().filter(|(_, (owner, _))| !known[*owner].is_settled)
    {
        let rank = |number: usize| known[written[number].0].rank();
        let what = known[owner].what;
        // A short form of the name of a speaker, reviewer or author may be somebody else in another part.
        let is_better = |&&(other, likeness): &&(usize, Likeness)| {
            let is_of_same_sort = known[written[other].0].what == what;
            rank(other) > known[owner].rank() && (is_of_same_sort || likeness == Likeness::Spelling)
        };
        let better = pairs[number].iter().filter(is_better);
        let Some(&(better, _)) = better.max_by_key(|(other, _)| rank(*other)) else { continue };
        let (other_owner, other) = written[better];
        problems.push(
            Diagnostic::new(
                &RULE,
                known[owner].span,
                format!("{what} `{name}` is named almost like `{other}`"),
            )
            .secondary(known[other_owner].span, "the other name")
            .help(match what {
                "tag" => format!("write `{other}`, or allow `near-miss-names` if it is another subject"),
                "reviewer" | "author" => {
                    format!("write `{other}`, or allow `near-miss-names` if it is somebody else")
                }
                _ => format!("write `{other}`, or add a file for `{name}` if it is another {what}"),
            }),
        );
    }
}

/// For each name, which has a number of its owner, the numbers of those that are like it. A form that fits two
/// names which are not like each other is left out, unless they have the same owner.
fn alike(names: &[(usize, Name)]) -> Vec<Vec<(usize, Likeness)>> {
    let mut keys: Vec<(u64, usize)> = Vec::new();
    for (number, name) in names.iter().enumerate() {
        keys.extend(name.1.keys().into_iter().map(|key| (key, number)));
    }
    keys.sort_unstable();
    let mut pairs: Vec<Vec<(usize, Likeness)>> = vec![Vec::new(); names.len()];
    for group in keys.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() <= LARGEST_GROUP) {
        for (at, &(_, one)) in group.iter().enumerate() {
            for &(_, other) in group.iter().skip(at + 1) {
                let is_same = names[one].0 == names[other].0;
                if is_same || pairs[one].iter().any(|&(known, _)| known == other) {
                    continue;
                }
                if let Some(likeness) = names[one].1.likeness(&names[other].1) {
                    pairs[one].push((other, likeness));
                    pairs[other].push((one, likeness));
                }
            }
        }
    }
    let is_clear = |number: usize| {
        let others = &pairs[number];
        let are_alike = |one: usize, other: usize| {
            names[one].0 == names[other].0 || names[one].1.likeness(&names[other].1).is_some()
        };
        others.len() < 8 && others.iter().all(|one| others.iter().all(|other| are_alike(one.0, other.0)))
    };
    let clear: Vec<bool> = (0..names.len()).map(is_clear).collect();
    for (number, others) in pairs.iter_mut().enumerate() {
        others.retain(|&(other, likeness)| likeness == Likeness::Spelling || (clear[number] && clear[other]));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pairs that are reported in a book with these speakers.
    #[track_caller]
    fn check(names: &[&str], expected: &[(usize, usize)]) {
        let names = names.iter().enumerate();
        let names: Vec<_> = names.map(|(number, name)| (number, Name::new(name, Sort::Speaker))).collect();
        let mut found = Vec::new();
        for (one, others) in alike(&names).into_iter().enumerate() {
            found.extend(others.into_iter().filter(|other| one < other.0).map(|other| (one, other.0)));
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn a_short_form_of_two_names_is_no_near_miss() {
        check(&["Altman", "Sam Altman"], &[(0, 1)]);
        check(&["Altman", "Sam Altman", "Jack Altman"], &[]);
        check(&["J. Smith", "Jane Smith", "John Smith"], &[]);
        check(&["J. Smith", "Jane Smith", "Jane Q. Smith"], &[(0, 1), (0, 2), (1, 2)]);
        check(&["AI Security Institute", "UK AI Security Institute", "US AI Security Institute"], &[]);
        check(&["Jane Smith", "Jane Smiht", "John Smith"], &[(0, 1)]);
    }

    #[test]
    fn many_names_with_something_in_common_are_few_comparisons() {
        let names: Vec<String> = (0..30_000)
            .map(|number| format!("J{} Smith", "x".repeat(1 + number % 7) + &number.to_string()))
            .collect();
        let names = names.iter().enumerate();
        let names: Vec<_> = names.map(|(number, name)| (number, Name::new(name, Sort::Speaker))).collect();
        let most = names.iter().map(|name| name.1.keys().len()).max();
        assert!(most < Some(64), "{most:?}");
        assert!(alike(&names).iter().all(Vec::is_empty));
    }
}
