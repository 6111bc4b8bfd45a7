//! The facts of one file: a [`Document`] has front matter, headings, claims and links, each with its span, as plain
//! data. It does not know other files: the graph finds out where a link leads.

mod claim;
mod front_matter;
mod html;
mod outline;
mod text;
mod unread;
mod words;

pub use claim::{
    Claim, ClaimForm, Evidence, Expectation, ExpectedPoint, Measured, Probability, Quantity, Quote, Relation,
    Seen, Sign, Stance, Verdict,
};
pub use front_matter::{Better, FrontMatter, Scale, SourceFacts, SourceReference, SpeakerSort};
pub use html::{RawHtml, Removed, RemovedPart};
pub use outline::Outline;
pub use text::{Inline, Rich};
pub use unread::{Slip, Unread};

pub use words::{Kind, RelationKind, VerdictWord};

use std::ops::Range;

use crate::source::{FileId, Span, Spanned};

/// What a content file is, by the folder it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// `content/_index.md`.
    Home,
    /// `content/articles/**`: a write-up.
    Article,
    /// `content/claims/*`: a claim with a file of its own.
    Claim,
    /// `content/speakers/*`.
    Speaker,
    /// `content/metrics/*`.
    Metric,
    /// `content/sources/*`.
    Source,
    /// `content/pages/**`: one of the author's own pages.
    Page,
}

/// Everything that is known from the text of one content file alone.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Its path from the site's root.
    pub path: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Path below its folder without the extension, as an address: `2026/the-article`. The stem is
    /// the id of claims, speakers, metrics and sources.
    pub id: String,
    /// Its front matter.
    pub front_matter: FrontMatter,
    /// The claims marked in it.
    pub claims: Vec<Claim>,
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// Its links, those in claims included.
    pub references: Vec<Reference>,
    /// The text behind the front matter.
    pub body: Span,
    /// Byte ranges of the callouts that are claims; the page shows cards instead.
    pub callouts: Vec<Span>,
    /// Its raw HTML.
    pub raw_html: RawHtml,
    /// Keys of facts outside of every claim, for messages: those of lines that follow each other, at the
    /// first of them.
    pub stray_facts: Vec<Spanned<String>>,
    /// Texts that look like links and that Markdown does not read as links, and cells of tables that are not shown.
    pub unread: Vec<Unread>,
    /// Characters that change the direction of its prose and are not matched.
    pub directions: Vec<Spanned<char>>,
    /// Number of words in its prose.
    pub words: usize,
    /// The first sentence of its prose, plain; may be empty.
    pub lead: String,
}

impl Document {
    /// The document without its proposed claims and their links, and the ids of those claims; `None` for
    /// the file of a proposed claim.
    pub fn without_proposed(mut self) -> (Option<Self>, Vec<String>) {
        let (proposed, claims): (Vec<Claim>, Vec<Claim>) =
            self.claims.into_iter().partition(|claim| claim.is_proposed);
        self.claims = claims;
        let is_within =
            |span: Span, claim: &Claim| claim.span.start <= span.start && span.end <= claim.span.end;
        self.references.retain(|reference| {
            reference.role != ReferenceRole::Fact
                || !proposed.iter().any(|claim| is_within(reference.span, claim))
        });
        let is_kept = self.kind != DocumentKind::Claim || proposed.is_empty();
        let ids = proposed.into_iter().map(|claim| claim.id.value).collect();
        (is_kept.then_some(self), ids)
    }
}

/// A heading and its anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The anchor: given as `{#id}`, else made from the text; unique in its file.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// Where a link leads, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// `claim:id` or `[[id]]`.
    Claim(String),
    /// `speaker:id`.
    Speaker(String),
    /// `metric:id`.
    Metric(String),
    /// `source:id`.
    Source(String),
    /// `article:path`.
    Article(String),
    /// `tag:id`.
    Tag(String),
    /// A relative link to a `.md` file: the path from the site's root, and the anchor.
    File {
        /// `content/articles/a.md`; `None` when it leads out of the site.
        path: Option<String>,
        /// Without `#`.
        anchor: Option<String>,
    },
    /// `/path`: a page or file of the site, under its base path.
    Site(String),
    /// `#anchor` in the same file.
    Anchor(String),
    /// An `http`, `https` or `mailto` address, or a relative address that is no `.md` file.
    External(String),
    /// A scheme that is not allowed.
    Unsafe(String),
}

/// What the link is in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceRole {
    /// A link in prose.
    Mention,
    /// `![[id]]` or `![](claim:id)`.
    Embed,
    /// A picture.
    Image,
    /// A link in a fact of a claim: not shown as a mention.
    Fact,
}

/// A link in a file.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Where it leads.
    pub target: Target,
    /// What it is.
    pub role: ReferenceRole,
    /// The whole link.
    pub span: Span,
    /// The linked words, and the sentence they stand in.
    pub words: Words,
}

/// Linked words in their sentence: three texts in one, since a book holds those of all its links.
#[derive(Debug, Clone, Default)]
pub struct Words {
    sentence: Box<str>,
    linked: Range<usize>,
}

impl Words {
    /// The linked words, and the rest of their sentence before and after them, all plain text.
    pub fn new(before: &str, linked: &str, after: &str) -> Self {
        let linked_end = before.len() + linked.len();
        Self { sentence: [before, linked, after].concat().into(), linked: before.len()..linked_end }
    }

    /// The linked words.
    pub fn linked(&self) -> &str {
        self.part(self.linked.clone())
    }

    /// The rest of the sentence before the words.
    pub fn before(&self) -> &str {
        self.part(0..self.linked.start)
    }

    /// The rest of the sentence after the words.
    pub fn after(&self) -> &str {
        self.part(self.linked.end..self.sentence.len())
    }

    fn part(&self, range: Range<usize>) -> &str {
        self.sentence.get(range).expect("each text is whole in the sentence")
    }
}
