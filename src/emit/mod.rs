//! Plans the files of the site: a [`Site`] and a [`Theme`] in, an [`OutputTree`] out, the table of everything that
//! is written. Nothing is rendered here; each page is a function that renders it when it is written.

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

use preview::Painter;
pub use preview::has_same_pictures;
pub use rows::Rows;
#[cfg(feature = "search")]
pub use search::search_index;
use sitemap::Address;
pub use template::{RenderProblem, Theme};

/// Without the feature `search` there is no index.
///
/// # Errors
/// Never.
#[cfg(not(feature = "search"))]
pub fn search_index(_: &Site<'_>, _: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Tree> {
    Ok(Tree::default())
}

/// A site with its looks: all that a file of the output is made of.
#[derive(Clone)]
pub struct Publication {
    /// The linked book.
    pub book: Arc<Book>,
    /// The text of every file.
    pub sources: Arc<Sources>,
    /// The settings.
    pub config: Arc<Config>,
    /// What was found in snapshots.
    pub lock: Arc<Lock>,
    /// The classes of the theme.
    pub theme_classes: Arc<ThemeClasses>,
    /// Templates and assets.
    pub theme: Arc<Theme>,
    /// What many pages show of the claims.
    pub rows: Arc<Rows>,
}

impl Publication {
    /// What its pages are made of.
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

/// The table of the files of a site.
pub type Tree = OutputTree<Publication>;

/// The looks of a site, its files, and the problems that only show when all addresses are known.
///
/// # Errors
/// Diagnostics for templates of the site that cannot be parsed.
pub fn emit(site: &Site<'_>) -> Result<(Theme, Tree, Vec<Diagnostic>), Vec<Diagnostic>> {
    let plan_pages = || {
        let mut plan = Plan {
            site: *site,
            painter: Painter::new(site),
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

struct Plan<'a> {
    site: Site<'a>,
    /// Draws the pictures of pages, if the site wants them.
    painter: Option<Arc<Painter>>,
    planned: Vec<Planned<Publication>>,
    /// The pages that search engines should know.
    addresses: Vec<Address>,
    problems: Vec<Diagnostic>,
}

impl Plan<'_> {
    fn insert(&mut self, path: &str, origin: Option<Span>, file: OutputFile<Publication>) {
        // Ids that make no path are errors already; their pages are never written.
        if let Some(path) = OutputPath::of_page(&self.site.config.base_url.form().of(path)) {
            self.planned.push(Planned { path, origin: origin.into(), is_beside: false, file });
        }
    }

    /// A file that lies beside the page of `origin`.
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

    /// The other forms of the data, and the files beside the pages of claims.
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

    /// A file that is no page; `origin` is that of the page it lies beside.
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

    /// A file with something of each claim.
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
    // What an author wrote is shown; of two such places, the second, and a text before a file.
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

/// Links to `/path` that no page or file answers.
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

/// Whether a page or file is at an address of the site, which begins with `/`.
fn answers(site: &Site<'_>, tree: &Tree, address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy();
    let path = site.config.base_url.form().of(&path);
    OutputPath::of_page(&path).is_some_and(|path| tree.contains(&path))
}
