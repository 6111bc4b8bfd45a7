//! The view of the search page.

use serde::Serialize;

use super::page_view::{PageView, Template, template};
use super::{Link, Mark};
use crate::texts::TEXTS;

/// `search.html`: the search page.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// What a reader may look at who has not asked for anything yet, or has found nothing.
    pub suggestions: Vec<Suggestions>,
    /// The marks of all statuses, from which search results take theirs.
    pub marks: Vec<Mark>,
}

/// Links under a title.
#[derive(Debug, Clone, Serialize)]
pub struct Suggestions {
    /// Title of the links.
    pub title: &'static str,
    /// The links.
    pub links: Vec<Link>,
}

impl PageView for SearchPage {
    const TEMPLATE: Template = template!("search.html");

    fn title(&self) -> String {
        TEXTS.frame.search().to_owned()
    }
}
