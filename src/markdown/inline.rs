//! Converts the Markdown events of one line to a [`LinkedText`], and looks at events with their places.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use crate::name;

use crate::document::{Inline, LinkedText};
use crate::source::{FileId, SourceFile, Span};

use crate::markdown::destination::is_markdown_path;
use crate::markdown::events;

/// An event and its byte range in the text that was parsed.
pub(in crate::markdown) type PlacedEvent<'a> = (Event<'a>, Range<usize>);

/// Returns the index of the event that ends the element which begins at `start`.
pub(in crate::markdown) fn end_index(events: &[PlacedEvent<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    events.len().saturating_sub(1)
}

/// Returns the destination of a link as written. A wikilink names a claim, unless it has a scheme or is a path,
/// an anchor or a Markdown file. In a table, the parser includes the backslash before the bar of a wikilink.
pub(in crate::markdown) fn destination(link_type: LinkType, destination: &CowStr<'_>) -> String {
    match link_type {
        LinkType::WikiLink { .. } => {}
        LinkType::Email => return format!("mailto:{destination}"),
        _ => return destination.to_string(),
    }
    let name = destination.trim_end_matches('\\').trim();
    if name.contains(':') || name.starts_with(['/', '#']) || is_markdown_path(name) {
        name.to_owned()
    } else {
        format!("claim:{name}")
    }
}

/// Converts what only looks like a wikilink: `[[1, 2], [3, 4]]` and `[[ -f file ]]` are text, since they cannot name a
/// claim, and `[[1]](https://example.org/)` is a link with brackets in its words (CommonMark 6.3).
pub(in crate::markdown) fn fix_double_brackets<'a>(events: &mut Vec<PlacedEvent<'a>>, text: &'a str) {
    let mut index = 0;
    while let Some((event, range)) = events.get(index) {
        if let Event::Start(Tag::Link {
            link_type: LinkType::WikiLink { has_pothole: false },
            dest_url,
            ..
        }) = event
        {
            let (is_text, range) = (!could_be_claim_name(dest_url), range.clone());
            let ends =
                text.get(range.start..range.start + 2).zip(text.get(range.end.saturating_sub(2)..range.end));
            let is_address = convert_to_bracketed_link(events, index, &range, text);
            if let Some((open, close)) = ends.filter(|ends| is_text && !is_address && *ends == ("[[", "]]")) {
                let end = end_index(events, index);
                events[index] = (Event::Text(open.into()), range.start..range.start + 2);
                events[end] = (Event::Text(close.into()), range.end - 2..range.end);
            }
        }
        index += 1;
    }
}

/// Converts a wikilink that has an address behind it into a link with brackets in its words. Returns whether it has.
fn convert_to_bracketed_link<'a>(
    events: &mut Vec<PlacedEvent<'a>>,
    index: usize,
    range: &Range<usize>,
    text: &'a str,
) -> bool {
    let Some(rest_of_text) = text.get(range.end..).and_then(|behind| behind.strip_prefix('(')) else {
        return false;
    };
    let Some(address) = rest_of_text.split_once(')').map(|(address, _)| address) else { return false };
    let end = end_index(events, index);
    let after = range.end + 1 + address.len() + 1;
    let Some((Event::Text(words), next)) = events.get(end + 1) else { return false };
    let is_whole =
        text.get(next.clone()) == Some(words.as_ref()) && next.start == range.end && after <= next.end;
    if !is_whole || address.is_empty() || address.contains(char::is_whitespace) {
        return false;
    }
    let rest = after..next.end;
    events[end + 1] = (Event::Text(text.get(rest.clone()).unwrap_or_default().into()), rest);
    events[end].1 = range.start..after;
    let tag = Tag::Link {
        link_type: LinkType::Inline,
        dest_url: address.into(),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    };
    events.insert(end, (Event::Text("]".into()), range.end - 2..range.end - 1));
    events[index] = (Event::Start(tag), range.start..after);
    events.insert(index + 1, (Event::Text("[".into()), range.start + 1..range.start + 2));
    true
}

/// Whether the text of a wikilink can be a name. Brackets, lists of numbers and conditions of a shell cannot.
fn could_be_claim_name(destination: &str) -> bool {
    let name = destination.trim_end_matches('\\').trim();
    let is_number_or_separator = |letter: char| letter.is_ascii_digit() || ",;. +-".contains(letter);
    let is_apart = destination.starts_with(' ') && name.contains(' ');
    let is_list = !name.is_empty() && name.chars().all(is_number_or_separator);
    !is_list && (name::is_id(name) || !(name.contains(['[', ']']) || name.starts_with('-') || is_apart))
}

