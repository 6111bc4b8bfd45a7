//! Reports forecasts whose deadline has passed without a verdict.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::graph::Status;

use super::Context;

/// Name, default level and documentation of the lint `overdue-forecasts`.
pub(super) const RULE: Rule = Rule {
    name: "overdue-forecasts",
    kind: RuleKind::Lint(Level::Warn),
    summary: "the deadline of a forecast has passed and nobody has judged it",
    explanation: "Readers come to see what became of a forecast. Once its deadline has passed, add a verdict: `came-true`, \
`partly`, `did-not-happen`, `annulled` or `unfalsifiable`. If the outcome cannot be known yet, suppress the \
lint in the claim and say why.

    > - allow:: overdue-forecasts — the yearly report is out in March",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for index in book.all_claims().filter(|&index| book.node(index).status == Status::Overdue) {
        let claim = book.claim(index);
        let Some(deadline) = claim.resolves.as_ref().filter(|_| !claim.is_broken) else { continue };
        problems.push(
            Diagnostic::new(
                &RULE,
                deadline.span,
                format!("forecast `{}` was due on {}", claim.id.value, deadline.value.last_day()),
            )
            .help("add a verdict, such as `- verdict:: 2026-11-20 did-not-happen by J. Doe — reason`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check_allowed_article, check_article};

    fn due(date: &str, facts: &str) -> String {
        claim("pace", &format!("kind:: forecast\nresolves:: {date}\n{facts}"))
    }

    #[test]
    fn a_deadline_that_has_passed_is_reported() {
        let expected = [("forecast `pace` was due on 2026-11-21", "2026-11-21")];
        check_article(&RULE, &due("2026-11-21", ""), &expected);
        check_article(&RULE, &due("2026-10", ""), &[("forecast `pace` was due on 2026-10-31", "2026-10")]);
    }

    #[test]
    fn present_deadlines_and_judged_forecasts_are_clean() {
        for date in ["2026-11-22", "2026-11", "2026", "2027"] {
            check_article(&RULE, &due(date, ""), &[]);
        }
        check_article(&RULE, &due("2025", "verdict:: 2026-01-02 annulled by J. Doe"), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &due("2025", "allow:: overdue-forecasts — the report is out in March"));
    }
}
