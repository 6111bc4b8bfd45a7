//! Reports forecasts without a deadline.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::Kind;

use super::{Context, valid_claims};

/// Name, default level and documentation of the lint `undated-forecasts`.
pub(super) const RULE: Rule = Rule {
    name: "undated-forecasts",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a forecast has no deadline",
    explanation: "A forecast without a deadline can come true but never fail, so it can be neither due nor scored. Add \
`resolves`; if the forecaster gave none, say so with the verdict `unfalsifiable`, or write it as an `opinion`.

    > - kind:: forecast
    > - resolves:: 2028-12-31",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for claim in valid_claims(context).filter(|claim| claim.kind == Kind::Forecast) {
        if claim.resolves.is_none() && claim.verdicts.is_empty() {
            problems.push(
                Diagnostic::new(
                    &RULE,
                    claim.id.span,
                    format!("forecast `{}` has no deadline", claim.id.value),
                )
                .help("add the key `resolves` with a date"),
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
    fn a_forecast_without_a_deadline_is_reported() {
        let body = claim("pace", "kind:: forecast\nprobability:: 70% stated");
        check_article(&RULE, &body, &[("forecast `pace` has no deadline", "pace")]);
    }

    #[test]
    fn dated_and_judged_forecasts_and_opinions_are_clean() {
        let body = [
            claim("dated", "kind:: forecast\nresolves:: 2028"),
            claim("judged", "kind:: forecast\nverdict:: 2026-11-20 unfalsifiable by J. Doe"),
            claim("opinion", "kind:: opinion"),
        ];
        check_article(&RULE, &body.concat(), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &claim("pace", "kind:: forecast\nallow:: undated-forecasts"));
    }
}
