//! Reports claims that supersede a claim that was said later.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::RelationKind;

use super::{Context, each_claim};

/// Name, default level and documentation of the lint `early-successors`.
pub(super) const RULE: Rule = Rule {
    name: "early-successors",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a claim supersedes one that was said later",
    explanation: "`supersedes` is written in the newer claim and names the older one, whose place it takes. Where the older one names \
the newer one, the wrong claim is shown as superseded. Write the relation in the other claim, or correct the \
date that is wrong.

    > - said:: 2026-11-20
    > - supersedes:: [the spring](claim:training-12-days) — counted again",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for claim in each_claim(context) {
        let Some(said) = &claim.said else { continue };
        let supersedes = claim.relations.iter().filter(|relation| relation.kind == RelationKind::Supersedes);
        for relation in supersedes {
            let Some(other) = book.find_claim(&relation.target.value).map(|other| book.claim(other)) else {
                continue;
            };
            let Some(later) = other.said.as_ref().filter(|_| !other.is_broken) else { continue };
            if said.value.last_day() >= later.value.first_day() {
                continue;
            }
            let (id, other_id) = (&claim.id.value, &other.id.value);
            problems.push(
                Diagnostic::new(
                    &RULE,
                    relation.target.span,
                    format!("`{id}` supersedes `{other_id}`, which was said later"),
                )
                .secondary(said.span, format!("said on {}", said.value))
                .secondary(later.span, format!("said on {}", later.value))
                .help(format!(
                    "write `supersedes` with `[words](claim:{id})` in `{other_id}` instead, or correct the date that is wrong"
                )),
            );
        }
    }
}
