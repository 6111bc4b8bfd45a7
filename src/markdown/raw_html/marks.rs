//! The tokens of raw HTML among the events of a text, each with its place in the file.

use std::ops::Range;

use pulldown_cmark::{Event, Tag as Block, TagEnd};

use crate::html::{RawText, Tag, Token, read};
use crate::markdown::inline::{Spotted, end_of, is_block};

/// One token of raw HTML.
pub(super) struct Mark {
    /// The number of its event: of the tag itself, or of the start of its block.
    pub(super) event: usize,
    /// The number of the paragraph, cell or block of HTML that it is part of.
    pub(super) group: usize,
    /// Part of a block of HTML.
    pub(super) is_block: bool,
    pub(super) place: Range<usize>,
    /// As it is written.
    pub(super) source: String,
    pub(super) part: Part,
    pub(super) fate: Fate,
}

impl Mark {
    /// The place of its first line, if it is written in the file as it is.
    pub(super) fn first_line(&self) -> Range<usize> {
        let line = self.source.lines().next().unwrap_or_default();
        let is_exact = self.place.len() == self.source.len();
        if is_exact { self.place.start..self.place.start + line.len() } else { self.place.clone() }
    }
}

pub(super) enum Part {
    Start(Tag),
    End(String),
    Text(String),
    /// A comment.
    Comment,
    /// What only looks like markup, such as `<!x>` and `<?x>`.
    Other,
    Unfinished,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// A tag stays a tag, and text is text.
    Kept,
    /// A tag is shown as it is written.
    Text,
    /// Nothing of it is shown.
    Gone,
}

/// All tokens of raw HTML outside of callouts, in order.
pub(super) fn marks(events: &[Spotted<'_>], callouts: &[Range<usize>]) -> Vec<Mark> {
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

/// Raw HTML that is one text, and where its lines are in the text of the file.
struct Lines {
    text: String,
    /// Where each line begins in `text`, how long it is, and its bytes in the file.
    starts: Vec<(usize, usize, Range<usize>)>,
    is_block: bool,
}

impl Lines {
    fn new(events: &[Spotted<'_>]) -> Self {
        let mut lines = Self { text: String::new(), starts: Vec::new(), is_block: true };
        for (event, place) in events {
            if let Event::Html(line) | Event::InlineHtml(line) | Event::Text(line) = event {
                lines.starts.push((lines.text.len(), line.len(), place.clone()));
                lines.text.push_str(line);
            }
        }
        lines
    }

    fn marks(&self, event: usize, group: usize, marks: &mut Vec<Mark>) {
        read(&self.text, RawText::ScriptAndStyle, |token, range| {
            let source = self.text.get(range.clone()).unwrap_or_default();
            let part = match token {
                Token::Start(tag) => Part::Start(tag),
                Token::End(tag) => Part::End(tag.name().to_owned()),
                Token::Text(text) => Part::Text(text.to_owned()),
                Token::Comment if source.starts_with("<!--") => Part::Comment,
                Token::Comment => Part::Other,
                Token::Unfinished => Part::Unfinished,
            };
            marks.push(Mark {
                event,
                group,
                is_block: self.is_block,
                place: self.byte(range.start).start..self.byte(range.end.saturating_sub(1)).end,
                source: source.to_owned(),
                part,
                fate: Fate::Kept,
            });
        });
    }

    /// The place in the file of one byte of the text. Where a line is not written there as it is, because of a
    /// quotation around it or a character that Markdown replaces, this is the place of the line.
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
