//! Describes what each key of front matter takes: the tables of keys that reading uses, each with the form of its
//! value, for [`crate::schema`]. A key without a form here fails a test, so the description and the reading have
//! the same keys.

use crate::document::{DocumentKind, Kind, RelationKind, VerdictWord};

use super::claim_facts::{KEYS, REPEATED};
use super::front_matter::{CLAIM_KEYS, DIRECTIONS, SCALES, SORTS, SOURCE_KEYS, keys};

/// What the value of a key looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// One line of text.
    Text,
    /// One line of text of which readers see something.
    Visible,
    /// One line of text that is not blank.
    Filled,
    /// The same without a link.
    Plain,
    /// The same without a reason.
    Tag,
    /// The same without an address: somebody or something that gets a page.
    Name,
    /// One line of text that is not an address: who wrote or published something.
    Agent,
    /// A number with what may stand around it, such as `~52 [48, 55] x`.
    Measured,
    /// A date or a number, and `[low, high]`.
    Expected,
    /// `2026`, `2026-05` or `2026-05-20`.
    Date,
    /// `true` or `false`.
    Truth,
    /// `true`, or nothing.
    True,
    /// An id.
    Id,
    /// Ids with commas between them.
    Ids,
    /// A former address of a page, such as `2025/old-name/`.
    Path,
    /// An `http` or `https` address.
    Address,
    /// One of some words.
    Word(Vec<&'static str>),
    /// `60% stated`.
    Probability,
    /// A link to a claim, and a reason.
    Relation,
    /// `for` or `against`, a link, and a note.
    Evidence,
    /// A date, one of some words, `by` a name, and a reason.
    Verdict(Vec<&'static str>),
    /// A date, and `by` a name.
    Seen,
    /// The id of a source, or its keys in place.
    Source,
    /// The id of a source, or `[title](address)`.
    SourceLink,
    /// A list of claims.
    Claims,
    /// The name of a lint.
    Lint,
    /// Names of lints with commas between them, and a reason.
    Lints,
}

/// A key and what it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What its value looks like; `None` when nobody has said so.
    pub form: Option<Form>,
    /// It takes a list as well as a single value.
    pub is_list: bool,
    /// A file without it has an error.
    pub is_required: bool,
}

/// The keys of a kind of file, in the order they are listed to people.
pub fn keys_of(kind: DocumentKind) -> Vec<Key> {
    if kind == DocumentKind::Claim {
        let mut keys = claim_keys();
        keys.retain(|key| key.name != "id");
        keys.push(Key { name: "draft", form: Some(Form::Truth), is_list: false, is_required: false });
        return keys;
    }
    let title = match kind {
        DocumentKind::Home | DocumentKind::Claim => "",
        DocumentKind::Speaker => "name",
        _ => "title",
    };
    let key = |&name: &&'static str| Key {
        name,
        form: match name {
            "aliases" if kind != DocumentKind::Speaker => Some(Form::Path),
            _ if name == title => Some(Form::Visible),
            _ => file_form(name),
        },
        is_list: matches!(name, "authors" | "author" | "tags" | "aliases" | "allow"),
        is_required: name == title,
    };
    keys(kind).iter().map(key).collect()
}

/// The keys of a source that is described in a write-up.
pub fn inline_source_keys() -> Vec<Key> {
    let key = |&name| Key { name, form: file_form(name), is_list: name == "author", is_required: false };
    SOURCE_KEYS.iter().map(key).collect()
}

/// The keys of a claim in a list of a write-up's front matter.
pub fn claim_keys() -> Vec<Key> {
    let key = |&name: &&'static str| Key {
        name,
        form: claim_form(name),
        is_list: REPEATED.contains(&name) || RelationKind::parse(name).is_some(),
        is_required: matches!(name, "id" | "statement" | "kind" | "by"),
    };
    ["id"].iter().chain(CLAIM_KEYS).chain(KEYS).map(key).collect()
}

fn file_form(key: &str) -> Option<Form> {
    Some(match key {
        "title" | "name" | "summary" | "tags" | "unit" | "aliases" => Form::Text,
        "authors" | "author" | "publisher" => Form::Agent,
        "date" | "updated" | "published" => Form::Date,
        "draft" => Form::Truth,
        "url" => Form::Address,
        "type" => Form::Word(SORTS.iter().map(|(word, _)| *word).collect()),
        "better" => Form::Word(DIRECTIONS.iter().map(|(word, _)| *word).collect()),
        "scale" => Form::Word(SCALES.iter().map(|(word, _)| *word).collect()),
        "source" => Form::Source,
        "claims" => Form::Claims,
        "allow" => Form::Lint,
        _ => return None,
    })
}

fn claim_form(key: &str) -> Option<Form> {
    if RelationKind::parse(key).is_some() {
        return Some(Form::Relation);
    }
    Some(match key {
        "quote" => Form::Visible,
        "criteria" | "if" => Form::Filled,
        "by" | "via" | "metric" => Form::Name,
        "tags" => Form::Tag,
        "statement" | "subject" | "method" => Form::Plain,
        "source" => Form::SourceLink,
        "aliases" => Form::Ids,
        "allow" => Form::Lints,
        "said" | "as-of" | "resolves" => Form::Date,
        "id" | "question" => Form::Id,
        "kind" => Form::Word(Kind::ALL.iter().map(|kind| kind.word()).collect()),
        "seen" => Form::Seen,
        "value" => Form::Measured,
        "expects" => Form::Expected,
        "proposed" => Form::True,
        "probability" => Form::Probability,
        "evidence" => Form::Evidence,
        "verdict" => Form::Verdict(VerdictWord::ALL.iter().map(|verdict| verdict.word()).collect()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_form() {
        let kinds = [
            DocumentKind::Home,
            DocumentKind::Article,
            DocumentKind::Claim,
            DocumentKind::Speaker,
            DocumentKind::Metric,
            DocumentKind::Source,
            DocumentKind::Page,
        ];
        let of_files = kinds.into_iter().flat_map(keys_of);
        for key in of_files.chain(claim_keys()).chain(inline_source_keys()) {
            assert!(key.form.is_some(), "`{}` has no form", key.name);
        }
    }
}
