//! Measures and shapes text in the bundled font, and checks whether the font has all letters of a text. Outlines of
//! letters are given as paths; nothing is drawn here.

use harfrust::{Direction, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::charmap::Charmap;
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use tiny_skia::{Path, PathBuilder};

/// Source Serif 4 Regular, with Latin, Greek and Cyrillic letters. Its licence is `OFL.txt` in the same folder.
const FONT: &[u8] = include_bytes!("SourceSerif4-Regular.ttf");

/// Maximum number of characters of a text. No text of an image needs more, and measuring takes time.
const MAX_LENGTH: usize = 400;

/// The bundled font.
pub(super) struct Font {
    tables: FontRef<'static>,
    characters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    shaper: ShaperData,
    /// Units of the font in the height of a letter.
    units_per_em: f32,
}

/// A letter of a shaped text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letter {
    /// Number of the letter in the font.
    pub(super) id: u32,
    /// Distance from the start of the text, in pixels.
    pub(super) x: f32,
    /// Distance above the baseline, in pixels.
    pub(super) y: f32,
}

impl Font {
    pub(super) fn new() -> Self {
        let font = FontRef::new(FONT).expect("the bundled font can be parsed");
        // Widths are measured at a size of one pixel, so that they can be multiplied by any size.
        Self {
            characters: font.charmap(),
            widths: font.glyph_metrics(Size::new(1.0), LocationRef::default()),
            shaper: ShaperData::new(&font),
            units_per_em: f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em),
            tables: font,
        }
    }

    /// Returns the letters of a text with kerning and ligatures, at a font size in pixels.
    pub(super) fn shape(&self, text: &str, size: f32) -> Vec<Letter> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        // The font has no letters that are written from right to left.
        buffer.set_direction(Direction::LeftToRight);
        let shaped = self.shaper.shaper(&self.tables).build().shape(buffer, ShapeOptions::default());
        #[expect(clippy::cast_precision_loss, reason = "a font has some thousand units for a letter")]
        let pixels = |units: i32| units as f32 * size / self.units_per_em;
        let mut start = 0;
        let letters = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        letters
            .map(|(info, position)| {
                let x = pixels(start + position.x_offset);
                start += position.x_advance;
                Letter { id: info.glyph_id, x, y: pixels(position.y_offset) }
            })
            .collect()
    }

    /// Returns the outline of a letter at a font size in pixels. `None` if the letter has no outline, as a space has none.
    pub(super) fn outline(&self, id: u32, size: f32) -> Option<Path> {
        let glyph = self.tables.outline_glyphs().get(GlyphId::new(id))?;
        let mut pen = Pen(PathBuilder::new());
        let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
        glyph.draw(settings, &mut pen).ok()?;
        pen.0.finish()
    }

    /// Returns a text as the font can write it: on one line and without ornaments. Returns `None` if the font
    /// lacks one of the letters, because half a text could mean something else, or if the text is empty.
    pub(super) fn drawable_text(&self, text: &str) -> Option<String> {
        let plain: String = text.chars().filter(|&character| !is_ornament(character)).collect();
        let mut words =
            plain.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let first = words.next()?.to_owned();
        let line = words.fold(first, |line, word| line + " " + word);
        let cut = line.char_indices().nth(MAX_LENGTH).and_then(|(at, _)| line.get(..at));
        let line = cut.map_or_else(|| line.clone(), |start| format!("{start}…"));
        line.chars().all(|character| self.characters.map(character).is_some()).then_some(line)
    }

    /// Returns the width of a text in pixels, without kerning. The result is never much less than the drawn
    /// width.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |character| self.widths.advance_width(self.characters.map(character)?);
        text.chars().filter_map(advance).sum::<f32>() * size
    }

    /// Breaks a text into lines that are at most `width` pixels wide. A word that is wider than a line is broken,
    /// too.
    pub(super) fn break_lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let (mut lines, mut line, mut line_width) = (Vec::new(), String::new(), 0.0);
        let space = self.width(" ", size);
        for word in text.split(' ') {
            let word_width = self.width(word, size);
            if !line.is_empty() && line_width + space + word_width > width {
                lines.push(std::mem::take(&mut line));
                line_width = 0.0;
            }
            if !line.is_empty() {
                line.push(' ');
                line_width += space;
            }
            if word_width <= width {
                line.push_str(word);
                line_width += word_width;
                continue;
            }
            // A word that is wider than a line is broken between any two characters.
            for character in word.chars() {
                let character_width = self.width(character.encode_utf8(&mut [0; 4]), size);
                if line_width + character_width > width && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    line_width = 0.0;
                }
                line.push(character);
                line_width += character_width;
            }
        }
        lines.push(line);
        lines
    }

    /// Returns a text on one line, with its end cut off if the text is wider than `width` pixels.
    pub(super) fn fit_on_line(&self, text: &str, size: f32, width: f32) -> String {
        if self.width(text, size) <= width { text.to_owned() } else { self.shorten(text, size, width) }
    }

    /// Returns the start of a text and an ellipsis, together at most `width` pixels wide.
    pub(super) fn shorten(&self, text: &str, size: f32, width: f32) -> String {
        let mut start = text.to_owned();
        loop {
            let kept = start.trim_end_matches(|c: char| c.is_whitespace() || ",.;:–—-…".contains(c));
            let short = format!("{kept}…");
            start = kept.to_owned();
            if self.width(&short, size) <= width || start.pop().is_none() {
                return short;
            }
        }
    }
}

