//! Finds where front matter ends. Front matter must begin at the first line of the file that is not blank.

use std::ops::Range;

/// Language of a front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Language {
    /// YAML, between two lines `---`.
    Yaml,
    /// TOML, between two lines `+++`.
    Toml,
}

/// The front matter and the body of a file.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::markdown) struct Split {
    /// Language and range of the front matter between its fences.
    pub(in crate::markdown) front_matter: Option<(Language, Range<usize>)>,
    /// Range of an opening fence that is never closed.
    pub(in crate::markdown) unclosed: Option<Range<usize>>,
    /// Range of the text after the front matter.
    pub(in crate::markdown) body: Range<usize>,
}

/// Splits a text at its fences. A byte order mark and blank lines may precede the first fence, because editors
/// and programs that join files write them.
pub(in crate::markdown) fn split(text: &str) -> Split {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut split = Split { front_matter: None, unclosed: None, body: start..text.len() };
    let mut lines = lines(text, start).skip_while(|(_, line)| line.is_empty());
    let (start, language) = match lines.next() {
        Some((range, "---")) => (range.start, Language::Yaml),
        Some((range, "+++")) => (range.start, Language::Toml),
        _ => return split,
    };
    let fence = if language == Language::Yaml { "---" } else { "+++" };
    let mut inner = None;
    for (range, line) in lines {
        let first = *inner.get_or_insert(range.start);
        if line == fence {
            split.front_matter = Some((language, first..range.start));
            split.body = range.end..text.len();
            return split;
        }
    }
    split.unclosed = Some(start..start + fence.len());
    split.body = inner.unwrap_or(text.len())..text.len();
    split
}

/// Returns the lines after byte `start`: the range of each line with its line break, and its text without white
/// space at the end.
fn lines(text: &str, mut start: usize) -> impl Iterator<Item = (Range<usize>, &str)> {
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').map_or(rest.len(), |offset| offset + 1);
        let range = start..start + length;
        start += length;
        Some((range.clone(), text.get(range)?.trim_end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, front_matter: Option<&str>, body: &str) {
        let split = split(text);
        let found = split.front_matter.and_then(|(_, range)| text.get(range));
        assert_eq!(found, front_matter, "{text:?}");
        assert_eq!(text.get(split.body), Some(body), "{text:?}");
    }

    #[test]
    fn front_matter_begins_at_the_first_line_that_is_not_blank() {
        check("---\na: 1\n---\nText\n", Some("a: 1\n"), "Text\n");
        check("+++\r\na = 1\r\n+++\r\nText", Some("a = 1\r\n"), "Text");
        check("\u{feff}---\na: 1\n---\nText", Some("a: 1\n"), "Text");
        check("\n \t\r\n---\na: 1\n---\nText", Some("a: 1\n"), "Text");
        check("\u{feff}\n\n+++\na = 1\n+++\nText", Some("a = 1\n"), "Text");
        check("\n\nText\n---\na: 1\n---\n", None, "\n\nText\n---\na: 1\n---\n");
        check("\n\n", None, "\n\n");
        check("---\n---\n", Some(""), "");
        check("Text\n---\na: 1\n---\n", None, "Text\n---\na: 1\n---\n");
        check("", None, "");
    }

    #[test]
    fn what_follows_a_fence_that_is_never_closed_is_text() {
        let split = split("---\na: 1\nText");
        assert_eq!(split.unclosed, Some(0..3));
        assert_eq!(split.body, 4..13);
        assert_eq!(super::split("\n\n---\na: 1\nText").unclosed, Some(2..5));
    }
}
