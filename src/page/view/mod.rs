//! What templates can see: the structs in this module, serialised, and nothing else.
//!
//! Every field is ready to print: addresses include the base path, dates are worded, lists are
//! sorted. Fields named `html` are finished HTML (`| safe`); all others are plain text, which the
//! template escapes.

mod charts;
mod overviews;
mod pages;
mod scores;
mod search;
mod shared;

use serde::{Serialize, Serializer};

use crate::date::PartialDate;
use crate::document::Kind;
use crate::graph::Status;

use shared::Shared;

pub use charts::*;
pub use overviews::*;
pub use pages::*;
pub use scores::*;
pub use search::*;

/// Something with an address.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Address under the base path, or an absolute `https:` address.
    pub url: String,
    /// Plain text.
    pub text: String,
}

/// A status or verdict: never shown by colour alone.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// The word in data and addresses: `came-true`.
    pub key: &'static str,
    /// The word a reader sees: `Came true`.
    pub word: &'static str,
    /// CSS class without its prefix `s-`, and glyph name without its prefix `g_`.
    pub glyph: &'static str,
    /// The number of its value for templates.
    pub(super) shared: usize,
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// Each status has its own word, as has a claim that is not said yet, and that of a claim nobody has reviewed.
        const COUNT: usize = 2 * (Status::ALL.len() + 1);
        static VALUES: [Shared; COUNT] = [const { Shared::new() }; COUNT];
        let fields = [("key", self.key), ("word", self.word), ("glyph", self.glyph)];
        VALUES[self.shared].serialize(fields, serializer)
    }
}

/// A kind of claim.
#[derive(Debug, Clone, Copy)]
pub struct KindMark {
    /// `measurement`, also the glyph name.
    pub key: &'static str,
    /// `Measurement`.
    pub word: &'static str,
    /// The number of its value for templates.
    pub(super) shared: usize,
}

impl Serialize for KindMark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        static VALUES: [Shared; Kind::ALL.len()] = [const { Shared::new() }; Kind::ALL.len()];
        VALUES[self.shared].serialize([("key", self.key), ("word", self.word)], serializer)
    }
}

/// A claim as a row of a list, a card, or an end of a relation.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimRow {
    /// Its id.
    pub id: String,
    /// Its page.
    pub url: String,
    /// The statement.
    pub statement: String,
    /// The status today.
    pub status: Mark,
    /// Measurement, forecast, statement or opinion.
    pub kind: KindMark,
    /// Who asserts it.
    pub speakers: Vec<Link>,
    /// When it was said.
    pub said: Option<PartialDate>,
    /// When a forecast resolves.
    pub resolves: Option<PartialDate>,
    /// Whole days from today to the deadline; negative when it has passed.
    pub days_left: Option<i32>,
    /// `60%`.
    pub probability: Option<String>,
    /// The author inferred the probability; the forecaster gave no number.
    pub probability_is_inferred: bool,
    /// How many sentences of the book link to it.
    pub mentions: usize,
    /// Something it rests on fell.
    pub shaken: bool,
}

/// A verdict as shown.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictView {
    /// Its word.
    pub mark: Mark,
    /// When it was given.
    pub date: PartialDate,
    /// Who gave it; empty when not said.
    pub by: String,
    /// The reason, links included; empty when none was given.
    pub html: String,
}

/// One piece of rendered prose: HTML, or a place where a claim shows.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Part {
    /// Finished HTML.
    Html {
        /// The HTML.
        html: String,
    },
    /// The first mention of one of the write-up's own claims: words with a mark and their card.
    Mention(Card),
    /// An embedded claim, a block of its own.
    Embed {
        /// The claim.
        claim: ClaimRow,
    },
    /// A claim that its write-up never mentions, where its callout stands: a sentence with its card.
    Standing(Card),
}

/// A card and the words it belongs to.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// The words but the last, HTML.
    pub html: String,
    /// The last word, HTML.
    pub last: String,
    /// The last word is short enough never to part from the glyph.
    pub keeps_together: bool,
    /// Number of the card on this page, from 1.
    pub number: usize,
    /// The claim.
    pub claim: ClaimRow,
}

