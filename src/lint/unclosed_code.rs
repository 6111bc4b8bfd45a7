//! Reports code blocks that are never closed.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::UnreadKind;

use super::Context;

/// Name, default level and documentation of the lint `unclosed-code`.
pub(super) const RULE: Rule = Rule {
    name: "unclosed-code",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a code block between lines of backticks or tildes is never closed",
    explanation: "A code block ends at a line that repeats its first characters, at least as many of them, and has nothing else. \
Without such a line, all text up to the end of the file, of the list item or of the quotation is shown as code: \
links, headings and lists in it are lost. Where claims are in it, that is an error of its own.

    ```text
    shown as it is written
    ```",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        let blocks = document.unread.iter().filter(|unread| unread.slip == UnreadKind::OpenCode);
        problems.extend(blocks.map(|unread| {
            let (message, help) = unread.slip.words();
            Diagnostic::new(&RULE, unread.span, message).help(help)
        }));
    }
}
