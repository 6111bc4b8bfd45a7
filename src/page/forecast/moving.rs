//! Shows how a speaker moved the date of an event, as a strip and in words. The data are forecasts of one question
//! by one speaker that supersede each other.

use std::collections::BTreeMap;

use crate::chart::{DateRevision, draw_strip, time_in_years};
use crate::date::{PartialDate, days_between};
use crate::document::{ExpectedPoint, RelationKind};
use crate::graph::{ClaimIndex, Entity};
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::view::{MovedDate, MovingDate};

impl Site<'_> {
    /// The dates that a speaker moved, by question.
    pub(in crate::page) fn moving_dates_of(&self, speaker: &Entity) -> Vec<MovingDate> {
        let mut questions: BTreeMap<&str, Vec<ClaimIndex>> = BTreeMap::new();
        for &claim in &speaker.claims {
            if let Some(question) = &self.book.claim(claim).question {
                questions.entry(&question.value).or_default().push(claim);
            }
        }
        let moving = questions.into_iter().flat_map(|(question, claims)| {
            let moving = self.moving_dates(&claims);
            moving
                .into_iter()
                .map(move |moving| MovingDate { links: vec![self.question_link(question)], ..moving })
        });
        moving.collect()
    }

    /// The dates that moved among the forecasts of one question, with the speakers who gave them.
    pub(in crate::page) fn moving_dates(&self, claims: &[ClaimIndex]) -> Vec<MovingDate> {
        let mut oldest_first = self.newest_first(claims.iter().copied());
        oldest_first.reverse();
        let mut chains: Vec<Vec<ClaimIndex>> = Vec::new();
        let mut places: BTreeMap<ClaimIndex, usize> = BTreeMap::new();
        for claim in oldest_first {
            let older = self.replaced(claim).filter_map(|older| places.get(&older).copied());
            let place = older.min().unwrap_or(chains.len());
            match chains.get_mut(place) {
                Some(chain) => chain.push(claim),
                None => chains.push(vec![claim]),
            }
            places.insert(claim, place);
        }
        chains.iter().filter_map(|chain| self.moving_date(chain)).collect()
    }

    /// How far a new forecast moved the date of a forecast that it supersedes, such as `later by 2 years`; `None` if it
    /// moved none.
    pub(in crate::page) fn moved_from_before(&self, newer: ClaimIndex) -> Option<String> {
        let date = |claim: ClaimIndex| {
            let claim = self.book.claim(claim);
            match claim.expects.as_ref().map(|expects| &expects.value.point) {
                Some(ExpectedPoint::Date(date)) => Some(*date),
                _ => claim.resolves.as_ref().map(|date| date.value),
            }
        };
        let (before, after) = (date(self.replaced(newer).next()?)?, date(newer)?);
        (before.last_day() != after.last_day()).then(|| moved(before, after))
    }

    /// The claims that a forecast supersedes and that share a speaker with it.
    fn replaced(&self, newer: ClaimIndex) -> impl Iterator<Item = ClaimIndex> {
        let newer = self.book.node(newer);
        let is_same = |older: &ClaimIndex| newer.by.iter().any(|by| self.book.node(*older).by.contains(by));
        let edges = newer.outgoing.iter();
        let supersedes = edges.filter(|&&edge| self.book.relation(edge).kind == RelationKind::Supersedes);
        supersedes.map(|edge| edge.other).filter(is_same)
    }

    /// The dates of a chain of forecasts in which each supersedes an earlier one. It is `None` if fewer than two
    /// dates are known or all dates are the same.
    fn moving_date(&self, chain: &[ClaimIndex]) -> Option<MovingDate> {
        let with = |date: &dyn Fn(ClaimIndex) -> Option<PartialDate>| -> Vec<(ClaimIndex, PartialDate)> {
            chain.iter().filter_map(|&claim| Some((claim, date(claim)?))).collect()
        };
        let expected = with(&|claim| match self.book.claim(claim).expects.as_ref()?.value.point {
            ExpectedPoint::Date(date) => Some(date),
            ExpectedPoint::Number(_) => None,
        });
        let deadline = with(&|claim| self.book.claim(claim).resolves.as_ref().map(|date| date.value));
        let (what, dates) = if expected.len() > 1 {
            (TEXTS.moving.expected(), expected)
        } else {
            (TEXTS.moving.deadline(), deadline)
        };
        let (&(_, first), &(latest, last)) = (dates.first()?, dates.last()?);
        if dates.iter().all(|(_, date)| date.last_day() == first.last_day()) {
            return None;
        }
        let speakers = &self.book.node(latest).by;
        let steps: Vec<MovedDate> = (0..dates.len()).filter_map(|place| self.step(&dates, place)).collect();
        let marks: Vec<DateRevision> = steps
            .iter()
            .zip(&dates)
            .map(|(step, (_, date))| DateRevision {
                url: step.url.clone(),
                accessible_name: TEXTS.list.statement_at(&step.said, step.date.words()),
                time: time_in_years(date.last_day().into()),
            })
            .collect();
        Some(MovingDate {
            links: speakers.iter().map(|&speaker| self.speaker_link(speaker)).collect(),
            what,
            html: draw_strip(&TEXTS.moving.label(what), &marks),
            moved: moved(first, last),
            steps,
        })
    }

    /// One date of a chain, and how far it moved from the date before.
    fn step(&self, dates: &[(ClaimIndex, PartialDate)], place: usize) -> Option<MovedDate> {
        let &(claim, date) = dates.get(place)?;
        let before = place.checked_sub(1).and_then(|before| dates.get(before));
        let said = self.book.claim(claim).said.as_ref();
        Some(MovedDate {
            url: self.url(&self.claim_path(claim)),
            date,
            said: said.map_or_else(
                || TEXTS.claim.date_unknown().to_owned(),
                |said| TEXTS.moving.said(said.value.words()),
            ),
            moved: before.map(|&(_, before)| moved(before, date)).unwrap_or_default(),
        })
    }
}

