//! Estimates from the text of a page, before it is parsed, whether parsing takes reasonable time and memory. The
//! time to parse HTML is proportional to the number of elements times their depth, and each paragraph opens again
//! all formatting elements that were left open.

use std::collections::BTreeMap;

use crate::html::{RawText, Token, has_optional_end_tag, is_formatting, is_void, read_page};

/// Maximum number of opening tags. Pages of real articles have a tenth of this.
const MAX_TAGS: usize = 100_000;
/// Maximum number of tags times the deepest nesting. A page at the limit takes about a second to parse.
const MAX_STEPS: usize = 10_000_000;
/// Maximum number of tags times the most formatting elements that are open at once. A page at the limit takes some
/// hundred megabytes to parse.
const MAX_COPIES: usize = 2_000_000;

/// Whether a page can be parsed in reasonable time and memory: it has few enough tags for the depth of their
/// nesting, and no tag has so many attributes that reading it would take quadratic time.
pub(super) fn is_bearable(text: &str) -> bool {
    let mut count = Count::default();
    // The library that parses the page does not run scripts, so the tags inside `noscript` count.
    let result = read_page(text, RawText::WithoutScripting, |token| match token {
        Token::Start(tag) => count.start(tag.name()),
        Token::End(tag) => count.end(tag.name()),
        _ => {}
    });
    result.is_ok()
        && count.tags <= MAX_TAGS
        && count.tags * count.deepest <= MAX_STEPS
        && count.tags * count.most_formats <= MAX_COPIES
}

#[derive(Default)]
struct Count {
    /// Number of open elements by name.
    open: BTreeMap<String, usize>,
    tags: usize,
    depth: usize,
    deepest: usize,
    formats: usize,
    most_formats: usize,
}

impl Count {
    fn start(&mut self, name: &str) {
        self.tags += 1;
        // Names are not stored after the limit, so that the map stays small.
        if self.tags > MAX_TAGS
            || is_void(name)
            || has_optional_end_tag(name)
            || ["script", "style"].contains(&name)
        {
            return;
        }
        *self.open.entry(name.to_owned()).or_default() += 1;
        self.depth += 1;
        self.formats += usize::from(is_formatting(name));
        self.deepest = self.deepest.max(self.depth);
        self.most_formats = self.most_formats.max(self.formats);
    }

    /// Counts a closing tag. A closing tag without an opening one closes nothing.
    fn end(&mut self, name: &str) {
        if let Some(count) = self.open.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            self.depth -= 1;
            self.formats -= usize::from(is_formatting(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_would_never_end_are_refused() {
        assert!(is_bearable(&"<div><p>text <b>bold</b></div>".repeat(20_000)));
        assert!(is_bearable(&"<p>text <img><br>".repeat(30_000)));
        assert!(is_bearable(&format!("<script>{}</script>", "a<b ".repeat(200_000))));
        assert!(!is_bearable(&"<div>".repeat(90_000)));
        assert!(!is_bearable(&"<div></x>".repeat(90_000)));
        assert!(!is_bearable(&"<p>".repeat(200_000)));
        let fonts = (0..400).map(|size| format!("<font size={size}>")).collect::<Vec<_>>().concat();
        assert!(!is_bearable(&(fonts + &"<p>x".repeat(50_000))));
    }
}
