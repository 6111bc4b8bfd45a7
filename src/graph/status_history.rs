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
        let started = self.contested_periods.partition_point(|period| period.0 <= day);
        started
            .checked_sub(1)
            .and_then(|index| self.contested_periods.get(index))
            .is_some_and(|period| day < period.1)
    }
}

/// Returns a [`StatusHistory`] for each claim that was superseded or contested at any time.
pub(super) fn status_histories(book: &Book) -> HashMap<ClaimIndex, StatusHistory> {
    let superseded_dates: Vec<Option<Date>> =
        book.all_claims().map(|claim| superseded_since(book, claim)).collect();
    let periods: Vec<Vec<(Date, Date)>> = superseded_dates
        .iter()
        .zip(book.all_claims())
        .map(|(end, claim)| active_periods(book, claim, *end))
        .collect();
    let history_of = |claim: ClaimIndex| {
        let node = book.node(claim);
        let edges = node.outgoing.iter().chain(&node.incoming);
        let contradictions = edges.filter(|&&edge| book.relation(edge).kind == RelationKind::Contradicts);
        let contested_periods = contradictions.flat_map(|edge| &periods[edge.other.as_usize()]).copied();
        let history = StatusHistory {
            superseded_since: superseded_dates[claim.as_usize()],
            contested_periods: merge_overlapping(contested_periods.collect()),
        };
        (history.superseded_since.is_some() || !history.contested_periods.is_empty())
            .then_some((claim, history))
    };
    book.all_claims().filter_map(history_of).collect()
}

/// Returns the status that a claim had at the end of `day`, from the verdicts and relations that are dated up to
/// then. Returns `None` if the claim had not been said.
pub(super) fn status_on(book: &Book, index: ClaimIndex, day: Date) -> Option<Status> {
    let claim = book.claim(index);
    if first_day(claim) > day {
        return None;
    }
    let empty = StatusHistory::default();
    let history = book.links.status_histories.get(&index).unwrap_or(&empty);
    let mut verdicts = claim.verdicts.iter().rev();
    let inputs = StatusInputs {
        verdict: verdicts
            .find(|verdict| verdict.date.value.first_day() <= day)
            .map(|verdict| verdict.word.value),
        is_superseded: history.superseded_since.is_some_and(|first| first <= day),
        is_past_deadline: claim.resolves.as_ref().is_some_and(|date| date.value.last_day() < day),
    };
    Some(inputs.status(claim.kind, || history.is_contested(day)))
}

/// Returns the day from which a claim counts. A claim without a date always counts.
fn first_day(claim: &Claim) -> Date {
    claim.said.as_ref().map_or(Date::MIN, |said| said.value.first_day())
}

/// Returns the first day on which a claim was superseded.
fn superseded_since(book: &Book, claim: ClaimIndex) -> Option<Date> {
    let incoming = book.node(claim).incoming.iter();
    let newer = incoming.filter(|&&edge| book.relation(edge).kind == RelationKind::Supersedes);
    newer.map(|edge| first_day(book.claim(edge.other))).min()
}

/// Returns the periods in which a claim was said and was not superseded, refuted or retracted. Only in these
/// periods does it contest the claims that it contradicts.
fn active_periods(book: &Book, index: ClaimIndex, superseded: Option<Date>) -> Vec<(Date, Date)> {
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
fn merge_overlapping(mut periods: Vec<(Date, Date)>) -> Vec<(Date, Date)> {
    periods.sort_unstable();
    let mut merged: Vec<(Date, Date)> = Vec::new();
    for (first, end) in periods {
        match merged.last_mut() {
            Some(last) if first <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((first, end)),
        }
    }
    merged
}
