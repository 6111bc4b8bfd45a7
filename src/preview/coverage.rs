//! Turns outlines into coverage: how much of each pixel a shape covers.

use kurbo::{BezPath, PathEl};
use tiny_skia::{FillRule, LineCap, LineJoin, Mask, Path, PathBuilder, Stroke, StrokeDash, Transform};

/// Number of shades between the paper and a full colour, the full colour included. More shades do not look better
/// at the size at which images are shown, and make the file larger.
pub(super) const SHADES: u8 = 4;

/// The pixels that a shape covers.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// Column of the first pixel, counted from the origin of the shape.
    pub(super) left: i32,
    /// Row of the first pixel, counted from the origin of the shape.
    pub(super) top: i32,
    /// Pixels in a row.
    pub(super) width: usize,
    /// The shade of each pixel, row by row: 0 is not covered, [`SHADES`] is covered wholly.
    pub(super) shades: Vec<u8>,
}

impl Coverage {
    /// Returns the coverage of an outline that is filled. `path` has coordinates in pixels.
    pub(super) fn of_outline(path: &Path) -> Self {
        let Some(frame) = Frame::around(path) else { return Self::default() };
        frame.coverage(frame.filled(path))
    }

    /// Returns the coverage of shapes in the order in which they are painted. `size` is the number of pixels for one
    /// unit of their coordinates.
    pub(super) fn of_shapes(shapes: &[Shape], size: f32) -> Self {
        let scale = Transform::from_scale(size, size);
        let painted: Vec<(Path, Paint)> = shapes
            .iter()
            .flat_map(Shape::outlines)
            .filter_map(|(path, paint)| Some((path.transform(scale)?, paint)))
            .collect();
        let mut all = PathBuilder::new();
        for (path, _) in &painted {
            all.push_path(path);
        }
        let Some(frame) = all.finish().as_ref().and_then(Frame::around) else { return Self::default() };
        let mut alpha = vec![0; frame.width as usize * frame.height as usize];
        for (path, paint) in &painted {
            for (under, over) in alpha.iter_mut().zip(frame.filled(path)) {
                *under = match paint {
                    Paint::Cover => over.max(*under),
                    Paint::Erase => (*under).min(u8::MAX - over),
                };
            }
        }
        frame.coverage(alpha)
    }
}

/// What a painted outline does to the pixels below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Cover,
    /// Shows the paper, as the tick in a filled circle does.
    Erase,
}

/// A shape of a symbol: an outline that is stroked and perhaps filled.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) outline: BezPath,
    pub(super) is_filled: bool,
    pub(super) paint: Paint,
    /// Width of the stroke, in the units of the outline.
    pub(super) stroke: f32,
    /// Lengths of the dashes and of the gaps between them; empty if the stroke is not dashed.
    pub(super) dashes: Vec<f32>,
}

impl Shape {
    /// Returns the outlines to fill: that of the stroke, and that of the shape if it is filled.
    fn outlines(&self) -> Vec<(Path, Paint)> {
        let Some(path) = skia_path(&self.outline) else { return Vec::new() };
        let dash = StrokeDash::new(self.dashes.clone(), 0.0);
        let stroke = Stroke {
            width: self.stroke,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            dash: None,
            ..Stroke::default()
        };
        // Curves are approximated for the largest size of a symbol.
        let dashed = dash.and_then(|dash| path.dash(&dash, 4.0));
        let stroked = dashed.as_ref().unwrap_or(&path).stroke(&stroke, 4.0);
        let filled = self.is_filled.then(|| path.clone());
        filled.into_iter().chain(stroked).map(|path| (path, self.paint)).collect()
    }
}

/// The whole pixels around an outline.
struct Frame {
    left: i32,
    top: i32,
    width: u32,
    height: u32,
}

impl Frame {
    /// Returns `None` if the outline is empty.
    fn around(path: &Path) -> Option<Self> {
        let bounds = path.bounds().round_out()?;
        Some(Self { left: bounds.left(), top: bounds.top(), width: bounds.width(), height: bounds.height() })
    }

