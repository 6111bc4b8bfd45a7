//! Finds the names in a text: its words in, names out. A name is a row of capitalised words, or a surname whose
//! full name was given before; `the company` is the organisation that was named before.

use super::super::dates::MONTHS;
use super::words::Word;

/// Most names that are remembered: each is compared with all others.
const MOST_NAMES: usize = 300;
/// Words that make a name that of an organisation.
const ORGANISATION: &[&str] = &[
    "lab",
    "labs",
    "laboratory",
    "ai",
    "institute",
    "research",
    "inc",
    "corp",
    "ltd",
    "university",
    "council",
    "group",
    "power",
    "foundation",
    "ministry",
    "agency",
    "commission",
    "company",
    "silicon",
    "systems",
    "technologies",
    "bank",
    "union",
    "committee",
    "association",
    "center",
    "centre",
    "robotics",
    "energy",
];

/// What a text calls an organisation once it has named it.
const STAND_INS: &[&str] = &[
    "company",
    "lab",
    "laboratory",
    "firm",
    "startup",
    "start-up",
    "institute",
    "maker",
    "group",
    "organisation",
    "organization",
];

/// Words that begin a sentence with a capital letter and are no names.
const NO_NAMES: &[&str] = &[
    "the",
    "a",
    "an",
    "in",
    "on",
    "at",
    "for",
    "by",
    "with",
    "as",
    "if",
    "when",
    "while",
    "after",
    "before",
    "but",
    "and",
    "or",
    "it",
    "its",
    "this",
    "that",
    "these",
    "those",
    "there",
    "i",
    "we",
    "you",
    "he",
    "she",
    "they",
    "his",
    "her",
    "their",
    "our",
    "my",
    "no",
    "not",
    "only",
    "some",
    "many",
    "most",
    "all",
    "one",
    "two",
    "three",
    "last",
    "next",
    "today",
    "yesterday",
    "every",
    "each",
    "what",
    "why",
    "how",
    "who",
    "according",
    "to",
    "from",
    "still",
    "then",
    "now",
    "so",
    "yet",
    "here",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "behind",
    "nobody",
    "none",
];

/// The names of an article, in the order they are met.
#[derive(Default)]
pub(super) struct Names {
    all: Vec<String>,
    /// Who spoke last, and which organisation was named last.
    pub(super) last_person: Option<String>,
    last_organisation: Option<String>,
}

impl Names {
    /// Learn the names of a sentence. Behind a sentence, `the company` and `she` are those of it.
    pub(super) fn learn(&mut self, words: &[Word<'_>]) {
        let mut at = 0;
        while at < words.len() {
            let length = name_length(words, at);
            if length >= 2 || (length == 1 && is_organisation(words[at].text)) {
                let name = self.resolved(&joined(&words[at..at + length]));
                if is_organisation(&name) {
                    self.last_organisation = Some(name.clone());
                }
                if self.all.len() < MOST_NAMES && !self.all.contains(&name) {
                    self.all.push(name);
                }
            }
            at += length.max(1);
        }
    }

    /// Remember who spoke, for pronouns.
    pub(super) fn heard(&mut self, speaker: &str) {
        if is_organisation(speaker) {
            self.last_organisation = Some(speaker.to_owned());
        } else if speaker.starts_with(char::is_uppercase) {
            self.last_person = Some(speaker.to_owned());
        }
    }

    /// The full name that a surname belongs to, or the name itself.
    fn resolved(&self, name: &str) -> String {
        let ending = format!(" {name}");
        let is_full = |known: &&String| known.ends_with(&ending) && !is_organisation(known);
        self.all.iter().find(is_full).cloned().unwrap_or_else(|| name.to_owned())
    }
}

/// What a phrase refers to.
pub(super) fn refer(phrase: &str, names: &Names) -> String {
    let plain = phrase.to_lowercase();
    let noun = plain.strip_prefix("the ").unwrap_or(&plain);
    let stands_in = STAND_INS.contains(&noun) && plain.starts_with("the ");
    match &names.last_organisation {
        Some(organisation) if stands_in => organisation.clone(),
        _ => names.resolved(phrase),
    }
}

/// Number of words of the name that begins at a place: capitalised words in a row, `and` between two.
pub(super) fn name_length(words: &[Word<'_>], at: usize) -> usize {
    let is_part = |place: usize| {
        words.get(place).is_some_and(|word| {
            word.is_capitalised() && !word.is_one_of(NO_NAMES) && !word.is_one_of(&MONTHS)
        })
    };
    let mut length = 0;
    while length < 6 && is_part(at + length) {
        length += 1;
        let previous = &words[at + length - 1];
        if !previous.is_joined() && previous.behind != "." {
            break;
        }
        let is_and = words.get(at + length).is_some_and(|word| word.is_one_of(&["and"]) && word.is_joined());
        if is_and && length == 1 && is_part(at + length + 1) {
            length += 1;
        }
    }
    length
}

/// Whether a name is one of an organisation, by its words.
pub(super) fn is_organisation(name: &str) -> bool {
    name.split(' ').any(|word| {
        ORGANISATION.iter().any(|known| word.eq_ignore_ascii_case(known))
            || (word.len() > 2 && word.ends_with("AI"))
    })
}

/// Words as a name, without the ending of a genitive.
pub(super) fn joined(words: &[Word<'_>]) -> String {
    let texts: Vec<&str> =
        words.iter().map(|word| word.text.trim_end_matches("'s").trim_end_matches("’s")).collect();
    texts.join(" ")
}
