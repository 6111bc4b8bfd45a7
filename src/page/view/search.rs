//! The view of the search page.

use serde::Serialize;

use super::Mark;

/// `search.html`: the search page.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// Every status; results take their marks from here.
    pub marks: Vec<Mark>,
}
