//! Renders views with the theme: the built-in templates, the templates of the site that replace them, and the
//! assets. A mistake in a template becomes a diagnostic.

mod filters;
mod glyphs;
mod layout;
mod limits;
mod links;
mod problems;
mod texts;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use tera::{Context, Tera, Value};

use crate::config::{Config, ReviewQueue};
use crate::date::PartialDate;
use crate::diagnostic::Diagnostic;
use crate::digest::digest;
use crate::document::{Document, DocumentKind};
use crate::graph::DocumentIndex;
use crate::page::SiteStructure;
use crate::page::view::{ClaimRow, Head, Link, PageView, SiteView};
use crate::source::Sources;
use crate::templates;

use glyphs::GLYPHS;
#[cfg(feature = "previews")]
pub use glyphs::built_in_glyphs;
pub use links::broken as broken_links;
use problems::OwnTemplates;
use texts::TextTable;

const STYLESHEET: &str = "assets/claimbook.css";
const CHART_STYLES: &str = "assets/charts.css";
const SCRIPT: &str = "assets/claimbook.js";
const THEME: &str = "assets/theme.js";
const SEARCH: &str = "assets/search.js";
const FIND: &str = "assets/find.js";
const CLAIMS: &str = "assets/claims.js";
const CHARTS: &str = "assets/charts.js";
const SCRIPTS: [&str; 6] = [SCRIPT, THEME, SEARCH, FIND, CLAIMS, CHARTS];
/// Files whose published names contain a hash of their text.
const HASHED: [&str; 9] = [STYLESHEET, CHART_STYLES, GLYPHS, SCRIPT, THEME, SEARCH, FIND, CLAIMS, CHARTS];

/// Address of the image of the glyphs in the stylesheet.
const GLYPH_URL: &str = "url(glyphs.svg)";

/// The data that a template receives for its page.
pub struct View<'a, T> {
    /// Metadata of the page.
    pub head: &'a Head,
    /// The view of the page.
    pub page: &'a T,
    /// Rows of the page's table of claims, as HTML.
    pub rows: &'a str,
    /// Rows of the page's second table of claims, as HTML.
    pub other_rows: &'a str,
}

/// Templates and assets, ready to render.
pub struct Theme {
    tera: Tera,
    own: OwnTemplates,
    assets: Vec<(String, Vec<u8>)>,
    /// Rendered headers, by section and by whether the page is the main page of its section.
    headers: Mutex<BTreeMap<(&'static str, bool), Value>>,
}

impl Theme {
    /// Loads the theme of a site.
    ///
    /// # Errors
    /// Returns diagnostics if templates of the site cannot be parsed or used.
    pub fn new(site: &SiteStructure<'_>) -> Result<Self, Vec<Diagnostic>> {
        let files = files(site.sources);
        let own = OwnTemplates::new(site.sources);
        let mut tera = Tera::new();
        tera.autoescape_on([".html", ".xml", ".svg"]);
        filters::register(&mut tera, site.config.base_url.clone());
        limits::register(&mut tera);
        let unusable: Vec<Diagnostic> = own.empty().into_iter().chain(own.conflicts()).collect();
        if !unusable.is_empty() {
            return Err(unusable);
        }
        if let Some(problem) = own.too_deep() {
            return Err(vec![problem]);
        }
        let texts = TextTable::new();
        let templates: Vec<(String, String)> = files
            .iter()
            .filter(|(name, _)| !name.starts_with("assets/"))
            .map(|(name, text)| {
                let own = own.text(name).map(str::to_owned);
                (name.clone(), own.unwrap_or_else(|| texts.written_into(text)))
            })
            .collect();
        texts.register(&mut tera);
        tera.add_raw_templates(templates).map_err(|error| own.problems(&error))?;
        let asset = |name: &str| files.get(name).expect("a file of the theme is built in").as_str();
        let hashed = |name: &str| hashed_name(name, asset(name));
        let assets = files
            .iter()
            .filter(|(name, _)| name.starts_with("assets/"))
            .map(|(name, text)| {
                let name = if HASHED.contains(&name.as_str()) { hashed(name) } else { name.clone() };
                (name, text.clone().into_bytes())
            })
            .collect();
        let view = site_view(site, &hashed);
        tera.global_context().insert("site", &view);
        let footer = limits::render_part(|out| tera.render_to("footer.html", &Context::new(), out))
            .map_err(|error| vec![own.problem_in("footer.html", &error)])?;
        tera.global_context().insert_value("footer", Value::safe_string(&footer));
        Ok(Self { tera, own, assets, headers: Mutex::default() })
    }

    /// Whether the site has templates of its own.
    pub fn has_own_templates(&self) -> bool {
        !self.own.is_empty()
    }

    /// Returns the path and the bytes of each asset.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.assets.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Renders a page and appends it to `out`.
    ///
    /// # Errors
    /// When the template uses a value that its view does not have.
    pub fn render<T: PageView>(&self, view: &View<'_, T>, out: &mut Vec<u8>) -> Result<()> {
        let template = T::TEMPLATE.file();
        let problem = |error: tera::Error| {
            let problem = self.own.problem_in(template, &error);
            let problem = problem.note(format!("while rendering {}", view.head.canonical));
            RenderProblem(Box::new(problem))
        };
        let mut context = Context::new();
        context.insert_value("header", self.header(view.head).map_err(problem)?);
        context.insert("head", view.head);
        context.insert("page", view.page);
        context.insert_value("rows", Value::safe_string(view.rows));
        context.insert_value("other_rows", Value::safe_string(view.other_rows));
        if self.own.is_empty() {
            self.tera.render_to(template, &context, &mut *out).map_err(problem)?;
        } else {
            let render = |out: limits::PageWriter<'_>| self.tera.render_to(template, &context, out);
            limits::render(out, render).map_err(problem)?;
        }
        Ok(())
    }

