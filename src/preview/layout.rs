//! Lays out a preview image: a [`Preview`] in, a [`Drawing`] out. The image looks like the pages: a paper-coloured
//! background, a serif typeface, thin rules, and a glyph and a word with every colour.

use std::fmt::Write as _;

use crate::page::{Figure, Preview};
use crate::texts::TEXTS;

use super::canvas::Colour;
use super::letters::Font;

/// Colours of the stylesheet's light theme, because an image cannot know the theme of its reader.
pub(super) const PAPER: Colour = [0xfd, 0xfd, 0xfb];
pub(super) const INK: Colour = [0x1a, 0x1c, 0x20];
const MUTED_INK: Colour = [0x48, 0x4c, 0x54];
const RULE: Colour = [0xe1, 0xe0, 0xd9];
pub(super) const PENCIL: Colour = [0x24, 0x50, 0xa4];

/// Space at the left and right edge, in pixels.
pub(super) const MARGIN: f32 = 72.0;
/// Width between the margins, in pixels.
pub(super) const CONTENT_WIDTH: f32 = 1200.0 - 2.0 * MARGIN;

/// Font sizes of the title in pixels, each with the maximum number of lines at that size.
const TITLE_SIZES: [(f32, usize); 5] = [(86.0, 2), (70.0, 3), (60.0, 3), (54.0, 4), (48.0, 4)];
/// Font size of the facts, in pixels.
const FACTS_SIZE: f32 = 32.0;

/// Upper end of the area for the title and the facts, in pixels from the top.
const TOP: f32 = 128.0;
/// Lower end of the area for the title and the facts, in pixels from the top.
const BOTTOM: f32 = 462.0;

/// What is drawn in an image, in the order of drawing. Places and sizes are in pixels.
#[derive(Debug, PartialEq)]
pub(super) enum Item {
    /// A text that starts at `x` on a baseline.
    Text { text: String, x: f32, baseline: f32, size: f32, colour: Colour },
    /// A glyph of the theme in a square.
    Glyph { name: &'static str, x: f32, y: f32, size: f32, colour: Colour },
    /// A line across the image.
    Rule { y: f32, colour: Colour },
}

/// The items of an image.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Drawing(pub(super) Vec<Item>);

impl Drawing {
    /// Describes the drawing as text. Equal texts give equal images.
    pub(super) fn describe(&self) -> String {
        let mut text = String::new();
        for item in &self.0 {
            let _ = writeln!(text, "{item:?}");
        }
        text
    }
}

/// A preview image that is being laid out.
struct PreviewDrawing<'a> {
    font: &'a Font,
    /// Title of the site; empty if the font lacks one of its letters.
    brand: &'a str,
    drawing: Drawing,
}

/// Lays out a preview. `brand` is the title of the site; empty if the font lacks one of its letters. Returns `None` if
/// the font lacks a letter of the preview's title.
pub(super) fn draw(font: &Font, brand: &str, preview: &Preview) -> Option<Drawing> {
    let title = font.drawable_text(&preview.title)?;
    let mut drawing = PreviewDrawing { font, brand, drawing: Drawing::default() };
    drawing.draw_header(preview);
    drawing.draw_title_and_facts(&title, preview);
    drawing.draw_figures(&preview.figures);
    Some(drawing.drawing)
}

