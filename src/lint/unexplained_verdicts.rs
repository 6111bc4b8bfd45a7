//! Reports verdicts without a reason, and reasons without a link.

use super::{Context, valid_claims};
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};

/// Name, default level and documentation of the lint `unexplained-verdicts`.
pub(super) const RULE: Rule = Rule {
    name: "unexplained-verdicts",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a verdict gives no reason, or its reason no link",
    explanation: "A verdict is an argument: readers must be able to follow it to its evidence. Write the reason after ` — `, \
with at least one link to a source or to another claim. A link is not needed if the claim has `evidence`.

    > - verdict:: 2026-11-20 supported by J. Doe — [system card](https://example.org/card), table 4",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for claim in valid_claims(context) {
        for verdict in &claim.verdicts {
            let missing = match &verdict.reason {
                None => "reason",
                Some(reason) => {
                    let has_link = reason.read(context.access).links().next().is_some();
                    if has_link || !claim.evidence.read(context.access).is_empty() {
                        continue;
                    }
                    "link to its evidence"
                }
            };
            problems.push(
                Diagnostic::new(
                    &RULE,
                    verdict.span,
                    format!("this verdict on `{}` gives no {missing}", claim.id.value),
                )
                .help("write ` — ` and the reason after the name, with a link to what shows it"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check_allowed_article, check_article};

    #[test]
    fn verdicts_without_a_reason_or_a_link_are_reported() {
        let facts =
            "verdict:: 2026-11-19 mixed by J. Doe — it was seen\nverdict:: 2026-11-20 supported by J. Doe";
        check_article(
            &RULE,
            &claim("pace", facts),
            &[
                (
                    "this verdict on `pace` gives no link to its evidence",
                    "2026-11-19 mixed by J. Doe — it was seen",
                ),
                ("this verdict on `pace` gives no reason", "2026-11-20 supported by J. Doe"),
            ],
        );
    }

    #[test]
    fn links_in_the_reason_or_in_evidence_are_clean() {
        let linked = "verdict:: 2026-11-20 mixed by J. Doe — [the log](https://example.org/log)";
        let claims = "verdict:: 2026-11-20 mixed by J. Doe — see [it](claim:linked)";
        let evidence = "evidence:: for [the log](https://example.org/log)\nverdict:: 2026-11-20 mixed by J. Doe — it was seen";
        check_article(
            &RULE,
            &[claim("linked", linked), claim("two", claims), claim("three", evidence)].concat(),
            &[],
        );
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let facts = "verdict:: 2026-11-20 supported by J. Doe\nallow:: unexplained-verdicts";
        check_allowed_article(&RULE, &claim("pace", facts));
    }
}
