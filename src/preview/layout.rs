//! Lays out a preview image: a [`Preview`] in, an SVG drawing out. The image looks like the pages: a
//! paper-coloured background, a serif typeface, thin rules, and a glyph and a word with every colour.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::html::escape;
use crate::page::{Figure, Preview};
use crate::texts::TEXTS;

use super::letters::FontMetrics;
use super::{HEIGHT, WIDTH};

/// Colours of the stylesheet's light theme, because an image cannot know the theme of its reader.
const PAPER: &str = "#fdfdfb";
const INK: &str = "#1a1c20";
const MUTED_INK: &str = "#484c54";
const RULE: &str = "#e1e0d9";
const PENCIL: &str = "#2450a4";

/// Space at the left and right edge, in pixels.
const MARGIN: f32 = 72.0;
/// Width between the margins, in pixels.
const CONTENT_WIDTH: f32 = 1200.0 - 2.0 * MARGIN;

/// Font sizes of the title in pixels, each with the maximum number of lines at that size.
const TITLE_SIZES: [(f32, usize); 5] = [(86.0, 2), (70.0, 3), (60.0, 3), (54.0, 4), (48.0, 4)];
/// Font size of the facts, in pixels.
const FACTS_SIZE: f32 = 32.0;

/// Upper end of the area for the title and the facts, in pixels from the top.
const TOP: f32 = 128.0;
/// Lower end of the area for the title and the facts, in pixels from the top.
const BOTTOM: f32 = 462.0;

/// Data that all preview images of a site share.
pub(super) struct Sheet {
    /// Title of the site; empty if the font lacks one of its letters.
    pub(super) brand: String,
    /// `<symbol>` elements of glyphs, by name.
    pub(super) glyphs: BTreeMap<String, String>,
    pub(super) letters: FontMetrics,
}

/// A preview image that is being drawn.
struct PreviewDrawing<'a> {
    sheet: &'a Sheet,
    svg: String,
}

/// Draws a preview as SVG. Returns `None` if the font lacks a letter of its title.
pub(super) fn draw(sheet: &Sheet, preview: &Preview) -> Option<String> {
    let title = sheet.letters.drawable_text(&preview.title)?;
    let mut drawing = PreviewDrawing { sheet, svg: String::new() };
    let _ = write!(
        drawing.svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\">\
         <style>.f{{fill:currentColor}}.k{{stroke:{PAPER}}}.tick{{stroke:{PENCIL};stroke-width:2.2}}</style>\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{PAPER}\"/>"
    );
    drawing.draw_header(preview);
    drawing.draw_title_and_facts(&title, preview);
    drawing.draw_figures(&preview.figures);
    drawing.svg.push_str("</svg>");
    Some(drawing.svg)
}

impl PreviewDrawing<'_> {
    /// Draws the title of the site, and the sort of the page.
    fn draw_header(&mut self, preview: &Preview) {
        let letters = &self.sheet.letters;
        let sort_width = letters.width(preview.sort, 30.0);
        let brand = letters.fit_on_line(&self.sheet.brand, 34.0, CONTENT_WIDTH - 56.0 - sort_width - 40.0);
        let brand = if preview.title == self.sheet.brand { String::new() } else { brand };
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
            preview.facts.iter().filter_map(|fact| self.sheet.letters.drawable_text(fact)).collect();
        let facts = self.sheet.letters.fit_on_line(&facts.join("  ·  "), FACTS_SIZE, CONTENT_WIDTH);
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
        let letters = &self.sheet.letters;
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
        let widest = title.split(' ').map(|word| self.sheet.letters.width(word, size)).fold(0.0, f32::max);
        let mut width = CONTENT_WIDTH * 0.95;
        while width >= widest && width > CONTENT_WIDTH * 0.4 {
            let narrower = self.sheet.letters.break_lines(title, size, width);
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
        let letters = &self.sheet.letters;
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
    fn draw_text(&mut self, text: &str, [x, y, size]: [f32; 3], colour: &str) {
        if !text.is_empty() {
            let text = escape(text);
            let _ = write!(
                self.svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" fill=\"{colour}\">{text}</text>"
            );
        }
    }

    /// Draws a glyph with the strokes of the stylesheet, at x and y and in a size. All three are in pixels.
    fn draw_glyph(&mut self, name: &str, colour: &str, [x, y, size]: [f32; 3]) {
        let Some(symbol) = self.sheet.glyphs.get(name) else { return };
        let shapes = symbol.split_once('>').map_or("", |(_, shapes)| shapes.trim_end_matches("</symbol>"));
        let scale = size / 16.0;
        let _ = write!(
            self.svg,
            "<g transform=\"translate({x:.1} {y:.1}) scale({scale})\" color=\"{colour}\" fill=\"none\" \
             stroke=\"currentColor\" stroke-width=\"1.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{shapes}</g>"
        );
    }

    fn draw_rule(&mut self, y: f32, colour: &str) {
        let _ = write!(
            self.svg,
            "<rect x=\"{MARGIN}\" y=\"{y}\" width=\"{CONTENT_WIDTH}\" height=\"2\" fill=\"{colour}\"/>"
        );
    }
}

/// Returns the colour of a status, as in the stylesheet.
fn status_colour(glyph: &str) -> &'static str {
    match glyph {
        "supported" | "true" => "#14664a",
        "refuted" | "false" => "#a92f3a",
        "mixed" | "partly" => "#855508",
        "contested" => "#71399b",
        "unverifiable" | "unreviewed" | "retracted" | "annulled" | "unfalsifiable" => "#5a606a",
        "superseded" | "open" => "#41607f",
        "overdue" | "shaken" => "#98470f",
        _ => MUTED_INK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLESHEET: &str = include_str!("../../templates/assets/claimbook.css");

    #[test]
    fn colours_are_those_of_the_stylesheet() {
        let has = |name: &str, colour: &str| {
            let token = format!("--{name}: light-dark({colour}, ");
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
}
