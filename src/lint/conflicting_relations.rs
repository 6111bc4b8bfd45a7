//! Reports two relations between the same two claims that exclude each other.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::{Relation, RelationKind};
use crate::graph::ClaimIndex;

use super::{Context, valid_claims_with_index};

/// Name, default level and documentation of the lint `conflicting-relations`.
pub(super) const RULE: Rule = Rule {
    name: "conflicting-relations",
    kind: RuleKind::Lint(Level::Warn),
    summary: "two relations between the same two claims exclude each other",
    explanation: "Claims that contradict each other cannot both be true. So neither is the `same-as` the other, nor does it support it, \
refine it or depend on it. It does not matter in which of the two claims the relations are written. Delete the one that is \
wrong. If a claim does both, because it makes two statements, divide it.

    > - contradicts:: [the report](claim:quality-unchanged) — other exercises",
};

/// Relations that cannot exist between two claims that contradict each other.
const EXCLUDED: [RelationKind; 4] =
    [RelationKind::SameAs, RelationKind::Supports, RelationKind::Refines, RelationKind::DependsOn];

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    let relations = || {
        valid_claims_with_index(context).flat_map(|(from, claim)| {
            let with_target =
                move |relation| Some(((from, claim), valid_target(context, from, relation)?, relation));
            claim.relations.iter().filter_map(with_target)
        })
    };
    let pair = |from: ClaimIndex, to: ClaimIndex| (from.min(to), from.max(to));
    let mut contradictions: HashMap<(ClaimIndex, ClaimIndex), &Relation> = HashMap::new();
    for ((from, _), to, relation) in relations() {
        if relation.kind == RelationKind::Contradicts {
            contradictions.entry(pair(from, to)).or_insert(relation);
        }
    }
    for ((from, claim), to, relation) in
        relations().filter(|(.., relation)| EXCLUDED.contains(&relation.kind))
    {
        let Some(contradiction) = contradictions.get(&pair(from, to)) else { continue };
        let (id, other) = (&claim.id.value, &book.claim(to).id.value);
        let word = relation.kind.word();
        problems.push(
            Diagnostic::new(
                &RULE,
                relation.target.span,
                format!(
                    "`{id}` has the relation `{word}` to `{other}`, but the two claims contradict each other"
                ),
            )
            .secondary(contradiction.target.span, "the contradiction")
            .help(format!("delete `{word}` or `contradicts`, whichever is wrong")),
        );
    }
}

/// Returns the target of a relation, if it exists, is another claim and has no errors.
fn valid_target(context: &Context<'_>, from: ClaimIndex, relation: &Relation) -> Option<ClaimIndex> {
    let to = context.book.find_claim(&relation.target.value)?;
    (to != from && !context.book.claim(to).is_broken).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check_allowed_article, check_article};

    const AGAINST: &str = "contradicts:: [two](claim:two) — so";

    #[test]
    fn a_contradiction_excludes_agreement_in_both_directions() {
        for word in ["same-as", "supports", "refines", "depends-on"] {
            let body = claim("one", &format!("{AGAINST}\n{word}:: [two](claim:two)")) + &claim("two", "");
            let message =
                format!("`one` has the relation `{word}` to `two`, but the two claims contradict each other");
            check_article(&RULE, &body, &[(&message, "[two](claim:two)")]);
            let body = claim("one", AGAINST) + &claim("two", &format!("{word}:: [one](claim:one)"));
            let message =
                format!("`two` has the relation `{word}` to `one`, but the two claims contradict each other");
            check_article(&RULE, &body, &[(&message, "[one](claim:one)")]);
        }
    }

    #[test]
    fn other_relations_and_other_claims_are_clean() {
        for word in ["supersedes", "cites", "answers", "contradicts"] {
            let body = claim("one", AGAINST) + &claim("two", &format!("{word}:: [one](claim:one) — so"));
            check_article(&RULE, &body, &[]);
        }
        let three = claim("three", "supports:: [two](claim:two)");
        check_article(&RULE, &(claim("one", AGAINST) + &claim("two", "") + &three), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let facts = format!("{AGAINST}\nsupports:: [two](claim:two)\nallow:: conflicting-relations");
        check_allowed_article(&RULE, &(claim("one", &facts) + &claim("two", "")));
    }
}
