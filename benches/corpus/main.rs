//! What does a large book look like? A deterministic one of any size, for benchmarks and for tests of
//! large sites: write-ups of about 800 words with five claims each, speakers, tags and mentions as
//! unevenly spread as in real books (Zipf's law). The same book can be written for other generators, and
//! there are books with a single large thing.
//!
//! ```text
//! cargo run --release --example corpus -- 1000 DIR          1,000 write-ups
//! cargo run --release --example corpus -- 1000 DIR hugo     the same for Hugo, or for Zola
//! cargo run --release --example corpus -- backlinks DIR     one claim with 20,000 mentions
//! cargo run --release --example corpus -- tag DIR 5000      one tag with 5,000 write-ups, not 10,000
//! cargo run --release --example corpus -- claims DIR        one write-up with 5,000 claims
//! ```
//!
//! Each `--build LINE` adds a line to the table `[build]` of `site.toml`, such as `--build 'search = false'`.
//! The folder must be new.

#![expect(clippy::disallowed_methods, reason = "writes a site of its own")]

mod book;
mod claimbook;
mod peer;
mod random;
mod stress;

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::book::Book;

const USAGE: &str = "usage: corpus WRITE-UPS FOLDER [hugo|zola] [--build LINE]…
       corpus backlinks|tag|claims FOLDER [SIZE] [--build LINE]…";

fn main() -> Result<()> {
    let (words, options) = arguments()?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let [what, folder, rest @ ..] = words.as_slice() else { bail!(USAGE) };
    let root = Path::new(folder);
    ensure!(!root.exists(), "{folder} is there already");
    let number = |text: &str| text.parse::<usize>().with_context(|| format!("{text} is no number\n{USAGE}"));
    let size = |usual| match rest {
        [] => Ok(usual),
        [size] => number(size),
        _ => bail!(USAGE),
    };
    let written = match (*what, rest) {
        ("backlinks", _) => stress::backlinks(root, size(20_000)?, &options),
        ("tag", _) => stress::tag(root, size(10_000)?, &options),
        ("claims", _) => stress::claims(root, size(5_000)?, &options),
        (count, []) => claimbook::write(Book::new(number(count)?), root, &options),
        (count, ["hugo"]) => peer::write(Book::new(number(count)?), root, peer::HUGO),
        (count, ["zola"]) => peer::write(Book::new(number(count)?), root, peer::ZOLA),
        _ => bail!(USAGE),
    };
    written.with_context(|| format!("could not write to {folder}"))
}

/// What was typed, and the lines behind `--build`.
fn arguments() -> Result<(Vec<String>, Vec<String>)> {
    let (mut words, mut options) = (Vec::new(), Vec::new());
    let mut typed = std::env::args().skip(1);
    while let Some(word) = typed.next() {
        match word.as_str() {
            "--build" => options.push(typed.next().context("--build needs a line")?),
            _ => words.push(word),
        }
    }
    Ok((words, options))
}
