//! Finds the pages that show the words of a document, so that an incremental build can leave the others alone.

use std::collections::BTreeSet;

use crate::document::DocumentKind;
use crate::graph::DocumentIndex;

use crate::page::Site;

impl Site<'_> {
    /// The pages that show words of a document which are not part of its outline, as paths without trailing
    /// slashes: its own page, the pages of its claims, the pages to which its sentences link, and the feeds with
    /// its text.
    pub fn pages_with_words_of(&self, index: DocumentIndex) -> BTreeSet<String> {
        let document = self.book.document(index);
        let claims = self.book.claims_in(index).map(|claim| self.claim_path(claim));
        let targets = document.references.iter().filter_map(|link| self.page_of(&link.target));
        let feeds = (document.kind == DocumentKind::Article).then(|| self.feeds_with_text_of(index));
        let pages = claims.chain(targets).chain([self.path_of(index)]).chain(feeds.into_iter().flatten());
        let name = |page: String| match page.trim_end_matches('/') {
            "" => "index".to_owned(),
            page => page.to_owned(),
        };
        pages.map(name).collect()
    }
}
