//! Writes lines of text with links as HTML, and plain text for lists.

use std::fmt::Write as _;

use crate::document::{Inline, LinkedText};
use crate::graph::Entity;
use crate::html::escape;
use crate::markdown::link_target;
use crate::page::Site;

impl Site<'_> {
    /// A line of text with links, as HTML.
    pub(in crate::page) fn rich_html(&self, rich: &LinkedText) -> String {
        let mut out = String::new();
        for piece in &rich.pieces {
            match piece {
                Inline::Text(text) => out.push_str(&escape(text)),
                Inline::Link { destination, text, span } => {
                    let path = self.sources.file(span.file).path();
                    let address = self.resolve(&link_target(destination, path)).unwrap_or_default();
                    let _ = write!(out, "<a href=\"{}\">{}</a>", escape(&address), escape(text));
                }
            }
        }
        out.trim().to_owned()
    }

    /// The first sentence of an entity's file as plain text, for lists; empty if the entity has no file.
    pub(in crate::page) fn first_sentence(&self, entity: &Entity) -> String {
        let Some(document) = entity.document.map(|document| self.book.document(document)) else {
            return String::new();
        };
        document.lead.read(self.access).clone()
    }
}
