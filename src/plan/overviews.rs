//! Plans the pages that cover all claims: disputes, fallout, timeline, review queue.

use std::sync::Arc;

use crate::page::view::{Link, RedirectPage};
use crate::page::{DISPUTES_PER_PAGE, FALLOUT_PER_PAGE, pages_of, timeline_path};

use super::collect::Plan;
use super::entry::PageEntry;

impl Plan<'_> {
    pub(super) fn overviews(&mut self) {
        let site = self.site;
        let disputes = Arc::new(site.contradictions());
        let open = disputes.iter().filter(|pair| pair.is_open).count();
        self.list(
            pages_of(disputes.len(), DISPUTES_PER_PAGE),
            |path| PageEntry::new(path, "disputes.html", ""),
            {
                let disputes = Arc::clone(&disputes);
                move |site, number| {
                    titled(
                        "Disputes",
                        "Claims that contradict each other.",
                        site.disputes(&disputes, open, number),
                    )
                }
            },
            "disputes/",
        );
        let fallout = Arc::new(site.fallen_claims());
        self.list(
            pages_of(fallout.len(), FALLOUT_PER_PAGE),
            |path| PageEntry::new(path, "fallout.html", ""),
            {
                let fallout = Arc::clone(&fallout);
                move |site, number| {
                    titled("Fallout", "What rests on claims that fell.", site.fallout(&fallout, number))
                }
            },
            "fallout/",
        );
        self.page(PageEntry::new("review/", "review.html", ""), |site| {
            titled("Review queue", "Claims and forecasts that wait for a verdict.", site.review())
        });
        self.timeline();
    }

    /// Plans the pages of the timeline. The year that the timeline opens with is at `timeline/`, and the address
    /// of that year redirects there until a newer year begins.
    fn timeline(&mut self) {
        let site = self.site;
        let years = Arc::new(site.timeline_years());
        let opening = site.timeline_opening(&years);
        let mut page = |entry: PageEntry, year: Option<i16>| {
            let years = Arc::clone(&years);
            self.page(entry, move |site| {
                let view = site.timeline(&years, year);
                let title = format!("Timeline {}", view.year);
                titled(title.trim(), "What was said, judged and due, month by month.", view)
            });
        };
        page(PageEntry::new("timeline/", "timeline.html", ""), opening);
        for year in years.newest_first().filter(|&year| Some(year) != opening) {
            page(PageEntry::new(timeline_path(year), "timeline.html", ""), Some(year));
        }
        for lists in years.newest_first().flat_map(|year| site.months_with_pages(&years, year)) {
            let (years, path, lists) = (Arc::clone(&years), lists.path(), Arc::new(lists));
            self.list(
                lists.pages(),
                |path| PageEntry::new(path, "timeline.html", ""),
                move |site, number| {
                    let title = format!("Timeline {}", lists.title());
                    titled(
                        &title,
                        "What was said, judged and due.",
                        site.timeline_month(&years, &lists, number),
                    )
                },
                &path,
            );
        }
        if let Some(year) = opening {
            let mut entry = PageEntry::new(timeline_path(year), "redirect.html", "");
            entry.noindex = true;
            entry.leads_to = Some("timeline/".to_owned());
            let title = format!("Timeline {year:04}");
            self.page(entry, move |site| {
                let target = Link { url: site.url("timeline/"), text: title.clone() };
                titled(&title, "", RedirectPage { target })
            });
        }
    }
}

/// Returns title, description and view as owned values.
fn titled<T>(title: &str, description: &str, view: T) -> (String, String, T) {
    (title.to_owned(), description.to_owned(), view)
}
