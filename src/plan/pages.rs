//! Plans the pages: the path of each, and the function that makes its view.

use std::sync::Arc;

use crate::document::{Document, DocumentKind};
use crate::graph::{ClaimIndex, EntityIndex, EntityKind};
use crate::page::view::{Link, NotFoundPage};
use crate::page::{ChangeSubject, ClaimFilter, MentionList, PreviewSubject};
use crate::page::{PER_PAGE, RELATIONS_PER_PAGE, entity_list_path, pages_of};
use crate::source::Span;
use crate::texts::TEXTS;

use super::collect::Plan;
use super::entry::PageEntry;

impl Plan<'_> {
    pub(super) fn pages(&mut self) {
        self.fixed_pages();
        self.claim_lists();
        self.articles_and_pages();
        self.claims();
        self.index_lists();
        self.speakers_and_tags();
        self.metrics_and_sources();
        self.questions();
        self.mentions();
        self.overviews();
    }

    fn fixed_pages(&mut self) {
        let site = self.site;
        let picture = self.preview("", None, PreviewSubject::Home);
        let home = PageEntry::new("").with_picture(picture).about(ChangeSubject::Book);
        self.page(home, |site| site.home());
        let feed_title = TEXTS.feed.articles(&site.config.title);
        let feed = Link { url: site.url("feed.xml"), text: feed_title };
        let articles = PageEntry { feed: Some(feed), ..PageEntry::new("articles/") };
        self.list(
            pages_of(site.book.articles().len(), PER_PAGE),
            &articles.about(ChangeSubject::Book),
            |site, number| site.article_list(number),
        );
        if site.config.search {
            self.page(PageEntry::new("search/").without_index(), |site| site.search_page());
        }
        self.page(PageEntry::new("404.html").without_index(), |_| NotFoundPage);
    }

    fn claim_lists(&mut self) {
        let site = self.site;
        let facets = Arc::new(site.facets());
        let all = site.newest_first(site.book.claims());
        for (filter, claims) in site.claim_lists(&all) {
            let entry = PageEntry::new(filter.path());
            let entry = if filter == ClaimFilter::All {
                entry.with_feed(&site, TEXTS.filter.verdicts()).about(ChangeSubject::Book)
            } else {
                entry
            };
            let (claims, facets) = (Arc::new(claims), Arc::clone(&facets));
            self.list(site.pages_of_list(filter, claims.len()), &entry, move |site, number| {
                site.claim_list(filter, &claims, &facets, number)
            });
        }
    }

    fn articles_and_pages(&mut self) {
        let site = self.site;
        for (index, document) in site.book.documents() {
            let path = site.path_of(index);
            let origin = document.front_matter.title_span().unwrap_or(document.body);
            match document.kind {
                DocumentKind::Article => {
                    let picture = self.preview(&path, Some(origin), PreviewSubject::Article(index));
                    let entry = PageEntry::new(path).at(origin).with_picture(picture);
                    self.page(entry.about(ChangeSubject::Article(index)), move |site| site.article(index));
                }
                DocumentKind::Page => {
                    self.page(PageEntry::new(path).at(origin), move |site| site.own_page(index));
                }
                _ => {}
            }
        }
    }

    fn claims(&mut self) {
        let site = self.site;
        for index in site.book.all_claims() {
            let origin = site.book.claim(index).id.span;
            let path = site.claim_path(index);
            let picture = self.preview(&path, Some(origin), PreviewSubject::Claim(index));
            let entry = PageEntry::new(path).at(origin).with_picture(picture);
            self.page(entry.about(ChangeSubject::Claim(index)), move |site| site.claim(index));
        }
    }

    fn index_lists(&mut self) {
        let site = self.site;
        let list = |kind| {
            let all = Arc::new(site.entities_in_list(kind));
            (pages_of(all.len(), PER_PAGE), PageEntry::new(entity_list_path(kind)), all)
        };
        let (pages, entry, all) = list(EntityKind::Speaker);
        self.list(pages, &entry, move |site, number| site.people(&all, number));
        let (pages, entry, all) = list(EntityKind::Metric);
        self.list(pages, &entry, move |site, number| site.metric_list(&all, number));
        let (pages, entry, all) = list(EntityKind::Source);
        self.list(pages, &entry, move |site, number| site.source_list(&all, number));
        let (pages, entry, all) = list(EntityKind::Tag);
        self.list(pages, &entry, move |site, number| site.tag_list(&all, number));
    }

    fn speakers_and_tags(&mut self) {
        let site = self.site;
        let book = site.book;
        for index in book.entity_indices(EntityKind::Speaker) {
            let entry = self.entry_of(index).with_feed(&site, &book.entity(index).name);
            let picture = self.preview(&entry.path, entry.origin, PreviewSubject::Speaker(index));
            let lists = Arc::new(site.entity_lists(index));
            self.list(lists.pages, &entry.with_picture(picture), move |site, number| {
                site.speaker(&lists, number)
            });
        }
        for index in book.entity_indices(EntityKind::Tag) {
            let entry = self.entry_of(index).with_feed(&site, &book.entity(index).name);
            let lists = Arc::new(site.entity_lists(index));
            self.list(lists.pages, &entry, move |site, number| site.tag(&lists, number));
        }
    }

    fn metrics_and_sources(&mut self) {
        let site = self.site;
        for index in site.book.entity_indices(EntityKind::Metric) {
            let entry = self.entry_of(index);
            let values = Arc::new(site.metric_values(index));
            self.list(values.pages(), &entry, move |site, number| site.metric(&values, number));
        }
        for index in site.book.entity_indices(EntityKind::Source) {
            let entry = self.entry_of(index);
            let lists = Arc::new(site.entity_lists(index));
            self.list(lists.pages, &entry, move |site, number| site.source(&lists, number));
        }
    }

    /// Returns the entry of an entity's page. Its origin is the title in the entity's file.
    fn entry_of(&self, index: EntityIndex) -> PageEntry {
        let book = self.site.book;
        let document = book.entity(index).document.map(|document| book.document(document));
        let title = |document: &Document| document.front_matter.title_span().unwrap_or(document.body);
        PageEntry::new(self.site.entity_path(index))
            .at(document.map(title))
            .about(ChangeSubject::Entity(index))
    }

    /// Plans the additional pages of mentions and of relations, where the page of a claim, write-up or entity
    /// cannot show all of them.
    fn mentions(&mut self) {
        let site = self.site;
        let book = site.book;
        for index in book.all_claims() {
            let node = book.node(index);
            // Most claims have few mentions, so their list is not built only to count them.
            if node.mentions.len() > PER_PAGE {
                self.mentions_of(site.mentions_of_claim(index));
            }
            if node.outgoing.len() + node.incoming.len() > RELATIONS_PER_PAGE {
                self.relations_of(index);
            }
        }
        for (index, document) in book.documents() {
            if matches!(document.kind, DocumentKind::Article | DocumentKind::Page) {
                self.mentions_of(site.mentions_of_document(index));
            }
        }
        for kind in [EntityKind::Speaker, EntityKind::Metric, EntityKind::Source] {
            for index in book.entity_indices(kind) {
                self.mentions_of(site.mentions_of_entity(index));
            }
        }
    }

    fn relations_of(&mut self, claim: ClaimIndex) {
        let site = self.site;
        let relations = Arc::new(site.relations_of(claim));
        for number in 2..=pages_of(relations.len(), RELATIONS_PER_PAGE) {
            let entry = PageEntry::new(site.relations_path(claim, number));
            let relations = Arc::clone(&relations);
            self.numbered_page(entry, number, move |site| site.relations_page(claim, &relations, number));
        }
    }

    fn mentions_of(&mut self, list: MentionList) {
        let list = Arc::new(list);
        for number in 2..=pages_of(list.count(), PER_PAGE) {
            let entry = PageEntry::new(list.page_path(number));
            let list = Arc::clone(&list);
            self.numbered_page(entry, number, move |site| site.mentions_page(&list, number));
        }
    }

    /// Plans the pages of all forecasts and their questions, and the pages of each question.
    fn questions(&mut self) {
        let site = self.site;
        let questions = Arc::new(site.questions());
        let pages = pages_of(questions.len(), PER_PAGE);
        self.list(pages, &PageEntry::new("forecasts/"), {
            let questions = Arc::clone(&questions);
            move |site, number| site.forecasts(&questions, number)
        });
        for (question, claims) in questions.iter() {
            let origin: Option<Span> = claims.first().map(|&claim| site.book.claim(claim).id.span);
            let entry = PageEntry::new(format!("forecasts/{question}/")).at(origin);
            let claims = Arc::new(site.oldest_first(claims));
            let name = question.clone();
            self.list(pages_of(claims.len(), PER_PAGE), &entry, move |site, number| {
                site.question(&name, &claims, number)
            });
        }
    }
}
