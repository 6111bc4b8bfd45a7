//! Reports suppressions of lints that suppress nothing.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::source::Spanned;

/// Name, default level and documentation of the lint `unused-allows`.
pub(super) const RULE: Rule = Rule {
    name: "unused-allows",
    kind: RuleKind::Lint(Level::Warn),
    summary: "an `allow` names a lint that finds nothing there",
    explanation: "An `allow` that no longer suppresses anything hides the next mistake of its kind. Delete the line.",
};

pub(super) fn problem(name: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(&RULE, name.span, format!("`{}` has nothing to allow here", name.value))
        .help("delete the line")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, claim};
    use crate::lint::tests::{check, check_article, check_example};

    #[test]
    fn a_suppression_of_nothing_is_reported() {
        let text = "---\ntitle: A\nallow: [broken-anchors]\n---\n\n";
        check(
            &RULE,
            &[(
                "content/articles/a.md",
                &(text.to_owned() + &claim("pace", "allow:: undated-forecasts — why")),
            )],
            &[
                ("`broken-anchors` has nothing to allow here", "broken-anchors"),
                ("`undated-forecasts` has nothing to allow here", "undated-forecasts — why"),
            ],
        );
    }

    #[test]
    fn suppressions_that_are_used_and_lints_that_are_off_are_clean() {
        check_article(&RULE, &claim("pace", "kind:: forecast\nallow:: undated-forecasts"), &[]);
        check_article(&RULE, &claim("pace", "allow:: one-sided-contradictions"), &[]);
        let mut off = Example::of_article(&claim("pace", "allow:: undated-forecasts"));
        off.config.lints.set("undated-forecasts", Level::Allow);
        check_example(&RULE, off, &[]);
    }

    #[test]
    fn it_can_be_suppressed_and_switched_off() {
        let facts = "allow:: undated-forecasts";
        check_article(&RULE, &claim("pace", &format!("{facts}, unused-allows")), &[]);
        let mut off = Example::of_article(&claim("pace", facts));
        off.config.lints.set(RULE.name, Level::Allow);
        check_example(&RULE, off, &[]);
    }
}
