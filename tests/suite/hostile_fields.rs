//! Every field that an author can fill, times every text of an attacker: each is either an error of its own file, or
//! is shown as the words that it is.
//!
//! A trial is one file with one text in one field. Trials share books, so that lists, data and feeds have them all as
//! well. Files with errors are taken out until the rest can be built. Fields come from the tables of keys that reading
//! uses, so that a new key is tried as soon as it is there. `scripts/test` tries each text in some fields,
//! `scripts/test full` all in all, and writes a book of those that can be built for Chromium to open.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use claimbook::diagnostic::{Diagnostic, Place, Severity};
use claimbook::document::{DocumentKind, Kind, RelationKind};
use claimbook::markdown::{Key, Kinds, claim_keys, keys_of};
use claimbook::pipeline::{analyse, plan};
use claimbook::source::Sources;
use rayon::prelude::*;
use scraper::Html;

use crate::checks;
use crate::site::{cases, repository};
use crate::vectors::{MARK, PRODUCT, vectors};

/// Files of one book.
const BATCH: usize = 400;

/// One file with one text of an attacker.
struct Trial {
    path: String,
    text: String,
    /// Which field it is about.
    field: String,
}

/// Makes path and text of a file with an attacker's text in it. The number makes ids of their own.
type MakeFile = Box<dyn Fn(usize, &str) -> (String, String) + Sync>;

/// A field: its name, and a file with a text in it.
struct Field {
    name: String,
    file: MakeFile,
}

/// A text in quotation marks, for YAML and TOML alike.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if letter.is_control() || "\u{2028}\u{2029}\u{feff}\u{fffe}\u{ffff}".contains(letter) => {
                write!(out, "\\u{:04x}", u32::from(letter)).expect("a text takes everything");
            }
            _ => out.push(letter),
        }
    }
    out + "\""
}

fn add(text: &mut String, parts: &[&str]) {
    text.push_str(&parts.concat());
}

/// A text in one line.
fn line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// A text in which no sign means anything to Markdown, in one line.
fn escaped(text: &str) -> String {
    let escape = |letter: char| if letter.is_ascii_punctuation() { vec!['\\', letter] } else { vec![letter] };
    line(text).chars().flat_map(escape).collect()
}

const FOLDERS: [(DocumentKind, &str); 6] = [
    (DocumentKind::Article, "articles"),
    (DocumentKind::Claim, "claims"),
    (DocumentKind::Metric, "metrics"),
    (DocumentKind::Page, "pages"),
    (DocumentKind::Source, "sources"),
    (DocumentKind::Speaker, "speakers"),
];

/// What a claim of a kind that has the key needs besides.
fn facts_around(key: &str) -> Vec<(&'static str, &'static str)> {
    let kinds = claim_keys().into_iter().find(|known| known.name == key).map_or(Kinds::All, |key| key.kinds);
    let fitting =
        [Kind::Statement, Kind::Measurement, Kind::Forecast].into_iter().find(|&kind| kinds.contains(kind));
    let kind = fitting.expect("some claims have the key");
    let mut facts = vec![("kind", kind.word()), ("by", "Jane Doe"), ("statement", "It happened.")];
    facts.extend(match kind {
        Kind::Forecast => vec![("resolves", "2027"), ("probability", "60% stated")],
        Kind::Measurement => vec![("metric", "pace"), ("value", "4 days")],
        _ => vec![],
    });
    facts.retain(|(name, _)| *name != key);
    facts
}

/// Values around the text, for keys that take more than a text.
fn value_with(key: &str, text: &str) -> String {
    match key {
        "verdict" => format!("2026-11-20 supported by {text} — {text}"),
        "evidence" => format!("for [{text}](https://example.org/) — {text}"),
        relation if RelationKind::parse(relation).is_some() => {
            format!("[{text}](claim:base) — {text}")
        }
        "value" => format!("4 days {text}"),
        "source" => format!("[{text}](https://example.org/)"),
        _ => text.to_owned(),
    }
}

