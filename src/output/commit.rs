//! Writes an [`OutputTree`] to the output folder. Only the modules of `output` write there.
//!
//! Three steps keep the last good site in the folder until the new one is complete. First, the manifest is extended
//! to list both the old and the new files, so that the next build recognises all of them as files of claimbook,
//! even if this build is interrupted. Second, [`stage`](super::stage) makes every file in a working folder inside
//! the output folder. A new file is moved to its path at once, because no page links to it yet; a file that
//! replaces an existing one waits in the working folder. If a page cannot be made, the build ends here: the new
//! files are removed again, and nothing has changed. Third, files of earlier builds that are no longer part of the
//! site are removed, the waiting files are renamed to their paths, and the manifest is reduced to the files of this
//! build. The manifest lists a file until it is certain that the file is removed.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::disk::{self, Stamp, Stamps, create_folder, remove_stale, remove_working_folder, replace_synced};
use super::lock::{LOCK_FILE, OutputLock, WORKING_FOLDER};
use super::manifest;
use super::stage::{Destination, File, MadeFile, Stager, staged_path};
use super::{OutputPath, OutputTree};

/// What a build did to the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Number of files of the site.
    pub files: usize,
    /// Number of files that were new or had changed.
    pub written: usize,
    /// Number of files of earlier builds that were removed.
    pub removed: usize,
}

/// Returns the path of the output folder without `.` and `..`. Refuses a folder that is or contains `root`, the
/// folder of the site, and a folder inside one of the site's own folders, such as `content/` or `.git/`.
///
/// # Errors
/// When the folder is refused, when something that is not a folder is at the path, or when the path cannot be
/// resolved.
pub fn check_output_folder(root: &Path, output: &Path) -> Result<PathBuf> {
    let (root_path, output_path) = (resolve(root)?, resolve(output)?);
    if root_path.starts_with(&output_path) {
        bail!(
            "the output folder {} contains the site's own sources: choose another with --output",
            output.display()
        );
    }
    for folder in ["content", "templates", "static", "snapshots", "src", ".git", ".claimbook"] {
        if output_path.starts_with(root_path.join(folder)) {
            bail!("the output folder {} lies in `{folder}/`: choose another with --output", output.display());
        }
    }
    if fs::symlink_metadata(&output_path).is_ok() && !output_path.is_dir() {
        bail!("{} is not a folder, nor a link to one: choose another with --output", output.display());
    }
    let has_parent_parts = output.components().any(|part| part == Component::ParentDir);
    // A path without `..` stays as the user typed it, which is easier to read in messages.
    Ok(if has_parent_parts { output_path } else { output.components().collect() })
}

/// Resolves a path to an absolute path without symbolic links and without `..`. The path need not exist: a part
/// that does not exist is not a symbolic link, so `..` after it leads to its parent.
fn resolve(path: &Path) -> Result<PathBuf> {
    let resolving = || format!("could not resolve {}", path.display());
    let mut resolved = PathBuf::new();
    for part in std::path::absolute(path).with_context(resolving)?.components() {
        match part {
            Component::ParentDir => drop(resolved.pop()),
            part => {
                resolved.push(part);
                if resolved.exists() {
                    resolved = resolved.canonicalize().with_context(resolving)?;
                }
            }
        }
    }
    Ok(resolved)
}

/// Options of [`commit`].
pub struct CommitOptions<'a> {
    /// The lock of the output folder, if the caller has locked it. Otherwise [`commit`] locks the folder.
    pub lock: Option<OutputLock>,
    /// Returns the stamp of a file whose bytes are known to be right, or `None` if the file must be rendered. The
    /// stamp must have been compared with the file after the folder was locked. The function is called only for
    /// files that have to be rendered: all other files are compared byte for byte.
    pub unchanged_stamp: &'a (dyn Fn(&OutputPath) -> Option<Stamp> + Sync),
    /// Called once for each file that is finished, from any thread.
    pub on_file_done: &'a (dyn Fn() + Sync),
}

