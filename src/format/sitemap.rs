//! Writes site maps (sitemaps.org protocol 0.9). A file contains at most 50,000 addresses; if there are more, an
//! index lists several files.

use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;

use crate::date::PartialDate;
use crate::page::{ChangeSubject, Site};

/// Maximum number of addresses in one file.
const MAX_ADDRESSES: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page in the site map.
#[derive(Debug, Clone)]
pub(crate) struct SitemapEntry {
    /// Path of the page.
    pub(crate) path: Arc<str>,
    /// What the page is about; this determines the date of its last change.
    pub(crate) subject: ChangeSubject,
}

/// One file of the site map.
pub(crate) enum Sitemap {
    /// A list of all pages, and the range of the pages in this file.
    Pages(Arc<[SitemapEntry]>, Range<usize>),
    /// Names of the files that list the pages.
    Index(Vec<String>),
}

/// Returns the files of a site map of these pages: path and content of each file.
pub(crate) fn sitemaps(pages: Arc<[SitemapEntry]>) -> Vec<(String, Sitemap)> {
    let main = "sitemap.xml".to_owned();
    if pages.len() <= MAX_ADDRESSES {
        let all = 0..pages.len();
        return vec![(main, Sitemap::Pages(pages, all))];
    }
    let starts = (0..pages.len()).step_by(MAX_ADDRESSES).enumerate();
    let mut files: Vec<(String, Sitemap)> = starts
        .map(|(number, start)| {
            let part = start..pages.len().min(start + MAX_ADDRESSES);
            (format!("sitemap-{}.xml", number + 1), Sitemap::Pages(Arc::clone(&pages), part))
        })
        .collect();
    let names = files.iter().map(|(name, _)| name.clone()).collect();
    files.push((main, Sitemap::Index(names)));
    files
}

impl Sitemap {
    /// Writes the file.
    pub(crate) fn write(&self, sink: &mut dyn Write, site: &Site<'_>) -> Result<()> {
        let absolute = |path: &str| site.config.base_url.absolute(path);
        match self {
            Self::Pages(pages, part) => {
                let of_book = site.last_change(ChangeSubject::Book);
                let pages = pages.get(part.clone()).unwrap_or_default().iter().map(|page| {
                    let last_change = match page.subject {
                        ChangeSubject::Book => of_book,
                        subject => site.last_change(subject),
                    };
                    (absolute(&page.path), last_change)
                });
                list(sink, ["urlset", "url"], pages)
            }
            Self::Index(names) => {
                list(sink, ["sitemapindex", "sitemap"], names.iter().map(|name| (absolute(name), None)))
            }
        }
    }
}

/// Writes addresses as XML. The schema of site maps allows only whole days, so a partial date is written as its
/// first day.
fn list(
    sink: &mut dyn Write,
    [root, element]: [&str; 2],
    pages: impl Iterator<Item = (String, Option<PartialDate>)>,
) -> Result<()> {
    writeln!(sink, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">")?;
    for (address, last_change) in pages {
        write!(sink, "<{element}><loc>{}</loc>", quick_xml::escape::escape(address.as_str()))?;
        if let Some(date) = last_change {
            write!(sink, "<lastmod>{}</lastmod>", date.first_day())?;
        }
        writeln!(sink, "</{element}>")?;
    }
    Ok(writeln!(sink, "</{root}>")?)
}
