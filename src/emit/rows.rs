//! A claim stands in the lists of all claims, of its kind, its status, its year, its tags and its source, and
//! in the table of its write-up: its row is rendered once for all of them.

use std::sync::OnceLock;

use anyhow::Result;

use crate::graph::{Book, ClaimIndex};

use super::Publication;

/// The rows of all claims, as far as a page has shown them.
pub struct Rows(Vec<OnceLock<Box<str>>>);

impl Rows {
    /// Those of a book, none of them rendered.
    pub fn new(book: &Book) -> Self {
        Self(book.all_claims().map(|_| OnceLock::new()).collect())
    }
}

impl Publication {
    /// The rows of some claims, one behind the other, as HTML.
    ///
    /// # Errors
    /// When the template of a row uses what a row does not have.
    pub(super) fn rows_of(&self, claims: &[ClaimIndex]) -> Result<String> {
        let mut html = String::new();
        for &claim in claims {
            html.push_str(self.row_of(claim)?);
        }
        Ok(html)
    }

    fn row_of(&self, claim: ClaimIndex) -> Result<&str> {
        let row = &self.rows.0[claim.number()];
        if let Some(html) = row.get() {
            return Ok(html);
        }
        let html = self.theme.row(&self.site().row(claim))?;
        // Two threads may have made the same.
        Ok(row.get_or_init(|| html.into()))
    }
}
