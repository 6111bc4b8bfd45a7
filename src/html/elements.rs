//! Lists of the elements of HTML, and which of them authors may use. The lists contain the elements of the HTML
//! living standard and obsolete elements that browsers still support. Of SVG and `MathML` they contain only the
//! root elements.

/// Elements that authors may use in raw HTML, sorted by name. With these elements, a text cannot run scripts,
/// embed other documents, set styles or submit forms. `bdo` is not allowed, since it reverses the order of
/// letters and digits.
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

/// All other elements, sorted by name.
const NOT_ALLOWED: &[&str] = &[
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
    "rp",
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

/// Elements that have no content and no closing tag.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input",
    "isindex", "keygen", "link", "meta", "nextid", "param", "source", "spacer", "track", "wbr",
];

/// Elements that may lack a closing tag: the next element of the same kind or the end of the parent closes them.
const OPTIONAL_END_TAG: &[&str] = &[
    "body", "colgroup", "dd", "dt", "head", "html", "li", "option", "p", "rp", "rt", "tbody", "td", "tfoot",
    "th", "thead", "tr",
];

/// Formatting elements: if one is left open, a parser opens it again in the next block (HTML standard, section
/// 13.2.4.3, "The list of active formatting elements").
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that are part of a line of text. Every other element begins and ends a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "use", "var", "wbr",
];

/// Whether authors may use the element in raw HTML.
pub fn is_allowed(name: &str) -> bool {
    ALLOWED.binary_search(&name).is_ok()
}

/// Whether `name`, in lower case, is the name of an HTML element.
pub fn is_element(name: &str) -> bool {
    is_allowed(name) || NOT_ALLOWED.binary_search(&name).is_ok()
}

/// Whether the element has no content and no closing tag.
pub fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether the next element of the same kind closes this element if it was left open.
pub fn has_optional_end_tag(name: &str) -> bool {
    OPTIONAL_END_TAG.contains(&name)
}

/// Whether a parser opens the element again in the next block if it was left open.
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
        assert!(ALLOWED.is_sorted() && NOT_ALLOWED.is_sorted());
        assert!(!NOT_ALLOWED.iter().any(|name| is_allowed(name)));
        let others = [VOID, OPTIONAL_END_TAG, FORMATTING].concat();
        assert!(others.iter().all(|name| is_element(name)));
        assert!(["text", "min", "set", "list", "card", "mean", "path"].iter().all(|name| !is_element(name)));
    }
}
