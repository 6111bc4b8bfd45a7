//! Opens plain files only. Opening a named pipe waits until another process writes to it, opening a device can have
//! any effect, and a symbolic link could lead out of the site, so all of these are refused.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

/// The result of opening a path.
#[derive(Debug)]
pub enum Opened {
    /// A plain file, open for reading, with its metadata.
    Plain(File, Metadata),
    /// Something else, which was not opened: a noun with its article for messages, such as `a folder`.
    Other(&'static str),
}

/// Opens a plain file for reading. Never follows a symbolic link in the last part of the path, and never waits.
///
/// # Errors
/// When nothing exists at the path, or when it cannot be opened.
pub fn open_plain(path: &Path) -> io::Result<Opened> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.is_file() {
        return Ok(Opened::Other(file_type_noun(metadata.file_type())));
    }
    let file = match open_without_waiting(path) {
        // The file was replaced after it was checked. These options make opening a symbolic link an error.
        Err(_) if fs::symlink_metadata(path).is_ok_and(|now| !now.is_file()) => {
            return Ok(Opened::Other("something else now"));
        }
        file => file?,
    };
    let metadata = file.metadata()?;
    if metadata.is_file() {
        Ok(Opened::Plain(file, metadata))
    } else {
        Ok(Opened::Other(file_type_noun(metadata.file_type())))
    }
}

/// The size of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderSize {
    /// Size of its plain files in bytes.
    pub bytes: u64,
    /// Path of the largest file from the folder, and the size of that file in bytes.
    pub largest: (String, u64),
}

/// Measures the plain files below a folder. Returns `None` if there are none, or no folder. Symbolic links are not
/// followed.
///
/// # Errors
/// When a folder cannot be read.
pub fn folder_size(folder: &Path) -> Result<Option<FolderSize>> {
    if fs::symlink_metadata(folder).is_err() {
        return Ok(None);
    }
    let mut size: Option<FolderSize> = None;
    for entry in WalkDir::new(folder) {
        let reading = || format!("could not read {}", folder.display());
        let entry = entry.with_context(reading)?;
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = entry.metadata().with_context(reading)?.len();
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let file = (path.to_string_lossy().replace('\\', "/"), bytes);
        size = Some(match size {
            Some(size) if size.largest.1 >= bytes => FolderSize { bytes: size.bytes + bytes, ..size },
            earlier => FolderSize { bytes: earlier.map_or(0, |size| size.bytes) + bytes, largest: file },
        });
    }
    Ok(size)
}

/// Reads a plain file.
///
/// # Errors
/// When the path is not a plain file, or cannot be read.
#[expect(clippy::verbose_file_reads, reason = "the file is open, and is known to be plain")]
pub fn read_plain(path: &Path) -> Result<Vec<u8>> {
    let reading = || format!("could not read {}", path.display());
    match open_plain(path).with_context(reading)? {
        Opened::Plain(mut file, _) => {
            // `read_to_end` reserves the length of the file, and returns an error if there is not enough memory.
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).with_context(reading)?;
            Ok(bytes)
        }
        Opened::Other(noun) => bail!("{} is {noun}, not a plain file", path.display()),
    }
}

/// The name of a file type for messages, with its article.
pub(super) fn file_type_noun(kind: FileType) -> &'static str {
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
    "a special file"
}

/// Opens a file without following a symbolic link and without waiting, because the path may have become a link or a
/// named pipe after it was checked.
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

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
