//! Reports links and references to footnotes that Markdown does not recognise because of their spelling, and links
//! without words.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};

use super::Context;

/// Name, default level and documentation of the lint `unparsed-links`.
pub(super) const RULE: Rule = Rule {
    name: "unparsed-links",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a link or a reference to a footnote is not written as Markdown reads it, or has no words",
    explanation: "A space or a bracket in the wrong place makes text of a link: readers see its brackets, and nothing is \
linked. Found are links that name something of the book, a `.md` file or a full address, `[[id` without its end, and \
`[^label]` without a footnote of that label, and links without words. Double brackets around what can be no name, such as `[[1, 2], [3, 4]]`, \
are text. Write `\\[` where the bracket is meant as it is.

    [words](claim:training-speedup-52x), [[training-speedup-52x|words]]
    | [[training-speedup-52x\\|words]] | in a table |
    Text[^note].

    [^note]: What the note says.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        let links = document.unread.iter().filter(|unread| unread.kind.is_link());
        problems.extend(links.map(|unread| {
            let (message, help) = unread.kind.message_and_help();
            Diagnostic::new(&RULE, unread.span, message).help(help)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check_allowed, check_article};

    /// Asserts what is reported in one text.
    #[track_caller]
    fn check_text(text: &str, message: &str, place: &str) {
        check_article(&RULE, &format!("{text}\n\n{}", claim("one", "")), &[(message, place)]);
    }

    #[test]
    fn links_that_markdown_does_not_read_are_reported() {
        let space = "a space in its address keeps this from being a link";
        check_text("[a](claim: one)", space, "](claim: one)");
        check_text("[a](second part.md)", space, "](second part.md)");
        check_text("(a)[claim:one]", "the brackets of this link are in the wrong order", ")[claim:one]");
        check_text(
            "[a] (claim:one)",
            "a space before its address keeps this from being a link",
            "] (claim:one)",
        );
        check_text("[a][claim:one]", "the address of this link is in the wrong brackets", "][claim:one]");
        check_text("A [[one|b.", "this link does not end", "[[one|b.");
        check_text("[[]] names nothing.", "this link names nothing", "[[]]");
        check_text(
            "| a |\n|---|\n| [[one|it]] |",
            "the `|` of this link ends the cell of the table",
            "[[one",
        );
        check_text(
            "<div>\n[a](claim:one)\n</div>",
            "a link inside raw HTML or another link is shown as text",
            "](claim:one)",
        );
    }

    #[test]
    fn footnotes_and_links_without_words_are_reported() {
        check_text("A note[^1].", "there is no footnote `1`", "[^1]");
        check_text("[](https://example.org/)", "this link has no words", "[](https://example.org/)");
        let title = "[a](claim:one \"of no use\")";
        check_text(
            title,
            "the title of a link to a claim is not shown, because the card of the claim is",
            title,
        );
        let twice = "A[^a].\n\n[^a]: One.\n\n[^A]: Two.";
        check_text(twice, "a footnote of this label is defined before this one", "[^A]");
    }

    #[test]
    fn links_code_and_brackets_that_mean_no_link_are_clean() {
        let text = "[a](claim:one), `[a](claim: one)`, \\[a](claim: one), f(x)[0], [[1, 2], [3, 4]], [`x`](claim:one)[^2].";
        check_article(&RULE, &format!("{text}\n\n[^2]: A note.\n\n{}", claim("one", "")), &[]);
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        let text = "---\ntitle: A\nallow: unparsed-links\n---\n\nA note[^1].\n";
        check_allowed(&RULE, &[("content/articles/a.md", text)]);
    }
}
