//! Records what the last build of an output folder was built from, so that the next build can keep unchanged
//! files.
//!
//! The record contains digests of the sources, and stamps (length and time) of the files that were written. It is
//! stored in `.claimbook/` in the site's folder. If all sources are the same, a build has nothing to do; if only
//! words have changed, it renders the pages that show those words. The record describes only output files:
//! sources are read and compared in every build. A record is ignored if it cannot be read or if another version
//! of the program wrote it, and a file that was changed after the last build is not kept.
//!
//! The record is text in which a zero byte ends each field, because no path can contain one. It is read without
//! copying, because the record of a large book describes a hundred thousand files.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;

use crate::config::Overrides;
use crate::digest::digest;
use crate::document::Outline;
use crate::output::{self, OutputLock, OutputPath, Stamp, Stamps};
use crate::page::Site;
use crate::source::{Sources, read_plain};

use super::analysis::Analysis;
use super::session::Change;

/// First field of a record. The number is raised when records of earlier versions must not be used: records
/// before version 3 could list a file of the search index that belonged to an older index.
const BEGINNING: &str = "claimbook record 4";
/// Last field of a record. A record without it is incomplete and is ignored.
const END: &str = "end";

/// A SHA-256 digest in hexadecimal digits.
type Digest = String;

/// Digests of everything that a build is made from.
#[derive(Debug)]
pub struct BuildInputs<'a> {
    /// Digest of the program's version, the overrides of the command line, and all files except the texts below
    /// `content/`.
    settings: Digest,
    /// Path and digest of each text below `content/`, sorted by path.
    texts: Vec<(&'a str, Digest)>,
}

impl<'a> BuildInputs<'a> {
    /// Computes the digests for a build. `program` identifies the version of this program.
    pub fn new(sources: &'a Sources, overrides: &Overrides, program: &str) -> Result<Self> {
        let files: Vec<(&str, &str)> = sources.iter().map(|(_, file)| (file.path(), file.text())).collect();
        let digests: Vec<(&str, Digest)> =
            files.par_iter().map(|(path, text)| (*path, digest(text.as_bytes()))).collect();
        let (texts, others): (Vec<_>, Vec<_>) =
            digests.into_iter().partition(|(path, _)| path.starts_with("content/"));
        let copied: Result<Vec<(&str, Digest)>> = sources
            .static_files()
            .par_iter()
            .map(|file| Ok((file.path.as_str(), digest(&read_plain(&file.disk)?))))
            .collect();
        let unread = sources.unread();
        let settings = format!("{program}\n{overrides:?}\n{others:?}\n{:?}\n{unread:?}", copied?);
        Ok(Self { settings: digest(settings.as_bytes()), texts })
    }

    /// Returns the recorded texts that have changed since the last build, or `None` if anything else has changed.
    fn changed_since<'r>(&self, last: &'r BuildRecord<'_>) -> Option<Vec<&'r TextRecord<'r>>> {
        let paths = self.texts.iter().map(|(path, _)| *path);
        if self.settings != last.settings || !paths.eq(last.texts.iter().map(|text| text.path)) {
            return None;
        }
        let pairs = self.texts.iter().zip(&last.texts);
        Some(pairs.filter(|((_, now), then)| now != then.digest).map(|(_, then)| then).collect())
    }
}

/// A text in the record of a build.
#[derive(Debug)]
struct TextRecord<'a> {
    path: &'a str,
    digest: &'a str,
    /// The [`Outline`] of the text; empty if the text has no document.
    outline: Cow<'a, str>,
}

/// The record of a build.
#[derive(Debug)]
pub struct BuildRecord<'a> {
    settings: &'a str,
    /// Whether the build had no warnings.
    is_clean: bool,
    texts: Vec<TextRecord<'a>>,
    files: Stamps<'a>,
}

impl<'a> BuildRecord<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut fields = text.strip_suffix('\0')?.split('\0');
        if fields.next()? != BEGINNING {
            return None;
        }
        let (settings, is_clean) = (fields.next()?, fields.next()? == "clean");
        let count: usize = fields.next()?.parse().ok()?;
        let mut text = || {
            Some(TextRecord { path: fields.next()?, digest: fields.next()?, outline: fields.next()?.into() })
        };
        let texts = (0..count).map(|_| text()).collect::<Option<_>>()?;
        let count: usize = fields.next()?.parse().ok()?;
        let mut file = || Some((fields.next()?, Stamp::parse(fields.next()?)?));
        let files = (0..count).map(|_| file()).collect::<Option<_>>()?;
        (fields.next() == Some(END)).then_some(Self { settings, is_clean, texts, files })
    }

    /// Writes the record as text.
    ///
    /// # Errors
    /// When `sink` cannot be written to.
    pub fn write(&self, sink: &mut dyn Write) -> Result<()> {
        let state = if self.is_clean { "clean" } else { "warned" };
        write!(sink, "{BEGINNING}\0{}\0{state}\0{}\0", self.settings, self.texts.len())?;
        for TextRecord { path, digest, outline } in &self.texts {
            write!(sink, "{path}\0{digest}\0{outline}\0")?;
        }
        write!(sink, "{}\0", self.files.len())?;
        for (path, stamp) in self.files.iter() {
            write!(sink, "{path}\0{stamp}\0")?;
        }
        Ok(write!(sink, "{END}\0")?)
    }
}

/// The last build into an output folder, as far as a record of it exists.
pub struct Cache<'a> {
    last: Option<BuildRecord<'a>>,
    /// Stamps of the recorded files that have not been changed since the last build.
    untouched: Stamps<'a>,
}

