//! Describes front matter and `site.toml` to programs as JSON Schema (draft 2020-12). The schema is made from the
//! tables that the readers of these files use ([`keys_of`], [`config::KEYS`]), so that the two cannot disagree
//! about a key. A schema checks one value at a time; the rules for a whole claim or book are checked by `check`.

use serde_json::{Map, Value, json};

use crate::config::{self, SiteForm, SiteKey, level_words};
use crate::diagnostic::{Rule, RuleKind};
use crate::document::DocumentKind;
use crate::lint;
use crate::markdown::{Form, Key, claim_keys, inline_source_keys, keys_of};
use crate::name::MAX_ID_LENGTH;

/// Parts that have a schema: name, description, and kind of file (`None` for `site.toml`).
pub const PARTS: &[(&str, &str, Option<DocumentKind>)] = &[
    ("article", "front matter of a write-up", Some(DocumentKind::Article)),
    ("claim", "front matter of a claim's own file", Some(DocumentKind::Claim)),
    ("speaker", "front matter of a person or organisation", Some(DocumentKind::Speaker)),
    ("metric", "front matter of a metric", Some(DocumentKind::Metric)),
    ("source", "front matter of a cited document", Some(DocumentKind::Source)),
    ("page", "front matter of a page of your own", Some(DocumentKind::Page)),
    ("home", "front matter of content/_index.md", Some(DocumentKind::Home)),
    ("site", "site.toml", None),
];

/// The first parts of `$id`, which names a schema (JSON Schema draft 2020-12, Core, section 8.2.1). No file is there.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
const VERSION: &str = env!("CARGO_PKG_VERSION");
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Pattern of a date that [`crate::date::PartialDate`] reads. It also matches days that do not exist and years
/// before 1000.
const DATE: &str = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";

/// Pattern of a number.
const NUMBER: &str = r"[-+]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][-+]?[0-9]+)?";
/// Pattern that excludes text after a number which would be a part of that number: `1e6`, `5 000`, `52-60`,
/// `1/3`.
const NO_REST: &str = r"(?![0-9.]|\s*[-0-9+–/'’.,]|\s*[eE][-0-9+]|(k|K|M|mn|B|bn|T|tn)(\s|$))";
/// Pattern of a unit, which may be empty. It also matches text with a second number, which `check` reports.
const UNIT: &str = r"[^\[\]±]*";
/// Pattern of a web address in a text that must be a name.
const ADDRESS: &str = r"://|^[wW]{3}\.";
/// Pattern of the middle of a Markdown link.
const LINK: &str = r"\]\(";
/// Pattern of a reason in a text that must be a name.
const REASON: &str = r" — .*\S";
/// Pattern of a character that readers can see. Invisible characters above U+FFFF are not excluded.
const VISIBLE: &str = r"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8]";

/// Returns the schema of one part, or of front matter of any kind if `part` is `None`. Returns `None` if there is
/// no such part.
pub fn schema(part: Option<&str>) -> Option<Value> {
    let name = part.unwrap_or("front-matter");
    let id = format!("{REPOSITORY}/schemas/{VERSION}/{name}.schema.json");
    let mut schema = json!({ "$schema": DRAFT, "$id": id });
    let members = schema.as_object_mut()?;
    let mut definitions = definitions();
    match part {
        None => {
            members.insert("title".to_owned(), json!("claimbook: front matter of any kind of file"));
            let kinds = PARTS.iter().filter(|(_, _, kind)| kind.is_some());
            let references = kinds.map(|(name, ..)| reference(name)).collect();
            members.insert("anyOf".to_owned(), Value::Array(references));
            for (name, title, kind) in PARTS {
                definitions.insert((*name).to_owned(), object_of(title, *kind));
            }
        }
        Some(part) => {
            let (_, title, kind) = PARTS.iter().find(|(name, ..)| *name == part)?;
            members.extend(object_of(&format!("claimbook: {title}"), *kind).as_object()?.clone());
        }
    }
    let definitions = used(&schema, definitions);
    schema.as_object_mut()?.insert("$defs".to_owned(), Value::Object(definitions));
    Some(schema)
}

/// Returns the definitions that a schema refers to, directly or through other definitions.
fn used(schema: &Value, mut all: Map<String, Value>) -> Map<String, Value> {
    let mut used = Map::new();
    let mut texts = vec![schema.to_string()];
    while let Some(text) = texts.pop() {
        for name in text.split("#/$defs/").skip(1).filter_map(|behind| behind.split('"').next()) {
            if let Some(definition) = all.remove(name) {
                texts.push(definition.to_string());
                used.insert(name.to_owned(), definition);
            }
        }
    }
    used
}

