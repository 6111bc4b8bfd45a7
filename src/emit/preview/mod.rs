//! Makes preview images, which other sites show where a page is linked: a [`Preview`] in, a PNG out.
//!
//! A preview is drawn as SVG ([`layout`]), and its texts are measured and drawn with the bundled font
//! ([`letters`]). resvg renders the SVG to pixels, and [`png`] encodes the pixels. No font of the system is used,
//! so the bytes are the same on every machine.
//!
//! Rendering pixels is slow, so an existing image is kept if it was made from the same drawing. A page has no
//! preview if the font lacks a letter of its title: boxes or half a title would be worse. Other texts with such
//! letters are left out of the image.

mod layout;
mod letters;
mod png;

use std::sync::Arc;

use anyhow::{Context as _, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::config::{Config, Previews};
use crate::document::Document;
use crate::output::{OutputFile, OutputPath};
use crate::page::view::Picture;
use crate::page::{Preview, Site};
use crate::source::Span;

use super::entry::PictureFn;
use super::template::built_in_glyphs;
use super::{Plan, Publication};
use layout::Sheet;
use letters::{FAMILY, FontMetrics};

/// Width of an image in pixels; social networks recommend 1200 × 630.
const WIDTH: u32 = 1200;
/// Height of an image in pixels.
const HEIGHT: u32 = 630;

/// Draws all preview images of a site.
pub(super) struct PreviewRenderer {
    sheet: Sheet,
    options: Options<'static>,
}

impl PreviewRenderer {
    /// Returns `None` if the site has turned preview images off.
    pub(super) fn new(site: &Site<'_>) -> Option<Arc<Self>> {
        if site.config.previews == Previews::Off {
            return None;
        }
        let letters = FontMetrics::new();
        let brand = letters.writable(&site.config.title).unwrap_or_default();
        let mut options = Options { font_family: FAMILY.to_owned(), ..Options::default() };
        options.fontdb_mut().load_font_source(FontMetrics::source());
        Some(Arc::new(Self { sheet: Sheet { brand, glyphs: built_in_glyphs(), letters }, options }))
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
pub fn has_same_pictures(config: &Config, one: &Document, other: &Document) -> bool {
    if config.previews == Previews::Off {
        return true;
    }
    let letters = FontMetrics::new();
    let is_writable = |document: &Document| -> Vec<bool> {
        let title = document.front_matter.title.as_ref();
        let statements = document.claims.iter().map(|claim| &claim.statement);
        title.into_iter().chain(statements).map(|text| letters.writable(&text.value).is_some()).collect()
    };
    is_writable(one) == is_writable(other)
}

impl Plan<'_> {
    /// Plans the preview image of a page. Returns the function that describes the image in the head of the page,
    /// or `None` if the page has no image.
    pub(super) fn preview(
        &mut self,
        page: &str,
        origin: Option<Span>,
        make: impl Fn(Site<'_>) -> Preview + Send + Sync + 'static,
    ) -> Option<PictureFn> {
        let painter = Arc::clone(self.painter.as_ref()?);
        painter.sheet.letters.writable(&make(self.site).title)?;
        let path = OutputPath::new(self.site.beside(page, "preview.png"))?;
        let make = Arc::new(make);
        let (url, words) = (self.site.config.base_url.absolute(path.as_str()), Arc::clone(&make));
        let picture = move |site: Site<'_>| Picture {
            url: url.clone(),
            width: WIDTH,
            height: HEIGHT,
            text: words(site).words(),
        };
        let renew = move |publication: &Publication, there: Option<&[u8]>| {
            let svg = layout::draw(&painter.sheet, &make(publication.site()))
                .context("could not draw a preview: its title cannot be written")?;
            if there.is_some_and(|png| png::is_current(png, &svg)) {
                return Ok(None);
            }
            painter.paint(&svg).map(Some)
        };
        self.insert_beside(path, origin, OutputFile::Renew(Box::new(renew)));
        Some(Arc::new(picture))
    }
}
