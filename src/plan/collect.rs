//! Collects the planned files of a site: the plan, and how pages and lists of pages are added to it.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::format::sitemap::SitemapEntry;
use crate::output::{OutputFile, OutputPath, Planned};
use crate::page::view::{Head, Link, PageView, RedirectPage, Section};
use crate::page::{Site, SiteStructure};
use crate::preview::PreviewRenderer;
use crate::source::Span;
use crate::texts::TEXTS;
use crate::theme::View;

use super::Publication;
use super::entry::PageEntry;

/// The files of a site while they are being collected.
pub(super) struct Plan<'a> {
    pub(super) site: SiteStructure<'a>,
    /// Draws the preview images of pages; `None` if there are none.
    pub(super) previews: Option<Arc<PreviewRenderer>>,
    pub(super) planned: Vec<Planned<Publication>>,
    /// Pages that are listed in the site map.
    pub(super) addresses: Vec<SitemapEntry>,
    pub(super) problems: Vec<Diagnostic>,
}

impl Plan<'_> {
    pub(super) fn insert(&mut self, path: &str, origin: Option<Span>, file: OutputFile<Publication>) {
        // An id that gives no valid path was already reported as an error, and its page is never written.
        if let Some(path) = OutputPath::for_page(&self.site.config.base_url.form().of(path)) {
            self.planned.push(Planned { path, origin: origin.into(), is_attached_to_page: false, file });
        }
    }

    /// Adds a file that belongs to the page of `origin`, such as the page's data.
    pub(super) fn insert_beside(
        &mut self,
        path: OutputPath,
        origin: Option<Span>,
        file: OutputFile<Publication>,
    ) {
        self.planned.push(Planned { path, origin: origin.into(), is_attached_to_page: true, file });
    }

    /// Adds a page. `view` is called when the page is rendered.
    pub(super) fn page<V: PageView>(
        &mut self,
        entry: PageEntry,
        view: impl Fn(Site<'_>) -> V + Send + Sync + 'static,
    ) {
        self.numbered_page(entry, 1, view);
    }

    /// Adds all pages of a list. `view` makes the view of a page from its number.
    pub(super) fn list<V: PageView>(
        &mut self,
        pages: usize,
        entry: &PageEntry,
        view: impl Fn(Site<'_>, usize) -> V + Send + Sync + Clone + 'static,
    ) {
        for number in 1..=pages {
            let view = view.clone();
            self.numbered_page(entry.numbered(number), number, move |site| view(site, number));
        }
    }

    /// Adds page `number` of a list. The title of the view gets the number of the page, except on the first page.
    pub(super) fn numbered_page<V: PageView>(
        &mut self,
        entry: PageEntry,
        number: usize,
        view: impl Fn(Site<'_>) -> V + Send + Sync + 'static,
    ) {
        let PageEntry { path, origin, noindex, subject, feed, picture, leads_to } = entry;
        let address: Arc<str> = path.as_str().into();
        if !noindex {
            self.addresses.push(SitemapEntry { path: Arc::clone(&address), subject });
        }
        let canonical = leads_to.map_or(address, Arc::from);
        // Most pages have neither a feed nor a picture. Both are boxed, so that the closures of these pages stay
        // small.
        let beside = (feed.is_some() || picture.is_some()).then(|| Box::new((feed, picture)));
        let render = move |publication: &Publication, out: &mut Vec<u8>| {
            let site = publication.site();
            let page = view(site);
            let (feed, picture) = beside.as_deref().cloned().unwrap_or_default();
            let title = page.title();
            let section = page.section();
            let head = Head {
                title: if number == 1 { title } else { TEXTS.frame.title_of_page(title, number) },
                description: some_or(page.description(), &site.config.description),
                canonical: site.config.base_url.absolute(&canonical),
                section: section.map(Section::key).unwrap_or_default(),
                is_section: section.is_some_and(|section| section.is_at(&canonical)),
                noindex,
                has_chart: page.has_chart(),
                feed,
                picture: picture.map(|picture| picture(site)),
            };
            let rows = publication.rows_of(page.rows())?;
            let other_rows = publication.rows_of(page.other_rows())?;
            publication
                .theme
                .render(&View { head: &head, page: &page, rows: &rows, other_rows: &other_rows }, out)
        };
        self.insert(&path, origin, OutputFile::Render(Box::new(render)));
    }

    /// Adds a page that redirects to `target` and has the title of the target.
    pub(super) fn redirect(
        &mut self,
        path: &str,
        origin: Option<Span>,
        target: String,
        title: impl Fn(Site<'_>) -> String + Send + Sync + 'static,
    ) {
        let leads_to = Some(target.clone());
        let entry = PageEntry { leads_to, ..PageEntry::new(path).at(origin).without_index() };
        self.page(entry, move |site| RedirectPage {
            target: Link { url: site.url(&target), text: title(site) },
        });
    }
}

/// Returns `text`, or `otherwise` if it is empty.
fn some_or(text: String, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text }
}