/// Writes the outline of a letter, with y downwards as in images.
struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, -y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.0.quad_to(cx0, -cy0, x, -y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.cubic_to(cx0, -cy0, cx1, -cy1, x, -y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

/// Whether a character is an emoji or has no shape of its own. A text has the same meaning without it.
fn is_ornament(character: char) -> bool {
    matches!(character,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{2600}'..='\u{27bf}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{1f000}'..='\u{1faff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_whole_or_not_at_all() {
        let letters = Font::new();
        let check = |text: &str, written: Option<&str>| {
            assert_eq!(letters.drawable_text(text).as_deref(), written, "{text:?}");
        };
        check("  A\u{7} title\n<b> & \u{0} more ", Some("A title <b> & more"));
        check("Łódź, Ελλάδα, Москва: “5 ≥ 3”", Some("Łódź, Ελλάδα, Москва: “5 ≥ 3”"));
        check("Rockets 🚀 fly\u{fe0f}", Some("Rockets fly"));
        for foreign in ["模型", "نموذج", "Model 模型", "\u{fffe}", "", " ", "🚀"] {
            check(foreign, None);
        }
        let long = letters.drawable_text(&"word ".repeat(10_000)).expect("plain letters");
        assert_eq!(long.chars().count(), MAX_LENGTH + 1);
    }

    #[test]
    fn no_line_is_too_wide_and_no_letter_is_lost() {
        let letters = Font::new();
        let text = format!("Some words, and then {} and the end", "w".repeat(200));
        let lines = letters.break_lines(&text, 50.0, 400.0);
        assert!(lines.iter().all(|line| letters.width(line, 50.0) <= 400.0), "{lines:?}");
        let letters_of = |text: &str| text.replace(' ', "");
        assert_eq!(letters_of(&lines.concat()), letters_of(&text));
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        let letters = Font::new();
        assert_eq!(letters.fit_on_line("Short", 20.0, 500.0), "Short");
        let line = letters.fit_on_line(&"many words, ".repeat(20), 20.0, 200.0);
        assert!(line.ends_with('…') && !line.ends_with(",…"), "{line}");
        assert!(letters.width(&line, 20.0) <= 200.0);
    }

    #[test]
    fn letters_stand_closer_with_kerning() {
        let font = Font::new();
        let letters = font.shape("AVA", 100.0);
        assert_eq!(letters.len(), 3);
        assert!(letters[1].x < font.width("A", 100.0) - 1.0, "{letters:?}");
        assert!(font.outline(letters[0].id, 100.0).is_some_and(|path| path.bounds().height() > 50.0));
        assert!(font.shape(" ", 100.0).iter().all(|space| font.outline(space.id, 100.0).is_none()));
    }

    #[test]
    fn every_letter_of_the_font_can_be_shaped_and_drawn() {
        let font = Font::new();
        let characters: Vec<char> =
            font.characters.mappings().filter_map(|(code, _)| char::from_u32(code)).collect();
        assert!(characters.len() > 500, "{}", characters.len());
        for text in characters.chunks(40).map(|part| part.iter().collect::<String>()) {
            for letter in font.shape(&text, 34.0) {
                font.outline(letter.id, 34.0);
            }
        }
    }
}
