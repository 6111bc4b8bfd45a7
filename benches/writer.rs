//! How fast could the files of a built site be written, if nothing else were done? A site in, the same
//! bytes in a new folder out, written by two threads of the standard library; the seconds of the writing
//! alone go to standard output, as JSON.
//!
//! `cargo run --release --example writer -- public DIR [--in-place]`
//!
//! Like a build, it writes each file to a working folder first and then moves it to its place, so that no path
//! ever has half of a file. With `--in-place` it writes to the place itself, which shows what that costs.
//!
//! The site is read into memory before the clock starts. Each thread takes half of the files, in the sorted
//! order of their folders, so that no two threads work in one folder, and makes folders as it comes to them.

#![expect(clippy::disallowed_methods, reason = "copies a site, to measure how long writing takes")]
#![expect(clippy::print_stdout, reason = "a measurement is printed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use walkdir::WalkDir;

/// How a file gets its bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// All at once, from a working folder.
    Whole,
    /// As they are written.
    InPlace,
}

/// Names and bytes of the files in one folder.
type Files = Vec<(PathBuf, Vec<u8>)>;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (from, to, way) = match arguments.as_slice() {
        [from, to] => (from, to, Way::Whole),
        [from, to, option] if option == Path::new("--in-place") => (from, to, Way::InPlace),
        _ => bail!("usage: writer SITE NEW-FOLDER [--in-place]"),
    };
    ensure!(!to.exists(), "{} is there already", to.display());
    let folders = read(from)?;
    let files: usize = folders.iter().map(|(_, files)| files.len()).sum();
    let (first, second) = folders.split_at(middle(&folders, files));
    // What others wrote is on the disk before the clock starts. Where there is no such program, it is not.
    let _ = Command::new("sync").status();
    let started = Instant::now();
    std::thread::scope(|scope| {
        let other = scope.spawn(|| write(to, second, way, "second"));
        write(to, first, way, "first")?;
        other.join().expect("a thread that does not panic")
    })?;
    let seconds = started.elapsed().as_secs_f64();
    let bytes: usize = folders.iter().flat_map(|(_, files)| files).map(|(_, bytes)| bytes.len()).sum();
    println!("{{\"seconds\": {seconds}, \"files\": {files}, \"bytes\": {bytes}}}");
    Ok(())
}

fn read(root: &Path) -> Result<Vec<(PathBuf, Files)>> {
    let mut folders: BTreeMap<PathBuf, Files> = BTreeMap::new();
    for entry in WalkDir::new(root).sort_by_file_name() {
        let entry = entry.with_context(|| format!("could not list {}", root.display()))?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(root)?;
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            folders.entry(folder).or_default().push((path.to_owned(), fs::read(entry.path())?));
        }
    }
    Ok(folders.into_iter().collect())
}

/// The first folder of the second half.
fn middle(folders: &[(PathBuf, Files)], files: usize) -> usize {
    let mut before = 0;
    let is_first = |(_, files_here): &&(PathBuf, Files)| {
        before += files_here.len();
        before <= files / 2
    };
    folders.iter().take_while(is_first).count()
}

fn write(root: &Path, folders: &[(PathBuf, Files)], way: Way, thread: &str) -> Result<()> {
    let working = root.join(".working").join(thread);
    if way == Way::Whole {
        fs::create_dir_all(&working)?;
    }
    for (folder, files) in folders {
        fs::create_dir_all(root.join(folder))?;
        for (path, bytes) in files {
            match way {
                Way::Whole => {
                    let unfinished = working.join("new");
                    fs::write(&unfinished, bytes)?;
                    fs::rename(unfinished, root.join(path))?;
                }
                Way::InPlace => fs::write(root.join(path), bytes)?,
            }
        }
    }
    Ok(())
}
