//! Collects the words of records into terms. A term is the stem of words, with the documents that contain one of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_stemmers::{Algorithm, Stemmer};

use super::words::for_each_word;

/// Largest weight of a word in a document. Eight weights fit into three bits.
const MAX_WEIGHT: u8 = 8;

/// The part of a record that contains a text. It determines the weight of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The name of what the page is about.
    Name,
    /// The title of a page that is about something else.
    Title,
    /// The statement of a claim.
    Statement,
    /// A quotation, a summary or the first sentence.
    Lead,
    /// Names, kind and status beside a claim.
    Beside,
    /// The text of a write-up.
    Body,
}

/// A term of the index.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Term {
    /// The words of the term that are not its stem.
    pub(super) forms: BTreeSet<String>,
    /// The documents with the term, in ascending order, each with the weight of the term in it (1 to 8).
    pub(super) documents: Vec<(u32, u8)>,
}

/// The terms of an index, by stem.
pub(super) type Terms = BTreeMap<String, Term>;

/// Collects the terms of documents that are added in ascending order.
pub(super) struct TermCollector<'a> {
    language: &'a StemLanguage,
    /// Words without a meaning of their own.
    stop_words: &'a [&'a str],
    /// Number of the stem of each word that was seen; `None` for a word without a meaning of its own.
    stems: HashMap<String, Option<usize>>,
    terms: Vec<(String, Term)>,
    /// Number of each stem.
    numbers: HashMap<String, usize>,
    /// For each term of the current document: how often the body contains it, and its greatest weight in other parts.
    current: HashMap<usize, (u32, u8)>,
}

impl<'a> TermCollector<'a> {
    pub(super) fn new(language: &'a StemLanguage, stop_words: &'a [&'a str]) -> Self {
        Self {
            language,
            stop_words,
            stems: HashMap::new(),
            terms: Vec::new(),
            numbers: HashMap::new(),
            current: HashMap::new(),
        }
    }

    /// Adds a text of the current document. Words without a meaning of their own count in names and in titles of
    /// pages that are not claims: somebody may be called `The Who`.
    pub(super) fn add(&mut self, text: &str, place: Place) {
        let weight = match place {
            Place::Name => 8,
            Place::Title | Place::Statement => 5,
            Place::Lead | Place::Beside => 3,
            Place::Body => 0,
        };
        let has_all = matches!(place, Place::Name | Place::Title);
        for_each_word(text, |word| {
            let known = match self.stems.get(word) {
                Some(&known) => known,
                None => self.add_word(word),
            };
            let number = match known {
                Some(number) => number,
                None if has_all => self.number_of(word),
                None => return,
            };
            let (count, greatest) = self.current.entry(number).or_default();
            *count += u32::from(place == Place::Body);
            *greatest = weight.max(*greatest);
        });
    }

    /// Adds a word that was not seen before.
    fn add_word(&mut self, word: &str) -> Option<usize> {
        let number = (!self.stop_words.contains(&word)).then(|| self.number_of(word));
        self.stems.insert(word.to_owned(), number);
        number
    }

    /// Returns the number of the stem of a word, which becomes a form of it.
    fn number_of(&mut self, word: &str) -> usize {
        let stem = self.language.stem(word);
        let number = match self.numbers.get(stem.as_ref()) {
            Some(&number) => number,
            None => {
                let number = self.terms.len();
                self.terms.push((stem.clone().into_owned(), Term::default()));
                self.numbers.insert(stem.clone().into_owned(), number);
                number
            }
        };
        if *stem != *word {
            self.terms[number].1.forms.insert(word.to_owned());
        }
        number
    }

    /// Ends the current document, which has this number.
    pub(super) fn end(&mut self, document: u32) {
        #[expect(clippy::iter_over_hash_type, reason = "each term gets the document, in any order")]
        for (number, (count, weight)) in self.current.drain() {
            let in_body = match count {
                0 => 0,
                1 | 2 => 1,
                3..=7 => 2,
                _ => 3,
            };
            self.terms[number].1.documents.push((document, weight.max(in_body).clamp(1, MAX_WEIGHT)));
        }
    }

    /// Returns all terms.
    pub(super) fn finish(self) -> Terms {
        self.terms.into_iter().collect()
    }
}

/// Adds terms of later documents to terms.
pub(super) fn merge(mut terms: Terms, later: Terms) -> Terms {
    for (stem, mut term) in later {
        let known = terms.entry(stem).or_default();
        known.forms.append(&mut term.forms);
        known.documents.append(&mut term.documents);
    }
    terms
}

/// How words of a language become stems.
pub(super) struct StemLanguage(Option<Stemmer>);

impl StemLanguage {
    /// Returns the rules of a language (a BCP 47 tag). Words of a language without rules are their own stems.
    pub(super) fn of(tag: &str) -> Self {
        let algorithm = match tag.split('-').next().unwrap_or_default() {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "nl" => Algorithm::Dutch,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            _ => return Self(None),
        };
        Self(Some(Stemmer::create(algorithm)))
    }

    fn stem<'w>(&self, word: &'w str) -> std::borrow::Cow<'w, str> {
        let has_digit = word.contains(|character: char| character.is_ascii_digit());
        match &self.0 {
            Some(stemmer) if !has_digit => stemmer.stem(word),
            _ => word.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(texts: &[&[(&str, Place)]]) -> Terms {
        let language = StemLanguage::of("en-GB");
        let mut collector = TermCollector::new(&language, &["the"]);
        for (number, parts) in (0..).zip(texts) {
            parts.iter().for_each(|(text, place)| collector.add(text, *place));
            collector.end(number);
        }
        collector.finish()
    }

    #[test]
    fn words_of_one_stem_are_one_term() {
        let terms = collect(&[
            &[("They predicted it", Place::Title), ("predicts predicts predicts", Place::Body)],
            &[("A prediction", Place::Body)],
        ]);
        let term = &terms["predict"];
        assert_eq!(term.forms.iter().collect::<Vec<_>>(), ["predicted", "prediction", "predicts"]);
        assert_eq!(term.documents, [(0, 5), (1, 1)]);
    }

    #[test]
    fn words_without_meaning_count_in_names_and_titles() {
        let terms = collect(&[
            &[("The Who", Place::Name)],
            &[("The end", Place::Statement), ("the quotation", Place::Lead), ("the text", Place::Body)],
            &[("What the report says", Place::Title)],
        ]);
        assert_eq!(terms["the"].documents, [(0, 8), (2, 5)]);
        assert!(!collect(&[&[("the text", Place::Body)]]).contains_key("the"));
    }

    #[test]
    fn later_documents_follow() {
        let language = StemLanguage::of("xx");
        let part = |document: u32, text: &str| {
            let mut collector = TermCollector::new(&language, &["the"]);
            collector.add(text, Place::Lead);
            collector.end(document);
            collector.finish()
        };
        let terms = merge(part(3, "one two"), part(7, "two three"));
        assert_eq!(terms.keys().collect::<Vec<_>>(), ["one", "three", "two"]);
        assert_eq!(terms["two"].documents, [(3, 3), (7, 3)]);
    }
}
