//! Writes one file so that its path always has either the old bytes or all of the new ones, even when the process
//! is killed: the bytes go to a temporary file in the same folder, which is then renamed. The names of temporary
//! files begin with [`TEMPORARY_PREFIX`], so that loading ignores these files and `.gitignore` can list them. If a process
//! was killed, the next write into the same folder removes its temporary files.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use tempfile::{Builder, NamedTempFile};

use super::bounded::{BUFFER_SIZE, Bounded, remove_file};

/// The beginning of the names of temporary files.
const TEMPORARY_PREFIX: &str = ".claimbook-new-";

/// Replaces the file at `path`, or creates it. An existing file keeps its permissions on Unix. The bytes are
/// synced to the disk before this function returns.
///
/// # Errors
/// When something other than a plain file is at `path`, or when a file-system operation fails. The file is then
/// unchanged.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let writing = || format!("could not write {}", path.display());
    let file = write_temporary(path, bytes).with_context(writing)?;
    // The outer error contains the same cause and also names the temporary file, which means nothing to the user.
    file.persist(path).map_err(|failure| failure.error).with_context(writing)?;
    Ok(())
}

/// Creates the file at `path`, and the missing folders around it. The bytes are synced to the disk before this
/// function returns.
///
/// # Errors
/// When anything exists at `path`, or when a file-system operation fails. No file is then created at `path`.
pub fn create_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let creating = || format!("could not create {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(creating)?;
    }
    let file = write_temporary(path, bytes).with_context(creating)?;
    file.persist_noclobber(path).map_err(|failure| failure.error).with_context(creating)?;
    Ok(())
}

/// Creates a temporary file with these bytes, which are synced to the disk.
fn write_temporary(path: &Path, bytes: &[u8]) -> Result<NamedTempFile> {
    let mut file = create_temporary(path, Leftovers::CurrentNames)?;
    Bounded::new(file.as_file_mut()).write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Replaces the file at `path`, or creates it, in a folder that only this program writes to. The bytes are written
/// through a buffer, and are not synced to the disk.
pub(super) fn replace_piecewise(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let writing = || format!("could not write {}", path.display());
    let mut file = create_temporary(path, Leftovers::AllNames).with_context(writing)?;
    let mut pieces = BufWriter::with_capacity(BUFFER_SIZE, Bounded::new(file.as_file_mut()));
    write(&mut pieces).and_then(|()| Ok(pieces.flush()?)).with_context(writing)?;
    drop(pieces);
    file.persist(path).map_err(|failure| failure.error).with_context(writing)?;
    Ok(())
}

/// Which files next to a path are treated as temporary files of killed processes.
#[derive(Clone, Copy)]
enum Leftovers {
    /// Files whose names begin with [`TEMPORARY_PREFIX`], as this version names them.
    CurrentNames,
    /// In addition, files whose names begin with the name of the file and a full stop, as earlier versions named
    /// them.
    AllNames,
}

/// Creates a temporary file next to `path`. The file is locked so that other processes can see that it is in use,
/// and it is removed when the value is dropped.
fn create_temporary(path: &Path, leftovers: Leftovers) -> Result<NamedTempFile> {
    let there = fs::symlink_metadata(path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        bail!("something that is not a plain file is in its place: move it away");
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    remove_leftovers(folder, path, leftovers);
    // `tempfile_in` would name the temporary file in its errors, and would make it readable by this user only.
    let file = Builder::new().prefix(TEMPORARY_PREFIX).make_in(folder, |path| File::create_new(path))?;
    let _ = file.as_file().try_lock();
    if let Some(there) = there {
        file.as_file().set_permissions(there.permissions())?;
    }
    Ok(file)
}

/// Removes temporary files that no process has locked. A file that cannot be removed is left, because its name is
/// never used again.
fn remove_leftovers(folder: &Path, path: &Path, leftovers: Leftovers) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let old_prefix = path.file_name().map(|name| [name.as_encoded_bytes(), b"."].concat());
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let starts_with = |start: &[u8]| name.as_encoded_bytes().starts_with(start);
        let has_temporary_name = starts_with(TEMPORARY_PREFIX.as_bytes())
            || (matches!(leftovers, Leftovers::AllNames) && old_prefix.as_deref().is_some_and(starts_with));
        let is_leftover = has_temporary_name
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_leftover {
            let _ = remove_file(&entry.path());
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests read and write files of their own")]
mod tests {
    use std::ffi::OsString;

    use super::*;

    #[test]
    fn a_file_is_replaced_with_its_permissions_and_leftovers_are_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("claims.lock");
        let names = || -> Vec<OsString> {
            let entries = fs::read_dir(folder.path()).expect("a folder that can be listed");
            entries.map(|entry| entry.expect("an entry").file_name()).collect()
        };
        fs::write(folder.path().join(".claimbook-new-x1y2z3"), "half").expect("a leftover");
        replace_file(&path, b"new").expect("it is written");
        assert_eq!(names(), ["claims.lock"]);
        // Whether a file is replaced that may only be read is up to the system.
        if !cfg!(unix) {
            return;
        }
        let mut permissions = fs::metadata(&path).expect("a file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions.clone()).expect("permissions");
        replace_file(&path, b"newer").expect("it is written");
        assert_eq!(fs::read(&path).expect("a file"), b"newer");
        assert_eq!(fs::metadata(&path).expect("a file").permissions(), permissions);
    }

    #[test]
    fn files_of_others_and_temporary_files_in_use_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        let of_another = folder.path().join("a.md.new");
        fs::write(&of_another, "mine").expect("a file");
        let in_use = create_temporary(&path, Leftovers::CurrentNames).expect("a temporary file");
        create_file(&path, b"text").expect("it is written");
        assert!(of_another.exists() && in_use.path().exists());
        assert!(create_file(&path, b"other").is_err(), "nothing is replaced");
        assert_eq!(fs::read(&path).expect("a file"), b"text");
    }

    /// An error message names the requested file and not the temporary one, and states the cause once.
    #[test]
    fn failures_name_no_temporary_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let check = |failure: anyhow::Error, cause: &str| {
            let message = format!("{failure:#}");
            assert!(!message.contains(TEMPORARY_PREFIX) && message.matches(cause).count() == 1, "{message}");
        };
        let (no_folder, is_there) =
            if cfg!(unix) { ("os error 2", "File exists") } else { ("os error 3", "os error 80") };
        let missing = folder.path().join("missing/claims.lock");
        check(replace_file(&missing, b"text").expect_err("there is no folder"), no_folder);
        let path = folder.path().join("a.md");
        create_file(&path, b"text").expect("it is written");
        check(create_file(&path, b"other").expect_err("nothing is replaced"), is_there);
        fs::create_dir(folder.path().join("folder")).expect("a folder");
        check(replace_file(&folder.path().join("folder"), b"text").expect_err("a folder"), "plain file");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_can_be_read_by_everyone_whom_the_user_allows() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().expect("a folder");
        let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode();
        fs::write(folder.path().join("plain"), "text").expect("a file");
        create_file(&folder.path().join("whole"), b"text").expect("it is written");
        assert_eq!(mode(&folder.path().join("whole")), mode(&folder.path().join("plain")));
    }
}