/// Keys of front matter of a kind of file, in YAML and TOML.
fn fields_of_files() -> Vec<Field> {
    let mut fields = Vec::new();
    for (kind, folder) in FOLDERS {
        for Key { name: key, is_list, .. } in keys_of(kind) {
            for (fence, sign) in [("---", ": "), ("+++", " = ")] {
                let file = move |number: usize, text: &str| {
                    let text =
                        if kind == DocumentKind::Claim { value_with(key, text) } else { text.to_owned() };
                    let value = if is_list { format!("[{}]", quoted(&text)) } else { quoted(&text) };
                    let needed = match kind {
                        DocumentKind::Claim => facts_around(key),
                        DocumentKind::Speaker => vec![("name", "Somebody")],
                        _ => vec![("title", "Something")],
                    };
                    let mut head = format!("{key}{sign}{value}\n");
                    for (name, value) in needed.iter().filter(|(name, _)| *name != key) {
                        let own = if *value == "Somebody" {
                            format!("Somebody {number}")
                        } else {
                            (*value).to_owned()
                        };
                        add(&mut head, &[name, sign, &quoted(&own), "\n"]);
                    }
                    let body = if folder == "articles" { "\nWords.\n" } else { "" };
                    (format!("content/{folder}/t{number}.md"), format!("{fence}\n{head}{fence}\n{body}"))
                };
                fields.push(Field { name: format!("{folder} {fence} {key}"), file: Box::new(file) });
            }
        }
    }
    fields
}

/// Keys of claims in callouts, as they are and escaped, and in the front matter of a write-up.
fn fields_of_claims() -> Vec<Field> {
    let mut fields = Vec::new();
    for key in claim_keys().iter().map(|key| key.name) {
        for (form, plain) in [("raw", line as fn(&str) -> String), ("escaped", escaped as fn(&str) -> String)]
        {
            let file = move |number: usize, text: &str| {
                let text = value_with(key, &plain(text));
                let id = if key == "id" { text.clone() } else { format!("t{number}") };
                let statement = if key == "statement" { text.clone() } else { "It happened.".to_owned() };
                let mut callout = format!("> [!claim] {id}\n> **{statement}**\n>\n");
                if key == "quote" {
                    add(&mut callout, &["> > ", &text, "\n>\n"]);
                }
                for (name, value) in facts_around(key).iter().filter(|(name, _)| *name != "statement") {
                    add(&mut callout, &["> - ", name, ":: ", value, "\n"]);
                }
                if !["id", "statement", "quote"].contains(&key) {
                    add(&mut callout, &["> - ", key, ":: ", &text, "\n"]);
                }
                let mention = format!("[It](claim:t{number}) happened.");
                article(number, &format!("{mention}\n\n{callout}"))
            };
            fields.push(Field { name: format!("callout {form} {key}"), file: Box::new(file) });
        }
        let file = move |number: usize, text: &str| {
            let mut claim = format!("{key}: {}", quoted(&value_with(key, text)));
            if key != "id" {
                add(&mut claim, &["\n    id: t", &number.to_string()]);
            }
            for (name, value) in facts_around(key) {
                add(&mut claim, &["\n    ", name, ": ", &quoted(value)]);
            }
            let head = format!("---\ntitle: Something\nclaims:\n  - {claim}\n---\n");
            (format!("content/articles/t{number}.md"), format!("{head}\n[It](claim:t{number}) happened.\n"))
        };
        fields.push(Field { name: format!("claims of a write-up {key}"), file: Box::new(file) });
    }
    fields
}

fn article(number: usize, body: &str) -> (String, String) {
    (format!("content/articles/t{number}.md"), format!("---\ntitle: Something\n---\n\n{body}\n"))
}

/// Places in Markdown; `@` is the text.
const PLACES: [&str; 33] = [
    "@",
    "Words @ words.",
    "# @",
    "## Heading {#@}",
    "## Heading {.@}",
    "Heading @\n===",
    "[@](https://example.org/)",
    "[@](claim:base)",
    "[words](claim:base \"@\")",
    "[words](https://example.org/ \"@\")",
    "[words](<@>)",
    "[words](https://example.org/?a=@)",
    "[words][a]\n\n[a]: @",
    "[words][a]\n\n[a]: https://example.org/ '@'",
    "![@](/a.png)",
    "![words](<@>)",
    "<@>",
    "[[@]]",
    "[[base|@]]",
    "![[@]]",
    "`@`",
    "```@\ncode\n```",
    "```\n@\n```",
    "    @",
    "| @ | b |\n|---|---|\n| @ | @ |",
    "- @\n- [ ] @",
    "> @",
    "**@** _@_ ~~@~~",
    "Words[^a].\n\n[^a]: @",
    "Words[^@].\n\n[^@]: Words.",
    "<b title=\"@\">words</b>",
    "<p class='@'>words</p>",
    "<a href=\"@\">words</a>",
];

