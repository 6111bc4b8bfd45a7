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
                    let from = stack.iter().position(|&(claim, _)| claim == edge.other).unwrap_or(0);
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
