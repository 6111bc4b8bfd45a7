//! Writes `data/claims.json`: all claims as data, for programs. A value that was not given is left out.

use std::io::Write;

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use crate::date::PartialDate;
use crate::document::{ExpectedPoint, Quantity, Verdict, WordingAccess};
use crate::graph::{ClaimIndex, StatusPeriod};
use crate::page::Site;
use crate::quote::ReadingState;

/// A status that a claim has had from a day on.
#[derive(Serialize)]
struct StatusPeriodJson {
    /// The first day; absent if the claim has no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    status: &'static str,
}

/// A claim as data: one item of `claims.json`, and the content of the `claim.json` that belongs to the claim's
/// page. [`SCHEMA`](super::claims_schema::SCHEMA) describes each field.
#[derive(Serialize)]
pub(crate) struct ClaimJson<'a> {
    pub(crate) id: &'a str,
    pub(crate) url: String,
    pub(crate) statement: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<bool>,
    status_history: Vec<StatusPeriodJson>,
    pub(crate) shaken: Vec<&'a str>,
    pub(crate) by: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) via: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) said: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) as_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) quote: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) quote_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote_seen: Option<ReadingJson<'a>>,
    pub(crate) tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) metric: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) probability: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resolves: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) question: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expects: Option<String>,
    pub(crate) verdicts: Vec<VerdictJson>,
    pub(crate) relations: Vec<RelationJson<'a>>,
    pub(crate) mentions: Vec<MentionJson<'a>>,
    pub(crate) file: &'a str,
    pub(crate) line: u32,
}

/// Who read the quotation in its source, and when. Present only if the words have not changed since that reading.
#[derive(Serialize)]
struct ReadingJson<'a> {
    date: String,
    by: &'a str,
}

#[derive(Serialize)]
pub(crate) struct VerdictJson {
    pub(crate) date: String,
    pub(crate) word: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct RelationJson<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct MentionJson<'a> {
    page: String,
    title: &'a str,
    text: &'a str,
}

/// Writes `data/claims.json`, the largest file of a site.
pub(crate) fn claims(site: &Site<'_>, sink: &mut dyn Write) -> Result<()> {
    let claims: Vec<ClaimIndex> = site.book.all_claims().collect();
    let head = format!("{{\"version\":1,\"generated\":\"{}\",\"claims\":[", site.config.today);
    list_of(sink, &claims, [&head, ",", "]}\n"], |&index, out| append(out, &claim(site, index)))
}

/// Maximum number of items whose texts are in memory at the same time.
const AT_ONCE: usize = 1000;
/// Number of items that one thread writes in a row.
const IN_A_ROW: usize = 125;

/// Writes the texts of many items, which are made in parallel. `before`, `between` and `after` are the texts
/// before, between and after the items. An item for which `append` writes nothing is left out.
pub(crate) fn list_of<T: Sync>(
    sink: &mut dyn Write,
    items: &[T],
    [before, between, after]: [&str; 3],
    append: impl Fn(&T, &mut Vec<u8>) -> Result<()> + Sync,
) -> Result<()> {
    let texts = |items: &[T]| {
        let mut out = Vec::new();
        for item in items {
            let end = out.len();
            if end > 0 {
                out.extend_from_slice(between.as_bytes());
            }
            let start = out.len();
            append(item, &mut out)?;
            if out.len() == start {
                out.truncate(end);
            }
        }
        Ok(out)
    };
    sink.write_all(before.as_bytes())?;
    let mut is_first = true;
    for items in items.chunks(AT_ONCE) {
        let parts: Result<Vec<Vec<u8>>> = items.par_chunks(IN_A_ROW).map(texts).collect();
        for part in parts?.iter().filter(|part| !part.is_empty()) {
            if !std::mem::take(&mut is_first) {
                sink.write_all(between.as_bytes())?;
            }
            sink.write_all(part)?;
        }
    }
    Ok(sink.write_all(after.as_bytes())?)
}

/// Returns the bytes of `claim.json` for one claim.
pub(crate) fn claim_file(site: &Site<'_>, index: ClaimIndex) -> Result<Vec<u8>> {
    escaped(&claim(site, index))
}

/// Returns JSON on one line, with a line break at the end. Each `<` is escaped, so that the JSON can be embedded
/// in an HTML page.
pub(crate) fn escaped(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(1024);
    append(&mut out, value)?;
    out.push(b'\n');
    Ok(out)
}

