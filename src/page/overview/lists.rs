//! Makes the lists of write-ups, claims (all, by kind, by status, by year), people, metrics, tags and sources.

use std::collections::BTreeMap;

use crate::document::Kind;
use crate::graph::{ClaimIndex, Entities, Entity, Status};
use crate::texts::TEXTS;

use crate::page::parts::filter::ClaimFilter;
use crate::page::parts::pager::{PER_PAGE, pages_of, slice};
use crate::page::parts::rows::{kind_mark, mark};
use crate::page::view::{ArticleListPage, ClaimListPage, Facet, FacetGroup};
use crate::page::{Site, SiteStructure};

/// Maximum number of years that are offered as filters, newest first. Every page of every list shows the filters,
/// so their number is limited.
const YEARS: usize = 40;

impl SiteStructure<'_> {
    /// Every list of claims, each in the order of `all`: the whole list, those by kind and by status, then those by
    /// year, newest year first.
    pub fn claim_lists(&self, all: &[ClaimIndex]) -> Vec<(ClaimFilter, Vec<ClaimIndex>)> {
        let is_in = |claim: ClaimIndex, filter| match filter {
            ClaimFilter::All => true,
            ClaimFilter::Kind(kind) => self.book.claim(claim).kind == kind,
            ClaimFilter::Status(status) => self.book.node(claim).status == status,
            ClaimFilter::Year(year) => self.year_said(claim) == Some(year),
        };
        let list = |filter| (filter, all.iter().copied().filter(|&claim| is_in(claim, filter)).collect());
        let mut years: BTreeMap<i16, Vec<ClaimIndex>> = BTreeMap::new();
        for &claim in all {
            if let Some(year) = self.year_said(claim) {
                years.entry(year).or_default().push(claim);
            }
        }
        let years = years.into_iter().rev().map(|(year, claims)| (ClaimFilter::Year(year), claims));
        ClaimFilter::all().into_iter().map(list).chain(years).collect()
    }

    /// Number of pages of a list with this many claims.
    pub fn pages_of_list(&self, filter: ClaimFilter, claims: usize) -> usize {
        match filter {
            ClaimFilter::All => pages_of(claims, PER_PAGE),
            _ => self.pages_of_part(claims, PER_PAGE),
        }
    }

    /// The filters of the lists of claims. No filter is marked as current.
    pub fn facets(&self) -> Vec<FacetGroup> {
        let book = self.book;
        let facet = |filter: ClaimFilter, text: &str, glyph, count| Facet {
            url: self.url(&filter.path()),
            text: text.to_owned(),
            count,
            glyph,
            current: false,
        };
        let kinds = Kind::ALL.iter().map(|&kind| {
            let count = book.claims().filter(|&claim| book.claim(claim).kind == kind).count();
            facet(ClaimFilter::Kind(kind), kind_mark(kind).word, kind.word(), count)
        });
        let statuses = Status::ALL.iter().map(|&status| {
            let count = book.claims().filter(|&claim| book.node(claim).status == status).count();
            facet(ClaimFilter::Status(status), mark(status).word, mark(status).glyph, count)
        });
        let there = |facet: &Facet| facet.count > 0;
        vec![
            FacetGroup { title: TEXTS.filter.kind(), facets: kinds.filter(there).collect() },
            FacetGroup { title: TEXTS.filter.status(), facets: statuses.filter(there).collect() },
            FacetGroup {
                title: TEXTS.filter.speaker(),
                facets: self.entity_facets("speakers", book.speakers()),
            },
            FacetGroup { title: TEXTS.filter.tag(), facets: self.entity_facets("tags", book.tags()) },
            FacetGroup { title: TEXTS.filter.year(), facets: self.year_facets() },
        ]
    }
}

