//! Plans the preview images of pages.

use std::sync::Arc;

use crate::output::{OutputFile, OutputPath};
use crate::page::view::Picture;
use crate::page::{PreviewSubject, Site};
use crate::preview::{HEIGHT, WIDTH};
use crate::source::Span;

use super::Publication;
use super::collect::Plan;
use super::entry::PictureFn;

impl Plan<'_> {
    /// Plans the preview image of a page. Returns the function that describes the image in the head of the page,
    /// or `None` if the page has no image.
    pub(super) fn preview(
        &mut self,
        page: &str,
        origin: Option<Span>,
        subject: PreviewSubject,
    ) -> Option<PictureFn> {
        let renderer = Arc::clone(self.previews.as_ref()?);
        if !renderer.has(subject) {
            return None;
        }
        let path = OutputPath::new(self.site.beside(page, "preview.png"))?;
        let url = self.site.config.base_url.absolute(path.as_str());
        let picture = move |site: Site<'_>| Picture {
            url: url.clone(),
            width: WIDTH,
            height: HEIGHT,
            text: site.preview(subject).words(),
        };
        let renew = move |publication: &Publication, existing: Option<&[u8]>| {
            renderer.render(&publication.site().preview(subject), existing)
        };
        self.insert_beside(path, origin, OutputFile::Renew(Box::new(renew)));
        Some(Arc::new(picture))
    }
}
