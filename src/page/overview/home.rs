//! Makes the view of the home page.

use crate::document::{DocumentKind, Kind, VerdictWord};
use crate::graph::{ClaimIndex, Status};
use crate::quote::QuoteState;

use crate::date::{PartialDate, days_between};
use crate::page::Site;
use crate::page::parts::rows::mark;
use crate::page::view::{ChangedDay, DueDay, HomePage, StatusChange};

/// Maximum number of entries in each list of the home page.
const SHOWN: usize = 5;

/// Longest reason, in characters, that explains an example at first reading.
const MAX_REASON: usize = 150;

impl Site<'_> {
    /// The view of the home page.
    pub fn home(&self) -> HomePage {
        let book = self.book;
        let index = book.find(DocumentKind::Home, "");
        let forecasts: Vec<ClaimIndex> = self.forecasts_by_deadline();
        let with = |status: Status| {
            forecasts.iter().copied().filter(move |&claim| book.node(claim).status == status)
        };
        let mut counts = self.status_counts(book.claims());
        for of in &mut counts {
            of.url = Some(self.url(&format!("claims/status/{}/", of.mark.key)));
        }
        HomePage {
            title: index.map_or(self.config.title.as_str(), |index| self.title(index)).to_owned(),
            summary: index.map(|index| self.summary(index).to_owned()).unwrap_or_default(),
            body: index.map(|index| self.prose(index)).unwrap_or_default(),
            example: self.example().map(|claim| self.card(claim)),
            counts,
            claim_count: book.claims().count(),
            article_count: book.articles().len(),
            has_forecasts: !forecasts.is_empty(),
            open_count: with(Status::Open).count(),
            overdue_count: with(Status::Overdue).count(),
            chart: self.home_chart(),
            latest: self.article_rows(book.articles().iter().copied().take(SHOWN)),
            due: self.due_by_day(with(Status::Open).take(SHOWN)),
            changed: self.changed_by_day(self.reviewed_newest_first(book.claims()).into_iter().take(SHOWN)),
        }
    }

    /// The claim that shows what the book does: one with the source's words and a verdict with a short reason. Words
    /// that were found in the source, and verdicts that surprise, come first.
    fn example(&self) -> Option<ClaimIndex> {
        let rank = |&index: &ClaimIndex| {
            let verdict = self.book.latest_verdict(index)?;
            let reason = verdict.reason.as_ref()?.read(self.access).plain();
            let state = self.check_quote(index)?.state;
            let Status::Verdict(word) = self.book.node(index).status else { return None };
            let is_drifted = state == QuoteState::Drifted;
            if reason.is_empty() || reason.chars().count() > MAX_REASON || is_drifted {
                return None;
            }
            let surprise = match word {
                VerdictWord::DidNotHappen | VerdictWord::Refuted => 0,
                VerdictWord::CameTrue | VerdictWord::Mixed | VerdictWord::Partly => 1,
                _ => 2,
            };
            let is_forecast = self.book.claim(index).kind == Kind::Forecast;
            let mentions = self.book.node(index).mentions.len();
            Some((state != QuoteState::Verified, surprise, !is_forecast, std::cmp::Reverse(mentions), index))
        };
        self.book.claims().filter_map(|index| Some((rank(&index)?, index))).min().map(|(_, index)| index)
    }

    /// Open forecasts, grouped by their deadline.
    fn due_by_day(&self, forecasts: impl Iterator<Item = ClaimIndex>) -> Vec<DueDay> {
        let mut days: Vec<DueDay> = Vec::new();
        for index in forecasts {
            let claim = self.row(index);
            match days.last_mut() {
                Some(day) if day.date == claim.resolves => day.claims.push(claim),
                _ => {
                    let days_left =
                        claim.resolves.map(|date| days_between(self.config.today, date.last_day()));
                    days.push(DueDay { date: claim.resolves, days_left, claims: vec![claim] });
                }
            }
        }
        days
    }

    /// The latest verdicts on claims, grouped by their day, each with the status before it.
    fn changed_by_day(&self, claims: impl Iterator<Item = ClaimIndex>) -> Vec<ChangedDay> {
        let mut days: Vec<ChangedDay> = Vec::new();
        for index in claims {
            let Some(verdict) = self.book.latest_verdict(index) else { continue };
            let date: PartialDate = verdict.date.value;
            let before = date.first_day().yesterday().ok().and_then(|day| self.book.status_on(index, day));
            let now = self.mark_of(index);
            let was = before.map(mark).filter(|was| was.key != now.key);
            let change = StatusChange { claim: self.row(index), was, is_new: before.is_none() };
            match days.last_mut() {
                Some(day) if day.date == date => day.changes.push(change),
                _ => days.push(ChangedDay { date, changes: vec![change] }),
            }
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim, quoting};

    #[test]
    fn the_home_page_counts_the_book_and_shows_what_changed_and_what_is_due() {
        let body = [
            claim("due", "kind:: forecast\nresolves:: 2027"),
            claim("same", "kind:: forecast\nresolves:: 2027"),
            claim("later", "kind:: forecast\nresolves:: 2028-02-01"),
            claim("late", "kind:: forecast\nresolves:: 2026-10"),
            claim("done", "kind:: forecast\nresolves:: 2026-10\nverdict:: 2026-11-20 partly by J. Doe"),
            claim("fresh", "said:: 2026-11-20\nverdict:: 2026-11-20 supported by J. Doe"),
        ];
        let example = Example::of_article(&body.concat());
        let home = example.site().home();
        assert_eq!((home.claim_count, home.article_count), (6, 1));
        assert_eq!((home.open_count, home.overdue_count), (3, 1));
        let due: Vec<(Option<i32>, usize)> =
            home.due.iter().map(|day| (day.days_left, day.claims.len())).collect();
        assert_eq!(due, [(Some(404), 2), (Some(436), 1)]);
        let changed: Vec<(&str, Option<&str>, bool)> = home.changed[0]
            .changes
            .iter()
            .map(|change| (change.claim.id.as_str(), change.was.map(|was| was.word), change.is_new))
            .collect();
        assert_eq!(changed, [("done", Some("Overdue"), false), ("fresh", None, true)]);
        assert!(home.example.is_none(), "no claim has words of its source");
    }

    #[test]
    fn the_example_has_the_words_of_its_source_and_a_short_reason() {
        let verdict = |word: &str, reason: &str| {
            format!("verdict:: 2026-11-20 {word} by J. Doe — [shown](https://example.org/) {reason}")
        };
        let body = [
            claim("unquoted", &verdict("refuted", "no")),
            quoting("long", "Words", &verdict("refuted", &"so ".repeat(60))),
            quoting("right", "Words", &verdict("supported", "in a table")),
            quoting("wrong", "Words", &verdict("refuted", "by a table")),
        ];
        let example = Example::of_article(&body.concat());
        let card = example.site().home().example.expect("an example");
        assert_eq!((card.statement.as_str(), card.why.as_str()), ("Statement wrong.", "Shown by a table."));
    }
}
