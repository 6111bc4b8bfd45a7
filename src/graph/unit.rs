//! Finds the unit of a metric: the unit in the file of the metric, otherwise the most frequent unit of its values.

use std::collections::BTreeMap;

use crate::document::{Claim, ExpectedPoint, Kind};
use crate::name::MAX_LENGTH;
use crate::source::Spanned;

use super::Book;

/// Returns a unit in the form in which units are compared: `%` becomes `percent`, `×` becomes `x`, and words lose the
/// `s` of the plural and their capitals. Symbols stay as they are, because `MW` is not `mW`, and `ms` is not `m`.
pub fn normalized_unit(unit: &str) -> String {
    const LONGEST_SYMBOL: usize = 3;
    let is_word = |unit: &str| {
        unit.chars().count() > LONGEST_SYMBOL && unit.chars().skip(1).all(|letter| !letter.is_uppercase())
    };
    match unit {
        "%" => "percent".to_owned(),
        "×" => "x".to_owned(),
        // The only words that are as short as a symbol.
        "day" | "Day" | "run" | "Run" | "job" | "Job" => unit.to_lowercase(),
        unit if is_word(unit) => unit.strip_suffix('s').unwrap_or(unit).to_lowercase(),
        unit => unit.to_owned(),
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
        // A unit that is too long is an error, and is not compared with those of the claims.
        let is_usable = |unit: &&Spanned<String>| unit.value.chars().count() <= MAX_LENGTH;
        let declared = document.and_then(|document| document.front_matter.unit.as_ref()).filter(is_usable);
        // If two units are equally frequent, the last one in alphabetical order is taken.
        let most_frequent = counts.values().max_by_key(|(count, _)| count).map(|&(_, unit)| unit);
        declared.map(|unit| unit.value.as_str()).or(most_frequent).map(str::to_owned)
    };
    let units: Vec<Option<String>> = counts.iter().enumerate().map(unit_of_metric).collect();
    for (metric, unit) in book.links_mut().metrics.iter_mut().zip(units) {
        metric.unit = unit;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, claim};

    /// Asserts the unit of the metric `pace` in claims with these facts.
    #[track_caller]
    fn check(facts: &[&str], file: Option<&str>, expected: Option<&str>) {
        let claims = facts.iter().enumerate();
        let body: String = claims
            .map(|(number, facts)| claim(&format!("c{number}"), &format!("metric:: Pace\n{facts}")))
            .collect();
        let body = article(&body);
        let file = file.map(|text| ("content/metrics/pace.md", text));
        let texts: Vec<(&str, &str)> =
            file.into_iter().chain([("content/articles/a.md", body.as_str())]).collect();
        let example = Example::new(&texts);
        let metrics = example.book.metrics();
        let pace = metrics.get(metrics.find("pace").expect("the metric"));
        assert_eq!(pace.unit.as_deref(), expected, "{facts:?}");
    }

    #[test]
    fn the_unit_of_a_metric_is_that_of_its_file_or_of_most_values() {
        let measured = |value: &str| format!("kind:: measurement\nsubject:: it\nvalue:: {value}");
        let (day, days, hours, bare) =
            (measured("1 day"), measured("4 days"), measured("50 hours"), measured("3"));
        check(&[&bare], None, None);
        check(&[&hours, &day, &days], None, Some("day"));
        check(&[&hours, &bare, &bare], None, Some("hours"));
        // Of two units that are equally frequent, the last one in the alphabet counts.
        check(&[&hours, &days], None, Some("hours"));
        let file = "---\ntitle: Pace\nunit: weeks\n---\n";
        check(&[&hours, &hours], Some(file), Some("weeks"));
        check(&[&hours], Some("---\ntitle: Pace\n---\n"), Some("hours"));
        // A forecast counts with the number that it expects, and not with a date.
        check(&["kind:: forecast\nresolves:: 2030\nexpects:: 7 days"], None, Some("days"));
        check(&["kind:: forecast\nresolves:: 2030\nexpects:: 2029"], None, None);
    }

    #[test]
    fn words_are_compared_without_case_and_plural_and_symbols_as_they_are() {
        for (one, other) in [("%", "percent"), ("×", "x"), ("Days", "day"), ("hours", "Hour")] {
            assert_eq!(normalized_unit(one), normalized_unit(other), "{one} {other}");
        }
        for (one, other) in [("kg", "g"), ("ms", "m"), ("MW", "mW"), ("Mb", "MB"), ("s", ""), ("GPUs", "GPu")]
        {
            assert_ne!(normalized_unit(one), normalized_unit(other), "{one} {other}");
        }
    }
}
