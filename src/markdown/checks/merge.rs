//! Finds merge conflicts that are not resolved, by the lines that Git writes around the two versions of a
//! passage. Markdown reads these lines as text, a heading and seven nested block quotations. In code blocks, they
//! are meant as text and are not reported.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::{Diagnostic, rules};
use crate::source::Span;

use crate::markdown::inline::PlacedEvent;

const START: &str = "<<<<<<< ";
const MIDDLE: &str = "=======";
const END: &str = ">>>>>>> ";

/// Returns the first line of each conflict in `text`, given its events.
pub(in crate::markdown) fn find(events: &[PlacedEvent<'_>], text: &str) -> Vec<Range<usize>> {
    let is_code = |place: &Range<usize>| {
        let blocks = events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))));
        blocks.map(|(_, block)| block).any(|block| block.contains(&place.start))
    };
    let mut found = conflicts(text);
    found.retain(|place| !is_code(place));
    found
}

/// Returns the first line of each conflict in a text that is not Markdown.
pub(in crate::markdown) fn conflicts(text: &str) -> Vec<Range<usize>> {
    if !text.contains(START) {
        return Vec::new();
    }
    let mut found = Vec::new();
    // The first line of the conflict that is open, and whether its middle line was found.
    let mut open: Option<(Range<usize>, bool)> = None;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        let line = line.trim_end();
        open = match open {
            _ if line.starts_with(START) => Some((start..start + line.len(), false)),
            Some((place, _)) if line == MIDDLE => Some((place, true)),
            Some((place, true)) if line.starts_with(END) => {
                found.push(place);
                None
            }
            same => same,
        };
    }
    found
}

/// Creates the diagnostic for a conflict that begins at `span`.
pub(in crate::markdown) fn problem(span: Span) -> Diagnostic {
    Diagnostic::new(&rules::MERGE_CONFLICTS, span, "a merge conflict begins here").help(
        "keep what is right of the two versions, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parser;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let events: Vec<PlacedEvent<'_>> = parser(text).into_offset_iter().collect();
        let found: Vec<&str> =
            find(&events, text).into_iter().map(|place| text.get(place).expect("a place")).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn conflicts_are_found() {
        check("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n", &["<<<<<<< HEAD"]);
        check("é\r\n\r\n<<<<<<< a\r\n||||||| b\r\n=======\r\n>>>>>>> c", &["<<<<<<< a"]);
        let conflict = "<<<<<<< a\n=======\n>>>>>>> b\n";
        check(&[conflict, conflict].concat(), &["<<<<<<< a", "<<<<<<< a"]);
    }

    #[test]
    fn other_lines_of_these_letters_are_text() {
        for text in [
            "Heading\n=======\n\n>>>>>>> quoted\n",
            "<<<<<<< a\n>>>>>>> b\n",
            "```\n<<<<<<< a\n=======\n>>>>>>> b\n```\n",
            "    <<<<<<< a\n    =======\n    >>>>>>> b\n",
            "a <<<<<<< b\n=======\n>>>>>>> c\n",
        ] {
            check(text, &[]);
        }
    }
}
