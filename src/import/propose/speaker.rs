//! Finds who asserts a sentence: the subject of its reporting verb. Surnames, pronouns and `the company` are
//! resolved with the names that have occurred in the article so far.

use super::lists::{BETWEEN, FORECASTING, JUDGING, REPORTING};
use super::names::{ArticleNames, joined, name_length, refer};
use super::words::{Word, find_run};

const PERSONAL: &[&str] = &["he", "she", "they"];

/// Who speaks in a sentence that has a reporting verb.
pub(super) enum Voice {
    /// A speaker other than the author: a name, or the noun that the text uses instead.
    Other(String),
    /// The author of the text, as `I` or `we`.
    Author,
}

/// The speaker of a sentence: the name after `according to`, or the subject of the first verb of reporting,
/// forecasting or judging that has a subject.
pub(super) fn voice(words: &[Word<'_>], names: &ArticleNames) -> Option<Voice> {
    if let Some(at) = find_run(words, "according to") {
        let name = noun_phrase(words, at + 2)?;
        return Some(Voice::Other(refer(&name, names)));
    }
    let is_verb = |word: &Word<'_>| {
        [&REPORTING, &FORECASTING, &JUDGING].iter().any(|verbs| word.is_one_of(verbs))
            && !word.is_capitalised()
    };
    let verbs = words.iter().enumerate().filter(|(_, word)| is_verb(word)).map(|(at, _)| at);
    verbs.into_iter().find_map(|verb| subject(words, verb, names))
}

/// Whether a sentence contains a reporting verb or `according to`.
pub(super) fn reports(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| word.is_one_of(&REPORTING)) || find_run(words, "according to").is_some()
}

