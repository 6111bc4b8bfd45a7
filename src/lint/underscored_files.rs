//! Reports files and folders whose names begin with an underscore, because they are published like any other.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::DocumentKind;
use crate::source::Span;

use super::Context;

/// Name, default level and documentation of the lint `underscored-files`.
pub(super) const RULE: Rule = Rule {
    name: "underscored-files",
    kind: RuleKind::Lint(Level::Warn),
    summary: "the name of a published file or folder begins with an underscore",
    explanation: "Some programs leave out files whose names begin with `_`. This one publishes them: only \
`content/_index.md` has a meaning of its own, the introduction of the home page. `draft: true` in the front matter \
keeps a file back until `--drafts` asks for it, and `_index.md` in other folders is a page like any other. Rename the \
file, or make it a draft.

    ---
    title: Not ready yet
    draft: true
    ---",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents().filter(|(_, document)| document.kind != DocumentKind::Home)
    {
        let path = &document.path;
        let Some(part) = path.split('/').find(|part| part.starts_with('_')) else { continue };
        let name = part.trim_start_matches('_');
        let title = document.front_matter.title_span();
        let span = title.or(document.front_matter.span).unwrap_or(Span::new(document.file(), 0..0));
        problems.push(
            Diagnostic::new(
                &RULE,
                span,
                format!("`{part}` is published although its name begins with an underscore"),
            )
            .help(format!("rename it to `{name}`; `draft: true` in a file keeps it unpublished")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{check, check_allowed};

    const TEXT: &str = "---\ntitle: Later\n---\n";

    #[test]
    fn files_and_folders_with_an_underscore_are_reported() {
        let published = "is published although its name begins with an underscore";
        check(
            &RULE,
            &[
                ("content/articles/_draft.md", TEXT),
                ("content/articles/_later/b.md", TEXT),
                ("content/pages/_index.md", TEXT),
            ],
            &[
                (&format!("`_draft.md` {published}"), "Later"),
                (&format!("`_later` {published}"), "Later"),
                (&format!("`_index.md` {published}"), "Later"),
            ],
        );
    }

    #[test]
    fn the_introduction_of_the_home_page_and_other_names_are_clean() {
        check(&RULE, &[("content/_index.md", "Hello.\n"), ("content/articles/a_b.md", TEXT)], &[]);
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        let text = "---\ntitle: Later\nallow: underscored-files\n---\n";
        check_allowed(&RULE, &[("content/articles/_draft.md", text)]);
    }
}
