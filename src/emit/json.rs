//! `data/claims.json`: every claim as data, for programs. Absent means not given.

use anyhow::Result;
use serde::Serialize;

use crate::document::{ExpectedPoint, Quantity};
use crate::graph::ClaimIndex;
use crate::page::Site;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    generated: String,
    claims: Vec<Claim<'a>>,
}

#[derive(Serialize)]
struct Claim<'a> {
    id: &'a str,
    url: String,
    statement: &'a str,
    kind: &'static str,
    status: &'static str,
    shaken: Vec<&'a str>,
    by: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metric: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolves: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expects: Option<String>,
    verdicts: Vec<Verdict>,
    relations: Vec<Relation<'a>>,
    mentions: Vec<Mention<'a>>,
    file: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct Verdict {
    date: String,
    word: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize)]
struct Relation<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize)]
struct Mention<'a> {
    page: String,
    title: String,
    text: &'a str,
}

/// The bytes of `data/claims.json`. `<` is escaped, so that the text can stand in a page as it is.
pub(super) fn claims(site: &Site<'_>) -> Result<Vec<u8>> {
    let file = File {
        version: 1,
        generated: site.config.today.to_string(),
        claims: site.book.claims().map(|index| claim(site, index)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&file)?.replace('<', "\\u003c");
    text.push('\n');
    Ok(text.into_bytes())
}

fn claim<'a>(site: &Site<'a>, index: ClaimIndex) -> Claim<'a> {
    let book = site.book;
    let claim = book.claim(index);
    let node = book.node(index);
    let value = claim.value.as_ref().map(|value| &value.value);
    let interval = value.and_then(|value| value.interval.as_ref());
    let text =
        |text: &'a Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.as_str());
    let date = |date: &Option<crate::source::Spanned<crate::date::PartialDate>>| {
        date.as_ref().map(|date| date.value.to_string())
    };
    let number = |quantity: &Quantity| quantity.number;
    let source = site.sources.file(claim.span.file);
    Claim {
        id: &claim.id.value,
        url: site.config.base_url.absolute(&site.claim_path(index)),
        statement: &claim.statement.value,
        kind: claim.kind.word(),
        status: node.status.word(),
        shaken: node.falls.iter().map(|fall| book.claim(fall.fallen).id.value.as_str()).collect(),
        by: node.by.iter().map(|&speaker| book.speakers.get(speaker).id.as_str()).collect(),
        via: node.via.map(|speaker| book.speakers.get(speaker).id.as_str()),
        said: date(&claim.said),
        as_of: date(&claim.as_of),
        source: node.source.map(|source| book.sources.get(source).id.as_str()),
        quote: claim.quote.as_ref().map(|quote| quote.paragraphs.join("\n\n")),
        tags: node.tags.iter().map(|&tag| book.tags.get(tag).id.as_str()).collect(),
        metric: node.metric.map(|metric| book.metrics.get(metric).id.as_str()),
        subject: text(&claim.subject),
        value: value.map(|value| number(&value.quantity)),
        low: interval.map(|(low, _)| number(low)),
        high: interval.map(|(_, high)| number(high)),
        unit: value.and_then(|value| value.unit.as_deref()),
        method: text(&claim.method),
        probability: claim.probability.as_ref().map(|probability| probability.value.value),
        resolves: date(&claim.resolves),
        question: text(&claim.question),
        expects: claim.expects.as_ref().map(|expects| match &expects.value.point {
            ExpectedPoint::Date(date) => date.to_string(),
            ExpectedPoint::Number(number) => number.text.clone(),
        }),
        verdicts: claim.verdicts.iter().map(verdict).collect(),
        relations: node.outgoing.iter().map(|&edge| relation(site, edge)).collect(),
        mentions: node.mentions.iter().map(|&mention| mentioned(site, mention)).collect(),
        file: source.path(),
        line: source.position(claim.span.start).line,
    }
}

fn verdict(verdict: &crate::document::Verdict) -> Verdict {
    Verdict {
        date: verdict.date.value.to_string(),
        word: verdict.word.value.word(),
        by: verdict.by.clone(),
        reason: verdict.reason.as_ref().map(crate::document::Rich::plain),
    }
}

fn relation<'a>(site: &Site<'a>, edge: crate::graph::Edge) -> Relation<'a> {
    let relation = site.book.relation(edge);
    Relation {
        kind: relation.kind.word(),
        to: &site.book.claim(edge.other).id.value,
        reason: relation.reason.as_ref().map(crate::document::Rich::plain),
    }
}

fn mentioned<'a>(site: &Site<'a>, mention: crate::graph::Mention) -> Mention<'a> {
    let document = site.book.document(mention.document);
    Mention {
        page: site.config.base_url.absolute(&site.path_of(mention.document)),
        title: site.title(mention.document),
        text: &document.references[mention.reference].text,
    }
}
