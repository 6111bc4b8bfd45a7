//! The state of reading callouts, and the problems that all parts of a callout can have.

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::{Diagnostic, rules};
use crate::source::{FileId, Span};

use crate::markdown::claim::stray;
use crate::markdown::inline::PlacedEvent;

/// Reads the callouts of one file. The ranges of events are relative to byte `offset` of the file.
pub(in crate::markdown) struct CalloutReader<'a> {
    pub(in crate::markdown) file: FileId,
    pub(in crate::markdown) text: &'a str,
    pub(in crate::markdown) offset: usize,
    pub(in crate::markdown) problems: &'a mut Vec<Diagnostic>,
}

impl CalloutReader<'_> {
    /// Reports a line that Markdown joins to the `part` above it, although the line does not have the same
    /// beginning.
    pub(in crate::markdown) fn check_lazy_continuation(
        &mut self,
        events: &[PlacedEvent<'_>],
        part: &str,
        beginning: &str,
    ) {
        let first = events.iter().find(|(event, _)| !matches!(event, Event::Start(Tag::Paragraph)));
        let Some((first, last)) = first.zip(events.last()) else { return };
        let Some(at) = stray::find_lazy_line(self.text, first.1.start, last.1.end) else { return };
        let line = self.slice(&(at..self.text.len())).lines().next().unwrap_or_default();
        let start = at + (line.len() - line.trim_start().len());
        self.problems.push(
            Diagnostic::new(
                &rules::MALFORMED_CLAIMS,
                self.span(start..at + line.trim_end().len()),
                format!("this line runs into the {part} before it"),
            )
            .help(format!(
                "begin it with `{beginning}` if it belongs there, else put an empty line before it"
            )),
        );
    }

    pub(in crate::markdown) fn report_misplaced(&mut self, range: std::ops::Range<usize>, message: &str) {
        let end = range.start + self.slice(&range).trim_end_matches([' ', '>', '\r', '\n']).len();
        self.problems
            .push(Diagnostic::new(&rules::MALFORMED_CLAIMS, self.span(range.start..end), message).help(
            "a claim consists of its bold statement, one nested quotation, and a list of `key:: value` lines",
        ));
    }

    pub(in crate::markdown) fn slice(&self, range: &std::ops::Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    pub(in crate::markdown) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }
}
