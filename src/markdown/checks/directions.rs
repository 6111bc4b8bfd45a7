//! Finds characters that change the direction of writing and have no matching end (Unicode Standard Annex 9,
//! section 2). Such a character would reverse the text after it: "12 %" after U+202E reads as "% 21". Text in
//! Arabic or Hebrew does not need these characters. Next to such letters, the marks U+200E, U+200F and U+061C are
//! part of the spelling. In a line without such letters they only reverse numbers: browsers show "10 / 90" after
//! U+200F as "90 / 10".

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use crate::markdown::inline::{PlacedEvent, is_block};

/// Effect of a character on the direction of writing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Control {
    /// Begins an embedding or an override, which ends at [`Control::EndOfEmbedding`].
    Embedding,
    /// Begins an isolate, which ends at [`Control::EndOfIsolate`].
    Isolate,
    EndOfEmbedding,
    EndOfIsolate,
}

fn control_kind(character: char) -> Option<Control> {
    Some(match character {
        '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => Control::Embedding,
        '\u{202c}' => Control::EndOfEmbedding,
        '\u{2066}'..='\u{2068}' => Control::Isolate,
        '\u{2069}' => Control::EndOfIsolate,
        _ => return None,
    })
}

/// Whether a character sets the direction of all letters after it, even of letters that have their own direction.
fn is_override(character: char) -> bool {
    matches!(character, '\u{202d}' | '\u{202e}')
}

