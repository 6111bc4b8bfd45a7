//! One problem: what, where, how bad, and what to do about it.

use crate::source::{FileId, Span};

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

/// A span and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What; may be empty for the primary label.
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
    /// The smallest span that shows it.
    pub primary: Label,
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
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        let severity = match rule.kind {
            RuleKind::Error => Severity::Error,
            RuleKind::Lint(_) => Severity::Warning,
        };
        Self {
            rule,
            severity,
            message: message.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The files that it points to.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        std::iter::once(&self.primary).chain(&self.secondary).map(|label| label.span.file)
    }

    /// Say something about the primary span.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
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