fn fields_of_prose() -> Vec<Field> {
    let places = PLACES.iter().flat_map(|place| {
        [("raw", line as fn(&str) -> String), ("as it is", str::to_owned), ("escaped", escaped)]
            .into_iter()
            .map(move |(form, plain)| {
                let file =
                    move |number: usize, text: &str| article(number, &place.replace('@', &plain(text)));
                Field { name: format!("prose {form} {place}"), file: Box::new(file) }
            })
    });
    places.collect()
}

/// Names of files, as far as a file can have them.
fn fields_of_names() -> Vec<Field> {
    let fields = FOLDERS.iter().map(|(kind, folder)| {
        let file = move |number: usize, text: &str| {
            let name: String = text.replace(['/', '\0'], "_").chars().take(60).collect();
            let key = if *kind == DocumentKind::Speaker { "name" } else { "title" };
            let head = match kind {
                DocumentKind::Claim => "kind: statement\nby: Jane Doe\nstatement: It happened.".to_owned(),
                _ => format!("{key}: Something {number}"),
            };
            (format!("content/{folder}/{name}.md"), format!("---\n{head}\n---\n\nWords.\n"))
        };
        Field { name: format!("file name in {folder}"), file: Box::new(file) }
    });
    fields.collect()
}

fn fields() -> Vec<Field> {
    let all = [fields_of_files(), fields_of_claims(), fields_of_prose(), fields_of_names()];
    all.into_iter().flatten().collect()
}

/// One in so many trials; each text and each field comes, in turn.
fn trials(one_in: usize) -> Vec<Trial> {
    let (fields, vectors) = (fields(), vectors());
    let mut trials = Vec::new();
    for (row, field) in fields.iter().enumerate() {
        for (column, vector) in vectors.iter().enumerate() {
            if (row * 7 + column) % one_in == 0 {
                let (path, text) = (field.file)(trials.len(), vector);
                trials.push(Trial { path, text, field: format!("{} {vector:.80?}", field.name) });
            }
        }
    }
    trials
}

fn texts_of(trials: &[Trial]) -> BTreeMap<String, String> {
    trials.iter().map(|trial| (trial.path.clone(), trial.text.clone())).collect()
}

fn sources(texts: &BTreeMap<String, String>) -> Arc<Sources> {
    let settings = "title = \"Book\"\nbase_url = \"https://example.org/a/\"\n[build]\npreviews = false\n";
    let base = "---\nkind: statement\nby: Jane Doe\nstatement: It is the base.\n---\n";
    let metric = "---\ntitle: Pace\nunit: days\n---\n";
    let shared =
        [("site.toml", settings), ("content/claims/base.md", base), ("content/metrics/pace.md", metric)];
    let shared = shared.map(|(path, text)| (path.to_owned(), text.to_owned()));
    Arc::new(Sources::from_texts(texts.clone().into_iter().chain(shared)))
}

/// The files of a book without those that have errors, and what is built of them.
fn built(texts: &mut BTreeMap<String, String>) -> BTreeMap<String, Vec<u8>> {
    for _ in 0..20 {
        let sources = sources(texts);
        let (problems, edition) = plan(&analyse(&sources, &[], &checks::overrides()));
        checks::check_problems(&problems, &sources);
        if let Some(edition) = edition {
            return checks::files(&edition);
        }
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        let place = |problem: &Diagnostic| match &problem.place {
            Place::Text(span) => sources.file(span.file).path().to_owned(),
            Place::Path(path, _) => path.clone(),
            Place::Site => String::new(),
        };
        let paths: BTreeSet<String> = errors.map(place).collect();
        let before = texts.len();
        texts.retain(|path, _| !paths.contains(path));
        assert!(texts.len() < before, "an error in no file of a trial: {:?}", problems.first());
    }
    panic!("errors come without end");
}

