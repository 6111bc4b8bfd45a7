//! Makes the lists of sentences that link to a page. The page itself shows the first sentences; the rest are on
//! pages of their own at `<page>mentions/page/<n>/`.

use crate::document::DocumentKind;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex, Mention};

use crate::page::parts::pager::PER_PAGE;
use crate::page::parts::pager::slice;
use crate::page::view::{Mentions, MentionsPage, Section};
use crate::page::{Site, SiteStructure};

/// The sentences that link to a page. They are collected once for all pages that show a part of them.
#[derive(Debug)]
pub struct MentionList {
    /// The path of the page to which the sentences link.
    path: String,
    /// Section of that page.
    section: Option<Section>,
    /// What the linked page is about.
    of: MentionTarget,
    /// Id of the section of the linked page that shows the first sentences.
    anchor: &'static str,
    /// The sentences, each with the anchor of the linked words, if the page of the sentence has one.
    mentions: Vec<(Mention, Option<String>)>,
}

/// The subject of a page to which sentences link.
#[derive(Debug, Clone, Copy)]
enum MentionTarget {
    Claim(ClaimIndex),
    Document(DocumentIndex),
    Entity(EntityIndex),
}

impl MentionList {
    /// Number of sentences in the list.
    pub fn count(&self) -> usize {
        self.mentions.len()
    }

    /// The path of page `number` of the sentences. The first page is the linked page itself.
    pub fn page_path(&self, number: usize) -> String {
        if number == 1 { self.path.clone() } else { format!("{}mentions/page/{number}/", self.path) }
    }
}

impl SiteStructure<'_> {
    /// The sentences that link to a claim, without those in the claim's own file.
    pub fn mentions_of_claim(&self, index: ClaimIndex) -> MentionList {
        let node = self.book.node(index);
        let has_own_file = self.has_own_file(index);
        let id = &self.book.claim(index).id.value;
        let mentions =
            node.mentions.iter().filter(|mention| !has_own_file || mention.document != node.document);
        let placed = |&mention: &Mention| {
            let is_home = mention.document == node.document;
            (mention, is_home.then(|| format!("claim_{id}")))
        };
        MentionList {
            path: self.claim_path(index),
            section: Some(Section::Claims),
            of: MentionTarget::Claim(index),
            anchor: "mentions_",
            mentions: mentions.map(placed).collect(),
        }
    }

    /// The sentences that link to a write-up or to one of the author's own pages.
    pub fn mentions_of_document(&self, index: DocumentIndex) -> MentionList {
        MentionList {
            path: self.path_of(index),
            section: (self.book.document(index).kind == DocumentKind::Article).then_some(Section::Articles),
            of: MentionTarget::Document(index),
            anchor: "backlinks_",
            mentions: self.book.backlinks(index).iter().map(|&mention| (mention, None)).collect(),
        }
    }

    /// The sentences that link to a speaker, a metric or a source, by its name or by its file.
    pub fn mentions_of_entity(&self, index: EntityIndex) -> MentionList {
        let entity = self.book.entity(index);
        let linked = entity.document.map(|document| self.book.backlinks(document)).unwrap_or_default();
        let mut mentions: Vec<Mention> = entity.mentions.iter().chain(linked).copied().collect();
        mentions.sort_by_key(|mention| (mention.document, mention.reference));
        MentionList {
            path: self.entity_path(index),
            section: Section::of(index.kind),
            of: MentionTarget::Entity(index),
            anchor: "backlinks_",
            mentions: mentions.into_iter().map(|mention| (mention, None)).collect(),
        }
    }
}

impl Site<'_> {
    /// Page `number` of the sentences in a list.
    pub(in crate::page) fn mentions(&self, list: &MentionList, number: usize) -> Mentions {
        let shown = slice(&list.mentions, number, PER_PAGE).iter();
        let url = |number: usize| {
            let url = self.url(&list.page_path(number));
            if number == 1 { format!("{url}#{}", list.anchor) } else { url }
        };
        Mentions {
            links: shown.map(|(mention, anchor)| self.backlink(*mention, anchor.as_deref())).collect(),
            pager: (list.count() > PER_PAGE).then(|| Self::pager_at(&url, number, list.count(), PER_PAGE)),
        }
    }

    /// The view of page `number` of the sentences, from 2 on. The first page is the linked page itself.
    pub fn mentions_page(&self, list: &MentionList, number: usize) -> MentionsPage {
        let title = match list.of {
            MentionTarget::Claim(claim) => self.book.claim(claim).statement.value.read(self.access),
            MentionTarget::Document(document) => self.title(document),
            MentionTarget::Entity(entity) => &self.book.entity(entity).name,
        };
        MentionsPage {
            page: self.link(&list.path, title),
            mentions: self.mentions(list, number),
            section: list.section,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim};

    #[test]
    fn a_mention_brings_its_sentence_to_the_page_of_the_claim() {
        let body =
            format!("Before. In spring [it happened](claim:one) twice. After.\n\n{}", claim("one", ""));
        let page = Example::of_article(&body).render().page("claims/one/index.html");
        page.contains("In spring <mark>it happened</mark> twice.");
        assert!(!page.text.contains("Before.") && !page.text.contains("After."), "{}", page.text);
    }

    #[test]
    fn sentences_keep_their_letters_around_embeds_and_markup() {
        let body = format!(
            "See ![the claim](claim:one) for more detail. See [a <b>bold</b> claim](claim:one) for more.\n\n{}",
            claim("one", "")
        );
        let page = Example::of_article(&body).render().page("claims/one/index.html");
        page.contains("See <mark>the claim</mark> for more detail.");
        page.contains("See <mark>a bold claim</mark> for more.");
    }
}
