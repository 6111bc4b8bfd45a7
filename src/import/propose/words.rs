//! Splits a sentence into [`Word`]s.

/// A word and the punctuation around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    /// The word without the punctuation at its ends. `$` and `%` are parts of a word.
    pub(super) text: &'a str,
    /// Punctuation directly before the word, such as an opening quotation mark.
    pub(super) before: &'a str,
    /// Punctuation directly after the word, such as a comma.
    pub(super) behind: &'a str,
}

impl Word<'_> {
    /// Whether the word is one of `words`. Ignores upper and lower case of ASCII letters.
    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    /// Whether the word begins with a capital letter.
    pub(super) fn is_capitalised(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether only white space is between this word and the next.
    pub(super) fn is_joined(&self) -> bool {
        self.behind.is_empty()
    }
}

/// The words of a sentence, split at white space and em dashes. Punctuation that is not next to a word, such as a
/// dash between spaces, is stored with the word before it.
pub(super) fn words(sentence: &str) -> Vec<Word<'_>> {
    let belongs = |character: char| character.is_alphanumeric() || "$€£%~".contains(character);
    let mut words: Vec<Word<'_>> = Vec::new();
    for piece in sentence.split_inclusive(|character: char| character.is_whitespace() || character == '—') {
        let piece = piece.trim();
        let last = piece.char_indices().rfind(|&(_, character)| belongs(character));
        match (piece.find(belongs), last, words.last_mut()) {
            (Some(start), Some((last, character)), _) => {
                let part = |range: std::ops::Range<usize>| {
                    piece.get(range).expect("both ends are on character boundaries")
                };
                let end = last + character.len_utf8();
                words.push(Word {
                    text: part(start..end),
                    before: part(0..start),
                    behind: part(end..piece.len()),
                });
            }
            (_, _, Some(word)) if word.is_joined() => word.behind = piece,
            _ => {}
        }
    }
    words
}

/// Whether the words of `run` occur in a row. Ignores upper and lower case of ASCII letters.
pub(super) fn has_run(words: &[Word<'_>], run: &str) -> bool {
    find_run(words, run).is_some()
}

/// Index of the first word where the words of `run` occur in a row. Ignores upper and lower case of ASCII letters.
pub(super) fn find_run(words: &[Word<'_>], run: &str) -> Option<usize> {
    let run: Vec<&str> = run.split(' ').collect();
    words.windows(run.len()).position(|window| {
        std::iter::zip(window, &run).all(|(word, wanted)| word.text.eq_ignore_ascii_case(wanted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_leave_their_punctuation() {
        let found = words("\"It cost $2.40,\" he said (or 5%).");
        let texts: Vec<&str> = found.iter().map(|word| word.text).collect();
        assert_eq!(texts, ["It", "cost", "$2.40", "he", "said", "or", "5%"]);
        assert_eq!((found[0].before, found[2].behind), ("\"", ",\""));
    }
}
