//! Turns an error of Tera into diagnostics, each with the place of the mistake in a template.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::ErrorKind;

use crate::diagnostic::{Diagnostic, Place, find_merge_conflicts, merge_conflict_error, rules};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::templates;

use super::limits::{self, InstrumentedTemplate};

/// Built-in templates that a site may replace with an empty file.
const MAY_BE_EMPTY: [&str; 2] = ["footer.html", "header.html"];

/// The templates that the site provides itself.
pub(super) struct OwnTemplates {
    /// File and text of each file below `templates/`, by its path in that folder.
    files: BTreeMap<String, (FileId, String)>,
    /// The templates as Tera receives them, with calls that count their steps.
    counted: BTreeMap<String, InstrumentedTemplate>,
}

impl OwnTemplates {
    pub(super) fn new(sources: &Sources) -> Self {
        let name = |file: &SourceFile| file.path().strip_prefix("templates/").map(str::to_owned);
        let own = sources.iter().filter_map(|(id, file)| Some((name(file)?, (id, file.text().to_owned()))));
        let files: BTreeMap<String, (FileId, String)> = own.collect();
        let templates = files.iter().filter(|(name, _)| !name.starts_with("assets/"));
        let counted =
            templates.map(|(name, (_, text))| (name.clone(), InstrumentedTemplate::new(text))).collect();
        Self { files, counted }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.counted.is_empty()
    }

    /// Returns the text of a template of the site, with calls that count its steps.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        Some(&self.counted.get(name)?.text)
    }

    /// Returns a diagnostic for each template that replaces a built-in one and has no text. Header and footer may
    /// be empty.
    pub(super) fn empty(&self) -> Vec<Diagnostic> {
        let is_page = |name: &str| templates::built_in_file(name).is_some() && !MAY_BE_EMPTY.contains(&name);
        let empty = self.counted.keys().filter(|name| {
            is_page(name) && self.files.get(*name).is_some_and(|(_, text)| text.trim().is_empty())
        });
        let problem_of = |name: &String| {
            problem(self.place(name, |_| None), "this template is empty, so its pages would be empty, too")
        };
        empty.map(problem_of).collect()
    }

    /// Returns a diagnostic for each merge conflict in a template.
    pub(super) fn conflicts(&self) -> Vec<Diagnostic> {
        let of_file = |(file, text): &(FileId, String)| {
            let file = *file;
            let places = find_merge_conflicts(text).into_iter();
            places.map(move |place| merge_conflict_error(Span::new(file, place))).collect::<Vec<_>>()
        };
        self.files.values().flat_map(of_file).collect()
    }

    /// Returns a diagnostic if a chain of templates that include or extend one another is too long.
    pub(super) fn too_deep(&self) -> Option<Diagnostic> {
        let (name, place) = limits::too_deep(&self.counted)?;
        let message = "this leads through too many templates, each of which includes or extends the next";
        Some(Diagnostic::new(&rules::TEMPLATE_ERRORS, self.place(name, |_| Some(place.clone())), message))
    }

    /// Returns the diagnostic for an error that occurred while a template was rendered.
    pub(super) fn problem_in(&self, template: &str, error: &tera::Error) -> Diagnostic {
        match (error.kind(), limits::too_long()) {
            (ErrorKind::Io(_), Some(message)) => {
                Diagnostic::new(&rules::TEMPLATE_ERRORS, self.place(template, |_| None), message)
            }
            _ => self.problem(error),
        }
    }

    /// Returns the diagnostics for an error that occurred when templates were added. Tera reports all unknown
    /// filters, functions, tests, components and included templates together, in one text.
    pub(super) fn problems(&self, error: &tera::Error) -> Vec<Diagnostic> {
        if let ErrorKind::Msg(text) = error.kind() {
            let reports = reports(text);
            if !reports.is_empty() {
                return reports.iter().map(|report| self.of_report(report)).collect();
            }
        }
        vec![self.problem(error)]
    }

    /// Returns the diagnostic for one error of Tera.
    pub(super) fn problem(&self, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                problem(self.counted_place(report.filename(), &report.span().range), report.message())
            }
            ErrorKind::MissingParent { current, parent } => problem(
                self.place_of_name(current, parent),
                &format!("the template `{current}` extends `{parent}`, which does not exist"),
            ),
            ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
                self.circle(tpl, chain, "extends itself")
            }
            ErrorKind::CircularInclude { tpl, include_chain: chain } => {
                self.circle(tpl, chain, "includes itself")
            }
            ErrorKind::TemplateNotFound(name) => {
                let user = self.files.iter().find(|(_, (_, text))| quoted(text, name).is_some());
                problem(
                    user.map_or(Place::Site, |(user, _)| self.place_of_name(user, name)),
                    &format!("the template `{name}` does not exist"),
                )
            }
            _ => {
                let text = error.to_string();
                // These errors have no span, but their message may contain the name of a template.
                let named = text.split('`').find(|part| self.files.contains_key(*part));
                problem(named.map_or(Place::Site, |name| self.place(name, |_| None)), &text)
            }
        }
    }

    /// Returns the diagnostic for a chain of templates that leads back to `start`. The chain may or may not begin
    /// with `start`.
    fn circle(&self, start: &str, chain: &[String], what: &str) -> Diagnostic {
        let next = chain.iter().find(|next| *next != start).map_or(start, String::as_str);
        let links: Vec<&str> = std::iter::once(start)
            .chain(chain.iter().map(String::as_str).skip_while(|link| *link == start))
            .collect();
        let message = format!("the template `{start}` {what}: {}", links.join(", "));
        problem(self.place_of_name(start, next), &message)
    }

    fn of_report(&self, report: &TeraReport<'_>) -> Diagnostic {
        let text = self.text(report.template).unwrap_or_default();
        let start: usize = text.split_inclusive('\n').take(report.line - 1).map(str::len).sum();
        let line = text.split_inclusive('\n').nth(report.line - 1).unwrap_or_default();
        let byte = |column: usize| start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        let range = byte(report.column - 1)..byte(report.column - 1 + report.width);
        problem(self.counted_place(report.template, &range), report.message)
    }

    /// Returns the place of a range that refers to the text that Tera received.
    fn counted_place(&self, template: &str, range: &Range<usize>) -> Place {
        self.place(template, |_| self.counted.get(template).map(|counted| counted.place(range)))
    }

    /// Returns the place of a range in a template of the site, or of the whole template if `range` returns
    /// `None`. Built-in templates are not files of the site, so their place is [`Place::Site`].
    fn place(&self, template: &str, range: impl Fn(&str) -> Option<Range<usize>>) -> Place {
        match self.files.get(template) {
            Some((file, text)) => match range(text) {
                Some(range) => Span::new(*file, range).into(),
                None => Place::Path(format!("templates/{template}"), None),
            },
            None => Place::Site,
        }
    }

    /// Returns the place where a template names another template.
    fn place_of_name(&self, template: &str, name: &str) -> Place {
        self.place(template, |text| quoted(text, name))
    }
}

