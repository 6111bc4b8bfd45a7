//! Texts that `new` and `import` write where only the author knows the words, in one table, and the
//! search for those that are still there. A placeholder that is published becomes a person or a claim.

use crate::name;

/// Who asserts a claim.
pub const SPEAKER: &str = "Name of the speaker";
/// Who asserts an imported claim when the page does not name its author.
pub const AUTHOR: &str = "Unknown author";
/// What a claim states.
pub const STATEMENT: &str = "One sentence that says what is claimed.";
/// How the statement of an imported claim ends.
pub const STATEMENT_END: &str = "to be put into your own words";
/// Who wrote a write-up.
pub const WRITER: &str = "Your name";
/// What a write-up is about, in its metadata.
pub const SUMMARY: &str = "One sentence for lists and feeds.";
/// Tags.
pub const TAGS: [&str; 2] = ["one-subject", "another-subject"];
/// The quotation of a claim.
pub const QUOTE: &str = "The words of the source, verbatim";
/// Who gave a verdict.
pub const REVIEWER: &str = "Name of the reviewer";
/// Why a verdict was given; in files the last two words are a link.
pub const REASON: &str = "reason with a link";
/// The metric of a measurement.
pub const METRIC: &str = "id-of-a-metric";
/// The subject of a measurement.
pub const SUBJECT: &str = "what was measured";
/// The method of a measurement.
pub const METHOD: &str = "how; values are joined in a chart only within one method";
/// The criteria of a forecast.
pub const CRITERIA: &str = "how it will be decided";
/// The question of a forecast.
pub const QUESTION: &str = "an-id-that-forecasts-of-one-event-share";
/// Who wrote a source.
pub const SOURCE_AUTHOR: &str = "Who wrote it";
/// Who published a source.
pub const PUBLISHER: &str = "Who published it";
/// Another name of a speaker.
pub const ALIAS: &str = "Another name";

/// Every placeholder that is a whole text.
const WHOLE: &[&str] = &[
    SPEAKER,
    AUTHOR,
    STATEMENT,
    WRITER,
    SUMMARY,
    TAGS[0],
    TAGS[1],
    QUOTE,
    REVIEWER,
    REASON,
    METRIC,
    SUBJECT,
    METHOD,
    CRITERIA,
    QUESTION,
    SOURCE_AUTHOR,
    PUBLISHER,
    ALIAS,
];

/// What people write in place of any text that they do not have yet.
const UNWRITTEN: &[&str] = &["TODO", "TBD", "FIXME"];
/// What they write in place of a name.
const UNNAMED: &[&str] = &["TBA", "XXX", "n/a", "unknown", "none"];

/// The placeholder that a text is, or contains in the case of imported statements. Letter case, white
/// space and punctuation do not count, so that an id made from a placeholder is found too.
pub fn find(text: &str) -> Option<&'static str> {
    let folded = name::folded(text);
    if folded.contains(&name::folded(STATEMENT_END)) {
        return Some(STATEMENT_END);
    }
    WHOLE.iter().copied().find(|placeholder| name::folded(placeholder) == folded)
}

/// The same for a text that is in the author's own words.
pub fn find_in_words(text: &str) -> Option<&'static str> {
    let folded = name::folded(text);
    let unwritten = UNWRITTEN.iter().copied().find(|word| name::folded(word) == folded);
    unwritten.or_else(|| find(text))
}

/// The same for the name of somebody.
pub fn find_in_name(text: &str) -> Option<&'static str> {
    let folded = name::folded(text);
    let unnamed = UNNAMED.iter().copied().find(|word| name::folded(word) == folded);
    unnamed.or_else(|| find_in_words(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_in_any_form() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(find(text), expected, "{text}");
        check("Name of the speaker", Some(SPEAKER));
        check("NAME OF  THE\u{a0}SPEAKER.", Some(SPEAKER));
        check("name-of-the-speaker", Some(SPEAKER));
        check("“Unknown Author”", Some(AUTHOR));
        check(
            "Lab A and Lab B makes a forecast for 2030 (a, b, c, d, e): To Be Put Into Your Own Words.",
            Some(STATEMENT_END),
        );
        check("An unknown author", None);
        check("The name of the speaker is known.", None);
        check("", None);
        check("!", None);
    }

    #[test]
    fn words_for_what_is_not_known_yet_are_no_names() {
        for name in ["TODO", "todo:", "TBD", "tba", "N/A", "n.a.", "Unknown", "none", "XXX", "FIXME"] {
            assert!(find_in_name(name).is_some(), "{name}");
        }
        for name in ["Todo Mundo", "Anonymous", "NA", "Nora Todorova"] {
            assert_eq!(find_in_name(name), None, "{name}");
        }
        assert_eq!(find_in_words("to-do"), None);
        assert_eq!(find_in_words("tbd"), Some("TBD"));
        assert_eq!(find_in_words("none"), None);
    }

    #[test]
    fn every_placeholder_is_found() {
        for placeholder in WHOLE {
            assert_eq!(find(placeholder), Some(*placeholder));
        }
    }
}
