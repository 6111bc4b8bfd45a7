//! Draws the map of a claim and its neighbours. The claim is in the middle, claims that bear on it are at the
//! left, and claims that it bears on are at the right. If there is space, the neighbours of each neighbour are
//! below it.

use std::fmt::Write as _;

use crate::html::{escape, push_escaped};

use super::svg::px;

/// Maximum number of nodes of a map, including the one in the middle.
pub const MAX_NODES: usize = 40;

/// Height in pixels of a neighbour's box.
const NEIGHBOUR_HEIGHT: f64 = 70.0;
/// Height in pixels of a neighbour's box in a long column, and of a box two steps away.
const SMALL_HEIGHT: f64 = 40.0;
/// Pixels between two boxes next to the middle; boxes two steps away have half of it.
const GAP: f64 = 8.0;
/// Maximum number of neighbours in a column with boxes of full height.
const MAX_FULL_HEIGHT_NEIGHBOURS: usize = 8;
/// Maximum number of letters in a line of a neighbour's box, on wide and on narrow screens.
const LINE_LETTERS: [usize; 2] = [31, 13];
/// Maximum number of letters in a line of a box two steps away, on wide and on narrow screens.
const SECOND_STEP_LINE_LETTERS: [usize; 2] = [26, 13];

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

/// A side of the claim in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MapSide {
    Left,
    Right,
}

/// A box and its position in its column.
#[derive(Debug, Clone, Copy)]
struct MapBox<'a> {
    claim: &'a Neighbour,
    /// Pixels from the top of the column.
    top: f64,
    height: f64,
    /// Bottom edge of the neighbour's box that this box belongs to, in pixels; `None` for a neighbour's box
    /// itself.
    parent: Option<f64>,
}

/// Returns how many boxes two steps away fit on a side that has this number of neighbours, so that the map does
/// not become too tall.
pub fn max_second_neighbours(neighbours: usize) -> usize {
    const ROWS: [usize; 8] = [12, 11, 9, 7, 5, 4, 2, 0];
    ROWS.get(neighbours).copied().unwrap_or(0)
}

/// Draws a map as SVG.
pub fn draw_map(map: &Map) -> String {
    let (left, left_height) = layout_column(&map.incoming);
    let (right, right_height) = layout_column(&map.outgoing);
    let height = left_height.max(right_height).max(NEIGHBOUR_HEIGHT);
    let middle = height / 2.0;
    let mut svg = format!(
        "<svg class=\"plot\" height=\"{}\" role=\"group\" aria-label=\"{}\">",
        px(height),
        escape(&map.label)
    );
    for (nodes, own_height, side) in
        [(&left, left_height, MapSide::Left), (&right, right_height, MapSide::Right)]
    {
        let shift = (height - own_height) / 2.0;
        draw_connectors(&mut svg, nodes, shift, middle, side);
        for node in nodes {
            draw_box(&mut svg, node, shift, side);
        }
    }
    let _ = write!(
        svg,
        "<svg class=\"s-{glyph}\" x=\"40%\" y=\"{top}\" width=\"20%\" height=\"52\" aria-hidden=\"true\"><rect class=\"node\" x=\"1\" y=\"1\" width=\"98%\" height=\"50\" rx=\"4\" stroke-width=\"2\"/><svg x=\"50%\" overflow=\"visible\"><use href=\"#g_{glyph}\" class=\"g\" x=\"-7\" y=\"8\" width=\"14\" height=\"14\"/></svg><text text-anchor=\"middle\" x=\"49%\" y=\"40\">This claim</text></svg></svg>",
        glyph = map.glyph,
        top = px(middle - 26.0),
    );
    svg
}

/// Returns the boxes of one side from top to bottom, and their total height in pixels.
fn layout_column(neighbours: &[Neighbour]) -> (Vec<MapBox<'_>>, f64) {
    let height = if neighbours.len() > MAX_FULL_HEIGHT_NEIGHBOURS { SMALL_HEIGHT } else { NEIGHBOUR_HEIGHT };
    let mut nodes = Vec::new();
    let mut top = 0.0;
    for claim in neighbours {
        nodes.push(MapBox { claim, top, height, parent: None });
        let parent = Some(top + height);
        top += height + GAP / 2.0;
        for claim in &claim.neighbours {
            nodes.push(MapBox { claim, top, height: SMALL_HEIGHT, parent });
            top += SMALL_HEIGHT + GAP / 2.0;
        }
        top += GAP / 2.0;
    }
    (nodes, (top - GAP).max(0.0))
}

