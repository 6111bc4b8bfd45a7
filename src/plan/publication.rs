//! The input of rendering: a site with its theme, and the rendered table row of each claim. A claim appears in the
//! lists of all claims, of its kind, status, year, tags and source, and in the table of its write-up, so its row is
//! rendered once for all of these pages.

use std::sync::{Arc, OnceLock};

use anyhow::Result;

use crate::config::Config;
use crate::document::WordingAccess;
use crate::graph::{Book, ClaimIndex};
use crate::page::{Site, SiteStructure};
use crate::quote::Lock;
use crate::source::Sources;
use crate::templates::ThemeClasses;
use crate::theme::Theme;

/// A site and its theme: everything that the output is rendered from.
#[derive(Clone)]
pub struct Publication {
    /// The linked book.
    pub book: Arc<Book>,
    /// The texts of the site.
    pub sources: Arc<Sources>,
    /// Settings from `site.toml`.
    pub config: Arc<Config>,
    /// Results of the search for quotations in saved sources (`claims.lock`).
    pub lock: Arc<Lock>,
    /// CSS classes that the theme uses.
    pub theme_classes: Arc<ThemeClasses>,
    /// Templates and assets of the theme.
    pub theme: Arc<Theme>,
    /// Rendered table rows of the claims; many pages share a row.
    pub rows: Arc<Rows>,
}

impl Publication {
    /// Returns the part of the publication that views of pages are made from.
    pub fn site(&self) -> Site<'_> {
        let structure = SiteStructure {
            book: &self.book,
            sources: &self.sources,
            config: &self.config,
            lock: &self.lock,
            theme: &self.theme_classes,
        };
        Site::new(structure, WordingAccess::grant())
    }
}

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
        let row = &self.rows.0[claim.as_usize()];
        if let Some(html) = row.get() {
            return Ok(html);
        }
        let html = self.theme.row(&self.site().row(claim))?;
        // Another thread may have rendered the same row at the same time; both results are equal.
        Ok(row.get_or_init(|| html.into()))
    }
}
