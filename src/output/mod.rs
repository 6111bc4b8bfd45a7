//! The planned output: an [`OutputTree`] has an entry for each path, in the order of the paths. It does not hold
//! rendered pages: [`commit`] renders and writes in parallel and drops the bytes, so memory does not grow with the
//! output. Two files at one path are found when the tree is made, before anything is rendered.

mod commit;
mod disk;
mod manifest;
mod stage;
mod whole;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use crate::diagnostic::{Place, is_hidden};
use crate::name::{self, is_reserved};
use crate::source::Span;

pub use commit::{Hold, Manner, Summary, check_folder, commit, earlier};
pub use disk::{Stamp, Stamps, keep, read_kept};
pub use whole::{create_file, replace_file};

/// Most bytes of a name of a file or folder: what ext4, APFS and NTFS have in common.
const LONGEST_NAME: usize = 255;

/// Path of a file below the output folder: relative, forward slashes, without `.` and `..`, and without names that
/// Windows cannot have, that are too long, or that could steer a terminal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(String);

impl OutputPath {
    /// Make a path. It is `None` if it could lead out of the output folder, belongs to this program, or has a name
    /// that files should not have.
    pub fn new(path: impl Into<String>) -> Option<Self> {
        let path = path.into();
        Self::is_good(&path).then_some(Self(path))
    }

    fn is_good(path: &str) -> bool {
        let is_good = |part: &str| {
            !matches!(part, "" | "." | "..")
                && part.len() <= LONGEST_NAME
                && !part.starts_with(".claimbook")
                && !is_reserved(part)
        };
        path.split('/').all(is_good)
            && !path.chars().any(|character| name::is_forbidden(character) || is_hidden(character))
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

impl<T> OutputFile<T> {
    /// Whether its bytes have to be made first, which takes longer than comparing them with a file.
    fn is_rendered(&self) -> bool {
        match self {
            Self::Render(_) | Self::Stream(_) | Self::Renew(_) => true,
            Self::Bytes(_) | Self::Copy(_) => false,
        }
    }
}

/// What asks for a file of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The site itself: its lists, feeds, data and assets.
    Site,
    /// The file of the same path in `static/`.
    Static,
    /// A text of the author.
    Text(Span),
}

impl From<Option<Span>> for Origin {
    fn from(span: Option<Span>) -> Self {
        span.map_or(Self::Site, Self::Text)
    }
}

/// A file of a site, before it is known whether its path is free.
pub struct Planned<T> {
    /// Where it will be.
    pub path: OutputPath,
    /// What asks for it.
    pub origin: Origin,
    /// It lies beside a page. Where two pages want one address, that is reported once, and not again for what
    /// lies beside them.
    pub is_beside: bool,
    /// What it will be.
    pub file: OutputFile<T>,
}

/// Two files that want one path, or a file where another needs a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The path.
    pub path: String,
    /// Both write the path in the same letters. Otherwise only some file systems take them for one.
    pub is_exact: bool,
    /// Where the first is asked for.
    pub first: Place,
    /// Where the second is asked for.
    pub second: Place,
}

/// The files of a site, as far as they can be known before they are made out of a `T`, sorted by path.
pub struct OutputTree<T>(Vec<(OutputPath, OutputFile<T>)>);

impl<T> Default for OutputTree<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> OutputTree<T> {
    /// The tree of files that were planned in whatever order, and all collisions. Of files that want one path,
    /// the first has it.
    pub fn new(mut files: Vec<Planned<T>>) -> (Self, Vec<Collision>) {
        let mut collisions = Vec::new();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files.dedup_by(|second, first| {
            let is_same = second.path == first.path;
            if is_same && !second.is_beside {
                collisions.push(Collision::of(first, second));
            }
            is_same
        });
        let spelled = spelled(&files);
        collisions.extend(spelled_alike(&spelled));
        add_files_for_folders(&spelled, &mut collisions);
        drop(spelled);
        let mut tree: Vec<_> = files.into_iter().map(|planned| (planned.path, planned.file)).collect();
        tree.shrink_to_fit();
        (Self(tree), collisions)
    }

    /// Whether something is at a path.
    pub fn contains(&self, path: &OutputPath) -> bool {
        self.get(path).is_some()
    }

    /// What will be at a path.
    pub fn get(&self, path: &OutputPath) -> Option<&OutputFile<T>> {
        let at = self.0.binary_search_by(|(known, _)| known.cmp(path)).ok()?;
        Some(&self.0.get(at)?.1)
    }

