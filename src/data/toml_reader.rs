//! Reads TOML text into [`Node`]s.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{FileId, Span};

use super::{Entry, MAX_DEPTH, Node, Value, first_merge_conflict};

/// Reads the TOML document `text`, which begins at byte `offset` of `file`. Problems are reported under `rule`,
/// because the text may be front matter or configuration.
///
/// # Errors
/// Returns one diagnostic if the text is not valid TOML, is nested too deeply, or contains the character U+0000.
pub fn read_toml(
    file: FileId,
    text: &str,
    offset: usize,
    rule: &'static Rule,
) -> Result<Node, Box<Diagnostic>> {
    let span = |range: std::ops::Range<usize>| Span::new(file, range.start + offset..range.end + offset);
    let problem = |range, message: String| Box::new(Diagnostic::new(rule, span(range), message));
    let table = DeTable::parse(text).map_err(|error| {
        if let Some(conflict) = first_merge_conflict(file, text, offset) {
            return conflict;
        }
        let range = error.span().unwrap_or_default();
        let problem = problem(range, format!("invalid TOML: {}", one_line(error.message())));
        Box::new(problem.help(
            "a table or key may be given only once, and texts need quotation marks; https://toml.io/ has all rules",
        ))
    })?;
    let entries = read_entries(table.get_ref(), &span, MAX_DEPTH)
        .map_err(|refused| Box::new(problem(refused.range, refused.message.to_owned()).help(refused.help)))?;
    Ok(Node { value: Value::Map(entries), span: span(0..text.len()) })
}

type ToSpan<'a> = &'a dyn Fn(std::ops::Range<usize>) -> Span;

/// A part of a text that is valid TOML but that this reader does not accept.
struct Refusal {
    /// Byte range in the TOML text.
    range: std::ops::Range<usize>,
    message: &'static str,
    help: &'static str,
}

/// Returns the depth that values inside the value at `at` may still have, or an error if they are too deep.
fn remaining_depth(depth: usize, at: std::ops::Range<usize>) -> Result<usize, Refusal> {
    let message = "values are nested too deeply";
    depth.checked_sub(1).ok_or(Refusal { range: at, message, help: "use fewer tables within tables" })
}

/// Copies a text, and refuses one with the character U+0000. TOML does not allow this character, but its escape
/// sequence can produce it.
fn text_without_nul(text: &str, at: std::ops::Range<usize>) -> Result<String, Refusal> {
    if text.contains('\0') {
        let message = "this text contains the character U+0000";
        return Err(Refusal { range: at, message, help: "delete the escape" });
    }
    Ok(text.to_owned())
}

/// Returns the entries in the order of the text. The parser sorts them by key.
fn read_entries(table: &DeTable<'_>, to_span: ToSpan<'_>, depth: usize) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        entries.push(Entry {
            key: text_without_nul(key.get_ref(), key.span())?,
            key_span: to_span(key.span()),
            node: read_node(value, to_span, remaining_depth(depth, value.span())?)?,
        });
    }
    entries.sort_by_key(|entry| entry.key_span.start);
    Ok(entries)
}

fn read_node(value: &Spanned<DeValue<'_>>, to_span: ToSpan<'_>, depth: usize) -> Result<Node, Refusal> {
    let depth = remaining_depth(depth, value.span())?;
    let scalar = |text: &str| Value::Scalar(text.to_owned());
    let value_of = match value.get_ref() {
        DeValue::String(text) => Value::Scalar(text_without_nul(text, value.span())?),
        DeValue::Integer(number) => scalar(number.as_str()),
        DeValue::Float(number) => scalar(number.as_str()),
        DeValue::Boolean(truth) => Value::Scalar(truth.to_string()),
        DeValue::Datetime(date) => Value::Scalar(date.to_string()),
        DeValue::Array(items) => {
            let items: Result<_, _> = items.iter().map(|item| read_node(item, to_span, depth)).collect();
            Value::List(items?)
        }
        DeValue::Table(table) => Value::Map(read_entries(table, to_span, depth)?),
    };
    Ok(Node { value: value_of, span: to_span(value.span()) })
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::rules;

    #[test]
    fn what_toml_allows_and_this_program_refuses_is_reported_where_it_is() {
        let check = |text: &str, message: &str, marked: &str| {
            let problem = read_toml(FileId(0), text, 0, &rules::BAD_FRONT_MATTER).expect_err("it is refused");
            assert_eq!(problem.message, message, "{text}");
            let span = problem.place.span().expect("a place in the text");
            assert_eq!(text.get(span.start as usize..span.end as usize), Some(marked), "{text}");
        };
        let nul = "this text contains the character U+0000";
        check("title = \"a\\u0000b\"", nul, "\"a\\u0000b\"");
        check("tags = [\"a\", \"\\U00000000\"]", nul, "\"\\U00000000\"");
        check("\"a\\u0000\" = 1", nul, "\"a\\u0000\"");
        let deep = format!("a = {}1{}", "[".repeat(40), "]".repeat(40));
        let inner = deep.get(4 + MAX_DEPTH - 1..deep.len() - (MAX_DEPTH - 1)).expect("brackets");
        check(&deep, "values are nested too deeply", inner);
    }
}
