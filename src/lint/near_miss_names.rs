//! Two names probably mean the same.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::graph::{Entities, Entity};

use super::Context;
use super::name_pairs::{Likeness, Name, Sort};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "near-miss-names",
    kind: RuleKind::Lint(Level::Warn),
    summary: "two names probably mean the same",
    explanation: "Speakers, metrics and tags exist as soon as they are named, so a second way to write a name makes a second \
person. Reported are names that differ by a space, a dot or one letter of a word, and for speakers also initials \
and omitted names (`J. Smith`, `Jane Smith`, `Jane Q. Smith`), surnames alone, acronyms, and an organisation with \
and without the one it belongs to (`DeepMind`, `Google DeepMind`), unless the short form fits two different names. \
Names that differ in a number or a whole word are different. If two names are meant, give the rarer one a file of \
its own (`content/speakers/<id>.md`); if one is meant, correct the other, or list it under `aliases` in the \
speaker's file.",
};

/// Names that share a key are compared with each other only if there are at most this many. More of them differ on
/// purpose, make no short form clear, and would take quadratic time.
const LARGEST_GROUP: usize = 16;

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    near_names(("speaker", Sort::Speaker), book.speakers(), problems);
    near_names(("metric", Sort::Thing), book.metrics(), problems);
    near_names(("tag", Sort::Thing), book.tags(), problems);
}

/// Report names without a file that are like a better known one.
fn near_names((what, sort): (&str, Sort), entities: &Entities, problems: &mut Vec<Diagnostic>) {
    let known: Vec<&Entity> = entities.iter().collect();
    let names: Vec<Name> = known.iter().map(|entity| Name::new(&entity.name, sort)).collect();
    let pairs = alike(&names);
    for (number, entity) in known.iter().enumerate().filter(|(_, entity)| entity.document.is_none()) {
        let better = pairs[number].iter().filter(|&&other| rank(known[other]) > rank(entity));
        let Some(&other) = better.max_by_key(|&&other| rank(known[other])) else { continue };
        let other = known[other];
        problems.push(
            Diagnostic::new(
                &RULE,
                entity.span,
                format!("{what} `{}` is named almost like `{}`", entity.name, other.name),
            )
            .secondary(other.span, "the other name")
            .help(format!(
                "write `{}`, or add a file for `{}` if it is another {what}",
                other.name, entity.name
            )),
        );
    }
}

/// For each name the numbers of those that are like it. A form that fits two names which are not like each
/// other is left out.
fn alike(names: &[Name]) -> Vec<Vec<usize>> {
    let mut keys: Vec<(u64, usize)> = Vec::new();
    for (number, name) in names.iter().enumerate() {
        keys.extend(name.keys().into_iter().map(|key| (key, number)));
    }
    keys.sort_unstable();
    let mut pairs: Vec<Vec<(usize, Likeness)>> = vec![Vec::new(); names.len()];
    for group in keys.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() <= LARGEST_GROUP) {
        for (at, &(_, one)) in group.iter().enumerate() {
            for &(_, other) in group.iter().skip(at + 1) {
                if pairs[one].iter().any(|&(known, _)| known == other) {
                    continue;
                }
                if let Some(likeness) = names[one].likeness(&names[other]) {
                    pairs[one].push((other, likeness));
                    pairs[other].push((one, likeness));
                }
            }
        }
    }
    let is_clear = |number: usize| {
        let others = &pairs[number];
        let are_alike =
            |one: usize, other: usize| one == other || names[one].likeness(&names[other]).is_some();
        others.len() < 8 && others.iter().all(|one| others.iter().all(|other| are_alike(one.0, other.0)))
    };
    let clear: Vec<bool> = (0..names.len()).map(is_clear).collect();
    let is_kept = |number: usize, &(other, likeness): &(usize, Likeness)| {
        likeness == Likeness::Spelling || (clear[number] && clear[other])
    };
    let of = |(number, others): (usize, &Vec<(usize, Likeness)>)| {
        others.iter().filter(|pair| is_kept(number, pair)).map(|pair| pair.0).collect()
    };
    pairs.iter().enumerate().map(of).collect()
}

/// Names with a file are better known than names without; among these, the more used and then the
/// earlier one.
fn rank(entity: &Entity) -> (bool, usize, std::cmp::Reverse<&str>) {
    let uses = entity.claims.len() + entity.relayed.len() + entity.articles.len();
    (entity.document.is_some(), uses, std::cmp::Reverse(&entity.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pairs that are reported in a book with these speakers.
    #[track_caller]
    fn check(names: &[&str], expected: &[(usize, usize)]) {
        let names: Vec<Name> = names.iter().map(|name| Name::new(name, Sort::Speaker)).collect();
        let mut found = Vec::new();
        for (one, others) in alike(&names).into_iter().enumerate() {
            found.extend(others.into_iter().filter(|&other| one < other).map(|other| (one, other)));
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
        let names: Vec<Name> = names.iter().map(|name| Name::new(name, Sort::Speaker)).collect();
        let most = names.iter().map(|name| name.keys().len()).max();
        assert!(most < Some(64), "{most:?}");
        assert!(alike(&names).iter().all(Vec::is_empty));
    }
}
