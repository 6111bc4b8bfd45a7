//! Makes the charts of a question: the forecasts of one event by the date on which they were made.

use std::collections::BTreeMap;

use crate::chart::{
    Bound, Connection, Measure, Plot, Point, Records, Series, Size, ValueAxis, draw_plot, time_in_years,
};
use crate::date::PartialDate;
use crate::document::{Expectation, ExpectedPoint, RelationKind};
use crate::graph::{ClaimIndex, Status};
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::parts::facts::expectation_words;
use crate::page::parts::rows::{mark, percent};
use crate::page::view::{QuestionChart, QuestionRow};

/// Minimum number of points in a chart. One point shows no change.
const MIN_FORECASTS: usize = 2;

/// Maximum number of forecasts in a plot; the newest are drawn. The limit exists because each is a link with a
/// name.
const DRAWN: usize = 40;

/// An answer to a question, as a number that can be drawn.
struct Answer {
    claim: ClaimIndex,
    value: f64,
    interval: Option<(f64, f64)>,
    /// The answer as text, such as `30% by 31 Dec 2027`.
    words: String,
}

impl Site<'_> {
    /// Charts of the forecasts of a question: one for each sort of answer that at least two forecasts give. If
    /// there is no such chart, the deadlines are drawn.
    pub(in crate::page) fn question_charts(&self, oldest_first: &[ClaimIndex]) -> Vec<QuestionChart> {
        let chart = |title, axis, answer: &dyn Fn(ClaimIndex) -> Option<Answer>| {
            let is_dated = |answer: &Answer| self.book.claim(answer.claim).said.is_some();
            let answers = oldest_first.iter().filter_map(|&claim| answer(claim)).filter(is_dated);
            self.question_chart(title, axis, &answers.collect::<Vec<_>>())
        };
        let date = |point: &ExpectedPoint| match point {
            ExpectedPoint::Date(date) => Some(time_in_years(*date)),
            ExpectedPoint::Number(_) => None,
        };
        let number = |point: &ExpectedPoint| match point {
            ExpectedPoint::Number(number) => Some(number.number),
            ExpectedPoint::Date(_) => None,
        };
        let answers = [
            chart(TEXTS.question.probability(), ValueAxis::Share, &|claim| self.probable(claim)),
            chart(TEXTS.question.expected_date(), ValueAxis::Time, &|claim| self.expected(claim, date)),
            chart(TEXTS.question.expected_number(), ValueAxis::Linear, &|claim| self.expected(claim, number)),
        ];
        let charts: Vec<QuestionChart> = answers.into_iter().flatten().collect();
        if charts.is_empty() {
            chart(TEXTS.question.deadline(), ValueAxis::Time, &|claim| self.deadline(claim))
                .into_iter()
                .collect()
        } else {
            charts
        }
    }

    /// The forecasts of a question as rows of a table, including forecasts that no chart shows.
    pub(in crate::page) fn question_rows(&self, oldest_first: &[ClaimIndex]) -> Vec<QuestionRow> {
        let row = |&claim: &ClaimIndex| {
            let expects = self.book.claim(claim).expects.as_ref();
            let expects = expects.map(|expects| expectation_words(&expects.value)).unwrap_or_default();
            QuestionRow { claim: self.row(claim), expects }
        };
        oldest_first.iter().map(row).collect()
    }

    fn probable(&self, claim: ClaimIndex) -> Option<Answer> {
        let facts = self.book.claim(claim);
        let probability = facts.probability.as_ref()?.value;
        let mut words = percent(probability);
        if let Some(date) = &facts.resolves {
            words = TEXTS.question.probability_by(words, date.value.words());
        }
        if !probability.is_stated {
            words = TEXTS.question.inferred(words);
        }
        Some(Answer { claim, value: probability.value * 100.0, interval: None, words })
    }

    fn expected(&self, claim: ClaimIndex, value: fn(&ExpectedPoint) -> Option<f64>) -> Option<Answer> {
        let expects: &Expectation = &self.book.claim(claim).expects.as_ref()?.value;
        Some(Answer {
            claim,
            value: value(&expects.point)?,
            interval: expects.interval.as_ref().and_then(|(low, high)| Some((value(low)?, value(high)?))),
            words: expectation_words(expects),
        })
    }

    fn deadline(&self, claim: ClaimIndex) -> Option<Answer> {
        let deadline = self.book.claim(claim).resolves.as_ref()?.value;
        let words = TEXTS.question.by(deadline.words());
        Some(Answer { claim, value: time_in_years(deadline), interval: None, words })
    }

    fn question_chart(
        &self,
        title: &'static str,
        axis: ValueAxis,
        answers: &[Answer],
    ) -> Option<QuestionChart> {
        let missing = answers.len().saturating_sub(DRAWN);
        let newest = answers.get(missing..).filter(|newest| newest.len() >= MIN_FORECASTS)?;
        let points: Vec<Point> = newest.iter().filter_map(|answer| self.answer_point(answer)).collect();
        let plot = Plot {
            label: TEXTS.question.label(title),
            measure: if axis == ValueAxis::Share { Measure::Percent } else { self.measure_of(newest) },
            axis,
            connections: self.joins(newest),
            series: vec![Series { points, is_context: false }],
            has_main: false,
            forecasts: Vec::new(),
            records: Records::None,
            trend: None,
            today: time_in_years(PartialDate::from(self.config.today)),
            size: Size::Medium,
        };
        Some(QuestionChart {
            title,
            html: draw_plot(&plot)?.html,
            drawn: newest.len(),
            has_lines: !plot.connections.is_empty(),
            has_intervals: newest.iter().any(|answer| answer.interval.is_some()),
            missing,
        })
    }

    /// What the answers are measured in; plain numbers if their units differ.
    fn measure_of(&self, answers: &[Answer]) -> Measure {
        let unit = |answer: &Answer| {
            let own = self
                .book
                .claim(answer.claim)
                .expects
                .as_ref()
                .and_then(|expects| expects.value.unit.as_deref());
            own.or(self.unit_of(answer.claim)).unwrap_or_default()
        };
        let first = answers.first().map(unit).unwrap_or_default();
        let is_one_unit = answers.iter().all(|answer| unit(answer) == first);
        if is_one_unit { Measure::of_unit(first) } else { Measure::Number }
    }

    /// An answer as a point of the plot, at the day on which it was given.
    fn answer_point(&self, answer: &Answer) -> Option<Point> {
        let said = self.book.claim(answer.claim).said.as_ref()?.value;
        let status = self.book.node(answer.claim).status;
        let name = self.forecasters(answer.claim);
        Some(Point {
            url: self.url(&self.claim_path(answer.claim)),
            accessible_name: TEXTS.question.point(
                &name,
                said.words(),
                &answer.words,
                mark(status).word.to_lowercase(),
            ),
            label: name,
            value_words: String::new(),
            time: time_in_years(said),
            value: answer.value,
            bound: Bound::Exact,
            interval: answer.interval,
            is_replaced: status == Status::Superseded,
        })
    }

    /// The name of the first speaker, and the number of further speakers. The label must be part of the link's
    /// name, and many names would cover the plot. The table names all speakers.
    fn forecasters(&self, claim: ClaimIndex) -> String {
        let speakers = &self.book.node(claim).by;
        let first = speakers.first().map_or("", |&speaker| self.book.speakers().get(speaker).name.as_str());
        if speakers.len() > 1 { TEXTS.question.and_more(first, speakers.len() - 1) } else { first.to_owned() }
    }

    /// Lines between points: solid if the second forecast supersedes the first, dashed if both are consecutive
    /// forecasts of one speaker from different days.
    fn joins(&self, answers: &[Answer]) -> Vec<Connection> {
        let day =
            |answer: &Answer| self.book.claim(answer.claim).said.as_ref().map(|said| said.value.last_day());
        let mut joined = BTreeMap::new();
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        for (place, answer) in answers.iter().enumerate() {
            for &speaker in &self.book.node(answer.claim).by {
                if let Some(before) = last.insert(speaker, place)
                    && day(&answers[before]) < day(answer)
                {
                    joined.insert((before, place), true);
                }
            }
        }
        let places: BTreeMap<ClaimIndex, usize> =
            answers.iter().enumerate().map(|(place, answer)| (answer.claim, place)).collect();
        for (to, answer) in answers.iter().enumerate() {
            for &edge in &self.book.node(answer.claim).outgoing {
                if self.book.relation(edge).kind == RelationKind::Supersedes
                    && let Some(&from) = places.get(&edge.other)
                {
                    joined.insert((from, to), false);
                }
            }
        }
        joined
            .into_iter()
            .map(|((from, to), is_dashed)| Connection { series: 0, from, to, is_dashed })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::Example;

    #[test]
    fn forecasts_of_a_question_are_points_that_lead_to_their_claims() {
        let page = Example::of_forecasts().render().text("forecasts/when/index.html");
        for point in [
            "<a href=\"/claims/moved/\" aria-label=\"Ann, Jan 2026: Jun 2027, replaced\">",
            "<a href=\"/claims/now/\" aria-label=\"Ann, Jun 2026: Jun 2028, between Jan 2027 and Dec 2030, overdue\">",
            "<a href=\"/claims/cy/\" aria-label=\"Cy, 1 Jul 2026: 2027, overdue\">",
        ] {
            assert!(page.contains(point), "{point} is not in\n{page}");
        }
        assert_eq!(page.matches("<path class=\"ser c1\"").count(), 1, "Ann's line: {page}");
        assert_eq!(page.matches("<line class=\"iv c1\"").count(), 1, "{page}");
        assert!(page.find("</figure>") < page.find("<table"), "a table follows");
        assert!(page.contains(">Jun 2028, between Jan 2027 and Dec 2030</td>"), "{page}");
    }
}
