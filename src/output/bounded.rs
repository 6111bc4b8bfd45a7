//! Writing within the limits of the system, and removing files.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Size of the buffers with which large files are read and written, in bytes.
pub(super) const BUFFER_SIZE: usize = 64 * 1024;

#[expect(clippy::disallowed_methods, reason = "this is the one place that deletes")]
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// A writer that returns an error before a file grows beyond the size that the system allows this process (`ulimit
/// -f`). Without it, the system would end the process with the signal `SIGXFSZ` and without a message.
pub(super) struct Bounded<W> {
    pub(super) sink: W,
    remaining: u64,
}

impl<W> Bounded<W> {
    pub(super) fn new(sink: W) -> Self {
        #[cfg(unix)]
        let largest = rustix::process::getrlimit(rustix::process::Resource::Fsize).current;
        #[cfg(not(unix))]
        let largest = None;
        Self { sink, remaining: largest.unwrap_or(u64::MAX) }
    }
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() as u64 > self.remaining {
            let message =
                "the file would be larger than the system allows this process to write (`ulimit -f`)";
            return Err(io::Error::new(ErrorKind::FileTooLarge, message));
        }
        let written = self.sink.write(bytes)?;
        self.remaining -= written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}
