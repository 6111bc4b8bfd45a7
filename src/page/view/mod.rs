//! What templates can see: the structs in this module, serialised, and nothing else.
//!
//! Fields are ready to print: addresses include the base path, measured values include their units, and lists are
//! sorted. Only dates need a filter, which writes them in words. Fields named `html` are finished HTML (`| safe`);
//! all other fields are plain text, which the template escapes.

mod article;
mod card;
mod changes;
mod charts;
mod claim;
mod entity;
mod entity_lists;
mod forecast;
mod home;
mod links;
mod overview;
mod page_view;
mod scores;
mod search;
mod shared;

use serde::{Serialize, Serializer};

use crate::date::PartialDate;
use crate::document::Kind;
use crate::graph::Status;

use shared::Shared;

pub use article::*;
pub use card::*;
pub use changes::*;
pub use charts::*;
pub use claim::*;
pub use entity::*;
pub use entity_lists::*;
pub use forecast::*;
pub use home::*;
pub use links::*;
pub use overview::*;
pub use page_view::{PageView, Section, Template};
pub use scores::*;
pub use search::*;

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Address under the base path, or an absolute address.
    pub url: String,
    /// The text of the link, as plain text.
    pub text: String,
}

/// The mark of a status or verdict: a word and a glyph, because colour alone must not carry the meaning.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// The word in data and addresses, such as `came-true`.
    pub key: &'static str,
    /// The word that a reader sees, such as `Came true`.
    pub word: &'static str,
    /// Name of the CSS class without its prefix `s-`, and of the glyph without its prefix `g_`.
    pub glyph: &'static str,
    /// Index of the cached template value of this mark.
    pub(super) shared: usize,
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// One mark for each status and one for claims that are not said yet, and as many marks for proposed
        /// claims.
        const COUNT: usize = 2 * (Status::ALL.len() + 1);
        static VALUES: [Shared; COUNT] = [const { Shared::new() }; COUNT];
        let fields = [("key", self.key), ("word", self.word), ("glyph", self.glyph)];
        VALUES[self.shared].serialize(fields, serializer)
    }
}

/// The mark of a kind of claim.
#[derive(Debug, Clone, Copy)]
pub struct KindMark {
    /// The word in data and addresses, such as `measurement`; it is also the name of the glyph.
    pub key: &'static str,
    /// The word that a reader sees, such as `Measurement`.
    pub word: &'static str,
    /// Index of the cached template value of this mark.
    pub(super) shared: usize,
}

impl Serialize for KindMark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        static VALUES: [Shared; Kind::ALL.len()] = [const { Shared::new() }; Kind::ALL.len()];
        VALUES[self.shared].serialize([("key", self.key), ("word", self.word)], serializer)
    }
}

/// A claim as it appears in lists, in cards and in tables.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimRow {
    /// Id of the claim.
    pub id: String,
    /// Address of the claim's page.
    pub url: String,
    /// The statement of the claim.
    pub statement: String,
    /// The status on the day of the build.
    pub status: Mark,
    /// The kind: measurement, forecast, statement or opinion.
    pub kind: KindMark,
    /// The speakers who assert the claim. In lists, many speakers are cut to the first, and the last link leads to
    /// the claim's page.
    pub speakers: Vec<Link>,
    /// The date on which the claim was said.
    pub said: Option<PartialDate>,
    /// The deadline of a forecast.
    pub resolves: Option<PartialDate>,
    /// Whole days from the day of the build to the deadline, for forecasts that are open or overdue; negative after
    /// the deadline.
    pub days_left: Option<i32>,
    /// The probability of a forecast, such as `60%`.
    pub probability: Option<String>,
    /// Whether the author inferred the probability, because the forecaster gave no number.
    pub probability_is_inferred: bool,
    /// Number of sentences in the book that link to the claim.
    pub mentions: usize,
    /// Whether the claim depends, directly or indirectly, on a claim that fell (refuted, retracted or did not
    /// happen).
    pub shaken: bool,
}

