//! Finds the names in a text. A name is a sequence of capitalised words, or a surname whose full name has occurred
//! before. `The company` refers to the organisation that was named last.

use crate::date::MONTHS;

use super::lists::{NO_NAMES, ORGANISATIONS, STAND_INS};
use super::words::Word;

/// Maximum number of names that are remembered, because each new name is compared with all of them.
const MAX_NAMES: usize = 300;

/// The names in an article, in the order of their first occurrence.
#[derive(Default)]
pub(super) struct ArticleNames {
    all: Vec<String>,
    /// The person who spoke last. The pronouns `he`, `she` and `they` refer to this person.
    pub(super) last_person: Option<String>,
    /// The organisation that was named last. Nouns such as `the company` refer to this organisation.
    last_organisation: Option<String>,
}

impl ArticleNames {
    /// Adds the names in a sentence. If one of them is an organisation, `the company` refers to it from now on.
    pub(super) fn learn(&mut self, words: &[Word<'_>]) {
        let mut at = 0;
        while at < words.len() {
            let length = name_length(words, at);
            if length >= 2 || (length == 1 && is_organisation(words[at].text)) {
                let name = self.resolved(&joined(&words[at..at + length]));
                if is_organisation(&name) {
                    self.last_organisation = Some(name.clone());
                }
                if self.all.len() < MAX_NAMES && !self.all.contains(&name) {
                    self.all.push(name);
                }
            }
            at += length.max(1);
        }
    }

    /// Records who spoke, so that later pronouns and nouns such as `the company` can be resolved.
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

/// The name to which a phrase refers, or the phrase itself.
pub(super) fn refer(phrase: &str, names: &ArticleNames) -> String {
    let plain = phrase.to_lowercase();
    let noun = plain.strip_prefix("the ").unwrap_or(&plain);
    let stands_in = STAND_INS.contains(&noun) && plain.starts_with("the ");
    match &names.last_organisation {
        Some(organisation) if stands_in => organisation.clone(),
        _ => names.resolved(phrase),
    }
}

/// Number of words in the name that begins at the index `at`; 0 if no name begins there. A name is a sequence of
/// capitalised words, with `and` allowed after the first.
pub(super) fn name_length(words: &[Word<'_>], at: usize) -> usize {
    let is_part = |place: usize| {
        words.get(place).is_some_and(|word| {
            word.is_capitalised() && !word.is_one_of(&NO_NAMES) && !word.is_one_of(&MONTHS)
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

/// Whether a name is that of an organisation, judged by its words.
pub(super) fn is_organisation(name: &str) -> bool {
    name.split(' ').any(|word| {
        ORGANISATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
            || (word.len() > 2 && word.ends_with("AI"))
    })
}

/// Joins words to a name, without the ending `'s` of a genitive.
pub(super) fn joined(words: &[Word<'_>]) -> String {
    let texts: Vec<&str> =
        words.iter().map(|word| word.text.trim_end_matches("'s").trim_end_matches("’s")).collect();
    texts.join(" ")
}
