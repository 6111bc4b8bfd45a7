//! Finds text that Markdown does not read as its author meant it: links that a space or a bracket breaks, table
//! cells and link definitions that are not shown, and code blocks that are never closed. The events of a body in,
//! the ranges out.
//!
//! A broken link is reported only if it names something in the book or has a full address. Other brackets are
//! prose. An escaped bracket is meant as text, and so is a bracket after a backtick, which was meant to begin
//! code.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::document::UnreadKind;
use crate::name;

use crate::markdown::checks::UnreadRange;
use crate::markdown::checks::definitions;
use crate::markdown::destination::is_markdown_path;
use crate::markdown::head;
use crate::markdown::inline::{PlacedEvent, end_index};

/// Schemes of links to things in the book.
const BOOK_SCHEMES: [&str; 6] = ["claim:", "speaker:", "metric:", "source:", "article:", "tag:"];
const WEB_SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];
/// Most characters of an address that are searched.
const MAX_ADDRESS_LENGTH: usize = 400;

/// Returns the ranges of `text` that Markdown does not read as meant, given its events.
pub(in crate::markdown) fn find_unread_text(events: &[PlacedEvent<'_>], text: &str) -> Vec<UnreadRange> {
    let mut search = UnreadSearch { text, found: Vec::new(), run: 0..0, row: None };
    let mut footnotes = HashSet::new();
    let mut index = 0;
    while let Some((event, range)) = events.get(index) {
        match event {
            Event::Text(_) => search.add_text(range),
            Event::Start(Tag::Link { link_type, .. })
                if !matches!(link_type, LinkType::WikiLink { .. }) && is_link_without_text(events, index) =>
            {
                search.end_run();
                search.found.push((UnreadKind::NoWords, range.clone()));
            }
            Event::Start(Tag::Link { title, dest_url, .. })
                if !title.is_empty() && has_scheme(dest_url.trim_start(), "claim:") =>
            {
                search.end_run();
                search.found.push((UnreadKind::Title, range.clone()));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                if let (CodeBlockKind::Fenced(_), Some(bad)) = (kind, fence_problem(text, range)) {
                    search.end_run();
                    search.found.push(bad);
                }
                index = end_index(events, index);
            }
            Event::Start(Tag::BlockQuote(_))
                if text.get(range.clone()).is_some_and(|quote| head::find_in_quotation(quote).is_some()) =>
            {
                index = end_index(events, index);
            }
            Event::Start(Tag::FootnoteDefinition(label)) if !footnotes.insert(label.to_lowercase()) => {
                let start =
                    range.start + text.get(range.clone()).and_then(|note| note.find('[')).unwrap_or(0);
                search.end_run();
                search.found.push((UnreadKind::RepeatedFootnote, start..start + label.len() + 3));
            }
            Event::Start(Tag::HtmlBlock) if is_verbatim_html(text, range) => index = end_index(events, index),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                search.row = Some(Row { last_cell_end: range.start, has_cut_wikilink: false });
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => search.end_row(range),
            Event::End(TagEnd::TableCell) => search.end_cell(range),
            _ => {}
        }
        index += 1;
    }
    search.end_run();
    search.found.extend(definitions::find_unused_definitions(events, text));
    search.found
}

/// Returns what is wrong with the fences of a code block, with the range of its opening fence.
fn fence_problem(text: &str, range: &Range<usize>) -> Option<UnreadRange> {
    let block = text.get(range.clone())?;
    let start = block.len() - block.trim_start().len();
    let mark = block.trim_start().chars().next()?;
    let length = |line: &str| line.chars().take_while(|letter| *letter == mark).count();
    let fence = length(block.trim_start());
    let inner = || block.lines().skip(1).map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end());
    let last = inner().last().unwrap_or_default();
    let is_closed = length(last) >= fence && last.chars().all(|letter| letter == mark);
    let begins_another = |line: &str| length(line) == fence && line.len() > fence && !line.contains(' ');
    let kind = match is_closed {
        false => UnreadKind::OpenCode,
        true if inner().any(begins_another) => UnreadKind::JoinedCode,
        true => return None,
    };
    Some((kind, range.start + start..range.start + start + fence))
}

