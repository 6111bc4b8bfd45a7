//! Ids, the names that they are made from, and the search for the known word that is nearest to an unknown one.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::{MixedScript as _, skeleton};

/// Maximum length of an id, in characters.
pub const MAX_ID_LENGTH: usize = 80;

/// Whether a text is an id: 1 to 80 characters of `a-z`, `0-9` and `-`.
pub fn is_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=MAX_ID_LENGTH).contains(&text.len()) && text.bytes().all(allowed)
}

/// Whether Windows does not allow this name for a file or folder: the part before the first dot is the name of a
/// device, or the name ends with a dot or a space. See "Naming Files, Paths, and Namespaces" in the documentation
/// of Win32.
pub fn is_reserved_on_windows(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_numbered = |stem: &str| {
        let number = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
        let mut number = number.unwrap_or_default().chars();
        let digit = number.next();
        digit.is_some_and(|digit| digit.is_ascii_digit() || "¹²³".contains(digit)) && number.next().is_none()
    };
    let is_device = ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"].contains(&stem.as_str());
    is_device || is_numbered(&stem) || part.ends_with(['.', ' ']) && !matches!(part, "." | "..")
}

/// Whether Windows does not allow a character in the name of a file or folder. The slash is not included, because
/// it separates names on every system.
pub fn is_forbidden_on_windows(character: char) -> bool {
    matches!(character, '<' | '>' | ':' | '"' | '\\' | '|' | '?' | '*')
}

/// Returns the same text for all paths that some file systems treat as one path: they ignore case, or whether
/// letters are composed (APFS ignores both).
pub fn path_spelling(path: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if path.bytes().all(is_plain) {
        return path.into();
    }
    path.nfc().collect::<String>().to_lowercase().nfc().collect::<String>().into()
}

/// Maximum length of a name, a title or a unit, in characters. Longer ones are errors.
pub const MAX_LENGTH: usize = 300;

/// First parts of addresses that are reserved for files of the program.
const RESERVED_FOLDERS: [&str; 2] = ["assets", "search-index"];

/// Whether an address is, or is inside, a folder that is reserved for files of the program.
pub fn is_in_reserved_folder(address: &str) -> bool {
    let first = address.split('/').next().unwrap_or_default();
    RESERVED_FOLDERS.iter().any(|own| first.eq_ignore_ascii_case(own))
}

/// Returns the id of a name: transliterated, in lower case, with hyphens between words, and with at most 80
/// characters. The id is empty if the name has no letter and no digit.
pub fn id_of(name: &str) -> String {
    let mut id = full_length_id(name);
    id.truncate(MAX_ID_LENGTH);
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// Returns the id of a text of any length, without shortening it. The result is equal for texts that differ only
/// in case, accents, white space and punctuation.
pub fn full_length_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    let mut needs_hyphen = false;
    for character in deunicode::deunicode(name).chars() {
        if character.is_ascii_alphanumeric() {
            if needs_hyphen && !id.is_empty() {
                id.push('-');
            }
            needs_hyphen = false;
            id.push(character.to_ascii_lowercase());
        } else {
            needs_hyphen = true;
        }
    }
    id
}

/// How two names with the same id differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Only the characters between their letters differ, so they are one name.
    Spacing,
    /// The case of letters or the accents differ, or some letters are transliterated in the same way.
    Letters,
    /// They differ in signs that carry meaning, as `C++` and `C#` or `Error +` and `Error −` do, so they most likely
    /// name two things. See [`meaningful_signs`].
    Signs,
    /// One has letters of another script, or letters that look like those of the other, so that a reader cannot tell
    /// them apart.
    LookAlike,
}

/// Returns how two names with the same id differ.
pub fn difference(one: &str, other: &str) -> Difference {
    let has_other_signs = meaningful_signs(one) != meaningful_signs(other);
    let letters = |name: &str| -> String { name.nfc().filter(|letter| letter.is_alphanumeric()).collect() };
    let (one, other) = (letters(one), letters(other));
    if one == other {
        return if has_other_signs { Difference::Signs } else { Difference::Spacing };
    }
    let skeleton_of = |name: &str| skeleton(name).collect::<String>().to_lowercase();
    let is_single_script = format!("{one}{other}").as_str().is_single_script();
    let looks_alike = one.to_lowercase() != other.to_lowercase()
        && (!is_single_script || skeleton_of(&one) == skeleton_of(&other));
    match (looks_alike, has_other_signs) {
        (true, _) => Difference::LookAlike,
        (false, true) => Difference::Signs,
        (false, false) => Difference::Letters,
    }
}

/// Returns the signs of a name that are not in its id and still carry meaning: each `+`; `#` and `*` at the end of a
/// word (`C#`, `A*`, but not `#1`); a minus at the end of the name or before a number (`Error −`, `Delta -1`); `<` and
/// `>` before a number. Other characters, such as `&`, apostrophes and hyphens between letters, are punctuation.
fn meaningful_signs(name: &str) -> String {
    // Ids are made from the same transliteration, which has one character for all forms of a minus or a plus.
    let characters: Vec<char> = deunicode::deunicode(name.trim()).chars().collect();
    let is_sign = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| characters.get(before)).copied().unwrap_or(' ');
        let after = characters.get(at + 1..).unwrap_or_default();
        let next = after.first().copied().unwrap_or(' ');
        let begins_with_digit = |after: &[char]| {
            after.iter().find(|next| !matches!(next, ' ' | '=')).is_some_and(char::is_ascii_digit)
        };
        match characters[*at] {
            '+' => true,
            '#' | '*' => {
                let ends_word = before.is_ascii_alphanumeric() || "+#*".contains(before);
                ends_word && !next.is_ascii_alphanumeric()
            }
            '-' if before == ' ' && next.is_ascii_digit() => true,
            '-' => *at > 0 && !after.iter().any(char::is_ascii_alphanumeric),
            '<' | '>' => begins_with_digit(after),
            _ => false,
        }
    };
    (0..characters.len()).filter(is_sign).map(|at| characters[at]).collect()
}