/// Nothing of a text has become markup, a template that ran, or a line of its own.
fn check_inert(path: &str, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    checks::check_file(path, bytes);
    if text.contains(PRODUCT) {
        found.push("a template ran".to_owned());
    }
    match path.rsplit('.').next() {
        Some("html") => {
            let page = Html::parse_document(&text);
            for element in page.root_element().descendent_elements() {
                let value = element.value();
                let is_marked = |name: &str| name.to_lowercase().contains(MARK);
                if is_marked(value.name()) || value.attrs().any(|(name, _)| is_marked(name)) {
                    found.push(format!(
                        "markup of a text: {}",
                        element.html().chars().take(200).collect::<String>()
                    ));
                }
                // Links may lead anywhere, and nothing else.
                let elsewhere =
                    value.attrs().filter(|(name, _)| !matches!(*name, "href" | "content" | "cite"));
                let loads = elsewhere
                    .filter(|(name, _)| matches!(*name, "src" | "srcset" | "poster" | "data" | "action"));
                found.extend(
                    loads
                        .filter(|(_, text)| text.contains("hostile.example"))
                        .map(|(_, text)| text.to_owned()),
                );
            }
        }
        Some("xml") if text.contains(&format!("<{MARK}")) => found.push("markup of a text".to_owned()),
        Some("json") if text.contains('<') => found.push("`<` is not escaped".to_owned()),
        Some("ics") => {
            const OWN: [&str; 3] = ["VALARM", "ATTACH", "ACTION"];
            let lines = text
                .split("\r\n")
                .filter(|line| OWN.iter().any(|own| line.trim_start_matches("BEGIN:").starts_with(own)));
            found.extend(lines.map(|line| format!("a line of a text: {line}")));
        }
        Some("csv") => found.extend(formulas(&text).into_iter().map(|cell| format!("a formula: {cell}"))),
        _ => {}
    }
    found
}

/// The cells of a table that a spreadsheet would compute.
fn formulas(csv: &str) -> Vec<String> {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    for letter in csv.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' | '\n' | '\r' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    let is_number = |cell: &str| cell.parse::<f64>().is_ok();
    cells.retain(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(cell));
    cells
}

#[test]
fn no_text_in_any_field_becomes_anything_else() {
    let is_full = cases(0, 1) == 1;
    let all = trials(if is_full { 1 } else { 128 });
    assert!(vectors().len() >= 120 && fields().len() > 300);
    let results: Vec<(usize, Vec<String>)> = all
        .par_chunks(BATCH)
        .map(|batch| {
            let mut texts = texts_of(batch);
            let files = built(&mut texts);
            let found = files.iter().flat_map(|(path, bytes)| {
                let trial = batch.iter().find(|trial| {
                    trial.path.trim_start_matches("content/").trim_end_matches("md")
                        == path.trim_end_matches("/index.html").to_owned() + "."
                });
                let about = trial.map_or("", |trial| trial.field.as_str());
                check_inert(path, bytes).into_iter().map(move |what| format!("{path} ({about}): {what}"))
            });
            (texts.len(), found.collect())
        })
        .collect();
    let found: Vec<&String> = results.iter().flat_map(|(_, found)| found).collect();
    assert!(
        found.is_empty(),
        "{} found:\n{}",
        found.len(),
        found.iter().take(40).map(|one| one.as_str()).collect::<Vec<_>>().join("\n")
    );
    let built: usize = results.iter().map(|(built, _)| built).sum();
    assert!(built * 2 > all.len(), "only {built} of {} texts were accepted", all.len());
    println!("{} trials, {built} built, {} refused", all.len(), all.len() - built);
}

/// For `scripts/test full`: a book for Chromium, of texts that are accepted.
#[test]
fn a_book_of_attacks_is_written_for_the_browser() {
    let folder = repository().join("target/hostile-book");
    let _ = fs::remove_dir_all(&folder);
    if cases(0, 1) == 0 {
        return;
    }
    // U+0000 is found when files are read from the disk, which the books of trials are not.
    let is_writable = |trial: &Trial| !trial.field.starts_with("file name") && !trial.text.contains('\0');
    let trials: Vec<Trial> = trials(64).into_iter().filter(is_writable).collect();
    // Small books show their errors sooner than one large one.
    let accepted: Vec<BTreeMap<String, String>> = trials
        .par_chunks(BATCH)
        .map(|batch| {
            let mut texts = texts_of(batch);
            built(&mut texts);
            texts
        })
        .collect();
    let mut texts = accepted.into_iter().flatten().collect();
    built(&mut texts);
    for (_, file) in sources(&texts).iter() {
        let path = folder.join(file.path());
        fs::create_dir_all(path.parent().expect("files lie in folders")).expect("a folder");
        fs::write(path, file.text()).expect("a file");
    }
}
