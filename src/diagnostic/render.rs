//! How does a problem look? Diagnostics in, text out: as rustc would show them, as JSON, or as
//! GitHub workflow annotations.
//!
//! Content is untrusted: control characters never reach a terminal, and each format escapes what it
//! must.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Element, Group, Level as Title, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::source::{FileId, Sources, Span};

use super::{Diagnostic, Label, Severity};

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people, as rustc shows them.
    Human {
        /// With terminal colours.
        color: bool,
    },
    /// One JSON object with a list `diagnostics`.
    Json,
    /// GitHub workflow commands, which become annotations of a pull request.
    Github,
}

/// Render diagnostics in the order given.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, format: Format) -> String {
    match format {
        Format::Human { color } => human(diagnostics, sources, color),
        Format::Json => json(diagnostics, sources),
        Format::Github => github(diagnostics, sources),
    }
}

fn human(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        let report = renderer.render(&[group(diagnostic, sources)]);
        let _ = writeln!(out, "{report}\n");
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let title = match diagnostic.severity {
        Severity::Error => Title::ERROR,
        Severity::Warning => Title::WARNING,
    };
    let mut group = title
        .primary_title(printable(&diagnostic.message))
        .id(diagnostic.rule.name)
        .elements(elements(diagnostic, diagnostic.primary.span.file, sources));
    let mut files: Vec<FileId> = diagnostic.secondary.iter().map(|label| label.span.file).collect();
    files.dedup();
    for file in files {
        if file != diagnostic.primary.span.file {
            group = group.elements(elements(diagnostic, file, sources));
        }
    }
    for note in &diagnostic.notes {
        group = group.element(Title::NOTE.message(printable(note)));
    }
    for help in &diagnostic.help {
        group = group.element(Title::HELP.message(printable(help)));
    }
    group
}

/// Longest excerpt that is shown; a longer one is one of a generated file, and its place must do.
const LONGEST_WINDOW: usize = 16 * 1024;

fn elements<'a>(diagnostic: &'a Diagnostic, file: FileId, sources: &'a Sources) -> Vec<Element<'a>> {
    let source = sources.file(file);
    let window = window(diagnostic, file, sources);
    if source.line_range(window.0, window.1).len() > LONGEST_WINDOW {
        let label = labels(diagnostic, file).next().map_or(0, |(label, _)| label.span.start);
        let place = source.position(label);
        let origin = Origin::path(source.path()).line(place.line as usize);
        return vec![origin.char_column(place.column as usize).into()];
    }
    vec![snippet(diagnostic, file, sources).into()]
}

fn labels(diagnostic: &Diagnostic, file: FileId) -> impl Iterator<Item = (&Label, AnnotationKind)> {
    std::iter::once((&diagnostic.primary, AnnotationKind::Primary))
        .chain(diagnostic.secondary.iter().map(|label| (label, AnnotationKind::Context)))
        .filter(move |(label, _)| label.span.file == file)
}

/// First and last line that the labels in a file touch.
fn window(diagnostic: &Diagnostic, file: FileId, sources: &Sources) -> (u32, u32) {
    let line = |offset: u32| sources.file(file).position(offset).line;
    let first = labels(diagnostic, file).map(|(label, _)| line(label.span.start)).min().unwrap_or(1);
    let last = labels(diagnostic, file).map(|(label, _)| line(label.span.end)).max().unwrap_or(first);
    (first, last)
}

/// The lines of one file that the diagnostic points into. Only a window of the file is handed on:
/// the cost of a report must not grow with the size of the file.
fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    file: FileId,
    sources: &'a Sources,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.file(file);
    let (first, last) = window(diagnostic, file, sources);
    let window = source.line_range(first, last);
    let text = source.text().get(window.clone()).unwrap_or_default();
    let place = |label: &Label| {
        let start = (label.span.start as usize).saturating_sub(window.start).min(text.len());
        let end = (label.span.end as usize).saturating_sub(window.start).clamp(start, text.len());
        start..end
    };
    let annotations = labels(diagnostic, file).map(|(label, kind)| {
        let annotation = kind.span(place(label));
        if label.text.is_empty() { annotation } else { annotation.label(printable(&label.text)) }
    });
    Snippet::source(text).line_start(first as usize).path(source.path()).fold(true).annotations(annotations)
}

/// The text without control characters: what a stranger wrote must not steer a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

#[derive(Serialize)]
struct JsonReport<'a> {
    diagnostics: Vec<JsonDiagnostic<'a>>,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    labels: Vec<JsonLabel<'a>>,
    notes: &'a [String],
    help: &'a [String],
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let report = JsonReport {
        diagnostics: diagnostics
            .iter()
            .map(|diagnostic| JsonDiagnostic {
                code: diagnostic.rule.name,
                severity: diagnostic.severity.word(),
                message: &diagnostic.message,
                place: json_place(diagnostic.primary.span, sources),
                labels: std::iter::once(&diagnostic.primary)
                    .filter(|label| !label.text.is_empty())
                    .chain(&diagnostic.secondary)
                    .map(|label| JsonLabel { message: &label.text, place: json_place(label.span, sources) })
                    .collect(),
                notes: &diagnostic.notes,
                help: &diagnostic.help,
            })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&report).expect("strings and numbers serialise");
    text.push('\n');
    text
}

fn json_place(span: Span, sources: &Sources) -> JsonPlace<'_> {
    let file = sources.file(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    JsonPlace {
        file: file.path(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// Workflow commands, one a line:
/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
fn github(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = json_place(diagnostic.primary.span, sources);
        let mut message = diagnostic.message.clone();
        for (word, lines) in [("note", &diagnostic.notes), ("help", &diagnostic.help)] {
            for line in lines {
                let _ = write!(message, "\n{word}: {line}");
            }
        }
        let _ = writeln!(
            out,
            "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            diagnostic.severity.word(),
            escape_property(place.file),
            place.line,
            place.end_line,
            place.column,
            place.end_column,
            diagnostic.rule.name,
            escape_data(&message),
        );
    }
    out
}

fn escape_data(text: &str) -> String {
    let is_shown = |character: &char| !character.is_control() || matches!(character, '\r' | '\n');
    let text: String = text.chars().filter(is_shown).collect();
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
