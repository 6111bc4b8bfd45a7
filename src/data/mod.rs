//! Reads YAML and TOML: text in, a tree of [`Node`]s with spans out. Scalars keep the text that they were written
//! as, because their keys decide what they mean: `id: no` is the word "no". YAML is read with `saphyr-parser`, TOML
//! with `toml`.

mod fields;
mod toml_reader;
mod yaml_reader;

use crate::source::Span;

pub use fields::{Fields, bad_date, duplicate_key, meant_key, misspelt, unknown_key, unknown_word};
pub use toml_reader::read_toml;
pub use yaml_reader::read_yaml;

/// Deepest nesting of lists and mappings that is read; real front matter has three levels.
const DEEPEST: usize = 16;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes.
    pub span: Span,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A scalar, as the text it was written as; quotes and escapes are resolved.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order written.
    Map(Vec<Entry>),
    /// Nothing was written behind the key.
    Empty,
}

impl Value {
    /// What it is, for messages.
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
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub node: Node,
}
