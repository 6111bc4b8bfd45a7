//! Plans the files of the site: a [`SiteStructure`] in, a [`Theme`] and an [`OutputTree`] of all files out. No page is
//! rendered here; each page is a function that is called when the page is written.

mod collect;
mod data;
mod entry;
mod overviews;
mod pages;
mod previews;
mod publication;
mod redirects;
mod static_files;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, rules};
use crate::document::Target;
use crate::output::{Collision, Origin, OutputFile, OutputPath, OutputTree, Planned};
use crate::page::SiteStructure;
use crate::preview::PreviewRenderer;
use crate::theme::{Theme, broken_links};

use collect::Plan;
pub use publication::{Publication, Rows};

/// The planned files of a site, by path.
pub type Tree = OutputTree<Publication>;

/// Loads the theme of a site and plans its files. Also returns the problems that are found while planning, such
/// as colliding paths and links that lead nowhere.
///
/// # Errors
/// Returns diagnostics if templates of the site cannot be parsed or used.
pub fn plan_files(
    site: &SiteStructure<'_>,
    previews: Option<PreviewRenderer>,
) -> Result<(Theme, Tree, Vec<Diagnostic>), Vec<Diagnostic>> {
    let plan_pages = || {
        let mut plan = Plan {
            site: *site,
            previews: previews.map(Arc::new),
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
    problems.extend(broken_links(site.sources, site.config, |path| answers(site, &tree, path)));
    Ok((theme, tree, problems))
}

impl Plan<'_> {
    fn files(&mut self, theme: &Theme) {
        for (path, bytes) in theme.assets() {
            self.insert(path, None, OutputFile::Bytes(bytes.to_vec()));
        }
        for file in self.site.sources.static_files() {
            match static_files::output_path(&file.path, self.site.config) {
                Ok(path) => {
                    let file = OutputFile::Copy(file.disk.clone());
                    self.planned.push(Planned {
                        path,
                        origin: Origin::Static,
                        is_attached_to_page: false,
                        file,
                    });
                }
                Err(problem) => self.problems.push(*problem),
            }
        }
    }
}

fn colliding(collision: &Collision) -> Diagnostic {
    let Collision { path, is_exact, first, second } = collision;
    let message = format!("two pages or files have the address `/{}`", path.trim_end_matches("index.html"));
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
fn broken_site_links(site: &SiteStructure<'_>, tree: &Tree) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (_, document) in site.book.documents() {
        for reference in &document.references {
            let Target::Site(address) = &reference.target else { continue };
            if !answers(site, tree, address) {
                problems.push(
                    Diagnostic::new(
                        &rules::UNKNOWN_LINKS,
                        reference.span,
                        format!("there is no page or file at `{address}`"),
                    )
                    .help("link to a page by its address with the closing `/`, or to a file in `static/`"),
                );
            }
        }
    }
    problems
}

/// Whether a page or file exists at an address of the site. The address begins with `/`.
fn answers(site: &SiteStructure<'_>, tree: &Tree, address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy();
    let path = site.config.base_url.form().of(&path);
    OutputPath::for_page(&path).is_some_and(|path| tree.contains(&path))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use scraper::{ElementRef, Html, Selector};

    use super::*;
    use crate::graph::example::Example;

    /// The files of an example, each rendered when a test asks for it.
    pub(crate) struct RenderedSite {
        publication: Publication,
        tree: Tree,
    }

    impl Example {
        /// Plans the files of the site.
        #[track_caller]
        pub(crate) fn render(self) -> RenderedSite {
            let Ok((theme, tree, _)) = plan_files(&self.site(), PreviewRenderer::new(&self.site())) else {
                panic!("the theme cannot be used")
            };
            let Self { sources, config, book, lock, theme: classes, .. } = self;
            let publication = Publication {
                rows: Arc::new(Rows::new(&book)),
                book: Arc::new(book),
                sources: Arc::new(sources),
                config: Arc::new(config),
                lock: Arc::new(lock),
                theme_classes: Arc::new(classes),
                theme: Arc::new(theme),
            };
            RenderedSite { publication, tree }
        }
    }

    impl RenderedSite {
        /// Whether the site has a file.
        pub(crate) fn has(&self, path: &str) -> bool {
            self.file(path).is_some()
        }

        /// The text of a file.
        #[track_caller]
        pub(crate) fn text(&self, path: &str) -> String {
            let file = self.file(path).unwrap_or_else(|| panic!("there is no file {path}"));
            let mut bytes = Vec::new();
            let rendered = match file {
                OutputFile::Render(render) => render(&self.publication, &mut bytes),
                OutputFile::Stream(stream) => stream(&self.publication, &mut bytes),
                OutputFile::Bytes(known) => {
                    bytes.clone_from(known);
                    Ok(())
                }
                OutputFile::Renew(_) | OutputFile::Copy(_) => panic!("{path} is not a text"),
            };
            rendered.expect("a file that can be rendered");
            String::from_utf8(bytes).expect("UTF-8")
        }

        /// A page, parsed.
        #[track_caller]
        pub(crate) fn page(&self, path: &str) -> RenderedPage {
            let text = self.text(path);
            RenderedPage { html: Html::parse_document(&text), text }
        }

        fn file(&self, path: &str) -> Option<&OutputFile<Publication>> {
            self.tree.get(&OutputPath::new(path).expect("a path"))
        }
    }

    /// A page as a browser reads it.
    pub(crate) struct RenderedPage {
        html: Html,
        pub(crate) text: String,
    }

    impl RenderedPage {
        /// The elements that a selector finds.
        pub(crate) fn find(&self, selector: &str) -> Vec<ElementRef<'_>> {
            self.html.select(&Selector::parse(selector).expect("a selector")).collect()
        }

        /// The words of each element that a selector finds, with single spaces.
        pub(crate) fn words(&self, selector: &str) -> Vec<String> {
            let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.find(selector).iter().map(|element| words(element.text().collect())).collect()
        }

        /// The values of an attribute of the elements that a selector finds.
        pub(crate) fn values(&self, selector: &str, attribute: &str) -> Vec<&str> {
            self.find(selector).iter().filter_map(|element| element.value().attr(attribute)).collect()
        }

        /// The address of the link with these words.
        pub(crate) fn address(&self, words: &str) -> Option<String> {
            let links = self.find("a");
            let link = links.iter().find(|link| link.text().collect::<String>() == words)?;
            link.value().attr("href").map(str::to_owned)
        }

        /// Asserts that the HTML contains a text.
        #[track_caller]
        pub(crate) fn contains(&self, expected: &str) {
            assert!(self.text.contains(expected), "{expected:?} is not in\n{}", self.text);
        }
    }
}
