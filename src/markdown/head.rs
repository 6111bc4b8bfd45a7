//! Finds the head of a claim callout: its first line, with `[!claim]` and the id of the claim. Near misses that
//! cannot have another meaning are found, too. Other callouts, such as `[!note]`, and escaped brackets are prose.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, rules};
use crate::name;
use crate::source::Span;

const MARKER: &str = "[!claim]";
const CLAIM_WORD: &str = "claim";
/// Longest word that is compared with `claim`. One typing error changes the length of a word by at most one
/// letter.
const MAX_WORD_LENGTH: usize = CLAIM_WORD.len() + 1;

/// The head of a claim. All ranges are bytes of the text that was searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct ClaimHead {
    /// Range of the marker: `[!claim]`, or what the author wrote in its place.
    pub(in crate::markdown) marker: Range<usize>,
    /// Range of the text where the id belongs.
    pub(in crate::markdown) id: Range<usize>,
    /// Range of the words after the id.
    pub(in crate::markdown) title: Range<usize>,
    /// Byte where the line ends.
    pub(in crate::markdown) end: usize,
    /// Whether the marker is written correctly and is in the first line.
    pub(in crate::markdown) is_exact: bool,
}

impl ClaimHead {
    /// Returns the head with ranges in a longer text that contains the searched text at byte `offset`.
    pub(in crate::markdown) fn shifted_by(self, offset: usize) -> Self {
        let shifted = |range: Range<usize>| range.start + offset..range.end + offset;
        Self {
            marker: shifted(self.marker),
            id: shifted(self.id),
            title: shifted(self.title),
            end: self.end + offset,
            is_exact: self.is_exact,
        }
    }

    /// Returns the corrected line. `text` is the text to which the ranges of the head refer.
    pub(in crate::markdown) fn corrected_line(&self, text: &str) -> String {
        let id = text.get(self.id.clone()).unwrap_or_default();
        if name::is_id(id) { format!("{MARKER} {id}") } else { format!("{MARKER} id") }
    }
}

/// Returns the head of the block quotation `quote` (source text), if the quotation is a claim or is meant as one.
pub(in crate::markdown) fn find_in_quotation(quote: &str) -> Option<ClaimHead> {
    let first = quote.trim_start_matches(['>', ' ', '\t']);
    let inside = first.trim_start_matches(['>', ' ', '\t', '\r', '\n']);
    let is_first_line = first.len() == inside.len();
    let offset = quote.len() - inside.len();
    let head = find_in_line(inside).or_else(|| find_without_exclamation_mark(inside))?.shifted_by(offset);
    Some(ClaimHead { is_exact: head.is_exact && is_first_line, ..head })
}

/// Returns the head at the beginning of a line, also if it is not written correctly. `text` may have more lines.
pub(in crate::markdown) fn find_in_line(text: &str) -> Option<ClaimHead> {
    let line = text.lines().next().unwrap_or_default();
    if line.get(..MARKER.len()).is_some_and(|start| start.eq_ignore_ascii_case(MARKER)) {
        let is_misspelt = line.get(MARKER.len()..).is_some_and(|rest| rest.starts_with([':', '-', '+']));
        let misspelt = || split_misspelt_head(line, 0..MARKER.len(), MARKER.len());
        return Some(if is_misspelt { misspelt() } else { split_head(line) });
    }
    let bare = line.trim_start_matches(['*', '_', '#', ' ']);
    let inside = bare.strip_prefix("[!").or_else(|| bare.strip_prefix("[ !"))?;
    let inside_start = line.len() - inside.len();
    let word = inside.trim_start();
    let word_start = line.len() - word.len();
    let word = word.split([']', ' ', '\t', ':', '|']).next().unwrap_or_default();
    if !is_claim_word(word) {
        return None;
    }
    let closed = inside.find(']').map(|at| inside_start + at);
    let word_end = word_start + word.len();
    // In `[!claim id]`, the id is inside the brackets.
    let text_in_brackets = line.get(word_end..closed.unwrap_or(line.len())).unwrap_or_default();
    let has_id_in_brackets = !text_in_brackets.trim_matches([' ', '\t', ':', '|']).is_empty();
    match closed {
        Some(closed) if !has_id_in_brackets => Some(split_misspelt_head(line, 0..closed + 1, closed + 1)),
        Some(closed) => {
            let found = split_misspelt_head(line.get(..closed)?, 0..closed + 1, word_end);
            Some(ClaimHead { end: line.len(), ..found })
        }
        None => Some(split_misspelt_head(line, 0..word_end, word_end)),
    }
}

/// Finds `[claim] id`, without the exclamation mark, if the quotation also contains `::`.
fn find_without_exclamation_mark(quote: &str) -> Option<ClaimHead> {
    let line = quote.lines().next()?;
    let rest = line.strip_prefix("[claim]").or_else(|| line.strip_prefix("![claim]"))?;
    let marker = line.len() - rest.len();
    let found = split_misspelt_head(line, 0..marker, marker);
    (line.get(found.id.clone()).is_some_and(name::is_id) && found.title.is_empty() && quote.contains("::"))
        .then_some(found)
}

fn is_claim_word(word: &str) -> bool {
    let word = word.to_lowercase();
    word == CLAIM_WORD
        || word.chars().count() <= MAX_WORD_LENGTH && name::differ_by_one_typing_error(&word, CLAIM_WORD)
}

/// Returns the head of a line that begins with [`MARKER`].
fn split_head(line: &str) -> ClaimHead {
    let id = line.get(MARKER.len()..).unwrap_or_default().trim_start();
    let head = head_with_id(line, 0..MARKER.len(), line.len() - id.len(), id.trim_end());
    ClaimHead { is_exact: true, ..head }
}

