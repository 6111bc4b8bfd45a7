//! How is the book written for claimbook? Callouts in the write-ups; metrics and sources are files.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::book::{Book, Claim, Fact, Piece, WriteUp};

/// Write the whole book; `options` are lines of the table `[build]`.
pub(crate) fn write(mut book: Book, root: &Path, options: &[String]) -> Result<()> {
    for folder in ["articles", "metrics", "sources"] {
        fs::create_dir_all(root.join("content").join(folder))?;
    }
    write_site(root, options)?;
    for metric in book.metrics() {
        let text =
            format!("---\ntitle: {}\nunit: points\nbetter: higher\n---\n\n{}\n", metric.title, metric.text);
        fs::write(root.join(format!("content/metrics/{}.md", metric.name)), text)?;
    }
    for report in book.reports() {
        let text = format!(
            "---\ntitle: {}\npublisher: {}\nurl: {}\npublished: {}\n---\n",
            report.title, report.publisher, report.url, report.published
        );
        fs::write(root.join(format!("content/sources/{}.md", report.name)), text)?;
    }
    book.write_ups().try_for_each(|write_up| write_write_up(root, &write_up))
}

/// Write `site.toml`.
pub(crate) fn write_site(root: &Path, options: &[String]) -> Result<()> {
    let mut site = "title = \"A large book\"\nbase_url = \"https://example.org/\"\ndescription = \"Made up, to measure with.\"\n".to_owned();
    if !options.is_empty() {
        let _ = write!(site, "\n[build]\n{}\n", options.join("\n"));
    }
    fs::create_dir_all(root)?;
    Ok(fs::write(root.join("site.toml"), site)?)
}

/// Write one write-up, with the claims it makes.
pub(crate) fn write_write_up(root: &Path, write_up: &WriteUp) -> Result<()> {
    let mut text = format!(
        "---\ntitle: {}\ndate: {}\nauthors: [{}]\ntags: [{}]\nsummary: {}\n",
        write_up.title,
        write_up.date,
        write_up.author,
        write_up.tags.join(", "),
        write_up.summary
    );
    if let Some(source) = &write_up.source {
        let _ = writeln!(text, "source: {source}");
    }
    text.push_str("---\n");
    for passage in &write_up.passages {
        if let Some(heading) = &passage.heading {
            let _ = write!(text, "\n## {heading}\n");
        }
        text.push('\n');
        for piece in &passage.pieces {
            let _ = match piece {
                Piece::Text(words) => write!(text, "{words}"),
                Piece::Mention { words, claim } => write!(text, "[{words}](claim:{claim})"),
            };
        }
        text.push('\n');
        if let Some(claim) = &passage.claim {
            text.push('\n');
            text.push_str(&callout(claim));
        }
    }
    let path = root.join(format!("content/articles/{}.md", write_up.path));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}

fn callout(claim: &Claim) -> String {
    let mut text = format!("> [!claim] {}\n> **{}.**\n>\n", claim.id, claim.statement);
    if let Some(quotation) = &claim.quotation {
        let _ = write!(text, "> > {quotation}\n>\n");
    }
    for fact in &claim.facts {
        let _ = match fact {
            Fact::Value { key, value } => writeln!(text, "> - {key}:: {value}"),
            Fact::Relation { relation, claim, note } => {
                writeln!(text, "> - {relation}:: [that one](claim:{claim}) — {note}")
            }
        };
    }
    text
}
