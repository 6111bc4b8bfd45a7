//! The text of a site: [`Sources`] contains every content file, every template and the configuration, each with a
//! [`FileId`]. This module does not interpret the text.

mod load;
mod plain_file;
mod snapshot;
mod span;

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

pub use load::{LoadProblem, LoadProblemKind, load, reload};
pub use plain_file::{FolderSize, Opened, folder_size, open_plain, read_plain};
pub use snapshot::{Snapshot, SnapshotFormat, Snapshots, load_snapshots};
pub use span::{Position, Span, Spanned};

/// Path of a file, relative to the root of the site, with forward slashes on every system.
pub type SitePath = String;

/// Index of a file in [`Sources`], where files are sorted by path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u32);

/// One text file of the site.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: SitePath,
    /// The texts of all files that one thread read together. If each text had its own allocation, it would take up
    /// to a fifth more memory.
    shared_text: Arc<String>,
    /// Byte range of the text of this file in `shared_text`.
    range: Range<usize>,
    /// Positions at regular distances in the text, computed when a line or column is first needed.
    line_marks: OnceLock<Box<[span::LineMark]>>,
}

impl SourceFile {
    /// Creates a file. A byte order mark is part of the text. Nothing in the text is changed, so that spans count
    /// the bytes of the file on disk.
    pub fn new(path: impl Into<SitePath>, text: impl Into<String>) -> Self {
        let text = text.into();
        let place = 0..text.len();
        Self::in_shared_text(&Arc::new(text), place, path.into())
    }

    /// Creates a file whose text is a part of a larger text.
    fn in_shared_text(shared_text: &Arc<String>, place: Range<usize>, path: SitePath) -> Self {
        Self { path, shared_text: Arc::clone(shared_text), range: place, line_marks: OnceLock::new() }
    }

    /// The path, relative to the root of the site.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        self.shared_text.get(self.range.clone()).expect("the range of a text is on character boundaries")
    }

    /// The text of a span of this file. Returns an empty text if the span does not fit this file.
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or_default()
    }

    fn line_marks(&self) -> &[span::LineMark] {
        self.line_marks.get_or_init(|| span::line_marks(self.text()))
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        span::position(self.text(), self.line_marks(), offset)
    }

    /// Byte range of the lines `first..=last`, counted from 1. Lines that do not exist are left out.
    pub fn line_range(&self, first: u32, last: u32) -> Range<usize> {
        let start = |line: u32| span::line_start(self.text(), self.line_marks(), line);
        start(first.max(1))..start(last.max(first) + 1)
    }
}

/// A file that is copied to the output unchanged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StaticFile {
    /// Path, relative to `static/`, with forward slashes. The copy has the same path in the output.
    pub path: SitePath,
    /// Path of the file on the disk.
    pub disk: PathBuf,
}

/// All texts of a site, which are read once, and the paths of its static files. Later stages do not read texts from
/// the disk.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
    static_files: Vec<StaticFile>,
    /// Files in `content/` and `templates/` whose type is not read, such as images.
    unread: Vec<SitePath>,
}

impl Sources {
    /// Creates sources from files in any order. They are sorted by path.
    pub fn new(mut files: Vec<SourceFile>, mut static_files: Vec<StaticFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        static_files.sort();
        let mut files: Vec<Arc<SourceFile>> = files.into_iter().map(Arc::new).collect();
        // `collect` reuses the allocation of the larger `SourceFile`s, so give back what is not needed.
        files.shrink_to_fit();
        Self { files, static_files, unread: Vec::new() }
    }

    /// The same sources with this list of files whose type is not read.
    pub(crate) fn with_unread(self, unread: Vec<SitePath>) -> Self {
        Self { unread, ..self }
    }

    /// Creates sources from pairs of path and text, for tests and for programs that have the texts in memory.
    pub fn from_texts<P: Into<SitePath>, T: Into<String>>(texts: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = texts.into_iter().map(|(path, text)| SourceFile::new(path, text)).collect();
        Self::new(files, Vec::new())
    }

