//! Places in files: a [`Span`] is a range of bytes, a [`Position`] is a line and a column.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use memchr::{memchr_iter, memrchr};

use super::FileId;

/// A range of bytes in one file, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file that contains the range.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset of the byte after the last one.
    pub end: u32,
}

/// A span adds nothing to a hash: two values that differ only in their spans have the same hash. A changed hash of
/// a document then means that its content has changed, and not only that the content has moved.
impl Hash for Span {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Span {
    /// The span of a byte range. Offsets above 4 GiB become the largest offset; files of that size are refused when
    /// the site is read.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    /// The range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// The place where the value was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Combines a value with its span.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A place in a file, as a line and a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number, counted from 1.
    pub line: u32,
    /// Column number in characters (Unicode scalar values), counted from 1.
    pub column: u32,
}

/// Number of bytes between two marks. A table of all lines would need more memory, because it is kept for every
/// file.
const MARK_DISTANCE: usize = 4096;

/// Line and column of one byte of a text. There is a mark for every [`STEP`]th byte, so that a position is found by
/// reading at most [`STEP`] bytes, however long its line is.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineMark {
    /// Number of lines that end before the byte.
    lines: u32,
    /// Offset of the first byte of the line that contains the byte.
    line_start: u32,
    /// Number of characters between the beginning of the line and the byte.
    characters: u32,
}

pub(super) fn line_marks(text: &str) -> Box<[LineMark]> {
    let mut mark = LineMark { lines: 0, line_start: 0, characters: 0 };
    let steps = (0..).step_by(MARK_DISTANCE).zip(text.as_bytes().chunks(MARK_DISTANCE));
    let marks = steps.map(|(at, bytes)| {
        let next = mark.advanced_by(at, bytes);
        std::mem::replace(&mut mark, next)
    });
    marks.collect()
}

impl LineMark {
    /// The mark of the byte after `bytes`. `self` is the mark of the first of them, whose offset in the text is
    /// `at`.
    fn advanced_by(self, at: usize, bytes: &[u8]) -> Self {
        let characters =
            |bytes: &[u8]| saturating_u32(bytes.iter().filter(|&&byte| starts_character(byte)).count());
        match memrchr(b'\n', bytes) {
            Some(last) => Self {
                lines: self.lines + saturating_u32(memchr_iter(b'\n', bytes).count()),
                line_start: saturating_u32(at + last + 1),
                characters: characters(&bytes[last + 1..]),
            },
            None => Self { characters: self.characters + characters(bytes), ..self },
        }
    }
}

/// Whether a byte begins a character in UTF-8. Bytes of the form `10xxxxxx` continue a character.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn saturating_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(super) fn position(text: &str, marks: &[LineMark], offset: u32) -> Position {
    let end = (offset as usize).min(text.len());
    let step = (end / MARK_DISTANCE).min(marks.len().saturating_sub(1));
    let start = step * MARK_DISTANCE;
    let first = LineMark { lines: 0, line_start: 0, characters: 0 };
    let mark = marks.get(step).copied().unwrap_or(first);
    let mark = mark.advanced_by(start, &text.as_bytes()[start..end]);
    // People do not count a byte order mark as a column.
    let has_order_mark = mark.line_start == 0 && mark.characters > 0 && text.starts_with('\u{feff}');
    Position { line: mark.lines + 1, column: mark.characters + 1 - u32::from(has_order_mark) }
}

/// Offset of the first byte of a line, counted from 1. Returns the end of the text if it has fewer lines.
pub(super) fn line_start(text: &str, marks: &[LineMark], line: u32) -> usize {
    let ended = line.saturating_sub(1);
    let Some(step) = marks.partition_point(|mark| mark.lines < ended).checked_sub(1) else { return 0 };
    let rest = text.as_bytes().iter().enumerate().skip(step * MARK_DISTANCE);
    let mut breaks = rest.filter(|&(_, &byte)| byte == b'\n');
    breaks.nth((ended - marks[step].lines - 1) as usize).map_or(text.len(), |(at, _)| at + 1)
}
