//! Plans the files of the site: a [`Site`] in, a [`Theme`] and an [`OutputTree`] of all files out. No page is
//! rendered here; each page is a function that is called when the page is written.

mod cite;
mod csv;
mod entry;
mod feed;
mod filters;
mod graph;
mod ics;
mod json;
mod limits;
mod llms;
mod metric_data;
mod names;
mod overviews;
mod pages;
#[cfg(feature = "previews")]
mod preview;
#[cfg(not(feature = "previews"))]
#[path = "no_preview.rs"]
mod preview;
mod redirects;
mod rows;
mod scores;
#[cfg(feature = "search")]
mod search;
mod sitemap;
mod static_files;
mod template;
mod template_links;
mod template_problems;

use std::io::Write;
use std::sync::Arc;

use anyhow::Result;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::document::Target;
use crate::graph::{Book, EntityKind};
use crate::output::{Collision, Origin, OutputFile, OutputPath, OutputTree, Planned};
use crate::page::{Feed, Site};
use crate::quote::Lock;
use crate::source::{Sources, Span};
use crate::templates::ThemeClasses;

use preview::PreviewRenderer;
pub use preview::has_same_pictures;
pub use rows::Rows;
#[cfg(feature = "search")]
pub use search::search_index;
use sitemap::SitemapEntry;
pub use template::{RenderProblem, Theme};

/// Returns an empty tree, because the program was built without the feature `search`.
///
/// # Errors
/// Never returns an error.
#[cfg(not(feature = "search"))]
pub fn search_index(_: &Site<'_>, _: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Tree> {
    Ok(Tree::default())
}

/// A site and its theme: everything that the output is rendered from.
#[derive(Clone)]
pub struct Publication {
    /// The linked book.
    pub book: Arc<Book>,
    /// The text of every file.
    pub sources: Arc<Sources>,
    /// Settings from `site.toml`.
    pub config: Arc<Config>,
    /// Results of the search for quotations in saved sources (`claims.lock`).
    pub lock: Arc<Lock>,
    /// CSS classes that the theme uses.
    pub theme_classes: Arc<ThemeClasses>,
    /// Templates and assets of the theme.
    pub theme: Arc<Theme>,
    /// Rendered table rows of the claims; many pages share a row.
    pub rows: Arc<Rows>,
}

impl Publication {
    /// Returns the part of the publication that views of pages are made from.
    pub fn site(&self) -> Site<'_> {
        Site {
            book: &self.book,
            sources: &self.sources,
            config: &self.config,
            lock: &self.lock,
            theme: &self.theme_classes,
        }
    }
}

/// The planned files of a site, by path.
pub type Tree = OutputTree<Publication>;

/// Loads the theme of a site and plans its files. Also returns the problems that are found while planning, such
/// as colliding paths and links that lead nowhere.
///
/// # Errors
/// Returns diagnostics if templates of the site cannot be parsed or used.
pub fn emit(site: &Site<'_>) -> Result<(Theme, Tree, Vec<Diagnostic>), Vec<Diagnostic>> {
    let plan_pages = || {
        let mut plan = Plan {
            site: *site,
            painter: PreviewRenderer::new(site),
            planned: Vec::new(),
            addresses: Vec::new(),
            problems: Vec::new(),
        };
        plan.pages();
        plan.redirects();
        plan.feeds();
        plan.data();
        plan.metric_data();
        plan
    };
    let (theme, mut plan) = rayon::join(|| Theme::new(site), plan_pages);
    let theme = theme?;
    plan.files(&theme);
    let Plan { planned, mut problems, .. } = plan;
    let (tree, collisions) = Tree::new(planned);
    problems.extend(collisions.iter().map(colliding));
    problems.extend(broken_site_links(site, &tree));
    problems.extend(template_links::broken(site.sources, site.config, |path| answers(site, &tree, path)));
    Ok((theme, tree, problems))
}

/// The files of a site while they are being collected.
struct Plan<'a> {
    site: Site<'a>,
    /// Draws the preview images of pages; `None` if there are none.
    painter: Option<Arc<PreviewRenderer>>,
    planned: Vec<Planned<Publication>>,
    /// Pages that are listed in the site map.
    addresses: Vec<SitemapEntry>,
    problems: Vec<Diagnostic>,
}

