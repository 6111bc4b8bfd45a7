//! Makes the pages of speakers, metrics, tags and sources.

use crate::document::SpeakerType;
use crate::graph::{ClaimIndex, DocumentIndex, Entity, EntityIndex, EntityKind, Status};
use crate::texts::TEXTS;

use crate::html::escape;
use crate::page::entity::values::Methods;
use crate::page::parts::facts::{better_words, fact, interval_words, scale_words, value_words};
use crate::page::parts::pager::PER_PAGE;
use crate::page::parts::pager::{pages_of, shortened, slice};
use crate::page::view::{
    Link, MeasurementRow, MeasurementSeries, MetricPage, Pager, Part, SourcePage, SpeakerPage, TagPage,
};
use crate::page::{Site, SiteStructure};

/// Number of entries on one page in lists that share the page with a list of claims. Rows of write-ups are large.
const BESIDE: usize = 15;

/// The lists of a speaker, a tag or a source. They are collected once for all pages of the entity.
#[derive(Debug)]
pub struct EntityLists {
    entity: EntityIndex,
    /// The write-ups of the entity, newest first.
    articles: Vec<DocumentIndex>,
    /// Number of pages that the longest list needs.
    pub pages: usize,
}

/// The measurements and forecasts of a metric. They are collected once for all pages of the metric.
#[derive(Debug)]
pub struct MetricValues {
    entity: EntityIndex,
    methods: Methods,
    forecasts: Vec<ClaimIndex>,
}

impl MetricValues {
    fn measurements(&self) -> usize {
        self.methods.iter().map(|(_, claims)| claims.len()).sum()
    }

    /// Number of pages that the longer of the two lists needs.
    pub fn pages(&self) -> usize {
        pages_of(self.measurements(), PER_PAGE).max(pages_of(self.forecasts.len(), BESIDE))
    }
}

impl SiteStructure<'_> {
    /// The lists of a speaker, a tag or a source. The write-ups of a speaker are those that mark the speaker's
    /// claims.
    pub fn entity_lists(&self, index: EntityIndex) -> EntityLists {
        let entity = self.book.entity(index);
        let articles = if index.kind == EntityKind::Speaker {
            self.articles_newest_first(entity.claims.iter().map(|&claim| self.book.node(claim).document))
        } else {
            self.articles_newest_first(entity.articles.iter().copied())
        };
        // No filter shows the claims that somebody reported, so all pages do.
        let pages = self
            .pages_of_part(entity.claims.len(), PER_PAGE)
            .max(pages_of(entity.relayed_claims.len(), BESIDE))
            .max(self.pages_of_part(articles.len(), BESIDE));
        EntityLists { entity: index, articles, pages }
    }

    /// The measurements and forecasts of a metric.
    pub fn metric_values(&self, index: EntityIndex) -> MetricValues {
        let entity = self.book.entity(index);
        let forecasts = self.by_deadline(entity.claims.iter().copied());
        MetricValues { entity: index, methods: self.methods_of(entity), forecasts }
    }
}

