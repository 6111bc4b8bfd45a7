//! Makes every file, compares it with the one that is there, and writes it if it differs. All files are written
//! to the working folder first, so that no path of the site ever has half of a file. A new one is then moved to
//! its place at once, since nothing links to it yet; one that replaces another waits until all are made.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::source::read_plain;

use super::disk::{self, Ground, Stamp};
use super::{OutputFile, OutputPath, Stream};

/// Most files of a folder that one thread makes in a row.
const NEIGHBOURS: usize = 16;

/// Groups of neighbours that are made before what is known of them becomes part of one list.
const AT_ONCE: usize = 4000;

/// A file to make, whichever tree it is from.
pub(super) type File<'t, T> = (&'t OutputPath, &'t OutputFile<T>);

/// A file that was made.
pub(super) struct Made<'t> {
    pub(super) path: &'t OutputPath,
    pub(super) stamp: Stamp,
    pub(super) written: Written,
}

/// Where a file was written.
pub(super) enum Written {
    /// Nowhere: what is there is right.
    Not,
    /// In its place.
    InPlace,
    /// Aside, under a number.
    Aside(u32),
}

/// What all files are made with.
pub(super) struct Stage<'a, T> {
    /// What they are made out of.
    of: &'a T,
    /// Where they belong.
    folder: &'a Path,
    /// Where those wait that replace others.
    working: &'a Path,
    /// Called for each file, from any thread.
    one_more: &'a (dyn Fn() + Sync),
    /// The folders around others, as far as they were looked at.
    grounds: Mutex<HashMap<String, Ground>>,
    /// How many files were written aside.
    aside: AtomicU32,
}

impl<'a, T: Sync> Stage<'a, T> {
    pub(super) fn new(
        of: &'a T,
        folder: &'a Path,
        working: &'a Path,
        one_more: &'a (dyn Fn() + Sync),
    ) -> Self {
        Self { of, folder, working, one_more, grounds: Mutex::default(), aside: AtomicU32::new(0) }
    }

