//! Defines diagnostics: problems in the files of an author. A [`Diagnostic`] is plain data; all of them are
//! collected and sorted before any is printed. Failures of the disk or the network are `anyhow` errors instead.

mod merge_conflict;
mod message;
mod place;
mod printable;
mod render;
mod rule;
pub mod rules;
mod sarif;

pub use merge_conflict::{find_merge_conflicts, merge_conflict_error};
pub use message::{Diagnostic, Label, Place, Severity};
pub use printable::{is_hidden, message_with_causes, printable, printable_lines, printable_message};
pub use render::{Format, render, render_below, render_json};
pub use rule::{Level, LintLevels, Rule, RuleKind};

/// Sorts diagnostics and removes exact repetitions. Problems of the whole site come first, then those of whole
/// files, then those of positions in texts; problems with the same place are sorted by rule and message.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (&a.place, a.rule.name, &a.message).cmp(&(&b.place, b.rule.name, &b.message)));
    diagnostics.dedup();
}

/// Whether one of the diagnostics is an error, which stops the build.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
