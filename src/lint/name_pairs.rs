//! Decides whether two names may mean the same. The rules compare whole words and not the share of equal letters,
//! because names of different things often share most of their letters: `Sam Altman` and `Jack Altman`, `SWE-bench
//! Lite` and `SWE-bench Verified`. `name_pairs.tsv` contains pairs of real names with the expected result.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::name;

/// The way in which two names are similar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Similarity {
    /// The names differ by a space, a dot or a typing error.
    Spelling,
    /// One name is a shorter form of the other, or has the same words in another order, such as `J. Smith` and
    /// `Jane Smith`. Two different names can have the same shorter form.
    Form,
}

/// The kind of thing that a name means. Speakers have additional rules, such as those for initials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    /// People and organisations.
    Speaker,
    /// Metrics and tags.
    Thing,
}

/// Titles and articles before a name that are not part of it.
const LEADING_TITLES: &[&str] = &["the", "dr", "prof", "professor", "sir", "mr", "mrs", "ms"];
/// Legal forms at the end of the name of a company.
const LEGAL_FORMS: &[&str] = &["inc", "llc", "ltd", "limited", "gmbh", "corp", "corporation", "pbc", "plc"];
/// Words whose first letters are often left out of acronyms.
const FUNCTION_WORDS: &[&str] = &["of", "for", "the", "and", "in", "on", "at", "to"];
/// Words that are common in names of organisations. A name that consists only of them could be the end of any
/// longer name, and a name that contains one is not the name of a person.
const ORGANISATION_WORDS: &[&str] = &[
    "academy",
    "agency",
    "ai",
    "alliance",
    "association",
    "bank",
    "bench",
    "board",
    "brain",
    "bureau",
    "center",
    "centre",
    "college",
    "commission",
    "committee",
    "company",
    "council",
    "daily",
    "department",
    "evals",
    "fellows",
    "forum",
    "foundation",
    "fund",
    "group",
    "hospital",
    "independent",
    "initiative",
    "institute",
    "international",
    "journal",
    "lab",
    "laboratories",
    "laboratory",
    "labs",
    "magazine",
    "media",
    "ministry",
    "model",
    "models",
    "museum",
    "national",
    "network",
    "news",
    "observer",
    "office",
    "post",
    "press",
    "program",
    "programme",
    "project",
    "reports",
    "research",
    "review",
    "school",
    "science",
    "sciences",
    "security",
    "safety",
    "service",
    "services",
    "society",
    "standard",
    "studio",
    "studios",
    "systems",
    "team",
    "technologies",
    "technology",
    "times",
    "today",
    "trust",
    "university",
    "world",
];
/// Suffixes of generations: `John Smith Jr.` and `John Smith` are different people.
const GENERATION_SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// A name, divided into the parts that the rules compare.
#[derive(Debug)]
pub(super) struct ParsedName {
    kind: NameKind,
    /// The words of the name: transliterated, in lower case, without titles and legal forms.
    words: Vec<String>,
    /// All words of the name, joined without spaces.
    letters: String,
    /// The words that are written in capitals, in lower case here. They are probably abbreviations, and a different
    /// letter makes a different abbreviation.
    capitals: Vec<String>,
    /// The words before and the words in parentheses, if the name of a speaker ends with parentheses.
    parenthesised: Option<(Vec<String>, Vec<String>)>,
}

impl ParsedName {
    pub(super) fn new(text: &str, kind: NameKind) -> Self {
        let parts = text.trim().strip_suffix(')').and_then(|text| text.split_once('('));
        let parts = parts.filter(|_| kind == NameKind::Speaker);
        let parts = parts.map(|(before, within)| (name_words(before, kind), name_words(within, kind)));
        let parts = parts.filter(|(before, within)| !before.is_empty() && !within.is_empty());
        let is_capitals = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let capitals = text.split(|character: char| !character.is_alphanumeric()).filter(is_capitals);
        let capitals = capitals.map(str::to_ascii_lowercase).collect();
        let words = name_words(text, kind);
        Self { kind, letters: words.concat(), words, capitals, parenthesised: parts }
    }

