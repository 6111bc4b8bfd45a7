//! Reads a relation of a claim: the value of a key such as `contradicts` in, a [`Relation`] out. For a value that
//! is not a link to a claim, the diagnostic suggests what the author may have meant.

use crate::document::{LinkedText, Relation, RelationKind, Target, Wording};
use crate::name;
use crate::source::Spanned;

use crate::markdown::claim::reader::FactReader;
use crate::markdown::destination::link_target;

impl FactReader<'_> {
    pub(in crate::markdown) fn read_relation(&mut self, kind: RelationKind, value: &LinkedText) {
        let (head, reason) = value.split_reason();
        let mut links = head.links();
        let target =
            links.next().map(|(destination, _, span)| (link_target(destination, self.source.path()), span));
        match (target, links.next()) {
            (Some((Target::Claim(_), _)), None) if !self.has_only_links_and(&head, "") => {}
            (Some((Target::Claim(id), span)), None) => self.claim.relations.push(Relation {
                kind,
                target: Spanned::new(id, span),
                reason: reason.map(Wording::new),
                span: value.span,
            }),
            _ => self.report_bad_value(
                value.span,
                format!("`{}` takes one link to a claim", kind.word()),
                &self.claim_link_help(&head),
            ),
        }
    }

    /// Returns a help text that shows how to write a link to the claim that the value seems to mean.
    fn claim_link_help(&self, head: &LinkedText) -> String {
        let (mut links, plain) = (head.links(), head.plain());
        match (links.next(), links.next()) {
            (None, _) if name::is_id(&plain) => format!("write `[words](claim:{plain}) — reason`"),
            (None, _) => {
                format!("write `[{plain}](claim:id) — reason`, with the id of the claim that is meant")
            }
            (Some((destination, words, _)), None) => {
                let id = match link_target(destination, self.source.path()) {
                    Target::File { path: Some(path), .. } => {
                        let file =
                            path.strip_prefix("content/claims/").and_then(|name| name.strip_suffix(".md"));
                        file.map(str::to_owned)
                    }
                    _ => None,
                };
                match id {
                    Some(id) => format!("write `[{words}](claim:{id}) — reason`"),
                    None => format!(
                        "write `[{words}](claim:id) — reason`: the id of a claim follows its `[!claim]`, or is the name of its file"
                    ),
                }
            }
            _ => "write `[words](claim:id) — reason`, one claim a line".to_owned(),
        }
    }
}
