//! Makes links to the words of a quotation in a live page. The address ends with a text fragment (WICG, URL
//! Fragment Text Directives), `#:~:text=start,end`. Browsers that support text fragments scroll to the words and
//! highlight them; other browsers only open the page.

use crate::page::parts::address::encoded;

/// Maximum number of words of a quotation that is written in full. A longer quotation is described by its first and
/// last words.
const MAX_WORDS: usize = 12;

/// Number of words from each end of a long quotation.
const END_WORDS: usize = 5;

/// Maximum length of the first or last words, in characters. A text without spaces may be one very long word, which
/// gets no link.
const MAX_LENGTH: usize = 300;

/// Maximum number of words before and after a quotation whose words occur more than once in the page.
const CONTEXT_WORDS: usize = 3;

/// The address of a quotation's words in the page at `url`. It is `None` if `url` is not an `http` or `https`
/// address, if the quotation has no words, or if its first or last words are longer than [`MAX_LENGTH`]. `context` is
/// the text before and after the quotation and is given if its words occur more than once in the page.
pub(in crate::page) fn passage(
    url: &str,
    paragraphs: &[String],
    context: Option<(&str, &str)>,
) -> Option<String> {
    if !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)) {
        return None;
    }
    let (start, end) = ends(paragraphs)?;
    if start.chars().count().max(end.chars().count()) > MAX_LENGTH {
        return None;
    }
    // An existing text directive is about other words and is removed.
    let (page, _) = url.split_once(":~:").unwrap_or((url, ""));
    let hash = if page.contains('#') { "" } else { "#" };
    let end = if end.is_empty() { String::new() } else { format!(",{}", encoded(&end)) };
    let (before, after) = context.map(around).unwrap_or_default();
    Some(format!("{page}{hash}:~:text={before}{}{end}{after}", encoded(&start)))
}

/// The context of a text fragment as `prefix-,` and `,-suffix`, with whole words only.
fn around((before, after): (&str, &str)) -> (String, String) {
    // The outermost word of the context may be incomplete and is removed.
    let words: Vec<&str> = before.split_whitespace().skip(1).collect();
    let before = words.get(words.len().saturating_sub(CONTEXT_WORDS)..).unwrap_or_default().join(" ");
    let words: Vec<&str> = after.split_whitespace().collect();
    let whole = words.split_last().map_or(&[][..], |(_, whole)| whole);
    let after = whole.get(..CONTEXT_WORDS.min(whole.len())).unwrap_or_default().join(" ");
    let prefix = if before.is_empty() { before } else { format!("{}-,", encoded(&before)) };
    let suffix = if after.is_empty() { after } else { format!(",-{}", encoded(&after)) };
    (prefix, suffix)
}

/// The words of a short quotation, or the first and the last words of a long one. Browsers match whole words, and
/// each of the two texts must be inside one paragraph.
fn ends<'t>(paragraphs: &'t [String]) -> Option<(String, String)> {
    let words = |text: &'t String| text.split_whitespace().collect::<Vec<&'t str>>();
    let paragraphs: Vec<Vec<&str>> = paragraphs.iter().map(words).filter(|words| !words.is_empty()).collect();
    let (first, last) = (paragraphs.first()?, paragraphs.last()?);
    if paragraphs.len() == 1 && first.len() <= MAX_WORDS {
        return Some((first.join(" "), String::new()));
    }
    let start = first.get(..END_WORDS.min(first.len())).unwrap_or_default().join(" ");
    let end = last.get(last.len().saturating_sub(END_WORDS)..).unwrap_or_default().join(" ");
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, paragraphs: &[&str], expected: Option<&str>) {
        let paragraphs: Vec<String> = paragraphs.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(passage(url, &paragraphs, None).as_deref(), expected);
    }

    const PAGE: &str = "https://example.org/p";

    #[test]
    fn what_stands_around_words_tells_them_from_their_likes() {
        let address =
            passage(PAGE, &["it did".to_owned()], Some(("ords in front of which ", ", and then so on to")));
        let expected = "https://example.org/p#:~:text=front%20of%20which-,it%20did,-%2C%20and%20then";
        assert_eq!(address.as_deref(), Some(expected));
    }

    #[test]
    fn short_quotations_stand_in_full() {
        check(
            PAGE,
            &["Newer previews hit 52"],
            Some("https://example.org/p#:~:text=Newer%20previews%20hit%2052"),
        );
        check(
            PAGE,
            &["a-b, c & d.e_f~g"],
            Some("https://example.org/p#:~:text=a%2Db%2C%20c%20%26%20d.e_f~g"),
        );
        check(
            PAGE,
            &["“naïve” 字"],
            Some("https://example.org/p#:~:text=%E2%80%9Cna%C3%AFve%E2%80%9D%20%E5%AD%97"),
        );
    }

    #[test]
    fn long_quotations_are_named_by_their_ends() {
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen";
        let ends = "one%20two%20three%20four%20five,nine%20ten%20eleven%20twelve%20thirteen";
        check(PAGE, &[long], Some(&format!("{PAGE}#:~:text={ends}")));
        check(
            PAGE,
            &["one two", "three", "four five six seven eight nine"],
            Some("https://example.org/p#:~:text=one%20two,five%20six%20seven%20eight%20nine"),
        );
    }

    #[test]
    fn a_fragment_that_is_there_is_kept() {
        check("https://example.org/p?q=1#s", &["word"], Some("https://example.org/p?q=1#s:~:text=word"));
        check("https://example.org/p#:~:text=other", &["word"], Some("https://example.org/p#:~:text=word"));
        check("https://example.org/p#s:~:text=other", &["word"], Some("https://example.org/p#s:~:text=word"));
    }

    #[test]
    fn where_nothing_can_be_found_there_is_no_link() {
        check("ftp://example.org/p", &["word"], None);
        check("mailto:a@example.org", &["word"], None);
        check(PAGE, &[], None);
        check(PAGE, &[" "], None);
        check(PAGE, &[&"字".repeat(301)], None);
    }
}
