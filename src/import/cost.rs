//! Estimates from the text of a page, before it is parsed, whether parsing takes reasonable time and memory.
//! Parsing HTML takes time in proportion to elements times depth, and each paragraph opens again all formatting
//! elements that were left open.

use std::collections::BTreeMap;

use crate::html::{RawText, Token, closes_by_itself, is_formatting, is_void, read_page};

/// Most opening tags. Pages of real articles have a tenth.
const MOST_TAGS: usize = 100_000;
/// Most tags times open elements, and times open formatting elements: a second, and some hundred
/// megabytes.
const MOST_STEPS: usize = 10_000_000;
const MOST_COPIES: usize = 2_000_000;

/// Whether a page has few enough tags for the depth to which they are nested, and no tag has so many attributes that
/// reading it would take quadratic time.
pub(super) fn is_bearable(text: &str) -> bool {
    let mut count = Count::default();
    // The library that builds the tree runs no scripts.
    let result = read_page(text, RawText::WithoutScripting, |token| match token {
        Token::Start(tag) => count.start(tag.name()),
        Token::End(tag) => count.end(tag.name()),
        _ => {}
    });
    result.is_ok()
        && count.tags <= MOST_TAGS
        && count.tags * count.deepest <= MOST_STEPS
        && count.tags * count.most_formats <= MOST_COPIES
}

#[derive(Default)]
struct Count {
    /// How many of each element are open.
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
        // The table of names stays as small as pages that are read.
        if self.tags > MOST_TAGS
            || is_void(name)
            || closes_by_itself(name)
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

    /// A closing tag without its opening one closes nothing.
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
