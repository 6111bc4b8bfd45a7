//! Imports an article of somebody else: turns a saved or fetched page into a source, a snapshot and a draft
//! write-up with proposed claims, as [`NewFiles`] that are not written yet.
//!
//! Steps: [`page`] fetches the address or opens the file; [`charset`] decodes its bytes; [`html`] (if [`cost`]
//! allows it) finds the metadata and the main text; [`propose()`] looks for claims in that text; [`draft`] formats
//! the files. The page is the only source of information: no other address is requested, except for redirects, and
//! what the page does not state is left out.

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

pub use page::{ImportedPage, Limits, PageFormat, obtain};
pub use propose::{Proposal, propose};

/// Metadata of a page. A field is empty if the page does not state it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Title of the page.
    pub title: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Name of the publisher.
    pub publisher: Option<String>,
    /// Date of publication: a day, a month or a year.
    pub published: Option<PartialDate>,
    /// Address of the page, with the scheme `http` or `https`.
    pub url: Option<String>,
}

impl Metadata {
    /// The speakers of a sentence that names no speaker: the authors; without authors, the publisher; without
    /// either, a placeholder.
    pub fn speakers(&self) -> Vec<String> {
        match &self.publisher {
            _ if !self.authors.is_empty() => self.authors.clone(),
            Some(publisher) if metadata::can_speak(publisher) => vec![publisher.clone()],
            _ => vec![placeholder::AUTHOR.to_owned()],
        }
    }
}

/// The claims and sources that the book has already, so that no page is imported twice and no id is used twice.
#[derive(Debug, Default)]
pub struct ExistingContent {
    claims: BTreeSet<String>,
    /// Addresses of sources, each with the path of the source's file.
    addresses: Vec<(String, SitePath)>,
}

impl ExistingContent {
    /// Collects the claims and sources of a book, drafts included.
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

/// The result of an import, ready to be written into the book.
#[derive(Debug)]
pub struct Import {
    /// The files to create.
    pub files: NewFiles,
    /// The claims proposed in the draft.
    pub proposals: Vec<Proposal>,
    /// Whether a main text was found.
    pub has_text: bool,
}

/// Imports a page. `today` is the date of the draft. Without `id`, the title of the page determines the names of
/// the files.
///
/// # Errors
/// When the book has the page already, when `id` is not a valid id, when no id can be made from the title, or when
/// the page is too large or nested too deeply.
pub fn import(page: &ImportedPage, known: &ExistingContent, today: Date, id: Option<&str>) -> Result<Import> {
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
    if name::is_reserved_on_windows(&id) {
        bail!("`{id}` is a name that Windows reserves: give another one with --id");
    }
    let mut proposals = propose(&found.blocks, metadata);
    // The search for the main text may have changed words. A quotation must be verbatim, so drop a proposal with
    // changed words.
    proposals.retain(|proposal| found.original.iter().any(|block| block.contains(&proposal.quote)));
    let mut taken = known.claims.clone();
    for proposal in &mut proposals {
        proposal.id = propose::free_id(&proposal.id, &taken);
        taken.insert(proposal.id.clone());
    }
    let files = draft::files(&id, (page, &text), metadata, &proposals, today);
    Ok(Import { files, proposals, has_text: !found.blocks.is_empty() })
}

/// A key that is equal for two addresses that most likely lead to the same page: it leaves out `http:` or `https:`,
/// and slashes at the end.
fn address_key(url: &str) -> &str {
    url.trim_start_matches("https:").trim_start_matches("http:").trim_end_matches('/')
}

/// Makes an id of at most 60 characters from a title, cut at the end of a word, so that file names stay readable.
fn short_id(title: &str) -> String {
    const MAX_ID_LENGTH: usize = 60;
    let mut id = name::id_of(title);
    if id.len() > MAX_ID_LENGTH {
        id.truncate(MAX_ID_LENGTH + 1);
        let end = id.rfind('-').unwrap_or(MAX_ID_LENGTH);
        id.truncate(end);
    }
    id
}
