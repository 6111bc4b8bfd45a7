//! Draws and encodes preview images.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::{Context as _, Result};

use crate::config::{Config, Previews};
use crate::document::{Document, WordingAccess};
use crate::page::{Preview, PreviewSubject, Site};
use crate::theme::built_in_glyphs;

use super::canvas::{Canvas, Colour};
use super::coverage::{Coverage, Shape};
use super::layout::{self, CONTENT_WIDTH, Drawing, INK, Item, MARGIN, PAPER, PENCIL};
use super::letters::Font;
use super::png;
use super::symbols::{SYMBOL_SIZE, Symbol};

/// Size in bytes from which an image is made smaller by having fewer shades. Only images with much text are so large.
const MAX_BYTES: usize = 20_000;

/// Draws all preview images of a site.
pub struct PreviewRenderer {
    /// The pages that have an image, sorted.
    subjects: Vec<PreviewSubject>,
    /// Title of the site; empty if the font lacks one of its letters.
    brand: String,
    font: Font,
    glyphs: BTreeMap<String, Symbol>,
    /// The text of all glyphs, which is part of the digest of each image.
    glyphs_text: String,
    shapes: ShapeCache,
}

/// Letters and symbols that were drawn for an earlier image.
#[derive(Default)]
struct ShapeCache(RwLock<HashMap<ShapeKey, Arc<Coverage>>>);

/// What determines the pixels of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum ShapeKey {
    /// Number of a letter in the font and the bits of its size.
    Letter(u32, u32),
    /// Name of a glyph and the bits of its size.
    Symbol(&'static str, u32),
    /// The same for the ticks of a glyph.
    Ticks(&'static str, u32),
}

impl ShapeCache {
    fn get(&self, key: ShapeKey, draw: impl FnOnce() -> Coverage) -> Arc<Coverage> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let coverage = Arc::new(draw());
            self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&coverage));
            coverage
        })
    }
}

impl PreviewRenderer {
    /// Returns `None` if the site has turned preview images off.
    pub fn new(site: &Site<'_>) -> Option<Self> {
        if site.config.previews == Previews::Off {
            return None;
        }
        let font = Font::new();
        let brand = font.drawable_text(&site.config.title).unwrap_or_default();
        let mut subjects = site.preview_subjects();
        subjects.retain(|&subject| font.drawable_text(&site.preview(subject).title).is_some());
        subjects.sort_unstable();
        let texts = built_in_glyphs();
        let glyphs_text = texts.values().map(String::as_str).collect();
        let symbol = |(name, svg): (String, String)| {
            (name, Symbol::parse(&svg).expect("every built-in glyph can be drawn"))
        };
        let glyphs = texts.into_iter().map(symbol).collect();
        Some(Self { subjects, brand, font, glyphs, glyphs_text, shapes: ShapeCache::default() })
    }

    /// Whether a page has a preview image: whether the settings ask for one, and the font has all letters of its title.
    pub fn has(&self, subject: PreviewSubject) -> bool {
        self.subjects.binary_search(&subject).is_ok()
    }

    /// Renders a preview as the bytes of a PNG. Returns `None` if `existing` is already the image of this preview.
    ///
    /// # Errors
    /// When the title cannot be written.
    pub fn render(&self, preview: &Preview, existing: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
        let drawing = layout::draw(&self.font, &self.brand, preview)
            .context("could not draw a preview: its title cannot be written")?;
        let description = drawing.describe() + &self.glyphs_text;
        if existing.is_some_and(|png| png::is_current(png, &description)) {
            return Ok(None);
        }
        let mut image = self.paint(&drawing).into_image();
        let mut bytes = png::encode(&image, &description);
        while bytes.len() > MAX_BYTES && image.drop_shades() {
            bytes = png::encode(&image, &description);
        }
        Ok(Some(bytes))
    }

    fn paint(&self, drawing: &Drawing) -> Canvas {
        let mut canvas = Canvas::new(PAPER, INK);
        for item in &drawing.0 {
            match item {
                Item::Text { text, x, baseline, size, colour } => {
                    self.paint_text(&mut canvas, text, [*x, *baseline, *size], *colour);
                }
                Item::Glyph { name, x, y, size, colour } => {
                    let Some(symbol) = self.glyphs.get(*name) else { continue };
                    let draw = |shapes: &[Shape]| Coverage::of_shapes(shapes, size / SYMBOL_SIZE);
                    let origin = [whole(*x), whole(*y)];
                    let bits = size.to_bits();
                    let shapes = self.shapes.get(ShapeKey::Symbol(name, bits), || draw(&symbol.shapes));
                    canvas.draw(&shapes, origin, *colour);
                    if !symbol.ticks.is_empty() {
                        let ticks = self.shapes.get(ShapeKey::Ticks(name, bits), || draw(&symbol.ticks));
                        canvas.draw(&ticks, origin, PENCIL);
                    }
                }
                Item::Rule { y, colour } => {
                    canvas.fill([whole(MARGIN), whole(*y), whole(CONTENT_WIDTH), 2], *colour);
                }
            }
        }
        canvas
    }

    fn paint_text(&self, canvas: &mut Canvas, text: &str, [x, baseline, size]: [f32; 3], colour: Colour) {
        for letter in self.font.shape(text, size) {
            let coverage = self.shapes.get(ShapeKey::Letter(letter.id, size.to_bits()), || {
                let outline = self.font.outline(letter.id, size);
                outline.map(|path| Coverage::of_outline(&path)).unwrap_or_default()
            });
            // Each letter begins at a whole pixel, so that its shape is drawn only once for all images. At the size of
            // these letters nobody sees the difference.
            canvas.draw(&coverage, [whole(x + letter.x), whole(baseline - letter.y)], colour);
        }
    }
}

/// Returns the pixel that is nearest to a place.
fn whole(place: f32) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "places are within an image")]
    let pixel = place.round() as i32;
    pixel
}

/// Whether two versions of a document with the same structure give preview images to the same pages: the pages of
/// the document and of its claims.
pub fn has_same_pictures(config: &Config, one: &Document, other: &Document, access: WordingAccess) -> bool {
    if config.previews == Previews::Off {
        return true;
    }
    let font = Font::new();
    let is_writable = |document: &Document| -> Vec<bool> {
        let title = document.front_matter.page_title(access);
        let statements = document.claims.iter().map(|claim| claim.statement.value.read(access).as_str());
        title.into_iter().chain(statements).map(|text| font.drawable_text(text).is_some()).collect()
    };
    is_writable(one) == is_writable(other)
}
