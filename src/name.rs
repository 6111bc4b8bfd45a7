//! What may things be called? Ids and the names they are made from, and which known word is near
//! one that is not.

/// Longest id, in characters.
pub const LONGEST_ID: usize = 80;

/// Whether a text is an id: 1 to 80 characters of `a-z`, `0-9` and `-`.
pub fn is_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(allowed)
}

/// The id of a name: transliterated, in lower case, hyphens between words, at most 80 characters.
/// Empty when the name has neither letter nor digit.
pub fn id_of(name: &str) -> String {
    let mut id = folded(name);
    id.truncate(LONGEST_ID);
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// The id of a text of any length, without a limit: equal for texts that differ only in case, accents,
/// white space and punctuation.
pub fn folded(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    let mut gap = false;
    for character in deunicode::deunicode(name).chars() {
        if character.is_ascii_alphanumeric() {
            if gap && !id.is_empty() {
                id.push('-');
            }
            gap = false;
            id.push(character.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    id
}

/// Whether two words differ by one letter more, less or other, or by two neighbours that are swapped.
pub fn differ_by_one_slip(one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) == 1
}

/// The known word nearest to an unknown one, if it is near enough to be meant: at most a third of
/// its characters differ (optimal string alignment distance), or one contains the other's start.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = if length < 3 { 0 } else { (length / 3).max(1) };
    known
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= limit + 2)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|&(distance, _)| distance > 0 && distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        let check = |name, id| assert_eq!(id_of(name), id);
        check("François Chollet", "francois-chollet");
        check("Tom's Hardware", "tom-s-hardware");
        check("  AI -- R&D  ", "ai-r-d");
        check("北京", "bei-jing");
        check("!?", "");
    }

    #[test]
    fn ids_are_short_and_plain() {
        assert!(is_id("gpt-4"));
        assert!(!is_id(""));
        assert!(!is_id("GPT-4"));
        assert!(!is_id(&"a".repeat(81)));
        assert!(is_id(&id_of(&"ab ".repeat(60))));
    }

    #[test]
    fn the_nearest_word_is_offered_only_if_it_is_near() {
        let known = ["kind", "by", "via", "resolves"];
        assert_eq!(nearest("knid", known), Some("kind"));
        assert_eq!(nearest("resolve", known), Some("resolves"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("kind", known), None);
    }
}
