//! Compares the words of quotations with those of their sources. [`Normalised`] is a text in the form in which it
//! is compared, [`Passage`] is a position in a source, and [`Lock`] is the content of `claims.lock`. This module
//! reads no files; [`crate::verify`] searches the snapshots.
//!
//! A quotation matches exactly or not at all. Two texts are the same words if they are equal after
//! [`Normalised::new`], which changes only white space, invisible characters and typographic quotation marks. The
//! paragraphs of a quotation must follow each other in the source with only white space between them. There is no
//! mark for omitted words, so a quotation with a gap must be written as two quotations.

mod find;
mod lock;
mod lock_text;
mod normalised;
mod reading;

pub use find::{Passage, TextQuoteSelector};
pub use lock::{Lock, LockEntry, QuoteCheck};
pub use normalised::Normalised;
pub use reading::{Reading, ReadingState};

/// Result of the comparison of a quotation with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuoteState {
    /// The words were found in a snapshot of the source.
    Verified,
    /// Somebody read the words in the source, and no whole snapshot was searched for them.
    Seen,
    /// A whole snapshot of the source was searched and does not contain the words, even if somebody saw them in the
    /// source.
    Drifted,
    /// No whole snapshot of the source was searched for the words, and no reading of them counts.
    Unarchived,
}

impl QuoteState {
    /// Returns the state as a word for exported data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Seen => "seen",
            Self::Drifted => "drifted",
            Self::Unarchived => "unarchived",
        }
    }
}
