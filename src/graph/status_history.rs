//! Computes the status that a claim had on an earlier day. A write-up needs this status for every claim that it
//! mentions, on the day of its publication. The periods in which a claim was superseded or contested are computed
//! once for the whole book, in time that grows with the number of relations.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::document::{Claim, RelationKind};

use super::status::{Status, StatusInputs};
use super::{Book, ClaimIndex, StatusHistory, StatusPeriod};

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

/// Returns the statuses that a claim has had until the day of the build, oldest first. Two statuses in a row differ. The
/// list is empty if the claim has not been said.
pub(super) fn status_periods(book: &Book, index: ClaimIndex) -> Vec<StatusPeriod> {
    let claim = book.claim(index);
    let empty = StatusHistory::default();
    let history = book.links.status_histories.get(&index).unwrap_or(&empty);
    // The status can change on these days only.
    let mut days = vec![first_day(claim)];
    days.extend(claim.verdicts.iter().map(|verdict| verdict.date.value.first_day()));
    days.extend(claim.resolves.as_ref().and_then(|date| date.value.last_day().tomorrow().ok()));
    days.extend(history.superseded_since);
    days.extend(history.contested_periods.iter().flat_map(|&(first, end)| [first, end]));
    days.retain(|&day| day >= first_day(claim) && day <= book.links.today);
    days.sort_unstable();
    days.dedup();
    let mut periods: Vec<StatusPeriod> = Vec::new();
    for day in days {
        let Some(status) = book.status_on(index, day) else { continue };
        if periods.last().is_none_or(|last| last.status != status) {
            let from = Some(day).filter(|&day| day > Date::MIN);
            periods.push(StatusPeriod { from, status });
        }
    }
    periods
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

/// Returns the periods in which a claim was said, had not fallen and was not superseded. Only in these periods does it
/// contest the claims that it contradicts.
fn active_periods(book: &Book, index: ClaimIndex, superseded: Option<Date>) -> Vec<(Date, Date)> {
    let claim = book.claim(index);
    let (mut periods, mut start) = (Vec::new(), Some(first_day(claim)));
    // The verdicts of a claim are sorted by date.
    for verdict in &claim.verdicts {
        let has_fallen = verdict.word.value.is_fall();
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    use super::*;
    use crate::date::PartialDate;
    use crate::graph::example::{Example, article, claim};

    fn day(text: &str) -> Date {
        PartialDate::parse(text).expect("a date").first_day()
    }

    /// Asserts the status of the first claim on some days.
    #[track_caller]
    fn check(claims: &[(&str, &str)], expected: &[(&str, &str)]) {
        let body: String = claims.iter().map(|(id, facts)| claim(id, facts)).collect();
        let example = Example::of_article(&body);
        for (on, expected) in expected {
            let status = example.book.status_on(example.index(claims[0].0), day(on));
            assert_eq!(status.map_or("none", Status::word), *expected, "on {on}");
        }
    }

    #[test]
    fn a_claim_is_superseded_from_the_day_of_the_first_newer_one() {
        let newer = "supersedes:: [it](claim:it)";
        check(
            &[
                ("it", "said:: 2025-02\nverdict:: 2025-03-01 mixed by J. Doe"),
                ("first", &format!("said:: 2025-05\n{newer}")),
                ("second", &format!("said:: 2025-04-02\n{newer}")),
                ("future", &format!("said:: 2027\n{newer}")),
            ],
            &[
                ("2025-01-31", "none"),
                ("2025-02-01", "unreviewed"),
                ("2025-03-01", "mixed"),
                ("2025-04-01", "mixed"),
                ("2025-04-02", "superseded"),
                ("2025-06-01", "superseded"),
                // A day after the day of the build is treated as the day of the build.
                ("2030-01-01", "superseded"),
            ],
        );
    }

    #[test]
    fn a_claim_is_contested_while_a_contradicting_claim_stands() {
        let against = "contradicts:: [it](claim:it) — so";
        check(
            &[
                ("it", "said:: 2025-01-01"),
                (
                    "judged",
                    &format!(
                        "said:: 2025-02-01\n{against}\nverdict:: 2025-03-01 refuted by J. Doe\nverdict:: 2025-04-01 supported by J. Doe"
                    ),
                ),
                ("replaced", &format!("said:: 2025-03-15\n{against}")),
                (
                    "newer",
                    "said:: 2025-05-01\nsupersedes:: [it](claim:judged)\nsupersedes:: [it](claim:replaced)",
                ),
            ],
            &[
                ("2025-01-31", "unreviewed"),
                ("2025-02-01", "contested"),
                ("2025-02-28", "contested"),
                ("2025-03-01", "unreviewed"),
                ("2025-03-14", "unreviewed"),
                ("2025-03-15", "contested"),
                ("2025-04-30", "contested"),
                ("2025-05-01", "unreviewed"),
            ],
        );
    }

    #[test]
    fn the_history_of_a_status_has_each_change_until_the_day_of_the_build() {
        let check = |facts: &str, expected: &[(Option<&str>, &str)]| {
            let other = claim(
                "other",
                "said:: 2025-04-01\ncontradicts:: [it](claim:it) — so\nverdict:: 2025-06-01 refuted by J. Doe",
            );
            let example = Example::of_article(&(claim("it", facts) + &other));
            let periods = example.book.status_periods(example.index("it"));
            let found: Vec<(Option<String>, &str)> = periods
                .iter()
                .map(|period| (period.from.map(|day| day.to_string()), period.status.word()))
                .collect();
            let expected: Vec<(Option<String>, &str)> =
                expected.iter().map(|(from, word)| (from.map(str::to_owned), *word)).collect();
            assert_eq!(found, expected, "{facts}");
        };
        check(
            "said:: 2025-02",
            &[
                (Some("2025-02-01"), "unreviewed"),
                (Some("2025-04-01"), "contested"),
                (Some("2025-06-01"), "unreviewed"),
            ],
        );
        check("verdict:: 2025-03-01 mixed by J. Doe", &[(None, "unreviewed"), (Some("2025-03-01"), "mixed")]);
        check(
            "kind:: forecast\nsaid:: 2025-01\nresolves:: 2025-03\nverdict:: 2025-05-02 came-true by J. Doe\nverdict:: 2025-06-02 came-true by J. Doe",
            &[
                (Some("2025-01-01"), "open"),
                (Some("2025-04-01"), "overdue"),
                (Some("2025-05-02"), "came-true"),
            ],
        );
        check("said:: 2030", &[]);
    }

    #[test]
    fn a_forecast_is_overdue_until_it_is_judged() {
        let facts =
            "kind:: forecast\nsaid:: 2025-01\nresolves:: 2025-03\nverdict:: 2025-05-02 came-true by J. Doe";
        check(
            &[("it", facts)],
            &[
                ("2024-12-31", "none"),
                ("2025-03-31", "open"),
                ("2025-04-01", "overdue"),
                ("2025-05-01", "overdue"),
                ("2025-05-02", "came-true"),
            ],
        );
    }

    /// Claims that were said, judged, contradicted and superseded in the middle of years, as `next` chooses.
    fn claims_of_some_years(next: &mut dyn FnMut(usize) -> usize) -> String {
        let verdicts = ["supported", "mixed", "refuted", "retracted"];
        let relations = [RelationKind::Contradicts, RelationKind::Contradicts, RelationKind::Supersedes];
        let mut text = String::new();
        for number in 0..8 {
            let mut facts = format!("said:: {}-06-01", 2000 + next(9));
            for _ in 0..next(4) {
                let (year, word) = (2000 + next(10), verdicts[next(4)]);
                let _ = write!(facts, "\nverdict:: {year}-06-01 {word} by J. Doe");
            }
            for older in (0..number).filter(|_| next(3) == 0).collect::<Vec<_>>() {
                let _ = write!(facts, "\n{}:: [x](claim:c{older}) — so", relations[next(3)].word());
            }
            text += &claim(&format!("c{number}"), &facts);
        }
        text
    }

    #[test]
    fn the_status_on_an_earlier_day_is_that_of_a_book_built_then() {
        let mut state = 1_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).expect("31 bits") % below
        };
        let mut seen = BTreeMap::new();
        for _ in 0..25 {
            let text = article(&claims_of_some_years(&mut next));
            let built = |on: &str| Example::faulty_on(on, &[("content/articles/a.md", &text)]).book;
            let last = built("2012-01-01");
            for year in 1999..2012 {
                let on = format!("{year}-01-01");
                let then = built(&on);
                for claim in then.all_claims() {
                    let status = then.node(claim).status;
                    *seen.entry(status).or_insert(0) += 1;
                    let expected = Some(status).filter(|&status| status != Status::NotSaid);
                    assert_eq!(last.status_on(claim, day(&on)), expected, "{on} {claim:?}\n{text}");
                }
            }
        }
        assert_eq!(seen.len(), 8, "{seen:?}");
    }
}
