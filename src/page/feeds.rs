//! What do feeds say? Entries of write-ups and verdicts, before any format.

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex};

use super::Site;
use super::rows::mark;
use crate::graph::Status;

/// Entries of one feed, newest first.
const LONGEST: usize = 50;

/// A feed.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Its title.
    pub title: String,
    /// Path of the feed itself.
    pub path: String,
    /// Path of the page it belongs to.
    pub page: String,
    /// Its entries, newest first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Debug, Clone)]
pub struct FeedEntry {
    /// Part of its permanent id: does not change when the title does.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Path of its page.
    pub path: String,
    /// The day it was published.
    pub published: PartialDate,
    /// The day it last changed.
    pub updated: PartialDate,
    /// Plain text.
    pub summary: String,
    /// Who wrote it; empty for the site's author.
    pub authors: Vec<String>,
}

impl Site<'_> {
    /// The feed of write-ups.
    pub fn article_feed(&self) -> Feed {
        Feed {
            title: self.config.title.clone(),
            path: "feed.xml".to_owned(),
            page: String::new(),
            entries: self.article_entries(self.book.articles().iter().copied()),
        }
    }

    /// The feed of verdicts.
    pub fn verdict_feed(&self) -> Feed {
        Feed {
            title: format!("{}: verdicts", self.config.title),
            path: self.beside("claims/", "feed.xml"),
            page: "claims/".to_owned(),
            entries: self.verdict_entries(self.book.claims()),
        }
    }

    /// The feed of a tag or speaker: write-ups and verdicts.
    pub fn entity_feed(&self, index: EntityIndex) -> Feed {
        let (entity, page) = (self.book.entity(index), self.entity_path(index));
        let articles = self.articles_newest_first(entity.articles.iter().copied());
        let mut entries = self.article_entries(articles.into_iter());
        entries.extend(self.verdict_entries(entity.claims.iter().copied()));
        entries.sort_by(|a, b| (b.updated.last_day(), &a.key).cmp(&(a.updated.last_day(), &b.key)));
        entries.truncate(LONGEST);
        Feed {
            title: format!("{}: {}", self.config.title, entity.name),
            path: self.beside(&page, "feed.xml"),
            page,
            entries,
        }
    }

    fn article_entries(&self, articles: impl Iterator<Item = DocumentIndex>) -> Vec<FeedEntry> {
        let entry = |index: DocumentIndex| {
            let front_matter = &self.book.document(index).front_matter;
            let published = front_matter.date.as_ref()?.value;
            Some(FeedEntry {
                key: self.path_of(index),
                title: self.title(index).to_owned(),
                path: self.path_of(index),
                published,
                updated: front_matter.updated.as_ref().map_or(published, |date| date.value),
                summary: front_matter.summary.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
                authors: front_matter.authors.iter().map(|author| author.value.clone()).collect(),
            })
        };
        articles.filter_map(entry).take(LONGEST).collect()
    }

    fn verdict_entries(&self, claims: impl Iterator<Item = ClaimIndex>) -> Vec<FeedEntry> {
        let entry = |index: ClaimIndex| {
            let claim = self.book.claim(index);
            let verdict = self.book.last_verdict(index)?;
            let word = mark(Status::Verdict(verdict.word.value)).word;
            Some(FeedEntry {
                key: format!("{}{}", self.claim_path(index), verdict.date.value),
                title: format!("{word}: {}", claim.statement.value),
                path: self.claim_path(index),
                published: verdict.date.value,
                updated: verdict.date.value,
                summary: verdict.reason.as_ref().map(crate::document::Rich::plain).unwrap_or_default(),
                authors: verdict.by.iter().cloned().collect(),
            })
        };
        self.reviewed_newest_first(claims).into_iter().filter_map(entry).take(LONGEST).collect()
    }
}
