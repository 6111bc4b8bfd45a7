//! Collects the planned files of a site: the plan, and how pages and lists of pages are added to it.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::format::sitemap::SitemapEntry;
use crate::output::{OutputFile, OutputPath, Planned};
use crate::page::Site;
use crate::page::view::{Head, Link, RedirectPage};
use crate::preview::PreviewRenderer;
use crate::source::Span;
use crate::theme::View;

use super::Publication;
use super::entry::{PageEntry, Titled};

/// The files of a site while they are being collected.
pub(super) struct Plan<'a> {
    pub(super) site: Site<'a>,
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
        if let Some(path) = OutputPath::of_page(&self.site.config.base_url.form().of(path)) {
            self.planned.push(Planned { path, origin: origin.into(), is_beside: false, file });
        }
    }

    /// Adds a file that belongs to the page of `origin`, such as the page's data.
    pub(super) fn insert_beside(
        &mut self,
        path: OutputPath,
        origin: Option<Span>,
        file: OutputFile<Publication>,
    ) {
        self.planned.push(Planned { path, origin: origin.into(), is_beside: true, file });
    }

    /// Adds a page. `view` is called when the page is rendered.
    pub(super) fn page<V: Titled>(
        &mut self,
        entry: PageEntry,
        view: impl Fn(Site<'_>) -> V + Send + Sync + 'static,
    ) {
        let PageEntry {
            path,
            template,
            section,
            is_section,
            origin,
            noindex,
            subject,
            feed,
            picture,
            leads_to,
        } = entry;
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
            let (title, description, page, claims) = view(site).parts();
            let (feed, picture) = beside.as_deref().cloned().unwrap_or_default();
            let head = Head {
                title,
                description: if description.is_empty() {
                    site.config.description.clone()
                } else {
                    description
                },
                canonical: site.config.base_url.absolute(&canonical),
                section,
                is_section,
                noindex,
                feed,
                picture: picture.map(|picture| picture(site)),
            };
            let rows = publication.rows_of(&claims)?;
            publication.theme.render(template, &View { head: &head, page: &page, rows: &rows }, out)
        };
        self.insert(&path, origin, OutputFile::Render(Box::new(render)));
    }

    /// Adds all pages of a list; the first page is at `path`.
    pub(super) fn list<V: Titled>(
        &mut self,
        pages: usize,
        entry: impl Fn(String) -> PageEntry,
        view: impl Fn(Site<'_>, usize) -> V + Send + Sync + Clone + 'static,
        path: &str,
    ) {
        for number in 1..=pages {
            let view = view.clone();
            let page = if number == 1 { path.to_owned() } else { format!("{path}page/{number}/") };
            let mut entry = entry(page);
            entry.is_section &= number == 1;
            entry.feed = entry.feed.filter(|_| number == 1);
            self.page(entry, move |site| {
                let (title, description, page, claims) = view(site, number).parts();
                let title = if number == 1 { title } else { format!("{title}, page {number}") };
                (title, description, page, claims)
            });
        }
    }

    /// Adds a page that redirects to `target` and has the title of the target.
    pub(super) fn redirect(
        &mut self,
        path: &str,
        origin: Span,
        target: String,
        title: impl for<'s> Fn(Site<'s>) -> &'s str + Send + Sync + 'static,
    ) {
        let leads_to = Some(target.clone());
        let entry =
            PageEntry { noindex: true, leads_to, ..PageEntry::new(path, "redirect.html", "").at(origin) };
        self.page(entry, move |site| {
            let title = title(site);
            let link = Link { url: site.url(&target), text: title.to_owned() };
            (title.to_owned(), String::new(), RedirectPage { target: link })
        });
    }
}
