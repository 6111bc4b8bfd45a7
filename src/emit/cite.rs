//! Citations of the whole book for programs that manage them: `BibTeX` and CSL-JSON.

use std::io::Write;

use anyhow::Result;
use serde_json::{Value, json};

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex};
use crate::page::{Citation, Site};

use super::json::{list_of, text_of};

/// What can be cited.
enum Cited {
    Article(DocumentIndex),
    Claim(ClaimIndex),
}

/// All write-ups, then all claims.
fn all(site: &Site<'_>) -> Vec<Cited> {
    let articles = site.book.articles().iter().map(|&index| Cited::Article(index));
    articles.chain(site.book.claims().map(Cited::Claim)).collect()
}

fn citation<'a>(site: &Site<'a>, cited: &Cited) -> Citation<'a> {
    match *cited {
        Cited::Article(index) => site.cite_article(index),
        Cited::Claim(index) => site.cite_claim(index),
    }
}

/// Write all citations as `BibTeX`.
pub(super) fn bibtex(site: &Site<'_>, sink: &mut dyn Write) -> Result<()> {
    list_of(sink, &all(site), ["", "\n", ""], |cited| Ok(citation(site, cited).bibtex()))
}

/// Write all citations as CSL-JSON, version 1.0.2.
pub(super) fn csl(site: &Site<'_>, sink: &mut dyn Write) -> Result<()> {
    list_of(sink, &all(site), ["[", ",", "]\n"], |cited| text_of(&csl_item(&citation(site, cited))))
}

fn csl_item(citation: &Citation<'_>) -> Value {
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
    item
}

fn date_parts(date: PartialDate) -> Value {
    let parts: Vec<u32> = date.to_string().split('-').filter_map(|part| part.parse().ok()).collect();
    json!({ "date-parts": [parts] })
}
