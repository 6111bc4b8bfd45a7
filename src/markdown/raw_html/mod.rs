//! Replaces the raw HTML in the events of a text. Allowed tags are written anew, other tags are removed and
//! reported, and no word is lost. Events in, the same events with harmless HTML out, and [`RawHtmlFacts`] for checks.
//!
//! One of three things happens to each tag. A tag that HTML does not define was meant as text, so it becomes text. A tag on the
//! allow-list stays, with the attributes that are on the list. Any other HTML tag is removed and the words in the
//! element stay, except those of scripts, styles and templates. If such a tag has neither attributes nor a
//! closing tag, it was meant as text, too. Callouts are not changed, because they show all their text as written.

mod decide;
mod tokens;
mod writer;

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag as Block};

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{RawHtml, Removed, RemovedPart};
use crate::source::{Span, Spanned};
use crate::templates::ThemeClasses;

use crate::markdown::head;
use crate::markdown::inline::{PlacedEvent, end_index};
use crate::markdown::sanitize::is_allowed_id;

/// Most bytes of raw HTML without an empty line. The time to read a tag is quadratic in the number of its
/// attributes.
const MAX_RAW_HTML_LENGTH: usize = 32 * 1024;

/// Facts about the page around the text. They are empty for checks.
#[derive(Default)]
pub(in crate::markdown) struct PageContext<'a> {
    /// Classes of the theme, which are removed from elements.
    pub(in crate::markdown) theme: Option<&'a ThemeClasses>,
    /// Ids that headings of the page have.
    pub(in crate::markdown) ids: HashSet<&'a str>,
}

/// Facts about the raw HTML in a text. Places are byte ranges in the text.
#[derive(Default)]
pub(in crate::markdown) struct RawHtmlFacts {
    pub(in crate::markdown) removed: Vec<(RemovedPart, Range<usize>)>,
    pub(in crate::markdown) classes: Vec<(String, Range<usize>)>,
    pub(in crate::markdown) ids: Vec<(String, Range<usize>)>,
    pub(in crate::markdown) addresses: Vec<Address>,
    /// The first mistake for which the text cannot be shown.
    pub(in crate::markdown) problem: Option<Problem>,
    /// Whether the events still contain tags, so that the page must be sanitized.
    pub(in crate::markdown) has_tags: bool,
}

/// An address in an attribute of raw HTML.
pub(in crate::markdown) struct Address {
    pub(in crate::markdown) value: String,
    pub(in crate::markdown) range: Range<usize>,
    pub(in crate::markdown) is_image: bool,
}

/// A mistake for which raw HTML cannot be shown.
pub(in crate::markdown) enum Problem {
    TooLong(Range<usize>),
    TooDeep(Range<usize>),
    Unclosed(Range<usize>),
}

impl Problem {
    /// Creates the diagnostic. `span_of` converts ranges of the text to spans.
    pub(in crate::markdown) fn diagnostic(&self, span_of: impl Fn(Range<usize>) -> Span) -> Diagnostic {
        let (range, message, help) = match self {
            Self::TooLong(range) => (
                range,
                "a piece of raw HTML is longer than 32 KiB",
                "put empty lines into it, or write it in Markdown",
            ),
            Self::TooDeep(range) => (
                range,
                "more than 64 elements of raw HTML are open here",
                "close them, or write the text in Markdown",
            ),
            Self::Unclosed(range) => (
                range,
                "raw HTML in this file hides what follows it",
                "close every comment, `<!`, `<?`, quotation mark and `<style>`, `<script>` or `<template>` before the next empty \
                 line, or write `\\<` or a code span to show it",
            ),
        };
        Diagnostic::new(&rules::UNCLOSED_HTML, span_of(range.clone()), message).help(help)
    }
}

