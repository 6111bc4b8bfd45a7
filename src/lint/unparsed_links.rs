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
        let links = document.unread.iter().filter(|unread| unread.slip.is_link());
        problems.extend(links.map(|unread| {
            let (message, help) = unread.slip.words();
            Diagnostic::new(&RULE, unread.span, message).help(help)
        }));
    }
}
