//! Are the quotations of a book in the snapshots of their sources? A book, its lock and its snapshots in,
//! the new lock and a report out. Writes nothing: [`crate::output::replace_file`] does.

mod text;

pub use text::is_readable;

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::Either;
use rayon::prelude::*;

use crate::config::Config;
use crate::date::PartialDate;
use crate::diagnostic::{self, Diagnostic};
use crate::digest::digest;
use crate::document::Quote;
use crate::graph::{Book, ClaimIndex};
use crate::lint;
use crate::pipeline::{Analysis, unreadable_file};
use crate::quote::{Entry, Lock, Normalised, QuoteState};
use crate::source::{LoadProblem, Snapshot, Snapshots, Span};

/// What is done with entries that no quotation of the book answers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    /// They stay.
    Keep,
    /// They go.
    Prune,
}

/// What came of a verification.
#[derive(Debug, Clone)]
pub struct Verification {
    /// The lock as it should be.
    pub lock: Lock,
    /// Quotations that the settings want reported, and snapshots that cannot be used.
    pub diagnostics: Vec<Diagnostic>,
    /// How many quotations are verified, drifted and unarchived.
    pub counts: [usize; 3],
    /// How many snapshots were searched.
    pub searched: usize,
    /// Snapshots whose names are the id of no source that is quoted, by path.
    pub unused: Vec<String>,
    /// Ids in the lock that no quotation answers to, before any was removed.
    pub stale: Vec<String>,
}

/// A quotation whose snapshot is there.
struct Task<'a> {
    claim: ClaimIndex,
    quote: &'a Quote,
    source: &'a str,
    snapshot: &'a Snapshot,
}

/// A quotation that was looked for.
struct Finding {
    id: String,
    entry: Entry,
    /// Where it stands, and why it was not found there.
    missing: Option<(Span, String)>,
}

/// Look for all quotations of an analysed book. An entry changes, its date with it, only when
/// something else in it does; one whose snapshot is not here stays.
pub fn verify(analysis: &Analysis, config: &Config, snapshots: &Snapshots, stale: Stale) -> Verification {
    let book = &analysis.book;
    let (findings, unread) = search(book, &snapshots.by_source, PartialDate::from(config.today));
    let mut lock = Lock::clone(&analysis.lock);
    let mut missing = Vec::new();
    for finding in findings {
        missing.extend(finding.missing);
        let is_new = lock.entries.get(&finding.id).is_none_or(|entry| !entry.is_same_finding(&finding.entry));
        if is_new {
            lock.entries.insert(finding.id, finding.entry);
        }
    }
    let stale_ids = stale_ids(book, &lock);
    if stale == Stale::Prune {
        lock.entries.retain(|id, _| !stale_ids.contains(id));
    }
    let mut diagnostics: Vec<Diagnostic> =
        snapshots.problems.iter().chain(&unread).map(unreadable_file).collect();
    diagnostics.extend(
        lint::run(&lint::Context { book, config, lock: &lock })
            .into_iter()
            .filter(lint::is_of_quotes)
            .map(|problem| explained(problem, &missing)),
    );
    diagnostic::sort(&mut diagnostics);
    let quoted: BTreeSet<&str> = book.claims().filter_map(|claim| quoted_from(book, claim)).collect();
    let (used, unused): (Vec<_>, Vec<_>) =
        snapshots.by_source.iter().partition(|(id, _)| quoted.contains(id.as_str()));
    Verification {
        counts: counts(book, &lock),
        lock,
        diagnostics,
        searched: used.len(),
        unused: unused.into_iter().map(|(_, snapshot)| snapshot.path.clone()).collect(),
        stale: stale_ids.into_iter().collect(),
    }
}