/// Returns the visible shape of a name. Names that look alike have the same shape (Unicode Technical Standard 39,
/// section 4), whatever their case and the spaces and punctuation between their letters.
pub fn visible_shape(name: &str) -> String {
    let letters = |character: &char| !character.is_whitespace() && !character.is_ascii_punctuation();
    skeleton(name).filter(letters).collect::<String>().to_lowercase()
}

/// Whether a text has no visible character. It consists of white space, control characters, and characters
/// without a shape, such as the zero-width space (`Default_Ignorable_Code_Point` of Unicode 17, and the Braille
/// pattern without dots).
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|character| {
        character.is_whitespace() || character.is_control() || is_default_ignorable(character)
    })
}

fn is_default_ignorable(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether two words differ by one letter that is added, missing or replaced, or by two neighbouring letters that
/// are swapped.
pub fn differ_by_one_typing_error(one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) == 1
}

/// Returns the known word that is nearest to an unknown one, if it is near enough. At most a third of the unknown
/// word's letters may differ, or one letter in words of three to five letters (optimal string alignment
/// distance).
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = if length < 3 { 0 } else { (length / 3).max(1) };
    known
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= limit + 2)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|&(distance, _)| distance > 0 && distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_are_reserved() {
        for name in [
            "con",
            "AUX",
            "nul.tar.gz",
            "prn.html",
            "Com1",
            "com0.txt",
            "LPT9",
            "COM¹",
            "lpt².md",
            "con .txt",
            "CONIN$",
            "conout$",
            "clock$",
            "a.",
            "a ",
            "...",
        ] {
            assert!(is_reserved_on_windows(name), "{name}");
        }
        for name in [
            "",
            ".",
            "..",
            "a",
            "cons",
            "con-1",
            "com",
            "com10",
            "com1a",
            "lpt",
            "auxiliary.md",
            "a.con",
            ".con",
            "null",
        ] {
            assert!(!is_reserved_on_windows(name), "{name}");
        }
    }

    #[test]
    fn names_become_ids() {
        let check = |name, id| assert_eq!(id_of(name), id);
        check("François Chollet", "francois-chollet");
        check("Tom's Hardware", "tom-s-hardware");
        check("  AI -- R&D  ", "ai-r-d");
        check("北京", "bei-jing");
        check("!?", "");
    }

    #[test]
    fn ids_are_short_and_plain() {
        assert!(is_id("gpt-4"));
        assert!(!is_id(""));
        assert!(!is_id("GPT-4"));
        assert!(!is_id(&"a".repeat(81)));
        assert!(is_id(&id_of(&"ab ".repeat(60))));
    }

    #[test]
    fn names_with_one_id_differ_in_letters_or_not() {
        for (one, other, expected) in [
            ("Tom's Hardware", "Tom s-Hardware", Difference::Spacing),
            ("Zo\u{eb}", "Zoe\u{308}", Difference::Spacing),
            ("Zoë", "ZOË", Difference::Letters),
            ("Zoë", "Zoe", Difference::Letters),
            ("李明", "黎明", Difference::Letters),
            ("R&D", "R-D", Difference::Spacing),
            ("J. Doe", "j doe", Difference::Letters),
            ("Prize #1", "Prize 1", Difference::Spacing),
            ("pre- and post-training", "pre and post training", Difference::Spacing),
            ("A - B", "A–B", Difference::Spacing),
            ("Error −", "Error -", Difference::Spacing),
            ("C++", "C#", Difference::Signs),
            ("C++", "C", Difference::Signs),
            ("c++", "C#", Difference::Signs),
            ("A*", "A", Difference::Signs),
            ("C#/.NET", "C/.NET", Difference::Signs),
            ("Error +", "Error −", Difference::Signs),
            ("Error-", "Error", Difference::Signs),
            ("Delta -1", "Delta 1", Difference::Signs),
            ("Delay < 1 s", "Delay >1 s", Difference::Signs),
            ("Zoe", "Зое", Difference::LookAlike),
            ("Zoe", "Zоe", Difference::LookAlike),
            ("Zoe", "𝐙oe", Difference::LookAlike),
            ("東京", "Dong Jing", Difference::LookAlike),
        ] {
            assert_eq!(id_of(one), id_of(other), "{one} {other}");
            assert_eq!(difference(one, other), expected, "{one} {other}");
            assert_eq!(difference(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn texts_of_which_nothing_shows_are_blank() {
        for blank in [
            "",
            " \t\r\n",
            "\u{a0}\u{202f}\u{3000}",
            "\u{200b}\u{200d}\u{2060}\u{feff}",
            "\u{ad}",
            "\u{0}\u{1b}",
            "\u{3164}",
            "\u{2800}",
            "\u{e0020}\u{fe0f}",
        ] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for text in ["a", "\u{200b}a", "-", "0", "北", "🙂", "\u{301}"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn the_nearest_word_is_offered_only_if_it_is_near() {
        let known = ["kind", "by", "via", "resolves"];
        assert_eq!(nearest("knid", known), Some("kind"));
        assert_eq!(nearest("resolve", known), Some("resolves"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("kind", known), None);
    }
}
