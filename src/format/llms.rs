//! Writes `llms.txt` (llmstxt.org), which describes the contents of the site to language models: a heading, a
//! quotation, and lists of links.

use std::fmt::Write as _;

use crate::page::Site;

/// Maximum number of write-ups in the list.
const SHOWN: usize = 100;

/// Returns the bytes of `llms.txt`.
pub(crate) fn llms(site: &Site<'_>) -> Vec<u8> {
    let config = site.config;
    let mut text = format!("# {}\n\n", plain(&config.title));
    let description = if config.description.is_empty() {
        "Write-ups and the claims they make, each with its status."
    } else {
        config.description.as_str()
    };
    let _ = writeln!(text, "> {}\n", plain(description));
    let absolute = |path: &str| config.base_url.absolute(path);
    let _ = writeln!(
        text,
        "{} claims in {} write-ups, as of {}. Statuses are computed from verdicts, relations and deadlines.\n",
        site.book.claims().count(),
        site.book.articles().len(),
        config.today
    );
    section(
        &mut text,
        "Data",
        &[
            (
                "Claims (JSON)",
                absolute("data/claims.json"),
                "every claim with status, quotation, verdicts and relations",
            ),
            ("Claims (CSV)", absolute("data/claims.csv"), "the same as a table"),
            ("Schema", absolute("data/claims.schema.json"), "JSON Schema of claims.json"),
            (
                "Graph",
                absolute("data/graph.json"),
                "claims, write-ups, people, metrics, sources and tags as nodes and edges",
            ),
            ("Deadlines", absolute("forecasts/deadlines.ics"), "pending forecasts as a calendar"),
        ],
    );
    section(
        &mut text,
        "Lists",
        &[
            ("Claims", absolute("claims/"), "with pages by kind, status and year"),
            ("Forecasts", absolute("forecasts/"), "due, overdue and resolved"),
            ("Disputes", absolute("disputes/"), "claims that contradict each other"),
            ("Fallout", absolute("fallout/"), "claims that rest on a refuted one"),
            ("Timeline", absolute("timeline/"), "what was said, judged and due by month"),
            ("People", absolute("speakers/"), "who made the claims"),
            ("Metrics", absolute("metrics/"), "what was measured"),
            ("Sources", absolute("sources/"), "the documents that claims were drawn from"),
        ],
    );
    text.push_str("## Write-ups\n\n");
    for &index in site.book.articles().iter().take(SHOWN) {
        let summary = site.book.document(index).front_matter.summary.as_ref();
        let summary = summary.map(|summary| format!(": {}", plain(&summary.value))).unwrap_or_default();
        let _ =
            writeln!(text, "- [{}]({}){summary}", plain(site.title(index)), absolute(&site.path_of(index)));
    }
    if site.book.articles().len() > SHOWN {
        let _ = writeln!(text, "- [All write-ups]({})", absolute("articles/"));
    }
    text.into_bytes()
}

fn section(text: &mut String, title: &str, links: &[(&str, String, &str)]) {
    let _ = writeln!(text, "## {title}\n");
    for (name, url, note) in links {
        let _ = writeln!(text, "- [{name}]({url}): {note}");
    }
    text.push('\n');
}

/// Returns a text on one line, with the characters of Markdown markup escaped and without control characters.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(character, '\\' | '[' | ']' | '<' | '>' | '`' | '*' | '_' | '#') {
            out.push('\\');
        }
        if !character.is_control() {
            out.push(character);
        }
    }
    out
}