/// Writes the files of several trees to a folder. The files are rendered from `of`. Returns a summary, and the
/// stamps of all files including the manifest.
///
/// # Errors
/// When files of two trees have the same path, when a file cannot be rendered, when a file that no build wrote is
/// in the way, or when a file-system operation fails. No file that was in the folder changes until all files are
/// rendered.
pub fn commit<'t, T: Sync>(
    trees: &[&'t OutputTree<T>],
    source: &T,
    folder: &Path,
    options: CommitOptions<'_>,
) -> Result<(Summary, Stamps<'t>)> {
    let mut files: Vec<File<'_, T>> = trees.iter().flat_map(|tree| tree.files()).collect();
    files.sort_by_key(|(path, _)| *path);
    refuse_collisions(&files.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>())?;
    fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
    let CommitOptions { lock, unchanged_stamp, on_file_done } = options;
    let lock = lock.map_or_else(|| OutputLock::new(folder), Ok)?;
    let earlier_files = manifest::load(folder)?;
    let old: Vec<&str> = earlier_files.iter().map(String::as_str).collect();
    let new: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let stamp_of = |(path, file): &File<'_, T>| if file.is_rendered() { unchanged_stamp(path) } else { None };
    let stamps: Vec<Option<Stamp>> = files.par_iter().map(stamp_of).collect();
    let (mut unchanged, mut to_render) = (Vec::new(), Vec::new());
    for (file, stamp) in files.into_iter().zip(stamps) {
        let Some(stamp) = stamp else {
            to_render.push(file);
            continue;
        };
        unchanged.push((file.0.as_str(), stamp));
        on_file_done();
    }
    refuse_foreign_files(to_render.iter().map(|(path, _)| path.as_str()), folder, &old)?;
    let working = folder.join(WORKING_FOLDER);
    let is_unfinished = lock.has_unfinished_build();
    remove_working_folder(&working)?;
    let all_paths = sorted_union(&old, &new);
    let update =
        FolderUpdate { folder, working: &working, is_unfinished, old: &old, new: &new, all: &all_paths };
    update.list_all_files().map_err(|failure| update.end_without_changes(failure))?;
    let made = Stager::new(source, folder, &working, on_file_done).stage_all(&to_render);
    let made = made.and_then(|made| update.check_folders(&made).map(|()| made));
    let made = made.map_err(|failure| update.roll_back(failure))?;
    let removed = update.replace_files(&made)?;
    update.finish()?;
    // The stamps take about as much memory again, so free these lists first.
    drop((to_render, all_paths, new));
    drop(earlier_files);
    let count = unchanged.len() + made.len();
    let written = made.iter().filter(|made| !matches!(made.destination, Destination::Unchanged)).count();
    let made = made.iter().map(|made| (made.path.as_str(), made.stamp));
    let manifest = Stamp::of(&folder.join(manifest::FILE_NAME)).map(|stamp| (manifest::FILE_NAME, stamp));
    let stamps = unchanged.into_iter().chain(made).chain(manifest).collect();
    Ok((Summary { files: count, written, removed }, stamps))
}

/// All elements of two sorted lists, sorted and without duplicates.
fn sorted_union<'p>(one: &[&'p str], other: &[&'p str]) -> Vec<&'p str> {
    let mut union = [one, other].concat();
    union.sort_unstable();
    union.dedup();
    union
}

/// The elements of `one` that are not in `other`, which is sorted.
fn not_in<'a>(one: &'a [&'a str], other: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    one.iter().copied().filter(|path| other.binary_search(path).is_err())
}

/// The change of a folder from the files of earlier builds to those of this one.
struct FolderUpdate<'a> {
    folder: &'a Path,
    working: &'a Path,
    /// Whether an earlier build was killed or failed while it wrote.
    is_unfinished: bool,
    /// Files of earlier builds, sorted.
    old: &'a [&'a str],
    /// Files of this build, sorted.
    new: &'a [&'a str],
    /// Files of earlier builds and of this build, sorted.
    all: &'a [&'a str],
}

