//! One problem: what, where, how bad, and what to do about it.

use crate::source::{Position, SitePath, Span};

use super::rule::{Rule, RuleKind};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The build goes on.
    Warning,
    /// Nothing is written.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The site as a whole.
    Site,
    /// A file or folder as a whole, or a position in a file whose text cannot be shown.
    Path(SitePath, Option<Position>),
    /// A part of a text.
    Text(Span),
}

impl Place {
    /// The span, if it is in a text.
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

/// A span and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What.
    pub text: String,
}

/// A problem in the author's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The error or lint it is a case of.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// The thing, on one line: lower case, no full stop, code in backticks.
    pub message: String,
    /// Where it is: the smallest span that shows it, where it has one.
    pub place: Place,
    /// A note about the place, which may be empty.
    pub label: String,
    /// Where the other half lives.
    pub secondary: Vec<Label>,
    /// Context.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A case of a rule. A lint's severity is its default until
    /// [`LintLevels`](super::LintLevels) decide.
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

    /// A case of a rule that concerns a file or folder as a whole.
    pub fn of_path(rule: &'static Rule, path: impl Into<SitePath>, message: impl Into<String>) -> Self {
        Self::new(rule, Place::Path(path.into(), None), message)
    }

    /// The spans that it points to.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.place.span().into_iter().chain(self.secondary.iter().map(|label| label.span))
    }

    /// Say something about the place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Point to the other half.
    #[must_use]
    pub fn secondary(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Add context.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Say what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Offer the near name, where there is one.
    #[must_use]
    pub fn did_you_mean(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}
