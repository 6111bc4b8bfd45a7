//! Reports quotations that were not found in a snapshot of their source and that nobody has seen there.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::quote::QuoteState;

use super::{Context, valid_claims_with_index};

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
    for (index, claim) in valid_claims_with_index(context) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, quoting};
    use crate::lint::tests::{check, check_allowed_article, check_article, check_off};

    const REPORT: (&str, &str) = ("content/sources/report.md", "---\ntitle: Report\n---\n");

    /// A lock in which these words of the claim are in the snapshot of the report.
    fn lock(words: &str) -> String {
        format!(
            "version = 1\n\n[claims.pace]\nsource = \"report\"\nstate = \"verified\"\ndate = 2026-11-20\n\
             snapshot = \"{}\"\nquote = \"{words}\"\nstart = 4\nend = {}\nprefix = \"And \"\nsuffix = \".\"\n",
            "0a".repeat(32),
            4 + words.len()
        )
    }

    #[test]
    fn words_that_were_found_nowhere_are_reported() {
        let expected =
            [("the quotation of `pace` was found in no saved copy of its source", "> it did happen")];
        check_article(&RULE, &quoting("pace", "it did happen", ""), &expected);
        let body = article(&quoting("pace", "it did happen", "source:: report"));
        let article = ("content/articles/a.md", body.as_str());
        check(&RULE, &[REPORT, article], &expected);
        // The words were changed after they had been found.
        check(&RULE, &[REPORT, article, ("claims.lock", &lock("it did not happen"))], &expected);
    }

    #[test]
    fn words_that_were_found_are_clean() {
        let body = article(&quoting("pace", "it did happen", "source:: report"));
        let lock = lock("it did happen");
        check(&RULE, &[REPORT, ("content/articles/a.md", &body), ("claims.lock", &lock)], &[]);
    }

    #[test]
    fn it_is_off_unless_the_site_asks_for_it() {
        assert_eq!(RULE.kind, RuleKind::Lint(Level::Allow));
        check_off(&RULE, Example::of_article(&quoting("pace", "it did happen", "")));
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &quoting("pace", "it did happen", "allow:: unarchived-quotes"));
    }
}
