//! Compares the words of quotations with those of their sources: how words are compared ([`Normalised`]), where a
//! passage is ([`Passage`]), and what `claims.lock` remembers of both ([`Lock`]). This module reads no file and
//! knows no snapshot; [`crate::verify`] does.
//!
//! Exact or nothing. Two texts are the same words when they are equal after [`Normalised::new`], and
//! that folds white space and typographic quotation marks, no more. The paragraphs of a quotation follow
//! each other in the source with nothing but white space between them; there is no sign for words that
//! were left out, so a quotation with a gap is two quotations.

mod find;
mod lock;
mod normal;
mod reading;

pub use find::{Passage, TextQuoteSelector};
pub use lock::{Entry, Lock, QuoteCheck};
pub use normal::Normalised;
pub use reading::{Reading, ReadingState};

/// Whether the words of a quotation are those of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuoteState {
    /// They were found in a snapshot of the source.
    Verified,
    /// Somebody read them in the source; no whole snapshot was searched for them.
    Seen,
    /// A whole snapshot was searched and they are not in it, even if somebody saw them in the source.
    Drifted,
    /// No whole snapshot was searched for these words.
    Unarchived,
}

impl QuoteState {
    /// The word in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Seen => "seen",
            Self::Drifted => "drifted",
            Self::Unarchived => "unarchived",
        }
    }
}
