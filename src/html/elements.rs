//! The elements of HTML, and which of them authors may use. The lists contain the elements of the living standard
//! and those of older versions that browsers still know. Of SVG and `MathML` they contain only the root elements.

/// Elements that authors may use in raw HTML, sorted. None of them runs, loads, styles or sends anything.
/// `bdo` is not allowed, since it turns round letters and dates, whatever direction they have.
pub const ALLOWED: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// All other elements, sorted.
const OTHER: &[&str] = &[
    "acronym",
    "address",
    "applet",
    "area",
    "audio",
    "base",
    "basefont",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "body",
    "button",
    "canvas",
    "center",
    "datalist",
    "dialog",
    "dir",
    "embed",
    "fieldset",
    "font",
    "form",
    "frame",
    "frameset",
    "head",
    "html",
    "iframe",
    "image",
    "isindex",
    "keygen",
    "label",
    "legend",
    "link",
    "listing",
    "main",
    "map",
    "marquee",
    "math",
    "menu",
    "menuitem",
    "meta",
    "meter",
    "multicol",
    "nextid",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "option",
    "output",
    "param",
    "picture",
    "plaintext",
    "progress",
    "rb",
    "script",
    "search",
    "select",
    "slot",
    "source",
    "spacer",
    "strike",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "tt",
    "video",
    "xmp",
];

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input",
    "isindex", "keygen", "link", "meta", "nextid", "param", "source", "spacer", "track", "wbr",
];

/// Elements that the next of their kind, or the end of their parent, closes.
const CLOSES_BY_ITSELF: &[&str] = &[
    "body", "colgroup", "dd", "dt", "head", "html", "li", "option", "p", "rp", "rt", "tbody", "td", "tfoot",
    "th", "thead", "tr",
];

/// Elements that a parser opens again in the next block if they were left open.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements within a line. All others begin and end one.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "use", "var", "wbr",
];

/// Whether authors may use the element.
pub fn is_allowed(name: &str) -> bool {
    ALLOWED.binary_search(&name).is_ok()
}

/// Whether HTML has an element of this name, in lower case.
pub fn is_element(name: &str) -> bool {
    is_allowed(name) || OTHER.binary_search(&name).is_ok()
}

/// Whether the element has no content and no closing tag.
pub fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether an element that was left open does not nest in the next of its kind.
pub fn closes_by_itself(name: &str) -> bool {
    CLOSES_BY_ITSELF.contains(&name)
}

/// Whether the element is opened again in the next block if it was left open.
pub fn is_formatting(name: &str) -> bool {
    FORMATTING.contains(&name)
}

/// Whether the element is part of a line of text.
pub fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted_in_one_of_two_lists() {
        assert!(ALLOWED.is_sorted() && OTHER.is_sorted());
        assert!(!OTHER.iter().any(|name| is_allowed(name)));
        let others = [VOID, CLOSES_BY_ITSELF, FORMATTING].concat();
        assert!(others.iter().all(|name| is_element(name)));
        assert!(["text", "min", "set", "list", "card", "mean", "path"].iter().all(|name| !is_element(name)));
    }
}
