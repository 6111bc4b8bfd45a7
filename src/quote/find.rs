//! Finds the words of a quotation in the text of a source. A match is exact after normalisation ([`Normalised`])
//! and contains all of the words.

use std::ops::Range;

use super::Normalised;

/// Number of characters of context on each side at the first attempt. The context is then shortened to whole words.
const MIN_CONTEXT: usize = 32;

/// Largest number of characters of context on each side. If a passage is still not unique with this context, only
/// its position identifies it.
const MAX_CONTEXT: usize = 1024;

/// A passage, identified by its words and by the text around it (W3C Web Annotation Data Model, section 4.2.4). Its
/// typography is that of the source; runs of white space are one space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextQuoteSelector {
    /// Words of the passage.
    pub exact: String,
    /// Text directly before the words; empty at the start of the source.
    pub prefix: String,
    /// Text directly after the words; empty at the end of the source.
    pub suffix: String,
}

/// The position of words in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The words and the text around them, enough to distinguish this passage from all others.
    pub selector: TextQuoteSelector,
    /// Start of the passage in the normalised text, in characters (Unicode code points).
    pub start: usize,
    /// End of the passage in the normalised text, in characters (Unicode code points), exclusive.
    pub end: usize,
    /// Whether the words occur again later in the text. The passage is their first occurrence.
    pub is_repeated: bool,
}

impl Normalised {
    /// Returns the first occurrence of `words` in this text.
    pub fn find(&self, words: &Self) -> Option<Passage> {
        let mut occurrences = occurrences(self.search_text(), words.search_text());
        let range = occurrences.next()?;
        let is_repeated = occurrences.next().is_some();
        let with_context = self.unique_context(&range);
        Some(Passage {
            selector: TextQuoteSelector {
                exact: self.original_text(range.clone()),
                prefix: self.original_text(with_context.start..range.start),
                suffix: self.original_text(range.end..with_context.end),
            },
            start: self.characters_before(range.start),
            end: self.characters_before(range.end),
            is_repeated,
        })
    }

    /// Returns the largest number of first words of `words` that occur in this text as one run, and up to six words
    /// that follow the first occurrence of that run. At least the last word is left out of the run, because
    /// [`Self::find`] looks for all words.
    pub fn longest_matching_start(&self, words: &Self) -> (usize, String) {
        let ends: Vec<usize> = words.search_text().match_indices(' ').map(|(at, _)| at).collect();
        let head = |count: usize| ends.get(count - 1).and_then(|&end| words.search_text().get(..end));
        // A longer run occurs only where a shorter one does, so a binary search finds the longest run.
        let (mut found, mut missing) = (0, ends.len() + 1);
        while missing - found > 1 {
            let middle = usize::midpoint(found, missing);
            let occurs =
                head(middle).is_some_and(|head| occurrences(self.search_text(), head).next().is_some());
            if occurs { found = middle } else { missing = middle }
        }
        let range = (found > 0).then(|| occurrences(self.search_text(), head(found)?).next()).flatten();
        let after = range.and_then(|range| self.search_text().get(range.end..)).unwrap_or_default();
        let next: Vec<&str> = after.split_whitespace().take(6).collect();
        (found, next.join(" "))
    }

    /// Returns the range of the passage with enough context to be unique in the text. The context consists of whole
    /// words.
    fn unique_context(&self, range: &Range<usize>) -> Range<usize> {
        let mut characters = MIN_CONTEXT;
        loop {
            let around = self.context_start(range.start, characters)..self.context_end(range.end, characters);
            if characters >= MAX_CONTEXT || occurs_once(self.search_text(), &around) {
                return around;
            }
            characters *= 2;
        }
    }

    fn context_start(&self, passage_start: usize, characters: usize) -> usize {
        let before =
            self.search_text().get(..passage_start).expect("a passage begins on a character boundary");
        let Some((start, _)) = before.char_indices().rev().nth(characters - 1) else { return 0 };
        let is_cut = !before.get(..start).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        let space = before.get(start..).and_then(|part| part.find(' ')).filter(|_| is_cut);
        space.map_or(start, |space| start + space + 1)
    }

    fn context_end(&self, passage_end: usize, characters: usize) -> usize {
        let after = self.search_text().get(passage_end..).expect("a passage ends on a character boundary");
        let Some((end, _)) = after.char_indices().nth(characters) else { return self.search_text().len() };
        let is_cut = !after.get(end..).is_some_and(|rest| rest.starts_with(' '));
        let space = after.get(..end).and_then(|part| part.rfind(' ')).filter(|_| is_cut);
        passage_end + space.unwrap_or(end)
    }
}

/// Returns the occurrences of `words` in `text` as whole words: `2 times` does not occur in `52 times`, nor `5` in
/// `5.2`. Occurrences do not overlap.
fn occurrences<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let hits = text.match_indices(words).filter(move |_| !words.is_empty());
    hits.map(|(at, words)| at..at + words.len()).filter(|range| is_whole_words(text, range))
}

fn is_whole_words(text: &str, range: &Range<usize>) -> bool {
    let (before, rest) = text.split_at(range.start);
    let (words, behind) = rest.split_at(range.len());
    let mut before = before.chars().rev();
    let mut behind = behind.chars();
    let (first, outside, beyond) = (words.chars().next(), before.next(), before.next());
    !word_continues(first, outside, beyond)
        && !has_sign_before(first, outside, beyond)
        && !word_continues(words.chars().next_back(), behind.next(), behind.next())
}