impl RawHtmlFacts {
    /// Converts the facts to those of a document. Ids that are reserved, or that headings or earlier elements
    /// have, are listed as removed.
    pub(in crate::markdown) fn into_document_facts(
        self,
        headings: &HashSet<&str>,
        span_of: impl Fn(Range<usize>) -> Span,
    ) -> RawHtml {
        let mut removed = self.removed;
        let mut ids = Vec::new();
        let mut seen = headings.clone();
        for (id, range) in &self.ids {
            if is_allowed_id(id) && seen.insert(id) {
                ids.push(Spanned::new(id.clone(), span_of(range.clone())));
            } else {
                removed.push((RemovedPart::Id(id.clone()), range.clone()));
            }
        }
        let classes =
            self.classes.into_iter().map(|(class, range)| Spanned::new(class, span_of(range))).collect();
        let removed =
            removed.into_iter().map(|(part, range)| Removed { part, span: span_of(range) }).collect();
        RawHtml { removed, classes, ids }
    }

    /// Adds the classes of a heading, and reports its other attributes: the page shows only its id and classes.
    pub(in crate::markdown) fn add_heading(&mut self, text: &str, heading: &Block<'_>, range: &Range<usize>) {
        let Block::Heading { level, classes, attrs, .. } = heading else { return };
        let source = text.get(range.clone()).unwrap_or_default();
        let range_of = |name: &str| match source.rfind(name) {
            Some(at) => range.start + at..range.start + at + name.len(),
            None => range.clone(),
        };
        for class in classes {
            self.classes.push((class.to_string(), range_of(class)));
        }
        if let Some((braces, start)) = find_unread_braces(source) {
            let start = range.start + start;
            self.removed.push((RemovedPart::Braces(braces.to_owned()), start..start + braces.len()));
        } else if let Some((first, _)) = attrs.first() {
            let names = attrs.iter().map(|(name, _)| name.to_string()).collect();
            self.removed
                .push((RemovedPart::Attributes { names, element: level.to_string() }, range_of(first)));
        }
    }
}

/// Returns the braces at the end of a heading and the byte where they begin, if they contain anything but ids,
/// classes and attributes. The Markdown parser reads everything in braces as attributes, and drops parts of one
/// character.
fn find_unread_braces(heading: &str) -> Option<(&str, usize)> {
    let heading = heading.trim_end();
    let underline = heading
        .rsplit_once('\n')
        .filter(|(_, line)| line.trim_matches(['>', ' ', '\t', '=', '-']).is_empty());
    let heading = underline.map_or(heading, |(words, _)| words).trim_end();
    let inside = heading.strip_suffix('}')?;
    let start = inside.rfind(['{', '}', '<', '>', '\\', '\n', '\r'])?;
    let inside = inside.get(start..)?.strip_prefix('{')?;
    let is_read = |part: &str| part.len() > 1 && (part.starts_with(['#', '.']) || part.contains('='));
    let is_empty = inside.trim().is_empty();
    (is_empty || !inside.split_ascii_whitespace().all(is_read)).then_some((heading.get(start..)?, start))
}

/// Replaces the raw HTML in the events of a text, and returns the facts about it.
pub(in crate::markdown) fn replace_raw_html<'a>(
    text: &str,
    events: Vec<PlacedEvent<'a>>,
    context: &PageContext<'_>,
) -> (Vec<PlacedEvent<'a>>, RawHtmlFacts) {
    let mut facts = RawHtmlFacts::default();
    if !events.iter().any(|(event, _)| is_raw(event)) {
        return (events, facts);
    }
    if let Some(range) = find_overlong(&events) {
        facts.problem = Some(Problem::TooLong(range));
        return (events.into_iter().filter(|(event, _)| !is_raw(event)).collect(), facts);
    }
    let callouts = callout_ranges(text, &events);
    let mut tokens = tokens::find_tokens(&events, &callouts);
    let hidden = decide::decide_actions(&mut tokens, &mut facts);
    writer::write_events(
        &events,
        &writer::RewriteInput { callouts: &callouts, hidden: &hidden, tokens: &tokens, context },
        facts,
    )
}

fn is_raw(event: &Event<'_>) -> bool {
    matches!(event, Event::Html(_) | Event::InlineHtml(_))
}

