//! Reads `snapshots/`, the saved copies of sources. They are only used to verify quotations, and never published.
//! No symbolic link is followed.
//!
//! The snapshots of the source `report` are `report.html`, `report.htm`, `report.txt` and `report.md`, and all
//! files with one of these extensions that are directly in the folder `report/`. In both places, `.part.` in the
//! name marks a copy of only a part of the source: `report.part.txt`, `report/chapter-3.part.html`. Deeper folders,
//! and folders whose name cannot be an id, are ignored, because browsers save pictures and frames in such folders.
//! A folder that is named like a snapshot is reported.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use walkdir::{DirEntry, WalkDir};

use super::load::{list_error, not_utf8_problem};
use super::plain_file::{Opened, file_type_noun, open_plain};
use super::{LoadProblem, SitePath};

/// Maximum size of a snapshot in bytes. Larger ones are reported and not read: the text of a long report has a few
/// megabytes.
const MAX_SNAPSHOT_SIZE: u64 = 16 * 1024 * 1024;

/// The part of a file name that marks a copy of only a part of a source.
const PART_MARKER: &str = ".part.";

/// Format of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnapshotFormat {
    /// A saved web page.
    Html,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

/// A saved copy of a source, or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Path of the file, relative to the root of the site.
    pub path: SitePath,
    /// Format of the file.
    pub format: SnapshotFormat,
    /// Whether the copy contains only a part of the source.
    pub is_partial: bool,
    /// The content of the file, as it was saved.
    pub text: String,
}

impl Snapshot {
    /// The path, relative to `snapshots/`.
    pub fn name(&self) -> &str {
        self.path.strip_prefix("snapshots/").expect("snapshots are in the folder `snapshots/`")
    }

    /// Whether this is a copy of a whole source that lies directly in `snapshots/`. Its file name is then the id of
    /// the source with an extension.
    pub fn is_whole_and_top_level(&self) -> bool {
        !self.is_partial && !self.name().contains('/')
    }
}

/// All snapshots of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshots {
    /// Snapshots by the id of their source. Copies of whole sources come first, then copies of parts, both sorted
    /// by path.
    pub by_source: BTreeMap<String, Vec<Snapshot>>,
    /// Ids of the sources that have a snapshot which cannot be read.
    pub incomplete: BTreeSet<String>,
    /// The reasons why snapshots cannot be read.
    pub problems: Vec<LoadProblem>,
    /// Files that may be intended as snapshots but have a type that is not read, such as PDF.
    pub unread: Vec<SitePath>,
}

/// Reads the snapshots of the site at `root`. Returns an empty value if the folder `snapshots/` does not exist.
///
/// # Errors
/// When a folder or file cannot be read.
pub fn load_snapshots(root: &Path) -> Result<Snapshots> {
    let mut snapshots = Snapshots::default();
    let folder = root.join("snapshots");
    match std::fs::symlink_metadata(&folder) {
        Err(failure) if failure.kind() == ErrorKind::NotFound => return Ok(snapshots),
        Err(failure) => return Err(failure).with_context(|| format!("could not read {}", folder.display())),
        Ok(_) => {}
    }
    let entries = WalkDir::new(&folder).max_depth(2).follow_root_links(false).sort_by_file_name();
    for entry in entries.into_iter().filter_entry(can_be_snapshot) {
        let entry = entry.map_err(|failure| list_error(&folder, failure))?;
        let below = entry.path().strip_prefix(&folder).expect("entries are in the folder that is listed");
        let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
        let name = names.join("/");
        let path = if entry.depth() == 0 { "snapshots".to_owned() } else { format!("snapshots/{name}") };
        let source = source_and_format(&name);
        let kind = entry.file_type();
        if entry.depth() == 0 && !kind.is_dir() {
            let message = format!("this is {}, not a folder", file_type_noun(kind));
            snapshots.problems.push(LoadProblem::new(path, message, "make it a folder"));
            continue;
        }
        if !kind.is_file() && (source.is_some() || !kind.is_dir()) {
            snapshots.incomplete.insert(source.map_or(&*name, |(id, _)| id).to_owned());
            snapshots.problems.push(LoadProblem::not_a_plain_file(path, file_type_noun(kind)));
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
        match read_snapshot(root, &path)? {
            Ok(text) => {
                let is_partial = name.to_ascii_lowercase().contains(PART_MARKER);
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

/// Whether an entry can be a snapshot, or a folder with the snapshots of one source.
fn can_be_snapshot(entry: &DirEntry) -> bool {
    let is_id_byte = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_id = |name: &OsStr| name.to_string_lossy().bytes().all(is_id_byte);
    match entry.depth() {
        0 => true,
        1 => {
            let name = entry.file_name();
            !entry.file_type().is_dir() || is_id(name) || source_and_format(&name.to_string_lossy()).is_some()
        }
        _ => entry.path().parent().and_then(Path::file_name).is_some_and(is_id),
    }
}

/// The id of the source and the format of a snapshot, found in its path relative to `snapshots/`.
fn source_and_format(name: &str) -> Option<(&str, SnapshotFormat)> {
    let (stem, extension) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?;
    let format = match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => SnapshotFormat::Html,
        "txt" => SnapshotFormat::Text,
        "md" => SnapshotFormat::Markdown,
        _ => return None,
    };
    let id = match name.split_once('/') {
        Some((folder, _)) => folder,
        None => name.to_ascii_lowercase().find(PART_MARKER).and_then(|at| name.get(..at)).unwrap_or(stem),
    };
    Some((id, format))
}

fn read_snapshot(root: &Path, path: &str) -> Result<Result<String, LoadProblem>> {
    let disk = root.join(path);
    let reading = || format!("could not read {}", disk.display());
    let (file, metadata) = match open_plain(&disk).with_context(reading)? {
        Opened::Plain(file, metadata) => (file, metadata),
        Opened::Other(noun) => return Ok(Err(LoadProblem::not_a_plain_file(path, noun))),
    };
    let too_large = || {
        let message = "this snapshot is larger than 16 MiB";
        Ok(Err(LoadProblem::new(path, message, "save the text of the page alone")))
    };
    if metadata.len() > MAX_SNAPSHOT_SIZE {
        return too_large();
    }
    let mut bytes = Vec::new();
    // The file may have grown since its size was checked.
    file.take(MAX_SNAPSHOT_SIZE + 1).read_to_end(&mut bytes).with_context(reading)?;
    if bytes.len() as u64 > MAX_SNAPSHOT_SIZE {
        return too_large();
    }
    Ok(String::from_utf8(bytes).map_err(|error| not_utf8_problem(path, error.as_bytes(), error.utf8_error())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_which_source_a_snapshot_is_of() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(source_and_format(name).map(|(id, _)| id), expected, "{name}");
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