    /// Make files that are sorted by path, in parallel; a few neighbours by one thread, since two that write in
    /// one folder wait for each other.
    ///
    /// # Errors
    /// When a file cannot be made, or when the disk refuses.
    pub(super) fn make<'t>(&self, files: &[File<'t, T>]) -> Result<Vec<Made<'t>>> {
        disk::make_working(self.working)?;
        for thread in 0..=rayon::current_num_threads() {
            disk::make_working(&self.folder_of_thread(thread))?;
        }
        let folders = files.chunk_by(|one, other| folder_of(one.0) == folder_of(other.0));
        let groups: Vec<_> = folders.flat_map(|files| files.chunks(NEIGHBOURS)).collect();
        let of_group = |room: &mut Vec<u8>, group: &&[File<'t, T>]| {
            let ground = OnceCell::new();
            group.iter().map(|file| self.make_one(*file, &ground, room)).collect()
        };
        let mut made = Vec::with_capacity(files.len());
        for groups in groups.chunks(AT_ONCE) {
            let part: Result<Vec<Vec<Made<'t>>>> = groups.par_iter().map_init(Vec::new, of_group).collect();
            made.extend(part?.into_iter().flatten());
        }
        Ok(made)
    }

    fn make_one<'t>(
        &self,
        (path, file): File<'t, T>,
        ground: &OnceCell<Ground>,
        room: &mut Vec<u8>,
    ) -> Result<Made<'t>> {
        let place = self.folder.join(path.as_str());
        let ground = *ground.get_or_init(|| self.ground(folder_of(path)));
        let bytes = match file {
            OutputFile::Render(render) => {
                room.clear();
                render(self.of, room)?;
                Some(Cow::Borrowed(room.as_slice()))
            }
            OutputFile::Stream(write) => return self.stream(path, write, ground),
            OutputFile::Renew(renew) => {
                let there = if ground == Ground::There { disk::read_if_plain(&place)? } else { None };
                renew(self.of, there.as_deref())?.map(Cow::Owned)
            }
            OutputFile::Bytes(bytes) => Some(Cow::Borrowed(bytes.as_slice())),
            OutputFile::Copy(from) => Some(Cow::Owned(read_plain(from)?)),
        };
        (self.one_more)();
        let is_new = |bytes: &Cow<'_, [u8]>| ground != Ground::There || !disk::holds(&place, bytes);
        let Some(bytes) = bytes.filter(is_new) else {
            let stamp = Stamp::of(&place).unwrap_or_default();
            return Ok(Made { path, stamp, written: Written::Not });
        };
        if ground != Ground::Blocked && !disk::is_there(&place, ground) {
            let stamp = self.create_in_place(&place, |to| disk::create(to, &bytes))?;
            return Ok(Made { path, stamp, written: Written::InPlace });
        }
        let number = self.next_aside();
        let created = disk::create(&aside(self.working, number), &bytes);
        let stamp = created.with_context(|| writing(&place))?;
        Ok(Made { path, stamp, written: Written::Aside(number) })
    }

    /// A large file: it is compared when it is written already.
    fn stream<'t>(&self, path: &'t OutputPath, write: &Stream<T>, ground: Ground) -> Result<Made<'t>> {
        let place = self.folder.join(path.as_str());
        let is_new = ground != Ground::Blocked && !disk::is_there(&place, ground);
        let write = |to: &Path| {
            let file = disk::create_piecewise(to, |sink| write(self.of, sink))?;
            Stamp::new(&file.metadata()?)
        };
        if is_new {
            let stamp = self.create_in_place(&place, write)?;
            (self.one_more)();
            return Ok(Made { path, stamp, written: Written::InPlace });
        }
        let number = self.next_aside();
        let to = aside(self.working, number);
        let stamp = write(&to).with_context(|| writing(&place))?;
        (self.one_more)();
        if ground == Ground::There && disk::are_same(&place, &to)? {
            disk::remove_waiting(&to)?;
            let stamp = Stamp::of(&place).unwrap_or_default();
            return Ok(Made { path, stamp, written: Written::Not });
        }
        Ok(Made { path, stamp, written: Written::Aside(number) })
    }

    /// Write a new file, and move it to its place. Each thread writes in a folder of its own: two that create files
    /// in one folder wait for each other.
    fn create_in_place(&self, place: &Path, write: impl FnOnce(&Path) -> Result<Stamp>) -> Result<Stamp> {
        let thread = rayon::current_thread_index().unwrap_or_else(rayon::current_num_threads);
        let unfinished = self.folder_of_thread(thread).join("new");
        let written = write(&unfinished);
        let moved = written.and_then(|stamp| {
            disk::move_to_free_place(&unfinished, place)?;
            Ok(stamp)
        });
        moved.with_context(|| writing(place))
    }

    /// Where a thread writes new files.
    fn folder_of_thread(&self, thread: usize) -> PathBuf {
        self.working.join(format!("thread-{thread}"))
    }

    /// The number of one more file that waits.
    fn next_aside(&self) -> u32 {
        self.aside.fetch_add(1, Ordering::Relaxed)
    }

    /// Make a folder of the site, and those around it, where they are missing.
    fn ground(&self, inner: &str) -> Ground {
        let Some((around, _)) = inner.rsplit_once('/') else {
            return if inner.is_empty() { Ground::There } else { disk::prepare(&self.folder.join(inner)) };
        };
        let grounds = || self.grounds.lock().unwrap_or_else(PoisonError::into_inner);
        let known = grounds().get(around).copied();
        let around_it = known.unwrap_or_else(|| {
            let ground = self.ground(around);
            grounds().insert(around.to_owned(), ground);
            ground
        });
        if around_it == Ground::Blocked { Ground::Blocked } else { disk::prepare(&self.folder.join(inner)) }
    }
}

/// What fails, in a message: the place in the site says more than that of the unfinished file.
fn writing(place: &Path) -> String {
    format!("could not write {}", place.display())
}

/// Where a file waits.
pub(super) fn aside(working: &Path, number: u32) -> PathBuf {
    working.join(number.to_string())
}

/// The folder that a file lies in, without the closing slash.
fn folder_of(path: &OutputPath) -> &str {
    path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
}
