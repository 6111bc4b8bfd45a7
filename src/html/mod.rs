//! Reads HTML into tokens, and lists its elements. Markdown with raw HTML, snapshots, imported pages and search
//! all read tags through this module, so that they agree on what is a tag.
//!
//! This module does not build a tree and does not sanitize HTML: `markdown/sanitize.rs` does.

mod elements;
mod escape;
mod reader;

pub use elements::{
    ALLOWED, has_optional_end_tag, is_allowed, is_element, is_formatting, is_inline, is_void,
};
pub use escape::{escape, push_escaped};
pub use reader::{RawText, Tag, Token, TooManyAttributes, attribute_value_range, read, read_page};

use std::borrow::Cow;

/// Returns the text of well-formed HTML. A tag of an inline element does not separate words. Every other tag
/// becomes a space.
pub fn visible_text(html: &str) -> Cow<'_, str> {
    if !html.contains(['<', '&']) {
        return html.into();
    }
    let mut out = String::with_capacity(html.len());
    read(html, RawText::ScriptAndStyle, |token, _| match token {
        Token::Text(text) => out.push_str(text),
        Token::Start(tag) | Token::End(tag) if !is_inline(tag.name()) => out.push(' '),
        _ => {}
    });
    out.into()
}

/// Returns the byte position of the last closing tag of the body.
pub fn body_end(page: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</body";
    page.windows(END.len()).rposition(|window| window.eq_ignore_ascii_case(END))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_leaves_words() {
        let check = |html, text: &str| assert_eq!(visible_text(html), text, "{html}");
        check("plain", "plain");
        check("a <em>big</em>ger &amp;lt; b", "a bigger &lt; b");
        check("<p>one</p><p>two <a href=\"/x\">three</a></p>", " one  two three ");
        check("1 &lt; 2<br>3", "1 < 2 3");
        check("<i title=\"a > b\">c</i>", "c");
    }

    #[test]
    fn the_body_ends_whatever_the_case_of_its_tag() {
        assert_eq!(body_end(b"<body>x</body></html>"), Some(7));
        assert_eq!(body_end(b"<BODY>x</BODY >"), Some(7));
        assert_eq!(body_end(b"x"), None);
    }
}
