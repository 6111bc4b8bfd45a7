//! A claim and its facts, as the author wrote them.

use std::hash::{Hash, Hasher};

use crate::date::PartialDate;
use crate::source::{Span, Spanned};

use super::front_matter::SourceReference;
use super::text::LinkedText;
use super::wording::{Wording, WordingAccess};
use super::words::{Kind, RelationKind, VerdictWord};

/// How a claim was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClaimForm {
    /// A callout in a write-up.
    Callout,
    /// A file in `content/claims/`.
    File,
    /// An item of `claims:` in a write-up's front matter.
    FrontMatter,
}

/// A claim with the span of each of its facts. The graph checks later whether the claims and names that it refers
/// to exist. All claims of a book are in memory at once, so large facts that are rare are boxed.
#[derive(Debug, Clone, Hash)]
pub struct Claim {
    /// Id of the claim.
    pub id: Spanned<String>,
    /// How the claim was written.
    pub form: ClaimForm,
    /// The whole claim in its file.
    pub span: Span,
    /// Whether errors were found in the claim. Lints skip such a claim.
    pub is_broken: bool,
    /// The statement in the author's words.
    pub statement: Spanned<Wording<String>>,
    /// Verbatim words of the source that support the claim.
    pub quote: Option<Quote>,
    /// Who checked the quotation in the source, and when.
    pub seen: Option<Box<Seen>>,
    /// Kind of the claim.
    pub kind: Kind,
    /// Names or ids of the speakers who assert the claim.
    pub by: Vec<Spanned<String>>,
    /// Name or id of the speaker who reported the claim.
    pub via: Option<Box<Spanned<String>>>,
    /// When the claim was made.
    pub said: Option<Spanned<PartialDate>>,
    /// The date that the evidence of the claim describes.
    pub as_of: Option<Spanned<PartialDate>>,
    /// Source of the claim, if it differs from the source of the write-up.
    pub source: Option<Box<Spanned<SourceReference>>>,
    /// Tags of the claim, without those of its write-up.
    pub tags: Vec<Spanned<String>>,
    /// Name or id of the metric.
    pub metric: Option<Spanned<String>>,
    /// What was measured, such as a product or a group.
    pub subject: Option<Box<Spanned<String>>>,
    /// The measured value.
    pub value: Option<Box<Spanned<Measured>>>,
    /// Version of the method of measurement.
    pub method: Option<Box<Spanned<String>>>,
    /// Probability that the forecaster gives to the forecast.
    pub probability: Option<Spanned<Probability>>,
    /// Deadline of the forecast.
    pub resolves: Option<Spanned<PartialDate>>,
    /// Id shared by forecasts of one event.
    pub question: Option<Box<Spanned<String>>>,
    /// Criteria by which the forecast is resolved.
    pub criteria: Option<Box<Wording<LinkedText>>>,
    /// Condition under which the forecast applies.
    pub condition: Option<Box<Wording<LinkedText>>>,
    /// Date or number that the forecaster expects.
    pub expects: Option<Box<Spanned<Expectation>>>,
    /// Relations from this claim to other claims.
    pub relations: Vec<Relation>,
    /// Evidence for and against the claim.
    pub evidence: Wording<Vec<Evidence>>,
    /// Verdicts, sorted by the first day of their dates. Verdicts of the same day are in the order of the text. The
    /// last verdict is the current one.
    pub verdicts: Vec<Verdict>,
    /// Former ids of the claim.
    pub aliases: Vec<Spanned<String>>,
    /// Names of the lints that are not reported for the claim.
    pub allow: Vec<Spanned<String>>,
    /// Whether the claim has `proposed`: nobody has reviewed it yet, and only builds with `--drafts` include it.
    pub is_proposed: bool,
}

/// Verbatim words of a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quote {
    /// Paragraphs of the quotation, with white space folded.
    pub paragraphs: Wording<Vec<String>>,
    /// Place of the quotation in the file of the claim.
    pub span: Span,
}

/// A record that somebody checked a quotation in its source: `seen`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Seen {
    /// Date of the check.
    pub date: Spanned<PartialDate>,
    /// Name of the person who checked the quotation.
    pub by: Spanned<String>,
    /// The whole fact in the file.
    pub span: Span,
}

/// The sign before a number that makes it approximate or a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// There is no sign: the number is meant exactly.
    Exact,
    /// `~`: approximately this number.
    About,
    /// `<`: less than this number.
    Below,
    /// `>`: more than this number.
    Above,
}

/// A number with its original text, so that pages show the author's digits.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The number as the author wrote it.
    pub text: String,
    /// Value of the number.
    pub number: f64,
}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
        self.number.to_bits().hash(state);
    }
}

/// A measured value.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Measured {
    /// The sign before the number.
    pub sign: Sign,
    /// The measured number.
    pub quantity: Quantity,
    /// Lower and upper end of the interval around the number.
    pub interval: Option<(Quantity, Quantity)>,
    /// The unit, if one is written.
    pub unit: Option<String>,
}

