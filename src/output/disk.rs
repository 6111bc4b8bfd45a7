//! File-system operations of a commit: every call that reads, writes or removes in the output folder.

use std::fmt;
use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read as _, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::source::{Opened, open_plain};

use super::commit::Hold;
use super::whole::{create_file, replace_piecewise};

/// Bytes of a large file that are written or read at once.
pub(super) const PIECE: usize = 64 * 1024;

/// What a file on the disk can be told by without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// In bytes.
    length: u64,
    /// When it was written last, in nanoseconds since 1970.
    modified: u64,
}

impl Stamp {
    pub(super) fn new(metadata: &fs::Metadata) -> Result<Self> {
        let since = metadata.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let modified = u64::try_from(since.as_nanos()).unwrap_or(u64::MAX);
        Ok(Self { length: metadata.len(), modified })
    }

    /// A stamp that was written as text.
    pub fn parse(text: &str) -> Option<Self> {
        let (length, modified) = text.split_once(' ')?;
        Some(Self { length: length.parse().ok()?, modified: modified.parse().ok()? })
    }

    /// That of a plain file; none where there is no such file.
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

/// Stamps of files, sorted by their paths below the output folder.
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
    /// That of a file.
    pub fn get(&self, path: &str) -> Option<Stamp> {
        let at = self.0.binary_search_by_key(&path, |(path, _)| path).ok()?;
        Some(self.0[at].1)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, Stamp)> {
        self.0.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// None at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of the files that still have them. Reads none of them.
    #[must_use]
    pub fn untouched(&self, hold: &Hold) -> Self {
        let is_untouched =
            |(path, stamp): &&(&str, Stamp)| Stamp::of(&hold.folder.join(path)) == Some(*stamp);
        Self(self.0.par_iter().filter(is_untouched).copied().collect())
    }
}

/// A file that is kept between builds; none where there is no plain file in a plain folder.
pub fn read_kept(path: &Path) -> Option<Vec<u8>> {
    if is_folder(path.parent()?) { read_if_plain(path).ok().flatten() } else { None }
}

/// Keep a file between builds, in a folder that version control is told to leave alone. Where something else
/// has the folder's name, nothing is kept.
///
/// # Errors
/// When the disk refuses, or when it cannot be made.
pub fn keep(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let Some(folder) = path.parent().filter(|folder| prepare(folder) != Ground::Blocked) else {
        return Ok(());
    };
    let ignore = folder.join(".gitignore");
    if !is_there(&ignore, Ground::There) {
        create_file(&ignore, b"*\n")?;
    }
    replace_piecewise(path, write)
}

/// What a folder of the site is before files are written to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// It was made just now.
    Fresh,
    /// It was there.
    There,
    /// Something else is in its place, or in that of a folder around it.
    Blocked,
}

/// Make a folder where none is.
pub(super) fn prepare(folder: &Path) -> Ground {
    match fs::create_dir(folder) {
        Ok(()) => Ground::Fresh,
        Err(_) if is_folder(folder) => Ground::There,
        Err(_) => Ground::Blocked,
    }
}

/// Whether anything is at a path of such a folder.
pub(super) fn is_there(path: &Path, ground: Ground) -> bool {
    ground != Ground::Fresh && fs::symlink_metadata(path).is_ok()
}

/// Refuse whatever is in the place of a folder and is none: a symbolic link could lead anywhere.
pub(super) fn refuse_blocked(folder: &Path) -> Result<()> {
    if fs::symlink_metadata(folder).is_ok_and(|there| !there.is_dir()) {
        bail!("{} is not a folder but in the place of one: move it away", folder.display());
    }
    Ok(())
}

/// A folder that is really one: a symbolic link could lead anywhere.
pub(super) fn create_folder(folder: &Path) -> Result<()> {
    let creating = || format!("could not create {}", folder.display());
    match fs::create_dir(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => refuse_blocked(folder),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder).with_context(creating)
        }
        Err(error) => Err(error).with_context(creating),
    }
}

/// Replace a file, or create it, by way of the working folder. The disk has the bytes before the file has its name,
/// so that no loss of power leaves an empty one.
pub(super) fn replace(
    path: &Path,
    working: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let writing = || format!("could not write {}", path.display());
    let written = working.join("manifest");
    make_working(working)?;
    let file = create_piecewise(&written, write).with_context(writing)?;
    file.sync_all().and_then(|()| fs::rename(&written, path)).with_context(writing)
}

/// Refuse a folder in which this process may not create, rename and remove files. A path that is not a folder is allowed:
/// it is a file that goes before a folder is made in its place.
#[cfg(unix)]
pub(super) fn check_writable(folder: &Path) -> Result<()> {
    use rustix::fs::{Access, AtFlags, CWD, accessat};

    let Err(error) = accessat(CWD, folder, Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS) else {
        return Ok(());
    };
    match fs::symlink_metadata(folder) {
        Ok(there) if !there.is_dir() => Ok(()),
        Err(error) if is_nowhere(error.kind()) => Ok(()),
        _ => Err(error).with_context(|| format!("could not write to the folder {}", folder.display())),
    }
}

/// Other systems do not offer this question, so each write has to be tried.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "other systems can refuse")]
pub(super) fn check_writable(_: &Path) -> Result<()> {
    Ok(())
}

/// Whether an error says that nothing is at a path. Any other one leaves that open.
fn is_nowhere(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename)
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir())
}

/// Rename a file to its place, where another file may be, or a folder with nothing but such folders in it.
pub(super) fn move_over(from: &Path, to: &Path) -> Result<()> {
    let renamed = match fs::rename(from, to) {
        Err(_) if is_folder(to) => remove_empty(to).and_then(|()| fs::rename(from, to)),
        renamed => renamed,
    };
    renamed.with_context(|| format!("could not write {}", to.display()))
}

