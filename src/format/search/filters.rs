//! Writes the files of the filters. Each filter has a file with its values, the most frequent one first, and files with
//! the documents of some values in a row, so that a reader's browser loads little for one value.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::json;

use crate::page::{FilterValue, SearchRecord};

use super::lists::list_as_text;

/// Returns the values of a record for a filter.
type ValuesOf = for<'r, 'a> fn(&'r SearchRecord<'a>) -> &'r [FilterValue<'a>];

/// The filters: name, and values of a record.
pub(super) const FILTERS: [(&str, ValuesOf); 10] = [
    ("type", |record| &record.types),
    ("kind", |record| &record.kind),
    ("status", |record| &record.status),
    ("speaker", |record| &record.speakers),
    ("tag", |record| &record.tags),
    ("metric", |record| &record.metric),
    ("source", |record| &record.source),
    ("question", |record| &record.question),
    ("year", |record| &record.year),
    ("month", |record| &record.month),
];

/// Size of a file with documents, in bytes, after which the next one begins.
const BYTES_PER_PART: usize = 8 << 10;
/// A filter is small if all its documents together take at most this many bytes, or if it has few values, so that they
/// compress well.
const MAX_SMALL_BYTES: usize = 32 << 10;
/// Largest number of values of a filter that compress well.
const MAX_FEW_VALUES: usize = 24;

/// The files of a filter.
pub(super) struct FilterFiles {
    /// Names and contents.
    pub(super) files: Vec<(String, String)>,
    /// Whether counting the documents of all values takes many bytes. Readers see such counts when they ask for them.
    pub(super) is_large: bool,
}

/// Returns the files of a filter.
pub(super) fn filter_files(name: &str, values: ValuesOf, records: &[SearchRecord<'_>]) -> FilterFiles {
    let mut found: BTreeMap<&str, (&str, Vec<u32>)> = BTreeMap::new();
    for (number, record) in (0..).zip(records) {
        for value in values(record) {
            let (_, documents) = found.entry(&value.id).or_insert((&value.word, Vec::new()));
            // A claim can name a speaker twice.
            if documents.last() != Some(&number) {
                documents.push(number);
            }
        }
    }
    let mut sorted: Vec<(&str, (&str, Vec<u32>))> = found.into_iter().collect();
    sorted.sort_by_key(|(id, (_, documents))| (Reverse(documents.len()), *id));
    let lists: Vec<String> =
        sorted.iter().map(|(_, (_, documents))| list_as_text(documents.iter().copied())).collect();
    let (mut parts, mut files) = (Vec::new(), Vec::new());
    let mut first = 0;
    while first < lists.len() {
        let mut size = 0;
        let fitting = lists[first..].iter().take_while(|list| {
            size += list.len();
            size <= BYTES_PER_PART
        });
        let end = first + fitting.count().max(1);
        files.push((format!("by-{name}-{}.json", parts.len()), json!(lists[first..end]).to_string()));
        parts.push(first);
        first = end;
    }
    let ids: Vec<&str> = sorted.iter().map(|(id, _)| *id).collect();
    let words: Vec<&str> = sorted.iter().map(|(_, (word, _))| *word).collect();
    files
        .push((format!("by-{name}.json"), json!({ "ids": ids, "words": words, "parts": parts }).to_string()));
    let size: usize = lists.iter().map(String::len).sum();
    FilterFiles { files, is_large: size > MAX_SMALL_BYTES && ids.len() > MAX_FEW_VALUES }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::graph::example::{Example, claim};

    fn filter(example: &Example, name: &str) -> (Vec<(String, Value)>, bool) {
        let site = example.site();
        let records: Vec<SearchRecord<'_>> =
            site.search_subjects().into_iter().map(|subject| site.search_record(subject)).collect();
        let (_, values) = FILTERS.iter().find(|(known, _)| *known == name).expect("a filter");
        let FilterFiles { files, is_large } = filter_files(name, *values, &records);
        let parse = |(name, text): (String, String)| (name, serde_json::from_str(&text).expect("JSON"));
        (files.into_iter().map(parse).collect(), is_large)
    }

    #[test]
    fn the_most_frequent_value_comes_first() {
        let claims = [claim("a", "tags:: x, y"), claim("b", "tags:: y"), claim("c", "")].concat();
        let (files, is_large) = filter(&Example::of_article(&claims), "tag");
        let expected = [
            ("by-tag-0.json".to_owned(), json!(["##", "#"])),
            ("by-tag.json".to_owned(), json!({ "ids": ["y", "x"], "words": ["y", "x"], "parts": [0] })),
        ];
        assert_eq!(files, expected);
        assert!(!is_large);
    }

    #[test]
    fn many_documents_are_divided_among_files() {
        let tags =
            |number: usize| format!("tags:: t{}, u{number}, v{number}, w{number}, x{number}", number % 30);
        let claims: String = (0..1200).map(|number| claim(&format!("c{number:04}"), &tags(number))).collect();
        let (files, is_large) = filter(&Example::of_article(&claims), "tag");
        let (name, index) = files.last().expect("a file");
        let parts = index["parts"].as_array().expect("a list");
        assert_eq!((name.as_str(), parts.len()), ("by-tag.json", files.len() - 1));
        assert!(parts.len() > 1 && !is_large, "{parts:?}");
        let lists: usize = files.iter().filter_map(|(_, file)| file.as_array()).map(Vec::len).sum();
        assert_eq!(Some(lists), index["ids"].as_array().map(Vec::len));
    }
}