/// Whether the link that begins at `index` has no visible text.
fn is_link_without_text(events: &[PlacedEvent<'_>], index: usize) -> bool {
    let is_end = |at: usize| matches!(events.get(at), Some((Event::End(TagEnd::Link), _)));
    let is_blank = |at: usize| matches!(events.get(at), Some((Event::Text(text), _)) if name::is_blank(text));
    is_end(index + 1) || (is_blank(index + 1) && is_end(index + 2))
}

/// Whether a block of raw HTML shows its text as it is written.
fn is_verbatim_html(text: &str, range: &Range<usize>) -> bool {
    let start: String = text.get(range.clone()).unwrap_or_default().trim_start().chars().take(9).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<pre") || start.starts_with("<textarea")
}

/// A row of a table.
struct Row {
    /// Byte where the last cell of the row ends.
    last_cell_end: usize,
    /// Whether a bar has cut a wikilink in the row, so that the row has an extra cell.
    has_cut_wikilink: bool,
}

struct UnreadSearch<'a> {
    text: &'a str,
    found: Vec<UnreadRange>,
    /// Range of consecutive text without markup or escapes.
    run: Range<usize>,
    row: Option<Row>,
}

impl UnreadSearch<'_> {
    fn add_text(&mut self, range: &Range<usize>) {
        if range.start == self.run.end {
            self.run.end = range.end;
        } else if range.start > self.run.end {
            self.end_run();
            self.run = range.clone();
        }
    }

    fn end_cell(&mut self, range: &Range<usize>) {
        self.end_run();
        if let Some(row) = &mut self.row {
            row.last_cell_end = range.end;
        }
    }

    fn end_row(&mut self, range: &Range<usize>) {
        let Some(row) = self.row.take() else { return };
        let rest = self.text.get(row.last_cell_end..range.end).unwrap_or_default();
        let cells = rest.trim_start_matches(['|', ' ', '\t', '\r', '\n']);
        let start = range.end - cells.len();
        let cells = cells.trim_end_matches(['|', ' ', '\t', '\r', '\n']);
        if !cells.is_empty() && !row.has_cut_wikilink {
            self.found.push((UnreadKind::Cells, start..start + cells.len()));
        }
    }

    fn end_run(&mut self) {
        let run = std::mem::replace(&mut self.run, 0..0);
        self.run = run.end..run.end;
        for (kind, range) in broken_links(self.text, run.clone()) {
            let (start, end) = (range.start, range.end);
            let is_cut = kind == UnreadKind::OpenWikilink && end == run.end;
            let kind = match &mut self.row {
                Some(row) if is_cut => {
                    row.has_cut_wikilink = true;
                    UnreadKind::Bar
                }
                _ => kind,
            };
            // The second bracket of `[[` is part of the mistake that was found at the first.
            if self.found.last().is_none_or(|(_, last)| last.end <= start) {
                self.found.push((kind, start..end));
            }
        }
    }
}

/// Returns the first link in a value that Markdown does not read as a link, as written.
pub(in crate::markdown) fn find_in_value(value: &str) -> Option<(UnreadKind, &str)> {
    let found = broken_links(value, 0..value.len());
    let link = found.into_iter().find(|(kind, _)| !matches!(kind, UnreadKind::Footnote(_)));
    link.and_then(|(kind, range)| Some((kind, value.get(range)?)))
}

/// Returns the mistakes in a range of `text` that has no markup, each with its range.
fn broken_links(text: &str, run: Range<usize>) -> Vec<UnreadRange> {
    let mut found = Vec::new();
    // Whether the last opening bracket or parenthesis is escaped.
    let mut is_escaped = false;
    for (at, bracket) in text.get(run.clone()).unwrap_or_default().match_indices(['[', ']', '(', ')']) {
        let at = run.start + at;
        let rest = text.get(at + 1..run.end).unwrap_or_default();
        if text.get(..at).is_some_and(|before| before.ends_with(['\\', '`'])) {
            is_escaped = true;
            continue;
        }
        let problem = match bracket {
            "[" => {
                is_escaped = false;
                check_wikilink(rest).or_else(|| check_footnote(rest))
            }
            "(" => {
                is_escaped = false;
                None
            }
            _ if is_escaped => None,
            "]" => check_after_link_text(rest),
            _ => check_reversed_brackets(rest),
        };
        found.extend(problem.map(|(kind, length)| (kind, at..at + 1 + length)));
    }
    found
}

