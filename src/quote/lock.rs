//! Reads and writes `claims.lock`, which records which quotations were verified. The file is TOML with one table
//! for each claim, sorted by id. A change of one quotation changes only the lines of its own table, so branches can
//! be merged. Only `claimbook verify` writes the file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::data::{Fields, Node, Value, read_toml};
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::document::{Claim, Seen, WordingAccess};
use crate::source::{FileId, SourceFile, Span};

use super::lock_text::{
    BAD_ENTRY_HELP, is_sha256, read_position, read_text, report_missing_keys, toml_key, toml_string,
};
use super::{Normalised, Passage, QuoteState, Reading, ReadingState, TextQuoteSelector};

/// Version of the file format that is written and read.
const VERSION: &str = "1";

const FILE_HEADER: &str = "\
# Which quotations were found in saved copies of their sources.
# Written by `claimbook verify`: commit it, do not edit it.
version = 1
";

const KEYS: [&str; 11] =
    ["source", "state", "date", "snapshot", "quote", "start", "end", "prefix", "suffix", "repeated", "file"];

/// Result of the search for one quotation in the snapshots of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockEntry {
    /// Id of the source.
    pub source: String,
    /// SHA-256 of the bytes of the snapshot, in hexadecimal digits.
    pub snapshot: String,
    /// Path of the snapshot below `snapshots/`. `None` if it is the only snapshot of the source and a whole one.
    pub file: Option<String>,
    /// The words that were searched for, with each run of white space as one space.
    pub quote: String,
    /// Position of the words in the snapshot, or `None` if the snapshot does not contain them.
    pub passage: Option<Passage>,
    /// Day on which the search first had this result.
    pub date: PartialDate,
}

impl LockEntry {
    /// Whether this entry is for these words in the source with the id `source`.
    pub fn matches(&self, words: &Normalised, source: Option<&str>) -> bool {
        Some(self.source.as_str()) == source && Normalised::new(&self.quote).has_same_words(words)
    }

    /// Whether two entries have the same result. Their dates and the paths of their snapshots may differ.
    pub fn has_same_result(&self, other: &Self) -> bool {
        Self { date: other.date, file: other.file.clone(), ..self.clone() } == *other
    }
}

/// Result of the check of a claim's quotation against `claims.lock`.
#[derive(Debug, Clone, Copy)]
pub struct QuoteCheck<'a> {
    /// State of the quotation.
    pub state: QuoteState,
    /// The entry for exactly these words in this source. It is `None` if the state is `Seen` or `Unarchived`.
    pub entry: Option<&'a LockEntry>,
    /// State of the reading that the claim names, if it names one.
    pub reading: Option<ReadingState>,
}

/// The content of `claims.lock`, by claim id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// Result of the search for the quotation of each claim.
    pub entries: BTreeMap<String, LockEntry>,
    /// Reading of the quotation of each claim.
    pub readings: BTreeMap<String, Reading>,
}

