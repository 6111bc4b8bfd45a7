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