/// Returns the definitions that several keys refer to.
fn definitions() -> Map<String, Value> {
    let lints: Vec<&str> = lints().map(|lint| lint.name).collect();
    let id = format!("[a-z0-9-]{{1,{MAX_ID_LENGTH}}}");
    let text = json!({ "type": ["string", "number", "boolean"] });
    let definitions = json!({
        "text": text,
        "date": {
            "description": "2026, 2026-05 or 2026-05-20",
            "anyOf": [
                { "type": "string", "pattern": format!("^{DATE}$") },
                { "type": "integer", "minimum": 1000, "maximum": 9999 },
            ],
        },
        "truth": { "enum": [true, false, "true", "false"] },
        "id": {
            "description": "lower-case letters, digits and hyphens",
            "anyOf": [
                { "type": "string", "pattern": format!("^{id}$") },
                { "type": "integer", "minimum": 0 },
                { "type": "boolean" },
            ],
        },
        "ids": {
            "description": "ids, with commas between them",
            "anyOf": [
                { "type": "string", "pattern": format!(r"^{id}(\s*,\s*{id})*$") },
                { "type": "integer", "minimum": 0 },
                { "type": "boolean" },
            ],
        },
        "path": {
            "description": "a former address, such as 2025/old-name/",
            "anyOf": [
                { "type": "string", "pattern": "^/*([A-Za-z0-9-]([A-Za-z0-9._-]*[A-Za-z0-9_-])?/)*[A-Za-z0-9-]([A-Za-z0-9._-]*[A-Za-z0-9_-])?/*$" },
                { "type": ["number", "boolean"] },
            ],
        },
        "address": { "type": "string", "pattern": "^https?://" },
        "lint": { "enum": lints },
        "inline-source": object("a source, described in place", &inline_source_keys()),
        "claim-in-list": object("a claim of this write-up", &claim_keys()),
    });
    let mut all = texts();
    all.extend(definitions.as_object().cloned().expect("`json!` with braces makes an object"));
    all
}

/// Returns the definitions of texts that must contain something or must not contain something.
fn texts() -> Map<String, Value> {
    let texts = json!({
        "visible": {
            "description": "text of which readers see something",
            "anyOf": [{ "type": "string", "pattern": VISIBLE }, { "type": ["number", "boolean"] }],
        },
        "filled": {
            "description": "text that is not blank",
            "anyOf": [{ "type": "string", "pattern": r"\S" }, { "type": ["number", "boolean"] }],
        },
        "plain": without("text without links", LINK),
        "tag": without("text without links and reasons", &format!("{LINK}|{REASON}")),
        "name": without("a name without links", &format!("{LINK}|{REASON}|{ADDRESS}")),
        "agent": {
            "description": "a name",
            "anyOf": [
                { "type": "string", "not": { "pattern": ADDRESS } },
                { "type": ["number", "boolean"] },
            ],
        },
    });
    texts.as_object().cloned().expect("`json!` with braces makes an object")
}

/// Returns the schema of a text that is not blank and does not match the pattern `unwanted`.
fn without(description: &str, unwanted: &str) -> Value {
    json!({
        "description": description,
        "anyOf": [
            { "type": "string", "pattern": r"\S", "not": { "pattern": unwanted } },
            { "type": ["number", "boolean"] },
        ],
    })
}

fn lints() -> impl Iterator<Item = &'static Rule> {
    lint::all_rules().into_iter().filter(|rule| matches!(rule.kind, RuleKind::Lint(_)))
}

fn object_of(title: &str, kind: Option<DocumentKind>) -> Value {
    kind.map_or_else(|| site(title), |kind| object(title, &keys_of(kind)))
}

