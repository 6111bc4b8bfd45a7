//! File-system operations of a commit: functions that read, compare, write, rename and remove files in the output
//! folder.

use std::fmt;
use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read as _, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::source::{Opened, open_plain};

use super::bounded::{BUFFER_SIZE, Bounded, remove_file};
use super::lock::OutputLock;
use super::whole::{create_file, replace_piecewise};

/// Length and modification time of a file. They show whether a file has changed, without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Length in bytes.
    length: u64,
    /// Time of the last modification, in nanoseconds since 1970.
    modified: u64,
}

impl Stamp {
    pub(super) fn new(metadata: &fs::Metadata) -> Result<Self> {
        // Times before 1970 are not told apart.
        let since = metadata.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let modified = u64::try_from(since.as_nanos()).unwrap_or(u64::MAX);
        Ok(Self { length: metadata.len(), modified })
    }

    /// Parses the text that `Display` writes. Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (length, modified) = text.split_once(' ')?;
        Some(Self { length: length.parse().ok()?, modified: modified.parse().ok()? })
    }

    /// Returns the stamp of the plain file at a path, or `None` if there is no such file.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let metadata = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        Self::new(&metadata).ok()
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.length, self.modified)
    }
}

/// Stamps of files, sorted by their paths relative to the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps<'a>(Vec<(&'a str, Stamp)>);

impl<'a> FromIterator<(&'a str, Stamp)> for Stamps<'a> {
    fn from_iter<I: IntoIterator<Item = (&'a str, Stamp)>>(stamps: I) -> Self {
        let mut stamps: Vec<_> = stamps.into_iter().collect();
        stamps.sort_by_key(|(path, _)| *path);
        Self(stamps)
    }
}

impl<'a> Stamps<'a> {
    /// The size of all files, in bytes.
    pub fn size(&self) -> u64 {
        self.0.iter().map(|(_, stamp)| stamp.length).sum()
    }

    /// The largest file, with its size in bytes.
    pub fn largest(&self) -> Option<(&'a str, u64)> {
        self.0.iter().map(|(path, stamp)| (*path, stamp.length)).max_by_key(|(_, length)| *length)
    }

    /// The stamp of the file at a path.
    pub fn get(&self, path: &str) -> Option<Stamp> {
        let at = self.0.binary_search_by_key(&path, |(path, _)| path).ok()?;
        Some(self.0[at].1)
    }

    /// All paths with their stamps, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, Stamp)> {
        self.0.iter().copied()
    }

    /// Number of stamps.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no stamps.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The stamps of the files in the locked folder that still have the same length and modification time. Does not
    /// read the files.
    #[must_use]
    pub fn untouched(&self, lock: &OutputLock) -> Self {
        let is_untouched =
            |(path, stamp): &&(&str, Stamp)| Stamp::of(&lock.folder.join(path)) == Some(*stamp);
        Self(self.0.par_iter().filter(is_untouched).copied().collect())
    }
}

/// Reads a file that [`write_cache_file`] wrote in an earlier build. Returns `None` if the file cannot be read, or if the
/// file or its folder is a symbolic link or of another type.
pub fn read_cache_file(path: &Path) -> Option<Vec<u8>> {
    if is_folder(path.parent()?) { read_if_plain(path).ok().flatten() } else { None }
}

/// Writes a file that later builds can read with [`read_cache_file`]. Creates its folder if necessary, with a
/// `.gitignore` that makes version control ignore the folder. Writes nothing if the folder's path is that of
/// something else, or if the folder cannot be created.
///
/// # Errors
/// When a file-system operation or `write` fails.
pub fn write_cache_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let Some(folder) = path.parent().filter(|folder| ensure_folder(folder) != FolderState::Blocked) else {
        return Ok(());
    };
    let ignore = folder.join(".gitignore");
    if !path_exists(&ignore, FolderState::Existing) {
        create_file(&ignore, b"*\n")?;
    }
    replace_piecewise(path, write)
}

/// State of a folder of the site before files are written to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FolderState {
    /// The folder was created just now, so it is empty.
    New,
    /// The folder existed before.
    Existing,
    /// The folder cannot be created, for example because a file is at its path or at that of a folder around it.
    Blocked,
}

/// Creates a folder unless it exists, and returns its state.
pub(super) fn ensure_folder(folder: &Path) -> FolderState {
    match fs::create_dir(folder) {
        Ok(()) => FolderState::New,
        Err(_) if is_folder(folder) => FolderState::Existing,
        Err(_) => FolderState::Blocked,
    }
}

/// Whether anything exists at a path in a folder that has this state.
pub(super) fn path_exists(path: &Path, folder_state: FolderState) -> bool {
    folder_state != FolderState::New && fs::symlink_metadata(path).is_ok()
}

