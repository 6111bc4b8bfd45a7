//! Which pages have a picture for where their links are shared, and how is it made? A
//! [`Preview`] in, a PNG out: drawn as SVG ([`layout`]), measured and written with the font that
//! lies here ([`letters`]), made into pixels by resvg, packed as PNG ([`png`]). No font of the system
//! is used, so the bytes are the same everywhere.
//!
//! Making pixels is dear, so a picture that is there already stays if it is of the same drawing.
//!
//! A page has no picture when its title has letters that the font lacks: boxes or half a title would
//! be worse than none. Other texts that cannot be written are left out.

mod layout;
mod letters;
mod png;

use std::sync::Arc;

use anyhow::{Context as _, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::config::Previews;
use crate::output::{OutputFile, OutputPath};
use crate::page::view::Picture;
use crate::page::{Preview, Site};
use crate::source::Span;

use super::template::built_in_glyphs;
use super::{Plan, Publication};
use layout::Sheet;
use letters::{FAMILY, Letters};

/// The size that networks ask for.
const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;

/// What draws all pictures of a site.
pub(super) struct Painter {
    sheet: Sheet,
    options: Options<'static>,
}

impl Painter {
    /// `None` when the site wants no pictures.
    pub(super) fn new(site: &Site<'_>) -> Option<Arc<Self>> {
        if site.config.previews == Previews::Off {
            return None;
        }
        let letters = Letters::new();
        let brand = letters.writable(&site.config.title).unwrap_or_default();
        let mut options = Options { font_family: FAMILY.to_owned(), ..Options::default() };
        options.fontdb_mut().load_font_source(Letters::source());
        Some(Arc::new(Self { sheet: Sheet { brand, glyphs: built_in_glyphs(), letters }, options }))
    }

    /// The picture of a drawing.
    fn paint(&self, svg: &str) -> Result<Vec<u8>> {
        let tree = Tree::from_str(svg, &self.options).context("could not read the drawing of a preview")?;
        let mut pixels = Pixmap::new(WIDTH, HEIGHT).context("could not make room for a preview")?;
        resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
        Ok(png::encode(pixels.data(), [WIDTH, HEIGHT], svg))
    }
}

impl Plan<'_> {
    /// Add the picture of a page, and say where it is; `None` without one.
    pub(super) fn preview(
        &mut self,
        page: &str,
        origin: Option<Span>,
        make: impl Fn(Site<'_>) -> Preview + Send + Sync + 'static,
    ) -> Option<Picture> {
        let painter = Arc::clone(self.painter.as_ref()?);
        let preview = make(self.site);
        painter.sheet.letters.writable(&preview.title)?;
        let path = OutputPath::new(self.site.beside(page, "preview.png"))?;
        let picture = Picture {
            url: self.site.config.base_url.absolute(path.as_str()),
            width: WIDTH,
            height: HEIGHT,
            text: preview.words(),
        };
        // Two pages at one address are reported once, not for their pictures as well.
        if !self.tree.contains(&path) {
            let renew = move |publication: &Publication, there: Option<&[u8]>| {
                let svg = layout::draw(&painter.sheet, &make(publication.site()))
                    .context("could not draw a preview: its title cannot be written")?;
                if there.is_some_and(|png| png::is_current(png, &svg)) {
                    return Ok(None);
                }
                painter.paint(&svg).map(Some)
            };
            self.tree.insert(path, origin, OutputFile::Renew(Box::new(renew)));
        }
        Some(picture)
    }
}
