//! The view of each page: one struct for one template.

use serde::Serialize;

use crate::date::PartialDate;

use super::{
    ArticleRow, ClaimRow, FacetGroup, Fact, Link, Mark, Mentions, Pager, Part, Shortened, TocEntry,
    VerdictView,
};
use super::{ChartView, MapView, SmallChart};

/// `index.html`: the home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// The heading of `_index.md`.
    pub title: String,
    /// Its text.
    pub body: Vec<Part>,
    /// Number of claims.
    pub claim_count: usize,
    /// Number of write-ups.
    pub article_count: usize,
    /// Number of forecasts.
    pub forecast_count: usize,
    /// Number of forecasts with a verdict.
    pub resolved_count: usize,
    /// Number of sources.
    pub source_count: usize,
    /// The metric with most measurements.
    pub chart: Option<SmallChart>,
    /// The newest write-ups, at most five.
    pub latest: Vec<ArticleRow>,
    /// The open forecasts due next, at most five.
    pub due: Shortened<ClaimRow>,
    /// Number of overdue forecasts.
    pub overdue_count: usize,
    /// The newest verdicts, at most five.
    pub reviewed: Vec<ReviewedClaim>,
    /// Claims that others contradict, those with most relations first, at most five.
    pub contested: Vec<ContestedClaim>,
    /// Every status, for the key to the marks.
    pub marks: Vec<Mark>,
}

/// A claim and its newest verdict.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedClaim {
    /// The claim.
    pub claim: ClaimRow,
    /// Its newest verdict.
    pub verdict: VerdictView,
}

/// A contested claim and how many claims and pieces of evidence stand on either side.
#[derive(Debug, Clone, Serialize)]
pub struct ContestedClaim {
    /// The claim.
    pub claim: ClaimRow,
    /// Claims that support it and evidence for it.
    pub in_favour: usize,
    /// Claims that contradict it and evidence against it.
    pub against: usize,
}

/// `articles.html`: one page of the list of write-ups.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleListPage {
    /// The write-ups on this page, newest first.
    pub articles: Vec<ArticleRow>,
    /// Where this page stands.
    pub pager: Pager,
}

/// `article.html`: a write-up.
#[derive(Debug, Clone, Serialize)]
pub struct ArticlePage {
    /// Title, summary, dates, strip and tally.
    pub article: ArticleRow,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Reading time in minutes, at least 1.
    pub minutes: usize,
    /// Facts about the source it discusses; empty when it names none.
    pub source: Vec<Fact>,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// The text.
    pub body: Vec<Part>,
    /// Its claims in reading order, where `then` is not empty.
    pub claims: Vec<ClaimRow>,
    /// The status of each on the day of the write-up, none where it had not been said; empty where all
    /// stand as they did.
    pub then: Vec<Option<Mark>>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// Pages that link here.
    pub backlinks: Mentions,
    /// How to cite it, as `BibTeX`.
    pub bibtex: String,
    /// The Markdown file in the public repository, where `[links] repository` is set.
    pub edit: Option<String>,
    /// JSON-LD, to stand in a `script` element as it is.
    pub json_ld: String,
}

/// `claims.html`: one page of a list of claims (all, of a kind, of a status).
#[derive(Debug, Clone, Serialize)]
pub struct ClaimListPage {
    /// `Claims`, `Measurements`, `Contested claims`.
    pub title: String,
    /// One sentence under the title.
    pub dek: String,
    /// Shows a part of all claims only.
    pub filtered: bool,
    /// Ways to narrow the list.
    pub facets: Vec<FacetGroup>,
    /// Where this page stands.
    pub pager: Pager,
}

/// One relation of a claim as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct RelationView {
    /// The claim at the other end: its page.
    pub url: String,
    /// Its statement.
    pub statement: String,
    /// Its status today.
    pub status: Mark,
    /// Something it rests on fell.
    pub shaken: bool,
    /// The reason, links included; empty when none was given.
    pub html: String,
}

/// All relations of one type and direction.
#[derive(Debug, Clone, Serialize)]
pub struct RelationGroup {
    /// `Contradicted by`.
    pub title: &'static str,
    /// The relations.
    pub relations: Vec<RelationView>,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// Where it is.
    pub link: Link,
    /// The note, links included; may be empty.
    pub html: String,
}

/// A quotation.
#[derive(Debug, Clone, Serialize)]
pub struct QuoteView {
    /// Paragraphs of verbatim words, plain text.
    pub paragraphs: Vec<String>,
    /// Where it is from.
    pub source: Option<Link>,
    /// The very words in the live page of the source.
    pub passage: Option<String>,
    /// `verified`, `seen`, `drifted` or `unarchived`.
    pub state: &'static str,
    /// Since when it is verified or drifted, or when it was seen.
    pub checked: Option<PartialDate>,
    /// Who saw it in the source.
    pub seen_by: Option<String>,
}

