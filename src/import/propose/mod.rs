//! Proposes claims: the blocks of a text and what is known of its origin in, [`Proposal`]s out. The rules look at
//! words only and know nothing of what they mean; `tests/import/` measures how often they are right.
//!
//! Each sentence that is no question is tried against these rules, in this order; the first that holds
//! gives its kind:
//!
//! 1. *forecast*: it says `will`, or that somebody expects, predicts or plans, or how likely something
//!    is, or names a year ahead as a deadline;
//! 2. *measurement*: it has a number with a unit or beside a verb of measuring ([`number`]);
//! 3. *opinion*: it has a word of value or advice (`should`, `dangerous`, `too early`), or says what
//!    somebody thinks;
//! 4. *statement*: somebody is said to have said it.
//!
//! Its speaker is the subject of the reporting verb ([`speaker`]), else the author, else the publisher.

mod names;
mod number;
mod speaker;
mod time;
mod words;

use std::collections::BTreeSet;

use crate::date::PartialDate;
use crate::document::Kind;
use crate::name;

use super::Metadata;
use names::Names;
use speaker::Voice;
use words::{Word, has_run, sentences, words};

/// A sentence that might be a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// An id out of its words, unique in its article.
    pub id: String,
    /// The sentence, verbatim: the words of one block.
    pub quote: String,
    /// What kind of claim it might be.
    pub kind: Kind,
    /// Who seems to assert it; never empty.
    pub speakers: Vec<String>,
    /// The number of a measurement, in the grammar of `value`.
    pub value: Option<String>,
    /// The probability of a forecast, in the grammar of `probability`.
    pub probability: Option<String>,
    /// The deadline of a forecast; not before the article's date.
    pub resolves: Option<PartialDate>,
    /// A few telling words of it.
    pub topic: Vec<String>,
}

/// Words of forecasting that are no verb of a speaker.
const AHEAD: &[&str] = &[
    "on track to",
    "is set to",
    "are set to",
    "is due to",
    "are due to",
    "is going to",
    "are going to",
    "expected to",
    "plans to",
    "plan to",
    "intends to",
    "aims to",
    "i expect",
    "we expect",
    "bound to",
    "my median",
    "our median",
    "sooner or later",
    "i predict",
    "we predict",
];
/// Words of chance.
const CHANCES: &[&str] = &[
    "chance that",
    "chance of",
    "probability of",
    "probability that",
    "odds",
    "percent probability",
    "percent chance",
];
/// Words of value, in any form that a sentence may have them.
const VALUES: &[&str] = &[
    "should",
    "must",
    "ought",
    "deserve",
    "deserves",
    "deserved",
    "dangerous",
    "alarming",
    "unfair",
    "wonderful",
    "terrible",
    "worrying",
    "important",
    "interesting",
    "impressive",
    "disappointing",
    "wrong",
    "useful",
    "useless",
    "overrated",
    "undeserved",
    "premature",
    "reckless",
    "irresponsible",
    "encouraging",
    "mistake",
    "best",
    "worst",
    "better",
    "worse",
    "praise",
    "shame",
    "foolish",
    "wise",
    "lazy",
    "beautiful",
    "ugly",
    "absurd",
    "ridiculous",
    "brilliant",
    "troubling",
    "unacceptable",
    "essential",
    "crucial",
    "regrettable",
    "welcome",
    "meaningless",
    "remarkable",
    "misleading",
    "harmful",
    "honest",
    "unfortunately",
    "fortunately",
    "fair",
    "exciting",
    "boring",
    "bad",
    "narrow",
    "careful",
];
const VIEWS: &[&str] = &[
    "too early",
    "too late",
    "too high",
    "too low",
    "too soon",
    "too much",
    "too little",
    "too many",
    "too fast",
    "too slow",
    "in my view",
    "in our view",
    "in my opinion",
    "i think",
    "we think",
    "i believe",
    "we believe",
    "i hope",
    "we hope",
    "i find",
    "good news",
    "bad news",
    "hard to believe",
    "hope it",
    "we consider",
    "i would have liked",
    "bigger problem",
];
/// Words that say nothing of what a sentence is about.
const COMMON: &[&str] = &[
    "the", "and", "that", "this", "with", "from", "have", "has", "had", "was", "were", "are", "for", "not",
    "but", "its", "their", "they", "she", "his", "her", "our", "will", "would", "could", "should", "than",
    "then", "them", "there", "been", "being", "about", "more", "most", "less", "into", "over", "under",
    "after", "before", "when", "what", "which", "who", "said", "says", "told", "also", "only", "some",
    "such", "any", "all", "can", "may", "must", "one", "two", "you", "your", "because", "while", "where",
    "how", "why", "yet", "very", "just", "did",
];
/// Shortest and longest sentence that is proposed, in words.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=80;
/// Longest sentence that is looked at, in words: more is a list or a trap.
const LONGEST: usize = 300;
/// Most proposals of one article: nobody reviews more.
const MOST: usize = 200;

/// The sentences of a text that might be claims, in its order.
pub fn propose(blocks: &[String], metadata: &Metadata) -> Vec<Proposal> {
    let mut names = Names::default();
    for block in blocks {
        // All names first: a surname may stand before the full name.
        for words in sentences(block).into_iter().map(words).filter(|words| words.len() <= LONGEST) {
            names.learn(&words);
        }
    }
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut quotes = BTreeSet::new();
    for sentence in blocks.iter().flat_map(|block| sentences(block)) {
        let words = words(sentence);
        if words.len() > LONGEST {
            continue;
        }
        names.learn(&words);
        let voice = speaker::voice(&words, &names);
        if let Some(Voice::Other(name)) = &voice {
            names.heard(name);
        }
        let is_asked = sentence.trim_end_matches(['"', '”', ')']).ends_with(['?', '？']);
        if is_asked || !LENGTHS.contains(&words.len()) || !is_plain(sentence) || proposals.len() == MOST {
            continue;
        }
        let Some(kind) = kind(&words, voice.as_ref(), metadata) else { continue };
        if quotes.insert(sentence) {
            let proposal = proposal(sentence, &words, kind, voice, metadata);
            let id = unique(&proposal.id, &mut ids);
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
        Some(Voice::Other(name)) if !name::id_of(&name).is_empty() => vec![name],
        _ => metadata.speakers(),
    };
    Proposal {
        id: name::id_of(&topic.join(" ")),
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
        || has(AHEAD)
        || has(CHANCES)
        || (voice.is_some() && has_word(speaker::FORECASTING))
        || time::looks_ahead(words, metadata.published);
    if is_forecast {
        return Some(Kind::Forecast);
    }
    if number::value(words).is_some() {
        return Some(Kind::Measurement);
    }
    let is_other = matches!(voice, Some(Voice::Other(_)));
    if has_word(VALUES) || has(VIEWS) || (is_other && has_word(speaker::JUDGING)) {
        return Some(Kind::Opinion);
    }
    (is_other && speaker::reports(words)).then_some(Kind::Statement)
}

/// Whether the words survive the way into a callout: no brackets that pages use for themselves.
fn is_plain(sentence: &str) -> bool {
    !sentence
        .chars()
        .any(|character| character.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&character))
}

/// Up to five words of a sentence that say what it is about.
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

/// An id that nothing else has: with a number behind it where it is taken.
fn unique(id: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = if id.is_empty() { "claim" } else { id };
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let free = std::iter::once(stem.to_owned()).chain(numbered).find(|id| !taken.contains(id));
    let free = free.unwrap_or_default();
    taken.insert(free.clone());
    free
}
