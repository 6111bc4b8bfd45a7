//! Defines a single problem: its rule, severity, message, place and help texts.

use crate::source::{Position, SitePath, Span};

use super::rule::{Rule, RuleKind};

/// Severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The build continues.
    Warning,
    /// The build stops and writes no files.
    Error,
}

impl Severity {
    /// Returns `warning` or `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The place of a problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The whole site.
    Site,
    /// A whole file or folder, or a position in a file whose text cannot be shown.
    Path(SitePath, Option<Position>),
    /// A range of the text of a file.
    Text(Span),
}

impl Place {
    /// Returns the span, if the place is a range of a text.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Text(span) => Some(*span),
            Self::Path(..) | Self::Site => None,
        }
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::Text(span)
    }
}

/// A range of a text and a note that is shown next to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Range of the text.
    pub span: Span,
    /// Note that is shown next to the range.
    pub text: String,
}

/// A problem in the files of an author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The error or lint that the problem belongs to.
    pub rule: &'static Rule,
    /// Severity of the problem.
    pub severity: Severity,
    /// States the problem in one line: lower case, no full stop, code in backticks.
    pub message: String,
    /// Place of the problem: the smallest span that shows it, if it is in a text.
    pub place: Place,
    /// Note that is shown next to the place; may be empty.
    pub label: String,
    /// Further places that the problem involves, such as the first definition of a duplicate id.
    pub secondary: Vec<Label>,
    /// Explanations that are printed below the text.
    pub notes: Vec<String>,
    /// Proposals how to fix the problem.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// Creates a problem of a rule. A lint is a warning until [`lint::run`](crate::lint::run) applies the
    /// configured levels.
    pub fn new(rule: &'static Rule, place: impl Into<Place>, message: impl Into<String>) -> Self {
        let severity = match rule.kind {
            RuleKind::Error => Severity::Error,
            RuleKind::Lint(_) => Severity::Warning,
        };
        Self {
            rule,
            severity,
            message: message.into(),
            place: place.into(),
            label: String::new(),
            secondary: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Creates a problem of a rule that concerns a whole file or folder.
    pub fn for_path(rule: &'static Rule, path: impl Into<SitePath>, message: impl Into<String>) -> Self {
        Self::new(rule, Place::Path(path.into(), None), message)
    }

    /// Returns all spans that the problem points to.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.place.span().into_iter().chain(self.secondary.iter().map(|label| label.span))
    }

    /// Sets the note that is shown next to the place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Adds a further place that the problem involves.
    #[must_use]
    pub fn secondary(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds an explanation.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds a proposal how to fix the problem.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds the help "did you mean …?" if there is a similar name.
    #[must_use]
    pub fn did_you_mean(self, similar_name: Option<&str>) -> Self {
        match similar_name {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}
