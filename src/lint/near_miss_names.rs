//! Reports pairs of names that probably mean the same person, organisation, metric or tag.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::graph::{Book, Entity};
use crate::name;
use crate::source::Span;

use super::name_pairs::{NameKind, ParsedName, Similarity};
use super::{Context, joined_names, reviewer_names};

/// Name, default level and documentation of the lint `near-miss-names`.
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
`content/metrics/<id>.md`); tags, reviewers and authors have no files, so `allow` the lint where the name is written.",
};

/// Largest number of names with a common key that are compared with each other. Larger groups are skipped, because
/// such names probably differ on purpose, a short form in them is ambiguous, and comparing them would take
/// quadratic time.
const MAX_GROUP_SIZE: usize = 16;

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for (what, kind, entities) in [
        ("speaker", NameKind::Speaker, book.speakers()),
        ("metric", NameKind::Thing, book.metrics()),
        ("tag", NameKind::Thing, book.tags()),
    ] {
        // A name that consists of several names is reported by `joined-names`.
        let is_single_name =
            |entity: &&Entity| what != "speaker" || !joined_names::is_joined(&entity.name, entities);
        let candidates: Vec<Candidate<'_>> = entities
            .iter()
            .filter(is_single_name)
            .map(|entity| Candidate::from_entity(book, entity, what))
            .collect();
        report_similar_names(kind, &candidates, problems);
    }
    report_similar_names(NameKind::Speaker, &signing_people(context), problems);
}

/// A speaker, metric, tag, reviewer or author, as it is compared with others.
struct Candidate<'a> {
    /// The accepted ways to write the name, the usual one first.
    names: Vec<&'a str>,
    span: Span,
    /// The kind as a word in diagnostics, such as `speaker`.
    what: &'static str,
    /// Whether the name is never reported itself: it has a file, or it is reported in another comparison.
    is_never_reported: bool,
    use_count: usize,
}

impl<'a> Candidate<'a> {
    /// Creates the names of an entity. An entity with a file can also be written by its id and its aliases.
    fn from_entity(book: &'a Book, entity: &'a Entity, what: &'static str) -> Self {
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
            is_never_reported: entity.document.is_some(),
            use_count: entity.claims.len() + entity.relayed_claims.len() + entity.articles.len(),
        }
    }

    /// Returns the sort key of a name. Of two similar names, the one with the lower rank is reported. Names with a
    /// file rank highest, then names that are used more often, then names with the alphabetically earlier id.
    fn rank(&self) -> (bool, usize, Reverse<String>) {
        (self.is_never_reported, self.use_count, Reverse(name::id_of(self.names[0])))
    }
}

/// Returns the people who sign verdicts, readings and write-ups, and for comparison the speakers who do not sign
/// any.
fn signing_people<'a>(context: &Context<'a>) -> Vec<Candidate<'a>> {
    let book = context.book;
    let reviewers = reviewer_names(context).map(|name| ("reviewer", name));
    let authors = book.documents().flat_map(|(_, document)| &document.front_matter.authors);
    let mut signers: BTreeMap<String, Candidate<'_>> = BTreeMap::new();
    let is_single_name = |name: &str| !joined_names::is_joined(name, book.speakers());
    let names = reviewers.chain(authors.map(|name| ("author", name)));
    for (what, name) in names.filter(|(_, name)| is_single_name(&name.value)) {
        let first = || Candidate {
            names: vec![&name.value],
            span: name.span,
            what,
            is_never_reported: false,
            use_count: 0,
        };
        signers.entry(name::id_of(&name.value)).or_insert_with(first).use_count += 1;
    }
    let speakers = book
        .speakers()
        .iter()
        .filter(|entity| is_single_name(&entity.name))
        .map(|entity| Candidate::from_entity(book, entity, "speaker"));
    let others =
        speakers.filter(|speaker| !speaker.names.iter().any(|name| signers.contains_key(&name::id_of(name))));
    let others: Vec<Candidate<'_>> =
        others.map(|speaker| Candidate { is_never_reported: true, ..speaker }).collect();
    signers.into_values().chain(others).collect()
}

