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
        let cells = document.unread.iter().filter(|unread| unread.kind == UnreadKind::Cells);
        problems.extend(cells.map(|unread| {
            let (message, help) = unread.kind.message_and_help();
            Diagnostic::new(&RULE, unread.span, message).help(help)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check, check_allowed, check_article};

    const MESSAGE: &str = "these cells are not shown, because the head of the table has fewer columns";

    #[test]
    fn cells_without_a_column_are_reported() {
        let table = "| a | b |\n|---|---|\n| 1 | 2 | and more |\n| 3 | `x|y` | 4 |\n";
        check_article(&RULE, table, &[(MESSAGE, "and more"), (MESSAGE, "y` | 4")]);
    }

    #[test]
    fn escaped_bars_and_empty_cells_are_clean() {
        check_article(&RULE, "| a | b |\n|---|---|\n| 1 | `x\\|y` |\n| 1 | 2 |  |\n| 1 |\n", &[]);
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        let text = "---\ntitle: A\nallow: lost-cells\n---\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n";
        check_allowed(&RULE, &[("content/articles/a.md", text)]);
        check(
            &RULE,
            &[("content/articles/a.md", &text.replace("allow: lost-cells\n", ""))],
            &[(MESSAGE, "3")],
        );
    }
}