/// Appends JSON to `out` without a line break. Each `<` is escaped, so that the JSON can be embedded in an HTML
/// page.
pub(crate) fn append(out: &mut Vec<u8>, value: &impl Serialize) -> Result<()> {
    let start = out.len();
    serde_json::to_writer(&mut *out, value)?;
    // Most values contain no `<` and are not copied.
    if out.get(start..).is_some_and(|written| written.contains(&b'<')) {
        let written = out.split_off(start);
        for (number, piece) in written.split(|&byte| byte == b'<').enumerate() {
            if number > 0 {
                out.extend_from_slice(b"\\u003c");
            }
            out.extend_from_slice(piece);
        }
    }
    Ok(())
}

/// Returns a claim as data.
pub(crate) fn claim<'a>(site: &Site<'a>, index: ClaimIndex) -> ClaimJson<'a> {
    let book = site.book;
    let claim = book.claim(index);
    let node = book.node(index);
    let value = claim.value.as_ref().map(|value| &value.value);
    let interval = value.and_then(|value| value.interval.as_ref());
    let text =
        |text: &'a Option<Box<crate::source::Spanned<String>>>| text.as_ref().map(|text| text.value.as_str());
    let date =
        |date: &Option<crate::source::Spanned<PartialDate>>| date.as_ref().map(|date| date.value.to_string());
    let number = |quantity: &Quantity| quantity.number;
    let source = site.sources.file(claim.span.file);
    let check = site.check_quote(index);
    let is_seen = check.is_some_and(|check| check.reading == Some(ReadingState::Current));
    let seen = claim.seen.as_deref().filter(|_| is_seen);
    ClaimJson {
        id: &claim.id.value,
        url: site.config.base_url.absolute(&site.claim_path(index)),
        statement: claim.statement.value.read(site.access),
        kind: claim.kind.word(),
        status: node.status.word(),
        proposed: claim.is_proposed.then_some(true),
        status_history: book.status_periods(index).into_iter().map(status_period).collect(),
        shaken: node
            .fallen_dependencies
            .iter()
            .map(|fall| book.claim(fall.fallen).id.value.as_str())
            .collect(),
        by: node.by.iter().map(|&speaker| book.speakers().get(speaker).id.as_str()).collect(),
        via: node.via.map(|speaker| book.speakers().get(speaker).id.as_str()),
        said: date(&claim.said),
        as_of: date(&claim.as_of),
        source: node.source.map(|source| book.sources().get(source).id.as_str()),
        quote: claim.quote.as_ref().map(|quote| quote.paragraphs.read(site.access).join("\n\n")),
        quote_state: check.map(|check| check.state.word()),
        quote_seen: seen.map(|seen| ReadingJson { date: seen.date.value.to_string(), by: &seen.by.value }),
        tags: node.tags.iter().map(|&tag| book.tags().get(tag).id.as_str()).collect(),
        metric: node.metric.map(|metric| book.metrics().get(metric).id.as_str()),
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
        verdicts: book.verdicts(index).map(|each| verdict(each, site.access)).collect(),
        relations: node.outgoing.iter().map(|&edge| relation(site, edge)).collect(),
        mentions: node.mentions.iter().map(|&mention| mentioned(site, mention)).collect(),
        file: source.path(),
        line: source.position(claim.span.start).line,
    }
}

fn status_period(period: StatusPeriod) -> StatusPeriodJson {
    StatusPeriodJson {
        from: period.from.map(|day| PartialDate::from(day).to_string()),
        status: period.status.word(),
    }
}

fn verdict(verdict: &Verdict, access: WordingAccess) -> VerdictJson {
    VerdictJson {
        date: verdict.date.value.to_string(),
        word: verdict.word.value.word(),
        by: verdict.by.as_ref().map(|by| by.value.clone()),
        reason: verdict.reason.as_ref().map(|reason| reason.read(access).plain()),
    }
}

fn relation<'a>(site: &Site<'a>, edge: crate::graph::Edge) -> RelationJson<'a> {
    let relation = site.book.relation(edge);
    RelationJson {
        kind: relation.kind.word(),
        to: &site.book.claim(edge.other).id.value,
        reason: relation.reason.as_ref().map(|reason| reason.read(site.access).plain()),
    }
}