/// How far a date moved, such as `later by 2 years 1 month`.
fn moved(from: PartialDate, to: PartialDate) -> String {
    let days = days_between(from.last_day(), to.last_day());
    if days == 0 {
        return TEXTS.moving.unmoved().to_owned();
    }
    let is_later = days > 0;
    let days = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    // A month has 30.4375 days on average, which is 487 / 16. The result is rounded.
    let months = (days.saturating_mul(16) + 243) / 487;
    let span = match (months / 12, months % 12) {
        (0, 0 | 1) => TEXTS.count.days(days),
        (0, months) => TEXTS.count.months(months),
        (years, 0) => TEXTS.count.years(years),
        (years, months) => {
            TEXTS.moving.years_and_months(TEXTS.count.years(years), TEXTS.count.months(months))
        }
    };
    if is_later { TEXTS.moving.later(span) } else { TEXTS.moving.earlier(span) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, claim};

    #[test]
    fn how_far_a_date_moved_is_told_in_words() {
        let date = |text| PartialDate::parse(text).expect("the date is valid");
        for (from, to, expected) in [
            ("2027", "2030", "later by 3 years"),
            ("2029-12-31", "2027-11-30", "earlier by 2 years 1 month"),
            ("2027-01", "2027-06", "later by 5 months"),
            ("2027-01-01", "2027-01-02", "later by 1 day"),
            ("2027-12", "2027", "unchanged"),
            ("2027-12-31", "2026-12-31", "earlier by 1 year"),
        ] {
            assert_eq!(moved(date(from), date(to)), expected, "{from} {to}");
        }
    }

    #[test]
    fn a_date_that_moved_is_a_strip_and_a_list() {
        let forecast = |id: &str, by: &str, said: &str, when: &str, more: &str| {
            let facts = format!(
                "kind:: forecast\nquestion:: event\nby:: {by}\nsaid:: {said}\nresolves:: {when}\n{more}"
            );
            claim(id, &facts)
        };
        let supersedes = |id: &str| format!("supersedes:: [it](claim:{id}) — newer");
        let body = [
            forecast("one", "Jane Doe", "2024", "2027", ""),
            forecast("two", "Jane Doe", "2025", "2028", &supersedes("one")),
            forecast("three", "Jane Doe", "2026", "2026-12", &supersedes("two")),
            forecast("other", "John Roe", "2025", "2029", &supersedes("one")),
            forecast("same", "Ann Poe", "2025", "2029", ""),
            forecast("again", "Ann Poe", "2026", "2029-12", &supersedes("same")),
        ];
        let site = Example::of_article(&body.concat()).render();
        for path in ["forecasts/event/index.html", "speakers/jane-doe/index.html"] {
            let page = site.page(path);
            let steps: Vec<String> =
                page.find("ol.hist li").iter().map(|step| step.text().collect()).collect();
            assert_eq!(
                steps,
                [
                    "2027, said 2024",
                    "2028, said 2025, later by 1 year",
                    "Dec 2026, said 2026, earlier by 2 years"
                ],
                "{path}"
            );
            // The page of the question has a chart of all forecasts.
            let drawn = if path.starts_with("speakers") { 2 } else { 0 };
            assert_eq!(page.find("svg[aria-label*='in each forecast'] .ring").len(), drawn, "{path}");
            page.contains("Deadline, earlier by 1 year overall");
        }
        assert!(site.page("speakers/john-roe/index.html").find("ol.hist").is_empty());
    }
}