/// How a shaken claim rests on one that fell.
#[derive(Debug, Clone, Serialize)]
pub struct FallView {
    /// The claims from the first it depends on to the one that fell, which is the last.
    pub path: Vec<ClaimRow>,
    /// How many more claims of the way are not shown, before the last.
    pub skipped: usize,
}

/// Something that happened to a claim.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryStep {
    /// A verdict, or that it was superseded.
    pub mark: Option<Mark>,
    /// What happened, where there is no mark: `Said`, `Recorded`, `Deadline`.
    pub word: &'static str,
    /// When, as far as it is known.
    pub date: Option<PartialDate>,
    /// `by J. Doe`, `passed`; may be empty.
    pub note: String,
    /// Where it was recorded, or what took its place.
    pub link: Option<Link>,
    /// The reason of a verdict that no longer stands, links included; may be empty.
    pub html: String,
}

/// `claim.html`: a claim.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimPage {
    /// Statement, status, kind, speakers, dates.
    pub claim: ClaimRow,
    /// The verdict that stands.
    pub verdict: Option<VerdictView>,
    /// Why the status is what it is, when no verdict says it: one sentence.
    pub because: String,
    /// What it rests on that fell: the nearest ten.
    pub falls: Vec<FallView>,
    /// It may rest on more that fell.
    pub has_more_falls: bool,
    /// Everything else that was stated about it, in a fixed order.
    pub facts: Vec<Fact>,
    /// Facts that need a line of their own: criteria, condition.
    pub long_facts: Vec<Fact>,
    /// Verbatim words of the source.
    pub quote: Option<QuoteView>,
    /// Evidence for it.
    pub evidence_for: Vec<EvidenceView>,
    /// Evidence against it.
    pub evidence_against: Vec<EvidenceView>,
    /// Free text of a claim with a file of its own.
    pub body: Vec<Part>,
    /// Relations in both directions, the first of them.
    pub relations: Vec<RelationGroup>,
    /// Where the others are, if there are more.
    pub relations_pager: Option<Pager>,
    /// The same as a picture, one step further.
    pub map: Option<MapView>,
    /// Sentences that link here.
    pub mentions: Mentions,
    /// What happened to it, newest first.
    pub history: Vec<HistoryStep>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// A new issue about its verdict, where `[links] repository` is on GitHub.
    pub challenge: Option<Link>,
    /// How to cite it, one line.
    pub citation: String,
    /// The same as `BibTeX`.
    pub bibtex: String,
    /// Address of the claim as data.
    pub data: String,
    /// The file in the public repository, where `[links] repository` is set.
    pub edit: Option<String>,
    /// JSON-LD, to stand in a `script` element as it is.
    pub json_ld: String,
}

/// A speaker, metric, tag, source or own page in a list.
#[derive(Debug, Clone, Serialize)]
pub struct IndexRow {
    /// Its page.
    pub url: String,
    /// Its name or title.
    pub title: String,
    /// What stands behind it in small print: `3 claims`, `2 forecasts`.
    pub notes: Vec<String>,
    /// One line about it; may be empty.
    pub summary: String,
    /// Statuses of its claims, at most 24.
    pub strip: Vec<Mark>,
}

/// `index-list.html`: speakers, metrics, tags or sources.
#[derive(Debug, Clone, Serialize)]
pub struct IndexPage {
    /// `People`.
    pub title: &'static str,
    /// One sentence under the title.
    pub dek: &'static str,
    /// The entries on this page.
    pub rows: Vec<IndexRow>,
    /// Where this page stands.
    pub pager: Pager,
}

/// `speaker.html`: a person or organisation.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SpeakerPage {
    /// The name.
    pub name: String,
    /// `Person` or `Organization`; empty when not known.
    pub sort: &'static str,
    /// Their own site.
    pub url: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// The text of their file.
    pub body: Vec<Part>,
    /// `9 claims`, `6 forecasts, 0 resolved`, `41 mentions`.
    pub counts: Vec<String>,
    /// Claims on this page, newest first.
    pub claims: Vec<ClaimRow>,
    /// Where this page stands among those that go on with claims, write-ups and what they passed on.
    pub pager: Pager,
    /// Counts and scores of their forecasts; none without a forecast.
    pub record: Option<super::ScoreRow>,
    /// Dates of their forecasts that moved, by question.
    pub moving: Vec<super::MovingDate>,
    /// Their forecasts that are open or overdue, nearest deadline first.
    pub pending: Shortened<ClaimRow>,
    /// Their forecasts with a verdict, newest deadline first.
    pub resolved: Shortened<ClaimRow>,
    /// Claims they passed on, newest first: those on this page.
    pub relayed: Vec<ClaimRow>,
    /// Write-ups in which their claims appear: those on this page.
    pub articles: Vec<ArticleRow>,
    /// Pages that link here.
    pub backlinks: Mentions,
}

