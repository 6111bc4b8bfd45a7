//! Views of pages that only lead to other pages: mentions, redirects, and the page for unknown addresses.

use serde::Serialize;

use super::page_view::{PageView, Section, Template, template};
use super::{Link, Mentions};
use crate::texts::TEXTS;

/// `mentions.html`: sentences that link to a page and that the page itself does not show.
#[derive(Debug, Clone, Serialize)]
pub struct MentionsPage {
    /// Link to the page that the sentences mention.
    pub page: Link,
    /// The sentences on this page.
    pub mentions: Mentions,
    /// Section of the page that the sentences mention.
    #[serde(skip)]
    pub section: Option<Section>,
}

impl PageView for MentionsPage {
    const TEMPLATE: Template = template!("mentions.html");

    fn section(&self) -> Option<Section> {
        self.section
    }

    fn title(&self) -> String {
        TEXTS.list.mentions_of(self.page.text.trim_end_matches('.'))
    }

    fn description(&self) -> String {
        TEXTS.list.mentions_about(&self.page.text)
    }
}

/// `redirect.html`: a page at a former address, which leads to the new address.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectPage {
    /// Link to the current page.
    pub target: Link,
}

impl PageView for RedirectPage {
    const TEMPLATE: Template = template!("redirect.html");

    fn title(&self) -> String {
        self.target.text.clone()
    }
}

/// `404.html`: the page that servers send for addresses without a page.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundPage;

impl PageView for NotFoundPage {
    const TEMPLATE: Template = template!("404.html");

    fn title(&self) -> String {
        TEXTS.not_found.title().to_owned()
    }
}
