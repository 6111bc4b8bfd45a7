//! Writes diagnostics as text in the form of rustc, as JSON, as GitHub workflow annotations, or (in [`super::sarif`]) as
//! SARIF.
//!
//! The text of authors is untrusted: control characters never reach a terminal, and each format has its own
//! escapes. Reports in the text form and the GitHub form are bounded, however many problems there are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Element, Group, Level as Title, Origin, Renderer, Snippet};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::source::{FileId, Sources, Span};

use super::place::{JsonPlace, json_place, text_place};
use super::sarif::render_sarif;
use super::{Diagnostic, Place, Severity, is_hidden, printable, printable_message};

/// Output format of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for people, in the form of rustc.
    Human {
        /// Whether the text contains the escape sequences of terminal colours.
        color: bool,
    },
    /// One JSON object with the list `diagnostics`, which contains all problems.
    Json,
    /// GitHub workflow commands, which become annotations of a pull request.
    Github,
    /// SARIF 2.1.0, which code scanning and editors read. It contains all problems.
    Sarif,
}

/// Largest number of problems of one rule in one file that are shown to people. More would hide the other problems
/// without adding information.
const MAX_PER_RULE: usize = 100;

/// Writes diagnostics in the given order. The text form and the GitHub form show at most 100 problems of one rule
/// in one file, and then the number of further ones. JSON and SARIF contain all of them.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, format: Format) -> String {
    render_below(diagnostics, sources, format, "")
}

/// Does what [`render`] does, and puts `folder` before the paths in the formats for GitHub and in SARIF, whose readers
/// know the repository and not the book. It is the folder of the book in its repository, such as `book/`.
pub fn render_below(diagnostics: &[Diagnostic], sources: &Sources, format: Format, folder: &str) -> String {
    match format {
        Format::Human { color } => render_human(&limit_per_rule(diagnostics, sources), sources, color),
        Format::Json => render_json(diagnostics, sources, Map::new()),
        Format::Github => render_github(&limit_per_rule(diagnostics, sources), sources, folder),
        Format::Sarif => render_sarif(diagnostics, sources, folder),
    }
}

/// Returns the diagnostics that are shown to people: the first [`MAX_PER_RULE`] of each rule in each file, and one
/// more with the number of further ones.
fn limit_per_rule<'a>(diagnostics: &'a [Diagnostic], sources: &'a Sources) -> Vec<Cow<'a, Diagnostic>> {
    let mut counts: BTreeMap<(&str, &str), (usize, &Diagnostic)> = BTreeMap::new();
    let mut shown = Vec::new();
    for diagnostic in diagnostics {
        let file = match &diagnostic.place {
            Place::Text(span) => sources.file(span.file).path(),
            Place::Path(path, _) => path,
            Place::Site => "",
        };
        let (count, _) = counts.entry((file, diagnostic.rule.name)).or_insert((0, diagnostic));
        *count += 1;
        if *count <= MAX_PER_RULE {
            shown.push(Cow::Borrowed(diagnostic));
        }
    }
    for ((file, _), (count, first)) in counts {
        if let Some(more) = count.checked_sub(MAX_PER_RULE).filter(|more| *more > 0) {
            let message = format!("and {more} more of these problems in this file");
            let mut rest = Diagnostic::for_path(first.rule, file, message)
                .help("use `--format json` to see all of them");
            rest.severity = first.severity;
            shown.push(Cow::Owned(rest));
        }
    }
    shown
}

fn render_human(diagnostics: &[Cow<'_, Diagnostic>], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        let report = renderer.render(&[annotation_group(diagnostic, sources)]);
        let _ = writeln!(out, "{report}\n");
    }
    out
}

