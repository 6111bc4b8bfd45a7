//! Gives templates the interface texts: the filters `text` and `texts`, and texts that are written into the built-in templates
//! before they are parsed.

use std::collections::HashMap;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::filters::Html;
use crate::html::escape;
use crate::texts::{TEXTS, Text, TextPart, parts};

/// What is before and after a key in a template, if the text has no placeholders.
const BEFORE: &str = "{{ \"";
const AFTER: &str = "\" | text }}";

/// The interface texts by key.
pub(super) struct TextTable(HashMap<String, Text>);

impl TextTable {
    pub(super) fn new() -> Self {
        Self(TEXTS.all().into_iter().collect())
    }

    /// Writes the texts without placeholders into a built-in template. Pages contain dozens of such texts, and a
    /// filter would look each of them up again on every page.
    pub(super) fn written_into(&self, template: &str) -> String {
        let mut written = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, behind)) = rest.split_once(BEFORE) {
            written.push_str(before);
            let known = behind.split_once(AFTER).and_then(|(key, rest)| Some((self.0.get(key)?, rest)));
            if let Some((text, behind)) = known {
                let [_, words] = text.forms();
                written.push_str(&escape(words));
                rest = behind;
            } else {
                written.push_str(BEFORE);
                rest = behind;
            }
        }
        written.push_str(rest);
        written
    }

    /// Registers the filters `text`, `{{ "list.due" | text(date=claim.resolves | day) }}`, and `texts`, which writes
    /// texts as JSON for a script: `{{ ["list.claim", "count.claims"] | texts }}`. Must be called before templates
    /// are added.
    pub(super) fn register(self, tera: &mut Tera) {
        let table = Arc::new(self);
        let for_scripts = Arc::clone(&table);
        tera.register_filter("text", move |key: &str, arguments: Kwargs, state: &State<'_>| {
            table.filled(key, &arguments, state)
        });
        tera.register_filter("texts", move |keys: Vec<String>, _: Kwargs, _: &State<'_>| {
            for_scripts.json(&keys)
        });
    }

    fn find(&self, key: &str) -> TeraResult<Text> {
        self.0.get(key).copied().ok_or_else(|| Error::message(format!("there is no text `{key}`")))
    }

    /// Returns texts as a JSON object that is safe inside of a `<script>`. Each value is an array of the forms for one and
    /// for other numbers, in which `{name}` is a placeholder.
    fn json(&self, keys: &[String]) -> TeraResult<Value> {
        let mut json = serde_json::Map::new();
        for key in keys {
            let text = self.find(key)?;
            json.insert(key.clone(), text.forms().into_iter().collect());
        }
        let json = serde_json::Value::from(json).to_string().replace('<', "\\u003c");
        Ok(Value::safe_string(&json))
    }

    fn filled(&self, key: &str, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
        let text = self.find(key)?;
        let count = arguments.get::<i64>("count")?;
        let mut html = Html::new();
        let [one, other] = text.forms();
        for part in parts(if count == Some(1) { one } else { other }) {
            match part {
                TextPart::Words(words) => html.text(words)?,
                TextPart::Placeholder(name) => {
                    let value: &Value = arguments.must_get(name)?;
                    html.markup(&state.escape_if_needed(value)?)
                }
            };
        }
        html.done()
    }
}

#[cfg(test)]
mod tests {
    use tera::Context;

    use super::*;

    #[track_caller]
    fn check(template: &str, expected: &str) {
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        super::super::filters::register(
            &mut tera,
            crate::config::BaseUrl::parse("https://example.org/").expect("an address"),
        );
        TextTable::new().register(&mut tera);
        tera.add_raw_templates([("page.html", template)]).expect("a template that can be parsed");
        let mut context = Context::new();
        context.insert("name", "A & B");
        let rendered = tera.render("page.html", &context).map_err(|error| error.to_string());
        match rendered {
            Ok(html) => assert_eq!(html, expected),
            Err(error) => assert!(error.contains(expected), "{error}"),
        }
    }

    #[test]
    fn a_template_fills_a_text_with_escaped_values() {
        check("{{ \"frame.claims\" | text }}", "Claims");
        check("{{ \"list.by\" | text(name=name) }}", "by A &amp; B");
        check("{{ \"list.by\" | text(name=name | bdi) }}", "by <bdi>A &amp; B</bdi>");
        check(
            "{{ \"list.due\" | text(date=\"2026-05\" | day) }}",
            "due <time datetime=\"2026-05\">May 2026</time>",
        );
        check("{% set count = 1 %}{{ \"count.claims\" | text(count=count) }}", "1 claim");
        check("{{ \"count.claims\" | text(count=0) }}", "0 claims");
        check("{{ \"list.by\" | text }}", "name");
        check("{{ \"no.such\" | text }}", "there is no text `no.such`");
    }

    #[test]
    fn a_script_gets_texts_as_json() {
        check(
            "{{ [\"list.claim\", \"count.claims\"] | texts }}",
            "{\"count.claims\":[\"{count} claim\",\"{count} claims\"],\"list.claim\":[\"Claim\",\"Claim\"]}",
        );
        check("{{ [\"no.such\"] | texts }}", "there is no text `no.such`");
    }

    #[test]
    fn texts_without_placeholders_are_written_into_a_template() {
        let check = |template, expected| assert_eq!(TextTable::new().written_into(template), expected);
        check(
            "<p>{{ \"frame.claims\" | text }}, {{ \"a/\" | address }}</p>",
            "<p>Claims, {{ \"a/\" | address }}</p>",
        );
        check("{{ \"no.such\" | text }}{{ \"frame.tags\" | text }}", "{{ \"no.such\" | text }}Tags");
    }
}
