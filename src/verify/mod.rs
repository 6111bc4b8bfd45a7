//! Searches the quotations of a book in the snapshots of their sources. The input is a book, its lock and its
//! snapshots; the output is the new lock and a report. This module writes no files; [`crate::output::replace_file`]
//! writes the lock.

mod search;
mod text;

use std::collections::BTreeSet;

use crate::config::Config;
use crate::date::PartialDate;
use crate::diagnostic::{self, Diagnostic};
use crate::graph::{Book, ClaimIndex};
use crate::lint;
use crate::pipeline::{Analysis, unreadable_file};
use crate::quote::{Lock, LockEntry, Normalised, QuoteState, Reading};
use crate::source::{Snapshot, Snapshots, Span};

use search::{Finding, SearchOutcome, WORDING, search};

/// What to do with entries of the lock that no quotation of the book corresponds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    /// Keep these entries.
    Keep,
    /// Remove these entries.
    Prune,
}

/// Result of a verification.
#[derive(Debug, Clone)]
pub struct Verification {
    /// The new content of the lock.
    pub lock: Lock,
    /// Diagnostics of the lints about quotations, as far as the settings do not allow them, and snapshots that
    /// cannot be used.
    pub diagnostics: Vec<Diagnostic>,
    /// Numbers of quotations that are verified, seen, drifted and unarchived, in this order.
    pub counts: [usize; 4],
    /// Number of snapshots that were searched.
    pub searched_snapshots: usize,
    /// Number of quotations that were searched for.
    pub searched_quotes: usize,
    /// Number of quotations that are verified or drifted only according to the lock. This run could neither confirm
    /// nor correct their entries, for example because the snapshot is not on this machine.
    pub unconfirmed: usize,
    /// Snapshots of sources that no claim quotes, by path.
    pub unused: Vec<String>,
    /// Files in `snapshots/` whose type is not supported.
    pub unread: Vec<String>,
    /// Ids in the lock that no quotation of the book corresponds to, including those that were removed by this run.
    pub stale: Vec<String>,
}

/// Searches for all quotations of an analysed book, and records which words were seen. The date of an entry changes
/// only if something else in the entry changes. An entry whose snapshot is not on this machine stays.
pub fn verify(analysis: &Analysis, config: &Config, snapshots: &Snapshots, stale: Stale) -> Verification {
    let book = &analysis.book;
    let today = PartialDate::from(config.today);
    let mut lock = Lock::clone(&analysis.lock);
    let (findings, unread) = search(book, snapshots, &analysis.lock, today);
    let mut missing = Vec::new();
    let mut decided = BTreeSet::new();
    let looked_for = findings.len();
    for finding in findings {
        if matches!(finding.outcome, SearchOutcome::Decided(_)) {
            decided.insert(finding.claim);
        }
        missing.extend(finding.missing.clone());
        apply_finding(book, &mut lock, finding);
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
            access: WORDING,
        })
        .into_iter()
        .filter(lint::is_about_quotes)
        .map(|problem| with_search_note(problem, &missing)),
    );
    diagnostic::sort(&mut diagnostics);
    let quoted: BTreeSet<&str> = book.all_claims().filter_map(|claim| quoted_source(book, claim)).collect();
    let (used, unused): (Vec<_>, Vec<_>) =
        snapshots.by_source.iter().partition(|(id, _)| quoted.contains(id.as_str()));
    Verification {
        counts: count_states(book, &lock),
        searched_quotes: looked_for,
        unconfirmed: book
            .all_claims()
            .filter(|claim| !decided.contains(claim) && has_lock_entry(book, &lock, *claim))
            .count(),
        lock,
        diagnostics,
        searched_snapshots: used.iter().map(|(_, found)| found.len()).sum(),
        unused: unused
            .into_iter()
            .flat_map(|(_, found)| found)
            .map(|snapshot| snapshot.path.clone())
            .collect(),
        unread: snapshots.unread.clone(),
        stale: findings.union(&readings).cloned().collect(),
    }
}

fn with_search_note(problem: Diagnostic, missing: &[(Span, String)]) -> Diagnostic {
    match missing.iter().find(|(span, _)| Some(*span) == problem.place.span()) {
        Some((_, reason)) => problem.note(reason.clone()),
        None => problem,
    }
}

