//! Reports rows of a table that have more cells than the header. These cells are not shown.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::UnreadKind;

use super::Context;

/// Name, default level and documentation of the lint `lost-cells`.
pub(super) const RULE: Rule = Rule {
    name: "lost-cells",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a row of a table has more cells than its header, and they are not shown",
    explanation: "The header of a table says how many columns it has. Cells of other rows that have no column are left \
out by Markdown, so their words are lost. Often a bar is meant as part of a cell: write `\\|` for it, in code too. \
Otherwise add a column to the header and to the line of dashes below it.

    | model | prefix |
    |-------|--------|
    | small | `a\\|b` |",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        let cells = document.unread.iter().filter(|unread| unread.slip == UnreadKind::Cells);
        problems.extend(cells.map(|unread| {
            let (message, help) = unread.slip.words();
            Diagnostic::new(&RULE, unread.span, message).help(help)
        }));
    }
}
