//! Follows relations between claims: finds circles of ordered relations, and the claims that depend on a fallen
//! claim.

use std::collections::VecDeque;

use crate::document::RelationKind;

use super::{Book, ClaimIndex, Edge, Fall};

/// Largest number of circles that are reported. Each relation may close a circle, so the total length of all
/// circles grows with the square of the number of claims.
const MAX_CYCLES: usize = 100;

/// Finds circles of relations of one kind, at most [`MAX_CYCLES`]. A circle is the list of its edges. The
/// depth-first search with three colours visits the claims in the order of their ids and finds each circle once. It
/// finds at least one circle in each strongly connected component with several claims (Tarjan 1972). The search is
/// iterative, so a long chain does not overflow the stack.
pub(super) fn circles(book: &Book, kind: RelationKind) -> Vec<Vec<Edge>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Color {
        New,
        Open,
        Done,
    }
    let mut colors = vec![Color::New; book.links.claims.len()];
    let mut circles = Vec::new();
    for start in book.all_claims() {
        if colors[start.number()] != Color::New {
            continue;
        }
        colors[start.number()] = Color::Open;
        let mut walk: Vec<(ClaimIndex, usize)> = vec![(start, 0)];
        let mut path: Vec<Edge> = Vec::new();
        while let Some((at, next)) = walk.last_mut() {
            let edges = &book.node(*at).outgoing;
            let Some(&edge) = edges.get(*next) else {
                colors[at.number()] = Color::Done;
                walk.pop();
                path.pop();
                continue;
            };
            *next += 1;
            if book.relation(edge).kind != kind {
                continue;
            }
            match colors[edge.other.number()] {
                Color::New => {
                    colors[edge.other.number()] = Color::Open;
                    walk.push((edge.other, 0));
                    path.push(edge);
                }
                Color::Open if circles.len() < MAX_CYCLES => {
                    let from = walk.iter().position(|&(claim, _)| claim == edge.other).unwrap_or(0);
                    let mut circle = path[from..].to_vec();
                    circle.push(edge);
                    circles.push(circle);
                }
                Color::Open | Color::Done => {}
            }
        }
    }
    circles
}

/// Largest number of fallen claims that are stored for a claim that depends on them. Without this limit, a long
/// chain of claims that depends on many fallen claims would take memory and page size in proportion to the product
/// of both.
pub const MAX_TRACES: usize = 10;

/// Finds, for every claim, the nearest fallen claims that it depends on. The search is breadth first, starts at all
/// fallen claims at once and follows `depends-on` backwards. It stops at the next fallen claim, because claims that
/// depend on that claim are listed there. A long chain of fallen claims therefore takes linear time.
pub(super) fn falls(book: &Book) -> Vec<Vec<Fall>> {
    let mut falls: Vec<Vec<Fall>> = vec![Vec::new(); book.links.claims.len()];
    let fell: Vec<bool> = book.all_claims().map(|claim| book.has_fallen(claim)).collect();
    let starts = book.all_claims().filter(|claim| fell[claim.number()]);
    let mut queue: VecDeque<(ClaimIndex, ClaimIndex, u32)> = starts.map(|claim| (claim, claim, 1)).collect();
    while let Some((at, fallen, steps)) = queue.pop_front() {
        for &edge in &book.node(at).incoming {
            let found = &mut falls[edge.other.number()];
            let depends = book.relation(edge).kind == RelationKind::DependsOn;
            let is_known = edge.other == fallen || found.iter().any(|fall| fall.fallen == fallen);
            if depends && !is_known && found.len() < MAX_TRACES {
                found.push(Fall { fallen, next: at, steps });
                if !fell[edge.other.number()] {
                    queue.push_back((edge.other, fallen, steps + 1));
                }
            }
        }
    }
    for falls in &mut falls {
        falls.sort_unstable();
    }
    falls
}
