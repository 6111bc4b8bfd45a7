//! Reports claims that no text links to.

use super::Context;
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};

/// Name, default level and documentation of the lint `unmentioned-claims`.
pub(super) const RULE: Rule = Rule {
    name: "unmentioned-claims",
    kind: RuleKind::Lint(Level::Warn),
    summary: "no text mentions a claim",
    explanation: "A claim that no sentence links to is next to the text instead of in it: readers of the write-up meet it \
without context. Link the words that state it.

    Progress [reached 52-fold](claim:training-speedup-52x) in a preview.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for index in book.all_claims().filter(|&index| book.node(index).mentions.is_empty()) {
        let claim = book.claim(index);
        if claim.is_broken {
            continue;
        }
        problems.push(
            Diagnostic::new(&RULE, claim.id.span, format!("no text mentions claim `{}`", claim.id.value))
                .help(format!("link the words that state it: `[words](claim:{})`", claim.id.value)),
        );
    }
}
