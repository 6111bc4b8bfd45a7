//! Writes the data of a book in each format: what is said is decided in [`crate::page`], how it is written here.

pub(crate) mod cite;
pub(crate) mod claims_schema;
pub(crate) mod csv;
pub(crate) mod feed;
pub(crate) mod graph;
pub(crate) mod ics;
pub(crate) mod json;
pub(crate) mod llms;
pub(crate) mod metric_data;
pub(crate) mod names;
pub(crate) mod scores;
mod search;
pub(crate) mod sitemap;

pub use search::search_index;

#[cfg(test)]
mod tests {
    use std::io::Write;

    use anyhow::Result;
    use serde_json::Value;

    use crate::graph::example::{Example, article, claim};

    /// A statement, speaker and criterion that tries to be a formula, a command, a property and markup.
    const HOSTILE: &str = "=2+2, 50% \\{of\\} R&D_1 \"costs\" $5; <b>END:VEVENT</b> ";

    /// Two claims that contradict each other, two that depend on a refuted one, and a hostile forecast.
    pub(super) fn book() -> Example {
        let claims = [
            ("left", "contradicts:: [it](claim:right) — left says so"),
            ("right", ""),
            ("wrong", "verdict:: 2026-11-20 refuted by J. Doe — [shown](https://example.org/)"),
            ("middle", "depends-on:: [it](claim:wrong) — reason"),
            ("top", "depends-on:: [it](claim:middle) — reason"),
        ];
        let body: String = claims.map(|(id, facts)| claim(id, &format!("said:: 2025-03\n{facts}"))).concat();
        let text = format!("'{}{}'", HOSTILE, "é".repeat(80));
        let hostile = format!(
            "---\nstatement: {text}\nkind: forecast\nby: [{text}]\nresolves: 2027-02\ncriteria: {text}\n---\n"
        );
        Example::new(&[("content/articles/a.md", &article(&body)), ("content/claims/hostile.md", &hostile)])
    }

    /// The text that a function writes.
    #[track_caller]
    pub(super) fn written(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).expect("text that can be written");
        String::from_utf8(out).expect("UTF-8")
    }

    /// The JSON that a function writes.
    #[track_caller]
    pub(super) fn json(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Value {
        serde_json::from_str(&written(write)).expect("JSON")
    }
}
