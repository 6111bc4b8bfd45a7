//! Reports paragraphs that change the direction of writing and do not change it back.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};

use super::Context;

/// Name, default level and documentation of the lint `unclosed-directions`.
pub(super) const RULE: Rule = Rule {
    name: "unclosed-directions",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a paragraph changes the direction of writing and does not change it back",
    explanation: "Invisible characters (U+202A to U+202E, U+2066 to U+2069) change the direction of writing. One that is not \
closed in its paragraph, heading or cell turns round what follows it, and code can look like other code. They \
are mostly left over from copying. Delete them: text in Arabic or Hebrew needs none. In titles, names, \
statements and other facts they are the error `direction-controls`.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        problems.extend(document.directions.iter().map(|found| {
            let message = format!(
                "`U+{:04X}` changes the direction of writing and is unmatched",
                u32::from(found.value)
            );
            Diagnostic::new(&RULE, found.span, message).help("delete this invisible character")
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check_allowed, check_article};

    #[test]
    fn characters_that_are_not_matched_in_their_paragraph_are_reported() {
        let body = "A \u{202e}word.\n\nIt is closed\u{202c} here.\n\n`let a = \u{2067}1;`\n\nSo do &#x202e; these.\n";
        check_article(
            &RULE,
            body,
            &[
                ("`U+202E` changes the direction of writing and is unmatched", "\u{202e}"),
                ("`U+202C` changes the direction of writing and is unmatched", "\u{202c}"),
                ("`U+2067` changes the direction of writing and is unmatched", "\u{2067}"),
                ("`U+202E` changes the direction of writing and is unmatched", "&#x202e;"),
            ],
        );
    }

    #[test]
    fn matched_characters_and_letters_from_right_to_left_are_clean() {
        check_article(&RULE, "A \u{202e}word\u{202c} and \u{2067}another\u{2069}. שלום\n", &[]);
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        let text = "---\ntitle: A\nallow: unclosed-directions\n---\n\nA \u{202e}word.\n";
        check_allowed(&RULE, &[("content/articles/a.md", text)]);
    }
}
