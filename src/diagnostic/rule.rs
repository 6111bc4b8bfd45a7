//! Defines the kinds of problems. A [`Rule`] is an error or a lint with its documentation; [`LintLevels`] are the
//! configured levels of lints.

use std::collections::BTreeMap;

/// The level of a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The lint is not reported.
    Allow,
    /// The lint is reported as a warning, and the build continues.
    Warn,
    /// The lint is reported as an error, and the build writes no files.
    Deny,
}

/// Whether a rule is an error or a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// A problem that makes the output wrong. It is always an error.
    Error,
    /// A problem that an editor would fix, with the default level of the lint. The level can be configured, and
    /// single problems can be suppressed in the text.
    Lint(Level),
}

/// A kind of problem, with its documentation.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Name in kebab case and in the plural, so that `allow` can precede it, such as `mixed-units`.
    pub name: &'static str,
    /// Whether the rule is an error or a lint.
    pub kind: RuleKind,
    /// States in one line what the rule reports.
    pub summary: &'static str,
    /// Explains what the rule reports, why that is a problem and what to write instead, usually with an example.
    pub explanation: &'static str,
}

impl Rule {
    /// Creates a rule that is always an error.
    pub const fn error(name: &'static str, summary: &'static str, explanation: &'static str) -> Self {
        Self { name, kind: RuleKind::Error, summary, explanation }
    }
}

/// The levels of lints by name, as `[lints]` and `[policy]` in `site.toml` set them.
#[derive(Debug, Clone, Default)]
pub struct LintLevels(BTreeMap<String, Level>);

impl LintLevels {
    /// Sets the level of a lint.
    pub fn set(&mut self, name: &str, level: Level) {
        self.0.insert(name.to_owned(), level);
    }

    /// Returns the level of a rule: the configured level, otherwise the default of the lint. An error has the level
    /// [`Level::Deny`].
    pub fn level_of(&self, rule: &Rule) -> Level {
        match rule.kind {
            RuleKind::Error => Level::Deny,
            RuleKind::Lint(default) => self.0.get(rule.name).copied().unwrap_or(default),
        }
    }
}