/// Returns the path of the record for builds of the site at `root` into `folder`.
pub fn record_path(root: &Path, folder: &Path) -> PathBuf {
    // The path can be made absolute unless the working directory is gone.
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = digest(folder.to_string_lossy().as_bytes());
    root.join(".claimbook").join(name.get(..16).unwrap_or_default())
}

/// Returns the text of the record at a path; empty if there is none.
pub fn read_record(path: &Path) -> String {
    output::read_cache_file(path).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

impl<'a> Cache<'a> {
    /// Parses a record and checks which of its files are unchanged in the locked output folder. This reads the
    /// metadata of all these files, but not their contents.
    pub fn open(record: &'a str, lock: Option<&OutputLock>) -> Self {
        let last = BuildRecord::parse(record);
        let untouched = last.as_ref().zip(lock).map(|(last, lock)| last.files.untouched(lock));
        Self { last, untouched: untouched.unwrap_or_default() }
    }

    /// Returns the stamps of the files of the site and of its manifest, if a build of these inputs would change no file
    /// and report nothing but the size of the site.
    pub fn current(&self, inputs: &BuildInputs<'_>) -> Option<&Stamps<'_>> {
        let last = self.last.as_ref().filter(|last| last.is_clean)?;
        let is_same = inputs.changed_since(last)?.is_empty();
        (is_same && self.untouched.len() == last.files.len()).then_some(&last.files)
    }

    /// Returns a function that gives the stamp of a rendered file of the last build that is still correct. This
    /// is any file except those that show words which have changed. If more than words has changed, the function
    /// always returns `None`. The function covers only rendered files: the search index, for example, changes
    /// with every word.
    pub fn kept(
        &self,
        inputs: &BuildInputs<'_>,
        analysis: &Analysis,
        site: &Site<'_>,
    ) -> impl Fn(&OutputPath) -> Option<Stamp> + Sync + use<'_, 'a> {
        let pages = self.last.as_ref().and_then(|last| {
            let changed = inputs.changed_since(last)?;
            let paths: BTreeSet<&str> = changed.iter().map(|text| text.path).collect();
            let outlines = analysis.outlines(|path| paths.contains(path));
            let mut has_same_data = true;
            for text in &changed {
                let (earlier, now) = (parse_outline(&text.outline)?, *outlines.get(text.path)?);
                if Change::between(earlier, now) > Change::Prose {
                    return None;
                }
                has_same_data &= earlier.data == now.data;
            }
            let documents = paths.iter().filter_map(|path| site.book.find_file(path));
            let mut pages: HashSet<String> =
                documents.flat_map(|document| site.pages_with_words_of(document)).collect();
            if !has_same_data {
                pages.insert("data/claims".to_owned());
            }
            Some(pages)
        });
        move |path| {
            let (pages, path) = (pages.as_ref()?, path.as_str());
            let shows = path.match_indices(['/', '.']).any(|(at, _)| pages.contains(path.split_at(at).0));
            if shows { None } else { self.untouched.get(path) }
        }
    }

    /// Creates the record of a build that succeeded.
    pub fn record<'r>(
        &'r self,
        inputs: &'r BuildInputs<'_>,
        analysis: &Analysis,
        is_clean: bool,
        files: Stamps<'r>,
    ) -> BuildRecord<'r> {
        // The outlines of texts that have not changed are taken from the last record.
        let last = self.last.as_ref().filter(|last| last.settings == inputs.settings);
        let known: BTreeMap<(&str, &str), &str> = last
            .map(|last| last.texts.iter().map(|text| ((text.path, text.digest), &*text.outline)).collect())
            .unwrap_or_default();
        let of_last = |path: &str, digest: &str| known.get(&(path, digest)).copied();
        let is_unknown = |(path, digest): &&(&str, Digest)| of_last(path, digest).is_none();
        let unknown: BTreeSet<&str> = inputs.texts.iter().filter(is_unknown).map(|text| text.0).collect();
        let outlines = analysis.outlines(|path| unknown.contains(path));
        let text = |(path, digest): &'r (&str, Digest)| {
            let known = of_last(path, digest).map(Cow::Borrowed);
            let outline = known.or_else(|| outlines.get(path).map(|outline| format_outline(outline).into()));
            TextRecord { path, digest, outline: outline.unwrap_or_default() }
        };
        let texts = inputs.texts.iter().map(text).collect();
        BuildRecord { settings: &inputs.settings, is_clean, texts, files }
    }
}

/// Returns an outline as a field of a record.
fn format_outline(outline: &Outline) -> String {
    let Outline { structure, shown, data } = outline;
    format!("{structure:x} {shown:x} {data:x}")
}

fn parse_outline(field: &str) -> Option<Outline> {
    let mut numbers = field.split(' ').map(|number| u64::from_str_radix(number, 16).ok());
    Some(Outline { structure: numbers.next()??, shown: numbers.next()??, data: numbers.next()?? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written_and_half_of_one_is_none() {
        let files: Stamps<'_> = [("b.html", Stamp::parse("1 2").expect("a stamp"))].into_iter().collect();
        let texts = vec![TextRecord { path: "content/a.md", digest: "00", outline: "1 2 3".into() }];
        let text_of = |record: &BuildRecord<'_>| {
            let mut bytes = Vec::new();
            record.write(&mut bytes).expect("written to memory");
            String::from_utf8(bytes).expect("text")
        };
        let text = text_of(&BuildRecord { settings: "ff", is_clean: true, texts, files });
        let read = BuildRecord::parse(&text).expect("a record");
        assert_eq!(text_of(&read), text);
        for (end, _) in text.char_indices() {
            assert!(BuildRecord::parse(text.split_at(end).0).is_none(), "the first {end} bytes");
        }
    }
}
