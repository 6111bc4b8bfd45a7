//! Finds merge conflicts that are not resolved, by the lines that Git writes around the two versions of a passage.

use std::ops::Range;

use crate::source::Span;

use super::{Diagnostic, rules};

const START: &str = "<<<<<<< ";
const END: &str = ">>>>>>> ";

/// Returns the byte range of the first line of each conflict in a text. If one of the lines of a conflict was deleted,
/// the range is that of a line that is left. A line `=======` alone is not reported, since it underlines headings.
pub fn find_merge_conflicts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains(START) && !text.contains(END) {
        return found;
    }
    // The first line of the conflict that is open.
    let mut open: Option<Range<usize>> = None;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        let line = line.trim_end();
        let range = start..start + line.len();
        if line.starts_with(START) {
            found.extend(open.replace(range));
        } else if line.strip_prefix(END).is_some_and(|name| open.is_some() || is_branch_name(name)) {
            found.push(open.take().unwrap_or(range));
        }
    }
    found.extend(open);
    found
}

/// Whether Git writes a text behind the last mark of a conflict: the name of a branch, or a digest with a message in
/// parentheses. Seven marks of quotations before other words are quotations.
fn is_branch_name(text: &str) -> bool {
    let text = text.trim();
    let (name, rest) = text.split_once(' ').map_or((text, None), |(name, rest)| (name, Some(rest)));
    !name.is_empty() && rest.is_none_or(|rest| rest.starts_with('(') && rest.ends_with(')'))
}

/// Returns the diagnostic for a conflict whose first line is at `span`.
pub fn merge_conflict_error(span: Span) -> Diagnostic {
    Diagnostic::new(&rules::MERGE_CONFLICTS, span, "a merge conflict begins here").help(
        "keep what is right of the two versions, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            find_merge_conflicts(text).into_iter().map(|place| text.get(place).expect("a place")).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn conflicts_are_found() {
        check("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n", &["<<<<<<< HEAD"]);
        check("é\r\n\r\n<<<<<<< a\r\n||||||| b\r\n=======\r\n>>>>>>> c", &["<<<<<<< a"]);
        let conflict = "<<<<<<< a\n=======\n>>>>>>> b\n";
        check(&[conflict, conflict].concat(), &["<<<<<<< a", "<<<<<<< a"]);
        check("a\n<<<<<<< b\n", &["<<<<<<< b"]);
        check("a\n>>>>>>> fix/b\n", &[">>>>>>> fix/b"]);
        check(">>>>>>> 1a2b3c4 (Correct the figure)\n", &[">>>>>>> 1a2b3c4 (Correct the figure)"]);
    }

    #[test]
    fn other_lines_of_these_letters_are_text() {
        for text in
            ["Heading\n=======\n\n>>>>>>> quoted by seven\n", "    <<<<<<< a\n", "a <<<<<<< b\n", "======="]
        {
            check(text, &[]);
        }
    }
}
