//! Checks whether texts are web addresses or mail links. Parsing follows the URL Standard, but repairs nothing: a
//! browser guesses the meaning of `https:///example.org` or of an address with spaces, and a book should not
//! depend on that. Links to mail addresses follow RFC 6068.

use percent_encoding::percent_decode_str;
use url::Url;

/// Parses a text that is a whole `http` or `https` address; returns `None` for any other text.
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

/// Whether the text after `mailto:` consists of one or more mail addresses, and optionally of header fields after
/// `?`.
pub fn is_mail_link(text: &str) -> bool {
    let (addresses, fields) = match text.split_once('?') {
        Some((addresses, fields)) => (addresses, Some(fields)),
        None => (text, None),
    };
    let is_field = |field: &str| {
        let Some((name, value)) = field.split_once('=') else { return false };
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        // Outside of the mail's body, a line break would begin another header.
        let is_one_line = decoded(value).is_some_and(|value| !value.contains(['\r', '\n']));
        !name.is_empty() && name.bytes().all(is_token) && (is_one_line || name.eq_ignore_ascii_case("body"))
    };
    // A slash in a mail address must be encoded; in header fields, web addresses are often written without
    // encoding.
    !addresses.contains('/')
        && addresses.split(',').all(|address| decoded(address).is_some_and(|address| is_addr_spec(&address)))
        && fields.is_none_or(|fields| fields.split('&').all(is_field))
}

/// Decodes a part of an address. Returns `None` if it contains a character that an address cannot contain, or an
/// invalid escape.
fn decoded(text: &str) -> Option<String> {
    let is_escape =
        |rest: &str| rest.get(..2).is_some_and(|two| two.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let is_wrong = |character: char| {
        character.is_whitespace() || character.is_control() || "\"<>[]\\^`{|}#".contains(character)
    };
    let is_good = text.split('%').skip(1).all(is_escape) && !text.contains(is_wrong);
    percent_decode_str(text).decode_utf8().ok().filter(|_| is_good).map(std::borrow::Cow::into_owned)
}

/// Whether a text is an `addr-spec` of RFC 5322, with letters of any script (RFC 6532) and without comments and
/// folded lines.
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

/// Whether a text that should be a name is or contains an address.
pub fn looks_like_address(text: &str) -> bool {
    text.contains("://") || text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
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
