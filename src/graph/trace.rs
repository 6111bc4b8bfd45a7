//! Follows relations between claims: finds circles of ordered relations, and the claims that rest on a claim that
//! fell.

use std::collections::VecDeque;

use crate::document::RelationKind;

use super::{Book, ClaimIndex, Edge, Fall};

/// Most circles that are found. Claims may close one with each of their relations, and the length of all circles
/// together grows with the square of the book.
const MOST_CIRCLES: usize = 100;

/// The circles of one relation: each as the edges around it, found once, by the smallest claim.
/// Iterative, so that a chain of any length is followed (Tarjan 1972 finds the same components; a
/// single walk with three colours suffices to name one circle in each).
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
                Color::Open if circles.len() < MOST_CIRCLES => {
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

/// Fallen claims that are remembered for each claim that rests on them. Otherwise the memory and the pages
/// for a long chain below many fallen claims would grow with the product of both.
pub const MOST_FALLS: usize = 10;

/// For every claim, the nearest claims it rests on that fell: breadth first from all of them at once, against
/// the direction of `depends-on`. A way ends at the next claim that fell: what rests on that one is shown with
/// it, and a long chain of fallen claims costs no more than its length.
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
            if depends && !is_known && found.len() < MOST_FALLS {
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
