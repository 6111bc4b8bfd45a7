//! Where in a file? [`Span`]: bytes; [`Position`]: line and column as people count them.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::FileId;

/// A range of bytes of one file, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Places do not count in a hash: what says the same elsewhere hashes alike. So the hash of facts tells
/// whether they mean something else, and not whether they have moved.
impl Hash for Span {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Span {
    /// The span of a byte range. Offsets past 4 GiB saturate; such files are refused when loading.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A place in a file as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

pub(super) fn line_starts(text: &str) -> Vec<u32> {
    let after_breaks = text
        .bytes()
        .enumerate()
        .filter(|&(_, byte)| byte == b'\n')
        .map(|(offset, _)| u32::try_from(offset + 1).unwrap_or(u32::MAX));
    std::iter::once(0).chain(after_breaks).collect()
}

pub(super) fn position(text: &str, line_starts: &[u32], offset: u32) -> Position {
    let line = line_starts.partition_point(|&start| start <= offset).max(1);
    let start = line_starts[line - 1] as usize;
    let end = (offset as usize).clamp(start, text.len());
    // A byte order mark is no column to people.
    let column = text.get(start..end).map_or(0, |part| part.trim_start_matches('\u{feff}').chars().count());
    Position {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column + 1).unwrap_or(u32::MAX),
    }
}
