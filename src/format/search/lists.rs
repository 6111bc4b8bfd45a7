//! Writes ascending numbers of documents as short text, which `templates/assets/find.js` reads. Each document is the
//! number of documents between it and the one before.

/// The first character of a digit. The others follow in the order of ASCII, without those with a meaning in JSON or HTML:
/// `<` and `\`. The quotation mark comes before the first.
const FIRST: u8 = b'#';
/// Number of digits that end a number.
const ENDS: u64 = 60;
/// Number of digits that others follow.
const BASE: u64 = 30;

/// Returns the character of a digit, which is less than [`ENDS`] and [`BASE`] together.
fn character(digit: u64) -> char {
    let mut code = FIRST + u8::try_from(digit).expect("a digit is a small number");
    for left_out in [b'<', b'\\'] {
        code += u8::from(code >= left_out);
    }
    char::from(code)
}

/// Writes a number, the least significant digit first. Numbers below [`ENDS`] take one character.
pub(super) fn push_number(text: &mut String, mut number: u64) {
    while number >= ENDS {
        text.push(character(ENDS + number % BASE));
        number /= BASE;
    }
    text.push(character(number));
}

/// Returns the text of documents in ascending order.
pub(super) fn list_as_text(documents: impl IntoIterator<Item = u32>) -> String {
    let mut text = String::new();
    for gap in gaps(documents) {
        push_number(&mut text, gap);
    }
    text
}

/// Returns the number of documents before each document and after the one before it.
pub(super) fn gaps(documents: impl IntoIterator<Item = u32>) -> impl Iterator<Item = u64> {
    let mut next = 0;
    documents.into_iter().map(move |document| {
        let gap = u64::from(document - next);
        next = document + 1;
        gap
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<u64> {
        let (mut numbers, mut number, mut factor) = (Vec::new(), 0, 1);
        for read in text.chars() {
            let digit = (0..ENDS + BASE).find(|digit| character(*digit) == read).expect("a digit");
            if digit < ENDS {
                numbers.push(number + digit * factor);
                (number, factor) = (0, 1);
            } else {
                number += (digit - ENDS) * factor;
                factor *= BASE;
            }
        }
        numbers
    }

    #[test]
    fn what_was_written_can_be_read() {
        let numbers = [0, 1, 59, 60, 89, 90, 1799, 1800, 54_000, u64::from(u32::MAX) * 8 + 7];
        let mut text = String::new();
        for number in numbers {
            push_number(&mut text, number);
        }
        assert_eq!(read(&text), numbers);
        assert_eq!(text.get(..5), Some("#$`a%"), "one character below 60, two below 1800");
    }

    #[test]
    fn a_list_has_the_gaps_between_its_documents() {
        assert_eq!(read(&list_as_text([0, 1, 5, 100])), [0, 0, 3, 94]);
        assert_eq!(list_as_text([]), "");
    }

    #[test]
    fn no_character_has_a_meaning_elsewhere() {
        let all: String = (0..ENDS + BASE).map(character).collect();
        assert!(all.starts_with('#') && all.ends_with('~'), "{all}");
        assert!(all.is_ascii() && !all.contains(['"', '\\', '<']), "{all}");
    }
}
