//! The program without the feature `previews`: no page has a picture.

use std::sync::Arc;

use crate::page::view::Picture;
use crate::page::{Preview, Site};
use crate::source::Span;

use super::Plan;

/// Nobody draws.
pub(super) struct Painter;

impl Painter {
    /// Never one.
    pub(super) fn new(_: &Site<'_>) -> Option<Arc<Self>> {
        None
    }
}

impl Plan<'_> {
    /// No picture.
    pub(super) fn preview(
        &mut self,
        _: &str,
        _: Option<Span>,
        _: impl Fn(Site<'_>) -> Preview,
    ) -> Option<Picture> {
        self.painter.as_ref().and(None)
    }
}
