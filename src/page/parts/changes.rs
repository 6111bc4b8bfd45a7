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

    /// The latest of the dates that `Book::counts` accepts, which excludes dates in the future.
    fn latest(&self, dates: impl Iterator<Item = PartialDate>) -> Option<PartialDate> {
        dates.filter(|date| self.book.has_arrived(*date)).max_by_key(|date| date.first_day())
    }
}
