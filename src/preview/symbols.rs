//! Reads the glyphs of the theme as shapes that can be drawn. They are SVG with paths, circles and rectangles, and three
//! classes: `f` is filled, `k` shows the paper, and `tick` has a colour of its own.

use kurbo::{BezPath, Circle, RoundedRect, Shape as _};

use crate::html::{RawText, Tag, Token, read};

use super::coverage::{Paint, Shape};

/// Width and height of a symbol in its own units.
pub(super) const SYMBOL_SIZE: f32 = 16.0;
/// Width of strokes, as in the stylesheet.
const STROKE: f32 = 1.6;
/// Width of the stroke of a tick.
const TICK_STROKE: f32 = 2.2;
/// How far an approximated curve may be from the curve, in units of a symbol.
const TOLERANCE: f64 = 0.01;

/// The shapes of a symbol.
#[derive(Debug, Default)]
pub(super) struct Symbol {
    /// What is drawn in the colour of the words beside the symbol.
    pub(super) shapes: Vec<Shape>,
    /// What is drawn in the colour of ticks.
    pub(super) ticks: Vec<Shape>,
}

impl Symbol {
    /// Reads the `<symbol>` element of a glyph. Returns `None` if it contains something that cannot be drawn.
    pub(super) fn parse(svg: &str) -> Option<Self> {
        let mut symbol = Self::default();
        let mut is_complete = true;
        read(svg, RawText::ScriptAndStyle, |token, _| {
            let Token::Start(tag) = token else { return };
            if tag.name() == "symbol" {
                return;
            }
            match shape(&tag) {
                Some(shape) if tag.attribute("class") == Some("tick") => symbol.ticks.push(shape),
                Some(shape) => symbol.shapes.push(shape),
                None => is_complete = false,
            }
        });
        is_complete.then_some(symbol)
    }
}

fn shape(tag: &Tag) -> Option<Shape> {
    let number = |name: &str| tag.attribute(name)?.parse::<f64>().ok();
    let outline = match tag.name() {
        "path" => BezPath::from_svg(tag.attribute("d")?).ok()?,
        "circle" => Circle::new((number("cx")?, number("cy")?), number("r")?).to_path(TOLERANCE),
        "rect" => {
            let (x, y) = (number("x")?, number("y")?);
            let (right, bottom) = (x + number("width")?, y + number("height")?);
            RoundedRect::new(x, y, right, bottom, number("rx").unwrap_or(0.0)).to_path(TOLERANCE)
        }
        _ => return None,
    };
    let (is_filled, paint, stroke) = match tag.attribute("class") {
        None => (false, Paint::Cover, STROKE),
        Some("f") => (true, Paint::Cover, STROKE),
        Some("k") => (false, Paint::Erase, STROKE),
        Some("tick") => (false, Paint::Cover, TICK_STROKE),
        Some(_) => return None,
    };
    let dashes = tag.attribute("stroke-dasharray").unwrap_or_default();
    let dashes = dashes.split_ascii_whitespace().map(|length| length.parse().ok()).collect::<Option<_>>()?;
    Some(Shape { outline, is_filled, paint, stroke, dashes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::built_in_glyphs;

    #[test]
    fn every_glyph_of_the_theme_can_be_drawn() {
        let glyphs = built_in_glyphs();
        assert!(glyphs.len() > 20, "{}", glyphs.len());
        for (name, svg) in &glyphs {
            let symbol = Symbol::parse(svg).unwrap_or_else(|| panic!("{name}: {svg}"));
            assert!(!symbol.shapes.is_empty(), "{name}");
        }
        let logo = Symbol::parse(&glyphs["logo"]).expect("the logo");
        assert_eq!((logo.shapes.len(), logo.ticks.len()), (1, 1));
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        for svg in [
            "<symbol><text>a</text></symbol>",
            "<symbol><path d=\"M0 0 x\"/></symbol>",
            "<symbol><circle cx=\"1\" cy=\"1\"/></symbol>",
            "<symbol><path class=\"other\" d=\"M0 0h1\"/></symbol>",
            "<symbol><path stroke-dasharray=\"a\" d=\"M0 0h1\"/></symbol>",
        ] {
            assert!(Symbol::parse(svg).is_none(), "{svg}");
        }
    }
}
