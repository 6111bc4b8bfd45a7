//! Reads an issue that somebody filled in with the form of a new book (`.github/ISSUE_TEMPLATE/claim.yml`), and writes
//! it as the draft of a claim. GitHub makes Markdown of a form: each label as a heading, with the answer below it, which
//! is `_No response_` if nothing was written.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};

use crate::date::PartialDate;
use crate::diagnostic::printable;
use crate::document::Kind;
use crate::web_address;

use super::{Draft, NewDocument, ReadSite, unused_id, yaml_string};

/// The labels of the form. The headings of other text are part of the answer.
const LABELS: [&str; 7] =
    ["Statement", "Kind", "Speaker", "Date", "Source", "Words of the source", "Deadline"];

const NO_ANSWER: &str = "_No response_";

/// The end of each comment in a draft that repeats an answer because the answer, or a part of it, is not valid.
pub const AS_WRITTEN: &str = "# the answer as it was written";

/// The answers of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What is claimed, on one line.
    pub statement: String,
    kind: Kind,
    speaker: String,
    date: String,
    source: String,
    quote: String,
    deadline: String,
}

impl Issue {
    /// Reads the text of an issue.
    ///
    /// # Errors
    /// When the text does not have the headings of the form, has one of them twice, or has no answer where one is needed.
    pub fn parse(text: &str) -> Result<Self> {
        let mut answers = [const { String::new() }; LABELS.len()];
        let mut is_read = [false; LABELS.len()];
        let mut current = None;
        for line in text.trim_start_matches('\u{feff}').lines() {
            let label = line.strip_prefix("### ").map(str::trim);
            let label = label.and_then(|label| LABELS.iter().position(|other| *other == label));
            match (label, current) {
                (Some(label), _) if is_read[label] => bail!(
                    "the heading `### {}` is there twice: delete the one that belongs to an answer",
                    LABELS[label]
                ),
                (Some(label), _) => {
                    is_read[label] = true;
                    current = Some(label);
                }
                (None, Some(label)) => {
                    let answer: &mut String = &mut answers[label];
                    answer.push_str(line);
                    answer.push('\n');
                }
                (None, None) => {}
            }
        }
        if current.is_none() {
            bail!("this is not an issue of the form: it has no heading `### {}`", LABELS[0]);
        }
        let answers = answers.map(|answer| match answer.trim() {
            NO_ANSWER => String::new(),
            answer => answer.to_owned(),
        });
        let [statement, kind, speaker, date, source, quote, deadline] = answers;
        for (label, answer) in [(LABELS[0], &statement), (LABELS[1], &kind), (LABELS[2], &speaker)] {
            if answer.is_empty() {
                bail!("the issue has no answer below `### {label}`");
            }
        }
        let kind = Kind::parse(&kind).with_context(|| format!("`{kind}` is not a kind of claim"))?;
        let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Self {
            statement: one_line(statement),
            kind,
            speaker: one_line(speaker),
            date,
            source,
            quote,
            deadline,
        })
    }
}

/// Makes the file of a claim of an issue.
///
/// # Errors
/// When the statement gives no id, or when the id is already used.
pub fn claim_of_issue(target: ReadSite<'_>, request: NewDocument<'_>, issue: &Issue) -> Result<Draft> {
    let id = unused_id(target, request)?;
    Ok(Draft { path: format!("content/claims/{id}.md"), text: text(issue), id })
}

