//! Runs the stages from parse to plan in order, and parses files in parallel. Nothing here reads or writes files;
//! see [`crate::source::load`] and [`crate::output::commit`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use crate::config::{self, Config, Overrides};
use crate::diagnostic::{self, Diagnostic, Place, RuleKind, rules};
use crate::document::{Document, DocumentKind, Outline};
use crate::graph::{Book, check_references, link};
use crate::lint;
use crate::markdown::{Parsed, parse};
use crate::output::{OutputFile, Render};
use crate::page::Site;
use crate::plan::{Publication, Rows, Tree, plan_files};
use crate::preview::has_same_pictures;
use crate::quote::Lock;
use crate::source::{FileId, LoadProblem, LoadProblemKind, SitePath, SourceFile, Sources};
use crate::templates::ThemeClasses;
use crate::theme::RenderProblem;

/// After this number of pages that could not be rendered, rendering stops, because each of them may take as long
/// as a page is allowed to.
const MAX_BROKEN_PAGES: usize = 64;

/// A site that was read, linked and checked.
pub struct Analysis {
    /// The text of every file.
    pub sources: Arc<Sources>,
    /// Settings; `None` if `site.toml` is missing or is not valid TOML.
    pub config: Option<Arc<Config>>,
    /// The linked book.
    pub book: Arc<Book>,
    /// Results of the search for quotations in saved sources (`claims.lock`).
    pub lock: Arc<Lock>,
    /// CSS classes that the theme uses.
    pub theme: Arc<ThemeClasses>,
    /// All problems that were found.
    pub diagnostics: Vec<Diagnostic>,
    /// Number of diagnostics that do not come from lints; these are first in the list.
    without_lints: usize,
    overrides: Overrides,
    /// Whether every file could be read.
    is_whole: bool,
    /// Parse result of each content file, for the next analysis.
    parsed: BTreeMap<FileId, Arc<Parsed>>,
}

/// Parses and links a site, and checks everything that does not need addresses. `unreadable` contains the
/// problems that loading found.
pub fn analyse(sources: &Arc<Sources>, unreadable: &[LoadProblem], overrides: &Overrides) -> Analysis {
    analyse_again(sources, unreadable, overrides, None)
}

/// Analyses a site that was analysed before. A file whose text is the same is not parsed again. If only words
/// have changed, the site is not linked again either, and its references are not checked again.
pub fn analyse_again(
    sources: &Arc<Sources>,
    unreadable: &[LoadProblem],
    overrides: &Overrides,
    earlier: Option<&Analysis>,
) -> Analysis {
    let other_words = earlier.filter(|earlier| earlier.is_whole && unreadable.is_empty());
    if let Some(analysis) = other_words.and_then(|earlier| with_other_words(sources, overrides, earlier)) {
        return analysis;
    }
    let mut diagnostics: Vec<Diagnostic> = unreadable.iter().map(unreadable_file).collect();
    let rules = lint::all_rules();
    let config = sources.find("site.toml").and_then(|file| {
        let (config, problems) = config::read(file, sources.file(file), &rules, overrides);
        diagnostics.extend(problems);
        config
    });
    let is_content = |file: &SourceFile| file.path().starts_with("content/");
    let files: Vec<FileId> = sources.iter().filter(|(_, file)| is_content(file)).map(|(id, _)| id).collect();
    let parse_one = |&id: &FileId| {
        let kept = earlier.filter(|earlier| sources.has_same(id, &earlier.sources));
        let parsed = match kept.and_then(|earlier| earlier.parsed.get(&id)) {
            Some(parsed) => Arc::clone(parsed),
            None => Arc::new(parse(id, sources.file(id))),
        };
        (id, parsed)
    };
    let parsed: BTreeMap<FileId, _> = files.par_iter().map(parse_one).collect();
    diagnostics.extend(parsed.values().flat_map(|file| file.problems.iter().cloned()));
    let (documents, left_out) = documents_of(parsed.values(), overrides);
    let (book, of_links) = link(documents, overrides.today);
    let lock = sources.find("claims.lock");
    let (lock, problems) = lock.map(|file| Lock::read(file, sources.file(file))).unwrap_or_default();
    diagnostics.extend(problems);
    let theme = ThemeClasses::new(sources);
    let (dangling, found) = rayon::join(
        || check_references(&book),
        || run_lints(&book, config.as_ref(), (&lock, &theme), sources),
    );
    let dangling = of_links.into_iter().chain(dangling);
    diagnostics.extend(dangling.map(|problem| left_out.explain(problem)));
    let without_lints = diagnostics.len();
    diagnostics.extend(found);
    Analysis {
        sources: Arc::clone(sources),
        config: config.map(Arc::new),
        book: Arc::new(book),
        lock: Arc::new(lock),
        theme: Arc::new(theme),
        diagnostics,
        without_lints,
        overrides: overrides.clone(),
        is_whole: unreadable.is_empty(),
        parsed,
    }
}