impl Plan<'_> {
    fn insert(&mut self, path: &str, origin: Option<Span>, file: OutputFile<Publication>) {
        // An id that gives no valid path was already reported as an error, and its page is never written.
        if let Some(path) = OutputPath::of_page(&self.site.config.base_url.form().of(path)) {
            self.planned.push(Planned { path, origin: origin.into(), is_beside: false, file });
        }
    }

    /// Adds a file that belongs to the page of `origin`, such as the page's data.
    fn insert_beside(&mut self, path: OutputPath, origin: Option<Span>, file: OutputFile<Publication>) {
        self.planned.push(Planned { path, origin: origin.into(), is_beside: true, file });
    }

    fn feeds(&mut self) {
        self.feed("feed.xml", |site| site.article_feed());
        self.feed(&self.site.beside("claims/", "feed.xml"), |site| site.verdict_feed());
        for kind in [EntityKind::Speaker, EntityKind::Tag] {
            for index in self.site.book.entity_indices(kind) {
                let page = self.site.entity_path(index);
                self.feed(&self.site.beside(&page, "feed.xml"), move |site| site.entity_feed(index));
            }
        }
    }

    fn feed(&mut self, path: &str, make: impl Fn(Site<'_>) -> Feed + Send + Sync + 'static) {
        self.made(None, path, move |site| feed::atom(&make(site), site.config));
    }

    fn data(&mut self) {
        self.streamed("data/claims.json", |site, sink| json::claims(&site, sink));
        self.made(None, "data/scores.json", |site| scores::scores(&site));
        self.more_data();
        self.made(None, "data/names.json", |site| names::names(&site));
        for (path, sitemap) in sitemap::sitemaps(std::mem::take(&mut self.addresses).into()) {
            self.streamed(&path, move |site, sink| sitemap.write(sink, &site));
        }
        let sitemap = self.site.config.base_url.absolute("sitemap.xml");
        let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n");
        self.insert("robots.txt", None, OutputFile::Bytes(robots.into_bytes()));
        self.insert(".nojekyll", None, OutputFile::Bytes(Vec::new()));
    }

    /// Plans the other formats of the data, and the `claim.json` of each claim.
    fn more_data(&mut self) {
        let site = self.site;
        self.streamed("data/claims.csv", |site, sink| csv::claims(&site, sink));
        self.insert("data/claims.schema.json", None, OutputFile::Bytes(json::SCHEMA.as_bytes().to_vec()));
        self.streamed("data/graph.json", |site, sink| graph::graph(&site, sink));
        self.streamed("data/citations.bib", |site, sink| cite::bibtex(&site, sink));
        self.streamed("data/citations.json", |site, sink| cite::csl(&site, sink));
        self.streamed("forecasts/deadlines.ics", |site, sink| ics::deadlines(&site, sink));
        self.made(None, "llms.txt", |site| Ok(llms::llms(&site)));
        for index in site.book.all_claims() {
            let path = site.claim_path(index);
            let origin = Some(site.book.claim(index).id.span);
            self.made(origin, &site.beside(&path, "claim.json"), move |site| json::claim_file(&site, index));
        }
    }

    /// Adds a file that is not a page and whose bytes are made in one step. `origin` is the origin of the page
    /// that the file belongs to, if any.
    fn made(
        &mut self,
        origin: Option<Span>,
        path: &str,
        make: impl Fn(Site<'_>) -> Result<Vec<u8>> + Send + Sync + 'static,
    ) {
        let render = move |publication: &Publication, out: &mut Vec<u8>| {
            out.append(&mut make(publication.site())?);
            Ok(())
        };
        if let Some(path) = OutputPath::new(path) {
            self.insert_beside(path, origin, OutputFile::Render(Box::new(render)));
        }
    }

    /// Adds a file that grows with the site, such as the list of all claims. The file is written piece by piece.
    fn streamed(
        &mut self,
        path: &str,
        write: impl Fn(Site<'_>, &mut dyn Write) -> Result<()> + Send + Sync + 'static,
    ) {
        let stream = move |publication: &Publication, sink: &mut dyn Write| write(publication.site(), sink);
        self.insert(path, None, OutputFile::Stream(Box::new(stream)));
    }

    fn files(&mut self, theme: &Theme) {
        for (path, bytes) in theme.assets() {
            self.insert(path, None, OutputFile::Bytes(bytes.to_vec()));
        }
        for file in self.site.sources.static_files() {
            match static_files::output_path(&file.path, self.site.config) {
                Ok(path) => {
                    let file = OutputFile::Copy(file.disk.clone());
                    self.planned.push(Planned { path, origin: Origin::Static, is_beside: false, file });
                }
                Err(problem) => self.problems.push(*problem),
            }
        }
    }
}

fn colliding(collision: &Collision) -> Diagnostic {
    let Collision { path, is_exact, first, second } = collision;
    let message = format!("two pages or files want the address `/{}`", path.trim_end_matches("index.html"));
    // The diagnostic shows a place that the author wrote: a text rather than a file, and otherwise the second
    // place.
    let (shown, other) = match (first, second) {
        (Place::Text(_), Place::Path(..) | Place::Site) | (Place::Path(..), Place::Site) => (first, second),
        _ => (second, first),
    };
    let mut problem = Diagnostic::new(&rules::COLLIDING_ADDRESSES, shown.clone(), message);
    if !is_exact {
        problem = problem.note(
            "both differ only in upper and lower case, or in how letters are composed; some file systems take them \
             for one",
        );
    }
    match other {
        Place::Text(span) => problem.secondary(*span, "the other one").help("rename one of them"),
        Place::Path(path, _) => problem.note(format!("the other one is `{path}`")).help("rename one of them"),
        Place::Site => problem
            .note("the other one is a list or file that every site has")
            .help("rename the one that is yours"),
    }
}

/// Returns a diagnostic for each link to a `/path` of the site where no page and no file exists.
fn broken_site_links(site: &Site<'_>, tree: &Tree) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (_, document) in site.book.documents() {
        for reference in &document.references {
            let Target::Site(address) = &reference.target else { continue };
            if !answers(site, tree, address) {
                problems.push(
                    Diagnostic::new(&rules::UNKNOWN_LINKS, reference.span, format!("nothing is at `{address}`"))
                        .help("link to a page by its address with the closing `/`, or to a file that lies in `static/`"),
                );
            }
        }
    }
    problems
}

/// Whether a page or file exists at an address of the site. The address begins with `/`.
fn answers(site: &Site<'_>, tree: &Tree, address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy();
    let path = site.config.base_url.form().of(&path);
    OutputPath::of_page(&path).is_some_and(|path| tree.contains(&path))
}
