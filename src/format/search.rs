//! Builds the search index: [`SearchRecord`]s in, the files below `pagefind/` out. Indexing is by far the slowest
//! stage, so the index of an earlier build is reused if its records are the same.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use serde::{Deserialize, Serialize};

use crate::digest::digest;
use crate::output::{Origin, OutputFile, OutputPath, OutputTree, Planned};
use crate::page::{SearchRecord, Site};
use crate::threads;

/// Path of the file that records what the index was built from. It is written next to the index.
const STAMP: &str = "pagefind/claimbook.json";
/// Raise this number when the same records give a different index: with each release of Pagefind.
const FORMAT_VERSION: u32 = 2;

#[derive(Serialize, Deserialize, PartialEq, Eq)]
/// What an index was built from, and the digests of its files.
struct IndexStamp {
    make: u32,
    /// Digest of the language and of all search records.
    records: String,
    /// Digest of each file of the index, by path.
    files: BTreeMap<String, String>,
}

/// Returns the files of the search index; the tree is empty if the site has turned search off. `earlier` returns
/// the bytes of a file of an earlier build. An earlier index of the same records is reused.
///
/// # Errors
/// When the indexer fails, when there is no working directory, or when the system refuses to start a thread. No
/// record is known to make the indexer fail.
pub fn search_index<T>(site: &Site<'_>, earlier: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<OutputTree<T>> {
    if !site.config.search {
        return Ok(OutputTree::default());
    }
    let records = site.search_records();
    let language = &site.config.language;
    let of_records = digest(&serde_json::to_vec(&(language, &records))?);
    let files = match kept(&of_records, earlier) {
        Some(files) => files,
        None => index(records, language).context("could not make the search index")?,
    };
    let digests = files.iter().map(|(path, bytes)| (path.clone(), digest(bytes))).collect();
    let stamp = IndexStamp { make: FORMAT_VERSION, records: of_records, files: digests };
    let stamp = (STAMP.to_owned(), serde_json::to_vec(&stamp)?);
    let planned = |(path, bytes)| {
        let path = OutputPath::new(path)?;
        Some(Planned {
            path,
            origin: Origin::Site,
            is_attached_to_page: false,
            file: OutputFile::Bytes(bytes),
        })
    };
    let (tree, _) = OutputTree::new(files.into_iter().chain([stamp]).filter_map(planned).collect());
    Ok(tree)
}

/// Returns the files of the earlier index, if it was built from the same records and is complete and unchanged.
fn kept(records: &str, earlier: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<BTreeMap<String, Vec<u8>>> {
    let stamp: IndexStamp = serde_json::from_slice(&earlier(STAMP)?).ok()?;
    if stamp.make != FORMAT_VERSION || stamp.records != records {
        return None;
    }
    let file = |(path, expected): (String, String)| {
        let path = OutputPath::new(path).filter(|path| path.as_str().starts_with("pagefind/"))?;
        let bytes = earlier(path.as_str())?;
        (digest(&bytes) == expected).then(|| (path.as_str().to_owned(), bytes))
    };
    stamp.files.into_iter().map(file).collect()
}

fn index(records: Vec<SearchRecord>, language: &str) -> Result<BTreeMap<String, Vec<u8>>> {
    // Pagefind panics without a working directory, although it writes no file here. Tokio panics if it cannot
    // start a thread.
    std::path::absolute(Path::new(".")).context("there is no working directory: go to one that exists")?;
    threads::ensure_available()?;
    let options = PagefindServiceConfig::builder().force_language(language.to_owned()).build();
    // Records are added one after another, so one thread is enough; more threads would only use more memory.
    let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build()?;
    let files = runtime.block_on(async {
        let mut index = PagefindIndex::new(Some(options))?;
        for SearchRecord { path, text, shown, filters } in records {
            let (text, language) = (with_short_words(&text), language.to_owned());
            index.add_custom_record(path, text, language, Some(shown), Some(filters), None).await?;
        }
        // `get_files` also builds the index.
        index.get_files().await
    })?;
    let is_used = |name: &str| !name.contains("-ui.") && !name.contains("-highlight.");
    Ok(files
        .into_iter()
        .map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents))
        .filter(|(name, _)| is_used(name))
        .map(|(name, bytes)| (format!("pagefind/{name}"), bytes))
        .collect())
}

/// Maximum number of characters without white space in indexed text. The stemmer takes quadratic time in the
/// length of a word: a word of 400,000 letters took 14 seconds. Only addresses and data are longer than this
/// limit, words of a language are not.
const MAX_WORD_LENGTH: usize = 200;

/// Inserts spaces into words that are longer than [`MAX_WORD_LENGTH`], so that all parts of the text are still
/// found.
fn with_short_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut length = 0;
    for character in text.chars() {
        length = if character.is_whitespace() { 0 } else { length + 1 };
        if length > MAX_WORD_LENGTH {
            out.push(' ');
            length = 1;
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_are_too_long_are_parted() {
        let long = "字".repeat(MAX_WORD_LENGTH);
        for text in ["", "one two\nthree", &long, &format!("{long} {long}")] {
            assert_eq!(with_short_words(text), text);
        }
        assert_eq!(with_short_words(&format!("a {long}{long}b c")), format!("a {long} {long} b c"));
    }
}
