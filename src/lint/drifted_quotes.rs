//! Reports quotations whose words are not in the snapshot of their source.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::quote::QuoteState;

use super::{Context, each_claim_index};

/// Name, default level and documentation of the lint `drifted-quotes`.
pub(super) const RULE: Rule = Rule {
    name: "drifted-quotes",
    kind: RuleKind::Lint(Level::Warn),
    summary: "the words of a quotation are not in the snapshot of its source",
    explanation: "`claimbook verify` searched the saved copy of the source, `snapshots/<source-id>`, for these very words, and \
they are not there: the quotation has a slip in it, or the source has changed and the copy with it. White \
space and typographic quotation marks do not count; everything else does, and nothing is matched by \
likeness. Quote what the source says. Two passages are two claims: words cannot be left out within one.

The level of this lint and of `unarchived-quotes` is set by `unverified-quotes` in `[policy]` too.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (index, claim) in each_claim_index(context) {
        let drifted = context.check_quote(index);
        let Some((quote, drifted)) = claim.quote.as_ref().zip(drifted) else { continue };
        let Some(entry) = drifted.entry.filter(|_| drifted.state == QuoteState::Drifted) else { continue };
        let id = &claim.id.value;
        let message = format!("the quotation of `{id}` is not in the snapshot of `{}`", entry.source);
        problems.push(
            Diagnostic::new(&RULE, quote.span, message)
                .label(format!("not found on {}", entry.date))
                .help("quote the source word for word, then run `claimbook verify`"),
        );
    }
}