impl PreviewDrawing<'_> {
    /// Draws the title of the site, and the sort of the page.
    fn draw_header(&mut self, preview: &Preview) {
        let letters = self.font;
        let sort_width = letters.width(preview.sort, 30.0);
        let brand = letters.fit_on_line(self.brand, 34.0, CONTENT_WIDTH - 56.0 - sort_width - 40.0);
        let brand = if preview.title == self.brand { String::new() } else { brand };
        self.draw_glyph("logo", INK, [MARGIN, 50.0, 40.0]);
        self.draw_text(&brand, [MARGIN + 56.0, 81.0, 34.0], INK);
        self.draw_text(preview.sort, [MARGIN + CONTENT_WIDTH - sort_width, 81.0, 30.0], MUTED_INK);
        self.draw_rule(TOP - 14.0, RULE);
    }

    /// Draws the title as large as it fits, with the facts below it. Both are vertically centred between [`TOP`]
    /// and [`BOTTOM`].
    fn draw_title_and_facts(&mut self, title: &str, preview: &Preview) {
        let (size, lines) = self.fit_title(title);
        let facts: Vec<String> =
            preview.facts.iter().filter_map(|fact| self.font.drawable_text(fact)).collect();
        let facts = self.font.fit_on_line(&facts.join("  ·  "), FACTS_SIZE, CONTENT_WIDTH);
        let leading = size * 1.13;
        let below = if facts.is_empty() { 0.0 } else { FACTS_SIZE * 1.9 };
        #[expect(clippy::cast_precision_loss, reason = "there are at most four lines")]
        let height = leading * lines.len() as f32 + below;
        let mut baseline = f32::midpoint(TOP, BOTTOM - height) + size * 0.92;
        for line in &lines {
            self.draw_text(line, [MARGIN, baseline, size], INK);
            baseline += leading;
        }
        self.draw_text(&facts, [MARGIN, baseline - leading + below, FACTS_SIZE], MUTED_INK);
    }

    /// Returns the largest size at which no word is broken and all lines fit, with these lines. At the smallest
    /// size, text that does not fit is cut off.
    fn fit_title(&self, title: &str) -> (f32, Vec<String>) {
        let letters = self.font;
        let fits = |size: f32, most: usize| {
            let has_room = |word: &str| letters.width(word, size) <= CONTENT_WIDTH;
            let lines = letters.break_lines(title, size, CONTENT_WIDTH);
            (lines.len() <= most && title.split(' ').all(has_room)).then_some((size, lines))
        };
        if let Some((size, lines)) = TITLE_SIZES.iter().find_map(|&(size, most)| fits(size, most)) {
            return (size, self.balance_lines(title, size, lines));
        }
        let (size, most) = TITLE_SIZES[TITLE_SIZES.len() - 1];
        let mut lines = letters.break_lines(title, size, CONTENT_WIDTH);
        if lines.len() > most {
            let rest = lines.split_off(most - 1).join(" ");
            lines.push(letters.shorten(&rest, size, CONTENT_WIDTH));
        }
        (size, lines)
    }

    /// Breaks the title into the same number of lines again, so that the widths of the lines are more even.
    fn balance_lines(&self, title: &str, size: f32, mut lines: Vec<String>) -> Vec<String> {
        let widest = title.split(' ').map(|word| self.font.width(word, size)).fold(0.0, f32::max);
        let mut width = CONTENT_WIDTH * 0.95;
        while width >= widest && width > CONTENT_WIDTH * 0.4 {
            let narrower = self.font.break_lines(title, size, width);
            if narrower.len() > lines.len() {
                break;
            }
            lines = narrower;
            width *= 0.95;
        }
        lines
    }

    /// Draws a row of glyphs with numbers and words below them, or of glyphs and words only.
    fn draw_figures(&mut self, figures: &[Figure]) {
        if figures.is_empty() {
            return;
        }
        self.draw_rule(BOTTOM + 14.0, INK);
        let mut x = MARGIN;
        for (place, figure) in figures.iter().enumerate() {
            let width = self.figure_width(figure);
            let rest = &figures[place..];
            let is_last = rest.len() == 1;
            // 150 pixels are reserved for the figure that replaces all figures that do not fit.
            if x + width + if is_last { 0.0 } else { 150.0 } > MARGIN + CONTENT_WIDTH {
                let numbers = rest.iter().filter_map(|figure| figure.number.parse::<usize>().ok());
                let number = numbers.sum::<usize>().to_string();
                self.draw_figure(&Figure { number, word: TEXTS.preview.others().to_owned(), glyph: "" }, x);
                return;
            }
            self.draw_figure(figure, x);
            x += width + 52.0;
        }
    }

    fn figure_width(&self, figure: &Figure) -> f32 {
        let letters = self.font;
        if figure.number.is_empty() {
            return 58.0 + letters.width(&figure.word, 44.0);
        }
        let glyph = if figure.glyph.is_empty() { 0.0 } else { 52.0 };
        letters.width(&figure.word, 28.0).max(glyph + letters.width(&figure.number, 56.0))
    }

    fn draw_figure(&mut self, figure: &Figure, x: f32) {
        let colour = status_colour(figure.glyph);
        if figure.number.is_empty() {
            self.draw_glyph(figure.glyph, colour, [x, 526.0, 44.0]);
            self.draw_text(&figure.word, [x + 58.0, 563.0, 44.0], colour);
            return;
        }
        let mut start = x;
        if !figure.glyph.is_empty() {
            self.draw_glyph(figure.glyph, colour, [x, 502.0, 40.0]);
            start += 52.0;
        }
        self.draw_text(&figure.number, [start, 541.0, 56.0], INK);
        self.draw_text(&figure.word, [x, 583.0, 28.0], colour);
    }

    /// Draws a text at x and its baseline y, in a font size. All three are in pixels.
    fn draw_text(&mut self, text: &str, [x, baseline, size]: [f32; 3], colour: Colour) {
        if !text.is_empty() {
            self.drawing.0.push(Item::Text { text: text.to_owned(), x, baseline, size, colour });
        }
    }

    /// Draws a glyph of the theme at x and y and in a size. All three are in pixels.
    fn draw_glyph(&mut self, name: &'static str, colour: Colour, [x, y, size]: [f32; 3]) {
        self.drawing.0.push(Item::Glyph { name, x, y, size, colour });
    }

    fn draw_rule(&mut self, y: f32, colour: Colour) {
        self.drawing.0.push(Item::Rule { y, colour });
    }
}