    /// Returns how much of each pixel of the frame a filled outline covers, from 0 to 255.
    fn filled(&self, path: &Path) -> Vec<u8> {
        let Some(mut mask) = Mask::new(self.width, self.height) else { return Vec::new() };
        #[expect(clippy::cast_precision_loss, reason = "an image has some thousand pixels")]
        let to_frame = Transform::from_translate(-self.left as f32, -self.top as f32);
        mask.fill_path(path, FillRule::Winding, true, to_frame);
        mask.take()
    }

    fn coverage(&self, alpha: Vec<u8>) -> Coverage {
        let shade = |alpha: u8| {
            let shade = (u16::from(alpha) * u16::from(SHADES) + 127) / 255;
            u8::try_from(shade).expect("at most the number of shades")
        };
        let shades = alpha.into_iter().map(shade).collect();
        Coverage { left: self.left, top: self.top, width: self.width as usize, shades }
    }
}

/// Returns the path in the form of the rasteriser; `None` if it is empty.
fn skia_path(outline: &BezPath) -> Option<Path> {
    #[expect(clippy::cast_possible_truncation, reason = "coordinates of symbols have few digits")]
    let pair = |point: kurbo::Point| (point.x as f32, point.y as f32);
    let mut path = PathBuilder::new();
    for element in outline.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                let (x, y) = pair(to);
                path.move_to(x, y);
            }
            PathEl::LineTo(to) => {
                let (x, y) = pair(to);
                path.line_to(x, y);
            }
            PathEl::QuadTo(control, to) => {
                let ((x1, y1), (x, y)) = (pair(control), pair(to));
                path.quad_to(x1, y1, x, y);
            }
            PathEl::CurveTo(first, second, to) => {
                let ((x1, y1), (x2, y2), (x, y)) = (pair(first), pair(second), pair(to));
                path.cubic_to(x1, y1, x2, y2, x, y);
            }
            PathEl::ClosePath => path.close(),
        }
    }
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws coverage as text: a digit for each pixel, and a space where nothing is covered.
    fn picture(coverage: &Coverage) -> String {
        let digit = |shade: &u8| if *shade == 0 { ' ' } else { char::from(b'0' + shade) };
        let rows =
            coverage.shades.chunks(coverage.width).map(|row| row.iter().map(digit).collect::<String>());
        rows.collect::<Vec<String>>().join("|")
    }

    fn shape(path: &str) -> Shape {
        let outline = BezPath::from_svg(path).expect("a path");
        Shape { outline, is_filled: true, paint: Paint::Cover, stroke: 0.0, dashes: Vec::new() }
    }

    #[test]
    fn pixels_have_the_shade_of_what_is_covered() {
        let square = Coverage::of_shapes(&[shape("M0 0h2v2h-2z")], 1.0);
        assert_eq!(picture(&square), "44|44");
        let half = Coverage::of_shapes(&[shape("M0 0h1.5v1h-1.5z")], 1.0);
        assert_eq!(picture(&half), "42");
        let moved = Coverage::of_shapes(&[shape("M3 4h1v1h-1z")], 2.0);
        assert_eq!((moved.left, moved.top, picture(&moved).as_str()), (6, 8, "44|44"));
        assert!(Coverage::of_shapes(&[], 1.0).shades.is_empty());
    }

    #[test]
    fn what_is_erased_shows_the_paper() {
        let hole = Shape { paint: Paint::Erase, ..shape("M1 0h1v1h-1z") };
        assert_eq!(picture(&Coverage::of_shapes(&[shape("M0 0h3v1h-3z"), hole], 1.0)), "4 4");
    }

    #[test]
    fn strokes_are_as_wide_as_they_are() {
        let line = Shape { is_filled: false, stroke: 2.0, ..shape("M0 1h4") };
        // The ends are half circles.
        assert_eq!(picture(&Coverage::of_shapes(&[line], 1.0)), "344443|344443");
    }
}
