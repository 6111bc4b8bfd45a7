//! The view of the search page.

use serde::Serialize;

use super::Mark;

/// `search.html`: the search page.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// The marks of all statuses, from which search results take theirs.
    pub marks: Vec<Mark>,
}
