//! Places in files: a [`Span`] counts bytes, a [`Position`] counts lines and columns as people do.

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

/// Bytes between two marks. A table of all lines would be kept for every file.
const STEP: usize = 4096;

/// The position of one byte in its text: a mark exists for every [`STEP`]th byte, so that no position costs
/// more than a step, however long its line is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Lines that end before the byte.
    lines: u32,
    /// The first byte of its line.
    line_start: u32,
    /// Characters between that and the byte.
    characters: u32,
}

pub(super) fn marks(text: &str) -> Box<[Mark]> {
    let mut mark = Mark { lines: 0, line_start: 0, characters: 0 };
    let steps = (0..).step_by(STEP).zip(text.as_bytes().chunks(STEP));
    let marks = steps.map(|(at, bytes)| {
        let next = mark.after(at, bytes);
        std::mem::replace(&mut mark, next)
    });
    marks.collect()
}

impl Mark {
    /// The mark behind some bytes, of which the first has this mark and is the `at`th of the text.
    fn after(self, at: usize, bytes: &[u8]) -> Self {
        let characters =
            |bytes: &[u8]| saturated(bytes.iter().filter(|&&byte| starts_character(byte)).count());
        match memrchr(b'\n', bytes) {
            Some(last) => Self {
                lines: self.lines + saturated(memchr_iter(b'\n', bytes).count()),
                line_start: saturated(at + last + 1),
                characters: characters(&bytes[last + 1..]),
            },
            None => Self { characters: self.characters + characters(bytes), ..self },
        }
    }
}

/// The others continue one.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn saturated(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(super) fn position(text: &str, marks: &[Mark], offset: u32) -> Position {
    let end = (offset as usize).min(text.len());
    let step = (end / STEP).min(marks.len().saturating_sub(1));
    let start = step * STEP;
    let first = Mark { lines: 0, line_start: 0, characters: 0 };
    let mark = marks.get(step).copied().unwrap_or(first);
    let mark = mark.after(start, text.as_bytes().get(start..end).unwrap_or_default());
    // A byte order mark is not a column to people.
    let has_order_mark = mark.line_start == 0 && mark.characters > 0 && text.starts_with('\u{feff}');
    Position { line: mark.lines + 1, column: mark.characters + 1 - u32::from(has_order_mark) }
}

/// The first byte of a line, counted from 1; the end of the text where it has fewer.
pub(super) fn line_start(text: &str, marks: &[Mark], line: u32) -> usize {
    let ended = line.saturating_sub(1);
    let Some(step) = marks.partition_point(|mark| mark.lines < ended).checked_sub(1) else { return 0 };
    let rest = text.as_bytes().iter().enumerate().skip(step * STEP);
    let mut breaks = rest.filter(|&(_, &byte)| byte == b'\n');
    breaks.nth((ended - marks[step].lines - 1) as usize).map_or(text.len(), |(at, _)| at + 1)
}
