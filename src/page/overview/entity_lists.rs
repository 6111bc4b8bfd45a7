//! Makes the lists of people, metrics, sources and tags. Each list is a table of what readers compare.

use crate::chart::{draw_sparkline, time_in_years};
use crate::date::PartialDate;
use crate::document::{Kind, Scale, VerdictWord};
use crate::graph::{ClaimIndex, Entity, EntityIndex, EntityKind, Status};
use crate::quote::QuoteState;
use crate::texts::TEXTS;

use crate::page::entity::values::Datum;
use crate::page::parts::address::entity_list_path;
use crate::page::parts::facts::value_words;
use crate::page::parts::pager::{PER_PAGE, slice};
use crate::page::view::{
    MetricListPage, MetricListRow, PeoplePage, PersonRow, SourceListPage, SourceListRow, TagListPage, TagRow,
};
use crate::page::{Site, SiteStructure};

/// Maximum number of forecasts of a person that are drawn as signs, each of which takes about 30 bytes of HTML. The
/// words count all.
const MAX_SIGNS: usize = 12;

impl SiteStructure<'_> {
    /// All entities of a kind in the order of their list. Speakers who said something and metrics that were measured
    /// most recently come first, and the newest sources. Tags are sorted by name.
    pub fn entities_in_list(&self, kind: EntityKind) -> Vec<EntityIndex> {
        let mut all: Vec<EntityIndex> = self.book.entity_indices(kind).collect();
        let day = |&index: &EntityIndex| {
            let entity = self.book.entity(index);
            let date = match kind {
                EntityKind::Speaker => self.last_said(entity),
                EntityKind::Metric => self.last_measured(entity),
                EntityKind::Source => self.published(entity),
                EntityKind::Tag => None,
            };
            date.map(PartialDate::first_day)
        };
        all.sort_by_cached_key(|index| std::cmp::Reverse(day(index)));
        all
    }

    fn last_said(&self, entity: &Entity) -> Option<PartialDate> {
        let dates = entity.claims.iter().filter_map(|&claim| self.book.claim(claim).said.as_ref());
        dates.map(|said| said.value).max_by_key(|date| date.first_day())
    }

    fn last_measured(&self, entity: &Entity) -> Option<PartialDate> {
        let measured =
            entity.claims.iter().filter(|&&claim| self.book.claim(claim).kind == Kind::Measurement);
        measured.filter_map(|&claim| self.measured_on(claim)).max_by_key(|date| date.first_day())
    }

    fn published(&self, entity: &Entity) -> Option<PartialDate> {
        let document = self.book.document(entity.document?);
        document.front_matter.source_facts.published.as_ref().map(|published| published.value)
    }
}

