//! Replaces the drawing of preview images when the program is built without the feature `previews`.

use std::convert::Infallible;
use std::sync::Arc;

use anyhow::Result;

use crate::config::Config;
use crate::document::Document;
use crate::page::{Preview, Site};

/// Never constructed without the feature `previews`.
pub struct PreviewRenderer(Infallible);

impl PreviewRenderer {
    /// Returns `None`, because no preview image is drawn.
    pub fn new(_: &Site<'_>) -> Option<Arc<Self>> {
        None
    }

    /// Never called.
    pub fn can_draw(&self, _: &Preview) -> bool {
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
pub fn has_same_pictures(_: &Config, _: &Document, _: &Document) -> bool {
    true
}
