//! Writes the search index: [`SearchRecord`]s in, the files below `search-index/` out. A reader's browser asks them with
//! `templates/assets/find.js`, which loads only what a query needs:
//!
//! - `index.json` says how many documents there are, how they are grouped, and where each part of the rest begins.
//! - `t<n>.json` has terms in alphabetical order: stem, other forms, and the documents with the term.
//! - `d<n>.json` has what results show of some documents in a row.
//! - `by-<filter>.json` has the values by which results are filtered, for all documents.
//! - `names.json` has the words of names, among which a misspelt word is looked for.
//!
//! A document is a claim, write-up, speaker, metric or source. Documents have numbers; those of a group are in a row.

mod terms;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use crate::digest::digest;
use crate::output::{Origin, OutputFile, OutputPath, OutputTree, Planned};
use crate::page::{SearchGroup, SearchRecord, Site};

use terms::{Place, StemLanguage, Term, TermCollector, Terms, merge};
use words::for_each_word;

/// Folder of the files.
const FOLDER: &str = "search-index/";
/// Raise this number when the form of the files changes.
const VERSION: u32 = 1;
/// Number of documents in a file of what results show.
const DOCUMENTS_PER_FILE: usize = 16;
/// Size of a file of terms, in bytes, after which the next one begins.
const TERMS_PER_FILE: usize = 48 << 10;
/// Letters at the start of a stem. Stems that begin with the same letters are in one file, so that a word is looked for
/// in one file, whatever its ending.
const SHARED_START: usize = 3;
/// Number of documents that one task reads.
const DOCUMENTS_PER_TASK: usize = 256;
/// Maximum number of words of names, those of the most claims first.
const MAX_NAME_WORDS: usize = 5000;

/// Words of English without a meaning of their own. Queries leave them out, and they are not in the index.
const STOP_WORDS: &[&str] = &[
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by",
    "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "how",
    "if", "in", "into", "is", "it", "its", "many", "may", "me", "more", "most", "much", "my", "no", "not",
    "of", "on", "or", "our", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them",
    "then", "there", "these", "they", "this", "to", "us", "was", "we", "were", "what", "when", "where",
    "which", "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
];

/// Stems of English and other stems that mean nearly the same in a query.
const RELATED: &[(&str, &[&str])] = &[
    ("predict", &["forecast", "expect"]),
    ("forecast", &["predict"]),
    ("promis", &["forecast", "expect"]),
    ("slow", &["slower"]),
    ("slowdown", &["slower", "slow"]),
    ("wrong", &["refut", "fals"]),
    ("fals", &["refut"]),
    ("true", &["support"]),
    ("job", &["work", "employ", "labour"]),
];

/// Returns the values of a record for a filter.
type ValuesOf = fn(&SearchRecord) -> &[String];

/// Values by which results are filtered: the name of the filter, and its values of a record.
const FILTERS: [(&str, ValuesOf); 5] = [
    ("kind", |record| &record.kind),
    ("status", |record| &record.status),
    ("speaker", |record| &record.speakers),
    ("tag", |record| &record.tags),
    ("year", |record| &record.year),
];

/// What a result shows. Values at the end that are empty are left out.
#[derive(Serialize)]
struct Shown<'a>(&'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str);

/// Returns the files of the search index; the tree is empty if the site has turned search off.
///
/// # Errors
/// When the index cannot be written as JSON, which does not happen.
pub fn search_index<T>(site: &Site<'_>) -> Result<OutputTree<T>> {
    if !site.config.search {
        return Ok(OutputTree::default());
    }
    let planned = files(site)?.into_iter().filter_map(|(name, bytes)| {
        let path = OutputPath::new(format!("{FOLDER}{name}"))?;
        let file = OutputFile::Bytes(bytes);
        Some(Planned { path, origin: Origin::Site, is_attached_to_page: false, file })
    });
    Ok(OutputTree::new(planned.collect()).0)
}

