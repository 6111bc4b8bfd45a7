//! Which texts are addresses on the web? Parsing follows the URL Standard, but repairs nothing: a browser that
//! is given `https:///example.org` or an address with spaces guesses what was meant, and a book should not. Links to
//! mail addresses follow RFC 6068.

use percent_encoding::percent_decode_str;
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

/// Whether a text behind `mailto:` is one or more mail addresses, and header fields that no address depends on.
pub fn is_mail_link(text: &str) -> bool {
    let (addresses, fields) = match text.split_once('?') {
        Some((addresses, fields)) => (addresses, Some(fields)),
        None => (text, None),
    };
    let is_field = |field: &str| {
        let Some((name, value)) = field.split_once('=') else { return false };
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        // A line break outside of the text of the mail would begin another header.
        let is_one_line = decoded(value).is_some_and(|value| !value.contains(['\r', '\n']));
        !name.is_empty() && name.bytes().all(is_token) && (is_one_line || name.eq_ignore_ascii_case("body"))
    };
    // A slash in an address is encoded; in fields, addresses of the web are often written as they are.
    !addresses.contains('/')
        && addresses.split(',').all(|address| decoded(address).is_some_and(|address| is_addr_spec(&address)))
        && fields.is_none_or(|fields| fields.split('&').all(is_field))
}

/// A part of an address, decoded; `None` if it has characters that an address cannot have, or a wrong escape.
fn decoded(text: &str) -> Option<String> {
    let is_escape =
        |rest: &str| rest.get(..2).is_some_and(|two| two.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let is_wrong = |character: char| {
        character.is_whitespace() || character.is_control() || "\"<>[]\\^`{|}#".contains(character)
    };
    let is_good = text.split('%').skip(1).all(is_escape) && !text.contains(is_wrong);
    percent_decode_str(text).decode_utf8().ok().filter(|_| is_good).map(std::borrow::Cow::into_owned)
}

/// `addr-spec` of RFC 5322 with letters of any script (RFC 6532), without comments and folded lines.
fn is_addr_spec(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let is_atom = |atom: &str| {
        let is_good = |letter: char| letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(letter);
        !atom.is_empty() && atom.chars().all(is_good)
    };
    let quoted = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let is_quoted =
        quoted.is_some_and(|words| !words.contains(['"', '\\']) && !words.contains(char::is_control));
    (is_quoted || local.split('.').all(is_atom)) && url::Host::parse(domain).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_links_have_addresses_and_fields() {
        for link in [
            "help@example.org",
            "a.b+c@example.org,d@example.net?subject=a%20b&body=c%0D%0Ad",
            "%22not%40me%22@example.org",
            "jörg@bücher.example",
            "gorby%25kremvax@example.com",
        ] {
            assert!(is_mail_link(link), "{link}");
        }
        for wrong in [
            "",
            "help",
            "help@",
            "@example.org",
            "a b@example.org",
            "a@b c",
            "a@example.org,",
            "a@@example.org",
            ".a@example.org",
            "a..b@example.org",
            "a@example.org?",
            "a@example.org?subject",
            "a@example.org?sub ject=x",
            "a@example.org?subject=x%0d%0aBcc:%20b@example.org",
            "a@example.org%0a",
            "a%zz@example.org",
            "<a@example.org>",
            "a@exa<mple.org",
            "?subject=x",
            "//a@example.org",
        ] {
            assert!(!is_mail_link(wrong), "{wrong}");
        }
    }

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