/// Returns the head of a line whose marker is misspelt, and whose id begins at or after byte `from`. Punctuation
/// around the id is ignored.
fn split_misspelt_head(line: &str, marker: Range<usize>, from: usize) -> ClaimHead {
    let id = line.get(from..).unwrap_or_default();
    let id = id.trim_start_matches(['*', '_', ':', '-', '+', '|', ' ', '\t']);
    head_with_id(line, marker, line.len() - id.len(), id.trim_end_matches(['*', '_', ' ', '\t']))
}

/// Returns the head of a line in which `id`, perhaps with a title behind it, begins at byte `start`.
fn head_with_id(line: &str, marker: Range<usize>, start: usize, id: &str) -> ClaimHead {
    let end = start + id.len();
    let (first, title) = split_id_and_title(id).unwrap_or((id.len(), id.len()));
    ClaimHead {
        marker,
        id: start..start + first,
        title: start + title..end,
        end: line.len(),
        is_exact: false,
    }
}

/// Returns the byte where the id ends and the byte where the title begins, in a text such as `id: title` or
/// `the-id Title`.
fn split_id_and_title(text: &str) -> Option<(usize, usize)> {
    let (first, rest) = text.split_once([' ', '\t'])?;
    let id = first.trim_end_matches(':');
    let title = rest.trim_start_matches(['-', '–', '—', '|', ':', ' ', '\t']);
    let is_apart = id.len() < first.len() || id.contains('-') || title.len() < rest.trim_start().len();
    (is_apart && name::is_id(id) && !title.is_empty()).then_some((id.len(), text.len() - title.len()))
}

/// Creates the diagnostic for a head that is not written correctly or is not in the first line.
pub(in crate::markdown) fn head_problem(
    head: &ClaimHead,
    text: &str,
    span_of: impl Fn(&Range<usize>) -> Span,
) -> Diagnostic {
    let written = text.get(head.marker.clone()).unwrap_or_default();
    let message = if written.eq_ignore_ascii_case(MARKER) {
        match text.get(head.marker.end..head.id.start).map(str::trim) {
            Some(between) if !between.is_empty() => format!("`{between}` is after `{MARKER}`"),
            _ => "the head of a claim is not the first line of its quotation".to_owned(),
        }
    } else {
        format!("`{written}` is not the head of a claim")
    };
    let help = format!("write `> {}` as the first line of this quotation", head.corrected_line(text));
    Diagnostic::new(&rules::MALFORMED_CLAIMS, span_of(&head.marker), message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the marker, id and title of a block quotation, and whether its head is exact.
    #[track_caller]
    fn check(quote: &str, expected: Option<(&str, &str, &str, bool)>) {
        let of = |range: &Range<usize>| quote.get(range.clone()).expect("a place on character boundaries");
        let found = find_in_quotation(quote);
        let found =
            found.as_ref().map(|head| (of(&head.marker), of(&head.id), of(&head.title), head.is_exact));
        assert_eq!(found, expected, "{quote:?}");
    }

    #[test]
    fn heads_begin_with_their_marker() {
        check("> [!claim] a", Some(("[!claim]", "a", "", true)));
        check(">>\t[!CLAIM]a-b \n> x", Some(("[!CLAIM]", "a-b", "", true)));
        check("> [!claim]", Some(("[!claim]", "", "", true)));
        check("> [!claim] A title", Some(("[!claim]", "A title", "", true)));
        check("> [!claim] a: A title", Some(("[!claim]", "a", "A title", true)));
        check("> [!claim] a-b A title", Some(("[!claim]", "a-b", "A title", true)));
        check("> [!claim] a — A title\r\n", Some(("[!claim]", "a", "A title", true)));
        check("> [!claim] one two", Some(("[!claim]", "one two", "", true)));
    }

    #[test]
    fn near_misses_are_meant_as_heads() {
        let near = |quote: &str, marker: &str, id: &str| check(quote, Some((marker, id, "", false)));
        near("> [!claims] a", "[!claims]", "a");
        near("> [!cliam] a", "[!cliam]", "a");
        near("> [!сlaim] a", "[!сlaim]", "a");
        near("> [! claim] a", "[! claim]", "a");
        near("> [ !claim ] a", "[ !claim ]", "a");
        near("> **[!claim]** a", "**[!claim]", "a");
        near("> **[!claim] a**", "**[!claim]", "a");
        near("> ## [!claim] a", "## [!claim]", "a");
        near("> [!Claim]: a", "[!Claim]", "a");
        near("> [!claim]- a", "[!claim]", "a");
        near("> [!claim]+ a", "[!claim]", "a");
        near("> [!claim a]", "[!claim a]", "a");
        near("> [!claim|a]", "[!claim|a]", "a");
        near("> [!claim a", "[!claim", "a");
        near(">\n>  \n> [!claim] a", "[!claim]", "a");
        near("> [claim] a\n> - by:: b", "[claim]", "a");
        near("> ![claim] a\n> - by:: b", "![claim]", "a");
        near("> [!claims]", "[!claims]", "");
    }

    #[test]
    fn everything_else_is_prose() {
        for quote in [
            "> [!note] claim",
            "> [!fail] a",
            "> [!acclaim] a",
            "> [!claimant] a",
            "> \\[!claim] a",
            "> `[!claim]` a",
            "> Text [!claim] a",
            "> [claim] a",
            "> [claim] it is so\n> a::b",
            "> [claim](claim:a)",
            "> claim",
            "> [!",
            ">",
            "",
        ] {
            check(quote, None);
        }
    }
}
