//! Makes the view of the home page.

use std::collections::BTreeSet;

use crate::document::{DocumentKind, Kind, RelationKind, Stance};
use crate::graph::{ClaimIndex, Edge, Status};

use crate::page::Site;
use crate::page::parts::pager::shortened;
use crate::page::parts::rows::mark;
use crate::page::view::{ContestedClaim, HomePage};

/// Maximum number of entries in each list of the home page.
const SHOWN: usize = 5;

impl Site<'_> {
    /// The view of the home page.
    pub fn home(&self) -> HomePage {
        let book = self.book;
        let index = book.find(DocumentKind::Home, "");
        let forecasts: Vec<ClaimIndex> = self.forecasts_by_deadline();
        let with = |status: Status| {
            forecasts.iter().copied().filter(move |&claim| book.node(claim).status == status)
        };
        let is_resolved = |claim: &&ClaimIndex| matches!(book.node(**claim).status, Status::Verdict(_));
        HomePage {
            title: index.map_or(self.config.title.as_str(), |index| self.title(index)).to_owned(),
            summary: index.map(|index| self.summary(index).to_owned()).unwrap_or_default(),
            body: index.map(|index| self.prose(index)).unwrap_or_default(),
            claim_count: book.claims().count(),
            article_count: book.articles().len(),
            forecast_count: forecasts.len(),
            judged_count: forecasts.iter().filter(is_resolved).count(),
            source_count: book.sources().len(),
            chart: self.home_chart(),
            latest: self.article_rows(book.articles().iter().copied().take(SHOWN)),
            due: shortened(with(Status::Open).collect(), SHOWN, |_| Vec::new(), |claim| self.row(claim)),
            overdue_count: with(Status::Overdue).count(),
            reviewed: self.reviewed(self.reviewed_newest_first(book.claims()).into_iter().take(SHOWN)),
            contested: self.most_contested(),
            marks: Status::ALL.map(mark).to_vec(),
        }
    }

    fn most_contested(&self) -> Vec<ContestedClaim> {
        let mut contested: Vec<_> = self
            .book
            .claims()
            .filter(|&index| self.book.claim(index).kind != Kind::Forecast)
            .map(|index| (self.sides(index), index))
            .filter(|((_, against), _)| *against > 0)
            .collect();
        contested
            .sort_by_key(|&((in_favour, against), index)| (std::cmp::Reverse((against, in_favour)), index));
        contested
            .into_iter()
            .take(SHOWN)
            .map(|((in_favour, against), index)| ContestedClaim {
                claim: self.row(index),
                in_favour,
                against,
            })
            .collect()
    }

    /// Number of claims and pieces of evidence that support a claim, and number of those against it.
    fn sides(&self, index: ClaimIndex) -> (usize, usize) {
        let node = self.book.node(index);
        let evidence = self.book.claim(index).evidence.read(self.access);
        let of = |stance: Stance| evidence.iter().filter(|evidence| evidence.stance == stance).count();
        let others = |edges: &[&[Edge]], kind: RelationKind| {
            let edges = edges.iter().copied().flatten();
            let of_kind = edges.filter(|&&edge| self.book.relation(edge).kind == kind);
            of_kind.map(|edge| edge.other).collect::<BTreeSet<ClaimIndex>>().len()
        };
        let (incoming, outgoing) = (&node.incoming[..], &node.outgoing[..]);
        let in_favour = others(&[incoming], RelationKind::Supports) + of(Stance::For);
        (in_favour, others(&[incoming, outgoing], RelationKind::Contradicts) + of(Stance::Against))
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim};

    #[test]
    fn the_home_page_counts_the_book_and_shows_its_most_contested_claims() {
        let evidence =
            "evidence:: for [a](https://example.org/a)\nevidence:: against [b](https://example.org/b)";
        let body = [
            claim("quiet", "supports:: [it](claim:loud)"),
            claim("loud", &format!("{evidence}\ncontradicts:: [it](claim:other) — so")),
            claim("other", "contradicts:: [it](claim:loud) — no"),
            claim("due", "kind:: forecast\nresolves:: 2027"),
            claim("late", "kind:: forecast\nresolves:: 2026-10"),
            claim("done", "kind:: forecast\nresolves:: 2026-10\nverdict:: 2026-11-20 partly by J. Doe"),
        ];
        let example = Example::of_article(&body.concat());
        let home = example.site().home();
        assert_eq!((home.claim_count, home.article_count, home.source_count), (6, 1, 0));
        assert_eq!((home.forecast_count, home.judged_count, home.overdue_count), (3, 1, 1));
        let due: Vec<&str> = home.due.items.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(due, ["due"]);
        let reviewed: Vec<&str> = home.reviewed.iter().map(|one| one.claim.id.as_str()).collect();
        assert_eq!(reviewed, ["done"]);
        // A contradiction that both claims state counts once.
        let contested: Vec<(&str, usize, usize)> =
            home.contested.iter().map(|one| (one.claim.id.as_str(), one.in_favour, one.against)).collect();
        assert_eq!(contested, [("loud", 2, 2), ("other", 0, 1)]);
    }
}
