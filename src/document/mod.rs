//! The facts of one file: a [`Document`] has front matter, headings, claims and links, each with its span, as
//! plain data. A document does not refer to other files: the graph resolves its links later.

mod claim;
mod front_matter;
mod html;
mod outline;
mod text;
mod unread;
mod wording;
mod words;

pub use claim::{
    Claim, ClaimForm, Evidence, Expectation, ExpectedPoint, Measured, Probability, Quantity, Quote, Relation,
    Seen, Sign, Stance, Verdict,
};
pub use front_matter::{
    Better, FrontMatter, GroupBy, Scale, SourceFacts, SourceReference, SpeakerType, TrendForm,
};
pub use html::{RawHtml, Removed, RemovedPart};
pub use outline::Outline;
pub use text::{Inline, LinkedText};
pub use unread::{UnreadKind, UnreadText};
pub use wording::{Wording, WordingAccess};

pub use words::{Kind, RelationKind, VerdictWord};

use std::ops::Range;

use crate::source::{FileId, Span, Spanned};

/// Kind of a content file, which follows from its folder.
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
    /// `content/pages/**`: a page of the author's own, such as an imprint.
    Page,
}

/// Everything that can be read from the text of one content file.
#[derive(Debug, Clone, Hash)]
pub struct Document {
    /// Path of the file, relative to the root of the site.
    pub path: String,
    /// Kind of the file.
    pub kind: DocumentKind,
    /// Path below the folder of its kind, without extension, as an address: `2026/the-article`. For claims,
    /// speakers, metrics and sources, this is the file name, which is also their id.
    pub id: String,
    /// Front matter of the file.
    pub front_matter: FrontMatter,
    /// Claims in the file, from its front matter and its text.
    pub claims: Vec<Claim>,
    /// Headings in the order of the text.
    pub headings: Vec<Heading>,
    /// Links in the file, including links in claims and addresses in raw HTML.
    pub references: Vec<Reference>,
    /// The text after the front matter.
    pub body: Span,
    /// Spans of the claim callouts. The page shows a card in place of each callout.
    pub callouts: Vec<Span>,
    /// Facts about the raw HTML in the file.
    pub raw_html: RawHtml,
    /// Keys of facts that are not inside a claim, as text for messages. Consecutive lines with facts make one
    /// entry, at the span of the first key.
    pub stray_facts: Vec<Spanned<String>>,
    /// Texts that look like links but that Markdown does not read as links, table cells that are not shown, and
    /// other text that Markdown does not read as the author meant it.
    pub unread: Vec<UnreadText>,
    /// Invisible characters in the prose that change the direction of writing and have no matching counterpart.
    pub directions: Vec<Spanned<char>>,
    /// Number of words in the prose.
    pub words: Wording<usize>,
    /// First sentence of the prose as plain text; may be empty.
    pub lead: Wording<String>,
}

impl Document {
    /// Returns the id of the file.
    pub fn file(&self) -> FileId {
        self.body.file
    }

    /// Whether a callout begins at this byte of the body.
    pub fn has_callout_at(&self, start: usize) -> bool {
        let start = start + self.body.start as usize;
        // Callouts are sorted by their place in the text.
        self.callouts.binary_search_by_key(&start, |callout| callout.start as usize).is_ok()
    }

    /// Returns the document without its proposed claims and their links, and the ids of these claims. The
    /// document is `None` if it is the file of a proposed claim.
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// Level of the heading, from 1 to 6.
    pub level: u8,
    /// Anchor of the heading, unique in its file: the author's `{#id}`, or an id derived from the text.
    pub id: String,
    /// Text of the heading without markup.
    pub text: Wording<String>,
}

/// The target of a link as written, before it is resolved.
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
    /// A relative link to a `.md` file.
    File {
        /// Path of the file from the root of the site, such as `content/articles/a.md`; `None` if the link leads
        /// out of the site.
        path: Option<String>,
        /// Anchor in the file, without `#`.
        anchor: Option<String>,
    },
    /// `/path`: a page or file of the site, below its base path.
    Site(String),
    /// `#anchor` in the same file.
    Anchor(String),
    /// An `http`, `https` or `mailto` address, or a relative address that does not name a `.md` file.
    External(String),
    /// An address with a scheme that is not allowed.
    Unsafe(String),
}

/// The role of a link in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceRole {
    /// A link in prose.
    Mention,
    /// `![[id]]` or `![](claim:id)`, and `![[metric:id]]` for the chart of a metric.
    Embed,
    /// An image.
    Image,
    /// A link in a fact of a claim, or an address of a link in raw HTML. Lists of mentions leave it out.
    Fact,
}

/// A link in a file, with its place.
#[derive(Debug, Clone, Hash)]
pub struct Reference {
    /// Target of the link.
    pub target: Target,
    /// Role of the link in the text.
    pub role: ReferenceRole,
    /// The whole link in the file.
    pub span: Span,
    /// The text of the link and the sentence around it.
    pub words: Wording<Words>,
}

/// The text of a link within its sentence. One string contains all three parts, because a book keeps one such
/// value for each link.
#[derive(Debug, Clone, Default)]
pub struct Words {
    sentence: Box<str>,
    linked: Range<usize>,
}

impl Words {
    /// Builds the sentence from the text of the link and the rest of the sentence before and after it. All three
    /// are plain text.
    pub fn new(before: &str, linked: &str, after: &str) -> Self {
        let linked_end = before.len() + linked.len();
        Self { sentence: [before, linked, after].concat().into(), linked: before.len()..linked_end }
    }

    /// Returns the text of the link.
    pub fn linked(&self) -> &str {
        self.part(self.linked.clone())
    }

    /// Returns the rest of the sentence before the link.
    pub fn before(&self) -> &str {
        self.part(0..self.linked.start)
    }

    /// Returns the rest of the sentence after the link.
    pub fn after(&self) -> &str {
        self.part(self.linked.end..self.sentence.len())
    }

    fn part(&self, range: Range<usize>) -> &str {
        self.sentence.get(range).expect("the parts of a sentence end at character boundaries")
    }
}
