//! Makes the records of the search index: claims, write-ups, people, metrics and sources. Lists are left out, because
//! they only repeat what these pages contain.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::date::PartialDate;
use crate::document::DocumentKind;
use crate::graph::{ClaimIndex, DocumentIndex, Entities, EntityIndex, EntityKind, Status};
use crate::markdown::prose_text;
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::parts::address::words_of;
use crate::page::parts::rows::{mark, tally};
use crate::page::view::{Link, SearchPage, Suggestions};

/// Maximum length of the lead of a record, in characters.
const MAX_LEAD: usize = 240;

/// Number of links in a group of suggestions.
const MAX_SUGGESTIONS: usize = 5;

/// The groups in which results are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchGroup {
    /// Claims.
    Claims,
    /// Write-ups.
    Articles,
    /// Speakers.
    People,
    /// Metrics.
    Metrics,
    /// Sources.
    Sources,
    /// Pages of the author's own, such as one about the site.
    Pages,
}

impl SearchGroup {
    /// All groups, in the order of their documents in the index.
    pub const ALL: [Self; 6] =
        [Self::Claims, Self::Articles, Self::People, Self::Metrics, Self::Sources, Self::Pages];

    /// Name of the group in the files of the index.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Articles => "articles",
            Self::People => "people",
            Self::Metrics => "metrics",
            Self::Sources => "sources",
            Self::Pages => "pages",
        }
    }

    /// Title of the group.
    pub fn title(self) -> &'static str {
        match self {
            Self::Claims => TEXTS.search.in_claims(),
            Self::Articles => TEXTS.search.in_articles(),
            Self::People => TEXTS.search.in_people(),
            Self::Metrics => TEXTS.search.in_metrics(),
            Self::Sources => TEXTS.search.in_sources(),
            Self::Pages => TEXTS.search.in_pages(),
        }
    }
}

/// A page that search finds.
#[derive(Debug, Clone, Copy)]
pub enum SearchSubject {
    /// The page of a claim.
    Claim(ClaimIndex),
    /// The page of a write-up.
    Article(DocumentIndex),
    /// The page of a speaker, metric or source.
    Entity(SearchGroup, EntityIndex),
    /// A page of the author's own.
    Page(DocumentIndex),
}

/// What search knows about a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRecord<'a> {
    /// The group in which the page is shown.
    pub group: SearchGroup,
    /// Address of the page below the base path.
    pub path: String,
    /// Title of the page, or the statement of the claim.
    pub title: String,
    /// Other names: aliases and ids.
    pub names: Vec<String>,
    /// The quotation of a claim, the summary of a write-up, or the first sentence about something else.
    pub lead: String,
    /// Further words beside the title, such as the name of a metric.
    pub beside: Vec<String>,
    /// The write-up or page whose text is searched as well.
    pub text: Option<DocumentIndex>,
    /// Number of claims with the name.
    pub claims: usize,
    /// The word and the glyph of the status of a claim as the result shows it.
    pub shown_status: (&'static str, &'static str),
    /// The date as the result shows it.
    pub date: String,
    /// The number of claims, with their statuses, as the result shows it.
    pub count: String,
    /// Number of mentions of a claim.
    pub mentions: usize,
    /// Whether a claim that this claim depends on was refuted or retracted.
    pub is_shaken: bool,
    /// The group as a value of a filter.
    pub types: [FilterValue<'a>; 1],
    /// The kind of a claim, at most one.
    pub kind: Vec<FilterValue<'a>>,
    /// The status of a claim, at most one.
    pub status: Vec<FilterValue<'a>>,
    /// The speakers of a claim.
    pub speakers: Vec<FilterValue<'a>>,
    /// The tags.
    pub tags: Vec<FilterValue<'a>>,
    /// The metric of a claim, at most one.
    pub metric: Vec<FilterValue<'a>>,
    /// The source of a claim, at most one.
    pub source: Vec<FilterValue<'a>>,
    /// The question of a claim, at most one.
    pub question: Vec<FilterValue<'a>>,
    /// The year, at most one.
    pub year: Vec<FilterValue<'a>>,
    /// The month in which a claim was said, at most one, or the year if only that is known.
    pub month: Vec<FilterValue<'a>>,
}

/// A value by which search results and lists of claims are filtered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterValue<'a> {
    /// The value in addresses, such as `jack-clark`.
    pub id: Cow<'a, str>,
    /// The value as readers see it, such as `Jack Clark`.
    pub word: Cow<'a, str>,
}

impl<'a> FilterValue<'a> {
    fn new(id: impl Into<Cow<'a, str>>, word: impl Into<Cow<'a, str>>) -> Self {
        Self { id: id.into(), word: word.into() }
    }
}

