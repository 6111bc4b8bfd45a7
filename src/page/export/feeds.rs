//! Makes the entries of feeds: write-ups and verdicts with their texts. Nothing here depends on the format of a
//! feed.

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex, EntityKind, Status};
use crate::markdown::standalone;
use crate::texts::TEXTS;

use crate::html::escape;
use crate::page::Site;
use crate::page::overview::book_changes::{BookChange, BookChanges, ChangeKind};
use crate::page::parts::rows::mark;
use crate::page::view::{CardMention, Part};

/// Maximum number of entries in the feed of changes.
const MAX_CHANGES: usize = 30;

/// Maximum number of entries in one feed.
const MAX_ENTRIES: usize = 50;

/// Maximum size of all texts in a feed of the whole book, and of the Markdown of a write-up whose text is included, in
/// bytes. Entries beyond the limit have only a summary.
const MAX_TEXT_BYTES: usize = 128 * 1024;

/// Maximum size of all texts in the feed of a tag or a speaker, in bytes. It is smaller because a write-up is in the feed
/// of each of its tags, and there are many of these feeds.
const MAX_TEXT_BYTES_OF_ENTITY: usize = 32 * 1024;

/// A feed, before it is written in a format.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Title of the feed.
    pub title: String,
    /// Path of the feed's file.
    pub path: String,
    /// Path of the page to which the feed belongs.
    pub page: String,
    /// Entries of the feed, newest first.
    pub entries: Vec<FeedEntry>,
}

/// A write-up or a verdict as an entry of a feed.
#[derive(Debug, Clone)]
pub struct FeedEntry {
    /// Part of the permanent id of the entry. It does not change when the title changes.
    pub key: String,
    /// Title of the entry.
    pub title: String,
    /// Path of the page to which the entry links.
    pub path: String,
    /// Date of publication.
    pub published: PartialDate,
    /// Date of the last change.
    pub updated: PartialDate,
    /// Summary as plain text; may be empty.
    pub summary: String,
    /// The whole text as HTML that works outside of its page; empty for entries beyond the size limit of the feed.
    pub content: String,
    /// Names of the authors; empty for the author of the site.
    pub authors: Vec<String>,
}

/// The write-up or the verdict that an entry is about.
enum EntrySubject {
    /// A write-up.
    Article(DocumentIndex),
    /// The last verdict on a claim.
    Verdict(ClaimIndex),
}

