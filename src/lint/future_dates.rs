//! Reports claims, verdicts, readings, write-ups and sources that are dated after the day of the build.

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::{FrontMatter, Kind, SourceReference};
use crate::source::Spanned;

use super::{Context, valid_claims_with_index};

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
        for (what, date) in
            front_matter_dates(&document.front_matter).filter(|(_, date)| !book.has_arrived(date.value))
        {
            let message = format!("{what} {}, after the day of the build", date.value);
            let help = "correct the date, or allow `future-dates` if it is right";
            problems.push(Diagnostic::new(&RULE, date.span, message).help(help));
        }
    }
    let help = "correct the date; if it is right, this counts from that day on";
    for (index, claim) in valid_claims_with_index(context) {
        let id = &claim.id.value;
        if let Some(said) = claim.said.as_ref().filter(|_| !book.is_said(index)) {
            // The verdicts of the claim are not reported as well, because a verdict cannot be earlier than its
            // claim.
            let message = format!("claim `{id}` is dated {}, after the day of the build", said.value);
            problems.push(Diagnostic::new(&RULE, said.span, message).help(help));
            continue;
        }
        for verdict in claim.verdicts.iter().filter(|verdict| !book.has_arrived(verdict.date.value)) {
            let date = &verdict.date;
            let message = format!("a verdict on `{id}` is dated {}, after the day of the build", date.value);
            problems.push(Diagnostic::new(&RULE, date.span, message).help(help));
        }
        let as_of = claim.as_of.as_ref().filter(|_| claim.kind != Kind::Forecast);
        if let Some(date) = as_of.filter(|date| !book.has_arrived(date.value)) {
            let message = format!("`as-of` of `{id}` is {}, after the day of the build", date.value);
            let help = "correct the date; what is expected of a later day is a `forecast`";
            problems.push(Diagnostic::new(&RULE, date.span, message).help(help));
        }
        if let Some(date) =
            claim.seen.as_ref().map(|seen| &seen.date).filter(|date| !book.has_arrived(date.value))
        {
            let message =
                format!("the quotation of `{id}` is seen on {}, after the day of the build", date.value);
            problems.push(Diagnostic::new(&RULE, date.span, message).help(help));
        }
    }
}

/// Returns the dates in the front matter of a file, each with the beginning of its message.
fn front_matter_dates(
    front_matter: &FrontMatter,
) -> impl Iterator<Item = (&'static str, &Spanned<PartialDate>)> {
    let published = match front_matter.source.as_ref().map(|source| &source.value) {
        Some(SourceReference::Inline(facts)) => facts.published.as_ref(),
        _ => front_matter.source_facts.published.as_ref(),
    };
    [
        ("this write-up is dated", front_matter.date.as_ref()),
        ("this write-up is updated on", front_matter.updated.as_ref()),
        ("this source is published on", published),
    ]
    .into_iter()
    .filter_map(|(what, date)| Some((what, date?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{claim, quoting};
    use crate::lint::tests::{check, check_allowed_article, check_article};

    #[test]
    fn dates_of_claims_after_the_day_are_reported() {
        let check = |facts: &str, message: &str, date: &str| {
            let body = quoting("pace", "It did.", facts);
            check_article(&RULE, &body, &[(&format!("{message}, after the day of the build"), date)]);
        };
        check("said:: 2027", "claim `pace` is dated 2027", "2027");
        check("said:: 2026-11-24", "claim `pace` is dated 2026-11-24", "2026-11-24");
        // The verdicts of a claim that is not said yet are not reported as well.
        check("said:: 2027\nverdict:: 2027-05-01 supported by J. Doe", "claim `pace` is dated 2027", "2027");
        let verdict = "verdict:: 2026-11-01 mixed by J. Doe\nverdict:: 2027-01-02 refuted by J. Doe";
        check(verdict, "a verdict on `pace` is dated 2027-01-02", "2027-01-02");
        check("as-of:: 2027-03", "`as-of` of `pace` is 2027-03", "2027-03");
        check("seen:: 2027-03-04 by J. Doe", "the quotation of `pace` is seen on 2027-03-04", "2027-03-04");
    }

    #[test]
    fn dates_of_files_after_the_day_are_reported() {
        let head = "title: A\ndate: 2027-05-01\nupdated: 2027-06\n\
                    source: {title: A report, url: \"https://example.org/\", published: 2027-07}";
        check(
            &RULE,
            &[
                ("content/articles/a.md", &format!("---\n{head}\n---\n")),
                ("content/sources/report.md", "---\ntitle: Report\npublished: 2027-02-03\n---\n"),
            ],
            &[
                ("this write-up is dated 2027-05-01, after the day of the build", "2027-05-01"),
                ("this write-up is updated on 2027-06, after the day of the build", "2027-06"),
                ("this source is published on 2027-07, after the day of the build", "2027-07"),
                ("this source is published on 2027-02-03, after the day of the build", "2027-02-03"),
            ],
        );
    }

    #[test]
    fn the_next_day_and_what_a_forecast_expects_are_clean() {
        let today = "said:: 2026-11-23\nverdict:: 2026-11-23 supported by J. Doe";
        let month = "said:: 2026\nas-of:: 2026-11";
        let forecast = "kind:: forecast\nas-of:: 2030\nresolves:: 2031\nexpects:: 2030";
        check_article(&RULE, &[claim("a", today), claim("b", month), claim("c", forecast)].concat(), &[]);
    }

    #[test]
    fn an_allow_of_the_claim_suppresses_it() {
        check_allowed_article(&RULE, &claim("pace", "said:: 2027\nallow:: future-dates"));
    }
}
