//! Writes `llms.txt` (llmstxt.org), which describes the contents of the site to language models: a heading, a
//! quotation, and lists of links.

use std::fmt::Write as _;

use crate::page::Site;
use crate::texts::TEXTS;

/// Maximum number of write-ups in the list.
const SHOWN: usize = 100;

/// Returns the bytes of `llms.txt`.
pub(crate) fn llms(site: &Site<'_>) -> Vec<u8> {
    let config = site.config;
    let mut text = format!("# {}\n\n", plain(&config.title));
    let description =
        if config.description.is_empty() { TEXTS.llms.about() } else { config.description.as_str() };
    let _ = writeln!(text, "> {}\n", plain(description));
    let absolute = |path: &str| config.base_url.absolute(path);
    let texts = &TEXTS.llms;
    let claims = TEXTS.count.claims(site.book.claims().count());
    let articles = TEXTS.count.articles(site.book.articles().len());
    let _ = writeln!(text, "{}\n", texts.counts(claims, articles, config.today));
    section(
        &mut text,
        texts.data(),
        &[
            (texts.claims_json(), absolute("data/claims.json"), texts.claims_json_about()),
            (texts.claims_csv(), absolute("data/claims.csv"), texts.claims_csv_about()),
            (texts.schema(), absolute("data/claims.schema.json"), texts.schema_about()),
            (texts.graph(), absolute("data/graph.json"), texts.graph_about()),
            (texts.deadlines(), absolute("forecasts/deadlines.ics"), texts.deadlines_about()),
        ],
    );
    section(
        &mut text,
        texts.lists(),
        &[
            (TEXTS.frame.claims(), absolute("claims/"), texts.claims_about()),
            (TEXTS.frame.forecasts(), absolute("forecasts/"), texts.forecasts_about()),
            (TEXTS.frame.disputes(), absolute("disputes/"), texts.disputes_about()),
            (TEXTS.fallout.title(), absolute("fallout/"), texts.fallout_about()),
            (TEXTS.frame.timeline(), absolute("timeline/"), texts.timeline_about()),
            (TEXTS.frame.people(), absolute("speakers/"), texts.people_about()),
            (TEXTS.frame.metrics(), absolute("metrics/"), texts.metrics_about()),
            (TEXTS.frame.sources(), absolute("sources/"), texts.sources_about()),
        ],
    );
    write_ups(site, &mut text);
    text.into_bytes()
}

fn write_ups(site: &Site<'_>, text: &mut String) {
    let texts = &TEXTS.llms;
    let absolute = |path: &str| site.config.base_url.absolute(path);
    let _ = writeln!(text, "## {}\n", texts.articles());
    for &index in site.book.articles().iter().take(SHOWN) {
        let summary = match site.book.document(index).front_matter.summary_text(site.access) {
            "" => String::new(),
            summary => format!(": {}", plain(summary)),
        };
        let _ =
            writeln!(text, "- [{}]({}){summary}", plain(site.title(index)), absolute(&site.path_of(index)));
    }
    if site.book.articles().len() > SHOWN {
        let _ = writeln!(text, "- [{}]({})", texts.all_articles(), absolute("articles/"));
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::tests::book;

    #[test]
    fn it_has_a_heading_a_quotation_and_lists_of_links() {
        let llms = String::from_utf8(llms(&book().site())).expect("UTF-8");
        assert!(llms.starts_with("# Book\n\n> "), "{llms}");
        assert!(llms.contains("\n6 claims in 1 write-up, as of 2026-11-22."), "{llms}");
        assert!(llms.contains("\n## Write-ups\n\n- [First](https://example.org/articles/a/)"), "{llms}");
        let lists = llms.split("\n## ").skip(1);
        for line in lists.flat_map(|list| list.lines().skip(1)).filter(|line| !line.is_empty()) {
            assert!(line.starts_with("- [") && line.contains("](https://example.org/"), "{line}");
        }
    }

    #[test]
    fn titles_stay_on_one_line_without_markup() {
        assert_eq!(plain("A [b]\n*c* <d> `e` #f\u{7}"), "A \\[b\\] \\*c\\* \\<d\\> \\`e\\` \\#f");
    }
}
