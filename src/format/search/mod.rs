//! Writes the search index: [`SearchRecord`]s in, the files below `search-index/` out. A reader's browser asks them with
//! `templates/assets/find.js`, which loads only what a query needs:
//!
//! - `index.json` says how many documents there are, how they are grouped, and where each part of the rest begins.
//! - `t<n>.json` has terms in alphabetical order: stem, other forms, and the documents with the term, or the number of
//!   the file `l<n>.json` that has them because they are many.
//! - `d<n>.json` has what results show of some documents in a row.
//! - `by-<filter>.json` has the values by which results and lists of claims are filtered, and `by-<filter>-<n>.json` the
//!   documents of some of these values.
//! - `mentions.json` has the number of mentions of each claim, by which lists are sorted.
//! - `names.json` has the words of names, among which a misspelt word is looked for.
//!
//! A document is a claim, write-up, speaker, metric or source. Documents have numbers; those of a group are in a row.

mod filters;
mod lists;
mod terms;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::digest::digest;
use crate::output::{Origin, OutputFile, OutputPath, OutputTree, Planned};
use crate::page::{SearchGroup, SearchRecord, Site};

use filters::{FILTERS, FilterFiles, filter_files};
use lists::{gaps, push_number};
use terms::{Place, StemLanguage, TermCollector, Terms, merge};
use words::for_each_word;

/// Folder of the files.
const FOLDER: &str = "search-index/";
/// Raise this number when the form of the files changes.
const VERSION: u32 = 3;
/// Number of documents in a file of what results show.
const DOCUMENTS_PER_FILE: usize = 16;
/// Size of a file of terms, in bytes, after which the next one begins.
const TERMS_PER_FILE: usize = 32 << 10;
/// Length of a list of documents from which it is not in the file of its term, in bytes.
const LONG_LIST: usize = 1 << 10;
/// Letters at the start of a stem. Stems that begin with the same letters are in one file, so that a word is looked for
/// in one file, whatever its ending.
const SHARED_START: usize = 3;
/// Number of parts into which the documents are divided, each of which is read by one thread. Each part has a table of
/// terms of its own at first, so that more parts would take more memory.
const PARTS: usize = 32;
/// Maximum number of words of names, those of the most claims first.
const MAX_NAME_WORDS: usize = 5000;