/// Reports names without a file that are similar to a name with a higher rank.
fn report_similar_names(kind: NameKind, candidates: &[Candidate<'_>], problems: &mut Vec<Diagnostic>) {
    let spellings: Vec<(usize, &str)> = candidates
        .iter()
        .enumerate()
        .flat_map(|(owner, known)| known.names.iter().map(move |name| (owner, *name)))
        .collect();
    let names: Vec<(usize, ParsedName)> =
        spellings.iter().map(|&(owner, name)| (owner, ParsedName::new(name, kind))).collect();
    let pairs = similar_pairs(&names);
    for (index, &(owner, name)) in
        spellings.iter().enumerate().filter(|(_, (owner, _))| !candidates[*owner].is_never_reported)
    {
        let rank = |index: usize| candidates[spellings[index].0].rank();
        let what = candidates[owner].what;
        // The short form of a name may mean different people as a speaker and as a reviewer or author, so names of
        // different kinds are compared only by spelling.
        let is_preferred = |&&(other, likeness): &&(usize, Similarity)| {
            let is_same_kind = candidates[spellings[other].0].what == what;
            rank(other) > candidates[owner].rank() && (is_same_kind || likeness == Similarity::Spelling)
        };
        let preferred = pairs[index].iter().filter(is_preferred);
        let Some(&(best, _)) = preferred.max_by_key(|(other, _)| rank(*other)) else { continue };
        let (other_owner, other) = spellings[best];
        problems.push(
            Diagnostic::new(
                &RULE,
                candidates[owner].span,
                format!("{what} `{name}` has almost the same name as `{other}`"),
            )
            .secondary(candidates[other_owner].span, "the other name")
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

/// Returns, for each name, the indices of the similar names. Each name has the index of its owner; names of the
/// same owner are not compared. A short form that fits two names which are not similar to each other is ambiguous
/// and is left out.
fn similar_pairs(names: &[(usize, ParsedName)]) -> Vec<Vec<(usize, Similarity)>> {
    let mut keys: Vec<(u64, usize)> = Vec::new();
    for (number, name) in names.iter().enumerate() {
        keys.extend(name.1.candidate_keys().into_iter().map(|key| (key, number)));
    }
    keys.sort_unstable();
    let mut pairs: Vec<Vec<(usize, Similarity)>> = vec![Vec::new(); names.len()];
    for group in keys.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() <= MAX_GROUP_SIZE) {
        for (at, &(_, one)) in group.iter().enumerate() {
            for &(_, other) in group.iter().skip(at + 1) {
                let is_same = names[one].0 == names[other].0;
                if is_same || pairs[one].iter().any(|&(known, _)| known == other) {
                    continue;
                }
                if let Some(likeness) = names[one].1.similarity_to(&names[other].1) {
                    pairs[one].push((other, likeness));
                    pairs[other].push((one, likeness));
                }
            }
        }
    }
    let is_unambiguous = |number: usize| {
        let others = &pairs[number];
        let are_similar = |one: usize, other: usize| {
            names[one].0 == names[other].0 || names[one].1.similarity_to(&names[other].1).is_some()
        };
        others.len() < 8 && others.iter().all(|one| others.iter().all(|other| are_similar(one.0, other.0)))
    };
    let unambiguous: Vec<bool> = (0..names.len()).map(is_unambiguous).collect();
    for (number, others) in pairs.iter_mut().enumerate() {
        others.retain(|&(other, likeness)| {
            likeness == Similarity::Spelling || (unambiguous[number] && unambiguous[other])
        });
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{article, claim};
    use crate::lint::tests::{check as check_files, check_allowed_article, check_article};

    /// Asserts which pairs of these speakers are similar.
    #[track_caller]
    fn check(names: &[&str], expected: &[(usize, usize)]) {
        let names = names.iter().enumerate();
        let names: Vec<_> =
            names.map(|(number, name)| (number, ParsedName::new(name, NameKind::Speaker))).collect();
        let mut found = Vec::new();
        for (one, others) in similar_pairs(&names).into_iter().enumerate() {
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
        let names: Vec<_> =
            names.map(|(number, name)| (number, ParsedName::new(name, NameKind::Speaker))).collect();
        let most = names.iter().map(|name| name.1.candidate_keys().len()).max();
        assert!(most < Some(64), "{most:?}");
        assert!(similar_pairs(&names).iter().all(Vec::is_empty));
    }

    #[test]
    fn names_that_are_almost_alike_are_reported() {
        let body = [
            claim("one", "by:: Jane Deo\ntags:: forecastng"),
            claim("two", "by:: Jane Doe\ntags:: forecasting"),
            claim("three", "by:: Jane Doe\ntags:: forecasting"),
        ];
        check_article(
            &RULE,
            &body.concat(),
            &[
                ("speaker `Jane Deo` has almost the same name as `Jane Doe`", "Jane Deo"),
                ("tag `forecastng` has almost the same name as `forecasting`", "forecastng"),
            ],
        );
    }

    #[test]
    fn names_are_compared_with_names_ids_and_aliases_of_files() {
        let body = claim("one", "kind:: measurement\nby:: Exmaple Lab\nmetric:: trainng-time");
        check_files(
            &RULE,
            &[
                ("content/articles/a.md", &article(&body)),
                ("content/metrics/training-time.md", "---\ntitle: Hours of training\n---\n"),
                ("content/speakers/lab.md", "---\nname: The Laboratory\naliases: [Example Lab]\n---\n"),
            ],
            &[
                ("speaker `Exmaple Lab` has almost the same name as `Example Lab`", "Exmaple Lab"),
                ("metric `trainng-time` has almost the same name as `training-time`", "trainng-time"),
            ],
        );
    }

    #[test]
    fn reviewers_and_authors_are_compared_with_each_other_and_with_speakers() {
        let facts = "by:: Ana Ruiz\nverdict:: 2026-11-20 supported by Anna Ruiz";
        let other = "by:: Ben Ode\nverdict:: 2026-11-20 supported by B. Ode";
        let text = format!(
            "---\ntitle: A\nauthors: [Ana Ruitz]\n---\n\n{}{}",
            claim("one", facts),
            claim("two", other)
        );
        check_files(
            &RULE,
            &[("content/articles/a.md", &text)],
            &[
                ("author `Ana Ruitz` has almost the same name as `Ana Ruiz`", "Ana Ruitz"),
                ("reviewer `Anna Ruiz` has almost the same name as `Ana Ruiz`", "Anna Ruiz"),
            ],
        );
    }

    #[test]
    fn names_that_differ_in_a_number_or_a_word_and_names_with_files_are_clean() {
        let body =
            claim("one", "by:: Lab 1\nby:: Jane Deo") + &claim("two", "by:: Lab 2\nby:: Jane Mary Roe");
        check_files(
            &RULE,
            &[
                ("content/articles/a.md", &article(&(body + &claim("three", "by:: Jane Doe")))),
                ("content/speakers/jane-deo.md", "---\nname: Jane Deo\n---\n"),
                ("content/speakers/jane-doe.md", "---\nname: Jane Doe\n---\n"),
            ],
            &[],
        );
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let odd = claim("one", "by:: Jane Deo\nallow:: near-miss-names");
        check_allowed_article(
            &RULE,
            &(odd + &claim("two", "by:: Jane Doe") + &claim("three", "by:: Jane Doe")),
        );
    }
}
