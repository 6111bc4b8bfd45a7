//! A quotation was not compared with a snapshot of its source.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::quote::QuoteState;

use super::{Context, each_claim_index};

/// The rule. Allowed by default: not every book keeps copies of its sources.
pub(super) const RULE: Rule = Rule {
    name: "unarchived-quotes",
    kind: RuleKind::Lint(Level::Allow),
    summary: "a quotation was not compared with a snapshot of its source",
    explanation: "Pages change and vanish; a quotation can be trusted when its words were found in a saved copy. Save the page or \
its text as `snapshots/<source-id>.html`, `.txt` or `.md`, where `<source-id>` is the name of its file in \
`content/sources/`, and run `claimbook verify`. Commit `claims.lock`; the copies stay with you and are never \
published. A quotation edited since it was verified must be verified again.

This lint is allowed unless `site.toml` asks for it:

    [policy]
    unverified-quotes = \"deny\"",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (index, claim) in each_claim_index(context) {
        let check = context.book.check_quote(index, context.lock);
        let is_unarchived = check.is_some_and(|check| check.state == QuoteState::Unarchived);
        let Some(quote) = claim.quote.as_ref().filter(|_| is_unarchived) else { continue };
        let message = format!("the quotation of `{}` was not compared with its source", claim.id.value);
        let help = match context.book.source_id(index) {
            Some(id) => format!("save the source as `snapshots/{id}.html`, then run `claimbook verify`"),
            None => {
                "give its source a file in `content/sources/`, and a snapshot of the same name".to_owned()
            }
        };
        problems.push(Diagnostic::new(&RULE, quote.span, message).help(help));
    }
}
