//! Prepares HTML that is shown outside of its page, for example in a feed reader. All addresses in it are
//! absolute, and it does not use the styles, scripts, ids and drawings of the site.

use ammonia::{Builder, Url, UrlRelative};

/// Sanitizes HTML from the page at the absolute address `page`. The result is empty if `page` is not an absolute
/// address.
pub fn standalone(html: &str, page: &str) -> String {
    let Ok(base) = Url::parse(page) else { return String::new() };
    Builder::default()
        .add_tags(["figure", "figcaption", "section"])
        .rm_tags(["map", "area", "center", "strike", "tt", "acronym"])
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::RewriteWithBase(base))
        .link_rel(None)
        .clean(html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_absolute_and_nothing_of_the_theme_is_left() {
        let check = |html: &str, expected: &str| {
            assert_eq!(standalone(html, "https://example.org/a/articles/b/"), expected, "{html}");
        };
        check(
            "<a class=\"ref\" href=\"/a/claims/c/\" data-peek=\"x\">it<svg class=\"g\" role=\"img\"></svg></a>",
            "<a href=\"https://example.org/a/claims/c/\">it</a>",
        );
        check("<a href=\"#note\">1</a>", "<a href=\"https://example.org/a/articles/b/#note\">1</a>");
        check(
            "<img src=\"/a/x.png\" alt=\"&quot;>\">",
            "<img src=\"https://example.org/a/x.png\" alt=\"&quot;&gt;\">",
        );
        check("<h2 id=\"x\">a</h2><p>&lt;script&gt; ]]&gt;</p>", "<h2>a</h2><p>&lt;script&gt; ]]&gt;</p>");
        check("<a href=\"javascript:alert(1)\" onclick=\"x()\">a</a><script>x()</script>", "<a>a</a>");
        assert_eq!(standalone("<p>a</p>", "no address"), "");
    }
}
