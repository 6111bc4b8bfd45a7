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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check, check_allowed_article, check_article};

    #[test]
    fn claims_without_a_link_in_a_text_are_reported() {
        let body = "`[code](claim:pace)` is no link.\n\n".to_owned() + &claim("pace", "");
        let other = claim("other", "supports:: [a fact is no text](claim:pace)");
        let expected =
            [("no text mentions claim `other`", "other"), ("no text mentions claim `pace`", "pace")];
        check_article(&RULE, &(body + &other), &expected);
        let file = "---\nstatement: It happened.\nkind: statement\nby: J. Doe\n---\n";
        check(&RULE, &[("content/claims/c.md", file)], &[("no text mentions claim `c`", "---")]);
    }

    #[test]
    fn links_wikilinks_embeds_and_former_ids_are_mentions() {
        let body = "[It](claim:one), [[two]], [x](claim:tres).\n\n![[four]]\n\n".to_owned();
        let claims =
            [claim("one", ""), claim("two", ""), claim("three", "aliases:: tres"), claim("four", "")];
        check_article(&RULE, &(body + &claims.concat()), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &claim("pace", "allow:: unmentioned-claims"));
    }
}
