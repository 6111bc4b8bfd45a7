//! Reports values whose unit is not the unit of their metric, or is known from other values only.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::{Claim, ExpectedPoint};
use crate::graph::{ClaimIndex, claim_unit, normalized_unit};
use crate::source::Span;

use super::{Context, valid_claims_with_index};

/// Name, default level and documentation of the lint `mixed-units`.
pub(super) const RULE: Rule = Rule {
    name: "mixed-units",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a value has a different unit from its metric, or no unit when the file of the metric gives none",
    explanation: "The chart of a metric has one unit: the `unit` in the file of the metric, else the unit that most of its values \
have. A value in another unit is listed in the table and is not drawn. Convert it, or measure it by another metric. \
A value without a unit has that of its metric. If no file gives that unit, it is taken from other values: next to \
`5 billion`, a value of `4000000` would be four million billion. Write the unit after the value, or into the file of \
the metric.

    ---
    title: Training time
    unit: days
    ---",
};

/// What is wrong with the unit of a value.
enum UnitMismatch<'a> {
    /// The value has this unit, and its metric another one.
    Other(&'a str),
    /// The value has no unit, and that of its metric is known from other values only.
    Missing,
}

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    // For each metric, the first value in the unit of the metric. It is shown if the file of the metric does not
    // give the unit.
    let mut examples: BTreeMap<usize, Span> = BTreeMap::new();
    let mut mismatches: Vec<(ClaimIndex, usize, Span, UnitMismatch<'_>)> = Vec::new();
    for (index, claim) in valid_claims_with_index(context) {
        let (Some(metric), Some(span)) = (book.node(index).metric, number_span(claim)) else { continue };
        let Some(metric_unit) = book.metrics().get(metric).unit.as_deref() else { continue };
        match claim_unit(claim) {
            Some(unit) if normalized_unit(unit) == normalized_unit(metric_unit) => {
                examples.entry(metric).or_insert(span);
            }
            Some(unit) => mismatches.push((index, metric, span, UnitMismatch::Other(unit))),
            None if declared_unit_span(context, metric).is_none() => {
                mismatches.push((index, metric, span, UnitMismatch::Missing));
            }
            None => {}
        }
    }
    for (index, metric, span, mismatch) in mismatches {
        let declared_unit = declared_unit_span(context, metric).map(|unit| (unit, "the unit of the metric"));
        let example = || examples.get(&metric).map(|&value| (value, "values in this unit are drawn"));
        let problem = mismatch_problem(context, (index, metric), span, &mismatch);
        problems.push(match declared_unit.or_else(example) {
            Some((span, label)) => problem.secondary(span, label),
            None => problem,
        });
    }
}

/// Returns the place of the number that a claim gives for its metric.
fn number_span(claim: &Claim) -> Option<Span> {
    let expects = claim.expects.as_ref();
    let number = expects.filter(|expects| matches!(expects.value.point, ExpectedPoint::Number(_)));
    claim.value.as_ref().map(|value| value.span).or(number.map(|number| number.span))
}

/// Returns the place of the unit in the file of a metric.
fn declared_unit_span(context: &Context<'_>, metric: usize) -> Option<Span> {
    let document = context.book.document(context.book.metrics().get(metric).document?);
    document.front_matter.unit.as_ref().map(|unit| unit.span)
}

fn mismatch_problem(
    context: &Context<'_>,
    (index, metric): (ClaimIndex, usize),
    span: Span,
    mismatch: &UnitMismatch<'_>,
) -> Diagnostic {
    let (claim, entity) = (context.book.claim(index), context.book.metrics().get(metric));
    let (id, name, metric_unit) = (&claim.id.value, &entity.name, entity.unit.as_deref().unwrap_or_default());
    match mismatch {
        UnitMismatch::Other(unit) => {
            let message = format!("`{id}` gives `{name}` in `{unit}`, not in `{metric_unit}`");
            Diagnostic::new(&RULE, span, message)
                .label("not drawn in the chart of the metric")
                .help(format!("give the value in `{metric_unit}`, or name a metric of its own"))
        }
        UnitMismatch::Missing => {
            let message = format!("`{id}` gives `{name}` without a unit");
            Diagnostic::new(&RULE, span, message)
                .label(format!("shown in `{metric_unit}`, the unit of other values"))
                .help(format!(
                    "write the unit after the value, or `unit: {metric_unit}` into the file of the metric"
                ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{article, claim};
    use crate::lint::tests::{check, check_allowed_article, check_article};

    fn measured(id: &str, value: &str, facts: &str) -> String {
        claim(id, &format!("kind:: measurement\nmetric:: Load\nsubject:: it\nvalue:: {value}\n{facts}"))
    }

    #[test]
    fn values_in_another_unit_than_most_are_reported() {
        let body = [measured("a", "5 kg", ""), measured("b", "11 pounds", ""), measured("c", "6 kg", "")];
        let expected = [("`b` gives `Load` in `pounds`, not in `kg`", "11 pounds")];
        check_article(&RULE, &body.concat(), &expected);
    }

    #[test]
    fn values_in_another_unit_than_the_file_of_the_metric_are_reported() {
        let file = ("content/metrics/load.md", "---\ntitle: Load\nunit: pounds\n---\n");
        let body = [measured("a", "5 kg", ""), measured("b", "11 pound", ""), measured("c", "6", "")];
        check(
            &RULE,
            &[("content/articles/a.md", &article(&body.concat())), file],
            &[("`a` gives `Load` in `kg`, not in `pounds`", "5 kg")],
        );
    }

    #[test]
    fn values_without_a_unit_are_reported_if_only_other_values_give_it() {
        let forecast = claim("c", "kind:: forecast\nmetric:: Load\nresolves:: 2030\nexpects:: 7");
        let body = [measured("a", "4", ""), measured("b", "5 kg", ""), forecast];
        let expected = [("`a` gives `Load` without a unit", "4"), ("`c` gives `Load` without a unit", "7")];
        check_article(&RULE, &body.concat(), &expected);
        check_article(&RULE, &measured("a", "4", ""), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let odd = measured("c", "11 pounds", "allow:: mixed-units — as the report has it");
        check_allowed_article(&RULE, &[measured("a", "5 kg", ""), measured("b", "6 kg", ""), odd].concat());
    }
}