/// Returns the range of the first piece of raw HTML that is too long to be read.
fn find_overlong(events: &[PlacedEvent<'_>]) -> Option<Range<usize>> {
    let mut length = 0;
    let mut start = 0..0;
    for (event, range) in events {
        let (Event::InlineHtml(html) | Event::Html(html)) = event else {
            length = 0;
            continue;
        };
        if length == 0 {
            start = range.clone();
        }
        length += html.len();
        if length > MAX_RAW_HTML_LENGTH {
            return Some(start);
        }
    }
    None
}

/// Returns the ranges of events that belong to callouts.
fn callout_ranges(text: &str, events: &[PlacedEvent<'_>]) -> Vec<Range<usize>> {
    let mut callouts: Vec<Range<usize>> = Vec::new();
    for (index, (event, range)) in events.iter().enumerate() {
        let is_inside = callouts.last().is_some_and(|last| index < last.end);
        let quote =
            matches!(event, Event::Start(Block::BlockQuote(_))).then(|| text.get(range.clone())).flatten();
        if !is_inside && quote.is_some_and(|quote| head::find_in_quotation(quote).is_some()) {
            callouts.push(index..end_index(events, index) + 1);
        }
    }
    callouts
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use pulldown_cmark::html::push_html;

    use super::*;
    use crate::config::BaseUrl;
    use crate::html::visible_text;
    use crate::markdown::parser;
    use crate::markdown::sanitize::sanitize;
    use crate::source::Sources;

    /// Returns the HTML of a text before it is sanitized, its facts, and the parts of the text that are removed.
    fn html_and_removed(text: &str) -> (String, RawHtmlFacts, Vec<String>) {
        let sources = Arc::new(Sources::from_texts([("templates/a.css", ".verdict { }")]));
        let context =
            PageContext { theme: Some(&ThemeClasses::new(&sources)), ids: HashSet::from(["taken"]) };
        let (events, facts) = replace_raw_html(text, parser(text).into_offset_iter().collect(), &context);
        let mut html = String::new();
        push_html(&mut html, events.into_iter().map(|(event, _)| event));
        let removed = facts.removed.iter().map(|(part, range)| {
            let source = text.get(range.clone()).expect("a place on character boundaries");
            let name = match part {
                RemovedPart::Element(_) => "tag",
                RemovedPart::Content(_) => "content",
                RemovedPart::Attributes { .. } => "attributes",
                RemovedPart::Id(_) => "id",
                RemovedPart::Open(_) => "open",
                RemovedPart::Close(_) => "close",
                RemovedPart::Braces(_) => "braces",
            };
            format!("{name} {source}")
        });
        let removed = removed.collect();
        (html.trim().to_owned(), facts, removed)
    }

    #[track_caller]
    fn check(text: &str, html: &str, removed: &[&str]) {
        let (found, facts, parts) = html_and_removed(text);
        assert_eq!(found, html, "{text}");
        assert_eq!(parts, removed, "{text}");
        assert!(facts.problem.is_none(), "{text}");
    }

    #[test]
    fn a_tag_that_html_does_not_know_is_text() {
        for name in ["text", "min", "max", "set", "list", "card", "mean", "path", "metadata", "x-y", "TEXT"] {
            let text = format!("Write <{name}> here and </{name}> on.");
            check(&text, &format!("<p>Write &lt;{name}&gt; here and &lt;/{name}&gt; on.</p>"), &[]);
        }
        check("# The <text> *tag*", "<h1>The &lt;text&gt; <em>tag</em></h1>", &[]);
        check("<card>\nof *one*", "<p>&lt;card&gt;\nof *one*</p>", &[]);
        check(
            "a <!x y> b <?x y?> c <![CDATA[x]]>",
            "<p>a &lt;!x y&gt; b &lt;?x y?&gt; c &lt;![CDATA[x]]&gt;</p>",
            &[],
        );
        check(
            "| <min> |\n|---|\n| `<max>` |",
            "<table><thead><tr><th>&lt;min&gt;</th></tr></thead><tbody>\n<tr><td><code>&lt;max&gt;</code></td></tr>\n</tbody></table>",
            &[],
        );
    }

    #[test]
    fn a_lone_tag_without_attributes_is_text() {
        for name in ["title", "search", "input", "script", "style", "template", "svg", "select"] {
            check(&format!("Write <{name}> here."), &format!("<p>Write &lt;{name}&gt; here.</p>"), &[]);
        }
        check("a </title> b", "<p>a &lt;/title&gt; b</p>", &[]);
        check("<title> a </title> b", "<p>a  b</p>", &["tag <title>"]);
        check("<input name=x> a", "<p> a</p>", &["tag <input name=x>"]);
    }

    #[test]
    fn words_of_removed_elements_stay() {
        check("<center>\n\n*a*\n\n</center>", "<p><em>a</em></p>", &["tag <center>"]);
        check("a <select><option>b</option></select> c", "<p>a b c</p>", &["tag <select>", "tag <option>"]);
        check("<iframe src=x>a</iframe>", "<p>a</p>", &["tag <iframe src=x>"]);
        check(
            "<textarea>a <b>c</b></textarea>",
            "<textarea>a <b>c</b></textarea>".replace("<textarea>", "").replace("</textarea>", "").as_str(),
            &["tag <textarea>"],
        );
        check(
            "x <svg viewBox='0'><title>a</title><path d=x/><text>b</text></svg> <path>",
            "<p>x ab &lt;path&gt;</p>",
            &["tag <svg viewBox='0'>"],
        );
        check(
            "<svg>\n<text>a</text>\n\n<text>b</text>\n</svg>\n\n<text>",
            "<p>a</p>\n<p>b\n</p>\n<p>&lt;text&gt;</p>",
            &["tag <svg>"],
        );
        check("a <math><mi>x</mi></math>", "<p>a x</p>", &["tag <math>"]);
    }

    #[test]
    fn scripts_styles_templates_and_comments_have_no_words() {
        check("a <script>b *c* [d](/e)</script> f", "<p>a  f</p>", &["content <script>"]);
        check("a <!-- b --> c", "<p>a  c</p>", &[]);
        check("<style>\n\np > a { }\n\n</style>\n\nb", "<p>b</p>", &["content <style>"]);
        check("<template>\na <b>c</b>\n</template>", "", &["content <template>"]);
        check("a *b <script>c* d</script> e", "<p>a <em>b </em> e</p>", &["content <script>"]);
        for unclosed in [
            "<style>\n\na",
            "<!-- a\n\nb",
            "<div title=\"\n\na",
            "<!TODO a\n\nb",
            "<!TODO a\n\nb\n\n> c",
            "<!DOCTYPE html\n\nb",
            "<?php echo\n\nb",
            "<![CDATA[ x\n\nb",
            "<template>\n\na\n\n</template>",
            "a <script src=x> b",
        ] {
            assert!(matches!(html_and_removed(unclosed).1.problem, Some(Problem::Unclosed(_))), "{unclosed}");
        }
    }

    #[test]
    fn only_attributes_of_the_list_stay() {
        check(
            "a <b style='x' onclick=y lang=de>c</b>",
            "<p>a <b lang=\"de\">c</b></p>",
            &["attributes <b style='x' onclick=y lang=de>"],
        );
        check(
            "<A HREF=/x/ TARGET=_blank>a</A>",
            "<p><a href=\"/x/\">a</a></p>",
            &["attributes <A HREF=/x/ TARGET=_blank>"],
        );
        check("<p class='verdict mine'>a", "<p class=\"mine\">a", &[]);
        check("<p class=verdict>a", "<p>a", &[]);
        check("<i id=a>x</i><i id=a>y</i><i id=taken>z</i>", "<p><i id=\"a\">x</i><i>y</i><i>z</i></p>", &[]);
        check("<input type=checkbox checked> a", "<p><input type=\"checkbox\" checked=\"\"> a</p>", &[]);
        check("<i title='&#xf8f0;\"<'>a</i>", "<p><i title=\"\u{fffd}&quot;&lt;\">a</i></p>", &[]);
    }

    #[test]
    fn addresses_classes_and_ids_have_places() {
        let text = "> <A HREF=/x/>é</A> <a href = '/y/'>b</a> <img src=\"/z\" class='a verdict'>";
        let (_, facts, _) = html_and_removed(text);
        let at = |range: &Range<usize>| text.get(range.clone()).expect("a place on character boundaries");
        let addresses: Vec<_> =
            facts.addresses.iter().map(|found| (at(&found.range), found.is_image)).collect();
        assert_eq!(addresses, [("/x/", false), ("/y/", false), ("/z", true)]);
        let classes: Vec<_> = facts.classes.iter().map(|(_, range)| at(range)).collect();
        assert_eq!(classes, ["a", "verdict"]);
    }

    #[test]
    fn elements_are_opened_and_closed() {
        check("A <b>c.\n\nD", "<p>A <b>c.</p>\n<p>D</p>", &["open <b>"]);
        check("A </b> c </div>", "<p>A  c </p>", &["close </b>", "close </div>"]);
        check(
            "<div>\n\n*a* <i><b>b</i></b>\n\n</div>\n",
            "<div>\n<p><em>a</em> <i><b>b</i></b></p>\n</div>",
            &[],
        );
        check("<ul><li>a<li>b<br></ul><p>c", "<ul><li>a<li>b<br></ul><p>c", &[]);
    }

    #[test]
    fn nesting_and_length_are_bounded() {
        assert!(matches!(html_and_removed(&"<i>".repeat(65)).1.problem, Some(Problem::TooDeep(_))));
        assert!(html_and_removed(&"<li>a<p>b<br>".repeat(65)).1.problem.is_none());
        let long = format!("<b {}>", "a ".repeat(20_000));
        assert!(matches!(html_and_removed(&long).1.problem, Some(Problem::TooLong(_))));
    }

    /// Pieces of Markdown and HTML; `{}` is a word that readers see.
    const PIECES: [&str; 48] = [
        " {} ",
        "{}\n\n",
        "*{}*",
        "**{}",
        "`{}`",
        "~~{}~~",
        "# {}\n\n",
        "> {}\n",
        "- {}\n",
        "1. {}\n\n",
        "| {} |\n|---|\n| {} |\n\n",
        "[{}](/x)",
        "\n```\n{}\n```\n",
        "    {}\n\n",
        "<{}>",
        "</{}>",
        "<{} x=\"a>\">",
        "<!{}>\n",
        "<?{}?>",
        "<text>",
        "<path d='x'/>",
        "<b>",
        "</b>",
        "<a href=/x>{}",
        "</a>",
        "<table>",
        "<tr>{}",
        "<td>{}</td>",
        "</table>\n\n",
        "<div>\n",
        "</div>\n\n",
        "<select>",
        "<option>{}</option>",
        "</select>",
        "<svg x=y>",
        "<title>{}",
        "</title>",
        "</svg>",
        "<math><mi>{}</mi>",
        "</math>",
        "<textarea>{}",
        "</textarea>",
        "<iframe>{}</iframe>",
        "<noscript>{}</noscript>\n",
        "<details open>\n\n<summary>{}</summary>\n\n",
        "<script>x</script>",
        "<!-- x -->",
        "<p style=x>{}\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_word_is_lost(pieces in prop::collection::vec(0..PIECES.len(), 1..24)) {
            let mut text = String::new();
            let mut expected = Vec::new();
            for piece in pieces {
                let (first, rest) = PIECES[piece].split_once("{}").unwrap_or((PIECES[piece], ""));
                text.push_str(first);
                if PIECES[piece].contains("{}") {
                    for (number, part) in rest.split("{}").enumerate() {
                        let word = format!("w{}x{number}", expected.len());
                        text.extend([word.as_str(), part]);
                        expected.push(word);
                    }
                }
            }
            let (html, facts, _) = html_and_removed(&text);
            // An unclosed element that hides text is an error, so such a page is never published.
            prop_assume!(facts.problem.is_none());
            let cleaned = sanitize(&html, &BaseUrl::default(), 0).expect("no slot");
            let found = visible_text(&cleaned);
            // In drawings and formulas, names of elements are not words.
            let is_foreign = text.contains("<svg") || text.contains("<math");
            expected.retain(|word| !is_foreign || ["<", "/"].iter().all(|before| !text.contains(&format!("{before}{word}"))));
            for word in expected {
                prop_assert!(found.contains(&word), "{word} of {text:?} is not in {cleaned:?}");
            }
        }
    }
}