impl Site<'_> {
    /// The feed of the newest write-ups.
    pub fn article_feed(&self) -> Feed {
        Feed {
            title: self.config.title.clone(),
            path: "feed.xml".to_owned(),
            page: String::new(),
            entries: self
                .with_texts(self.article_entries(self.book.articles().iter().copied()), MAX_TEXT_BYTES),
        }
    }

    /// The feed of the newest verdicts.
    pub fn verdict_feed(&self) -> Feed {
        Feed {
            title: TEXTS.feed.verdicts(&self.config.title),
            path: self.beside("claims/", "feed.xml"),
            page: "claims/".to_owned(),
            entries: self.with_texts(self.verdict_entries(self.book.claims()), MAX_TEXT_BYTES),
        }
    }

    /// The feed of the newest changes of the book.
    pub fn change_feed(&self, all: &BookChanges) -> Feed {
        let entry = |change: BookChange| {
            let id = &self.book.claim(change.claim).id.value;
            let statement = self.book.claim(change.claim).statement.value.read(self.access);
            let (key, what) = match change.kind {
                ChangeKind::New(status) => (status.word(), TEXTS.change.new_in_feed(mark(status).word)),
                ChangeKind::Status { from, to } => {
                    (to.word(), TEXTS.change.status_in_feed(mark(from).word, mark(to).word))
                }
                ChangeKind::Drifted => ("drifted", TEXTS.quote.drifted_short().to_owned()),
            };
            FeedEntry {
                key: format!("changes/{id}/{}/{key}", change.day),
                title: TEXTS.feed.verdict(what, statement),
                path: self.claim_path(change.claim),
                published: change.day,
                updated: change.day,
                summary: statement.clone(),
                content: String::new(),
                authors: Vec::new(),
            }
        };
        Feed {
            title: TEXTS.feed.changes(&self.config.title),
            path: self.beside("changes/", "feed.xml"),
            page: "changes/".to_owned(),
            entries: all.newest().take(MAX_CHANGES).map(entry).collect(),
        }
    }

    /// The feed of a tag or a speaker: the newest write-ups with the tag, and the newest verdicts on the entity's
    /// claims.
    pub fn entity_feed(&self, index: EntityIndex) -> Feed {
        let (entity, page) = (self.book.entity(index), self.entity_path(index));
        let articles = self.articles_newest_first(entity.articles.iter().copied());
        let mut entries = self.article_entries(articles.into_iter());
        entries.extend(self.verdict_entries(entity.claims.iter().copied()));
        entries.sort_by(|(_, a), (_, b)| (b.updated.last_day(), &a.key).cmp(&(a.updated.last_day(), &b.key)));
        entries.truncate(MAX_ENTRIES);
        Feed {
            title: TEXTS.feed.entity(&self.config.title, &entity.name),
            path: self.beside(&page, "feed.xml"),
            page,
            entries: self.with_texts(entries, MAX_TEXT_BYTES_OF_ENTITY),
        }
    }

    /// Paths, without `.xml`, of the feeds that contain the text of a write-up.
    pub(in crate::page) fn feeds_with_text_of(&self, index: DocumentIndex) -> Vec<String> {
        let tags = self.book.tags();
        let names = self.book.document(index).front_matter.tags.iter();
        let numbers = names.filter_map(|name| tags.find(&name.value));
        let pages =
            numbers.map(|number| self.entity_path(EntityIndex { kind: EntityKind::Tag, index: number }));
        let feeds = pages.map(|page| self.beside(&page, "feed.xml")).chain(["feed.xml".to_owned()]);
        feeds.map(|path| path.trim_end_matches(".xml").to_owned()).collect()
    }

    /// Adds texts to the entries, until the texts reach `most` bytes.
    fn with_texts(&self, entries: Vec<(EntrySubject, FeedEntry)>, most: usize) -> Vec<FeedEntry> {
        let mut left = Some(most);
        let with_text = |(told, entry): (EntrySubject, FeedEntry)| {
            let Some(bytes) = left else { return entry };
            let content = match told {
                EntrySubject::Article(index) if self.is_long(index) => String::new(),
                EntrySubject::Article(index) => standalone(&self.text_of(index), &self.absolute(&entry.path)),
                EntrySubject::Verdict(index) => {
                    standalone(&self.text_of_verdict(index), &self.absolute(&entry.path))
                }
            };
            left = bytes.checked_sub(content.len());
            if left.is_none() { entry } else { FeedEntry { content, ..entry } }
        };
        entries.into_iter().map(with_text).collect()
    }

    /// The text of a write-up as HTML. Cards work only in a page and are replaced by words and links.
    fn text_of(&self, index: DocumentIndex) -> String {
        let html = |part: Part| match part {
            Part::Html { html } => html,
            Part::Mention(CardMention { html, last, url, .. }) => {
                format!("<a href=\"{}\">{html}{last}</a>", escape(&url))
            }
            Part::Standing(CardMention { html, last, url, status, .. }) => {
                paragraph(&url, &[html, last].concat(), status.word)
            }
            Part::Embed { card } => paragraph(&card.url, &escape(&card.statement), card.status.word),
            Part::Chart { link, .. } => {
                format!("<p><a href=\"{}\">{}</a></p>", escape(&link.url), escape(&link.text))
            }
            Part::Margin(_) => String::new(),
        };
        self.prose(index).into_iter().map(html).collect()
    }

    fn text_of_verdict(&self, index: ClaimIndex) -> String {
        let reason = self.book.latest_verdict(index).and_then(|verdict| verdict.reason.as_ref());
        let reason = reason
            .map(|reason| format!("<p>{}</p>", self.rich_html(reason.read(self.access))))
            .unwrap_or_default();
        let statement = escape(self.book.claim(index).statement.value.read(self.access));
        paragraph(&self.url(&self.claim_path(index)), &statement, self.mark_of(index).word) + &reason
    }

    fn is_long(&self, index: DocumentIndex) -> bool {
        let body = self.book.document(index).body;
        body.end.saturating_sub(body.start) as usize > MAX_TEXT_BYTES
    }

    fn absolute(&self, path: &str) -> String {
        self.config.base_url.absolute(path)
    }

    fn article_entries(
        &self,
        articles: impl Iterator<Item = DocumentIndex>,
    ) -> Vec<(EntrySubject, FeedEntry)> {
        let entry = |index: DocumentIndex| {
            let front_matter = &self.book.document(index).front_matter;
            let published = front_matter.date.as_ref()?.value;
            let entry = FeedEntry {
                key: self.path_of(index),
                title: self.title(index).to_owned(),
                path: self.path_of(index),
                published,
                updated: front_matter.updated.as_ref().map_or(published, |date| date.value),
                summary: self.summary(index).to_owned(),
                content: String::new(),
                authors: front_matter.authors.iter().map(|author| author.value.clone()).collect(),
            };
            Some((EntrySubject::Article(index), entry))
        };
        articles.filter_map(entry).take(MAX_ENTRIES).collect()
    }

    fn verdict_entries(&self, claims: impl Iterator<Item = ClaimIndex>) -> Vec<(EntrySubject, FeedEntry)> {
        let entry = |index: ClaimIndex| {
            let claim = self.book.claim(index);
            let verdict = self.book.latest_verdict(index)?;
            let word = mark(Status::Verdict(verdict.word.value)).word;
            let entry = FeedEntry {
                key: format!("{}{}", self.claim_path(index), verdict.date.value),
                title: TEXTS.feed.verdict(word, claim.statement.value.read(self.access)),
                path: self.claim_path(index),
                published: verdict.date.value,
                updated: verdict.date.value,
                summary: verdict
                    .reason
                    .as_ref()
                    .map(|reason| reason.read(self.access).plain())
                    .unwrap_or_default(),
                content: String::new(),
                authors: verdict.by.iter().map(|by| by.value.clone()).collect(),
            };
            Some((EntrySubject::Verdict(index), entry))
        };
        self.reviewed_newest_first(claims).into_iter().filter_map(entry).take(MAX_ENTRIES).collect()
    }
}