    /// Returns hashes of the name. Two names that [`Self::similarity_to`] finds similar have at least one hash in
    /// common, so only names with a common hash need to be compared.
    pub(super) fn candidate_keys(&self) -> Vec<u64> {
        let mut keys = vec![hash_key("letters", &self.letters)];
        if self.is_longer_than_ids() {
            return keys;
        }
        for (at, word) in self.words.iter().enumerate().filter(|(_, word)| is_checked_for_typing_errors(word))
        {
            let key_with_word = |changed: &str| {
                let before = self.words.get(..at).unwrap_or_default().join(" ");
                let after = self.words.get(at + 1..).unwrap_or_default().join(" ");
                hash_key("slip", &format!("{before} [{changed}] {after}"))
            };
            keys.push(key_with_word(word));
            let without_letter = |gap: usize| {
                let remaining = word.char_indices().filter(|(index, _)| *index != gap);
                remaining.map(|(_, letter)| letter).collect::<String>()
            };
            keys.extend((0..word.len()).map(|gap| key_with_word(&without_letter(gap))));
        }
        if self.kind == NameKind::Speaker {
            self.add_keys_of_short_forms(&mut keys);
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn add_keys_of_short_forms(&self, keys: &mut Vec<u64>) {
        let whole = |words: &[String]| hash_key("whole", &words.join(" "));
        keys.push(whole(&self.words));
        for dropped in 1..=2 {
            let rest = self.words.get(dropped..).unwrap_or_default();
            if is_distinctive(rest) {
                keys.push(whole(rest));
            }
        }
        if let Some((before, within)) = &self.parenthesised {
            keys.extend([whole(before), whole(within)]);
        }
        if let (true, [first, .., last]) = (self.is_person(), &self.words[..]) {
            keys.push(hash_key("person", &format!("{} {last}", first.get(..1).unwrap_or_default())));
        }
        match &self.words[..] {
            [only] => keys.push(hash_key("acronym", only)),
            words => keys.extend(acronyms(words).map(|acronym| hash_key("acronym", &acronym))),
        }
        let mut sorted = self.words.clone();
        sorted.sort_unstable();
        keys.push(hash_key("sorted", &sorted.join(" ")));
    }

    /// Whether the name is too long for the rules about typing errors and forms. Such a name is similar only to a
    /// name with equal letters. The time and the length of the keys for typing errors grow with the square of the
    /// length of a name.
    fn is_longer_than_ids(&self) -> bool {
        self.letters.len() > name::MAX_ID_LENGTH
    }

    /// Returns how this name is similar to another name of the same kind, or `None` if it is not similar.
    pub(super) fn similarity_to(&self, other: &Self) -> Option<Similarity> {
        if self.is_longer_than_ids() || other.is_longer_than_ids() {
            return (self.letters == other.letters).then_some(Similarity::Spelling);
        }
        if self.has_similar_spelling(other) {
            return Some(Similarity::Spelling);
        }
        let is_speaker = self.kind == NameKind::Speaker && other.kind == NameKind::Speaker;
        (is_speaker && (self.is_short_form_of(other) || other.is_short_form_of(self)))
            .then_some(Similarity::Form)
    }

    fn has_similar_spelling(&self, other: &Self) -> bool {
        if self.numbers() != other.numbers() {
            return false;
        }
        if self.letters == other.letters {
            return true;
        }
        let mut pairs = self.words.iter().zip(&other.words).filter(|(one, two)| one != two);
        let (Some((one, two)), None) = (pairs.next(), pairs.next()) else { return false };
        let is_abbreviation = self.capitals.contains(one) || other.capitals.contains(two);
        self.words.len() == other.words.len() && !is_abbreviation && self.is_typing_error(one, two)
    }

    /// Returns the numbers in the name, in their order. Names with different numbers are never similar by spelling:
    /// `GPT-4.1` and `GPT-41`.
    fn numbers(&self) -> Vec<&str> {
        let runs =
            self.words.iter().flat_map(|word| word.split(|character: char| !character.is_ascii_digit()));
        runs.filter(|run| !run.is_empty()).collect()
    }

    /// Whether two words differ by a typing error: one letter is added, missing, different or swapped with the next
    /// one, and the first letter is equal. Short words and some endings are excluded, because they distinguish
    /// different names.
    fn is_typing_error(&self, one: &str, two: &str) -> bool {
        let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
        let is_only_word = self.words.len() == 1;
        if self.kind == NameKind::Thing && long.strip_suffix('s') == Some(short) {
            return short.len() >= 4;
        }
        let is_other_person =
            self.kind == NameKind::Speaker && !is_only_word && long.strip_suffix('a') == Some(short);
        let has_same_letters = {
            let (mut one, mut two) = (short.as_bytes().to_vec(), long.as_bytes().to_vec());
            one.sort_unstable();
            two.sort_unstable();
            one == two
        };
        let min_length = match (is_only_word, has_same_letters) {
            (true, _) => 6,
            (false, false) if self.kind == NameKind::Speaker && differs_by_doubled_letter(short, long) => 3,
            (false, false) => 4,
            (false, true) => 3,
        };
        is_checked_for_typing_errors(short)
            && is_checked_for_typing_errors(long)
            && short.len() >= min_length
            && short.get(..1) == long.get(..1)
            && !is_other_person
            && name::differ_by_one_typing_error(one, two)
    }

    /// Whether this name is a shorter form of a longer name, or has the same words in another order.
    fn is_short_form_of(&self, longer: &Self) -> bool {
        self.is_suffix_of(longer)
            || self.is_part_with_parentheses_of(longer)
            || self.is_acronym_of(longer)
            || self.is_reordering_of(longer)
            || (self.is_person() && longer.is_person() && self.is_same_person_as(longer))
    }

    /// Whether the longer name ends with this name: `DeepMind` and `Google DeepMind`, `Altman` and `Sam Altman`.
    fn is_suffix_of(&self, longer: &Self) -> bool {
        let extra_words = longer.words.len().saturating_sub(self.words.len());
        (1..=2).contains(&extra_words) && longer.words.ends_with(&self.words) && is_distinctive(&self.words)
    }

    /// Whether this name is one of the two parts of a longer name with parentheses: `METR` and `METR (Model
    /// Evaluation and Threat Research)`.
    fn is_part_with_parentheses_of(&self, longer: &Self) -> bool {
        let has =
            |(before, within): &(Vec<String>, Vec<String>)| *before == self.words || *within == self.words;
        self.parenthesised.is_none() && longer.parenthesised.as_ref().is_some_and(has)
    }

    /// Whether this name is the acronym of the longer name: `OWID` and `Our World in Data`.
    fn is_acronym_of(&self, longer: &Self) -> bool {
        let [only] = &self.words[..] else { return false };
        only.len() >= 3 && longer.words.len() >= 3 && acronyms(&longer.words).any(|acronym| acronym == *only)
    }

    /// Whether both names have the same words in another order: `Li Fei-Fei` and `Fei-Fei Li`.
    fn is_reordering_of(&self, other: &Self) -> bool {
        let sorted = |words: &[String]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words
        };
        self.words != other.words && sorted(&self.words) == sorted(&other.words)
    }

    /// Whether the name looks like the name of a person. It has two to four words of plain letters, and no word
    /// that is common in names of organisations.
    pub(super) fn is_person(&self) -> bool {
        let is_personal_name = |word: &String| {
            let word = word.as_str();
            word.bytes().all(|byte| byte.is_ascii_lowercase())
                && !ORGANISATION_WORDS.contains(&word)
                && !FUNCTION_WORDS.contains(&word)
                && !GENERATION_SUFFIXES.contains(&word)
        };
        (2..=4).contains(&self.words.len()) && self.words.iter().all(is_personal_name)
    }

    /// Whether two names of people may mean the same person. The surnames are equal, each given name is equal to
    /// the other one, an initial of it or a short form of it, and middle names may be missing.
    fn is_same_person_as(&self, other: &Self) -> bool {
        let ([one, given @ .., last], [two, other_given @ .., other_last]) =
            (&self.words[..], &other.words[..])
        else {
            return false;
        };
        let is_short = |short: &str, long: &str| {
            let is_other_name = long.strip_suffix('a') == Some(short);
            (short.len() == 1 || (short.len() >= 3 && !is_other_name)) && long.starts_with(short)
        };
        let are_compatible = |one: &str, two: &str| one == two || is_short(one, two) || is_short(two, one);
        last == other_last
            && last.len() > 1
            && are_compatible(one, two)
            && given.iter().zip(other_given).all(|(a, b)| are_compatible(a, b))
    }
}

/// Whether one letter of the longer word is doubled: `Ana` and `Anna`.
fn differs_by_doubled_letter(short: &str, long: &str) -> bool {
    let is_doubled_at = |(at, pair): (usize, &[u8])| {
        let without = long.get(..at).zip(long.get(at + 1..));
        pair.first() == pair.last()
            && without.is_some_and(|(before, after)| short.strip_prefix(before) == Some(after))
    };
    long.as_bytes().windows(2).enumerate().any(is_doubled_at)
}

fn hash_key(kind: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, text).hash(&mut hasher);
    hasher.finish()
}

