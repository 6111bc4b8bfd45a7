//! Imports an article of somebody else: a saved or fetched page in; a source, a snapshot and a draft write-up with
//! proposed claims out, as [`NewFiles`] that are not written yet.
//!
//! Steps: [`page`] fetches the address or opens the file; [`charset`] makes text of its bytes;
//! [`html`] (if [`cost`] allows) finds what the page says of itself and its main text;
//! [`propose()`] looks for claims in it; [`draft`] writes the files. The program reads the page and knows nothing else: no other address is
//! asked, and what the page does not say is left out.

mod charset;
mod cost;
mod dates;
mod draft;
mod html;
mod json_ld;
mod metadata;
mod network;
mod page;
pub mod propose;

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use jiff::civil::Date;

use crate::date::PartialDate;
use crate::document::{DocumentKind, SourceFacts};
use crate::markdown::parse;
use crate::name;
use crate::placeholder;
use crate::scaffold::NewFiles;
use crate::source::{SitePath, Sources};

pub use page::{Form, Limits, Page, obtain};
pub use propose::{Proposal, propose};

/// What is known of the origin of a text. What is absent could not be found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day it was published.
    pub published: Option<PartialDate>,
    /// Its address: `http` or `https`.
    pub url: Option<String>,
}

impl Metadata {
    /// Who speaks where the text does not say: the authors, else the publisher.
    pub fn speakers(&self) -> Vec<String> {
        match &self.publisher {
            _ if !self.authors.is_empty() => self.authors.clone(),
            Some(publisher) => vec![publisher.clone()],
            None => vec![placeholder::AUTHOR.to_owned()],
        }
    }
}

/// What the book has already, so that nothing is imported twice and no id is taken twice.
#[derive(Debug, Default)]
pub struct Known {
    claims: BTreeSet<String>,
    /// Addresses of sources and the files that have them.
    addresses: Vec<(String, SitePath)>,
}

impl Known {
    /// The claims and sources of a book, drafts included.
    pub fn of(sources: &Sources) -> Self {
        let mut known = Self::default();
        let content = sources.iter().filter(|(_, file)| file.path().starts_with("content/"));
        for document in content.filter_map(|(id, file)| parse(id, file).document) {
            for claim in &document.claims {
                known.claims.insert(claim.id.value.clone());
                known.claims.extend(claim.aliases.iter().map(|alias| alias.value.clone()));
            }
            let SourceFacts { url, .. } = &document.front_matter.source_facts;
            if let Some(url) = url.as_ref().filter(|_| document.kind == DocumentKind::Source) {
                known.addresses.push((url.value.clone(), document.path.clone()));
            }
        }
        known
    }
}

/// A page, ready to be written into the book.
#[derive(Debug)]
pub struct Import {
    /// The files to create.
    pub files: NewFiles,
    /// The claims proposed in the draft.
    pub proposals: Vec<Proposal>,
    /// Whether a main text was found.
    pub has_text: bool,
}

/// Import a page on `today`. Without `id`, the title makes the names of the files.
///
/// # Errors
/// When the book has the page already, when no id can be made of the title, or when the page is nested
/// too deeply or is too large to be read.
pub fn import(page: &Page, known: &Known, today: Date, id: Option<&str>) -> Result<Import> {
    let text = charset::decode(page);
    let found = html::read(page, &text, today)?;
    let metadata = &found.metadata;
    if let Some(url) = &metadata.url {
        let is_same = |known: &&(String, SitePath)| address_key(&known.0) == address_key(url);
        if let Some((_, path)) = known.addresses.iter().find(is_same) {
            bail!(
                "{url} is in the book already, as {path}; nothing was written: if an interrupted import left it, delete \
                 it together with its snapshot and import again"
            );
        }
    }
    let id = match id {
        Some(id) if name::is_id(id) => id.to_owned(),
        Some(id) => bail!("`{id}` is not an id: use 1 to 80 characters of `a-z`, `0-9` and `-`"),
        None => short_id(metadata.title.as_deref().unwrap_or_default()),
    };
    if id.is_empty() {
        bail!("the page has no title to make a name of: give one with --id");
    }
    if name::is_reserved(&id) {
        bail!("`{id}` is a name that Windows reserves: give another one with --id");
    }
    let mut proposals = propose(&found.blocks, metadata);
    // What cleaning altered is not verbatim.
    proposals.retain(|proposal| found.original.iter().any(|block| block.contains(&proposal.quote)));
    let mut taken = known.claims.clone();
    for proposal in &mut proposals {
        proposal.id = draft::free_id(&proposal.id, &taken);
        taken.insert(proposal.id.clone());
    }
    let files = draft::files(&id, (page, &text), metadata, &proposals, today);
    Ok(Import { files, proposals, has_text: !found.blocks.is_empty() })
}

/// What makes two addresses the same page, as far as anybody can tell: `http` or `https`, with or
/// without the last slash.
fn address_key(url: &str) -> &str {
    url.trim_start_matches("https:").trim_start_matches("http:").trim_end_matches('/')
}

/// An id of a title: whole words, as many as fit a file name that people can still read.
fn short_id(title: &str) -> String {
    const LONGEST: usize = 60;
    let mut id = name::id_of(title);
    if id.len() > LONGEST {
        id.truncate(LONGEST + 1);
        let end = id.rfind('-').unwrap_or(LONGEST);
        id.truncate(end);
    }
    id
}
