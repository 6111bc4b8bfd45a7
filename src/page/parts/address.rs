//! Makes the paths of pages below the base path, such as `claims/a/`, and the addresses of links.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::document::{Document, DocumentKind, Target};
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex, EntityKind};

use crate::page::view::Link;
use crate::page::{Site, SiteStructure};

/// Characters that are percent-encoded in a query value or in a text fragment, where `-`, `,` and `&` have a
/// meaning.
const NOT_IN_VALUES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes a text for use as a query value or as a part of a text fragment.
pub(in crate::page) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_VALUES).collect()
}

impl SiteStructure<'_> {
    /// The path of a document's page. The file of a claim has the page of that claim.
    pub fn path_of(&self, document: DocumentIndex) -> String {
        path_of(self.book.document(document))
    }

    /// The path of a claim's page.
    pub fn claim_path(&self, claim: ClaimIndex) -> String {
        ["claims/", &self.book.claim(claim).id.value, "/"].concat()
    }

    /// The path of an entity's page.
    pub fn entity_path(&self, index: EntityIndex) -> String {
        [entity_list_path(index.kind), &self.book.entity(index).id, "/"].concat()
    }

    /// The address of a path below the base path.
    pub fn url(&self, path: &str) -> String {
        self.config.base_url.address(path)
    }

    /// The path of a file that belongs to a page, such as its data.
    pub fn beside(&self, page: &str, name: &str) -> String {
        self.config.base_url.form().beside(page, name)
    }
}

impl<'a> Site<'a> {
    /// The address that a link leads to. It is `None` if the book does not contain the target or its scheme is not
    /// allowed.
    pub fn resolve(&self, target: &Target) -> Option<String> {
        match target {
            Target::File { anchor, .. } => {
                Some(with_anchor(self.url(&self.page_of(target)?), anchor.as_deref()))
            }
            Target::Site(path) => Some(self.config.base_url.of_link(path)),
            Target::Anchor(anchor) => Some(format!("#{anchor}")),
            Target::External(address) => Some(address.clone()),
            Target::Unsafe(_) => None,
            _ => Some(self.url(&self.page_of(target)?)),
        }
    }

    /// The path of the page that a link names by an id or by its file. It is `None` if the book does not contain
    /// the target, and for all other forms of links.
    pub(in crate::page) fn page_of(&self, target: &Target) -> Option<String> {
        let book = self.book;
        match target {
            Target::Claim(id) => Some(self.claim_path(book.find_claim(id)?)),
            Target::Speaker(id) => self.found(EntityKind::Speaker, id),
            Target::Metric(id) => self.found(EntityKind::Metric, id),
            Target::Source(id) => self.found(EntityKind::Source, id),
            Target::Tag(id) => self.found(EntityKind::Tag, id),
            Target::Article(id) => Some(self.path_of(book.find(DocumentKind::Article, id)?)),
            Target::File { path, .. } => Some(self.path_of(book.find_file(path.as_deref()?)?)),
            Target::Site(_) | Target::Anchor(_) | Target::External(_) | Target::Unsafe(_) => None,
        }
    }

    /// The path of the entity of this kind with this id or name.
    fn found(&self, kind: EntityKind, name: &str) -> Option<String> {
        let number = self.book.entities(kind).find(name)?;
        Some(self.entity_path(EntityIndex { kind, index: number }))
    }

    /// The title of a document's page: the document's own, or else the statement of its claim or the title of the
    /// site.
    pub fn title(&self, index: DocumentIndex) -> &'a str {
        let document = self.book.document(index);
        let title = document.front_matter.page_title(self.access);
        match (title, document.claims.first()) {
            (Some(title), _) => title,
            (None, Some(claim)) if document.kind == DocumentKind::Claim => {
                claim.statement.value.read(self.access)
            }
            (None, _) => &self.config.title,
        }
    }

    /// The summary of a document in one sentence; empty if its front matter has none.
    pub(in crate::page) fn summary(&self, index: DocumentIndex) -> &'a str {
        self.book.document(index).front_matter.summary_text(self.access)
    }

    pub(in crate::page) fn question_link(&self, question: &str) -> Link {
        self.link(&format!("forecasts/{question}/"), &words_of(question))
    }
}

impl Site<'_> {
    fn entity_link(&self, index: EntityIndex) -> Link {
        self.link(&self.entity_path(index), &self.book.entity(index).name)
    }

    pub(in crate::page) fn speaker_link(&self, number: usize) -> Link {
        self.entity_link(EntityIndex { kind: EntityKind::Speaker, index: number })
    }

    pub(in crate::page) fn metric_link(&self, number: usize) -> Link {
        self.entity_link(EntityIndex { kind: EntityKind::Metric, index: number })
    }

    pub(in crate::page) fn source_link(&self, number: usize) -> Link {
        self.entity_link(EntityIndex { kind: EntityKind::Source, index: number })
    }

    pub(in crate::page) fn tag_link(&self, number: usize) -> Link {
        self.entity_link(EntityIndex { kind: EntityKind::Tag, index: number })
    }

    /// A link to a document's page, with the page's title as its text.
    pub fn page_link(&self, document: DocumentIndex) -> Link {
        self.link(&self.path_of(document), self.title(document))
    }

    pub(in crate::page) fn link(&self, path: &str, text: &str) -> Link {
        Link { url: self.url(path), text: text.to_owned() }
    }

    /// Address of a document's file in the public repository; `None` unless `[links] repository` is set.
    pub(in crate::page) fn edit_address(&self, document: &Document) -> Option<String> {
        let files = self.config.files.as_ref()?;
        Some(format!("{files}/{}", document.path))
    }
}

/// The path of the list of all entities of a kind. The pages of the entities are below it.
pub fn entity_list_path(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Speaker => "speakers/",
        EntityKind::Metric => "metrics/",
        EntityKind::Source => "sources/",
        EntityKind::Tag => "tags/",
    }
}

fn path_of(document: &Document) -> String {
    let folder = match document.kind {
        DocumentKind::Home => return String::new(),
        DocumentKind::Page => return format!("{}/", document.id),
        DocumentKind::Article => "articles",
        DocumentKind::Claim => "claims",
        DocumentKind::Speaker => "speakers",
        DocumentKind::Metric => "metrics",
        DocumentKind::Source => "sources",
    };
    [folder, "/", &document.id, "/"].concat()
}

fn with_anchor(url: String, anchor: Option<&str>) -> String {
    match anchor.filter(|anchor| !anchor.is_empty()) {
        Some(anchor) => format!("{url}#{anchor}"),
        None => url,
    }
}

/// The id of a question as words: `swe-bench-2025` becomes `Swe bench 2025`.
pub(in crate::page) fn words_of(question: &str) -> String {
    let words = question.replace('-', " ");
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
