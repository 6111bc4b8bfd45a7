//! The pages of speakers, metrics, tags and sources.

use crate::document::SpeakerSort;
use crate::graph::{ClaimIndex, Entity, Status};

use super::Site;
use super::facts::{better_words, fact, interval_words, scale_words, value_words};
use super::lists::PER_PAGE;
use super::pager::slice;
use super::prose::escape;
use super::rows::{count, day};
use super::view::{
    Backlink, MeasurementRow, MeasurementSeries, MetricPage, Part, SourcePage, SpeakerPage, TagPage,
};

impl Site<'_> {
    /// One page of a speaker. The first tells all; the others only go on with the claims.
    pub fn speaker(&self, entity: &Entity, number: usize) -> SpeakerPage {
        let rest = SpeakerPage {
            name: entity.name.clone(),
            claims: self.claim_rows(slice(&entity.claims, number, PER_PAGE).iter().copied()),
            pager: self.pager(&format!("speakers/{}/", entity.id), number, entity.claims.len(), PER_PAGE),
            ..SpeakerPage::default()
        };
        if number == 1 { self.speaker_in_full(entity, rest) } else { rest }
    }

    fn speaker_in_full(&self, entity: &Entity, page: SpeakerPage) -> SpeakerPage {
        let front_matter = entity.document.map(|document| &self.book.document(document).front_matter);
        let forecasts = self.by_deadline(entity.claims.iter().copied());
        let status = |claim: &ClaimIndex| self.book.node(*claim).status;
        let is_pending = |claim: &ClaimIndex| matches!(status(claim), Status::Open | Status::Overdue);
        let is_resolved = |claim: &ClaimIndex| matches!(status(claim), Status::Verdict(_));
        let mentions: usize = entity.claims.iter().map(|&claim| self.book.node(claim).mentions.len()).sum();
        let mut counts = vec![count(entity.claims.len(), "claim")];
        if !forecasts.is_empty() {
            let resolved = forecasts.iter().copied().filter(is_resolved).count();
            counts.push(format!("{}, {resolved} resolved", count(forecasts.len(), "forecast")));
        }
        counts.push(count(mentions, "mention"));
        let first = |claims: &mut dyn Iterator<Item = ClaimIndex>| self.claim_rows(claims.take(PER_PAGE));
        let articles = entity.claims.iter().map(|&claim| self.book.node(claim).document);
        SpeakerPage {
            sort: match front_matter.and_then(|front_matter| front_matter.sort) {
                Some(SpeakerSort::Person) => "Person",
                Some(SpeakerSort::Organization) => "Organization",
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
            pending: first(&mut forecasts.iter().copied().filter(is_pending)),
            resolved: first(&mut forecasts.iter().copied().rev().filter(is_resolved)),
            relayed: first(&mut entity.relayed.iter().copied()),
            articles: self.article_rows(self.articles_newest_first(articles).into_iter().take(PER_PAGE)),
            backlinks: self.entity_backlinks(entity),
            ..page
        }
    }

    /// The page of a metric.
    pub fn metric(&self, entity: &Entity) -> MetricPage {
        let mut facts = Vec::new();
        if let Some(document) = entity.document {
            let front_matter = &self.book.document(document).front_matter;
            facts.extend(front_matter.unit.as_ref().map(|unit| fact("Unit", escape(&unit.value))));
            facts.extend(front_matter.better.map(|better| fact("Better", better_words(better).to_owned())));
            facts.push(fact("Scale", scale_words(front_matter.scale).to_owned()));
        }
        let series = self.methods_of(entity);
        let measurements: usize = series.iter().map(|(_, claims)| claims.len()).sum();
        let forecasts = self.by_deadline(entity.claims.iter().copied());
        let mut counts = vec![count(measurements, "measurement")];
        if series.len() > 1 {
            counts.push(count(series.len(), "method"));
        }
        if !forecasts.is_empty() {
            counts.push(count(forecasts.len(), "forecast"));
        }
        MetricPage {
            title: entity.name.clone(),
            facts,
            body: self.entity_text(entity),
            counts,
            chart: self.metric_chart(entity, &series),
            csv: self.url(&format!("metrics/{}/data.csv", entity.id)),
            series: series
                .into_iter()
                .map(|(method, claims)| MeasurementSeries { method, rows: self.measurement_rows(claims) })
                .collect(),
            forecasts: self.claim_rows(forecasts),
            backlinks: self.entity_backlinks(entity),
        }
    }

    fn measurement_rows(&self, claims: Vec<ClaimIndex>) -> Vec<MeasurementRow> {
        claims
            .into_iter()
            .map(|index| {
                let claim = self.book.claim(index);
                let value = claim.value.as_ref();
                MeasurementRow {
                    claim: self.row(index),
                    subject: claim.subject.as_ref().map(|subject| subject.value.clone()).unwrap_or_default(),
                    date: self.measured_on(index).map(day),
                    value: value
                        .map(|value| value_words(&value.value, self.unit_of(index)))
                        .unwrap_or_default(),
                    interval: value.map(|value| interval_words(&value.value)).unwrap_or_default(),
                }
            })
            .collect()
    }

    /// One page of a tag.
    pub fn tag(&self, entity: &Entity, number: usize) -> TagPage {
        let articles = if number == 1 { entity.articles.as_slice() } else { &[] };
        let articles = self.articles_newest_first(articles.iter().copied()).into_iter().take(PER_PAGE);
        TagPage {
            name: entity.name.clone(),
            articles: self.article_rows(articles),
            claims: self.claim_rows(slice(&entity.claims, number, PER_PAGE).iter().copied()),
            pager: self.pager(&format!("tags/{}/", entity.id), number, entity.claims.len(), PER_PAGE),
        }
    }

    /// The page of a source.
    pub fn source(&self, entity: &Entity) -> SourcePage {
        let document = entity.document.map(|document| self.book.document(document));
        let source = document.map(|document| &document.front_matter.source_facts);
        let mut facts = source.map(|source| self.source_facts(source, None)).unwrap_or_default();
        facts.retain(|fact| fact.term != "Source");
        SourcePage {
            title: entity.name.clone(),
            facts,
            url: source.and_then(|source| source.url.as_ref()).map(|url| url.value.clone()),
            body: self.entity_text(entity),
            articles: self.article_rows(self.articles_newest_first(entity.articles.iter().copied())),
            claims: self.claim_rows(entity.claims.iter().copied()),
            backlinks: self.entity_backlinks(entity),
        }
    }

    fn entity_text(&self, entity: &Entity) -> Vec<Part> {
        entity.document.map(|document| self.prose(document)).unwrap_or_default()
    }

    fn entity_backlinks(&self, entity: &Entity) -> Vec<Backlink> {
        let linked = entity.document.map(|document| self.book.backlinks(document)).unwrap_or_default();
        let mut mentions: Vec<_> = entity.mentions.iter().chain(linked).copied().collect();
        mentions.sort_by_key(|mention| (mention.document, mention.reference));
        self.backlinks(&mentions)
    }

    /// The first sentence of an entity's file, plain, for lists.
    pub(super) fn first_words(&self, entity: &Entity) -> String {
        let Some(document) = entity.document.map(|document| self.book.document(document)) else {
            return String::new();
        };
        document.lead.clone()
    }
}
