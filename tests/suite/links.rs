//! Does every link of the demo book lead somewhere, at the root of a host and below a path, and is
//! every page complete?

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use tempfile::TempDir;

use crate::html::Page;
use crate::site::{TODAY, claimbook, files_below, repository};

const ORIGIN: &str = "https://example.org";

/// The files of a built site, by path.
type Files = BTreeMap<String, Vec<u8>>;

/// A book, built below a path: empty, or `/a/b`.
pub(crate) struct Built {
    base: &'static str,
    pub(crate) files: Files,
    pages: BTreeMap<String, Page>,
}

/// The demo book, which is built once for all tests at the root of a host, and once for all below a path.
fn build(base: &'static str) -> Built {
    static AT_THE_ROOT: LazyLock<Files> = LazyLock::new(|| files_of(repository(), "", TODAY));
    static BELOW_A_PATH: LazyLock<Files> = LazyLock::new(|| files_of(repository(), "/a/b", TODAY));
    let files = if base.is_empty() { &AT_THE_ROOT } else { &BELOW_A_PATH };
    Built::new(base, Files::clone(files))
}

/// The book in a folder.
pub(crate) fn build_book(book: &Path, base: &'static str) -> Built {
    build_on(book, base, TODAY)
}

/// The book in a folder, as of a day.
pub(crate) fn build_on(book: &Path, base: &'static str, day: &str) -> Built {
    Built::new(base, files_of(book, base, day))
}

fn files_of(book: &Path, base: &str, day: &str) -> Files {
    let folder = TempDir::new().expect("a temporary folder");
    let output = folder.path().join("site");
    let url = format!("{ORIGIN}{base}/");
    let output_text = output.to_str().expect("a plain path");
    claimbook(book, ["build", "--today", day, "--output", output_text, "--base-url", &url]).exits(0);
    files_below(&output)
}

#[test]
fn every_link_leads_somewhere() {
    check_links(&build(""));
}

#[test]
fn every_link_leads_somewhere_below_a_path() {
    check_links(&build("/a/b"));
}

pub(crate) fn check_links(built: &Built) {
    let mut broken = Vec::new();
    for (path, page) in &built.pages {
        for attribute in ["href", "src", "action"] {
            let values = page.values(attribute);
            broken.extend(
                values
                    .iter()
                    .filter_map(|link| Some(format!("{path}: {link}: {}", built.problem(path, link)?))),
            );
        }
        for image in page.find("meta[property='og:image']") {
            let address = image.value().attr("content").unwrap_or_default();
            broken
                .extend(built.problem(path, address).map(|problem| format!("{path}: {address}: {problem}")));
        }
        broken.extend(built.broken_redirect(path, page));
    }
    assert!(broken.is_empty(), "{} broken links:\n{}", broken.len(), broken.join("\n"));
}

impl Built {
    fn new(base: &'static str, files: Files) -> Self {
        let is_page =
            |path: &&String| Path::new(path).extension().is_some_and(|extension| extension == "html");
        let pages =
            files.keys().filter(is_page).map(|path| (path.clone(), Page::parse(&files[path]))).collect();
        Self { base, files, pages }
    }

    /// Whether an address, which begins with `/`, is that of a page or another file. A redirect must lead to one.
    pub(crate) fn leads_somewhere(&self, address: &str) -> bool {
        let Some(file) = address.strip_prefix('/').map(file_of) else { return false };
        let is_whole = |page: &Page| self.broken_redirect(&file, page).is_none();
        self.files.contains_key(&file) && self.pages.get(&file).is_none_or(is_whole)
    }

    /// What is wrong with the address to which a page redirects.
    fn broken_redirect(&self, path: &str, page: &Page) -> Option<String> {
        let refresh = *page.find("meta[http-equiv=refresh]").first()?;
        let content = refresh.value().attr("content").unwrap_or_default();
        let target = content.split_once("url=").map_or("", |(_, url)| url);
        Some(format!("{path}: {content}: {}", self.problem(path, target)?))
    }

    /// What is wrong with a link on a page. Links elsewhere are not followed.
    fn problem(&self, page: &str, link: &str) -> Option<&'static str> {
        let link = link.strip_prefix(ORIGIN).unwrap_or(link);
        if ["http://", "https://", "mailto:"].iter().any(|scheme| link.starts_with(scheme)) {
            return None;
        }
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let file = if path.is_empty() {
            page.to_owned()
        } else {
            let Some(inner) = path.strip_prefix(self.base).and_then(|path| path.strip_prefix('/')) else {
                return Some("not below the base path");
            };
            file_of(inner)
        };
        if !self.files.contains_key(&file) {
            return Some("no such file");
        }
        let anchor = percent_decode_str(anchor).decode_utf8_lossy().into_owned();
        let is_there = |page: &Page| page.values("id").contains(&anchor.as_str());
        let has_anchor = anchor.is_empty() || self.pages.get(&file).is_none_or(is_there);
        (!has_anchor).then_some("no such anchor")
    }
}

/// The file of an address below the base path.
fn file_of(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path }
}

#[test]
fn every_page_is_complete() {
    check_pages(&build(""));
}

