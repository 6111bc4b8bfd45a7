//! Reports suppressions of lints that suppress nothing.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::source::Spanned;

/// Name, default level and documentation of the lint `unused-allows`.
pub(super) const RULE: Rule = Rule {
    name: "unused-allows",
    kind: RuleKind::Lint(Level::Warn),
    summary: "an `allow` names a lint that finds nothing there",
    explanation: "An `allow` that no longer suppresses anything hides the next mistake of its kind. Delete the line.",
};

pub(super) fn problem(name: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(&RULE, name.span, format!("`{}` has nothing to allow here", name.value))
        .help("delete the line")
}
