//! The table of the keys of front matter: each row is one key, with the kinds of files that have it, the form of its
//! value, and how it is read. The keys of claims have a table of their own (`claim/keys.rs`).
//!
//! Reading, the list of known keys in messages and the JSON Schema use this table. A new key is a row here, a field of
//! [`FrontMatter`], and a place where it is shown.

use crate::data::{Fields, Node, Value};
use crate::diagnostic::{Diagnostic, rules};
use crate::document::{
    Better, DocumentKind, FrontMatter, GroupBy, Scale, SourceFacts, SourceReference, SpeakerType, TrendForm,
    Wording,
};
use crate::name;
use crate::source::Spanned;
use crate::web_address::is_web_address;

use crate::markdown::claim::keys::{ClaimKey, KEYS as KEYS_OF_CLAIMS, Kinds, NAMES};
use crate::markdown::claim::reader::split_list;
use crate::markdown::form::Form;
use crate::markdown::ids;

use DocumentKind::{Article, Claim, Home, Metric, Page, Source, Speaker};

/// A key and the form of its value.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Name of the key.
    pub name: &'static str,
    /// Form of the value.
    pub form: fn() -> Form,
    /// Whether the key accepts a list as well as a single value.
    pub is_list: bool,
    /// Whether a file or claim without the key has an error.
    pub is_required: bool,
    /// The kinds of claims that may have the key.
    pub kinds: Kinds,
}

impl Key {
    const fn new(name: &'static str, form: fn() -> Form) -> Self {
        Self { name, form, is_list: false, is_required: false, kinds: Kinds::All }
    }
}

/// A key of front matter.
pub(in crate::markdown) struct FileKey {
    key: Key,
    /// Kinds of files that have the key.
    kinds: &'static [DocumentKind],
    /// Whether a source that is described in a write-up has the key.
    is_of_inline_source: bool,
    read: Read,
}

/// Stores the value of a key, or reports what is wrong with it.
type Read = fn(&mut Fields<'_>, &'static str, &mut FrontMatter);

impl FileKey {
    const fn new(name: &'static str, form: fn() -> Form, kinds: &'static [DocumentKind], read: Read) -> Self {
        Self { key: Key::new(name, form), kinds, is_of_inline_source: false, read }
    }

    const fn required(self) -> Self {
        Self { key: Key { is_required: true, ..self.key }, ..self }
    }

    const fn list(self) -> Self {
        Self { key: Key { is_list: true, ..self.key }, ..self }
    }

    const fn of_inline_source(self) -> Self {
        Self { is_of_inline_source: true, ..self }
    }
}

const SORTS: &[(&str, SpeakerType)] =
    &[("person", SpeakerType::Person), ("organization", SpeakerType::Organization)];
const DIRECTIONS: &[(&str, Better)] = &[("higher", Better::Higher), ("lower", Better::Lower)];
const SCALES: &[(&str, Scale)] = &[("linear", Scale::Linear), ("log", Scale::Log)];
const GROUPS: &[(&str, GroupBy)] =
    &[("method", GroupBy::Method), ("subject", GroupBy::Subject), ("by", GroupBy::Speaker)];
const TRENDS: &[(&str, TrendForm)] =
    &[("exponential", TrendForm::Exponential), ("linear", TrendForm::Linear)];

/// The key of the claims in a write-up. They are not read with the other keys, because their mistakes do not break the
/// front matter.
pub(in crate::markdown) const CLAIMS: &str = "claims";

