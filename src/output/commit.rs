//! The tree to the disk: the only writer of the output folder.
//!
//! Two steps keep the folder the last good build. First every file is rendered, compared with what
//! is there and, if it differs, written to a working folder inside the output folder; a page that
//! cannot be rendered ends the build here, with nothing changed. Then the written files are renamed
//! to their places, and files of earlier builds that are no longer asked for are removed. The manifest
//! is widened before the second step and narrowed after it, so a killed build leaves nothing that the
//! next one does not know as its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::manifest::{self, Manifest};
use super::{OutputFile, OutputPath, OutputTree};

/// Working folder inside the output folder; exists only while a build writes.
const WORKING: &str = ".claimbook-working";

/// File that a build holds locked while it writes.
const LOCK: &str = ".claimbook-lock";

/// All files of a site, whichever tree they are from.
type Files<'t, T> = BTreeMap<&'t OutputPath, &'t OutputFile<T>>;

/// What a build did to the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files of the site.
    pub files: usize,
    /// Files that were new or differed.
    pub written: usize,
    /// Files of earlier builds that were removed.
    pub removed: usize,
}

/// Refuse an output folder that is, holds, or lies in the sources of the site at `root`.
///
/// # Errors
/// When it does, or when a path cannot be resolved.
pub fn check_folder(root: &Path, output: &Path) -> Result<()> {
    let resolved = |path: &Path| -> Result<PathBuf> {
        let mut missing = Vec::new();
        let mut existing = std::path::absolute(path)?;
        while !existing.exists() {
            missing.extend(existing.file_name().map(ToOwned::to_owned));
            if !existing.pop() {
                break;
            }
        }
        let mut path =
            existing.canonicalize().with_context(|| format!("could not resolve {}", path.display()))?;
        path.extend(missing.into_iter().rev());
        Ok(path)
    };
    let output_path = resolved(output)?;
    let root_path = resolved(root)?;
    if root_path.starts_with(&output_path) {
        bail!(
            "the output folder {} holds the site's own sources: choose another with --output",
            output.display()
        );
    }
    for folder in ["content", "templates", "static", "snapshots", "src", ".git"] {
        if output_path.starts_with(root_path.join(folder)) {
            bail!("the output folder {} lies in `{folder}/`: choose another with --output", output.display());
        }
    }
    if output_path.exists() && !output_path.is_dir() {
        bail!("{} is not a folder: choose another with --output", output.display());
    }
    Ok(())
}

/// A file of an earlier build; none where there is no plain file.
pub fn earlier(folder: &Path, path: &str) -> Option<Vec<u8>> {
    let path = folder.join(OutputPath::new(path)?.as_str());
    fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
    read_optional(&path).ok().flatten()
}

/// Write trees to a folder, their files made out of `of`; `rendered` is called for each file that is
/// rendered, from any thread.
///
/// # Errors
/// When a file cannot be rendered, when a file that no build wrote is in the way, or when the disk
/// refuses. Until the last file is rendered, nothing in the folder has changed.
pub fn commit<T: Sync>(
    trees: &[&OutputTree<T>],
    of: &T,
    folder: &Path,
    rendered: &(dyn Fn() + Sync),
) -> Result<Summary> {
    let tree: Files<'_, T> = trees.iter().flat_map(|tree| tree.files()).collect();
    let tree = &tree;
    fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
    let _lock = lock(folder)?;
    let manifest_path = folder.join(manifest::NAME);
    let old = read_optional(&manifest_path)?
        .map(|bytes| Manifest::parse(&String::from_utf8_lossy(&bytes)))
        .unwrap_or_default();
    refuse_foreign(tree, folder, &old)?;
    let working = folder.join(WORKING);
    remove_working(&working)?;
    fs::create_dir(&working).with_context(|| format!("could not create {}", working.display()))?;
    let staged = stage(tree, of, folder, &working, rendered);
    let staged = match staged {
        Ok(staged) => staged,
        Err(error) => {
            remove_working(&working)?;
            return Err(error);
        }
    };
    let new = Manifest { files: tree.keys().map(|path| path.as_str().to_owned()).collect() };
    if old != new {
        let union = Manifest { files: old.files.union(&new.files).cloned().collect() };
        replace(&manifest_path, &working, union.to_text().as_bytes())?;
    }
    // Before anything is put in place: what goes may stand where a folder is needed now.
    let mut removed = 0;
    for path in old.files.difference(&new.files) {
        removed += usize::from(remove_stale(folder, path)?);
    }
    for inner in folders_of(staged.iter().map(|(path, _)| *path)) {
        // Folders come sorted, so every parent is there before its children.
        create_folder(&folder.join(inner))?;
    }
    staged.par_iter().try_for_each(|(path, from)| {
        let to = folder.join(path.as_str());
        fs::rename(from, &to).with_context(|| format!("could not write {}", to.display()))
    })?;
    if old != new {
        replace(&manifest_path, &working, new.to_text().as_bytes())?;
    }
    remove_working(&working)?;
    Ok(Summary { files: tree.len(), written: staged.len(), removed })
}

/// Keep other builds out of the folder until the lock is dropped; the system drops it when a build is
/// killed.
fn lock(folder: &Path) -> Result<fs::File> {
    let path = folder.join(LOCK);
    let locking = || format!("could not lock {}", path.display());
    if fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()) {
        bail!("{} is in the way of the lock: remove it", path.display());
    }
    let file =
        fs::File::options().create(true).truncate(false).write(true).open(&path).with_context(locking)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            bail!(
                "another build is writing to {}: wait for it, or choose another folder with --output",
                folder.display()
            )
        }
        Err(fs::TryLockError::Error(error)) => Err(error).with_context(locking),
    }
}