    /// A copy of the sources in which the file at `path` has this text. The file is added if it does not exist.
    #[must_use]
    pub fn with_file(&self, path: &str, text: &str) -> Self {
        let mut files: Vec<Arc<SourceFile>> =
            self.files.iter().filter(|file| file.path != path).cloned().collect();
        files.push(Arc::new(SourceFile::new(path, text)));
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, static_files: self.static_files.clone(), unread: self.unread.clone() }
    }

    /// The file with an id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file with an id, for callers that keep it. When the site is read again, an unchanged file is the same
    /// `Arc`.
    pub fn file_arc(&self, id: FileId) -> &Arc<SourceFile> {
        &self.files[id.0 as usize]
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).slice(span)
    }

    /// All text files with their ids, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(self.files.iter().map(Arc::as_ref))
    }

    /// The id of the file with this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(FileId(u32::try_from(index).ok()?))
    }

    /// Whether nothing has changed since `earlier`: the same files with the same texts.
    pub fn is_unchanged_since(&self, earlier: &Self) -> bool {
        let texts = self.files.iter().zip(&earlier.files).all(|(file, other)| Arc::ptr_eq(file, other));
        texts && self.files.len() == earlier.files.len() && self.has_same_file_lists(earlier)
    }

    fn has_same_file_lists(&self, earlier: &Self) -> bool {
        self.static_files == earlier.static_files && self.unread == earlier.unread
    }

    /// Whether the file with an id is the same `Arc` as in `earlier`: its text has not changed.
    pub fn shares_file_with(&self, id: FileId, earlier: &Self) -> bool {
        let files = self.files.get(id.0 as usize).zip(earlier.files.get(id.0 as usize));
        files.is_some_and(|(file, other)| Arc::ptr_eq(file, other))
    }

    /// The files below `content/` whose text differs from that in `earlier`. Returns `None` if anything else
    /// differs.
    pub fn changed_since(&self, earlier: &Self) -> Option<BTreeSet<FileId>> {
        if self.files.len() != earlier.files.len() || !self.has_same_file_lists(earlier) {
            return None;
        }
        let others = self.iter().filter(|(id, _)| !self.shares_file_with(*id, earlier));
        let changed = others.map(|(id, file)| {
            let is_text = file.path.starts_with("content/") && earlier.file(id).path == file.path;
            is_text.then_some(id)
        });
        changed.collect()
    }

    /// Replaces each file by that of `earlier` if both have the same text, so that results computed from it can be
    /// reused.
    fn share_unchanged_files(&mut self, earlier: &Self) {
        for file in &mut self.files {
            let same = earlier.find(&file.path).map(|id| earlier.file_arc(id));
            if let Some(same) = same.filter(|same| same.text() == file.text()) {
                *file = Arc::clone(same);
            }
        }
    }

    /// Replaces the text of one file, unless the text is the same.
    fn set_text(&mut self, id: FileId, text: String) {
        let file = &mut self.files[id.0 as usize];
        if file.text() != text {
            *file = Arc::new(SourceFile::new(file.path.clone(), text));
        }
    }

    /// Files in `content/` and `templates/` whose type is not read, sorted by path.
    pub fn unread(&self) -> &[SitePath] {
        &self.unread
    }

    /// The files below `static/`, sorted by path.
    pub fn static_files(&self) -> &[StaticFile] {
        &self.static_files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_numbered_by_path_whatever_the_order_they_came_in() {
        let sources = Sources::from_texts([("b.md", "B"), ("a.md", "A")]);
        let paths: Vec<_> = sources.iter().map(|(id, file)| (id.0, file.path())).collect();
        assert_eq!(paths, [(0, "a.md"), (1, "b.md")]);
        assert_eq!(sources.find("b.md"), Some(FileId(1)));
        assert_eq!(sources.find("c.md"), None);
    }

    #[test]
    fn columns_count_characters_and_lines_end_with_any_line_break() {
        let file = SourceFile::new("a.md", "é1\r\nß2\n3");
        let at = |offset| {
            let position = file.position(offset);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (1, 2));
        assert_eq!(at(7), (2, 2));
        assert_eq!(at(9), (3, 1));
        assert_eq!(at(99), (3, 2));
        assert_eq!(file.text().get(file.line_range(2, 2)), Some("ß2\n"));
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_its_characters() {
        let text = format!("\u{feff}x\n{}\nlast", "aß字🂡".repeat(1000));
        let file = SourceFile::new("a.md", text.clone());
        let (mut line, mut column) = (1, 1);
        for (offset, character) in text.char_indices() {
            let found = file.position(u32::try_from(offset).unwrap());
            assert_eq!((found.line, found.column), (line, column), "at byte {offset}");
            match character {
                '\n' => (line, column) = (line + 1, 1),
                '\u{feff}' => {}
                _ => column += 1,
            }
        }
    }

    /// The time to compute a position at every 64th character of a line with `size` characters; the shortest of
    /// three runs.
    fn time_of_positions(size: u32) -> std::time::Duration {
        let once = || {
            let file = SourceFile::new("a.md", "x".repeat(size as usize));
            let start = std::time::Instant::now();
            let columns: u64 = (0..size).step_by(64).map(|at| u64::from(file.position(at).column)).sum();
            assert_eq!(columns, (0..u64::from(size)).step_by(64).map(|at| at + 1).sum::<u64>());
            start.elapsed()
        };
        (0..3).map(|_| once()).min().unwrap()
    }

    #[test]
    fn positions_on_a_long_line_take_time_in_proportion_to_their_number() {
        let (short, long) = (time_of_positions(40_000), time_of_positions(320_000));
        assert!(long < short * 24, "8 times as many took {short:?} and {long:?}");
    }

    #[test]
    fn lines_are_found_wherever_they_are_in_a_long_text() {
        let lines: Vec<String> = (1..=3000).map(|number| format!("line {number}\n")).collect();
        let file = SourceFile::new("a.md", lines.concat());
        for (number, line) in (1..).zip(&lines) {
            let range = file.line_range(number, number);
            assert_eq!(file.text().get(range.clone()), Some(line.as_str()));
            let position = file.position(u32::try_from(range.end - 1).unwrap());
            assert_eq!((position.line, position.column as usize), (number, line.len()));
        }
        assert_eq!(file.line_range(3001, 4000), file.text().len()..file.text().len());
        assert_eq!(SourceFile::new("b.md", "").line_range(1, 2), 0..0);
    }
}
