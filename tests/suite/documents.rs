//! Do the documents for contributors name what exists? Every path in ARCHITECTURE.md and CONTRIBUTING.md is one of
//! the repository, and every test there is a test.

use std::collections::BTreeSet;
use std::fs;

use walkdir::WalkDir;

use crate::site::repository;

const DOCUMENTS: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Paths that are written by the program or by its users, and are not in the repository.
const OF_SITES: [&str; 9] = [
    ".claimbook/",
    "content/articles/",
    "fuzz/artifacts",
    "fuzz/corpus",
    "search-index/",
    "public/",
    "snapshots/",
    "target/",
    "claims/training-4-days/index.html",
];

/// The code spans of a document, outside of code blocks, each once.
fn code_spans(document: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(repository().join(document)).expect("a document");
    let mut is_code = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// All files and folders of the repository, from its root. A folder ends with `/`.
fn files() -> Vec<String> {
    let root = repository();
    let skipped = |name: &str| matches!(name, "target" | ".git" | "node_modules");
    let entries =
        WalkDir::new(root).into_iter().filter_entry(|entry| !skipped(&entry.file_name().to_string_lossy()));
    entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let path = entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
            Some(if entry.file_type().is_dir() { path + "/" } else { path })
        })
        .collect()
}

fn is_path(span: &str) -> bool {
    let is_plain = span.chars().all(|letter| letter.is_ascii_alphanumeric() || "/._-".contains(letter));
    let ends = [".rs", ".md", ".toml", ".html", ".mjs", ".py", ".tsv", ".txt", "/"];
    is_plain && span.len() > 1 && !span.starts_with('/') && ends.iter().any(|end| span.ends_with(end))
}

#[test]
fn paths_in_documents_exist() {
    let files = files();
    let exists = |span: &str| {
        files.iter().any(|file| file == span || file.ends_with(&format!("/{span}")))
            || OF_SITES.iter().any(|known| span.starts_with(known))
    };
    for document in DOCUMENTS {
        let missing: Vec<String> =
            code_spans(document).into_iter().filter(|span| is_path(span) && !exists(span)).collect();
        assert!(missing.is_empty(), "{document} names {missing:?}");
    }
}

#[test]
fn tests_and_functions_in_documents_exist() {
    let sources: String = ["src", "tests/suite"]
        .iter()
        .flat_map(|folder| WalkDir::new(repository().join(folder)))
        .filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok())
        .collect();
    let files = files();
    let is_module = |name: &str| {
        files
            .iter()
            .any(|file| file.ends_with(&format!("/{name}.rs")) || file.ends_with(&format!("/{name}/")))
    };
    let exists = |span: &str| {
        let parts: Vec<&str> = span.split("::").collect();
        let Some((last, modules)) = parts.split_last() else { return true };
        let is_known = *last == "*"
            || sources.contains(&format!("fn {last}("))
            || sources.contains(&format!("fn {last}<"))
            || ["struct", "enum", "trait", "const", "static"]
                .iter()
                .any(|kind| sources.contains(&format!("{kind} {last}")))
            // A variant or a field.
            || sources.contains(&format!("{last},"))
            || sources.contains(&format!("{last}("))
            || is_module(last);
        let of_crate = |name: &&str| {
            name.starts_with(char::is_uppercase) || *name == "tests" || *name == "crate" || is_module(name)
        };
        is_known && modules.iter().all(of_crate)
    };
    let of_others = ["std", "core", "anyhow", "clippy", "by", "value", "kind", "said", "key"];
    for document in DOCUMENTS {
        let spans = code_spans(document);
        let names = spans.iter().filter(|span| {
            let is_plain =
                span.chars().all(|letter| letter.is_ascii_alphanumeric() || "_:*".contains(letter));
            let first = span.split("::").next().unwrap_or_default();
            is_plain && span.contains("::") && !span.ends_with("::") && !of_others.contains(&first)
        });
        let missing: Vec<&String> = names.filter(|span| !exists(span)).collect();
        assert!(missing.is_empty(), "{document} names {missing:?}");
    }
}
