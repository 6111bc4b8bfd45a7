//! Sitemaps (sitemaps.org protocol 0.9): at most 50,000 addresses a file, then an index.

use std::fmt::Write as _;

use crate::config::Config;

const MOST: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The sitemap of some pages: paths and contents of its files.
pub(super) fn sitemaps(pages: &[String], config: &Config) -> Vec<(String, Vec<u8>)> {
    sitemaps_of(pages, config, MOST)
}

fn sitemaps_of(pages: &[String], config: &Config, most: usize) -> Vec<(String, Vec<u8>)> {
    let absolute = |path: &String| config.base_url.absolute(path);
    if pages.len() <= most {
        return vec![("sitemap.xml".to_owned(), list("urlset", "url", pages.iter().map(absolute)))];
    }
    let parts = pages.chunks(most).enumerate();
    let mut files: Vec<(String, Vec<u8>)> = parts
        .map(|(number, part)| {
            (format!("sitemap-{}.xml", number + 1), list("urlset", "url", part.iter().map(absolute)))
        })
        .collect();
    let names: Vec<String> = files.iter().map(|(name, _)| absolute(name)).collect();
    files.push(("sitemap.xml".to_owned(), list("sitemapindex", "sitemap", names.into_iter())));
    files
}

fn list(root: &str, element: &str, addresses: impl Iterator<Item = String>) -> Vec<u8> {
    let mut text = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n");
    for address in addresses {
        let address = quick_xml::escape::escape(address.as_str());
        let _ = writeln!(text, "<{element}><loc>{address}</loc></{element}>");
    }
    let _ = writeln!(text, "</{root}>");
    text.into_bytes()
}
