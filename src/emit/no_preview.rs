//! The program without the feature `previews`: no page has a picture.

use std::sync::Arc;

use crate::config::Config;
use crate::document::Document;
use crate::page::{Preview, Site};
use crate::source::Span;

use super::Plan;
use super::entry::MakePicture;

/// Nobody draws.
pub(super) struct Painter;

impl Painter {
    /// Never one.
    pub(super) fn new(_: &Site<'_>) -> Option<Arc<Self>> {
        None
    }
}

/// None have pictures.
pub fn has_same_pictures(_: &Config, _: &Document, _: &Document) -> bool {
    true
}

impl Plan<'_> {
    /// No picture.
    pub(super) fn preview(
        &mut self,
        _: &str,
        _: Option<Span>,
        _: impl Fn(Site<'_>) -> Preview,
    ) -> Option<MakePicture> {
        self.painter.as_ref().and(None)
    }
}
