//! Finds sentences in plain text and counts words, in any script, and escapes text for Markdown.

use unicode_segmentation::UnicodeSegmentation as _;

/// Words after which a full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "al", "approx", "apr", "aug", "cf", "co", "corp", "dec", "dr", "e.g", "etc", "feb", "fig", "figs", "gen",
    "i.e", "inc", "jan", "jul", "jun", "ltd", "mar", "mr", "mrs", "ms", "nov", "oct", "pp", "prof", "rep",
    "sec", "sen", "sep", "sept", "st", "vol", "vs",
];

/// Abbreviations before a number, which are words otherwise.
const BEFORE_NUMBERS: &[&str] = &["no", "p"];

/// Returns the byte positions where the sentences of a text end, after closing quotation marks and brackets. A
/// sentence ends with a stop, unless a lower-case letter follows. A full stop after an abbreviation or an initial does
/// not end a sentence, except at the end of the text.
pub fn sentence_ends(text: &str) -> impl DoubleEndedIterator<Item = usize> {
    text.char_indices().filter(|&(_, character)| is_stop(character)).filter_map(|(at, character)| {
        let after = text.get(at + character.len_utf8()..)?;
        let rest = after.trim_start_matches(['"', '”', '’', '\'', ')', ']', '»', '」']);
        let next = rest.trim_start();
        let next_sentence_starts = rest.is_empty()
            || is_full_width_stop(character)
            || (next.len() < rest.len() && !next.starts_with(char::is_lowercase));
        let is_full_stop = character == '.' && rest.len() == after.len() && !rest.is_empty();
        let is_end = next_sentence_starts && !(is_full_stop && ends_with_abbreviation(text.get(..at)?, next));
        is_end.then_some(text.len() - rest.len())
    })
}

/// Returns the sentences of a text, without white space around them.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut start = 0;
    let mut sentences = Vec::new();
    for end in sentence_ends(text).chain([text.len()]) {
        // After `?!`, both stops end at the same place.
        if end > start {
            sentences.push(text.get(start..end).unwrap_or_default().trim());
            start = end;
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Counts the words of a text, by the rules of Unicode Standard Annex 29. In scripts without spaces, each ideograph
/// counts as a word. ASCII text is cut at white space, which is faster and gives nearly the same number.
pub fn count_words(text: &str) -> usize {
    let count = |part: &str| if part.is_ascii() { 1 } else { part.unicode_words().count() };
    text.split_whitespace().map(count).sum()
}

fn is_stop(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…') || is_full_width_stop(character)
}

/// Whether a sentence can end with this character without a space after it.
fn is_full_width_stop(character: char) -> bool {
    matches!(character, '。' | '！' | '？')
}

/// Whether the text before a full stop ends with an abbreviation or an initial. `next` is the text after the stop.
fn ends_with_abbreviation(before: &str, next: &str) -> bool {
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let last = last.trim_start_matches(['(', '"', '“', '[']);
    let is_one_of = |words: &[&str]| words.iter().any(|known| last.eq_ignore_ascii_case(known));
    let is_initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase) && last != "I";
    let is_number_next = next.starts_with(|letter: char| letter.is_ascii_digit());
    is_initial || is_one_of(ABBREVIATIONS) || (is_number_next && is_one_of(BEFORE_NUMBERS))
}

/// Escapes a text, so that Markdown reads it literally.
pub(crate) fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.trim().chars() {
        if "\\`*_[]<>&~!#|:".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_the_next_begins() {
        let check = |text: &str, expected: &[&str]| assert_eq!(sentences(text), expected, "{text}");
        check("One. Two is 2.5 here! Three", &["One.", "Two is 2.5 here!", "Three"]);
        check("\"So what?\" she said. He left.", &["\"So what?\" she said.", "He left."]);
        check("Dr. Lind met J. Doe, e.g. there. Then", &["Dr. Lind met J. Doe, e.g. there.", "Then"]);
        check(
            "See Fig. 3 of Doe et al. They say no. Then?!",
            &["See Fig. 3 of Doe et al. They say no.", "Then?!"],
        );
        check("It is No. 5 on p. 3. Next", &["It is No. 5 on p. 3.", "Next"]);
        check("这是。那个。", &["这是。", "那个。"]);
        check("", &[]);
    }

    #[test]
    fn words_are_counted_in_every_script() {
        let check = |text: &str, expected: usize| assert_eq!(count_words(text), expected, "{text:?}");
        check("", 0);
        check(" It rose 2.5 % \u{b}in May \r\n 2026. ", 7);
        check("über\u{a0}all, “so”", 3);
        check("我们认为", 4);
        check("Привет мир", 2);
        check("— …", 0);
    }
}