pub(crate) fn check_pages(built: &Built) {
    for (path, page) in &built.pages {
        page.ids(path);
        let one = |selector: &str| {
            let found = page.find(selector);
            assert_eq!(found.len(), 1, "{path}: {selector}");
            found[0]
        };
        let text = |selector: &str| one(selector).text().collect::<String>().trim().to_owned();
        assert!(!text("head > title").is_empty(), "{path}: no title");
        assert!(!text("h1").is_empty(), "{path}: no heading");
        assert_eq!(one("html").value().attr("lang"), Some("en"), "{path}");
        let policy =
            one("meta[http-equiv=Content-Security-Policy]").value().attr("content").unwrap_or_default();
        // The index of the search page is asked by WebAssembly.
        let allowed = if page.values("id").contains(&"results_") { "'wasm-unsafe-eval'" } else { "no word" };
        let rest = policy.replace(allowed, "");
        assert!(rest.contains("default-src 'none'") && !rest.contains("unsafe"), "{path}: {policy}");
        let canonical = one("link[rel=canonical]").value().attr("href").unwrap_or_default();
        let file = canonical.strip_prefix(&format!("{ORIGIN}{}/", built.base)).map(file_of);
        assert!(file.as_ref().is_some_and(|file| built.files.contains_key(file)), "{path}: {canonical}");
        let is_redirect = !page.find("meta[http-equiv=refresh]").is_empty();
        assert!(is_redirect || file.as_ref() == Some(path), "{path}: {canonical}");
    }
}

#[test]
fn every_page_is_accessible_by_structure() {
    let built = build("");
    for (path, page) in &built.pages {
        for image in page.find("img") {
            assert!(image.value().attr("alt").is_some(), "{path}: picture without a text: {}", image.html());
        }
        for link in page.find("a[href]") {
            let is_named =
                link.value().attr("aria-label").is_some() || link.text().any(|text| !text.trim().is_empty());
            assert!(is_named || !link.html().contains("<svg"), "{path}: link without words: {}", link.html());
        }
        let levels: Vec<u8> = page
            .find("h1, h2, h3, h4, h5, h6")
            .iter()
            .map(|heading| heading.value().name().as_bytes()[1] - b'0')
            .collect();
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{path}: a level of headings is skipped: {levels:?}"
        );
        for reference in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
            for name in page.values(reference).iter().flat_map(|names| names.split_whitespace()) {
                assert!(
                    page.values("id").contains(&name),
                    "{path}: {reference} names `{name}`, which is not there"
                );
            }
        }
    }
}

#[test]
fn nothing_is_loaded_from_third_parties() {
    let built = build("");
    for (path, page) in &built.pages {
        assert_eq!(page.dangers(), Vec::<String>::new(), "{path}");
        for link in page.find("link:not([rel=canonical])") {
            let href = link.value().attr("href").unwrap_or_default();
            assert!(href.starts_with('/') && !href.starts_with("//"), "{path}: {href}");
        }
    }
    let styles = built.files.iter().filter(|(path, _)| path.contains(".css") || path.contains(".svg"));
    for (path, bytes) in styles {
        let text = String::from_utf8_lossy(bytes);
        let loads = ["@import", "url(http", "url(\"http", "url(//", "<script", "href=\"http"];
        assert!(!loads.iter().any(|load| text.contains(load)), "{path} loads from elsewhere");
    }
}

#[test]
fn feeds_and_site_maps_are_well_formed_and_name_what_exists() {
    check_feeds(&build("/a/b"));
}

/// Of a book below `/a/b`.
pub(crate) fn check_feeds(built: &Built) {
    let xml: Vec<&String> = built.files.keys().filter(|path| path.contains(".xml")).collect();
    assert!(
        xml.iter().any(|path| *path == "feed.xml") && xml.iter().any(|path| *path == "sitemap.xml"),
        "{xml:?}"
    );
    for path in xml {
        let addresses = addresses_in(path, &built.files[path]);
        assert!(!addresses.is_empty(), "{path} names nothing");
        for address in addresses.iter().filter(|address| address.starts_with(ORIGIN)) {
            assert_eq!(built.problem(path, address), None, "{path}: {address}");
        }
    }
    let robots = String::from_utf8_lossy(&built.files["robots.txt"]).into_owned();
    assert!(robots.contains("Sitemap: https://example.org/a/b/sitemap.xml"), "{robots}");
}

/// The addresses in an XML file, which must be well-formed.
fn addresses_in(path: &str, bytes: &[u8]) -> Vec<String> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = true;
    let mut addresses = Vec::new();
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
            Event::Start(element) => {
                addresses.extend(href_of(path, &element));
                open.push(element.name().as_ref().to_owned());
            }
            Event::Empty(element) => addresses.extend(href_of(path, &element)),
            Event::Text(text) if open.last().is_some_and(|name| name == "loc") => {
                addresses.push(text.to_string());
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{path}: not closed");
    addresses
}

fn href_of(path: &str, element: &quick_xml::events::BytesStart<'_>) -> Option<String> {
    let attributes =
        element.attributes().map(|attribute| attribute.unwrap_or_else(|error| panic!("{path}: {error}")));
    let mut hrefs = attributes.filter(|attribute| attribute.key.as_ref() == "href");
    hrefs.next().map(|href| href.value.into_owned())
}

#[test]
fn data_is_well_formed_and_names_what_exists() {
    check_data(&build("/a/b"));
}

pub(crate) fn check_data(built: &Built) {
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.contains(".json")) {
        serde_json::from_slice::<Value>(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let data: Value = serde_json::from_slice(&built.files["data/claims.json"]).expect("JSON");
    for claim in data["claims"].as_array().expect("a list of claims") {
        let mentions = claim["mentions"].as_array().expect("a list of mentions");
        for address in std::iter::once(&claim["url"]).chain(mentions.iter().map(|mention| &mention["page"])) {
            let address = address.as_str().expect("an address");
            assert_eq!(built.problem("data/claims.json", address), None, "{address}");
        }
    }
}
