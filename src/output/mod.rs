//! The planned output of a build: an [`OutputTree`] lists the files of the site, sorted by path. It does not
//! contain rendered pages: [`commit`] renders and writes them in parallel and drops the bytes, so memory does not
//! grow with the output. Two files with one path are found when the tree is created, before anything is rendered.

mod bounded;
mod commit;
mod disk;
mod lock;
mod manifest;
mod stage;
mod whole;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use crate::diagnostic::{Place, is_hidden};
use crate::name::{self, is_reserved_on_windows};
use crate::source::Span;

pub use commit::{CommitOptions, Summary, check_output_folder, commit};
pub use disk::{Stamp, Stamps, read_cache_file, write_cache_file};
pub use lock::OutputLock;
pub use whole::{create_file, replace_file};

/// Maximum length of the name of a file or folder, in bytes. ext4, APFS and NTFS all allow names of this length.
const MAX_NAME_LENGTH: usize = 255;

/// Path of a file, relative to the output folder, with forward slashes. It contains neither `.` nor `..`, and no
/// names that are longer than 255 bytes, that Windows does not allow, or that contain characters which can control
/// a terminal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(String);

impl OutputPath {
    /// Creates a path. Returns `None` if the path could lead out of the output folder, if a name in it begins with
    /// `.claimbook`, because this program uses such names for its own files, or if a name is not allowed in an
    /// [`OutputPath`].
    pub fn new(path: impl Into<String>) -> Option<Self> {
        let path = path.into();
        Self::is_valid(&path).then_some(Self(path))
    }

    fn is_valid(path: &str) -> bool {
        let is_valid_part = |part: &str| {
            !matches!(part, "" | "." | "..")
                && part.len() <= MAX_NAME_LENGTH
                && !part.starts_with(".claimbook")
                && !is_reserved_on_windows(part)
        };
        path.split('/').all(is_valid_part)
            && !path.chars().any(|character| name::is_forbidden_on_windows(character) || is_hidden(character))
    }

    /// The path of the file for a page's address, relative to the base path: the file for `claims/a/` is
    /// `claims/a/index.html`. An address that does not end with a slash is the path itself.
    pub fn for_page(page: &str) -> Option<Self> {
        if page.is_empty() || page.ends_with('/') {
            // `concat` allocates exactly the bytes it needs, which saves memory because there are many paths.
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

/// A function that renders the bytes of one file from a `T` and appends them to a buffer. The caller reuses one
/// buffer for thousands of files.
pub type Render<T> = Box<dyn Fn(&T, &mut Vec<u8>) -> Result<()> + Send + Sync>;

/// A function that writes the bytes of one file from a `T` to a writer, in pieces.
pub type Stream<T> = Box<dyn Fn(&T, &mut dyn Write) -> Result<()> + Send + Sync>;

/// A function that makes the bytes of one file from a `T` and the bytes of the existing file, if there is one.
/// Returns `None` if the existing bytes are right already.
pub type Renew<T> = Box<dyn Fn(&T, Option<&[u8]>) -> Result<Option<Vec<u8>>> + Send + Sync>;

/// The content of a planned file.
pub enum OutputFile<T> {
    /// Renders the bytes when the file is written.
    Render(Render<T>),
    /// Writes the bytes in pieces, for a file that grows with the site: the whole file is never in memory.
    Stream(Stream<T>),
    /// Makes bytes that take long to make, and keeps the existing bytes of an earlier build if they are still
    /// right.
    Renew(Renew<T>),
    /// Bytes that are known when the file is planned.
    Bytes(Vec<u8>),
    /// A copy of the file at this path on the disk.
    Copy(PathBuf),
}

impl<T> OutputFile<T> {
    /// Whether the bytes have to be made first, which takes longer than comparing known bytes with a file.
    fn is_rendered(&self) -> bool {
        match self {
            Self::Render(_) | Self::Stream(_) | Self::Renew(_) => true,
            Self::Bytes(_) | Self::Copy(_) => false,
        }
    }
}

/// The reason why a site has a file. It is shown when two files collide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The site itself, for its lists, feeds, data and assets.
    Site,
    /// A file in `static/` with the same path.
    Static,
    /// The text of the author at this span.
    Text(Span),
}

impl From<Option<Span>> for Origin {
    fn from(span: Option<Span>) -> Self {
        span.map_or(Self::Site, Self::Text)
    }
}

/// A file that a site needs, before it is known whether another file has the same path.
pub struct Planned<T> {
    /// Path of the file.
    pub path: OutputPath,
    /// The reason why the site has the file.
    pub origin: Origin,
    /// Whether the file belongs to a page and lies in the folder of that page. If two pages have the same address,
    /// the collision is reported once for the pages, and not again for these files.
    pub is_attached_to_page: bool,
    /// Content of the file.
    pub file: OutputFile<T>,
}

/// Two files with one path, or a file at a path where another file needs a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The path where the files collide.
    pub path: String,
    /// Whether both paths are spelled with the same letters. Otherwise only some file systems treat them as one
    /// path.
    pub is_exact: bool,
    /// What asks for the first file.
    pub first: Place,
    /// What asks for the second file.
    pub second: Place,
}

/// The planned files of a site, sorted by path. Their bytes are made later, from a `T`.
pub struct OutputTree<T>(Vec<(OutputPath, OutputFile<T>)>);

impl<T> Default for OutputTree<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> OutputTree<T> {
    /// Creates the tree from files in any order, and returns it with all collisions. If several files have one
    /// path, the tree contains the first of them.
    pub fn new(mut files: Vec<Planned<T>>) -> (Self, Vec<Collision>) {
        let mut collisions = Vec::new();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files.dedup_by(|second, first| {
            let is_same = second.path == first.path;
            if is_same && !second.is_attached_to_page {
                collisions.push(Collision::between(first, second));
            }
            is_same
        });
        let by_spelling = sorted_by_spelling(&files);
        collisions.extend(same_spelling_collisions(&by_spelling));
        add_file_and_folder_collisions(&by_spelling, &mut collisions);
        drop(by_spelling);
        let mut tree: Vec<_> = files.into_iter().map(|planned| (planned.path, planned.file)).collect();
        tree.shrink_to_fit();
        (Self(tree), collisions)
    }

