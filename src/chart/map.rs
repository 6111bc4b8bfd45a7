//! Draws the map of a claim and its neighbours. The claim is in the middle, claims that bear on it are at the
//! left, and claims that it bears on are at the right. If there is space, the neighbours of each neighbour are
//! below it. The map is a list of links in HTML, which the stylesheet arranges: on a narrow screen, and without a
//! stylesheet, it is read from top to bottom.

use crate::html::{escape, push_escaped};
use crate::texts::TEXTS;

/// Maximum number of nodes of a map, including the one in the middle.
pub const MAX_NODES: usize = 40;

/// The data of a map.
#[derive(Debug, Clone)]
pub struct Map {
    /// Text alternative of the map, for readers who cannot see it.
    pub label: String,
    /// Glyph name of the status of the claim in the middle; also its CSS class.
    pub glyph: &'static str,
    /// Claims with a relation to the claim in the middle.
    pub incoming: Vec<Neighbour>,
    /// Claims to which the claim in the middle has a relation.
    pub outgoing: Vec<Neighbour>,
}

/// A claim that is drawn with a relation to another claim.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// Address of the claim's page.
    pub url: String,
    /// Statement of the claim.
    pub text: String,
    /// Status of the claim, in words.
    pub status: &'static str,
    /// Glyph name of the claim's status; also its CSS class.
    pub glyph: &'static str,
    /// Relation of the claim that is nearer to the middle to this claim, such as `supported by`.
    pub relation: String,
    /// Whether the two claims contradict each other.
    pub is_contradiction: bool,
    /// Neighbours of this claim that are drawn.
    pub neighbours: Vec<Neighbour>,
}

/// Returns how many boxes two steps away fit on a side that has this number of neighbours, so that the map does
/// not become too tall.
pub fn max_second_neighbours(neighbours: usize) -> usize {
    const ROWS: [usize; 8] = [12, 11, 9, 7, 5, 4, 2, 0];
    ROWS.get(neighbours).copied().unwrap_or(0)
}

/// Draws a map as HTML.
pub fn draw_map(map: &Map) -> String {
    let mut html = String::new();
    html.extend(["<div class=\"map\" role=\"group\" aria-label=\"", &escape(&map.label), "\">"]);
    draw_boxes(&mut html, &map.incoming);
    html.extend(["<p class=\"st s-", map.glyph, "\">", TEXTS.claim.map_middle(), "</p>"]);
    draw_boxes(&mut html, &map.outgoing);
    html.push_str("</div>");
    html
}

/// Draws a column of boxes, each a link to a claim, with the boxes two steps away below the box between them and the
/// middle.
fn draw_boxes(html: &mut String, claims: &[Neighbour]) {
    if claims.is_empty() {
        return;
    }
    html.push_str("<ul>");
    for claim in claims {
        let against = if claim.is_contradiction { " no" } else { "" };
        html.extend([
            "<li class=\"s-",
            claim.glyph,
            against,
            "\"><a href=\"",
            &escape(&claim.url),
            "\"><small>",
        ]);
        push_escaped(html, &claim.relation);
        html.extend([" <span class=\"st\">", claim.status, "</span></small> <span>"]);
        push_escaped(html, &claim.text);
        html.push_str("</span></a>");
        draw_boxes(html, &claim.neighbours);
        html.push_str("</li>");
    }
    html.push_str("</ul>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbour(number: usize, beyond: usize) -> Neighbour {
        Neighbour {
            url: format!("/claims/c{number}/"),
            text: format!("Statement {number} with an \"end\" & more."),
            status: "Open",
            glyph: "open",
            relation: "supported by".to_owned(),
            is_contradiction: number == 1,
            neighbours: (0..beyond).map(|inner| neighbour(100 + inner, 0)).collect(),
        }
    }

    #[test]
    fn a_map_links_each_claim_and_marks_contradictions() {
        let map = Map {
            label: "Around \"it\"".to_owned(),
            glyph: "open",
            incoming: vec![neighbour(0, 1), neighbour(1, 0)],
            outgoing: vec![],
        };
        let html = draw_map(&map);
        assert_eq!(html.matches("<a href=").count(), 3);
        assert_eq!(html.matches("<li class=\"s-open no\">").count(), 1);
        assert_eq!(html.matches("<ul>").count(), 2, "an empty side has no list: {html}");
        assert!(html.contains("aria-label=\"Around &quot;it&quot;\""), "{html}");
        assert!(html.contains("with an &quot;end&quot; &amp; more."), "{html}");
    }
}
