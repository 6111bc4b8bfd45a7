//! Decides whether two names may mean the same. The rules look at whole words and not at a share of letters,
//! because names of different things share most of their letters: `Sam Altman` and `Jack Altman`, `SWE-bench Lite`
//! and `SWE-bench Verified`. `name_pairs.tsv` contains pairs of real names with the expected outcome.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::name;

/// How sure it is that two names mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// They differ by a space, a dot or a slip of the pen.
    Spelling,
    /// One is a shorter or longer form of the other, such as `J. Smith` and `Jane Smith`. Two different
    /// names can have the same shorter form.
    Form,
}

/// What is named: more is known about the names of people and organisations than about those of metrics
/// and tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// People and organisations.
    Speaker,
    /// Metrics and tags.
    Thing,
}

/// Words before a name that are not part of it.
const BEFORE: &[&str] = &["the", "dr", "prof", "professor", "sir", "mr", "mrs", "ms"];
/// Legal forms behind the name of a company.
const BEHIND: &[&str] = &["inc", "llc", "ltd", "limited", "gmbh", "corp", "corporation", "pbc", "plc"];
/// Words left out of acronyms.
const SMALL: &[&str] = &["of", "for", "the", "and", "in", "on", "at", "to"];
/// Words of many organisations: a name that consists of them could be part of any longer one, and a
/// name that contains one is not the name of a person.
const GENERIC: &[&str] = &[
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
/// Generations: `John Smith Jr.` is not `John Smith`.
const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// A name, taken apart.
#[derive(Debug)]
pub(super) struct Name {
    sort: Sort,
    /// Its words: transliterated, in lower case, without those that are not part of a name.
    words: Vec<String>,
    /// All letters and digits of its words.
    letters: String,
    /// Those of its words that are written in capitals: one other letter makes them another abbreviation.
    capitals: Vec<String>,
    /// The words before and within parentheses, if it ends with some.
    parts: Option<(Vec<String>, Vec<String>)>,
}

impl Name {
    pub(super) fn new(text: &str, sort: Sort) -> Self {
        let parts = text.trim().strip_suffix(')').and_then(|text| text.split_once('('));
        let parts = parts.filter(|_| sort == Sort::Speaker);
        let parts = parts.map(|(before, within)| (words(before, sort), words(within, sort)));
        let parts = parts.filter(|(before, within)| !before.is_empty() && !within.is_empty());
        let is_capitals = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let capitals = text.split(|character: char| !character.is_alphanumeric()).filter(is_capitals);
        let capitals = capitals.map(str::to_ascii_lowercase).collect();
        let words = words(text, sort);
        Self { sort, letters: words.concat(), words, capitals, parts }
    }

    /// Numbers such that names which are alike have one in common.
    pub(super) fn keys(&self) -> Vec<u64> {
        let mut keys = vec![key("letters", &self.letters)];
        if self.is_longer_than_ids() {
            return keys;
        }
        for (at, word) in self.words.iter().enumerate().filter(|(_, word)| can_have_slip(word)) {
            let around = |changed: &str| {
                let before = self.words.get(..at).unwrap_or_default().join(" ");
                let behind = self.words.get(at + 1..).unwrap_or_default().join(" ");
                key("slip", &format!("{before} [{changed}] {behind}"))
            };
            keys.push(around(word));
            let without = |gap: usize| {
                let kept = word.char_indices().filter(|(place, _)| *place != gap);
                kept.map(|(_, letter)| letter).collect::<String>()
            };
            keys.extend((0..word.len()).map(|gap| around(&without(gap))));
        }
        if self.sort == Sort::Speaker {
            self.keys_of_forms(&mut keys);
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn keys_of_forms(&self, keys: &mut Vec<u64>) {
        let whole = |words: &[String]| key("whole", &words.join(" "));
        keys.push(whole(&self.words));
        for dropped in 1..=2 {
            let rest = self.words.get(dropped..).unwrap_or_default();
            if is_distinctive(rest) {
                keys.push(whole(rest));
            }
        }
        if let Some((before, within)) = &self.parts {
            keys.extend([whole(before), whole(within)]);
        }
        if let (true, [first, .., last]) = (self.is_person(), &self.words[..]) {
            keys.push(key("person", &format!("{} {last}", first.get(..1).unwrap_or_default())));
        }
        match &self.words[..] {
            [only] => keys.push(key("acronym", only)),
            words => keys.extend(acronyms(words).map(|acronym| key("acronym", &acronym))),
        }
        let mut sorted = self.words.clone();
        sorted.sort_unstable();
        keys.push(key("sorted", &sorted.join(" ")));
    }

    /// Whether only equal letters make another name like this one. Slips take time and keys that grow with the
    /// square of the length.
    fn is_longer_than_ids(&self) -> bool {
        self.letters.len() > name::LONGEST_ID
    }

    /// How this name is like another of the same sort.
    pub(super) fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.is_longer_than_ids() || other.is_longer_than_ids() {
            return (self.letters == other.letters).then_some(Likeness::Spelling);
        }
        if self.has_spelling_of(other) {
            return Some(Likeness::Spelling);
        }
        let is_speaker = self.sort == Sort::Speaker && other.sort == Sort::Speaker;
        (is_speaker && (self.is_form_of(other) || other.is_form_of(self))).then_some(Likeness::Form)
    }

    fn has_spelling_of(&self, other: &Self) -> bool {
        if self.numbers() != other.numbers() {
            return false;
        }
        if self.letters == other.letters {
            return true;
        }
        let mut pairs = self.words.iter().zip(&other.words).filter(|(one, two)| one != two);
        let (Some((one, two)), None) = (pairs.next(), pairs.next()) else { return false };
        let is_abbreviation = self.capitals.contains(one) || other.capitals.contains(two);
        self.words.len() == other.words.len() && !is_abbreviation && self.is_slip(one, two)
    }

    /// Numbers in order: `GPT-4.1` is not `GPT-41`.
    fn numbers(&self) -> Vec<&str> {
        let runs =
            self.words.iter().flat_map(|word| word.split(|character: char| !character.is_ascii_digit()));
        runs.filter(|run| !run.is_empty()).collect()
    }

    /// Whether two words differ by one letter more, less, other or swapped, but for the first.
    fn is_slip(&self, one: &str, two: &str) -> bool {
        let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
        let is_only_word = self.words.len() == 1;
        if self.sort == Sort::Thing && long.strip_suffix('s') == Some(short) {
            return short.len() >= 4;
        }
        let is_other_person =
            self.sort == Sort::Speaker && !is_only_word && long.strip_suffix('a') == Some(short);
        let has_same_letters = {
            let (mut one, mut two) = (short.as_bytes().to_vec(), long.as_bytes().to_vec());
            one.sort_unstable();
            two.sort_unstable();
            one == two
        };
        let shortest = match (is_only_word, has_same_letters) {
            (true, _) => 6,
            (false, false) if self.sort == Sort::Speaker && is_doubled(short, long) => 3,
            (false, false) => 4,
            (false, true) => 3,
        };
        can_have_slip(short)
            && can_have_slip(long)
            && short.len() >= shortest
            && short.get(..1) == long.get(..1)
            && !is_other_person
            && name::differ_by_one_slip(one, two)
    }

    /// Whether this is a shorter form of a longer name, or the same words in another order.
    fn is_form_of(&self, longer: &Self) -> bool {
        self.is_end_of(longer)
            || self.is_part_of(longer)
            || self.is_acronym_of(longer)
            || self.is_in_order_of(longer)
            || (self.is_person() && longer.is_person() && self.is_same_person_as(longer))
    }

    /// `DeepMind` of `Google DeepMind`, `Altman` of `Sam Altman`.
    fn is_end_of(&self, longer: &Self) -> bool {
        let more = longer.words.len().saturating_sub(self.words.len());
        (1..=2).contains(&more) && longer.words.ends_with(&self.words) && is_distinctive(&self.words)
    }

    /// `METR` of `METR (Model Evaluation and Threat Research)`.
    fn is_part_of(&self, longer: &Self) -> bool {
        let has =
            |(before, within): &(Vec<String>, Vec<String>)| *before == self.words || *within == self.words;
        self.parts.is_none() && longer.parts.as_ref().is_some_and(has)
    }

    /// `OWID` of `Our World in Data`.
    fn is_acronym_of(&self, longer: &Self) -> bool {
        let [only] = &self.words[..] else { return false };
        only.len() >= 3 && longer.words.len() >= 3 && acronyms(&longer.words).any(|acronym| acronym == *only)
    }

    /// `Li Fei-Fei` and `Fei-Fei Li`.
    fn is_in_order_of(&self, other: &Self) -> bool {
        let sorted = |words: &[String]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words
        };
        self.words != other.words && sorted(&self.words) == sorted(&other.words)
    }

    /// Whether it looks like the name of a person: two to four words, without a word that is
    /// common in names of organisations.
    pub(super) fn is_person(&self) -> bool {
        let is_of_person = |word: &String| {
            let word = word.as_str();
            word.bytes().all(|byte| byte.is_ascii_lowercase())
                && !GENERIC.contains(&word)
                && !SMALL.contains(&word)
                && !GENERATIONS.contains(&word)
        };
        (2..=4).contains(&self.words.len()) && self.words.iter().all(is_of_person)
    }

    /// The same surname, and given names of which one is an initial or the short form of the other, or
    /// is left out behind the first.
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
        let agree = |one: &str, two: &str| one == two || is_short(one, two) || is_short(two, one);
        last == other_last
            && last.len() > 1
            && agree(one, two)
            && given.iter().zip(other_given).all(|(a, b)| agree(a, b))
    }
}

