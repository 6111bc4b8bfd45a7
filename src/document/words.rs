//! The words with fixed lists: kinds, relations and verdicts, as authors write them.

/// Define an enumeration of words with its list, parser and writing.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// All words, in the order they are listed to people.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as written.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The meaning of a word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words! {
    /// What kind of thing a claim is.
    Kind {
        /// A number found by measuring.
        Measurement = "measurement",
        /// A statement about what has not happened yet.
        Forecast = "forecast",
        /// Any other assertion of fact.
        Statement = "statement",
        /// A judgement of value, or a view.
        Opinion = "opinion",
    }
}

words! {
    /// How one claim bears on another.
    RelationKind {
        /// It speaks for the other.
        Supports = "supports",
        /// Both cannot hold.
        Contradicts = "contradicts",
        /// It says the same more exactly, or limits it.
        Refines = "refines",
        /// It takes the other's place.
        Supersedes = "supersedes",
        /// It holds only if the other does.
        DependsOn = "depends-on",
        /// It says the same.
        SameAs = "same-as",
        /// It passes the other on or refers to it.
        Cites = "cites",
        /// It replies to the other.
        Answers = "answers",
    }
}

words! {
    /// A reviewer's judgement.
    VerdictWord {
        /// The evidence bears it out.
        Supported = "supported",
        /// Parts hold, parts do not.
        Mixed = "mixed",
        /// The evidence speaks against it.
        Refuted = "refuted",
        /// It cannot be checked.
        Unverifiable = "unverifiable",
        /// Its speaker took it back.
        Retracted = "retracted",
        /// A forecast: it happened.
        CameTrue = "came-true",
        /// A forecast: part of it happened.
        Partly = "partly",
        /// A forecast: it did not happen by its deadline.
        DidNotHappen = "did-not-happen",
        /// A forecast: its condition never arose, or the question fell away.
        Annulled = "annulled",
        /// A forecast: nothing could have shown it wrong.
        Unfalsifiable = "unfalsifiable",
    }
}

impl VerdictWord {
    /// Whether it judges forecasts; the others judge everything else.
    pub fn is_for_forecasts(self) -> bool {
        self >= Self::CameTrue
    }

    /// Whether the claim fell: what rests on it is shaken.
    pub fn is_fall(self) -> bool {
        matches!(self, Self::Refuted | Self::Retracted | Self::DidNotHappen)
    }
}

impl RelationKind {
    /// Whether the relation gives claims an order, so that a circle of it is an error.
    pub fn is_ordered(self) -> bool {
        matches!(self, Self::Supersedes | Self::DependsOn)
    }
}
