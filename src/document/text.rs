//! One line of text with links, as in a fact of a claim or in a reason.

use crate::name;
use crate::source::Span;

/// A part of one line of text: plain text or a link. Emphasis is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// A link. A wikilink is represented as a link to `claim:id`.
    Link {
        /// Destination of the link as written.
        destination: String,
        /// Text of the link.
        text: String,
        /// The whole link in the file.
        span: Span,
    },
}

/// One line of text with links.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LinkedText {
    /// Parts of the line, in order. Two plain texts never follow each other.
    pub pieces: Vec<Inline>,
    /// The whole line in the file.
    pub span: Span,
}

/// The separator between a fact and its reason.
const REASON: &str = " — ";

impl LinkedText {
    /// Creates an empty line at a place in the file.
    pub fn empty(span: Span) -> Self {
        Self { pieces: Vec::new(), span }
    }

    /// Creates a line of plain text.
    pub fn text(text: &str, span: Span) -> Self {
        let mut rich = Self::empty(span);
        rich.push_text(text);
        rich
    }

    /// Appends plain text.
    pub fn push_text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Inline::Text(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.pieces.push(Inline::Text(text.to_owned())),
        }
    }

    /// Returns the whole line as plain text, without white space at its ends.
    pub fn plain(&self) -> String {
        let parts: Vec<&str> = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Inline::Text(text) | Inline::Link { text, .. } => text.as_str(),
            })
            .collect();
        parts.concat().trim().to_owned()
    }

    /// Returns the text outside of links. Parts are trimmed and joined with spaces.
    pub fn beside_links(&self) -> String {
        let texts = self.pieces.iter().filter_map(|piece| match piece {
            Inline::Text(text) => Some(text.trim()),
            Inline::Link { .. } => None,
        });
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether the line has no link and no visible text.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Inline::Text(text) if name::is_blank(text)))
    }

    /// Returns the destination, text and span of each link.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str, Span)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Inline::Link { destination, text, span } => Some((destination.as_str(), text.as_str(), *span)),
            Inline::Text(_) => None,
        })
    }

    /// Splits the line at the first ` — ` into the fact and its reason. The reason is `None` if it is absent or
    /// blank.
    pub fn split_reason(&self) -> (Self, Option<Self>) {
        let at = self.pieces.iter().enumerate().find_map(|(index, piece)| match piece {
            Inline::Text(text) => text.split_once(REASON).map(|halves| (index, halves)),
            Inline::Link { .. } => None,
        });
        let Some((index, (before, after))) = at else {
            return (self.clone(), None);
        };
        let mut head = Self { pieces: self.pieces[..index].to_vec(), span: self.span };
        head.push_text(before);
        let mut reason = Self::text(after.trim_start(), self.span);
        reason.pieces.extend_from_slice(&self.pieces[index + 1..]);
        let reason = (!reason.is_empty()).then_some(reason);
        (head, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn the_first_dash_between_spaces_begins_the_reason() {
        let span = Span::new(FileId(0), 0..0);
        let mut rich = LinkedText::text("see ", span);
        rich.pieces
            .push(Inline::Link { destination: "claim:a".to_owned(), text: "a — b".to_owned(), span });
        rich.push_text(" — newer — and better");
        let (head, reason) = rich.split_reason();
        assert_eq!(head.plain(), "see a — b");
        assert_eq!(reason.map(|reason| reason.plain()).as_deref(), Some("newer — and better"));
    }
}
