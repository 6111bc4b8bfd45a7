//! Watches the folder of a site: receives notifications from the system, and returns batches of paths of files that
//! may have changed. The paths are hints: only reading a file shows whether it has changed. Saving often takes
//! several steps (creating a file, writing its text, renaming it), so a batch ends after a short time without a
//! notification.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::threads;

/// A batch ends after this time without a notification.
const BATCH_TIMEOUT: Duration = Duration::from_millis(5);
/// Maximum number of notifications in a batch, so that an author sees results even while files change all the time.
const MAX_BATCH: usize = 2000;
/// Time from the discovery of a new folder until the whole site is read again, because files may have been added to
/// the folder before it was watched.
const RESCAN_DELAY: Duration = Duration::from_millis(200);

/// What a failure to watch means for the author.
const UNNOTICED: &str = "some changes may go unnoticed until `claimbook serve` is started again";

/// The folders of a site that are watched.
const WATCHED_FOLDERS: [&str; 3] = ["content", "templates", "static"];
/// The files in the root of a site that are watched.
const WATCHED_FILES: [&str; 2] = ["site.toml", "claims.lock"];

/// Returns batches of paths of files that may have changed.
pub(super) struct ChangeWatcher {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    watcher: RecommendedWatcher,
    /// Whether a new folder was seen, so that the whole site must be read again after [`RESCAN_DELAY`].
    needs_rescan: bool,
    /// Why changes may go unnoticed from now on, until the author was told.
    failure: Option<anyhow::Error>,
}

/// Starts to watch the site at `root`, which must be an absolute path.
///
/// # Errors
/// When the system cannot report changes.
pub(super) fn watch(root: &Path) -> Result<ChangeWatcher> {
    // The watcher starts a thread, and reports no error if the system refuses it.
    threads::ensure_available().context("could not watch files")?;
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        let _ = sender.send(event);
    })
    .context("could not watch files")?;
    watcher
        .watch(root, RecursiveMode::NonRecursive)
        .with_context(|| format!("could not watch {}", root.display()))?;
    let mut watcher =
        ChangeWatcher { root: root.to_path_buf(), events, watcher, needs_rescan: false, failure: None };
    for folder in WATCHED_FOLDERS.map(|folder| root.join(folder)) {
        if folder.is_dir() {
            watcher.watch_folder(&folder)?;
        }
    }
    Ok(watcher)
}

impl ChangeWatcher {
    /// Returns the reason why changes may go unnoticed, if the last batch found one.
    pub(super) fn take_failure(&mut self) -> Option<anyhow::Error> {
        self.failure.take()
    }

    /// Waits for the next batch and returns it. Returns `None` when no further notification can arrive.
    pub(super) fn next_batch(&mut self) -> Option<BTreeSet<PathBuf>> {
        let mut batch = BTreeSet::new();
        if std::mem::take(&mut self.needs_rescan) {
            match self.events.recv_timeout(RESCAN_DELAY) {
                Ok(event) => self.add_event(event, &mut batch),
                // Return the folders themselves: no text file has such a path, so the whole site is read.
                Err(RecvTimeoutError::Timeout) => {
                    return Some(WATCHED_FOLDERS.map(|folder| self.root.join(folder)).into());
                }
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        while batch.is_empty() {
            let event = self.events.recv().ok()?;
            self.add_event(event, &mut batch);
        }
        for _ in 0..MAX_BATCH {
            match self.events.recv_timeout(BATCH_TIMEOUT) {
                Ok(event) => self.add_event(event, &mut batch),
                Err(_) => break,
            }
        }
        Some(batch)
    }

    fn add_event(&mut self, event: notify::Result<Event>, batch: &mut BTreeSet<PathBuf>) {
        let event = match event {
            Ok(event) => event,
            Err(failure) => {
                // Notifications may be missing, so the whole site must be read.
                self.failure = Some(anyhow::Error::new(failure).context(UNNOTICED));
                batch.insert(self.root.join("content"));
                return;
            }
        };
        if event.need_rescan() {
            batch.insert(self.root.join("content"));
        }
        let is_read_access = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => true,
            _ => false,
        };
        if is_read_access {
            return;
        }
        for path in event.paths {
            if !self.is_watched_path(&path) {
                continue;
            }
            if path.is_dir() {
                self.needs_rescan = true;
                if WATCHED_FOLDERS.iter().any(|folder| path == self.root.join(folder)) {
                    // The folder was created again, and the old watch ended with the old folder.
                    self.failure = self.watch_folder(&path).err().map(|failure| failure.context(UNNOTICED));
                }
            }
            batch.insert(path);
        }
    }

    fn watch_folder(&mut self, folder: &Path) -> Result<()> {
        self.watcher
            .watch(folder, RecursiveMode::Recursive)
            .with_context(|| format!("could not watch {}", folder.display()))
    }

    /// Whether a path belongs to the site and is not a temporary file of an editor.
    fn is_watched_path(&self, path: &Path) -> bool {
        let Ok(inner) = path.strip_prefix(&self.root) else { return false };
        let mut parts = inner.components().map(|part| part.as_os_str().to_string_lossy());
        let Some(first) = parts.next() else { return false };
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if WATCHED_FILES.contains(&first.as_ref()) {
            return true;
        }
        // Hidden files are read in `static/` only, as `source::load` does it.
        WATCHED_FOLDERS.contains(&first.as_ref()) && (first == "static" || !name.starts_with('.'))
    }
}
