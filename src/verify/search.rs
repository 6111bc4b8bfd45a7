//! Searches for the words of each quotation in the snapshots of its source. The input is a book and its snapshots;
//! the output is one [`Finding`] for each quotation whose source has a snapshot.
//!
//! A quotation is verified if one snapshot of its source contains the words. It has drifted if at least one whole
//! snapshot was searched, no snapshot contains the words, and all snapshots of the source are whole and readable.
//! If no snapshot contains the words and one is only a part of the source or cannot be read, the question stays
//! open.

use rayon::iter::Either;
use rayon::prelude::*;

use crate::date::PartialDate;
use crate::digest::digest;
use crate::document::{Quote, WordingAccess};
use crate::graph::{Book, ClaimIndex};
use crate::quote::{Lock, LockEntry, Normalised, Passage};
use crate::source::{LoadProblem, Snapshot, Snapshots, Span};

use super::text;

/// Permission to read wording, because quotations are compared with their sources.
pub(super) const WORDING: WordingAccess = WordingAccess::grant();

/// Result of the search for one quotation.
pub(super) struct Finding<'a> {
    pub(super) claim: ClaimIndex,
    pub(super) outcome: SearchOutcome<'a>,
    /// Position of the quotation in its document and the reason why its words were not found, if they were not
    /// found.
    pub(super) missing: Option<(Span, String)>,
}

/// What the result of a search means for the lock.
pub(super) enum SearchOutcome<'a> {
    /// The words were found, or every snapshot was searched and does not contain them.
    Decided(LockEntry),
    /// The words were not found but may be in a part of the source that was not searched.
    Open {
        /// The snapshots that were searched and do not contain the words.
        searched: Vec<&'a Snapshot>,
    },
}

/// A quotation to search for, whose source has snapshots.
struct QuoteSearch<'a> {
    claim: ClaimIndex,
    quote: &'a Quote,
    source: &'a str,
    /// The entry of the lock for exactly these words.
    known_entry: Option<&'a LockEntry>,
}

/// A snapshot with its visible text and its digest.
struct SearchedSnapshot<'a> {
    snapshot: &'a Snapshot,
    digest: String,
    words: Normalised,
}

impl SearchedSnapshot<'_> {
    /// Whether an entry is for this snapshot: the digests are equal, and so are the names if the entry has one.
    fn matches(&self, entry: &LockEntry) -> bool {
        entry.snapshot == self.digest && entry.file.as_ref().is_none_or(|file| file == self.snapshot.name())
    }
}

/// All snapshots of one source.
struct Archive<'a> {
    copies: Vec<SearchedSnapshot<'a>>,
    has_part: bool,
    has_unreadable: bool,
    /// Whether the source has only one snapshot and it has the default name. The lock then does not store its path.
    has_default_name: bool,
}

/// Searches for all quotations whose sources have snapshots. Each snapshot is read only once. Returns the findings,
/// and the snapshots that cannot be read.
pub(super) fn search<'a>(
    book: &Book,
    snapshots: &'a Snapshots,
    lock: &Lock,
    today: PartialDate,
) -> (Vec<Finding<'a>>, Vec<LoadProblem>) {
    let mut tasks: Vec<QuoteSearch<'_>> = book
        .all_claims()
        .filter_map(|claim| {
            let quote = book.claim(claim).quote.as_ref()?;
            let source = book.source_id(claim).filter(|source| snapshots.by_source.contains_key(*source))?;
            let known = book.check_quote(claim, lock, WORDING).and_then(|check| check.entry);
            Some(QuoteSearch { claim, quote, source, known_entry: known })
        })
        .collect();
    tasks.sort_by_key(|task| (task.source, task.claim));
    let groups: Vec<&[QuoteSearch<'_>]> = tasks.chunk_by(|one, other| one.source == other.source).collect();
    let found = groups.into_par_iter().flat_map_iter(|group| {
        let (archive, unread) = read_archive(snapshots, group[0].source);
        let found: Vec<Finding<'_>> =
            group.iter().map(|task| search_archive(task, &archive, today)).collect();
        found.into_iter().map(Either::Left).chain(unread.into_iter().map(Either::Right))
    });
    found.partition_map(|one| one)
}

fn read_archive<'a>(snapshots: &'a Snapshots, source: &str) -> (Archive<'a>, Vec<LoadProblem>) {
    let found = snapshots.by_source.get(source).map_or(&[][..], Vec::as_slice);
    let (mut copies, mut unread) = (Vec::new(), Vec::new());
    for snapshot in found {
        if let Some(visible) = text::visible_text(snapshot) {
            let sum = digest(snapshot.text.as_bytes());
            copies.push(SearchedSnapshot { snapshot, digest: sum, words: Normalised::new(&visible) });
        } else {
            let message = "a tag in this snapshot has too many attributes to be read";
            unread.push(LoadProblem::new(snapshot.path.as_str(), message, "save the text of the page alone"));
        }
    }
    let archive = Archive {
        copies,
        has_part: found.iter().any(|snapshot| snapshot.is_partial),
        has_unreadable: !unread.is_empty() || snapshots.incomplete.contains(source),
        has_default_name: matches!(found, [only] if only.is_whole_and_top_level()),
    };
    (archive, unread)
}

