//! Are interface texts in their table, and does something use each of them?

use std::collections::{BTreeMap, BTreeSet};

use claimbook::templates::{built_in_file, built_in_names};
use claimbook::texts::TEXTS;

use crate::tidy::sources;

/// Words in templates that no reader sees: values of `og:type`.
const UNSEEN: &[(&str, &str)] =
    &[("article.html", "article"), ("claim.html", "article"), ("speaker.html", "profile")];

/// Attributes that readers see or hear.
const ATTRIBUTES: &[&str] = &["aria-label", "title", "placeholder", "alt", "data-l"];

/// Arguments of components that readers see.
const ARGUMENTS: &[&str] = &["text", "title", "label", "heading", "empty", "total", "words"];

fn templates() -> impl Iterator<Item = (String, &'static str)> {
    built_in_names()
        .into_iter()
        .filter(|name| !name.starts_with("assets/"))
        .map(|name| (name.clone(), built_in_file(&name).expect("a built-in file")))
}

/// A template without its tags and comments, and the tags.
fn split(template: &str) -> (String, Vec<&str>) {
    let (mut html, mut tags, mut rest) = (String::new(), Vec::new(), template);
    while let Some((before, tag)) = rest.find('{').map(|start| rest.split_at(start)) {
        let end = match tag.get(..2) {
            Some("{{") => tag.find("}}"),
            Some("{%") => tag.find("%}"),
            Some("{#") => tag.find("#}"),
            _ => panic!("this opens no tag: {tag}"),
        };
        let (tag, behind) = tag.split_at(end.expect("a tag is closed") + 2);
        html.push_str(before);
        if !tag.starts_with("{#") {
            tags.push(tag);
        }
        rest = behind;
    }
    html.push_str(rest);
    (html, tags)
}

/// The values of attributes or arguments with these names that are written as words.
fn values<'t>(text: &'t str, names: &[&str]) -> Vec<&'t str> {
    let mut found = Vec::new();
    for name in names {
        let behind = text.split(&format!(" {name}=\"")).skip(1).collect::<Vec<_>>();
        found.extend(behind.into_iter().filter_map(|behind| behind.split('"').next()));
    }
    found.retain(|value| value.contains(char::is_alphabetic));
    found
}

/// The words of a template that readers see and that are not in the table.
fn words_of(template: &str) -> Vec<String> {
    let (html, tags) = split(template);
    let mut found: Vec<String> = values(&html, ATTRIBUTES).into_iter().map(str::to_owned).collect();
    // The label of a table of claims is the id of a heading.
    let components = tags.iter().filter(|tag| tag.contains('<') && !tag.contains("<claim_table"));
    found.extend(components.flat_map(|tag| values(tag, ARGUMENTS)).map(str::to_owned));
    let texts = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    found.extend(texts.filter(|text| text.contains(char::is_alphabetic)).map(|text| text.trim().to_owned()));
    found
}

#[test]
fn words_of_templates_are_found() {
    let check = |template, expected: &[&str]| assert_eq!(words_of(template), expected, "{template}");
    check("<p>{{ \"frame.claims\" | text }}, {{ n }} 3</p>", &[]);
    check("<p class=\"id\">Claims</p>", &["Claims"]);
    check("<p aria-label=\"Tags\" title=\"{{ \"frame.tags\" | text }}\">{# note #}</p>", &["Tags"]);
    check("{{ <find id=\"q_\" label=\"Find\" class=\"wide\" /> }}{% if a == \"b\" %}", &["Find"]);
}

#[test]
fn no_template_has_words_of_its_own() {
    let mut found: BTreeSet<(String, String)> = BTreeSet::new();
    for (name, template) in templates() {
        found.extend(words_of(template).into_iter().map(|words| (name.clone(), words)));
    }
    let expected: BTreeSet<(String, String)> =
        UNSEEN.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned())).collect();
    assert_eq!(found, expected, "words in templates belong into src/texts/");
}

