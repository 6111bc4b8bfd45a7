//! Raw HTML in the text of a file, as far as others ask for it: what pages leave out, and the names in it.

use crate::source::{Span, Spanned};

/// The raw HTML of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct RawHtml {
    /// What is not on the page.
    pub removed: Vec<Removed>,
    /// Classes of elements and headings; those of the theme are removed.
    pub classes: Vec<Spanned<String>>,
    /// Ids of elements, which links can name as anchors.
    pub ids: Vec<Spanned<String>>,
}

/// Something that is written in raw HTML and is not on the page, or not as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Removed {
    /// What it is.
    pub part: RemovedPart,
    /// Where it is written.
    pub span: Span,
}

/// What is removed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RemovedPart {
    /// The tags of an element with this name; its words are shown.
    Element(String),
    /// An element with this name and its content: scripts, styles and templates.
    Content(String),
    /// A group in braces at the end of a heading that is neither an id nor a class. The text includes the braces.
    Braces(String),
    /// Attributes.
    Attributes {
        /// Their names.
        names: Vec<String>,
        /// The name of their element.
        element: String,
    },
    /// A tag with this name that opens an element which is never closed: it goes on to the end of the text.
    Open(String),
    /// A closing tag with this name that closes nothing.
    Close(String),
    /// An id that the page has already, or that is reserved for the theme.
    Id(String),
}
