//! Reads `snapshots/`, the saved copies of sources, for `claimbook verify` alone: nothing that is published can
//! come from them. No symbolic link is followed.
//!
//! The snapshots of the source `report` are `report.html`, `report.htm`, `report.txt` and `report.md`, and all
//! files with one of these endings that are directly in the folder `report/`. In both places `.part.` in the
//! name marks the text of a part of the source: `report.part.txt`, `report/chapter-3.part.html`. Deeper folders
//! and those whose name cannot be an id are left alone, as browsers save pictures and frames in them; one that is named
//! like a snapshot is reported.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::{DirEntry, WalkDir};

use super::load::{not_listed, not_utf8};
use super::plain_file::{Opened, noun, open_plain};
use super::{LoadProblem, SitePath};

/// Larger snapshots are reported instead of read: the text of a long report has a few megabytes.
const LARGEST_SNAPSHOT: u64 = 16 * 1024 * 1024;

/// What marks the text of a part of a source.
const PART: &str = ".part.";

/// How a snapshot is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnapshotFormat {
    /// A saved web page.
    Html,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

/// The saved text of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Its file, from the site's root.
    pub path: SitePath,
    /// How it is written.
    pub format: SnapshotFormat,
    /// The source says more than this.
    pub is_partial: bool,
    /// All of it, as saved.
    pub text: String,
}

impl Snapshot {
    /// Its path below `snapshots/`.
    pub fn name(&self) -> &str {
        self.path.strip_prefix("snapshots/").unwrap_or(&self.path)
    }

    /// Whether it is a whole one directly in `snapshots/`: its name is the id of its source.
    pub fn is_plain(&self) -> bool {
        !self.is_partial && !self.name().contains('/')
    }
}

/// What `snapshots/` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshots {
    /// The snapshots of each source, by its id: whole ones first, then by path.
    pub by_source: BTreeMap<String, Vec<Snapshot>>,
    /// Sources of which a snapshot cannot be used.
    pub incomplete: BTreeSet<String>,
    /// Why it cannot.
    pub problems: Vec<LoadProblem>,
    /// Files that may be meant as snapshots and have a type that is not read, such as PDF.
    pub unread: Vec<SitePath>,
}

/// Read the snapshots below a root. A missing folder has none.
///
/// # Errors
/// When the disk refuses to be read.
pub fn load_snapshots(root: &Path) -> Result<Snapshots> {
    let mut snapshots = Snapshots::default();
    let folder = root.join("snapshots");
    if std::fs::symlink_metadata(&folder).is_err() {
        return Ok(snapshots);
    }
    let entries = WalkDir::new(&folder).max_depth(2).follow_root_links(false).sort_by_file_name();
    for entry in entries.into_iter().filter_entry(is_looked_at) {
        let entry = entry.map_err(|failure| not_listed(&folder, failure))?;
        let below = entry.path().strip_prefix(&folder).unwrap_or(entry.path());
        let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
        let name = names.join("/");
        let path = if entry.depth() == 0 { "snapshots".to_owned() } else { format!("snapshots/{name}") };
        let source = source_of(&name);
        let kind = entry.file_type();
        if entry.depth() == 0 && !kind.is_dir() {
            let message = format!("this is {}, not a folder", noun(kind));
            snapshots.problems.push(LoadProblem::new(path, message, "make it a folder"));
            continue;
        }
        if !kind.is_file() && (source.is_some() || !kind.is_dir()) {
            snapshots.incomplete.insert(source.map_or(&*name, |(id, _)| id).to_owned());
            snapshots.problems.push(LoadProblem::not_plain(path, noun(kind)));
            continue;
        }
        if kind.is_dir() {
            continue;
        }
        let Some((id, format)) = source else {
            if !names.last().is_some_and(|name| name.starts_with('.')) {
                snapshots.unread.push(path);
            }
            continue;
        };
        match read(root, &path)? {
            Ok(text) => {
                let is_partial = name.to_ascii_lowercase().contains(PART);
                let snapshot = Snapshot { path, format, is_partial, text };
                snapshots.by_source.entry(id.to_owned()).or_default().push(snapshot);
            }
            Err(problem) => {
                snapshots.incomplete.insert(id.to_owned());
                snapshots.problems.push(problem);
            }
        }
    }
    for found in snapshots.by_source.values_mut() {
        found.sort_by(|one, other| (one.is_partial, &one.path).cmp(&(other.is_partial, &other.path)));
    }
    Ok(snapshots)
}

/// Whether an entry can be a snapshot, or the folder of those of a source.
fn is_looked_at(entry: &DirEntry) -> bool {
    let is_of_id = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_id = |name: &OsStr| name.to_string_lossy().bytes().all(is_of_id);
    match entry.depth() {
        0 => true,
        1 => {
            let name = entry.file_name();
            !entry.file_type().is_dir() || is_id(name) || source_of(&name.to_string_lossy()).is_some()
        }
        _ => entry.path().parent().and_then(Path::file_name).is_some_and(is_id),
    }
}

/// The source and the format of a file by its path below `snapshots/`.
fn source_of(name: &str) -> Option<(&str, SnapshotFormat)> {
    let (stem, extension) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?;
    let format = match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => SnapshotFormat::Html,
        "txt" => SnapshotFormat::Text,
        "md" => SnapshotFormat::Markdown,
        _ => return None,
    };
    let id = match name.split_once('/') {
        Some((folder, _)) => folder,
        None => name.to_ascii_lowercase().find(PART).and_then(|at| name.get(..at)).unwrap_or(stem),
    };
    Some((id, format))
}

fn read(root: &Path, path: &str) -> Result<Result<String, LoadProblem>> {
    let disk = root.join(path);
    let reading = || format!("could not read {}", disk.display());
    let (file, metadata) = match open_plain(&disk).with_context(reading)? {
        Opened::Plain(file, metadata) => (file, metadata),
        Opened::Other(noun) => return Ok(Err(LoadProblem::not_plain(path, noun))),
    };
    if metadata.len() > LARGEST_SNAPSHOT {
        let message = "this snapshot is larger than 16 MiB";
        return Ok(Err(LoadProblem::new(path, message, "save the text of the page alone")));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST_SNAPSHOT).read_to_end(&mut bytes).with_context(reading)?;
    Ok(String::from_utf8(bytes).map_err(|error| not_utf8(path, error.as_bytes(), error.utf8_error())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_which_source_a_snapshot_is_of() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(source_of(name).map(|(id, _)| id), expected, "{name}");
        };
        check("report.html", Some("report"));
        check("report.part.txt", Some("report"));
        check("report.PART.pages-3.Md", Some("report"));
        check("report/2026-11-22.HTM", Some("report"));
        check("report/.part.html", Some("report"));
        check("report.pdf", None);
        check("report/page", None);
        check(".txt", None);
    }
}
