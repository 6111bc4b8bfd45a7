//! Problems in the author's text: a [`Diagnostic`] is plain data, and all of them are collected and sorted before
//! any is printed. Failures of the disk or the network are `anyhow` errors instead.

mod message;
mod printable;
mod render;
mod rule;
pub mod rules;

pub use message::{Diagnostic, Label, Place, Severity};
pub use printable::{brief, is_hidden, printable, printable_lines, with_causes};
pub use render::{Format, render, render_json};
pub use rule::{Level, LintLevels, Rule, RuleKind};

/// Sort diagnostics as a reader works through them: what concerns whole files, then by file,
/// place and rule; drop exact repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (&a.place, a.rule.name, &a.message).cmp(&(&b.place, b.rule.name, &b.message)));
    diagnostics.dedup();
}

/// Whether any of them stops the build.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
