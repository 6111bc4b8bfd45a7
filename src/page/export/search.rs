//! Makes the records of the search index: claims, the text of write-ups, people and metrics. Lists are left out,
//! because they only repeat what these pages contain.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex, Entity};
use crate::html::visible_text;
use crate::texts::TEXTS;

use crate::graph::Status;
use crate::page::Site;
use crate::page::view::{Card, Part, SearchPage};

/// One record of the search index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchRecord {
    /// Address of the page below the base path, with a slash in front. It does not depend on the address of the
    /// site.
    pub path: String,
    /// The text that is searched.
    pub text: String,
    /// What a search result shows: `title` and, if known, `status`, `speakers`, `date` and `count`.
    pub shown: BTreeMap<String, String>,
    /// Values by which results can be filtered: `type`, `kind`, `status`, `speaker`, `tag` and `year`.
    pub filters: BTreeMap<String, Vec<String>>,
}

impl SearchRecord {
    fn new(address: &str, sort: &str, title: &str) -> Self {
        let shown = BTreeMap::from([("title".to_owned(), title.to_owned())]);
        let filters = BTreeMap::from([("type".to_owned(), vec![sort.to_owned()])]);
        Self { path: format!("/{address}"), text: title.to_owned(), shown, filters }
    }

    fn show(&mut self, key: &str, value: String) {
        if !value.is_empty() {
            self.shown.insert(key.to_owned(), value);
        }
    }

    fn filter(&mut self, key: &str, values: Vec<String>) {
        if !values.is_empty() {
            self.filters.insert(key.to_owned(), values);
        }
    }

    fn say(&mut self, text: &str) {
        self.text.push_str(". ");
        self.text.push_str(text);
    }
}

impl Site<'_> {
    /// The view of the search page.
    pub fn search_page(&self) -> SearchPage {
        SearchPage { marks: Status::ALL.map(crate::page::parts::rows::mark).to_vec() }
    }

    /// All records of the search index.
    pub fn search_records(&self) -> Vec<SearchRecord> {
        let book = self.book;
        let claims = book.claims().map(|index| self.claim_record(index));
        let articles = book.articles().iter().map(|&index| self.article_record(index));
        let people = book
            .speakers()
            .iter()
            .map(|entity| self.entity_record("speakers", TEXTS.search.in_people(), entity));
        let metrics = book
            .metrics()
            .iter()
            .map(|entity| self.entity_record("metrics", TEXTS.search.in_metrics(), entity));
        claims.chain(articles).chain(people).chain(metrics).collect()
    }

    fn record(&self, path: &str, sort: &str, title: &str) -> SearchRecord {
        SearchRecord::new(&self.config.base_url.form().of(path), sort, title)
    }

    fn claim_record(&self, index: ClaimIndex) -> SearchRecord {
        let row = self.row(index);
        let node = self.book.node(index);
        let speakers: Vec<String> = self.speakers_of_claim(index).into_iter().map(|link| link.text).collect();
        let mut record = self.record(&self.claim_path(index), TEXTS.search.in_claims(), &row.statement);
        let words = TEXTS.search.claim(speakers.join(", "), row.status.word);
        record.say(&words);
        record.show("status", row.status.word.to_owned());
        record.show("speakers", speakers.join(", "));
        record.show("date", row.said.as_ref().map(|said| said.words()).unwrap_or_default());
        record.filter("kind", vec![row.kind.word.to_owned()]);
        record.filter("status", vec![row.status.word.to_owned()]);
        record.filter("speaker", speakers);
        record.filter("tag", self.tag_names(node.tags.iter().copied()));
        record.filter("year", year(row.said));
        record
    }

    fn article_record(&self, index: DocumentIndex) -> SearchRecord {
        let row = self.article_row(index);
        let mut record = self.record(&self.path_of(index), TEXTS.search.in_articles(), &row.title);
        record.say(&row.summary);
        record.say(&plain_text(&self.prose(index)));
        record.show("date", row.date.as_ref().map(|date| date.words()).unwrap_or_default());
        let tags = self.book.document(index).front_matter.tags.iter();
        let tags: BTreeSet<usize> = tags.filter_map(|tag| self.book.tags().find(&tag.value)).collect();
        record.filter("tag", self.tag_names(tags.into_iter()));
        record.filter("year", year(row.date));
        record
    }

    fn entity_record(&self, folder: &str, sort: &str, entity: &Entity) -> SearchRecord {
        let path = format!("{folder}/{}/", entity.id);
        let mut record = self.record(&path, sort, &entity.name);
        record.say(&self.first_sentence(entity));
        record.show("count", TEXTS.count.claims(entity.claims.len()));
        record
    }

    fn tag_names(&self, tags: impl Iterator<Item = usize>) -> Vec<String> {
        tags.map(|tag| self.book.tags().get(tag).name.clone()).collect()
    }
}

fn year(date: Option<PartialDate>) -> Vec<String> {
    date.map(|date| format!("{:04}", date.year())).into_iter().collect()
}

/// The words of rendered prose, without markup.
fn plain_text(parts: &[Part]) -> String {
    let texts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::Html { html } => visible_text(html).into_owned(),
            Part::Mention(Card { html, last, .. }) => visible_text(&format!("{html}{last}")).into_owned(),
            Part::Embed { claim } | Part::Standing(Card { claim, .. }) => format!(" {} ", claim.statement),
        })
        .collect();
    texts.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, article, claim};

    #[test]
    fn claims_write_ups_people_and_metrics_are_found() {
        let own = claim(
            "own",
            "kind:: measurement\nby:: Ann\nmetric:: Pace\nsubject:: it\nvalue:: 5 x\nsaid:: 2025-03\ntags:: t",
        );
        let text = format!("Words with [a claim](claim:own) & <b>more</b>.\n\n{own}");
        let example = Example::new(&[
            ("content/articles/a.md", &article(&text)),
            ("content/speakers/ann.md", "---\nname: Ann\n---\n\nShe is an engineer.\n"),
        ]);
        let records = example.site().search_records();
        let paths: Vec<&str> = records.iter().map(|record| record.path.as_str()).collect();
        assert_eq!(paths, ["/claims/own/", "/articles/a/", "/speakers/ann/", "/metrics/pace/"]);
        let [own, write_up, ann, pace] = &records[..] else { panic!("four records") };
        assert!(own.text.starts_with("Statement own.. ") && own.text.contains("Ann"), "{}", own.text);
        assert_eq!(own.filters["tag"], ["t"]);
        assert_eq!(own.filters["year"], ["2025"]);
        assert_eq!(own.filters["speaker"], ["Ann"]);
        assert_eq!(own.shown["date"], "Mar 2025");
        assert!(write_up.text.contains("Words with a claim & more."), "{}", write_up.text);
        assert!(!write_up.text.contains(['<', '\u{f8f0}']), "{}", write_up.text);
        assert!(ann.text.contains("She is an engineer."), "{}", ann.text);
        assert_eq!((ann.shown["count"].as_str(), pace.shown["title"].as_str()), ("1 claim", "Pace"));
    }
}
