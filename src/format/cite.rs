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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::tests::{book, json, written};
    use crate::graph::example::Example;

    #[test]
    fn citations_contain_no_commands() {
        let example = book();
        let bibtex = written(|sink| bibtex(&example.site(), sink));
        let bibtex =
            bibtex.split("\n\n").find(|item| item.starts_with("@misc{claim-hostile,")).expect("its item");
        let title = "{=2+2, 50\\% \\textbackslash{}\\textbraceleft{}of\\textbackslash{}\\textbraceright{} R\\&D\\_1 \"costs\" \\$5;";
        assert!(bibtex.contains(title), "{bibtex}");
        let depth = bibtex.chars().fold(0, |depth, character| match character {
            '{' => depth + 1,
            '}' => depth - 1,
            _ => depth,
        });
        assert_eq!(depth, 0, "{bibtex}");
    }

    #[test]
    fn write_ups_come_before_claims_and_have_the_properties_of_csl() {
        let example = book();
        let csl = json(|sink| csl(&example.site(), sink));
        assert_eq!(csl[0]["type"], "webpage");
        assert_eq!(csl[0]["title"], "First");
        assert_eq!(csl[0]["accessed"]["date-parts"], serde_json::json!([[2026, 11, 22]]));
        let claims = csl.as_array().expect("a list").iter().skip(1);
        let ids: Vec<&str> = claims.filter_map(|item| item["id"].as_str()).collect();
        let expected = ["hostile", "left", "middle", "right", "top", "wrong"].map(|id| format!("claim-{id}"));
        assert_eq!(ids, expected);
        assert_eq!(csl[2]["issued"]["date-parts"], serde_json::json!([[2025, 3]]));
    }

    #[test]
    fn a_citation_without_a_date_has_no_invented_one() {
        let example = Example::of_article("No claim.");
        let bibtex = written(|sink| bibtex(&example.site(), sink));
        assert!(bibtex.contains("  year = {n.d.},\n"), "{bibtex}");
        assert!(!bibtex.contains("  date = "), "{bibtex}");
        let csl = json(|sink| csl(&example.site(), sink));
        assert!(csl[0].get("issued").is_none() && csl[0].get("accessed").is_some(), "{csl}");
    }
}
