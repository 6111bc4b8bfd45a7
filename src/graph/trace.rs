//! Follows relations between claims: finds cycles of ordered relations, and the claims that depend on a fallen
//! claim.

use std::collections::VecDeque;

use crate::document::RelationKind;

use super::{Book, ClaimIndex, Edge, FallenDependency};

/// Largest number of cycles that are reported. Each relation may close a cycle, so the total length of all
/// cycles grows with the square of the number of claims.
const MAX_CYCLES: usize = 100;

/// Finds cycles of relations of one kind, at most [`MAX_CYCLES`]. A cycle is the list of its edges. The
/// depth-first search with three colours visits the claims in the order of their ids and finds each cycle once. It
/// finds at least one cycle in each strongly connected component with several claims (Tarjan 1972). The search is
/// iterative, so a long chain does not overflow the stack.
pub(super) fn find_cycles(book: &Book, kind: RelationKind) -> Vec<Vec<Edge>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Color {
        New,
        Open,
        Done,
    }
    let mut colors = vec![Color::New; book.links.claims.len()];
    let mut cycles = Vec::new();
    for start in book.all_claims() {
        if colors[start.as_usize()] != Color::New {
            continue;
        }
        colors[start.as_usize()] = Color::Open;
        let mut stack: Vec<(ClaimIndex, usize)> = vec![(start, 0)];
        let mut path: Vec<Edge> = Vec::new();
        while let Some((at, next)) = stack.last_mut() {
            let edges = &book.node(*at).outgoing;
            let Some(&edge) = edges.get(*next) else {
                colors[at.as_usize()] = Color::Done;
                stack.pop();
                path.pop();
                continue;
            };
            *next += 1;
            if book.relation(edge).kind != kind {
                continue;
            }
            match colors[edge.other.as_usize()] {
                Color::New => {
                    colors[edge.other.as_usize()] = Color::Open;
                    stack.push((edge.other, 0));
                    path.push(edge);
                }
                Color::Open if cycles.len() < MAX_CYCLES => {
                    let from = stack.iter().position(|&(claim, _)| claim == edge.other);
                    let from = from.expect("a claim is open while it is on the stack");
                    let mut cycle = path[from..].to_vec();
                    cycle.push(edge);
                    cycles.push(cycle);
                }
                Color::Open | Color::Done => {}
            }
        }
    }
    cycles
}

/// Largest number of fallen claims that are stored for a claim that depends on them. Without this limit, a long
/// chain of claims that depends on many fallen claims would take memory and page size in proportion to the product
/// of both.
pub const MAX_FALLEN_DEPENDENCIES: usize = 10;

