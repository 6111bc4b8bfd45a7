//! Normalises text for the comparison of quotations with their sources ([`Normalised`]). It removes differences
//! that do not change what is said.

use std::ops::Range;

use crate::digest::digest;

/// A text in the form in which quotations are compared.
///
/// - A run of white space, including no-break spaces and line breaks, becomes one space. There is no white space at
///   the start or the end.
/// - Soft hyphens, zero-width spaces, word joiners, byte order marks and the controls and marks of the direction of
///   writing (Unicode Standard Annex 9, section 2) are removed, because they are invisible. Zero-width joiners
///   stay, because they are part of the spelling in some scripts.
/// - Typographic quotation marks (U+2018 to U+201F) are compared as `'` and `"`. All other characters are compared
///   as they are, including dashes, guillemets and letter case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalised {
    /// The normalised text with its original quotation marks.
    text: String,
    /// The normalised text with `'` and `"` as quotation marks. It has as many characters as `text`.
    search_text: String,
}

impl Normalised {
    /// Normalises a text.
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut is_after_space = true;
        for character in original.chars().filter(|character| !is_invisible(*character)) {
            if !character.is_whitespace() {
                text.push(character);
            } else if !is_after_space {
                text.push(' ');
            }
            is_after_space = character.is_whitespace();
        }
        text.truncate(text.trim_end().len());
        let key = text.chars().map(plain_quotation_mark).collect();
        Self { text, search_text: key }
    }

    /// Returns the normalised text with its original quotation marks.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether two texts consist of the same words. Typographic and plain quotation marks are equal.
    pub fn has_same_words(&self, other: &Self) -> bool {
        self.search_text == other.search_text
    }

    /// Returns the SHA-256 of the words in hexadecimal digits. Texts for which [`Self::has_same_words`] is true have the
    /// same digest.
    pub fn digest(&self) -> String {
        digest(self.search_text.as_bytes())
    }

    /// Returns the text that is searched: it has `'` and `"` as quotation marks.
    pub(super) fn search_text(&self) -> &str {
        &self.search_text
    }

    /// Returns the number of characters before a byte offset of the key. The W3C Web Annotation Data Model counts
    /// positions in characters.
    pub(super) fn characters_before(&self, byte: usize) -> usize {
        self.search_text.get(..byte).map_or(0, |before| before.chars().count())
    }

    /// Returns the text with its original quotation marks for a byte range of the key.
    pub(super) fn original_text(&self, range: Range<usize>) -> String {
        let start = self.characters_before(range.start);
        let length = self.search_text.get(range).map_or(0, |part| part.chars().count());
        self.text.chars().skip(start).take(length).collect()
    }
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn plain_quotation_mark(character: char) -> char {
    match character {
        '\u{2018}'..='\u{201b}' => '\'',
        '\u{201c}'..='\u{201f}' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_quotation_marks_do_not_count_and_everything_else_does() {
        let check = |one: &str, other: &str, same: bool| {
            assert_eq!(
                Normalised::new(one).has_same_words(&Normalised::new(other)),
                same,
                "{one:?} {other:?}"
            );
        };
        check("52 times\nspeedup ", " 52\u{a0}times \t speedup", true);
        check("“it’s ‘so’”", "\"it's 'so'\"", true);
        check("self\u{ad}-im\u{200b}prov\u{2060}ing", "self-improving", true);
        check("\u{2067}שלום\u{2069} \u{202a}world\u{202c}", "שלום world", true);
        check("The small one won \u{200f}10 / 90\u{200e}\u{61c}", "The small one won 10 / 90", true);
        check("a – b", "a - b", false);
        check("«so»", "\"so\"", false);
        check("The loop", "the loop", false);
        check("52", "52.", false);
        check("क\u{94d}\u{200d}ष", "क\u{94d}ष", false);
    }

    #[test]
    fn the_original_keeps_its_marks() {
        let text = Normalised::new("she said  “it’s\nover” then");
        assert_eq!(text.search_text(), "she said \"it's over\" then");
        assert_eq!(text.original_text(9..20), "“it’s over”");
        assert_eq!(text.characters_before(20), 20);
    }
}
