//! Makes the views of write-ups and of the author's own pages, such as an about page.

use crate::document::SourceReference;
use crate::graph::{ClaimIndex, DocumentIndex};

use crate::page::Site;
use crate::page::parts::rows::mark;
use crate::page::view::{ArticlePage, DatedClaim, OwnPage, TocEntry};

/// Number of words that people read in a minute. Brysbaert (Journal of Memory and Language 109, 2019) reports 238
/// words for English non-fiction.
const WORDS_A_MINUTE: usize = 238;

impl Site<'_> {
    /// The view of a write-up's page.
    pub fn article(&self, index: DocumentIndex) -> ArticlePage {
        let document = self.book.document(index);
        let front_matter = &document.front_matter;
        let source = front_matter.source.as_ref();
        let tags = front_matter.tags.iter().filter_map(|tag| self.book.tags().find(&tag.value));
        let mut facts = source.map(|source| self.source_reference_facts(&source.value)).unwrap_or_default();
        facts.extend(self.passages_quoted(index));
        let (own, others): (Vec<ClaimIndex>, Vec<ClaimIndex>) =
            self.claims_counted(index).partition(|&claim| self.is_from_its_source(index, claim));
        let day = front_matter.date.as_ref().map(|date| date.value.last_day().min(self.config.today));
        let dated = day.filter(|&day| {
            let has_changed =
                |&claim: &ClaimIndex| self.book.status_on(claim, day) != Some(self.book.node(claim).status);
            own.iter().chain(&others).any(has_changed)
        });
        let table = |claims: &[ClaimIndex]| -> Vec<DatedClaim> {
            let Some(day) = dated else { return Vec::new() };
            let then = |&claim: &ClaimIndex| self.book.status_on(claim, day).map(mark);
            claims.iter().map(|claim| DatedClaim { claim: self.row(*claim), then: then(claim) }).collect()
        };
        let rows = |claims: &[ClaimIndex]| if dated.is_some() { Vec::new() } else { claims.to_vec() };
        ArticlePage {
            article: self.article_row(index),
            authors: front_matter.authors.iter().map(|author| author.value.clone()).collect(),
            minutes: document.words.read(self.access).div_ceil(WORDS_A_MINUTE).max(1),
            source: facts,
            about: source.and_then(|source| self.source_reference_link(&source.value)),
            publisher: source.map(|source| self.publisher_of(&source.value)).unwrap_or_default(),
            own: self.status_counts(own.iter().copied()),
            own_count: own.len(),
            others: self.status_counts(others.iter().copied()),
            toc: self.toc(index),
            body: self.prose(index),
            is_dated: dated.is_some(),
            own_claims: table(&own),
            other_claims: table(&others),
            tags: tags.map(|tag| self.tag_link(tag)).collect(),
            backlinks: self.mentions(&self.mentions_of_document(index), 1),
            bibtex: self.cite_article(index).bibtex(),
            edit: self.edit_address(document),
            json_ld: self.article_json_ld(index),
            rows: rows(&own),
            other_rows: rows(&others),
        }
    }

    /// Whether a claim is from the source that a write-up discusses. If the write-up names no source, all its claims
    /// are its own.
    fn is_from_its_source(&self, index: DocumentIndex, claim: ClaimIndex) -> bool {
        let node = self.book.node(claim);
        match self.book.document(index).front_matter.source.as_ref().map(|source| &source.value) {
            Some(SourceReference::Id(id)) => {
                node.source.is_some() && node.source == self.book.sources().find(id)
            }
            Some(SourceReference::Inline(_)) => {
                node.document == index && self.book.claim(claim).source.is_none()
            }
            None => true,
        }
    }

    /// The view of one of the author's own pages, such as an about page.
    pub fn own_page(&self, index: DocumentIndex) -> OwnPage {
        OwnPage {
            title: self.title(index).to_owned(),
            summary: self.summary(index).to_owned(),
            toc: self.toc(index),
            body: self.prose(index),
            backlinks: self.mentions(&self.mentions_of_document(index), 1),
        }
    }

    fn toc(&self, index: DocumentIndex) -> Vec<TocEntry> {
        let headings = &self.book.document(index).headings;
        headings
            .iter()
            .filter(|heading| heading.level <= 3)
            .map(|heading| TocEntry {
                level: heading.level.max(2),
                id: heading.id.clone(),
                text: heading.text.read(self.access).clone(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim};

    /// A write-up of a day, as its table of claims shows it: the head and the statuses of each claim.
    #[track_caller]
    fn table(date: &str, body: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let text = format!("---\ntitle: First\ndate: {date}\n---\n\n{body}");
        let page = Example::new(&[("content/articles/a.md", &text)]).render().page("articles/a/index.html");
        assert_eq!(page.find("#claims_").len(), 1);
        let columns = page.words("table.fold thead th");
        let rows = 1..=page.find("table.fold tbody tr").len();
        let cells = rows.map(|row| page.words(&format!("table.fold tbody tr:nth-child({row}) > *")));
        (columns, cells.map(|row| row[..3].to_vec()).collect())
    }

    #[test]
    fn a_write_up_shows_the_status_of_its_claims_on_its_day() {
        let to = |relation: &str, id: &str| format!("{relation}:: [it](claim:{id}) — reason");
        let verdicts = "verdict:: 2026-04-01 mixed by J. Doe — [shown](https://example.org/)\n\
                        verdict:: 2026-06-01 supported by J. Doe — [shown](https://example.org/)";
        let body = [
            claim("judged", verdicts),
            claim("old", ""),
            claim("new", &("said:: 2026-06\n".to_owned() + &to("supersedes", "old"))),
            claim("left", ""),
            claim("right", &("said:: 2026-06\n".to_owned() + &to("contradicts", "left"))),
            claim("undated", &to("contradicts", "calm")),
            claim("calm", ""),
            claim("due", "kind:: forecast\nresolves:: 2026-05"),
        ];
        let (columns, rows) = table("2026-05-20", &body.concat());
        assert_eq!(columns, ["Claim", "Then", "Now", "Kind", "Speaker", "Said", "Mentions"]);
        assert_eq!(
            rows,
            [
                ["Statement judged.", "Mixed", "Supported"],
                ["Statement old.", "Not reviewed", "Replaced"],
                ["Statement new.", "Not said yet", "Not reviewed"],
                ["Statement left.", "Not reviewed", "Disputed"],
                ["Statement right.", "Not said yet", "Disputed"],
                ["Statement undated.", "Same", "Disputed"],
                ["Statement calm.", "Same", "Disputed"],
                ["Statement due.", "Open", "Overdue"],
            ]
        );
    }

    #[test]
    fn where_nothing_has_changed_there_is_one_status() {
        let (columns, rows) = table("2026-11-22", &claim("one", "said:: 2026-11"));
        assert_eq!(columns, ["Claim", "Status", "Kind", "Speaker", "Said", "Mentions"]);
        assert_eq!(rows, [["Statement one.", "Not reviewed", "Statement"]]);
    }
}
