//! Replaces the module `preview` when the program is built without the feature `previews`: no page has a preview
//! image.

use std::sync::Arc;

use crate::config::Config;
use crate::document::Document;
use crate::page::{Preview, Site};
use crate::source::Span;

use super::Plan;
use super::entry::PictureFn;

/// Never constructed without the feature `previews`.
pub(super) struct PreviewRenderer;

impl PreviewRenderer {
    /// Returns `None`, because no preview image is drawn.
    pub(super) fn new(_: &Site<'_>) -> Option<Arc<Self>> {
        None
    }
}

/// Returns true, because no page has a preview image.
pub fn has_same_pictures(_: &Config, _: &Document, _: &Document) -> bool {
    true
}

impl Plan<'_> {
    /// Returns `None`, because no page has a preview image.
    pub(super) fn preview(
        &mut self,
        _: &str,
        _: Option<Span>,
        _: impl Fn(Site<'_>) -> Preview,
    ) -> Option<PictureFn> {
        self.painter.as_ref().and(None)
    }
}
