//! Makes the pages of forecasts (due, overdue and resolved) and of the questions that forecasts answer.

use std::collections::BTreeMap;

use crate::graph::{ClaimIndex, Status};
use crate::texts::TEXTS;

use crate::page::parts::address::words_of;
use crate::page::parts::pager::PER_PAGE;
use crate::page::parts::pager::{shortened, slice};
use crate::page::parts::rows::mark;
use crate::page::view::{ForecastCount, ForecastsPage, QuestionPage, Shortened};
use crate::page::{Site, SiteStructure};

/// Maximum number of forecasts of each status on the page of all forecasts. The lists of claims by status contain
/// the rest.
const SHOWN: usize = 15;

impl SiteStructure<'_> {
    /// The questions that claims name, sorted by id, each with its claims.
    pub fn questions(&self) -> Vec<(String, Vec<ClaimIndex>)> {
        let mut questions: BTreeMap<&str, Vec<ClaimIndex>> = BTreeMap::new();
        for index in self.book.claims() {
            if let Some(question) = &self.book.claim(index).question {
                questions.entry(&question.value).or_default().push(index);
            }
        }
        questions.into_iter().map(|(question, claims)| (question.to_owned(), claims)).collect()
    }
}

impl Site<'_> {
    /// Page `number` of the forecasts. Only the first page has all sections; the later pages only continue the list
    /// of questions.
    pub fn forecasts(&self, questions: &[(String, Vec<ClaimIndex>)], number: usize) -> ForecastsPage {
        let shown = slice(questions, number, PER_PAGE).iter();
        let rest = ForecastsPage {
            questions: shown.map(|(question, _)| self.question_link(question)).collect(),
            pager: self.pager("forecasts/", number, questions.len(), PER_PAGE),
            ..ForecastsPage::default()
        };
        if number > 1 {
            return rest;
        }
        let forecasts = self.forecasts_by_deadline();
        let with = |status: Status| {
            let book = self.book;
            forecasts.iter().copied().filter(move |&claim| book.node(claim).status == status)
        };
        let counts = Status::ALL.iter().map(|&status| ForecastCount {
            mark: mark(status),
            count: with(status).count(),
            section: match status {
                Status::Open => "due",
                Status::Overdue => "overdue",
                Status::Superseded => "replaced",
                Status::Verdict(_) => "resolved",
                // No forecast has one of these.
                Status::Contested | Status::Unreviewed | Status::NotSaid => "",
            },
        });
        let is_resolved = |claim: &ClaimIndex| matches!(self.book.node(*claim).status, Status::Verdict(_));
        let resolved = self.reviewed_newest_first(forecasts.iter().copied().filter(is_resolved));
        let first = |status: Status| {
            let rest = |all: &[ClaimIndex]| vec![self.status_link(status, &words(status, all.len()))];
            shortened(with(status).collect(), SHOWN, rest, |claim| self.row(claim))
        };
        let by_verdict = || {
            let verdicts = Status::ALL.into_iter().filter(|status| matches!(status, Status::Verdict(_)));
            let counted = verdicts.map(|status| (status, with(status).count()));
            counted
                .filter(|(_, count)| *count > 0)
                .map(|(status, count)| self.status_link(status, &words(status, count)))
                .collect()
        };
        ForecastsPage {
            counts: counts.filter(|count| count.count > 0).collect(),
            due: first(Status::Open),
            overdue: first(Status::Overdue),
            superseded: first(Status::Superseded),
            judged: Shortened {
                items: self.reviewed(resolved.iter().copied().take(SHOWN)),
                total: resolved.len(),
                rest: if resolved.len() > SHOWN { by_verdict() } else { Vec::new() },
            },
            scoreboard: self.scoreboard(),
            ..rest
        }
    }

    /// Page `number` of a question. `oldest_first` are all forecasts of the question.
    pub fn question(&self, question: &str, oldest_first: &[ClaimIndex], number: usize) -> QuestionPage {
        let path = format!("forecasts/{question}/");
        let is_first = number == 1;
        QuestionPage {
            title: words_of(question),
            charts: if is_first { self.question_charts(oldest_first) } else { Vec::new() },
            moving: if is_first { self.moving_dates(oldest_first) } else { Vec::new() },
            forecasts: self.question_rows(slice(oldest_first, number, PER_PAGE)),
            pager: self.pager(&path, number, oldest_first.len(), PER_PAGE),
        }
    }
}

/// Text of the link to the list of all claims with a status. `count` is the number of forecasts with that status.
fn words(status: Status, count: usize) -> String {
    match status {
        // This list also contains claims that are not forecasts, which `count` does not include.
        Status::Superseded => TEXTS.forecast.all_replaced().to_owned(),
        Status::Open => TEXTS.forecast.all_open(count),
        Status::Overdue => TEXTS.forecast.all_overdue(count),
        _ => TEXTS.forecast.all_with(count, mark(status).word.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim};

    #[test]
    fn empty_lists_of_deadlines_say_so() {
        let facts = "kind:: forecast\nresolves:: 2030\nverdict:: 2026-11-01 came-true by J. Doe — so";
        let site = Example::of_article(&claim("one", facts)).render();
        site.page("review/index.html").contains("No deadline has passed without a verdict.");
        site.page("forecasts/index.html").contains("No forecast is open.");
        site.page("index.html").contains("No forecast is open.");
    }
}