/// Finds, for every claim, the nearest fallen claims that it depends on. The search is breadth first, starts at all
/// fallen claims at once and follows `depends-on` backwards. It stops at the next fallen claim, because claims that
/// depend on that claim are listed there. A long chain of fallen claims therefore takes linear time.
pub(super) fn find_fallen_dependencies(book: &Book) -> Vec<Vec<FallenDependency>> {
    let mut dependencies: Vec<Vec<FallenDependency>> = vec![Vec::new(); book.links.claims.len()];
    let has_fallen: Vec<bool> = book.all_claims().map(|claim| book.has_fallen(claim)).collect();
    let starts = book.all_claims().filter(|claim| has_fallen[claim.as_usize()]);
    let mut queue: VecDeque<(ClaimIndex, ClaimIndex, u32)> = starts.map(|claim| (claim, claim, 1)).collect();
    while let Some((at, fallen, steps)) = queue.pop_front() {
        for &edge in &book.node(at).incoming {
            let known = &mut dependencies[edge.other.as_usize()];
            let is_dependency = book.relation(edge).kind == RelationKind::DependsOn;
            let is_known = edge.other == fallen || known.iter().any(|fall| fall.fallen == fallen);
            if is_dependency && !is_known && known.len() < MAX_FALLEN_DEPENDENCIES {
                known.push(FallenDependency { fallen, next: at, steps });
                if !has_fallen[edge.other.as_usize()] {
                    queue.push_back((edge.other, fallen, steps + 1));
                }
            }
        }
    }
    for list in &mut dependencies {
        list.sort_unstable();
    }
    dependencies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::rules;
    use crate::graph::example::{Example, article, claim};

    /// Asserts which cycles are reported in claims, each with an id and facts: the message and the chain of claims.
    #[track_caller]
    fn check(claims: &[(&str, &str)], expected: &[(&str, &str)]) {
        let body: String = claims.iter().map(|(id, facts)| claim(id, facts)).collect();
        let example = Example::faulty(&[("content/articles/a.md", &article(&body))]);
        let cycles = example.problems.iter().filter(|problem| problem.rule == &rules::CIRCULAR_RELATIONS);
        let found: Vec<(&str, &str)> =
            cycles.map(|problem| (problem.message.as_str(), problem.notes[0].as_str())).collect();
        assert_eq!(found, expected);
    }

    const DEPEND: &str = "claims depend on each other in a cycle";
    const SUPERSEDE: &str = "claims supersede each other in a cycle";

    #[test]
    fn cycles_are_reported_with_their_claims() {
        let (on_a, on_b, on_c) =
            ("depends-on:: [x](claim:a)", "depends-on:: [x](claim:b)", "depends-on:: [x](claim:c)");
        check(&[("a", on_b), ("b", on_c), ("c", "")], &[]);
        check(&[("a", on_b), ("b", on_a)], &[(DEPEND, "`a` → `b` → `a`")]);
        check(&[("a", on_c), ("b", on_a), ("c", on_b)], &[(DEPEND, "`a` → `c` → `b` → `a`")]);
        // The claim that leads into a cycle is not part of it.
        check(&[("a", on_b), ("b", on_c), ("c", on_b)], &[(DEPEND, "`b` → `c` → `b`")]);
        check(
            &[("a", "supersedes:: [x](claim:b)"), ("b", "supersedes:: [x](claim:a)")],
            &[(SUPERSEDE, "`a` → `b` → `a`")],
        );
        check(
            &[("a", &format!("{on_b}\n{on_c}")), ("b", on_a), ("c", on_a)],
            &[(DEPEND, "`a` → `b` → `a`"), (DEPEND, "`a` → `c` → `a`")],
        );
    }

    #[test]
    fn relations_without_an_order_may_form_cycles() {
        for relation in ["supports", "contradicts", "refines", "same-as", "cites", "answers"] {
            let to = |id: &str| format!("{relation}:: [x](claim:{id}) — so");
            check(&[("a", &to("b")), ("b", &to("a"))], &[]);
        }
        // Only relations of one kind are compared, and neither kind alone forms a cycle.
        check(&[("a", "supersedes:: [x](claim:b)"), ("b", "depends-on:: [x](claim:a)")], &[]);
    }

    #[test]
    fn a_cycle_is_an_error_before_its_claims_are_said() {
        check(
            &[("a", "said:: 2030\ndepends-on:: [x](claim:b)"), ("b", "depends-on:: [x](claim:a)")],
            &[(DEPEND, "`a` → `b` → `a`")],
        );
    }

    #[test]
    fn a_long_cycle_is_shortened() {
        let ids: Vec<String> = (10..20).map(|number| format!("c{number}")).collect();
        let next = |at: usize| format!("depends-on:: [x](claim:{})", ids[(at + 1) % ids.len()]);
        let facts: Vec<String> = (0..ids.len()).map(next).collect();
        let claims: Vec<(&str, &str)> =
            ids.iter().map(String::as_str).zip(facts.iter().map(String::as_str)).collect();
        let chain = "`c10` → `c11` → `c12` → `c13` → `c14` → `c15` → `c16` → `c17` → 2 more → `c10`";
        check(&claims, &[(DEPEND, chain)]);
    }

    /// Asserts on which fallen claims each claim depends: the paths to them.
    #[track_caller]
    fn check_falls(claims: &[(&str, &str, &[&str])]) {
        let body: String = claims.iter().map(|(id, facts, _)| claim(id, facts)).collect();
        let example = Example::of_article(&body);
        for (id, _, expected) in claims {
            let index = example.index(id);
            let path = |fall: &FallenDependency| {
                let path = example.ids(example.book.path_to_fallen(index, fall.fallen));
                assert_eq!(path.len(), fall.steps as usize, "{id}");
                path.join(" > ")
            };
            let paths: Vec<String> = example.book.node(index).fallen_dependencies.iter().map(path).collect();
            assert_eq!(paths, *expected, "{id}");
        }
    }

    const REFUTED: &str = "verdict:: 2026-11-20 refuted by J. Doe";

    #[test]
    fn what_depends_on_a_fallen_claim_knows_the_way_to_it() {
        check_falls(&[
            ("base", REFUTED, &[]),
            ("middle", "depends-on:: [x](claim:base)", &["base"]),
            ("top", "depends-on:: [x](claim:middle)", &["middle > base"]),
            ("short", "depends-on:: [x](claim:top)\ndepends-on:: [x](claim:middle)", &["middle > base"]),
            ("beside", "", &[]),
            ("supporter", "supports:: [x](claim:base)", &[]),
        ]);
    }

    #[test]
    fn a_claim_falls_by_a_refutation_a_retraction_or_a_failed_forecast() {
        let forecast = "kind:: forecast\nverdict:: 2026-11-20 did-not-happen by J. Doe";
        check_falls(&[
            ("failed", forecast, &[]),
            ("retracted", "verdict:: 2026-11-20 retracted by J. Doe", &[]),
            ("mixed", "verdict:: 2026-11-20 mixed by J. Doe", &[]),
            ("saved", &format!("{REFUTED}\nverdict:: 2026-11-21 supported by J. Doe"), &[]),
            ("falls-later", "verdict:: 2026-12-24 refuted by J. Doe", &[]),
            ("old", "", &[]),
            ("new", "supersedes:: [x](claim:old)", &[]),
            (
                "all",
                "depends-on:: [x](claim:failed)\ndepends-on:: [x](claim:retracted)\n\
                 depends-on:: [x](claim:mixed)\ndepends-on:: [x](claim:saved)\n\
                 depends-on:: [x](claim:falls-later)\ndepends-on:: [x](claim:old)",
                &["failed", "retracted"],
            ),
        ]);
    }

    #[test]
    fn the_way_ends_at_the_nearest_fallen_claim() {
        check_falls(&[
            ("base", REFUTED, &[]),
            ("middle", &format!("{REFUTED}\ndepends-on:: [x](claim:base)"), &["base"]),
            ("top", "depends-on:: [x](claim:middle)", &["middle"]),
        ]);
    }

    #[test]
    fn the_number_of_fallen_claims_that_are_stored_is_limited() {
        let fallen: Vec<String> =
            (0..MAX_FALLEN_DEPENDENCIES + 2).map(|number| format!("f{number}")).collect();
        let facts: String = fallen.iter().map(|id| ["depends-on:: [x](claim:", id, ")\n"].concat()).collect();
        let body: String = fallen.iter().map(|id| claim(id, REFUTED)).collect();
        let example = Example::of_article(&(body + &claim("top", &facts)));
        assert_eq!(
            example.book.node(example.index("top")).fallen_dependencies.len(),
            MAX_FALLEN_DEPENDENCIES
        );
    }
}
