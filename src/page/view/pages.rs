//! Views of pages: one struct for each template.

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
    /// Title of `_index.md`, or else of the site.
    pub title: String,
    /// Text of `_index.md`.
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
    /// A chart of the metric with the most measurements.
    pub chart: Option<SmallChart>,
    /// The newest write-ups, at most five.
    pub latest: Vec<ArticleRow>,
    /// The open forecasts with the nearest deadlines, at most five.
    pub due: Shortened<ClaimRow>,
    /// Number of overdue forecasts.
    pub overdue_count: usize,
    /// The claims with the newest verdicts, at most five.
    pub reviewed: Vec<ReviewedClaim>,
    /// Claims that are not forecasts and have contradictions or evidence against them. Those with the most come
    /// first; at most five.
    pub contested: Vec<ContestedClaim>,
    /// The marks of all statuses, for the legend.
    pub marks: Vec<Mark>,
}

/// A claim and its last verdict.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedClaim {
    /// The claim that was reviewed.
    pub claim: ClaimRow,
    /// The last verdict on the claim.
    pub verdict: VerdictView,
}

/// A contested claim, with the number of claims and pieces of evidence on each side.
#[derive(Debug, Clone, Serialize)]
pub struct ContestedClaim {
    /// The contested claim.
    pub claim: ClaimRow,
    /// Number of claims that support the claim and of pieces of evidence for it.
    pub in_favour: usize,
    /// Number of claims that contradict the claim and of pieces of evidence against it.
    pub against: usize,
}

/// `articles.html`: one page of the list of write-ups.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleListPage {
    /// The write-ups on this page, newest first.
    pub articles: Vec<ArticleRow>,
    /// The position of this page in the list of write-ups.
    pub pager: Pager,
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
    /// Headings for the table of contents.
    pub toc: Vec<TocEntry>,
    /// The text of the write-up.
    pub body: Vec<Part>,
    /// The claims that the write-up shows, in the order of `then`; empty if `then` is empty.
    pub claims: Vec<ClaimRow>,
    /// The status of each claim on the day of the write-up, or `None` if the claim had not been said by that day.
    /// The list is empty if no status has changed since.
    pub then: Vec<Option<Mark>>,
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
}

/// `claims.html`: one page of a list of claims (all, by kind, by status, by year).
#[derive(Debug, Clone, Serialize)]
pub struct ClaimListPage {
    /// Title, such as `Claims`, `Measurements` or `Claims: contested`.
    pub title: String,
    /// One sentence below the title.
    pub dek: String,
    /// Whether the list contains only a part of all claims.
    pub filtered: bool,
    /// Filters that narrow the list.
    pub facets: Vec<FacetGroup>,
    /// The position of this page in the list of claims.
    pub pager: Pager,
}

/// One relation of a claim, as the claim's page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct RelationView {
    /// Address of the page of the claim at the other end.
    pub url: String,
    /// Statement of the claim at the other end.
    pub statement: String,
    /// Status of the claim at the other end, on the day of the build.
    pub status: Mark,
    /// Whether the claim at the other end depends, directly or indirectly, on a claim that fell (refuted, retracted
    /// or did not happen).
    pub shaken: bool,
    /// The reason for the relation, including links; empty if there is no reason.
    pub html: String,
}

/// The relations of one kind and direction on a page.
#[derive(Debug, Clone, Serialize)]
pub struct RelationGroup {
    /// Title of the group, such as `Contradicted by`.
    pub title: &'static str,
    /// The relations of the group.
    pub relations: Vec<RelationView>,
}

/// A piece of evidence for or against a claim.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// Link to the evidence.
    pub link: Link,
    /// The note on the evidence, including links; may be empty.
    pub html: String,
}

/// The quotation of a claim, and whether its source contains it.
#[derive(Debug, Clone, Serialize)]
pub struct QuoteView {
    /// The verbatim words in paragraphs, as plain text.
    pub paragraphs: Vec<String>,
    /// Link to the source of the quotation.
    pub source: Option<Link>,
    /// Address that opens the live page of the source at the quoted words.
    pub passage: Option<String>,
    /// State of the quotation: `verified`, `seen`, `drifted` or `unarchived`.
    pub state: &'static str,
    /// Date since when the quotation is verified or drifted, or on which it was seen.
    pub checked: Option<PartialDate>,
    /// Name of the person who saw the quotation in the source.
    pub seen_by: Option<String>,
}

/// How a claim depends, directly or indirectly, on a claim that fell (refuted, retracted or did not happen).
#[derive(Debug, Clone, Serialize)]
pub struct FallView {
    /// The claims from the first that the claim depends on to the one that fell, which is the last.
    pub path: Vec<ClaimRow>,
    /// Number of claims that are left out before the last claim of the path.
    pub skipped: usize,
}

