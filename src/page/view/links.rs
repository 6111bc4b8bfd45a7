//! Views of pages that lead to other pages: mentions and redirects.

use serde::Serialize;

use super::{Link, Mentions};

/// `mentions.html`: sentences that link to a page and that the page itself does not show.
#[derive(Debug, Clone, Serialize)]
pub struct MentionsPage {
    /// Link to the page that the sentences mention.
    pub page: Link,
    /// The sentences on this page.
    pub mentions: Mentions,
}

/// `redirect.html`: a page at a former address, which leads to the new address.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectPage {
    /// Link to the current page.
    pub target: Link,
}