impl Site<'_> {
    /// Page `number` of the list of people. `all` is the result of [`SiteStructure::entities_in_list`].
    pub fn people(&self, all: &[EntityIndex], number: usize) -> PeoplePage {
        PeoplePage {
            total: TEXTS.count.speakers(all.len()),
            rows: slice(all, number, PER_PAGE).iter().map(|&index| self.person_row(index)).collect(),
            pager: self.pager(entity_list_path(EntityKind::Speaker), number, all.len(), PER_PAGE),
        }
    }

    fn person_row(&self, index: EntityIndex) -> PersonRow {
        use VerdictWord::{DidNotHappen, Refuted, Retracted};
        let entity = self.book.entity(index);
        let status = |claim: &&ClaimIndex| self.book.node(**claim).status;
        let forecasts = entity.claims.iter().filter(|&&claim| self.book.claim(claim).kind == Kind::Forecast);
        let record = self.status_counts(forecasts.copied());
        let signs = record.iter().flat_map(|of| std::iter::repeat_n(of.mark, of.count)).take(MAX_SIGNS);
        let is_judged = |claim: &&ClaimIndex| matches!(status(claim), Status::Verdict(_));
        let is_wrong = |claim: &&ClaimIndex| {
            matches!(status(claim), Status::Verdict(DidNotHappen | Refuted | Retracted))
        };
        PersonRow {
            url: self.url(&self.entity_path(index)),
            name: entity.name.clone(),
            signs: signs.collect(),
            record,
            wrong: entity.claims.iter().filter(is_wrong).count(),
            judged: entity.claims.iter().filter(is_judged).count(),
            claims: entity.claims.len(),
            last_said: self.last_said(entity),
        }
    }

    /// Page `number` of the list of metrics. `all` is the result of [`SiteStructure::entities_in_list`].
    pub fn metric_list(&self, all: &[EntityIndex], number: usize) -> MetricListPage {
        MetricListPage {
            total: TEXTS.count.metrics(all.len()),
            rows: slice(all, number, PER_PAGE).iter().map(|&index| self.metric_row(index)).collect(),
            pager: self.pager(entity_list_path(EntityKind::Metric), number, all.len(), PER_PAGE),
        }
    }

    fn metric_row(&self, index: EntityIndex) -> MetricListRow {
        let entity = self.book.entity(index);
        let data = self.data_of(entity);
        let latest_of_all = data.iter().filter(|datum| !datum.is_forecast && datum.date.is_some());
        let latest = latest_of_all.max_by_key(|datum| datum.date.map(PartialDate::first_day));
        // Values of different methods cannot be compared.
        let comparable: Vec<&Datum<'_>> = data
            .iter()
            .filter(|datum| !datum.is_forecast && datum.date.is_some())
            .filter(|datum| {
                latest.is_some_and(|latest| latest.method == datum.method && latest.unit == datum.unit)
            })
            .collect();
        let before =
            comparable.iter().rev().find(|datum| Some(datum.claim) != latest.map(|latest| latest.claim));
        let scale = entity.document.map(|document| self.book.document(document).front_matter.scale);
        let points: Vec<(f64, f64)> =
            comparable.iter().filter_map(|datum| Some((time_in_years(datum.date?), datum.value))).collect();
        MetricListRow {
            url: self.url(&self.entity_path(index)),
            title: entity.name.clone(),
            value: latest.map(|datum| self.value_of(datum.claim)).unwrap_or_default(),
            subject: latest.map(|datum| datum.subject.to_owned()).unwrap_or_default(),
            date: latest.and_then(|datum| datum.date),
            change: latest
                .zip(before)
                .map(|(latest, before)| change(before.value, latest.value, latest.unit))
                .unwrap_or_default(),
            before: before.and_then(|datum| datum.date),
            spark: draw_sparkline(&points, scale == Some(Scale::Log)).unwrap_or_default(),
        }
    }

    fn value_of(&self, claim: ClaimIndex) -> String {
        let value = self.book.claim(claim).value.as_ref();
        value.map(|value| value_words(&value.value, self.unit_of(claim))).unwrap_or_default()
    }

    /// Page `number` of the list of sources. `all` is the result of [`SiteStructure::entities_in_list`].
    pub fn source_list(&self, all: &[EntityIndex], number: usize) -> SourceListPage {
        SourceListPage {
            total: TEXTS.count.sources(all.len()),
            rows: slice(all, number, PER_PAGE).iter().map(|&index| self.source_row(index)).collect(),
            pager: self.pager(entity_list_path(EntityKind::Source), number, all.len(), PER_PAGE),
        }
    }

    fn source_row(&self, index: EntityIndex) -> SourceListRow {
        let entity = self.book.entity(index);
        let facts = entity.document.map(|document| &self.book.document(document).front_matter.source_facts);
        let publisher = facts.and_then(|facts| facts.publisher.as_ref());
        let checks = entity.claims.iter().filter_map(|&claim| self.check_quote(claim));
        let states: Vec<QuoteState> = checks.map(|check| check.state).collect();
        SourceListRow {
            url: self.url(&self.entity_path(index)),
            title: entity.name.clone(),
            publisher: publisher.map(|publisher| publisher.value.clone()).unwrap_or_default(),
            published: self.published(entity),
            counts: self.status_counts(entity.claims.iter().copied()),
            quotations: states.len(),
            verified: states.iter().filter(|&&state| state == QuoteState::Verified).count(),
        }
    }

    /// Page `number` of the list of tags. `all` is the result of [`SiteStructure::entities_in_list`].
    pub fn tag_list(&self, all: &[EntityIndex], number: usize) -> TagListPage {
        let row = |&index: &EntityIndex| {
            let entity = self.book.entity(index);
            TagRow {
                url: self.url(&self.entity_path(index)),
                name: entity.name.clone(),
                articles: entity.articles.len(),
                counts: self.status_counts(entity.claims.iter().copied()),
            }
        };
        TagListPage {
            total: TEXTS.count.tags(all.len()),
            rows: slice(all, number, PER_PAGE).iter().map(row).collect(),
            pager: self.pager(entity_list_path(EntityKind::Tag), number, all.len(), PER_PAGE),
        }
    }
}

