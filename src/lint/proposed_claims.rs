//! Reports files with proposed claims, which nobody has reviewed.

use super::Context;
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::{Claim, ClaimForm};
use crate::source::Span;

/// Name, default level and documentation of the lint `proposed-claims`.
pub(super) const RULE: Rule = Rule {
    name: "proposed-claims",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a file contains proposed claims",
    explanation: "`claimbook import` proposes claims by rules that know nothing of what the text means. Each has \
`proposed`, exists only with `--drafts`, and is spared by all other lints. Review it: put the statement into \
your own words, check its facts, link it from a sentence, and delete the line. A proposal that is no claim is \
deleted as a whole.

    > - proposed:: true",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        let proposed: Vec<&Claim> = document.claims.iter().filter(|claim| claim.is_proposed).collect();
        let Some(first) = proposed.first() else { continue };
        let message = match proposed.len() {
            1 => "1 proposed claim is not reviewed yet".to_owned(),
            number => format!("{number} proposed claims are not reviewed yet"),
        };
        problems.push(Diagnostic::new(&RULE, first.id.span, message).label("the first").help(
            "put the statement into your own words, check the facts and delete `proposed`, or delete the claim",
        ));
    }
}

/// Removes the problems that other lints report in proposed claims, because these claims are work in progress.
pub(super) fn remove_problems_in_proposed_claims(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut spans: Vec<Span> = Vec::new();
    for (_, document) in context.book.documents() {
        let whole_file = Span { file: document.file(), start: 0, end: u32::MAX };
        let proposed = document.claims.iter().filter(|claim| claim.is_proposed);
        spans.extend(
            proposed.map(|claim| if claim.form == ClaimForm::File { whole_file } else { claim.span }),
        );
    }
    let is_within = |span: Span| {
        spans
            .iter()
            .any(|claim| claim.file == span.file && claim.start <= span.start && span.end <= claim.end)
    };
    found.retain(|problem| {
        let is_covered = problem.place.span().is_some_and(is_within);
        problem.rule.name == RULE.name || !is_covered
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{article, claim};
    use crate::lint::tests::{check, check_allowed_article, check_article};
    use crate::lint::undated_forecasts;

    const PROPOSED: &str = "kind:: forecast\nproposed:: true";

    #[test]
    fn proposed_claims_are_reported_once_for_each_file() {
        let body = claim("sound", "") + &claim("one", PROPOSED) + &claim("two", PROPOSED);
        let file = "---\nkind: forecast\nstatement: That happens.\nby: Jane Doe\nproposed: true\n---\n";
        check(
            &RULE,
            &[("content/articles/a.md", &article(&body)), ("content/claims/c.md", file)],
            &[
                ("2 proposed claims are not reviewed yet", "one"),
                ("1 proposed claim is not reviewed yet", "---"),
            ],
        );
    }

    #[test]
    fn other_lints_spare_proposed_claims() {
        let file = "---\nkind: forecast\nstatement: That happens.\nby: Jane Doe\nproposed: true\n---\n";
        let body = article(&(claim("one", PROPOSED) + &claim("sound", "kind:: forecast")));
        check(
            &undated_forecasts::RULE,
            &[("content/articles/a.md", &body), ("content/claims/c.md", file)],
            &[("forecast `sound` has no deadline", "sound")],
        );
    }

    #[test]
    fn reviewed_claims_are_clean() {
        check_article(&RULE, &claim("one", ""), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &claim("one", &format!("{PROPOSED}\nallow:: proposed-claims")));
    }
}