/// Fails if something that is not a folder is at the path of a folder. A symbolic link is refused too, because it
/// could lead anywhere.
pub(super) fn refuse_non_folder(folder: &Path) -> Result<()> {
    if fs::symlink_metadata(folder).is_ok_and(|there| !there.is_dir()) {
        bail!("{} is not a folder but in the place of one: move it away", folder.display());
    }
    Ok(())
}

/// Creates a folder, or accepts a folder that exists. A symbolic link is refused, because it could lead anywhere.
pub(super) fn create_folder(folder: &Path) -> Result<()> {
    let creating = || format!("could not create {}", folder.display());
    match fs::create_dir(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => refuse_non_folder(folder),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder).with_context(creating)
        }
        Err(error) => Err(error).with_context(creating),
    }
}

/// Replaces or creates a file: writes it in the working folder and renames it. The bytes are synced to the disk
/// before the rename, so that a loss of power cannot leave an empty file.
pub(super) fn replace_synced(
    path: &Path,
    working: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let writing = || format!("could not write {}", path.display());
    let temporary = working.join("manifest");
    create_working_folder(working)?;
    let file = create_piecewise(&temporary, write).with_context(writing)?;
    file.sync_all().and_then(|()| fs::rename(&temporary, path)).with_context(writing)
}

/// Fails if this process may not create, rename and remove files in a folder. A path that is not a folder is
/// accepted, because this build removes the file there before it creates a folder at the path.
#[cfg(unix)]
pub(super) fn check_writable(folder: &Path) -> Result<()> {
    use rustix::fs::{Access, AtFlags, CWD, accessat};

    let Err(error) = accessat(CWD, folder, Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS) else {
        return Ok(());
    };
    match fs::symlink_metadata(folder) {
        Ok(there) if !there.is_dir() => Ok(()),
        Err(error) if means_missing(error.kind()) => Ok(()),
        _ => Err(error).with_context(|| format!("could not write to the folder {}", folder.display())),
    }
}

/// Accepts every folder, because other systems do not offer this check. A failure shows only when a file is
/// written.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "other systems can refuse")]
pub(super) fn check_writable(_: &Path) -> Result<()> {
    Ok(())
}

/// Whether an error shows that nothing exists at a path. Other errors do not show whether something exists.
fn means_missing(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename)
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir())
}

/// Renames a file to its final path. A file at that path is replaced, and so is a folder that contains only empty
/// folders.
pub(super) fn rename_over(from: &Path, to: &Path) -> Result<()> {
    let renamed = match fs::rename(from, to) {
        Err(_) if is_folder(to) => remove_empty_folders(to).and_then(|()| fs::rename(from, to)),
        renamed => renamed,
    };
    renamed.with_context(|| format!("could not write {}", to.display()))
}

/// Removes a folder and the folders inside it. Fails if one of them contains anything else.
fn remove_empty_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_empty_folders(&entry.path())?;
        }
    }
    fs::remove_dir(folder)
}

/// Removes a file of an earlier build, and the folders that become empty. Nothing is removed through a symbolic
/// link, because it could lead anywhere. Returns whether something was removed.
///
/// # Errors
/// When the file still exists, or may still exist.
pub(super) fn remove_stale(folder: &Path, path: &str) -> Result<bool> {
    let file = folder.join(path);
    let removing = || format!("could not remove {}", file.display());
    let parents = || file.ancestors().skip(1).take_while(|inner| *inner != folder);
    for inner in parents() {
        match fs::symlink_metadata(inner) {
            Ok(there) if there.is_dir() => {}
            Ok(_) => return Ok(false),
            Err(error) if means_missing(error.kind()) => return Ok(false),
            Err(error) => return Err(error).with_context(removing),
        }
    }
    match remove_file(&file) {
        Ok(()) => {}
        Err(error) if means_missing(error.kind()) => return Ok(false),
        Err(_) if is_folder(&file) => {
            // The file no longer exists: a folder is at its path. The folder is removed only if it is empty.
            if fs::remove_dir(&file).is_err() {
                return Ok(false);
            }
        }
        Err(error) => return Err(error).with_context(removing),
    }
    // The first folder that is not empty stays, and so do the folders around it.
    let _ = parents().try_for_each(fs::remove_dir);
    Ok(true)
}

/// Creates the working folder, or a folder inside it, unless it exists.
pub(super) fn create_working_folder(working: &Path) -> Result<()> {
    match fs::create_dir(working) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(error).with_context(|| format!("could not create {}", working.display()))
        }
        _ => Ok(()),
    }
}

/// Removes a file that waits in the working folder.
pub(super) fn remove_staged(path: &Path) -> Result<()> {
    remove_file(path).with_context(|| format!("could not remove {}", path.display()))
}

pub(super) fn remove_working_folder(working: &Path) -> Result<()> {
    let removing = || format!("could not remove {}", working.display());
    match fs::symlink_metadata(working) {
        Err(_) => return Ok(()),
        Ok(there) if !there.is_dir() => bail!("{} is not a folder of a build: remove it", working.display()),
        Ok(_) => {}
    }
    for entry in fs::read_dir(working).with_context(removing)? {
        let entry = entry.with_context(removing)?;
        if entry.file_type().with_context(removing)?.is_dir() {
            remove_working_folder(&entry.path())?;
        } else {
            remove_file(&entry.path()).with_context(removing)?;
        }
    }
    fs::remove_dir(working).with_context(removing)
}

