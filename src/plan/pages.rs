//! Plans the pages: path, template and view function of each.

use std::sync::Arc;

use crate::config::Previews;
use crate::document::{Document, DocumentKind};
use crate::graph::{ClaimIndex, EntityIndex, EntityKind};
use crate::page::view::{Link, Picture};
use crate::page::{ChangeSubject, ClaimFilter, MentionList, PER_PAGE, RELATIONS_PER_PAGE, pages_of, slice};
use crate::source::Span;

use super::collect::Plan;
use super::entry::{PageEntry, PictureFn};

impl Plan<'_> {
    pub(super) fn pages(&mut self) {
        self.fixed_pages();
        self.claim_lists();
        self.articles_and_pages();
        self.claims();
        self.index_lists();
        self.entity_pages();
        self.questions();
        self.mentions();
        self.overviews();
    }

    fn fixed_pages(&mut self) {
        let site = self.site;
        let home = site.book.find(DocumentKind::Home, "");
        let summary = home
            .and_then(|home| site.book.document(home).front_matter.summary.as_ref())
            .map(|summary| summary.value.clone())
            .unwrap_or_default();
        let picture = self.preview("", None, |site| site.home_preview());
        let entry = PageEntry { picture, ..PageEntry::new("", "index.html", "").about(ChangeSubject::Book) };
        self.page(entry, move |site| (String::new(), summary.clone(), site.home()));
        let feed_title = format!("{}: write-ups", site.config.title);
        let feed = Link { url: site.url("feed.xml"), text: feed_title };
        self.list(
            pages_of(site.book.articles().len(), PER_PAGE),
            |path| PageEntry {
                feed: Some(feed.clone()),
                ..PageEntry::new(path, "articles.html", "articles").of_section().about(ChangeSubject::Book)
            },
            |site, number| ("Write-ups".to_owned(), String::new(), site.article_list(number)),
            "articles/",
        );
        if site.config.search {
            let search = PageEntry { noindex: true, ..PageEntry::new("search/", "search.html", "") };
            self.page(search, |site| ("Search".to_owned(), String::new(), site.search_page()));
        }
        let not_found = PageEntry { noindex: true, ..PageEntry::new("404.html", "404.html", "") };
        self.page(not_found, |_| ("Page not found".to_owned(), String::new(), ()));
    }

    fn claim_lists(&mut self) {
        let site = self.site;
        let facets = Arc::new(site.facets());
        let all = site.newest_first(site.book.claims());
        for (filter, claims) in site.claim_lists(&all) {
            let claims = Arc::new(claims);
            let facets = Arc::clone(&facets);
            let is_all = filter == ClaimFilter::All;
            self.list(
                pages_of(claims.len(), PER_PAGE),
                |path| {
                    let entry = PageEntry::new(path, "claims.html", "claims");
                    if is_all {
                        entry.of_section().with_feed(&site, "Verdicts").about(ChangeSubject::Book)
                    } else {
                        entry
                    }
                },
                {
                    let claims = Arc::clone(&claims);
                    move |site, number| {
                        let page = site.claim_list(filter, &claims, &facets, number);
                        (filter.title(), page.dek.clone(), page, slice(&claims, number, PER_PAGE).to_vec())
                    }
                },
                &filter.path(),
            );
        }
    }

    fn articles_and_pages(&mut self) {
        let site = self.site;
        for (index, document) in site.book.documents() {
            let path = site.path_of(index);
            let origin = document.front_matter.title.as_ref().map_or(document.body, |title| title.span);
            match document.kind {
                DocumentKind::Article => {
                    let picture = self.preview(&path, Some(origin), move |site| site.article_preview(index));
                    let entry =
                        PageEntry { picture, ..PageEntry::new(path, "article.html", "articles").at(origin) }
                            .about(ChangeSubject::Article(index));
                    self.page(entry, move |site| {
                        let page = site.article(index);
                        // If the table shows the statuses of an earlier day (`then`), it does not use the shared
                        // rows.
                        let claims = if page.then.is_empty() {
                            site.claims_counted(index).collect()
                        } else {
                            Vec::new()
                        };
                        (page.article.title.clone(), page.article.summary.clone(), page, claims)
                    });
                }
                DocumentKind::Page => {
                    self.page(PageEntry::new(path, "page.html", "").at(origin), move |site| {
                        let page = site.own_page(index);
                        (page.title.clone(), page.summary.clone(), page)
                    });
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
            let wants_picture = site.config.previews == Previews::All;
            let picture = wants_picture
                .then(|| self.preview(&path, Some(origin), move |site| site.claim_preview(index)))
                .flatten();
            let entry = PageEntry { picture, ..PageEntry::new(path, "claim.html", "claims").at(origin) }
                .about(ChangeSubject::Claim(index));
            self.page(entry, move |site| {
                let page = site.claim(index);
                let status = &page.claim.status;
                let description = format!(
                    "{}, {}. {}",
                    page.claim.kind.word,
                    status.word.to_lowercase(),
                    page.claim.statement
                );
                (page.claim.statement.trim_end_matches('.').to_owned(), description, page)
            });
        }
    }

    fn index_lists(&mut self) {
        let site = self.site;
        let book = site.book;
        let index = |path, section| {
            let entry = PageEntry::new(path, "index-list.html", section);
            if section.is_empty() { entry } else { entry.of_section() }
        };
        let titled = |page: crate::page::view::IndexPage| (page.title.to_owned(), page.dek.to_owned(), page);
        self.list(
            pages_of(book.speakers().len(), PER_PAGE),
            |path| index(path, "speakers"),
            move |site, number| titled(site.speaker_list(number)),
            "speakers/",
        );
        self.list(
            pages_of(book.metrics().len(), PER_PAGE),
            |path| index(path, "metrics"),
            move |site, number| titled(site.metric_list(number)),
            "metrics/",
        );
        self.list(
            pages_of(book.tags().len(), PER_PAGE),
            |path| index(path, ""),
            move |site, number| titled(site.tag_list(number)),
            "tags/",
        );
        self.list(
            pages_of(book.sources().len(), PER_PAGE),
            |path| index(path, ""),
            move |site, number| titled(site.source_list(number)),
            "sources/",
        );
    }

    fn entity_pages(&mut self) {
        self.speakers_and_tags();
        self.metrics_and_sources();
    }

    fn speakers_and_tags(&mut self) {
        let site = self.site;
        let book = site.book;
        for index in book.entity_indices(EntityKind::Speaker) {
            let (path, origin) = self.place_of(index);
            // The picture shows a name and numbers but no prose, so it is made once for all pages of the speaker.
            let picture = self.preview(&path, origin, move |site| site.speaker_preview(index));
            let picture = picture
                .map(|make| Arc::new(make(site)))
                .map(|made| -> PictureFn { Arc::new(move |_| Picture::clone(&made)) });
            let lists = Arc::new(site.entity_lists(index));
            self.list(
                lists.pages,
                |page| {
                    let picture = picture.clone();
                    PageEntry { origin, picture, ..PageEntry::new(page, "speaker.html", "speakers") }
                        .with_feed(&site, &book.entity(index).name)
                        .about(ChangeSubject::Entity(index))
                },
                move |site, number| {
                    let page = site.speaker(&lists, number);
                    (page.name.clone(), format!("Claims and forecasts by {}", page.name), page)
                },
                &path,
            );
        }
        for index in book.entity_indices(EntityKind::Tag) {
            let (path, origin) = self.place_of(index);
            let lists = Arc::new(site.entity_lists(index));
            self.list(
                lists.pages,
                |page| {
                    let entry = PageEntry { origin, ..PageEntry::new(page, "tag.html", "") };
                    entry.with_feed(&site, &book.entity(index).name).about(ChangeSubject::Entity(index))
                },
                move |site, number| {
                    let page = site.tag(&lists, number);
                    let about = format!("Write-ups and claims about {}", page.name);
                    (
                        page.name.clone(),
                        about,
                        page,
                        slice(&site.book.entity(index).claims, number, PER_PAGE).to_vec(),
                    )
                },
                &path,
            );
        }
    }

    fn metrics_and_sources(&mut self) {
        let site = self.site;
        let book = site.book;
        for index in book.entity_indices(EntityKind::Metric) {
            let (path, origin) = self.place_of(index);
            let values = Arc::new(site.metric_values(index));
            self.list(
                values.pages(),
                |page| {
                    PageEntry { origin, ..PageEntry::new(page, "metric.html", "metrics") }
                        .about(ChangeSubject::Entity(index))
                },
                move |site, number| {
                    let page = site.metric(&values, number);
                    (page.title.clone(), format!("Measurements of {}", page.title), page)
                },
                &path,
            );
        }
        for index in book.entity_indices(EntityKind::Source) {
            let (path, origin) = self.place_of(index);
            let lists = Arc::new(site.entity_lists(index));
            self.list(
                lists.pages,
                |page| {
                    PageEntry { origin, ..PageEntry::new(page, "source.html", "") }
                        .about(ChangeSubject::Entity(index))
                },
                move |site, number| {
                    let page = site.source(&lists, number);
                    let about = format!("Claims drawn from {}", page.title);
                    (
                        page.title.clone(),
                        about,
                        page,
                        slice(&site.book.entity(index).claims, number, PER_PAGE).to_vec(),
                    )
                },
                &path,
            );
        }
    }

    /// Returns the path of an entity's page, and the place of the title in the entity's file.
    fn place_of(&self, index: EntityIndex) -> (String, Option<Span>) {
        let document =
            self.site.book.entity(index).document.map(|document| self.site.book.document(document));
        let title = |document: &Document| {
            document.front_matter.title.as_ref().map_or(document.body, |title| title.span)
        };
        (self.site.entity_path(index), document.map(title))
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
                self.mentions_of(site.mentions_of_claim(index), "claims");
            }
            if node.outgoing.len() + node.incoming.len() > RELATIONS_PER_PAGE {
                self.relations_of(index);
            }
        }
        for (index, document) in book.documents() {
            match document.kind {
                DocumentKind::Article => self.mentions_of(site.mentions_of_document(index), "articles"),
                DocumentKind::Page => self.mentions_of(site.mentions_of_document(index), ""),
                _ => {}
            }
        }
        let sections =
            [(EntityKind::Speaker, "speakers"), (EntityKind::Metric, "metrics"), (EntityKind::Source, "")];
        for (kind, section) in sections {
            for index in book.entity_indices(kind) {
                self.mentions_of(site.mentions_of_entity(index), section);
            }
        }
    }

    fn relations_of(&mut self, claim: ClaimIndex) {
        let site = self.site;
        let relations = Arc::new(site.relations_of(claim));
        for number in 2..=pages_of(relations.len(), RELATIONS_PER_PAGE) {
            let entry = PageEntry::new(site.relations_path(claim, number), "relations.html", "claims");
            let relations = Arc::clone(&relations);
            self.page(entry, move |site| {
                let page = site.relations_page(claim, &relations, number);
                let title = format!("Relations of {}, page {number}", page.claim.id);
                (title, format!("Claims that bear on: {}", page.claim.statement), page)
            });
        }
    }

    fn mentions_of(&mut self, list: MentionList, section: &'static str) {
        let list = Arc::new(list);
        for number in 2..=pages_of(list.count(), PER_PAGE) {
            let entry = PageEntry::new(list.page_path(number), "mentions.html", section);
            let list = Arc::clone(&list);
            self.page(entry, move |site| {
                let page = site.mentions_page(&list, number);
                let name = &page.page.text;
                let title = format!("Mentions of {}, page {number}", name.trim_end_matches('.'));
                (title, format!("Sentences that lead to: {name}"), page)
            });
        }
    }

    /// Plans the pages of all forecasts and their questions, and the pages of each question.
    fn questions(&mut self) {
        let site = self.site;
        let questions = Arc::new(site.questions());
        self.list(
            pages_of(questions.len(), PER_PAGE),
            |path| PageEntry::new(path, "forecasts.html", "forecasts").of_section(),
            {
                let questions = Arc::clone(&questions);
                move |site, number| {
                    let about = "Dated predictions, and how each one ended.".to_owned();
                    ("Forecasts".to_owned(), about, site.forecasts(&questions, number))
                }
            },
            "forecasts/",
        );
        for (question, claims) in questions.iter() {
            let origin = claims.first().map(|&claim| site.book.claim(claim).id.span);
            let claims = Arc::new(site.oldest_first(claims));
            let name = question.clone();
            self.list(
                pages_of(claims.len(), PER_PAGE),
                |path| PageEntry { origin, ..PageEntry::new(path, "question.html", "forecasts") },
                move |site, number| {
                    let page = site.question(&name, &claims, number);
                    (page.title.clone(), "Forecasts of one event, side by side.".to_owned(), page)
                },
                &format!("forecasts/{question}/"),
            );
        }
    }
}
