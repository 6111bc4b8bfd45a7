//! Forecasts: what is due, overdue and resolved, and the questions they share.

use std::collections::BTreeMap;

use crate::document::Kind;
use crate::graph::{ClaimIndex, Status};

use super::Site;
use super::rows::mark;
use super::view::{ForecastCount, ForecastsPage, Link, QuestionPage};

impl Site<'_> {
    /// The page of all forecasts.
    pub fn forecasts(&self) -> ForecastsPage {
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
                _ => "resolved",
            },
        });
        let is_resolved = |claim: &ClaimIndex| matches!(self.book.node(*claim).status, Status::Verdict(_));
        let resolved = self.reviewed_newest_first(forecasts.iter().copied().filter(is_resolved));
        ForecastsPage {
            counts: counts.filter(|count| count.count > 0).collect(),
            due: self.claim_rows(with(Status::Open)),
            overdue: self.claim_rows(with(Status::Overdue)),
            resolved: self.reviewed(resolved.into_iter()),
            superseded: self.claim_rows(with(Status::Superseded)),
            questions: self.questions().iter().map(|(question, _)| self.question_link(question)).collect(),
            scoreboard: self.scoreboard(),
        }
    }

    /// The questions that forecasts name, each with its forecasts.
    pub fn questions(&self) -> Vec<(String, Vec<ClaimIndex>)> {
        let mut questions: BTreeMap<&str, Vec<ClaimIndex>> = BTreeMap::new();
        for index in self.book.claims() {
            if let Some(question) = &self.book.claim(index).question {
                questions.entry(&question.value).or_default().push(index);
            }
        }
        questions.into_iter().map(|(question, claims)| (question.to_owned(), claims)).collect()
    }

    /// The page of a question.
    pub fn question(&self, question: &str, claims: &[ClaimIndex]) -> QuestionPage {
        let mut oldest_first = self.newest_first(claims.iter().copied());
        oldest_first.reverse();
        QuestionPage {
            title: words_of(question),
            charts: self.question_charts(&oldest_first),
            moving: self.moving_dates(claims),
            forecasts: self.question_rows(&oldest_first),
        }
    }

    pub(super) fn question_link(&self, question: &str) -> Link {
        self.link(&format!("forecasts/{question}/"), &words_of(question))
    }

    /// All forecasts, nearest deadline first, those without one last.
    pub(super) fn forecasts_by_deadline(&self) -> Vec<ClaimIndex> {
        self.by_deadline(self.book.claims())
    }

    /// The forecasts among some claims, nearest deadline first.
    pub(super) fn by_deadline(&self, claims: impl Iterator<Item = ClaimIndex>) -> Vec<ClaimIndex> {
        let mut forecasts: Vec<ClaimIndex> =
            claims.filter(|&claim| self.book.claim(claim).kind == Kind::Forecast).collect();
        forecasts.sort_by_cached_key(|&index| {
            let deadline = self.book.claim(index).resolves.as_ref().map(|date| date.value.last_day());
            (deadline.is_none(), deadline, index)
        });
        forecasts
    }
}

/// A question's id as words: `swe-bench-2025` is `Swe bench 2025`.
fn words_of(question: &str) -> String {
    let words = question.replace('-', " ");
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