/// How likely something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probability {
    /// The probability, from 0 to 1.
    pub value: f64,
    /// Whether the forecaster stated the number. Otherwise the author of the write-up inferred it.
    pub is_stated: bool,
}

impl Hash for Probability {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.to_bits().hash(state);
        self.is_stated.hash(state);
    }
}

/// A value that a forecaster expects, or one end of the interval around it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum ExpectedPoint {
    /// A date.
    Date(PartialDate),
    /// A number.
    Number(Quantity),
}

/// What a forecaster expects: a date or number, and an interval around it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Expectation {
    /// The expected value.
    pub point: ExpectedPoint,
    /// Lower and upper end of the interval.
    pub interval: Option<(ExpectedPoint, ExpectedPoint)>,
    /// The unit of a number, if one is written.
    pub unit: Option<String>,
}

/// A relation from one claim to another, such as `contradicts`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Relation {
    /// Kind of the relation.
    pub kind: RelationKind,
    /// Id of the other claim.
    pub target: Spanned<String>,
    /// Why the author sees this relation, if a reason is written.
    pub reason: Option<Wording<LinkedText>>,
    /// The whole fact in the file.
    pub span: Span,
}

/// Whether evidence supports a claim or speaks against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// The evidence supports the claim.
    For,
    /// The evidence speaks against the claim.
    Against,
}

/// Evidence for or against a claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// Whether the evidence supports the claim or speaks against it.
    pub stance: Stance,
    /// Destination of the link to the evidence, as written.
    pub destination: String,
    /// Text of the link.
    pub text: String,
    /// Note about what the evidence shows, if one is written.
    pub note: Option<LinkedText>,
    /// The link in the file.
    pub span: Span,
}

/// A reviewer's judgement of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Verdict {
    /// Date of the verdict.
    pub date: Spanned<PartialDate>,
    /// The verdict itself, such as `supported`.
    pub word: Spanned<VerdictWord>,
    /// Name of the reviewer, if one is written.
    pub by: Option<Spanned<String>>,
    /// Reason for the verdict, if one is written.
    pub reason: Option<Wording<LinkedText>>,
    /// The whole fact in the file.
    pub span: Span,
}

impl Claim {
    /// Creates a claim without facts.
    pub fn new(id: Spanned<String>, form: ClaimForm, span: Span) -> Self {
        Self {
            statement: Spanned::new(Wording::default(), id.span),
            id,
            form,
            span,
            is_broken: false,
            quote: None,
            seen: None,
            kind: Kind::Statement,
            by: Vec::new(),
            via: None,
            said: None,
            as_of: None,
            source: None,
            tags: Vec::new(),
            metric: None,
            subject: None,
            value: None,
            method: None,
            probability: None,
            resolves: None,
            question: None,
            criteria: None,
            condition: None,
            expects: None,
            relations: Vec::new(),
            evidence: Wording::default(),
            verdicts: Vec::new(),
            aliases: Vec::new(),
            allow: Vec::new(),
            is_proposed: false,
        }
    }

    /// Frees the unused capacity of the claim's lists.
    pub(crate) fn shrink(&mut self, access: WordingAccess) {
        for names in [&mut self.by, &mut self.tags, &mut self.aliases, &mut self.allow] {
            names.shrink_to_fit();
        }
        self.relations.shrink_to_fit();
        self.verdicts.shrink_to_fit();
        let evidence = self.evidence.edit(access);
        evidence.shrink_to_fit();
        let notes = evidence.iter_mut().filter_map(|evidence| evidence.note.as_mut());
        let reasons = self.relations.iter_mut().filter_map(|relation| relation.reason.as_mut());
        let verdicts = self.verdicts.iter_mut().filter_map(|verdict| verdict.reason.as_mut());
        let conditions = self.criteria.as_deref_mut().into_iter().chain(self.condition.as_deref_mut());
        let sealed = conditions.chain(reasons).chain(verdicts).map(|text| text.edit(access));
        sealed.chain(notes).for_each(|text| text.pieces.shrink_to_fit());
    }

    /// Returns all texts of the claim that may contain links: criteria, condition, reasons and notes.
    pub fn rich_facts(&self, access: WordingAccess) -> impl Iterator<Item = &LinkedText> {
        let reasons = self.relations.iter().filter_map(|relation| relation.reason.as_ref());
        let notes = self.evidence.read(access).iter().filter_map(|evidence| evidence.note.as_ref());
        let verdicts = self.verdicts.iter().filter_map(|verdict| verdict.reason.as_ref());
        let conditions = self.criteria.as_deref().into_iter().chain(self.condition.as_deref());
        conditions.chain(reasons).chain(verdicts).map(move |text| text.read(access)).chain(notes)
    }
}
