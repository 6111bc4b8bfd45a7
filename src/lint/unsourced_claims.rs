//! Reports claims without a source.

use super::Context;
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};

/// Name, default level and documentation of the lint `unsourced-claims`.
pub(super) const RULE: Rule = Rule {
    name: "unsourced-claims",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a claim has no source",
    explanation: "A claim needs a source: its own `source`, or that of its write-up. Without one nobody can check it. Name the \
id of a file in `content/sources/`, or give the title and address in place.

    > - source:: [System card, table 4](https://example.org/card)",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for index in book.all_claims() {
        let claim = book.claim(index);
        let home = book.document(book.node(index).document);
        if claim.source.is_none() && home.front_matter.source.is_none() && !claim.is_broken {
            problems.push(
                Diagnostic::new(&RULE, claim.id.span, format!("claim `{}` has no source", claim.id.value))
                    .help("add `source::` to the claim, or `source:` to the front matter of its write-up"),
            );
        }
    }
}