/// The words in a line of code that look like a label or a sentence.
fn words_in_code(line: &str) -> impl Iterator<Item = &str> {
    let is_code = ["expect(", "reason = ", "#[serde", "include_str!"].iter().any(|word| line.contains(word));
    let literals = line.split('"').skip(1).step_by(2).filter(move |_| !is_code);
    literals.filter(|literal| {
        let is_label = literal.len() > 1
            && literal.starts_with(char::is_uppercase)
            && !literal.contains(|letter: char| letter.is_numeric());
        let words = literal.split(' ').collect::<Vec<_>>();
        let is_word = |word: &&str| word.len() > 1 && word.chars().all(char::is_alphabetic);
        is_label || words.windows(2).any(|pair| pair.iter().all(is_word))
    })
}

#[test]
fn no_page_and_no_chart_has_words_of_its_own() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| source.path.starts_with("page/") || source.path.starts_with("chart/"))
        // The types of schema.org are data.
        .filter(|source| source.path != "page/parts/json_ld.rs")
        .flat_map(|source| {
            let words = source.code.lines().flat_map(words_in_code);
            words.map(|words| format!("src/{}: {words}", source.path)).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "these words belong into src/texts/:\n{}", found.join("\n"));
    assert_eq!(
        words_in_code("fact(\"Unit\", \"a b\", \"it was\", \"m e\")").collect::<Vec<_>>(),
        ["Unit", "it was"]
    );
}

/// The keys of texts in a template: those of the filters `text` and `texts`.
fn keys_of(template: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for (at, _) in template.match_indices("\" | text") {
        keys.extend(template.get(..at).and_then(|before| before.rsplit('"').next()));
    }
    for (at, _) in template.match_indices("\"] | texts") {
        let list = template.get(..at).and_then(|before| before.rsplit('[').next()).unwrap_or_default();
        keys.extend(list.split("\", \""));
    }
    keys.iter().map(|key| key.trim_start_matches('"')).collect()
}

#[test]
fn scripts_have_the_texts_that_they_use_and_no_words_of_their_own() {
    let script = |name: &str| built_in_file(name).expect("a built-in file");
    for name in
        built_in_names().iter().filter(|name| name.rsplit_once('.').is_some_and(|(_, end)| end == "js"))
    {
        let words: Vec<&str> = script(name)
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(words_in_code)
            // Names of keys on the keyboard, classes, and a form of Unicode.
            .filter(|words| {
                !["Escape", "ArrowDown", "ArrowUp", "tbl fold", "id bare", "NFKD"].contains(words)
            })
            .collect();
        assert!(words.is_empty(), "these words of {name} belong into src/texts/: {words:?}");
    }
    for (name, template) in [("assets/claims.js", "claims.html"), ("assets/search.js", "search.html")] {
        let template = built_in_file(template).expect("a built-in file");
        let block = template.split_once("id=\"texts_\"").expect("texts for the script").1;
        let keys = keys_of(block.split_once("</script>").expect("an end").0);
        let called = script(name).split("text(").skip(1).filter_map(|call| {
            // A key is written out, or begins like the others of its group: `search.in_${group}`.
            let key = call.strip_prefix(['"', '`'])?;
            key.split(['"', '`', '$']).next()
        });
        for call in called {
            assert!(keys.iter().any(|key| key.starts_with(call)), "{name} uses {call}");
        }
    }
}

#[test]
fn templates_and_code_use_every_text_and_no_other() {
    let keys: BTreeSet<String> = TEXTS.all().into_iter().map(|(key, _)| key).collect();
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    for (name, template) in templates() {
        used.extend(keys_of(template).into_iter().map(|key| (key.to_owned(), name.clone())));
    }
    let unknown: Vec<_> = used.iter().filter(|(key, _)| !keys.contains(*key)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let code: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.path.starts_with("texts/"))
        .map(|source| source.code.split_whitespace().collect())
        .collect();
    let is_called = |key: &str| {
        let (section, name) = key.split_once('.').expect("a key has two parts");
        let (call, section, method) =
            (format!("TEXTS.{section}.{name}("), format!("=&TEXTS.{section};"), format!(".{name}("));
        code.iter().any(|code| code.contains(&call) || (code.contains(&section) && code.contains(&method)))
    };
    let unused: Vec<&String> =
        keys.iter().filter(|key| !used.contains_key(*key) && !is_called(key)).collect();
    assert!(unused.is_empty(), "nothing uses {unused:?}");
}
