//! Enumerations of the words that authors can use for kinds, relations and verdicts.

/// Defines an enumeration of words, the list of its variants, and conversions from and to text.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// All variants, in the order in which messages and documentation list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the word as authors write it.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// Returns the variant that is written as `word`, if there is one.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words! {
    /// Kind of a claim.
    Kind {
        /// A number that was measured.
        Measurement = "measurement",
        /// A statement about an event that has not happened yet.
        Forecast = "forecast",
        /// Any other assertion of fact.
        Statement = "statement",
        /// A judgement of value, or a personal view.
        Opinion = "opinion",
    }
}

words! {
    /// Kind of a relation from one claim to another.
    RelationKind {
        /// The claim supports the other claim.
        Supports = "supports",
        /// The two claims cannot both be true.
        Contradicts = "contradicts",
        /// The claim states the other claim more exactly, or limits it.
        Refines = "refines",
        /// The claim replaces the other claim.
        Supersedes = "supersedes",
        /// The claim is true only if the other claim is true.
        DependsOn = "depends-on",
        /// The two claims have the same meaning.
        SameAs = "same-as",
        /// The claim repeats the other claim or refers to it.
        Cites = "cites",
        /// The claim replies to the other claim.
        Answers = "answers",
    }
}

words! {
    /// A reviewer's judgement of a claim.
    VerdictWord {
        /// The evidence supports the claim.
        Supported = "supported",
        /// Parts of the claim are right and parts are wrong.
        Mixed = "mixed",
        /// The evidence refutes the claim.
        Refuted = "refuted",
        /// The claim cannot be checked.
        Unverifiable = "unverifiable",
        /// The speaker withdrew the claim.
        Retracted = "retracted",
        /// Forecasts only: the event happened.
        CameTrue = "came-true",
        /// Forecasts only: a part of the event happened.
        Partly = "partly",
        /// Forecasts only: the event did not happen before the deadline.
        DidNotHappen = "did-not-happen",
        /// Forecasts only: the condition was never met, or the question no longer applies.
        Annulled = "annulled",
        /// Forecasts only: no outcome could have shown the forecast to be wrong.
        Unfalsifiable = "unfalsifiable",
    }
}

impl VerdictWord {
    /// Whether the verdict is for forecasts only. All other verdicts are for the other kinds of claims.
    pub fn is_for_forecasts(self) -> bool {
        self >= Self::CameTrue
    }

    /// Whether the verdict means that the claim was wrong or was withdrawn, so that claims that rely on it are in
    /// doubt.
    pub fn is_fall(self) -> bool {
        matches!(self, Self::Refuted | Self::Retracted | Self::DidNotHappen)
    }
}

impl RelationKind {
    /// Whether the relation defines an order of claims, so that a cycle of such relations is an error.
    pub fn is_ordered(self) -> bool {
        matches!(self, Self::Supersedes | Self::DependsOn)
    }
}
