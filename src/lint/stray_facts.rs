//! Reports lines outside of claims that look like a fact.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::DocumentKind;

use super::Context;

/// Name, default level and documentation of the lint `stray-facts`.
pub(super) const RULE: Rule = Rule {
    name: "stray-facts",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a line that is not inside a claim looks like a fact",
    explanation: "Facts belong to a claim: in a callout every line begins with `> `, in a claim file they are front matter. A \
line such as `verdict:: …` anywhere else is prose. No claim has it, and no status follows from it. Directly after a \
callout it is an error, since it is clear which claim it left. In a file where `key:: value` is meant as prose, \
write `allow: stray-facts` in the front matter.

    > - verdict:: 2026-11-20 supported by J. Doe — seen in the log",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        let help = match document.kind {
            DocumentKind::Claim => "move it to the front matter, with one colon, or write it in a code span",
            _ => "move it into its claim, with `> - ` before it, or write it in a code span",
        };
        problems.extend(document.stray_facts.iter().map(|keys| {
            let message = format!("{} is not inside a claim", keys.value);
            Diagnostic::new(&RULE, keys.span, message).help(help)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::claim;
    use crate::lint::tests::{check, check_allowed, check_article};

    #[test]
    fn lines_that_look_like_facts_are_reported() {
        let body = "Text.\n\n- verdict:: 2026 supported\n- said:: 2026\n- Something else.\n\n> As a quotation:\n> value:: 5\n\n1. - [x] Tags :: a\n";
        check_article(
            &RULE,
            &(claim("pace", "") + body),
            &[
                ("`verdict::`, `said::` is not inside a claim", "verdict::"),
                ("`value::` is not inside a claim", "value::"),
                ("`tags::` is not inside a claim", "Tags ::"),
            ],
        );
        let file = "---\nstatement: It happened.\nkind: statement\nby: J. Doe\n---\n\n- said: 2026-11-20\n";
        check(&RULE, &[("content/claims/c.md", file)], &[("`said:` is not inside a claim", "said:")]);
    }

    #[test]
    fn code_tables_and_prose_are_clean() {
        let body = "Neither `verdict:: this` nor std::fs is one, and \"kind:: that\" in a line neither.\n\n\
                    - reviewer:: unknown\n- `verdict:: in code`\n\n```\n- verdict:: in a fence\n```\n\n\
                    | said:: in a table |\n|---|\n| said:: in a cell |\n";
        check_article(&RULE, body, &[]);
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        let text = "---\ntitle: Notes\nallow: [stray-facts]\n---\n\n- source:: a note\n";
        check_allowed(&RULE, &[("content/pages/notes.md", text)]);
    }
}