fn files(site: &Site<'_>) -> Result<BTreeMap<String, Vec<u8>>> {
    let records = site.search_records();
    let is_english = site.config.language.split('-').next() == Some("en");
    let stop_words: &[&str] = if is_english { STOP_WORDS } else { &[] };
    let mut terms = collect_terms(site, &records);
    for word in stop_words {
        terms.remove(*word);
    }
    let mut files = BTreeMap::new();
    // Nothing in a file can be taken for a tag.
    let mut add =
        |name: String, content: String| files.insert(name, content.replace('<', "\\u003c").into_bytes());
    for (number, records) in records.chunks(DOCUMENTS_PER_FILE).enumerate() {
        add(
            format!("d{number}.json"),
            serde_json::to_string(&records.iter().map(shown).collect::<Vec<_>>())?,
        );
    }
    let (parts, first_stems) = term_files(&terms);
    for (number, part) in parts.into_iter().enumerate() {
        add(format!("t{number}.json"), part);
    }
    for (name, values) in FILTERS {
        add(format!("by-{name}.json"), filter_file(&records, values).to_string());
    }
    add("names.json".to_owned(), serde_json::to_string(&name_words(&records))?);
    let groups: Vec<Value> = SearchGroup::ALL
        .iter()
        .map(|group| json!([group.key(), records.iter().filter(|record| record.group == *group).count()]))
        .collect();
    let related: BTreeMap<&str, &[&str]> =
        if is_english { RELATED.iter().copied().collect() } else { BTreeMap::new() };
    let content: Vec<u8> = files.values().flatten().copied().collect();
    let index = json!({
        "version": VERSION,
        // Part of the address of each other file, so that a browser does not mix files of two builds.
        "build": digest(&content).get(..12),
        "groups": groups,
        "documents": records.len(),
        "perFile": DOCUMENTS_PER_FILE,
        "terms": first_stems,
        "start": SHARED_START,
        "stop": stop_words,
        "related": related,
    });
    files.insert("index.json".to_owned(), index.to_string().into_bytes());
    Ok(files)
}

/// Returns the terms of all records and of the texts of write-ups.
fn collect_terms(site: &Site<'_>, records: &[SearchRecord]) -> Terms {
    let language = StemLanguage::of(&site.config.language);
    let parts: Vec<Terms> = records
        .par_chunks(DOCUMENTS_PER_TASK)
        .enumerate()
        .map(|(part, records)| {
            let mut collector = TermCollector::new(&language);
            for (at, record) in records.iter().enumerate() {
                add_record(&mut collector, record);
                if let Some(article) = record.article {
                    collector.add(&site.article_text(article), Place::Body);
                }
                let number = part * DOCUMENTS_PER_TASK + at;
                collector.end(u32::try_from(number).expect("a book has fewer than four billion pages"));
            }
            collector.finish()
        })
        .collect();
    parts.into_iter().reduce(merge).unwrap_or_default()
}

fn add_record(collector: &mut TermCollector<'_>, record: &SearchRecord) {
    let is_name = has_name(record);
    collector.add(&record.title, if is_name { Place::Name } else { Place::Title });
    for name in &record.names {
        collector.add(name, if is_name { Place::Name } else { Place::Beside });
    }
    if is_name {
        // `SWE-bench` is found as `swebench` as well.
        let mut before = String::new();
        let mut joined = Vec::new();
        for_each_word(&record.title, |word| {
            joined.push([&before, word].concat());
            word.clone_into(&mut before);
        });
        for pair in joined.iter().skip(1) {
            collector.add(pair, Place::Name);
        }
    }
    collector.add(&record.lead, Place::Lead);
    for word in
        [&record.kind, &record.status, &record.speakers, &record.tags, &record.year].into_iter().flatten()
    {
        collector.add(word, Place::Beside);
    }
    for word in &record.beside {
        collector.add(word, Place::Beside);
    }
}

fn shown(record: &SearchRecord) -> Shown<'_> {
    let status = record.status.first().map_or("", String::as_str);
    Shown(
        &record.path,
        &record.title,
        &record.lead,
        status,
        &record.shown_speakers,
        &record.date,
        &record.count,
    )
}

/// Returns the files of terms, and the first stem of each.
fn term_files(terms: &Terms) -> (Vec<String>, Vec<&str>) {
    let (mut files, mut first_stems) = (Vec::new(), Vec::new());
    let mut file = String::new();
    let mut last: &str = "";
    for (stem, term) in terms {
        let is_full = file.len() > TERMS_PER_FILE;
        if file.is_empty() || (is_full && start(stem) != start(last)) {
            if !file.is_empty() {
                files.push(std::mem::take(&mut file) + "]");
            }
            first_stems.push(stem.as_str());
        }
        file.push(if file.is_empty() { '[' } else { ',' });
        push_term(&mut file, stem, term);
        last = stem;
    }
    if !file.is_empty() {
        files.push(file + "]");
    }
    (files, first_stems)
}

/// Returns the first letters of a stem.
fn start(stem: &str) -> &str {
    stem.char_indices().nth(SHARED_START).and_then(|(end, _)| stem.get(..end)).unwrap_or(stem)
}

/// Writes a term as JSON: its stem, its other forms, and its documents as one text. Each document is a number in base 36
/// with a comma behind it, except for the last: the distance from the document before, times eight, and the weight minus
/// one.
fn push_term(out: &mut String, stem: &str, term: &Term) {
    let forms: Vec<&String> = term.forms.iter().collect();
    let documents = documents_as_text(&term.documents);
    out.push_str(&json!([stem, forms, documents]).to_string());
}

fn documents_as_text(documents: &[(u32, u8)]) -> String {
    let mut text = String::with_capacity(documents.len() * 3);
    let mut before = 0;
    for (place, &(document, weight)) in documents.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        push_base_36(&mut text, u64::from(document - before) * 8 + u64::from(weight - 1));
        before = document;
    }
    text
}

