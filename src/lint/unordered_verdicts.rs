//! Reports verdicts that are dated before a verdict above them.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::Verdict;

use super::{Context, valid_claims};

/// Name, default level and documentation of the lint `unordered-verdicts`.
pub(super) const RULE: Rule = Rule {
    name: "unordered-verdicts",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a verdict is dated before one that is written above it",
    explanation: "The verdict with the latest date counts, wherever it is written; of several verdicts of one day, the last one in the \
text. A date that is a month or a year begins with its first day. Authors add verdicts below the earlier ones, so \
a later line with an earlier date has a typing error in its date, or is at the wrong place. Correct the date, or sort the \
verdicts.

    > - verdict:: 2026-11-20 supported by J. Doe — [the log](https://example.org/log)
    > - verdict:: 2026-12-01 retracted by J. Doe — [a correction](https://example.org/correction)",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for claim in valid_claims(context) {
        // The verdicts of a claim are sorted by date, so they are sorted by their position in the text here.
        let mut in_text_order: Vec<&Verdict> = claim.verdicts.iter().collect();
        in_text_order.sort_by_key(|verdict| verdict.span.start);
        let mut latest: Option<&Verdict> = None;
        for verdict in in_text_order {
            let day = verdict.date.value.first_day();
            match latest.filter(|latest| day < latest.date.value.first_day()) {
                Some(latest) => problems.push(
                    Diagnostic::new(
                        &RULE,
                        verdict.date.span,
                        format!("this verdict on `{}` is dated before the one above it", claim.id.value),
                    )
                    .secondary(latest.date.span, "this date is later, so this verdict counts")
                    .help("correct the date, or write the verdicts in the order of their dates"),
                ),
                None => latest = Some(verdict),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check_allowed_article, check_article};

    fn judged(dates: &[&str], facts: &str) -> String {
        let verdicts: String =
            dates.iter().map(|date| ["verdict:: ", date, " mixed by J. Doe\n"].concat()).collect();
        claim("pace", &(verdicts + facts))
    }

    #[test]
    fn a_verdict_below_a_later_one_is_reported() {
        let message = "this verdict on `pace` is dated before the one above it";
        check_article(&RULE, &judged(&["2026-11-20", "2026-11-10"], ""), &[(message, "2026-11-10")]);
        check_article(&RULE, &judged(&["2026-11-20", "2026-11"], ""), &[(message, "2026-11")]);
        let three = judged(&["2026-11-20", "2026-11-10", "2026-11-15"], "");
        check_article(&RULE, &three, &[(message, "2026-11-10"), (message, "2026-11-15")]);
    }

    #[test]
    fn verdicts_in_order_and_of_one_day_are_clean() {
        check_article(&RULE, &judged(&["2026-11-10", "2026-11-10", "2026-11-20"], ""), &[]);
        check_article(&RULE, &judged(&["2026-11", "2026-11-01"], ""), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &judged(&["2026-11-20", "2026-11-10"], "allow:: unordered-verdicts"));
    }
}
