//! Finds [`Normalised`] words in a [`Normalised`] text as a [`Passage`]: all of the words, exactly, or nothing.

use std::ops::Range;

use super::Normalised;

/// Fewest characters of context on each side.
const CONTEXT: usize = 32;

/// Most characters of context on each side. A passage that is still not alone with these is told from
/// the others by its position only.
const MOST_CONTEXT: usize = 1024;

/// A passage by its words and those around it (W3C Web Annotation Data Model, 4.2.4), in the
/// typography of the source, white space folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextQuoteSelector {
    /// The words.
    pub exact: String,
    /// What stands directly before them; empty at the start of the text.
    pub prefix: String,
    /// What stands directly behind them; empty at the end of the text.
    pub suffix: String,
}

/// Where words stand in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The words, and enough around them to tell the passage from all others.
    pub selector: TextQuoteSelector,
    /// Characters (Unicode code points) of the normalised text before the passage.
    pub start: usize,
    /// Characters up to the end of the passage.
    pub end: usize,
    /// The words stand elsewhere in the text, too; this is the first place.
    pub is_repeated: bool,
}

impl Normalised {
    /// The first place where `words` stand in this text.
    pub fn find(&self, words: &Self) -> Option<Passage> {
        let mut places = places(self.key(), words.key());
        let place = places.next()?;
        let is_repeated = places.next().is_some();
        let around = self.context(&place);
        Some(Passage {
            selector: TextQuoteSelector {
                exact: self.original(place.clone()),
                prefix: self.original(around.start..place.start),
                suffix: self.original(place.end..around.end),
            },
            start: self.characters_before(place.start),
            end: self.characters_before(place.end),
            is_repeated,
        })
    }

    /// How many of the first words of `words` stand in this text together, and what the text says
    /// behind them, at the first place where so many do.
    pub fn longest_start(&self, words: &Self) -> (usize, String) {
        let ends: Vec<usize> = words.key().match_indices(' ').map(|(at, _)| at).collect();
        let head = |count: usize| ends.get(count - 1).and_then(|&end| words.key().get(..end));
        // More words are never easier to find than fewer, so halving finds where they stop.
        let (mut found, mut missing) = (0, ends.len() + 1);
        while missing - found > 1 {
            let middle = usize::midpoint(found, missing);
            let is_there = head(middle).is_some_and(|head| places(self.key(), head).next().is_some());
            if is_there { found = middle } else { missing = middle }
        }
        let place = (found > 0).then(|| places(self.key(), head(found)?).next()).flatten();
        let behind = place.and_then(|place| self.key().get(place.end..)).unwrap_or_default();
        let next: Vec<&str> = behind.split_whitespace().take(6).collect();
        (found, next.join(" "))
    }

    /// The passage with as much around it as tells it from every other, in whole words.
    fn context(&self, place: &Range<usize>) -> Range<usize> {
        let mut characters = CONTEXT;
        loop {
            let around =
                self.start_of_context(place.start, characters)..self.end_of_context(place.end, characters);
            if characters >= MOST_CONTEXT || is_alone(self.key(), &around) {
                return around;
            }
            characters *= 2;
        }
    }

    fn start_of_context(&self, place: usize, characters: usize) -> usize {
        let before = self.key().get(..place).unwrap_or_default();
        let Some((start, _)) = before.char_indices().rev().nth(characters - 1) else { return 0 };
        let is_cut = !before.get(..start).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        let space = before.get(start..).and_then(|part| part.find(' ')).filter(|_| is_cut);
        space.map_or(start, |space| start + space + 1)
    }

    fn end_of_context(&self, place: usize, characters: usize) -> usize {
        let behind = self.key().get(place..).unwrap_or_default();
        let Some((end, _)) = behind.char_indices().nth(characters) else { return self.key().len() };
        let is_cut = !behind.get(end..).is_some_and(|rest| rest.starts_with(' '));
        let space = behind.get(..end).and_then(|part| part.rfind(' ')).filter(|_| is_cut);
        place + space.unwrap_or(end)
    }
}

/// Where `words` stand in `text` as whole words: `2 times` does not stand in `52 times`, nor `5` in
/// `5.2`. Places do not overlap.
fn places<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let hits = text.match_indices(words).filter(move |_| !words.is_empty());
    hits.map(|(at, words)| at..at + words.len()).filter(|place| is_whole(text, place))
}

fn is_whole(text: &str, place: &Range<usize>) -> bool {
    let (before, rest) = text.split_at(place.start);
    let (words, behind) = rest.split_at(place.len());
    let mut before = before.chars().rev();
    let mut behind = behind.chars();
    !runs_on(words.chars().next(), before.next(), before.next())
        && !runs_on(words.chars().next_back(), behind.next(), behind.next())
}

/// Whether a word or number goes on from the last character of some words, `inside`, to the next one
/// outside of them and the one beyond it.
fn runs_on(inside: Option<char>, outside: Option<char>, beyond: Option<char>) -> bool {
    let is = |character: Option<char>, holds: fn(char) -> bool| character.is_some_and(holds);
    let is_digit = |character| is(character, |character| character.is_ascii_digit());
    let is_number = is_digit(inside) && is(outside, |mark| matches!(mark, '.' | ',')) && is_digit(beyond);
    is_number || (is(inside, is_of_word) && is(outside, is_of_word))
}

/// A letter or digit of a script that puts spaces between words. South-East Asian and East Asian
/// scripts do not, so a quotation may begin anywhere in them.
fn is_of_word(character: char) -> bool {
    let is_unspaced = matches!(
        character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..
    );
    character.is_alphanumeric() && !is_unspaced
}

/// Whether what stands in a range stands nowhere else, not even overlapping itself.
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
        check("我们认为进步是不可避免的。", "进步是不可避免", true);
        check("It hit 52 times.", "", false);
        check("", "52", false);
    }

    #[test]
    fn positions_count_characters_of_the_folded_text() {
        let passage = find("  Ein “großer”\n\n Satz", "\"großer\" Satz").expect("it is there");
        assert_eq!((passage.start, passage.end, passage.is_repeated), (4, 17, false));
        assert_eq!(passage.selector.exact, "“großer” Satz");
        assert_eq!((passage.selector.prefix.as_str(), passage.selector.suffix.as_str()), ("Ein ", ""));
    }

    #[test]
    fn context_grows_until_the_passage_is_alone() {
        let same = "and the very same long words stand before it, so that short context will not do: ";
        let text = format!("First {same}it happened. Then {same}it happened again.");
        let passage = find(&text, "it happened").expect("it is there");
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
        let selector = find(text, "here").expect("it is there").selector;
        assert_eq!(selector.prefix, "klmnopqrst uvwxyz abcdefghij ");
        assert_eq!(selector.suffix, " abcdefghij klmnopqrst uvwxyz");
    }

    #[test]
    fn text_that_repeats_without_end_is_no_trouble() {
        let passage = find(&"a ".repeat(1_000_000), "a a").expect("it is there");
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
