//! Readings of quotations: a [`Seen`] says who read the words in the source and when; a [`Reading`], kept in
//! `claims.lock`, says which words these were, so that an edit of the quotation ends the reading.

use std::fmt::Write as _;

use crate::data::{Fields, Node};
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Quote, Seen};
use crate::source::Span;

use super::Normalised;
use super::lock::{HELP, basic_string, is_sum, report_missing, text};

const KEYS: [&str; 4] = ["date", "by", "words", "source"];

/// What `claims.lock` stores of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// When it was, as the claim says.
    pub date: PartialDate,
    /// Who read, as the claim says.
    pub by: String,
    /// SHA-256 of the words as they are compared, in hexadecimal digits.
    pub words: String,
    /// Id of the source, where it has a file.
    pub source: Option<String>,
}

/// Whether a reading that a claim names is one of its present words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingState {
    /// It is.
    Current,
    /// The words, or their source, were changed since.
    Outdated,
    /// `claims.lock` does not know it.
    Unrecorded,
    /// Its date is after the day of the build.
    Ahead,
}

impl Reading {
    /// The reading of the present words of a quotation, whose source has the id `source`.
    pub fn new(seen: &Seen, quote: &Quote, source: Option<&str>) -> Self {
        Self {
            date: seen.date.value,
            by: seen.by.value.clone(),
            words: Normalised::new(&quote.paragraphs.join(" ")).digest(),
            source: source.map(str::to_owned),
        }
    }

    /// Whether a claim names this reading: by day and name.
    pub fn is_named_by(&self, seen: &Seen) -> bool {
        self.date == seen.date.value && self.by == seen.by.value
    }

    pub(super) fn read(node: &Node, key: Span, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let before = problems.len();
        let mut fields = Fields::new(node, &KEYS, "a reading in claims.lock", &rules::BAD_LOCKS, problems);
        report_missing(&mut fields, &KEYS[..3], key);
        let date = fields.date("date");
        let by = text(&mut fields, "by");
        let words = text(&mut fields, "words");
        if let Some(span) = fields.node("words").filter(|_| !is_sum(&words)).map(|node| node.span) {
            fields
                .report(Diagnostic::new(&rules::BAD_LOCKS, span, "this is not a SHA-256 digest").help(HELP));
        }
        let source = Some(text(&mut fields, "source")).filter(|source| !source.is_empty());
        (problems.len() == before).then_some(Self { date: date?.value, by, words, source })
    }

    pub(super) fn write(&self, out: &mut String) {
        if let Some(source) = &self.source {
            let _ = writeln!(out, "source = {}", basic_string(source));
        }
        // A month or a year alone is not a date in TOML, so it is text.
        let date = basic_string(&self.date.to_string());
        let by = basic_string(&self.by);
        let _ = writeln!(out, "date = {date}\nby = {by}\nwords = \"{}\"", self.words);
    }
}
