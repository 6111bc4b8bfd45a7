//! Plans the pages that cover all claims: disputes, fallout, timeline, review queue.

use std::sync::Arc;

use crate::page::{DISPUTES_PER_PAGE, FALLOUT_PER_PAGE, pages_of, timeline_path};
use crate::texts::TEXTS;

use super::collect::Plan;
use super::entry::PageEntry;

impl Plan<'_> {
    pub(super) fn overviews(&mut self) {
        let site = self.site;
        let disputes = Arc::new(site.contradictions());
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
        self.page(PageEntry::new("review/"), |site| site.review());
        self.timeline();
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
