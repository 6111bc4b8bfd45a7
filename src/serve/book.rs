//! How is a linked book kept ready to answer? A thread of its own holds it with its table of files,
//! and renders each when it is asked for. When nobody can ask any more, the thread ends and the book goes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use anyhow::{Context, Result, ensure};
use tokio::sync::oneshot;

use crate::diagnostic::{self, Diagnostic, Format};
use crate::emit::{RenderProblem, add_search_index};
use crate::output::{OutputFile, OutputPath, OutputTree};
use crate::page::Site;
use crate::pipeline::{self, Analysis};
use crate::source::Sources;

/// The files of an index of search, by path.
type IndexFiles = BTreeMap<String, Vec<u8>>;

/// The index that was made last: the next is the same if what is indexed is.
pub(super) type Index = Mutex<Arc<IndexFiles>>;

/// A wish for a file.
pub(super) struct Ask {
    /// Its path.
    pub(super) path: OutputPath,
    /// Where the answer goes.
    pub(super) answer: oneshot::Sender<Answer>,
}

/// What is known of a path.
#[derive(Debug)]
pub(super) enum Answer {
    /// The bytes of the file.
    Found(Vec<u8>),
    /// There is no such file.
    Missing,
    /// It cannot be made: problems, as JSON.
    Broken(String),
}

/// Hold a book. Returns all its problems and, unless there are errors, where to ask for files.
///
/// # Errors
/// When no thread can be started.
pub(super) fn hold(
    sources: &Arc<Sources>,
    analysis: &Arc<Analysis>,
    index: &Arc<Index>,
) -> Result<(Vec<Diagnostic>, Option<Sender<Ask>>)> {
    let (sources, analysis, index) = (Arc::clone(sources), Arc::clone(analysis), Arc::clone(index));
    let (ready, is_ready) = channel();
    let is_bad = ready.clone();
    let work = move || {
        let (diagnostics, held) = pipeline::plan(&sources, &analysis, |site, tree, warnings| {
            let (ask, asks) = channel();
            if ready.send((warnings.to_vec(), Some(ask))).is_ok() {
                Holder { site, tree: &tree, sources: &sources, index: &index }.answer_all(&asks);
            }
        });
        if held.is_none() {
            let _ = is_bad.send((diagnostics, None));
        }
    };
    thread::Builder::new().name("book".to_owned()).spawn(work).context("could not start a thread")?;
    is_ready.recv().context("the book could not be held")
}

struct Holder<'a> {
    site: &'a Site<'a>,
    tree: &'a OutputTree<'a>,
    sources: &'a Sources,
    index: &'a Index,
}

impl Holder<'_> {
    fn answer_all(&self, asks: &Receiver<Ask>) {
        let made = OnceLock::new();
        // Whoever searches waits for the index; whoever reads does not.
        thread::scope(|scope| {
            for Ask { path, answer } in asks {
                if path.as_str().starts_with("pagefind/") {
                    let made = &made;
                    scope.spawn(move || answer.send(self.of_index(made, path.as_str())));
                } else {
                    let _ = answer.send(self.file(&path));
                }
            }
        });
    }

    fn file(&self, path: &OutputPath) -> Answer {
        let Some(file) = self.tree.get(path) else { return Answer::Missing };
        let bytes = match file {
            OutputFile::Render(render) => render(),
            OutputFile::Renew(renew) => renew(None).map(Option::unwrap_or_default),
            OutputFile::Bytes(bytes) => Ok(bytes.clone()),
            OutputFile::Copy(from) => copy(from),
        };
        bytes.map_or_else(|error| Answer::Broken(self.words(error)), Answer::Found)
    }

    fn words(&self, error: anyhow::Error) -> String {
        match error.downcast::<RenderProblem>() {
            Ok(problem) => diagnostic::render(&[*problem.0], self.sources, Format::Json),
            Err(error) => failure(&error),
        }
    }

    fn of_index(&self, made: &OnceLock<Result<Arc<IndexFiles>>>, path: &str) -> Answer {
        match made.get_or_init(|| self.make_index()) {
            Ok(files) => files.get(path).map_or(Answer::Missing, |bytes| Answer::Found(bytes.clone())),
            Err(error) => Answer::Broken(failure(error)),
        }
    }

    fn make_index(&self) -> Result<Arc<IndexFiles>> {
        let earlier = Arc::clone(&self.index.lock().unwrap_or_else(PoisonError::into_inner));
        let mut tree = OutputTree::default();
        add_search_index(self.site, &mut tree, &|path| earlier.get(path).cloned())?;
        let bytes = |(path, file): (&OutputPath, &OutputFile<'_>)| match file {
            OutputFile::Bytes(bytes) => Some((path.as_str().to_owned(), bytes.clone())),
            _ => None,
        };
        let files = Arc::new(tree.files().filter_map(bytes).collect::<IndexFiles>());
        *self.index.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&files);
        Ok(files)
    }
}

/// A file of `static/`. It was a plain file when the site was read; it may be a link by now.
fn copy(from: &Path) -> Result<Vec<u8>> {
    let reading = || format!("could not read {}", from.display());
    ensure!(std::fs::symlink_metadata(from).with_context(reading)?.is_file(), reading());
    #[expect(clippy::disallowed_methods, reason = "what a build would copy")]
    std::fs::read(from).with_context(reading)
}

/// A failure in the form of problems.
pub(super) fn failure(error: &anyhow::Error) -> String {
    let problem = serde_json::json!({ "severity": "error", "message": format!("{error:#}") });
    serde_json::json!({ "diagnostics": [problem] }).to_string()
}
