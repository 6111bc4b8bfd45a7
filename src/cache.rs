//! Records what the last build of an output folder was made of, so that the next one can keep what is unchanged.
//!
//! The record consists of digests of the sources and of stamps (length and time) of the files that were written,
//! and is kept in `.claimbook/` in the site's folder. If all sources are the same word for word, a build has
//! nothing to do; if only words have changed, it makes the pages that show those words. The record is a hint about
//! output files and never about sources: sources are read and compared in every build. A record that cannot be
//! read, that another version of the program wrote, or that describes files which somebody has changed since, is
//! ignored.
//!
//! The record is text in which a zero byte ends each field, because no path can contain one. It is read without
//! copying, since the record of a large book describes a hundred thousand files.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;

use crate::config::Overrides;
use crate::digest::digest;
use crate::output::{self, Hold, OutputPath, Stamp, Stamps};
use crate::page::Site;
use crate::pipeline::{Analysis, Outlines};
use crate::source::{Sources, read_plain};

/// The first field of a record. Its number is raised when records of earlier versions must not be used: those
/// before 3 could list a file of the search index that belonged to an older index.
const BEGINNING: &str = "claimbook record 3";
/// What a record ends with, so that half of one is none.
const END: &str = "end";

/// A digest (SHA-256), in hexadecimal digits.
type Digest = String;

/// What a build is made of.
#[derive(Debug)]
pub struct Ingredients<'a> {
    /// The program, the wishes of the command line, and every file but the texts below `content/`.
    settings: Digest,
    /// The texts below `content/`, sorted by path.
    texts: Vec<(&'a str, Digest)>,
}

impl<'a> Ingredients<'a> {
    /// Those of a build. `program` tells one version of this program from another.
    ///
    /// # Errors
    /// When a file below `static/` cannot be read.
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

    /// What the last build knew of the texts that are different now; `None` where anything else is.
    fn changed_since<'r>(&self, last: &'r Record<'_>) -> Option<Vec<&'r Text<'r>>> {
        let paths = self.texts.iter().map(|(path, _)| *path);
        if self.settings != last.settings || !paths.eq(last.texts.iter().map(|text| text.path)) {
            return None;
        }
        let pairs = self.texts.iter().zip(&last.texts);
        Some(pairs.filter(|((_, now), then)| now != then.digest).map(|(_, then)| then).collect())
    }
}

/// What is known of a text.
#[derive(Debug)]
struct Text<'a> {
    path: &'a str,
    digest: &'a str,
    /// What it told the others, and the data of the book; empty for a text that tells nothing.
    outlines: Cow<'a, str>,
}

/// What is known of a build.
#[derive(Debug)]
pub struct Record<'a> {
    settings: &'a str,
    /// It had no warnings either.
    is_clean: bool,
    texts: Vec<Text<'a>>,
    files: Stamps<'a>,
}

impl<'a> Record<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut fields = text.strip_suffix('\0')?.split('\0');
        if fields.next()? != BEGINNING {
            return None;
        }
        let (settings, is_clean) = (fields.next()?, fields.next()? == "clean");
        let count: usize = fields.next()?.parse().ok()?;
        let mut text =
            || Some(Text { path: fields.next()?, digest: fields.next()?, outlines: fields.next()?.into() });
        let texts = (0..count).map(|_| text()).collect::<Option<_>>()?;
        let count: usize = fields.next()?.parse().ok()?;
        let mut file = || Some((fields.next()?, Stamp::parse(fields.next()?)?));
        let files = (0..count).map(|_| file()).collect::<Option<_>>()?;
        (fields.next() == Some(END)).then_some(Self { settings, is_clean, texts, files })
    }

    /// Write it as text.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, sink: &mut dyn Write) -> Result<()> {
        let state = if self.is_clean { "clean" } else { "warned" };
        write!(sink, "{BEGINNING}\0{}\0{state}\0{}\0", self.settings, self.texts.len())?;
        for Text { path, digest, outlines } in &self.texts {
            write!(sink, "{path}\0{digest}\0{outlines}\0")?;
        }
        write!(sink, "{}\0", self.files.len())?;
        for (path, stamp) in self.files.iter() {
            write!(sink, "{path}\0{stamp}\0")?;
        }
        Ok(write!(sink, "{END}\0")?)
    }
}

/// The last build into a folder, as far as it is known.
pub struct Cache<'a> {
    last: Option<Record<'a>>,
    /// Those of its files that nobody has touched since.
    untouched: Stamps<'a>,
}

/// Where the record is of builds of the site at `root` into `folder`.
pub fn record_path(root: &Path, folder: &Path) -> PathBuf {
    let name = digest(std::path::absolute(folder).unwrap_or_default().to_string_lossy().as_bytes());
    root.join(".claimbook").join(name.get(..16).unwrap_or_default())
}

