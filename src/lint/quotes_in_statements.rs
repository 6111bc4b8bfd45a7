//! Reports statements that contain quotation marks.

use super::{Context, valid_claims};
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
    for claim in
        valid_claims(context).filter(|claim| claim.statement.value.read(context.access).contains(MARKS))
    {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check_allowed_article, check_article};

    fn stating(statement: &str, facts: &str) -> String {
        format!("> [!claim] pace\n> **{statement}**\n>\n> - kind:: statement\n> - by:: Jane Doe\n{facts}")
    }

    #[test]
    fn quotation_marks_of_every_form_are_reported() {
        for statement in ["A “word”.", "A \"word\".", "A „word“.", "A «word».", "A 「word」."] {
            let message = "the statement of `pace` contains quotation marks";
            check_article(&RULE, &stating(statement, ""), &[(message, statement)]);
        }
    }

    #[test]
    fn apostrophes_are_clean() {
        check_article(&RULE, &stating("The lab's engine isn’t fast.", ""), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &stating("A “word”.", "> - allow:: quotes-in-statements\n"));
    }
}
