//! Reports verdicts without a reason, and reasons without a link.

use super::{Context, each_claim};
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};

/// Name, default level and documentation of the lint `unexplained-verdicts`.
pub(super) const RULE: Rule = Rule {
    name: "unexplained-verdicts",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a verdict gives no reason, or its reason no link",
    explanation: "A verdict is an argument: readers must be able to follow it to its evidence. Write the reason after ` — `, \
with at least one link to a source or to another claim.

    > - verdict:: 2026-11-20 supported by J. Doe — [system card](https://example.org/card), table 4",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for claim in each_claim(context) {
        for verdict in &claim.verdicts {
            let lacks = match &verdict.reason {
                None => "reason",
                Some(reason) if reason.links().next().is_none() && claim.evidence.is_empty() => {
                    "link to its evidence"
                }
                Some(_) => continue,
            };
            problems.push(
                Diagnostic::new(
                    &RULE,
                    verdict.span,
                    format!("this verdict on `{}` gives no {lacks}", claim.id.value),
                )
                .help("write ` — ` and the reason after the name, with a link to what shows it"),
            );
        }
    }
}
