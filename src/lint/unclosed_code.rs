//! Reports code blocks that are never closed.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::UnreadKind;

use super::Context;

/// Name, default level and documentation of the lint `unclosed-code`.
pub(super) const RULE: Rule = Rule {
    name: "unclosed-code",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a code block is never closed, or contains the beginning of another one",
    explanation: "A code block ends at a line that repeats its first characters, at least as many of them, and has nothing else. \
Without such a line, all text up to the end of the file, of the list item or of the quotation is shown as code: \
links, headings and lists in it are lost. If another code block follows, the end of that one ends the first, and the \
text between them is lost. Where claims are in it, that is an error of its own. To show a code block within another, begin \
and end the outer one with four backticks.

    ```text
    shown as it is written
    ```",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        let blocks = document
            .unread
            .iter()
            .filter(|unread| matches!(unread.kind, UnreadKind::OpenCode | UnreadKind::JoinedCode));
        problems.extend(blocks.map(|unread| {
            let (message, help) = unread.kind.message_and_help();
            Diagnostic::new(&RULE, unread.span, message).help(help)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check_allowed, check_article};

    const OPEN: &str = "this code block is never closed";

    #[test]
    fn blocks_without_an_end_are_reported() {
        check_article(
            &RULE,
            "- ~~~\n  In the item.\n\nText.\n\n```text\nTo the end.\n",
            &[(OPEN, "~~~"), (OPEN, "```")],
        );
    }

    #[test]
    fn a_block_that_contains_the_beginning_of_another_is_reported() {
        let body = "```js\none\n\nText of the author.\n\n```js\ntwo\n```\n";
        check_article(&RULE, body, &[("this code block contains the beginning of another one", "```")]);
    }

    #[test]
    fn closed_and_nested_blocks_are_clean() {
        check_article(
            &RULE,
            "```text\na\n```\n\n> ```\n> b\n> ```\n\n````markdown\n```js\nc\n```\n````\n",
            &[],
        );
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        let text = "---\ntitle: A\nallow: unclosed-code\n---\n\n```\nTo the end.\n";
        check_allowed(&RULE, &[("content/articles/a.md", text)]);
    }
}
