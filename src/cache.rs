//! What may be taken over from the last build? Digests of what it was made of, and stamps of the files it
//! wrote, kept below `.claimbook/` in the site's folder. A build whose sources are the same word for word has
//! nothing to do; one in which only words have changed makes the pages that show those words. The record is a
//! hint about files, never about sources: those are read and compared each time, and a record that cannot be
//! read, of another program, or of files that somebody touched, counts for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::Overrides;
use crate::digest::digest;
use crate::output::{self, OutputPath, Stamp, Stamps};
use crate::page::Site;
use crate::pipeline::{Analysis, Outlines};
use crate::source::Sources;

/// A digest (SHA-256), in hexadecimal digits.
type Digest = String;

/// What a build was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ingredients {
    /// The program, the wishes of the command line, and every file but the texts below `content/`.
    settings: Digest,
    /// The texts below `content/`, by path.
    texts: BTreeMap<String, Digest>,
}

impl Ingredients {
    /// Those of a build. `program` tells one version of this program from another.
    ///
    /// # Errors
    /// When a file below `static/` cannot be read.
    pub fn new(sources: &Sources, overrides: &Overrides, program: &str) -> Result<Self> {
        let files: Vec<(&str, &str)> = sources.iter().map(|(_, file)| (file.path(), file.text())).collect();
        let digests: Vec<(&str, Digest)> =
            files.par_iter().map(|(path, text)| (*path, digest(text.as_bytes()))).collect();
        let (texts, others): (Vec<_>, Vec<_>) =
            digests.into_iter().partition(|(path, _)| path.starts_with("content/"));
        let copied: Result<Vec<(&str, Digest)>> = sources
            .static_files()
            .par_iter()
            .map(|file| Ok((file.path.as_str(), digest(&output::read(&file.disk)?))))
            .collect();
        let settings = format!("{program}\n{overrides:?}\n{others:?}\n{:?}", copied?);
        Ok(Self {
            settings: digest(settings.as_bytes()),
            texts: texts.into_iter().map(|(path, digest)| (path.to_owned(), digest)).collect(),
        })
    }

    /// The texts that are different in `last`; `None` where anything else is.
    fn texts_changed_since(&self, last: &Self) -> Option<BTreeSet<&str>> {
        if self.settings != last.settings || !self.texts.keys().eq(last.texts.keys()) {
            return None;
        }
        let pairs = self.texts.iter().zip(last.texts.values());
        Some(pairs.filter(|((_, now), then)| now != then).map(|((path, _), _)| path.as_str()).collect())
    }
}

/// What is known of a build.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    ingredients: Ingredients,
    /// What each text told the others, and the data of the book.
    outlines: BTreeMap<String, Outlines>,
    /// It had no warnings either.
    is_clean: bool,
    files: Stamps,
}

/// The last build into a folder, as far as it is known.
pub struct Cache {
    /// Where the record is.
    path: PathBuf,
    last: Option<Record>,
}

impl Cache {
    /// What is known of the last build of the site at `root` into `folder`.
    pub fn open(root: &Path, folder: &Path) -> Self {
        let name = digest(std::path::absolute(folder).unwrap_or_default().to_string_lossy().as_bytes());
        let name = name.get(..16).unwrap_or_default();
        let path = root.join(".claimbook").join(format!("{name}.json"));
        let last = output::read_kept(&path).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { path, last }
    }

    /// The number of files, if a build of these ingredients would change nothing and say nothing.
    ///
    /// # Errors
    /// When another build is writing to the folder.
    pub fn is_current(&self, ingredients: &Ingredients, folder: &Path) -> Result<Option<usize>> {
        let same = self.last.as_ref().filter(|last| last.is_clean && last.ingredients == *ingredients);
        let Some(last) = same else { return Ok(None) };
        // The manifest is no file of the site.
        let files = last.files.len().saturating_sub(1);
        Ok(output::is_untouched(folder, &last.files)?.then_some(files))
    }

    /// Which files of the last build are right in this one, too: all of them but those that show words which
    /// have changed. None where more has changed than words.
    pub fn kept<'a>(
        &'a self,
        ingredients: &Ingredients,
        analysis: &Analysis,
        site: &Site<'_>,
    ) -> impl Fn(&OutputPath) -> Option<Stamp> + Sync + use<'a> {
        let kept = self.last.as_ref().and_then(|last| {
            let changed = ingredients.texts_changed_since(&last.ingredients)?;
            let outlines = analysis.outlines(|path| changed.contains(path));
            let mut has_same_data = true;
            for path in &changed {
                let (now, then) = (outlines.get(*path)?, last.outlines.get(*path)?);
                if now.of_document != then.of_document {
                    return None;
                }
                has_same_data &= now.of_data == then.of_data;
            }
            let documents = changed.iter().filter_map(|path| site.book.find_file(path));
            let mut pages: BTreeSet<String> =
                documents.flat_map(|document| site.pages_with_words_of(document)).collect();
            if !has_same_data {
                pages.insert("data/claims".to_owned());
            }
            Some((&last.files, pages))
        });
        move |path| {
            let (files, pages) = kept.as_ref()?;
            let path = path.as_str();
            let shows = path.match_indices(['/', '.']).any(|(at, _)| pages.contains(path.split_at(at).0));
            if shows { None } else { files.get(path) }
        }
    }

    /// Remember a build that succeeded.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn remember(
        &self,
        ingredients: Ingredients,
        analysis: &Analysis,
        is_clean: bool,
        files: Stamps,
    ) -> Result<()> {
        let outlines =
            match self.last.as_ref().filter(|last| last.ingredients.settings == ingredients.settings) {
                // Those of texts that have not changed are known.
                Some(last) => {
                    let is_same =
                        |path: &str| ingredients.texts.get(path) == last.ingredients.texts.get(path);
                    let mut outlines = analysis.outlines(|path| !is_same(path));
                    let known = last.outlines.iter().filter(|(path, _)| is_same(path));
                    outlines.extend(known.map(|(path, outline)| (path.clone(), *outline)));
                    outlines
                }
                None => analysis.outlines(|_| true),
            };
        let record = Record { ingredients, outlines, is_clean, files };
        output::keep(&self.path, |sink| Ok(serde_json::to_writer(sink, &record)?))
    }
}
