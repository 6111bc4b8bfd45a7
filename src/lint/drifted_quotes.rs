//! Reports quotations whose words are not in the snapshot of their source.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::quote::QuoteState;

use super::{Context, valid_claims_with_index};

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
    for (index, claim) in valid_claims_with_index(context) {
        let check = context.check_quote(index);
        let Some((quote, drifted)) = claim.quote.as_ref().zip(check) else { continue };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check, check_allowed};

    const REPORT: (&str, &str) = ("content/sources/report.md", "---\ntitle: Report\n---\n");

    fn quoting(facts: &str) -> String {
        let callout =
            "> [!claim] pace\n> **It happened.**\n>\n> > it did\n> > happen\n>\n> - kind:: statement";
        format!("---\ntitle: A\nsource: report\n---\n\n{callout}\n> - by:: Jane Doe\n{facts}")
    }

    /// A lock in which these words of the claim are not in the snapshot of the report.
    fn lock(words: &str) -> String {
        format!(
            "version = 1\n\n[claims.pace]\nsource = \"report\"\nstate = \"drifted\"\ndate = 2026-11-20\n\
             snapshot = \"{}\"\nquote = \"{words}\"\n",
            "0a".repeat(32)
        )
    }

    #[test]
    fn words_that_are_not_in_the_snapshot_are_reported() {
        check(
            &RULE,
            &[REPORT, ("content/articles/a.md", &quoting("")), ("claims.lock", &lock("it did happen"))],
            &[("the quotation of `pace` is not in the snapshot of `report`", "> it did\n> > happen")],
        );
    }

    #[test]
    fn words_that_were_not_searched_are_clean() {
        let article = ("content/articles/a.md", &*quoting(""));
        check(&RULE, &[REPORT, article], &[]);
        check(&RULE, &[REPORT, article, ("claims.lock", &lock("it did occur"))], &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let article = quoting("> - allow:: drifted-quotes\n");
        let lock = lock("it did happen");
        check_allowed(&RULE, &[REPORT, ("content/articles/a.md", &article), ("claims.lock", &lock)]);
    }
}