/// Returns the diagnostics of all lints; empty without a configuration.
fn run_lints(
    book: &Book,
    config: Option<&Config>,
    (lock, theme): (&Lock, &ThemeClasses),
    sources: &Sources,
) -> Vec<Diagnostic> {
    config.map(|config| lint::run(&lint::Context { book, config, lock, theme, sources })).unwrap_or_default()
}

/// Digests of what the rest of the book and the data use from a content file. The digests are the same in all
/// runs of one program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlines {
    /// Digests of what the rest of the book uses.
    pub of_document: Outline,
    /// Digest of what only the data of all claims uses: the lines of the file's claims, and the words of its
    /// links.
    pub of_data: u64,
}

impl Analysis {
    /// Returns the outlines of the content files whose paths are `wanted`, by path.
    pub fn outlines(&self, wanted: impl Fn(&str) -> bool) -> BTreeMap<&str, Outlines> {
        let all = self.parsed.values().filter_map(|parsed| parsed.document.as_deref());
        let documents: Vec<&Document> = all.filter(|document| wanted(&document.path)).collect();
        documents.par_iter().map(|document| (document.path.as_str(), self.outlines_of(document))).collect()
    }

    fn outlines_of(&self, document: &Document) -> Outlines {
        let file = self.sources.file(document.file);
        let mut hasher = DefaultHasher::new();
        for claim in &document.claims {
            file.position(claim.span.start).line.hash(&mut hasher);
        }
        document.references.iter().for_each(|link| link.words.linked().hash(&mut hasher));
        Outlines { of_document: document.outline(), of_data: hasher.finish() }
    }
}

/// Returns the analysis of a site that differs from an earlier one only in the words of some files, or `None` if
/// anything else differs or if such a file has problems before or after. If words of claims have changed, lints
/// run again, because only lints read them.
fn with_other_words(sources: &Arc<Sources>, overrides: &Overrides, earlier: &Analysis) -> Option<Analysis> {
    let changed = sources.changed_since(&earlier.sources)?;
    let is_changed = |problem: &Diagnostic| is_about(problem, &changed, sources);
    if earlier.overrides != *overrides || earlier.diagnostics.iter().any(is_changed) {
        return None;
    }
    let mut parsed = earlier.parsed.clone();
    let mut documents = Vec::new();
    let mut has_same_claims = true;
    for id in changed {
        let place = parsed.get_mut(&id)?;
        let file = parse(id, sources.file(id));
        if !file.problems.is_empty() {
            return None;
        }
        let (document, old) = (file.document.as_ref()?, place.document.as_ref()?);
        has_same_claims &= document.outline().claims == old.outline().claims;
        documents.extend(if overrides.drafts { Some(Arc::clone(document)) } else { published(document).0 });
        *place = Arc::new(file);
    }
    let book = earlier.book.with_texts(&documents)?;
    let mut diagnostics = earlier.diagnostics.clone();
    if !has_same_claims {
        diagnostics.truncate(earlier.without_lints);
        let about = (&*earlier.lock, &*earlier.theme);
        diagnostics.extend(run_lints(&book, earlier.config.as_deref(), about, sources));
    }
    Some(Analysis {
        sources: Arc::clone(sources),
        config: earlier.config.clone(),
        book: Arc::new(book),
        lock: Arc::clone(&earlier.lock),
        theme: Arc::clone(&earlier.theme),
        diagnostics,
        without_lints: earlier.without_lints,
        overrides: overrides.clone(),
        is_whole: true,
        parsed,
    })
}

