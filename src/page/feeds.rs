//! The entries of feeds: write-ups and verdicts with their texts, before any format.

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex, EntityKind, Status};
use crate::markdown::standalone;

use super::Site;
use super::prose::escape;
use super::rows::mark;
use super::view::{Card, ClaimRow, Part};

/// Entries of one feed, newest first.
const LONGEST: usize = 50;

/// Most bytes of the texts in one feed, and of the source of a write-up whose text is in one: a write-up is in the
/// feed of each of its tags. Of the entries behind that, feeds have the summary.
const MOST_TEXT: usize = 128 * 1024;

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
    /// The whole text as HTML that needs nothing of its page; empty behind the bound of the feed.
    pub content: String,
    /// Who wrote it; empty for the site's author.
    pub authors: Vec<String>,
}

/// What an entry is about.
enum Told {
    /// A write-up.
    Article(DocumentIndex),
    /// The verdict of a claim.
    Verdict(ClaimIndex),
}

impl Site<'_> {
    /// The feed of write-ups.
    pub fn article_feed(&self) -> Feed {
        Feed {
            title: self.config.title.clone(),
            path: "feed.xml".to_owned(),
            page: String::new(),
            entries: self.with_texts(self.article_entries(self.book.articles().iter().copied())),
        }
    }

    /// The feed of verdicts.
    pub fn verdict_feed(&self) -> Feed {
        Feed {
            title: format!("{}: verdicts", self.config.title),
            path: self.beside("claims/", "feed.xml"),
            page: "claims/".to_owned(),
            entries: self.with_texts(self.verdict_entries(self.book.claims())),
        }
    }

    /// The feed of a tag or speaker: write-ups and verdicts.
    pub fn entity_feed(&self, index: EntityIndex) -> Feed {
        let (entity, page) = (self.book.entity(index), self.entity_path(index));
        let articles = self.articles_newest_first(entity.articles.iter().copied());
        let mut entries = self.article_entries(articles.into_iter());
        entries.extend(self.verdict_entries(entity.claims.iter().copied()));
        entries.sort_by(|(_, a), (_, b)| (b.updated.last_day(), &a.key).cmp(&(a.updated.last_day(), &b.key)));
        entries.truncate(LONGEST);
        Feed {
            title: format!("{}: {}", self.config.title, entity.name),
            path: self.beside(&page, "feed.xml"),
            page,
            entries: self.with_texts(entries),
        }
    }

    /// The paths, without endings, of the feeds that show the text of a write-up.
    pub(super) fn feeds_with_text_of(&self, index: DocumentIndex) -> Vec<String> {
        let tags = self.book.tags();
        let names = self.book.document(index).front_matter.tags.iter();
        let numbers = names.filter_map(|name| tags.find(&name.value));
        let pages = numbers.map(|number| self.entity_path(EntityIndex { kind: EntityKind::Tag, number }));
        let feeds = pages.map(|page| self.beside(&page, "feed.xml")).chain(["feed.xml".to_owned()]);
        feeds.map(|path| path.trim_end_matches(".xml").to_owned()).collect()
    }

    /// The entries, the first of them with their texts.
    fn with_texts(&self, entries: Vec<(Told, FeedEntry)>) -> Vec<FeedEntry> {
        let mut left = Some(MOST_TEXT);
        let with_text = |(told, entry): (Told, FeedEntry)| {
            let Some(bytes) = left else { return entry };
            let content = match told {
                Told::Article(index) if self.is_long(index) => String::new(),
                Told::Article(index) => standalone(&self.text_of(index), &self.absolute(&entry.path)),
                Told::Verdict(index) => standalone(&self.text_of_verdict(index), &self.absolute(&entry.path)),
            };
            left = bytes.checked_sub(content.len());
            if left.is_none() { entry } else { FeedEntry { content, ..entry } }
        };
        entries.into_iter().map(with_text).collect()
    }

    /// The text of a write-up, with words and links in the places of its cards.
    fn text_of(&self, index: DocumentIndex) -> String {
        let html = |part: Part| match part {
            Part::Html { html } => html,
            Part::Mention(Card { html, last, claim, .. }) => {
                format!("<a href=\"{}\">{html}{last}</a>", escape(&claim.url))
            }
            Part::Embed { claim } | Part::Standing(Card { claim, .. }) => paragraph(&claim),
        };
        self.prose(index).into_iter().map(html).collect()
    }

    fn text_of_verdict(&self, index: ClaimIndex) -> String {
        let reason = self.book.last_verdict(index).and_then(|verdict| verdict.reason.as_ref());
        let reason = reason.map(|reason| format!("<p>{}</p>", self.rich_html(reason))).unwrap_or_default();
        paragraph(&self.row(index)) + &reason
    }

    fn is_long(&self, index: DocumentIndex) -> bool {
        let body = self.book.document(index).body;
        body.end.saturating_sub(body.start) as usize > MOST_TEXT
    }

    fn absolute(&self, path: &str) -> String {
        self.config.base_url.absolute(path)
    }

    fn article_entries(&self, articles: impl Iterator<Item = DocumentIndex>) -> Vec<(Told, FeedEntry)> {
        let entry = |index: DocumentIndex| {
            let front_matter = &self.book.document(index).front_matter;
            let published = front_matter.date.as_ref()?.value;
            let entry = FeedEntry {
                key: self.path_of(index),
                title: self.title(index).to_owned(),
                path: self.path_of(index),
                published,
                updated: front_matter.updated.as_ref().map_or(published, |date| date.value),
                summary: front_matter.summary.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
                content: String::new(),
                authors: front_matter.authors.iter().map(|author| author.value.clone()).collect(),
            };
            Some((Told::Article(index), entry))
        };
        articles.filter_map(entry).take(LONGEST).collect()
    }

    fn verdict_entries(&self, claims: impl Iterator<Item = ClaimIndex>) -> Vec<(Told, FeedEntry)> {
        let entry = |index: ClaimIndex| {
            let claim = self.book.claim(index);
            let verdict = self.book.last_verdict(index)?;
            let word = mark(Status::Verdict(verdict.word.value)).word;
            let entry = FeedEntry {
                key: format!("{}{}", self.claim_path(index), verdict.date.value),
                title: format!("{word}: {}", claim.statement.value),
                path: self.claim_path(index),
                published: verdict.date.value,
                updated: verdict.date.value,
                summary: verdict.reason.as_ref().map(crate::document::Rich::plain).unwrap_or_default(),
                content: String::new(),
                authors: verdict.by.iter().map(|by| by.value.clone()).collect(),
            };
            Some((Told::Verdict(index), entry))
        };
        self.reviewed_newest_first(claims).into_iter().filter_map(entry).take(LONGEST).collect()
    }
}

/// A claim as a paragraph: its statement, and what became of it.
fn paragraph(claim: &ClaimRow) -> String {
    let ClaimRow { url, statement, status, .. } = claim;
    format!("<p><a href=\"{}\">{}</a> ({})</p>", escape(url), escape(statement), escape(status.word))
}
