//! Reports claims, verdicts, readings, write-ups and sources that are dated after the day of the build.

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::{FrontMatter, Kind, SourceReference};
use crate::source::Spanned;

use super::{Context, each_claim_index};

/// Name, default level and documentation of the lint `future-dates`.
pub(super) const RULE: Rule = Rule {
    name: "future-dates",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a claim, a verdict, a reading, a write-up or a source is dated after the day of the build",
    explanation: "What is said, judged or seen after the day of the build does not count yet: it is in no list, count, score, chart or \
feed, and `--today` with an earlier day shows the book as it was then. Such a claim keeps its page, which says so. A \
date that is a month or a year begins with its first day, and the day after the build counts as well, for authors \
whose day begins before that of UTC. The `date` and `updated` of a write-up and the \
`published` of a source are reported too, and the `as-of` of claims that are not forecasts. Most often the year is a typing error. Like all lints that depend on the day, \
this one never fails `--strict`.

    > - said:: 2026-11-20
    > - verdict:: 2026-11-22 supported by J. Doe — [the log](https://example.org/log)",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let book = context.book;
    for (_, document) in book.documents() {
        for (what, date) in dates(&document.front_matter).filter(|(_, date)| !book.has_arrived(date.value)) {
            let message = format!("{what} {}, which is after the day of the build", date.value);
            let help = "correct the date, or allow `future-dates` if it is right";
            problems.push(Diagnostic::new(&RULE, date.span, message).help(help));
        }
    }
    let help = "correct the date; if it is right, this counts from that day on";
    for (index, claim) in each_claim_index(context) {
        let id = &claim.id.value;
        if let Some(said) = claim.said.as_ref().filter(|_| !book.is_said(index)) {
            // The verdicts of the claim are not reported as well, because a verdict cannot be earlier than its
            // claim.
            let message =
                format!("claim `{id}` is said on {}, which is after the day of the build", said.value);
            problems.push(Diagnostic::new(&RULE, said.span, message).help(help));
            continue;
        }
        for verdict in claim.verdicts.iter().filter(|verdict| !book.has_arrived(verdict.date.value)) {
            let date = &verdict.date;
            let message = format!(
                "a verdict on `{id}` is given on {}, which is after the day of the build",
                date.value
            );
            problems.push(Diagnostic::new(&RULE, date.span, message).help(help));
        }
        let as_of = claim.as_of.as_ref().filter(|_| claim.kind != Kind::Forecast);
        if let Some(date) = as_of.filter(|date| !book.has_arrived(date.value)) {
            let message = format!(
                "the evidence of `{id}` speaks for {}, which is after the day of the build",
                date.value
            );
            let help = "correct the date; what is expected of a later day is a `forecast`";
            problems.push(Diagnostic::new(&RULE, date.span, message).help(help));
        }
        if let Some(date) =
            claim.seen.as_ref().map(|seen| &seen.date).filter(|date| !book.has_arrived(date.value))
        {
            let message = format!(
                "the quotation of `{id}` is seen on {}, which is after the day of the build",
                date.value
            );
            problems.push(Diagnostic::new(&RULE, date.span, message).help(help));
        }
    }
}

/// Returns the dates in the front matter of a file, each with the beginning of its message.
fn dates(front_matter: &FrontMatter) -> impl Iterator<Item = (&'static str, &Spanned<PartialDate>)> {
    let of_source = match front_matter.source.as_ref().map(|source| &source.value) {
        Some(SourceReference::Inline(facts)) => facts.published.as_ref(),
        _ => front_matter.source_facts.published.as_ref(),
    };
    [
        ("this write-up is dated", front_matter.date.as_ref()),
        ("this write-up is updated on", front_matter.updated.as_ref()),
        ("this source is published on", of_source),
    ]
    .into_iter()
    .filter_map(|(what, date)| Some((what, date?)))
}