/// Returns the mistake after `]`, and its length in bytes.
fn check_after_link_text(rest: &str) -> Option<(UnreadKind, usize)> {
    if let Some(address) = rest.strip_prefix('(') {
        let (inner, is_closed) = text_before(address, ')');
        let length = 1 + inner.len() + usize::from(is_closed);
        if !is_book_address(inner) && !WEB_SCHEMES.iter().any(|scheme| has_scheme(inner.trim_start(), scheme))
        {
            return None;
        }
        let kind = match is_closed {
            false => UnreadKind::Open,
            true if inner.contains(char::is_whitespace) => UnreadKind::Spaces(corrected_address(inner)),
            true => UnreadKind::Within,
        };
        return Some((kind, length));
    }
    if let Some(address) = rest.strip_prefix(" (") {
        let (inner, is_closed) = text_before(address, ')');
        return (is_closed && is_book_address(inner)).then_some((UnreadKind::Gap, inner.len() + 3));
    }
    let (inner, is_closed) = text_before(rest.strip_prefix('[')?, ']');
    (is_closed && is_book_address(inner)).then_some((UnreadKind::Brackets, inner.len() + 2))
}

/// Finds an exchanged bracket pair, `)[address]`.
fn check_reversed_brackets(rest: &str) -> Option<(UnreadKind, usize)> {
    let (inner, is_closed) = text_before(rest.strip_prefix('[')?, ']');
    (is_closed && is_book_address(inner)).then_some((UnreadKind::Reversed, inner.len() + 2))
}

/// Finds a wikilink without an end, `[[id`, or without an id, `[[]]`.
fn check_wikilink(rest: &str) -> Option<(UnreadKind, usize)> {
    let rest = rest.strip_prefix('[')?;
    let line = first_line(rest);
    if let Some((inner, _)) = line.split_once("]]") {
        return name::is_blank(inner).then_some((UnreadKind::NoName, 1 + inner.len() + 2));
    }
    let name = line.split(['|', ']']).next().unwrap_or_default().trim();
    (name::is_id(name) || is_book_address(name)).then_some((UnreadKind::OpenWikilink, 1 + line.len()))
}

/// Finds a reference to a footnote, `[^label]`.
fn check_footnote(rest: &str) -> Option<(UnreadKind, usize)> {
    let (label, is_closed) = text_before(rest.strip_prefix('^')?, ']');
    let is_label = |letter: char| letter.is_alphanumeric() || "-_.:".contains(letter);
    let is_reference =
        is_closed && !label.is_empty() && label.chars().all(is_label) && !is_character_class(label);
    is_reference.then(|| (UnreadKind::Footnote(label.to_owned()), label.len() + 2))
}

/// Whether a label is more likely a set in a regular expression, such as `a-z` or `a-zA-Z`.
fn is_character_class(label: &str) -> bool {
    let letters: Vec<char> = label.chars().take(5).collect();
    letters.get(1) == Some(&'-') && (letters.len() == 3 || letters.get(4) == Some(&'-'))
}

/// Returns the text before `end` on the same line, and whether `end` was found.
fn text_before(text: &str, end: char) -> (&str, bool) {
    let line = first_line(text);
    match line.split_once(end) {
        Some((inner, _)) => (inner, true),
        None => (line.trim_end(), false),
    }
}

