//! Makes the timeline: what was said, judged and due in each month of a year.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::date::PartialDate;
use crate::graph::ClaimIndex;
use crate::texts::TEXTS;

use crate::page::parts::filter::ClaimFilter;
use crate::page::parts::pager::{pages_of, slice};
use crate::page::view::{Pager, TimelineMonth, TimelinePage, YearLink};
use crate::page::{Site, SiteStructure};

/// Maximum number of entries of a year whose page shows all of them.
const MAX_ROWS_ON_ONE_PAGE: usize = 120;
/// Maximum number of entries of each sort that the page of a larger year shows for a month. The page of the month
/// shows all.
const SHOWN: usize = 3;
/// Maximum number of entries of each sort on one page of a month.
const OF_MONTH: usize = 40;

/// The claims of a month. Dates with only a year form a group of their own, which is shown last.
#[derive(Debug, Default)]
struct Month {
    said: Vec<ClaimIndex>,
    verdicts: Vec<ClaimIndex>,
    deadlines: Vec<ClaimIndex>,
}

impl Month {
    fn len(&self) -> usize {
        self.said.len() + self.verdicts.len() + self.deadlines.len()
    }

    /// Whether a year that is not shown in full leaves out entries of this month.
    fn is_cut(&self) -> bool {
        [&self.said, &self.verdicts, &self.deadlines].iter().any(|claims| claims.len() > SHOWN)
    }
}

/// Maximum number of earlier years and of later years that the page of a year links to, in addition to the first
/// and the last year.
const NEAR: usize = 20;

/// The years of the timeline, each with its claims. They are collected once for the pages of all years.
#[derive(Debug, Default)]
pub struct Years {
    claims: BTreeMap<i16, Vec<ClaimIndex>>,
}

impl Years {
    /// All years of the timeline, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = i16> {
        self.claims.keys().rev().copied()
    }

    /// The years near `year`, the first year and the last year, newest first.
    fn near(&self, year: i16) -> impl Iterator<Item = i16> {
        let ends = [self.claims.first_key_value(), self.claims.last_key_value()];
        let ends = ends.into_iter().flatten().map(|(&year, _)| year);
        let before = self.claims.range(..=year).rev().take(NEAR + 1).map(|(&year, _)| year);
        let after = self.claims.range(year..).take(NEAR + 1).map(|(&year, _)| year);
        let near: BTreeSet<i16> = before.chain(after).chain(ends).collect();
        near.into_iter().rev()
    }
}

/// A month with a page of its own, because the page of its year shows only a part of it. The entries are collected
/// once for all pages of the month.
#[derive(Debug)]
pub struct MonthLists {
    date: PartialDate,
    month: Month,
    /// Number of pages.
    pub pages: usize,
}

impl MonthLists {
    /// The path of the first page of the month.
    pub fn path(&self) -> String {
        month_path(self.date)
    }

    /// The month in words, such as `May 2026`.
    pub fn title(&self) -> String {
        self.date.words()
    }
}

impl SiteStructure<'_> {
    /// The years in which something was said, judged or due.
    pub fn timeline_years(&self) -> Years {
        let mut years = Years::default();
        for claim in self.book.claims() {
            let dates = [self.said(claim), self.judged(claim), self.due(claim)].into_iter().flatten();
            let of_claim: BTreeSet<i16> = dates.map(PartialDate::year).collect();
            for year in of_claim {
                years.claims.entry(year).or_default().push(claim);
            }
        }
        years
    }

    /// The year with which the timeline opens: the newest year that has begun, or else the earliest; `None` without
    /// dates.
    pub fn timeline_opening(&self, years: &Years) -> Option<i16> {
        let today = PartialDate::from(self.config.today).year();
        let begun = years.claims.range(..=today).next_back();
        begun.or_else(|| years.claims.first_key_value()).map(|(&year, _)| year)
    }

    /// The months of a year that have pages of their own, newest first.
    pub fn months_with_pages(&self, years: &Years, year: i16) -> Vec<MonthLists> {
        let months = self.months(years, year);
        if months.values().map(Month::len).sum::<usize>() <= MAX_ROWS_ON_ONE_PAGE {
            return Vec::new();
        }
        let cut = months.into_iter().rev().filter(|(_, month)| month.is_cut());
        let lists = |(date, month): (PartialDate, Month)| {
            // No filter shows verdicts and deadlines of a month, so all pages do.
            let others = month.verdicts.len().max(month.deadlines.len());
            let pages = self.pages_of_part(month.said.len(), OF_MONTH).max(pages_of(others, OF_MONTH));
            MonthLists { date, month: self.sorted(month), pages }
        };
        cut.map(lists).collect()
    }
}

