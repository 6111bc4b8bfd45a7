//! Returns the words of the prose of a document, for search: without markup, and without callouts, whose claims are
//! found by themselves.

use pulldown_cmark::{Event, Tag};

use crate::document::Document;
use crate::html::visible_text;

use crate::markdown::events;
use crate::markdown::inline::end_index;

/// Returns the prose of a document as plain text. `text` is the body of its file.
pub fn prose_text(document: &Document, text: &str) -> String {
    let events = events(text);
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while let Some((event, range)) = events.get(index) {
        match event {
            Event::Start(Tag::BlockQuote(_)) if document.has_callout_at(range.start) => {
                index = end_index(&events, index);
            }
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::Html(html) => out.push_str(&visible_text(html)),
            Event::Start(
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
            ) => {}
            Event::Start(_) | Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
        index += 1;
    }
    out
}
