//! Reports names that are written in several ways.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::graph::{help_for_spelling_variants, spelling_variants};
use crate::name::{self, Difference};
use crate::source::Spanned;

use super::{Context, reviewer_names};

/// Name, default level and documentation of the lint `spelling-variants`.
pub(super) const RULE: Rule = Rule {
    name: "spelling-variants",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a name is written in several ways",
    explanation: "Speakers, metrics and tags are distinguished by the ids that are made from their names. `Zoë`, `Zoe` and `ZOE` make \
one id and are one speaker, which may be meant or not. Names of those who sign a `verdict` or `seen` are compared in the \
same way. Write the name in one way, or list the others under `aliases` \
in the file of the speaker. The id itself may be written in place of the name.

    ---
    name: Zoë Doe
    aliases: [Zoe Doe]
    ---",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for variant in
        spelling_variants(context.book).iter().filter(|variant| variant.difference == Difference::Letters)
    {
        let (what, name, earlier) = (variant.kind.word(), &variant.name.value, variant.earlier_name);
        problems.push(
            Diagnostic::new(
                &RULE,
                variant.name.span,
                format!("`{name}` and `{earlier}` are treated as one {what}"),
            )
            .secondary(variant.earlier_span, "the other way to write it")
            .help(help_for_spelling_variants(variant.kind)),
        );
    }
    check_reviewers(context, problems);
}

/// Reports names of reviewers that are written in several ways. Reviewers sign verdicts and readings and have no
/// files, so [`spelling_variants`] does not cover them.
fn check_reviewers(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    let mut first_by_id: HashMap<String, &Spanned<String>> = HashMap::new();
    for name in reviewer_names(context).filter(|name| seen.insert(&name.value)) {
        let first = *first_by_id.entry(name::id_of(&name.value)).or_insert(name);
        if name::difference(&first.value, &name.value) != Difference::Spacing {
            let message = format!("`{}` and `{}` are treated as one reviewer", name.value, first.value);
            problems.push(
                Diagnostic::new(&RULE, name.span, message)
                    .secondary(first.span, "the other way to write it")
                    .help("write one of them everywhere; if two people are meant, give them different names"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{article, claim};
    use crate::lint::tests::{check, check_allowed_article, check_article};

    #[test]
    fn names_in_other_letters_are_reported() {
        let body =
            claim("one", "by:: Zoë Doe\ntags:: AI Safety") + &claim("two", "by:: Zoe Doe\ntags:: AI SAFETY");
        check_article(
            &RULE,
            &body,
            &[
                ("`Zoe Doe` and `Zoë Doe` are treated as one speaker", "Zoe Doe"),
                ("`AI SAFETY` and `AI Safety` are treated as one tag", "AI SAFETY"),
            ],
        );
    }

    #[test]
    fn reviewers_are_compared_with_each_other() {
        let by = |name: &str| format!("verdict:: 2026-11-20 supported by {name}");
        let body =
            claim("one", &by("Jane Roe")) + &claim("two", &by("JANE ROE")) + &claim("three", &by("jane-roe"));
        check_article(
            &RULE,
            &body,
            &[
                ("`JANE ROE` and `Jane Roe` are treated as one reviewer", "JANE ROE"),
                ("`jane-roe` and `Jane Roe` are treated as one reviewer", "jane-roe"),
            ],
        );
    }

    #[test]
    fn ids_aliases_and_other_spacing_are_clean() {
        let body = [
            claim("one", "by:: Zoë Doe\ntags:: AI Safety"),
            claim("two", "by:: zoe-doe\ntags:: AI-Safety"),
            claim("three", "by:: Anna\nby:: Ana"),
        ];
        check(
            &RULE,
            &[
                ("content/articles/a.md", &article(&body.concat())),
                ("content/speakers/anna.md", "---\nname: Anna\naliases: [Ana]\n---\n"),
            ],
            &[],
        );
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        let odd = claim("two", "by:: Zoe Doe\nallow:: spelling-variants — as the report has it");
        check_allowed_article(&RULE, &(claim("one", "by:: Zoë Doe") + &odd));
    }
}
