//! Which texts are addresses on the web? Parsing follows the URL Standard, but repairs nothing: a browser that
//! is given `https:///example.org` or an address with spaces guesses what was meant, and a book should not.

use url::Url;

/// The address in a text that is a whole `http` or `https` address.
pub fn parse(text: &str) -> Option<Url> {
    let (scheme, rest) = text.split_once("://")?;
    let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let is_repaired = |character: char| character.is_whitespace() || character.is_control();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !is_web || authority.is_empty() || authority.contains('\\') || text.chars().any(is_repaired) {
        return None;
    }
    Url::parse(text).ok().filter(|url| url.host_str().is_some_and(|host| !host.is_empty()))
}

/// Whether a text is a whole `http` or `https` address.
pub fn is_web_address(text: &str) -> bool {
    parse(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_host_and_a_port_that_can_be_and_no_spaces() {
        for address in [
            "https://example.org",
            "HTTP://example.org:8080/a?b=c d".replace(' ', "%20").as_str(),
            "https://example.org/%28x%29#:~:text=a,b",
            "http://[::1]:80/",
            "http://127.0.0.1/",
            "https://bücher.example/é",
            "https://example.org/[a]|b",
        ] {
            assert!(is_web_address(address), "{address}");
        }
        for wrong in [
            "",
            "http://",
            "https://",
            "https:///example.org",
            "https:example.org",
            "https:/example.org",
            "https://?a",
            "https://\\example.org/",
            "https://example.org\\@example.net/",
            "https://[::1/",
            "https://[::1",
            "https://x:99999",
            "https://x:y",
            "https://exam ple.org/",
            "https://example.org/a b",
            " https://example.org/",
            "https://example.org/\n",
            "https://256.1.1.1/",
            "https://exa<mple.org/",
            "https://@/",
            "ftp://example.org/",
            "example.org",
        ] {
            assert!(!is_web_address(wrong), "{wrong}");
        }
    }
}
