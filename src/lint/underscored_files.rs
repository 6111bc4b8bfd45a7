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
        let title = document.front_matter.title.as_ref().map(|title| title.span);
        let place = title.or(document.front_matter.span).unwrap_or(Span::new(document.file, 0..0));
        problems.push(
            Diagnostic::new(
                &RULE,
                place,
                format!("`{part}` is published although its name begins with an underscore"),
            )
            .help(format!("rename it to `{name}`; `draft: true` in a file keeps it unpublished")),
        );
    }
}