impl FolderUpdate<'_> {
    /// Writes a manifest that lists the files of earlier builds and of this build.
    fn list_all_files(&self) -> Result<()> {
        if self.all == self.old { Ok(()) } else { self.write_manifest(self.all) }
    }

    /// Writes a manifest that lists only `files`. Called after [`FolderUpdate::list_all_files`].
    fn list_only(&self, files: &[&str]) -> Result<()> {
        if self.all == files { Ok(()) } else { self.write_manifest(files) }
    }

    fn write_manifest(&self, files: &[&str]) -> Result<()> {
        let path = self.folder.join(manifest::FILE_NAME);
        replace_synced(&path, self.working, |sink| manifest::write(sink, files))
    }

    /// Fails if a folder does not allow this build to replace or remove files in it. Called while no existing file
    /// has changed.
    fn check_folders(&self, made: &[MadeFile<'_>]) -> Result<()> {
        let stale = not_in(self.old, self.new);
        let paths = staged_files(made).map(|(path, _)| path).chain(stale);
        let folders: HashSet<&str> =
            paths.map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder)).collect();
        let folders: Vec<&str> = folders.into_iter().collect();
        folders.par_iter().try_for_each(|inner| disk::check_writable(&self.folder.join(inner)))
    }

    /// Removes the files that this build added, and lists only the files of earlier builds. Returns `failure`, the
    /// reason for this, with more context. If a file could not be removed, the context reports this, and the
    /// manifest still lists the file, so that the next build recognises it as a file of claimbook.
    fn roll_back(&self, failure: anyhow::Error) -> anyhow::Error {
        let cannot_be_removed = |path: &&str| remove_stale(self.folder, path).is_err();
        let left_behind: Vec<&str> = not_in(self.new, self.old).filter(cannot_be_removed).collect();
        // On a full disk, the manifest can only be written after the files in the working folder are removed.
        let cleared = remove_working_folder(self.working);
        let listed = self.list_only(&sorted_union(self.old, &left_behind));
        if left_behind.is_empty() && cleared.is_ok() && listed.is_ok() {
            return self.end_without_changes(failure);
        }
        // The empty working folder shows the next build that this one left files behind.
        let _ = remove_working_folder(self.working).and_then(|()| disk::create_working_folder(self.working));
        failure.context(format!(
            "what this build added to {} could not all be removed again; the next build does it once this is solved",
            self.folder.display()
        ))
    }

    /// Removes the working folder. Creates it again, empty, if an earlier build did not finish, because the next
    /// build must see this. Returns `failure`, the reason why this build ends, with the context that no file has
    /// changed.
    fn end_without_changes(&self, failure: anyhow::Error) -> anyhow::Error {
        let _ = remove_working_folder(self.working);
        if self.is_unfinished {
            let _ = disk::create_working_folder(self.working);
        }
        failure.context(format!("nothing in {} has changed", self.folder.display()))
    }

    /// Writes a manifest that lists only the files of this build, and removes the working folder.
    fn finish(&self) -> Result<()> {
        let listed = self.list_only(self.new);
        listed.and(remove_working_folder(self.working)).with_context(|| {
            format!(
                "the site in {} is complete, but clearing up after it failed; the next build does it once this is \
                 solved",
                self.folder.display()
            )
        })
    }

    /// Removes the files that are no longer part of the site, and renames the waiting files to their paths. Returns
    /// the number of removed files.
    fn replace_files(&self, made: &[MadeFile<'_>]) -> Result<usize> {
        let staged: Vec<(&str, u32)> = staged_files(made).collect();
        let mut failures = Vec::new();
        let mut removed = 0;
        // Remove these files first, because one of them may be at a path where the site now needs a folder.
        for path in not_in(self.old, self.new) {
            match remove_stale(self.folder, path) {
                Ok(is_removed) => removed += usize::from(is_removed),
                Err(failure) => failures.push(failure),
            }
        }
        for inner in all_folders(staged.iter().map(|(path, _)| *path)) {
            // The folders are sorted, so each parent is created before its children.
            failures.extend(create_folder(&self.folder.join(inner)).err());
        }
        let rename = |&(path, number): &(&str, u32)| {
            disk::rename_over(&staged_path(self.working, number), &self.folder.join(path)).err()
        };
        let not_renamed: Vec<anyhow::Error> = staged.par_iter().filter_map(rename).collect();
        let old = not_renamed.len();
        failures.extend(not_renamed);
        let Some(first) = failures.into_iter().next() else { return Ok(removed) };
        let new =
            made.iter().filter(|made| !matches!(made.destination, Destination::Unchanged)).count() - old;
        Err(first.context(format!(
            "the site in {} is a mixture now (changed files: {new} new, {old} still old); the next build completes \
             it once this is solved",
            self.folder.display()
        )))
    }
}

