//! Parts of a text that Markdown does not read as their author meant them.

use crate::source::Span;

/// A part of a text that readers do not see, or do not see as the author meant it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnreadText {
    /// What is wrong with the text.
    pub kind: UnreadKind,
    /// Place of the text in the file.
    pub span: Span,
}

/// A mistake that keeps Markdown from reading a text as its author meant it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum UnreadKind {
    /// The address of a link contains spaces. The value is the address without them.
    Spaces(String),
    /// A space separates the text of a link from its address: `[words] (address)`.
    Gap,
    /// The brackets of a link are exchanged: `(words)[address]`.
    Reversed,
    /// The address of a link is in square brackets: `[words][address]`.
    Brackets,
    /// The address of a link is not closed: `[words](address`.
    Open,
    /// A link is inside raw HTML or inside another link, where Markdown shows it as text.
    Within,
    /// A wikilink is not closed: `[[id`.
    OpenWikilink,
    /// The bar of `[[id|words]]` ends a table cell.
    Bar,
    /// A wikilink has no id: `[[]]`.
    NoName,
    /// A link has no text: `[](address)`.
    NoWords,
    /// A reference to a footnote that does not exist. The value is the label of the footnote.
    Footnote(String),
    /// Table cells in columns that the header of the table does not have.
    Cells,
    /// The definition `[label]: address` of a link that no link uses.
    UnusedDefinition,
    /// The definition `[label]: address` of a label that is already defined.
    RepeatedDefinition,
    /// The opening fence of a code block that is never closed.
    OpenCode,
    /// The opening fence of a code block that contains the beginning of another one.
    JoinedCode,
    /// The label of a footnote that was defined before.
    RepeatedFootnote,
    /// The title in `[words](claim:id "title")`.
    Title,
}

impl UnreadKind {
    /// Whether the mistake is in a link or in a reference to a footnote.
    pub fn is_link(&self) -> bool {
        !matches!(
            self,
            Self::Cells
                | Self::UnusedDefinition
                | Self::RepeatedDefinition
                | Self::OpenCode
                | Self::JoinedCode
        )
    }

    /// Returns the message of a diagnostic and its help text.
    pub fn message_and_help(&self) -> (String, String) {
        let (message, help) = match self {
            Self::Spaces(address) => {
                let help = format!("write `({address})`");
                return ("a space in its address keeps this from being a link".to_owned(), help);
            }
            Self::Footnote(label) => {
                let help = format!("add a line `[^{label}]: …`, or write `\\[^{label}]` to show it as text");
                return (format!("there is no footnote `{label}`"), help);
            }
            Self::Gap => (
                "a space before its address keeps this from being a link",
                "remove the space between `]` and `(`",
            ),
            Self::Reversed => {
                ("the brackets of this link are in the wrong order", "write `[words](address)`")
            }
            Self::Brackets => {
                ("the address of this link is in the wrong brackets", "write `[words](address)`")
            }
            Self::Open => ("the address of this link does not end", "write `)` after the address"),
            Self::Within => (
                "a link inside raw HTML or another link is shown as text",
                "put an empty line between raw HTML and the link, and no link into another",
            ),
            Self::OpenWikilink => ("this link does not end", "write `]]` after it"),
            Self::Bar => {
                ("the `|` of this link ends the cell of the table", "write `\\|` in place of the bar")
            }
            Self::NoName => ("this link names nothing", "write the id of a claim between the brackets"),
            Self::NoWords => ("this link has no words", "write `[words](address)`, or delete it"),
            Self::Cells => (
                "these cells are not shown, because the head of the table has fewer columns",
                "add a column to the header, or write `\\|` for a bar that is part of a cell",
            ),
            Self::UnusedDefinition => (
                "this line is not shown, since Markdown reads it as the definition of a link that nothing uses",
                "write `\\[` at its beginning to show it, `[words][label]` to use it, or `<!-- … -->` around a comment",
            ),
            Self::RepeatedDefinition => (
                "this line is not shown, since a link of this label is defined before it",
                "give it a label of its own, or delete it",
            ),
            Self::OpenCode => (
                "this code block is never closed",
                "repeat its first characters on a line of their own where the code ends",
            ),
            Self::JoinedCode => (
                "this code block contains the beginning of another one",
                "repeat its first characters on a line of their own where the code ends; if the other is part of it, begin and end this one with more of them",
            ),
            Self::Title => (
                "the title of a link to a claim is not shown, because the card of the claim is",
                "delete it, or write it in the text",
            ),
            Self::RepeatedFootnote => (
                "a footnote of this label is defined before this one",
                "give it a label of its own, and use that in the text",
            ),
        };
        (message.to_owned(), help.to_owned())
    }
}
