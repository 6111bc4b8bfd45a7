//! The base address of the site: [`BaseUrl`] has its origin and path, and makes every address below it.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::web_address;

use super::AddressForm;

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
    form: AddressForm,
}

impl Default for BaseUrl {
    /// `http://localhost/`: for a site that names none and is only looked at.
    fn default() -> Self {
        Self { origin: "http://localhost".to_owned(), path: String::new(), form: AddressForm::default() }
    }
}

impl BaseUrl {
    /// Read an `http` or `https` address without query, fragment, user or dots in its path.
    pub fn parse(text: &str) -> Option<Self> {
        let url = web_address::parse(text)?;
        let has_more = url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
            || url.password().is_some();
        let (_, rest) = text.split_once("://")?;
        let path = rest.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
        // Each part of the path is compared with addresses of links, so it is kept as it was written.
        let is_plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte))
            && path.split('/').all(|part| !matches!(part, "." | ".."))
            && !path.contains("//");
        (!has_more && is_plain).then(|| Self {
            origin: url.origin().ascii_serialization(),
            path: if path.is_empty() { String::new() } else { format!("/{path}") },
            form: AddressForm::default(),
        })
    }

    /// The same place, with pages whose addresses have this form.
    #[must_use]
    pub fn with_form(self, form: AddressForm) -> Self {
        Self { form, ..self }
    }

    /// What the addresses of pages look like.
    pub fn form(&self) -> AddressForm {
        self.form
    }

    /// The path without a closing slash: empty, or `/a/b`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The host, for ids in feeds.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, host)| host)
    }

    /// The address of a page or file below the base path: `claims/a/` to `/b/claims/a/` or
    /// `/b/claims/a.html`.
    pub fn address(&self, path: &str) -> String {
        self.below("", path)
    }

    fn below(&self, origin: &str, path: &str) -> String {
        let path = self.form.of(path);
        let mut address = String::with_capacity(origin.len() + self.path.len() + 1 + path.len());
        address.extend([origin, &self.path, "/"]);
        address.extend(utf8_percent_encode(&path, NOT_IN_PATHS));
        address
    }

    /// The address that a link of an author leads to, who writes `/claims/a/?q#b` in both forms. It may be
    /// encoded already, and what an address has behind the path stays.
    pub fn of_link(&self, link: &str) -> String {
        let end = link.find(['?', '#']).unwrap_or(link.len());
        let (path, rest) = link.split_at(end);
        format!("{}/{}{rest}", self.path, self.form.of(path.strip_prefix('/').unwrap_or(path)))
    }

    /// The same with scheme and host.
    pub fn absolute(&self, path: &str) -> String {
        self.below(&self.origin, path)
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
        check("HTTPS://Example.org:443/A", Some("https://example.org/A/claims/a/"));
        check("http://[::1]:8000/", Some("http://[::1]:8000/claims/a/"));
        for wrong in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https://a/b?c",
            "https://a/../b",
            "https://u@a/",
            "https://a/b c",
            "https://u:p@a/",
            "https://[::1/",
            "https://a:99999/",
            "https://a\\b/",
            "https://%zz/",
            "https:///a/",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn links_of_authors_lead_to_pages_of_either_form() {
        let check = |link: &str, folders: &str, files: &str| {
            let found = [AddressForm::Folders, AddressForm::Files].map(|form| {
                let url = BaseUrl::parse("https://example.org/b/").expect("a base address");
                url.with_form(form).of_link(link)
            });
            assert_eq!(found, [folders, files], "{link}");
        };
        check("/", "/b/", "/b/");
        check("/#top", "/b/#top", "/b/#top");
        check("/claims/?q=a/#b/", "/b/claims/?q=a/#b/", "/b/claims.html?q=a/#b/");
        check("/a%20b.png", "/b/a%20b.png", "/b/a%20b.png");
        check("/claims", "/b/claims", "/b/claims");
    }
}
