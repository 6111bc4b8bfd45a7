//! Writes `data/names.json`: the names of speakers and tags, by id. The page of all claims reads this file when a
//! reader filters the list.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::graph::Entities;
use crate::page::Site;

#[derive(Serialize)]
struct NamesJson<'a> {
    version: u32,
    speakers: BTreeMap<&'a str, &'a str>,
    tags: BTreeMap<&'a str, &'a str>,
}

/// Returns the bytes of `data/names.json`.
pub(crate) fn names(site: &Site<'_>) -> Result<Vec<u8>> {
    let names = NamesJson { version: 1, speakers: of(site.book.speakers()), tags: of(site.book.tags()) };
    let mut text = serde_json::to_string(&names)?.replace('<', "\\u003c");
    text.push('\n');
    Ok(text.into_bytes())
}

fn of(entities: &Entities) -> BTreeMap<&str, &str> {
    entities.iter().map(|entity| (entity.id.as_str(), entity.name.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, claim};

    #[test]
    fn speakers_and_tags_are_listed_by_id() {
        let example = Example::of_article(&claim("one", "by:: Zoë <b>\nby:: Ann\ntags:: AI Safety"));
        let text = String::from_utf8(names(&example.site()).expect("JSON")).expect("UTF-8");
        let expected = "{\"version\":1,\"speakers\":{\"ann\":\"Ann\",\"zoe-b\":\"Zoë \\u003cb>\"},\"tags\":{\"ai-safety\":\"AI Safety\"}}\n";
        assert_eq!(text, expected);
    }
}