/// Files in the way that no build wrote are never touched.
fn refuse_foreign<T>(tree: &Files<'_, T>, folder: &Path, old: &Manifest) -> Result<()> {
    // Some file systems do not tell upper from lower case.
    let own: BTreeSet<String> = old.files.iter().map(|path| path.to_lowercase()).collect();
    let is_foreign = |path: &str| match fs::symlink_metadata(folder.join(path)) {
        Ok(there) if there.is_dir() => !holds_only(&folder.join(path), path, &own),
        Ok(_) => !own.contains(&path.to_lowercase()),
        Err(_) => false,
    };
    let mut in_the_way = tree.keys().map(|path| path.as_str()).filter(|path| is_foreign(path));
    if let Some(first) = in_the_way.next() {
        bail!(
            "{} was not written by claimbook and is in the way of the site{}: move it away, or choose another folder with --output",
            folder.join(first).display(),
            if in_the_way.next().is_some() { " (and it is not alone)" } else { "" },
        );
    }
    Ok(())
}

/// Whether a folder holds nothing but files of earlier builds, in lower case.
fn holds_only(folder: &Path, path: &str, own: &BTreeSet<String>) -> bool {
    let Ok(mut entries) = fs::read_dir(folder) else { return false };
    entries.all(|entry| {
        let Ok(entry) = entry else { return false };
        let inner = format!("{path}/{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => holds_only(&entry.path(), &inner, own),
            _ => own.contains(&inner.to_lowercase()),
        }
    })
}

/// Render every file; those that differ from what is there are written to the working folder.
fn stage<'t, T: Sync>(
    tree: &Files<'t, T>,
    of: &T,
    folder: &Path,
    working: &Path,
    rendered: &(dyn Fn() + Sync),
) -> Result<Vec<(&'t OutputPath, PathBuf)>> {
    let files: Vec<_> = tree.iter().enumerate().collect();
    let staged: Result<Vec<_>> = files
        .par_iter()
        .map(|(number, (path, file))| {
            let there = read_optional(&folder.join(path.as_str()))?;
            let bytes = match file {
                OutputFile::Render(render) => Some(render(of)?),
                OutputFile::Renew(renew) => renew(of, there.as_deref())?,
                OutputFile::Bytes(bytes) => Some(bytes.clone()),
                OutputFile::Copy(from) => Some(read(from)?),
            };
            rendered();
            let Some(bytes) = bytes.filter(|bytes| there.as_ref() != Some(bytes)) else { return Ok(None) };
            let to = working.join(number.to_string());
            write(&to, &bytes)?;
            Ok(Some((**path, to)))
        })
        .collect();
    Ok(staged?.into_iter().flatten().collect())
}

/// All folders of some paths, each before the folders in it.
fn folders_of<'a>(paths: impl Iterator<Item = &'a OutputPath>) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for path in paths {
        for (slash, _) in path.as_str().match_indices('/') {
            folders.insert(path.as_str().split_at(slash).0.to_owned());
        }
    }
    folders
}

/// A folder that is really one: a symbolic link could lead anywhere.
fn create_folder(folder: &Path) -> Result<()> {
    let creating = || format!("could not create {}", folder.display());
    match fs::create_dir(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let kind = fs::symlink_metadata(folder).with_context(creating)?.file_type();
            if !kind.is_dir() {
                bail!("{} is not a folder but in the place of one: move it away", folder.display());
            }
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder).with_context(creating)
        }
        Err(error) => Err(error).with_context(creating),
    }
}

fn replace(path: &Path, working: &Path, bytes: &[u8]) -> Result<()> {
    let written = working.join("manifest");
    write(&written, bytes)?;
    fs::rename(&written, path).with_context(|| format!("could not write {}", path.display()))
}

/// Remove a file of an earlier build, and the folders that this empties. Nothing is removed through a
/// symbolic link: it could lead anywhere.
fn remove_stale(folder: &Path, path: &str) -> Result<bool> {
    let is_folder = |inner: &Path| fs::symlink_metadata(inner).is_ok_and(|there| there.is_dir());
    let file = folder.join(path);
    let parents = || file.ancestors().skip(1).take_while(|inner| *inner != folder);
    if !parents().all(is_folder) {
        return Ok(false);
    }
    match remove(&file) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error).with_context(|| format!("could not remove {}", file.display())),
    }
    // The first folder that is not empty stays, and so do those around it.
    let _ = parents().try_for_each(fs::remove_dir);
    Ok(true)
}

fn remove_working(working: &Path) -> Result<()> {
    let removing = || format!("could not remove {}", working.display());
    match fs::symlink_metadata(working) {
        Err(_) => return Ok(()),
        Ok(there) if !there.is_dir() => bail!("{} is not a folder of a build: remove it", working.display()),
        Ok(_) => {}
    }
    for entry in fs::read_dir(working).with_context(removing)? {
        remove(&entry.with_context(removing)?.path()).with_context(removing)?;
    }
    fs::remove_dir(working).with_context(removing)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that deletes")]
fn remove(path: &Path) -> std::io::Result<()> {
    fs::remove_file(path)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that writes the output")]
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("could not write {}", path.display()))
}

#[expect(clippy::disallowed_methods, reason = "what is written is compared with what is there")]
fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

fn read_optional(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(there) if !there.is_dir() => read(path).map(Some),
        _ => Ok(None),
    }
}
