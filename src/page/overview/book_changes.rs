//! Makes the pages of changes: new claims, new statuses and quotations that drifted, week by week. Each quarter of a
//! year has pages of its own.

use std::collections::BTreeMap;

use crate::date::{MONTHS, PartialDate};
use crate::graph::{ClaimIndex, Status};
use crate::texts::TEXTS;

use crate::page::parts::pager::{pages_of, slice};
use crate::page::parts::rows::mark;
use crate::page::view::{ChangeRow, ChangedWeek, ChangesPage, Link};
use crate::page::{Site, SiteStructure};

/// Maximum number of changes on one page.
const PER_PAGE: usize = 80;

/// Maximum number of earlier and of later quarters that a page links to.
const NEAR: usize = 8;

/// A change of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookChange {
    /// The day of the change.
    pub day: PartialDate,
    /// The claim that changed.
    pub claim: ClaimIndex,
    /// What changed.
    pub kind: ChangeKind,
}

/// What changed about a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The claim was made, and had this status at once.
    New(Status),
    /// The status changed.
    Status {
        /// The status before.
        from: Status,
        /// The status after.
        to: Status,
    },
    /// The quotation of the claim is no longer in the saved copy of its source.
    Drifted,
}

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i16,
    /// Number of the quarter, from 0 to 3.
    number: usize,
}

impl Quarter {
    fn of(day: PartialDate) -> Self {
        Self { year: day.year(), number: day.quarter() }
    }

    /// The quarter in words, such as `July to September 2026`.
    fn words(self) -> String {
        let month = |place: usize| MONTHS[self.number * 3 + place];
        TEXTS.change.quarter(month(0), month(2), format_args!("{:04}", self.year))
    }
}

/// All changes of the book by quarter. They are collected once for all pages.
#[derive(Debug, Default)]
pub struct BookChanges {
    /// The changes of each quarter, newest first.
    quarters: BTreeMap<Quarter, Vec<BookChange>>,
}

impl BookChanges {
    /// All quarters with changes, newest first, each with the number of its pages.
    pub fn quarters(&self) -> impl Iterator<Item = (Quarter, usize)> {
        self.quarters.iter().rev().map(|(&quarter, changes)| (quarter, pages_of(changes.len(), PER_PAGE)))
    }

    /// The path of a quarter's first page. The newest quarter is at `changes/`.
    pub fn path(&self, quarter: Quarter) -> String {
        if self.quarters.last_key_value().is_none_or(|(&newest, _)| newest == quarter) {
            "changes/".to_owned()
        } else {
            format!("changes/{:04}-q{}/", quarter.year, quarter.number + 1)
        }
    }

    /// The newest changes.
    pub fn newest(&self) -> impl Iterator<Item = BookChange> {
        self.quarters.values().rev().flatten().copied()
    }
}

impl SiteStructure<'_> {
    /// All dated changes of the book until the day of the build.
    pub fn book_changes(&self) -> BookChanges {
        let mut changes = BookChanges::default();
        let mut add = |day: PartialDate, claim: ClaimIndex, kind: ChangeKind| {
            changes.quarters.entry(Quarter::of(day)).or_default().push(BookChange { day, claim, kind });
        };
        for claim in self.book.claims() {
            let mut before = None;
            for period in self.book.status_periods(claim) {
                let to = period.status;
                let kind =
                    before.replace(to).map_or(ChangeKind::New(to), |from| ChangeKind::Status { from, to });
                if let Some(day) = period.from {
                    add(day.into(), claim, kind);
                }
            }
            // What the lock says of other words or of another source is old, and `check` reports it.
            let entry = self.lock.entries.get(&self.book.claim(claim).id.value);
            if let Some(entry) =
                entry.filter(|entry| entry.passage.is_none() && self.book.has_arrived(entry.date))
            {
                add(entry.date, claim, ChangeKind::Drifted);
            }
        }
        for changes in changes.quarters.values_mut() {
            changes.sort_by_key(|change| (std::cmp::Reverse(change.day), change.claim));
        }
        changes
    }
}