/// One step in the history of a claim.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryStep {
    /// The mark of a verdict, or that the claim was superseded.
    pub mark: Option<Mark>,
    /// What happened, if there is no mark: `Said`, `Recorded` or `Deadline`.
    pub word: &'static str,
    /// The date of the step, if it is known.
    pub date: Option<PartialDate>,
    /// A note such as `by J. Doe` or `passed`; may be empty.
    pub note: String,
    /// Link to the write-up that recorded the claim, or to the claim that superseded it.
    pub link: Option<Link>,
    /// The reason of a verdict that is not the last one, including links; may be empty.
    pub html: String,
}

/// `claim.html`: the page of a claim.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimPage {
    /// The claim's statement, status, kind, speakers and dates.
    pub claim: ClaimRow,
    /// The last verdict on the claim.
    pub verdict: Option<VerdictView>,
    /// A sentence that explains the status; empty if the status is that of a verdict.
    pub because: String,
    /// How the claim depends on claims that fell (refuted, retracted or did not happen): the nearest ten.
    pub falls: Vec<FallView>,
    /// Whether the claim may depend on more claims that fell.
    pub has_more_falls: bool,
    /// Further facts about the claim, in a fixed order.
    pub facts: Vec<Fact>,
    /// Facts that need a line of their own: the criteria and condition of a forecast.
    pub long_facts: Vec<Fact>,
    /// The quotation of the claim.
    pub quote: Option<QuoteView>,
    /// Evidence for the claim.
    pub evidence_for: Vec<EvidenceView>,
    /// Evidence against the claim.
    pub evidence_against: Vec<EvidenceView>,
    /// The text of a claim with a file of its own.
    pub body: Vec<Part>,
    /// The first page of the relations, in both directions.
    pub relations: Vec<RelationGroup>,
    /// The pager of the relations, if they need more than one page.
    pub relations_pager: Option<Pager>,
    /// The relations as a map, which also shows claims two steps away.
    pub map: Option<MapView>,
    /// Sentences that link to the claim.
    pub mentions: Mentions,
    /// The steps of the claim's history, newest first.
    pub history: Vec<HistoryStep>,
    /// Links to the tags of the claim.
    pub tags: Vec<Link>,
    /// Link to a new issue about the claim's verdict, if `[links] repository` is on GitHub.
    pub challenge: Option<Link>,
    /// The citation of the claim, on one line.
    pub citation: String,
    /// The citation of the claim, as `BibTeX`.
    pub bibtex: String,
    /// Address of the claim's data as JSON.
    pub data: String,
    /// Address of the Markdown file in the public repository, if `[links] repository` is set.
    pub edit: Option<String>,
    /// JSON-LD that is safe as the content of a `script` element.
    pub json_ld: String,
}

/// A speaker, metric, tag or source as a row of a list.
#[derive(Debug, Clone, Serialize)]
pub struct IndexRow {
    /// Address of the entity's page.
    pub url: String,
    /// Name or title of the entity.
    pub title: String,
    /// Counts in small print, such as `3 claims` and `2 forecasts`.
    pub notes: Vec<String>,
    /// One line about the entity; may be empty.
    pub summary: String,
    /// Statuses of the entity's newest claims, at most 24.
    pub strip: Vec<Mark>,
}

/// `index-list.html`: one page of the list of speakers, metrics, tags or sources.
#[derive(Debug, Clone, Serialize)]
pub struct IndexPage {
    /// Title of the list, such as `People`.
    pub title: &'static str,
    /// One sentence below the title.
    pub dek: &'static str,
    /// The entries on this page.
    pub rows: Vec<IndexRow>,
    /// The position of this page in the list.
    pub pager: Pager,
}

/// `speaker.html`: a page of a person or an organisation.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SpeakerPage {
    /// Name of the speaker.
    pub name: String,
    /// `Person` or `Organization`; empty if it is not known.
    pub sort: &'static str,
    /// Address of the speaker's own website.
    pub url: Option<String>,
    /// Other names of the speaker.
    pub aliases: Vec<String>,
    /// The text of the speaker's file.
    pub body: Vec<Part>,
    /// Counts in words, such as `9 claims`, `6 forecasts, 0 resolved` and `41 mentions`.
    pub counts: Vec<String>,
    /// The claims on this page, the newest said first.
    pub claims: Vec<ClaimRow>,
    /// The position of this page among the pages of the speaker.
    pub pager: Pager,
    /// Counts and scores of the speaker's forecasts; `None` if there are no forecasts.
    pub record: Option<super::ScoreRow>,
    /// Dates that the speaker moved, by question.
    pub moving: Vec<super::MovingDate>,
    /// The speaker's open and overdue forecasts, nearest deadline first.
    pub pending: Shortened<ClaimRow>,
    /// The speaker's forecasts with a verdict, latest deadline first.
    pub resolved: Shortened<ClaimRow>,
    /// The claims on this page that the speaker reported and others asserted, the newest said first.
    pub relayed: Vec<ClaimRow>,
    /// The write-ups on this page that mark claims of the speaker.
    pub articles: Vec<ArticleRow>,
    /// Sentences that link to the speaker.
    pub backlinks: Mentions,
}

