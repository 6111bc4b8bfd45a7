//! A claim as its author marked it.

use std::hash::{Hash, Hasher};

use crate::date::PartialDate;
use crate::source::{Span, Spanned};

use super::front_matter::SourceReference;
use super::text::Rich;
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

/// A claim with the span of every fact. Whether what it names exists is for the graph to say. A book holds
/// all of its claims: what is large and rare in one is boxed.
#[derive(Debug, Clone, Hash)]
pub struct Claim {
    /// Its id.
    pub id: Spanned<String>,
    /// How it was written.
    pub form: ClaimForm,
    /// All of it.
    pub span: Span,
    /// Errors were found in it: lints leave it alone.
    pub is_broken: bool,
    /// The statement, in the author's words.
    pub statement: Spanned<String>,
    /// Verbatim words of the source.
    pub quote: Option<Quote>,
    /// Who read the quotation in the source, and when.
    pub seen: Option<Box<Seen>>,
    /// What kind of claim it is.
    pub kind: Kind,
    /// Names or ids of those who assert it.
    pub by: Vec<Spanned<String>>,
    /// Name or id of who reported it.
    pub via: Option<Box<Spanned<String>>>,
    /// When it was said.
    pub said: Option<Spanned<PartialDate>>,
    /// What date its evidence speaks for.
    pub as_of: Option<Spanned<PartialDate>>,
    /// Where it is from, when not the write-up's source.
    pub source: Option<Box<Spanned<SourceReference>>>,
    /// Its own tags.
    pub tags: Vec<Spanned<String>>,
    /// Name or id of the metric.
    pub metric: Option<Spanned<String>>,
    /// What was measured.
    pub subject: Option<Box<Spanned<String>>>,
    /// The measured value.
    pub value: Option<Box<Spanned<Measured>>>,
    /// The version of the method.
    pub method: Option<Box<Spanned<String>>>,
    /// How likely the forecaster takes it to be.
    pub probability: Option<Spanned<Probability>>,
    /// The deadline.
    pub resolves: Option<Spanned<PartialDate>>,
    /// Id shared by forecasts of one event.
    pub question: Option<Box<Spanned<String>>>,
    /// How it resolves.
    pub criteria: Option<Box<Rich>>,
    /// The condition.
    pub condition: Option<Box<Rich>>,
    /// The expected date or number.
    pub expects: Option<Box<Spanned<Expectation>>>,
    /// How it bears on other claims.
    pub relations: Vec<Relation>,
    /// Evidence for and against it.
    pub evidence: Vec<Evidence>,
    /// Verdicts sorted by the first day of their dates. Verdicts of one day are in the order of the text. The last one
    /// counts.
    pub verdicts: Vec<Verdict>,
    /// Former ids.
    pub aliases: Vec<Spanned<String>>,
    /// Lints not to be reported for it.
    pub allow: Vec<Spanned<String>>,
    /// `proposed`: nobody has reviewed it yet; exists only with `--drafts`.
    pub is_proposed: bool,
}

/// Verbatim words of a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quote {
    /// Its paragraphs, white space folded.
    pub paragraphs: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// Somebody read a quotation in its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Seen {
    /// When.
    pub date: Spanned<PartialDate>,
    /// Their name.
    pub by: Spanned<String>,
    /// The whole fact.
    pub span: Span,
}

/// What stands before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Nothing.
    Exact,
    /// `~`
    About,
    /// `<`
    Below,
    /// `>`
    Above,
}

/// A number as written, so that it is shown with the author's digits.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// As written.
    pub text: String,
    /// Its value.
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
    /// What stands before the number.
    pub sign: Sign,
    /// The number.
    pub quantity: Quantity,
    /// Lower and upper end of its interval.
    pub interval: Option<(Quantity, Quantity)>,
    /// The unit, when written.
    pub unit: Option<String>,
}

/// How likely something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probability {
    /// From 0 to 1.
    pub value: f64,
    /// The forecaster gave the number; otherwise the author inferred it.
    pub is_stated: bool,
}

impl Hash for Probability {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.to_bits().hash(state);
        self.is_stated.hash(state);
    }
}

/// An end or the middle of what a forecaster expects.
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
    /// Lower and upper end.
    pub interval: Option<(ExpectedPoint, ExpectedPoint)>,
    /// The unit of a number, when written.
    pub unit: Option<String>,
}

/// How a claim bears on another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Relation {
    /// In what way.
    pub kind: RelationKind,
    /// Id of the other claim.
    pub target: Spanned<String>,
    /// Why.
    pub reason: Option<Rich>,
    /// The whole fact.
    pub span: Span,
}

/// Which side evidence is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// It speaks for the claim.
    For,
    /// It speaks against it.
    Against,
}

/// Evidence for or against a claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// Which side it is on.
    pub stance: Stance,
    /// The destination of its link, as written.
    pub destination: String,
    /// The linked words.
    pub text: String,
    /// What it shows.
    pub note: Option<Rich>,
    /// The link.
    pub span: Span,
}

/// A reviewer's judgement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Verdict {
    /// When it was given.
    pub date: Spanned<PartialDate>,
    /// Which it is.
    pub word: Spanned<VerdictWord>,
    /// Who gave it.
    pub by: Option<Spanned<String>>,
    /// Why.
    pub reason: Option<Rich>,
    /// The whole fact.
    pub span: Span,
}

impl Claim {
    /// Give back the memory that its lists were given to grow.
    pub(crate) fn shrink(&mut self) {
        for names in [&mut self.by, &mut self.tags, &mut self.aliases, &mut self.allow] {
            names.shrink_to_fit();
        }
        self.relations.shrink_to_fit();
        self.evidence.shrink_to_fit();
        self.verdicts.shrink_to_fit();
        let reasons = self.relations.iter_mut().filter_map(|relation| relation.reason.as_mut());
        let notes = self.evidence.iter_mut().filter_map(|evidence| evidence.note.as_mut());
        let verdicts = self.verdicts.iter_mut().filter_map(|verdict| verdict.reason.as_mut());
        let conditions = self.criteria.as_deref_mut().into_iter().chain(self.condition.as_deref_mut());
        conditions.chain(reasons).chain(notes).chain(verdicts).for_each(|rich| rich.pieces.shrink_to_fit());
    }

    /// The lines of text in its facts that may hold links.
    pub fn rich_facts(&self) -> impl Iterator<Item = &Rich> {
        let reasons = self.relations.iter().filter_map(|relation| relation.reason.as_ref());
        let notes = self.evidence.iter().filter_map(|evidence| evidence.note.as_ref());
        let verdicts = self.verdicts.iter().filter_map(|verdict| verdict.reason.as_ref());
        let conditions = self.criteria.as_deref().into_iter().chain(self.condition.as_deref());
        conditions.chain(reasons).chain(notes).chain(verdicts)
    }
}
