//! Cuts texts into the words of the search index. `templates/assets/find.js` cuts queries by the same rules, and
//! `tests/search/words.json` has examples that both must agree on.
//!
//! Letters lose their accents and capitals (NFKD, Unicode Standard Annex 15). A few other letters are replaced by the
//! letters that people type who do not have them: `ø` is read as `o`. A word is a run of letters and digits. Single
//! Latin letters are left out, except beside `&`: `R&D` is `rd` and `AT&T` is `att`. A number keeps its decimals and loses
//! the commas between thousands. A number with a unit of ratio is a word of its own beside the number: `52 x`, `52-fold`
//! and `52 times` are `52x`; `60 percent` is `60%`.
//! Chinese and Japanese have no spaces, so each pair of neighbouring characters is a word.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longest word in characters. Only addresses and data are longer.
const MAX_LENGTH: usize = 40;

/// Words after a number that mean a ratio, and the sign that takes their place.
const UNITS: [(&str, &str); 7] =
    [("x", "x"), ("×", "x"), ("fold", "x"), ("times", "x"), ("%", "%"), ("percent", "%"), ("per cent", "%")];

/// Letters that have no accent to lose, and what people write for them who lack them.
const FOLDED: [(char, &str); 9] = [
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ı', "i"),
];

/// Calls `each` with each word of a text, in order.
pub(super) fn for_each_word(text: &str, mut each: impl FnMut(&str)) {
    let mut each = |word: &str| each(cut(word));
    let folded = folded(text);
    let mut rest = folded.as_ref();
    while let Some(start) = rest.find(|character: char| character.is_alphanumeric()) {
        rest = rest.get(start..).unwrap_or_default();
        rest = match rest.chars().next() {
            Some(first) if first.is_ascii_digit() => read_number(rest, &mut each),
            Some(first) if is_ideograph(first) => read_ideographs(rest, &mut each),
            _ => read_letters(rest, &mut each),
        };
    }
}

/// Returns a word without the letters beyond the longest length.
fn cut(word: &str) -> &str {
    word.char_indices().nth(MAX_LENGTH).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// Returns a text without accents and capitals.
fn folded(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        let plain = text.nfkd().filter(|&character| !is_combining_mark(character));
        let mut folded = String::with_capacity(text.len());
        for character in plain.flat_map(char::to_lowercase) {
            match FOLDED.iter().find(|(letter, _)| *letter == character) {
                Some((_, letters)) => folded.push_str(letters),
                None => folded.push(character),
            }
        }
        return folded.into();
    }
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        text.to_ascii_lowercase().into()
    } else {
        text.into()
    }
}

/// Reads the number at the start of a text, and the letters behind it if there are any (`4o`, `52b`). Returns the rest.
fn read_number<'t>(text: &'t str, each: &mut impl FnMut(&str)) -> &'t str {
    let mut end = 0;
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    while is_digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && is_digit(end + 1)) {
        end += 1;
    }
    let (number, after) = text.split_at(end);
    let number = number.replace(',', "");
    let spaced = after.strip_prefix([' ', '-', '\u{a0}']).unwrap_or(after);
    let unit = UNITS.iter().find_map(|(word, sign)| {
        let behind = spaced.strip_prefix(word)?;
        let is_whole = !word.ends_with(char::is_alphabetic) || !behind.starts_with(char::is_alphanumeric);
        is_whole.then_some((*sign, behind))
    });
    if let Some((sign, behind)) = unit {
        each(&[&number, sign].concat());
        each(&number);
        return behind;
    }
    if !after.starts_with(|character: char| character.is_alphabetic() && !is_ideograph(character)) {
        each(&number);
        return after;
    }
    let end = word_end(after);
    let (letters, rest) = after.split_at(end);
    each(&[&number, letters].concat());
    rest
}

/// Reads the word at the start of a text, and returns the rest.
fn read_letters<'t>(text: &'t str, each: &mut impl FnMut(&str)) -> &'t str {
    let (word, rest) = text.split_at(word_end(text));
    let spaced = rest.strip_prefix(" & ").filter(|_| word.len() == 1);
    let behind = spaced.or_else(|| rest.strip_prefix('&')).filter(|_| word.is_ascii() && word.len() < 3);
    let second = behind.map(|behind| behind.split_at(word_end(behind)));
    let Some((second, behind)) = second.filter(|(second, _)| matches!(second.as_bytes(), [b'a'..=b'z']))
    else {
        if word.len() > 1 {
            each(word);
        }
        return rest;
    };
    each(&[word, second].concat());
    behind
}

/// Reads the ideographs at the start of a text, and returns the rest.
fn read_ideographs<'t>(text: &'t str, each: &mut impl FnMut(&str)) -> &'t str {
    let end = text.find(|character| !is_ideograph(character)).unwrap_or(text.len());
    let (run, rest) = text.split_at(end);
    let mut places = run.char_indices().map(|(at, _)| at).chain([run.len()]);
    let starts: Vec<usize> = places.by_ref().collect();
    if starts.len() == 2 {
        each(run);
    }
    for pair in starts.windows(3) {
        each(run.get(pair[0]..pair[2]).unwrap_or_default());
    }
    rest
}

/// Returns the byte where the run of letters and digits at the start of a text ends.
fn word_end(text: &str) -> usize {
    text.find(|character: char| !character.is_alphanumeric() || is_ideograph(character)).unwrap_or(text.len())
}

/// Whether a character belongs to a script that is written without spaces: Han, Hiragana or Katakana.
fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn texts_are_cut_as_in_the_examples() {
        let examples: BTreeMap<String, Vec<String>> =
            serde_json::from_str(include_str!("../../../tests/search/words.json"))
                .expect("a table of examples");
        for (text, expected) in examples {
            let mut words = Vec::new();
            for_each_word(&text, |word| words.push(word.to_owned()));
            assert_eq!(words, expected, "{text}");
        }
    }

    #[test]
    fn long_words_are_cut() {
        for long in ["a".repeat(500), "1".repeat(500), format!("1{}", "a".repeat(500))] {
            let mut words = Vec::new();
            for_each_word(&long, |word| words.push(word.len()));
            assert_eq!(words, [MAX_LENGTH], "{long}");
        }
    }
}