/// Returns the range of a name in quotation marks.
fn quoted(text: &str, name: &str) -> Option<Range<usize>> {
    ['"', '\'', '`'].into_iter().find_map(|mark| {
        let quoted = format!("{mark}{name}{mark}");
        text.find(&quoted).map(|start| start..start + quoted.len())
    })
}

/// One report in the text of an error of Tera.
struct TeraReport<'a> {
    message: &'a str,
    template: &'a str,
    /// Line number, counted from 1. The column is counted from 1, too.
    line: usize,
    column: usize,
    width: usize,
}

/// Returns the reports in the text of an error of Tera. Each report has this form:
///
/// ```text
/// error: Unknown filter `shout`
///  --> footer.html:1:20
///   |
/// 1 | <p>{{ site.title | shout }}</p>
///   |                    ^^^^^
/// ```
fn reports(text: &str) -> Vec<TeraReport<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    lines
        .windows(5)
        .filter_map(|lines| {
            let message = lines[0].strip_prefix("error: ")?;
            let mut place = lines[1].trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
            let column = place.next()?.parse().ok().filter(|column| *column > 0)?;
            let line = place.next()?.parse().ok().filter(|line| *line > 0)?;
            let template = place.next()?;
            let width = lines[4].matches('^').count().max(1);
            Some(TeraReport { message, template, line, column, width })
        })
        .collect()
}

fn problem(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(&rules::TEMPLATE_ERRORS, place, words_of(message))
        .help("correct the template, or delete it to get the built-in one back")
}

/// Converts a message of Tera to the form of claimbook's diagnostics: one line, in lower case, without a full
/// stop.
fn words_of(message: &str) -> String {
    let words = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut characters = words.trim_end_matches('.').chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
