//! Makes every file of a site, compares it with the existing file, and writes it if it differs. All files are
//! written to the working folder first, so that no path of the site ever contains half of a file. A file at a new
//! path is moved there at once, because nothing links to it yet; a file that replaces an existing one waits in the
//! working folder until all files are made.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::source::read_plain;

use super::disk::{self, FolderState, Stamp};
use super::{OutputFile, OutputPath, Stream};

/// Maximum number of files of one folder that a thread makes in a row.
const MAX_GROUP_FILES: usize = 16;

/// Number of groups per batch; a group has up to [`MAX_GROUP_FILES`] files of one folder. Results are merged between
/// batches, which bounds memory.
const GROUPS_PER_BATCH: usize = 4000;
/// Number of groups that a thread takes at once. Folders of write-ups contain images and take longer than others, so
/// that few large tasks would leave a thread without work.
const GROUPS_PER_TASK: usize = 4;

/// A file to make: its path and its content.
pub(super) type File<'t, T> = (&'t OutputPath, &'t OutputFile<T>);

/// The result of making a file.
pub(super) struct MadeFile<'t> {
    pub(super) path: &'t OutputPath,
    pub(super) stamp: Stamp,
    pub(super) destination: Destination,
}

/// Where the bytes of a file were written.
pub(super) enum Destination {
    /// Nowhere, because the existing file has the same bytes.
    Unchanged,
    /// At its path.
    InPlace,
    /// In the working folder, under this number, until what is at its path can be replaced.
    Staged(u32),
}

/// State that is shared by all threads while files are made.
pub(super) struct Stager<'a, T> {
    /// The value that files are rendered from.
    source: &'a T,
    /// The output folder.
    folder: &'a Path,
    /// The working folder, where files wait that replace existing ones.
    working: &'a Path,
    /// Called once for each file that is made, from any thread.
    on_file_done: &'a (dyn Fn() + Sync),
    /// States of the folders that contain other folders, by path, as far as they are known.
    folder_states: Mutex<HashMap<String, FolderState>>,
    /// The number of the next file that waits in the working folder.
    next_staged_number: AtomicU32,
}

impl<'a, T: Sync> Stager<'a, T> {
    pub(super) fn new(
        source: &'a T,
        folder: &'a Path,
        working: &'a Path,
        on_file_done: &'a (dyn Fn() + Sync),
    ) -> Self {
        Self {
            source,
            folder,
            working,
            on_file_done,
            folder_states: Mutex::default(),
            next_staged_number: AtomicU32::new(0),
        }
    }

