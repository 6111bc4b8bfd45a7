//! The parts of a claim whose facts are still text, in the one form that callouts, files and front matter share.

use crate::document::{ClaimForm, LinkedText, Quote};
use crate::source::{Span, Spanned};

/// Name of the statement in lists of lost facts. In a callout, the statement does not have a key.
pub(in crate::markdown) const STATEMENT: &str = "statement";

/// The parts of a claim, with facts that are still text. [`crate::markdown::claim::facts`] reads their values.
#[derive(Debug)]
pub(in crate::markdown) struct RawClaim {
    pub(in crate::markdown) form: ClaimForm,
    pub(in crate::markdown) span: Span,
    pub(in crate::markdown) id: Spanned<String>,
    pub(in crate::markdown) statement: Option<Spanned<String>>,
    pub(in crate::markdown) quote: Option<Quote>,
    pub(in crate::markdown) facts: Vec<RawFact>,
    /// Keys of facts that belong to the claim but were found elsewhere, where they are reported. They are not
    /// reported as missing.
    pub(in crate::markdown) misplaced_keys: Vec<&'static str>,
    /// Whether errors in the claim were already reported.
    pub(in crate::markdown) has_reported_errors: bool,
    /// Whether the parts of the claim could not be read. No further problems of such a claim are reported.
    pub(in crate::markdown) is_unreadable: bool,
}

impl RawClaim {
    /// Creates a claim that has only an id.
    pub(in crate::markdown) fn new(form: ClaimForm, id: Spanned<String>, span: Span) -> Self {
        Self {
            form,
            span,
            id,
            statement: None,
            quote: None,
            facts: Vec::new(),
            misplaced_keys: Vec::new(),
            has_reported_errors: false,
            is_unreadable: false,
        }
    }
}

/// One fact of a claim, written as `key:: value`.
#[derive(Debug)]
pub(in crate::markdown) struct RawFact {
    pub(in crate::markdown) key: Spanned<String>,
    pub(in crate::markdown) value: LinkedText,
}
