//! Reports raw HTML that is removed from a page, and elements that are never closed.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::document::RemovedPart;

use super::Context;

/// Name, default level and documentation of the lint `removed-html`.
pub(super) const RULE: Rule = Rule {
    name: "removed-html",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a page leaves out a tag, attribute or class of raw HTML or braces after a heading, or has an element that is never closed",
    explanation: "Raw HTML is cleaned by an allow-list. Elements that are not on it are removed, and their words stay; only \
`<script>`, `<style>` and `<template>` are removed with their content. Attributes such as `style` and `onclick` \
are removed, and so are classes and ids of the theme: a paragraph must not look like a verdict. Of braces at the end of \
a heading, as in `{#id .class}`, only ids and classes are read, and the rest is removed. A tag that HTML \
does not know, such as `<text>`, is shown as it is written. An element that is never closed continues to the end of the \
text, and a closing tag without its element is removed; both are reported. Write `\\<` or a code span to show a tag of HTML, and \
Markdown in place of what is removed.",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for (_, document) in context.book.documents() {
        let html = &document.raw_html;
        problems.extend(html.removed.iter().map(|removed| {
            let (message, help) = words_of(&removed.part);
            Diagnostic::new(&RULE, removed.span, message).help(help)
        }));
        let of_theme = html.classes.iter().filter(|class| context.theme.contains(&class.value));
        problems.extend(of_theme.map(|class| {
            let message = format!("the class `{}` belongs to the theme and is removed", class.value);
            Diagnostic::new(&RULE, class.span, message).help("choose another name, or delete the class")
        }));
    }
}

fn words_of(part: &RemovedPart) -> (String, String) {
    match part {
        RemovedPart::Element(name) => (
            format!("the tag `<{name}>` is removed"),
            format!("write `\\<{name}>` or a code span to show the tag, or delete it"),
        ),
        RemovedPart::Content(name) => (
            format!("`<{name}>` is removed with its content"),
            format!("write `\\<{name}>` or a code span to show the tag, or delete the element"),
        ),
        RemovedPart::Braces(braces) => {
            let shown = braces.replace('{', "\\{").replace('}', "\\}");
            let message = format!("`{braces}` at the end of this heading is removed");
            (message, format!("write `{shown}` to show it; in braces, `#id` and `.class` are read"))
        }
        RemovedPart::Attributes { names, element } => {
            let list = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let message = match names.len() {
                1 => format!("the attribute {list} of `<{element}>` is removed"),
                _ => format!("the attributes {list} of `<{element}>` are removed"),
            };
            (message, "delete what is removed, or write it in Markdown".to_owned())
        }
        RemovedPart::Open(name) => (
            format!("`<{name}>` is never closed"),
            format!("write `</{name}>` where it ends, or `\\<{name}>` or a code span to show the tag"),
        ),
        RemovedPart::Close(name) => (
            format!("`</{name}>` has no opening tag and is removed"),
            format!("delete it, or write `<{name}>` where the element begins"),
        ),
        RemovedPart::Id(id) => (
            format!("the id `{id}` is taken and is removed"),
            "choose another id, without `_` and `:`, that nothing else on the page has".to_owned(),
        ),
    }
}
