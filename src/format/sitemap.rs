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
                let pages =
                    pages.get(part.clone()).expect("a part of the map is a range of its pages").iter().map(
                        |page| {
                            let last_change = match page.subject {
                                ChangeSubject::Book => of_book,
                                subject => site.last_change(subject),
                            };
                            (absolute(&page.path), last_change)
                        },
                    );
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::tests::written;
    use crate::graph::example::Example;

    fn entries(count: usize) -> Arc<[SitemapEntry]> {
        let entry = |number: usize| SitemapEntry {
            path: format!("page-{number}/").into(),
            subject: ChangeSubject::Undated,
        };
        (0..count).map(entry).collect()
    }

    #[test]
    fn addresses_are_escaped_and_dates_are_whole_days() {
        let example = Example::of_feeds("2026-11-22");
        let claim = ChangeSubject::Claim(example.index("pace"));
        let pages = [("a&b/", ChangeSubject::Undated), ("", ChangeSubject::Book), ("claims/pace/", claim)];
        let pages: Arc<[SitemapEntry]> =
            pages.into_iter().map(|(path, subject)| SitemapEntry { path: path.into(), subject }).collect();
        let files = sitemaps(pages);
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].0, "sitemap.xml");
        assert_eq!(
            written(|sink| files[0].1.write(sink, &example.site())),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <url><loc>https://example.org/a/b/a&amp;b/</loc></url>\n\
             <url><loc>https://example.org/a/b/</loc><lastmod>2026-11-15</lastmod></url>\n\
             <url><loc>https://example.org/a/b/claims/pace/</loc><lastmod>2026-11-15</lastmod></url>\n\
             </urlset>\n"
        );
    }

    #[test]
    fn a_site_with_too_many_pages_has_an_index_of_several_files() {
        let names = |count| sitemaps(entries(count)).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(MAX_ADDRESSES), ["sitemap.xml"]);
        assert_eq!(names(MAX_ADDRESSES + 1), ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        let example = Example::of_article("Text.");
        let files = sitemaps(entries(MAX_ADDRESSES + 1));
        let text = |number: usize| written(|sink| files[number].1.write(sink, &example.site()));
        assert_eq!(text(0).matches("<url>").count(), MAX_ADDRESSES);
        assert!(
            text(1).contains(&format!("<url><loc>https://example.org/page-{MAX_ADDRESSES}/</loc></url>"))
        );
        assert!(text(2).contains("<sitemap><loc>https://example.org/sitemap-2.xml</loc></sitemap>"));
    }
}
