//! Sitemaps (sitemaps.org protocol 0.9): at most 50,000 addresses a file, then an index.

use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;

use crate::date::PartialDate;
use crate::page::{Site, Subject};

const MOST: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page of the sitemap.
#[derive(Debug, Clone)]
pub(super) struct Address {
    /// Its path.
    pub(super) path: Arc<str>,
    /// What it is about, for the date of its last change.
    pub(super) subject: Subject,
}

/// One file of the sitemap.
pub(super) enum Sitemap {
    /// Some of all pages.
    Pages(Arc<[Address]>, Range<usize>),
    /// The files that hold the pages.
    Index(Vec<String>),
}

/// The sitemap of some pages: the paths of its files, and what they list.
pub(super) fn sitemaps(pages: Arc<[Address]>) -> Vec<(String, Sitemap)> {
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
    pub(super) fn write(&self, sink: &mut dyn Write, site: &Site<'_>) -> Result<()> {
        let absolute = |path: &str| site.config.base_url.absolute(path);
        match self {
            Self::Pages(pages, part) => {
                let of_book = site.last_change(Subject::Book);
                let pages = pages.get(part.clone()).unwrap_or_default().iter().map(|page| {
                    let last_change = match page.subject {
                        Subject::Book => of_book,
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

/// The schema of site maps takes whole days only, so a partial date is its first day.
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