/// A verdict as pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictView {
    /// The verdict's word and glyph.
    pub mark: Mark,
    /// The date on which the verdict was given.
    pub date: PartialDate,
    /// Name of the person who gave the verdict; empty if it is not stated.
    pub by: String,
    /// The reason of the verdict, including links; empty if there is no reason.
    pub html: String,
}

/// One part of rendered prose: HTML, or a place where a claim is shown.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Part {
    /// Finished HTML.
    Html {
        /// The finished HTML of the part.
        html: String,
    },
    /// Words that mention a claim, with the glyph of its status. The next [`Part::Margin`] has its card.
    Mention(CardMention),
    /// An embedded claim, which is a block of its own.
    Embed {
        /// The card of the claim.
        card: ClaimCard,
    },
    /// The embedded chart of a metric. Templates see it as HTML; a feed, which has no styles for charts, shows the link.
    #[serde(rename = "html")]
    Chart {
        /// The finished figure.
        html: String,
        /// Link to the page of the metric.
        link: Link,
    },
    /// A claim that its write-up never mentions, shown in the place of its callout as a sentence with a card.
    Standing(CardMention),
    /// The margin next to the block before it.
    Margin(Margin),
}

/// A heading in a table of contents. Only levels 2 and 3 are listed.
#[derive(Debug, Clone, Serialize)]
pub struct TocEntry {
    /// Level of the heading: 2 or 3.
    pub level: u8,
    /// Anchor of the heading, without `#`.
    pub id: String,
    /// Text of the heading, as plain text.
    pub text: String,
}

/// A page that links to this page, with the linking sentence.
#[derive(Debug, Clone, Serialize)]
pub struct Backlink {
    /// Address of the linking page, with the anchor of the mention if it has one.
    pub url: String,
    /// Title of the linking page.
    pub title: String,
    /// The part of the sentence before the linked words; may be empty.
    pub before: String,
    /// The linked words.
    pub text: String,
    /// The part of the sentence after the linked words; may be empty.
    pub after: String,
}

/// One page of the sentences that link to a page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Mentions {
    /// The linking sentences on this page.
    pub links: Vec<Backlink>,
    /// The pager of the sentences, if they need more than one page.
    pub pager: Option<Pager>,
}

/// The first entries of a long list.
#[derive(Debug, Clone, Serialize)]
pub struct Shortened<T> {
    /// The entries that are shown.
    pub items: Vec<T>,
    /// Number of entries in the whole list.
    pub total: usize,
    /// Links to the rest of the list; empty if all entries are shown.
    pub rest: Vec<Link>,
}

impl<T> Default for Shortened<T> {
    fn default() -> Self {
        Self { items: Vec::new(), total: 0, rest: Vec::new() }
    }
}

/// A write-up as a row of a list.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleRow {
    /// Address of the write-up's page.
    pub url: String,
    /// Title of the write-up.
    pub title: String,
    /// Summary in one sentence; may be empty.
    pub summary: String,
    /// Date of publication.
    pub date: Option<PartialDate>,
    /// Date of the last revision.
    pub updated: Option<PartialDate>,
    /// Number of claims that the write-up shows.
    pub claims: usize,
    /// Number of these claims by status.
    pub counts: Vec<StatusCount>,
}

/// Number of claims with one status. A list of them is drawn as a bar with words.
#[derive(Debug, Clone, Serialize)]
pub struct StatusCount {
    /// The mark of the status.
    pub mark: Mark,
    /// Number of claims, at least 1.
    pub count: usize,
    /// Address of the list of these claims, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The position of a page in a list that has several pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pager {
    /// Number of the first item on the page, counted from 1; 0 if the list is empty.
    pub from: usize,
    /// Number of the last item on the page.
    pub to: usize,
    /// Number of items in the whole list.
    pub total: usize,
    /// Number of the page, counted from 1.
    pub current: usize,
    /// Links to the first, the last and the nearby pages, in order. A gap has an empty `url` and the text `…`. The
    /// list is empty if there is only one page.
    pub pages: Vec<Link>,
    /// Address of the previous page.
    pub previous: Option<String>,
    /// Address of the next page.
    pub next: Option<String>,
    /// On the last page of a list that ends before its last item: links to longer lists with the others.
    pub rest: Vec<Link>,
}