/// Whether a character is a mark that gives a direction to the digits and signs next to it.
fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// Whether a letter is written from right to left. The ranges are the blocks that Unicode reserves for such
/// scripts (`DerivedBidiClass.txt`, default values R and AL).
fn is_right_to_left(character: char) -> bool {
    character.is_alphabetic()
        && matches!(character,
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// The controls of one paragraph that are open, and those without a match. `P` is the type of a position in the
/// text.
struct ControlStack<P> {
    open: Vec<(Control, char, P)>,
    unmatched: Vec<(char, P)>,
}

impl<P> ControlStack<P> {
    fn new() -> Self {
        Self { open: Vec::new(), unmatched: Vec::new() }
    }

    fn add(&mut self, character: char, range: P) {
        match control_kind(character) {
            None => {}
            Some(opening @ (Control::Embedding | Control::Isolate)) => {
                self.open.push((opening, character, range));
            }
            // The end of an isolate also ends the embeddings inside of it. Embeddings around an isolate cannot
            // end inside of it.
            Some(Control::EndOfIsolate) => {
                match self.open.iter().rposition(|(control, ..)| *control == Control::Isolate) {
                    Some(at) => {
                        let inner = self.open.split_off(at).into_iter().skip(1);
                        self.unmatched.extend(inner.map(|(_, character, range)| (character, range)));
                    }
                    None => self.unmatched.push((character, range)),
                }
            }
            Some(Control::EndOfEmbedding) => match self.open.last() {
                Some((Control::Embedding, ..)) => drop(self.open.pop()),
                _ => self.unmatched.push((character, range)),
            },
        }
    }

    /// Ends the paragraph, and returns a control without a match if there is one.
    fn end_paragraph(&mut self) -> Option<(char, P)> {
        let open = std::mem::take(&mut self.open).into_iter().map(|(_, character, range)| (character, range));
        std::mem::take(&mut self.unmatched).into_iter().chain(open).next()
    }
}

/// Returns the first character that changes the direction of the line or of the text next to it.
pub(in crate::markdown) fn find_unmatched_in_line(line: &str) -> Option<char> {
    // All these characters begin with one of these bytes in UTF-8, which most lines do not contain.
    if !line.bytes().any(|byte| matches!(byte, 0xd8 | 0xe2)) {
        return None;
    }
    let mut controls = ControlStack::new();
    line.chars().for_each(|character| controls.add(character, ()));
    let mark = || line.chars().find(|&character| is_direction_mark(character));
    line.chars()
        .find(|&character| is_override(character))
        .or(controls.end_paragraph().map(|(character, ())| character))
        .or_else(|| mark().filter(|_| !line.chars().any(is_right_to_left)))
}

/// Returns a control without a match for each paragraph, heading or table cell that has one.
pub(in crate::markdown) fn find_unmatched_in_blocks(
    events: &[PlacedEvent<'_>],
    text: &str,
) -> Vec<(char, Range<usize>)> {
    let mut controls = ControlStack::new();
    let mut found = Vec::new();
    for (event, range) in events {
        match event {
            Event::Text(words) | Event::Code(words) if words.as_bytes().contains(&0xe2) => {
                let source = text.get(range.clone()).unwrap_or_default();
                let start = range.start + source.find(words.as_ref()).unwrap_or_default();
                // A character that is written as a character reference does not occur in the source, so its span
                // is that of the whole text.
                let is_exact = source.contains(words.as_ref());
                for (at, character) in words.char_indices() {
                    let character_range = start + at..start + at + character.len_utf8();
                    controls.add(character, if is_exact { character_range } else { range.clone() });
                }
            }
            Event::Start(tag) if is_block(tag) => found.extend(controls.end_paragraph()),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                found.extend(controls.end_paragraph());
            }
            _ => {}
        }
    }
    found.extend(controls.end_paragraph());
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parser;

    #[test]
    fn a_line_closes_what_it_opens_and_turns_nothing_round() {
        for good in [
            "",
            "12 % – “so”",
            "عمر, 12 %",
            "שלום \u{200f}(12)\u{200e}",
            "عمر\u{61c} 12 %",
            "𞤀\u{200f}!",
            "\u{202a}+44 20 7946 0000\u{202c}",
            "\u{2068}a \u{202b}b\u{202c}\u{2069} c",
        ] {
            assert_eq!(find_unmatched_in_line(good), None, "{good:?}");
        }
        for (wrong, found) in [
            ("a\u{202e}b", '\u{202e}'),
            ("a\u{202d}b\u{202c}", '\u{202d}'),
            ("a\u{202b}b", '\u{202b}'),
            ("a\u{2067}b", '\u{2067}'),
            ("a\u{2069}b", '\u{2069}'),
            ("a\u{202c}b", '\u{202c}'),
            ("The small one won \u{200f}10 / 90", '\u{200f}'),
            ("The small one won \u{61c}10 / 90", '\u{61c}'),
            ("10 \u{200e}/ 90 ٣", '\u{200e}'),
            ("\u{2066}\u{202b}a\u{2069}", '\u{202b}'),
            ("\u{202b}\u{2066}a\u{202c}\u{2069}", '\u{202c}'),
        ] {
            assert_eq!(find_unmatched_in_line(wrong), Some(found), "{wrong:?}");
        }
    }

    #[test]
    fn each_block_of_prose_closes_what_it_opens() {
        let check = |text: &str, expected: &[&str]| {
            let events: Vec<PlacedEvent<'_>> = parser(text).into_offset_iter().collect();
            let found = find_unmatched_in_blocks(&events, text);
            let places: Vec<_> = found.into_iter().filter_map(|(_, range)| text.get(range)).collect();
            assert_eq!(places, expected, "{text:?}");
        };
        check("a \u{202e}b *c\u{202c} d*\n\nعمر, 12 %\n\n`\u{2067}x\u{2069}`", &[]);
        check("a \u{202e}b\n\nc\u{202c} d", &["\u{202e}", "\u{202c}"]);
        check("# A\u{2067}\n\n- b\u{202a}\n- c", &["\u{2067}", "\u{202a}"]);
        check("| a\u{202e} | b |\n|---|---|\n| c | d\u{2066} |", &["\u{202e}", "\u{2066}"]);
        check("```\n\u{202e}x\n```\n\ny", &["\u{202e}"]);
        check("a &#x202e; b", &["&#x202e;"]);
        check("[a\u{202e}](https://example.org/)", &["\u{202e}"]);
    }
}
