//! Reports links to headings that do not exist.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::{Document, Target};
use crate::name;

use super::Context;
use crate::graph::MAX_NAME_SEARCHES;
use crate::source::FileId;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

/// Name, default level and documentation of the lint `broken-anchors`.
pub(super) const RULE: Rule = Rule {
    name: "broken-anchors",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a link names a heading that does not exist",
    explanation: "A link to `#heading` or `file.md#heading` must name the anchor of a heading: the heading in lower case with \
hyphens, or the id given after it as `{#id}`. An `id` in raw HTML is an anchor, too. Readers who follow a broken one land at the top of the page.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let mut anchors = AnchorCache::default();
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
            let Some(target) =
                target.filter(|target| !anchor.is_empty() && !anchors.contains(target, anchor))
            else {
                continue;
            };
            let known = target.headings.iter().map(|heading| heading.id.as_str());
            let known = known.take(if problems.len() < MAX_NAME_SEARCHES { usize::MAX } else { 0 });
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

/// The anchors of the documents that links lead to: headings, ids in raw HTML, and the anchors of the claims in a
/// document. They are collected once per document, because a text may have many links to the same document.
#[derive(Default)]
struct AnchorCache<'a>(BTreeMap<FileId, HashSet<Cow<'a, str>>>);

impl<'a> AnchorCache<'a> {
    fn contains(&mut self, document: &'a Document, anchor: &str) -> bool {
        let collect = || {
            let headings = document.headings.iter().map(|heading| Cow::from(heading.id.as_str()));
            let claims = document.claims.iter().map(|claim| Cow::from(format!("claim_{}", claim.id.value)));
            let ids = document.raw_html.ids.iter().map(|id| Cow::from(id.value.as_str()));
            headings.chain(ids).chain(claims).collect()
        };
        self.0.entry(document.file()).or_insert_with(collect).contains(anchor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{article, claim};
    use crate::lint::tests::{check, check_allowed, check_article};

    #[test]
    fn links_to_headings_that_do_not_exist_are_reported() {
        let text = "# A heading\n\n[gone](#a-headin), [gone there](b.md#detail), [no claim](#claim_pase).\n";
        check(
            &RULE,
            &[
                ("content/articles/a.md", &article(text)),
                ("content/articles/b.md", "---\ntitle: B\n---\n\n## Details\n"),
            ],
            &[
                ("there is no heading `#a-headin` in `content/articles/a.md`", "[gone](#a-headin)"),
                ("there is no heading `#detail` in `content/articles/b.md`", "[gone there](b.md#detail)"),
                ("there is no heading `#claim_pase` in `content/articles/a.md`", "[no claim](#claim_pase)"),
            ],
        );
    }

    #[test]
    fn headings_ids_and_claims_are_anchors() {
        let text = "# A heading\n\n## Other {#own}\n\n<b id=\"raw\">b</b>\n\n\
                    [a](#a-heading), [b](a.md#own), [c](#raw), [d](#claim_pace), [e](#).\n\n";
        check_article(&RULE, &(text.to_owned() + &claim("pace", "")), &[]);
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        let text = "---\ntitle: A\nallow: broken-anchors\n---\n\n[gone](#gone)\n";
        check_allowed(&RULE, &[("content/articles/a.md", text)]);
    }
}