/// Look for the quotations whose snapshots are there, each snapshot read once. Returns what was found,
/// and which snapshots cannot be read.
fn search(
    book: &Book,
    snapshots: &BTreeMap<String, Snapshot>,
    today: PartialDate,
) -> (Vec<Finding>, Vec<LoadProblem>) {
    let mut tasks: Vec<Task<'_>> = book
        .claims()
        .filter_map(|claim| {
            let quote = book.claim(claim).quote.as_ref()?;
            let source = book.source_id(claim)?;
            Some(Task { claim, quote, source, snapshot: snapshots.get(source)? })
        })
        .collect();
    tasks.sort_by_key(|task| (task.source, task.claim));
    let groups: Vec<&[Task<'_>]> = tasks.chunk_by(|one, other| one.source == other.source).collect();
    let found = groups.into_par_iter().flat_map_iter(|group| {
        let snapshot = group[0].snapshot;
        let Some(visible) = text::visible(snapshot) else {
            let message = "a tag or comment in this snapshot is too long to be read";
            let problem =
                LoadProblem::new(snapshot.path.as_str(), message, "save the text of the page alone");
            return vec![Err(problem)];
        };
        let words = Normalised::new(&visible);
        let sum = digest(snapshot.text.as_bytes());
        let look = |task: &Task<'_>| look(book, task, &words, (&sum, today));
        group.iter().map(look).map(Ok).collect()
    });
    found.partition_map(|one| match one {
        Ok(finding) => Either::Left(finding),
        Err(problem) => Either::Right(problem),
    })
}

fn look(book: &Book, task: &Task<'_>, text: &Normalised, (sum, today): (&str, PartialDate)) -> Finding {
    let words = Normalised::new(&task.quote.paragraphs.join(" "));
    let passage = text.find(&words);
    let missing = passage.is_none().then(|| (task.quote.span, reason(text, &words, &task.snapshot.path)));
    let quote = passage.as_ref().map_or(words.as_str(), |passage| &passage.selector.exact).to_owned();
    let entry =
        Entry { source: task.source.to_owned(), snapshot: sum.to_owned(), quote, passage, date: today };
    Finding { id: book.claim(task.claim).id.value.clone(), entry, missing }
}

/// Fewer words than this may stand anywhere: that they are there says nothing.
const TELLING: usize = 3;

/// Where the source stops saying what the quotation says.
fn reason(text: &Normalised, words: &Normalised, path: &str) -> String {
    match text.longest_start(words) {
        (count, next) if count >= TELLING && next.is_empty() => {
            format!("the first {count} words are in {path}, at its end")
        }
        (count, next) if count >= TELLING => {
            format!("the first {count} words are in {path}, which goes on: {next} …")
        }
        _ => format!("not even its first words are in {path}"),
    }
}

fn explained(problem: Diagnostic, missing: &[(Span, String)]) -> Diagnostic {
    match missing.iter().find(|(span, _)| Some(*span) == problem.place.span()) {
        Some((_, reason)) => problem.note(reason.clone()),
        None => problem,
    }
}

/// Ids of the lock whose claim is gone, or has another quotation or source by now.
fn stale_ids(book: &Book, lock: &Lock) -> BTreeSet<String> {
    // The very entry that counts: that of a former id does only where the claim's own does not.
    let is_answered = |id: &str, entry: &Entry| {
        let check = book.find_claim(id).and_then(|claim| book.check_quote(claim, lock));
        check.and_then(|check| check.entry).is_some_and(|counted| std::ptr::eq(counted, entry))
    };
    let stale = lock.entries.iter().filter(|(id, entry)| !is_answered(id, entry));
    stale.map(|(id, _)| id.clone()).collect()
}

fn quoted_from(book: &Book, claim: ClaimIndex) -> Option<&str> {
    book.claim(claim).quote.as_ref()?;
    book.source_id(claim)
}

fn counts(book: &Book, lock: &Lock) -> [usize; 3] {
    let states: Vec<QuoteState> =
        book.claims().filter_map(|claim| Some(book.check_quote(claim, lock)?.state)).collect();
    [QuoteState::Verified, QuoteState::Drifted, QuoteState::Unarchived]
        .map(|state| states.iter().filter(|other| **other == state).count())
}
