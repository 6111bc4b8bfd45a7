//! The view of the search page.

use serde::Serialize;

use super::Mark;
use super::page_view::{PageView, Template, template};
use crate::texts::TEXTS;

/// `search.html`: the search page.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// The marks of all statuses, from which search results take theirs.
    pub marks: Vec<Mark>,
}

impl PageView for SearchPage {
    const TEMPLATE: Template = template!("search.html");

    fn title(&self) -> String {
        TEXTS.frame.search().to_owned()
    }
}