fn annotation_group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let title = match diagnostic.severity {
        Severity::Error => Title::ERROR,
        Severity::Warning => Title::WARNING,
    };
    let mut group = title
        .primary_title(printable_message(&diagnostic.message))
        .id(diagnostic.rule.name)
        .elements(place_element(diagnostic, sources));
    let mut files: Vec<FileId> = diagnostic.secondary.iter().map(|label| label.span.file).collect();
    files.dedup();
    let primary = diagnostic.place.span().map(|span| span.file);
    for file in files.into_iter().filter(|file| Some(*file) != primary) {
        group = group.element(excerpt_or_position(diagnostic, file, sources));
    }
    for note in &diagnostic.notes {
        group = group.element(Title::NOTE.message(printable_message(note)));
    }
    for help in &diagnostic.help {
        group = group.element(Title::HELP.message(printable_message(help)));
    }
    group
}

/// Returns the lines of the text that a problem points to, or only the name of the file and the position in it.
fn place_element<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Option<Element<'a>> {
    match &diagnostic.place {
        Place::Text(span) => Some(excerpt_or_position(diagnostic, span.file, sources)),
        Place::Path(path, position) => {
            let origin = Origin::path(printable(path));
            Some(match position {
                Some(at) => origin.line(at.line as usize).char_column(at.column as usize).into(),
                None => origin.into(),
            })
        }
        Place::Site => None,
    }
}

/// Longest excerpt that is shown, in bytes. A longer excerpt is probably from a generated file, and only its
/// position is shown.
const MAX_EXCERPT_LENGTH: usize = 16 * 1024;

fn excerpt_or_position<'a>(diagnostic: &'a Diagnostic, file: FileId, sources: &'a Sources) -> Element<'a> {
    let source = sources.file(file);
    let window = labelled_lines(diagnostic, file, sources);
    if source.line_range(window.0, window.1).len() > MAX_EXCERPT_LENGTH {
        let start = line_marks(diagnostic, file).next().map_or(0, |label| label.span.start);
        let position = source.position(start);
        let origin = Origin::path(printable(source.path())).line(position.line as usize);
        return origin.char_column(position.column as usize).into();
    }
    snippet(diagnostic, file, sources).into()
}

/// A span of an excerpt, and the note that is shown next to it.
struct LineMark<'a> {
    span: Span,
    text: &'a str,
    kind: AnnotationKind,
}

fn line_marks(diagnostic: &Diagnostic, file: FileId) -> impl Iterator<Item = LineMark<'_>> {
    let mark = |span, text, kind| LineMark { span, text, kind };
    let primary = diagnostic.place.span();
    let primary = primary.map(|span| mark(span, diagnostic.label.as_str(), AnnotationKind::Primary));
    let others = diagnostic.secondary.iter();
    primary
        .into_iter()
        .chain(others.map(move |label| mark(label.span, &label.text, AnnotationKind::Context)))
        .filter(move |label| label.span.file == file)
}

/// Returns the first and the last line that the labels in a file touch.
fn labelled_lines(diagnostic: &Diagnostic, file: FileId, sources: &Sources) -> (u32, u32) {
    let line = |offset: u32| sources.file(file).position(offset).line;
    let first = line_marks(diagnostic, file).map(|label| line(label.span.start)).min().unwrap_or(1);
    let last = line_marks(diagnostic, file).map(|label| line(label.span.end)).max().unwrap_or(first);
    (first, last)
}

/// Returns the excerpt of one file with the labels of a diagnostic. The renderer receives only the lines around the
/// labels, so that its time does not grow with the size of the file.
fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    file: FileId,
    sources: &'a Sources,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.file(file);
    let (first, last) = labelled_lines(diagnostic, file, sources);
    let window = source.line_range(first, last);
    let text = source.text().get(window.clone()).expect("lines begin and end on character boundaries");
    // [`without_hidden_characters`] may change the length of characters in bytes, so positions are computed anew.
    let shown_length = |end: usize| without_hidden_characters(text.get(..end).unwrap_or(text)).len();
    let range_in_excerpt = |span: Span| {
        let start = (span.start as usize).saturating_sub(window.start).min(text.len());
        let end = (span.end as usize).saturating_sub(window.start).clamp(start, text.len());
        shown_length(start)..shown_length(end)
    };
    let annotations = line_marks(diagnostic, file).map(|label| {
        let annotation = label.kind.span(range_in_excerpt(label.span));
        if label.text.is_empty() { annotation } else { annotation.label(printable_message(label.text)) }
    });
    let source = Snippet::source(without_hidden_characters(text)).path(printable(source.path()));
    source.line_start(first as usize).fold(true).annotations(annotations)
}