/// A claim as an HTML paragraph: its statement as a link, and its status.
fn paragraph(url: &str, html: &str, status: &str) -> String {
    format!("<p><a href=\"{}\">{html}</a> ({})</p>", escape(url), escape(status))
}

#[cfg(test)]
mod tests {
    use crate::graph::example::Example;

    impl Example {
        /// A book with a write-up whose text has links of every sort, in a folder of its host.
        pub(crate) fn of_feeds(day: &str) -> Self {
            Self::on(
                day,
                &[
                    (
                        "site.toml",
                        "title = \"Book\"\nbase_url = \"https://example.org/a/b/\"\n[build]\npreviews = false\n",
                    ),
                    (
                        "content/articles/one.md",
                        "---\ntitle: One\ndate: 2026-11-02\nupdated: 2026-11-10\ntags: [speed]\n---\n\n## Words\n\n\
                         It [happened](claim:pace), see [two](two.md), [there](https://example.com/?a=1&b=2) \
                         and [above](#words).\n\n![A chart](/chart.png)\n\n`href=\"/x\"` & ]]> \u{1} 5 < 6\n\n\
                         > [!claim] pace\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Example Lab\n\
                         > - verdict:: 2026-11-15 refuted by J. Doe — [the log](https://example.com/log) & more\n\n\
                         > [!claim] silent\n> **Nobody mentions it.**\n>\n> - kind:: statement\n> - by:: Example Lab\n",
                    ),
                    (
                        "content/articles/two.md",
                        "---\ntitle: Two\ndate: 2025-05\nauthors: [Jane Doe, Example Lab]\n---\n\nOld.\n",
                    ),
                    (
                        "content/claims/three.md",
                        "---\nstatement: Three.\nkind: statement\nby: jane\nsaid: 2024-02-03\n---\n",
                    ),
                    ("content/speakers/jane.md", "---\nname: Jane Lab\ntype: person\n---\n"),
                    ("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n"),
                ],
            )
        }
    }