    /// Whether the tree contains a file with this path.
    pub fn contains(&self, path: &OutputPath) -> bool {
        self.get(path).is_some()
    }

    /// The content of the file with this path.
    pub fn get(&self, path: &OutputPath) -> Option<&OutputFile<T>> {
        let at = self.0.binary_search_by(|(known, _)| known.cmp(path)).ok()?;
        Some(&self.0.get(at)?.1)
    }

    /// All files with their paths, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&OutputPath, &OutputFile<T>)> {
        self.0.iter().map(|(path, file)| (path, file))
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the tree contains no files.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Collision {
    fn between<T>(first: &Planned<T>, second: &Planned<T>) -> Self {
        Self {
            path: second.path.0.clone(),
            is_exact: first.path == second.path,
            first: first.report_place(),
            second: second.report_place(),
        }
    }
}

impl<T> Planned<T> {
    /// The place that the report of a collision shows for this file.
    fn report_place(&self) -> Place {
        match self.origin {
            Origin::Site => Place::Site,
            Origin::Static => Place::Path(["static/", &self.path.0].concat(), None),
            Origin::Text(span) => Place::Text(span),
        }
    }
}

/// Pairs each file with the normalised spelling of its path, and sorts by that spelling. If two spellings differ,
/// all file systems distinguish the two paths.
fn sorted_by_spelling<T>(files: &[Planned<T>]) -> Vec<(Cow<'_, str>, &Planned<T>)> {
    let mut spelled: Vec<_> =
        files.iter().map(|planned| (name::path_spelling(&planned.path.0), planned)).collect();
    spelled.sort_by(|(one, _), (other, _)| one.cmp(other));
    spelled
}

/// Finds collisions of paths that some file systems do not distinguish: the paths differ only in upper and lower
/// case, or in how their letters are composed (Unicode normalisation).
fn same_spelling_collisions<T>(sorted: &[(Cow<'_, str>, &Planned<T>)]) -> Vec<Collision> {
    let alike = sorted.chunk_by(|(one, _), (other, _)| one == other);
    let collisions = alike.filter_map(<[_]>::split_first).flat_map(|((_, first), others)| {
        let collision = |(_, second): &(_, &Planned<T>)| Collision::between(first, second);
        others.iter().map(collision).collect::<Vec<_>>()
    });
    collisions.collect()
}

/// Adds the collisions of files at paths where other files need a folder, unless a collision at that path is known
/// already.
fn add_file_and_folder_collisions<T>(
    sorted: &[(Cow<'_, str>, &Planned<T>)],
    collisions: &mut Vec<Collision>,
) {
    let mut known: BTreeSet<String> = collisions.iter().map(|collision| collision.path.clone()).collect();
    let mut previous_folder = "";
    for (path, planned) in sorted {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if std::mem::replace(&mut previous_folder, folder) == folder {
            continue;
        }
        for inner in std::iter::successors(Some(folder), |inner| Some(inner.rsplit_once('/')?.0)) {
            let found = sorted.binary_search_by(|(known, _)| known.as_ref().cmp(inner)).ok();
            let Some((_, file)) = found.and_then(|at| sorted.get(at)) else { continue };
            if known.insert(file.path.0.clone()) {
                collisions.push(Collision {
                    path: file.path.0.clone(),
                    is_exact: planned.path.0.starts_with(&file.path.0),
                    first: file.report_place(),
                    second: planned.report_place(),
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
            is_attached_to_page: is_beside,
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
