//! Checks language tags by the grammar of BCP 47 (RFC 5646, section 2.1), and suggests the tag of a language that
//! was written by name. Whether a subtag is registered is not checked.

/// Names of languages, in English or in the language itself, each with its tag.
const NAMES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("chinese", "zh"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dansk", "da"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("español", "es"),
    ("finnish", "fi"),
    ("français", "fr"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("nederlands", "nl"),
    ("norwegian", "no"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("svenska", "sv"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("vietnamese", "vi"),
];

/// Whether a text is a language tag (RFC 5646, section 2.1). The grammar also allows primary languages of four to
/// eight letters and tags that begin with `i-` or `x-`. They are not accepted here: no such language is registered,
/// and browsers know no language for such tags.
pub(super) fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_variant = |part: &str| {
        (5..=8).contains(&part.len())
            || part.len() == 4 && part.starts_with(|first: char| first.is_ascii_digit())
    };
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return false;
    }
    if !parts.next().is_some_and(|language| (2..=3).contains(&language.len()) && letters(language)) {
        return false;
    }
    let mut extended = 0;
    while extended < 3 && parts.next_if(|part| part.len() == 3 && letters(part)).is_some() {
        extended += 1;
    }
    parts.next_if(|script| script.len() == 4 && letters(script));
    parts.next_if(|region| region.len() == 2 && letters(region) || region.len() == 3 && digits(region));
    while parts.next_if(|variant| is_variant(variant)).is_some() {}
    // Extensions and private use subtags consist of a single letter or digit and at least one further subtag.
    while let Some(singleton) = parts.next_if(|part| part.len() == 1) {
        let shortest = if singleton.eq_ignore_ascii_case("x") { 1 } else { 2 };
        let is_subtag = |part: &&str| (shortest..=8).contains(&part.len());
        if parts.next_if(is_subtag).is_none() {
            return false;
        }
        while parts.next_if(is_subtag).is_some() {}
    }
    parts.next().is_none()
}

/// Returns the tag for the name of a language, such as `english`, or for a locale with an underscore, such as
/// `en_US`.
pub(super) fn meant(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let named = NAMES.iter().find(|(name, _)| *name == text).map(|(_, tag)| (*tag).to_owned());
    let (language, region) = text.split_once('_').unwrap_or((&text, ""));
    let tag = format!("{language}-{}", region.split('.').next().unwrap_or_default().to_uppercase());
    named.or_else(|| (!region.is_empty() && is_tag(&tag)).then_some(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_the_grammar() {
        for tag in [
            "en",
            "de-CH",
            "zh-Hant",
            "zh-Hant-TW",
            "es-419",
            "sr-Latn-RS",
            "sl-rozaj",
            "de-CH-1996",
            "zh-yue",
            "en-u-ca-gregory",
            "de-x-phonebk",
            "gsw",
        ] {
            assert!(is_tag(tag), "{tag}");
        }
        for text in [
            "",
            "english",
            "e",
            "engl",
            "en_US",
            "en-",
            "-en",
            "en US",
            "en-u",
            "en-u-",
            "x-private",
            "en-US-DE",
            "日本語",
        ] {
            assert!(!is_tag(text), "{text}");
        }
    }

    #[test]
    fn names_of_languages_have_a_tag() {
        let check = |text: &str, tag: Option<&str>| assert_eq!(meant(text).as_deref(), tag, "{text}");
        check("english", Some("en"));
        check("Deutsch", Some("de"));
        check("en_US", Some("en-US"));
        check("en_US.UTF-8", Some("en-US"));
        check("klingon", None);
        for (_, tag) in NAMES {
            assert!(is_tag(tag), "{tag}");
        }
    }
}
