//! Writes citations of the whole book for reference managers, as `BibTeX` and as CSL-JSON.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex};
use crate::page::{Citation, Site};

use super::json::{append, list_of};

/// A write-up or a claim to cite.
enum Cited {
    Article(DocumentIndex),
    Claim(ClaimIndex),
}

/// An item of CSL-JSON, with the properties that the CSL schema defines.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslItem<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    author: Vec<CslName<'a>>,
    container_title: &'a str,
    #[serde(rename = "URL")]
    url: &'a str,
    accessed: CslDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<CslDate>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
}

#[derive(Serialize)]
struct CslName<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslDate {
    /// One list of year, month and day; unknown parts are left out.
    date_parts: [Vec<u32>; 1],
}

/// Returns all write-ups, then all claims.
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

/// Writes all citations as `BibTeX`.
pub(crate) fn bibtex(site: &Site<'_>, sink: &mut dyn Write) -> Result<()> {
    list_of(sink, &all(site), ["", "\n", ""], |cited, out| {
        out.extend_from_slice(citation(site, cited).bibtex().as_bytes());
        Ok(())
    })
}

/// Writes all citations as CSL-JSON, version 1.0.2.
pub(crate) fn csl(site: &Site<'_>, sink: &mut dyn Write) -> Result<()> {
    list_of(sink, &all(site), ["[", ",", "]\n"], |cited, out| append(out, &csl_item(&citation(site, cited))))
}

fn csl_item<'a>(citation: &'a Citation<'_>) -> CslItem<'a> {
    CslItem {
        id: &citation.key,
        kind: "webpage",
        title: citation.title,
        author: citation.authors.iter().map(|author| CslName { literal: author.name }).collect(),
        container_title: citation.container,
        url: &citation.url,
        accessed: date_parts(citation.accessed),
        issued: citation.issued.map(date_parts),
        note: &citation.note,
    }
}

fn date_parts(date: PartialDate) -> CslDate {
    let parts = date.iso().split('-').filter_map(|part| part.parse().ok()).collect();
    CslDate { date_parts: [parts] }
}
