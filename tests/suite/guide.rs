//! Is the guide of the demo book true? Its examples are files of a book that is in order, its commands
//! are accepted, its tables name every key and its list of problems is what `explain` says.
//!
//! A fenced block whose info string names a file, as in ```` ```markdown content/pages/a.md ````, is
//! that file, and with ` +` behind the name it is added to its end. Each page begins with the book that
//! `claimbook init` makes, and the book is checked after each of its sections.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::rules;
use crate::site::{Site, TODAY, claimbook, compare_with_file, files_below, repository, site};

const PROBLEMS: &str = "content/pages/guide/problems.md";

/// A page of the guide.
struct Guide {
    path: String,
    text: String,
}

/// A fenced block of code.
struct Block {
    language: String,
    /// What stands behind the language.
    name: String,
    text: String,
}

fn guide() -> Vec<Guide> {
    let folder = repository().join("content/pages");
    let mut paths: Vec<String> = files_below(&folder.join("guide")).into_keys().collect();
    paths = paths.iter().map(|path| format!("guide/{path}")).collect();
    paths.insert(0, "guide.md".to_owned());
    paths.into_iter().map(|path| Guide { text: read(&format!("content/pages/{path}")), path }).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.split_inclusive('\n') {
        match (open.as_mut(), line.strip_prefix("```")) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text.push_str(line),
            (None, Some(info)) => {
                let (language, name) = info.trim().split_once(' ').unwrap_or((info.trim(), ""));
                let text = String::new();
                open = Some(Block { language: language.to_owned(), name: name.to_owned(), text });
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}

/// The book that `claimbook init` makes, without pictures: they take time.
fn first_book() -> Site {
    let book = site();
    fs::remove_file(book.path("site.toml")).expect("the settings of tests");
    book.run(["init", "."]).exits(0);
    let settings = book.read("site.toml").replace("# previews = true", "previews = false");
    book.write("site.toml", settings);
    book
}

#[test]
fn examples_are_clean_step_by_step() {
    let mut examples = 0;
    for page in guide() {
        let book = first_book();
        let mut state = "0 drifted";
        for section in page.text.split("\n## ") {
            let files: Vec<Block> =
                blocks(section).into_iter().filter(|block| block.name.contains('.')).collect();
            for block in &files {
                match block.name.strip_suffix(" +") {
                    Some(name) => book.write(name, book.read(name) + &block.text),
                    None => book.write(&block.name, &block.text),
                }
                if block.name.starts_with("snapshots/") {
                    state = "0 drifted, 0 unarchived";
                }
            }
            if !files.is_empty() {
                book.run(["verify", "--today", TODAY]).exits(0).says([state]);
                let run = book.run(["check", "--strict", "--today", TODAY]);
                let heading = section.lines().next().unwrap_or_default();
                assert_eq!(run.code, Some(0), "{}: {heading}\n{}", page.path, run.stderr);
            }
            examples += files.len();
        }
        book.run(["build", "--strict", "--today", TODAY]).exits(0);
    }
    assert!(examples > 15, "{examples} examples");
}

/// Every command line in a block of shell commands, without its comment.
fn commands(text: &str) -> Vec<Vec<String>> {
    let shell = blocks(text).into_iter().filter(|block| block.language == "sh");
    let lines = shell.flat_map(|block| block.text.lines().map(str::to_owned).collect::<Vec<_>>());
    let words = |line: String| {
        let line = line.split("  #").next().unwrap_or_default().trim().to_owned();
        let parts = line.strip_prefix("claimbook ")?.split('"').enumerate();
        let words = parts.flat_map(|(place, part)| match place % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        Some(words.collect())
    };
    lines.filter_map(words).collect()
}

#[test]
fn every_command_is_accepted() {
    let folder = TempDir::new().expect("a temporary folder");
    let known = claimbook(folder.path(), ["--help"]).exits(0).stdout;
    let readme = Guide { path: "README.md".to_owned(), text: read("README.md") };
    let mut seen = BTreeSet::new();
    for page in guide().into_iter().chain([readme]) {
        for mut words in commands(&page.text) {
            let command = words.first().cloned().unwrap_or_default();
            // Not in every build: `import` is a feature.
            if !known.contains(&format!("\n  {command} ")) && ["import", "serve"].contains(&&*command) {
                continue;
            }
            // Options and values before `--help` are parsed, and nothing is done.
            words.push("--help".to_owned());
            let run = claimbook(folder.path(), &words);
            assert_eq!(run.code, Some(0), "{}: {words:?}\n{}", page.path, run.stderr);
            seen.insert(command);
        }
    }
    assert!(seen.len() > 6, "{seen:?}");
}

/// The tables of a page as rows of cells, by the id or text of the heading above them.
fn rows<'a>(text: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let section = text
        .split("\n## ")
        .find(|section| {
            let first = section.lines().next().unwrap_or_default();
            first == heading || first.ends_with(&format!("{{#{heading}}}"))
        })
        .unwrap_or_else(|| panic!("there is no heading `{heading}`"));
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

fn code(cell: &str) -> &str {
    cell.split('`').nth(1).unwrap_or_default()
}

/// The keys of a part as `claimbook schema` lists them; those of a table of `site.toml` with its name.
fn schema(part: &str) -> BTreeSet<String> {
    let folder = TempDir::new().expect("a temporary folder");
    let text = claimbook(folder.path(), ["schema", part]).exits(0).stdout;
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let properties = schema["properties"].as_object().expect("an object");
    let key = |(key, value): (&String, &Value)| match value["properties"].as_object() {
        Some(_) if key == "lints" => vec!["[lints]".to_owned()],
        Some(inner) => inner.keys().map(|name| format!("[{key}] {name}")).collect(),
        None => vec![key.clone()],
    };
    properties.iter().flat_map(key).collect()
}

#[test]
fn every_key_has_a_row() {
    let text = read("content/pages/guide/keys.md");
    for part in ["article", "speaker", "metric", "source", "page", "home", "site"] {
        let listed: BTreeSet<String> = rows(&text, part).iter().map(|row| code(row[0]).to_owned()).collect();
        assert_eq!(listed, schema(part), "{part}");
    }
}

const CLAIM_TABLES: [(&str, &str); 4] = [
    ("Keys of every claim", "statement"),
    ("Keys of measurements and forecasts", "forecast"),
    ("Keys of measurements", "measurement"),
    ("Keys of forecasts", "forecast"),
];

#[test]
fn every_key_of_a_claim_has_a_row() {
    let text = read("content/pages/guide/claims.md");
    let tables = CLAIM_TABLES.iter().map(|(heading, _)| *heading).chain(["Keys in front matter only"]);
    let mut listed: BTreeSet<String> = tables
        .flat_map(|heading| rows(&text, heading))
        .map(|row| {
            let (key, example) = (code(row[0]), code(row[1]));
            assert!(example.starts_with(&format!("{key}:")), "{key}: {example}");
            key.to_owned()
        })
        .collect();
    assert!(listed.remove("id"), "a claim in a list has an id");
    assert_eq!(listed, schema("claim"));
}

#[test]
fn examples_of_keys_are_valid() {
    let text = read("content/pages/guide/claims.md");
    let book = first_book();
    let mut body = "---\ntitle: Keys\nsource: weekly-report-45\n---\n".to_owned();
    for (heading, kind) in CLAIM_TABLES {
        for row in rows(&text, heading) {
            let (key, example) = (code(row[0]), code(row[1]));
            let kind = if key == "kind" { String::new() } else { format!("> - kind:: {kind}\n") };
            let quotation = if key == "seen" { "> > It has it.\n>\n" } else { "" };
            let _ = write!(
                body,
                "\n> [!claim] of-{key}\n> **It has `{key}`.**\n>\n{quotation}> - by:: J. Doe\n{kind}> - {example}\n"
            );
        }
    }
    book.write("content/articles/keys.md", body);
    // Warnings, that nothing mentions these claims for one, are not the point here.
    book.run(["check", "--drafts", "--today", TODAY]).exits(0);
}

/// The list of problems, made of what `explain` says. Indented blocks are code in Markdown, too.
fn problems() -> String {
    let page = read(PROBLEMS);
    let (head, _) = page.split_once("\n## Errors").expect("a heading `Errors`");
    let folder = TempDir::new().expect("a temporary folder");
    let mut text = head.to_owned();
    let mut section = "";
    for rule in rules() {
        let said = claimbook(folder.path(), ["explain", &rule]).exits(0).stdout;
        let (title, rest) = said.split_once('\n').expect("a title");
        let (summary, explanation) = rest.trim().split_once("\n\n").expect("a summary and an explanation");
        let kind = title.strip_prefix(&rule).unwrap_or_default().trim().trim_matches(['(', ')']);
        let heading = if kind == "error" { "Errors" } else { "Lints" };
        if section != heading {
            let _ = write!(text, "\n## {heading}\n");
            section = heading;
        }
        let level = kind.strip_prefix("lint, ").map(|level| format!("*{level}*\n\n")).unwrap_or_default();
        let summary = summary.replacen(
            summary.chars().next().unwrap_or_default(),
            &summary.chars().take(1).collect::<String>().to_uppercase(),
            1,
        );
        let _ = write!(text, "\n### {rule}\n\n{summary}.\n\n{level}{}\n", wrapped(explanation));
    }
    text
}

/// Paragraphs in lines of at most 110 characters; code as it is.
fn wrapped(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with("    ") || line.is_empty() {
            lines.push(line.to_owned());
            continue;
        }
        lines.push(String::new());
        for word in line.split(' ') {
            let last = lines.last_mut().expect("a line was begun");
            if last.is_empty() {
                last.push_str(word);
            } else if last.chars().count() + word.chars().count() < 110 {
                let _ = write!(last, " {word}");
            } else {
                lines.push(word.to_owned());
            }
        }
    }
    lines.join("\n")
}

#[test]
fn the_list_of_problems_is_what_explain_says() {
    compare_with_file(&problems(), &repository().join(PROBLEMS));
}

#[test]
fn every_data_file_of_the_guide_exists() {
    let book = first_book();
    let settings = book.read("site.toml").replace("# neighbours = \"none\"", "neighbours = \"all\"");
    book.write("site.toml", settings);
    let built = book.build();
    let text = read("content/pages/guide/data.md");
    let listed: Vec<&str> = text.lines().filter(|line| line.starts_with("| `")).map(code).collect();
    assert!(listed.len() > 15, "{listed:?}");
    for path in listed {
        let (start, end) = path.split_once("<id>").unwrap_or((path, ""));
        let fits = |file: &String| {
            if end.is_empty() { file == path } else { file.starts_with(start) && file.ends_with(end) }
        };
        assert!(built.keys().any(fits), "there is no `{path}`");
    }
}

#[test]
fn pages_are_short() {
    let folder = TempDir::new().expect("a temporary folder");
    let output = folder.path().join("site");
    let output_text = output.to_str().expect("a plain path");
    claimbook(repository(), ["build", "--quiet", "--today", TODAY, "--output", output_text]).exits(0);
    for page in guide() {
        let path = format!("{}/index.html", page.path.trim_end_matches(".md"));
        let size = fs::metadata(output.join(&path)).expect("a page of the guide").len();
        assert!(size <= 60 * 1024, "{path} has {size} bytes");
    }
}
