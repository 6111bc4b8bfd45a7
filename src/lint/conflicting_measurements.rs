//! Two claims measure the same thing the same way and differ, and nothing says why.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::Kind;
use crate::graph::ClaimIndex;

use super::Context;
use std::collections::BTreeMap;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "conflicting-measurements",
    kind: RuleKind::Lint(Level::Warn),
    summary: "two claims measure the same thing the same way and differ, and nothing says why",
    explanation: "Two measurements of one metric, subject and method with different values cannot both stand as they are. Say \
how they relate (`supersedes`, `refines`, `contradicts`, `same-as`, `cites`), or name the version of the method \
that each was made with: points are joined in a chart only within one method.

    > - method:: METR time horizon 1.1
    > - supersedes:: [the first estimate](claim:horizon-first-estimate) — measured again with more tasks",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    let mut groups: BTreeMap<(usize, String, String), Vec<ClaimIndex>> = BTreeMap::new();
    for index in book.claims() {
        let claim = book.claim(index);
        let (Some(metric), Some(subject)) = (book.node(index).metric, &claim.subject) else { continue };
        if claim.kind != Kind::Measurement || claim.value.is_none() {
            continue;
        }
        let method = claim.method.as_ref().map_or("", |method| method.value.as_str());
        let key = (metric, subject.value.to_lowercase(), method.to_lowercase());
        groups.entry(key).or_default().push(index);
    }
    for claims in groups.values() {
        // Each claim against the one before it: a group of many is a chain, not all pairs.
        for pair in claims.windows(2) {
            conflict(context, pair[0], pair[1], problems);
        }
    }
}

fn conflict(context: &Context<'_>, first: ClaimIndex, second: ClaimIndex, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    let (one, other) = (book.claim(first), book.claim(second));
    let (Some(value), Some(other_value)) = (&one.value, &other.value) else { return };
    let node = book.node(first);
    let are_related = node.outgoing.iter().chain(&node.incoming).any(|edge| edge.other == second);
    let differ = value.value.quantity.number.total_cmp(&other_value.value.quantity.number).is_ne();
    if are_related || !differ {
        return;
    }
    let message = format!("`{}` and `{}` measure the same thing and differ", one.id.value, other.id.value);
    problems.push(
        Diagnostic::new(&RULE, other_value.span, message)
            .label("one value")
            .secondary(value.span, "another for the same metric, subject and method")
            .help("relate the two claims, or give each its `method`"),
    );
}
