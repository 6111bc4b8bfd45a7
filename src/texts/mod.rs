//! The interface texts of a site in English: labels, headings, status words, sentences and counts. Pages, drawings,
//! feeds and templates take their words from this table, so that another language can be another table.
//!
//! Each text has a key such as `claim.history`. Rust code calls the method of that name, `TEXTS.claim.history()`;
//! templates use the filter `text` ([`crate::theme`]): `{{ "claim.history" | text }}`. A script reads texts from a block of JSON
//! on its page, which the filter `texts` writes. A text may have placeholders, `due
//! {date}`, whose values are the arguments of the method and of the filter. A text with the placeholder `count` may
//! have two forms, for one and for other numbers.
//!
//! The following texts are not part of the table: diagnostics, texts of the command line, files that `init` and
//! `new` write, and names of months ([`crate::date`]).

/// Defines a section of the table: a struct with the English texts and a method for each of them.
macro_rules! texts {
    ($(#[$meta:meta])* $section:ident {
        $($name:ident $(($($argument:ident),+))? = $one:literal $(| $other:literal)?;)*
    }) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $section { $($name: $crate::texts::Text,)* }

        impl $section {
            pub(super) const ENGLISH: Self = Self {
                $($name: $crate::texts::Text {
                    one: $one,
                    other: texts!(@other $one $($other)?),
                    arguments: &[$($(stringify!($argument)),+)?],
                },)*
            };

            $(texts!(@method $name, $one $(, ($($argument),+))?);)*

            pub(super) fn all(&self) -> Vec<(&'static str, $crate::texts::Text)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
    (@other $one:literal) => { $one };
    (@other $one:literal $other:literal) => { $other };
    (@method $name:ident, $one:literal) => {
        #[doc = concat!("`", $one, "`")]
        pub const fn $name(&self) -> &'static str {
            self.$name.one
        }
    };
    (@method $name:ident, $one:literal, (count $(, $argument:ident)*)) => {
        #[doc = concat!("`", $one, "`")]
        pub fn $name(&self, count: usize $(, $argument: impl std::fmt::Display)*) -> String {
            let [one, other] = self.$name.forms();
            $crate::texts::filled(if count == 1 { one } else { other }, &[("count", &count) $(, (stringify!($argument), &$argument))*])
        }
    };
    (@method $name:ident, $one:literal, ($($argument:ident),+)) => {
        #[doc = concat!("`", $one, "`")]
        pub fn $name(&self, $($argument: impl std::fmt::Display),+) -> String {
            $crate::texts::filled(self.$name.other, &[$((stringify!($argument), &$argument)),+])
        }
    };
}

mod claims;
mod everywhere;
mod files;
mod numbers;
mod overviews;

use std::fmt::{Display, Write as _};

pub use claims::{ArticleTexts, ClaimTexts, IssueTexts, QuoteTexts, RelationTexts};
pub use everywhere::{CountTexts, FrameTexts, KindTexts, ListTexts, NotFoundTexts, StatusTexts};
pub use files::{CalendarTexts, CitationTexts, DataTexts, FeedTexts, LlmsTexts, PreviewTexts};
pub use numbers::{ChartTexts, ForecastTexts, MetricTexts, MovingTexts, QuestionTexts, ScoreTexts};
pub use overviews::{
    ChangeTexts, DisputeTexts, EntityTexts, FalloutTexts, FilterTexts, HomeTexts, ReviewTexts, SearchTexts,
    TimelineTexts,
};

/// The texts of a site.
pub const TEXTS: &Texts = &Texts::ENGLISH;

/// Defines the table from its sections.
macro_rules! sections {
    ($($(#[$meta:meta])* $name:ident: $section:ident,)*) => {
        /// All interface texts, by the part of the site that shows them.
        #[derive(Debug)]
        pub struct Texts { $($(#[$meta])* pub $name: $section,)* }

        impl Texts {
            const ENGLISH: Self = Self { $($name: $section::ENGLISH,)* };

            /// Returns each text with its key, such as `claim.history`.
            pub fn all(&self) -> Vec<(String, Text)> {
                let mut all = Vec::new();
                $(all.extend(
                    self.$name.all().into_iter().map(|(name, text)| ([stringify!($name), ".", name].concat(), text)),
                );)*
                all
            }
        }
    };
}

sections! {
    /// Header, footer and navigation.
    frame: FrameTexts,
    /// Words of statuses.
    status: StatusTexts,
    /// Words of kinds.
    kind: KindTexts,
    /// Numbers with their nouns.
    count: CountTexts,
    /// Rows, tables and pages of lists.
    list: ListTexts,
    /// The page for addresses that lead nowhere, and pages that have moved.
    not_found: NotFoundTexts,
    /// The home page.
    home: HomeTexts,
    /// The search page.
    search: SearchTexts,
    /// The lists of claims and their filters.
    filter: FilterTexts,
    /// The page of a write-up.
    article: ArticleTexts,
    /// The page of a claim, and its card.
    claim: ClaimTexts,
    /// States of quotations.
    quote: QuoteTexts,
    /// Names of relations.
    relation: RelationTexts,
    /// The issue that a reader opens about a verdict.
    issue: IssueTexts,
    /// The lists and pages of people, sources and tags.
    entity: EntityTexts,
    /// The page of forecasts.
    forecast: ForecastTexts,
    /// Scores of forecasters.
    score: ScoreTexts,
    /// Dates that moved.
    moving: MovingTexts,
    /// The page of a question.
    question: QuestionTexts,
    /// The page of a metric.
    metric: MetricTexts,
    /// Captions and labels of charts.
    chart: ChartTexts,
    /// The page of disputes.
    dispute: DisputeTexts,
    /// The page of shaken claims and of the claims that fell.
    fallout: FalloutTexts,
    /// The timeline.
    timeline: TimelineTexts,
    /// The pages of changes.
    change: ChangeTexts,
    /// The review queue.
    review: ReviewTexts,
    /// Feeds.
    feed: FeedTexts,
    /// Preview images.
    preview: PreviewTexts,
    /// The calendar of deadlines.
    calendar: CalendarTexts,
    /// Citations.
    citation: CitationTexts,
    /// Names of data files, where pages link to them.
    data: DataTexts,
    /// `llms.txt`.
    llms: LlmsTexts,
}

/// A text of the table. A text without forms has the same text in both.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    one: &'static str,
    other: &'static str,
    /// Names of the placeholders.
    arguments: &'static [&'static str],
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextPart {
    /// Words as they are.
    Words(&'static str),
    /// The name of a placeholder.
    Placeholder(&'static str),
}

impl Text {
    /// Returns the form for the number one, and that for all other numbers.
    pub fn forms(self) -> [&'static str; 2] {
        [self.one, self.other]
    }

    /// Returns the names of the placeholders.
    pub fn arguments(self) -> &'static [&'static str] {
        self.arguments
    }
}

/// Returns a form of a text with values in place of its placeholders.
fn filled(form: &'static str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::new();
    for part in parts(form) {
        match part {
            TextPart::Words(words) => text.push_str(words),
            TextPart::Placeholder(name) => {
                let value = values.iter().find(|(known, _)| *known == name);
                let (_, value) = value.expect("the tests compare placeholders with arguments");
                let _ = write!(text, "{value}");
            }
        }
    }
    text
}

/// Splits a form of a text into words and placeholders.
pub fn parts(form: &'static str) -> impl Iterator<Item = TextPart> {
    let mut rest = form;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((name, behind)) = rest.strip_prefix('{').and_then(|behind| behind.split_once('}')) {
            rest = behind;
            return Some(TextPart::Placeholder(name));
        }
        let (words, behind) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
        rest = behind;
        Some(TextPart::Words(words))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn placeholders_are_the_arguments() {
        let all = TEXTS.all();
        assert!(all.len() > 300, "{}", all.len());
        for (key, text) in all {
            let named = |form| -> BTreeSet<&str> {
                parts(form)
                    .filter_map(|part| match part {
                        TextPart::Placeholder(name) => Some(name),
                        TextPart::Words(words) => {
                            assert!(!words.contains(['{', '}']), "{key}: {form}");
                            None
                        }
                    })
                    .collect()
            };
            let arguments: BTreeSet<&str> = text.arguments.iter().copied().collect();
            let (one, other) = (named(text.one), named(text.other));
            assert!(one.is_subset(&arguments) && other.is_subset(&arguments), "{key}: {text:?}");
            // `count` may only choose between the forms, as in `day` and `days`.
            let mut used: BTreeSet<&str> = one.union(&other).copied().collect();
            if text.one != text.other {
                assert_eq!(text.arguments.first(), Some(&"count"), "{key} has two forms");
                used.insert("count");
            }
            assert_eq!(used, arguments, "{key}: {text:?}");
        }
    }

    #[test]
    fn a_text_is_filled_in_the_form_of_its_number() {
        assert_eq!(TEXTS.count.claims(1), "1 claim");
        assert_eq!(TEXTS.count.claims(0), "0 claims");
        assert_eq!(TEXTS.list.due("5 May 2026"), "due 5 May 2026");
        assert_eq!(TEXTS.status.superseded(), "Replaced");
    }
}
