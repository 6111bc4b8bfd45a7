//! Searches the quotations of a book in the snapshots of their sources: a book, its lock and its snapshots in, the
//! new lock and a report out. Writes nothing: [`crate::output::replace_file`] does.

mod search;
mod text;

use std::collections::BTreeSet;

use crate::config::Config;
use crate::date::PartialDate;
use crate::diagnostic::{self, Diagnostic};
use crate::graph::{Book, ClaimIndex};
use crate::lint;
use crate::pipeline::{Analysis, unreadable_file};
use crate::quote::{Entry, Lock, Normalised, QuoteState, Reading};
use crate::source::{Snapshot, Snapshots, Span};

use search::{Finding, Outcome, search};

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
    /// How many quotations are verified, seen, drifted and unarchived.
    pub counts: [usize; 4],
    /// How many snapshots were searched.
    pub searched: usize,
    /// How many quotations were looked for in them.
    pub looked_for: usize,
    /// How many quotations are verified or drifted because the lock says so: no search of this run confirmed or
    /// corrected it, since the snapshot is not here.
    pub believed: usize,
    /// Snapshots of sources that no claim quotes, by path.
    pub unused: Vec<String>,
    /// Files in `snapshots/` of a type that is not read.
    pub unread: Vec<String>,
    /// Ids in the lock that no quotation answers to, before any was removed.
    pub stale: Vec<String>,
}

/// Look for all quotations of an analysed book, and record which words were seen. An entry changes, its date
/// with it, only when something else in it does; one whose snapshot is not here stays.
pub fn verify(analysis: &Analysis, config: &Config, snapshots: &Snapshots, stale: Stale) -> Verification {
    let book = &analysis.book;
    let today = PartialDate::from(config.today);
    let mut lock = Lock::clone(&analysis.lock);
    let (findings, unread) = search(book, snapshots, &analysis.lock, today);
    let mut missing = Vec::new();
    let mut decided = BTreeSet::new();
    let looked_for = findings.len();
    for finding in findings {
        if matches!(finding.outcome, Outcome::Decided(_)) {
            decided.insert(finding.claim);
        }
        missing.extend(finding.missing.clone());
        enter(book, &mut lock, finding);
    }
    record_readings(book, &mut lock);
    let (findings, readings) = (stale_findings(book, &lock), stale_readings(book, &lock));
    if stale == Stale::Prune {
        lock.entries.retain(|id, _| !findings.contains(id));
        lock.readings.retain(|id, _| !readings.contains(id));
    }
    let mut diagnostics: Vec<Diagnostic> =
        snapshots.problems.iter().chain(&unread).map(unreadable_file).collect();
    diagnostics.extend(
        lint::run(&lint::Context {
            book,
            config,
            lock: &lock,
            theme: &analysis.theme,
            sources: &analysis.sources,
        })
        .into_iter()
        .filter(lint::is_of_quotes)
        .map(|problem| explained(problem, &missing)),
    );
    diagnostic::sort(&mut diagnostics);
    let quoted: BTreeSet<&str> = book.all_claims().filter_map(|claim| quoted_from(book, claim)).collect();
    let (used, unused): (Vec<_>, Vec<_>) =
        snapshots.by_source.iter().partition(|(id, _)| quoted.contains(id.as_str()));
    Verification {
        counts: counts(book, &lock),
        looked_for,
        believed: book
            .all_claims()
            .filter(|claim| !decided.contains(claim) && has_entry(book, &lock, *claim))
            .count(),
        lock,
        diagnostics,
        searched: used.iter().map(|(_, found)| found.len()).sum(),
        unused: unused
            .into_iter()
            .flat_map(|(_, found)| found)
            .map(|snapshot| snapshot.path.clone())
            .collect(),
        unread: snapshots.unread.clone(),
        stale: findings.union(&readings).cloned().collect(),
    }
}

fn explained(problem: Diagnostic, missing: &[(Span, String)]) -> Diagnostic {
    match missing.iter().find(|(span, _)| Some(*span) == problem.place.span()) {
        Some((_, reason)) => problem.note(reason.clone()),
        None => problem,
    }
}