/// Whether one letter of the longer word is doubled: `Ana` and `Anna`.
fn is_doubled(short: &str, long: &str) -> bool {
    let doubles = |(at, pair): (usize, &[u8])| {
        let without = long.get(..at).zip(long.get(at + 1..));
        pair.first() == pair.last()
            && without.is_some_and(|(before, behind)| short.strip_prefix(before) == Some(behind))
    };
    long.as_bytes().windows(2).enumerate().any(doubles)
}

fn key(sort: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (sort, text).hash(&mut hasher);
    hasher.finish()
}

fn words(text: &str, sort: Sort) -> Vec<String> {
    let folded = name::folded(text);
    let mut words: Vec<&str> = folded.split('-').filter(|word| !word.is_empty()).collect();
    if sort == Sort::Speaker {
        if words.len() > 1 && BEFORE.contains(&words[0]) {
            words.remove(0);
        }
        if words.len() > 1 && words.last().is_some_and(|word| BEHIND.contains(word)) {
            words.pop();
        }
    }
    words.into_iter().filter(|word| *word != "and").map(str::to_owned).collect()
}

/// Words with digits are not compared letter by letter, nor are short ones: they are names of versions
/// and sizes.
fn can_have_slip(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_long(word: &str) -> bool {
    word.len() >= 4 && can_have_slip(word)
}

/// Whether a longer name that ends with these words probably means the same.
fn is_distinctive(words: &[String]) -> bool {
    match words {
        [] => false,
        [only] => is_long(only) && !GENERIC.contains(&only.as_str()),
        words => {
            words.iter().any(|word| is_long(word) && !GENERIC.contains(&word.as_str())) || words.len() > 2
        }
    }
}

/// The first letters of all words, and of all but the small ones.
fn acronyms(words: &[String]) -> impl Iterator<Item = String> {
    let initials = |words: &mut dyn Iterator<Item = &String>| {
        words.filter_map(|word| word.chars().next()).collect::<String>()
    };
    let large = initials(&mut words.iter().filter(|word| !SMALL.contains(&word.as_str())));
    [initials(&mut words.iter()), large].into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of real names, some with a slip: whether they mean the same, whether the rules find them, what is
    /// named, and both names. What the rules get wrong is in the list, so that a change of them shows.
    const PAIRS: &str = include_str!("name_pairs.tsv");

    #[test]
    fn pairs_of_real_names() {
        assert!(PAIRS.lines().count() >= 120);
        let mut wrong = Vec::new();
        for line in PAIRS.lines() {
            let &[_, outcome, sort, one, other] = &line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("not five columns: {line}");
            };
            let sort = if sort == "speaker" { Sort::Speaker } else { Sort::Thing };
            let (one, other) = (Name::new(one, sort), Name::new(other, sort));
            let likeness = one.likeness(&other);
            assert_eq!(likeness, other.likeness(&one));
            let (keys, other_keys) = (one.keys(), other.keys());
            // Names that are alike are only compared if they have a key in common.
            assert!(likeness.is_none() || keys.iter().any(|key| other_keys.contains(key)), "{line}");
            if likeness.is_some() != (outcome == "found") {
                wrong.push(line);
            }
        }
        assert_eq!(wrong, [""; 0]);
    }
}
