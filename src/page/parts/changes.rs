//! Finds the day of a page's last change from the dates in the book: dates of write-ups, verdicts and readings of
//! sources, up to the day of the build. The clock and the modification times of files are not used.

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex};

use crate::page::Site;

/// What a page is about. This decides which dates count as changes of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ChangeSubject {
    /// A subject whose changes have no dates.
    #[default]
    Undated,
    /// All write-ups and claims.
    Book,
    /// A write-up.
    Article(DocumentIndex),
    /// A claim.
    Claim(ClaimIndex),
    /// A speaker, metric, source or tag.
    Entity(EntityIndex),
}

impl Site<'_> {
    /// The date of a page's last change; `None` if no date is known.
    pub fn last_change(&self, subject: ChangeSubject) -> Option<PartialDate> {
        match subject {
            ChangeSubject::Undated => None,
            ChangeSubject::Article(article) => self.last_change_of_article(article),
            ChangeSubject::Claim(claim) => self.last_change_of_claim(claim),
            ChangeSubject::Entity(index) => {
                let entity = self.book.entity(index);
                self.last_of(&entity.articles, entity.claims.iter().copied())
            }
            ChangeSubject::Book => self.last_of(self.book.articles(), self.book.claims()),
        }
    }

    fn last_of(
        &self,
        articles: &[DocumentIndex],
        claims: impl Iterator<Item = ClaimIndex>,
    ) -> Option<PartialDate> {
        let articles = articles.iter().filter_map(|&article| self.last_change_of_text(article));
        articles
            .chain(claims.filter_map(|claim| self.last_change_of_claim(claim)))
            .max_by_key(|date| date.first_day())
    }

    /// The last change of a write-up or of one of its claims. Claims count because the write-up's page shows their
    /// statuses.
    fn last_change_of_article(&self, index: DocumentIndex) -> Option<PartialDate> {
        self.last_of(&[index], self.book.claims_in(index))
    }

    fn last_change_of_claim(&self, index: ClaimIndex) -> Option<PartialDate> {
        let claim = self.book.claim(index);
        let seen = claim.seen.iter().map(|seen| seen.date.value);
        let verdicts = claim.verdicts.iter().map(|verdict| verdict.date.value);
        let text = self.last_change_of_text(self.book.node(index).document);
        self.latest(seen.chain(verdicts).chain(text))
    }

    /// The later of the dates on which a document was published and revised.
    fn last_change_of_text(&self, index: DocumentIndex) -> Option<PartialDate> {
        let front_matter = &self.book.document(index).front_matter;
        let dates = [&front_matter.date, &front_matter.updated];
        self.latest(dates.into_iter().flatten().map(|date| date.value))
    }

    /// The latest of the dates that `Book::has_arrived` accepts, which excludes dates in the future.
    fn latest(&self, dates: impl Iterator<Item = PartialDate>) -> Option<PartialDate> {
        dates.filter(|date| self.book.has_arrived(*date)).max_by_key(|date| date.first_day())
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::Example;

    /// Asserts the dates of pages in the site map of a book, as of a day.
    #[track_caller]
    fn check(day: &str, pages: &[(&str, Option<&str>)]) {
        let map = Example::of_feeds(day).render().text("sitemap.xml");
        for (path, expected) in pages {
            let line =
                map.lines().find(|line| line.contains(&format!("/a/b/{path}</loc>"))).expect("the page");
            let date = line.split_once("<lastmod>").and_then(|(_, rest)| Some(rest.split_once('<')?.0));
            assert_eq!(date, *expected, "{path} on {day}");
        }
    }

    #[test]
    fn the_site_map_says_when_pages_changed() {
        check(
            "2026-11-22",
            &[
                ("", Some("2026-11-15")),
                ("articles/one/", Some("2026-11-15")),
                ("articles/two/", Some("2025-05-01")),
                ("claims/pace/", Some("2026-11-15")),
                ("claims/silent/", Some("2026-11-10")),
                ("claims/three/", None),
                ("speakers/example-lab/", Some("2026-11-15")),
                ("tags/speed/", Some("2026-11-15")),
                ("about/", None),
            ],
        );
        // On a day before the verdict, nobody had given it.
        check("2026-11-11", &[("claims/pace/", Some("2026-11-10"))]);
    }
}
