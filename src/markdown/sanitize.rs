//! Sanitizes HTML with an allow-list ([`ammonia`]) without scripts, styles, frames, forms and event handlers.
//! `raw_html` has already removed and reported each tag that is not on the list. The sanitizer runs afterwards on
//! the whole text of a page, so that an element may begin in one block and end in another, and so that safety
//! does not depend on the first step alone.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

use crate::config::BaseUrl;
use crate::html::{ALLOWED, RawText, Token, read};

/// Opening bracket around the number of a slot. It is a private-use character, which is replaced in the texts of
/// authors.
pub(in crate::markdown) const SLOT_OPEN: char = '\u{f8f0}';
/// Closing bracket around the number of a slot.
pub(in crate::markdown) const SLOT_CLOSE: char = '\u{f8f1}';

/// Attributes that every element may have.
const GLOBAL_ATTRIBUTES: [&str; 5] = ["class", "dir", "id", "lang", "title"];

/// Attributes that only certain elements may have.
const ELEMENT_ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("img", &["align", "alt", "height", "src", "width"]),
    ("input", &["aria-label", "checked", "disabled", "type"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("q", &["cite"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

/// Whether an allowed element may have an attribute.
pub(in crate::markdown) fn is_allowed_attribute(element: &str, attribute: &str) -> bool {
    let own = ELEMENT_ATTRIBUTES.iter().find(|(name, _)| *name == element).map_or(&[][..], |(_, own)| own);
    GLOBAL_ATTRIBUTES.contains(&attribute) || own.contains(&attribute)
}

/// Whether an author may give an element this id. Ids of the theme contain `_`, and ids of footnotes contain `:`.
pub(in crate::markdown) fn is_allowed_id(id: &str) -> bool {
    !id.is_empty() && !id.contains(|character: char| "_:".contains(character) || character.is_whitespace())
}

/// Replaces the brackets of slots in a text of an author. The replacement has the same number of bytes, so that
/// spans remain valid.
pub(in crate::markdown) fn replace_slot_brackets(text: &str) -> Cow<'_, str> {
    // Searching for one character is faster than searching for several at once.
    if text.contains(SLOT_OPEN) || text.contains(SLOT_CLOSE) {
        text.replace([SLOT_OPEN, SLOT_CLOSE], "\u{fffd}").into()
    } else {
        text.into()
    }
}

/// Sanitizes the HTML of one page. An address that begins with `/` gets the base path of the site, unless it
/// already begins with that path. Images may come only from the site itself. The result is `None` if it does not
/// contain exactly `slots` slots, because markup would have removed one.
pub(in crate::markdown) fn sanitize(html: &str, base_url: &BaseUrl, slots: usize) -> Option<String> {
    let (html, found) = remove_repeated_ids(&sanitize_with_allow_list(html, base_url))?;
    (found == slots).then_some(html)
}

fn sanitize_with_allow_list(html: &str, base_url: &BaseUrl) -> String {
    let base_url = base_url.clone();
    let attributes: HashMap<&str, HashSet<&str>> =
        ELEMENT_ATTRIBUTES.iter().map(|(element, own)| (*element, own.iter().copied().collect())).collect();
    let mut builder = Builder::default();
    builder
        .tags(ALLOWED.iter().copied().collect())
        .generic_attributes(GLOBAL_ATTRIBUTES.into())
        .tag_attributes(attributes)
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") if !value.starts_with('/') || value.starts_with("//") => None,
            ("input", "type") if value != "checkbox" => None,
            // Ids with `_` are reserved for the theme.
            (_, "id") if value.contains('_') => None,
            (_, "href" | "src" | "cite") if value.starts_with('/') && !value.starts_with("//") => {
                let inner = value.strip_prefix(base_url.path()).filter(|inner| inner.starts_with('/'));
                Some(Cow::Owned(base_url.of_link(inner.unwrap_or(value))))
            }
            _ => Some(Cow::Borrowed(value)),
        });
    builder.clean(html).to_string()
}

/// Removes repeated ids from HTML, and returns the HTML and the number of its slots. The result is `None` if a
/// slot is inside a tag. The sanitizer copies elements that an author left open, with their ids, and a repeated
/// id would make links ambiguous.
fn remove_repeated_ids(html: &str) -> Option<(String, usize)> {
    const ID: &str = " id=\"";
    let mut seen = HashSet::new();
    let (mut out, mut copied) = (String::with_capacity(html.len()), 0);
    let (mut slots, mut is_forged) = (0, false);
    read(html, RawText::ScriptAndStyle, |token, range| match token {
        Token::Text(text) => slots += text.matches(SLOT_OPEN).count(),
        Token::Start(tag) => {
            is_forged |= tag.attributes().any(|(_, value)| value.contains(SLOT_OPEN));
            if tag.attribute("id").is_some_and(|id| !seen.insert(id.to_owned())) {
                // After sanitizing, attribute values are in double quotation marks and do not contain this
                // character.
                let source = html.get(range.clone()).unwrap_or_default();
                let (before, id) = source.split_once(ID).unwrap_or((source, ""));
                let after_id = id.split_once('"').map_or("", |(_, behind)| behind);
                out.extend([html.get(copied..range.start).unwrap_or_default(), before, after_id]);
                copied = range.end;
            }
        }
        _ => {}
    });
    out.push_str(html.get(copied..).unwrap_or_default());
    (!is_forged).then_some((out, slots))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_run_or_load_is_removed() {
        let base_url = BaseUrl::parse("https://example.org/b/").expect("a base address");
        let check = |html: &str, expected: &str| {
            assert_eq!(sanitize(html, &base_url, 0).as_deref(), Some(expected), "{html}");
        };
        check("<b onclick=alert(1)>x</b>", "<b>x</b>");
        check("a<script>alert(1)</script>b", "ab");
        check("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>");
        check("<a href=\"MAILTO:a@example.org\">x</a>", "<a href=\"MAILTO:a@example.org\">x</a>");
        check("<a href=\"/about/\">x</a>", "<a href=\"/b/about/\">x</a>");
        check("<a href=\"/b/about/\">x</a>", "<a href=\"/b/about/\">x</a>");
        check("<a href=\"//example.net/\">x</a>", "<a href=\"//example.net/\">x</a>");
        check("<img src=\"https://example.org/a.png\" alt=\"a\">", "<img alt=\"a\">");
        check("<img src=\"/a.png\">", "<img src=\"/b/a.png\">");
        check("<p style=\"position:fixed\">x</p>", "<p>x</p>");
        check("<iframe src=\"https://example.org\"></iframe>x", "x");
        check("<p id=\"a\">x id=\"a\"</p><b id=\"a\">y</b>", "<p id=\"a\">x id=\"a\"</p><b>y</b>");
        check("<b id=\"a\"><p>x</b>y</p>", "<b id=\"a\"></b><p><b>x</b>y</p>");
        check("<i title='> id=\"a\"' id=a>x</i>", "<i title=\"&gt; id=&quot;a&quot;\" id=\"a\">x</i>");
        check("<details><summary>s</summary>t</details>", "<details><summary>s</summary>t</details>");
    }

    #[test]
    fn slots_are_in_text_and_complete() {
        let count = |html: &str, slots| sanitize(html, &BaseUrl::default(), slots).is_some();
        assert!(count(&format!("<p>{SLOT_OPEN}0{SLOT_CLOSE}</p>"), 1));
        assert!(!count(&format!("<p>{SLOT_OPEN}0{SLOT_CLOSE}</p>"), 2));
        assert!(!count(&format!("<p title=\"{SLOT_OPEN}0{SLOT_CLOSE}\">x</p>"), 0));
    }
}
