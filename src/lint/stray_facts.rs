//! Reports lines outside of claims that look like a fact.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::DocumentKind;

use super::Context;

/// Name, default level and documentation of the lint `stray-facts`.
pub(super) const RULE: Rule = Rule {
    name: "stray-facts",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a line outside of every claim looks like a fact",
    explanation: "Facts belong to a claim: in a callout every line begins with `> `, in a claim file they are front matter. A \
line such as `verdict:: …` anywhere else is prose. No claim has it, and no status follows from it. Directly after a \
callout it is an error, since it is clear which claim it left. In a file where `key:: value` is meant as prose, \
write `allow: stray-facts` in the front matter.

    > - verdict:: 2026-11-20 supported by J. Doe — seen in the log",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        let help = match document.kind {
            DocumentKind::Claim => "move it to the front matter, with one colon, or write it in a code span",
            _ => "move it into its claim, with `> - ` before it, or write it in a code span",
        };
        problems.extend(document.stray_facts.iter().map(|keys| {
            let message = format!("{} outside of every claim", keys.value);
            Diagnostic::new(&RULE, keys.span, message).help(help)
        }));
    }
}
