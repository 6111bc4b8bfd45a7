//! Where will the site live? [`BaseUrl`]: origin and path.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Characters that an address path cannot hold as they are (RFC 3986, section 3.3), `%` left alone
/// where it already encodes something is not attempted: paths here are plain text.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

/// The address everything is below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl Default for BaseUrl {
    /// `http://localhost/`: for a site that names none and is only looked at.
    fn default() -> Self {
        Self { origin: "http://localhost".to_owned(), path: String::new() }
    }
}

impl BaseUrl {
    /// Read an `http` or `https` address without query, fragment, user or dots in its path.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let path = path.trim_matches('/');
        let good_host = !host.is_empty()
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte));
        let good_path = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte))
            && path.split('/').all(|part| !matches!(part, "." | ".."))
            && !path.contains("//");
        (matches!(scheme, "http" | "https") && good_host && good_path).then(|| Self {
            origin: format!("{scheme}://{host}"),
            path: if path.is_empty() { String::new() } else { format!("/{path}") },
        })
    }

    /// The path without a closing slash: empty, or `/a/b`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The host, for ids in feeds.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, host)| host)
    }

    /// The address of a page below the base path: `claims/a/` to `/b/claims/a/`.
    pub fn address(&self, page: &str) -> String {
        format!("{}/{}", self.path, utf8_percent_encode(page, NOT_IN_PATHS))
    }

    /// The same with scheme and host.
    pub fn absolute(&self, page: &str) -> String {
        format!("{}{}", self.origin, self.address(page))
    }

    /// Scheme and host in front of an address that [`address`](Self::address) made.
    pub fn with_origin(&self, address: &str) -> String {
        format!("{}{address}", self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_addresses_have_an_origin_and_a_path() {
        let check = |text: &str, expected: Option<&str>| {
            let found = BaseUrl::parse(text).map(|url| url.absolute("claims/a/"));
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("https://example.org", Some("https://example.org/claims/a/"));
        check("https://example.org/a/b/", Some("https://example.org/a/b/claims/a/"));
        check("http://127.0.0.1:8000/", Some("http://127.0.0.1:8000/claims/a/"));
        for wrong in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https://a/b?c",
            "https://a/../b",
            "https://u@a/",
            "https://a/b c",
        ] {
            check(wrong, None);
        }
    }
}
