//! Proposes claims: takes the blocks of a text and its metadata, and returns [`Proposal`]s. The rules compare words
//! and do not understand them; `tests/import/` measures how often they are right.
//!
//! The rules are tried in this order for each sentence that is not a question. The first rule that matches
//! determines the kind of the claim:
//!
//! 1. *forecast*: the sentence contains `will`, or says that somebody expects, predicts or plans something, or how
//!    likely something is, or it names a later year as a deadline;
//! 2. *measurement*: it has a number with a unit, or a number and a verb of measuring ([`number`]);
//! 3. *opinion*: it has a word of value or advice (`should`, `dangerous`, `too early`), or says what somebody
//!    thinks;
//! 4. *statement*: it says that somebody other than the author said it.
//!
//! The speaker is the subject of the reporting verb ([`speaker`]); without one, the authors; without authors, the
//! publisher.

mod lists;
mod names;
mod number;
mod speaker;
mod time;
mod words;

use std::collections::BTreeSet;

use crate::date::PartialDate;
use crate::document::Kind;
use crate::name;
use crate::text::sentences;

use super::Metadata;
use super::metadata::can_speak;
use lists::{AHEAD, COMMON, FORECASTING, JUDGING, VALUES, VIEWS};
use names::ArticleNames;
use speaker::Voice;
use words::{Word, has_run, words};

/// A sentence that might be a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Id made from words of the sentence. No other proposal of the article has it.
    pub id: String,
    /// The sentence, verbatim. It lies inside one block.
    pub quote: String,
    /// What kind of claim it might be.
    pub kind: Kind,
    /// Names of those who seem to assert it. Never empty.
    pub speakers: Vec<String>,
    /// The value of a measurement, in the grammar of the fact `value`.
    pub value: Option<String>,
    /// The probability of a forecast, in the grammar of the fact `probability`.
    pub probability: Option<String>,
    /// The deadline of a forecast. It is not before the date of the article.
    pub resolves: Option<PartialDate>,
    /// Up to five words that show what the sentence is about.
    pub topic: Vec<String>,
}

/// Phrases that state a probability.
const CHANCES: &[&str] = &[
    "chance that",
    "chance of",
    "probability of",
    "probability that",
    "odds",
    "percent probability",
    "percent chance",
];
/// Length of the sentences that are proposed, in words.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=80;
/// Maximum length of a sentence that is examined, in words. A longer one is a list, or is intended to slow the
/// program down.
const MAX_STATEMENT_LENGTH: usize = 300;
/// Maximum number of proposals in one article, because nobody reviews more.
const MAX_PROPOSALS: usize = 200;

/// The sentences of a text that might be claims, in the order of the text.
pub fn propose(blocks: &[String], metadata: &Metadata) -> Vec<Proposal> {
    let mut names = ArticleNames::default();
    for block in blocks {
        // Collect all names first, because a surname may occur before the full name.
        for words in
            sentences(block).into_iter().map(words).filter(|words| words.len() <= MAX_STATEMENT_LENGTH)
        {
            names.learn(&words);
        }
    }
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut quotes = BTreeSet::new();
    for sentence in blocks.iter().flat_map(|block| sentences(block)) {
        let words = words(sentence);
        if words.len() > MAX_STATEMENT_LENGTH {
            continue;
        }
        names.learn(&words);
        let voice = speaker::voice(&words, &names);
        if let Some(Voice::Other(name)) = &voice {
            names.heard(name);
        }
        let is_asked = sentence.trim_end_matches(['"', '”', ')']).ends_with(['?', '？']);
        if is_asked
            || !LENGTHS.contains(&words.len())
            || !is_plain(sentence)
            || proposals.len() == MAX_PROPOSALS
        {
            continue;
        }
        let Some(kind) = kind(&words, voice.as_ref(), metadata) else { continue };
        if quotes.insert(sentence) {
            let proposal = proposal(sentence, &words, kind, voice, metadata);
            let id = free_id(&proposal.id, &ids);
            ids.insert(id.clone());
            proposals.push(Proposal { id, ..proposal });
        }
    }
    proposals
}

fn proposal(
    sentence: &str,
    words: &[Word<'_>],
    kind: Kind,
    voice: Option<Voice>,
    metadata: &Metadata,
) -> Proposal {
    let is_forecast = kind == Kind::Forecast;
    let topic = topic(words);
    let speakers = match voice {
        Some(Voice::Other(name)) if can_speak(&name) => vec![name],
        _ => metadata.speakers(),
    };
    let id = name::id_of(&topic.join(" "));
    Proposal {
        id: if id.is_empty() { "claim".to_owned() } else { id },
        quote: sentence.to_owned(),
        kind,
        speakers,
        value: (kind == Kind::Measurement).then(|| number::value(words)).flatten(),
        probability: is_forecast.then(|| time::probability(words)).flatten(),
        resolves: is_forecast.then(|| time::deadline(words, metadata.published)).flatten(),
        topic,
    }
}

fn kind(words: &[Word<'_>], voice: Option<&Voice>, metadata: &Metadata) -> Option<Kind> {
    let has_word = |known: &[&str]| words.iter().any(|word| word.is_one_of(known));
    let has = |runs: &[&str]| runs.iter().any(|run| has_run(words, run));
    let is_forecast = has_word(&["will", "won't", "shall"])
        || has(&AHEAD)
        || has(CHANCES)
        || (voice.is_some() && has_word(&FORECASTING))
        || time::looks_ahead(words, metadata.published);
    if is_forecast {
        return Some(Kind::Forecast);
    }
    if number::value(words).is_some() {
        return Some(Kind::Measurement);
    }
    let is_other = matches!(voice, Some(Voice::Other(_)));
    if has_word(&VALUES) || has(&VIEWS) || (is_other && has_word(&JUDGING)) {
        return Some(Kind::Opinion);
    }
    (is_other && speaker::reports(words)).then_some(Kind::Statement)
}

/// Whether a sentence can be quoted in a callout: it contains no control characters and no private-use characters,
/// whose meaning only the page knows.
fn is_plain(sentence: &str) -> bool {
    !sentence
        .chars()
        .any(|character| character.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&character))
}

/// Up to five words of a sentence that show what it is about.
fn topic(words: &[Word<'_>]) -> Vec<String> {
    let telling = words.iter().map(|word| name::id_of(word.text)).filter(|word| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        !word.is_empty()
            && (word.len() > 2 || is_number)
            && word.len() <= 14
            && !COMMON.contains(&word.as_str())
    });
    telling.take(5).collect()
}

/// Returns an id that is not in `taken`: `id` itself, or `id` with a number.
pub(super) fn free_id(id: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut ids = std::iter::once(id.to_owned()).chain(numbered);
    ids.find(|id| !taken.contains(id)).expect("there are more numbers than ids")
}
