//! Reports forecasts without a deadline.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::Kind;

use super::{Context, each_claim};

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
    for claim in each_claim(context).filter(|claim| claim.kind == Kind::Forecast) {
        if claim.resolves.is_none() && claim.verdicts.is_empty() {
            problems.push(
                Diagnostic::new(
                    &RULE,
                    claim.id.span,
                    format!("forecast `{}` has no deadline", claim.id.value),
                )
                .help("add `resolves::` and a date"),
            );
        }
    }
}