impl SearchRecord<'_> {
    fn new(group: SearchGroup, path: String, title: &str) -> Self {
        Self {
            group,
            path,
            title: title.to_owned(),
            names: Vec::new(),
            lead: String::new(),
            beside: Vec::new(),
            text: None,
            claims: 0,
            shown_status: ("", ""),
            date: String::new(),
            count: String::new(),
            mentions: 0,
            is_shaken: false,
            types: [FilterValue::new(group.key(), group.title())],
            kind: Vec::new(),
            status: Vec::new(),
            speakers: Vec::new(),
            tags: Vec::new(),
            metric: Vec::new(),
            source: Vec::new(),
            question: Vec::new(),
            year: Vec::new(),
            month: Vec::new(),
        }
    }
}

impl<'a> Site<'a> {
    /// The view of the search page.
    pub fn search_page(&self) -> SearchPage {
        let texts = &TEXTS.search;
        let newest = self.newest_first(self.book.claims());
        let mut mentioned = newest.clone();
        mentioned.sort_by_key(|&claim| std::cmp::Reverse(self.book.node(claim).mentions.len()));
        mentioned.retain(|&claim| !self.book.node(claim).mentions.is_empty());
        let is_disputed = |claim: &ClaimIndex| self.book.node(*claim).status == Status::Contested;
        let disputed = newest.iter().copied().filter(is_disputed).collect();
        let groups: [(&str, Vec<ClaimIndex>); 3] =
            [(texts.most_mentioned(), mentioned), (texts.newest(), newest), (texts.disputed(), disputed)];
        let link = |&claim: &ClaimIndex| {
            let statement = self.book.claim(claim).statement.value.read(self.access);
            Link { url: self.url(&self.claim_path(claim)), text: statement.clone() }
        };
        let suggestions =
            groups.into_iter().filter(|(_, claims)| !claims.is_empty()).map(|(title, claims)| Suggestions {
                title,
                links: claims.iter().take(MAX_SUGGESTIONS).map(link).collect(),
            });
        SearchPage { suggestions: suggestions.collect(), marks: Status::ALL.map(mark).to_vec() }
    }

    /// The pages of the search index, by group. Claims and write-ups are sorted with the newest first.
    pub fn search_subjects(&self) -> Vec<SearchSubject> {
        let book = self.book;
        let claims = self.newest_first(book.claims()).into_iter().map(SearchSubject::Claim);
        let articles = book.articles().iter().map(|&index| SearchSubject::Article(index));
        let pages = book.documents().filter(|(_, document)| document.kind == DocumentKind::Page);
        let pages = pages.map(|(index, _)| SearchSubject::Page(index));
        let entities = |kind: EntityKind, group: SearchGroup| {
            book.entity_indices(kind).map(move |index| SearchSubject::Entity(group, index))
        };
        claims
            .chain(articles)
            .chain(entities(EntityKind::Speaker, SearchGroup::People))
            .chain(entities(EntityKind::Metric, SearchGroup::Metrics))
            .chain(entities(EntityKind::Source, SearchGroup::Sources))
            .chain(pages)
            .collect()
    }