/// A heading in a table of contents; level 2 and 3 only.
#[derive(Debug, Clone, Serialize)]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    /// The anchor, without `#`.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// A page that links here, with the sentence that does.
#[derive(Debug, Clone, Serialize)]
pub struct Backlink {
    /// Address, with the anchor of the mention where there is one.
    pub url: String,
    /// Title of the linking page.
    pub title: String,
    /// The sentence before the linked words; may be empty.
    pub before: String,
    /// The linked words.
    pub text: String,
    /// The sentence after the linked words; may be empty.
    pub after: String,
}

/// Sentences that link to a page: those on one page of them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Mentions {
    /// The sentences.
    pub links: Vec<Backlink>,
    /// Which ones they are, where there are more.
    pub pager: Option<Pager>,
}

/// The first entries of a long list.
#[derive(Debug, Clone, Serialize)]
pub struct Shortened<T> {
    /// The entries shown.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: usize,
    /// Where the others are; empty where all are shown.
    pub rest: Vec<Link>,
}

impl<T> Default for Shortened<T> {
    fn default() -> Self {
        Self { items: Vec::new(), total: 0, rest: Vec::new() }
    }
}

/// A write-up in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleRow {
    /// Its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// Date of publication.
    pub date: Option<PartialDate>,
    /// Date of the last revision.
    pub updated: Option<PartialDate>,
    /// Number of its claims.
    pub claims: usize,
    /// The statuses of its claims, in reading order.
    pub strip: Vec<Mark>,
    /// The same in words: `3 claims: 2 supported, 1 open`; empty when it has none.
    pub tally: String,
}

/// Where a list page stands in its series.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pager {
    /// Number of the first item shown, from 1; 0 when there is none.
    pub from: usize,
    /// Number of the last item shown.
    pub to: usize,
    /// Number of items in all.
    pub total: usize,
    /// This page's number, from 1.
    pub current: usize,
    /// The pages worth a link, in order; a gap has an empty `url` and the text `…`.
    pub pages: Vec<Link>,
    /// The page before this one.
    pub previous: Option<String>,
    /// The page after this one.
    pub next: Option<String>,
}

/// A choice in a list of filters.
#[derive(Debug, Clone, Serialize)]
pub struct Facet {
    /// Its page.
    pub url: String,
    /// What it is called.
    pub text: String,
    /// How many claims it holds.
    pub count: usize,
    /// Glyph name, without its prefix `g_`. Empty if there is no glyph.
    pub glyph: &'static str,
    /// This page shows it.
    pub current: bool,
}

/// A titled group of facets: kinds, statuses, speakers, tags.
#[derive(Debug, Clone, Serialize)]
pub struct FacetGroup {
    /// `Kind`.
    pub title: &'static str,
    /// Its choices.
    pub facets: Vec<Facet>,
}

/// A term and its description.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// `Speaker`.
    pub term: &'static str,
    /// What follows it, links included.
    pub html: String,
}

/// The picture that is shown where the page's link is shared.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// Absolute address.
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What it shows, for those who do not see it.
    pub text: String,
}

/// What every page has, whatever it shows.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// Plain title, without the site's name; empty on the home page.
    pub title: String,
    /// For search engines and previews; may be empty.
    pub description: String,
    /// Absolute address of the page itself.
    pub canonical: String,
    /// The entry of the navigation it belongs to: `articles`, `claims`, `forecasts`, `metrics`,
    /// `speakers`, or empty.
    pub section: &'static str,
    /// It is the very page the navigation links to.
    pub is_section: bool,
    /// Kept out of search engines.
    pub noindex: bool,
    /// The page's own Atom feed.
    pub feed: Option<Link>,
    /// The page's own picture.
    pub picture: Option<Picture>,
}

/// What all pages of a site share; in templates `site`.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The site's title.
    pub title: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// BCP 47 language tag.
    pub language: String,
    /// Author of the site; may be empty.
    pub author: String,
    /// The base path without a closing slash: empty, or `/a/b`.
    pub base: String,
    /// The day of the build.
    pub today: PartialDate,
    /// Address of the stylesheet.
    pub stylesheet: String,
    /// Address of the script.
    pub script: String,
    /// Address of the script that sets the theme, before anything is painted.
    pub theme: String,
    /// Address of the script of the search page; empty when the book has no search.
    pub search: String,
    /// Address of the script of the lists of claims.
    pub claims: String,
    /// The author's own pages that ask to be in the footer.
    pub footer: Vec<Link>,
    /// The public repository, where `[links] repository` is set.
    pub repository: Option<String>,
    /// Name and version of this program.
    pub generator: &'static str,
}
