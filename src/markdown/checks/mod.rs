//! Finds slips in the text of a file that are not about claims.

pub(in crate::markdown) mod definitions;
pub(in crate::markdown) mod directions;
pub(in crate::markdown) mod lines;
pub(in crate::markdown) mod merge;
pub(in crate::markdown) mod placeholders;
pub(in crate::markdown) mod unread;

/// A mistake in a text, with its byte range.
pub(in crate::markdown) type UnreadRange = (crate::document::UnreadKind, std::ops::Range<usize>);

/// Compares what a search finds in a text with what it should find, each with the text in its range.
#[cfg(test)]
#[track_caller]
fn check_unread(
    find: fn(&[super::inline::PlacedEvent<'_>], &str) -> Vec<UnreadRange>,
    text: &str,
    expected: &[(crate::document::UnreadKind, &str)],
) {
    let events: Vec<super::inline::PlacedEvent<'_>> = super::parser(text).into_offset_iter().collect();
    let found: Vec<(crate::document::UnreadKind, &str)> = find(&events, text)
        .into_iter()
        .map(|(kind, range)| (kind, text.get(range).expect("a place on character boundaries")))
        .collect();
    assert_eq!(found, expected, "{text:?}");
}
