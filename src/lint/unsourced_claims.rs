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
        let document = book.document(book.node(index).document);
        if claim.source.is_none() && document.front_matter.source.is_none() && !claim.is_broken {
            problems.push(
                Diagnostic::new(&RULE, claim.id.span, format!("claim `{}` has no source", claim.id.value))
                    .help("add the key `source` to the claim, or to the front matter of its write-up"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check, check_allowed, check_article};

    fn without_source(facts: &str) -> String {
        format!("---\ntitle: A\n---\n\n{}", claim("pace", facts))
    }

    #[test]
    fn claims_without_a_source_are_reported() {
        let file = "---\nstatement: It happened.\nkind: statement\nby: J. Doe\n---\n";
        check(
            &RULE,
            &[("content/articles/a.md", &without_source("")), ("content/claims/c.md", file)],
            &[("claim `c` has no source", "---"), ("claim `pace` has no source", "pace")],
        );
    }

    #[test]
    fn a_source_of_the_claim_or_of_its_write_up_is_enough() {
        let own = without_source("source:: [A report](https://example.org/report)");
        check(&RULE, &[("content/articles/a.md", &own)], &[]);
        check_article(&RULE, &claim("pace", ""), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed(&RULE, &[("content/articles/a.md", &without_source("allow:: unsourced-claims"))]);
    }
}