/// One row of a metric's table.
#[derive(Debug, Clone, Serialize)]
pub struct MeasurementRow {
    /// The claim.
    pub claim: ClaimRow,
    /// What was measured.
    pub subject: String,
    /// The date its evidence speaks for, else the date it was said.
    pub date: Option<PartialDate>,
    /// `~52 x`.
    pub value: String,
    /// `162 to 624`; empty when none was given.
    pub interval: String,
}

/// The measurements made with one version of a method.
#[derive(Debug, Clone, Serialize)]
pub struct MeasurementSeries {
    /// The method; empty when none is named.
    pub method: String,
    /// The rows, oldest first.
    pub rows: Vec<MeasurementRow>,
}

/// `metric.html`: a metric and its measurements.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MetricPage {
    /// The title.
    pub title: String,
    /// Unit, what is better, scale.
    pub facts: Vec<Fact>,
    /// How it is measured.
    pub body: Vec<Part>,
    /// `7 measurements`, `4 methods`.
    pub counts: Vec<String>,
    /// The measurements over time, where there are two or more.
    pub chart: Option<ChartView>,
    /// How many of its values are not drawn and why, in words; empty if all are.
    pub not_drawn: String,
    /// The same values as CSV.
    pub csv: String,
    /// One series for each method, as far as it stands on this page.
    pub series: Vec<MeasurementSeries>,
    /// Forecasts about it, on this page.
    pub forecasts: Vec<ClaimRow>,
    /// Where this page stands.
    pub pager: Pager,
    /// Pages that link here.
    pub backlinks: Mentions,
}

/// A number of forecasts with one status.
#[derive(Debug, Clone, Serialize)]
pub struct ForecastCount {
    /// The status.
    pub mark: Mark,
    /// How many.
    pub count: usize,
    /// The heading it belongs to: `due`, `overdue`, `resolved`, `replaced`.
    pub section: &'static str,
}

/// `forecasts.html`: what is due, overdue and resolved.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ForecastsPage {
    /// How many forecasts have each status.
    pub counts: Vec<ForecastCount>,
    /// Open forecasts, nearest deadline first.
    pub due: Shortened<ClaimRow>,
    /// Deadlines that passed without a verdict, longest ago first.
    pub overdue: Shortened<ClaimRow>,
    /// Forecasts with a verdict, newest verdict first.
    pub resolved: Shortened<ReviewedClaim>,
    /// Forecasts that their forecaster replaced.
    pub superseded: Shortened<ClaimRow>,
    /// Questions that several forecasts share, on this page: the first tells all, the others go on with
    /// these.
    pub questions: Vec<Link>,
    /// Where this page stands among those of the questions.
    pub pager: Pager,
    /// The record of each forecaster.
    pub scoreboard: super::Scoreboard,
}

/// `question.html`: the forecasts of one event.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionPage {
    /// The question's id, as words.
    pub title: String,
    /// Its forecasts, oldest first: those on this page.
    pub forecasts: Vec<super::QuestionRow>,
    /// Where this page stands.
    pub pager: Pager,
    /// The same over time, on the first page: at most one chart for each sort of answer.
    pub charts: Vec<super::QuestionChart>,
    /// Dates that a forecaster moved, on the first page.
    pub moving: Vec<super::MovingDate>,
}

/// `tag.html`: a tag.
#[derive(Debug, Clone, Serialize)]
pub struct TagPage {
    /// The tag.
    pub name: String,
    /// Write-ups that bear it, newest first, on this page.
    pub articles: Vec<ArticleRow>,
    /// Where this page stands.
    pub pager: Pager,
}

/// `source.html`: a cited document.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourcePage {
    /// The title.
    pub title: String,
    /// Author, publisher, date, address.
    pub facts: Vec<Fact>,
    /// Its address.
    pub url: Option<String>,
    /// Notes.
    pub body: Vec<Part>,
    /// Write-ups about it, on this page.
    pub articles: Vec<ArticleRow>,
    /// Where this page stands.
    pub pager: Pager,
    /// Pages that link here.
    pub backlinks: Mentions,
}

/// `page.html`: one of the author's own pages.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPage {
    /// The title.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// The text.
    pub body: Vec<Part>,
    /// Pages that link here.
    pub backlinks: Mentions,
}

/// `relations.html`: more relations of a claim than its page shows.
#[derive(Debug, Clone, Serialize)]
pub struct RelationsPage {
    /// The claim.
    pub claim: ClaimRow,
    /// The relations on this page.
    pub relations: Vec<RelationGroup>,
    /// Where this page stands.
    pub pager: Pager,
}

/// `mentions.html`: more of the sentences that link to a page than the page itself shows.
#[derive(Debug, Clone, Serialize)]
pub struct MentionsPage {
    /// The page.
    pub page: Link,
    /// The sentences.
    pub mentions: Mentions,
}

/// `redirect.html`: a former address.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectPage {
    /// Where the page is now.
    pub target: Link,
}