fn name_words(text: &str, kind: NameKind) -> Vec<String> {
    let folded = name::full_length_id(text);
    let mut words: Vec<&str> = folded.split('-').filter(|word| !word.is_empty()).collect();
    if kind == NameKind::Speaker {
        if words.len() > 1 && LEADING_TITLES.contains(&words[0]) {
            words.remove(0);
        }
        if words.len() > 1 && words.last().is_some_and(|word| LEGAL_FORMS.contains(word)) {
            words.pop();
        }
    }
    words.into_iter().filter(|word| *word != "and").map(str::to_owned).collect()
}

/// Whether a word is compared letter by letter. Words with digits and short words are not, because they often name
/// versions and sizes.
fn is_checked_for_typing_errors(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_long_word(word: &str) -> bool {
    word.len() >= 4 && is_checked_for_typing_errors(word)
}

/// Whether a longer name that ends with these words probably means the same person or organisation.
fn is_distinctive(words: &[String]) -> bool {
    match words {
        [] => false,
        [only] => is_long_word(only) && !ORGANISATION_WORDS.contains(&only.as_str()),
        words => {
            words.iter().any(|word| is_long_word(word) && !ORGANISATION_WORDS.contains(&word.as_str()))
                || words.len() > 2
        }
    }
}

/// Returns two acronyms: the first letters of all words, and the first letters without the words in [`FUNCTION_WORDS`].
fn acronyms(words: &[String]) -> impl Iterator<Item = String> {
    let initials = |words: &mut dyn Iterator<Item = &String>| {
        words.filter_map(|word| word.chars().next()).collect::<String>()
    };
    let without_function_words =
        initials(&mut words.iter().filter(|word| !FUNCTION_WORDS.contains(&word.as_str())));
    [initials(&mut words.iter()), without_function_words].into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of real names, some with a typing error. The columns are: whether the names mean the same, whether the
    /// rules find them, what is named, and both names. Pairs that the rules get wrong are included, so that the
    /// test shows when a change of the rules affects them.
    const PAIRS: &str = include_str!("name_pairs.tsv");

    #[test]
    fn pairs_of_real_names() {
        assert!(PAIRS.lines().count() >= 120);
        let mut wrong = Vec::new();
        for line in PAIRS.lines() {
            let &[_, outcome, sort, one, other] = &line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("not five columns: {line}");
            };
            let sort = if sort == "speaker" { NameKind::Speaker } else { NameKind::Thing };
            let (one, other) = (ParsedName::new(one, sort), ParsedName::new(other, sort));
            let likeness = one.similarity_to(&other);
            assert_eq!(likeness, other.similarity_to(&one));
            let (keys, other_keys) = (one.candidate_keys(), other.candidate_keys());
            // Names that are alike are only compared if they have a key in common.
            assert!(likeness.is_none() || keys.iter().any(|key| other_keys.contains(key)), "{line}");
            if likeness.is_some() != (outcome == "found") {
                wrong.push(line);
            }
        }
        assert_eq!(wrong, [""; 0]);
    }
}
