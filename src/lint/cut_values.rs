//! Reports values in front matter that are cut at ` #`, where YAML begins a comment.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};

use super::Context;

/// Name, default level and documentation of the lint `cut-values`.
pub(super) const RULE: Rule = Rule {
    name: "cut-values",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a value of front matter is cut at ` #`, where a comment begins",
    explanation: "In YAML, a `#` after a space begins a comment: `title: The harbour #1 report` is a file with the title \
`The harbour`. A comment after a value is reported if its `#` is followed by a letter or a digit. Put the value into \
quotation marks if the rest of the line is part of it; if it is a comment, write a space after `#`.

    title: \"The harbour #1 report\"
    date: 2026-11-20  # a comment",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        problems.extend(document.front_matter.comments.iter().map(|comment| {
            Diagnostic::new(&RULE, *comment, "the rest of this line is a comment")
                .help("put the value into quotation marks, or write a space after `#`")
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check, check_allowed};

    fn file(front_matter: &str) -> String {
        format!("---\n{front_matter}\n---\n")
    }

    #[test]
    fn a_comment_that_begins_with_a_letter_or_digit_is_reported() {
        let text = file("title: The harbour #1 report\nsummary: #2 of all\nauthors:\n  - C# users #3");
        let message = "the rest of this line is a comment";
        check(
            &RULE,
            &[("content/articles/a.md", &text)],
            &[(message, "#1 report"), (message, "#2 of all"), (message, "#3")],
        );
    }

    #[test]
    fn spaced_comments_quotation_marks_and_blocks_are_clean() {
        let text =
            file("title: \"Number #1\"\ndate: 2026-11-20  # a comment\ntags: [c#]\nsummary: >\n  Folded #1");
        check(&RULE, &[("content/articles/a.md", &text)], &[]);
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        check_allowed(&RULE, &[("content/articles/a.md", &file("title: Number #1\nallow: cut-values"))]);
    }
}