/// Returns the lines of an excerpt with each hidden character replaced by U+FFFD, so that columns do not change.
/// ASCII control characters stay, because the crate `annotate_snippets` replaces them.
fn without_hidden_characters(text: &str) -> Cow<'_, str> {
    let is_replaced = |character: char| is_hidden(character) && !character.is_ascii();
    if !text.chars().any(is_replaced) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|character| if is_replaced(character) { '\u{fffd}' } else { character }).collect()
}

#[derive(Serialize)]
struct JsonReport<'a> {
    diagnostics: Vec<JsonDiagnostic<'a>>,
    #[serde(flatten)]
    extra_keys: Map<String, Value>,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'static str,
    severity: &'static str,
    message: Cow<'a, str>,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    labels: Vec<JsonLabel<'a>>,
    notes: Vec<Cow<'a, str>>,
    help: Vec<Cow<'a, str>>,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    message: Cow<'a, str>,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

/// Writes diagnostics as a JSON object. The keys of `more` follow the list `diagnostics`.
pub fn render_json(diagnostics: &[Diagnostic], sources: &Sources, extra_keys: Map<String, Value>) -> String {
    let diagnostics = diagnostics.iter().map(|diagnostic| JsonDiagnostic {
        code: diagnostic.rule.name,
        severity: diagnostic.severity.word(),
        message: printable_message(&diagnostic.message),
        place: json_place(&diagnostic.place, sources),
        labels: json_labels(diagnostic, sources),
        notes: diagnostic.notes.iter().map(|note| printable_message(note)).collect(),
        help: diagnostic.help.iter().map(|help| printable_message(help)).collect(),
    });
    let report = JsonReport { diagnostics: diagnostics.collect(), extra_keys };
    let mut text = serde_json::to_string_pretty(&report).expect("strings and numbers can be serialised");
    text.push('\n');
    text
}

fn json_labels<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<JsonLabel<'a>> {
    let primary = Some(&diagnostic.label).filter(|label| !label.is_empty());
    let primary = primary.map(|label| JsonLabel {
        message: printable_message(label),
        place: json_place(&diagnostic.place, sources),
    });
    let others = diagnostic.secondary.iter();
    let others = others.map(|label| JsonLabel {
        message: printable_message(&label.text),
        place: text_place(label.span, sources),
    });
    primary.into_iter().chain(others).collect()
}

/// Writes diagnostics as workflow commands, one per line:
/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
fn render_github(diagnostics: &[Cow<'_, Diagnostic>], sources: &Sources, folder: &str) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let JsonPlace { file, line, column, end_line, end_column } = json_place(&diagnostic.place, sources);
        let _ = write!(out, "::{} ", diagnostic.severity.word());
        if let Some(file) = file {
            let path = format!("{}{file}", printable(folder));
            let _ = write!(out, "file={},", escape_property(&path));
        }
        let numbers = [("line", line), ("endLine", end_line), ("col", column), ("endColumn", end_column)];
        for (key, number) in numbers {
            if let Some(number) = number {
                let _ = write!(out, "{key}={number},");
            }
        }
        let _ = write!(out, "title={}::{}", diagnostic.rule.name, escape_data(&diagnostic.message));
        for (word, lines) in [("note", &diagnostic.notes), ("help", &diagnostic.help)] {
            for line in lines {
                let _ = write!(out, "%0A{word}: {}", escape_data(line));
            }
        }
        out.push('\n');
    }
    out
}

/// Escapes the message of a workflow command. [`printable_message`] has replaced line breaks already, so only `%` needs an
/// escape.
fn escape_data(text: &str) -> String {
    printable_message(text).replace('%', "%25")
}

