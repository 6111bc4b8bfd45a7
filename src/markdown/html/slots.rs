//! Puts pieces into the places that were kept for them while the HTML of a whole text was sanitized.

use crate::markdown::sanitize::{SLOT_CLOSE, SLOT_OPEN};

use super::Piece;

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