/// Applies a finding to the lock.
fn apply_finding(book: &Book, lock: &mut Lock, finding: Finding<'_>) {
    let claim = book.claim(finding.claim);
    let id = &claim.id.value;
    match finding.outcome {
        SearchOutcome::Decided(new) => {
            match lock.entries.get_mut(id).filter(|known| known.has_same_result(&new)) {
                Some(known) => known.file = new.file.or_else(|| known.file.take()),
                None => drop(lock.entries.insert(id.clone(), new)),
            }
        }
        SearchOutcome::Open { searched } => {
            let Some(quote) = &claim.quote else { return };
            let words = Normalised::new(&quote.paragraphs.read(WORDING).join(" "));
            let source = book.source_id(finding.claim);
            for id in std::iter::once(&claim.id).chain(&claim.aliases) {
                let is_disproved_entry =
                    |entry: &LockEntry| entry.matches(&words, source) && is_disproved(entry, &searched);
                if lock.entries.get(&id.value).is_some_and(is_disproved_entry) {
                    lock.entries.remove(&id.value);
                }
            }
        }
    }
}

/// Whether a search that left the question open makes an earlier entry invalid; `searched` are the snapshots
/// without the words.
///
/// - An entry with a position of the words is invalid if its snapshot is among `searched`, because that snapshot
///   has changed.
/// - An entry without a position is invalid if a snapshot among `searched` is only a part of the source.
///
/// Other entries stay, because a snapshot that is not on this machine may still contain the words.
fn is_disproved(entry: &LockEntry, searched: &[&Snapshot]) -> bool {
    let is_snapshot_of_entry = |snapshot: &&Snapshot| match &entry.file {
        Some(file) => file == snapshot.name(),
        None => snapshot.is_whole_and_top_level(),
    };
    match entry.passage {
        Some(_) => searched.iter().any(is_snapshot_of_entry),
        None => searched.iter().any(|snapshot| snapshot.is_partial),
    }
}

/// Stores the words that were read for each claim that names a reading. A reading that is already stored stays
/// unchanged, so that later changes of the words are noticed. A reading is removed if its claim no longer has
/// `seen` or a quotation.
fn record_readings(book: &Book, lock: &mut Lock) {
    for index in book.all_claims() {
        let claim = book.claim(index);
        let id = &claim.id.value;
        let Some((seen, quote)) = claim.seen.as_deref().zip(claim.quote.as_ref()) else {
            lock.readings.remove(id);
            continue;
        };
        let known = lock.reading(claim, seen).cloned();
        let reading = known.unwrap_or_else(|| Reading::new(seen, quote, book.source_id(index), WORDING));
        lock.readings.insert(id.clone(), reading);
    }
}

/// Returns the ids of entries whose claim no longer exists, or has another quotation or source now.
fn stale_findings(book: &Book, lock: &Lock) -> BTreeSet<String> {
    // The comparison is by address: the entry of a former id counts only if the claim's present id has no valid
    // entry.
    let is_in_use = |id: &str, entry: &LockEntry| {
        let check = book.find_claim(id).and_then(|claim| book.check_quote(claim, lock, WORDING));
        check.and_then(|check| check.entry).is_some_and(|counted| std::ptr::eq(counted, entry))
    };
    let stale = lock.entries.iter().filter(|(id, entry)| !is_in_use(id, entry));
    stale.map(|(id, _)| id.clone()).collect()
}

/// Returns the ids of readings whose claim no longer exists or has another id now.
fn stale_readings(book: &Book, lock: &Lock) -> BTreeSet<String> {
    let is_own = |id: &str| book.find_claim(id).is_some_and(|claim| book.claim(claim).id.value == id);
    lock.readings.keys().filter(|id| !is_own(id)).cloned().collect()
}

fn quoted_source(book: &Book, claim: ClaimIndex) -> Option<&str> {
    book.claim(claim).quote.as_ref()?;
    book.source_id(claim)
}

/// Whether the lock has a search result for the quotation of a claim.
fn has_lock_entry(book: &Book, lock: &Lock, claim: ClaimIndex) -> bool {
    book.check_quote(claim, lock, WORDING).is_some_and(|check| check.entry.is_some())
}

fn count_states(book: &Book, lock: &Lock) -> [usize; 4] {
    let states: Vec<QuoteState> =
        book.all_claims().filter_map(|claim| Some(book.check_quote(claim, lock, WORDING)?.state)).collect();
    [QuoteState::Verified, QuoteState::Seen, QuoteState::Drifted, QuoteState::Unarchived]
        .map(|state| states.iter().filter(|other| **other == state).count())
}
