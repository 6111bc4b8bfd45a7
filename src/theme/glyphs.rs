//! The glyphs of the theme: signs of a status or a kind, and a few of the header. A page shows one by the name of a
//! class. All glyphs are one image, from which the stylesheet cuts each glyph as a mask, so that a glyph takes the
//! colour of the words beside it and a page has no byte of its outline.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::templates;

/// The file of the glyphs among the templates.
pub(super) const GLYPHS: &str = "assets/glyphs.svg";

/// Height of a glyph in the image, in units of a symbol, which is 16 wide and high. The rest is empty, so that no edge
/// of the next glyph is seen where a glyph begins within a pixel.
const STEP: usize = 32;

/// Returns the `<symbol>` elements of the built-in glyphs by name.
#[cfg(feature = "previews")]
pub fn built_in_glyphs() -> BTreeMap<String, String> {
    symbols(templates::built_in_file(GLYPHS).expect("the glyphs are built in"))
}

/// Returns the `<symbol>` elements of a file by name. Each line contains one element, with an id such as
/// `g_name`.
pub(super) fn symbols(text: &str) -> BTreeMap<String, String> {
    let name = |line: &str| Some(line.split_once("id=\"g_")?.1.split_once('"')?.0.to_owned());
    text.lines().filter_map(|line| Some((name(line)?, line.trim().to_owned()))).collect()
}

/// Draws the image of all glyphs, below each other. It is a mask by brightness: what is white is shown.
pub(super) fn image(symbols: &BTreeMap<String, String>) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 {}\" width=\"16\" height=\"{}\"><style>svg{{fill:none;stroke:#fff;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}}.f{{fill:#fff}}.k{{stroke:#000}}.tick{{stroke-width:2.2}}</style>\n",
        STEP * symbols.len(),
        STEP * symbols.len(),
    );
    for (place, symbol) in symbols.values().enumerate() {
        let shapes =
            symbol.split_once('>').and_then(|(_, rest)| rest.strip_suffix("</symbol>")).unwrap_or_default();
        let _ = writeln!(svg, "<g transform=\"translate(0 {})\">{shapes}</g>", STEP * place);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Returns the rules of the stylesheet that say where each glyph is in the image.
pub(super) fn places(symbols: &BTreeMap<String, String>) -> String {
    let mut css = format!("\n:root{{--glyphs:{}}}", symbols.len());
    for (place, name) in symbols.keys().enumerate() {
        let _ = write!(css, "\n.s-{name},.g-{name}{{--g:{place}}}");
    }
    css.push('\n');
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_has_its_place_in_the_image() {
        let text = "<symbol id=\"g_b\" viewBox=\"0 0 16 16\"><path d=\"M1 1\"/></symbol>\nother\n  <symbol id=\"g_a\"><circle r=\"2\"/></symbol>\n";
        let symbols = symbols(text);
        let image = image(&symbols);
        assert!(image.contains("viewBox=\"0 0 16 64\""), "{image}");
        assert!(image.contains("<g transform=\"translate(0 0)\"><circle r=\"2\"/></g>\n"), "{image}");
        assert!(image.contains("<g transform=\"translate(0 32)\"><path d=\"M1 1\"/></g>\n"), "{image}");
        assert_eq!(places(&symbols), "\n:root{--glyphs:2}\n.s-a,.g-a{--g:0}\n.s-b,.g-b{--g:1}\n");
        let all = super::symbols(templates::built_in_file(GLYPHS).expect("the glyphs"));
        assert!(super::image(&all).matches("<g ").count() == all.len() && all.contains_key("open"));
        assert!(!super::image(&all).contains("<symbol"));
    }
}
