//! Reports statements that repeat words of their quotation.

use super::{Context, valid_claims};
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use std::collections::HashSet;

/// Name, default level and documentation of the lint `copied-statements`.
pub(super) const RULE: Rule = Rule {
    name: "copied-statements",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a statement repeats words of the quotation",
    explanation: "The statement says in the words of the author what the source says in its own. A run of six words that both \
share is copied: reword the statement, so that only the quotation has the words of the source.",
};

/// Length of a shared run of words that is reported. Shorter runs are often shared by chance, such as names and
/// numbers with their units.
const MIN_COPIED_WORDS: usize = 6;

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for claim in valid_claims(context) {
        let Some(quote) = &claim.quote else { continue };
        let statement = claim.statement.value.read(context.access).to_lowercase();
        let statement = words(&statement);
        let runs: HashSet<&[&str]> = statement.windows(MIN_COPIED_WORDS).collect();
        let is_copied = quote.paragraphs.read(context.access).iter().any(|paragraph| {
            let paragraph = paragraph.to_lowercase();
            let paragraph = words(&paragraph);
            paragraph.windows(MIN_COPIED_WORDS).any(|run| runs.contains(run))
        });
        if is_copied {
            problems.push(
                Diagnostic::new(
                    &RULE,
                    claim.statement.span,
                    format!("the statement of `{}` repeats its quotation", claim.id.value),
                )
                .secondary(quote.span, "the words of the source")
                .help("say it in your own words"),
            );
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check_allowed_article, check_article};

    fn quoting(statement: &str, quote: &str, facts: &str) -> String {
        format!(
            "> [!claim] pace\n> **{statement}**\n>\n> > {quote}\n>\n> - kind:: statement\n> - by:: Jane Doe\n{facts}"
        )
    }

    #[test]
    fn six_words_of_the_quotation_in_a_row_are_reported() {
        let statement = "The engine ran: at FIVE times the usual pace.";
        let quote = "Today it ran at five times the usual speed, they say";
        let message = "the statement of `pace` repeats its quotation";
        check_article(&RULE, &quoting(statement, quote, ""), &[(message, statement)]);
    }

    #[test]
    fn five_words_and_other_orders_are_clean() {
        let quote = "it ran at five times the usual pace";
        check_article(&RULE, &quoting("The engine ran at five times that.", quote, ""), &[]);
        check_article(&RULE, &quoting("The usual pace, five times: it ran at that.", quote, ""), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let words = "it ran at five times the usual pace";
        check_allowed_article(&RULE, &quoting(words, words, "> - allow:: copied-statements\n"));
    }
}