fn subject(words: &[Word<'_>], verb: usize, names: &ArticleNames) -> Option<Voice> {
    let mut last = verb.checked_sub(1);
    while let Some(at) = last.filter(|&at| words[at].is_one_of(&BETWEEN)) {
        last = at.checked_sub(1);
    }
    let Some(last) = last else { return inverted(words, verb, names) };
    let word = &words[last];
    if word.is_one_of(&["i", "we"]) && !is_quoted(words, last) {
        return Some(Voice::Author);
    }
    if word.is_one_of(PERSONAL) && !is_quoted(words, last) {
        return names.last_person.clone().map(Voice::Other);
    }
    let may_be_inverted =
        ends_quotation(word) || (word.behind.contains(',') && !opens_apposition(words, last));
    if let Some(voice) = may_be_inverted.then(|| inverted(words, verb, names)).flatten() {
        return Some(voice);
    }
    if word.behind.contains(',') {
        // In `Ines Okafor, who leads the team, said`, the subject is the name before the first comma.
        let comma = words.iter().position(|word| word.behind.contains(','))?;
        let name = (comma < last).then(|| name_ending(words, comma)).flatten()?;
        return Some(Voice::Other(refer(&name, names)));
    }
    if is_quoted(words, last) {
        return None;
    }
    if let Some(name) = name_ending(words, last) {
        // In `Ada Nwosu of the clerks' union disputes`, the subject is the name before `of`.
        let whole = name_beginning(words, last).filter(|_| !starts_clause(words, last, &name));
        return Some(Voice::Other(refer(&whole.unwrap_or(name), names)));
    }
    common_subject(words, last, names)
}

/// A subject that follows its verb, as in `", said Odile Marsh, chief executive`.
fn inverted(words: &[Word<'_>], verb: usize, names: &ArticleNames) -> Option<Voice> {
    let length = name_length(words, verb + 1);
    let name = joined(words.get(verb + 1..verb + 1 + length)?);
    (length > 0).then(|| Voice::Other(refer(&name, names)))
}

/// A subject that is a noun and not a name: `The authors`, `Managers`, `A teacher in the third row`.
fn common_subject(words: &[Word<'_>], last: usize, names: &ArticleNames) -> Option<Voice> {
    let start = words[..last].iter().rposition(|word| !word.is_joined()).map_or(0, |at| at + 1);
    let phrase = words.get(start..=last)?;
    if let Some(name) = name_beginning(words, last) {
        return Some(Voice::Other(refer(&name, names)));
    }
    let cut =
        phrase.iter().position(|word| word.is_one_of(&["in", "of", "at", "from", "for", "who", "with"]));
    let head = phrase.get(..cut.unwrap_or(phrase.len()))?;
    let is_short = (1..=3).contains(&head.len());
    let is_noun = head.len() > 1 && head[0].is_one_of(&["the", "a", "an", "its", "their"])
        || head.len() == 1 && head[0].text.ends_with('s') && head[0].text.len() > 4;
    let name = joined(head).to_lowercase();
    (is_short && is_noun).then(|| Voice::Other(refer(&name, names)))
}

/// The name that begins at the index `at`, or the noun with its article.
fn noun_phrase(words: &[Word<'_>], at: usize) -> Option<String> {
    let length = name_length(words, at);
    if length > 0 {
        return Some(joined(&words[at..at + length]));
    }
    let article = words.get(at)?;
    let noun =
        words.get(at + 1).filter(|_| article.is_one_of(&["the", "a", "an", "its"]) && article.is_joined())?;
    Some(format!("{} {}", article.text.to_lowercase(), noun.text))
}

/// The name whose last word is at the index `last`.
fn name_ending(words: &[Word<'_>], last: usize) -> Option<String> {
    let start =
        (last.saturating_sub(5)..=last).find(|&start| start + name_length(words, start) == last + 1)?;
    Some(joined(&words[start..=last]))
}

/// The name at the beginning of the clause that ends at the index `last`, if `of`, `at` or `from` follows the name.
fn name_beginning(words: &[Word<'_>], last: usize) -> Option<String> {
    let start = words[..last].iter().rposition(|word| !word.is_joined()).map_or(0, |at| at + 1);
    let length = name_length(words, start);
    let of = words.get(start + length).filter(|word| length > 0 && word.is_one_of(&["of", "at", "from"]))?;
    (of.is_joined() && start + length < last).then(|| joined(&words[start..start + length]))
}

fn starts_clause(words: &[Word<'_>], last: usize, name: &str) -> bool {
    let length = name.split(' ').count();
    last + 1 == length || words.get(last - length).is_some_and(|word| !word.is_joined())
}

fn opens_apposition(words: &[Word<'_>], last: usize) -> bool {
    let comma = words.iter().position(|word| word.behind.contains(','));
    comma.is_some_and(|comma| comma < last && name_ending(words, comma).is_some() && !is_quoted(words, comma))
}

fn ends_quotation(word: &Word<'_>) -> bool {
    word.behind.contains(['"', '”', '»', '’'])
}

/// Whether a word is between quotation marks.
fn is_quoted(words: &[Word<'_>], at: usize) -> bool {
    let opens = |word: &Word<'_>| word.before.contains(['"', '“', '«']);
    let closes = |word: &Word<'_>| word.behind.contains(['"', '”', '»']);
    let mut is_open = false;
    for word in &words[..=at] {
        is_open |= opens(word);
        if closes(word) {
            is_open = false;
        }
    }
    is_open
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn the_subject_of_the_reporting_verb_speaks() {
        let check = |sentence: &str, expected: Option<&str>| {
            let mut names = ArticleNames::default();
            names.learn(&words("Jane Doe works at Sample Lab."));
            names.heard("Jane Doe");
            let found = voice(&words(sentence), &names).map(|voice| match voice {
                Voice::Other(name) => name,
                Voice::Author => "author".to_owned(),
            });
            assert_eq!(found.as_deref(), expected, "{sentence}");
        };
        check("Doe said that it works.", Some("Jane Doe"));
        check("She also said so.", Some("Jane Doe"));
        check("\"It works,\" Doe said.", Some("Jane Doe"));
        check("“It works,” said Rik Moor, who built it.", Some("Rik Moor"));
        check("Rik Moor, a builder from the coast, said no.", Some("Rik Moor"));
        check("The company says it works.", Some("Sample Lab"));
        check("According to Sample Lab, it works.", Some("Sample Lab"));
        check("The builders claim that it works.", Some("the builders"));
        check("We think that it works.", Some("author"));
        check("It works.", None);
    }
}
