//! Sitemaps (sitemaps.org protocol 0.9): at most 50,000 addresses a file, then an index.

use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;

use crate::config::Config;

const MOST: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// One file of the sitemap.
pub(super) enum Sitemap {
    /// Some of all pages.
    Pages(Arc<[Arc<str>]>, Range<usize>),
    /// The files that hold the pages.
    Index(Vec<String>),
}

/// The sitemap of some pages: the paths of its files, and what they list.
pub(super) fn sitemaps(pages: Arc<[Arc<str>]>) -> Vec<(String, Sitemap)> {
    let main = "sitemap.xml".to_owned();
    if pages.len() <= MOST {
        let all = 0..pages.len();
        return vec![(main, Sitemap::Pages(pages, all))];
    }
    let starts = (0..pages.len()).step_by(MOST).enumerate();
    let mut files: Vec<(String, Sitemap)> = starts
        .map(|(number, start)| {
            let part = start..pages.len().min(start + MOST);
            (format!("sitemap-{}.xml", number + 1), Sitemap::Pages(Arc::clone(&pages), part))
        })
        .collect();
    let names = files.iter().map(|(name, _)| name.clone()).collect();
    files.push((main, Sitemap::Index(names)));
    files
}

impl Sitemap {
    /// Write the file.
    pub(super) fn write(&self, sink: &mut dyn Write, config: &Config) -> Result<()> {
        match self {
            Self::Pages(pages, part) => {
                let paths = pages.get(part.clone()).unwrap_or_default().iter().map(AsRef::as_ref);
                list(sink, config, ["urlset", "url"], paths)
            }
            Self::Index(names) => {
                list(sink, config, ["sitemapindex", "sitemap"], names.iter().map(String::as_str))
            }
        }
    }
}

fn list<'a>(
    sink: &mut dyn Write,
    config: &Config,
    [root, element]: [&str; 2],
    paths: impl Iterator<Item = &'a str>,
) -> Result<()> {
    writeln!(sink, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">")?;
    for path in paths {
        let address = config.base_url.absolute(path);
        let address = quick_xml::escape::escape(address.as_str());
        writeln!(sink, "<{element}><loc>{address}</loc></{element}>")?;
    }
    Ok(writeln!(sink, "</{root}>")?)
}
