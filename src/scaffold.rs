//! Writes new files into a site, for `init`, `new` and `import`: paths and texts in, files on the disk out.
//! [`create`] only creates files: if one of them already exists, nothing is written. [`replace`] replaces the
//! text of a file, if the file has not changed since it was read. [`remove`] removes files that the caller has examined.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::name::is_reserved_on_windows;
use crate::output::{OutputPath, create_file, replace_file};

/// Contents of files to create, by path. Paths are relative to the site's root and have forward slashes.
pub type NewFiles = BTreeMap<String, Vec<u8>>;

/// Creates files below `root`, and the folders that they need. `help` is the advice in the error message if
/// some of the files already exist.
///
/// # Errors
/// When one of the files exists (the message names all that do, and nothing is written), when a path leads out of
/// the root or through a symbolic link, or when the disk fails. If the disk fails, files that were created before
/// are removed again; the message names those that could not be removed.
pub fn create(root: &Path, files: &NewFiles, help: &str) -> Result<()> {
    let name = root.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    if is_reserved_on_windows(&name) && fs::symlink_metadata(root).is_err() {
        bail!("no folder `{name}` is created: Windows cannot have one");
    }
    let mut existing = Vec::new();
    for path in files.keys() {
        let path = path_in_site(path)?;
        if fs::symlink_metadata(root.join(path.as_str())).is_ok() {
            existing.push(path.as_str().to_owned());
        }
        refuse_links(root, path.as_str())?;
    }
    if !existing.is_empty() {
        bail!("nothing was written: {help}; already there: {}", existing.join(", "));
    }
    let mut created: Vec<&str> = Vec::new();
    for (path, bytes) in in_creation_order(files) {
        if let Err(error) = create_file(&root.join(path), bytes) {
            #[expect(clippy::disallowed_methods, reason = "removes only files that this call created")]
            created.retain(|path| fs::remove_file(root.join(path)).is_err());
            if created.is_empty() {
                return Err(error);
            }
            let left = created.join(", ");
            return Err(
                error.context(format!("some files were created and could not be removed again: {left}"))
            );
        }
        created.push(path);
    }
    Ok(())
}

/// Returns new files in the order in which they are created. Each file comes after the files that it refers to,
/// so that the book has no error if the program is killed between two of them. This is the reverse order of their
/// paths (snapshots, then sources, then write-ups). The settings come last, because a folder is a book only with
/// them.
pub fn in_creation_order(files: &NewFiles) -> Vec<(&str, &[u8])> {
    let mut files: Vec<_> =
        files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).rev().collect();
    files.sort_by_key(|(path, _)| *path == "site.toml");
    files
}

/// Replaces the text of a file in one step.
///
/// # Errors
/// When the file has changed since it was read, or when the disk fails. In both cases the file is not changed.
pub fn replace(root: &Path, path: &str, old: &str, new: &str) -> Result<()> {
    let inside = path_in_site(path)?;
    refuse_links(root, inside.as_str())?;
    let file = root.join(inside.as_str());
    let replacing = || format!("could not write {}", file.display());
    let metadata = fs::symlink_metadata(&file).with_context(replacing)?;
    #[expect(clippy::disallowed_methods, reason = "reads the file, so that no change since then is lost")]
    if !metadata.is_file() || fs::read(&file).with_context(replacing)? != old.as_bytes() {
        bail!("{} changed in the meantime: nothing was written", file.display());
    }
    replace_file(&file, new.as_bytes())
}

/// Removes files, by their paths from the root.
///
/// # Errors
/// When a path leads out of the root or through a symbolic link, or when the disk fails.
pub fn remove(root: &Path, paths: &[&str]) -> Result<()> {
    for path in paths {
        let path = path_in_site(path)?;
        refuse_links(root, path.as_str())?;
        let file = root.join(path.as_str());
        #[expect(clippy::disallowed_methods, reason = "the caller knows that these files can be made again")]
        fs::remove_file(&file).with_context(|| format!("could not remove {}", file.display()))?;
    }
    Ok(())
}

fn path_in_site(path: &str) -> Result<OutputPath> {
    if let Some(part) = path.split('/').find(|part| is_reserved_on_windows(part)) {
        bail!("`{path}` is not created: Windows cannot have a file or folder `{part}`");
    }
    OutputPath::new(path).with_context(|| format!("`{path}` is not a path inside the site"))
}

/// Returns an error if a folder on the path is a symbolic link, which could lead out of the site, or is not a
/// folder.
fn refuse_links(root: &Path, path: &str) -> Result<()> {
    let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    for folder in folders {
        match fs::symlink_metadata(root.join(folder)) {
            Ok(there) if !there.is_dir() => bail!("{folder} is not a folder: nothing was written"),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> NewFiles {
        paths.iter().map(|path| ((*path).to_owned(), b"text".to_vec())).collect()
    }

    #[test]
    fn files_are_created_but_never_replaced() {
        let root = tempfile::tempdir().unwrap();
        create(root.path(), &files(&["a.md", "b/c.md"]), "rename it").unwrap();
        assert!(root.path().join("b/c.md").is_file());
        let error = create(root.path(), &files(&["a.md", "b/c.md", "d.md"]), "rename it").unwrap_err();
        assert_eq!(error.to_string(), "nothing was written: rename it; already there: a.md, b/c.md");
        assert!(!root.path().join("d.md").exists());
        for path in ["../out.md", "/out.md", "a.md/b.md", "con.md", "a/aux/b.md", "a/b."] {
            assert!(create(root.path(), &files(&[path]), "rename it").is_err(), "{path}");
        }
        assert!(create(&root.path().join("com1"), &files(&["a.md"]), "rename it").is_err());
        assert!(!root.path().join("com1").exists());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "tests read files of their own")]
    fn a_text_is_replaced_only_if_it_is_what_was_read() {
        let root = tempfile::tempdir().unwrap();
        create(root.path(), &files(&["b/c.md"]), "rename it").unwrap();
        replace(root.path(), "b/c.md", "text", "text and more").unwrap();
        let read = || fs::read_to_string(root.path().join("b/c.md")).unwrap();
        assert_eq!(read(), "text and more");
        assert!(replace(root.path(), "b/c.md", "text", "lost").is_err());
        assert_eq!(read(), "text and more");
        assert_eq!(fs::read_dir(root.path().join("b")).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        let root = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join("content")).unwrap();
        assert!(create(root.path(), &files(&["content/a.md"]), "rename it").is_err());
        assert!(!elsewhere.path().join("a.md").exists());
    }
}
