//! The lock of an output folder: as long as a build has it, no other build writes to the folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Name of the working folder inside the output folder. The folder exists only while a build writes, or after a
/// build that did not finish.
pub(super) const WORKING_FOLDER: &str = ".claimbook-working";

/// Name of the file in the output folder that a build locks while it writes.
pub(super) const LOCK_FILE: &str = ".claimbook-lock";

/// Exclusive access to an output folder: as long as this value exists, no other build writes to the folder. The
/// operating system releases the lock when a build is killed.
pub struct OutputLock {
    pub(super) folder: PathBuf,
    _lock: fs::File,
}

impl OutputLock {
    /// Whether an earlier build was killed or failed while it wrote, so that the folder may contain files of two
    /// builds. Such a build leaves its working folder behind.
    pub fn has_unfinished_build(&self) -> bool {
        fs::symlink_metadata(self.folder.join(WORKING_FOLDER)).is_ok()
    }

    /// Locks a folder that an earlier build has written to. Returns `None` if no build has written to the folder,
    /// or if it cannot be locked because another build writes to it.
    pub fn lock_if_built_before(folder: &Path) -> Option<Self> {
        if folder.join(LOCK_FILE).exists() { Self::new(folder).ok() } else { None }
    }

    pub(super) fn new(folder: &Path) -> Result<Self> {
        Ok(Self { folder: folder.to_path_buf(), _lock: lock(folder)? })
    }
}

/// Locks the folder, so that no other build writes to it until the returned file is dropped. The operating system
/// releases the lock when a build is killed.
fn lock(folder: &Path) -> Result<fs::File> {
    let path = folder.join(LOCK_FILE);
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