impl SiteStructure<'_> {
    fn months(&self, years: &Years, year: i16) -> BTreeMap<PartialDate, Month> {
        let mut months: BTreeMap<PartialDate, Month> = BTreeMap::new();
        let within =
            |date: Option<PartialDate>| date.filter(|date| date.year() == year).map(PartialDate::month);
        for &claim in years.claims.get(&year).into_iter().flatten() {
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

    /// The claims of a month in the order in which they are shown.
    fn sorted(&self, month: Month) -> Month {
        let Month { mut said, verdicts, deadlines } = month;
        said.sort_by_key(|&claim| (Reverse(self.book.node(claim).mentions.len()), claim));
        Month {
            said,
            verdicts: self.reviewed_newest_first(verdicts.into_iter()),
            deadlines: self.by_deadline(deadlines.into_iter()),
        }
    }

    fn said(&self, claim: ClaimIndex) -> Option<PartialDate> {
        self.book.claim(claim).said.as_ref().map(|said| said.value)
    }

    /// The date of the last verdict on a claim.
    fn judged(&self, claim: ClaimIndex) -> Option<PartialDate> {
        self.book.latest_verdict(claim).map(|verdict| verdict.date.value)
    }

    /// The day on which a forecast is due: the last day of its deadline.
    fn due(&self, claim: ClaimIndex) -> Option<PartialDate> {
        self.book.claim(claim).resolves.as_ref().map(|date| PartialDate::from(date.value.last_day()))
    }
}

impl Site<'_> {
    /// The page of a year. If `year` is `None`, this is the page of a book without dates.
    pub fn timeline(&self, years: &Years, year: Option<i16>) -> TimelinePage {
        let opening = self.timeline_opening(years);
        let link = |of: i16| YearLink {
            url: self.url(&if Some(of) == opening { "timeline/".to_owned() } else { timeline_path(of) }),
            text: format!("{of:04}"),
            current: Some(of) == year,
        };
        let months = year.map(|year| self.months(years, year)).unwrap_or_default();
        let total = |of: fn(&Month) -> usize| months.values().map(of).sum::<usize>();
        let (said, judged, due) = (
            total(|month| month.said.len()),
            total(|month| month.verdicts.len()),
            total(|month| month.deadlines.len()),
        );
        let said_in = year.filter(|_| said > 0);
        TimelinePage {
            year: year.map(|year| format!("{year:04}")).unwrap_or_default(),
            years: years.near(year.unwrap_or_default()).map(link).collect(),
            counts: counts(said, judged, due),
            claims: said_in.map(|year| {
                self.link(
                    &ClaimFilter::Year(year).path(),
                    &TEXTS.timeline.all_said(format_args!("{year:04}")),
                )
            }),
            months: {
                let whole = said + judged + due <= MAX_ROWS_ON_ONE_PAGE;
                let view = |(date, month)| {
                    let (month, most) =
                        (self.sorted(month), if whole { MAX_ROWS_ON_ONE_PAGE } else { SHOWN });
                    self.month(date, &month, 1, most)
                };
                months.into_iter().rev().map(view).collect()
            },
            up: None,
            pager: Pager::default(),
        }
    }

    /// Page `number` of a month.
    pub fn timeline_month(&self, years: &Years, lists: &MonthLists, number: usize) -> TimelinePage {
        let year = lists.date.year();
        let is_opening = self.timeline_opening(years) == Some(year);
        let up = if is_opening { "timeline/".to_owned() } else { timeline_path(year) };
        let Month { said, verdicts, deadlines } = &lists.month;
        TimelinePage {
            year: lists.title(),
            years: Vec::new(),
            counts: counts(said.len(), verdicts.len(), deadlines.len()),
            claims: None,
            months: vec![self.month(lists.date, &lists.month, number, OF_MONTH)],
            up: Some(self.link(&up, &TEXTS.timeline.title_of(format_args!("{year:04}")))),
            pager: {
                let mut pager = self.pager_beside(&lists.path(), number, lists.month.len(), lists.pages);
                (pager.to, pager.total) = (number * OF_MONTH, said.len());
                self.add_rest_of_claims(&mut pager, "month", &lists.date.iso());
                pager
            },
        }
    }

    /// Part `number` of a month, with at most `most` entries of each sort.
    fn month(&self, date: PartialDate, month: &Month, number: usize, most: usize) -> TimelineMonth {
        let part = |claims: &[ClaimIndex]| slice(claims, number, most).to_vec();
        let total = month.len();
        let all = (most == SHOWN && month.is_cut())
            .then(|| self.link(&month_path(date), &TEXTS.timeline.all_entries(total, date.words())));
        TimelineMonth {
            anchor: format!("m-{date}"),
            month: date,
            said: self.claim_rows(part(&month.said)),
            verdicts: self.reviewed(part(&month.verdicts).into_iter()),
            deadlines: self.claim_rows(part(&month.deadlines)),
            all,
        }
    }
}

