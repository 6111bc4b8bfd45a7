//! Draws and encodes preview images.

use anyhow::{Context as _, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::config::{Config, Previews};
use crate::document::{Document, WordingAccess};
use crate::page::{Preview, PreviewSubject, Site};
use crate::theme::built_in_glyphs;

use super::layout::{self, Sheet};
use super::letters::{FAMILY, FontMetrics};
use super::{HEIGHT, WIDTH, png};

/// Draws all preview images of a site.
pub struct PreviewRenderer {
    /// The pages that have an image, sorted.
    subjects: Vec<PreviewSubject>,
    sheet: Sheet,
    options: Options<'static>,
}

impl PreviewRenderer {
    /// Returns `None` if the site has turned preview images off.
    pub fn new(site: &Site<'_>) -> Option<Self> {
        if site.config.previews == Previews::Off {
            return None;
        }
        let letters = FontMetrics::new();
        let brand = letters.drawable_text(&site.config.title).unwrap_or_default();
        let mut options = Options { font_family: FAMILY.to_owned(), ..Options::default() };
        options.fontdb_mut().load_font_source(FontMetrics::source());
        let mut subjects = site.preview_subjects();
        subjects.retain(|&subject| letters.drawable_text(&site.preview(subject).title).is_some());
        subjects.sort_unstable();
        Some(Self { subjects, sheet: Sheet { brand, glyphs: built_in_glyphs(), letters }, options })
    }

    /// Whether a page has a preview image: whether the settings ask for one, and the font has all letters of its title.
    pub fn has(&self, subject: PreviewSubject) -> bool {
        self.subjects.binary_search(&subject).is_ok()
    }

    /// Renders a preview as the bytes of a PNG. Returns `None` if `existing` is already the image of this preview.
    ///
    /// # Errors
    /// When the title cannot be written, or when there is not enough memory for the image.
    pub fn render(&self, preview: &Preview, existing: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
        let svg = layout::draw(&self.sheet, preview)
            .context("could not draw a preview: its title cannot be written")?;
        if existing.is_some_and(|png| png::is_current(png, &svg)) {
            return Ok(None);
        }
        self.paint(&svg).map(Some)
    }

    /// Renders a drawing, and returns the bytes of the PNG.
    fn paint(&self, svg: &str) -> Result<Vec<u8>> {
        let tree = Tree::from_str(svg, &self.options).context("could not read the drawing of a preview")?;
        let mut pixels = Pixmap::new(WIDTH, HEIGHT).context("could not make room for a preview")?;
        resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
        Ok(png::encode(pixels.data(), [WIDTH, HEIGHT], svg))
    }
}

/// Whether two versions of a document with the same structure give preview images to the same pages: the pages of
/// the document and of its claims.
pub fn has_same_pictures(config: &Config, one: &Document, other: &Document, access: WordingAccess) -> bool {
    if config.previews == Previews::Off {
        return true;
    }
    let letters = FontMetrics::new();
    let is_writable = |document: &Document| -> Vec<bool> {
        let title = document.front_matter.page_title(access);
        let statements = document.claims.iter().map(|claim| claim.statement.value.read(access).as_str());
        title.into_iter().chain(statements).map(|text| letters.drawable_text(text).is_some()).collect()
    };
    is_writable(one) == is_writable(other)
}
