//! Reports names that seem to consist of two or more names of people or organisations.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::{Document, SourceReference};
use crate::graph::Entities;
use crate::source::Spanned;

use super::Context;
use super::name_pairs::{NameKind, ParsedName};

/// `ParsedName`, default level and documentation of the lint `joined-names`.
pub(super) const RULE: Rule = Rule {
    name: "joined-names",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a name seems to join the names of two people or organisations",
    explanation: "Each `by` is one speaker, and so is each item of `authors`. `Jane Doe and John Roe` in one value would be a third \
speaker with a page and a record of its own. Reported are names that `and`, `&`, a comma, a semicolon or a slash divides into parts of \
which each is a known speaker or looks like the name of a person. `Ernst & Young` and `Johnson, Smith & Co` are \
not reported. Write each name on a line of its own, or as an item of a list in front matter. If it is one name, add a file for it in `content/speakers/`.

    > - by:: Jane Doe
    > - by:: John Roe",
};

const SEPARATORS: [&str; 7] = [",", ";", " and ", " & ", " und ", " et ", " / "];

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let speakers = context.book.speakers();
    for (_, document) in context.book.documents() {
        for (key, name) in names_with_keys(document) {
            let Some(parts) = split_joined_name(&name.value, speakers) else { continue };
            let help = match key {
                "by" => {
                    format!("write a line `by:: {}` for each of them, or a list in front matter", parts[0])
                }
                "via" | "verdict" | "seen" => "write one name".to_owned(),
                _ => format!("write a list: `{key}: [{}]`", parts.join(", ")),
            };
            problems.push(
                Diagnostic::new(
                    &RULE,
                    name.span,
                    format!("`{}` seems to name {}", name.value, two_or_several(&parts)),
                )
                .help(help)
                .help("if it is one name, add a file for it in `content/speakers/`"),
            );
        }
    }
}

fn two_or_several(parts: &[&str]) -> &'static str {
    if parts.len() == 2 { "two" } else { "several" }
}

/// Returns the names of people and organisations in a document, each with its key.
fn names_with_keys(document: &Document) -> impl Iterator<Item = (&'static str, &Spanned<String>)> {
    let front_matter = &document.front_matter;
    let inline = match front_matter.source.as_ref().map(|source| &source.value) {
        Some(SourceReference::Inline(facts)) => Some(&facts.authors),
        _ => None,
    };
    let source_authors = front_matter.source_facts.authors.iter().chain(inline.into_iter().flatten());
    let claim_names = document.claims.iter().filter(|claim| !claim.is_broken).flat_map(|claim| {
        let by = claim.by.iter().map(|name| ("by", name));
        let via = claim.via.as_deref().map(|name| ("via", name));
        let verdicts = claim.verdicts.iter().filter_map(|verdict| Some(("verdict", verdict.by.as_ref()?)));
        by.chain(via).chain(verdicts).chain(claim.seen.iter().map(|seen| ("seen", &seen.by)))
    });
    let authors = front_matter.authors.iter().map(|name| ("authors", name));
    authors.chain(source_authors.map(|name| ("author", name))).chain(claim_names)
}

/// Whether a name seems to consist of several names.
pub(super) fn is_joined(name: &str, speakers: &Entities) -> bool {
    split_joined_name(name, speakers).is_some()
}

/// Returns the parts of a name that seems to consist of several names. Returns `None` if the whole name is a
/// speaker with a file.
fn split_joined_name<'a>(name: &'a str, speakers: &Entities) -> Option<Vec<&'a str>> {
    let has_file = || speakers.find(name).is_some_and(|known| speakers.get(known).document.is_some());
    split_names(name, |part| speakers.find(part).is_some()).filter(|_| !has_file())
}

/// Returns the parts of a text that seems to consist of several names. `is_known` is true for names of known
/// speakers.
fn split_names(name: &str, is_known: impl Fn(&str) -> bool) -> Option<Vec<&str>> {
    let mut parts = vec![name];
    for separator in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    let trimmed = parts.into_iter().map(|part| part.trim().trim_start_matches("and ").trim());
    let parts: Vec<&str> = trimmed.filter(|part| !part.is_empty()).collect();
    (parts.len() > 1 && parts.iter().all(|part| is_known(part) || looks_like_person(part))).then_some(parts)
}

fn looks_like_person(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && ParsedName::new(name, NameKind::Speaker).is_person()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{article, claim};
    use crate::lint::tests::{check, check_allowed_article, check_article};

    #[test]
    fn two_names_are_told_from_names_of_organisations() {
        let check = |name: &str, expected: usize| {
            let is_known = |name: &str| ["OpenAI", "Anthropic", "Example Lab"].contains(&name);
            assert_eq!(split_names(name, is_known).map_or(0, |parts| parts.len()), expected, "{name}");
        };
        check("Jane Doe and John Roe", 2);
        check("Jane Doe & John Roe", 2);
        check("Jane Doe, John Roe", 2);
        check("Jane Doe; J. Roe", 2);
        check("Jane Doe, John Roe, and Jim Poe", 3);
        check("OpenAI and Anthropic", 2);
        check("Jane Doe, Example Lab", 2);
        check("Jane Doe und John Roe", 2);
        for one in [
            "Jane Doe",
            "Ernst & Young",
            "Johnson, Smith & Co",
            "Doe, Jane",
            "Jane Doe, MD",
            "Jane Doe, Jr.",
            "Bill and Melinda Gates Foundation",
            "Model Evaluation and Threat Research",
            "Center for AI Standards and Innovation",
            "Food and Drug Administration",
            "Simon & Schuster",
            "Procter & Gamble",
            "Standard and Poor's",
            "Science and Technology Committee",
            "Smith, Jones and Partners",
            "AT&T",
            "Alexander Johnson",
            "Marks and Spencer",
        ] {
            check(one, 0);
        }
    }

    #[test]
    fn two_names_in_one_value_are_reported() {
        let facts = "by:: Jane Doe and John Roe\nvia:: OpenAI, Anthropic\n\
                     verdict:: 2026-11-20 supported by J. Doe & R. Roe";
        let body = claim("one", facts) + &claim("two", "by:: OpenAI\nby:: Anthropic");
        check_article(
            &RULE,
            &body,
            &[
                ("`Jane Doe and John Roe` seems to name two", "Jane Doe and John Roe"),
                ("`OpenAI, Anthropic` seems to name two", "OpenAI, Anthropic"),
                ("`J. Doe & R. Roe` seems to name two", "J. Doe & R. Roe"),
            ],
        );
        let text = "---\ntitle: A\nauthors: \"Jane Doe, John Roe, Ann Poe\"\n---\n";
        check(
            &RULE,
            &[("content/articles/a.md", text)],
            &[("`Jane Doe, John Roe, Ann Poe` seems to name several", "\"Jane Doe, John Roe, Ann Poe\"")],
        );
    }

    #[test]
    fn a_name_with_a_file_and_unknown_organisations_are_clean() {
        let body = article(&claim("one", "by:: Jim Poe and Ann Poe\nvia:: OpenAI, Anthropic"));
        let file = ("content/speakers/jim-poe-and-ann-poe.md", "---\nname: Jim Poe and Ann Poe\n---\n");
        check(&RULE, &[("content/articles/a.md", &body), file], &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &claim("one", "by:: Jane Doe and John Roe\nallow:: joined-names"));
    }
}