    /// The contents of the entries of a feed, by title, as HTML.
    fn contents(feed: &str) -> Vec<(String, String)> {
        let unescaped = |text: &str| {
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&")
        };
        let between = |text: &str, start: &str, end: &str| {
            let (_, rest) = text.split_once(start)?;
            Some(unescaped(rest.split_once(end)?.0))
        };
        let entries = feed.split("<entry>").skip(1);
        entries
            .map(|entry| {
                let title = between(entry, "<title>", "</title>").expect("a title");
                (title, between(entry, "<content type=\"html\">", "</content>").unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn entries_carry_the_text_with_absolute_addresses() {
        let site = Example::of_feeds("2026-11-22").render();
        let feed = site.text("feed.xml");
        let entries = contents(&feed);
        let (title, one) = &entries[0];
        assert_eq!(title, "One");
        for words in [
            "<h2>Words</h2>",
            "<a href=\"https://example.org/a/b/claims/pace/\">happened</a>",
            "<a href=\"https://example.org/a/b/articles/two/\">two</a>",
            "<a href=\"https://example.com/?a=1&amp;b=2\">there</a>",
            "<a href=\"https://example.org/a/b/articles/one/#words\">above</a>",
            "<img src=\"https://example.org/a/b/chart.png\" alt=\"A chart\">",
            "<code>href=\"/x\"</code> &amp; ]]&gt;",
            "5 &lt; 6",
            "<p><a href=\"https://example.org/a/b/claims/silent/\">Nobody mentions it.</a> (Not reviewed)</p>",
        ] {
            assert!(one.contains(words), "{words} is not in {one}");
        }
        assert!(!feed.contains('\u{1}') && !one.contains("svg") && !one.contains("class="), "{one}");
        assert_eq!(entries[1], ("Two".to_owned(), "<p>Old.</p>\n".to_owned()));
        let verdicts = contents(&site.text("claims/feed.xml"));
        assert_eq!(
            verdicts[0].1,
            "<p><a href=\"https://example.org/a/b/claims/pace/\">It happened.</a> (Refuted)</p>\
             <p><a href=\"https://example.com/log\">the log</a> &amp; more</p>"
        );
        let of_tag = contents(&site.text("tags/speed/feed.xml"));
        assert!(of_tag.contains(&entries[0]), "{of_tag:?}");
    }

    #[test]
    fn the_texts_of_a_feed_are_bounded() {
        let words = "Words and words. ".repeat(2000);
        let text = |title: &str, date: &str, body: &str| {
            format!("---\ntitle: {title}\ndate: {date}\nsummary: In short.\n---\n\n{body}\n")
        };
        let mut files: Vec<(String, String)> = (10..20)
            .map(|number| {
                let body = text(&format!("A{number}"), &format!("2026-01-{number}"), &words);
                (format!("content/articles/a{number}.md"), body)
            })
            .collect();
        files.push(("content/articles/long.md".to_owned(), text("Long", "2026-02", &words.repeat(5))));
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let feed = Example::new(&files).render().text("feed.xml");
        let with_text: Vec<String> = contents(&feed)
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(title, _)| title)
            .collect();
        assert_eq!(with_text, ["A19", "A18", "A17"]);
        assert_eq!(feed.matches("<summary>In short.</summary>").count(), 11);
    }
}
