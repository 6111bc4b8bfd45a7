//! Does the source say what a quotation says it does? As far as anybody has looked.

/// What is known of a quotation's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteState {
    /// A saved copy of the source holds them.
    Verified,
    /// There is a saved copy of the source, and they are not in it.
    Drifted,
    /// No copy of the source was saved.
    Unarchived,
}

impl QuoteState {
    /// The word in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Drifted => "drifted",
            Self::Unarchived => "unarchived",
        }
    }
}
