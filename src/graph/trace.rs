//! What rests on what? Circles of ordered relations, and what fell under a claim.

use std::collections::VecDeque;

use crate::document::RelationKind;

use super::{Book, ClaimIndex, Edge, Fall};

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
    for start in book.claims() {
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
                Color::Open => {
                    let from = walk.iter().position(|&(claim, _)| claim == edge.other).unwrap_or(0);
                    let mut circle = path[from..].to_vec();
                    circle.push(edge);
                    circles.push(circle);
                }
                Color::Done => {}
            }
        }
    }
    circles
}

/// For every claim, what it rests on that fell: from each fallen claim, breadth first against the
/// direction of `depends-on`. A way ends at the next claim that fell: what rests on that one is told of
/// it, and a long chain of fallen claims costs no more than its length.
pub(super) fn falls(book: &Book) -> Vec<Vec<Fall>> {
    let mut falls: Vec<Vec<Fall>> = vec![Vec::new(); book.links.claims.len()];
    let fell = |claim: ClaimIndex| {
        book.claim(claim).last_verdict().is_some_and(|verdict| verdict.word.value.is_fall())
    };
    for fallen in book.claims() {
        if !fell(fallen) {
            continue;
        }
        let mut queue = VecDeque::from([fallen]);
        while let Some(at) = queue.pop_front() {
            for &edge in &book.node(at).incoming {
                let depends = book.relation(edge).kind == RelationKind::DependsOn;
                let known = edge.other == fallen
                    || falls[edge.other.number()].last().is_some_and(|fall| fall.fallen == fallen);
                if depends && !known {
                    falls[edge.other.number()].push(Fall { fallen, next: at });
                    if !fell(edge.other) {
                        queue.push_back(edge.other);
                    }
                }
            }
        }
    }
    falls
}