/// Returns the colour of a status, as in the stylesheet.
fn status_colour(glyph: &str) -> Colour {
    match glyph {
        "supported" | "true" => [0x14, 0x66, 0x4a],
        "refuted" | "false" => [0xa9, 0x2f, 0x3a],
        "mixed" | "partly" => [0x85, 0x55, 0x08],
        "contested" => [0x71, 0x39, 0x9b],
        "unverifiable" | "unreviewed" | "retracted" | "annulled" | "unfalsifiable" => [0x5a, 0x60, 0x6a],
        "superseded" | "open" => [0x41, 0x60, 0x7f],
        "overdue" | "shaken" => [0x98, 0x47, 0x0f],
        _ => MUTED_INK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLESHEET: &str = include_str!("../../templates/assets/claimbook.css");

    #[test]
    fn colours_are_those_of_the_stylesheet() {
        let has = |name: &str, [red, green, blue]: Colour| {
            let token = format!("--{name}: light-dark(#{red:02x}{green:02x}{blue:02x}, ");
            assert!(STYLESHEET.contains(&token), "{token}");
        };
        for (name, colour) in
            [("paper", PAPER), ("ink", INK), ("ink-2", MUTED_INK), ("rule", RULE), ("pencil", PENCIL)]
        {
            has(name, colour);
        }
        let classes = STYLESHEET.lines().filter(|line| line.starts_with(".s-") && line.contains("--c: "));
        let mut found = 0;
        for line in classes {
            let (names, rule) = line.split_once(" { --c: var(--").expect("a rule");
            let token = rule.split(')').next().expect("a token");
            for name in names.split(", ") {
                has(token, status_colour(name.trim_start_matches(".s-")));
                found += 1;
            }
        }
        assert_eq!(found, crate::graph::Status::ALL.len() + 1, "every status, and `shaken`");
    }

    #[test]
    fn a_palette_has_room_for_all_colours() {
        let statuses = crate::graph::Status::ALL.map(|status| status_colour(status.word()));
        let others = [INK, MUTED_INK, RULE, PENCIL, status_colour("true"), status_colour("shaken")];
        let colours: std::collections::BTreeSet<Colour> = statuses.into_iter().chain(others).collect();
        assert!(colours.len() > 9 && colours.len() + usize::from(super::super::coverage::SHADES) <= 16);
    }
}
