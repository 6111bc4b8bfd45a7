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
        |kind: &UnreadKind| matches!(kind, UnreadKind::UnusedDefinition | UnreadKind::RepeatedDefinition);
    for (_, document) in context.book.documents() {
        let lines = document.unread.iter().filter(|unread| is_definition(&unread.kind));
        problems.extend(lines.map(|unread| {
            let (message, help) = unread.kind.message_and_help();
            Diagnostic::new(&RULE, unread.span, message).help(help)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check_allowed, check_article};

    #[test]
    fn definitions_that_nothing_uses_are_reported() {
        let unused =
            "this line is not shown, since Markdown reads it as the definition of a link that nothing uses";
        let repeated = "this line is not shown, since a link of this label is defined before it";
        let body = "[Note]: important\n\nAs [a] says.\n\n[a]: https://example.org/\n[A]: https://example.org/b\n\n\
                    > [quoted]: /claims/\n";
        check_article(
            &RULE,
            body,
            &[
                (unused, "[Note]: important"),
                (repeated, "[A]: https://example.org/b"),
                (unused, "[quoted]: /claims/"),
            ],
        );
    }

    #[test]
    fn used_definitions_and_comments_are_clean() {
        check_article(&RULE, "As [a] and [b][c] say.\n\n[a]: /a/\n[c]: /c/\n[//]: # (a comment)\n", &[]);
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        let text = "---\ntitle: A\nallow: unused-definitions\n---\n\n[a]: /a/\n";
        check_allowed(&RULE, &[("content/articles/a.md", text)]);
    }
}
