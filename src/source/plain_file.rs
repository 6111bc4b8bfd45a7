//! Opens plain files only. Opening a named pipe waits until somebody writes to it, opening a device may do anything,
//! and a symbolic link could lead out of the site, so these are refused.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// What came of opening a path.
#[derive(Debug)]
pub enum Opened {
    /// A plain file, open for reading, with its metadata.
    Plain(File, Metadata),
    /// It is something else, which was not opened: a noun with its article.
    Other(&'static str),
}

/// Open a plain file for reading. Never follows a link in the last part of the path, and never waits.
///
/// # Errors
/// When nothing is there, or the disk refuses.
pub fn open_plain(path: &Path) -> io::Result<Opened> {
    let there = fs::symlink_metadata(path)?;
    if !there.is_file() {
        return Ok(Opened::Other(noun(there.file_type())));
    }
    let file = match open_without_waiting(path) {
        // It was replaced in the meantime; a link cannot be opened with these options.
        Err(_) if fs::symlink_metadata(path).is_ok_and(|now| !now.is_file()) => {
            return Ok(Opened::Other("no longer what it was"));
        }
        file => file?,
    };
    let metadata = file.metadata()?;
    if metadata.is_file() {
        Ok(Opened::Plain(file, metadata))
    } else {
        Ok(Opened::Other(noun(metadata.file_type())))
    }
}

/// The bytes of a plain file.
///
/// # Errors
/// When it is not a plain file, or cannot be read.
#[expect(clippy::verbose_file_reads, reason = "the file is open, and is known to be plain")]
pub fn read_plain(path: &Path) -> Result<Vec<u8>> {
    let reading = || format!("could not read {}", path.display());
    match open_plain(path).with_context(reading)? {
        Opened::Plain(mut file, metadata) => {
            let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
            file.read_to_end(&mut bytes).with_context(reading)?;
            Ok(bytes)
        }
        Opened::Other(noun) => bail!("{} is {noun}, not a plain file", path.display()),
    }
}

/// What something in a folder is, with its article.
pub(super) fn noun(kind: FileType) -> &'static str {
    if kind.is_symlink() {
        return "a symbolic link";
    }
    if kind.is_dir() {
        return "a folder";
    }
    if kind.is_file() {
        return "a plain file";
    }
    special(kind)
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "not a plain file"
}

/// A path may become a pipe or a link after it was looked at: these options refuse to follow and to wait.
#[cfg(unix)]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags, open};
    use rustix::io::retry_on_intr;

    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(retry_on_intr(|| open(path, flags, Mode::empty()))?))
}

#[cfg(not(unix))]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn devices_and_folders_are_not_opened() {
        let check = |path: &str, expected: &str| match open_plain(Path::new(path)).unwrap() {
            Opened::Other(noun) => assert_eq!(noun, expected, "{path}"),
            Opened::Plain(..) => panic!("{path} was opened"),
        };
        check("/dev/null", "a device");
        check("/", "a folder");
        assert!(open_plain(Path::new("/dev/nothing")).is_err());
        assert_eq!(
            read_plain(Path::new("/dev/zero")).unwrap_err().to_string(),
            "/dev/zero is a device, not a plain file"
        );
    }
}