impl Lock {
    /// Reads `claims.lock`. Entries that cannot be read are reported and left out.
    pub fn read(file: FileId, source: &SourceFile) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let text = source.text().trim_start_matches('\u{feff}');
        let offset = source.text().len() - text.len();
        let node = match read_toml(file, text, offset, &rules::BAD_LOCKS) {
            Ok(node) => node,
            Err(problem) => return (Self::default(), vec![problem.help(BAD_ENTRY_HELP)]),
        };
        let mut fields = Fields::new(
            &node,
            &["version", "claims", "seen"],
            "claims.lock",
            &rules::BAD_LOCKS,
            &mut problems,
        );
        let version = fields.text("version");
        let missing_version = || (Place::Path(source.path().to_owned(), None), String::new());
        let (place, version) = version.map_or_else(missing_version, |text| (text.span.into(), text.value));
        if version != VERSION {
            fields.report(
                Diagnostic::new(&rules::BAD_LOCKS, place, "this is not version 1 of claims.lock")
                    .help("a newer claimbook may have written it: use that one"),
            );
            return (Self::default(), problems);
        }
        let entries = read_claim_table(&mut fields, "claims", read_entry);
        let readings = read_claim_table(&mut fields, "seen", Reading::read);
        (Self { entries, readings }, problems)
    }

    /// Whether the file has neither entries nor readings.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.readings.is_empty()
    }

    /// Returns the text of the file.
    pub fn to_text(&self) -> String {
        let mut text = FILE_HEADER.to_owned();
        for (id, entry) in &self.entries {
            let state = if entry.passage.is_some() { QuoteState::Verified } else { QuoteState::Drifted };
            let _ = write!(
                text,
                "\n[claims.{}]\nsource = {}\nstate = \"{}\"\ndate = {}\nsnapshot = {}\nquote = {}\n",
                toml_key(id),
                toml_string(&entry.source),
                state.word(),
                entry.date,
                toml_string(&entry.snapshot),
                toml_string(&entry.quote),
            );
            if let Some(Passage { selector, start, end, is_repeated }) = &entry.passage {
                let _ = write!(
                    text,
                    "start = {start}\nend = {end}\nprefix = {}\nsuffix = {}\n",
                    toml_string(&selector.prefix),
                    toml_string(&selector.suffix),
                );
                if *is_repeated {
                    text.push_str("repeated = true\n");
                }
            }
            if let Some(file) = &entry.file {
                let _ = writeln!(text, "file = {}", toml_string(file));
            }
        }
        for (id, reading) in &self.readings {
            let _ = writeln!(text, "\n[seen.{}]", toml_key(id));
            reading.write(&mut text);
        }
        text
    }

    /// Checks the quotation of a claim on the day `today`; `source` is the id of its source. An entry or a reading
    /// counts only if it is for exactly these words in exactly this source, so the state of a quotation that was
    /// edited later is `Unarchived`. An entry that is dated after the day does not count either. An entry takes
    /// precedence over a reading, because anybody with the snapshot can repeat the search. Returns `None` if the claim
    /// has no quotation.
    pub fn check(
        &self,
        claim: &Claim,
        source: Option<&str>,
        today: PartialDate,
        access: WordingAccess,
    ) -> Option<QuoteCheck<'_>> {
        let quote = claim.quote.as_ref()?;
        let reading = claim.seen.as_deref().map(|seen| {
            let reading = self.reading(claim, seen);
            match reading {
                _ if !seen.date.value.has_arrived_by(today) => ReadingState::Ahead,
                None => ReadingState::Unrecorded,
                Some(reading) if *reading == Reading::new(seen, quote, source, access) => {
                    ReadingState::Current
                }
                Some(_) => ReadingState::Outdated,
            }
        });
        let state_without_entry = match reading {
            Some(ReadingState::Current) => QuoteState::Seen,
            _ => QuoteState::Unarchived,
        };
        if self.entries.is_empty() {
            return Some(QuoteCheck { state: state_without_entry, entry: None, reading });
        }
        let words = Normalised::new(&quote.paragraphs.read(access).join(" "));
        let mut entries = current_and_former_ids(claim).filter_map(|id| self.entries.get(id));
        let entry = entries.find(|entry| entry.matches(&words, source) && entry.date.has_arrived_by(today));
        let state = match entry {
            Some(LockEntry { passage: Some(_), .. }) => QuoteState::Verified,
            Some(_) => QuoteState::Drifted,
            None => state_without_entry,
        };
        Some(QuoteCheck { state, entry, reading })
    }

    /// Returns the stored reading that a claim names, under its present id or a former one.
    pub fn reading(&self, claim: &Claim, seen: &Seen) -> Option<&Reading> {
        current_and_former_ids(claim)
            .filter_map(|id| self.readings.get(id))
            .find(|reading| reading.is_named_by(seen))
    }
}

/// Returns the id of a claim, followed by its former ids.
fn current_and_former_ids(claim: &Claim) -> impl Iterator<Item = &str> {
    std::iter::once(&claim.id).chain(&claim.aliases).map(|id| id.value.as_str())
}

/// Reads a table that contains one table for each claim.
fn read_claim_table<T>(
    fields: &mut Fields<'_>,
    name: &str,
    read: fn(&Node, Span, &mut Vec<Diagnostic>) -> Option<T>,
) -> BTreeMap<String, T> {
    let mut entries = BTreeMap::new();
    match fields.node(name) {
        Some(Node { value: Value::Map(claims), .. }) => {
            for claim in claims {
                if let Some(entry) = read(&claim.node, claim.key_span, fields.problems()) {
                    entries.insert(claim.key.clone(), entry);
                }
            }
        }
        Some(other) => {
            let message = format!("`{name}` is not a table");
            fields.report(Diagnostic::new(&rules::BAD_LOCKS, other.span, message).help(BAD_ENTRY_HELP));
        }
        None => {}
    }
    entries
}

