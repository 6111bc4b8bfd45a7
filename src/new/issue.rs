//! Reads an issue that somebody filled in with the form of a new book (`.github/ISSUE_TEMPLATE/claim.yml`), and writes
//! it as the draft of a claim. GitHub makes Markdown of a form: each label as a heading, with the answer below it, which
//! is `_No response_` if nothing was written.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};

use crate::date::PartialDate;
use crate::document::Kind;
use crate::web_address;

use super::{Draft, NewDocument, ReadSite, unused_id, yaml_string};

/// The labels of the form. The headings of other text are part of the answer.
const LABELS: [&str; 7] =
    ["Statement", "Kind", "Speaker", "Date", "Source", "Words of the source", "Deadline"];

const NO_ANSWER: &str = "_No response_";

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
    /// When the text does not have the headings of the form, or no answer where one is needed.
    pub fn parse(text: &str) -> Result<Self> {
        let mut answers = [const { String::new() }; LABELS.len()];
        let mut current = None;
        for line in text.lines() {
            let label = line.strip_prefix("### ").map(str::trim);
            let label = label.and_then(|label| LABELS.iter().position(|other| *other == label));
            match (label, current) {
                (Some(label), _) => current = Some(label),
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
    let source = web_address::parse(&issue.source)
        .and_then(|url| Some(format!("[{}]({})", url.host_str()?, url.as_str())));
    let date = |answer: &str| PartialDate::parse(answer).map(|date| date.to_string());
    let deadline = if issue.kind == Kind::Forecast { issue.deadline.as_str() } else { "" };
    for (key, answer, value) in [
        ("said", issue.date.as_str(), date(&issue.date)),
        ("source", &issue.source, source.map(|source| yaml_string(&source))),
        ("quote", &issue.quote, Some(yaml_string(&issue.quote))),
        ("resolves", deadline, date(deadline)),
    ] {
        match value {
            _ if answer.is_empty() => {}
            Some(value) => {
                let _ = writeln!(text, "{key}: {value}");
            }
            // An answer that is no date or address stays as a comment, so that the reviewer of the draft can correct it.
            None => {
                let answer = answer.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = writeln!(text, "# {key}: {answer}   # the answer as it was written");
            }
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
    fn what_is_missing_is_named() {
        let error = |text: &str| Issue::parse(text).expect_err("not an issue of the form").to_string();
        assert_eq!(error("Hello"), "this is not an issue of the form: it has no heading `### Statement`");
        let without = ISSUE.replace("Example Lab", NO_ANSWER);
        assert_eq!(error(&without), "the issue has no answer below `### Speaker`");
        assert_eq!(error(&ISSUE.replace("forecast", "guess")), "`guess` is not a kind of claim");
    }

    #[test]
    fn the_form_has_these_labels() {
        let form = include_str!("../init/book/.github/ISSUE_TEMPLATE/claim.yml");
        let labels: Vec<&str> =
            form.lines().filter_map(|line| line.trim_start().strip_prefix("label: ")).collect();
        assert_eq!(labels, LABELS);
    }
}