    /// Makes files in parallel; they must be sorted by path. One thread makes several files of a folder in a row,
    /// because threads that write in the same folder wait for each other.
    ///
    /// # Errors
    /// When a file cannot be made, or when a file-system operation fails.
    pub(super) fn stage_all<'t>(&self, files: &[File<'t, T>]) -> Result<Vec<MadeFile<'t>>> {
        disk::create_working_folder(self.working)?;
        for thread in 0..=rayon::current_num_threads() {
            disk::create_working_folder(&self.thread_folder(thread))?;
        }
        let folders = files.chunk_by(|one, other| parent_folder(one.0) == parent_folder(other.0));
        let groups: Vec<_> = folders.flat_map(|files| files.chunks(MAX_GROUP_FILES)).collect();
        let stage_group = |buffer: &mut Vec<u8>, group: &&[File<'t, T>]| {
            let folder_state = OnceCell::new();
            group.iter().map(|file| self.stage_file(*file, &folder_state, buffer)).collect()
        };
        let mut made = Vec::with_capacity(files.len());
        for groups in groups.chunks(GROUPS_PER_BATCH) {
            let part: Result<Vec<Vec<MadeFile<'t>>>> =
                groups.par_iter().with_max_len(GROUPS_PER_TASK).map_init(Vec::new, stage_group).collect();
            made.extend(part?.into_iter().flatten());
        }
        Ok(made)
    }

    fn stage_file<'t>(
        &self,
        (path, file): File<'t, T>,
        folder_state_cell: &OnceCell<FolderState>,
        buffer: &mut Vec<u8>,
    ) -> Result<MadeFile<'t>> {
        let place = self.folder.join(path.as_str());
        let folder_state = *folder_state_cell.get_or_init(|| self.folder_state(parent_folder(path)));
        let bytes = match file {
            OutputFile::Render(render) => {
                buffer.clear();
                render(self.source, buffer)?;
                Some(Cow::Borrowed(buffer.as_slice()))
            }
            OutputFile::Stream(write) => return self.stage_large_file(path, write, folder_state),
            OutputFile::Renew(renew) => {
                let there =
                    if folder_state == FolderState::Existing { disk::read_if_plain(&place)? } else { None };
                renew(self.source, there.as_deref())?.map(Cow::Owned)
            }
            OutputFile::Bytes(bytes) => Some(Cow::Borrowed(bytes.as_slice())),
            OutputFile::Copy(from) => Some(Cow::Owned(read_plain(from)?)),
        };
        (self.on_file_done)();
        let is_new =
            |bytes: &Cow<'_, [u8]>| folder_state != FolderState::Existing || !disk::has_bytes(&place, bytes);
        let Some(bytes) = bytes.filter(is_new) else {
            // The file may be gone again. The next build then finds that the stamp is not that of the file.
            let stamp = Stamp::of(&place).unwrap_or_default();
            return Ok(MadeFile { path, stamp, destination: Destination::Unchanged });
        };
        if folder_state != FolderState::Blocked && !disk::path_exists(&place, folder_state) {
            let stamp = self.create_in_place(&place, |to| disk::create_with_bytes(to, &bytes))?;
            return Ok(MadeFile { path, stamp, destination: Destination::InPlace });
        }
        let number = self.new_staged_number();
        let created = disk::create_with_bytes(&staged_path(self.working, number), &bytes);
        let stamp = created.with_context(|| could_not_write(&place))?;
        Ok(MadeFile { path, stamp, destination: Destination::Staged(number) })
    }

    /// Makes a large file. The file is written before it is compared with the existing one, because its bytes are
    /// never in memory as a whole.
    fn stage_large_file<'t>(
        &self,
        path: &'t OutputPath,
        write: &Stream<T>,
        folder_state: FolderState,
    ) -> Result<MadeFile<'t>> {
        let place = self.folder.join(path.as_str());
        let is_new = folder_state != FolderState::Blocked && !disk::path_exists(&place, folder_state);
        let write = |to: &Path| {
            let file = disk::create_piecewise(to, |sink| write(self.source, sink))?;
            Stamp::new(&file.metadata()?)
        };
        if is_new {
            let stamp = self.create_in_place(&place, write)?;
            (self.on_file_done)();
            return Ok(MadeFile { path, stamp, destination: Destination::InPlace });
        }
        let number = self.new_staged_number();
        let to = staged_path(self.working, number);
        let stamp = write(&to).with_context(|| could_not_write(&place))?;
        (self.on_file_done)();
        if folder_state == FolderState::Existing && disk::have_equal_content(&place, &to)? {
            disk::remove_staged(&to)?;
            let stamp = Stamp::of(&place).unwrap_or_default();
            return Ok(MadeFile { path, stamp, destination: Destination::Unchanged });
        }
        Ok(MadeFile { path, stamp, destination: Destination::Staged(number) })
    }

    /// Writes a new file, and moves it to its path. Each thread writes in its own folder, because threads that
    /// create files in the same folder wait for each other.
    fn create_in_place(&self, place: &Path, write: impl FnOnce(&Path) -> Result<Stamp>) -> Result<Stamp> {
        let thread = rayon::current_thread_index().unwrap_or_else(rayon::current_num_threads);
        let unfinished = self.thread_folder(thread).join("new");
        let written = write(&unfinished);
        let moved = written.and_then(|stamp| {
            disk::rename_to_new_path(&unfinished, place)?;
            Ok(stamp)
        });
        moved.with_context(|| could_not_write(place))
    }

    /// The folder where a thread writes new files.
    fn thread_folder(&self, thread: usize) -> PathBuf {
        self.working.join(format!("thread-{thread}"))
    }

    /// Returns a new number for a file that waits in the working folder.
    fn new_staged_number(&self) -> u32 {
        self.next_staged_number.fetch_add(1, Ordering::Relaxed)
    }

    /// Creates a folder of the site and the missing folders around it, and returns its state. `inner` is its path,
    /// relative to the output folder.
    fn folder_state(&self, inner: &str) -> FolderState {
        let Some((parent, _)) = inner.rsplit_once('/') else {
            return if inner.is_empty() {
                FolderState::Existing
            } else {
                disk::ensure_folder(&self.folder.join(inner))
            };
        };
        let folder_states = || self.folder_states.lock().unwrap_or_else(PoisonError::into_inner);
        let known = folder_states().get(parent).copied();
        let parent_state = known.unwrap_or_else(|| {
            let state = self.folder_state(parent);
            folder_states().insert(parent.to_owned(), state);
            state
        });
        if parent_state == FolderState::Blocked {
            FolderState::Blocked
        } else {
            disk::ensure_folder(&self.folder.join(inner))
        }
    }
}

/// The context of an error. It names the path in the site, which means more to the user than that of the unfinished
/// file.
fn could_not_write(place: &Path) -> String {
    format!("could not write {}", place.display())
}

/// The path where a file waits in the working folder.
pub(super) fn staged_path(working: &Path, number: u32) -> PathBuf {
    working.join(number.to_string())
}

/// The folder that contains a file, without the closing slash.
fn parent_folder(path: &OutputPath) -> &str {
    path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
}
