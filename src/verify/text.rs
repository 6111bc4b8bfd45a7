//! Extracts the text that a reader sees in a snapshot. HTML is read token by token, as a browser does, without
//! building a tree. The time is linear in the length of the page, however deeply it is nested. Markdown is rendered
//! to HTML first, so that marks of emphasis and links are not between the words.

use crate::html::{
    RawText, Tag, Token, TooManyAttributes, has_optional_end_tag, is_inline, is_void, read_page,
};
use crate::markdown::uncleaned_html;
use crate::source::{Snapshot, SnapshotFormat};

/// HTML elements whose content readers do not see.
const HIDDEN_ELEMENTS: [&str; 17] = [
    "audio", "canvas", "datalist", "defs", "desc", "iframe", "noembed", "noframes", "noscript", "object",
    "rp", "script", "style", "template", "textarea", "title", "video",
];

/// Returns the visible text of a snapshot, with line breaks between blocks. Returns `None` if an HTML tag has too
/// many attributes, because reading such a tag takes quadratic time.
pub(super) fn visible_text(snapshot: &Snapshot) -> Option<String> {
    match snapshot.format {
        SnapshotFormat::Text => Some(snapshot.text.clone()),
        SnapshotFormat::Html => visible_text_of_html(&snapshot.text),
        SnapshotFormat::Markdown => visible_text_of_html(&uncleaned_html(&snapshot.text)),
    }
}

fn visible_text_of_html(html: &str) -> Option<String> {
    let mut text = String::new();
    // The name of the open hidden element, and how many elements of this name are open.
    let mut hidden: Option<(String, usize)> = None;
    let result: Result<(), TooManyAttributes> = read_page(html, RawText::WithScripting, |token| {
        let (tag, is_start) = match &token {
            Token::Text(words) if hidden.is_none() && *words != "\0" => {
                text.push_str(words);
                return;
            }
            Token::Start(tag) => (tag, true),
            Token::End(tag) => (tag, false),
            _ => return,
        };
        let name = tag.name();
        if !is_inline(name) {
            text.push('\n');
        }
        hidden = match hidden.take() {
            // The end tag of such an element may be left out, so another one of its name ends it.
            Some((open, _)) if open == name && is_start && has_optional_end_tag(name) => hidden_element(tag),
            Some((open, depth)) if open == name && is_start => Some((open, depth + 1)),
            Some((open, depth)) if open == name => Some((open, depth - 1)).filter(|(_, depth)| *depth > 0),
            None if is_start => hidden_element(tag),
            same => same,
        };
    });
    result.ok().map(|()| text)
}

/// Returns the name of an element and a depth of 1, if readers do not see what is in the element. Style sheets are not
/// read.
fn hidden_element(tag: &Tag) -> Option<(String, usize)> {
    let name = tag.name();
    let style: String = tag.attribute("style").unwrap_or_default().split_whitespace().collect();
    let style = style.to_ascii_lowercase();
    let is_hidden = HIDDEN_ELEMENTS.contains(&name)
        || tag.attribute("hidden").is_some()
        || tag.attribute("popover").is_some()
        || (name == "dialog" && tag.attribute("open").is_none())
        || style.contains("display:none")
        || style.contains("visibility:hidden");
    (is_hidden && !is_void(name)).then(|| (name.to_owned(), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quote::Normalised;

    fn check(html: &str, words: &str) {
        assert_eq!(Normalised::new(&visible_text_of_html(html).unwrap()).as_str(), words, "{html}");
    }

    #[test]
    fn readers_see_text_and_nothing_else() {
        check("<p>It <em>was</em> <a href='x>y'>so</a>, then<b>ce</b>.</p>", "It was so, thence.");
        check("<h1>One</h1><p>two<br>three</p><td>four</td><td>five</td>", "One two three four five");
        check("a<script>if (a < b) '<p>no</p>'</script>b<style>p { }</style>c", "a b c");
        check("<title>No &amp; no</title>a<!-- no --><template>no<p>no</template>b", "a b");
        check("Caf&eacute; &#8220;x&#8221; &lt;b&gt; 4&nbsp;%", "Café “x” <b> 4 %");
        check("hy&shy;phen<wbr>ated", "hyphenated");
        check("<!doctype html><noscript><p>no</p></noscript>a<textarea>no</textarea>", "a");
        check("a<script>never closed", "a");
        check("a < b & c <", "a < b & c <");
        check("\0a\0", "a");
    }

    #[test]
    fn what_is_hidden_is_not_seen() {
        check("a<p hidden>no</p>b", "a b");
        check("a<p hidden>no<p>b", "a b");
        check("a<div style='color: red; Display : none'><div>no</div>no</div>b", "a b");
        check("a<span style=visibility:hidden>no</span>b<dialog>no</dialog><dialog open>c</dialog>", "ab c");
        check("a<div popover>no</div><video>no</video><ruby>b<rp>no</rp></ruby>", "a b");
        check("<svg><desc>no</desc><defs><text>no</text></defs><text>a</text></svg>", "a");
        check("a<img hidden>b<details><summary>c</summary>d</details>", "a b c d");
    }

    #[test]
    fn markdown_is_read_as_it_is_shown() {
        let snapshot = |text: &str| Snapshot {
            path: String::new(),
            format: SnapshotFormat::Markdown,
            is_partial: false,
            text: text.to_owned(),
        };
        let text = "---\ntitle: no\n---\n# Head\n\nIt *was* [so](https://example.org), in\n`code` &amp; <b>more</b>.\n\n- it's \"as\" written...\n";
        let text = visible_text(&snapshot(text)).unwrap();
        assert_eq!(Normalised::new(&text).as_str(), "Head It was so, in code & more. it's \"as\" written...");
    }

    #[test]
    fn tags_that_would_never_end_are_refused() {
        assert!(visible_text_of_html(&format!("<p>text</p><b {}>x</b>", "a=1 ".repeat(300_000))).is_none());
    }

    #[test]
    fn deep_nesting_is_no_trouble() {
        check(&"<div><p>".repeat(200_000), "");
    }
}