/// Words of English without a meaning of their own. Queries leave them out, and they are not in the index.
const STOP_WORDS: &[&str] = &[
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by",
    "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "how",
    "if", "in", "into", "is", "it", "its", "many", "me", "more", "most", "much", "my", "no", "not", "of",
    "on", "or", "our", "said", "say", "says", "she", "should", "so", "some", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "to", "us", "was", "we", "were", "what",
    "when", "where", "which", "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
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

/// Maximum number of speakers that a result shows.
const MAX_SPEAKERS: usize = 20;

/// What a result shows.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    /// Address, statement, quotation, date, number of mentions, word and glyph of the status, speakers (id and name),
    /// kind, and 1 for a claim that is shaken.
    Claim(&'a str, &'a str, &'a str, &'a str, usize, &'a str, &'a str, Vec<(&'a str, &'a str)>, &'a str, u8),
    /// Address, title, lead, date, and the number of claims in words.
    Other(&'a str, &'a str, &'a str, &'a str, &'a str),
}

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
    let records: Vec<SearchRecord<'_>> =
        site.search_subjects().into_par_iter().map(|subject| site.search_record(subject)).collect();
    let is_english = site.config.language.split('-').next() == Some("en");
    let stop_words: &[&str] = if is_english { STOP_WORDS } else { &[] };
    let terms = collect_terms(site, &records, stop_words);
    let mut files = BTreeMap::new();
    // Nothing in a file can be taken for a tag.
    let mut add =
        |name: String, content: String| files.insert(name, content.replace('<', "\\u003c").into_bytes());
    let documents: Result<Vec<String>, _> = records
        .par_chunks(DOCUMENTS_PER_FILE)
        .map(|records| serde_json::to_string(&records.iter().map(shown).collect::<Vec<_>>()))
        .collect();
    for (number, documents) in documents?.into_iter().enumerate() {
        add(format!("d{number}.json"), documents);
    }
    let terms = term_files(&terms);
    for (name, files) in [("t", &terms.files), ("l", &terms.long_lists)] {
        for (number, file) in files.iter().enumerate() {
            add(format!("{name}{number}.json"), file.clone());
        }
    }
    let filters: Vec<FilterFiles> =
        FILTERS.par_iter().map(|(name, values)| filter_files(name, *values, &records)).collect();
    let mut large: Vec<&str> = Vec::new();
    for ((name, _), filter) in FILTERS.iter().zip(filters) {
        for (name, file) in filter.files {
            add(name, file);
        }
        large.extend(filter.is_large.then_some(name));
    }
    let mentions: Vec<usize> = records
        .iter()
        .filter(|record| record.group == SearchGroup::Claims)
        .map(|record| record.mentions)
        .collect();
    add("mentions.json".to_owned(), serde_json::to_string(&mentions)?);
    add("names.json".to_owned(), serde_json::to_string(&name_words(&records))?);
    let related: BTreeMap<&str, &[&str]> =
        if is_english { RELATED.iter().copied().collect() } else { BTreeMap::new() };
    let digests: String = files.values().map(|file| digest(file)).collect();
    let index = json!({
        "version": VERSION,
        // Part of the address of each other file, so that a browser does not mix files of two builds.
        "build": digest(digests.as_bytes()).get(..12),
        "groups": group_sizes(&records),
        "documents": records.len(),
        "perFile": DOCUMENTS_PER_FILE,
        "terms": terms.first_stems,
        "large": large,
        "start": SHARED_START,
        "stop": stop_words,
        "related": related,
    });
    files.insert("index.json".to_owned(), index.to_string().into_bytes());
    Ok(files)
}

/// Returns the name of each group and the number of its documents, in the order of the documents.
fn group_sizes(records: &[SearchRecord<'_>]) -> Vec<(&'static str, usize)> {
    let size = |group: SearchGroup| records.iter().filter(|record| record.group == group).count();
    SearchGroup::ALL.iter().map(|&group| (group.key(), size(group))).collect()
}

/// Returns the terms of all records and of the texts of write-ups.
fn collect_terms(site: &Site<'_>, records: &[SearchRecord<'_>], stop_words: &[&str]) -> Terms {
    let language = StemLanguage::of(&site.config.language);
    let per_part = records.len().div_ceil(PARTS).max(1);
    let parts: Vec<Terms> = records
        .par_chunks(per_part)
        .enumerate()
        .map(|(part, records)| {
            let mut collector = TermCollector::new(&language, stop_words);
            for (at, record) in records.iter().enumerate() {
                add_record(&mut collector, record);
                if let Some(text) = record.text {
                    collector.add(&site.searched_text(text), Place::Body);
                }
                let number = part * per_part + at;
                collector.end(u32::try_from(number).expect("a book has fewer than four billion pages"));
            }
            collector.finish()
        })
        .collect();
    parts.into_iter().reduce(merge).unwrap_or_default()
}

fn add_record(collector: &mut TermCollector<'_>, record: &SearchRecord<'_>) {
    let is_name = has_name(record);
    let place = match record.group {
        SearchGroup::People | SearchGroup::Metrics => Place::Name,
        SearchGroup::Claims => Place::Statement,
        _ => Place::Title,
    };
    collector.add(&record.title, place);
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
    let values = [&record.kind, &record.status, &record.speakers, &record.tags, &record.metric, &record.year];
    for value in values.into_iter().flatten() {
        collector.add(&value.word, Place::Beside);
    }
    for word in &record.beside {
        collector.add(word, Place::Beside);
    }
}

fn shown<'r>(record: &'r SearchRecord<'_>) -> Shown<'r> {
    let SearchRecord { path, title, lead, date, count, .. } = record;
    if record.group != SearchGroup::Claims {
        return Shown::Other(path, title, lead, date, count);
    }
    let speakers = record.speakers.iter().take(MAX_SPEAKERS);
    let speakers = speakers.map(|speaker| (&*speaker.id, &*speaker.word)).collect();
    let kind = record.kind.first().map_or("", |kind| &*kind.word);
    let (word, glyph) = record.shown_status;
    let shaken = u8::from(record.is_shaken);
    Shown::Claim(path, title, lead, date, record.mentions, word, glyph, speakers, kind, shaken)
}

/// The files of terms.
#[derive(Default)]
struct TermFiles<'a> {
    files: Vec<String>,
    /// The first stem of each file.
    first_stems: Vec<&'a str>,
    /// The files of lists that are not in the file of their term.
    long_lists: Vec<String>,
}

fn term_files(terms: &Terms) -> TermFiles<'_> {
    let mut out = TermFiles::default();
    let mut file = String::new();
    let mut last: &str = "";
    for (stem, term) in terms {
        let is_full = file.len() > TERMS_PER_FILE;
        if file.is_empty() || (is_full && start(stem) != start(last)) {
            if !file.is_empty() {
                out.files.push(std::mem::take(&mut file) + "]");
            }
            out.first_stems.push(stem.as_str());
        }
        file.push(if file.is_empty() { '[' } else { ',' });
        let mut list = json!(weighted_list(&term.documents));
        if list.as_str().is_some_and(|list| list.len() >= LONG_LIST) {
            out.long_lists.push(list.to_string());
            list = json!(out.long_lists.len() - 1);
        }
        file.push_str(&json!([stem, term.forms, list]).to_string());
        last = stem;
    }
    if !file.is_empty() {
        out.files.push(file + "]");
    }
    out
}