/// Whether a word or number continues across the end of a match. `inside` is the last character of the match at
/// that end, `outside` the next one, and `beyond` the one after that.
fn word_continues(inside: Option<char>, outside: Option<char>, beyond: Option<char>) -> bool {
    let matches = |character: Option<char>, test: fn(char) -> bool| character.is_some_and(test);
    let is_digit = |character| matches(character, |character| character.is_ascii_digit());
    let is_number =
        is_digit(inside) && matches(outside, |mark| matches!(mark, '.' | ',' | '/')) && is_digit(beyond);
    // Typographic apostrophes were made straight.
    let is_contraction =
        matches(inside, is_word_character) && outside == Some('\'') && matches(beyond, char::is_alphabetic);
    is_number || is_contraction || (matches(inside, is_word_character) && matches(outside, is_word_character))
}

/// Whether a number at the beginning of a match has a sign before it, which is not in the match: `5 degrees` does not
/// occur in `-5 degrees`. Between two words or numbers, the same mark is a hyphen or a range.
fn has_sign_before(inside: Option<char>, outside: Option<char>, beyond: Option<char>) -> bool {
    let is_mark = outside.is_some_and(|mark| matches!(mark, '-' | '\u{2212}'));
    inside.is_some_and(|digit| digit.is_ascii_digit())
        && is_mark
        && !beyond.is_some_and(char::is_alphanumeric)
}

/// Whether a character is a letter or digit of a script that separates words by spaces. South-East Asian and East
/// Asian scripts do not, so a quotation may begin at any character in them.
fn is_word_character(character: char) -> bool {
    let is_unspaced = matches!(
        character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..
    );
    character.is_alphanumeric() && !is_unspaced
}

/// Whether the text in a range occurs only once in the whole text. Overlapping occurrences count as well.
fn occurs_once(text: &str, range: &Range<usize>) -> bool {
    let Some(part) = text.get(range.clone()) else { return true };
    let next = range.start + part.chars().next().map_or(0, char::len_utf8);
    text.find(part) == Some(range.start) && !text.get(next..).is_some_and(|rest| rest.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, words: &str) -> Option<Passage> {
        Normalised::new(text).find(&Normalised::new(words))
    }

    #[test]
    fn whole_words_are_found_and_nothing_else() {
        let check = |text: &str, words: &str, found: bool| {
            assert_eq!(find(text, words).is_some(), found, "{words:?} in {text:?}");
        };
        check("It hit 52 times speedup.", "52 times", true);
        check("It hit 52 times speedup.", "2 times", false);
        check("It hit 52 times speedup.", "52 time", false);
        check("It grew 5.2 times.", "2 times", false);
        check("It grew by 5.2", "by 5", false);
        check("It grew by 5.", "by 5", true);
        check("It can. He can.", "he can", false);
        check("We can’t do it.", "we can", false);
        check("We can't do it.", "We can", false);
        check("Its users' words.", "Its users", true);
        check("At -5 degrees.", "5 degrees", false);
        check("At \u{2212}5 degrees.", "5 degrees", false);
        check("In 2-5 days, a top-5 list.", "5 days", true);
        check("In a top-5 list.", "5 list", true);
        check("1/2 people came.", "2 people", false);
        check("And/or 2 people.", "or 2 people", true);
        check("我们认为进步是不可避免的。", "进步是不可避免", true);
        check("It hit 52 times.", "", false);
        check("", "52", false);
    }

    #[test]
    fn positions_count_characters_of_the_folded_text() {
        let passage = find("  Ein “großer”\n\n Satz", "\"großer\" Satz").expect("the words occur");
        assert_eq!((passage.start, passage.end, passage.is_repeated), (4, 17, false));
        assert_eq!(passage.selector.exact, "“großer” Satz");
        assert_eq!((passage.selector.prefix.as_str(), passage.selector.suffix.as_str()), ("Ein ", ""));
    }

    #[test]
    fn context_grows_until_the_passage_is_alone() {
        let same = "and the very same long words stand before it, so that short context will not do: ";
        let text = format!("First {same}it happened. Then {same}it happened again.");
        let passage = find(&text, "it happened").expect("the words occur");
        assert!(passage.is_repeated);
        assert_eq!(passage.start, 6 + same.len());
        assert!(text.contains(&format!("{}it happened{}", passage.selector.prefix, passage.selector.suffix)));
        let around = format!("{}it happened{}", passage.selector.prefix, passage.selector.suffix);
        assert_eq!(text.matches(&around).count(), 1, "{around}");
        assert!(passage.selector.prefix.len() >= MIN_CONTEXT);
    }

    #[test]
    fn context_is_whole_words() {
        let text = "abcdefghij klmnopqrst uvwxyz abcdefghij here abcdefghij klmnopqrst uvwxyz abcdefghij";
        let selector = find(text, "here").expect("the words occur").selector;
        assert_eq!(selector.prefix, "klmnopqrst uvwxyz abcdefghij ");
        assert_eq!(selector.suffix, " abcdefghij klmnopqrst uvwxyz");
    }

    #[test]
    fn text_that_repeats_without_end_is_no_trouble() {
        let passage = find(&"a ".repeat(1_000_000), "a a").expect("the words occur");
        assert_eq!((passage.start, passage.is_repeated), (0, true));
    }

    #[test]
    fn the_words_that_are_there_are_counted() {
        let check = |words: &str, count: usize, next: &str| {
            let found = Normalised::new("The loop is not yet closed, he said.")
                .longest_matching_start(&Normalised::new(words));
            assert_eq!(found, (count, next.to_owned()), "{words}");
        };
        check("The loop is not fully autonomous", 4, "yet closed, he said.");
        check("A loop is", 0, "");
        check("One", 0, "");
    }
}
