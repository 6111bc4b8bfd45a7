//! Finds the unit of a metric: the unit in the file of the metric, otherwise the most frequent unit of its values.

use std::collections::BTreeMap;

use crate::document::{Claim, ExpectedPoint, Kind};

use super::Book;

/// Returns a unit in the form in which units are compared: `%` becomes `percent`, `×` becomes `x`, and other units
/// lose every `s` at the end and become lower case.
pub fn normalized_unit(unit: &str) -> String {
    match unit {
        "%" => "percent".to_owned(),
        "×" => "x".to_owned(),
        unit => unit.trim_end_matches('s').to_lowercase(),
    }
}

/// Returns the unit of the number in a claim: of the expected number in a forecast, of the measured value in other
/// claims.
pub fn claim_unit(claim: &Claim) -> Option<&str> {
    if claim.kind != Kind::Forecast {
        return claim.value.as_ref()?.value.unit.as_deref();
    }
    let expects = &claim.expects.as_ref()?.value;
    matches!(expects.point, ExpectedPoint::Number(_)).then_some(expects.unit.as_deref()).flatten()
}

/// Sets the unit of each metric.
pub(super) fn set_metric_units(book: &mut Book) {
    let mut counts: Vec<BTreeMap<String, (usize, &str)>> = vec![BTreeMap::new(); book.metrics().len()];
    for index in book.all_claims() {
        let (claim, metric) = (book.claim(index), book.node(index).metric);
        if let (Some(metric), Some(unit)) = (metric, claim_unit(claim)) {
            counts[metric].entry(normalized_unit(unit)).or_insert((0, unit)).0 += 1;
        }
    }
    let unit_of_metric = |(index, counts): (usize, &BTreeMap<String, (usize, &str)>)| {
        let document = book.metrics().get(index).document.map(|document| book.document(document));
        let declared = document.and_then(|document| document.front_matter.unit.as_ref());
        // If two units are equally frequent, the last one in alphabetical order is taken.
        let most_frequent = counts.values().max_by_key(|(count, _)| count).map(|&(_, unit)| unit);
        declared.map(|unit| unit.value.as_str()).or(most_frequent).map(str::to_owned)
    };
    let units: Vec<Option<String>> = counts.iter().enumerate().map(unit_of_metric).collect();
    for (metric, unit) in book.links_mut().metrics.iter_mut().zip(units) {
        metric.unit = unit;
    }
}
