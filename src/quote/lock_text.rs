//! Reads and writes the values of `claims.lock`.

use std::fmt::Write as _;

use crate::data::{Fields, Value};
use crate::diagnostic::{Diagnostic, is_hidden, rules};
use crate::source::Span;

/// Help text for every problem of `claims.lock`.
pub(super) const BAD_ENTRY_HELP: &str = "after a merge keep one whole entry of each claim; or delete it, and run `claimbook verify` where its snapshot is";

/// Reports the keys of `required` that an entry does not have. `key` is the position of the entry's key.
pub(super) fn report_missing_keys(fields: &mut Fields<'_>, required: &[&str], key: Span) {
    let missing: Vec<String> =
        required.iter().filter(|name| fields.node(name).is_none()).map(|name| format!("`{name}`")).collect();
    if !missing.is_empty() {
        let message = format!("this entry has no {}", missing.join(", "));
        fields.report(Diagnostic::new(&rules::BAD_LOCKS, key, message).help(BAD_ENTRY_HELP));
    }
}

/// Whether a text has the form of a SHA-256 in hexadecimal digits.
pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns the value of a key as text, with its spaces unchanged. Returns an empty text if the key is missing,
/// which [`report_missing_keys`] reports.
pub(super) fn read_text(fields: &mut Fields<'_>, key: &str) -> String {
    match fields.node(key).map(|node| (&node.value, node.span)) {
        Some((Value::Scalar(text), _)) => text.clone(),
        Some((_, span)) => {
            let message = format!("`{key}` takes text");
            fields.report(Diagnostic::new(&rules::BAD_LOCKS, span, message).help(BAD_ENTRY_HELP));
            String::new()
        }
        None => String::new(),
    }
}

pub(super) fn read_position(fields: &mut Fields<'_>, key: &str) -> Option<usize> {
    let text = fields.text(key)?;
    let number = text.value.parse().ok();
    if number.is_none() {
        let message = format!("`{}` is not a position for `{key}`", text.value);
        fields.report(Diagnostic::new(&rules::BAD_LOCKS, text.span, message).help(BAD_ENTRY_HELP));
    }
    number
}

/// Writes a TOML 1.0 key, in quotation marks if it needs them.
pub(super) fn toml_key(id: &str) -> String {
    let is_bare = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_bare { id.to_owned() } else { toml_string(id) }
}

/// Writes a text as a TOML 1.0 basic string, which is always one line.
pub(super) fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            hidden if is_hidden(hidden) => {
                let _ = write!(out, "\\u{:04X}", u32::from(hidden));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
