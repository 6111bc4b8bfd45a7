//! Reports quotations that were not found in a snapshot of their source and that nobody has seen there.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::quote::QuoteState;

use super::{Context, each_claim_index};

/// Name, default level and documentation of the lint `unarchived-quotes`. It is allowed by default, because not
/// every book keeps copies of its sources.
pub(super) const RULE: Rule = Rule {
    name: "unarchived-quotes",
    kind: RuleKind::Lint(Level::Allow),
    summary: "a quotation was found in no snapshot of its source, and nobody has seen it there",
    explanation: "Pages change and vanish; a quotation can be trusted when its words were found in a saved copy. Save the page or \
its text as `snapshots/<source-id>.html`, `.txt` or `.md`, where `<source-id>` is the name of its file in \
`content/sources/`, and run `claimbook verify`. Commit `claims.lock`; the copies stay with you and are never \
published. A quotation edited since it was verified must be verified again. Words that are not in the saved part \
of a source (`.part.` in the name of the copy) are unarchived too.

Where a copy cannot be had, somebody can read the passage in the source and say so with \
`seen:: 2026-11-29 by J. Doe`: such a quotation is not reported.

This lint is allowed unless `site.toml` asks for it:

    [policy]
    unverified-quotes = \"deny\"",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (index, claim) in each_claim_index(context) {
        let check = context.check_quote(index);
        let is_unarchived = check.is_some_and(|check| check.state == QuoteState::Unarchived);
        let Some(quote) = claim.quote.as_ref().filter(|_| is_unarchived) else { continue };
        let message =
            format!("the quotation of `{}` was found in no saved copy of its source", claim.id.value);
        let help = match context.book.source_id(index) {
            Some(id) => format!(
                "save the source as `snapshots/{id}.html`, or write who read the words there as `seen`; then run `claimbook verify`"
            ),
            None => {
                "give its source a file in `content/sources/` and a snapshot of the same name, or write who read the words there as `seen`".to_owned()
            }
        };
        problems.push(Diagnostic::new(&RULE, quote.span, message).help(help));
    }
}
