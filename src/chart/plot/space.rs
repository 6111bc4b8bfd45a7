//! Keeps track of what is drawn where, so that a text is only put where nothing is. Each thing is remembered at every
//! width of a layout.

/// A horizontal position: a share of the width, and pixels from there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Across {
    pub(super) share: f64,
    pub(super) px: f64,
}

impl Across {
    pub(super) fn new(share: f64, px: f64) -> Self {
        Self { share, px }
    }

    fn at(self, width: f64) -> f64 {
        self.share * width + self.px
    }
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: Across,
    pub(super) right: Across,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// Returns the square around a point.
    pub(super) fn around(share: f64, y: f64, radius: f64) -> Self {
        let (left, right) = (Across::new(share, -radius), Across::new(share, radius));
        Self { left, right, top: y - radius, bottom: y + radius }
    }
}

/// A straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) from: (Across, f64),
    pub(super) to: (Across, f64),
}

impl Stroke {
    /// Returns the line between two points, given as shares of the width and pixels from the top.
    pub(super) fn between(from: (f64, f64), to: (f64, f64)) -> Self {
        let end = |(share, y): (f64, f64)| (Across::new(share, 0.0), y);
        Self { from: end(from), to: end(to) }
    }
}

/// What takes up space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Mark,
    /// A line that belongs to the drawing, which a line between a name and its mark may cross.
    Line,
    Text,
    /// A line between a name and its mark.
    Leader,
}

/// A rectangle at one width.
#[derive(Debug, Clone, Copy)]
struct Rectangle {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// A line at one width.
#[derive(Debug, Clone, Copy)]
struct Segment {
    from: (f64, f64),
    to: (f64, f64),
}

/// What is drawn, at one width.
#[derive(Debug, Clone)]
struct Scene {
    width: f64,
    areas: Vec<(Rectangle, Kind)>,
    strokes: Vec<(Segment, Kind)>,
}

/// What is drawn, at all widths of a layout.
#[derive(Debug, Clone)]
pub(super) struct Space {
    scenes: Vec<Scene>,
    overhang: f64,
    floor: f64,
}

/// Pixels that a text may extend to the left of the drawing.
const LEFT_OVERHANG: f64 = 3.0;
/// Pixels between a text and a line.
const LINE_GAP: f64 = 2.0;

impl Space {
    pub(super) fn new(widths: &[f64], overhang: f64, floor: f64) -> Self {
        let scene = |&width: &f64| Scene { width, areas: Vec::new(), strokes: Vec::new() };
        Self { scenes: widths.iter().map(scene).collect(), overhang, floor }
    }

    pub(super) fn add_area(&mut self, area: Area, kind: Kind) {
        for scene in &mut self.scenes {
            scene.areas.push((rectangle(area, scene.width), kind));
        }
    }

    pub(super) fn add_stroke(&mut self, stroke: Stroke, kind: Kind) {
        for scene in &mut self.scenes {
            scene.strokes.push((segment(stroke, scene.width), kind));
        }
    }

    /// Whether a text at this area covers nothing at any width.
    pub(super) fn is_free(&self, area: Area) -> bool {
        if area.top < 1.0 || area.bottom > self.floor - 2.0 {
            return false;
        }
        self.scenes.iter().all(|scene| {
            let text = rectangle(area, scene.width);
            let near = Rectangle {
                left: text.left - LINE_GAP,
                right: text.right + LINE_GAP,
                top: text.top - LINE_GAP,
                bottom: text.bottom + LINE_GAP,
            };
            text.left >= -LEFT_OVERHANG
                && text.right <= scene.width + self.overhang
                && !scene.areas.iter().any(|(other, _)| overlap(&text, other))
                && !scene.strokes.iter().any(|(stroke, _)| crosses(stroke, &near))
        })
    }

    /// Whether a line between a name and its mark crosses neither a mark nor a text nor another such line.
    pub(super) fn is_clear(&self, stroke: Stroke) -> bool {
        self.scenes.iter().all(|scene| {
            let leader = segment(stroke, scene.width);
            !scene.areas.iter().any(|(area, _)| crosses(&leader, area))
                && !scene
                    .strokes
                    .iter()
                    .any(|(other, kind)| *kind == Kind::Leader && segments_cross(&leader, other))
        })
    }
}

fn rectangle(area: Area, width: f64) -> Rectangle {
    Rectangle { left: area.left.at(width), right: area.right.at(width), top: area.top, bottom: area.bottom }
}

fn segment(stroke: Stroke, width: f64) -> Segment {
    let end = |(across, y): (Across, f64)| (across.at(width), y);
    Segment { from: end(stroke.from), to: end(stroke.to) }
}

fn overlap(one: &Rectangle, other: &Rectangle) -> bool {
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}

/// Whether a line goes through a rectangle, by the algorithm of Liang and Barsky: the part of the line between each pair
/// of edges is cut out, and something must be left.
fn crosses(line: &Segment, area: &Rectangle) -> bool {
    let (dx, dy) = (line.to.0 - line.from.0, line.to.1 - line.from.1);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    let edges = [
        (-dx, line.from.0 - area.left),
        (dx, area.right - line.from.0),
        (-dy, line.from.1 - area.top),
        (dy, area.bottom - line.from.1),
    ];
    for (direction, distance) in edges {
        if direction.abs() < f64::EPSILON {
            if distance < 0.0 {
                return false;
            }
        } else if direction < 0.0 {
            start = start.max(distance / direction);
        } else {
            end = end.min(distance / direction);
        }
    }
    start <= end
}

fn segments_cross(one: &Segment, other: &Segment) -> bool {
    let side = |line: &Segment, point: (f64, f64)| {
        (line.to.0 - line.from.0) * (point.1 - line.from.1)
            - (line.to.1 - line.from.1) * (point.0 - line.from.0)
    };
    let is_split = |line: &Segment, by: &Segment| side(by, line.from) * side(by, line.to) < 0.0;
    is_split(one, other) && is_split(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(share: f64, top: f64) -> Area {
        Area { left: Across::new(share, 0.0), right: Across::new(share, 60.0), top, bottom: top + 13.0 }
    }

    #[test]
    fn a_text_is_free_only_if_it_is_at_all_widths() {
        let mut space = Space::new(&[200.0, 400.0], 10.0, 300.0);
        space.add_area(Area::around(0.5, 100.0, 5.0), Kind::Mark);
        assert!(space.is_free(text(0.6, 94.0)) && space.is_free(text(0.5, 110.0)));
        assert!(!space.is_free(text(0.45, 94.0)), "it covers the mark at both widths");
        assert!(!space.is_free(text(0.3, 94.0)), "it covers the mark at 200 pixels");
        assert!(!space.is_free(text(0.9, 94.0)), "it leaves the drawing at 200 pixels");
        assert!(!space.is_free(text(0.1, 290.0)), "it is below the floor");
    }

    #[test]
    fn lines_are_crossed_by_texts_and_leaders() {
        let mut space = Space::new(&[200.0, 400.0], 10.0, 300.0);
        space.add_stroke(Stroke::between((0.0, 0.0), (1.0, 200.0)), Kind::Line);
        assert!(!space.is_free(text(0.4, 90.0)) && space.is_free(text(0.1, 120.0)));
        let leader = Stroke::between((0.2, 100.0), (0.9, 100.0));
        assert!(space.is_clear(leader), "a leader may cross a line of the drawing");
        space.add_stroke(Stroke::between((0.5, 50.0), (0.5, 150.0)), Kind::Leader);
        assert!(!space.is_clear(leader));
    }
}
