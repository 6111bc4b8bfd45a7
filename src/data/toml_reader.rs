//! TOML text to [`Node`]s.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{FileId, Span};

use super::{DEEPEST, Entry, Node, Value};

/// Read the TOML document `text`, which begins at byte `offset` of `file`. Problems are cases of
/// `rule`: the same text may be front matter or configuration.
///
/// # Errors
/// One diagnostic where the text is no TOML.
pub fn read_toml(
    file: FileId,
    text: &str,
    offset: usize,
    rule: &'static Rule,
) -> Result<Node, Box<Diagnostic>> {
    let span = |range: std::ops::Range<usize>| Span::new(file, range.start + offset..range.end + offset);
    let problem = |range, message: String| Box::new(Diagnostic::new(rule, span(range), message));
    let table = DeTable::parse(text).map_err(|error| {
        let range = error.span().unwrap_or_default();
        let problem = problem(range, format!("invalid TOML: {}", one_line(error.message())));
        Box::new(problem.help(
            "a table or key may stand only once, and texts need quotation marks; https://toml.io/ has all rules",
        ))
    })?;
    let entries = entries(table.get_ref(), &span, DEEPEST).ok_or_else(|| {
        let problem = problem(0..0, "values are nested too deeply".to_owned());
        Box::new(problem.help("use fewer tables within tables"))
    })?;
    Ok(Node { value: Value::Map(entries), span: span(0..text.len()) })
}

type Place<'a> = &'a dyn Fn(std::ops::Range<usize>) -> Span;

/// Entries in the order written: the parser sorts them by key.
fn entries(table: &DeTable<'_>, place: Place<'_>, depth: usize) -> Option<Vec<Entry>> {
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        entries.push(Entry {
            key: key.get_ref().to_string(),
            key_span: place(key.span()),
            node: node(value, place, depth.checked_sub(1)?)?,
        });
    }
    entries.sort_by_key(|entry| entry.key_span.start);
    Some(entries)
}

fn node(value: &Spanned<DeValue<'_>>, place: Place<'_>, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    let scalar = |text: &str| Value::Scalar(text.to_owned());
    let value_of = match value.get_ref() {
        DeValue::String(text) => scalar(text),
        DeValue::Integer(number) => scalar(number.as_str()),
        DeValue::Float(number) => scalar(number.as_str()),
        DeValue::Boolean(truth) => Value::Scalar(truth.to_string()),
        DeValue::Datetime(date) => Value::Scalar(date.to_string()),
        DeValue::Array(items) => {
            let items: Option<_> = items.iter().map(|item| node(item, place, depth)).collect();
            Value::List(items?)
        }
        DeValue::Table(table) => Value::Map(entries(table, place, depth)?),
    };
    Some(Node { value: value_of, span: place(value.span()) })
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
