//! Reports claims that give no reason for a contradiction that another claim states.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::RelationKind;
use crate::graph::ClaimIndex;

use super::{Context, valid_claims_with_index};
use std::collections::HashSet;

/// Name, default level and documentation of the lint `one-sided-contradictions`.
pub(super) const RULE: Rule = Rule {
    name: "one-sided-contradictions",
    kind: RuleKind::Lint(Level::Allow),
    summary: "only one side of a contradiction says why",
    explanation: "Where two claims contradict each other, readers want to hear both sides. Add `contradicts` with a reason to \
the other claim as well. This lint is off unless `site.toml` asks for it.

    [lints]
    one-sided-contradictions = \"warn\"",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    let contradictions = || {
        valid_claims_with_index(context).flat_map(|(index, claim)| {
            let stated = claim.relations.iter().filter(|relation| relation.kind == RelationKind::Contradicts);
            stated
                .filter_map(move |relation| Some((index, book.find_claim(&relation.target.value)?, relation)))
        })
    };
    let explained: HashSet<(ClaimIndex, ClaimIndex)> = contradictions()
        .filter(|(.., relation)| relation.reason.is_some())
        .map(|(from, to, _)| (from, to))
        .collect();
    for (index, other_index, relation) in contradictions() {
        let (claim, other) = (book.claim(index), book.claim(other_index));
        if other.is_broken || index == other_index || explained.contains(&(other_index, index)) {
            continue;
        }
        let (id, other_id) = (&claim.id.value, &other.id.value);
        problems.push(
            Diagnostic::new(
                &RULE,
                relation.span,
                format!("`{other_id}` does not say why it contradicts `{id}`"),
            )
            .secondary(other.id.span, "the other side")
            .help(format!("add `contradicts:: [words](claim:{id}) — reason` there")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, claim};
    use crate::lint::tests::{check_allowed_article, check_article, check_off};

    const AGAINST: &str = "contradicts:: [the other](claim:two) — it was seen";

    #[test]
    fn the_silent_side_is_reported() {
        let fact = "[the other](claim:two) — it was seen";
        let expected = [("`two` does not say why it contradicts `one`", fact)];
        check_article(&RULE, &(claim("one", AGAINST) + &claim("two", "")), &expected);
        // Without a reason, the other claim only says that both contradict each other.
        let body = claim("one", AGAINST) + &claim("two", "contradicts:: [it](claim:one)");
        check_article(&RULE, &body, &expected);
    }

    #[test]
    fn two_reasons_are_clean() {
        let body = claim("one", AGAINST) + &claim("two", "contradicts:: [it](claim:one) — it was not");
        check_article(&RULE, &(body + &claim("three", "supports:: [it](claim:one)")), &[]);
    }

    #[test]
    fn it_is_off_unless_the_site_asks_for_it() {
        assert_eq!(RULE.kind, RuleKind::Lint(Level::Allow));
        check_off(&RULE, Example::of_article(&(claim("one", AGAINST) + &claim("two", ""))));
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let facts = format!("{AGAINST}\nallow:: one-sided-contradictions");
        check_allowed_article(&RULE, &(claim("one", &facts) + &claim("two", "")));
    }
}
