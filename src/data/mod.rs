//! Reads YAML and TOML text into a tree of [`Node`]s with spans. Scalars keep their original text, because the
//! key decides how a value is read: `id: no` is the word "no". YAML is read with `saphyr-parser`, TOML with
//! `toml`.

mod fields;
mod toml_reader;
mod yaml_reader;

use crate::diagnostic::{Diagnostic, find_merge_conflicts, merge_conflict_error};
use crate::source::{FileId, Span};

pub use fields::{Fields, bad_date, duplicate_key, misspelt_keys, similar_key, unknown_key, unknown_word};
pub use toml_reader::read_toml;
pub use yaml_reader::read_yaml;

/// Deepest nesting of lists and mappings that is read. Real front matter has three levels.
const MAX_DEPTH: usize = 16;

/// A value and its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Place of the value.
    pub span: Span,
}

/// A value in YAML or TOML.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A scalar as the text that is written. Quotation marks and escapes are resolved.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, with its entries in the order of the text.
    Map(Vec<Entry>),
    /// The key has no value.
    Empty,
}

impl Value {
    /// Returns what kind of value this is, for messages.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Scalar(_) => "a single value",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
            Self::Empty => "nothing",
        }
    }
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Place of the key.
    pub key_span: Span,
    /// Value of the key.
    pub node: Node,
}

/// Returns the diagnostic for the first merge conflict in a text that is not valid and begins at byte `offset` of
/// `file`.
fn first_merge_conflict(file: FileId, text: &str, offset: usize) -> Option<Box<Diagnostic>> {
    let range = find_merge_conflicts(text).into_iter().next()?;
    Some(Box::new(merge_conflict_error(Span::new(file, range.start + offset..range.end + offset))))
}