/// All keys of front matter, in the order in which messages and documentation list them.
///
/// A required title that is blank is kept, because its place is needed for the diagnostic.
const KEYS: &[FileKey] = &[
    FileKey::new(
        "title",
        || Form::Visible,
        &[Article],
        |fields, key, file| file.title = fields.text(key).map(sealed),
    )
    .required(),
    FileKey::new(
        "title",
        || Form::Visible,
        &[Metric, Page],
        |fields, key, file| file.name = fields.text(key),
    )
    .required(),
    FileKey::new(
        "title",
        || Form::Visible,
        &[Source],
        |fields, key, file| file.source_facts.title = fields.text(key),
    )
    .required(),
    FileKey::new("title", || Form::Text, &[Home], |fields, key, file| file.name = fields.visible_text(key)),
    FileKey::new(
        "title",
        || Form::Text,
        &[],
        |fields, key, file| file.source_facts.title = fields.visible_text(key),
    )
    .of_inline_source(),
    FileKey::new("name", || Form::Visible, &[Speaker], |fields, key, file| file.name = fields.text(key))
        .required(),
    FileKey::new("date", || Form::Date, &[Article], |fields, key, file| file.date = fields.date(key)),
    FileKey::new("updated", || Form::Date, &[Article], |fields, key, file| file.updated = fields.date(key)),
    FileKey::new(
        "authors",
        || Form::Agent,
        &[Article],
        |fields, key, file| file.authors = agents(fields, key),
    )
    .list(),
    FileKey::new("tags", || Form::Text, &[Article], read_tags).list(),
    FileKey::new(
        "summary",
        || Form::Text,
        &[Home, Article, Page],
        |fields, key, file| file.summary = fields.visible_text(key).map(sealed),
    ),
    FileKey::new(
        "source",
        || Form::Source,
        &[Article],
        |fields, key, file| file.source = source_reference(fields, key),
    ),
    FileKey::new(
        "draft",
        || Form::Truth,
        &[Article, Page, Claim],
        |fields, key, file| file.is_draft = fields.bool_value(key),
    ),
    FileKey::new(
        "type",
        || Form::Word(words(SORTS)),
        &[Speaker],
        |fields, key, file| file.sort = fields.keyword(key, SORTS),
    ),
    FileKey::new("unit", || Form::Text, &[Metric], |fields, key, file| file.unit = fields.visible_text(key)),
    FileKey::new(
        "better",
        || Form::Word(words(DIRECTIONS)),
        &[Metric],
        |fields, key, file| file.better = fields.keyword(key, DIRECTIONS),
    ),
    FileKey::new(
        "scale",
        || Form::Word(words(SCALES)),
        &[Metric],
        |fields, key, file| file.scale = fields.keyword(key, SCALES).unwrap_or_default(),
    ),
    FileKey::new(
        "headline",
        || Form::Text,
        &[Metric],
        |fields, key, file| file.headline = fields.visible_text(key),
    ),
    FileKey::new(
        "group-by",
        || Form::Word(words(GROUPS)),
        &[Metric],
        |fields, key, file| file.group_by = fields.keyword(key, GROUPS).unwrap_or_default(),
    ),
    FileKey::new(
        "trend",
        || Form::Word(words(TRENDS)),
        &[Metric],
        |fields, key, file| file.trend = fields.keyword(key, TRENDS),
    ),
    FileKey::new(
        "author",
        || Form::Agent,
        &[Source],
        |fields, key, file| file.source_facts.authors = agents(fields, key),
    )
    .list()
    .of_inline_source(),
    FileKey::new(
        "publisher",
        || Form::Agent,
        &[Source],
        |fields, key, file| {
            let publisher = fields.visible_text(key);
            fields.problems().extend(publisher.as_ref().and_then(|name| ids::bad_name_problem(key, name)));
            file.source_facts.publisher = publisher;
        },
    )
    .of_inline_source(),
    FileKey::new(
        "url",
        || Form::Address,
        &[Source],
        |fields, key, file| file.source_facts.url = web_address(fields, key),
    )
    .of_inline_source(),
    FileKey::new(
        "url",
        || Form::Address,
        &[Speaker],
        |fields, key, file| file.url = web_address(fields, key),
    ),
    FileKey::new(
        "published",
        || Form::Date,
        &[Source],
        |fields, key, file| file.source_facts.published = fields.date(key),
    )
    .of_inline_source(),
    FileKey::new("aliases", || Form::Path, &[Article, Metric, Source, Page], read_aliases).list(),
    FileKey::new("aliases", || Form::Text, &[Speaker], read_aliases).list(),
    FileKey::new(CLAIMS, || Form::Claims, &[Article], |_, _, _| ()),
    FileKey::new(
        "allow",
        || Form::Lint,
        &[Home, Article, Speaker, Metric, Source, Page],
        |fields, key, file| file.allow = fields.visible_texts(key),
    )
    .list(),
];

/// Keys of a claim in front matter, in addition to the keys of all claims.
const STATEMENT_AND_QUOTE: [Key; 2] =
    [Key { is_required: true, ..Key::new("statement", || Form::Plain) }, Key::new("quote", || Form::Visible)];
/// Key of a claim in the list of a write-up. A claim file takes its id from its name.
const ID: Key = Key { is_required: true, ..Key::new("id", || Form::Id) };

/// Returns the keys that a kind of file accepts, in the order in which documentation lists them.
pub fn keys_of(kind: DocumentKind) -> Vec<Key> {
    let own = rows_of(kind).map(|row| row.key);
    if kind == Claim {
        return STATEMENT_AND_QUOTE.into_iter().chain(keys_of_claims()).chain(own).collect();
    }
    own.collect()
}

/// Returns the keys of a source that is described in a write-up.
pub fn inline_source_keys() -> Vec<Key> {
    rows_of_inline_source().map(|row| row.key).collect()
}

