//! Keeps the rendered table row of each claim. A claim appears in the lists of all claims, of its kind, status,
//! year, tags and source, and in the table of its write-up, so its row is rendered once for all of these pages.

use std::sync::OnceLock;

use anyhow::Result;

use crate::graph::{Book, ClaimIndex};

use super::Publication;

/// Table rows of all claims, by claim number. A row is empty until the first page shows it.
pub struct Rows(Vec<OnceLock<Box<str>>>);

impl Rows {
    /// Creates an empty row for each claim of a book.
    pub fn new(book: &Book) -> Self {
        Self(book.all_claims().map(|_| OnceLock::new()).collect())
    }
}

impl Publication {
    /// Returns the rows of these claims as HTML, in the given order.
    ///
    /// # Errors
    /// When the template of a row uses a value that a row does not have.
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
        // Another thread may have rendered the same row at the same time; both results are equal.
        Ok(row.get_or_init(|| html.into()))
    }
}
