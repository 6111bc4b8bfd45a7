//! Reports forecasts whose deadline has passed without a verdict.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::graph::Status;

use super::Context;

/// Name, default level and documentation of the lint `overdue-forecasts`.
pub(super) const RULE: Rule = Rule {
    name: "overdue-forecasts",
    kind: RuleKind::Lint(Level::Warn),
    summary: "the deadline of a forecast has passed and nobody has judged it",
    explanation: "Readers come to see what became of a forecast. Once its deadline has passed, add a verdict: `came-true`, \
`partly`, `did-not-happen`, `annulled` or `unfalsifiable`. If the outcome cannot be known yet, suppress the \
lint in the claim and say why.

    > - allow:: overdue-forecasts — the yearly report is out in March",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for index in book.all_claims().filter(|&index| book.node(index).status == Status::Overdue) {
        let claim = book.claim(index);
        let Some(deadline) = claim.resolves.as_ref().filter(|_| !claim.is_broken) else { continue };
        problems.push(
            Diagnostic::new(
                &RULE,
                deadline.span,
                format!("forecast `{}` was due on {}", claim.id.value, deadline.value.last_day()),
            )
            .help("add a verdict, such as `- verdict:: 2026-11-20 did-not-happen by J. Doe — reason`"),
        );
    }
}
