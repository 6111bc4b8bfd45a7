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