    /// Renders a claim as a row of a table.
    ///
    /// # Errors
    /// When the component uses a value that its view does not have.
    pub fn row(&self, claim: &ClaimRow) -> Result<String> {
        let mut context = Context::new();
        context.insert("claim", claim);
        let problem = |error: tera::Error| {
            let problem = self.own.problem(&error).note(format!("while rendering the row of {}", claim.id));
            RenderProblem(Box::new(problem))
        };
        let row =
            limits::render_part(|out| self.tera.render_component_to("claim_row", &context, None, true, out));
        Ok(row.map_err(problem)?)
    }

    /// Returns the header of a page. The header is the same on thousands of pages, so it is rendered once.
    fn header(&self, head: &Head) -> tera::TeraResult<Value> {
        let mut headers = self.headers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(header) = headers.get(&(head.section, head.is_section)) {
            return Ok(header.clone());
        }
        let mut context = Context::new();
        context.insert("section", head.section);
        context.insert("is_section", &head.is_section);
        let header = limits::render_part(|out| self.tera.render_to("header.html", &context, out))?;
        let header = Value::safe_string(&header);
        headers.insert((head.section, head.is_section), header.clone());
        Ok(header)
    }
}

/// Returns all files of the theme by name, as they are published: the built-in stylesheet and scripts without layout,
/// and the glyphs as one image, whose address and places are in the stylesheet.
fn files(sources: &Sources) -> BTreeMap<String, String> {
    let mut files = templates::files(sources);
    for name in SCRIPTS.into_iter().chain([STYLESHEET, CHART_STYLES]) {
        let built_in = templates::built_in_file(name).expect("the file is built in");
        if let Some(text) = files.get_mut(name).filter(|text| *text == built_in) {
            *text = if SCRIPTS.contains(&name) { layout::script(text) } else { layout::stylesheet(text) };
        }
    }
    let symbols = glyphs::symbols(files.get(GLYPHS).map_or("", String::as_str));
    let image = glyphs::image(&symbols);
    if let Some(stylesheet) = files.get_mut(STYLESHEET) {
        let name = hashed_name(GLYPHS, &image);
        let url = format!("url({})", name.trim_start_matches("assets/"));
        *stylesheet = stylesheet.replace(GLYPH_URL, &url) + &glyphs::places(&symbols);
    }
    files.insert(GLYPHS.to_owned(), image);
    files
}

/// Returns a name with a hash of the text: `assets/name.css` becomes `assets/name.1a2b3c4d.css`. A changed file
/// has another address, so no browser shows new pages with an old stylesheet.
fn hashed_name(name: &str, text: &str) -> String {
    let hash: String = digest(text.as_bytes()).chars().take(8).collect();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}

fn site_view(site: &SiteStructure<'_>, hashed: &dyn Fn(&str) -> String) -> SiteView {
    let config: &Config = site.config;
    let pages = site
        .book
        .documents()
        .filter(|(_, document)| document.kind == DocumentKind::Page && !document.id.contains('/'));
    let today = PartialDate::from(config.today);
    let address = |asset: &str| config.base_url.address(&hashed(asset));
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        author: config.author.clone(),
        base: config.base_url.path().to_owned(),
        today,
        stylesheet: address(STYLESHEET),
        chart_styles: address(CHART_STYLES),
        script: address(SCRIPT),
        theme: address(THEME),
        search: if config.search { address(SEARCH) } else { String::new() },
        find: address(FIND),
        claims: address(CLAIMS),
        charts: address(CHARTS),
        review: (site.config.review == ReviewQueue::Published).then(|| site.url("review/")),
        footer: pages.map(|(index, page)| footer_link(site, index, page)).collect(),
        repository: config.repository.clone(),
        generator: concat!("claimbook ", env!("CARGO_PKG_VERSION")),
    }
}

/// A link to one of the author's own pages. Its title is not wording, because every page shows it.
fn footer_link(site: &SiteStructure<'_>, index: DocumentIndex, page: &Document) -> Link {
    let name = page.front_matter.name.as_ref().map(|name| name.value.clone());
    Link { url: site.url(&site.path_of(index)), text: name.unwrap_or_else(|| site.config.title.clone()) }
}

/// A page that a template of the site could not render. Such a mistake of the author shows only when the page is
/// written.
#[derive(Debug)]
pub struct RenderProblem(pub Box<Diagnostic>);

impl std::fmt::Display for RenderProblem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl std::error::Error for RenderProblem {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::Example;

    #[test]
    fn scripts_are_published_without_comments_and_those_of_a_site_as_they_are() {
        let own = "// Mine.\n  find();\n";
        let example = Example::new(&[("templates/assets/search.js", own)]);
        let files = files(&example.sources);
        assert_eq!(files[SEARCH], own);
        let built_in = templates::built_in_file(FIND).expect("the script");
        assert!(built_in.contains("\n// ") && built_in.contains("\n  "));
        assert!(!files[FIND].lines().any(|line| line.starts_with("//") || line.starts_with(' ')));
        assert!(files[FIND].contains("export class Finder{\n"), "{}", files[FIND]);
    }
}
