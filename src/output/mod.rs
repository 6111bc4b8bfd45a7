//! What will be in the output folder? [`OutputTree`]: an ordered map of path to what will be there.
//! It holds no rendered page: [`commit`] renders and writes in parallel and drops the bytes, so memory
//! does not grow with the output. Inserting a path twice is how collisions are found, before anything
//! is rendered.

mod commit;
mod disk;
mod manifest;
mod replace;
mod stage;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use crate::source::Span;

pub use commit::{Hold, Manner, Summary, check_folder, commit, earlier};
pub use disk::{Stamp, Stamps, keep, read, read_kept};
pub use replace::replace_file;

/// Path of a file below the output folder: relative, forward slashes, without `.` and `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(String);

impl OutputPath {
    /// A path; `None` when it could lead out of the output folder or belongs to this program.
    pub fn new(path: impl Into<String>) -> Option<Self> {
        let path = path.into();
        let good = |part: &str| {
            !matches!(part, "" | "." | "..")
                && !part.contains(['\\', '\0'])
                && !part.starts_with(".claimbook")
        };
        path.split('/').all(good).then_some(Self(path))
    }

    /// The file of a page's address below the base path: `claims/a/` is `claims/a/index.html`.
    pub fn of_page(page: &str) -> Option<Self> {
        if page.is_empty() || page.ends_with('/') {
            // There are many of these, and this makes one no longer than it is.
            Self::new([page, "index.html"].concat())
        } else {
            Self::new(page)
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A function that makes the bytes of one file out of a `T`, when they are needed, and appends them to what it
/// is given: thousands of pages are made in the same room.
pub type Render<T> = Box<dyn Fn(&T, &mut Vec<u8>) -> Result<()> + Send + Sync>;

/// A function that writes the bytes of one file out of a `T`, piece by piece.
pub type Stream<T> = Box<dyn Fn(&T, &mut dyn Write) -> Result<()> + Send + Sync>;

/// A function that makes the bytes of one file, given those that are there; `None` when they are right
/// already.
pub type Renew<T> = Box<dyn Fn(&T, Option<&[u8]>) -> Result<Option<Vec<u8>>> + Send + Sync>;

/// What will be at a path.
pub enum OutputFile<T> {
    /// Bytes that are made when they are written.
    Render(Render<T>),
    /// The same for a file that grows with the site: memory never holds all of it.
    Stream(Stream<T>),
    /// Bytes that cost much to make, and are kept from an earlier build while they are right.
    Renew(Renew<T>),
    /// Bytes that are there already.
    Bytes(Vec<u8>),
    /// A copy of a file.
    Copy(PathBuf),
}

/// Two files that want one path, or a file where another needs a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The path.
    pub path: String,
    /// Where the first was asked for, if in a text.
    pub first: Option<Span>,
    /// Where the second was asked for, if in a text.
    pub second: Option<Span>,
}

/// The files of a site, as far as they can be known before they are made out of a `T`.
pub struct OutputTree<T> {
    files: BTreeMap<OutputPath, (Option<Span>, OutputFile<T>)>,
    collisions: Vec<Collision>,
}

impl<T> Default for OutputTree<T> {
    fn default() -> Self {
        Self { files: BTreeMap::new(), collisions: Vec::new() }
    }
}

impl<T> OutputTree<T> {
    /// Put a file at a path; `origin` is the text that asks for it.
    pub fn insert(&mut self, path: OutputPath, origin: Option<Span>, file: OutputFile<T>) {
        if let Some((first, _)) = self.files.get(&path) {
            self.collisions.push(Collision { path: path.0, first: *first, second: origin });
        } else {
            self.files.insert(path, (origin, file));
        }
    }

    /// Give back memory when all files are in: nodes that files were put into one after the other are half
    /// empty, nodes that are made at once are full.
    pub fn shrink(&mut self) {
        self.files = std::mem::take(&mut self.files).into_iter().collect();
    }

    /// Whether something is at a path.
    pub fn contains(&self, path: &OutputPath) -> bool {
        self.files.contains_key(path)
    }

    /// What will be at a path.
    pub fn get(&self, path: &OutputPath) -> Option<&OutputFile<T>> {
        self.files.get(path).map(|(_, file)| file)
    }

    /// The files in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&OutputPath, &OutputFile<T>)> {
        self.files.iter().map(|(path, (_, file))| (path, file))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// No file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// All collisions: paths asked for twice, and files where folders must be.
    pub fn collisions(&self) -> Vec<Collision> {
        let mut collisions = self.collisions.clone();
        // Some file systems do not tell upper from lower case.
        let mut spellings: BTreeMap<String, Vec<&OutputPath>> = BTreeMap::new();
        for path in self.files.keys() {
            let lower = path.0.to_lowercase();
            if lower != path.0 {
                let plain = self.files.get_key_value(&OutputPath(lower.clone())).map(|(path, _)| path);
                spellings.entry(lower).or_insert_with(|| plain.into_iter().collect()).push(path);
            }
        }
        for paths in spellings.values_mut() {
            paths.sort();
            let mut spans =
                paths.iter().map(|path| (*path, self.files.get(path).and_then(|(span, _)| *span)));
            let Some((_, first)) = spans.next() else { continue };
            let others = spans.map(|(path, second)| Collision { path: path.0.clone(), first, second });
            collisions.extend(others);
        }
        let mut last = "";
        for (path, (second, _)) in &self.files {
            let folder = path.0.rsplit_once('/').map_or("", |(folder, _)| folder);
            if std::mem::replace(&mut last, folder) == folder {
                continue;
            }
            for inner in std::iter::successors(Some(folder), |inner| Some(inner.rsplit_once('/')?.0)) {
                let inner = OutputPath(inner.to_owned());
                let is_new = || collisions.iter().all(|known| known.path != inner.0);
                if let Some((first, _)) = self.files.get(&inner).filter(|_| is_new()) {
                    collisions.push(Collision { path: inner.0, first: *first, second: *second });
                }
            }
        }
        collisions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_output_folder() {
        let check = |path: &str, good: bool| assert_eq!(OutputPath::new(path).is_some(), good, "{path}");
        check("claims/a/index.html", true);
        check(".nojekyll", true);
        for wrong in ["", "/etc/passwd", "../a", "a/../b", "a//b", "a\\b", ".claimbook-manifest.json"] {
            check(wrong, false);
        }
    }

    #[test]
    fn collisions_are_paths_asked_for_twice_and_files_where_folders_must_be() {
        let mut tree = OutputTree::<()>::default();
        for path in ["a/index.html", "a/index.html", "b", "b/c"] {
            let path = OutputPath::new(path).expect("a path");
            tree.insert(path, None, OutputFile::Bytes(Vec::new()));
        }
        let paths: Vec<_> = tree.collisions().into_iter().map(|collision| collision.path).collect();
        assert_eq!(paths, ["a/index.html", "b"]);
        assert_eq!(tree.len(), 3);
    }
}
