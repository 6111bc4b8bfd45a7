//! The pieces of a rendered text. While the HTML of the whole text is sanitized, slots keep their places.

use crate::markdown::sanitize::{SLOT_CLOSE, SLOT_OPEN};

/// A part of rendered prose: HTML, or a place where a claim is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Finished HTML.
    Html(String),
    /// A link to a claim.
    Mention {
        /// Id of the claim as written, which may be a former id.
        id: String,
        /// Text of the link as HTML; empty if the author wrote only the id.
        words: String,
        /// Whether a card can be shown next to the link. It cannot in headings, tables and footnotes.
        can_show_card: bool,
    },
    /// A claim that is embedded as a block.
    Embed {
        /// Id of the claim as written, which may be a former id.
        id: String,
    },
    /// The chart of a metric that is embedded as a block.
    Chart {
        /// Id of the metric as written.
        id: String,
    },
    /// A claim callout, with its number in the file. The page shows the card of the claim in its place.
    Callout(usize),
    /// The end of a block that is not inside another block of Markdown.
    BlockEnd {
        /// Numbers of the footnotes to which this block is the first to refer.
        footnotes: Vec<usize>,
    },
    /// The beginning of the text of the footnote with this number. It ends at the next [`Piece::FootnoteEnd`].
    Footnote(usize),
    /// The end of the text of a footnote.
    FootnoteEnd,
}

/// Cuts HTML at its slots. Each slot is replaced with the piece of its number.
pub(super) fn insert_slots(html: &str, slots: Vec<Piece>) -> Vec<Piece> {
    let mut slots: Vec<Option<Piece>> = slots.into_iter().map(Some).collect();
    let mut pieces = Vec::with_capacity(slots.len() * 2 + 1);
    let mut push = |text: &str| {
        if !text.is_empty() {
            pieces.push(Piece::Html(text.to_owned()));
        }
    };
    let mut rest = html;
    let mut found = Vec::new();
    while let Some((before, after_open)) = rest.split_once(SLOT_OPEN) {
        let (number, after) = after_open.split_once(SLOT_CLOSE).unwrap_or((after_open, ""));
        found.push((before, number.parse::<usize>().ok()));
        rest = after;
    }
    if found.is_empty() {
        push(rest);
        return pieces;
    }
    for (before, number) in found {
        if !before.is_empty() {
            pieces.push(Piece::Html(before.to_owned()));
        }
        pieces.extend(number.and_then(|number| slots.get_mut(number)?.take()));
    }
    if !rest.is_empty() {
        pieces.push(Piece::Html(rest.to_owned()));
    }
    pieces
}
