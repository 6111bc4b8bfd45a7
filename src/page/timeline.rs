//! What was said, judged and due in each month of a year?

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::date::PartialDate;
use crate::graph::ClaimIndex;

use super::Site;
use super::lists::ClaimFilter;
use super::rows::{count, day};
use super::view::{TimelineMonth, TimelinePage, YearLink};

/// Most entries of each sort in a month.
const SHOWN: usize = 50;

/// The claims of a month. What has only a year comes last.
#[derive(Default)]
struct Month {
    said: Vec<ClaimIndex>,
    verdicts: Vec<ClaimIndex>,
    deadlines: Vec<ClaimIndex>,
}

impl Site<'_> {
    /// The years in which something was said, judged or due, newest first.
    pub fn timeline_years(&self) -> Vec<i16> {
        let years: BTreeSet<i16> = self
            .book
            .claims()
            .flat_map(|claim| [self.said(claim), self.judged(claim), self.due(claim)])
            .flatten()
            .map(PartialDate::year)
            .collect();
        years.into_iter().rev().collect()
    }

    /// The year that the timeline opens with: the newest that has begun, else the nearest.
    pub fn timeline_opening(&self, years: &[i16]) -> Option<i16> {
        let today = PartialDate::from(self.config.today).year();
        years.iter().find(|&&year| year <= today).or(years.last()).copied()
    }

    /// The page of a year; without one, of a book without dates.
    pub fn timeline(&self, years: &[i16], year: Option<i16>) -> TimelinePage {
        let opening = self.timeline_opening(years);
        let link = |&of: &i16| YearLink {
            url: self.url(&if Some(of) == opening { "timeline/".to_owned() } else { timeline_path(of) }),
            text: format!("{of:04}"),
            current: Some(of) == year,
        };
        let months = year.map(|year| self.months(year)).unwrap_or_default();
        let total = |of: fn(&Month) -> usize| months.values().map(of).sum::<usize>();
        let (said, judged, due) = (
            total(|month| month.said.len()),
            total(|month| month.verdicts.len()),
            total(|month| month.deadlines.len()),
        );
        let said_in = year.filter(|_| said > 0);
        TimelinePage {
            year: year.map(|year| format!("{year:04}")).unwrap_or_default(),
            years: years.iter().map(link).collect(),
            counts: vec![
                format!("{} said", count(said, "claim")),
                format!("{} given", count(judged, "verdict")),
                count(due, "deadline"),
            ],
            claims: said_in.map(|year| {
                self.link(&ClaimFilter::Year(year).path(), &format!("All claims said in {year:04}"))
            }),
            months: months.into_iter().rev().map(|(date, month)| self.month(date, month)).collect(),
        }
    }

    fn months(&self, year: i16) -> BTreeMap<PartialDate, Month> {
        let mut months: BTreeMap<PartialDate, Month> = BTreeMap::new();
        let within =
            |date: Option<PartialDate>| date.filter(|date| date.year() == year).map(PartialDate::month);
        for claim in self.book.claims() {
            if let Some(month) = within(self.said(claim)) {
                months.entry(month).or_default().said.push(claim);
            }
            if let Some(month) = within(self.judged(claim)) {
                months.entry(month).or_default().verdicts.push(claim);
            }
            if let Some(month) = within(self.due(claim)) {
                months.entry(month).or_default().deadlines.push(claim);
            }
        }
        months
    }

    fn month(&self, date: PartialDate, month: Month) -> TimelineMonth {
        let Month { mut said, verdicts, deadlines } = month;
        said.sort_by_key(|&claim| (Reverse(self.book.node(claim).mentions.len()), claim));
        let verdicts = self.reviewed_newest_first(verdicts.into_iter());
        let deadlines = self.by_deadline(deadlines.into_iter());
        let more = |claims: &[ClaimIndex]| claims.len().saturating_sub(SHOWN);
        let first = |claims: &[ClaimIndex]| claims.iter().take(SHOWN).copied().collect::<Vec<_>>();
        TimelineMonth {
            anchor: format!("m-{date}"),
            month: day(date),
            more_said: more(&said),
            more_verdicts: more(&verdicts),
            more_deadlines: more(&deadlines),
            said: self.claim_rows(first(&said)),
            verdicts: self.reviewed(first(&verdicts).into_iter()),
            deadlines: self.claim_rows(first(&deadlines)),
        }
    }

    fn said(&self, claim: ClaimIndex) -> Option<PartialDate> {
        self.book.claim(claim).said.as_ref().map(|said| said.value)
    }

    /// When the verdict that stands was given.
    fn judged(&self, claim: ClaimIndex) -> Option<PartialDate> {
        self.book.claim(claim).last_verdict().map(|verdict| verdict.date.value)
    }

    /// The last day of the deadline: that is when a forecast is due.
    fn due(&self, claim: ClaimIndex) -> Option<PartialDate> {
        self.book.claim(claim).resolves.as_ref().map(|date| PartialDate::from(date.value.last_day()))
    }
}

/// The path of a year's page.
pub fn timeline_path(year: i16) -> String {
    format!("timeline/{year:04}/")
}
