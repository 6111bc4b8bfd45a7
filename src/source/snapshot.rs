//! What did a source say when it was saved? `snapshots/<source-id>.{html,txt,md}` in, their text out, for
//! `claimbook verify` alone: nothing that is published can come from here. Only files directly in the
//! folder count, so that what a browser saves beside a page is left alone; no symbolic link is followed.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::load::not_utf8;
use super::plain_file::{Opened, noun, open_plain};
use super::{LoadProblem, SitePath};

/// Larger snapshots are reported instead of read: the text of a long report has a few megabytes.
const LARGEST_SNAPSHOT: u64 = 16 * 1024 * 1024;

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
    /// All of it, as saved.
    pub text: String,
}

/// What `snapshots/` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshots {
    /// The snapshot of each source, by its id.
    pub by_source: BTreeMap<String, Snapshot>,
    /// Those that cannot be used.
    pub problems: Vec<LoadProblem>,
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
    let mut files: BTreeMap<String, Vec<(SitePath, SnapshotFormat)>> = BTreeMap::new();
    for entry in WalkDir::new(&folder).max_depth(1).follow_root_links(false).sort_by_file_name() {
        let entry = entry.with_context(|| format!("could not list {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if entry.depth() == 0 { name.clone() } else { format!("snapshots/{name}") };
        let kind = entry.file_type();
        if entry.depth() == 0 && !kind.is_dir() {
            let message = format!("this is {}, not a folder", noun(kind));
            snapshots.problems.push(LoadProblem::new(path, message, "make it a folder"));
        } else if !kind.is_file() && !kind.is_dir() {
            snapshots.problems.push(LoadProblem::not_plain(path, noun(kind)));
        } else if let Some((id, format)) = source_of(&name).filter(|_| kind.is_file()) {
            files.entry(id.to_owned()).or_default().push((path, format));
        }
    }
    for (id, mut found) in files {
        let Some((path, format)) = found.pop() else { continue };
        if let Some((other, _)) = found.pop() {
            let message = format!("the source `{id}` has another snapshot, `{other}`");
            snapshots.problems.push(LoadProblem::new(path, message, "keep one of them"));
            continue;
        }
        match read(root, &path)? {
            Ok(text) => {
                snapshots.by_source.insert(id, Snapshot { path, format, text });
            }
            Err(problem) => snapshots.problems.push(problem),
        }
    }
    Ok(snapshots)
}

fn source_of(name: &str) -> Option<(&str, SnapshotFormat)> {
    let (id, extension) = name.rsplit_once('.').filter(|(id, _)| !id.is_empty())?;
    let format = match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => SnapshotFormat::Html,
        "txt" => SnapshotFormat::Text,
        "md" => SnapshotFormat::Markdown,
        _ => return None,
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
