//! What may raw HTML do? Little: an allow-list ([`ammonia`]) without scripts, styles, frames, forms
//! and handlers. It runs on the whole text of a page, never on single tags, so that an element opened
//! in one block may close in another.

use std::borrow::Cow;
use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, html::push_html};

use crate::config::BaseUrl;

use super::inline::Spotted;

/// Brackets around the number of a slot: private-use characters that no text may hold.
pub(super) const OPEN: char = '\u{f8f0}';
/// The closing bracket.
pub(super) const CLOSE: char = '\u{f8f1}';

/// The brackets of slots cannot come from an author. Their stand-in is as long, so spans stay right.
pub(super) fn without_brackets(text: &str) -> Cow<'_, str> {
    // One character is found faster than several.
    if text.contains(OPEN) || text.contains(CLOSE) {
        text.replace([OPEN, CLOSE], "\u{fffd}").into()
    } else {
        text.into()
    }
}

/// Clean the HTML of one page. Addresses that begin with `/` become those of the site, unless they have the
/// base path in front already; pictures come from the site itself only.
pub(super) fn clean(html: &str, base_url: &BaseUrl) -> String {
    let base_url = base_url.clone();
    let mut builder = Builder::default();
    builder
        .add_tags(["del", "input", "section", "figure", "figcaption", "details", "summary", "mark"])
        .add_generic_attributes(["id", "class"])
        .add_tag_attributes("input", ["type", "checked", "disabled", "aria-label"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("ol", ["start"])
        .rm_tags(["form", "map", "area", "center", "strike", "tt", "acronym"])
        .rm_tag_attributes("table", ["align", "char", "charoff", "summary"])
        .rm_tag_attributes("td", ["align", "char", "charoff"])
        .rm_tag_attributes("th", ["align", "char", "charoff"])
        .rm_tag_attributes("tr", ["align", "char", "charoff"])
        .rm_tag_attributes("hr", ["align", "size", "width"])
        .rm_tag_attributes("col", ["align", "char", "charoff"])
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") if !value.starts_with('/') || value.starts_with("//") => None,
            ("input", "type") if value != "checkbox" => None,
            // Ids with `_` are the theme's.
            (_, "id") if value.contains('_') => None,
            (_, "href" | "src" | "cite") if value.starts_with('/') && !value.starts_with("//") => {
                let inner = value.strip_prefix(base_url.path()).filter(|inner| inner.starts_with('/'));
                Some(Cow::Owned(base_url.of_link(inner.unwrap_or(value))))
            }
            _ => Some(Cow::Borrowed(value)),
        });
    with_unique_ids(&builder.clean(html).to_string())
}

