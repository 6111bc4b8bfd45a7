//! Makes untrusted text safe to print, such as file names and values, which reach terminals and workflow logs.
//! Characters that could control a terminal, end a line or change the order of letters are written as escapes, so
//! they are visible and no information is lost.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns a text as one line that is safe to print. Control characters, line separators and characters that change
/// the direction of writing become escapes, such as `\n` and `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            hidden if is_hidden(hidden) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(hidden));
            }
            shown => out.push(shown),
        }
    }
    Cow::Owned(out)
}

/// Largest number of characters between two backticks of a message. Such a part usually repeats a text of the
/// author, which may have any length.
const MAX_QUOTED_LENGTH: usize = 100;

/// Largest number of characters of a message. A text with backticks of its own is divided at them, so the limit of
/// a single part is not enough.
const MAX_MESSAGE_LENGTH: usize = 1000;

/// Returns a message as one line that is safe to print. Long parts between backticks are cut, and so is a long
/// message.
pub fn printable_message(message: &str) -> Cow<'_, str> {
    let message = printable(message);
    if message.len() <= MAX_QUOTED_LENGTH {
        return message;
    }
    let mut out = String::with_capacity(message.len().min(MAX_MESSAGE_LENGTH));
    for (number, part) in message.split('`').enumerate() {
        if number > 0 {
            out.push('`');
        }
        let is_quoted = number % 2 == 1;
        out.push_str(&shorten(part, if is_quoted { MAX_QUOTED_LENGTH } else { MAX_MESSAGE_LENGTH }));
    }
    Cow::Owned(shorten(&out, MAX_MESSAGE_LENGTH).into_owned())
}

/// Returns at most `max_characters` characters of a text. If the text is longer, the last character is `…`.
fn shorten(text: &str, max_characters: usize) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(max_characters - 1) else { return Cow::Borrowed(text) };
    let (start, rest) = text.split_at(end);
    if rest.chars().nth(1).is_none() { Cow::Borrowed(text) } else { Cow::Owned([start, "…"].concat()) }
}

/// Makes a text of several lines safe to print, as [`printable`] does for one line. The line breaks stay.
pub fn printable_lines(text: &str) -> String {
    text.split_inclusive('\n').fold(String::with_capacity(text.len()), |mut out, line| {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        out.push_str(&printable(line));
        out.push_str(end);
        out
    })
}

/// Whether a character is invisible or changes the order of others: the control characters C0 and C1, the line and
/// paragraph separators, and the marks of direction (Unicode Standard Annex 9, section 2).
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        )
}

/// Returns an error and its causes as one line that is safe to print. Some libraries write the cause at the end of
/// their error, so a cause that is already there is left out.
pub fn message_with_causes(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.ends_with(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    printable_message(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn what_could_steer_a_terminal_is_escaped() {
        let check = |text: &str, expected: &str| assert_eq!(printable(text), expected, "{text:?}");
        check("content/a b – é 北京.md", "content/a b – é 北京.md");
        check("x\n::error::y", "x\\n::error::y");
        check("a\r\tb\0", "a\\r\\tb\\u{0}");
        check("\u{1b}[31m\u{7f}\u{9b}31m", "\\u{1b}[31m\\u{7f}\\u{9b}31m");
        check("\u{2028}\u{2029}", "\\u{2028}\\u{2029}");
        check("\u{202e}dm.exe\u{2066}\u{200f}", "\\u{202e}dm.exe\\u{2066}\\u{200f}");
    }

    #[test]
    fn long_echoes_are_cut() {
        let long = |count: usize| "é".repeat(count);
        let check =
            |message: &str, expected: &str| assert_eq!(printable_message(message), expected, "{message:?}");
        check(&format!("unknown claim `{}`", long(100)), &format!("unknown claim `{}`", long(100)));
        check(
            &format!("unknown claim `{}`, not `{}`", long(101), long(5_000)),
            &format!("unknown claim `{0}…`, not `{0}…`", long(99)),
        );
        check(&format!("{} `a`", long(200)), &format!("{} `a`", long(200)));
        let bells = "\u{7}".repeat(50);
        check(&format!("`{bells}` is no id"), &format!("`{}\\u{{7…` is no id", "\\u{7}".repeat(19)));
        let hostile = printable_message(&format!("unknown key `{}`", "a`b ".repeat(100_000))).into_owned();
        assert_eq!(hostile.chars().count(), MAX_MESSAGE_LENGTH);
        assert!(hostile.ends_with('…'));
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(printable_lines("a\u{7}\nb\n"), "a\\u{7}\nb\n");
        assert_eq!(printable_lines("a\r\nb"), "a\\r\nb");
    }

    #[test]
    fn a_cause_is_said_once() {
        let check =
            |failure: anyhow::Error, expected: &str| assert_eq!(message_with_causes(&failure), expected);
        check(anyhow!("no space left").context("could not write a"), "could not write a: no space left");
        check(anyhow!("no space left").context("in b: no space left").context("c"), "c: in b: no space left");
    }
}
