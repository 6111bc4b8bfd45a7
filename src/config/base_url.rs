//! Parses the base address of the site and computes the addresses of pages and files below it ([`BaseUrl`]).

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::web_address;

use super::AddressForm;

/// Characters that are percent-encoded in the path of an address (RFC 3986, section 3.3). `%` is one of them,
/// because paths are plain text and never already encoded.
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

/// The base address of the site: scheme and host, path, and the form of the addresses below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
    form: AddressForm,
}

impl Default for BaseUrl {
    /// Returns `http://localhost/`, for a site that has no usable base address.
    fn default() -> Self {
        Self { origin: "http://localhost".to_owned(), path: String::new(), form: AddressForm::default() }
    }
}

impl BaseUrl {
    /// Parses an `http` or `https` address. Returns `None` if the address has a query, a fragment or a user, if its
    /// path contains `.` or `..` as a segment, an empty segment, or characters other than ASCII letters, digits and
    /// `-._~%/`.
    pub fn parse(text: &str) -> Option<Self> {
        let url = web_address::parse(text)?;
        let has_more = url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
            || url.password().is_some();
        let (_, rest) = text.split_once("://")?;
        let path = rest.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
        // The path stays as it was written, because it is compared with the addresses of links.
        let is_plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte))
            && path.split('/').all(|part| !matches!(part, "." | ".."))
            && !path.contains("//");
        (!has_more && is_plain).then(|| Self {
            origin: url.origin().ascii_serialization(),
            path: if path.is_empty() { String::new() } else { format!("/{path}") },
            form: AddressForm::default(),
        })
    }

    /// Returns this base address with another form of page addresses.
    #[must_use]
    pub fn with_form(self, form: AddressForm) -> Self {
        Self { form, ..self }
    }

    /// Returns the form of the addresses of pages.
    pub fn form(&self) -> AddressForm {
        self.form
    }

    /// Returns the path without a closing slash: empty, or such as `/a/b`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the host, followed by the port if it is not the default port. Feeds and calendars use the host in
    /// their ids.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, host)| host)
    }

    /// Returns the address of a page or file, without scheme and host. The path `claims/a/` becomes `/b/claims/a/`
    /// or `/b/claims/a.html` if `/b` is the base path.
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

    /// Returns the address for a link that an author wrote, such as `/claims/a/?q#b`. Authors write links in the
    /// form of folders, whatever the form of the site. The path may be percent-encoded already; query and fragment
    /// stay as they are.
    pub fn of_link(&self, link: &str) -> String {
        let end = link.find(['?', '#']).unwrap_or(link.len());
        let (path, rest) = link.split_at(end);
        format!("{}/{}{rest}", self.path, self.form.of(path.strip_prefix('/').unwrap_or(path)))
    }

    /// Returns the full address of a page or file, with scheme and host.
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
                let url = BaseUrl::parse("https://example.org/b/").expect("a valid base address");
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
