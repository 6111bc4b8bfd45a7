//! Makes links to the words of a quotation in a live page: an address with a text fragment (WICG, URL Fragment Text
//! Directives), `#:~:text=start,end`. Browsers that support it scroll to the words and highlight them; the others
//! open the page.

use super::address::encoded;

/// A quotation with more words is named by its beginning and its end.
const MOST_WORDS: usize = 12;

/// So many words at either end.
const END_WORDS: usize = 5;

/// A text without spaces may have one endless word: longer pieces, in letters, get no link.
const LONGEST: usize = 300;

/// So many words around words that stand there several times.
const CONTEXT_WORDS: usize = 3;

/// The address of a quotation's words in the page at `url`. None unless that is a web address and the
/// quotation has words. `context` is what stands before and after them, where they stand there more
/// than once.
pub(super) fn passage(url: &str, paragraphs: &[String], context: Option<(&str, &str)>) -> Option<String> {
    if !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)) {
        return None;
    }
    let (start, end) = ends(paragraphs)?;
    if start.chars().count().max(end.chars().count()) > LONGEST {
        return None;
    }
    // A directive that is there already is not about this quotation.
    let (page, _) = url.split_once(":~:").unwrap_or((url, ""));
    let hash = if page.contains('#') { "" } else { "#" };
    let end = if end.is_empty() { String::new() } else { format!(",{}", encoded(&end)) };
    let (before, after) = context.map(around).unwrap_or_default();
    Some(format!("{page}{hash}:~:text={before}{}{end}{after}", encoded(&start)))
}

/// `prefix-,` and `,-suffix`, of whole words.
fn around((before, after): (&str, &str)) -> (String, String) {
    // A word at the outer end may be half a word.
    let words: Vec<&str> = before.split_whitespace().skip(1).collect();
    let before = words.get(words.len().saturating_sub(CONTEXT_WORDS)..).unwrap_or_default().join(" ");
    let words: Vec<&str> = after.split_whitespace().collect();
    let whole = words.split_last().map_or(&[][..], |(_, whole)| whole);
    let after = whole.get(..CONTEXT_WORDS.min(whole.len())).unwrap_or_default().join(" ");
    let prefix = if before.is_empty() { before } else { format!("{}-,", encoded(&before)) };
    let suffix = if after.is_empty() { after } else { format!(",-{}", encoded(&after)) };
    (prefix, suffix)
}

/// The words to look for, or those it begins and those it ends with: a match is of whole words, and
/// each of the two stands inside one paragraph.
fn ends<'t>(paragraphs: &'t [String]) -> Option<(String, String)> {
    let words = |text: &'t String| text.split_whitespace().collect::<Vec<&'t str>>();
    let paragraphs: Vec<Vec<&str>> = paragraphs.iter().map(words).filter(|words| !words.is_empty()).collect();
    let (first, last) = (paragraphs.first()?, paragraphs.last()?);
    if paragraphs.len() == 1 && first.len() <= MOST_WORDS {
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