/// The record at a path; empty where there is none.
pub fn read_record(path: &Path) -> String {
    output::read_kept(path).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

impl<'a> Cache<'a> {
    /// What a record tells of the folder that is held. Looks at all files that it names, and reads none.
    pub fn open(record: &'a str, hold: Option<&Hold>) -> Self {
        let last = Record::parse(record);
        let untouched = last.as_ref().zip(hold).map(|(last, hold)| last.files.untouched(hold));
        Self { last, untouched: untouched.unwrap_or_default() }
    }

    /// The number of files, if a build of these ingredients would change nothing and say nothing.
    pub fn is_current(&self, ingredients: &Ingredients<'_>) -> Option<usize> {
        let last = self.last.as_ref().filter(|last| last.is_clean)?;
        let is_same = ingredients.changed_since(last)?.is_empty();
        // The manifest is no file of the site.
        let files = last.files.len().saturating_sub(1);
        (is_same && self.untouched.len() == last.files.len()).then_some(files)
    }

    /// Which rendered files of the last build are right in this one, too: all of them but those that show words
    /// which have changed. Returns `None` if more than words has changed. Files that are not rendered are not covered:
    /// the search index, for one, changes with every word.
    pub fn kept(
        &self,
        ingredients: &Ingredients<'_>,
        analysis: &Analysis,
        site: &Site<'_>,
    ) -> impl Fn(&OutputPath) -> Option<Stamp> + Sync + use<'_, 'a> {
        let pages = self.last.as_ref().and_then(|last| {
            let changed = ingredients.changed_since(last)?;
            let paths: BTreeSet<&str> = changed.iter().map(|text| text.path).collect();
            let outlines = analysis.outlines(|path| paths.contains(path));
            let mut has_same_data = true;
            for text in &changed {
                let now = words_of(outlines.get(text.path)?);
                let ((now, data), (then, data_then)) =
                    (now.rsplit_once(' ')?, text.outlines.rsplit_once(' ')?);
                if now != then {
                    return None;
                }
                has_same_data &= data == data_then;
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

    /// The record of a build that succeeded.
    pub fn record<'r>(
        &'r self,
        ingredients: &'r Ingredients<'_>,
        analysis: &Analysis,
        is_clean: bool,
        files: Stamps<'r>,
    ) -> Record<'r> {
        // Those of texts that have not changed are known.
        let last = self.last.as_ref().filter(|last| last.settings == ingredients.settings);
        let known: BTreeMap<(&str, &str), &str> = last
            .map(|last| last.texts.iter().map(|text| ((text.path, text.digest), &*text.outlines)).collect())
            .unwrap_or_default();
        let of_last = |path: &str, digest: &str| known.get(&(path, digest)).copied();
        let is_unknown = |(path, digest): &&(&str, Digest)| of_last(path, digest).is_none();
        let unknown: BTreeSet<&str> =
            ingredients.texts.iter().filter(is_unknown).map(|text| text.0).collect();
        let outlines = analysis.outlines(|path| unknown.contains(path));
        let text = |(path, digest): &'r (&str, Digest)| {
            let known = of_last(path, digest).map(Cow::Borrowed);
            let outlines = known.or_else(|| outlines.get(path).map(|outlines| words_of(outlines).into()));
            Text { path, digest, outlines: outlines.unwrap_or_default() }
        };
        let texts = ingredients.texts.iter().map(text).collect();
        Record { settings: &ingredients.settings, is_clean, texts, files }
    }
}

/// Outlines as they stand in a record, the data last.
fn words_of(outlines: &Outlines) -> String {
    let Outlines { of_document, of_data } = outlines;
    format!("{:x} {:x} {:x} {of_data:x}", of_document.structure, of_document.claims, of_document.head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written_and_half_of_one_is_none() {
        let files: Stamps<'_> = [("b.html", Stamp::parse("1 2").expect("a stamp"))].into_iter().collect();
        let texts = vec![Text { path: "content/a.md", digest: "00", outlines: "1 2 3 4".into() }];
        let text_of = |record: &Record<'_>| {
            let mut bytes = Vec::new();
            record.write(&mut bytes).expect("written to memory");
            String::from_utf8(bytes).expect("text")
        };
        let text = text_of(&Record { settings: "ff", is_clean: true, texts, files });
        let read = Record::parse(&text).expect("a record");
        assert_eq!(text_of(&read), text);
        for (end, _) in text.char_indices() {
            assert!(Record::parse(text.split_at(end).0).is_none(), "the first {end} bytes");
        }
    }
}