/// Claims and documents that are left out without `--drafts`, for messages about links to them.
#[derive(Default)]
struct LeftOut {
    /// Ids of claims that are only proposed.
    proposed: HashSet<String>,
    /// Paths of drafts and of the files of their claims, by the words that name them in messages, such as ``file
    /// `content/articles/a.md` `` and ``claim `pace` ``.
    drafts: HashMap<String, SitePath>,
}

impl LeftOut {
    fn add_draft(&mut self, document: &Document) {
        let path = &document.path;
        let mut add = |what: &str, name: &str| {
            self.drafts.entry(format!("{what} `{name}`")).or_insert_with(|| path.clone());
        };
        add("file", path);
        if document.kind == DocumentKind::Article {
            add("write-up", &document.id);
        }
        document.claims.iter().for_each(|claim| add("claim", &claim.id.value));
    }

    /// Improves the diagnostic of a link to a proposed claim or to a part of a draft: the target exists but is
    /// left out.
    fn explain(&self, mut problem: Diagnostic) -> Diagnostic {
        let Some(thing) = problem.message.strip_prefix("unknown ") else { return problem };
        let id = thing.strip_prefix("claim `").and_then(|rest| rest.strip_suffix('`'));
        if let Some(id) = id.filter(|&id| self.proposed.contains(id)) {
            problem.help =
                vec![format!("`{id}` is proposed: review it and delete its `proposed`, or use --drafts")];
        } else if let Some(path) = self.drafts.get(thing) {
            problem.message = match thing.strip_prefix("file ") {
                Some(file) => format!("{file} is a draft"),
                None if id.is_some() => format!("the {thing} is in a draft"),
                None => format!("the {thing} is a draft"),
            };
            problem.help = vec![format!("publish it by deleting `draft: true` in `{path}`, or use --drafts")];
        }
        problem
    }
}

/// Returns the documents that are built, and the claims and documents that are left out.
fn documents_of<'a>(
    parsed: impl Iterator<Item = &'a Arc<Parsed>>,
    overrides: &Overrides,
) -> (Vec<Arc<Document>>, LeftOut) {
    let (mut documents, mut left_out) = (Vec::new(), LeftOut::default());
    for document in parsed.filter_map(|file| file.document.as_ref()) {
        if overrides.drafts {
            documents.push(Arc::clone(document));
        } else if document.front_matter.is_draft {
            left_out.add_draft(document);
        } else {
            let (document, ids) = published(document);
            documents.extend(document);
            left_out.proposed.extend(ids);
        }
    }
    (documents, left_out)
}

/// Returns a document without its proposed claims, and the ids of these claims. Most documents have no proposed
/// claims and are returned as they are.
fn published(document: &Arc<Document>) -> (Option<Arc<Document>>, Vec<String>) {
    if document.claims.iter().all(|claim| !claim.is_proposed) {
        return (Some(Arc::clone(document)), Vec::new());
    }
    let (document, ids) = Document::clone(document).without_proposed();
    (document.map(Arc::new), ids)
}

/// A planned site without errors, ready to be written.
#[derive(Clone)]
pub struct Edition {
    /// The site and its theme, which the files are rendered from.
    pub publication: Publication,
    /// The planned files.
    pub tree: Arc<Tree>,
    /// Warnings that planning found.
    warnings: Arc<[Diagnostic]>,
}

/// Plans the output of an analysed site. Returns all problems, sorted, and the edition if no problem is an error.
pub fn plan(analysis: &Analysis) -> (Vec<Diagnostic>, Option<Edition>) {
    plan_again(analysis, None)
}