/// Returns the keys of a claim in the list `claims` of a write-up's front matter.
pub fn claim_keys() -> Vec<Key> {
    [ID].into_iter().chain(STATEMENT_AND_QUOTE).chain(keys_of_claims()).collect()
}

fn keys_of_claims() -> impl Iterator<Item = Key> {
    KEYS_OF_CLAIMS.iter().map(|&ClaimKey { name, form, is_repeated, is_required, kinds, .. }| Key {
        name,
        form,
        is_list: is_repeated,
        is_required,
        kinds,
    })
}

/// Returns the names of the keys of a claim's own file, in the order of messages.
pub(in crate::markdown) fn names_of_claim_file() -> Vec<&'static str> {
    names_of_claim(rows_of(Claim).map(|row| row.key.name))
}

/// Returns the names of the keys of a claim in the list of a write-up, in the order of messages.
pub(in crate::markdown) fn names_of_listed_claim() -> Vec<&'static str> {
    names_of_claim([ID.name])
}

fn names_of_claim(others: impl IntoIterator<Item = &'static str>) -> Vec<&'static str> {
    NAMES.into_iter().chain(STATEMENT_AND_QUOTE.map(|key| key.name)).chain(others).collect()
}

/// Returns the rows of the table for a kind of file.
pub(in crate::markdown) fn rows_of(kind: DocumentKind) -> impl Iterator<Item = &'static FileKey> {
    KEYS.iter().filter(move |row| row.kinds.contains(&kind))
}

fn rows_of_inline_source() -> impl Iterator<Item = &'static FileKey> {
    KEYS.iter().filter(|row| row.is_of_inline_source)
}

/// Returns the names of the keys in front matter of a kind of file other than a claim file.
pub(in crate::markdown) fn names_of(kind: DocumentKind) -> Vec<&'static str> {
    rows_of(kind).map(|row| row.key.name).collect()
}

/// Returns the name of the key that files of a kind must have, if there is one.
pub(in crate::markdown) fn required_of(kind: DocumentKind) -> Option<&'static str> {
    rows_of(kind).find(|row| row.key.is_required).map(|row| row.key.name)
}

/// Reads the values of the keys in `rows`.
pub(in crate::markdown) fn read(
    rows: impl Iterator<Item = &'static FileKey>,
    fields: &mut Fields<'_>,
) -> FrontMatter {
    let mut file = FrontMatter::default();
    for row in rows {
        (row.read)(fields, row.key.name, &mut file);
    }
    file
}

fn words<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(word, _)| *word).collect()
}

fn sealed(text: Spanned<String>) -> Spanned<Wording<String>> {
    Spanned::new(Wording::new(text.value), text.span)
}

/// Reads the names of authors, and reports those that cannot be names.
fn agents(fields: &mut Fields<'_>, key: &str) -> Vec<Spanned<String>> {
    let names = fields.visible_texts(key);
    fields.problems().extend(names.iter().filter_map(|name| ids::bad_name_problem(key, name)));
    names
}

fn read_tags(fields: &mut Fields<'_>, key: &'static str, file: &mut FrontMatter) {
    let tags: Vec<_> = fields.visible_texts(key).iter().flat_map(split_list).collect();
    for tag in tags.iter().filter(|tag| name::id_of(&tag.value).is_empty()) {
        fields.report(ids::name_without_id_problem(tag));
    }
    file.tags = tags;
}

fn read_aliases(fields: &mut Fields<'_>, key: &'static str, file: &mut FrontMatter) {
    file.aliases = fields.visible_texts(key);
}

fn source_reference(fields: &mut Fields<'_>, key: &str) -> Option<Spanned<SourceReference>> {
    let node = fields.node(key)?;
    let reference = match &node.value {
        Value::Map(_) => SourceReference::Inline(Box::new(inline_source(node, fields))),
        _ => SourceReference::Id(fields.visible_text(key)?.value),
    };
    Some(Spanned::new(reference, node.span))
}

fn inline_source(node: &Node, fields: &mut Fields<'_>) -> SourceFacts {
    let known: Vec<&str> = rows_of_inline_source().map(|row| row.key.name).collect();
    let mut inner = Fields::new(node, &known, "a source", &rules::BAD_VALUES, fields.problems());
    read(rows_of_inline_source(), &mut inner).source_facts
}

fn web_address(fields: &mut Fields<'_>, key: &str) -> Option<Spanned<String>> {
    let url = fields.visible_text(key)?;
    if is_web_address(&url.value) {
        return Some(url);
    }
    fields.report(
        Diagnostic::new(
            &rules::UNSAFE_LINKS,
            url.span,
            format!("`{}` is not an `http` or `https` address", url.value),
        )
        .help("write the full address, such as `https://example.org/report`"),
    );
    None
}
