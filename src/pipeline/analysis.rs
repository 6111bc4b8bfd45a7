//! Reads and checks a site: [`analyse`] runs the stages from parse to check, and parses files in parallel. Nothing here
//! reads or writes files; see [`crate::source::load`].

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, Config, Overrides};
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::document::{Document, Outline, WordingAccess};
use crate::graph::{Book, LeftOut, check_references, link};
use crate::lint;
use crate::markdown::{Parsed, parse};
use crate::quote::Lock;
use crate::source::{FileId, LoadProblem, LoadProblemKind, SourceFile, Sources};
use crate::templates::ThemeClasses;

/// A site that was read, linked and checked.
pub struct Analysis {
    /// The texts of the site.
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
    /// Number of diagnostics of reading and linking, which are first in the list. The others come from
    /// [`checks`], which reads wording.
    unchecked: usize,
    left_out: Arc<LeftOut>,
    /// Parse result of each content file, for the next analysis.
    parsed: ParsedFiles,
}

/// Parse results of content files.
pub(crate) type ParsedFiles = BTreeMap<FileId, Arc<Parsed>>;

/// Parses and links a site, and checks everything that does not need addresses. `unreadable` contains the
/// problems that loading found.
pub fn analyse(sources: &Arc<Sources>, unreadable: &[LoadProblem], overrides: &Overrides) -> Analysis {
    analyse_parsed(sources, unreadable, overrides, &ParsedFiles::new())
}

/// Reads the settings of a site; `None` if `site.toml` is missing or is not valid TOML. Problems are not reported.
pub fn config(sources: &Sources, overrides: &Overrides) -> Option<Config> {
    let file = sources.find("site.toml")?;
    config::read(file, sources.file(file), &lint::all_rules(), overrides).0
}

/// Analyses a site of which some content files are parsed already.
pub(crate) fn analyse_parsed(
    sources: &Arc<Sources>,
    unreadable: &[LoadProblem],
    overrides: &Overrides,
    known: &ParsedFiles,
) -> Analysis {
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
        let known = known.get(&id).map(Arc::clone);
        (id, known.unwrap_or_else(|| Arc::new(parse(id, sources.file(id)))))
    };
    let parsed: ParsedFiles = files.par_iter().map(parse_one).collect();
    diagnostics.extend(parsed.values().flat_map(|file| file.problems.iter().cloned()));
    let (documents, left_out) = documents_of(parsed.values(), overrides);
    let (book, of_links) = link(documents, overrides.today);
    diagnostics.extend(of_links);
    let lock = sources.find("claims.lock");
    let (lock, problems) = lock.map(|file| Lock::read(file, sources.file(file))).unwrap_or_default();
    diagnostics.extend(problems);
    let mut analysis = Analysis {
        sources: Arc::clone(sources),
        config: config.map(Arc::new),
        book: Arc::new(book),
        lock: Arc::new(lock),
        theme: Arc::new(ThemeClasses::new(sources)),
        unchecked: diagnostics.len(),
        diagnostics,
        left_out: Arc::new(left_out),
        parsed,
    };
    analysis.diagnostics.extend(checks(&analysis));
    analysis
}

/// Runs everything that reads the wording of a book: checks of references, whose messages suggest titles, and
/// lints, which do not run without settings.
fn checks(analysis: &Analysis) -> Vec<Diagnostic> {
    let Analysis { sources, config, book, lock, theme, left_out, .. } = analysis;
    let access = WordingAccess::grant();
    let run_lints =
        |config: &Arc<Config>| lint::run(&lint::Context { book, config, lock, theme, sources, access });
    let (mut problems, found) = rayon::join(
        || check_references(book, left_out, access),
        || config.as_ref().map(run_lints).unwrap_or_default(),
    );
    problems.extend(found);
    problems
}

impl Analysis {
    /// Returns the parse results, for the next analysis.
    pub(crate) fn parsed(&self) -> &ParsedFiles {
        &self.parsed
    }

    /// Returns the outlines of the content files whose paths are `wanted`, by path.
    pub fn outlines(&self, wanted: impl Fn(&str) -> bool) -> BTreeMap<&str, Outline> {
        let all = self.parsed.values().filter_map(|parsed| parsed.document.as_deref());
        let documents: Vec<&Document> = all.filter(|document| wanted(&document.path)).collect();
        let outline = |document: &&Document| {
            let source = self.sources.file(document.file());
            document.outline(source, WordingAccess::grant())
        };
        documents.par_iter().map(|&document| (document.path.as_str(), outline(&document))).collect()
    }

    /// Returns the analysis of a site that differs from this one only in texts of the files in `parsed`, none of
    /// which has problems. If they differ in more than prose (`is_checked`), the checks run again.
    pub(crate) fn with_texts(
        &self,
        sources: &Arc<Sources>,
        changed: ParsedFiles,
        overrides: &Overrides,
        is_checked: bool,
    ) -> Self {
        let (documents, _) = documents_of(changed.values(), overrides);
        let mut parsed = self.parsed.clone();
        parsed.extend(changed);
        let mut analysis = Self {
            sources: Arc::clone(sources),
            config: self.config.clone(),
            book: Arc::new(self.book.with_documents(documents)),
            lock: Arc::clone(&self.lock),
            theme: Arc::clone(&self.theme),
            diagnostics: self.diagnostics.clone(),
            unchecked: self.unchecked,
            left_out: Arc::clone(&self.left_out),
            parsed,
        };
        if is_checked {
            analysis.diagnostics.truncate(self.unchecked);
            analysis.diagnostics.extend(checks(&analysis));
        }
        analysis
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
            left_out.add_proposed(ids);
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

/// Returns the diagnostic for a file that could not be read.
pub(crate) fn unreadable_file(problem: &LoadProblem) -> Diagnostic {
    let LoadProblem { kind, path, position, message, help } = problem;
    let rule = match kind {
        LoadProblemKind::Unreadable => &rules::UNREADABLE_FILES,
        LoadProblemKind::NoContent => &rules::MISSING_CONTENT,
    };
    Diagnostic::new(rule, Place::Path(path.clone(), *position), message.as_str()).help(help.as_str())
}
