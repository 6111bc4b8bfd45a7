//! Random edits of lines, and how sequences of changes are tried. proptest removes steps from a failing sequence
//! until only those that are needed remain. The environment variables `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for
//! more sequences, and for others.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngSeed, TestCaseResult, TestRunner};

/// What edits add to prose.
const PROSE: [&str; 4] =
    ["And so on.", "題", "See [so](https://example.org/so).", "See below.\n\nA paragraph more."];

/// Words that edits insert where other pages show them. Fonts of pictures lack some of these letters, and a lint
/// reports the quotation marks in statements.
const WORDS: [&str; 4] = ["More words", "題", "“Words”", "A"];

/// Starts of lines whose words other pages and files show, too.
const SHOWN_ELSEWHERE: [&str; 9] = [
    "title: ",
    "summary: ",
    "name: ",
    "authors: [",
    "statement: ",
    "> **",
    "> > ",
    "criteria: ",
    "> - seen:: 2026-11-20 by ",
];

/// A change of a line.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// Text at the end of a line of prose.
    Prose(&'static str),
    /// Words in a title, a statement, a quotation, a reason or another text that is shown elsewhere.
    Shown(&'static str),
    /// A word at the end of any line.
    More,
    /// The line is removed.
    Remove,
    /// The line appears twice.
    Repeat,
    /// The first digit becomes 7.
    Digit,
}

impl Edit {
    /// Where in a line the edit takes place, or `None` if the edit does not suit the line.
    fn place(&self, line: &str) -> Option<usize> {
        match self {
            Self::Prose(_) => {
                let is_prose = line.starts_with(char::is_alphabetic) && line.ends_with('.');
                (is_prose && !line.contains(": ")).then_some(line.len())
            }
            Self::Shown(_) => {
                let start = SHOWN_ELSEWHERE.iter().find(|start| line.starts_with(**start));
                let reason = || line.starts_with("> - ").then(|| line.find(" — ")).flatten();
                start.map(|start| start.len()).or_else(|| Some(reason()? + " — ".len()))
            }
            Self::More => Some(line.len()),
            Self::Remove | Self::Repeat => Some(0),
            Self::Digit => line.find(|letter: char| letter.is_ascii_digit()),
        }
    }

    /// The text with one of the lines edited that the edit suits, or `None` if there is no such line.
    pub(super) fn apply(&self, text: &str, line: Index) -> Option<String> {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let places: Vec<(usize, usize)> =
            lines.iter().enumerate().filter_map(|(number, line)| Some((number, self.place(line)?))).collect();
        if places.is_empty() {
            return None;
        }
        let &(number, at) = line.get(&places);
        match self {
            Self::Prose(words) => lines[number].insert_str(at, &format!(" {words}")),
            Self::Shown(words) => lines[number].insert_str(at, &format!("{words} ")),
            Self::More => lines[number].push_str(" More."),
            Self::Remove => drop(lines.remove(number)),
            Self::Repeat => lines.insert(number, lines[number].clone()),
            Self::Digit => lines[number].replace_range(at..=at, "7"),
        }
        Some(lines.join("\n") + "\n")
    }
}

pub(super) fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        8 => prop::sample::select(&PROSE[..]).prop_map(Edit::Prose),
        14 => prop::sample::select(&WORDS[..]).prop_map(Edit::Shown),
        1 => Just(Edit::More),
        1 => Just(Edit::Remove),
        1 => Just(Edit::Repeat),
        1 => Just(Edit::Digit),
    ]
}

/// Try a number of sequences of changes, the same ones every time unless others are asked for.
#[track_caller]
pub(super) fn check<C: Debug>(
    cases: u32,
    changes: &impl Strategy<Value = Vec<C>>,
    test: impl Fn(Vec<C>) -> TestCaseResult,
) {
    let is_set = |variable: &str| std::env::var_os(variable).is_some();
    let mut config =
        ProptestConfig { failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() };
    if !is_set("PROPTEST_CASES") {
        config.cases = cases;
    }
    if !is_set("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(1);
    }
    if let Err(failure) = TestRunner::new(config).run(changes, test) {
        panic!("{failure}");
    }
}
