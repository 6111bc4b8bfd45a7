//! Plans the output of an analysed site: [`plan`] returns an [`Edition`], from which every file is made when it is
//! written or requested; see [`crate::output::commit`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use crate::config::Overrides;
use crate::diagnostic::{self, Diagnostic, Place, RuleKind};
use crate::document::WordingAccess;
use crate::output::{OutputFile, Render};
use crate::page::{Site, SiteStructure};
use crate::plan::{Publication, Rows, Tree, plan_files};
use crate::preview::PreviewRenderer;
use crate::source::{LoadProblem, Sources};
use crate::theme::RenderProblem;

use super::analysis::{Analysis, analyse};

/// After this number of pages that could not be rendered, rendering stops, because each of them may take as long
/// as a page is allowed to.
const MAX_BROKEN_PAGES: usize = 64;

/// A planned site without errors, ready to be written.
#[derive(Clone)]
pub struct Edition {
    /// The site and its theme, which the files are rendered from.
    pub publication: Publication,
    /// The planned files.
    pub tree: Arc<Tree>,
    /// Problems that planning found.
    pub(crate) warnings: Arc<[Diagnostic]>,
}

impl Edition {
    /// Returns this edition with the texts of an analysis that has the same links.
    pub(crate) fn with_texts(&self, analysis: &Analysis) -> Self {
        let mut edition = self.clone();
        edition.publication.book = Arc::clone(&analysis.book);
        edition.publication.sources = Arc::clone(&analysis.sources);
        edition.publication.rows = Arc::new(Rows::new(&analysis.book));
        edition
    }
}

/// Plans the output of an analysed site. Returns all problems, sorted, and the edition if no problem is an error.
pub fn plan(analysis: &Analysis) -> (Vec<Diagnostic>, Option<Edition>) {
    finish(analysis, new_edition(analysis))
}

/// Adds the problems of planning to those of the analysis.
pub(crate) fn finish(
    analysis: &Analysis,
    planned: std::result::Result<Edition, Vec<Diagnostic>>,
) -> (Vec<Diagnostic>, Option<Edition>) {
    let mut diagnostics = analysis.diagnostics.clone();
    let edition = match planned {
        Ok(edition) => {
            diagnostics.extend(edition.warnings.iter().cloned());
            Some(edition)
        }
        Err(problems) => {
            diagnostics.extend(problems);
            None
        }
    };
    diagnostic::sort(&mut diagnostics);
    let is_good = !diagnostic::has_errors(&diagnostics);
    (diagnostics, edition.filter(|_| is_good))
}

/// Plans a site as a whole, even if the analysis found errors. Returns the problems if there cannot be an edition.
fn new_edition(analysis: &Analysis) -> std::result::Result<Edition, Vec<Diagnostic>> {
    let Analysis { sources, config, book, lock, theme: theme_classes, .. } = analysis;
    let config = config.as_ref().ok_or_else(Vec::new)?;
    let structure = SiteStructure { book, sources, config, lock, theme: theme_classes };
    let previews = PreviewRenderer::new(&Site::new(structure, WordingAccess::grant()));
    let (theme, tree, problems) = plan_files(&structure, previews)?;
    let publication = Publication {
        book: Arc::clone(book),
        sources: Arc::clone(sources),
        config: Arc::clone(config),
        lock: Arc::clone(lock),
        theme_classes: Arc::clone(theme_classes),
        theme: Arc::new(theme),
        rows: Arc::new(Rows::new(book)),
    };
    Ok(Edition { publication, tree: Arc::new(tree), warnings: problems.into() })
}

/// Returns problems of the site's own templates that appear only when pages are rendered. Renders pages in the
/// order of their paths and discards the results. A mistake that many pages show is reported once. If all
/// templates are built in, nothing is rendered, because the tests of this program cover them.
///
/// # Errors
/// When a page cannot be rendered for a reason other than a mistake in a template.
pub fn template_problems(edition: &Edition) -> Result<Vec<Diagnostic>> {
    let Edition { publication, tree, .. } = edition;
    if !publication.theme.has_own_templates() {
        return Ok(Vec::new());
    }
    let pages: Vec<&Render<Publication>> = tree
        .files()
        .filter_map(|(_, file)| if let OutputFile::Render(render) = file { Some(render) } else { None })
        .collect();
    let problem_of = |page: &mut Vec<u8>, render: &&Render<Publication>| {
        page.clear();
        match render(publication, page).map_err(anyhow::Error::downcast::<RenderProblem>) {
            Ok(()) => Ok(None),
            Err(Ok(problem)) => Ok(Some(*problem.0)),
            Err(Err(error)) => Err(error),
        }
    };
    let (mut problems, mut known, mut broken) = (Vec::new(), BTreeSet::new(), 0);
    for pages in pages.chunks(MAX_BROKEN_PAGES) {
        let found: Result<Vec<Option<Diagnostic>>> =
            pages.par_iter().map_init(Vec::new, problem_of).collect();
        for problem in found?.into_iter().flatten() {
            broken += 1;
            if known.insert((problem.place.clone(), problem.message.clone())) {
                problems.push(problem);
            }
        }
        if broken >= MAX_BROKEN_PAGES {
            break;
        }
    }
    Ok(problems)
}

/// Returns the first error that `changed` has and `sources` does not have. Lints are not considered.
pub fn first_new_error(
    sources: &Arc<Sources>,
    changed: &Arc<Sources>,
    unreadable: &[LoadProblem],
    overrides: &Overrides,
) -> Option<Diagnostic> {
    let errors = |sources: &Arc<Sources>| {
        let (mut problems, _) = plan(&analyse(sources, unreadable, overrides));
        problems.retain(|problem| matches!(problem.rule.kind, RuleKind::Error));
        problems
    };
    // Places of the same problem move with the text around it, so problems of one rule are counted for each file.
    let key = |problem: &Diagnostic, sources: &Sources| {
        let path = match &problem.place {
            Place::Site => String::new(),
            Place::Path(path, _) => path.clone(),
            Place::Text(span) => sources.file(span.file).path().to_owned(),
        };
        (problem.rule.name, path)
    };
    let mut known: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for problem in errors(sources) {
        *known.entry(key(&problem, sources)).or_default() += 1;
    }
    errors(changed).into_iter().find(|problem| match known.get_mut(&key(problem, changed)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::PartialDate;

    #[test]
    fn an_error_is_new_even_if_another_file_has_the_same_one() {
        let settings = ("site.toml", "title = \"A\"\nbase_url = \"https://example.org/\"\n");
        let broken = "---\ntitle: A\n---\n\nSee [it](claim:nothing).\n";
        let before = Arc::new(Sources::from_texts([settings, ("content/articles/a.md", broken)]));
        let after = Arc::new(Sources::from_texts([
            settings,
            ("content/articles/a.md", broken),
            ("content/articles/b.md", broken),
        ]));
        let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
        let overrides = Overrides { base_url: None, repository: None, today, drafts: false, review: false };
        assert!(first_new_error(&before, &before, &[], &overrides).is_none());
        let error = first_new_error(&before, &after, &[], &overrides).expect("an error");
        let span = error.place.span().expect("a place");
        assert_eq!(after.file(span.file).path(), "content/articles/b.md");
    }
}
