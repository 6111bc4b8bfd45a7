//! Reports quotations whose words are not recorded as those that somebody saw in the source.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::quote::{QuoteState, ReadingState};

use super::{Context, each_claim_index};

/// Name, default level and documentation of the lint `unmatched-readings`.
pub(super) const RULE: Rule = Rule {
    name: "unmatched-readings",
    kind: RuleKind::Lint(Level::Warn),
    summary: "the words of a quotation are not recorded as those that somebody saw in the source",
    explanation: "`seen:: 2026-11-29 by J. Doe` says that J. Doe read the quotation in its source. `claimbook verify` stores a \
digest of the words in `claims.lock`, and the reading counts while they are the same. This lint finds a reading \
that is not in `claims.lock` yet: run `claimbook verify` and commit the file. It also finds a quotation that was \
changed, or given another source, after it was seen: read the passage again and write the date of that day. For \
a second reading on the same day, delete the line, run `claimbook verify`, write the line and run it again.

    > - seen:: 2026-11-30 by J. Doe

A quotation that `claimbook verify` found in a snapshot is verified without the reading, and is not reported.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (index, claim) in each_claim_index(context) {
        let Some((seen, check)) = claim.seen.as_deref().zip(context.check_quote(index)) else { continue };
        if check.state != QuoteState::Unarchived {
            continue;
        }
        let id = &claim.id.value;
        let (message, help) = match check.reading {
            Some(ReadingState::Outdated) => (
                format!("the quotation of `{id}` was changed after it was seen"),
                "read the passage again and write the date of that day, then run `claimbook verify`",
            ),
            Some(ReadingState::Unrecorded) => (
                format!("the words of `{id}` that were seen are not in claims.lock"),
                "run `claimbook verify`, and commit claims.lock",
            ),
            _ => continue,
        };
        problems.push(Diagnostic::new(&RULE, seen.span, message).help(help));
    }
}
