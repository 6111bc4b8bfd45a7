//! Describes where a problem is, in the fields that reports for programs have.

use std::borrow::Cow;

use serde::Serialize;

use crate::source::{Sources, Span};

use super::{Place, printable};

/// A place in JSON. Fields without a value, such as the line of a whole file, are `null`.
#[derive(Serialize, Default)]
pub(super) struct JsonPlace<'a> {
    pub(super) file: Option<Cow<'a, str>>,
    pub(super) line: Option<u32>,
    pub(super) column: Option<u32>,
    pub(super) end_line: Option<u32>,
    pub(super) end_column: Option<u32>,
}

pub(super) fn json_place<'a>(place: &'a Place, sources: &'a Sources) -> JsonPlace<'a> {
    match place {
        Place::Text(span) => text_place(*span, sources),
        Place::Path(path, position) => {
            let (line, column) = (position.map(|at| at.line), position.map(|at| at.column));
            JsonPlace { file: Some(printable(path)), line, column, end_line: line, end_column: column }
        }
        Place::Site => JsonPlace::default(),
    }
}

pub(super) fn text_place(span: Span, sources: &Sources) -> JsonPlace<'_> {
    let file = sources.file(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    JsonPlace {
        file: Some(printable(file.path())),
        line: Some(start.line),
        column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
    }
}