/// Creates a file with these bytes, and returns its stamp. Fails if anything exists at the path, even a symbolic
/// link.
pub(super) fn create_with_bytes(path: &Path, bytes: &[u8]) -> Result<Stamp> {
    let mut file = Bounded::new(fs::File::create_new(path)?);
    file.write_all(bytes)?;
    Stamp::new(&file.sink.metadata()?)
}

/// Creates a file and lets `write` fill it through a buffer. Fails if anything exists at the path.
pub(super) fn create_piecewise(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<fs::File> {
    let mut file = BufWriter::with_capacity(BUFFER_SIZE, Bounded::new(fs::File::create_new(path)?));
    write(&mut file)?;
    Ok(file.into_inner().map_err(io::IntoInnerError::into_error)?.sink)
}

/// Renames a finished file to a path where no file exists yet.
pub(super) fn rename_to_new_path(from: &Path, to: &Path) -> Result<()> {
    // The file system may treat two different names as one, and renaming would replace the other file silently.
    if fs::symlink_metadata(to).is_ok() {
        bail!("a file of another name is in its place");
    }
    Ok(fs::rename(from, to)?)
}

/// Whether two plain files contain the same bytes.
pub(super) fn have_equal_content(one: &Path, other: &Path) -> Result<bool> {
    let reading = || format!("could not read {}", one.display());
    let (Opened::Plain(one, here), Opened::Plain(other, there)) =
        (open_plain(one).with_context(reading)?, open_plain(other).with_context(reading)?)
    else {
        return Ok(false);
    };
    let buffered = |file| BufReader::with_capacity(BUFFER_SIZE, file);
    Ok(here.len() == there.len() && have_same_bytes(buffered(one), buffered(other)).with_context(reading)?)
}

fn have_same_bytes(mut left: impl BufRead, mut right: impl BufRead) -> io::Result<bool> {
    loop {
        let (here, there) = match (left.fill_buf(), right.fill_buf()) {
            (Ok(here), Ok(there)) => (here, there),
            // A signal interrupted the reading of a file, so read again.
            (Err(error), _) | (_, Err(error)) if error.kind() == ErrorKind::Interrupted => continue,
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let count = here.len().min(there.len());
        if here.get(..count) != there.get(..count) {
            return Ok(false);
        }
        if count == 0 {
            return Ok(here.len() == there.len());
        }
        left.consume(count);
        right.consume(count);
    }
}

/// Whether the plain file at a path contains exactly these bytes. The file is read in pieces of 16 KiB, so that a
/// large file does not need much memory.
pub(super) fn has_bytes(path: &Path, bytes: &[u8]) -> bool {
    let Ok(Opened::Plain(mut file, there)) = open_plain(path) else { return false };
    if there.len() != bytes.len() as u64 {
        return false;
    }
    let (mut rest, mut buffer) = (bytes, [0; 16 * 1024]);
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return rest.is_empty(),
            Ok(count) => match rest.strip_prefix(&buffer[..count]) {
                Some(after) => rest = after,
                None => return false,
            },
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
}

/// Reads a plain file. Returns `None` if nothing exists at the path, or something other than a plain file.
#[expect(clippy::verbose_file_reads, reason = "the file is open, and is known to be plain")]
pub(super) fn read_if_plain(path: &Path) -> Result<Option<Vec<u8>>> {
    let reading = || format!("could not read {}", path.display());
    match open_plain(path) {
        Ok(Opened::Plain(mut file, _)) => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).with_context(reading)?;
            Ok(Some(bytes))
        }
        Ok(Opened::Other(_)) => Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(reading),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that returns one byte at a time, and that a signal interrupts before each byte.
    struct Interrupted<'a>(&'a [u8], bool);

    impl io::Read for Interrupted<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(ErrorKind::Interrupted.into());
            }
            let (byte, rest) = self.0.split_at(self.0.len().min(1));
            self.0 = rest;
            buffer[..byte.len()].copy_from_slice(byte);
            Ok(byte.len())
        }
    }

    #[test]
    fn files_are_compared_to_their_ends_although_signals_come() {
        let check = |left: &[u8], right: &[u8], are_same| {
            let reader = BufReader::new(Interrupted(left, false));
            assert_eq!(have_same_bytes(reader, right).expect("they can be read"), are_same);
            let reader = BufReader::new(Interrupted(right, false));
            assert_eq!(have_same_bytes(left, reader).expect("they can be read"), are_same);
        };
        check(b"abc", b"abc", true);
        check(b"", b"", true);
        check(b"abc", b"abd", false);
        check(b"abc", b"ab", false);
    }
}
