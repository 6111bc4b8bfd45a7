//! Views of write-ups, of their list and of the author's own pages.

use serde::Serialize;

use crate::graph::ClaimIndex;
use crate::texts::TEXTS;

use super::page_view::{PageView, Section, Template, template};
use super::{ArticleRow, ClaimRow, Fact, Link, Mark, Mentions, Pager, Part, StatusCount, TocEntry};

/// `articles.html`: one page of the list of write-ups.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleListPage {
    /// The write-ups on this page, newest first.
    pub articles: Vec<ArticleRow>,
    /// The position of this page in the list of write-ups.
    pub pager: Pager,
}

impl PageView for ArticleListPage {
    const TEMPLATE: Template = template!("articles.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Articles)
    }

    fn title(&self) -> String {
        TEXTS.frame.articles().to_owned()
    }
}

/// `article.html`: the page of a write-up.
#[derive(Debug, Clone, Serialize)]
pub struct ArticlePage {
    /// The write-up's title, summary, dates and the statuses of its claims.
    pub article: ArticleRow,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Reading time in minutes, at least 1.
    pub minutes: usize,
    /// Facts about the source that the write-up discusses; empty if it names no source.
    pub source: Vec<Fact>,
    /// Link to the source that the write-up discusses, to its page or else to its address.
    pub about: Option<Link>,
    /// Who published that source; empty if it is not stated.
    pub publisher: String,
    /// Number of claims from that source by status; of all claims if the write-up names no source.
    pub own: Vec<StatusCount>,
    /// Number of all claims in `own`.
    pub own_count: usize,
    /// Number of claims from other sources by status.
    pub others: Vec<StatusCount>,
    /// Headings for the table of contents.
    pub toc: Vec<TocEntry>,
    /// The text of the write-up.
    pub body: Vec<Part>,
    /// Whether the tables show the status of each claim on the day of the write-up. They do if one has changed since.
    pub is_dated: bool,
    /// The claims of `own`, if the tables show earlier statuses.
    pub own_claims: Vec<DatedClaim>,
    /// The claims of `others`, if the tables show earlier statuses.
    pub other_claims: Vec<DatedClaim>,
    /// Links to the tags of the write-up.
    pub tags: Vec<Link>,
    /// Sentences that link to the write-up.
    pub backlinks: Mentions,
    /// The citation of the write-up, as `BibTeX`.
    pub bibtex: String,
    /// Address of the Markdown file in the public repository, if `[links] repository` is set.
    pub edit: Option<String>,
    /// JSON-LD that is safe as the content of a `script` element.
    pub json_ld: String,
    /// The claims of `own`, whose rows the template sees as `rows`; empty if `is_dated`, because the rows then also
    /// show the earlier statuses.
    #[serde(skip)]
    pub rows: Vec<ClaimIndex>,
    /// The claims of `others`, whose rows the template sees as `other_rows`; empty if `is_dated`.
    #[serde(skip)]
    pub other_rows: Vec<ClaimIndex>,
}

/// A claim with its status on the day of a write-up.
#[derive(Debug, Clone, Serialize)]
pub struct DatedClaim {
    /// The claim, with its status on the day of the build.
    pub claim: ClaimRow,
    /// The status on the day of the write-up, or `None` if the claim had not been said by that day.
    pub then: Option<Mark>,
}

impl PageView for ArticlePage {
    const TEMPLATE: Template = template!("article.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Articles)
    }

    fn title(&self) -> String {
        self.article.title.clone()
    }

    fn description(&self) -> String {
        self.article.summary.clone()
    }

    fn rows(&self) -> &[ClaimIndex] {
        &self.rows
    }

    fn other_rows(&self) -> &[ClaimIndex] {
        &self.other_rows
    }

    fn has_chart(&self) -> bool {
        self.body.iter().any(|part| matches!(part, Part::Chart { .. }))
    }
}

/// `page.html`: one of the author's own pages.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPage {
    /// Title of the page.
    pub title: String,
    /// Summary in one sentence; may be empty.
    pub summary: String,
    /// Headings for the table of contents.
    pub toc: Vec<TocEntry>,
    /// The text of the page.
    pub body: Vec<Part>,
    /// Sentences that link to the page.
    pub backlinks: Mentions,
}

impl PageView for OwnPage {
    const TEMPLATE: Template = template!("page.html");

    fn title(&self) -> String {
        self.title.clone()
    }

    fn description(&self) -> String {
        self.summary.clone()
    }

    fn has_chart(&self) -> bool {
        self.body.iter().any(|part| matches!(part, Part::Chart { .. }))
    }
}
