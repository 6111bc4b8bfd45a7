//! Places labels so that none covers another. A few places beside its point are tried for each label, and the first
//! free one is taken. A label that fits only on a wide screen is marked so; one that fits nowhere is left to the
//! table.

/// Where a label is anchored, and how far it reaches from there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    /// Share of the width.
    pub(super) x: f64,
    /// Pixels from there to the left and right edge.
    pub(super) left: f64,
    pub(super) right: f64,
    /// Pixels from the top of the drawing.
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Extent {
    fn overlaps(&self, other: &Self, width: f64) -> bool {
        let (here, there) = (self.x * width, other.x * width);
        here + self.left < there + other.right
            && there + other.left < here + self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// On which screens a label is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Always,
    Wide,
}

/// The widths in pixels that a drawing is made for: what is free at all of a group is free between.
#[derive(Debug, Clone, Copy)]
pub(super) struct Widths {
    pub(super) narrow: [f64; 4],
    pub(super) wide: [f64; 4],
}

/// What stands already.
pub(super) struct Placer {
    widths: Widths,
    /// Pixels that labels may reach beyond the right edge.
    beyond: f64,
    placed: Vec<(Extent, Shown)>,
}

impl Placer {
    pub(super) fn new(widths: Widths, beyond: f64) -> Self {
        Self { widths, beyond, placed: Vec::new() }
    }

    /// Keep a place free.
    pub(super) fn block(&mut self, extent: Extent) {
        self.placed.push((extent, Shown::Always));
    }

    /// Take the first free candidate: its number, and where it shows.
    pub(super) fn place(&mut self, candidates: &[Extent]) -> Option<(usize, Shown)> {
        for shown in [Shown::Always, Shown::Wide] {
            let free = candidates.iter().position(|candidate| self.is_free(candidate, shown));
            if let Some((number, extent)) = free.and_then(|at| Some((at, candidates.get(at)?))) {
                self.placed.push((*extent, shown));
                return Some((number, shown));
            }
        }
        None
    }

    fn is_free(&self, extent: &Extent, shown: Shown) -> bool {
        let is_free_at = |width: f64, also_wide: bool| {
            let at = extent.x * width;
            let is_inside = at + extent.left >= -self.beyond && at + extent.right <= width + self.beyond;
            let counts = |other: Shown| also_wide || other == Shown::Always;
            is_inside && !self.placed.iter().any(|(other, how)| counts(*how) && extent.overlaps(other, width))
        };
        self.widths.wide.iter().all(|&width| is_free_at(width, true))
            && (shown == Shown::Wide || self.widths.narrow.iter().all(|&width| is_free_at(width, false)))
    }
}

/// How wide a text is at most, in pixels, at 12 pixels a letter.
pub(super) fn text_width(text: &str) -> f64 {
    let width = |character: char| match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | '|' | ':' | ';' | '!' => 3.6,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' => 4.6,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 11.0,
        'A'..='Z' => 8.8,
        ' '..='~' => 6.9,
        _ => 12.0,
    };
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTHS: Widths =
        Widths { narrow: [200.0, 300.0, 420.0, 560.0], wide: [560.0, 700.0, 850.0, 1030.0] };

    #[test]
    fn no_two_labels_overlap_in_a_dense_case() {
        let mut placer = Placer::new(WIDTHS, 8.0);
        let mut shown = Vec::new();
        for number in 0..60_u32 {
            let x = 0.3 + f64::from(number * 7 % 60) / 150.0;
            let y = 200.0 - f64::from(number * 13 % 60);
            let extents: Vec<Extent> = [(8.0, 78.0), (-78.0, -8.0), (-35.0, 35.0)]
                .into_iter()
                .map(|(left, right)| Extent { x, left, right, top: y - 10.0, bottom: y + 4.0 })
                .collect();
            if let Some((at, how)) = placer.place(&extents) {
                shown.push((extents[at], how));
            }
        }
        assert!(shown.len() > 5, "a few fit");
        let widths = |how: &[Shown]| {
            if how.contains(&Shown::Wide) {
                vec![560.0, 600.0, 777.0, 1030.0]
            } else {
                vec![200.0, 333.0, 900.0]
            }
        };
        for (number, (one, how)) in shown.iter().enumerate() {
            for (other, also) in shown.iter().skip(number + 1) {
                for width in widths(&[*how, *also]) {
                    assert!(!one.overlaps(other, width), "{one:?} and {other:?} at {width}");
                }
            }
        }
    }

    #[test]
    fn what_fits_nowhere_is_left_out() {
        let mut placer = Placer::new(WIDTHS, 0.0);
        let wide = |x, reach| Extent { x, left: 0.0, right: reach, top: 0.0, bottom: 10.0 };
        assert_eq!(placer.place(&[wide(0.0, 100.0)]), Some((0, Shown::Always)));
        assert_eq!(placer.place(&[wide(0.25, 100.0)]), Some((0, Shown::Wide)));
        assert_eq!(placer.place(&[wide(0.3, 100.0)]), None);
        assert_eq!(placer.place(&[wide(0.9, 2000.0)]), None);
    }
}