    /// The files in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&OutputPath, &OutputFile<T>)> {
        self.0.iter().map(|(path, file)| (path, file))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// No file at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Collision {
    fn of<T>(first: &Planned<T>, second: &Planned<T>) -> Self {
        Self {
            path: second.path.0.clone(),
            is_exact: first.path == second.path,
            first: first.place(),
            second: second.place(),
        }
    }
}

impl<T> Planned<T> {
    /// Where it is asked for.
    fn place(&self) -> Place {
        match self.origin {
            Origin::Site => Place::Site,
            Origin::Static => Place::Path(["static/", &self.path.0].concat(), None),
            Origin::Text(span) => Place::Text(span),
        }
    }
}

/// Each file with its path in the spelling that all file systems distinguish, sorted.
fn spelled<T>(files: &[Planned<T>]) -> Vec<(Cow<'_, str>, &Planned<T>)> {
    let mut spelled: Vec<_> =
        files.iter().map(|planned| (name::spelling(&planned.path.0), planned)).collect();
    spelled.sort_by(|(one, _), (other, _)| one.cmp(other));
    spelled
}

/// Paths that some file systems do not distinguish: they differ in upper and lower case only, or in how letters are
/// composed.
fn spelled_alike<T>(sorted: &[(Cow<'_, str>, &Planned<T>)]) -> Vec<Collision> {
    let alike = sorted.chunk_by(|(one, _), (other, _)| one == other);
    let collisions = alike.filter_map(<[_]>::split_first).flat_map(|((_, first), others)| {
        let collision = |(_, second): &(_, &Planned<T>)| Collision::of(first, second);
        others.iter().map(collision).collect::<Vec<_>>()
    });
    collisions.collect()
}

/// Files where others need a folder, unless they are known to collide.
fn add_files_for_folders<T>(sorted: &[(Cow<'_, str>, &Planned<T>)], collisions: &mut Vec<Collision>) {
    let mut known: BTreeSet<String> = collisions.iter().map(|collision| collision.path.clone()).collect();
    let mut last = "";
    for (path, planned) in sorted {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if std::mem::replace(&mut last, folder) == folder {
            continue;
        }
        for inner in std::iter::successors(Some(folder), |inner| Some(inner.rsplit_once('/')?.0)) {
            let found = sorted.binary_search_by(|(known, _)| known.as_ref().cmp(inner)).ok();
            let Some((_, file)) = found.and_then(|at| sorted.get(at)) else { continue };
            if known.insert(file.path.0.clone()) {
                collisions.push(Collision {
                    path: file.path.0.clone(),
                    is_exact: planned.path.0.starts_with(&file.path.0),
                    first: file.place(),
                    second: planned.place(),
                });
            }
        }
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
        for wrong in [
            "",
            "/etc/passwd",
            "../a",
            "a/../b",
            "a//b",
            "a\\b",
            ".claimbook-manifest.json",
            "a/con/b",
            "a/aux.html",
            "a/b.",
            "a\nb",
            "a\u{202e}b",
            "a:b",
            "a/what?.png",
            &"a".repeat(256),
        ] {
            check(wrong, false);
        }
    }

    #[test]
    fn collisions_are_paths_asked_for_twice_and_files_where_folders_must_be() {
        let planned = |(path, is_beside): (&str, bool)| Planned {
            path: OutputPath::new(path).expect("a path"),
            origin: Origin::Site,
            is_beside,
            file: OutputFile::Bytes(Vec::new()),
        };
        let files = [
            ("b/c", false),
            ("a/index.html", false),
            ("a/x", false),
            ("A/x", false),
            ("b", false),
            ("caf\u{e9}", false),
            ("cafe\u{301}", false),
            ("D", false),
            ("d/e", false),
        ];
        let again = [("a/index.html", false), ("a/x", true)];
        let (tree, collisions) = OutputTree::<()>::new(files.into_iter().chain(again).map(planned).collect());
        let paths: Vec<_> = collisions.into_iter().map(|collision| collision.path).collect();
        assert_eq!(paths, ["a/index.html", "a/x", "caf\u{e9}", "b", "D"]);
        let places: Vec<_> = tree.files().map(|(path, _)| path.as_str()).collect();
        let expected = ["A/x", "D", "a/index.html", "a/x", "b", "b/c", "cafe\u{301}", "caf\u{e9}", "d/e"];
        assert_eq!(places, expected);
    }
}
