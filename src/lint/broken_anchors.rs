//! A link names a heading that does not exist.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::{Document, Target};
use crate::name;

use super::Context;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "broken-anchors",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a link names a heading that does not exist",
    explanation: "A link to `#heading` or `file.md#heading` must name the anchor of a heading: the heading in lower case with \
hyphens, or the id given behind it as `{#id}`. Readers who follow a broken one land at the top of the page.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        for reference in &document.references {
            let (anchor, target) = match &reference.target {
                Target::Anchor(anchor) => (anchor, Some(document)),
                Target::File { path: Some(path), anchor: Some(anchor) } => {
                    let target = context.book.find_file(path);
                    (anchor, target.map(|target| context.book.document(target)))
                }
                _ => continue,
            };
            let Some(target) = target.filter(|target| !anchor.is_empty() && !has_anchor(target, anchor))
            else {
                continue;
            };
            let known = target.headings.iter().map(|heading| heading.id.as_str());
            problems.push(
                Diagnostic::new(
                    &RULE,
                    reference.span,
                    format!("there is no heading `#{anchor}` in `{}`", target.path),
                )
                .did_you_mean(name::nearest(anchor, known)),
            );
        }
    }
}

/// Headings, and the anchors that pages give to the claims marked in them.
fn has_anchor(document: &Document, anchor: &str) -> bool {
    let claim = anchor.strip_prefix("claim_");
    document.headings.iter().any(|heading| heading.id == anchor)
        || document.claims.iter().any(|known| Some(known.id.value.as_str()) == claim)
}
