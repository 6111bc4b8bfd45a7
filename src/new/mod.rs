//! Makes the text of a new file: the book, a kind and a name in; a path and a text out, with valid front matter
//! and comments that explain it. Nothing is written here.
//!
//! Whatever the author must fill in is a comment, or a placeholder in a draft. A new file therefore leads to
//! warnings, but does not break a build.

mod issue;

use anyhow::{Context, Result, bail};

use crate::date::PartialDate;
use crate::document::{DocumentKind, Kind};
use crate::graph::{Book, Entities};
use crate::markdown;
use crate::name;
use crate::pipeline::Analysis;
use crate::placeholder;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::text::escape_markdown;

pub use issue::{AS_WRITTEN, Issue, claim_of_issue};

/// The file or claim that is to be created.
#[derive(Debug, Clone, Copy)]
pub struct NewDocument<'a> {
    /// Kind of the file.
    pub kind: DocumentKind,
    /// Title of a write-up, name of an entity, or statement of a claim.
    pub name: &'a str,
    /// The id, if it is not to be made from the name.
    pub id: Option<&'a str>,
    /// Day on which the file is created.
    pub today: PartialDate,
}

/// Facts of a new claim.
#[derive(Debug, Clone, Copy)]
pub struct ClaimFacts<'a> {
    /// Kind of the claim.
    pub kind: Kind,
    /// Name of the speaker who asserts the claim.
    pub by: &'a str,
}

/// A new file, or an existing file with a new claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Path from the site's root.
    pub path: String,
    /// Whole text of the file.
    pub text: String,
    /// Id of the new document or claim.
    pub id: String,
}

/// The site that something is added to. Its analysis includes drafts.
#[derive(Clone, Copy)]
pub struct ReadSite<'a> {
    /// All texts of the site.
    pub sources: &'a Sources,
    /// Analysis of these texts.
    pub analysis: &'a Analysis,
}

/// Makes a new file.
///
/// # Errors
/// When the name gives no id, or when the id is already used.
pub fn new_file(target: ReadSite<'_>, request: NewDocument<'_>, claim: ClaimFacts<'_>) -> Result<Draft> {
    let id = unused_id(target, request)?;
    let title = yaml_string(request.name);
    let today = request.today;
    let (folder, text) = match request.kind {
        DocumentKind::Claim => ("claims", claim_file(request, claim)),
        DocumentKind::Speaker => {
            let alias = placeholder::ALIAS;
            ("speakers", format!(include_str!("speaker.md"), name = title, alias = alias))
        }
        DocumentKind::Metric => ("metrics", format!(include_str!("metric.md"), title = title)),
        DocumentKind::Source => {
            let text = format!(
                include_str!("source.md"),
                title = title,
                author = placeholder::SOURCE_AUTHOR,
                publisher = placeholder::PUBLISHER,
                today = today,
                id = id
            );
            ("sources", text)
        }
        _ => {
            let author = target.analysis.config.as_ref().map_or("", |config| config.author.as_str());
            ("articles", write_up(request, &id, author))
        }
    };
    Ok(Draft { path: format!("content/{folder}/{id}.md"), text, id })
}

fn write_up(request: NewDocument<'_>, id: &str, author: &str) -> String {
    let authors = if author.is_empty() {
        format!("# authors: [{}]", placeholder::WRITER)
    } else {
        format!("authors: [{}]", yaml_string(author))
    };
    format!(
        include_str!("article.md"),
        title = yaml_string(request.name),
        today = request.today,
        authors = authors,
        tags = placeholder::TAGS.join(", "),
        summary = placeholder::SUMMARY,
        id = id
    )
}

/// Adds a claim at the end of a write-up, and returns the changed file. If the claim contains a placeholder, it
/// is marked as proposed, so that nobody publishes the placeholder.
///
/// # Errors
/// When the name gives no id, when the id is already used, when the file is not a write-up, or when the claim
/// would not be read at the end of the file.
pub fn add_claim_to(
    target: ReadSite<'_>,
    request: NewDocument<'_>,
    claim: ClaimFacts<'_>,
    path: &str,
) -> Result<Draft> {
    let id = unused_id(target, request)?;
    let file = target.sources.find(path).filter(|_| path.starts_with("content/articles/"));
    let Some(file) = file else { bail!("{path} is not a write-up: --in takes a file in content/articles/") };
    let old = target.sources.file(file).text();
    let statement = statement(request);
    let mut callout = format!(
        "> [!claim] {id}\n> **{}**\n>\n> - kind:: {}\n> - by:: {}\n",
        escape_markdown(statement),
        claim.kind.word(),
        escape_markdown(claim.by)
    );
    if needs_proposed_mark(request, claim) {
        callout.push_str("> - proposed:: true\n");
    }
    let text = append_after_blank_line(old, &callout);
    let claims = |text: &str| {
        let parsed = markdown::parse(FileId(0), &SourceFile::new(path, text));
        let document = parsed.document.with_context(|| format!("{path} is not a write-up"))?;
        anyhow::Ok(document.claims.iter().map(|claim| claim.id.value.clone()).collect::<Vec<_>>())
    };
    let mut expected = claims(old)?;
    expected.push(id.clone());
    // Both lists are sorted, because the new claim need not be the last one of the document.
    let mut found = claims(&text)?;
    expected.sort();
    found.sort();
    if found != expected {
        bail!(
            "a claim at the end of {path} would not be read: close the code block, comment or front matter that is open there"
        );
    }
    Ok(Draft { path: path.to_owned(), text, id })
}

