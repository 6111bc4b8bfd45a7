//! Finds the sentence around a link in the plain text of a block. The result is the rest of the sentence before
//! and after the link.

use crate::text::sentence_ends;

/// Longest excerpt on either side of a link, in bytes. A longer one is cut at a space.
const MAX_EXCERPT_LENGTH: usize = 200;

/// Number of bytes on either side of a link that are searched for the end of its sentence. A longer sentence is
/// cut to [`MAX_EXCERPT_LENGTH`] wherever it ends. A paragraph may have as many links as words, so searching all of it for
/// each link would take quadratic time.
const SEARCH_DISTANCE: usize = 2 * MAX_EXCERPT_LENGTH;

/// Returns the rest of the sentence before and after the words at `start..end` of `block`.
pub(in crate::markdown) fn sentence_around(block: &str, start: usize, end: usize) -> (String, String) {
    let from = block.floor_char_boundary(start.saturating_sub(SEARCH_DISTANCE));
    let to = block.ceil_char_boundary(end.saturating_add(SEARCH_DISTANCE));
    let before = block.get(from..start).unwrap_or_default();
    let after = block.get(end..to).unwrap_or_default();
    let from = sentence_ends(before).next_back().unwrap_or(0);
    let to = sentence_ends(after).next().unwrap_or(after.len());
    let before = before.get(from..).unwrap_or_default().trim_start();
    let after = after.get(..to).unwrap_or_default().trim_end();
    (shorten_start(before), shorten_end(after))
}

/// Returns the first sentence of a block.
pub(in crate::markdown) fn first_sentence(block: &str) -> String {
    sentence_around(block.trim(), 0, 0).1
}

fn shorten_start(text: &str) -> String {
    if text.len() <= MAX_EXCERPT_LENGTH {
        return text.to_owned();
    }
    let from = (text.len() - MAX_EXCERPT_LENGTH..text.len()).find(|&at| text.is_char_boundary(at));
    let tail = from.and_then(|from| text.get(from..)).unwrap_or_default();
    let tail = tail.split_once(' ').map_or(tail, |(_, rest)| rest);
    format!("… {tail}")
}

fn shorten_end(text: &str) -> String {
    if text.len() <= MAX_EXCERPT_LENGTH {
        return text.to_owned();
    }
    let to = (0..=MAX_EXCERPT_LENGTH).rev().find(|&at| text.is_char_boundary(at));
    let head = to.and_then(|to| text.get(..to)).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(rest, _)| rest);
    format!("{head} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &str, words: &str, before: &str, after: &str) {
        let start = block.find(words).expect("the block contains the words");
        let found = sentence_around(block, start, start + words.len());
        assert_eq!(found, (before.to_owned(), after.to_owned()), "{block}");
    }

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        check("One. Two is here now. Three.", "is", "Two ", " here now.");
        check("As Dr. Doe (Fig. 3) says here. Then", "says", "As Dr. Doe (Fig. 3) ", " here.");
        check("Version 2.5 was out, e.g. here. Then", "out", "Version 2.5 was ", ", e.g. here.");
        check("All of it", "All of it", "", "");
        check("He left. “So what?” They stayed.", "stayed", "They ", ".");
        check("这是。那个在这里。", "那个", "", "在这里。");
    }

    #[test]
    fn only_what_is_near_the_words_is_looked_at() {
        // Text far from the words does not change the result.
        let far = "字".repeat(100_000);
        let near = format!("{} Two is", "one ".repeat(80));
        let (before, after) = sentence_around(
            &format!("{far}{near} here{far}"),
            far.len() + near.len() - 2,
            far.len() + near.len(),
        );
        let whole =
            sentence_around(&format!("{near} here{}", far.get(..3000).unwrap()), near.len() - 2, near.len());
        assert_eq!((before, after), whole);
    }

    #[test]
    fn long_sentences_are_cut_at_a_space() {
        let long = "word ".repeat(100);
        let (before, after) = sentence_around(&format!("{long}X {long}"), long.len(), long.len() + 1);
        assert!(before.starts_with("… word") && before.len() < 210);
        assert!(after.ends_with("word …") && after.len() < 210);
    }
}
