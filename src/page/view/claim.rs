//! Views of claims: their lists, the page of a claim and what it shows.

use serde::Serialize;

use crate::date::PartialDate;
use crate::graph::ClaimIndex;
use crate::texts::TEXTS;

use super::page_view::{PageView, Section, Template, template};
use super::{ClaimCard, ClaimRow, FacetGroup, Fact, Link, MapView, Mark, Mentions, Pager, Part, VerdictView};

/// `claims.html`: one page of a list of claims (all, by kind, by status, by year).
#[derive(Debug, Clone, Serialize)]
pub struct ClaimListPage {
    /// Title, such as `Claims`, `Measurements` or `Claims: disputed`.
    pub title: String,
    /// One sentence below the title.
    pub dek: String,
    /// Whether the list contains only a part of all claims.
    pub filtered: bool,
    /// Filters that narrow the list.
    pub facets: Vec<FacetGroup>,
    /// The position of this page in the list of claims.
    pub pager: Pager,
    /// The claims on this page, whose rows the template sees as `rows`.
    #[serde(skip)]
    pub rows: Vec<ClaimIndex>,
}

impl PageView for ClaimListPage {
    const TEMPLATE: Template = template!("claims.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Claims)
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn description(&self) -> String {
        self.dek.clone()
    }

    fn rows(&self) -> &[ClaimIndex] {
        &self.rows
    }
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
    /// The reasons for the relation as HTML. There are two if both claims state the relation.
    pub reasons: Vec<String>,
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
    /// Name of the step, such as `Said` or `Deadline`; empty if the step has a mark.
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
    /// Link to the metric of the claim, or else to its first tag.
    pub topic: Option<Link>,
    /// The card of the claim, which other pages show when a reader points at a link to the claim.
    pub card: ClaimCard,
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
    /// Address of the claim's data as JSON, if the site has such files.
    pub data: Option<String>,
    /// Address of the Markdown file in the public repository, if `[links] repository` is set.
    pub edit: Option<String>,
    /// JSON-LD that is safe as the content of a `script` element.
    pub json_ld: String,
}

impl PageView for ClaimPage {
    const TEMPLATE: Template = template!("claim.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Claims)
    }

    fn title(&self) -> String {
        self.claim.statement.trim_end_matches('.').to_owned()
    }

    fn description(&self) -> String {
        let ClaimRow { kind, status, statement, .. } = &self.claim;
        TEXTS.claim.description(kind.word, status.word.to_lowercase(), statement)
    }
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

impl PageView for RelationsPage {
    const TEMPLATE: Template = template!("relations.html");

    fn section(&self) -> Option<Section> {
        Some(Section::Claims)
    }

    fn title(&self) -> String {
        TEXTS.claim.related_of(self.claim.statement.trim_end_matches('.'))
    }

    fn description(&self) -> String {
        TEXTS.claim.related_about(&self.claim.statement)
    }
}

/// A claim and its last verdict.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedClaim {
    /// The claim that was reviewed.
    pub claim: ClaimRow,
    /// The last verdict on the claim.
    pub verdict: VerdictView,
}
