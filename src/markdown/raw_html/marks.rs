//! Lists the tokens of raw HTML in the events of a text, each with its place in the text.

use std::ops::Range;

use pulldown_cmark::{Event, Tag as Block, TagEnd};

use crate::html::{RawText, Tag, Token, read};
use crate::markdown::inline::{PlacedEvent, end_of, is_block};

/// One token of raw HTML.
pub(super) struct RawToken {
    /// Index of the event of the tag, or of the event that begins its HTML block.
    pub(super) event: usize,
    /// Number of the paragraph, table cell or HTML block that contains the token.
    pub(super) group: usize,
    /// Whether the token is part of an HTML block.
    pub(super) is_block: bool,
    pub(super) place: Range<usize>,
    /// The token as it is written.
    pub(super) source: String,
    pub(super) part: TokenKind,
    pub(super) fate: TokenAction,
}

impl RawToken {
    /// Returns the place of the first line of the token, or of the whole token if the text does not contain it
    /// unchanged.
    pub(super) fn first_line(&self) -> Range<usize> {
        let line = self.source.lines().next().unwrap_or_default();
        let is_exact = self.place.len() == self.source.len();
        if is_exact { self.place.start..self.place.start + line.len() } else { self.place.clone() }
    }
}

pub(super) enum TokenKind {
    Start(Tag),
    End(String),
    Text(String),
    /// A comment.
    Comment,
    /// Text that only looks like markup, such as `<!x>` and `<?x>`.
    Other,
    Unfinished,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenAction {
    /// A tag remains a tag, and text remains text.
    Kept,
    /// A tag is shown as text.
    Text,
    /// The token is not shown.
    Gone,
}

/// Returns all tokens of raw HTML outside of callouts, in the order of the text.
pub(super) fn marks(events: &[PlacedEvent<'_>], callouts: &[Range<usize>]) -> Vec<RawToken> {
    let mut marks = Vec::new();
    let mut callouts = callouts.iter().peekable();
    let (mut group, mut index) = (0, 0);
    while let Some((event, place)) = events.get(index) {
        if let Some(callout) = callouts.next_if(|callout| callout.start == index) {
            index = callout.end;
            group += 1;
            continue;
        }
        match event {
            Event::Start(Block::HtmlBlock) => {
                let end = end_of(events, index);
                group += 1;
                Lines::new(&events[index..end]).marks(index, group, &mut marks);
                group += 1;
                index = end;
            }
            Event::InlineHtml(tag) | Event::Html(tag) => {
                let lines = Lines {
                    text: tag.to_string(),
                    starts: vec![(0, tag.len(), place.clone())],
                    is_block: false,
                };
                lines.marks(index, group, &mut marks);
            }
            Event::Start(tag) => group += usize::from(is_block(tag)),
            Event::End(tag) => group += usize::from(!is_inline_end(*tag)),
            _ => {}
        }
        index += 1;
    }
    marks
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// A piece of raw HTML as one text, with the places of its lines in the Markdown text.
struct Lines {
    text: String,
    /// For each line, the byte in `text` where it begins, its length, and its byte range in the Markdown text.
    starts: Vec<(usize, usize, Range<usize>)>,
    is_block: bool,
}

impl Lines {
    fn new(events: &[PlacedEvent<'_>]) -> Self {
        let mut lines = Self { text: String::new(), starts: Vec::new(), is_block: true };
        for (event, place) in events {
            if let Event::Html(line) | Event::InlineHtml(line) | Event::Text(line) = event {
                lines.starts.push((lines.text.len(), line.len(), place.clone()));
                lines.text.push_str(line);
            }
        }
        lines
    }

    fn marks(&self, event: usize, group: usize, marks: &mut Vec<RawToken>) {
        read(&self.text, RawText::ScriptAndStyle, |token, range| {
            let source = self.text.get(range.clone()).unwrap_or_default();
            let part = match token {
                Token::Start(tag) => TokenKind::Start(tag),
                Token::End(tag) => TokenKind::End(tag.name().to_owned()),
                Token::Text(text) => TokenKind::Text(text.to_owned()),
                Token::Comment if source.starts_with("<!--") => TokenKind::Comment,
                Token::Comment => TokenKind::Other,
                Token::Unfinished => TokenKind::Unfinished,
            };
            marks.push(RawToken {
                event,
                group,
                is_block: self.is_block,
                place: self.byte(range.start).start..self.byte(range.end.saturating_sub(1)).end,
                source: source.to_owned(),
                part,
                fate: TokenAction::Kept,
            });
        });
    }

    /// Returns the place of one byte of `text` in the Markdown text. If the line is not written there unchanged,
    /// because of a quotation around it or a character that Markdown replaces, this is the place of the whole
    /// line.
    fn byte(&self, offset: usize) -> Range<usize> {
        let line = self.starts.partition_point(|(start, ..)| *start <= offset).saturating_sub(1);
        match self.starts.get(line) {
            Some((start, length, place)) if place.len() == *length => {
                let at = place.start + offset - start;
                at..at + 1
            }
            Some((.., place)) => place.clone(),
            None => 0..0,
        }
    }
}
