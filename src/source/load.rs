//! What is on the disk? Walks `content/`, `templates/` and `static/` below a root, in sorted order, and
//! returns their text, with `site.toml` and `claims.lock`. Never follows a symbolic link, so a site cannot pull in
//! files from outside its root.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{SitePath, SourceFile, Sources, StaticFile};

/// Text files larger than this are reported instead of read: spans count bytes in 32 bits, and no
/// write-up is near it.
const LARGEST_FILE: u64 = 32 * 1024 * 1024;

/// Texts that are read by one thread in a row, into one piece of memory.
const TOGETHER: usize = 128;

/// A file that could not become text: an author's mistake, reported with all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadProblem {
    /// The file.
    pub path: SitePath,
    /// What is wrong with it.
    pub message: String,
}

/// Read a site. Files that are no UTF-8, too large or symbolic links are returned as problems and
/// are empty in the sources.
///
/// # Errors
/// When the root has no `site.toml`, or the disk refuses to be read.
pub fn load(root: &Path) -> Result<(Sources, Vec<LoadProblem>)> {
    if !root.join("site.toml").is_file() {
        bail!("there is no site.toml in {}", root.display());
    }
    let mut problems = Vec::new();
    let mut found = vec![("site.toml".to_owned(), root.join("site.toml"))];
    let lock = root.join("claims.lock");
    match std::fs::symlink_metadata(&lock) {
        Ok(there) if there.is_file() => found.push(("claims.lock".to_owned(), lock)),
        Ok(_) => problems.push(LoadProblem {
            path: "claims.lock".to_owned(),
            message: "this is no plain file: `claimbook verify` writes it".to_owned(),
        }),
        Err(_) => {}
    }
    for (folder, extensions) in [("content", &["md"][..]), ("templates", &["html", "css", "js", "svg"][..])] {
        for (path, disk) in walk(root, folder, &mut problems)? {
            let extension = disk.extension().and_then(|extension| extension.to_str());
            if extension.is_some_and(|extension| extensions.contains(&extension)) {
                found.push((path, disk));
            } else if extension.is_some_and(is_misspelt) {
                let message = "this file is not read: its name must end in `.md`".to_owned();
                problems.push(LoadProblem { path, message });
            }
        }
    }
    let packs: Result<Vec<_>> = found.par_chunks(TOGETHER).map(read).collect();
    let (files, unread): (Vec<_>, Vec<_>) = packs?.into_iter().unzip();
    problems.extend(unread.into_iter().flatten());
    let static_files = walk(root, "static", &mut problems)?
        .into_iter()
        .map(|(path, disk)| StaticFile { path: path.trim_start_matches("static/").to_owned(), disk })
        .collect();
    Ok((Sources::new(files.into_iter().flatten().collect(), static_files), problems))
}

/// Read a site again after these files may have changed. Sources of files whose text is the same are
/// the same ones; a change of texts alone costs reading those files, whatever the size of the site.
///
/// # Errors
/// As [`load`].
pub fn reload(
    root: &Path,
    earlier: &Sources,
    problems: &[LoadProblem],
    changed: &BTreeSet<PathBuf>,
) -> Result<(Sources, Vec<LoadProblem>)> {
    let edited = problems.is_empty().then(|| with_texts(root, earlier, changed)).flatten();
    if let Some(sources) = edited {
        return Ok((sources, Vec::new()));
    }
    let (mut sources, problems) = load(root)?;
    sources.share(earlier);
    Ok((sources, problems))
}

/// The earlier sources with the texts that these files have now; `None` where more has changed.
fn with_texts(root: &Path, earlier: &Sources, changed: &BTreeSet<PathBuf>) -> Option<Sources> {
    let mut sources = earlier.clone();
    for disk in changed {
        let id = earlier.find(&site_path(root, disk)?)?;
        let metadata = std::fs::symlink_metadata(disk).ok()?;
        if !metadata.is_file() || metadata.len() > LARGEST_FILE {
            return None;
        }
        #[expect(clippy::disallowed_methods, reason = "reading again what `load` has read")]
        let text = std::fs::read_to_string(disk).ok()?;
        sources.with_text(id, text);
    }
    Some(sources)
}

/// Files with their texts, and what is wrong with some. One that is too large is no file of the sources.
#[expect(clippy::verbose_file_reads, reason = "texts are added to what is there")]
fn read(found: &[(SitePath, PathBuf)]) -> Result<(Vec<SourceFile>, Vec<LoadProblem>)> {
    let (mut pack, mut places, mut problems) = (String::new(), Vec::new(), Vec::new());
    for (path, disk) in found {
        let start = pack.len();
        let reading = || format!("could not read {}", disk.display());
        let mut file = File::open(disk).with_context(reading)?;
        if file.metadata().with_context(reading)?.len() > LARGEST_FILE {
            let message = "this file is larger than 32 MiB".to_owned();
            problems.push(LoadProblem { path: path.clone(), message });
            continue;
        }
        match file.read_to_string(&mut pack) {
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                let message = "this file is not valid UTF-8".to_owned();
                problems.push(LoadProblem { path: path.clone(), message });
            }
            length => {
                length.with_context(reading)?;
            }
        }
        places.push((path, start..pack.len()));
    }
    pack.shrink_to_fit();
    let pack = Arc::new(pack);
    let files = places.into_iter().map(|(path, place)| SourceFile::within(&pack, place, path.clone()));
    Ok((files.collect(), problems))
}

/// Whether a file was most likely meant to be a content file.
fn is_misspelt(extension: &str) -> bool {
    ["md", "markdown", "mdown", "mkd"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The files below a folder of the root, sorted by name. Hidden ones are left out, but for those of
/// `static/`, which are copied as they are. A missing folder has none.
fn walk(root: &Path, folder: &str, problems: &mut Vec<LoadProblem>) -> Result<Vec<(SitePath, PathBuf)>> {
    let start = root.join(folder);
    if !start.exists() {
        return Ok(Vec::new());
    }
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let mut files = Vec::new();
    for entry in WalkDir::new(&start).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.with_context(|| format!("could not list {}", start.display()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let Some(path) = site_path(root, entry.path()) else {
            problems.push(LoadProblem {
                path: entry.path().display().to_string(),
                message: "the name of this file is not valid UTF-8".to_owned(),
            });
            continue;
        };
        if entry.file_type().is_symlink() {
            problems.push(LoadProblem {
                path,
                message: "symbolic links are not followed: copy the file instead".to_owned(),
            });
            continue;
        }
        files.push((path, entry.into_path()));
    }
    Ok(files)
}

fn site_path(root: &Path, path: &Path) -> Option<SitePath> {
    let parts: Option<Vec<&str>> =
        path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}
