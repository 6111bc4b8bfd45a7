//! A content file while it is read.

use crate::document::DocumentKind;
use crate::source::{FileId, SourceFile};

/// A file below `content/`, with its text and kind.
#[derive(Clone, Copy)]
pub(in crate::markdown) struct ContentFile<'a> {
    pub(in crate::markdown) file: FileId,
    pub(in crate::markdown) source: &'a SourceFile,
    pub(in crate::markdown) kind: DocumentKind,
}
