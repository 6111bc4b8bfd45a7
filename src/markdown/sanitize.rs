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

/// Most times that HTML is sanitized until it stays the same. Of a million random sequences of up to 25 tags, none
/// needed more than three.
const MAX_PASSES: usize = 16;

/// Sanitizes the HTML of one page. An address that begins with `/` gets the base path of the site, unless it
/// already begins with that path. Images may come only from the site itself. The result is `None` if it does not
/// contain exactly `slots` slots, because markup would have removed one, or if it is not read as it is written.
///
/// The elements that a parser makes of misnested tags can be such that a parser reads their HTML differently: in
/// `<li><div><li>`, the second `<li>` closes the `<div>`, and its closing tag then ends an element of the page. So
/// the result is sanitized again until it stays the same.
pub(in crate::markdown) fn sanitize(html: &str, base_url: &BaseUrl, slots: usize) -> Option<String> {
    let mut sanitized = sanitize_with_allow_list(html, base_url);
    for _ in 1..MAX_PASSES {
        let again = sanitize_with_allow_list(&sanitized, base_url);
        if again == sanitized {
            let (html, found) = remove_repeated_ids(&sanitized)?;
            return (found == slots).then_some(html);
        }
        sanitized = again;
    }
    None
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
    use std::collections::BTreeSet;

    use scraper::ElementRef;

    use crate::graph::example::{Example, article, claim};
    use crate::templates::built_in_file;

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

    const CALLOUT: &str = "> [!claim] pace\n> **It rose to <list> of CO<sub>2</sub>.**\n>\n> > He said <card> so.\n>\n\
        > - kind:: statement\n> - by:: jane-doe\n\
        > - verdict:: 2026-01 supported by J. Doe — see <path> and [<metadata>](https://example.org/)\n";

    #[test]
    fn words_in_angle_brackets_are_shown_everywhere() {
        let body = format!(
            "# About <min> words\n\nWrite <text> here and [see <mean>](claim:pace) or <title>.\n\n\
             - <max> ![a <image2>](/a.png)\n\n| <set> |\n|---|\n| a |\n\n{CALLOUT}"
        );
        let example = Example::new(&[
            ("content/articles/a.md", &format!("---\ntitle: The <a1>\nsummary: A <a2> in it\n---\n\n{body}")),
            ("content/speakers/jane-doe.md", "---\nname: Jane Doe\n---\n\nShe wrote <title> once.\n"),
            (
                "content/claims/two.md",
                "---\nstatement: \"Two <text> of CO<sub>2</sub>.\"\nkind: statement\nby: jane-doe\n---\n\nWrite <text> here.\n",
            ),
        ]);
        let site = example.render();
        let check = |path: &str, expected: &[&str]| {
            let words = site.page(path).words("main").concat();
            for shown in expected {
                assert!(words.contains(shown), "{shown}: {words}");
            }
        };
        check(
            "articles/a/index.html",
            &[
                "The <a1>",
                "A <a2> in it",
                "About <min> words",
                "Write <text> here and see <mean>",
                "or <title>.",
                "<max>",
                "<set>",
            ],
        );
        site.page("articles/a/index.html").contains("alt=\"a &lt;image2&gt;\"");
        let claim =
            ["It rose to <list> of CO<sub>2</sub>.", "He said <card> so.", "See <path> and <metadata>"];
        check("claims/pace/index.html", &claim);
        check("claims/two/index.html", &["Two <text> of CO<sub>2</sub>.", "Write <text> here."]);
        check("speakers/jane-doe/index.html", &["She wrote <title> once."]);
    }

    #[test]
    fn classes_of_the_theme_are_removed() {
        let text = "# A heading {.st .mine}\n\n<p class='s-refuted card own mine'>It fell.</p>\n\n<b class=\"st\">x</b>\n\n\
                    ```rust\tst\nx\n```\n\n``` a&#9;st\nx\n```\n\n> [!NOTE]\n> An alert.\n\n- [x] A task.\n\nA note.[^1]\n\n[^1]: Here.\n";
        let files =
            [("templates/assets/own.css", ".own { color: red }"), ("content/articles/a.md", &article(text))];
        let page = Example::new(&files).with_theme().render().page("articles/a/index.html");
        assert_eq!(
            page.values(".prose [class]", "class"),
            [
                "mine",
                "mine",
                "language-rust",
                "language-a",
                "markdown-alert-note",
                "footnote-reference",
                "footnotes",
                "footnote-definition",
                "footnote-definition-label",
                "back"
            ]
        );
        assert_eq!(page.find(".prose input[type=checkbox]").len(), 1);
    }

    #[test]
    fn no_id_of_an_author_is_one_of_the_page() {
        let verdict = "> - verdict:: 2026-01-01 refuted by J. Doe\n";
        let callout = format!("{}{verdict}", CALLOUT.split_once("> - verdict").expect("a fact").0);
        let body = format!(
            "# G {{#g-refuted}}\n\n# H {{#g_refuted}}\n\n# J {{#claims_}}\n\n<p id=\"g-refuted\">a</p>\n\n<p id=g_refuted>b</p>\n\n\
             <p id=claim_pace>c</p>\n\n<b id=card_1>d</b> [It](claim:pace) is.[^g_refuted] [Again](claim:pace).\n\n\
             [^g_refuted]: Note.\n\n{callout}"
        );
        let page = Example::of_article(&body).with_theme().render().page("articles/a/index.html");
        let ids = page.values("[id]", "id");
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
        assert_eq!(page.find("article #claims_").len(), 1);
        let inside: BTreeSet<&str> = page.values(".prose [id], .prose[id]", "id").into_iter().collect();
        let own = ids.into_iter().filter(|id| !inside.contains(id));
        assert!(own.clone().all(|id| id.contains('_')), "{:?}", own.collect::<Vec<_>>());
    }

    #[test]
    fn mail_addresses_are_links() {
        let text = "Ask <help@example.org>, <Help+Me@EXAMPLE.org>, <MAILTO:a@example.org> or [us](mailto:b@example.org?subject=x&body=y).\n\n\
                    <b>Raw</b> [it](claim:pace).\n\n";
        let claim = claim("pace", "verdict:: 2026-01 supported by J. Doe — ask <c@example.org>");
        let site = Example::of_article(&(text.to_owned() + &claim)).render();
        let links = |path: &str| -> Vec<String> {
            let page = site.page(path);
            let is_mail = |address: &&str| address.to_ascii_lowercase().starts_with("mailto:");
            page.values("[href]", "href").into_iter().filter(is_mail).map(str::to_owned).collect()
        };
        let article = links("articles/a/index.html");
        for address in [
            "mailto:help@example.org",
            "mailto:Help+Me@EXAMPLE.org",
            "MAILTO:a@example.org",
            "mailto:b@example.org?subject=x&body=y",
        ] {
            assert!(article.iter().any(|link| link == address), "{address}: {article:?}");
        }
        assert!(links("claims/pace/index.html").contains(&"mailto:c@example.org".to_owned()));
    }

    /// A text without an opening tag was not cleaned, and its closing tags ended elements of the page.
    #[test]
    fn closing_tags_alone_end_no_element_of_the_page() {
        for text in [
            "x </div></article>\n\nOUTSIDE",
            "</div>\n\nOUTSIDE",
            "</font><object></header></section></div>OUTSIDE",
            "| a |\n|---|\n| </td></table></div> |\n\nOUTSIDE",
            "[It</span></a></p></div> ran](claim:pace) OUTSIDE",
            "- </li></ul></div>\n\n# </h2></div>\n\n</p></div></br>OUTSIDE",
            "1. <table><div>x\n1. y\n\nOUTSIDE",
        ] {
            let body = format!("{text}\n\n{}", claim("pace", ""));
            let page = Example::of_article(&body).with_theme().render().page("articles/a/index.html");
            let prose = page.find("main article .prose");
            let outside = |element: &ElementRef<'_>| element.text().any(|text| text.contains("OUTSIDE"));
            assert!(prose.iter().any(outside), "{text}");
            let next = prose[0].next_siblings().find_map(ElementRef::wrap).map(|next| next.value().name());
            assert_eq!(next, Some("section"), "{text}");
        }
    }

    #[test]
    fn directions_of_raw_html_do_not_turn_round_what_the_program_writes() {
        let body = format!(
            "<div dir=\"rtl\">\n\n[It rose](claim:pace), <bdo dir=\"rtl\">in 2026</bdo>.\n\n![[pace]]\n\n</div>\n\n{CALLOUT}"
        );
        let page = Example::of_article(&body).with_theme().render().page("articles/a/index.html");
        for part in [".notes", ".plain"] {
            let found = page.find(part);
            assert!(!found.is_empty(), "{part}");
            assert!(found.iter().all(|element| element.attr("dir") == Some("ltr")), "{part}");
        }
        assert!(page.find("bdo").is_empty());
        let words = page.words("main").concat();
        assert!(words.contains("in 2026."), "{words}");
        let style = built_in_file("assets/claimbook.css").expect("the theme");
        assert!(style.contains("time, .st, .kind { direction: ltr; }"), "status and dates inside of prose");
    }
}
