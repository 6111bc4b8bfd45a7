//! Places names next to marks. For each name, places next to its marks are tried first, and then places farther away, to
//! which a line leads. The first place that is free at all widths of a layout is taken. If a name has no place, shorter
//! texts are tried, and then the name is left out.

use std::fmt::Write as _;

use crate::html::escape;

use super::super::letters::{Weight, text_width};
use super::super::svg::{percent, px};
use super::space::{Across, Area, Kind, Space, Stroke};

/// Height of a line of text above and below its baseline, in pixels.
const ASCENT: f64 = 10.5;
const DESCENT: f64 = 3.5;
/// Factor for the widths of fonts that are wider than those that were measured.
const SAFETY: f64 = 1.02;
/// Shortest and longest line between a name and its mark, in pixels.
const LEADERS: [f64; 2] = [26.0, 150.0];
/// Difference between the lengths that are tried, in pixels.
const LEADER_STEP: f64 = 8.0;
/// Directions of the lines: half-way and flat, to the four corners.
const DIRECTIONS: [(f64, f64); 8] = [
    (-0.7, -0.7),
    (0.7, -0.7),
    (0.7, 0.7),
    (-0.7, 0.7),
    (-0.92, -0.4),
    (0.92, -0.4),
    (0.92, 0.4),
    (-0.92, 0.4),
];

/// Side of a text at which its position is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// Places next to a mark: pixels to the right, pixels down to the baseline, and the side of the text that is there.
const NEAR: [(f64, f64, Anchor); 12] = [
    (-10.0, 4.0, Anchor::End),
    (-7.0, -8.0, Anchor::End),
    (10.0, 4.0, Anchor::Start),
    (7.0, 17.0, Anchor::Start),
    (7.0, -8.0, Anchor::Start),
    (-7.0, 17.0, Anchor::End),
    (0.0, -12.0, Anchor::Middle),
    (0.0, 21.0, Anchor::Middle),
    (-13.0, -3.0, Anchor::End),
    (13.0, 11.0, Anchor::Start),
    (-13.0, 11.0, Anchor::End),
    (13.0, -3.0, Anchor::Start),
];

/// A text: a name in bold letters, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) name: String,
    pub(super) rest: String,
}

impl Words {
    fn width(&self) -> f64 {
        (text_width(&self.name, Weight::Bold) + text_width(&self.rest, Weight::Regular)) * SAFETY
    }
}

/// A name that is to be placed.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// Class for the colour.
    pub(super) colour: &'static str,
    /// The texts that may be shown, the best first.
    pub(super) texts: Vec<Words>,
    /// Marks next to which the name may be: a share of the width, and pixels from the top.
    pub(super) anchors: Vec<(f64, f64)>,
    /// Longest line to the mark, in pixels. Names that matter most may be far away.
    pub(super) max_leader: f64,
    /// Radius of the marks in pixels, from which the line begins.
    pub(super) radius: f64,
    /// Whether the first text is so important that a short line to it is better than a shorter text.
    pub(super) is_key: bool,
}

/// Longest line to the first text of an important name that is tried before shorter texts, in pixels.
const KEY_LEADER: f64 = 60.0;

/// A text with its place.
struct Placed<'a> {
    words: &'a Words,
    anchor: (f64, f64),
    /// Pixels from the mark to the position of the text.
    offset: (f64, f64),
    side: Anchor,
    /// Ends of the line to the mark, in pixels from the mark.
    leader: Option<[(f64, f64); 2]>,
}

/// Places names in their order and returns them as SVG, with the number of names that have no place.
pub(super) fn place_names(wanted: &[Wanted], space: &mut Space) -> (String, usize) {
    let mut svg = String::new();
    let mut missing = 0;
    for name in wanted {
        match place(name, space) {
            Some(placed) => placed.draw(name.colour, &mut svg),
            None => missing += 1,
        }
    }
    (svg, missing)
}

/// Takes the first free place of a name: near a mark with any of its texts, or else at the end of a line.
fn place<'a>(wanted: &'a Wanted, space: &mut Space) -> Option<Placed<'a>> {
    let near =
        |words| wanted.anchors.iter().find_map(|&anchor| near_place(words, anchor, wanted.radius, space));
    let key = wanted.texts.first().filter(|_| wanted.is_key);
    let key = key.and_then(|words| near(words).or_else(|| far_place(wanted, words, KEY_LEADER, space)));
    let placed = key.or_else(|| wanted.texts.iter().find_map(near));
    let far = || wanted.texts.iter().find_map(|words| far_place(wanted, words, wanted.max_leader, space));
    let placed = placed.or_else(far)?;
    space.add_area(placed.area(), Kind::Text);
    if let Some(leader) = placed.leader {
        space.add_stroke(stroke(placed.anchor, leader), Kind::Leader);
    }
    Some(placed)
}

fn near_place<'a>(words: &'a Words, anchor: (f64, f64), radius: f64, space: &Space) -> Option<Placed<'a>> {
    // The places are those of a mark with the usual radius. Other marks move them.
    let more = radius - 6.5;
    let places = NEAR.into_iter().map(|(x, y, side)| Placed {
        words,
        anchor,
        offset: (x + more * x.signum(), y + if y.abs() < 5.0 { 0.0 } else { more * y.signum() }),
        side,
        leader: None,
    });
    let mut places = places.map(|placed| match placed.side {
        Anchor::Middle => Placed { offset: (0.0, placed.offset.1), ..placed },
        Anchor::Start | Anchor::End => placed,
    });
    places.find(|placed| space.is_free(placed.area()))
}

