//! Places labels so that no label covers another. For each label, a few places next to its point are tried, and
//! the first free place is taken. A label that fits only on a wide screen is marked as such. A label that fits
//! nowhere is left out of the drawing.

/// The rectangle of a label: a horizontal anchor, and the distances of the edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    /// Anchor, as a share of the drawing's width.
    pub(super) x: f64,
    /// Pixels from the anchor to the left edge; negative if the edge is to the left of the anchor.
    pub(super) left: f64,
    /// Pixels from the anchor to the right edge.
    pub(super) right: f64,
    /// Pixels from the top of the drawing to the upper edge.
    pub(super) top: f64,
    /// Pixels from the top of the drawing to the lower edge.
    pub(super) bottom: f64,
}

impl Extent {
    fn overlaps(&self, other: &Self, width: f64) -> bool {
        let (own_anchor, other_anchor) = (self.x * width, other.x * width);
        own_anchor + self.left < other_anchor + other.right
            && other_anchor + other.left < own_anchor + self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The screens on which a label is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Screens {
    Always,
    Wide,
}

/// Sample widths of a drawing in pixels. A label that is free at all sample widths of a group is taken to be free
/// at all widths between them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Widths {
    pub(super) narrow: [f64; 4],
    pub(super) wide: [f64; 4],
}

/// The extents that are already occupied.
pub(super) struct Placer {
    widths: Widths,
    /// Pixels that labels may extend beyond the left and right edge of the drawing.
    overhang: f64,
    occupied: Vec<(Extent, Screens)>,
}

impl Placer {
    pub(super) fn new(widths: Widths, overhang: f64) -> Self {
        Self { widths, overhang, occupied: Vec::new() }
    }

    /// Marks an extent as occupied on all screens.
    pub(super) fn mark_occupied(&mut self, extent: Extent) {
        self.occupied.push((extent, Screens::Always));
    }

    /// Takes the first free candidate. Returns its index and the screens on which it is shown.
    pub(super) fn place_first_free(&mut self, candidates: &[Extent]) -> Option<(usize, Screens)> {
        for shown in [Screens::Always, Screens::Wide] {
            let first_free = candidates.iter().position(|candidate| self.is_free(candidate, shown));
            if let Some((number, extent)) = first_free.and_then(|at| Some((at, candidates.get(at)?))) {
                self.occupied.push((*extent, shown));
                return Some((number, shown));
            }
        }
        None
    }

    fn is_free(&self, extent: &Extent, shown: Screens) -> bool {
        let is_free_at = |width: f64, on: Screens| {
            let anchor = extent.x * width;
            let is_inside =
                anchor + extent.left >= -self.overhang && anchor + extent.right <= width + self.overhang;
            let is_visible = |other: Screens| on == Screens::Wide || other == Screens::Always;
            is_inside
                && !self
                    .occupied
                    .iter()
                    .any(|(other, screens)| is_visible(*screens) && extent.overlaps(other, width))
        };
        self.widths.wide.iter().all(|&width| is_free_at(width, Screens::Wide))
            && (shown == Screens::Wide
                || self.widths.narrow.iter().all(|&width| is_free_at(width, Screens::Always)))
    }
}

/// Returns an upper estimate of the width of a text in pixels, at a font size of 12 pixels.
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
            if let Some((at, how)) = placer.place_first_free(&extents) {
                shown.push((extents[at], how));
            }
        }
        assert!(shown.len() > 5, "some labels fit");
        let widths = |how: &[Screens]| {
            if how.contains(&Screens::Wide) {
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
        assert_eq!(placer.place_first_free(&[wide(0.0, 100.0)]), Some((0, Screens::Always)));
        assert_eq!(placer.place_first_free(&[wide(0.25, 100.0)]), Some((0, Screens::Wide)));
        assert_eq!(placer.place_first_free(&[wide(0.3, 100.0)]), None);
        assert_eq!(placer.place_first_free(&[wide(0.9, 2000.0)]), None);
    }
}
