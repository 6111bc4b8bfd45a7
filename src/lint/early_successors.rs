//! Reports claims that supersede a claim that was said later.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::RelationKind;

use super::{Context, valid_claims};

/// Name, default level and documentation of the lint `early-successors`.
pub(super) const RULE: Rule = Rule {
    name: "early-successors",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a claim supersedes one that was said later",
    explanation: "`supersedes` is written in the newer claim and names the older one, whose place it takes. Where the older one names \
the newer one, the wrong claim is shown as superseded. Write the relation in the other claim, or correct the \
date that is wrong.

    > - said:: 2026-11-20
    > - supersedes:: [the spring](claim:training-12-days) — counted again",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for claim in valid_claims(context) {
        let Some(said) = &claim.said else { continue };
        let supersedes = claim.relations.iter().filter(|relation| relation.kind == RelationKind::Supersedes);
        for relation in supersedes {
            let Some(other) = book.find_claim(&relation.target.value).map(|other| book.claim(other)) else {
                continue;
            };
            let Some(other_said) = other.said.as_ref().filter(|_| !other.is_broken) else { continue };
            if said.value.last_day() >= other_said.value.first_day() {
                continue;
            }
            let (id, other_id) = (&claim.id.value, &other.id.value);
            problems.push(
                Diagnostic::new(
                    &RULE,
                    relation.target.span,
                    format!("`{id}` supersedes `{other_id}`, which was said later"),
                )
                .secondary(said.span, format!("said on {}", said.value))
                .secondary(other_said.span, format!("said on {}", other_said.value))
                .help(format!(
                    "write `supersedes` with `[words](claim:{id})` in `{other_id}` instead, or correct the date that is wrong"
                )),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check_allowed_article, check_article};

    fn pair(newer: &str, older: &str, facts: &str) -> String {
        claim("a", &format!("said:: {newer}\nsupersedes:: [the other](claim:b)\n{facts}"))
            + &claim("b", &format!("said:: {older}"))
    }

    #[test]
    fn a_claim_that_supersedes_a_later_one_is_reported() {
        let expected = [("`a` supersedes `b`, which was said later", "[the other](claim:b)")];
        check_article(&RULE, &pair("2025-03", "2026-03-01", ""), &expected);
        check_article(&RULE, &pair("2026-03-01", "2026-03-02", ""), &expected);
        check_article(&RULE, &pair("2025", "2026", ""), &expected);
    }

    #[test]
    fn dates_that_may_be_in_order_are_clean() {
        for (newer, older) in
            [("2026-03", "2025-03-01"), ("2026-03-01", "2026-03-01"), ("2026-03", "2026-03-20")]
        {
            check_article(&RULE, &pair(newer, older, ""), &[]);
        }
        check_article(&RULE, &(claim("a", "supersedes:: [it](claim:b)") + &claim("b", "said:: 2026")), &[]);
        check_article(
            &RULE,
            &(claim("a", "said:: 2025\nrefines:: [it](claim:b)") + &claim("b", "said:: 2026")),
            &[],
        );
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &pair("2025", "2026", "allow:: early-successors"));
    }
}
