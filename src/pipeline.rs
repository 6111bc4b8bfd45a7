//! In what order does it happen? The stages, from sources to output, and the one parallel loop of
//! analysis: parsing. Nothing here reads or writes; see [`crate::source::load`] and
//! [`crate::output::commit`].

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, Config, Overrides};
use crate::diagnostic::{self, Diagnostic, RuleKind, rules};
use crate::document::Document;
use crate::emit::{Theme, emit};
use crate::graph::{Book, check_references, link};
use crate::lint;
use crate::markdown::{Parsed, parse};
use crate::output::OutputTree;
use crate::page::Site;
use crate::quote::Lock;
use crate::source::{FileId, LoadProblem, SourceFile, Sources, Span};

/// A site that was read, linked and checked.
pub struct Analysis {
    /// The settings; absent when `site.toml` is no TOML.
    pub config: Option<Config>,
    /// The linked book.
    pub book: Book,
    /// What was found in snapshots.
    pub lock: Lock,
    /// All problems so far.
    pub diagnostics: Vec<Diagnostic>,
    /// What each content file says, for the next analysis.
    parsed: BTreeMap<FileId, (Arc<SourceFile>, Arc<Parsed>)>,
}

/// Parse and link a site, and check everything that does not need addresses. `unreadable` are the
/// problems that loading found.
pub fn analyse(sources: &Sources, unreadable: &[LoadProblem], overrides: &Overrides) -> Analysis {
    analyse_again(sources, unreadable, overrides, None)
}

/// Analyse a site that was analysed before: a file whose text is the same is not parsed again.
pub fn analyse_again(
    sources: &Sources,
    unreadable: &[LoadProblem],
    overrides: &Overrides,
    earlier: Option<&Analysis>,
) -> Analysis {
    let mut diagnostics: Vec<Diagnostic> =
        unreadable.iter().map(|problem| unreadable_file(problem, sources)).collect();
    let rules = lint::all_rules();
    let config = sources.find("site.toml").and_then(|file| {
        let (config, problems) = config::read(file, sources.file(file), &rules, overrides);
        diagnostics.extend(problems);
        config
    });
    let is_readable =
        |path: &str| path.starts_with("content/") && unreadable.iter().all(|problem| problem.path != path);
    let files: Vec<FileId> =
        sources.iter().filter(|(_, file)| is_readable(file.path())).map(|(id, _)| id).collect();
    let parse_one = |&id: &FileId| {
        let file = sources.shared(id);
        let kept = earlier.and_then(|earlier| earlier.parsed.get(&id));
        let parsed = match kept {
            Some((same, parsed)) if Arc::ptr_eq(same, file) => Arc::clone(parsed),
            _ => Arc::new(parse(id, file)),
        };
        (id, (Arc::clone(file), parsed))
    };
    let parsed: BTreeMap<FileId, _> = files.par_iter().map(parse_one).collect();
    let mut documents = Vec::with_capacity(parsed.len());
    let mut proposed = Vec::new();
    for (_, file) in parsed.values() {
        let Parsed { document, problems } = file.as_ref();
        diagnostics.extend(problems.iter().cloned());
        let Some(document) = document.as_ref() else { continue };
        if overrides.drafts {
            documents.push(Arc::clone(document));
        } else if !document.front_matter.is_draft {
            let (document, ids) = published(document);
            documents.extend(document);
            proposed.extend(ids);
        }
    }
    let (book, problems) = link(documents, overrides.today);
    let dangling = problems.into_iter().chain(check_references(&book));
    diagnostics.extend(dangling.map(|problem| explain_proposed(problem, &proposed)));
    let is_read = |file: &FileId| unreadable.iter().all(|problem| problem.path != sources.file(*file).path());
    let lock = sources.find("claims.lock").filter(is_read);
    let (lock, problems) = lock.map(|file| Lock::read(file, sources.file(file))).unwrap_or_default();
    diagnostics.extend(problems);
    if let Some(config) = &config {
        diagnostics.extend(lint::run(&lint::Context { book: &book, config, lock: &lock }));
    }
    Analysis { config, book, lock, diagnostics, parsed }
}

/// A document without its proposed claims, and their ids. Most have none, and stay the same.
fn published(document: &Arc<Document>) -> (Option<Arc<Document>>, Vec<String>) {
    if document.claims.iter().all(|claim| !claim.is_proposed) {
        return (Some(Arc::clone(document)), Vec::new());
    }
    let (document, ids) = Document::clone(document).without_proposed();
    (document.map(Arc::new), ids)
}

/// A claim that is only proposed is unknown; that it stands in the book is worth saying.
fn explain_proposed(mut problem: Diagnostic, proposed: &[String]) -> Diagnostic {
    let is_meant = |id: &&String| problem.message == format!("unknown claim `{id}`");
    if let Some(id) = proposed.iter().find(is_meant) {
        problem.help =
            vec![format!("`{id}` is proposed: review it and delete its `proposed`, or use --drafts")];
    }
    problem
}

/// Plan the output of an analysed site and hand it on: `use_tree` is called only when there is no
/// error, with the warnings. Returns all problems, sorted, and what `use_tree` made of the site and its
/// tree.
pub fn plan<T>(
    sources: &Sources,
    analysis: &Analysis,
    use_tree: impl FnOnce(&Site<'_>, OutputTree<'_>, &[Diagnostic]) -> T,
) -> (Vec<Diagnostic>, Option<T>) {
    let mut diagnostics = analysis.diagnostics.clone();
    let made = analysis.config.as_ref().and_then(|config| {
        let site = Site { book: &analysis.book, sources, config, lock: &analysis.lock };
        let theme = match Theme::new(&site) {
            Ok(theme) => theme,
            Err(problems) => {
                diagnostics.extend(problems);
                return None;
            }
        };
        let (tree, problems) = emit(site, &theme);
        diagnostics.extend(problems);
        diagnostic::sort(&mut diagnostics);
        (!diagnostic::has_errors(&diagnostics)).then(|| use_tree(&site, tree, &diagnostics))
    });
    diagnostic::sort(&mut diagnostics);
    (diagnostics, made)
}

/// The first error, lints aside, that `changed` has and `sources` has not.
pub fn first_new_error(
    sources: &Sources,
    changed: &Sources,
    unreadable: &[LoadProblem],
    overrides: &Overrides,
) -> Option<Diagnostic> {
    let errors = |sources: &Sources| {
        let analysis = analyse(sources, unreadable, overrides);
        let (mut problems, _) = plan(sources, &analysis, |_, _, _| ());
        problems.retain(|problem| matches!(problem.rule.kind, RuleKind::Error));
        problems
    };
    let known = errors(sources);
    let is_known = |problem: &Diagnostic| known.iter().any(|old| old.message == problem.message);
    errors(changed).into_iter().find(|problem| !is_known(problem))
}

/// The problem of a file that could not be read, shown at the file or, where that is unknown, at
/// `site.toml`.
pub(crate) fn unreadable_file(problem: &LoadProblem, sources: &Sources) -> Diagnostic {
    let named = sources.find(&problem.path);
    let file = named.or_else(|| sources.find("site.toml")).unwrap_or(FileId(0));
    let message = if named.is_some() {
        problem.message.clone()
    } else {
        format!("`{}`: {}", problem.path, problem.message)
    };
    Diagnostic::new(&rules::UNREADABLE_FILES, Span::new(file, 0..0), message)
        .help("save it as a plain UTF-8 file inside the site")
}