fn push_base_36(text: &mut String, mut number: u64) {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).expect("a digit");
        digits.push(char::from_digit(digit, 36).expect("a digit"));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    text.extend(digits.iter().rev());
}

/// Returns the values of a filter, the most frequent one first, and the values of each document: a number, a list of
/// numbers, or nothing. Documents at the end without a value are left out.
fn filter_file(records: &[SearchRecord], values: ValuesOf) -> Value {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in records.iter().flat_map(values) {
        *counts.entry(value).or_default() += 1;
    }
    let mut names: Vec<&str> = counts.keys().copied().collect();
    names.sort_by_key(|name| (std::cmp::Reverse(counts[name]), *name));
    let numbers: HashMap<&str, usize> =
        names.iter().enumerate().map(|(number, name)| (*name, number)).collect();
    let of = |record: &SearchRecord| {
        let own: Vec<usize> = values(record).iter().map(|value| numbers[value.as_str()]).collect();
        match own[..] {
            [] => Value::Null,
            [one] => one.into(),
            _ => own.into(),
        }
    };
    let mut documents: Vec<Value> = records.iter().map(of).collect();
    let filled = documents.iter().rposition(|value| !value.is_null()).map_or(0, |last| last + 1);
    documents.truncate(filled);
    json!({ "values": names, "documents": documents })
}

/// Whether a record is about something that its title names, a person or a metric.
fn has_name(record: &SearchRecord) -> bool {
    matches!(record.group, SearchGroup::People | SearchGroup::Metrics)
}

/// Returns the words of the names of people and metrics, those of the most claims first.
fn name_words(records: &[SearchRecord]) -> Vec<String> {
    let mut named: Vec<&SearchRecord> = records.iter().filter(|record| has_name(record)).collect();
    named.sort_by_key(|record| std::cmp::Reverse(record.claims));
    let (mut seen, mut words) = (BTreeSet::new(), Vec::new());
    for record in named {
        for name in std::iter::once(&record.title).chain(&record.names) {
            for_each_word(name, |word| {
                let is_long =
                    word.chars().count() > 3 && !word.contains(|letter: char| letter.is_ascii_digit());
                if is_long && words.len() < MAX_NAME_WORDS && seen.insert(word.to_owned()) {
                    words.push(word.to_owned());
                }
            });
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, claim};

    fn index(example: &Example) -> BTreeMap<String, Value> {
        let parse = |(name, bytes): (String, Vec<u8>)| (name, serde_json::from_slice(&bytes).expect("JSON"));
        files(&example.site()).expect("an index").into_iter().map(parse).collect()
    }

    #[test]
    fn an_index_has_terms_documents_filters_and_names() {
        let own = claim(
            "own",
            "kind:: measurement\nby:: Ann Doe\nmetric:: Pace\nsubject:: it\nvalue:: 5 x\nsaid:: 2025-03\ntags:: t",
        );
        let text = format!("Some words about [a claim](claim:own) and <b>frogs</b>.\n\n{own}");
        let index = index(&Example::new(&[("content/articles/a.md", &article(&text))]));
        assert_eq!(
            index["index.json"]["groups"],
            json!([["claims", 1], ["articles", 1], ["people", 1], ["metrics", 1], ["sources", 0]])
        );
        let terms = index["t0.json"].as_array().expect("terms");
        let documents = |stem: &str| terms.iter().find(|term| term[0] == stem).map(|term| term[2].clone());
        assert_eq!(documents("frog"), Some(json!("8")), "in the text of the write-up only");
        assert_eq!(documents("ann"), Some(json!("2,n")), "beside the claim and as a name");
        assert_eq!(documents("about"), None, "a stop word");
        assert_eq!(index["d0.json"][2][1], "Ann Doe");
        assert_eq!(index["by-tag.json"], json!({ "values": ["t"], "documents": [0] }));
        assert_eq!(index["by-year.json"]["values"], json!(["2025"]));
        assert_eq!(index["names.json"], json!(["pace"]));
    }

    #[test]
    fn documents_are_distances_and_weights() {
        assert_eq!(documents_as_text(&[(0, 1), (4, 8), (5, 1)]), "0,13,8");
        assert_eq!(documents_as_text(&[]), "");
    }

    #[test]
    fn stems_with_one_start_are_in_one_file() {
        let long = Term { documents: (0..30_000).map(|number| (number, 1)).collect(), ..Term::default() };
        let terms: Terms = ["predict", "predilect", "press", "quit"]
            .iter()
            .map(|stem| ((*stem).to_owned(), Term { documents: long.documents.clone(), ..Term::default() }))
            .collect();
        let (files, first_stems) = term_files(&terms);
        assert_eq!(first_stems, ["predict", "quit"]);
        assert!(files.iter().all(|file| serde_json::from_str::<Value>(file).is_ok()));
    }
}
