//! Citations as files: `BibTeX` and CSL-JSON.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::{Value, json};

use crate::date::PartialDate;
use crate::page::Citation;

use super::json::escaped;

/// A citation as `BibTeX`, with the fields `url` and `urldate` that biblatex and newer styles know.
pub(super) fn bibtex(citation: &Citation) -> Vec<u8> {
    let authors: Vec<String> = citation.authors.iter().map(|name| bibtex_name(name)).collect();
    let mut text = format!("@misc{{{},\n", citation.key);
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name} = {{{value}}},");
        }
    };
    field("author", &authors.join(" and "));
    // Double braces keep the capitals of names.
    field("title", &format!("{{{}}}", bibtex_text(&citation.title)));
    field("howpublished", &bibtex_text(&citation.container));
    if let Some(issued) = citation.issued {
        field("year", &format!("{:04}", issued.year()));
        field("date", &issued.to_string());
    }
    field("url", &bibtex_address(&citation.url));
    field("urldate", &citation.accessed.to_string());
    field("note", &bibtex_text(&citation.note));
    text.push_str("}\n");
    text.into_bytes()
}

/// A name; one that BibTeX would take apart wrongly stands in braces.
fn bibtex_name(name: &str) -> String {
    let text = bibtex_text(name);
    let is_plain = !name.contains(',') && !name.split_whitespace().any(|word| word == "and");
    if is_plain && name.contains(' ') { text } else { format!("{{{text}}}") }
}

/// Text in which nothing is a command; one line.
fn bibtex_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match character {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(character);
            }
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// An address stays as it is: `url` is read verbatim, and ours hold no braces.
fn bibtex_address(address: &str) -> String {
    address.chars().filter(|character| !matches!(character, '{' | '}' | '\\')).collect()
}

/// A citation as CSL-JSON, version 1.0.2: a list of one item.
pub(super) fn csl(citation: &Citation) -> Result<Vec<u8>> {
    let authors: Vec<Value> = citation.authors.iter().map(|name| json!({ "literal": name })).collect();
    let mut item = json!({
        "id": citation.key,
        "type": "webpage",
        "title": citation.title,
        "author": authors,
        "container-title": citation.container,
        "URL": citation.url,
        "accessed": date_parts(citation.accessed),
    });
    if let Some(issued) = citation.issued {
        item["issued"] = date_parts(issued);
    }
    if !citation.note.is_empty() {
        item["note"] = json!(citation.note);
    }
    escaped(&json!([item]))
}

fn date_parts(date: PartialDate) -> Value {
    let parts: Vec<u32> = date.to_string().split('-').filter_map(|part| part.parse().ok()).collect();
    json!({ "date-parts": [parts] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_command() {
        let check = |text, expected: &str| assert_eq!(bibtex_text(text), expected, "{text}");
        check("50% of R&D_1 costs $5 #x", "50\\% of R\\&D\\_1 costs \\$5 \\#x");
        check(
            "{a}\\b~c^d",
            "\\textbraceleft{}a\\textbraceright{}\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d",
        );
        check("two\r\n  lines", "two lines");
    }

    #[test]
    fn names_that_would_be_taken_apart_stand_in_braces() {
        let check = |name, expected: &str| assert_eq!(bibtex_name(name), expected);
        check("Jane Doe", "Jane Doe");
        check("OpenAI", "{OpenAI}");
        check("Doe, Roe and Co", "{Doe, Roe and Co}");
    }
}