/// The HTML without ids that stand earlier in it: two of one name would make links ambiguous.
fn with_unique_ids(html: &str) -> String {
    const ID: &str = " id=\"";
    let mut seen = HashSet::new();
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // Attributes are written with double quotes, so a tag without one inside is at its end.
    while let Some((text, tag_on)) = rest.split_once('<') {
        out.push_str(text);
        out.push('<');
        let mut quoted = false;
        let end = tag_on.find(|character| {
            quoted ^= character == '"';
            character == '>' && !quoted
        });
        let (tag, behind) = tag_on.split_at_checked(end.unwrap_or(tag_on.len())).unwrap_or((tag_on, ""));
        let id = tag.split_once(ID).and_then(|(_, id)| id.split_once('"'));
        match id {
            Some((id, _)) if !seen.insert(id) => out.push_str(&tag.replacen(&format!("{ID}{id}\""), "", 1)),
            _ => out.push_str(tag),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The addresses in raw HTML, as written between quotation marks.
pub(super) fn addresses(html: &str) -> impl Iterator<Item = &str> {
    ["href=", "src="].into_iter().flat_map(move |attribute| {
        html.match_indices(attribute).filter_map(move |(at, _)| {
            let value = html.get(at + attribute.len()..)?;
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            value.get(1..)?.split(quote).next()
        })
    })
}

/// Most bytes of raw HTML without an empty line: reading a tag costs the square of its attributes.
const LONGEST: usize = 32 * 1024;

/// The first piece of raw HTML that is too long to be cleaned.
pub(super) fn overlong(events: &[Spotted<'_>]) -> Option<std::ops::Range<usize>> {
    let mut length = 0;
    let mut start = 0..0;
    for (event, place) in events {
        let (Event::InlineHtml(html) | Event::Html(html)) = event else {
            length = 0;
            continue;
        };
        if length == 0 {
            start = place.clone();
        }
        length += html.len();
        if length > LONGEST {
            return Some(start);
        }
    }
    None
}

/// Most tags of raw HTML that may be open at once: the cleaner reopens all of them in each paragraph.
const MOST_OPEN: usize = 64;

/// Whether more tags are open than any author means.
pub(super) fn is_too_deep(events: &[Spotted<'_>]) -> bool {
    let mut open = 0_usize;
    let mut deepest = 0;
    for (event, _) in events {
        if let Event::InlineHtml(tag) | Event::Html(tag) = event {
            if ["<br", "<img", "<hr", "<wbr", "<input", "<!"].iter().any(|void| tag.starts_with(void)) {
                continue;
            }
            open += tag.matches('<').count();
            open = open.saturating_sub(2 * tag.matches("</").count() + tag.matches("/>").count());
            deepest = deepest.max(open);
        }
    }
    deepest > MOST_OPEN
}

/// Whether raw HTML hides what follows it: marks are set behind every block, and one of them is gone,
/// stands inside a tag, or is shown as text instead of markup.
pub(super) fn swallows(events: &[Spotted<'_>]) -> bool {
    let mark = format!("<i>{OPEN}{CLOSE}</i>");
    let mut html = String::new();
    let marked = events.iter().flat_map(|(event, _)| {
        let ends_block = matches!(event, Event::End(tag) if !matches!(tag, pulldown_cmark::TagEnd::Emphasis));
        [Some(event.clone()), ends_block.then(|| Event::Html(mark.clone().into()))]
    });
    push_html(&mut html, marked.flatten());
    html.push_str(&mark);
    let expected = html.matches(&mark).count();
    let cleaned = clean(&html, &BaseUrl::default());
    slots_in_text(&cleaned) != Some(expected) || cleaned.matches(&mark).count() != expected
}

/// The raw HTML that most likely hides what follows it, else the first.
pub(super) fn culprit(events: &[Spotted<'_>]) -> Option<std::ops::Range<usize>> {
    const SWALLOWING: [&str; 8] =
        ["<script", "<style", "<title", "<textarea", "<iframe", "<noscript", "<xmp", "<plaintext"];
    let is_open = |html: &str| {
        let html = html.to_ascii_lowercase();
        let comment = html.contains("<!--") && !html.contains("-->");
        comment || html.matches('"').count() % 2 == 1 || SWALLOWING.iter().any(|tag| html.contains(tag))
    };
    let html = |event: &Event<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    let mut all = events.iter().filter(|(event, _)| html(event));
    let open = all
        .clone()
        .find(|(event, _)| matches!(event, Event::Html(text) | Event::InlineHtml(text) if is_open(text)));
    open.or_else(|| all.next()).map(|(_, place)| place.clone())
}

/// The number of slots, if all of them stand in text and none inside a tag.
pub(super) fn slots_in_text(html: &str) -> Option<usize> {
    let mut count = 0;
    let mut in_tag = false;
    let mut quote = None;
    for character in html.chars() {
        match (in_tag, quote, character) {
            (false, _, '<') => in_tag = true,
            (true, None, '>') => in_tag = false,
            (true, None, '"' | '\'') => quote = Some(character),
            (true, Some(open), close) if open == close => quote = None,
            (false, _, OPEN) => count += 1,
            (true, _, OPEN) => return None,
            _ => {}
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parser;

    #[test]
    fn what_can_run_or_load_is_removed() {
        let base_url = BaseUrl::parse("https://example.org/b/").expect("a base address");
        let check = |html: &str, expected: &str| assert_eq!(clean(html, &base_url), expected, "{html}");
        check("<b onclick=alert(1)>x</b>", "<b>x</b>");
        check("a<script>alert(1)</script>b", "ab");
        check("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>");
        check("<a href=\"/about/\">x</a>", "<a href=\"/b/about/\">x</a>");
        check("<a href=\"/b/about/\">x</a>", "<a href=\"/b/about/\">x</a>");
        check("<a href=\"//example.net/\">x</a>", "<a href=\"//example.net/\">x</a>");
        check("<img src=\"https://example.org/a.png\" alt=\"a\">", "<img alt=\"a\">");
        check("<img src=\"/a.png\">", "<img src=\"/b/a.png\">");
        check("<p style=\"position:fixed\">x</p>", "<p>x</p>");
        check("<iframe src=\"https://example.org\"></iframe>x", "x");
        check("<p id=\"a\">x id=\"a\"</p><b id=\"a\">y</b>", "<p id=\"a\">x id=\"a\"</p><b>y</b>");
        check("<i title='> id=\"a\"' id=a>x</i>", "<i title=\"&gt; id=&quot;a&quot;\" id=\"a\">x</i>");
        check("<details><summary>s</summary>t</details>", "<details><summary>s</summary>t</details>");
    }

    #[test]
    fn html_that_hides_what_follows_is_found() {
        let check = |text: &str, expected: bool| {
            let events: Vec<_> = parser(text).into_offset_iter().collect();
            assert_eq!(swallows(&events), expected, "{text}");
        };
        check("<details>\n\ntext\n\n</details>\n\nmore", false);
        check("a <b>c</b> d", false);
        check("<div>\n\nnever closed", false);
        check("<!-- never closed\n\ntext", true);
        check("<div title=\"\n\ntext\n\nmore", true);
        check("<title>\n\ntext", true);
        check("<style>\n\ntext", true);
    }
}