/// Remove a folder and those in it, unless anything else is in them.
fn remove_empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_empty(&entry.path())?;
        }
    }
    fs::remove_dir(folder)
}

/// Remove a file of an earlier build, and the folders that this empties. Nothing is removed through a
/// symbolic link: it could lead anywhere. Returns whether there was such a file.
///
/// # Errors
/// When the file is still there, or may be.
pub(super) fn remove_stale(folder: &Path, path: &str) -> Result<bool> {
    let file = folder.join(path);
    let removing = || format!("could not remove {}", file.display());
    let parents = || file.ancestors().skip(1).take_while(|inner| *inner != folder);
    for inner in parents() {
        match fs::symlink_metadata(inner) {
            Ok(there) if there.is_dir() => {}
            Ok(_) => return Ok(false),
            Err(error) if is_nowhere(error.kind()) => return Ok(false),
            Err(error) => return Err(error).with_context(removing),
        }
    }
    match remove(&file) {
        Ok(()) => {}
        Err(error) if is_nowhere(error.kind()) => return Ok(false),
        Err(_) if is_folder(&file) => {
            // The file is gone. What somebody else put into the folder in its place stays.
            if fs::remove_dir(&file).is_err() {
                return Ok(false);
            }
        }
        Err(error) => return Err(error).with_context(removing),
    }
    // The first folder that is not empty stays, and so do those around it.
    let _ = parents().try_for_each(fs::remove_dir);
    Ok(true)
}

/// Make the working folder, unless it is there.
pub(super) fn make_working(working: &Path) -> Result<()> {
    match fs::create_dir(working) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(error).with_context(|| format!("could not create {}", working.display()))
        }
        _ => Ok(()),
    }
}

/// Remove a file that waits aside.
pub(super) fn remove_waiting(path: &Path) -> Result<()> {
    remove(path).with_context(|| format!("could not remove {}", path.display()))
}

pub(super) fn remove_working(working: &Path) -> Result<()> {
    let removing = || format!("could not remove {}", working.display());
    match fs::symlink_metadata(working) {
        Err(_) => return Ok(()),
        Ok(there) if !there.is_dir() => bail!("{} is not a folder of a build: remove it", working.display()),
        Ok(_) => {}
    }
    for entry in fs::read_dir(working).with_context(removing)? {
        let entry = entry.with_context(removing)?;
        if entry.file_type().with_context(removing)?.is_dir() {
            remove_working(&entry.path())?;
        } else {
            remove(&entry.path()).with_context(removing)?;
        }
    }
    fs::remove_dir(working).with_context(removing)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that deletes")]
pub(super) fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// Write a file where none is; nothing is written through a symbolic link.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<Stamp> {
    let mut file = Bounded::new(fs::File::create_new(path)?);
    file.write_all(bytes)?;
    Stamp::new(&file.sink.metadata()?)
}

/// Write a file where none is, piece by piece.
pub(super) fn create_piecewise(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<fs::File> {
    let mut file = BufWriter::with_capacity(PIECE, Bounded::new(fs::File::create_new(path)?));
    write(&mut file)?;
    Ok(file.into_inner().map_err(io::IntoInnerError::into_error)?.sink)
}

/// A new file that fails to grow beyond what the system allows this process (`ulimit -f`). A write beyond that would
/// end the process with a signal (`SIGXFSZ`), without a word.
pub(super) struct Bounded<W> {
    sink: W,
    left: u64,
}

impl<W> Bounded<W> {
    pub(super) fn new(sink: W) -> Self {
        #[cfg(unix)]
        let largest = rustix::process::getrlimit(rustix::process::Resource::Fsize).current;
        #[cfg(not(unix))]
        let largest = None;
        Self { sink, left: largest.unwrap_or(u64::MAX) }
    }
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() as u64 > self.left {
            let message =
                "the file would be larger than the system allows this process to write (`ulimit -f`)";
            return Err(io::Error::new(ErrorKind::FileTooLarge, message));
        }
        let written = self.sink.write(bytes)?;
        self.left -= written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Move a finished file to its path, where there is no file yet.
pub(super) fn move_to_free_place(from: &Path, to: &Path) -> Result<()> {
    // File systems may treat two names as one, and renaming would replace the other file without a word.
    if fs::symlink_metadata(to).is_ok() {
        bail!("a file of another name is in its place");
    }
    Ok(fs::rename(from, to)?)
}

/// Whether two plain files hold the same bytes.
pub(super) fn are_same(one: &Path, other: &Path) -> Result<bool> {
    let reading = || format!("could not read {}", one.display());
    let (Opened::Plain(one, here), Opened::Plain(other, there)) =
        (open_plain(one).with_context(reading)?, open_plain(other).with_context(reading)?)
    else {
        return Ok(false);
    };
    let buffered = |file| BufReader::with_capacity(PIECE, file);
    Ok(here.len() == there.len() && have_same_bytes(buffered(one), buffered(other)).with_context(reading)?)
}

fn have_same_bytes(mut left: impl BufRead, mut right: impl BufRead) -> io::Result<bool> {
    loop {
        let (here, there) = match (left.fill_buf(), right.fill_buf()) {
            (Ok(here), Ok(there)) => (here, there),
            // A signal came while one of them was read.
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

/// Whether a plain file has exactly these bytes. A large one is not read into memory for that.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
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

/// The bytes of a plain file, or `None` if the path does not exist or is something else.
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

    /// Gives one byte at a time, and is interrupted before each.
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