/// One row in the table of a metric.
#[derive(Debug, Clone, Serialize)]
pub struct MeasurementRow {
    /// The claim that gives the value.
    pub claim: ClaimRow,
    /// What was measured; empty if the claim does not name it.
    pub subject: String,
    /// The date to which the evidence refers, or else the date on which the claim was said.
    pub date: Option<PartialDate>,
    /// The value with its sign and unit, such as `~52×`.
    pub value: String,
    /// The interval of the value, such as `162 to 624`; empty if there is no interval.
    pub interval: String,
}

/// The measurements with one version of a method.
#[derive(Debug, Clone, Serialize)]
pub struct MeasurementSeries {
    /// Name of the method; empty if the claims do not name one.
    pub method: String,
    /// The measurements, oldest first.
    pub rows: Vec<MeasurementRow>,
}

/// `metric.html`: a page of a metric and its measurements.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MetricPage {
    /// Title of the metric.
    pub title: String,
    /// Facts about the metric: its unit, which values are better, and its scale.
    pub facts: Vec<Fact>,
    /// The text of the metric's file.
    pub body: Vec<Part>,
    /// Counts in words, such as `7 measurements` and `4 methods`.
    pub counts: Vec<String>,
    /// The chart of the values, if at least two can be drawn.
    pub chart: Option<ChartView>,
    /// Which values the chart leaves out and why; empty if it shows all values.
    pub not_drawn: String,
    /// Address of the CSV file with the metric's values.
    pub csv: String,
    /// The measurements on this page, grouped by method.
    pub series: Vec<MeasurementSeries>,
    /// The forecasts of the metric that are on this page.
    pub forecasts: Vec<ClaimRow>,
    /// The position of this page among the pages of the metric.
    pub pager: Pager,
    /// Sentences that link to the metric.
    pub backlinks: Mentions,
}

/// Number of forecasts with one status.
#[derive(Debug, Clone, Serialize)]
pub struct ForecastCount {
    /// The mark of the status.
    pub mark: Mark,
    /// Number of forecasts with this status.
    pub count: usize,
    /// Id of the section that lists these forecasts: `due`, `overdue`, `resolved` or `replaced`.
    pub section: &'static str,
}

/// `forecasts.html`: forecasts that are due, overdue and resolved, and the questions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ForecastsPage {
    /// Number of forecasts with each status.
    pub counts: Vec<ForecastCount>,
    /// Open forecasts, nearest deadline first.
    pub due: Shortened<ClaimRow>,
    /// Overdue forecasts, earliest deadline first.
    pub overdue: Shortened<ClaimRow>,
    /// Forecasts with a verdict, newest verdict first.
    pub resolved: Shortened<ReviewedClaim>,
    /// Forecasts that newer claims supersede.
    pub superseded: Shortened<ClaimRow>,
    /// Links to the questions on this page. Pages after the first contain only questions.
    pub questions: Vec<Link>,
    /// The position of this page in the list of questions.
    pub pager: Pager,
    /// The records of the forecasters.
    pub scoreboard: super::Scoreboard,
}

/// `question.html`: a page of the forecasts of one event.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionPage {
    /// The id of the question as words.
    pub title: String,
    /// The forecasts on this page, oldest first.
    pub forecasts: Vec<super::QuestionRow>,
    /// The position of this page in the list of forecasts.
    pub pager: Pager,
    /// Charts of the forecasts, at most one for each sort of answer. Only the first page has them.
    pub charts: Vec<super::QuestionChart>,
    /// Dates that speakers moved. Only the first page has them.
    pub moving: Vec<super::MovingDate>,
}

/// `tag.html`: the write-ups and claims with a tag.
#[derive(Debug, Clone, Serialize)]
pub struct TagPage {
    /// Name of the tag.
    pub name: String,
    /// The write-ups on this page that have the tag, newest first.
    pub articles: Vec<ArticleRow>,
    /// The position of this page among the pages of the tag.
    pub pager: Pager,
}

/// `source.html`: a page of a cited document.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourcePage {
    /// Title of the source.
    pub title: String,
    /// Facts about the source: author, publisher, date and address.
    pub facts: Vec<Fact>,
    /// Address of the source.
    pub url: Option<String>,
    /// The text of the source's file.
    pub body: Vec<Part>,
    /// The write-ups about the source that are on this page.
    pub articles: Vec<ArticleRow>,
    /// The position of this page among the pages of the source.
    pub pager: Pager,
    /// Sentences that link to the source.
    pub backlinks: Mentions,
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

/// `relations.html`: the relations of a claim that its own page does not show.
#[derive(Debug, Clone, Serialize)]
pub struct RelationsPage {
    /// The claim with the relations.
    pub claim: ClaimRow,
    /// The relations on this page.
    pub relations: Vec<RelationGroup>,
    /// The position of this page among the pages of relations.
    pub pager: Pager,
}

/// `mentions.html`: sentences that link to a page and that the page itself does not show.
#[derive(Debug, Clone, Serialize)]
pub struct MentionsPage {
    /// Link to the page that the sentences mention.
    pub page: Link,
    /// The sentences on this page.
    pub mentions: Mentions,
}

/// `redirect.html`: a page at a former address, which leads to the new address.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectPage {
    /// Link to the current page.
    pub target: Link,
}
