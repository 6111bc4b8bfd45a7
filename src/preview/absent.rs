//! Replaces the drawing of preview images when the program is built without the feature `previews`.

use std::convert::Infallible;

use anyhow::Result;

use crate::config::Config;
use crate::document::{Document, WordingAccess};
use crate::page::{Preview, PreviewSubject, Site};

/// Never constructed without the feature `previews`.
pub struct PreviewRenderer(Infallible);

impl PreviewRenderer {
    /// Returns `None`, because no preview image is drawn.
    pub fn new(_: &Site<'_>) -> Option<Self> {
        None
    }

    /// Never called.
    pub fn has(&self, _: PreviewSubject) -> bool {
        match self.0 {}
    }

    /// Never called.
    ///
    /// # Errors
    /// Never returns an error.
    pub fn render(&self, _: &Preview, _: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
        match self.0 {}
    }
}

/// Returns true, because no page has a preview image.
pub fn has_same_pictures(_: &Config, _: &Document, _: &Document, _: WordingAccess) -> bool {
    true
}
