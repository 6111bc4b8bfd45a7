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
            let (message, help) = message_and_help(&removed.part);
            Diagnostic::new(&RULE, removed.span, message).help(help)
        }));
        let theme_classes = html.classes.iter().filter(|class| context.theme.contains(&class.value));
        problems.extend(theme_classes.map(|class| {
            let message = format!("the class `{}` belongs to the theme and is removed", class.value);
            Diagnostic::new(&RULE, class.span, message).help("choose another name, or delete the class")
        }));
    }
}

fn message_and_help(part: &RemovedPart) -> (String, String) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::Example;
    use crate::lint::tests::{check_allowed, check_article, check_example};

    /// Asserts what is reported in one line.
    #[track_caller]
    fn check_line(line: &str, message: &str, place: &str) {
        check_article(&RULE, line, &[(message, place)]);
    }

    #[test]
    fn tags_attributes_and_ids_that_are_removed_are_reported() {
        check_line("A <select>b</select>.", "the tag `<select>` is removed", "<select>");
        check_line("<script>\ngo();\n</script>", "`<script>` is removed with its content", "<script>");
        let tag = "<p style=\"color: red\">";
        check_line(&format!("{tag}A</p>"), "the attribute `style` of `<p>` is removed", tag);
        let tag = "<b onclick=go() onload=go()>";
        check_line(&format!("A {tag}b</b>."), "the attributes `onclick`, `onload` of `<b>` are removed", tag);
        check_line("<a id=\"main_\"></a>", "the id `main_` is taken and is removed", "main_");
        check_line("A <b>b.", "`<b>` is never closed", "<b>");
        check_line("A </i> b.", "`</i>` has no opening tag and is removed", "</i>");
    }

    #[test]
    fn classes_of_the_theme_are_reported() {
        let check = |texts: &[(&str, &str)], expected: &[(&str, &str)]| {
            check_example(&RULE, Example::new(texts).with_theme(), expected);
        };
        let own = ("templates/assets/style.css", ".mine { color: red }");
        let text = "---\ntitle: A\n---\n\n<p class=\"s-refuted mine\">A</p>\n";
        check(
            &[("content/articles/a.md", text)],
            &[("the class `s-refuted` belongs to the theme and is removed", "s-refuted")],
        );
        check(
            &[("content/articles/a.md", text), own],
            &[
                ("the class `s-refuted` belongs to the theme and is removed", "s-refuted"),
                ("the class `mine` belongs to the theme and is removed", "mine"),
            ],
        );
    }

    #[test]
    fn braces_after_headings_are_reported() {
        check_line("## Area in km^{2}", "`{2}` at the end of this heading is removed", "{2}");
        check_line("## The set {}", "`{}` at the end of this heading is removed", "{}");
        check_article(&RULE, "## Shown \\{n\\} {#shown .mine}\n\n## Code `{n}`\n", &[]);
    }

    #[test]
    fn what_is_shown_as_it_is_written_is_clean() {
        check_article(&RULE, "A <text> and `<script>`, \\<iframe>, <i>a *b* <b>c</b></i>.\n", &[]);
    }

    #[test]
    fn an_allow_of_the_file_suppresses_it() {
        let text = "---\ntitle: A\nallow: removed-html\n---\n\nA <select>b</select>.\n";
        check_allowed(&RULE, &[("content/articles/a.md", text)]);
    }
}
