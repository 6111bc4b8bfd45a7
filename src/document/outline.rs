//! Computes the [`Outline`] of a document, which shows what a change of its text can change elsewhere.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::source::SourceFile;

use super::{Document, DocumentKind, WordingAccess};

/// Digests of what the rest of the site uses of a document. They are equal in all runs of one version of the
/// program. The sentences of prose are in none of the digests, because only the page of the document, pages that
/// quote them, and feeds show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outline {
    /// Digest of everything that links, statuses and the table of files depend on: all facts of the document,
    /// without [`Wording`](super::Wording) and places.
    pub structure: u64,
    /// Digest of what checks read and other pages show as well: the front matter and the claims as they are
    /// written, the statements and quotations as they are read, the headings and, for all files except write-ups and
    /// own pages, the first sentence.
    pub shown: u64,
    /// Digest of what only the data of all claims shows as well: the lines of the claims, and the words of the
    /// links.
    pub data: u64,
}

impl Document {
    /// Computes the outline of the document. `source` is the file that it was read from.
    pub fn outline(&self, source: &SourceFile, access: WordingAccess) -> Outline {
        let mut structure = DefaultHasher::new();
        self.hash(&mut structure);
        let mut shown = DefaultHasher::new();
        let front_matter = self.front_matter.span.map(|span| source.slice(span));
        front_matter.hash(&mut shown);
        for claim in &self.claims {
            source.slice(claim.span).hash(&mut shown);
            // The definition of a link anywhere in the file can change how these texts are read.
            claim.statement.value.read(access).hash(&mut shown);
            claim.quote.iter().for_each(|quote| quote.paragraphs.read(access).hash(&mut shown));
        }
        self.headings.iter().for_each(|heading| heading.text.read(access).hash(&mut shown));
        if !matches!(self.kind, DocumentKind::Article | DocumentKind::Page) {
            self.lead.read(access).hash(&mut shown);
        }
        let mut data = DefaultHasher::new();
        for claim in &self.claims {
            source.position(claim.span.start).line.hash(&mut data);
        }
        self.references.iter().for_each(|link| link.words.read(access).linked().hash(&mut data));
        Outline { structure: structure.finish(), shown: shown.finish(), data: data.finish() }
    }
}