fn read_entry(node: &Node, key: Span, problems: &mut Vec<Diagnostic>) -> Option<LockEntry> {
    let before = problems.len();
    let mut fields = Fields::new(node, &KEYS, "an entry of claims.lock", &rules::BAD_LOCKS, problems);
    let is_verified = fields.keyword("state", &[("verified", true), ("drifted", false)]);
    let required: &[&str] = if is_verified == Some(true) { &KEYS[..9] } else { &KEYS[..5] };
    report_missing_keys(&mut fields, required, key);
    let date = fields.date("date");
    let snapshot = read_text(&mut fields, "snapshot");
    if let Some(span) = fields.node("snapshot").filter(|_| !is_sha256(&snapshot)).map(|node| node.span) {
        fields.report(
            Diagnostic::new(&rules::BAD_LOCKS, span, "this is not a SHA-256 digest").help(BAD_ENTRY_HELP),
        );
    }
    let quote = read_text(&mut fields, "quote");
    let selector = TextQuoteSelector {
        exact: quote.clone(),
        prefix: read_text(&mut fields, "prefix"),
        suffix: read_text(&mut fields, "suffix"),
    };
    let (start, end) = (read_position(&mut fields, "start"), read_position(&mut fields, "end"));
    let is_repeated = fields.bool_value("repeated");
    let source = read_text(&mut fields, "source");
    let has_length_of_quote = start.zip(end).is_none_or(|(start, end)| {
        end.checked_sub(start).is_some_and(|length| length == quote.chars().count())
    });
    if !has_length_of_quote {
        let message = "`start` and `end` are not as far apart as the quotation is long";
        let span = fields.node("end").map_or(key, |node| node.span);
        fields.report(Diagnostic::new(&rules::BAD_LOCKS, span, message).help(BAD_ENTRY_HELP));
    }
    let passage = start.zip(end).map(|(start, end)| Passage { selector, start, end, is_repeated });
    let passage = passage.filter(|_| is_verified == Some(true));
    let file = Some(read_text(&mut fields, "file")).filter(|file| !file.is_empty());
    (problems.len() == before).then_some(LockEntry {
        source,
        snapshot,
        file,
        quote,
        passage,
        date: date?.value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> (Lock, Vec<String>) {
        let sources = Sources::from_texts([("claims.lock", text)]);
        let file = sources.find("claims.lock").expect("claims.lock is one of the sources");
        let (lock, problems) = Lock::read(file, sources.file(file));
        let line = |problem: &Diagnostic| {
            problem.place.span().map_or(0, |span| sources.file(file).position(span.start).line)
        };
        (lock, problems.iter().map(|problem| format!("{}: {}", line(problem), problem.message)).collect())
    }

    fn lock() -> Lock {
        let date = PartialDate::parse("2026-11-22").expect("a valid date");
        let selector = TextQuoteSelector {
            exact: "say “it” \\ \u{7f}so".to_owned(),
            prefix: "a ".to_owned(),
            suffix: String::new(),
        };
        let verified = LockEntry {
            source: "report".to_owned(),
            snapshot: "0a".repeat(32),
            file: None,
            quote: selector.exact.clone(),
            passage: Some(Passage { selector, start: 2, end: 16, is_repeated: true }),
            date,
        };
        let drifted =
            LockEntry { passage: None, file: Some("report/2.part.html".to_owned()), ..verified.clone() };
        let reading = Reading {
            date: PartialDate::parse("2026-11").expect("a valid month"),
            by: "J. \"D\"".to_owned(),
            words: "0b".repeat(32),
            source: None,
        };
        let other = Reading { source: Some("report".to_owned()), ..reading.clone() };
        Lock {
            entries: [("b-2".to_owned(), verified), ("a \"1\"".to_owned(), drifted)].into(),
            readings: [("b-2".to_owned(), reading), ("a".to_owned(), other)].into(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = lock().to_text();
        assert_eq!(read(&text), (lock(), vec![]));
        assert!(text.find("a \\\"1").expect("quoted") < text.find("[claims.b-2]").expect("bare"), "{text}");
        assert_eq!(read(&Lock::default().to_text()), (Lock::default(), vec![]));
    }

    #[test]
    fn damage_is_reported_where_it_is() {
        let text = lock().to_text();
        let check = |damaged: &str, expected: &str| {
            let (_, problems) = read(damaged);
            assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected}: {problems:?}");
        };
        check(&text.replace("version = 1", "version = 2"), "3: this is not version 1");
        check("", "0: this is not version 1");
        check("version = 1\nclaims = 3\n", "2: `claims` is not a table");
        check(&text.replacen("\n[claims", "\n<<<<<<< ours\n[claims", 1), "5: a merge conflict begins here");
        check(&text.replacen("\n[claims", "\nours\n[claims", 1), "5: invalid TOML");
        check(&text.replace("start = 2\n", ""), "this entry has no `start`");
        check(&text.replace("start = 2", "start = -2"), "`-2` is not a position");
        check(&text.replace("start = 2", "start = 1"), "are not as far apart as the quotation is long");
        check(&text.replace("start = 2", "start = 2000"), "are not as far apart as the quotation is long");
        check(&text.replace("0a0a", "no"), "this is not a SHA-256 digest");
        check(&text.replace("state = \"drifted\"", "state = \"lost\""), "unknown word `lost`");
        check(&text.replace("prefix", "prefex"), "unknown key `prefex`");
        check(&text.replace("prefix = \"a \"", "prefix = [1]"), "`prefix` takes text");
        check(&text.replace("file = \"", "file = [1] # \""), "`file` takes text");
        check(&text.replace("0b0b", "no"), "this is not a SHA-256 digest");
        check(&text.replacen("by = ", "bye = ", 1), "this entry has no `by`");
        check("version = 1\nseen = 3\n", "2: `seen` is not a table");
    }
}
