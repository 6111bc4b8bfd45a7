//! Where in a file? [`Span`]: bytes; [`Position`]: line and column as people count them.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use memchr::{memchr_iter, memrchr};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

/// Bytes between two places whose lines are known. A table of all lines would be kept for every file.
const STEP: usize = 4096;

/// How many lines end before every [`STEP`]th byte.
pub(super) fn line_marks(text: &str) -> Box<[u32]> {
    let mut before = 0;
    let marks = text.as_bytes().chunks(STEP).map(|bytes| {
        let mark = before;
        before += breaks(bytes);
        mark
    });
    marks.collect()
}

fn breaks(bytes: &[u8]) -> u32 {
    u32::try_from(memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
}

pub(super) fn position(text: &str, marks: &[u32], offset: u32) -> Position {
    let end = (offset as usize).min(text.len());
    let before = text.as_bytes().get(..end).unwrap_or_default();
    let step = (end / STEP).min(marks.len().saturating_sub(1));
    let ended = marks.get(step).map_or(0, |mark| mark + breaks(&before[step * STEP..]));
    let start = memrchr(b'\n', before).map_or(0, |at| at + 1);
    // A byte order mark is no column to people.
    let column = text.get(start..end).map_or(0, |part| part.trim_start_matches('\u{feff}').chars().count());
    Position { line: ended + 1, column: u32::try_from(column + 1).unwrap_or(u32::MAX) }
}

/// The first byte of a line, counted from 1; the end of the text where it has fewer.
pub(super) fn line_start(text: &str, marks: &[u32], line: u32) -> usize {
    let ended = line.saturating_sub(1);
    let Some(step) = marks.partition_point(|&mark| mark < ended).checked_sub(1) else { return 0 };
    let rest = text.as_bytes().iter().enumerate().skip(step * STEP);
    let mut breaks = rest.filter(|&(_, &byte)| byte == b'\n');
    breaks.nth((ended - marks[step] - 1) as usize).map_or(text.len(), |(at, _)| at + 1)
}
