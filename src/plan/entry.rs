//! Metadata of a page in the table of pages: path, template, feed, subject. The function that makes the page's
//! view is passed separately.

use std::sync::Arc;

use serde::Serialize;

use crate::graph::ClaimIndex;
use crate::page::view::{Link, Picture};
use crate::page::{ChangeSubject, Site};
use crate::source::Span;

/// Metadata of a page that is known before its view is made.
pub(super) struct PageEntry {
    pub(super) path: String,
    pub(super) template: &'static str,
    pub(super) section: &'static str,
    pub(super) is_section: bool,
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
    pub(super) fn new(path: impl Into<String>, template: &'static str, section: &'static str) -> Self {
        Self {
            path: path.into(),
            template,
            section,
            is_section: false,
            origin: None,
            noindex: false,
            subject: ChangeSubject::Undated,
            feed: None,
            picture: None,
            leads_to: None,
        }
    }

    pub(super) fn of_section(mut self) -> Self {
        self.is_section = true;
        self
    }

    pub(super) fn at(mut self, origin: Span) -> Self {
        self.origin = Some(origin);
        self
    }

    pub(super) fn about(mut self, subject: ChangeSubject) -> Self {
        self.subject = subject;
        self
    }

    pub(super) fn with_feed(mut self, site: &Site<'_>, title: &str) -> Self {
        let path = site.beside(&self.path, "feed.xml");
        self.feed = Some(Link { url: site.url(&path), text: title.to_owned() });
        self
    }
}

/// Function that returns the preview image of a page. It is called when the page is rendered, so that the image's
/// text is current.
pub(super) type PictureFn = Arc<dyn Fn(Site<'_>) -> Picture + Send + Sync>;

/// A view with the title and description for the head of its page, and the claims whose rows the page shows (may
/// be empty).
pub(super) trait Titled {
    /// The type of the view.
    type Page: Serialize;

    /// Returns the title, the description, the view and the claims.
    fn parts(self) -> (String, String, Self::Page, Vec<ClaimIndex>);
}

impl<T: Serialize> Titled for (String, String, T) {
    type Page = T;

    fn parts(self) -> (String, String, T, Vec<ClaimIndex>) {
        (self.0, self.1, self.2, Vec::new())
    }
}

impl<T: Serialize> Titled for (String, String, T, Vec<ClaimIndex>) {
    type Page = T;

    fn parts(self) -> (String, String, T, Vec<ClaimIndex>) {
        self
    }
}