/// The path of a year's page, such as `timeline/2026/`.
pub fn timeline_path(year: i16) -> String {
    format!("timeline/{year:04}/")
}

/// The path of a month's page, or of the page for dates with only a year.
fn month_path(date: PartialDate) -> String {
    format!("{}{date}/", timeline_path(date.year()))
}

/// The number of claims said, verdicts given and deadlines, in words.
fn counts(said: usize, judged: usize, due: usize) -> Vec<String> {
    vec![TEXTS.timeline.claims_said(said), TEXTS.count.verdicts(judged), TEXTS.count.deadlines(due)]
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim};

    #[test]
    fn the_timeline_opens_with_the_newest_year_that_has_begun() {
        let said: String = ["left", "right", "middle", "top"].map(|id| claim(id, "said:: 2025-03")).concat();
        let judged = "said:: 2025-03\nverdict:: 2026-11-20 refuted by J. Doe — [shown](https://example.org/)";
        let body = said + &claim("wrong", judged) + &claim("due", "kind:: forecast\nresolves:: 2027-02");
        let site = Example::of_article(&body).render();
        let opening = site.text("timeline/index.html");
        assert!(opening.contains("<h1>Timeline 2026</h1>") && opening.contains("Nov 2026"), "{opening}");
        for (year, words) in [("2025", "Mar 2025"), ("2027", "Feb 2027")] {
            site.page(&format!("timeline/{year}/index.html")).contains(words);
            assert!(opening.contains(&format!("href=\"/timeline/{year}/\"")), "{opening}");
        }
        let copy = site.page("timeline/2026/index.html");
        copy.contains("<link rel=\"canonical\" href=\"https://example.org/timeline/\">");
        let claims = site.page("claims/year/2025/index.html");
        claims.contains("Claims said in 2025");
        claims.contains("5 claims");
    }

    #[test]
    fn months_list_what_was_said_judged_and_due() {
        let body = [
            claim("a", "said:: 2026-03-02\nverdict:: 2026-05-01 mixed by J. Doe"),
            claim("b", "said:: 2026-03"),
            claim("c", "kind:: forecast\nsaid:: 2025\nresolves:: 2026-03-31"),
        ];
        let example = Example::of_article(&body.concat());
        let site = example.site();
        let years = site.timeline_years();
        assert_eq!(years.newest_first().collect::<Vec<_>>(), [2026, 2025]);
        let page = site.timeline(&years, Some(2026));
        assert_eq!(page.counts, ["2 claims said", "1 verdict", "1 deadline"]);
        let ids = |rows: &[crate::page::view::ClaimRow]| {
            rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>().join(" ")
        };
        let months = page.months.iter().map(|month| {
            let judged: Vec<_> = month.verdicts.iter().map(|one| one.claim.clone()).collect();
            [month.month.to_string(), ids(&month.said), ids(&judged), ids(&month.deadlines)]
        });
        let months: Vec<[String; 4]> = months.collect();
        assert_eq!(months, [["2026-05", "", "a", ""], ["2026-03", "a b", "", "c"]]);
    }
}