impl Site<'_> {
    /// Page `number` of the changes of a quarter; of a book without changes if `quarter` is `None`.
    pub fn changes(&self, all: &BookChanges, quarter: Option<Quarter>, number: usize) -> ChangesPage {
        let changes = quarter.and_then(|quarter| all.quarters.get(&quarter)).map_or(&[][..], Vec::as_slice);
        let mut weeks: Vec<ChangedWeek> = Vec::new();
        for &change in slice(changes, number, PER_PAGE) {
            let monday = change.day.monday();
            if weeks.last().is_none_or(|week| week.monday != monday) {
                weeks.push(ChangedWeek { monday, changes: Vec::new() });
            }
            if let Some(week) = weeks.last_mut() {
                week.changes.push(self.change_row(change));
            }
        }
        let path = quarter.map_or_else(|| "changes/".to_owned(), |quarter| all.path(quarter));
        ChangesPage {
            quarter: quarter.map(Quarter::words).unwrap_or_default(),
            weeks,
            quarters: quarter.map(|quarter| self.near_quarters(all, quarter)).unwrap_or_default(),
            total: TEXTS.count.changes(changes.len()),
            pager: self.pager(&path, number, changes.len(), PER_PAGE),
        }
    }

    fn change_row(&self, change: BookChange) -> ChangeRow {
        let (was, now) = match change.kind {
            ChangeKind::New(status) => (None, Some(mark(status))),
            ChangeKind::Status { from, to } => (Some(mark(from)), Some(mark(to))),
            ChangeKind::Drifted => (None, None),
        };
        let moved = matches!(change.kind, ChangeKind::New(_)).then(|| self.moved_from_before(change.claim));
        ChangeRow {
            url: self.url(&self.claim_path(change.claim)),
            statement: self.book.claim(change.claim).statement.value.read(self.access).clone(),
            day: change.day,
            was,
            now,
            is_new: matches!(change.kind, ChangeKind::New(_)),
            moved: moved.flatten().unwrap_or_default(),
        }
    }

    /// Links to the quarters near a quarter, newest first. The quarter itself has no address.
    fn near_quarters(&self, all: &BookChanges, current: Quarter) -> Vec<Link> {
        let later: Vec<Quarter> =
            all.quarters.range(current..).map(|(&quarter, _)| quarter).take(NEAR + 1).collect();
        let earlier = all.quarters.range(..current).rev().map(|(&quarter, _)| quarter).take(NEAR);
        let near = later.into_iter().rev().chain(earlier);
        let link = |quarter: Quarter| Link {
            url: if quarter == current { String::new() } else { self.url(&all.path(quarter)) },
            text: quarter.words(),
        };
        near.map(link).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim};

    /// A claim that is refuted and then supported, a forecast that becomes overdue, and a claim that replaces another.
    fn book() -> Example {
        let verdict = |date: &str, word: &str| {
            format!("verdict:: {date} {word} by J. Doe — [shown](https://example.org/)\n")
        };
        let body = [
            claim(
                "judged",
                &("said:: 2026-07-06\n".to_owned()
                    + &verdict("2026-10-05", "refuted")
                    + &verdict("2026-10-12", "supported")),
            ),
            claim("due", "kind:: forecast\nsaid:: 2026-07-07\nresolves:: 2026-10-10"),
            claim("newer", "said:: 2026-07-12\nsupersedes:: [it](claim:undated)"),
            claim("undated", ""),
        ];
        Example::of_article(&body.concat())
    }

    #[test]
    fn changes_are_listed_by_week_from_one_status_to_the_next() {
        let site = book().render();
        let page = site.page("changes/index.html");
        assert_eq!(page.words("h2.week"), ["Week of 12 Oct 2026", "Week of 5 Oct 2026"]);
        let rows = page.words(".changes li");
        assert_eq!(
            rows,
            [
                "Refuted→SupportedStatement judged.12 Oct 2026",
                "Open→OverdueStatement due.11 Oct 2026",
                "Not reviewed→RefutedStatement judged.5 Oct 2026",
            ]
        );
        let earlier = site.page("changes/2026-q3/index.html");
        assert_eq!(earlier.words("h2.week"), ["Week of 6 Jul 2026"]);
        let rows = earlier.words(".changes li");
        assert_eq!(
            rows,
            [
                "New→Not reviewedStatement newer.12 Jul 2026",
                "Not reviewed→ReplacedStatement undated.12 Jul 2026",
                "New→OpenStatement due.7 Jul 2026",
                "New→Not reviewedStatement judged.6 Jul 2026",
            ]
        );
        assert!(page.address("July to September 2026").is_some(), "{}", page.text);
    }

    #[test]
    fn the_feed_of_changes_says_from_what_to_what() {
        let feed = book().render().text("changes/feed.xml");
        assert!(feed.contains("<title>Refuted → Supported: Statement judged.</title>"), "{feed}");
        assert_eq!(feed.matches("<entry>").count(), 7);
    }

    #[test]
    fn a_book_without_dates_has_an_empty_page() {
        let page = Example::of_article(&claim("a", "")).render().page("changes/index.html");
        page.contains("No claim has a date yet.");
    }
}