/// Appends `end` to a text after one blank line, with the line breaks of the text.
fn append_after_blank_line(text: &str, end: &str) -> String {
    let is_blank = |line: &str| line.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty();
    let blank: usize = text.split_inclusive('\n').rev().take_while(|line| is_blank(line)).map(str::len).sum();
    let trimmed = text.get(..text.len() - blank).expect("the text ends with the blank lines");
    let has_returns =
        text.find('\n').is_some_and(|at| text.get(..at).is_some_and(|line| line.ends_with('\r')));
    let line_break = if has_returns { "\r\n" } else { "\n" };
    let mut whole = trimmed.to_owned();
    if !trimmed.ends_with('\n') {
        whole.push_str(line_break);
    }
    whole.push_str(line_break);
    whole.push_str(&end.replace('\n', line_break));
    whole
}

fn claim_file(request: NewDocument<'_>, claim: ClaimFacts<'_>) -> String {
    let of_kind = match claim.kind {
        Kind::Measurement => format!(
            include_str!("measurement.txt"),
            metric = placeholder::METRIC,
            subject = placeholder::SUBJECT,
            method = placeholder::METHOD
        ),
        Kind::Forecast => format!(
            include_str!("forecast.txt"),
            criteria = placeholder::CRITERIA,
            question = placeholder::QUESTION
        ),
        _ => String::new(),
    };
    let reason = placeholder::REASON.replace("a link", "[a link](https://example.org/)");
    format!(
        include_str!("claim.md"),
        statement = yaml_string(statement(request)),
        quote = placeholder::QUOTE,
        reviewer = placeholder::REVIEWER,
        reason = reason,
        kind = claim.kind.word(),
        by = yaml_string(claim.by),
        today = request.today,
        of_kind = of_kind,
    )
}

/// Returns the statement of a claim: the given name, or a placeholder if that name is an id.
fn statement(request: NewDocument<'_>) -> &str {
    if name::is_id(request.name) { placeholder::STATEMENT } else { request.name }
}

/// Whether a new claim contains a placeholder and is marked as proposed for that reason.
fn needs_proposed_mark(request: NewDocument<'_>, claim: ClaimFacts<'_>) -> bool {
    [statement(request), claim.by].iter().any(|text| placeholder::find(text).is_some())
}

/// Returns the id of the new file or claim, if the id is not used yet.
fn unused_id(target: ReadSite<'_>, request: NewDocument<'_>) -> Result<String> {
    if name::is_blank(request.name) || request.name.chars().any(char::is_control) {
        bail!("a name is one line of text, and not empty");
    }
    let id = match request.id {
        Some(id) => {
            let is_address = request.kind == DocumentKind::Article && id.split('/').all(name::is_id);
            if !is_address && !name::is_id(id) {
                bail!("`{id}` is not an id: use 1 to 80 characters of `a-z`, `0-9` and `-`");
            }
            id.to_owned()
        }
        None => name::id_of(request.name),
    };
    if id.is_empty() {
        bail!("`{}` makes no id: give one with --id", request.name);
    }
    if let Some(span) = existing_definition(&target.analysis.book, request, &id) {
        let file = target.sources.file(span.file);
        let (noun, line) = (noun(request.kind), file.position(span.start).line);
        bail!(
            "there is already a {noun} `{id}`, in {} on line {line}: choose another id with --id",
            file.path()
        );
    }
    Ok(id)
}

/// Returns the place where the id or the name is already defined. A speaker or metric that is only named
/// elsewhere has no file yet, and may get one.
fn existing_definition(book: &Book, request: NewDocument<'_>, id: &str) -> Option<Span> {
    let entity = |entities: &Entities| {
        let number = entities.find(id).or_else(|| entities.find(request.name))?;
        let document = entities.get(number).document?;
        Some(Span::new(book.document(document).file(), 0..0))
    };
    match request.kind {
        DocumentKind::Claim => book.find_claim(id).map(|claim| book.claim(claim).id.span),
        DocumentKind::Speaker => entity(book.speakers()),
        DocumentKind::Metric => entity(book.metrics()),
        DocumentKind::Source => entity(book.sources()),
        kind => book.find(kind, id).map(|document| Span::new(book.document(document).file(), 0..0)),
    }
}

fn noun(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Claim => "claim",
        DocumentKind::Speaker => "speaker",
        DocumentKind::Metric => "metric",
        DocumentKind::Source => "source",
        _ => "write-up",
    }
}

/// Quotes a text for YAML, with the quotation marks and escapes of JSON.
fn yaml_string(text: &str) -> String {
    serde_json::Value::from(text.trim()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_blank_line_stands_before_what_is_added() {
        let check = |text: &str, expected: &str| {
            assert_eq!(append_after_blank_line(text, "> a\n> b\n"), expected, "{text:?}");
        };
        check("Text.\n", "Text.\n\n> a\n> b\n");
        check("Text.", "Text.\n\n> a\n> b\n");
        check("Text.  \n\n \t\n\n", "Text.  \n\n> a\n> b\n");
        check("One.\r\nTwo.\r\n\r\n", "One.\r\nTwo.\r\n\r\n> a\r\n> b\r\n");
        check("One.\r\nTwo.", "One.\r\nTwo.\r\n\r\n> a\r\n> b\r\n");
        check("---\ntitle: A\n---\n", "---\ntitle: A\n---\n\n> a\n> b\n");
    }
}