/// Draws the lines between the middle and the boxes of one side: a vertical stem with a branch for each
/// neighbour.
fn draw_connectors(svg: &mut String, nodes: &[MapBox<'_>], shift: f64, middle: f64, side: MapSide) {
    let (edge, stem, centre) = match side {
        MapSide::Left => ("35.8%", "38%", "40%"),
        MapSide::Right => ("64%", "62%", "59.8%"),
    };
    let middle_of = |node: &MapBox<'_>| shift + node.top + node.height / 2.0;
    let direct_neighbours = || nodes.iter().filter(|node| node.parent.is_none());
    if direct_neighbours().count() == 0 {
        return;
    }
    let top = direct_neighbours().map(middle_of).fold(middle, f64::min);
    let bottom = direct_neighbours().map(middle_of).fold(middle, f64::max);
    let mut line = |x1: &str, y1: f64, x2: &str, y2: f64, dashes: &str| {
        let (y1, y2) = (px(y1), px(y2));
        let _ = write!(svg, "<line class=\"base\"{dashes} x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
    };
    line(stem, middle, centre, middle, "");
    line(stem, top, stem, bottom, "");
    for node in direct_neighbours() {
        let dashes = if node.claim.is_contradiction { " stroke-dasharray=\"4 3\"" } else { "" };
        line(edge, middle_of(node), stem, middle_of(node), dashes);
    }
}

/// Draws a box with its link, and the line to a neighbour's box that it belongs to.
fn draw_box(svg: &mut String, node: &MapBox<'_>, shift: f64, side: MapSide) {
    let claim = node.claim;
    let top = node.top + shift;
    let (x, width) = match (side, node.parent) {
        (MapSide::Left, None) => ("0", "36%"),
        (MapSide::Left, Some(_)) => ("4%", "32%"),
        (MapSide::Right, None) => ("64%", "36%"),
        (MapSide::Right, Some(_)) => ("68%", "32%"),
    };
    if let Some(parent) = node.parent {
        let (stem, from, to) = (
            if side == MapSide::Left { "2%" } else { "66%" },
            px(parent + shift),
            px(top + node.height / 2.0),
        );
        let dashes = if claim.is_contradiction { " stroke-dasharray=\"4 3\"" } else { "" };
        let _ = write!(
            svg,
            "<line class=\"base\" x1=\"{stem}\" y1=\"{from}\" x2=\"{stem}\" y2=\"{to}\"/><line class=\"base\"{dashes} x1=\"{stem}\" y1=\"{to}\" x2=\"{x}\" y2=\"{to}\"/>"
        );
    }
    let (text, relation) = (escape(&claim.text), escape(&claim.relation));
    svg.extend(["<a href=\"", &escape(&claim.url), "\" aria-label=\"", &relation, ": ", &text, " "]);
    svg.extend([claim.status, "\"><svg aria-hidden=\"true\" class=\"s-", claim.glyph, "\" x=\"", x]);
    svg.extend(["\" y=\"", &px(top), "\" width=\"", width, "\" height=\"", &px(node.height)]);
    svg.extend(["\"><rect class=\"node\" x=\"1\" y=\"1\" width=\"99%\" height=\"", &px(node.height - 2.0)]);
    svg.extend(["\" rx=\"4\"/><use href=\"#g_", claim.glyph, "\" class=\"g\" x=\"7\" y=\"7\" width=\"12\" "]);
    svg.extend(["height=\"12\"/><text x=\"23\" y=\"17\">", &relation, " </text>"]);
    write_statement(svg, &claim.text, node);
    svg.push_str("</svg></a>");
}

/// Writes the statement inside its box, once for wide screens and once for narrow ones.
fn write_statement(svg: &mut String, text: &str, node: &MapBox<'_>) {
    let letters = if node.parent.is_some() { SECOND_STEP_LINE_LETTERS } else { LINE_LETTERS };
    let count = if node.height > SMALL_HEIGHT { 3 } else { 1 };
    for (class, letters) in ["opt", "nar"].into_iter().zip(letters) {
        svg.extend(["<text class=\"", class, " hi\">"]);
        for (line, y) in wrap_text(text, letters, count).iter().zip(["32", "46.5", "61"]) {
            svg.extend(["<tspan x=\"8\" y=\"", y, "\">"]);
            push_escaped(svg, line);
            svg.push_str("</tspan>");
        }
        svg.push_str("</text>");
    }
}

/// Wraps a text into at most `count` lines of at most `letters` letters. A text that does not fit ends in `…`. A
/// word that is longer than a line continues on the next line. Only whole words are shown, and an opening bracket
/// only with the closing one, because the visible text must be part of the link's name.
fn wrap_text(text: &str, letters: usize, count: usize) -> Vec<String> {
    let mut position = LinePosition { max_letters: letters, lines: 1, used_letters: 0 };
    // The words that fit, each with its position.
    let mut fitting: Vec<(&str, LinePosition)> = Vec::new();
    for word in text.split_whitespace() {
        let after = position.after(word, "");
        if after.lines > count {
            return truncate_words(&fitting, count);
        }
        fitting.push((word, position));
        position = after;
    }
    arrange_in_lines(&fitting, "")
}

/// Returns the lines of as many words as fit together with `…`.
fn truncate_words(words: &[(&str, LinePosition)], count: usize) -> Vec<String> {
    let is_closed = |words: &[(&str, LinePosition)]| {
        let letters = || words.iter().flat_map(|(word, _)| word.bytes());
        letters().filter(|&each| each == b'(').count() <= letters().filter(|&each| each == b')').count()
    };
    let fits = |words: &[(&str, LinePosition)]| {
        words.last().is_none_or(|(word, position)| position.after(word, "…").lines <= count)
    };
    let mut beginnings = (0..=words.len()).rev().filter_map(|count| words.get(..count));
    arrange_in_lines(beginnings.find(|words| fits(words) && is_closed(words)).unwrap_or_default(), "…")
}

/// Arranges words in lines and appends `end` to the last word. Each line ends with a space, unless a word
/// continues on the next line.
fn arrange_in_lines(words: &[(&str, LinePosition)], end: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    if words.is_empty() {
        return vec![end.to_owned()];
    }
    for (number, (word, position)) in words.iter().enumerate() {
        let end = if number + 1 == words.len() { end } else { "" };
        if position.breaks_before(word, end) {
            lines.push(String::new());
        }
        let mut line = lines.pop().unwrap_or_default();
        if letter_count(word) + letter_count(end) <= position.max_letters {
            line.extend([word, end]);
        } else {
            for (number, letter) in word.chars().chain(end.chars()).enumerate() {
                if number > 0 && number % position.max_letters == 0 {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
        }
        line.push(' ');
        lines.push(line);
    }
    lines
}

/// Position of the next word: the number of lines so far, and the number of letters used on the last line.
#[derive(Debug, Clone, Copy)]
struct LinePosition {
    max_letters: usize,
    lines: usize,
    used_letters: usize,
}

impl LinePosition {
    /// Whether a word together with `end` must begin a new line.
    fn breaks_before(self, word: &str, end: &str) -> bool {
        self.used_letters > 0 && self.used_letters + letter_count(word) + letter_count(end) > self.max_letters
    }

    /// Returns the position after a word, `end` and a space.
    fn after(self, word: &str, end: &str) -> Self {
        let (lines, used) =
            if self.breaks_before(word, end) { (self.lines + 1, 0) } else { (self.lines, self.used_letters) };
        let length = letter_count(word) + letter_count(end);
        let extra_lines = length.saturating_sub(1) / self.max_letters;
        Self {
            lines: lines + extra_lines,
            used_letters: used + length - extra_lines * self.max_letters + 1,
            ..self
        }
    }
}

/// Returns the number of letters of a word.
fn letter_count(word: &str) -> usize {
    if word.is_ascii() { word.len() } else { word.chars().count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbour(number: usize, beyond: usize) -> Neighbour {
        Neighbour {
            url: format!("/claims/c{number}/"),
            text: format!(
                "Statement {number} with an \"end\" & enough words to fill more than three lines of a box."
            ),
            status: "Open",
            glyph: "open",
            relation: "supported by".to_owned(),
            is_contradiction: number == 1,
            neighbours: (0..beyond).map(|inner| neighbour(100 + inner, 0)).collect(),
        }
    }

    #[test]
    fn boxes_stand_inside_and_do_not_overlap() {
        for (count, beyond) in [(1, 0), (1, 3), (8, 4), (9, 1), (39, 0)] {
            let neighbours: Vec<Neighbour> = (0..count).map(|number| neighbour(number, beyond)).collect();
            let (nodes, height) = layout_column(&neighbours);
            assert_eq!(nodes.len(), count * (beyond + 1));
            assert!(nodes.iter().all(|node| node.top >= 0.0 && node.top + node.height <= height + 1e-9));
            for pair in nodes.windows(2) {
                assert!(pair[0].top + pair[0].height < pair[1].top, "{} {}", pair[0].top, pair[1].top);
            }
        }
    }

    #[test]
    fn a_map_links_each_claim_and_dashes_contradictions() {
        let map = Map {
            label: "Around".to_owned(),
            glyph: "open",
            incoming: vec![neighbour(0, 1), neighbour(1, 0)],
            outgoing: vec![],
        };
        let svg = draw_map(&map);
        assert_eq!(svg.matches("<a href=").count(), 3);
        assert_eq!(svg.matches("stroke-dasharray").count(), 1);
        assert!(svg.contains("&quot;end&quot; &amp; enough"), "{svg}");
        assert_eq!(svg, draw_map(&map));
    }

    #[test]
    fn statements_are_cut_at_words_and_long_words_go_on() {
        assert_eq!(wrap_text("one two three", 7, 2), ["one two ", "three "]);
        assert_eq!(wrap_text("one two three four", 7, 2), ["one two ", "three… "]);
        assert_eq!(wrap_text("one two three", 7, 1), ["one… "]);
        assert_eq!(wrap_text("incomprehensibilities", 8, 3), ["incompre", "hensibil", "ities "]);
        assert_eq!(wrap_text("an incomprehensibility of", 8, 3), ["an… "]);
        assert_eq!(wrap_text("incomprehensibilities", 8, 1), ["…"]);
        assert_eq!(wrap_text("one (two three four) five", 8, 2), ["one… "]);
        assert_eq!(wrap_text("", 8, 1), [""]);
    }
}
