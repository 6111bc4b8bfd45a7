//! Describes the value of each key in front matter, for [`crate::schema`]. The tables of keys are those that the
//! reader uses, and a test fails if a key has no form here, so that the description and the reader agree.

use crate::document::{DocumentKind, Kind, RelationKind, VerdictWord};

use crate::markdown::claim::keys::{KEYS, REPEATED};
use crate::markdown::front_matter::{CLAIM_KEYS, DIRECTIONS, SCALES, SORTS, SOURCE_KEYS, keys};

/// Form of the value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// One line of text.
    Text,
    /// One line of text with at least one visible character.
    Visible,
    /// One line of text that is not blank.
    Filled,
    /// One line of text without a link.
    Plain,
    /// One line of text without a link or a reason.
    Tag,
    /// The name of a speaker or metric, which has a page: one line of text without a link, a reason or an
    /// address.
    Name,
    /// The name of an author or publisher: one line of text that is not an address.
    Agent,
    /// A number with an optional sign, interval and unit, such as `~52 [48, 55] x`.
    Measured,
    /// A date or a number, with an optional interval `[low, high]`.
    Expected,
    /// `2026`, `2026-05` or `2026-05-20`.
    Date,
    /// `true` or `false`.
    Truth,
    /// `true`; otherwise the key is left out.
    True,
    /// The id of a claim or question.
    Id,
    /// Ids, separated by commas.
    Ids,
    /// A former address of a page, such as `2025/old-name/`.
    Path,
    /// An `http` or `https` address.
    Address,
    /// One word of a list.
    Word(Vec<&'static str>),
    /// A number and `stated` or `inferred`, such as `60% stated`.
    Probability,
    /// A link to a claim, and an optional reason.
    Relation,
    /// `for` or `against`, a link, and an optional note.
    Evidence,
    /// A date, one word of a list, and optionally `by` with a name, and a reason.
    Verdict(Vec<&'static str>),
    /// A date, and `by` with a name.
    Seen,
    /// The id of a source, or a mapping that describes the source in place.
    Source,
    /// The id of a source, or `[title](address)`.
    SourceLink,
    /// A list of claims.
    Claims,
    /// The name of a lint.
    Lint,
    /// Names of lints, separated by commas, and an optional reason.
    Lints,
}

/// A key and the form of its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Name of the key.
    pub name: &'static str,
    /// Form of the value; `None` if this module does not describe the key, which a test excludes.
    pub form: Option<Form>,
    /// Whether the key accepts a list as well as a single value.
    pub is_list: bool,
    /// Whether a file or claim without the key has an error.
    pub is_required: bool,
}

/// Returns the keys that a kind of file accepts, in the order in which documentation lists them.
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

/// Returns the keys of a source that is described in a write-up.
pub fn inline_source_keys() -> Vec<Key> {
    let key = |&name| Key { name, form: file_form(name), is_list: name == "author", is_required: false };
    SOURCE_KEYS.iter().map(key).collect()
}

/// Returns the keys of a claim in the list `claims` of a write-up's front matter.
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