/// One filter for a list of claims.
#[derive(Debug, Clone, Serialize)]
pub struct Facet {
    /// Address of the page that shows the filtered list.
    pub url: String,
    /// Name of the filter.
    pub text: String,
    /// Number of claims in the filtered list.
    pub count: usize,
    /// Name of the glyph, without its prefix `g_`; empty if there is no glyph.
    pub glyph: &'static str,
    /// Whether the current page shows this filtered list.
    pub current: bool,
}

/// A titled group of filters: kinds, statuses, speakers, tags or years.
#[derive(Debug, Clone, Serialize)]
pub struct FacetGroup {
    /// Title of the group, such as `Kind`.
    pub title: &'static str,
    /// The filters of the group.
    pub facets: Vec<Facet>,
}

/// A fact that is shown as a term and its description.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The term, such as `Publisher`.
    pub term: &'static str,
    /// The description of the term, including links.
    pub html: String,
}

/// The preview image, which is shown where a link to the page is shared.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// Absolute address of the image.
    pub url: String,
    /// Width of the image, in pixels.
    pub width: usize,
    /// Height of the image, in pixels.
    pub height: usize,
    /// Description of the image for readers who do not see it.
    pub text: String,
}

/// The metadata that every page has, whatever its template.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// Title as plain text, without the title of the site; empty on the home page.
    pub title: String,
    /// Description for search engines and link previews; may be empty.
    pub description: String,
    /// Absolute canonical address of the page. A redirect has the address of its target.
    pub canonical: String,
    /// Section of the navigation that the page belongs to: `articles`, `claims`, `forecasts`, `metrics` or
    /// `speakers`; may be empty.
    pub section: &'static str,
    /// Whether the navigation links to this very page.
    pub is_section: bool,
    /// Whether search engines are asked not to index the page.
    pub noindex: bool,
    /// Whether the page has a chart, and loads the styles of charts.
    pub has_chart: bool,
    /// The Atom feed of the page, if it has a feed of its own.
    pub feed: Option<Link>,
    /// The preview image of the page, if it has one.
    pub picture: Option<Picture>,
}

/// Data that all pages of a site share; its name in templates is `site`.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// Title of the site.
    pub title: String,
    /// Description of the site in one sentence; may be empty.
    pub description: String,
    /// Language of the site, as a BCP 47 tag.
    pub language: String,
    /// Author of the site; may be empty.
    pub author: String,
    /// The base path without a closing slash: empty, or `/a/b`.
    pub base: String,
    /// The day of the build.
    pub today: PartialDate,
    /// Address of the stylesheet.
    pub stylesheet: String,
    /// Address of the stylesheet of charts, which only pages with a chart load.
    pub chart_styles: String,
    /// Address of the script that all pages use.
    pub script: String,
    /// Address of the script that sets the colour theme before anything is painted.
    pub theme: String,
    /// Address of the script of the search page; empty if the book has no search.
    pub search: String,
    /// Address of the script that reads the search index.
    pub find: String,
    /// Address of the script for the lists of claims.
    pub claims: String,
    /// Address of the script that adds to charts, which only pages with a chart load.
    pub charts: String,
    /// Address of the review queue, if it is published.
    pub review: Option<String>,
    /// Links to the author's own pages that are listed in the footer.
    pub footer: Vec<Link>,
    /// Address of the public repository, if `[links] repository` is set.
    pub repository: Option<String>,
    /// Name and version of this program.
    pub generator: &'static str,
}