/// Returns the first letters of a stem.
fn start(stem: &str) -> &str {
    stem.char_indices().nth(SHARED_START).and_then(|(end, _)| stem.get(..end)).unwrap_or(stem)
}

/// Writes documents with their weights as text. Each is the number of documents before it, times eight, and the weight
/// minus one.
fn weighted_list(documents: &[(u32, u8)]) -> String {
    let mut text = String::with_capacity(documents.len() * 2);
    for (gap, (_, weight)) in gaps(documents.iter().map(|(document, _)| *document)).zip(documents) {
        push_number(&mut text, gap * 8 + u64::from(weight - 1));
    }
    text
}

/// Whether a record is about something that its title names, a person or a metric.
fn has_name(record: &SearchRecord<'_>) -> bool {
    matches!(record.group, SearchGroup::People | SearchGroup::Metrics)
}

/// Returns the words of the names of people and metrics, those of the most claims first.
fn name_words(records: &[SearchRecord<'_>]) -> Vec<String> {
    let mut named: Vec<&SearchRecord<'_>> = records.iter().filter(|record| has_name(record)).collect();
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
    use serde_json::Value;

    use super::terms::Term;
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
            json!([
                ["claims", 1],
                ["articles", 1],
                ["people", 1],
                ["metrics", 1],
                ["sources", 0],
                ["pages", 0]
            ])
        );
        let terms = index["t0.json"].as_array().expect("terms");
        let documents = |stem: &str| terms.iter().find(|term| term[0] == stem).map(|term| term[2].clone());
        assert_eq!(documents("frog"), Some(json!("+")), "in the text of the write-up only");
        assert_eq!(documents("ann"), Some(json!("%2")), "beside the claim and as a name");
        assert_eq!(documents("about"), None, "a stop word");
        assert_eq!(index["d0.json"][2][1], "Ann Doe");
        assert_eq!(
            index["by-kind.json"],
            json!({ "ids": ["measurement"], "words": ["Measurement"], "parts": [0] })
        );
        assert_eq!(index["by-kind-0.json"], json!(["#"]));
        assert_eq!(index["by-metric.json"]["ids"], json!(["pace"]));
        assert_eq!(index["by-year.json"]["words"], json!(["2025"]));
        assert_eq!(index["mentions.json"], json!([1]));
        assert_eq!(
            index["d0.json"][0],
            json!([
                "claims/own/",
                "Statement own.",
                "",
                "Mar 2025",
                1,
                "Not reviewed",
                "unreviewed",
                [["ann-doe", "Ann Doe"]],
                "Measurement",
                0
            ])
        );
        assert_eq!(index["names.json"], json!(["pace"]));
    }

    #[test]
    fn documents_are_distances_and_weights() {
        assert_eq!(weighted_list(&[(0, 1), (4, 8), (5, 1)]), "#C#");
        assert_eq!(weighted_list(&[]), "");
    }

    #[test]
    fn stems_with_one_start_are_in_one_file() {
        let forms = (0..4000).map(|number| format!("form-{number}")).collect();
        let large = Term { forms, documents: Vec::new() };
        let terms: Terms = ["predict", "predilect", "press", "quit"]
            .iter()
            .map(|stem| ((*stem).to_owned(), Term { forms: large.forms.clone(), ..Term::default() }))
            .collect();
        let files = term_files(&terms);
        assert_eq!(files.first_stems, ["predict", "quit"]);
        assert!(files.files.iter().all(|file| serde_json::from_str::<Value>(file).is_ok()));
    }

    #[test]
    fn a_long_list_has_a_file_of_its_own() {
        let documents = |count: u32| (0..count).map(|number| (number, 1)).collect();
        let term = |count| Term { documents: documents(count), ..Term::default() };
        let terms = Terms::from([("long".to_owned(), term(1024)), ("short".to_owned(), term(1023))]);
        let files = term_files(&terms);
        let parsed: Value = serde_json::from_str(&files.files[0]).expect("JSON");
        assert_eq!(parsed[0], json!(["long", [], 0]));
        assert_eq!(parsed[1][2].as_str().map(str::len), Some(1023));
        assert_eq!(files.long_lists, [format!("\"{}\"", "#".repeat(1024))]);
    }
}
