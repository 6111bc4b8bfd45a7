//! Lists the tokens of raw HTML in the events of a text, each with its range in the text.

use std::ops::Range;

use pulldown_cmark::{Event, Tag as Block, TagEnd};

use crate::html::{RawText, Tag, Token, read};
use crate::markdown::inline::{PlacedEvent, end_index, is_block};

/// One token of raw HTML.
pub(super) struct RawToken {
    /// Index of the event of the tag, or of the event that begins its HTML block.
    pub(super) event: usize,
    /// Number of the paragraph, table cell or HTML block that contains the token.
    pub(super) group: usize,
    /// Whether the token is part of an HTML block.
    pub(super) is_block: bool,
    pub(super) range: Range<usize>,
    /// The token as it is written.
    pub(super) source: String,
    pub(super) kind: TokenKind,
    pub(super) action: TokenAction,
}

impl RawToken {
    /// Returns the range of the first line of the token, or of the whole token if the text does not contain it
    /// unchanged.
    pub(super) fn first_line(&self) -> Range<usize> {
        let line = self.source.lines().next().unwrap_or_default();
        let is_exact = self.range.len() == self.source.len();
        if is_exact { self.range.start..self.range.start + line.len() } else { self.range.clone() }
    }
}

pub(super) enum TokenKind {
    Start(Tag),
    End(String),
    Text(String),
    /// A comment.
    Comment,
    /// Text that only looks like markup, such as `<!x>` and `<?x>`.
    LooksLikeMarkup,
    Unfinished,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenAction {
    /// A tag remains a tag, and text remains text.
    Keep,
    /// A tag is shown as text.
    ShowAsText,
    /// The token is not shown.
    Remove,
}

/// Returns all tokens of raw HTML outside of callouts, in the order of the text.
pub(super) fn find_tokens(events: &[PlacedEvent<'_>], callouts: &[Range<usize>]) -> Vec<RawToken> {
    let mut tokens = Vec::new();
    let mut callouts = callouts.iter().peekable();
    let (mut group, mut index) = (0, 0);
    while let Some((event, range)) = events.get(index) {
        if let Some(callout) = callouts.next_if(|callout| callout.start == index) {
            index = callout.end;
            group += 1;
            continue;
        }
        match event {
            Event::Start(Block::HtmlBlock) => {
                let end = end_index(events, index);
                group += 1;
                RawHtmlPiece::new(&events[index..end]).read_tokens(index, group, &mut tokens);
                group += 1;
                index = end;
            }
            Event::InlineHtml(tag) | Event::Html(tag) => {
                let piece = RawHtmlPiece {
                    text: tag.to_string(),
                    lines: vec![(0, tag.len(), range.clone())],
                    is_block: false,
                };
                piece.read_tokens(index, group, &mut tokens);
            }
            Event::Start(tag) => group += usize::from(is_block(tag)),
            Event::End(tag) => group += usize::from(!is_inline_end(*tag)),
            _ => {}
        }
        index += 1;
    }
    tokens
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// A piece of raw HTML as one text, with the ranges of its lines in the Markdown text.
struct RawHtmlPiece {
    text: String,
    /// For each line, the byte in `text` where it begins, its length, and its byte range in the Markdown text.
    lines: Vec<(usize, usize, Range<usize>)>,
    is_block: bool,
}

impl RawHtmlPiece {
    fn new(events: &[PlacedEvent<'_>]) -> Self {
        let mut piece = Self { text: String::new(), lines: Vec::new(), is_block: true };
        for (event, range) in events {
            if let Event::Html(line) | Event::InlineHtml(line) | Event::Text(line) = event {
                piece.lines.push((piece.text.len(), line.len(), range.clone()));
                piece.text.push_str(line);
            }
        }
        piece
    }

    fn read_tokens(&self, event: usize, group: usize, tokens: &mut Vec<RawToken>) {
        read(&self.text, RawText::ScriptAndStyle, |token, range| {
            let source = self.text.get(range.clone()).unwrap_or_default();
            let kind = match token {
                Token::Start(tag) => TokenKind::Start(tag),
                Token::End(tag) => TokenKind::End(tag.name().to_owned()),
                Token::Text(text) => TokenKind::Text(text.to_owned()),
                Token::Comment if source.starts_with("<!--") => TokenKind::Comment,
                Token::Comment => TokenKind::LooksLikeMarkup,
                Token::Unfinished => TokenKind::Unfinished,
            };
            tokens.push(RawToken {
                event,
                group,
                is_block: self.is_block,
                range: self.range_of_byte(range.start).start
                    ..self.range_of_byte(range.end.saturating_sub(1)).end,
                source: source.to_owned(),
                kind,
                action: TokenAction::Keep,
            });
        });
    }

    /// Returns the range of one byte of `text` in the Markdown text. If the line is not written there unchanged,
    /// because of a quotation around it or a character that Markdown replaces, this is the range of the whole
    /// line.
    fn range_of_byte(&self, offset: usize) -> Range<usize> {
        let line = self.lines.partition_point(|(start, ..)| *start <= offset).saturating_sub(1);
        match self.lines.get(line) {
            Some((start, length, range)) if range.len() == *length => {
                let at = range.start + offset - start;
                at..at + 1
            }
            Some((.., range)) => range.clone(),
            None => 0..0,
        }
    }
}
