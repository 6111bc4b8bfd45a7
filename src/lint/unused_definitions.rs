//! Reports definitions of links that nothing uses. Such a line is not shown on the page.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::UnreadKind;

use super::Context;

/// Name, default level and documentation of the lint `unused-definitions`.
pub(super) const RULE: Rule = Rule {
    name: "unused-definitions",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a line defines a link that nothing uses, and is not shown",
    explanation: "A line `[label]: address` defines a link: `[words][label]` or `[label]` elsewhere in the file leads to the \
address, and the line itself is not shown. `[Note]: important` is such a line as well, so its words vanish. Of two \
definitions with one label, the first counts. For a comment, write `<!-- … -->`, or use the address `#` as in \
`[//]: # (a comment)`.

    As [the report][report] says.

    [report]: https://example.org/report",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let is_definition =
        |slip: &UnreadKind| matches!(slip, UnreadKind::UnusedDefinition | UnreadKind::RepeatedDefinition);
    for (_, document) in context.book.documents() {
        let lines = document.unread.iter().filter(|unread| is_definition(&unread.slip));
        problems.extend(lines.map(|unread| {
            let (message, help) = unread.slip.words();
            Diagnostic::new(&RULE, unread.span, message).help(help)
        }));
    }
}
