//! Writes one file so that its path always has either the old bytes or all of the new ones, even when the
//! process is killed: the bytes go to a temporary file in the same folder, which then takes the name.
//! Temporary files of processes that were killed are removed by the next write to the same path.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use tempfile::{Builder, NamedTempFile};

use super::disk::{PIECE, remove};

/// Replace the file at `path`, or create it. Its permissions stay as they are. Returns when the disk has the
/// bytes.
///
/// # Errors
/// When something other than a plain file is at `path`, or when the disk refuses. The file is then as it was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let writing = || format!("could not write {}", path.display());
    let mut file = temporary(path, Leftovers::OfThisForm)?;
    file.write_all(bytes).with_context(writing)?;
    file.as_file().sync_all().with_context(writing)?;
    file.persist(path).with_context(writing)?;
    Ok(())
}

/// Create the file at `path`, and the folders that it needs.
///
/// # Errors
/// When anything is at `path`, or when the disk refuses. Nothing is at `path` then that was not there before.
pub fn create_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let creating = || format!("could not create {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(creating)?;
    }
    let mut file = temporary(path, Leftovers::OfThisForm)?;
    file.write_all(bytes).with_context(creating)?;
    file.persist_noclobber(path).with_context(creating)?;
    Ok(())
}

/// Replace the file at `path`, or create it, in a folder that only this program writes to. The bytes are written
/// piece by piece, and the disk may have them later.
pub(super) fn replace_piecewise(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let writing = || format!("could not write {}", path.display());
    let mut file = BufWriter::with_capacity(PIECE, temporary(path, Leftovers::OfAnyForm)?);
    write(&mut file).with_context(writing)?;
    let file = file.into_inner().map_err(std::io::IntoInnerError::into_error).with_context(writing)?;
    file.persist(path).with_context(writing)?;
    Ok(())
}

/// Which names next to a path are those of temporary files.
#[derive(Clone, Copy)]
enum Leftovers {
    /// Those that this program gives today.
    OfThisForm,
    /// All that begin with the name of the file and a full stop; earlier versions gave other names.
    OfAnyForm,
}

/// A temporary file next to `path`, locked so that other processes can see that it is in use. It is removed when
/// it is dropped.
fn temporary(path: &Path, leftovers: Leftovers) -> Result<NamedTempFile> {
    let creating = || format!("could not write next to {}", path.display());
    let there = fs::symlink_metadata(path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        bail!("{} is not a plain file: move it away", path.display());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut start = path.file_name().unwrap_or_default().to_owned();
    start.push(".");
    let mut prefix = start.clone();
    prefix.push("claimbook-");
    remove_leftovers(folder, if matches!(leftovers, Leftovers::OfAnyForm) { &start } else { &prefix });
    let mut builder = Builder::new();
    builder.prefix(&prefix);
    // Without this, only the user who runs this program could read the file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder).with_context(creating)?;
    let _ = file.as_file().try_lock();
    if let Some(there) = there {
        file.as_file().set_permissions(there.permissions()).with_context(creating)?;
    }
    Ok(file)
}

/// Remove files whose names begin like this and that no process has locked. What cannot be removed stays: its
/// name is never used again.
fn remove_leftovers(folder: &Path, start: &OsString) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_leftover = entry.file_name().as_encoded_bytes().starts_with(start.as_encoded_bytes())
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_leftover {
            let _ = remove(&entry.path());
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests read and write files of their own")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_with_its_permissions_and_leftovers_are_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("claims.lock");
        let names = || -> Vec<OsString> {
            let entries = fs::read_dir(folder.path()).expect("a folder that can be listed");
            entries.map(|entry| entry.expect("an entry").file_name()).collect()
        };
        fs::write(folder.path().join("claims.lock.claimbook-x1y2z3"), "half").expect("a leftover");
        replace_file(&path, b"new").expect("it is written");
        assert_eq!(names(), ["claims.lock"]);
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
        let in_use = temporary(&path, Leftovers::OfThisForm).expect("a temporary file");
        create_file(&path, b"text").expect("it is written");
        assert!(of_another.exists() && in_use.path().exists());
        assert!(create_file(&path, b"other").is_err(), "nothing is replaced");
        assert_eq!(fs::read(&path).expect("a file"), b"text");
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
