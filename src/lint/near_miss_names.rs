//! A name differs from a known one by a letter or two.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::graph::{Entities, Entity};
use crate::name;

use super::Context;
use std::collections::BTreeMap;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "near-miss-names",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a name differs from a known one by a letter or two",
    explanation: "Speakers, metrics and tags exist as soon as they are named, so a typing error makes a second person. If two \
names are meant, give the rarer one a file of its own (`content/speakers/<id>.md`); if one is meant, mend the \
other, or list it under `aliases` in the speaker's file.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for (what, entities) in [("speaker", book.speakers()), ("metric", book.metrics()), ("tag", book.tags())] {
        near_names(what, entities, problems);
    }
}

/// Names without a file that are near a better known one. Only names that share their first or last
/// three letters are compared, so that the cost stays near linear.
fn near_names(what: &str, entities: &Entities, problems: &mut Vec<Diagnostic>) {
    let ends = |id: &str| {
        let first: String = id.chars().take(3).collect();
        let last: String = id.chars().rev().take(3).collect();
        [format!("^{first}"), format!("{last}$")]
    };
    let mut groups: BTreeMap<String, Vec<&Entity>> = BTreeMap::new();
    for entity in entities.iter() {
        for end in ends(&entity.id) {
            groups.entry(end).or_default().push(entity);
        }
    }
    for entity in entities.iter().filter(|entity| entity.document.is_none()) {
        let known = ends(&entity.id).into_iter().flat_map(|end| groups.get(&end).into_iter().flatten());
        let better = known
            .filter(|other| rank(other) > rank(entity) && digits(&other.id) == digits(&entity.id))
            .map(|other| other.id.as_str());
        let Some(near) = name::nearest(&entity.id, better) else { continue };
        let Some(other) = entities.find(near).map(|number| entities.get(number)) else { continue };
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

/// Names with a file are better known than names without; among these, the more used and then the
/// earlier one.
fn rank(entity: &Entity) -> (bool, usize, std::cmp::Reverse<&str>) {
    let uses = entity.claims.len() + entity.relayed.len() + entity.articles.len();
    (entity.document.is_some(), uses, std::cmp::Reverse(&entity.id))
}

/// Names that differ in a number are different things: `gpt-4`, `gpt-5`.
fn digits(id: &str) -> String {
    id.chars().filter(char::is_ascii_digit).collect()
}