/// Returns the plain text of events. Inline HTML tags are left out, because they remain tags on the page.
pub(in crate::markdown) fn plain_text(events: &[PlacedEvent<'_>]) -> String {
    let is_text = |event: &Event<'_>| !matches!(event, Event::InlineHtml(_));
    let mut text = String::new();
    for (event, _) in events.iter().filter(|(event, _)| is_text(event)) {
        push_literal(event, &mut text);
    }
    text
}

/// Returns the plain text of events in a claim. Claims have no markup, so raw HTML is included as written, except
/// for comments.
pub(in crate::markdown) fn literal_text(events: &[PlacedEvent<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        push_literal(event, &mut text);
    }
    text
}

fn push_literal(event: &Event<'_>, text: &mut String) {
    match event {
        Event::InlineHtml(part) if part.starts_with("<!--") => {}
        Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) => text.push_str(part),
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        _ => {}
    }
}

/// Converts events to text with links. The ranges of the events are relative to byte `offset` of the file.
pub(in crate::markdown) fn linked_text(events: &[PlacedEvent<'_>], span: Span, offset: usize) -> LinkedText {
    let mut rich = LinkedText::empty(span);
    let mut index = 0;
    while let Some((event, range)) = events.get(index) {
        match event {
            Event::InlineHtml(part) if part.starts_with("<!--") => {}
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => rich.push_text(text),
            Event::SoftBreak | Event::HardBreak => rich.push_text(" "),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let end = end_index(events, index);
                rich.pieces.push(Inline::Link {
                    destination: destination(*link_type, dest_url),
                    text: literal_text(&events[index..end]),
                    span: Span::new(span.file, range.start + offset..range.end + offset),
                });
                index = end;
            }
            _ => {}
        }
        index += 1;
    }
    rich
}

/// Converts a value in front matter to text with links. Spans of links are exact if the file contains the value
/// unchanged. Otherwise they are the span of the whole value.
pub(in crate::markdown) fn linked_text_of_value(
    file: FileId,
    source: &SourceFile,
    text: &str,
    span: Span,
) -> LinkedText {
    if text.trim().is_empty() {
        return LinkedText::empty(span);
    }
    // With a word before the value, Markdown reads it as a paragraph, whatever it begins with.
    let wrapped = format!("x {text}");
    let events = events(&wrapped);
    let exact = source.slice(span).find(text).map(|at| span.start as usize + at);
    let whole = Span { file, ..span };
    let mut rich = linked_text(&events, whole, 0);
    for piece in &mut rich.pieces {
        match piece {
            Inline::Link { span: link_span, .. } => {
                *link_span = exact.map_or(whole, |at| {
                    let range = link_span.range();
                    Span::new(file, at + range.start.saturating_sub(2)..at + range.end.saturating_sub(2))
                });
            }
            Inline::Text(_) => {}
        }
    }
    if let Some(Inline::Text(first)) = rich.pieces.first_mut() {
        *first = first.strip_prefix("x ").unwrap_or(first).to_owned();
    }
    rich
}

/// Whether a tag begins a block.
pub(in crate::markdown) fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    /// Each link as its words and destination, and all words.
    fn links(text: &str) -> (Vec<(String, String)>, String) {
        let events = events(text);
        let links = events.iter().enumerate().filter_map(|(index, (event, _))| match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let words = plain_text(&events[index..end_index(&events, index)]);
                Some((words, destination(*link_type, dest_url)))
            }
            _ => None,
        });
        (links.collect(), plain_text(&events))
    }

    #[test]
    fn doubled_brackets_with_an_address_are_a_link() {
        let link = |words: &str, address: &str| (words.to_owned(), address.to_owned());
        let (found, words) = links("See [[1]](https://example.org/1), [[é b]](/c/) and [[a]].");
        assert_eq!(found, [link("[1]", "https://example.org/1"), link("[é b]", "/c/"), link("a", "claim:a")]);
        assert_eq!(words, "See [1], [é b] and a.");
        for text in ["[[1]] (see below)", "[[1]](see below)", "[[1]][r]", "[[2, 3]]", "[[1]]("] {
            let (found, words) = links(text);
            assert_eq!(found, []);
            assert_eq!(words, text);
        }
    }

    #[test]
    fn comments_are_not_part_of_a_value() {
        let text = "A Lab <!-- or B? -->";
        let sources = Sources::from_texts([("content/claims/a.md", text)]);
        let (file, source) = sources.iter().next().expect("a file");
        let value = linked_text_of_value(file, source, text, Span::new(file, 0..text.len()));
        assert_eq!(value.plain(), "A Lab");
    }
}
