//! What the plan says about a page: path, feed, picture, subject. What follows from the view of the page, such as
//! its template and title, is in [`PageView`](crate::page::view::PageView).

use std::sync::Arc;

use crate::page::view::{Link, Picture};
use crate::page::{ChangeSubject, Site, SiteStructure};
use crate::source::Span;

/// Metadata of a page that is known before its view is made. For a list of pages, it is that of the first page.
#[derive(Clone)]
pub(super) struct PageEntry {
    pub(super) path: String,
    pub(super) origin: Option<Span>,
    pub(super) noindex: bool,
    /// What the page is about; this determines the date of its last change.
    pub(super) subject: ChangeSubject,
    pub(super) feed: Option<Link>,
    pub(super) picture: Option<PictureFn>,
    /// Path of the target, if this page is only a redirect.
    pub(super) leads_to: Option<String>,
}

impl PageEntry {
    pub(super) fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            origin: None,
            noindex: false,
            subject: ChangeSubject::Undated,
            feed: None,
            picture: None,
            leads_to: None,
        }
    }

    pub(super) fn at(mut self, origin: impl Into<Option<Span>>) -> Self {
        self.origin = origin.into();
        self
    }

    pub(super) fn about(mut self, subject: ChangeSubject) -> Self {
        self.subject = subject;
        self
    }

    pub(super) fn with_feed(mut self, site: &SiteStructure<'_>, title: &str) -> Self {
        let path = site.beside(&self.path, "feed.xml");
        self.feed = Some(Link { url: site.url(&path), text: title.to_owned() });
        self
    }

    pub(super) fn with_picture(mut self, picture: Option<PictureFn>) -> Self {
        self.picture = picture;
        self
    }

    pub(super) fn without_index(mut self) -> Self {
        self.noindex = true;
        self
    }

    /// Returns the entry of page `number` of the list whose first page has this entry. Only the first page leads to
    /// the feed.
    pub(super) fn numbered(&self, number: usize) -> Self {
        if number == 1 {
            return self.clone();
        }
        Self { path: format!("{}page/{number}/", self.path), feed: None, ..self.clone() }
    }
}

/// Function that returns the preview image of a page. It is called when the page is rendered, so that the image's
/// text is current.
pub(super) type PictureFn = Arc<dyn Fn(Site<'_>) -> Picture + Send + Sync>;
