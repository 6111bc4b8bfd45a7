//! The table of the keys of claims: each row is one key, with the form of its value, whether it repeats, what its value
//! may contain, the kinds of claims that may have it, and how it is read.
//!
//! Reading, rules, the JSON Schema and the search for misplaced facts use this table. A new key is a row here, a field
//! of [`crate::document::Claim`], and a place where it is shown.

use crate::document::{Claim, Kind, LinkedText, RelationKind, VerdictWord, Wording};
use crate::markdown::claim::reader::{FactReader, WordList, split_list};
use crate::markdown::form::Form;
use crate::markdown::ids::{check_id, name_without_id_problem};
use crate::markdown::values;
use crate::name;
use crate::source::Spanned;

/// A key of claims.
pub(in crate::markdown) struct ClaimKey {
    pub(in crate::markdown) name: &'static str,
    /// Form of the value.
    pub(in crate::markdown) form: fn() -> Form,
    /// Whether a claim may have the key several times.
    pub(in crate::markdown) is_repeated: bool,
    /// Whether a claim without the key has an error.
    pub(in crate::markdown) is_required: bool,
    pub(in crate::markdown) content: AllowedContent,
    pub(in crate::markdown) kinds: Kinds,
    /// Stores a value in the claim, or reports what is wrong with it.
    pub(in crate::markdown) read: fn(&mut FactReader<'_>, &'static str, &LinkedText),
    /// The texts of this key in a claim, for the checks of lines. Only keys whose values are plain text have this.
    pub(in crate::markdown) texts: Option<TextsOf>,
}

/// Returns the texts of a key in a claim.
type TextsOf = fn(&Claim) -> Vec<&Spanned<String>>;

/// What a value may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum AllowedContent {
    /// Text without links.
    Text,
    /// Text without links or a reason, because a reason would become a part of it.
    WithoutReason,
    /// The name of a speaker or metric, which has a page.
    Name,
    /// Text with links.
    Links,
}

/// Kinds of claims that may have a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinds {
    /// Claims of all kinds.
    All,
    /// Measurements only.
    Measurements,
    /// Forecasts only.
    Forecasts,
    /// Measurements and forecasts.
    MeasurementsAndForecasts,
}

impl Kinds {
    /// Whether claims of a kind may have the key.
    pub fn contains(self, kind: Kind) -> bool {
        match self {
            Self::All => true,
            Self::Measurements => kind == Kind::Measurement,
            Self::Forecasts => kind == Kind::Forecast,
            Self::MeasurementsAndForecasts => matches!(kind, Kind::Measurement | Kind::Forecast),
        }
    }

    /// The names of the kinds, for a help text that puts them between backticks.
    pub(in crate::markdown) fn kind_names(self) -> &'static str {
        match self {
            Self::All => "measurement`, `forecast`, `statement` or `opinion",
            Self::Measurements => "measurement",
            Self::Forecasts => "forecast",
            Self::MeasurementsAndForecasts => "measurement` or `forecast",
        }
    }
}

impl ClaimKey {
    const fn new(
        name: &'static str,
        form: fn() -> Form,
        read: fn(&mut FactReader<'_>, &'static str, &LinkedText),
    ) -> Self {
        let (content, kinds) = (AllowedContent::Text, Kinds::All);
        Self { name, form, is_repeated: false, is_required: false, content, kinds, read, texts: None }
    }

    /// A key whose value is stored as plain text, which the checks of lines visit.
    const fn text(
        name: &'static str,
        form: fn() -> Form,
        read: fn(&mut FactReader<'_>, &'static str, &LinkedText),
        texts: TextsOf,
    ) -> Self {
        Self { texts: Some(texts), ..Self::new(name, form, read) }
    }

    /// A relation to another claim. A claim may have several of one kind.
    const fn relation(name: &'static str, read: fn(&mut FactReader<'_>, &'static str, &LinkedText)) -> Self {
        Self::new(name, || Form::Relation, read).repeated().containing(AllowedContent::Links)
    }

    const fn repeated(self) -> Self {
        Self { is_repeated: true, ..self }
    }

