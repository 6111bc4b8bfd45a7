//! Placeholder texts that `new` and `import` write where only the author knows the words, and the search for
//! placeholders that are still in a text. A placeholder that is published would become a person or a claim.

use crate::name;

/// Placeholder for the speaker of a claim.
pub const SPEAKER: &str = "Name of the speaker";
/// Placeholder for the speaker of an imported claim, if the page does not name its author.
pub const AUTHOR: &str = "Unknown author";
/// Placeholder for the statement of a claim.
pub const STATEMENT: &str = "One sentence that says what is claimed.";
/// Placeholder at the end of the statement of an imported claim.
pub const STATEMENT_END: &str = "to be put into your own words";
/// Placeholder for the author of a write-up.
pub const WRITER: &str = "Your name";
/// Placeholder for the summary in the metadata of a write-up.
pub const SUMMARY: &str = "One sentence for lists and feeds.";
/// Placeholders for tags.
pub const TAGS: [&str; 2] = ["one-subject", "another-subject"];
/// Placeholder for the quotation of a claim.
pub const QUOTE: &str = "The words of the source, verbatim";
/// Placeholder for the person who gave a verdict.
pub const REVIEWER: &str = "Name of the reviewer";
/// Placeholder for the reason of a verdict. In files its last two words are a link.
pub const REASON: &str = "reason with a link";
/// Placeholder for the metric of a measurement.
pub const METRIC: &str = "id-of-a-metric";
/// Placeholder for the subject of a measurement.
pub const SUBJECT: &str = "what was measured";
/// Placeholder for the method of a measurement.
pub const METHOD: &str = "how; values are joined in a chart only within one method";
/// Placeholder for the criteria of a forecast.
pub const CRITERIA: &str = "how it will be decided";
/// Placeholder for the question of a forecast.
pub const QUESTION: &str = "an-id-that-forecasts-of-one-event-share";
/// Placeholder for the author of a source.
pub const SOURCE_AUTHOR: &str = "Who wrote it";
/// Placeholder for the publisher of a source.
pub const PUBLISHER: &str = "Who published it";
/// Placeholder for another name of a speaker.
pub const ALIAS: &str = "Another name";

/// All placeholders that replace a whole text.
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

/// Words that people write in place of a text that they do not have yet.
const UNWRITTEN: &[&str] = &["TODO", "TBD", "FIXME"];
/// Words that people write in place of a name that they do not know.
const UNNAMED: &[&str] = &["TBA", "XXX", "n/a", "unknown", "none"];

/// Returns the placeholder that a text is equal to, or [`STATEMENT_END`] if the text contains it. Letter case,
/// white space and punctuation are ignored, so that an id made from a placeholder is found, too.
pub fn find(text: &str) -> Option<&'static str> {
    let folded = name::full_length_id(text);
    if folded.contains(&name::full_length_id(STATEMENT_END)) {
        return Some(STATEMENT_END);
    }
    WHOLE.iter().copied().find(|placeholder| name::full_length_id(placeholder) == folded)
}

/// Like [`find`], but also finds words such as `TODO`. For texts in the author's own words.
pub fn find_in_words(text: &str) -> Option<&'static str> {
    let folded = name::full_length_id(text);
    let unwritten = UNWRITTEN.iter().copied().find(|word| name::full_length_id(word) == folded);
    unwritten.or_else(|| find(text))
}

/// Like [`find_in_words`], but also finds words such as `unknown`. For names.
pub fn find_in_name(text: &str) -> Option<&'static str> {
    let folded = name::full_length_id(text);
    let unnamed = UNNAMED.iter().copied().find(|word| name::full_length_id(word) == folded);
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