    /// The record of a page.
    pub fn search_record(&self, subject: SearchSubject) -> SearchRecord<'a> {
        match subject {
            SearchSubject::Claim(index) => self.claim_record(index),
            SearchSubject::Article(index) => self.article_record(index),
            SearchSubject::Entity(group, index) => self.entity_record(group, index),
            SearchSubject::Page(index) => self.page_record(index),
        }
    }

    /// The text of a write-up or a page that search finds.
    pub fn searched_text(&self, index: DocumentIndex) -> String {
        let document = self.book.document(index);
        prose_text(document, self.sources.slice(document.body))
    }

    fn address(&self, path: &str) -> String {
        self.config.base_url.form().of(path).into_owned()
    }

    fn claim_record(&self, index: ClaimIndex) -> SearchRecord<'a> {
        let row = self.row(index);
        let (claim, node) = (self.book.claim(index), self.book.node(index));
        let mut record =
            SearchRecord::new(SearchGroup::Claims, self.address(&self.claim_path(index)), &row.statement);
        record.names.push(claim.id.value.clone());
        if let Some(quote) = &claim.quote {
            record.lead = cut(&quote.paragraphs.read(self.access).join(" "));
        }
        record.date = row.said.map(PartialDate::words).unwrap_or_default();
        record.mentions = row.mentions;
        record.is_shaken = row.shaken;
        record.kind.push(FilterValue::new(row.kind.key, row.kind.word));
        record.shown_status = (row.status.word, row.status.glyph);
        let status = mark(node.status);
        record.status.push(FilterValue::new(status.key, status.word));
        record.speakers = filter_values(self.book.speakers(), &node.by);
        record.tags = filter_values(self.book.tags(), &node.tags);
        record.metric = filter_values(self.book.metrics(), node.metric.as_slice());
        record.source = filter_values(self.book.sources(), node.source.as_slice());
        record.question =
            claim.question.iter().map(|id| FilterValue::new(&id.value, words_of(&id.value))).collect();
        record.year = year(row.said);
        record.names.extend(claim.aliases.iter().map(|alias| alias.value.clone()));
        let facts = claim.via.iter().chain(&claim.subject).chain(&claim.method);
        record.beside.extend(facts.map(|fact| fact.value.clone()));
        record.beside.extend(record.source.iter().map(|source| source.word.to_string()));
        let deadline = claim.resolves.as_ref().map(|date| date.value);
        record.beside.extend(row.said.into_iter().chain(deadline).map(words_of_date));
        let month = |date: PartialDate| FilterValue::new(date.month().iso(), date.month().words());
        record.month = row.said.map(month).into_iter().collect();
        record
    }

    fn article_record(&self, index: DocumentIndex) -> SearchRecord<'a> {
        let row = self.article_row(index);
        let mut record =
            SearchRecord::new(SearchGroup::Articles, self.address(&self.path_of(index)), &row.title);
        record.lead = cut(&row.summary);
        record.text = Some(index);
        record.date = row.date.map(PartialDate::words).unwrap_or_default();
        let front_matter = &self.book.document(index).front_matter;
        let tags: BTreeSet<usize> =
            front_matter.tags.iter().filter_map(|tag| self.book.tags().find(&tag.value)).collect();
        record.beside = front_matter.authors.iter().map(|author| author.value.clone()).collect();
        record.tags = filter_values(self.book.tags(), &tags);
        record.year = year(row.date);
        record.beside.extend(row.date.map(words_of_date));
        record
    }

    fn page_record(&self, index: DocumentIndex) -> SearchRecord<'a> {
        let path = self.address(&self.path_of(index));
        let mut record = SearchRecord::new(SearchGroup::Pages, path, self.title(index));
        record.text = Some(index);
        record
    }

    fn entity_record(&self, group: SearchGroup, index: EntityIndex) -> SearchRecord<'a> {
        let entity = self.book.entity(index);
        let mut record = SearchRecord::new(group, self.address(&self.entity_path(index)), &entity.name);
        record.names.push(entity.id.clone());
        if let Some(document) = entity.document {
            let aliases = &self.book.document(document).front_matter.aliases;
            record.names.extend(aliases.iter().map(|alias| alias.value.clone()));
        }
        record.lead = cut(&self.first_sentence(entity));
        record.claims = entity.claims.len();
        record.count = tally(&self.status_counts(entity.claims.iter().copied()));
        record
    }
}

/// Returns the ids and names of entities.
fn filter_values<'a, 'i>(
    entities: &'a Entities,
    indices: impl IntoIterator<Item = &'i usize>,
) -> Vec<FilterValue<'a>> {
    let value = |&index: &usize| {
        let entity = entities.get(index);
        FilterValue::new(&entity.id, &entity.name)
    };
    indices.into_iter().map(value).collect()
}

fn year(date: Option<PartialDate>) -> Vec<FilterValue<'static>> {
    let value = |date: PartialDate| {
        let year = format!("{:04}", date.year());
        FilterValue::new(year.clone(), year)
    };
    date.map(value).into_iter().collect()
}

/// Returns a date in the words that people type: `4 May 2026 May 2026-05-04`.
fn words_of_date(date: PartialDate) -> String {
    [&date.words(), date.month_name().unwrap_or_default(), &date.iso()].join(" ")
}

/// Returns the beginning of a text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_LEAD) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
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
            ("content/speakers/ann.md", "---\nname: Ann\naliases: [Anna]\n---\n\nShe is an engineer.\n"),
        ]);
        let site = example.site();
        let records: Vec<_> =
            site.search_subjects().into_iter().map(|subject| site.search_record(subject)).collect();
        let paths: Vec<&str> = records.iter().map(|record| record.path.as_str()).collect();
        assert_eq!(paths, ["claims/own/", "articles/a/", "speakers/ann/", "metrics/pace/"]);
        let [own, write_up, ann, pace] = &records[..] else { panic!("four records") };
        assert_eq!((own.title.as_str(), &own.names[..]), ("Statement own.", &["own".to_owned()][..]));
        let values = [&own.kind, &own.speakers, &own.tags, &own.metric, &own.year];
        let values: Vec<(&str, &str)> =
            values.into_iter().flatten().map(|value| (&*value.id, &*value.word)).collect();
        let expected =
            [("measurement", "Measurement"), ("ann", "Ann"), ("t", "t"), ("pace", "Pace"), ("2025", "2025")];
        assert_eq!(values, expected);
        assert_eq!((own.date.as_str(), own.mentions), ("Mar 2025", 1));
        assert_eq!(own.beside, ["it", "Mar 2025 March 2025-03"]);
        let text = site.searched_text(write_up.text.expect("a write-up"));
        assert!(text.contains("Words with a claim & more."), "{text}");
        assert!(!text.contains("kind"), "{text}");
        assert_eq!(ann.names, ["ann", "Anna"]);
        assert_eq!(ann.lead, "She is an engineer.");
        assert_eq!((ann.count.as_str(), pace.title.as_str()), ("1 claim: 1 not reviewed", "Pace"));
    }
}
