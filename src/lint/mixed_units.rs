//! Reports values whose unit is not the unit of their metric.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::Claim;
use crate::graph::{plain_unit, unit_of_number};
use crate::source::Span;

use super::{Context, each_claim_index};

/// Name, default level and documentation of the lint `mixed-units`.
pub(super) const RULE: Rule = Rule {
    name: "mixed-units",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a value has another unit than its metric",
    explanation: "The chart of a metric has one unit: the `unit` in the file of the metric, else the unit that most of its values \
have. A value in another unit is listed in the table and is not drawn. Convert it, or measure it by another metric. \
A value without a unit has that of its metric.

    ---
    title: Training time
    unit: days
    ---",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    // For each metric, the first value in the unit of the metric. It is shown if the file of the metric does not
    // give the unit.
    let mut examples: BTreeMap<usize, Span> = BTreeMap::new();
    let mut odd: Vec<(usize, &Claim, &str, Span)> = Vec::new();
    for (index, claim) in each_claim_index(context) {
        let (Some(metric), Some(unit)) = (book.node(index).metric, unit_of_number(claim)) else { continue };
        let value = claim.value.as_ref().map(|value| value.span);
        let Some(span) = value.or(claim.expects.as_ref().map(|expects| expects.span)) else { continue };
        let of_metric = book.metrics().get(metric).unit.as_deref().unwrap_or_default();
        if plain_unit(unit) == plain_unit(of_metric) {
            examples.entry(metric).or_insert(span);
        } else {
            odd.push((metric, claim, unit, span));
        }
    }
    for (metric, claim, unit, span) in odd {
        let entity = book.metrics().get(metric);
        let of_metric = entity.unit.as_deref().unwrap_or_default();
        let message =
            format!("`{}` gives `{}` in `{unit}`, not in `{of_metric}`", claim.id.value, entity.name);
        let problem = Diagnostic::new(&RULE, span, message).label("not drawn in the chart of the metric");
        let document = entity.document.map(|document| book.document(document));
        let of_file = document.and_then(|document| document.front_matter.unit.as_ref()).map(|unit| unit.span);
        let problem = match (of_file, examples.get(&metric)) {
            (Some(unit), _) => problem.secondary(unit, "the unit of the metric"),
            (None, Some(&value)) => problem.secondary(value, "values in this unit are drawn"),
            (None, None) => problem,
        };
        problems.push(problem.help(format!("give the value in `{of_metric}`, or name a metric of its own")));
    }
}
