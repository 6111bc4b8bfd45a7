//! Reports measurements of the same thing, by the same method and for the same time, that differ without a relation
//! that explains the difference.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::{Claim, Kind, Measured};
use crate::graph::{ClaimIndex, normalized_unit};
use crate::source::Spanned;

use super::{Context, valid_claims_with_index};

/// Name, default level and documentation of the lint `conflicting-measurements`.
pub(super) const RULE: Rule = Rule {
    name: "conflicting-measurements",
    kind: RuleKind::Lint(Level::Warn),
    summary: "two measurements of one thing differ, with no relation between the claims",
    explanation: "Two measurements of one metric, subject and method with different values for the same time cannot both be \
right. The time is the date that the evidence speaks for (`as-of`), else the date on which it was said; `2026` and \
`2026-05` overlap, two days do not, and a value without a date counts for every day. If the values belong to \
different times, give the dates. Otherwise say how the claims relate (`supersedes`, `refines`, `contradicts`, \
`same-as`, `cites`), or name the version of the method that each was made with: points are joined in a chart only \
within one method.

    > - as-of:: 2026-05
    > - method:: METR time horizon 1.1
    > - supersedes:: [the first estimate](claim:horizon-first-estimate) — measured again with more tasks",
};

/// A measurement, with the first and the last day that its value is for. Both are `None` if the measurement has no
/// date.
struct Measurement<'a> {
    index: ClaimIndex,
    claim: &'a Claim,
    measured: &'a Spanned<Measured>,
    first: Option<PartialDate>,
    last: Option<PartialDate>,
}

impl Measurement<'_> {
    /// Returns the bits of the measured number, as a key that is different for each number.
    fn number_bits(&self) -> u64 {
        self.measured.value.quantity.number.to_bits()
    }
}

/// The metric, subject, method and unit of a value. Only values with the same key are compared.
type ComparisonKey = (usize, String, String, String);

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let mut groups: BTreeMap<ComparisonKey, Vec<Measurement<'_>>> = BTreeMap::new();
    for (index, claim) in valid_claims_with_index(context) {
        if let Some((key, value)) = measurement_of(context, index, claim) {
            groups.entry(key).or_default().push(value);
        }
    }
    for values in groups.into_values().filter(|values| values.len() > 1) {
        report_conflicts(context, values, problems);
    }
}

fn measurement_of<'a>(
    context: &Context<'a>,
    index: ClaimIndex,
    claim: &'a Claim,
) -> Option<(ComparisonKey, Measurement<'a>)> {
    let metric = context.book.node(index).metric?;
    let subject = claim.subject.as_ref()?.value.to_lowercase();
    let measured = claim.value.as_deref().filter(|_| claim.kind == Kind::Measurement)?;
    let method = claim.method.as_ref().map(|method| method.value.to_lowercase()).unwrap_or_default();
    let metric_unit = context.book.metrics().get(metric).unit.as_deref();
    let unit = normalized_unit(measured.value.unit.as_deref().or(metric_unit).unwrap_or_default());
    let date = claim.as_of.as_ref().or(claim.said.as_ref()).map(|date| date.value);
    let first = date.map(|date| date.first_day().into());
    let last = date.map(|date| date.last_day().into());
    Some(((metric, subject, method, unit), Measurement { index, claim, measured, first, last }))
}

/// Compares each value with all others whose times overlap. Each value is reported at most once.
fn report_conflicts(context: &Context<'_>, mut values: Vec<Measurement<'_>>, problems: &mut Vec<Diagnostic>) {
    let related = related_pairs(context, &values);
    // Values without a date come last. If one conflicts with dated values, only that value is reported and not each
    // dated value.
    values.sort_by_key(|value| (value.first.is_none(), value.first, value.index));
    let dated_count = values.partition_point(|value| value.first.is_some());
    let mut open = OpenIntervals::default();
    for (index, value) in values.iter().enumerate() {
        if index == dated_count {
            open = OpenIntervals::default();
            for (dated_index, dated) in values[..dated_count].iter().enumerate() {
                open.add(dated_index, dated);
            }
        }
        if let Some(first) = value.first {
            open.remove_ended_before(first);
        }
        let is_unrelated = |other: usize| {
            let other = values[other].index;
            !related.contains(&(value.index.min(other), value.index.max(other)))
        };
        if let Some(other) = open.find_conflict(value, is_unrelated) {
            problems.push(conflict_problem(value, &values[other]));
        }
        open.add(index, value);
    }
}

/// The values whose last day has not passed, while all values are visited in the order of their first days. Values
/// with the same number do not conflict, and there may be as many of them as claims, so they are stored together.
#[derive(Default)]
struct OpenIntervals {
    by_number: BTreeMap<u64, BTreeSet<usize>>,
    by_last_day: BTreeSet<(Option<PartialDate>, u64, usize)>,
}

impl OpenIntervals {
    fn add(&mut self, index: usize, value: &Measurement<'_>) {
        self.by_number.entry(value.number_bits()).or_default().insert(index);
        self.by_last_day.insert((value.last, value.number_bits(), index));
    }