/// Returns the first line, cut to the length of the longest address.
fn first_line(text: &str) -> &str {
    let end =
        text.char_indices().take(MAX_ADDRESS_LENGTH).find(|(_, letter)| *letter == '\n').map(|(at, _)| at);
    let end =
        end.or_else(|| text.char_indices().nth(MAX_ADDRESS_LENGTH).map(|(at, _)| at)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Whether an address names something in the book.
fn is_book_address(address: &str) -> bool {
    let address = address.trim();
    let path = address.split(['#', '"']).next().unwrap_or_default();
    BOOK_SCHEMES.iter().any(|scheme| has_scheme(address, scheme))
        || (is_markdown_path(path.trim_end()) && !path.contains('['))
}

fn has_scheme(address: &str, scheme: &str) -> bool {
    address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// Returns the corrected address. Spaces become `-` in ids, and `%20` in all other addresses.
fn corrected_address(address: &str) -> String {
    let address = address.trim();
    match address
        .split_once(':')
        .filter(|(scheme, _)| BOOK_SCHEMES.iter().any(|ours| has_scheme(ours, scheme)))
    {
        Some((scheme, rest)) => format!("{scheme}:{}", rest.split_whitespace().collect::<Vec<_>>().join("-")),
        None => address.split_whitespace().collect::<Vec<_>>().join("%20"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::checks::check_unread;

    #[track_caller]
    fn check(text: &str, expected: &[(UnreadKind, &str)]) {
        check_unread(find_unread_text, text, expected);
    }

    #[test]
    fn links_that_are_no_links() {
        let spaces = |address: &str| UnreadKind::Spaces(address.to_owned());
        check("See [a](claim: x).", &[(spaces("claim:x"), "](claim: x)")]);
        check("See [*a*](claim:x y).", &[(spaces("claim:x-y"), "](claim:x y)")]);
        check("[a](b c.md#d)", &[(spaces("b%20c.md#d"), "](b c.md#d)")]);
        check(
            "[a](https://example.org/b c)",
            &[(spaces("https://example.org/b%20c"), "](https://example.org/b c)")],
        );
        check("(text)[claim:x]", &[(UnreadKind::Reversed, ")[claim:x]")]);
        check("[text] (Claim:x)", &[(UnreadKind::Gap, "] (Claim:x)")]);
        check("[text][claim:x]", &[(UnreadKind::Brackets, "][claim:x]")]);
        check("[text](claim:x and\nmore", &[(UnreadKind::Open, "](claim:x and")]);
        check("[[x|words", &[(UnreadKind::OpenWikilink, "[[x|words")]);
        check("[[]] and [[x]]", &[(UnreadKind::NoName, "[[]]")]);
        check("a[^é]\n\n[^é]: One.\n\n[^É]: Two.\n", &[(UnreadKind::RepeatedFootnote, "[^É]")]);
        check("é[^x] and [^y]\n\n[^y]: Note.", &[(UnreadKind::Footnote("x".to_owned()), "[^x]")]);
        check(
            "See [ ](claim:x), [[y| and [](https://example.org/).",
            &[
                (UnreadKind::NoWords, "[ ](claim:x)"),
                (UnreadKind::OpenWikilink, "[[y| and "),
                (UnreadKind::NoWords, "[](https://example.org/)"),
            ],
        );
        check("[a](claim:x \"b\") [a](/x/ \"b\")", &[(UnreadKind::Title, "[a](claim:x \"b\")")]);
        check("[a [b](claim:x) c](claim:y)", &[(UnreadKind::Within, "](claim:y)")]);
    }

    #[test]
    fn brackets_in_prose_are_prose() {
        for text in [
            "[a](claim:x) [[x]] ![[x]] [a][b] [1] (see below) f(x)[0] [x] (https://example.org/)",
            "\\[a](claim: x) and [a\\](claim: x) and \\[[x and \\[^x] and \\(a)[claim:x]",
            "`[a](claim: x)` and [a](<claim:x y>)",
            "    [a](claim: x)",
            "```\n[a](claim: x) [^x]\n```",
            "> ~~~~ a\n> b\n> ~~~~~ \n\n- ```\n  ```",
            "````markdown\n```js\n```\n````\n\n```\n~~~js\n``` not the end\n```",
            "> [!claim] a\n> **b [c](claim: x)**",
            "[[1, 2], [3, 4]] and [[ -f x",
            "[^ ] and [^",
            "[^a-z] and [^a-zA-Z0-9_]+",
            "[![](/a.png)](claim:x) and [`a`](claim:x)",
            "[a](b c)",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn code_blocks_that_are_never_closed() {
        check("Text.\n\n```text\n[a](claim: x)\n", &[(UnreadKind::OpenCode, "```")]);
        check("- ~~~~\n  a\n  ~~~\n\nText.", &[(UnreadKind::OpenCode, "~~~~")]);
        check("> ```\n> a\n\n```", &[(UnreadKind::OpenCode, "```"), (UnreadKind::OpenCode, "```")]);
        check("```\n``` a\n", &[(UnreadKind::OpenCode, "```")]);
        check("```js\nx\n\nText.\n\n```js\ny\n```\n", &[(UnreadKind::JoinedCode, "```")]);
        check("> ~~~\n> ~~~rust\n> ~~~\n", &[(UnreadKind::JoinedCode, "~~~")]);
    }

    #[test]
    fn cells_without_a_column_are_lost() {
        let table = |row: &str| format!("| a | b |\n|---|---|\n{row}\n\nText.");
        check(&table("| 1 | 2 | 3 *é* | 4 |"), &[(UnreadKind::Cells, "3 *é* | 4")]);
        check(&table("1 | 2 | 3"), &[(UnreadKind::Cells, "3")]);
        check(&table("| [[x|y]] | 2 |"), &[(UnreadKind::Bar, "[[x")]);
        check(&table("| [[x|y]] |"), &[(UnreadKind::Bar, "[[x")]);
        check(&table("| `a|b` | 2 |"), &[(UnreadKind::Cells, "2")]);
        for row in [
            "| 1 | 2 |",
            "| 1 | 2 | |",
            "| 1 |",
            "| [[x\\|y]] | 2 |",
            "| a \\| b | 2 |",
            "| `[[x|y]]` |",
            "| 1 | 2 |  ",
        ] {
            check(&table(row), &[]);
        }
    }
}
