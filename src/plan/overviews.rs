//! Plans the pages that cover all claims: disputes, fallout, timeline, review queue.

use std::sync::Arc;

use crate::config::ReviewQueue;
use crate::page::{DISPUTES_PER_PAGE, FALLOUT_PER_PAGE, pages_of, timeline_path};
use crate::texts::TEXTS;

use super::collect::Plan;
use super::entry::PageEntry;

impl Plan<'_> {
    pub(super) fn overviews(&mut self) {
        let site = self.site;
        let disputes = Arc::new(site.disputes_by_topic());
        let open = disputes.iter().filter(|pair| pair.is_open).count();
        self.list(
            pages_of(disputes.len(), DISPUTES_PER_PAGE),
            &PageEntry::new("disputes/"),
            move |site, number| site.disputes(&disputes, open, number),
        );
        let fallout = Arc::new(site.fallout());
        self.list(
            pages_of(fallout.len(), FALLOUT_PER_PAGE),
            &PageEntry::new("fallout/"),
            move |site, number| site.fallout_page(&fallout, number),
        );
        if site.config.review != ReviewQueue::Absent {
            self.page(PageEntry::new("review/").without_index(), |site| site.review());
        }
        self.timeline();
        self.changes();
    }

    /// Plans the pages of changes. The newest quarter is at `changes/`, and the address of that quarter redirects there
    /// until a newer one begins.
    fn changes(&mut self) {
        let site = self.site;
        let all = Arc::new(site.book_changes());
        let mut is_newest = true;
        for (quarter, pages) in all.quarters() {
            let entry = PageEntry::new(all.path(quarter));
            let entry = if is_newest { entry.with_feed(&site, TEXTS.change.title()) } else { entry };
            let changes = Arc::clone(&all);
            self.list(pages, &entry, move |site, number| site.changes(&changes, Some(quarter), number));
            is_newest = false;
        }
        if is_newest {
            let entry = PageEntry::new("changes/").with_feed(&site, TEXTS.change.title());
            let changes = Arc::clone(&all);
            self.page(entry, move |site| site.changes(&changes, None, 1));
        }
        let path = site.beside("changes/", "feed.xml");
        self.feed(&path, move |site| site.change_feed(&all));
    }

    /// Plans the pages of the timeline. The year that the timeline opens with is at `timeline/`, and the address
    /// of that year redirects there until a newer year begins.
    fn timeline(&mut self) {
        let site = self.site;
        let years = Arc::new(site.timeline_years());
        let opening = site.timeline_opening(&years);
        let mut page = |path: String, year: Option<i16>| {
            let years = Arc::clone(&years);
            self.page(PageEntry::new(path), move |site| site.timeline(&years, year));
        };
        page("timeline/".to_owned(), opening);
        for year in years.newest_first().filter(|&year| Some(year) != opening) {
            page(timeline_path(year), Some(year));
        }
        for lists in years.newest_first().flat_map(|year| site.months_with_pages(&years, year)) {
            let (years, entry) = (Arc::clone(&years), PageEntry::new(lists.path()));
            let lists = Arc::new(lists);
            self.list(lists.pages, &entry, move |site, number| site.timeline_month(&years, &lists, number));
        }
        if let Some(year) = opening {
            let title = TEXTS.timeline.title_of(format_args!("{year:04}"));
            self.redirect(&timeline_path(year), None, "timeline/".to_owned(), move |_| title.clone());
        }
    }
}
