//! Describes the value of each key in front matter, for [`crate::schema`]. The tables of keys are those that the
//! reader uses, and a test fails if a key has no form here, so that the description and the reader agree.

use crate::document::DocumentKind;

use crate::markdown::claim::keys::{ClaimKey, KEYS};
use crate::markdown::form::Form;
use crate::markdown::front_matter::{DIRECTIONS, SCALES, SORTS, SOURCE_KEYS, keys};

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
    let part = |name, form, is_required| Key { name, form: Some(form), is_list: false, is_required };
    let parts = [
        part("id", Form::Id, true),
        part("statement", Form::Plain, true),
        part("quote", Form::Visible, false),
    ];
    let fact = |key: &ClaimKey| Key {
        name: key.name,
        form: Some((key.form)()),
        is_list: key.is_repeated,
        is_required: key.is_required,
    };
    parts.into_iter().chain(KEYS.iter().map(fact)).collect()
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