/// Files that wait in the working folder to replace existing files, with their numbers there.
fn staged_files<'a>(made: &'a [MadeFile<'_>]) -> impl Iterator<Item = (&'a str, u32)> {
    made.iter().filter_map(|made| match made.destination {
        Destination::Staged(number) => Some((made.path.as_str(), number)),
        Destination::Unchanged | Destination::InPlace => None,
    })
}

/// Fails if files of different trees have the same path, or if one is at a path where another needs a folder.
/// Collisions inside a tree are reported when the tree is created. If this check ran while files are written, a
/// collision would leave an incomplete site. `paths` are sorted.
fn refuse_collisions(paths: &[&str]) -> Result<()> {
    let refuse =
        |path: &str| bail!("two files of the site want the place `{path}`: rename the one that is yours");
    let (mut previous, mut previous_folder) = ("", "");
    for &path in paths {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if std::mem::replace(&mut previous, path) == path {
            return refuse(path);
        }
        if std::mem::replace(&mut previous_folder, folder) == folder {
            continue;
        }
        let parents = std::iter::successors(Some(folder), |inner| Some(inner.rsplit_once('/')?.0));
        if let Some(file) = parents.filter(|inner| paths.binary_search(inner).is_ok()).last() {
            return refuse(file);
        }
    }
    Ok(())
}

/// Fails if a file that no build wrote is at one of `paths`, or at the path of a folder that they need. Such files
/// are never changed. `old` are the files of earlier builds, sorted.
fn refuse_foreign_files<'p>(paths: impl Iterator<Item = &'p str>, folder: &Path, old: &[&str]) -> Result<()> {
    let is_empty = |mut entries: fs::ReadDir| {
        entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == LOCK_FILE))
    };
    if old.is_empty() && fs::read_dir(folder).is_ok_and(is_empty) {
        return Ok(());
    }
    let paths: Vec<&str> = paths.collect();
    // Some file systems do not distinguish upper and lower case.
    let lower_case_paths: LazyLock<HashSet<String>, _> =
        LazyLock::new(|| old.iter().map(|path| path.to_lowercase()).collect());
    let is_own =
        |path: &str| old.binary_search(&path).is_ok() || lower_case_paths.contains(&path.to_lowercase());
    let is_foreign = |path: &&&str| match fs::symlink_metadata(folder.join(path)) {
        Ok(metadata) if metadata.is_dir() => !contains_only_own_files(&folder.join(path), path, &is_own),
        Ok(_) => !is_own(path),
        Err(_) => false,
    };
    all_folders(paths.iter().copied()).par_iter().try_for_each(|inner| {
        let inner_folder = folder.join(inner);
        disk::refuse_non_folder(&inner_folder)
            .or_else(|blocked| if is_own(inner) { Ok(()) } else { Err(blocked) })
    })?;
    let in_the_way: Vec<&&str> = paths.par_iter().filter(is_foreign).collect();
    if let Some(first) = in_the_way.first() {
        bail!(
            "{} was not written by claimbook and is in the way of the site{}: move it away, or choose another folder with --output",
            folder.join(first).display(),
            if in_the_way.len() > 1 { " (and it is not alone)" } else { "" },
        );
    }
    Ok(())
}

/// Whether a folder contains only files of earlier builds.
fn contains_only_own_files(folder: &Path, path: &str, is_own: &dyn Fn(&str) -> bool) -> bool {
    let Ok(mut entries) = fs::read_dir(folder) else { return false };
    entries.all(|entry| {
        let Ok(entry) = entry else { return false };
        let inner = format!("{path}/{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => contains_only_own_files(&entry.path(), &inner, is_own),
            _ => is_own(&inner),
        }
    })
}

/// All folders in some paths, sorted so that each comes before the folders inside it.
fn all_folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for path in paths {
        for (slash, _) in path.match_indices('/') {
            folders.insert(path.split_at(slash).0.to_owned());
        }
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_two_trees_never_want_one_place() {
        let check = |paths: &[&str]| refuse_collisions(paths).map_err(|error| error.to_string()).err();
        assert_eq!(check(&["a", "a.b/c", "b/c", "b/d/e"]), None);
        let wants = |path| {
            Some(format!("two files of the site want the place `{path}`: rename the one that is yours"))
        };
        assert_eq!(check(&["a", "b", "b", "c"]), wants("b"));
        assert_eq!(check(&["a", "a-b", "a/b/c"]), wants("a"));
    }
}
