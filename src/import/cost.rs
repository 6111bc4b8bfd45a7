//! Can a page be parsed in reasonable time and memory? Its text in, yes or no out, before anything is
//! parsed: parsing HTML takes time in proportion to elements times depth, and each paragraph opens all
//! formatting elements anew that were left open.

use std::collections::BTreeMap;

/// Most opening tags. Pages of real articles have a tenth.
const MOST_TAGS: usize = 100_000;
/// Most tags times open elements, and times open formatting elements: a second, and some hundred
/// megabytes.
const MOST_STEPS: usize = 10_000_000;
const MOST_COPIES: usize = 2_000_000;

/// Elements without content, and those that the next of their kind closes: they do not add up.
const NEVER_DEEP: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "rp", "html",
    "head", "body", "colgroup", "script", "style",
];
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Whether the tags of a page are few enough, for how deep they stand in each other at most.
pub(super) fn is_bearable(text: &str) -> bool {
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    let (mut tags, mut depth, mut formats) = (0_usize, 0_usize, 0_usize);
    let (mut deepest, mut most_formats) = (0, 0);
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = behind;
        let is_end = behind.starts_with('/');
        let behind = behind.trim_start_matches('/');
        let name: String = behind
            .chars()
            .take(16)
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        if matches!(name.as_str(), "script" | "style") && !is_end {
            // What looks like tags in there is none.
            let end = format!("</{name}");
            let at = behind.char_indices().find(|&(at, character)| {
                character == '<'
                    && behind.get(at..at + end.len()).is_some_and(|found| found.eq_ignore_ascii_case(&end))
            });
            rest = at.and_then(|(at, _)| behind.get(at..)).unwrap_or_default();
        }
        tags += usize::from(!is_end);
        if tags > MOST_TAGS {
            return false;
        }
        if NEVER_DEEP.contains(&name.as_str()) {
            continue;
        }
        let formatting = usize::from(FORMATTING.contains(&name.as_str()));
        let count = open.entry(name).or_default();
        // An end without its beginning closes nothing.
        if is_end && *count > 0 {
            *count -= 1;
            depth -= 1;
            formats -= formatting;
        } else if !is_end {
            *count += 1;
            depth += 1;
            formats += formatting;
        }
        deepest = deepest.max(depth);
        most_formats = most_formats.max(formats);
    }
    tags * deepest <= MOST_STEPS && tags * most_formats <= MOST_COPIES
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