    const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    const fn containing(self, content: AllowedContent) -> Self {
        Self { content, ..self }
    }

    const fn only_for(self, kinds: Kinds) -> Self {
        Self { kinds, ..self }
    }
}

const KINDS: WordList<Kind> = WordList { all: Kind::ALL, parse: Kind::parse, word: Kind::word };

/// The only word that `proposed` accepts. A claim that is not proposed leaves out the key.
const TRUE: WordList<bool> =
    WordList { all: &[true], parse: |word| (word == "true").then_some(true), word: |_| "true" };

/// All keys of claims, in the order in which messages and documentation list them.
pub(in crate::markdown) const KEYS: &[ClaimKey] = &[
    ClaimKey::new(
        "kind",
        || Form::Word(Kind::ALL.iter().map(|kind| kind.word()).collect()),
        |reader, key, value| reader.kind = reader.parse_word(key, &plain_text(value), &KINDS),
    )
    .required(),
    ClaimKey::text(
        "by",
        || Form::Name,
        |reader, _, value| reader.claim.by.push(plain_text(value)),
        |claim| claim.by.iter().collect(),
    )
    .required()
    .repeated()
    .containing(AllowedContent::Name),
    ClaimKey::text(
        "via",
        || Form::Name,
        |reader, _, value| reader.claim.via = Some(Box::new(plain_text(value))),
        |claim| claim.via.as_deref().into_iter().collect(),
    )
    .containing(AllowedContent::Name),
    ClaimKey::new(
        "said",
        || Form::Date,
        |reader, key, value| reader.claim.said = reader.parse_date(key, &plain_text(value)),
    ),
    ClaimKey::new(
        "as-of",
        || Form::Date,
        |reader, key, value| reader.claim.as_of = reader.parse_date(key, &plain_text(value)),
    ),
    ClaimKey::new("source", || Form::SourceLink, |reader, _, value| reader.read_source(value))
        .containing(AllowedContent::Links),
    ClaimKey::new("seen", || Form::Seen, |reader, _, value| reader.read_seen(&plain_text(value))),
    ClaimKey::text("tags", || Form::Tag, read_tags, |claim| claim.tags.iter().collect())
        .repeated()
        .containing(AllowedContent::WithoutReason),
    ClaimKey::text(
        "metric",
        || Form::Name,
        |reader, _, value| reader.claim.metric = Some(plain_text(value)),
        |claim| claim.metric.iter().collect(),
    )
    .containing(AllowedContent::Name)
    .only_for(Kinds::MeasurementsAndForecasts),
    ClaimKey::text(
        "subject",
        || Form::Plain,
        |reader, _, value| reader.claim.subject = Some(Box::new(plain_text(value))),
        |claim| claim.subject.as_deref().into_iter().collect(),
    )
    .only_for(Kinds::MeasurementsAndForecasts),
    ClaimKey::new(
        "value",
        || Form::Measured,
        |reader, key, value| {
            let value =
                reader.parse_value(key, &plain_text(value), values::parse_measured, values::VALUE_HELP);
            reader.claim.value = value.map(Box::new);
        },
    )
    .only_for(Kinds::Measurements),
    ClaimKey::text(
        "method",
        || Form::Plain,
        |reader, _, value| reader.claim.method = Some(Box::new(plain_text(value))),
        |claim| claim.method.as_deref().into_iter().collect(),
    )
    .only_for(Kinds::Measurements),
    ClaimKey::new(
        "probability",
        || Form::Probability,
        |reader, key, value| {
            let text = plain_text(value);
            let form = values::probability_help(&text.value);
            reader.claim.probability = reader.parse_value(key, &text, values::parse_probability, &form);
        },
    )
    .only_for(Kinds::Forecasts),
    ClaimKey::new(
        "resolves",
        || Form::Date,
        |reader, key, value| reader.claim.resolves = reader.parse_date(key, &plain_text(value)),
    )
    .only_for(Kinds::Forecasts),
    ClaimKey::text(
        "question",
        || Form::Id,
        |reader, _, value| {
            let text = plain_text(value);
            reader.claim.question = check_id(&text, reader.problems).then(|| Box::new(text));
        },
        |claim| claim.question.as_deref().into_iter().collect(),
    )
    .only_for(Kinds::Forecasts),
    ClaimKey::new(
        "criteria",
        || Form::Filled,
        |reader, _, value| reader.claim.criteria = Some(Box::new(Wording::new(value.clone()))),
    )
    .containing(AllowedContent::Links)
    .only_for(Kinds::Forecasts),
    ClaimKey::new(
        "if",
        || Form::Filled,
        |reader, _, value| reader.claim.condition = Some(Box::new(Wording::new(value.clone()))),
    )
    .containing(AllowedContent::Links)
    .only_for(Kinds::Forecasts),
    ClaimKey::new("expects", || Form::Expected, |reader, _, value| reader.expects = Some(plain_text(value)))
        .only_for(Kinds::Forecasts),
    ClaimKey::relation("supports", |reader, _, value| reader.read_relation(RelationKind::Supports, value)),
    ClaimKey::relation("contradicts", |reader, _, value| {
        reader.read_relation(RelationKind::Contradicts, value);
    }),
    ClaimKey::relation("refines", |reader, _, value| reader.read_relation(RelationKind::Refines, value)),
    ClaimKey::relation("supersedes", |reader, _, value| {
        reader.read_relation(RelationKind::Supersedes, value);
    }),
    ClaimKey::relation("depends-on", |reader, _, value| reader.read_relation(RelationKind::DependsOn, value)),
    ClaimKey::relation("same-as", |reader, _, value| reader.read_relation(RelationKind::SameAs, value)),
    ClaimKey::relation("cites", |reader, _, value| reader.read_relation(RelationKind::Cites, value)),
    ClaimKey::relation("answers", |reader, _, value| reader.read_relation(RelationKind::Answers, value)),
    ClaimKey::new("evidence", || Form::Evidence, |reader, _, value| reader.read_evidence(value))
        .repeated()
        .containing(AllowedContent::Links),
    ClaimKey::new(
        "verdict",
        || Form::Verdict(VerdictWord::ALL.iter().map(|verdict| verdict.word()).collect()),
        |reader, _, value| reader.read_verdict(value),
    )
    .repeated()
    .containing(AllowedContent::Links),
    ClaimKey::new("aliases", || Form::Ids, read_aliases).repeated(),
    ClaimKey::new(
        "allow",
        || Form::Lints,
        |reader, _, value| {
            let (head, _) = value.split_reason();
            let names = Spanned::new(head.plain(), value.span);
            reader.claim.allow.extend(split_list(&names));
        },
    )
    .repeated()
    .containing(AllowedContent::Links),
    ClaimKey::new(
        "proposed",
        || Form::True,
        |reader, key, value| {
            reader.claim.is_proposed = reader.parse_word(key, &plain_text(value), &TRUE).is_some();
        },
    ),
];

/// The names of all keys, in the order of [`KEYS`].
pub(in crate::markdown) const NAMES: [&str; KEYS.len()] = {
    let mut names = [""; KEYS.len()];
    let mut at = 0;
    while at < KEYS.len() {
        names[at] = KEYS[at].name;
        at += 1;
    }
    names
};

/// Returns the key of this name.
pub(in crate::markdown) fn find(name: &str) -> Option<&'static ClaimKey> {
    KEYS.iter().find(|key| key.name == name)
}

fn plain_text(value: &LinkedText) -> Spanned<String> {
    Spanned::new(value.plain(), value.span)
}

fn read_tags(reader: &mut FactReader<'_>, _: &'static str, value: &LinkedText) {
    let text = plain_text(value);
    let (valid, invalid): (Vec<_>, Vec<_>) =
        split_list(&text).partition(|tag| !name::id_of(&tag.value).is_empty());
    reader.problems.extend(invalid.iter().map(name_without_id_problem));
    reader.claim.tags.extend(valid);
}

fn read_aliases(reader: &mut FactReader<'_>, _: &'static str, value: &LinkedText) {
    for alias in split_list(&plain_text(value)) {
        if check_id(&alias, reader.problems) {
            reader.claim.aliases.push(alias);
        }
    }
}
