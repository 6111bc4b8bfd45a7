//! Finds the words of a quotation in the text of a source. A match is exact after normalisation ([`Normalised`])
//! and contains all of the words.

use std::ops::Range;

use super::Normalised;

/// Number of characters of context on each side at the first attempt. The context is then shortened to whole words.
const CONTEXT: usize = 32;

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
        let mut places = places(self.key(), words.key());
        let range = places.next()?;
        let is_repeated = places.next().is_some();
        let around = self.context(&range);
        Some(Passage {
            selector: TextQuoteSelector {
                exact: self.original(range.clone()),
                prefix: self.original(around.start..range.start),
                suffix: self.original(range.end..around.end),
            },
            start: self.characters_before(range.start),
            end: self.characters_before(range.end),
            is_repeated,
        })
    }

    /// Returns the largest number of first words of `words` that occur in this text as one run, and up to six words
    /// that follow the first occurrence of that run. At least the last word is left out of the run, because
    /// [`Self::find`] looks for all words.
    pub fn longest_start(&self, words: &Self) -> (usize, String) {
        let ends: Vec<usize> = words.key().match_indices(' ').map(|(at, _)| at).collect();
        let head = |count: usize| ends.get(count - 1).and_then(|&end| words.key().get(..end));
        // A longer run occurs only where a shorter one does, so a binary search finds the longest run.
        let (mut found, mut missing) = (0, ends.len() + 1);
        while missing - found > 1 {
            let middle = usize::midpoint(found, missing);
            let is_there = head(middle).is_some_and(|head| places(self.key(), head).next().is_some());
            if is_there { found = middle } else { missing = middle }
        }
        let range = (found > 0).then(|| places(self.key(), head(found)?).next()).flatten();
        let behind = range.and_then(|range| self.key().get(range.end..)).unwrap_or_default();
        let next: Vec<&str> = behind.split_whitespace().take(6).collect();
        (found, next.join(" "))
    }

    /// Returns the range of the passage with enough context to be unique in the text. The context consists of whole
    /// words.
    fn context(&self, range: &Range<usize>) -> Range<usize> {
        let mut characters = CONTEXT;
        loop {
            let around =
                self.start_of_context(range.start, characters)..self.end_of_context(range.end, characters);
            if characters >= MAX_CONTEXT || is_alone(self.key(), &around) {
                return around;
            }
            characters *= 2;
        }
    }

    fn start_of_context(&self, range: usize, characters: usize) -> usize {
        let before = self.key().get(..range).expect("a passage begins on a character boundary");
        let Some((start, _)) = before.char_indices().rev().nth(characters - 1) else { return 0 };
        let is_cut = !before.get(..start).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        let space = before.get(start..).and_then(|part| part.find(' ')).filter(|_| is_cut);
        space.map_or(start, |space| start + space + 1)
    }

    fn end_of_context(&self, range: usize, characters: usize) -> usize {
        let behind = self.key().get(range..).expect("a passage ends on a character boundary");
        let Some((end, _)) = behind.char_indices().nth(characters) else { return self.key().len() };
        let is_cut = !behind.get(end..).is_some_and(|rest| rest.starts_with(' '));
        let space = behind.get(..end).and_then(|part| part.rfind(' ')).filter(|_| is_cut);
        range + space.unwrap_or(end)
    }
}

/// Returns the occurrences of `words` in `text` as whole words: `2 times` does not occur in `52 times`, nor `5` in
/// `5.2`. Occurrences do not overlap.
fn places<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let hits = text.match_indices(words).filter(move |_| !words.is_empty());
    hits.map(|(at, words)| at..at + words.len()).filter(|range| is_whole(text, range))
}

fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let (before, rest) = text.split_at(range.start);
    let (words, behind) = rest.split_at(range.len());
    let mut before = before.chars().rev();
    let mut behind = behind.chars();
    let (first, outside, beyond) = (words.chars().next(), before.next(), before.next());
    !runs_on(first, outside, beyond)
        && !lacks_sign(first, outside, beyond)
        && !runs_on(words.chars().next_back(), behind.next(), behind.next())
}

/// Whether a word or number continues across the end of a match. `inside` is the last character of the match at
/// that end, `outside` the next one, and `beyond` the one after that.
fn runs_on(inside: Option<char>, outside: Option<char>, beyond: Option<char>) -> bool {
    let is = |character: Option<char>, test: fn(char) -> bool| character.is_some_and(test);
    let is_digit = |character| is(character, |character| character.is_ascii_digit());
    let is_number =
        is_digit(inside) && is(outside, |mark| matches!(mark, '.' | ',' | '/')) && is_digit(beyond);
    // Typographic apostrophes were made straight.
    let is_contraction = is(inside, is_of_word) && outside == Some('\'') && is(beyond, char::is_alphabetic);
    is_number || is_contraction || (is(inside, is_of_word) && is(outside, is_of_word))
}

/// Whether a number at the beginning of a match has a sign before it, which is not in the match: `5 degrees` does not
/// occur in `-5 degrees`. Between two words or numbers, the same mark is a hyphen or a range.
fn lacks_sign(inside: Option<char>, outside: Option<char>, beyond: Option<char>) -> bool {
    let is_mark = outside.is_some_and(|mark| matches!(mark, '-' | '\u{2212}'));
    inside.is_some_and(|digit| digit.is_ascii_digit())
        && is_mark
        && !beyond.is_some_and(char::is_alphanumeric)
}

/// Whether a character is a letter or digit of a script that separates words by spaces. South-East Asian and East
/// Asian scripts do not, so a quotation may begin at any character in them.
fn is_of_word(character: char) -> bool {
    let is_unspaced = matches!(
        character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..
    );
    character.is_alphanumeric() && !is_unspaced
}

/// Whether the text in a range occurs only once in the whole text. Overlapping occurrences count as well.
fn is_alone(text: &str, range: &Range<usize>) -> bool {
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
        assert!(passage.selector.prefix.len() >= CONTEXT);
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
                .longest_start(&Normalised::new(words));
            assert_eq!(found, (count, next.to_owned()), "{words}");
        };
        check("The loop is not fully autonomous", 4, "yet closed, he said.");
        check("A loop is", 0, "");
        check("One", 0, "");
    }
}