/// How a value changed, such as `+12%` or `3.1 times`; in points for percentages.
fn change(before: f64, latest: f64, unit: Option<&str>) -> String {
    let difference = latest - before;
    if matches!(unit, Some("%" | "percent")) {
        return TEXTS.metric.points(signed(difference));
    }
    if before <= 0.0 || latest <= 0.0 {
        return signed(difference);
    }
    let ratio = latest / before;
    if ratio >= 2.0 {
        let decimals = usize::from(ratio < 10.0);
        return TEXTS.metric.times(format!("{ratio:.decimals$}"));
    }
    format!("{}%", signed(difference / before * 100.0))
}

/// A number with its sign and at most one decimal.
fn signed(number: f64) -> String {
    let decimals = usize::from(number.abs() < 10.0);
    let text = format!("{number:+.decimals$}");
    text.trim_end_matches(".0").replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, claim, quoting};

    fn names(rows: &[String]) -> Vec<&str> {
        rows.iter().map(String::as_str).collect()
    }

    #[test]
    fn people_are_listed_by_what_they_said_last_with_what_became_of_it() {
        let verdict =
            |word: &str| format!("verdict:: 2026-11-20 {word} by J. Doe — [shown](https://example.org/)");
        let body = [
            claim(
                "a",
                &format!(
                    "by:: Ann\nsaid:: 2024\nkind:: forecast\nresolves:: 2025\n{}",
                    verdict("did-not-happen")
                ),
            ),
            claim("b", "by:: Ann\nsaid:: 2024\nkind:: forecast\nresolves:: 2030"),
            claim("c", &format!("by:: Ann\nsaid:: 2024\n{}", verdict("supported"))),
            claim("d", "by:: Bob\nsaid:: 2026-01"),
        ];
        let example = Example::of_article(&body.concat());
        let site = example.site();
        let page = site.people(&site.entities_in_list(EntityKind::Speaker), 1);
        let ann = page.rows.iter().find(|row| row.name == "Ann").expect("Ann");
        assert_eq!((ann.wrong, ann.judged, ann.claims), (1, 2, 3));
        let words: Vec<&str> = ann.record.iter().map(|of| of.mark.word).collect();
        assert_eq!(words, ["Did not happen", "Open"]);
        let order: Vec<String> = page.rows.iter().map(|row| row.name.clone()).collect();
        let place = |name| names(&order).iter().position(|known| *known == name);
        assert!(place("Bob") < place("Ann"), "{order:?}");
    }

    #[test]
    fn metrics_have_their_latest_value_and_what_changed() {
        let measured = |id: &str, facts: &str| {
            claim(id, &format!("kind:: measurement\nmetric:: pace\nsubject:: {id}\n{facts}"))
        };
        let body = [
            measured("one", "said:: 2025-01\nvalue:: 10 days"),
            measured("two", "said:: 2025-06\nvalue:: 20 days"),
            measured("three", "said:: 2026-01\nvalue:: 66 days"),
            measured("other", "said:: 2025-12\nvalue:: 1 days\nmethod:: new"),
        ];
        let example = Example::of_article(&body.concat());
        let site = example.site();
        let page = site.metric_list(&site.entities_in_list(EntityKind::Metric), 1);
        let row = &page.rows[0];
        assert_eq!((row.value.as_str(), row.subject.as_str()), ("66 days", "three"));
        assert_eq!(row.change, "3.3 times");
        assert_eq!(row.before.map(PartialDate::iso).as_deref(), Some("2025-06"));
        assert!(row.spark.contains("polyline"), "{}", row.spark);
    }

    #[test]
    fn changes_are_in_points_in_times_or_in_percent() {
        let check = |before, latest, unit, expected: &str| {
            assert_eq!(change(before, latest, Some(unit)), expected, "{before} {latest} {unit}");
        };
        check(50.0, 62.5, "%", "+12 points");
        check(50.0, 48.5, "%", "−1.5 points");
        check(10.0, 15.0, "days", "+50%");
        check(10.0, 9.0, "days", "−10%");
        check(10.0, 200.0, "days", "20 times");
        check(-1.0, 2.0, "days", "+3");
    }

    #[test]
    fn sources_say_how_many_quotations_are_verified() {
        let body =
            quoting("one", "Words", "source:: report") + &quoting("two", "More words", "source:: report");
        let example = Example::new(&[
            ("content/articles/a.md", &crate::graph::example::article(&body)),
            (
                "content/sources/report.md",
                "---\ntitle: The report\npublisher: The press\npublished: 2026-02\n---\n",
            ),
        ]);
        let site = example.site();
        let page = site.source_list(&site.entities_in_list(EntityKind::Source), 1);
        let row = &page.rows[0];
        assert_eq!((row.title.as_str(), row.publisher.as_str()), ("The report", "The press"));
        assert_eq!((row.verified, row.quotations), (0, 2));
    }
}
