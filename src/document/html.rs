//! Facts about the raw HTML in a file that checks need: what is removed from the page, and the classes and ids
//! that the author uses.

use crate::source::{Span, Spanned};

/// The raw HTML of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct RawHtml {
    /// Parts of the raw HTML that the page does not show as written.
    pub removed: Vec<Removed>,
    /// Classes of elements and headings, as written. The page leaves out those that the theme uses.
    pub classes: Vec<Spanned<String>>,
    /// Ids of elements, which links can use as anchors.
    pub ids: Vec<Spanned<String>>,
}

/// A part of raw HTML that the page leaves out or shows in another form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Removed {
    /// The part that is removed.
    pub part: RemovedPart,
    /// Place of the part in the file.
    pub span: Span,
}

/// Kind of a part that is removed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RemovedPart {
    /// The tags of an element with this name. The words of the element are shown.
    Element(String),
    /// An element with this name and its content: a script, style or template.
    Content(String),
    /// A group in braces at the end of a heading that is neither an id nor a class. The text includes the braces.
    Braces(String),
    /// Attributes of an element.
    Attributes {
        /// Names of the attributes.
        names: Vec<String>,
        /// Name of the element.
        element: String,
    },
    /// An opening tag with this name whose element is never closed, so that it continues to the end of the text.
    Open(String),
    /// A closing tag with this name that does not close an element.
    Close(String),
    /// An id that the page already contains, or that is reserved for the theme.
    Id(String),
}
