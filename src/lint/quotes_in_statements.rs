//! Reports statements that contain quotation marks.

use super::{Context, each_claim};
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};

/// Name, default level and documentation of the lint `quotes-in-statements`.
pub(super) const RULE: Rule = Rule {
    name: "quotes-in-statements",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a statement contains quotation marks",
    explanation: "The statement is a sentence of the author; the words of the source belong in the nested quotation and nowhere \
else. That way readers always know whose words they read, and every quotation can be checked. Reword the \
statement, or move the words into the quotation.",
};

const MARKS: &[char] = &['"', '“', '”', '„', '«', '»', '「', '」'];

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for claim in each_claim(context).filter(|claim| claim.statement.value.contains(MARKS)) {
        problems.push(
            Diagnostic::new(
                &RULE,
                claim.statement.span,
                format!("the statement of `{}` contains quotation marks", claim.id.value),
            )
            .help("say it in your own words and put the source's words into the nested quotation"),
        );
    }
}