fn search_archive<'a>(task: &QuoteSearch<'_>, archive: &Archive<'a>, today: PartialDate) -> Finding<'a> {
    let words = Normalised::new(&task.quote.paragraphs.read(WORDING).join(" "));
    // The snapshot that the lock names is searched first, so that a further snapshot with the words does not change
    // the lock.
    let is_known = |copy: &&SearchedSnapshot<'_>| task.known_entry.is_some_and(|known| copy.matches(known));
    let others = || archive.copies.iter().filter(|copy| !is_known(copy));
    let copies = || archive.copies.iter().filter(is_known).chain(others());
    let entry = |copy: &SearchedSnapshot<'_>, quote: &str, passage: Option<Passage>| LockEntry {
        source: task.source.to_owned(),
        snapshot: copy.digest.clone(),
        file: (!archive.has_default_name).then(|| copy.snapshot.name().to_owned()),
        quote: quote.to_owned(),
        passage,
        date: today,
    };
    if let Some((copy, passage)) = copies().find_map(|copy| Some((copy, copy.words.find(&words)?))) {
        let quote = passage.selector.exact.clone();
        let outcome = SearchOutcome::Decided(entry(copy, &quote, Some(passage)));
        return Finding { claim: task.claim, outcome, missing: None };
    }
    let whole = copies().find(|copy| !copy.snapshot.is_partial);
    let outcome = match whole.filter(|_| !archive.has_part && !archive.has_unreadable) {
        Some(copy) => SearchOutcome::Decided(entry(copy, words.as_str(), None)),
        None => SearchOutcome::Open { searched: archive.copies.iter().map(|copy| copy.snapshot).collect() },
    };
    Finding {
        claim: task.claim,
        outcome,
        missing: reason_not_found(archive, &words).map(|why| (task.quote.span, why)),
    }
}

/// Smallest number of matching words that is reported. Fewer words may occur anywhere by chance.
const MIN_REPORTED_WORDS: usize = 3;

/// Returns the reason why the words were not found. It names the snapshot that contains the longest run of their
/// first words, and what follows there instead.
fn reason_not_found(archive: &Archive<'_>, words: &Normalised) -> Option<String> {
    let starts = archive.copies.iter().map(|copy| (copy.words.longest_matching_start(words), copy.snapshot));
    // `max_by_key` returns the last maximum, so `rev` makes it the first.
    let ((count, next), snapshot) = starts.rev().max_by_key(|((count, _), _)| *count)?;
    let path = &snapshot.path;
    let part = if snapshot.is_partial { ", a part of the source" } else { "" };
    Some(match (archive.copies.len(), next.as_str()) {
        (_, "") if count >= MIN_REPORTED_WORDS => {
            format!("the first {count} words are in {path}{part}, at its end")
        }
        (_, next) if count >= MIN_REPORTED_WORDS => {
            format!("the first {count} words are in {path}{part}, which continues: {next} …")
        }
        (1, _) => format!("not even its first words are in {path}{part}"),
        (several, _) => {
            format!("not even its first words are in any of the {several} snapshots of the source")
        }
    })
}