fn text(issue: &Issue) -> String {
    let mut text = format!(
        "---\nstatement: {}\ndraft: true   # of an issue: check every line, then delete this one\nkind: {}\nby: {}\n",
        yaml_string(&issue.statement),
        issue.kind.word(),
        yaml_string(&issue.speaker)
    );
    // People also answer with a sentence that contains the address, or put it between angle brackets.
    let words = issue.source.split_whitespace();
    let mut words = words.map(|word| word.trim_matches(['<', '>', ',', '.']));
    let source = words
        .find_map(web_address::parse)
        .and_then(|url| Some(format!("[{}]({})", url.host_str()?, url.as_str())));
    let is_only_address = !issue.source.contains(char::is_whitespace);
    let date = |answer: &str| PartialDate::parse(answer).map(|date| date.to_string());
    let is_forecast = issue.kind == Kind::Forecast;
    let deadline = issue.deadline.as_str();
    for (key, answer, value, is_all) in [
        ("said", issue.date.as_str(), date(&issue.date), true),
        ("source", &issue.source, source.map(|source| yaml_string(&source)), is_only_address),
        ("quote", &issue.quote, Some(yaml_string(&issue.quote)), true),
        ("resolves", deadline, date(deadline).filter(|_| is_forecast), true),
    ] {
        if answer.is_empty() {
            continue;
        }
        if let Some(value) = &value {
            let _ = writeln!(text, "{key}: {value}");
        }
        // What cannot be a value stays as a comment, so that the reviewer of the draft can correct it.
        if value.is_none() || !is_all {
            let answer = answer.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(text, "# {key}: {}   {AS_WRITTEN}", printable(&answer));
        }
    }
    text.push_str("---\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUE: &str = "### Statement\n\nTraining takes\n4 days: \"fast\".\n\n### Kind\n\nforecast\n\n### Speaker\n\n\
                         Example Lab\n\n### Date\n\nlast week\n\n### Source\n\nhttps://example.org/report\n\n\
                         ### Words of the source\n\n### A heading\n\n4 days\n\n### Deadline\n\n2030-12-31\n";

    #[test]
    fn an_issue_becomes_a_claim() {
        let issue = Issue::parse(&ISSUE.replace('\n', "\r\n")).expect("an issue of the form");
        assert_eq!(
            text(&issue),
            "---\nstatement: \"Training takes 4 days: \\\"fast\\\".\"\n\
             draft: true   # of an issue: check every line, then delete this one\nkind: forecast\nby: \"Example Lab\"\n\
             # said: last week   # the answer as it was written\n\
             source: \"[example.org](https://example.org/report)\"\nquote: \"### A heading\\n\\n4 days\"\n\
             resolves: 2030-12-31\n---\n"
        );
    }

    #[test]
    fn no_word_of_an_answer_is_lost() {
        let issue = ISSUE
            .replace("forecast", "statement")
            .replace("https://example.org/report", "See <https://example.org/a_(b)>, page 4.")
            .replace("### A heading", "### A \u{1b}heading")
            .replace("last week", "last\u{202e} week");
        let text = text(&Issue::parse(&issue).expect("an issue of the form"));
        for line in [
            "source: \"[example.org](https://example.org/a_(b))\"",
            "# source: See <https://example.org/a_(b)>, page 4.   # the answer as it was written",
            "# said: last\\u{202e} week   # the answer as it was written",
            "# resolves: 2030-12-31   # the answer as it was written",
        ] {
            assert!(text.lines().any(|other| other == line), "{line}\n{text}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = |text: &str| Issue::parse(text).expect_err("not an issue of the form").to_string();
        assert_eq!(error("Hello"), "this is not an issue of the form: it has no heading `### Statement`");
        let without = ISSUE.replace("Example Lab", NO_ANSWER);
        assert_eq!(error(&without), "the issue has no answer below `### Speaker`");
        let forged = ISSUE.replace("### A heading", "### Speaker\n\nSomebody else");
        assert_eq!(
            error(&forged),
            "the heading `### Speaker` is there twice: delete the one that belongs to an answer"
        );
        assert_eq!(error(&ISSUE.replace("forecast", "guess")), "`guess` is not a kind of claim");
    }

    #[test]
    fn the_form_has_these_labels() {
        let form = include_str!("../init/book/.github/ISSUE_TEMPLATE/claim.yml");
        let labels: Vec<&str> =
            form.lines().filter_map(|line| line.trim_start().strip_prefix("label: ")).collect();
        assert_eq!(labels, LABELS);
        // YAML reads an unquoted day as a date, and GitHub shows no form with such a text.
        let placeholders = form.lines().filter_map(|line| line.trim_start().strip_prefix("placeholder: "));
        assert!(placeholders.into_iter().all(|text| !text.starts_with(|first: char| first.is_ascii_digit())));
    }
}
