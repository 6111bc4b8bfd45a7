//! Kinds of problems: a [`Rule`] is a name with its documentation, and [`LintLevels`] are the levels that the
//! settings give to the lints.

use std::collections::BTreeMap;

/// What the configuration says about a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the build goes on.
    Warn,
    /// Reported; nothing is written.
    Deny,
}

/// Fixed error, or lint with a default level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// What makes output wrong: always an error.
    Error,
    /// What an editor would mend: its level can be configured and a case can be suppressed.
    Lint(Level),
}

/// A kind of problem and its documentation.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case plural, read after "allow".
    pub name: &'static str,
    /// Error or lint.
    pub kind: RuleKind,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// What it does, why it is bad, what to write instead, with an example.
    pub explanation: &'static str,
}

impl Rule {
    /// A fixed error.
    pub const fn error(name: &'static str, summary: &'static str, explanation: &'static str) -> Self {
        Self { name, kind: RuleKind::Error, summary, explanation }
    }

    /// A lint that warns unless configured otherwise.
    pub const fn lint(name: &'static str, summary: &'static str, explanation: &'static str) -> Self {
        Self { name, kind: RuleKind::Lint(Level::Warn), summary, explanation }
    }
}

/// Levels of lints by name, as `[lints]` sets them.
#[derive(Debug, Clone, Default)]
pub struct LintLevels(BTreeMap<String, Level>);

impl LintLevels {
    /// Set the level of a lint.
    pub fn set(&mut self, name: &str, level: Level) {
        self.0.insert(name.to_owned(), level);
    }

    /// The level of a rule.
    pub fn of(&self, rule: &Rule) -> Level {
        match rule.kind {
            RuleKind::Error => Level::Deny,
            RuleKind::Lint(default) => self.0.get(rule.name).copied().unwrap_or(default),
        }
    }
}