/// Plans the output of a site that may have an earlier edition. If only words have changed, the table of files is
/// reused.
pub fn plan_again(analysis: &Analysis, earlier: Option<&Edition>) -> (Vec<Diagnostic>, Option<Edition>) {
    let mut diagnostics = analysis.diagnostics.clone();
    let planned = match earlier.and_then(|earlier| edition_of_other_words(analysis, earlier)) {
        Some(edition) => Ok(edition),
        None => new_edition(analysis),
    };
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

/// Plans a site again as a whole, even if the analysis found errors. Returns the problems if there cannot be an
/// edition.
fn new_edition(analysis: &Analysis) -> std::result::Result<Edition, Vec<Diagnostic>> {
    let Analysis { sources, config, book, lock, theme: theme_classes, .. } = analysis;
    let config = config.as_ref().ok_or_else(Vec::new)?;
    let (theme, tree, problems) = plan_files(&Site { book, sources, config, lock, theme: theme_classes })?;
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

/// Returns the earlier edition with the texts of the new analysis, if the two books differ only in words;
/// otherwise `None`.
fn edition_of_other_words(analysis: &Analysis, earlier: &Edition) -> Option<Edition> {
    if !analysis.book.shares_links_with(&earlier.publication.book) {
        return None;
    }
    let changed = analysis.sources.changed_since(&earlier.publication.sources)?;
    let is_changed = |problem: &Diagnostic| is_about(problem, &changed, &analysis.sources);
    if earlier.warnings.iter().any(is_changed) {
        return None;
    }
    let has_same_pictures = |&file: &FileId| {
        let path = analysis.sources.file(file).path();
        // Both books have the same links, so the index of a document is valid in both.
        analysis.book.find_file(path).is_none_or(|index| {
            let (now, then) = (analysis.book.document(index), earlier.publication.book.document(index));
            has_same_pictures(&earlier.publication.config, now, then)
        })
    };
    if !changed.iter().all(has_same_pictures) {
        return None;
    }
    let mut edition = earlier.clone();
    edition.publication.book = Arc::clone(&analysis.book);
    edition.publication.sources = Arc::clone(&analysis.sources);
    edition.publication.rows = Arc::new(Rows::new(&analysis.book));
    Some(edition)
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
    let known = errors(sources);
    let is_known = |problem: &Diagnostic| known.iter().any(|old| old.message == problem.message);
    errors(changed).into_iter().find(|problem| !is_known(problem))
}

/// Whether a problem is in one of these files.
fn is_about(problem: &Diagnostic, files: &BTreeSet<FileId>, sources: &Sources) -> bool {
    let of_path = match &problem.place {
        Place::Path(path, _) => sources.find(path),
        Place::Text(_) | Place::Site => None,
    };
    problem.spans().map(|span| span.file).chain(of_path).any(|file| files.contains(&file))
}

/// Returns the diagnostic for a file that could not be read.
pub(crate) fn unreadable_file(problem: &LoadProblem) -> Diagnostic {
    let LoadProblem { kind, path, position, message, help } = problem;
    let rule = match kind {
        LoadProblemKind::Unreadable => &rules::UNREADABLE_FILES,
        LoadProblemKind::NoContent => &rules::MISSING_CONTENT,
    };
    Diagnostic::new(rule, Place::Path(path.clone(), *position), message.as_str()).help(help.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::PartialDate;

    #[test]
    fn lints_read_the_authors_of_a_write_up_that_has_changed() {
        let path = "content/articles/a.md";
        let text = |author: &str| format!("---\ntitle: A\nauthors: {author}\n---\n\nText.\n");
        let site = "title = \"A\"\nbase_url = \"https://example.org/\"\n".to_owned();
        let sources = Arc::new(Sources::from_texts([("site.toml", site), (path, text("Jane Doe"))]));
        let today = PartialDate::parse("2026-11-22").expect("a date").last_day();
        let overrides = Overrides { base_url: None, today, drafts: false };
        let first = analyse(&sources, &[], &overrides);
        assert_eq!(first.diagnostics, []);
        let changed = Arc::new(sources.with(path, &text("Jane Doe and John Roe")));
        let second = analyse_again(&changed, &[], &overrides, Some(&first));
        let rules: Vec<&str> = second.diagnostics.iter().map(|problem| problem.rule.name).collect();
        assert_eq!(rules, ["joined-names"]);
    }
}