fn far_place<'a>(wanted: &Wanted, words: &'a Words, max_leader: f64, space: &Space) -> Option<Placed<'a>> {
    let start = wanted.radius * 1.42 + 0.5;
    let mut length = LEADERS[0];
    while length <= max_leader.min(LEADERS[1]) {
        for &anchor in &wanted.anchors {
            for (x, y) in DIRECTIONS {
                let end = (x * length, y * length);
                let side = if x < 0.0 { Anchor::End } else { Anchor::Start };
                let offset = (end.0 + 3.0 * x.signum(), end.1 + 4.0);
                let leader = Some([(x * start, y * start), end]);
                let placed = Placed { words, anchor, offset, side, leader };
                let is_clear = leader.is_some_and(|leader| space.is_clear(stroke(anchor, leader)));
                if is_clear && space.is_free(placed.area()) {
                    return Some(placed);
                }
            }
        }
        length += LEADER_STEP;
    }
    None
}

fn stroke((share, y): (f64, f64), leader: [(f64, f64); 2]) -> Stroke {
    let [from, to] = leader.map(|(right, down)| (Across::new(share, right), y + down));
    Stroke { from, to }
}

impl Placed<'_> {
    fn area(&self) -> Area {
        let ((share, y), (x, down), width) = (self.anchor, self.offset, self.words.width());
        let left = match self.side {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Area {
            left: Across::new(share, left),
            right: Across::new(share, left + width),
            top: y + down - ASCENT,
            bottom: y + down + DESCENT,
        }
    }

    fn draw(&self, colour: &str, svg: &mut String) {
        let ((share, y), (x, down)) = (self.anchor, self.offset);
        let share = percent(share);
        if let Some([from, to]) = self.leader {
            let path = [from, to].map(|(x, y)| format!("{} {}", px(x), px(y))).join("L");
            let _ = write!(
                svg,
                "<svg class=\"at\" x=\"{share}\" y=\"{}\"><path class=\"hook\" d=\"M{path}\"/></svg>",
                px(y)
            );
        }
        let side = match self.side {
            Anchor::Start => "",
            Anchor::Middle => " m",
            Anchor::End => " e",
        };
        let shift = if x == 0.0 { String::new() } else { format!(" transform=\"translate({})\"", px(x)) };
        let _ = write!(svg, "<text class=\"nm {colour}{side}\" x=\"{share}\" y=\"{}\"{shift}>", px(y + down));
        svg.push_str(&escape(&self.words.name));
        if !self.words.rest.is_empty() {
            let _ = write!(svg, "<tspan class=\"lv\">{}</tspan>", escape(&self.words.rest));
        }
        svg.push_str("</text>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(name: &str, anchor: (f64, f64)) -> Wanted {
        let words = |name: &str, rest: &str| Words { name: name.to_owned(), rest: rest.to_owned() };
        Wanted {
            colour: "c1",
            texts: vec![words(name, " 12 h"), words(name, ""), words("short", "")],
            anchors: vec![anchor],
            max_leader: 80.0,
            radius: 6.5,
            is_key: false,
        }
    }

    #[test]
    fn a_name_is_beside_its_mark_or_at_the_end_of_a_line() {
        let mut space = Space::new(&[300.0, 500.0], 12.0, 300.0);
        let mark = (0.5, 150.0);
        space.add_area(Area::around(mark.0, mark.1, 6.5), Kind::Mark);
        let (svg, missing) = place_names(&[wanted("One & two", mark)], &mut space);
        assert_eq!(missing, 0);
        assert!(
            svg.starts_with(
                "<text class=\"nm c1 e\" x=\"50%\" y=\"154\" transform=\"translate(-10)\">One &amp; two<tspan"
            ),
            "{svg}"
        );
        // Everything next to the mark is taken.
        let around =
            Area { left: Across::new(0.5, -60.0), right: Across::new(0.5, -10.0), top: 125.0, bottom: 180.0 };
        space.add_area(around, Kind::Text);
        let other =
            Area { left: Across::new(0.5, -9.0), right: Across::new(0.5, 60.0), top: 160.0, ..around };
        space.add_area(other, Kind::Text);
        space.add_area(Area { top: 125.0, bottom: 145.0, ..other }, Kind::Text);
        let (svg, missing) = place_names(&[wanted("Second", mark)], &mut space);
        assert!(missing == 1 || svg.contains("class=\"hook\""), "{svg}");
    }

    #[test]
    fn no_two_names_overlap_in_a_dense_case() {
        let widths = [220.0, 300.0, 400.0, 500.0];
        let mut space = Space::new(&widths, 12.0, 320.0);
        let marks: Vec<(f64, f64)> = (0..40_u32)
            .map(|number| (0.1 + f64::from(number * 7 % 40) / 50.0, 60.0 + f64::from(number * 13 % 40) * 5.0))
            .collect();
        for &(x, y) in &marks {
            space.add_area(Area::around(x, y, 6.5), Kind::Mark);
        }
        let mut shown: Vec<Area> = Vec::new();
        for (number, &mark) in marks.iter().enumerate() {
            let wanted = wanted(&format!("Name {number}"), mark);
            let Some(placed) = place(&wanted, &mut space) else { continue };
            let area = placed.area();
            for width in [220.0, 260.0, 350.0, 450.0, 500.0] {
                let mut alone = Space::new(&[width], 12.0, 320.0);
                for &other in &shown {
                    alone.add_area(other, Kind::Text);
                }
                for &(x, y) in &marks {
                    alone.add_area(Area::around(x, y, 6.0), Kind::Mark);
                }
                assert!(alone.is_free(area), "name {number} at {width}");
            }
            shown.push(area);
        }
        assert!(shown.len() > 5, "some names fit");
    }
}
