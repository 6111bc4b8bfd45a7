//! Reads and writes readings of quotations. A [`Seen`] in a claim states who read the words in the source, and
//! when. A [`Reading`] in `claims.lock` stores a digest of these words, so that the reading no longer counts after
//! the quotation is edited.

use std::fmt::Write as _;

use crate::data::{Fields, Node};
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Quote, Seen, WordingAccess};
use crate::source::Span;

use super::Normalised;
use super::lock_text::{BAD_ENTRY_HELP, is_sha256, read_text, report_missing_keys, toml_string};

const KEYS: [&str; 4] = ["date", "by", "words", "source"];

/// A reading of a quotation, as `claims.lock` stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Date of the reading, from the claim.
    pub date: PartialDate,
    /// Name of the reader, from the claim.
    pub by: String,
    /// SHA-256 of the normalised words ([`Normalised::digest`]), in hexadecimal digits.
    pub words: String,
    /// Id of the source, if the source has a file.
    pub source: Option<String>,
}

/// Whether the quotation of a claim still has the words that somebody saw in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingState {
    /// The reading is of the present words from the present source.
    Current,
    /// The words or their source were changed after the reading.
    Outdated,
    /// The reading is not in `claims.lock`.
    Unrecorded,
    /// The date of the reading is after the day of the build.
    Ahead,
}

impl Reading {
    /// Creates the reading of the present words of a quotation. `source` is the id of the source of the quotation.
    pub fn new(seen: &Seen, quote: &Quote, source: Option<&str>, access: WordingAccess) -> Self {
        Self {
            date: seen.date.value,
            by: seen.by.value.clone(),
            words: Normalised::new(&quote.paragraphs.read(access).join(" ")).digest(),
            source: source.map(str::to_owned),
        }
    }

    /// Whether the claim names this reading: date and reader are equal.
    pub fn is_named_by(&self, seen: &Seen) -> bool {
        self.date == seen.date.value && self.by == seen.by.value
    }

    pub(super) fn read(node: &Node, key: Span, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let before = problems.len();
        let mut fields = Fields::new(node, &KEYS, "a reading in claims.lock", &rules::BAD_LOCKS, problems);
        report_missing_keys(&mut fields, &KEYS[..3], key);
        let date = fields.date("date");
        let by = read_text(&mut fields, "by");
        let words = read_text(&mut fields, "words");
        if let Some(span) = fields.node("words").filter(|_| !is_sha256(&words)).map(|node| node.span) {
            fields.report(
                Diagnostic::new(&rules::BAD_LOCKS, span, "this is not a SHA-256 digest").help(BAD_ENTRY_HELP),
            );
        }
        let source = Some(read_text(&mut fields, "source")).filter(|source| !source.is_empty());
        (problems.len() == before).then_some(Self { date: date?.value, by, words, source })
    }

    pub(super) fn write(&self, out: &mut String) {
        if let Some(source) = &self.source {
            let _ = writeln!(out, "source = {}", toml_string(source));
        }
        // The date is written as a TOML string, because a month or a year alone is not a date in TOML.
        let date = toml_string(&self.date.to_string());
        let by = toml_string(&self.by);
        let _ = writeln!(out, "date = {date}\nby = {by}\nwords = \"{}\"", self.words);
    }
}