impl SiteStructure<'_> {
    /// The year in which a claim was said.
    pub(in crate::page) fn year_said(&self, claim: ClaimIndex) -> Option<i16> {
        self.book.claim(claim).said.as_ref().map(|said| said.value.year())
    }

    fn year_facets(&self) -> Vec<Facet> {
        let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
        for year in self.book.claims().filter_map(|claim| self.year_said(claim)) {
            *counts.entry(year).or_default() += 1;
        }
        let facet = |(year, count)| Facet {
            url: self.url(&ClaimFilter::Year(year).path()),
            text: format!("{year:04}"),
            count,
            glyph: "",
            current: false,
        };
        counts.into_iter().rev().take(YEARS).map(facet).collect()
    }

    /// Filters for the entities with the most claims. Each filter leads to the entity's own page.
    fn entity_facets(&self, folder: &str, entities: &Entities) -> Vec<Facet> {
        const SHOWN_ENTITIES: usize = 8;
        let mut most: Vec<&Entity> = entities.iter().filter(|entity| !entity.claims.is_empty()).collect();
        most.sort_by_key(|entity| (std::cmp::Reverse(entity.claims.len()), &entity.id));
        most.into_iter()
            .take(SHOWN_ENTITIES)
            .map(|entity| Facet {
                url: self.url(&format!("{folder}/{}/", entity.id)),
                text: entity.name.clone(),
                count: entity.claims.len(),
                glyph: "",
                current: false,
            })
            .collect()
    }
}