fn mentioned<'a>(site: &Site<'a>, mention: crate::graph::Mention) -> MentionJson<'a> {
    MentionJson {
        page: site.config.base_url.absolute(&site.path_of(mention.document)),
        title: site.title(mention.document),
        text: site.book.reference(mention).words.read(site.access).linked(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::format::claims_schema::SCHEMA;
    use crate::format::tests::{book, json as read};
    use crate::graph::example::{Example, article, quoting};

    #[test]
    fn a_claim_has_all_its_facts() {
        let facts = "kind:: measurement\nby:: Lab\nby:: Ann\nvia:: Paper\nsaid:: 2025-03\nas-of:: 2025\nsource:: report\n\
                     metric:: Pace\nsubject:: it\nvalue:: 5 [4, 6] days\nmethod:: first\ntags:: b, a\n\
                     verdict:: 2026-11-20 mixed by J. Doe — [shown](https://example.org/), in part";
        let body = "[It](claim:one) was so.\n\n".to_owned() + &quoting("one", "it <was> so", facts);
        let example = Example::new(&[
            ("content/articles/a.md", &article(&body)),
            ("content/sources/report.md", "---\ntitle: Report\n---\n"),
        ]);
        let file = claim_file(&example.site(), example.index("one")).expect("JSON");
        assert!(file.ends_with(b"\n") && !file.contains(&b'<'), "{file:?}");
        let found: Value = serde_json::from_slice(&file).expect("JSON");
        let expected = json!({
            "id": "one", "url": "https://example.org/claims/one/", "statement": "Statement one.",
            "kind": "measurement", "status": "mixed",
            "status_history": [
                { "from": "2025-03-01", "status": "unreviewed" }, { "from": "2026-11-20", "status": "mixed" },
            ],
            "shaken": [], "by": ["lab", "ann"], "via": "paper",
            "said": "2025-03", "as_of": "2025", "source": "report", "quote": "it <was> so",
            "quote_state": "unarchived", "tags": ["a", "b"], "metric": "pace", "subject": "it", "value": 5.0,
            "low": 4.0, "high": 6.0, "unit": "days", "method": "first",
            "verdicts": [{ "date": "2026-11-20", "word": "mixed", "by": "J. Doe", "reason": "shown, in part" }],
            "relations": [],
            "mentions": [{ "page": "https://example.org/articles/a/", "title": "First", "text": "It" }],
            "file": "content/articles/a.md", "line": 8,
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn the_list_has_the_files_of_all_claims() {
        let example = book();
        let site = example.site();
        let list = read(|sink| claims(&site, sink));
        assert_eq!((&list["version"], &list["generated"]), (&json!(1), &json!("2026-11-22")));
        let all = list["claims"].as_array().expect("a list");
        assert_eq!(all.len(), 6);
        for claim in all {
            let index = example.index(claim["id"].as_str().expect("an id"));
            let file: Value = serde_json::from_slice(&claim_file(&site, index).expect("JSON")).expect("JSON");
            assert_eq!(file, *claim);
        }
        let of = |id: &str| all.iter().find(|claim| claim["id"] == id).expect("a claim");
        assert_eq!(
            of("left")["relations"],
            json!([{ "type": "contradicts", "to": "right", "reason": "left says so" }])
        );
        assert_eq!(of("top")["shaken"], json!(["wrong"]));
        assert_eq!(of("hostile")["resolves"], "2027-02");
    }

    #[test]
    fn every_key_of_the_claims_is_in_the_schema() {
        let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
        let known = schema["$defs"]["claim"]["properties"].as_object().expect("properties");
        let required = schema["$defs"]["claim"]["required"].as_array().expect("a list");
        let example = book();
        for claim in read(|sink| claims(&example.site(), sink))["claims"].as_array().expect("a list") {
            let claim = claim.as_object().expect("a claim");
            for key in claim.keys() {
                assert!(known.contains_key(key), "{key} is not in the schema");
            }
            for key in required {
                assert!(claim.contains_key(key.as_str().expect("a key")), "{key} is missing");
            }
        }
    }

    #[test]
    fn items_that_write_nothing_leave_no_separator() {
        let items: Vec<usize> = (0..=2 * AT_ONCE).collect();
        let list = |is_written: fn(usize) -> bool| {
            let mut out = Vec::new();
            let append = |&item: &usize, out: &mut Vec<u8>| {
                if is_written(item) {
                    append(out, &item)?;
                }
                Ok(())
            };
            list_of(&mut out, &items, ["[", ",", "]"], append).expect("a list");
            serde_json::from_slice::<Vec<usize>>(&out).expect("JSON")
        };
        assert_eq!(list(|_| true), items);
        assert_eq!(list(|item| item % AT_ONCE == 7), [7, AT_ONCE + 7]);
        assert_eq!(list(|_| false), Vec::<usize>::new());
    }
}
