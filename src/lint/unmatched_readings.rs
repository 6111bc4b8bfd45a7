//! Reports quotations whose words are not recorded as those that somebody saw in the source.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::quote::{QuoteState, ReadingState};

use super::{Context, valid_claims_with_index};

/// Name, default level and documentation of the lint `unmatched-readings`.
pub(super) const RULE: Rule = Rule {
    name: "unmatched-readings",
    kind: RuleKind::Lint(Level::Warn),
    summary: "`seen` does not match the quotation recorded in `claims.lock`",
    explanation: "`seen:: 2026-11-29 by J. Doe` says that J. Doe read the quotation in its source. `claimbook verify` stores a \
digest of the words in `claims.lock`, and the reading counts while they are the same. This lint finds a reading \
that is not in `claims.lock` yet: run `claimbook verify` and commit the file. It also finds a quotation that was \
changed, or given another source, after it was seen: read the passage again and write the date of that day. For \
a second reading on the same day, delete the line, run `claimbook verify`, write the line and run it again.

    > - seen:: 2026-11-30 by J. Doe

A quotation that `claimbook verify` found in a snapshot is verified without the reading, and is not reported.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (index, claim) in valid_claims_with_index(context) {
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
                format!("`seen` of `{id}` is not recorded in claims.lock"),
                "run `claimbook verify`, and commit claims.lock",
            ),
            _ => continue,
        };
        problems.push(Diagnostic::new(&RULE, seen.span, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{article, quoting};
    use crate::lint::tests::{check, check_allowed_article, check_article};

    const SEEN: &str = "seen:: 2026-11-20 by Jane Doe";
    const REPORT: (&str, &str) = ("content/sources/report.md", "---\ntitle: Report\n---\n");

    /// A lock with a reading of the words `it did happen` in the report.
    const LOCK: (&str, &str) = (
        "claims.lock",
        "version = 1\n\n[seen.pace]\nsource = \"report\"\ndate = \"2026-11-20\"\nby = \"Jane Doe\"\n\
         words = \"c5364b7a71e7139713b91d7a2e792314dd3ae49f366384529c9fff8778c3cf27\"\n",
    );

    #[test]
    fn readings_that_are_not_in_the_lock_are_reported() {
        let place = "2026-11-20 by Jane Doe";
        let expected = [("`seen` of `pace` is not recorded in claims.lock", place)];
        check_article(&RULE, &quoting("pace", "it is new", SEEN), &expected);
    }

    #[test]
    fn words_or_sources_that_were_changed_after_the_reading_are_reported() {
        let expected = [("the quotation of `pace` was changed after it was seen", "2026-11-20 by Jane Doe")];
        let of_report = format!("source:: report\n{SEEN}");
        for body in [quoting("pace", "it did not happen", &of_report), quoting("pace", "it did happen", SEEN)]
        {
            check(&RULE, &[REPORT, LOCK, ("content/articles/a.md", &article(&body))], &expected);
        }
    }

    #[test]
    fn readings_of_the_present_words_are_clean() {
        let body = article(&quoting("pace", "it did happen", &format!("source:: report\n{SEEN}")));
        check(&RULE, &[REPORT, LOCK, ("content/articles/a.md", &body)], &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let facts = format!("{SEEN}\nallow:: unmatched-readings");
        check_allowed_article(&RULE, &quoting("pace", "it is new", &facts));
    }
}
