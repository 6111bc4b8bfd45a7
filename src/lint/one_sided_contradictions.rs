//! Only one side of a contradiction says why.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::RelationKind;

use super::Context;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "one-sided-contradictions",
    kind: RuleKind::Lint(Level::Allow),
    summary: "only one side of a contradiction says why",
    explanation: "Where two claims contradict each other, readers want to hear both sides. Add `contradicts` with a reason to \
the other claim as well. This lint is off unless `site.toml` asks for it.

    [lints]
    one-sided-contradictions = \"warn\"",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for index in book.claims() {
        let node = book.node(index);
        for &edge in &node.outgoing {
            let relation = book.relation(edge);
            if relation.kind != RelationKind::Contradicts {
                continue;
            }
            let is_answered = node.incoming.iter().any(|&back| {
                let other = book.relation(back);
                back.other == edge.other && other.kind == RelationKind::Contradicts && other.reason.is_some()
            });
            if !is_answered {
                let other = book.claim(edge.other);
                problems.push(
                    Diagnostic::new(
                        &RULE,
                        relation.span,
                        format!(
                            "`{}` does not say why it contradicts `{}`",
                            other.id.value,
                            book.claim(index).id.value
                        ),
                    )
                    .secondary(other.id.span, "the other side")
                    .help(format!(
                        "add `contradicts:: [words](claim:{}) — reason` there",
                        book.claim(index).id.value
                    )),
                );
            }
        }
    }
}
