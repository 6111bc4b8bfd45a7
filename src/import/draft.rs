//! Formats the parts of an import as files of the book. All text of the page is escaped, so that it contains no
//! markup wherever it is shown.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::document::Kind;
use crate::name;
use crate::placeholder::STATEMENT_END;
use crate::quote::Normalised;
use crate::scaffold::NewFiles;

use super::page::{ImportedPage, PageFormat};
use super::{Metadata, Proposal};

/// The files of the source, the snapshot and the draft of a page. `text` is the decoded text of the page.
pub(super) fn files(
    id: &str,
    (page, text): (&ImportedPage, &str),
    metadata: &Metadata,
    proposals: &[Proposal],
    today: Date,
) -> NewFiles {
    let extension = match page.form {
        PageFormat::Html => "html",
        PageFormat::Text => "txt",
        PageFormat::Markdown => "md",
    };
    NewFiles::from([
        (format!("content/sources/{id}.md"), source(id, metadata).into_bytes()),
        (format!("content/articles/{id}.md"), article(id, metadata, proposals, today).into_bytes()),
        (format!("snapshots/{id}.{extension}"), snapshot(page, text)),
    ])
}

/// The bytes of the snapshot: those of the page if they are UTF-8, otherwise the decoded text in UTF-8 with a byte
/// order mark. The byte order mark takes precedence over the charset that the page declares.
fn snapshot(page: &ImportedPage, text: &str) -> Vec<u8> {
    if std::str::from_utf8(&page.bytes).is_ok() {
        return page.bytes.clone();
    }
    format!("\u{feff}{text}").into_bytes()
}

fn source(id: &str, metadata: &Metadata) -> String {
    let mut text = "---\n".to_owned();
    let _ = writeln!(text, "title: {}", quoted(title_of(metadata, id)));
    if !metadata.authors.is_empty() {
        let authors: Vec<String> = metadata.authors.iter().map(|author| quoted(author)).collect();
        let _ = writeln!(text, "author: [{}]", authors.join(", "));
    }
    for (key, value) in [("publisher", &metadata.publisher), ("url", &metadata.url)] {
        if let Some(value) = value {
            let _ = writeln!(text, "{key}: {}", quoted(value));
        }
    }
    if let Some(published) = metadata.published {
        let _ = writeln!(text, "published: {published}");
    }
    text + "---\n"
}

fn title_of<'a>(metadata: &'a Metadata, id: &'a str) -> &'a str {
    metadata.title.as_deref().filter(|title| !name::is_blank(title)).unwrap_or(id)
}

fn article(id: &str, metadata: &Metadata, proposals: &[Proposal], today: Date) -> String {
    let title = quoted(title_of(metadata, id));
    let today = PartialDate::from(today);
    let mut text = format!("---\ntitle: {title}\ndate: {today}\nsource: {id}\ndraft: true\n---\n\n");
    text.push_str(
        "<!-- Write what the source says, and link the words that state a claim: [words](claim:the-id).\n\
         Rules of words have proposed the claims below. Keep what is one: put its statement into your own words,\n\
         check its facts, and delete `proposed`. Delete the rest, this comment, and at last `draft`. -->\n",
    );
    for proposal in proposals {
        text.push('\n');
        text.push_str(&callout(proposal, metadata));
    }
    text
}

fn callout(proposal: &Proposal, metadata: &Metadata) -> String {
    let Proposal { id, quote, kind, speakers, value, probability, resolves, .. } = proposal;
    // Invisible layout characters are not part of a quotation, and some of them are errors in a book.
    let quote = Normalised::new(quote);
    let quote = escaped(quote.as_str());
    let mut text = format!("> [!claim] {id}\n> **{}**\n>\n> > {quote}\n>\n", placeholder(proposal));
    let mut fact = |key: &str, value: &str| {
        let _ = writeln!(text, "> - {key}:: {value}");
    };
    fact("kind", kind.word());
    for speaker in speakers {
        fact("by", &escaped(speaker));
    }
    if let Some(said) = metadata.published {
        fact("said", &said.to_string());
    }
    if let Some(value) = value {
        fact("value", value);
    }
    if let Some(probability) = probability {
        fact("probability", probability);
    }
    if let Some(resolves) = resolves {
        fact("resolves", &resolves.to_string());
    }
    fact("proposed", "true");
    text
}

/// A placeholder for the statement until somebody writes one. It names the speaker, the kind of claim and its
/// topic, in words of this program and not in those of the source.
fn placeholder(proposal: &Proposal) -> String {
    let speaker = proposal.speakers.join(" and ").replace(['"', '“', '”', '„', '«', '»'], "");
    // A quotation mark with a space beside it would leave a space at the start, and `** a**` is not bold.
    let speaker = speaker.split_whitespace().collect::<Vec<_>>().join(" ");
    let about = proposal.topic.join(", ");
    let doing = match (proposal.kind, &proposal.value, proposal.resolves) {
        (Kind::Measurement, Some(value), _) => format!("gives a measured value of {value}"),
        (Kind::Measurement, None, _) => "gives a measurement".to_owned(),
        (Kind::Forecast, _, Some(resolves)) => format!("makes a forecast for {}", resolves.words()),
        (Kind::Forecast, _, None) => "makes a forecast".to_owned(),
        (Kind::Statement, ..) => "states something".to_owned(),
        (Kind::Opinion, ..) => "gives an opinion".to_owned(),
    };
    let about = if about.is_empty() { String::new() } else { format!(" ({about})") };
    escaped(&format!("{speaker} {doing}{about}: {STATEMENT_END}."))
}

/// A YAML scalar in double quotes. A JSON string is valid YAML, and the texts contain no control characters.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Escapes text so that Markdown shows it unchanged, even at the start of a line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, character) in text.char_indices() {
        let is_special = "\\`*_[]<>&~|".contains(character)
            || (at == 0 && "#+-=:".contains(character))
            || (at > 0 && at == digits && ".)".contains(character));
        if is_special {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_the_page_is_text_of_the_book() {
        let check = |text: &str, expected: &str| assert_eq!(escaped(text), expected);
        check("> [!claim] x", "\\> \\[!claim\\] x");
        check("1. First", "1\\. First");
        check("# Title", "\\# Title");
        check("a <b>, 5 * 3 & _it_", "a \\<b\\>, 5 \\* 3 \\& \\_it\\_");
        check("in 2.5 days", "in 2.5 days");
    }
    #[test]
    fn a_speaker_with_a_quotation_mark_leaves_no_space_at_the_start() {
        let proposal = Proposal {
            id: "one".to_owned(),
            quote: "It ran.".to_owned(),
            kind: Kind::Opinion,
            speakers: vec!["“ Jane” Doe".to_owned()],
            value: None,
            probability: None,
            resolves: None,
            topic: Vec::new(),
        };
        let placeholder = placeholder(&proposal);
        assert!(placeholder.starts_with("Jane Doe gives an opinion: "), "{placeholder}");
    }
}
