//! Computes the status that a claim had on an earlier day. A write-up needs this status for every claim that it
//! mentions, on the day of its publication. The periods in which a claim was superseded or contested are computed
//! once for the whole book, in time that grows with the number of relations.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::document::{Claim, RelationKind, VerdictWord};

use super::status::{Status, StatusInputs};
use super::{Book, ClaimIndex, StatusHistory};

impl StatusHistory {
    fn is_contested(&self, day: Date) -> bool {
        let begun = self.contested.partition_point(|period| period.0 <= day);
        begun.checked_sub(1).and_then(|last| self.contested.get(last)).is_some_and(|period| day < period.1)
    }
}

/// Returns a [`StatusHistory`] for each claim that was superseded or contested at any time.
pub(super) fn histories(book: &Book) -> HashMap<ClaimIndex, StatusHistory> {
    let superseded: Vec<Option<Date>> = book.all_claims().map(|claim| superseded(book, claim)).collect();
    let periods: Vec<Vec<(Date, Date)>> =
        superseded.iter().zip(book.all_claims()).map(|(end, claim)| standing(book, claim, *end)).collect();
    let past = |claim: ClaimIndex| {
        let node = book.node(claim);
        let edges = node.outgoing.iter().chain(&node.incoming);
        let contradictions = edges.filter(|&&edge| book.relation(edge).kind == RelationKind::Contradicts);
        let contested = contradictions.flat_map(|edge| &periods[edge.other.number()]).copied();
        let past =
            StatusHistory { superseded: superseded[claim.number()], contested: joined(contested.collect()) };
        (past.superseded.is_some() || !past.contested.is_empty()).then_some((claim, past))
    };
    book.all_claims().filter_map(past).collect()
}

/// Returns the status that a claim had at the end of `day`, from the verdicts and relations that are dated up to
/// then. Returns `None` if the claim had not been said.
pub(super) fn status_then(book: &Book, index: ClaimIndex, day: Date) -> Option<Status> {
    let claim = book.claim(index);
    if first_day(claim) > day {
        return None;
    }
    let nothing = StatusHistory::default();
    let past = book.links.histories.get(&index).unwrap_or(&nothing);
    let mut verdicts = claim.verdicts.iter().rev();
    let findings = StatusInputs {
        verdict: verdicts
            .find(|verdict| verdict.date.value.first_day() <= day)
            .map(|verdict| verdict.word.value),
        is_superseded: past.superseded.is_some_and(|first| first <= day),
        is_past_deadline: claim.resolves.as_ref().is_some_and(|date| date.value.last_day() < day),
    };
    Some(findings.status(claim.kind, || past.is_contested(day)))
}

/// Returns the day from which a claim counts. A claim without a date always counts.
fn first_day(claim: &Claim) -> Date {
    claim.said.as_ref().map_or(Date::MIN, |said| said.value.first_day())
}

/// Returns the first day on which a claim was superseded.
fn superseded(book: &Book, claim: ClaimIndex) -> Option<Date> {
    let incoming = book.node(claim).incoming.iter();
    let newer = incoming.filter(|&&edge| book.relation(edge).kind == RelationKind::Supersedes);
    newer.map(|edge| first_day(book.claim(edge.other))).min()
}

/// Returns the periods in which a claim was said and was not superseded, refuted or retracted. Only in these
/// periods does it contest the claims that it contradicts.
fn standing(book: &Book, index: ClaimIndex, superseded: Option<Date>) -> Vec<(Date, Date)> {
    let claim = book.claim(index);
    let (mut periods, mut start) = (Vec::new(), Some(first_day(claim)));
    // The verdicts of a claim are sorted by date.
    for verdict in &claim.verdicts {
        let has_fallen = matches!(verdict.word.value, VerdictWord::Refuted | VerdictWord::Retracted);
        let day = verdict.date.value.first_day();
        match start {
            Some(first) if has_fallen => {
                periods.push((first, day));
                start = None;
            }
            None if !has_fallen => start = Some(day.max(first_day(claim))),
            _ => {}
        }
    }
    periods.extend(start.map(|first| (first, Date::MAX)));
    let end = superseded.unwrap_or(Date::MAX);
    let until_end = periods.into_iter().map(|(first, behind)| (first, behind.min(end)));
    until_end.filter(|(first, behind)| first < behind).collect()
}

/// Sorts periods and merges those that overlap.
fn joined(mut periods: Vec<(Date, Date)>) -> Vec<(Date, Date)> {
    periods.sort_unstable();
    let mut joined: Vec<(Date, Date)> = Vec::new();
    for (first, behind) in periods {
        match joined.last_mut() {
            Some(last) if first <= last.1 => last.1 = last.1.max(behind),
            _ => joined.push((first, behind)),
        }
    }
    joined
}
