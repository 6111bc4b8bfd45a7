//! Reports measurements without a metric, a subject or a value.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::Kind;

use super::{Context, valid_claims};

/// Name, default level and documentation of the lint `incomplete-measurements`.
pub(super) const RULE: Rule = Rule {
    name: "incomplete-measurements",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a measurement lacks its metric, its subject or its value",
    explanation: "A measurement is a number: `metric` says what was measured, `subject` on what, `value` how much. Without \
them it appears in no chart and no table, and nobody can compare it with another. If the source gives no number, \
the claim is a `statement`.

    > - kind:: measurement
    > - metric:: training-speedup
    > - subject:: Claude Opus 4.6
    > - value:: 34 x",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for claim in valid_claims(context).filter(|claim| claim.kind == Kind::Measurement) {
        let parts = [
            ("metric", claim.metric.is_some()),
            ("subject", claim.subject.is_some()),
            ("value", claim.value.is_some()),
        ];
        let missing: Vec<String> =
            parts.iter().filter(|(_, is_present)| !is_present).map(|(key, _)| format!("`{key}`")).collect();
        if !missing.is_empty() {
            problems.push(
                Diagnostic::new(
                    &RULE,
                    claim.id.span,
                    format!("measurement `{}` has no {}", claim.id.value, missing.join(", no ")),
                )
                .help("add what is missing, or make it a `statement` if the source gives no number"),
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
    fn what_a_measurement_lacks_is_reported() {
        let check = |facts: &str, message: &str| {
            check_article(
                &RULE,
                &claim("pace", &format!("kind:: measurement\n{facts}")),
                &[(message, "pace")],
            );
        };
        check("", "measurement `pace` has no `metric`, no `subject`, no `value`");
        check("metric:: speed\nsubject:: it", "measurement `pace` has no `value`");
        check("metric:: speed\nvalue:: 5 x", "measurement `pace` has no `subject`");
        check("subject:: it\nvalue:: 5 x", "measurement `pace` has no `metric`");
    }

    #[test]
    fn complete_measurements_and_other_kinds_are_clean() {
        let whole = claim("pace", "kind:: measurement\nmetric:: speed\nsubject:: it\nvalue:: 5 x");
        check_article(&RULE, &(whole + &claim("plain", "")), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &claim("pace", "kind:: measurement\nallow:: incomplete-measurements"));
    }
}
