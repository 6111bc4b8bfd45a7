//! Is the project's own book in order, and as rich as its readers are promised?

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::site::{TODAY, claimbook, repository};

/// The day as of which the book is checked, the same as in `scripts/test`: its latest verdict is of that day,
/// and on a later one its open forecasts would fall due.
const DAY: &str = "2026-11-30";

#[test]
fn the_demo_book_has_no_problems() {
    let run = claimbook(repository(), ["check", "--format", "json", "--today", DAY]).exits(0);
    assert_eq!(run.diagnostics(), Vec::<Value>::new());
}

/// On a machine without the snapshots nothing more can be known than that the entries are whole, and that
/// quotations still answer to them.
#[test]
fn the_lock_of_the_demo_book_is_up_to_date() {
    let run = claimbook(repository(), ["verify", "--check", "--today", DAY]).exits(0);
    assert!(run.stderr.contains("40 verified, 75 seen, 0 drifted"), "{}", run.stderr);
    assert!(!run.stderr.contains("no quotation answers to"), "{}", run.stderr);
}

#[test]
fn the_demo_book_is_rich() {
    let folder = TempDir::new().expect("a temporary folder");
    let output = folder.path().join("site");
    let output_text = output.to_str().expect("a plain path");
    claimbook(repository(), ["build", "--today", DAY, "--output", output_text]).exits(0);
    let articles = fs::read_dir(output.join("articles")).expect("write-ups");
    let articles = articles
        .filter(|entry| entry.as_ref().expect("an entry").path().join("index.html").is_file())
        .count();
    assert!(articles >= 10, "{articles} write-ups");
    let text = fs::read_to_string(output.join("data/claims.json")).expect("the claims as data");
    let data: Value = serde_json::from_str(&text).expect("JSON");
    let claims = data["claims"].as_array().expect("a list of claims");
    assert!(claims.len() >= 90, "{} claims", claims.len());
    assert_eq!(data["version"], 1);
    assert_eq!(data["generated"], DAY);
}

#[test]
fn the_demo_shows_how_a_median_moved() {
    let out = TempDir::new().expect("a temporary folder");
    let folder = out.path().join("public");
    let folder = folder.to_str().expect("a plain name");
    claimbook(repository(), ["build", "--today", TODAY, "--output", folder]).exits(0);
    let page = fs::read_to_string(format!("{folder}/forecasts/automated-coder/index.html"));
    let page = page.expect("the page of the question");
    assert_eq!(page.matches("<path class=\"ser ").count(), 3, "three times replaced");
}