    fn remove_ended_before(&mut self, day: PartialDate) {
        let is_past = |(last, ..): &&(Option<PartialDate>, u64, usize)| last.is_some_and(|last| last < day);
        while let Some(&(last, number, index)) = self.by_last_day.first().filter(is_past) {
            self.by_last_day.remove(&(last, number, index));
            if let Entry::Occupied(mut indices) = self.by_number.entry(number) {
                indices.get_mut().remove(&index);
                if indices.get().is_empty() {
                    indices.remove();
                }
            }
        }
    }

    /// Returns the index of a value with another number and without a relation to this value.
    fn find_conflict(&self, value: &Measurement<'_>, is_unrelated: impl Fn(usize) -> bool) -> Option<usize> {
        let others = self.by_number.iter().filter(|&(&number, _)| number != value.number_bits());
        others.flat_map(|(_, indices)| indices).copied().find(|&index| is_unrelated(index))
    }
}

/// Returns the pairs of claims between which a relation is stated. Each pair is sorted by index.
fn related_pairs(context: &Context<'_>, values: &[Measurement<'_>]) -> HashSet<(ClaimIndex, ClaimIndex)> {
    let relations = values.iter().flat_map(|value| {
        let targets = value.claim.relations.iter();
        let targets = targets.filter_map(|relation| context.book.find_claim(&relation.target.value));
        targets.map(|target| (value.index.min(target), value.index.max(target)))
    });
    relations.collect()
}

fn conflict_problem(value: &Measurement<'_>, other: &Measurement<'_>) -> Diagnostic {
    let (id, other_id) = (&value.claim.id.value, &other.claim.id.value);
    let [first, second] = if id < other_id { [id, other_id] } else { [other_id, id] };
    let message = format!("`{first}` and `{second}` measure the same thing and differ");
    Diagnostic::new(&RULE, value.measured.span, message)
        .label("one value")
        .secondary(other.measured.span, "another for the same metric, subject, method and time")
        .help("give the date of each as `as-of`, relate the two claims, or give each its `method`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check_allowed_article, check_article};

    /// A measurement of the pace of the engine with more facts.
    fn measured(id: &str, value: &str, facts: &str) -> String {
        let shared = "kind:: measurement\nmetric:: pace\nsubject:: The engine";
        claim(id, &format!("{shared}\nvalue:: {value}\n{facts}"))
    }

    #[test]
    fn values_of_one_time_that_differ_are_reported() {
        let check = |one: (&str, &str), other: (&str, &str), expected: &[(&str, &str)]| {
            check_article(
                &RULE,
                &(measured("one", one.0, one.1) + &measured("two", other.0, other.1)),
                expected,
            );
        };
        let conflict = [("`one` and `two` measure the same thing and differ", "6 x")];
        check(("5 x", ""), ("6 x", ""), &conflict);
        check(("5 x", "as-of:: 2026"), ("6 x", "as-of:: 2026-03"), &conflict);
        check(("5 x", "said:: 2026-03"), ("6 x", "said:: 2025\nas-of:: 2026-03-04"), &conflict);
        check(("5 x", "as-of:: 2026"), ("6 x", ""), &conflict);
        // Without a unit, a value has the unit of its metric.
        check(("5 x", ""), ("6", ""), &[("`one` and `two` measure the same thing and differ", "6")]);
    }

    #[test]
    fn other_times_methods_units_and_related_claims_do_not_conflict() {
        let check = |one: (&str, &str), other: (&str, &str)| {
            check_article(&RULE, &(measured("one", one.0, one.1) + &measured("two", other.0, other.1)), &[]);
        };
        check(("5 x", ""), ("5.0 x", ""));
        check(("5 x", "as-of:: 2026-03-03"), ("6 x", "as-of:: 2026-03-04"));
        check(("5 x", "as-of:: 2025"), ("6 x", "as-of:: 2026"));
        check(("5 x", "method:: A"), ("6 x", "method:: B"));
        check(("5 x", ""), ("6 days", ""));
        check(("5 x", "supersedes:: [it](claim:two)"), ("6 x", ""));
        check(("5 x", ""), ("6 x", "contradicts:: [it](claim:one) — so"));
    }

    #[test]
    fn each_value_is_reported_once_and_an_undated_one_instead_of_the_dated_ones() {
        let body = [
            measured("a", "5 x", "as-of:: 2026"),
            measured("b", "6 x", "as-of:: 2026-05"),
            measured("c", "7 x", "as-of:: 2027"),
            measured("d", "8 x", ""),
        ];
        let expected = [
            ("`a` and `b` measure the same thing and differ", "6 x"),
            ("`a` and `d` measure the same thing and differ", "8 x"),
        ];
        check_article(&RULE, &body.concat(), &expected);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let body = measured("one", "5 x", "") + &measured("two", "6 x", "allow:: conflicting-measurements");
        check_allowed_article(&RULE, &body);
    }
}
