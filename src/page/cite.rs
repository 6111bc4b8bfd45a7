//! How is a write-up or a claim cited? The facts of a citation, before any format.

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex};

use super::Site;

/// What a citation says.
#[derive(Debug, Clone)]
pub struct Citation {
    /// Its key: unique in the book, ASCII letters, digits and hyphens.
    pub key: String,
    /// The cited title.
    pub title: String,
    /// Who wrote it; the site's author or title where nobody is named.
    pub authors: Vec<String>,
    /// The name of the site.
    pub container: String,
    /// When it was published, where that is known.
    pub issued: Option<PartialDate>,
    /// The day it was seen: that of the build.
    pub accessed: PartialDate,
    /// Absolute address.
    pub url: String,
    /// Anything else a reader of the citation should know; may be empty.
    pub note: String,
}

impl Site<'_> {
    /// The citation of a claim's record. Its author is the book's: the speaker is in the note.
    pub fn cite_claim(&self, index: ClaimIndex) -> Citation {
        let claim = self.book.claim(index);
        let row = self.row(index);
        let home = &self.book.document(self.book.node(index).document).front_matter;
        let speakers: Vec<&str> = row.speakers.iter().map(|speaker| speaker.text.as_str()).collect();
        let said = row.said.as_ref().map(|day| format!(", {}", day.text)).unwrap_or_default();
        Citation {
            key: format!("claim-{}", claim.id.value),
            title: claim.statement.value.clone(),
            authors: self.authors_or_site(home.authors.iter().map(|author| author.value.clone()).collect()),
            issued: home.date.as_ref().map(|date| date.value),
            url: self.config.base_url.absolute(&self.claim_path(index)),
            note: format!(
                "Claim {} of {}{said}. Status: {}",
                claim.id.value,
                speakers.join(", "),
                row.status.word.to_lowercase()
            ),
            ..self.cite_site()
        }
    }

    /// The citation of a write-up.
    pub fn cite_article(&self, index: DocumentIndex) -> Citation {
        let document = self.book.document(index);
        let front_matter = &document.front_matter;
        let authors = front_matter.authors.iter().map(|author| author.value.clone()).collect();
        let updated = front_matter.updated.as_ref().map(|date| format!("Revised {}", date.value.words()));
        Citation {
            key: document.id.replace('/', "-"),
            title: self.title(index),
            authors: self.authors_or_site(authors),
            issued: front_matter.date.as_ref().map(|date| date.value),
            url: self.config.base_url.absolute(&self.path_of(index)),
            note: updated.unwrap_or_default(),
            ..self.cite_site()
        }
    }

    fn cite_site(&self) -> Citation {
        Citation {
            key: String::new(),
            title: String::new(),
            authors: Vec::new(),
            container: self.config.title.clone(),
            issued: None,
            accessed: self.config.today.into(),
            url: String::new(),
            note: String::new(),
        }
    }

    pub(super) fn authors_or_site(&self, authors: Vec<String>) -> Vec<String> {
        if !authors.is_empty() {
            return authors;
        }
        let config = self.config;
        vec![if config.author.is_empty() { config.title.clone() } else { config.author.clone() }]
    }
}