fn object(title: &str, keys: &[Key]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    json!({
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// Returns the schema of a key's value: one value, or a list if the key takes lists, or `null` if the key is
/// optional.
fn property(key: &Key) -> Value {
    let form = (key.form)();
    let single = value(&form);
    let mut forms = vec![single.clone()];
    if key.is_list {
        forms.push(json!({ "type": "array", "items": single }));
    }
    if !key.is_required {
        forms.push(json!({ "type": "null" }));
    }
    // Values of these forms may be blank, because a blank value is read as if the key were absent.
    if matches!(form, Form::Address | Form::Path | Form::Lint) {
        forms.push(json!({ "type": "string", "pattern": r"^\s*$" }));
    }
    match &forms[..] {
        [_] => single,
        _ => json!({ "anyOf": forms }),
    }
}

fn value(form: &Form) -> Value {
    let pattern = |description: &str, pattern: String| json!({ "description": description, "type": "string", "pattern": pattern });
    match form {
        Form::Text => reference("text"),
        Form::Visible => reference("visible"),
        Form::Filled => reference("filled"),
        Form::Plain => reference("plain"),
        Form::Tag => reference("tag"),
        Form::Name => reference("name"),
        Form::Agent => reference("agent"),
        Form::Date => reference("date"),
        Form::Truth => reference("truth"),
        Form::True => json!({ "enum": [true, "true"] }),
        Form::Id => reference("id"),
        Form::Ids => reference("ids"),
        Form::Path => reference("path"),
        Form::Address => reference("address"),
        Form::Lint => reference("lint"),
        Form::Lints => {
            let lints = lints().map(|lint| lint.name).collect::<Vec<_>>().join("|");
            pattern("names of lints — reason", format!(r"^({lints})(\s*,\s*({lints}))*(\s+—\s.*)?$"))
        }
        Form::Measured => or_number(
            "a number, such as ~52 [48, 55] x",
            &format!(r"^[~<>]?\s*{NUMBER}{NO_REST}{UNIT}(\[\s*{NUMBER}\s*,\s*{NUMBER}\s*\]{UNIT})?$"),
        ),
        Form::Expected => or_number(
            "a date or a number, such as 2028-06 [2027-01, 2030-12]",
            &format!(
                r"^({DATE}(\s*\[\s*{DATE}\s*,\s*{DATE}\s*\])?|{NUMBER}{NO_REST}{UNIT}(\[\s*{NUMBER}\s*,\s*{NUMBER}\s*\]{UNIT})?)$"
            ),
        ),
        Form::Word(words) => json!({ "enum": words }),
        Form::Probability => pattern(
            "60% or 0.6, then stated or inferred",
            format!(r"^\s*{NUMBER}\s*%?\s+(stated|inferred)\s*$"),
        ),
        Form::Relation => pattern("[words](claim:id) — reason", r"(\(claim:|\[\[|<claim:)".to_owned()),
        Form::Evidence => {
            pattern("for or against, a link, — what it shows", r"^(for|against)\s.*[\[<]".to_owned())
        }
        Form::Verdict(words) => pattern(
            "2026-11-20 supported by J. Doe — reason with a link",
            format!(r"^{DATE}\s+({})(\s|$)", words.join("|")),
        ),
        Form::Seen => pattern("2026-11-29 by J. Doe", format!(r"^{DATE}\s+by\s+\S")),
        Form::Source => json!({ "anyOf": [reference("text"), reference("inline-source")] }),
        Form::SourceLink => json!({
            "description": "the id of a source, or [title](https://example.org/report)",
            "anyOf": [
                { "type": ["number", "boolean"] },
                {
                    "type": "string",
                    "pattern": r"^(\[[^\]]*\]\((https?://|source:)[^)]*\)|<https?://[^>]*>|(?!.*(://|\]\()).*\S.*)$",
                },
            ],
        }),
        Form::Claims => json!({ "type": "array", "items": reference("claim-in-list") }),
    }
}

/// Returns the schema of a text that matches a pattern, or of a number, because editors read digits alone as a
/// number.
fn or_number(description: &str, pattern: &str) -> Value {
    json!({
        "description": description,
        "anyOf": [{ "type": "number" }, { "type": "string", "pattern": pattern }],
    })
}

fn site(title: &str) -> Value {
    let required = config::KEYS.iter().filter(|key| key.required.is_some()).map(|key| key.name);
    let mut schema = table(config::KEYS);
    schema["title"] = json!(title);
    schema["required"] = required.collect();
    schema
}

/// Returns the schema of a table of `site.toml`.
fn table(keys: &[SiteKey]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), site_key(key))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn site_key(key: &SiteKey) -> Value {
    let mut schema = match key.form {
        SiteForm::Text => json!({ "type": "string" }),
        SiteForm::Address => reference("address"),
        SiteForm::Language => {
            json!({ "type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$" })
        }
        SiteForm::Word(words) => {
            let words = words();
            let truths = [(true, "true"), (false, "false")].into_iter();
            let truths = truths.filter(|(_, word)| words.contains(word)).map(|(truth, _)| json!(truth));
            json!({ "enum": truths.chain(words.iter().map(|word| json!(word))).collect::<Vec<_>>() })
        }
        SiteForm::Lints => {
            let level = |lint: &Rule| json!({ "description": lint.summary, "enum": level_words() });
            let levels: Map<String, Value> =
                lints().map(|lint| (lint.name.to_owned(), level(lint))).collect();
            json!({ "type": "object", "properties": levels, "additionalProperties": false })
        }
        SiteForm::Table(keys) => table(keys),
    };
    schema["description"] = json!(key.description);
    schema
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        for part in PARTS.iter().map(|(name, ..)| Some(*name)).chain([None]) {
            let schema = schema(part).expect("a known part");
            let text = schema.to_string();
            for name in text.split("#/$defs/").skip(1) {
                let name = name.split('"').next().unwrap_or_default();
                assert!(schema["$defs"].get(name).is_some(), "{part:?}: `{name}`");
            }
        }
        assert_eq!(schema(Some("tag")), None);
    }
}