impl Site<'_> {
    /// Page `number` of the list of write-ups.
    pub fn article_list(&self, number: usize) -> ArticleListPage {
        let articles = self.book.articles();
        ArticleListPage {
            articles: self.article_rows(slice(articles, number, PER_PAGE).iter().copied()),
            pager: self.pager("articles/", number, articles.len(), PER_PAGE),
        }
    }

    /// Page `number` of a list of claims. `claims` are all claims of the list; `facets` is the result of
    /// [`SiteStructure::facets`].
    pub fn claim_list(
        &self,
        filter: ClaimFilter,
        claims: &[ClaimIndex],
        facets: &[FacetGroup],
        number: usize,
    ) -> ClaimListPage {
        let here = self.url(&filter.path());
        let mut facets = facets.to_vec();
        for facet in facets.iter_mut().flat_map(|group| &mut group.facets) {
            facet.current = facet.url == here;
        }
        ClaimListPage {
            title: filter.title(),
            dek: filter.dek(),
            filtered: filter != ClaimFilter::All,
            facets,
            pager: {
                let pages = self.pages_of_list(filter, claims.len());
                let mut pager = self.pager_beside(&filter.path(), number, claims.len(), pages);
                if let Some((name, value)) = filter.value() {
                    self.add_rest_of_claims(&mut pager, name, &value);
                }
                pager
            },
            rows: slice(claims, number, PER_PAGE).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, claim};

    const LOG: &str = "[the log](https://example.org/log)";

    /// A claim of each year from 2024 to 2026, a forecast with a verdict, and relations between them.
    fn on(day: &str) -> Example {
        let body = [
            "[One](claim:old), [two](claim:new), [three](claim:last), [four](claim:forecast), [five](claim:rests).\n\n",
            &claim("old", "said:: 2024-03-01"),
            &claim(
                "new",
                &format!(
                    "said:: 2025-05\nsupersedes:: [x](claim:old)\nverdict:: 2026-07-01 refuted by J. Doe — {LOG}"
                ),
            ),
            &claim("last", "said:: 2026-02-01\ncontradicts:: [x](claim:new) — it is not so"),
            &claim("rests", "said:: 2024-03-02\ndepends-on:: [x](claim:new)"),
            &claim(
                "forecast",
                &format!(
                    "kind:: forecast\nsaid:: 2024-04-01\nprobability:: 70% stated\nresolves:: 2025\nquestion:: q\n\
                     verdict:: 2025-06-01 came-true by J. Doe — {LOG}"
                ),
            ),
        ];
        Example::on(day, &[("content/articles/a.md", &article(&body.concat()))])
    }

    #[test]
    fn a_claim_that_is_not_said_yet_keeps_its_page_and_is_in_no_list() {
        let early = on("2024-03-10").render();
        let page = early.text("claims/new/index.html");
        assert!(page.contains("Not said yet"), "{page}");
        assert!(!page.contains("Refuted"), "{page}");
        // Its card says so as well.
        early.page("articles/a/index.html").contains("Not said yet");
        let counted = "Statement new";
        for path in [
            "claims/index.html",
            "claims/year/2024/index.html",
            "speakers/jane-doe/index.html",
            "timeline/index.html",
            "fallout/index.html",
            "disputes/index.html",
            "review/index.html",
            "claims/feed.xml",
            "claims/old/index.html",
            "claims/rests/index.html",
        ] {
            assert!(!early.text(path).contains(counted), "{path}");
        }
        assert!(!early.has("claims/year/2025/index.html"));
        assert!(!early.has("forecasts/q/index.html"), "nobody has forecast it yet");
        let forecast = early.page("claims/forecast/index.html");
        assert!(forecast.find("a[href='/forecasts/q/']").is_empty(), "a link there would lead nowhere");
        assert_eq!(early.page("articles/index.html").words(".tally li"), ["2 not reviewed"]);
        assert!(!early.text("data/scores.json").contains("jane-doe"));
        assert!(!early.text("data/graph.json").contains("supersedes"));
        let late = on("2026-07-02").render();
        late.page("claims/index.html").contains(counted);
        late.page("fallout/index.html").contains(counted);
        let late = late.page("articles/index.html");
        assert_eq!(late.words(".tally li"), ["1 came true", "1 refuted", "1 replaced", "2 not reviewed"]);
    }

    #[test]
    fn a_verdict_after_the_day_is_neither_shown_nor_scored() {
        let before = on("2025-05-20").render();
        let scores = before.text("data/scores.json");
        assert!(scores.contains("\"pending\": 1"), "{scores}");
        assert!(!before.text("claims/forecast/index.html").contains("Came true"));
        assert!(!before.text("claims/feed.xml").contains("Came true"));
        let after = on("2025-06-01").render();
        assert!(after.text("data/scores.json").contains("\"came_true\": 1"));
        after.page("claims/forecast/index.html").contains("Came true");
        assert!(after.text("claims/feed.xml").contains("Came true"));
    }

    #[test]
    fn claims_are_listed_and_counted_by_kind_status_speaker_tag_and_year() {
        let body = [
            claim("a", "said:: 2024\nby:: Ann\ntags:: t"),
            claim("b", "said:: 2026\nby:: Ann\nby:: Bob\nverdict:: 2026-11-20 mixed by J. Doe"),
            claim("c", "kind:: forecast\nby:: Bob\nresolves:: 2030"),
        ];
        let example = Example::of_article(&body.concat());
        let site = example.site();
        let all: Vec<ClaimIndex> = example.book.claims().collect();
        let lists = site.claim_lists(&all);
        let of = |filter: ClaimFilter| {
            let list = lists.iter().find(|(known, _)| *known == filter).expect("a list");
            example.ids(list.1.iter().copied())
        };
        assert_eq!(of(ClaimFilter::All), ["a", "b", "c"]);
        assert_eq!(of(ClaimFilter::Kind(Kind::Forecast)), ["c"]);
        assert_eq!(of(ClaimFilter::Status(Status::Unreviewed)), ["a"]);
        assert_eq!(of(ClaimFilter::Year(2026)), ["b"]);
        assert!(!lists.iter().any(|(filter, _)| *filter == ClaimFilter::Year(2025)));
        let facets = site.facets();
        let facets: Vec<Vec<(&str, usize)>> = facets
            .iter()
            .map(|group| group.facets.iter().map(|facet| (facet.url.as_str(), facet.count)).collect())
            .collect();
        assert_eq!(
            facets,
            [
                vec![("/claims/kind/forecast/", 1), ("/claims/kind/statement/", 2)],
                vec![
                    ("/claims/status/mixed/", 1),
                    ("/claims/status/unreviewed/", 1),
                    ("/claims/status/open/", 1)
                ],
                vec![("/speakers/ann/", 2), ("/speakers/bob/", 2)],
                vec![("/tags/t/", 1)],
                vec![("/claims/year/2026/", 1), ("/claims/year/2024/", 1)],
            ]
        );
    }
}
