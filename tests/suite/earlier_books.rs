//! Do books of earlier versions still build, and does each address that readers knew lead somewhere? Each folder
//! `tests/books/<version>/<book>/` has the files of a book in `in/`, and in `addresses.txt` the addresses that the
//! version of its time gave it.

use std::fs;

use tempfile::TempDir;

use crate::links::build_on;
use crate::site::{copy, repository};

/// The day as of which the books are built. All that they say was said by then.
const DAY: &str = "2026-11-30";

/// The books, each with a test below.
const BOOKS: [&str; 2] = ["0.1/demo", "0.1/first"];

#[test]
fn the_demo_book_of_0_1_keeps_its_addresses() {
    check("0.1/demo");
}

#[test]
fn the_first_book_of_0_1_keeps_its_addresses() {
    check("0.1/first");
}

#[test]
fn every_book_is_in_the_list() {
    let entries = |path: &str| {
        let entries = fs::read_dir(repository().join("tests/books").join(path)).expect("a folder");
        let folders = entries.map(|entry| entry.expect("an entry")).filter(|entry| entry.path().is_dir());
        folders.map(|entry| entry.file_name().into_string().expect("a plain name")).collect::<Vec<_>>()
    };
    let of_version = |version: String| {
        let books = entries(&version);
        books.into_iter().map(move |book| format!("{version}/{book}"))
    };
    let mut books: Vec<String> = entries("").into_iter().flat_map(of_version).collect();
    books.sort();
    assert_eq!(books, BOOKS);
}

/// Builds a book, in which there may be warnings and no errors, and asks for each of its addresses.
#[track_caller]
fn check(book: &str) {
    let folder = repository().join("tests/books").join(book);
    let list = fs::read_to_string(folder.join("addresses.txt")).expect("a list of addresses");
    // Since 0.2, only sites that ask for them have a file of data beside each claim (`data/claims.json` has them all) and
    // the review queue, which is for authors.
    let is_kept = |address: &&str| !address.ends_with("/claim.json") && *address != "/review/";
    let addresses: Vec<&str> = list.lines().filter(is_kept).collect();
    // A build keeps its record beside `site.toml`.
    let site = TempDir::new().expect("a temporary folder");
    copy(&folder.join("in"), site.path());
    let built = build_on(site.path(), "", DAY);
    let lost: Vec<&&str> = addresses.iter().filter(|address| !built.leads_somewhere(address)).collect();
    assert!(
        addresses.len() > 20 && lost.is_empty(),
        "{} of {} are lost: {lost:#?}",
        lost.len(),
        addresses.len()
    );
}