/// Put a finding into the lock.
fn enter(book: &Book, lock: &mut Lock, finding: Finding<'_>) {
    let claim = book.claim(finding.claim);
    let id = &claim.id.value;
    match finding.outcome {
        Outcome::Decided(new) => match lock.entries.get_mut(id).filter(|known| known.is_same_finding(&new)) {
            Some(known) => known.file = new.file.or_else(|| known.file.take()),
            None => drop(lock.entries.insert(id.clone(), new)),
        },
        Outcome::Open { searched } => {
            let Some(quote) = &claim.quote else { return };
            let words = Normalised::new(&quote.paragraphs.join(" "));
            let source = book.source_id(finding.claim);
            for id in std::iter::once(&claim.id).chain(&claim.aliases) {
                let is_undone = |entry: &Entry| entry.is_of(&words, source) && is_undone(entry, &searched);
                if lock.entries.get(&id.value).is_some_and(is_undone) {
                    lock.entries.remove(&id.value);
                }
            }
        }
    }
}

/// Whether an earlier finding ends with a search that left the question open, in snapshots without the words.
/// That is so if the words were missing from a copy that counts as a part now, or if there is such a copy now, or if
/// they were in a snapshot that has changed. A snapshot that is not on this machine may still have them.
fn is_undone(entry: &Entry, searched: &[&Snapshot]) -> bool {
    let is_of_entry = |snapshot: &&Snapshot| match &entry.file {
        Some(file) => file == snapshot.name(),
        None => snapshot.is_plain(),
    };
    match entry.passage {
        Some(_) => searched.iter().any(is_of_entry),
        None => searched.iter().any(|snapshot| snapshot.is_partial),
    }
}

/// Store which words the readings are of that claims name. One that is stored stays as it is, so that words
/// that were changed since are noticed; without its claim's `seen` it goes.
fn record_readings(book: &Book, lock: &mut Lock) {
    for index in book.all_claims() {
        let claim = book.claim(index);
        let id = &claim.id.value;
        let Some((seen, quote)) = claim.seen.as_deref().zip(claim.quote.as_ref()) else {
            lock.readings.remove(id);
            continue;
        };
        let known = lock.reading(claim, seen).cloned();
        let reading = known.unwrap_or_else(|| Reading::new(seen, quote, book.source_id(index)));
        lock.readings.insert(id.clone(), reading);
    }
}

/// Ids of findings whose claim is gone, or has another quotation or source by now.
fn stale_findings(book: &Book, lock: &Lock) -> BTreeSet<String> {
    // The very entry that counts: that of a former id does only where the claim's own does not.
    let is_answered = |id: &str, entry: &Entry| {
        let check = book.find_claim(id).and_then(|claim| book.check_quote(claim, lock));
        check.and_then(|check| check.entry).is_some_and(|counted| std::ptr::eq(counted, entry))
    };
    let stale = lock.entries.iter().filter(|(id, entry)| !is_answered(id, entry));
    stale.map(|(id, _)| id.clone()).collect()
}

/// Ids of readings whose claim is gone, or has another id by now.
fn stale_readings(book: &Book, lock: &Lock) -> BTreeSet<String> {
    let is_own = |id: &str| book.find_claim(id).is_some_and(|claim| book.claim(claim).id.value == id);
    lock.readings.keys().filter(|id| !is_own(id)).cloned().collect()
}

fn quoted_from(book: &Book, claim: ClaimIndex) -> Option<&str> {
    book.claim(claim).quote.as_ref()?;
    book.source_id(claim)
}

/// Whether the lock says of a claim's quotation what a search found.
fn has_entry(book: &Book, lock: &Lock, claim: ClaimIndex) -> bool {
    book.check_quote(claim, lock).is_some_and(|check| check.entry.is_some())
}

fn counts(book: &Book, lock: &Lock) -> [usize; 4] {
    let states: Vec<QuoteState> =
        book.all_claims().filter_map(|claim| Some(book.check_quote(claim, lock)?.state)).collect();
    [QuoteState::Verified, QuoteState::Seen, QuoteState::Drifted, QuoteState::Unarchived]
        .map(|state| states.iter().filter(|other| **other == state).count())
}