/// Escapes a property of a workflow command, such as the file name. The text must be safe to print already.
fn escape_property(text: &str) -> String {
    text.replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Rule, rules};
    use crate::source::Position;

    const RULE: &Rule = &rules::UNREADABLE_FILES;
    const HUMAN: Format = Format::Human { color: false };

    fn sources() -> Sources {
        Sources::from_texts([("content/a.md", "One \u{9b}31m line.\n")])
    }

    fn span() -> Span {
        Span::new(FileId(0), 4..7)
    }

    #[test]
    fn a_problem_is_where_it_is_and_nowhere_else() {
        let check = |place: Place, human: &str, json: &str, github: &str| {
            let problem = [Diagnostic::new(RULE, place, "message").help("what to do")];
            let shown = render(&problem, &sources(), HUMAN);
            let arrow = shown.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
            assert_eq!(arrow.unwrap_or_default(), human, "{shown}");
            let report: Value = serde_json::from_str(&render(&problem, &sources(), Format::Json)).unwrap();
            let problem_of_json = &report["diagnostics"][0];
            let keys = ["file", "line", "column", "end_line", "end_column"];
            assert_eq!(keys.map(|key| problem_of_json[key].to_string()).join(" "), json);
            let expected = format!("::error {github}title=unreadable-files::message%0Ahelp: what to do\n");
            assert_eq!(render(&problem, &sources(), Format::Github), expected);
        };
        check(
            span().into(),
            "content/a.md:1:5",
            "\"content/a.md\" 1 5 1 7",
            "file=content/a.md,line=1,endLine=1,col=5,endColumn=7,",
        );
        let at = Position { line: 2, column: 3 };
        check(
            Place::Path("b.md".to_owned(), Some(at)),
            "b.md:2:3",
            "\"b.md\" 2 3 2 3",
            "file=b.md,line=2,endLine=2,col=3,endColumn=3,",
        );
        check(Place::Path("b.md".to_owned(), None), "b.md", "\"b.md\" null null null null", "file=b.md,");
        check(Place::Site, "", "null null null null null", "");
    }

    #[test]
    fn nothing_that_strangers_wrote_steers_a_terminal_or_a_workflow() {
        let hostile = "x\n::error::\u{1b}[31m\u{9b}\u{202e}\u{2028}";
        let in_text =
            Sources::from_texts([(format!("content/{hostile}.md"), "One \u{9b}31m \u{202e}line.\n")]);
        for place in [Place::Path(format!("content/{hostile}.md"), None), span().into()] {
            let problem = Diagnostic::new(RULE, place, format!("unknown `{hostile}`"))
                .label(hostile)
                .secondary(span(), hostile)
                .note(hostile)
                .help(hostile);
            for format in [HUMAN, Format::Json, Format::Github, Format::Sarif] {
                let report = render(std::slice::from_ref(&problem), &in_text, format);
                let hidden: Vec<char> =
                    report.chars().filter(|&character| character != '\n' && is_hidden(character)).collect();
                assert!(hidden.is_empty(), "{hidden:?}: {report}");
                assert!(!report.lines().any(|line| line.starts_with("::error::")), "{report}");
            }
        }
    }

    #[test]
    fn people_see_a_hundred_problems_of_a_kind_and_programs_see_all() {
        let many: Vec<Diagnostic> = (0..250)
            .map(|number| Diagnostic::new(RULE, span(), format!("number {number}")))
            .chain((0..101).map(|_| Diagnostic::new(&rules::BAD_LOCKS, span(), "of another kind")))
            .chain((0..100).map(|_| Diagnostic::for_path(RULE, "b.md", "in another file")))
            .collect();
        let human = render(&many, &sources(), HUMAN);
        assert_eq!(human.matches("error[").count(), 302, "{human}");
        assert!(human.contains("number 99") && !human.contains("number 100"), "{human}");
        assert!(
            human.contains(
                "error[unreadable-files]: and 150 more of these problems in this file\n--> content/a.md"
            ),
            "{human}"
        );
        assert!(human.contains("error[bad-locks]: and 1 more of these problems in this file"), "{human}");
        assert_eq!(render(&many, &sources(), Format::Github).lines().count(), 302);
        let report: Value = serde_json::from_str(&render(&many, &sources(), Format::Json)).unwrap();
        assert_eq!(report["diagnostics"].as_array().unwrap().len(), 451);
    }
}