impl Site<'_> {
    /// The pager of an entity's claims, with as many pages as its longest list needs.
    fn pager_of_lists(&self, lists: &EntityLists, number: usize) -> Pager {
        let entity = self.book.entity(lists.entity);
        let path = self.entity_path(lists.entity);
        let mut pager = self.pager_beside(&path, number, entity.claims.len(), lists.pages);
        self.add_rest_of_claims(&mut pager, lists.entity.kind.word(), &entity.id);
        let shown = number * BESIDE;
        if pager.next.is_none() && shown < lists.articles.len() {
            let rest = lists.articles.len() - shown;
            pager.rest.push(match lists.entity.kind {
                EntityKind::Tag => Link {
                    url: format!("{}?type=articles&tag={}", self.url("search/"), entity.id),
                    text: TEXTS.list.rest_in_search(rest),
                },
                _ => Link { url: self.url("articles/"), text: TEXTS.list.rest_of_articles(rest) },
            });
        }
        pager
    }

    /// Page `number` of a speaker. Only the first page has all sections; the later pages only continue the lists.
    pub fn speaker(&self, lists: &EntityLists, number: usize) -> SpeakerPage {
        let entity = self.book.entity(lists.entity);
        let rest = SpeakerPage {
            name: entity.name.clone(),
            claims: self.claim_rows(slice(&entity.claims, number, PER_PAGE).iter().copied()),
            relayed: self.claim_rows(slice(&entity.relayed_claims, number, BESIDE).iter().copied()),
            articles: self.article_rows(slice(&lists.articles, number, BESIDE).iter().copied()),
            pager: self.pager_of_lists(lists, number),
            ..SpeakerPage::default()
        };
        if number == 1 { self.speaker_in_full(lists.entity, rest) } else { rest }
    }

    fn speaker_in_full(&self, index: EntityIndex, page: SpeakerPage) -> SpeakerPage {
        let entity = self.book.entity(index);
        let front_matter = entity.document.map(|document| &self.book.document(document).front_matter);
        let forecasts = self.by_deadline(entity.claims.iter().copied());
        let status = |claim: &ClaimIndex| self.book.node(*claim).status;
        let is_waiting = |claim: &ClaimIndex| matches!(status(claim), Status::Open | Status::Overdue);
        let is_judged = |claim: &ClaimIndex| matches!(status(claim), Status::Verdict(_));
        let mentions: usize = entity.claims.iter().map(|&claim| self.book.node(claim).mentions.len()).sum();
        let mut counts = vec![TEXTS.count.claims(entity.claims.len())];
        if !forecasts.is_empty() {
            let judged = forecasts.iter().copied().filter(is_judged).count();
            counts.push(TEXTS.count.judged_forecasts(forecasts.len(), judged));
        }
        counts.push(TEXTS.count.mentions(mentions));
        let first = |claims: Vec<ClaimIndex>| {
            let rest = |all: &[ClaimIndex]| {
                let (url, text) = if self.is_part_cut(entity.claims.len(), PER_PAGE) {
                    let url = self.filtered_claims(&[("kind", "forecast"), ("speaker", &entity.id)]);
                    (url, TEXTS.entity.all_in_list(all.len()))
                } else {
                    ("#claims_".to_owned(), TEXTS.entity.all_among_claims(all.len()))
                };
                vec![Link { url, text }]
            };
            shortened(claims, BESIDE, rest, |claim| self.row(claim))
        };
        SpeakerPage {
            sort: match front_matter.and_then(|front_matter| front_matter.sort) {
                Some(SpeakerType::Person) => TEXTS.entity.person(),
                Some(SpeakerType::Organization) => TEXTS.entity.organization(),
                None => "",
            },
            url: front_matter.and_then(|front_matter| front_matter.url.as_ref()).map(|url| url.value.clone()),
            aliases: front_matter
                .map(|front_matter| front_matter.aliases.iter().map(|alias| alias.value.clone()).collect())
                .unwrap_or_default(),
            body: self.entity_text(entity),
            counts,
            record: self.score_row(entity),
            moving: self.moving_dates_of(entity),
            open_and_overdue: first(forecasts.iter().copied().filter(is_waiting).collect()),
            judged: first(forecasts.iter().copied().rev().filter(is_judged).collect()),
            backlinks: self.mentions(&self.mentions_of_entity(index), 1),
            ..page
        }
    }

    /// Page `number` of a metric. Only the first page has all sections; the later pages only continue the values.
    pub fn metric(&self, values: &MetricValues, number: usize) -> MetricPage {
        let (entity, path) = (self.book.entity(values.entity), self.entity_path(values.entity));
        let rest = MetricPage {
            title: entity.name.clone(),
            csv: self.url(&self.beside(&path, "data.csv")),
            series: self.series_on(&values.methods, number),
            forecasts: self.claim_rows(slice(&values.forecasts, number, BESIDE).iter().copied()),
            pager: self.pager_beside(&path, number, values.measurements(), values.pages()),
            ..MetricPage::default()
        };
        if number > 1 {
            return rest;
        }
        let charts = self.metric_charts(entity);
        let mut facts = Vec::new();
        facts.extend(entity.unit.as_ref().map(|unit| fact(TEXTS.metric.unit(), escape(unit))));
        if let Some(document) = entity.document {
            let front_matter = &self.book.document(document).front_matter;
            facts.extend(
                front_matter
                    .better
                    .map(|better| fact(TEXTS.metric.better(), better_words(better).to_owned())),
            );
            let (wanted, drawn) = (scale_words(front_matter.scale), scale_words(charts.scale));
            let words =
                if wanted == drawn { drawn.to_owned() } else { TEXTS.metric.scale_instead(drawn, wanted) };
            facts.push(fact(TEXTS.metric.scale(), words));
        }
        let mut counts = vec![TEXTS.count.measurements(values.measurements())];
        if values.methods.len() > 1 {
            counts.push(TEXTS.count.methods(values.methods.len()));
        }
        if !values.forecasts.is_empty() {
            counts.push(TEXTS.count.forecasts(values.forecasts.len()));
        }
        MetricPage {
            facts,
            body: self.entity_text(entity),
            counts,
            charts: charts.views,
            few: charts.few,
            not_drawn: charts.not_drawn,
            backlinks: self.mentions(&self.mentions_of_entity(values.entity), 1),
            ..rest
        }
    }

    /// The measurements on page `number`, grouped by method.
    fn series_on(&self, methods: &Methods, number: usize) -> Vec<MeasurementSeries> {
        let (mut skipped, mut left) = ((number - 1) * PER_PAGE, PER_PAGE);
        let series = methods.iter().filter_map(|(method, claims)| {
            let shown = claims.get(skipped..).unwrap_or_default();
            let shown = shown.get(..left).unwrap_or(shown);
            skipped = skipped.saturating_sub(claims.len());
            left -= shown.len();
            (!shown.is_empty())
                .then(|| MeasurementSeries { method: method.clone(), rows: self.measurement_rows(shown) })
        });
        series.collect()
    }

    fn measurement_rows(&self, claims: &[ClaimIndex]) -> Vec<MeasurementRow> {
        claims
            .iter()
            .map(|&index| {
                let claim = self.book.claim(index);
                let value = claim.value.as_ref();
                MeasurementRow {
                    claim: self.row(index),
                    subject: claim.subject.as_ref().map(|subject| subject.value.clone()).unwrap_or_default(),
                    date: self.measured_on(index),
                    value: value
                        .map(|value| value_words(&value.value, self.unit_of(index)))
                        .unwrap_or_default(),
                    interval: value.map(|value| interval_words(&value.value)).unwrap_or_default(),
                }
            })
            .collect()
    }

    /// Page `number` of a tag.
    pub fn tag(&self, lists: &EntityLists, number: usize) -> TagPage {
        let entity = self.book.entity(lists.entity);
        TagPage {
            name: entity.name.clone(),
            articles: self.article_rows(slice(&lists.articles, number, BESIDE).iter().copied()),
            pager: self.pager_of_lists(lists, number),
            rows: slice(&entity.claims, number, PER_PAGE).to_vec(),
        }
    }

    /// Page `number` of a source. Only the first page has all sections; the later pages only continue the lists.
    pub fn source(&self, lists: &EntityLists, number: usize) -> SourcePage {
        let entity = self.book.entity(lists.entity);
        let rest = SourcePage {
            title: entity.name.clone(),
            articles: self.article_rows(slice(&lists.articles, number, BESIDE).iter().copied()),
            pager: self.pager_of_lists(lists, number),
            rows: slice(&entity.claims, number, PER_PAGE).to_vec(),
            ..SourcePage::default()
        };
        if number > 1 {
            return rest;
        }
        let document = entity.document.map(|document| self.book.document(document));
        let source = document.map(|document| &document.front_matter.source_facts);
        let mut facts = source.map(|source| self.source_facts(source, None)).unwrap_or_default();
        facts.retain(|fact| fact.term != TEXTS.article.source());
        SourcePage {
            facts,
            url: source.and_then(|source| source.url.as_ref()).map(|url| url.value.clone()),
            body: self.entity_text(entity),
            backlinks: self.mentions(&self.mentions_of_entity(lists.entity), 1),
            ..rest
        }
    }

    fn entity_text(&self, entity: &Entity) -> Vec<Part> {
        entity.document.map(|document| self.prose(document)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, claim};

    impl Example {
        /// The index of the entity with this name.
        #[track_caller]
        fn entity(&self, kind: EntityKind, name: &str) -> EntityIndex {
            let index = self.book.entities(kind).find(name).unwrap_or_else(|| panic!("{name} is unknown"));
            EntityIndex { kind, index }
        }
    }

    fn ids(rows: &[crate::page::view::ClaimRow]) -> Vec<&str> {
        rows.iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn a_speaker_has_claims_forecasts_and_what_was_relayed() {
        let forecast = |id: &str, facts: &str| claim(id, &format!("kind:: forecast\nby:: Ann\n{facts}"));
        let body = [
            "[It](claim:old) and [it](claim:old).\n\n".to_owned(),
            claim("old", "by:: Ann\nsaid:: 2024"),
            claim("new", "by:: Ann\nby:: Bob\nsaid:: 2026"),
            claim("told", "by:: Bob\nvia:: Ann\nsaid:: 2025"),
            forecast("open", "said:: 2025-01\nresolves:: 2027"),
            forecast("overdue", "said:: 2025-02\nresolves:: 2026-10"),
            forecast("early", "said:: 2025-03\nresolves:: 2025-06\nverdict:: 2025-07 came-true by J. Doe"),
            forecast(
                "late",
                "said:: 2025-04\nresolves:: 2026-06\nverdict:: 2026-07 did-not-happen by J. Doe",
            ),
        ];
        let file = "---\nname: Ann\naliases: [Annie]\ntype: person\nurl: https://example.org/ann\n---\n";
        let example = Example::new(&[
            ("content/articles/a.md", &article(&body.concat())),
            ("content/speakers/ann.md", file),
        ]);
        let site = example.site();
        let page = site.speaker(&site.entity_lists(example.entity(EntityKind::Speaker, "Annie")), 1);
        assert_eq!((page.name.as_str(), page.url.as_deref()), ("Ann", Some("https://example.org/ann")));
        assert_eq!(page.aliases, ["Annie"]);
        assert_eq!(ids(&page.claims), ["new", "late", "early", "overdue", "open", "old"]);
        assert_eq!(ids(&page.relayed), ["told"]);
        assert_eq!(ids(&page.open_and_overdue.items), ["overdue", "open"]);
        assert_eq!(ids(&page.judged.items), ["late", "early"]);
        let record = page.record.expect("a record");
        assert_eq!((record.forecasts, record.pending, record.resolved), (4, 2, 2));
        assert_eq!(page.articles.len(), 1);
        assert_eq!(page.counts[0], "6 claims");
        assert_eq!(page.counts.last().map(String::as_str), Some("2 mentions"));
    }

    #[test]
    fn a_metric_lists_its_values_by_method_and_date() {
        let measured = |id: &str, facts: &str| {
            claim(id, &format!("kind:: measurement\nmetric:: Pace\nsubject:: {facts}"))
        };
        let body = [
            measured("b", "B\nvalue:: 5 [4, 6] days\nsaid:: 2026-02\nmethod:: second"),
            measured("a", "A\nvalue:: ~3\nas-of:: 2025-01\nsaid:: 2026-03\nmethod:: second"),
            measured("c", "C\nvalue:: 9 days\nsaid:: 2026-01"),
            claim("f", "kind:: forecast\nmetric:: Pace\nexpects:: 1 days\nresolves:: 2030"),
        ];
        let example = Example::of_article(&body.concat());
        let site = example.site();
        let page = site.metric(&site.metric_values(example.entity(EntityKind::Metric, "pace")), 1);
        let series: Vec<(&str, Vec<String>)> = page
            .series
            .iter()
            .map(|series| {
                let words = |row: &MeasurementRow| {
                    let date = row.date.map(|date| date.to_string()).unwrap_or_default();
                    [&row.claim.id, &row.subject, &date, &row.value, &row.interval]
                        .map(String::as_str)
                        .join(" | ")
                };
                (series.method.as_str(), series.rows.iter().map(words).collect())
            })
            .collect();
        assert_eq!(
            series,
            [
                (
                    "second",
                    vec![
                        "a | A | 2025-01 | ~3 days | ".to_owned(),
                        "b | B | 2026-02 | 5 days | 4 to 6".to_owned()
                    ]
                ),
                ("", vec!["c | C | 2026-01 | 9 days | ".to_owned()]),
            ]
        );
        assert_eq!(ids(&page.forecasts), ["f"]);
        assert_eq!(page.counts, ["3 measurements", "2 methods", "1 forecast"]);
        assert_eq!(page.csv, "/metrics/pace/data.csv");
    }

    #[test]
    fn tags_and_sources_list_write_ups_and_claims() {
        let body = claim("one", "tags:: speed\nsaid:: 2025") + &claim("two", "source:: letter\nsaid:: 2026");
        let example = Example::new(&[
            (
                "content/articles/a.md",
                &format!("---\ntitle: A\nsource: report\ntags: [speed]\n---\n\n{body}"),
            ),
            (
                "content/sources/report.md",
                "---\ntitle: Report\nauthor: Jane Doe\nurl: https://example.org/r\n---\n",
            ),
            ("content/sources/letter.md", "---\ntitle: Letter\n---\n"),
        ]);
        let site = example.site();
        let lists = |kind, name| site.entity_lists(example.entity(kind, name));
        let tag = site.tag(&lists(EntityKind::Tag, "speed"), 1);
        assert_eq!((example.ids(tag.rows.iter().copied()), tag.articles.len()), (vec!["two", "one"], 1));
        let report = site.source(&lists(EntityKind::Source, "report"), 1);
        assert_eq!((example.ids(report.rows.iter().copied()), report.articles.len()), (vec!["one"], 1));
        assert_eq!(report.url.as_deref(), Some("https://example.org/r"));
        assert!(report.facts.iter().any(|fact| fact.html.contains("Jane Doe")), "{:?}", report.facts);
        let letter = site.source(&lists(EntityKind::Source, "letter"), 1);
        assert_eq!((example.ids(letter.rows.iter().copied()), letter.articles.len()), (vec!["two"], 0));
    }
}
