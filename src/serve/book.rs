//! Keeps a linked book ready to answer: [`Held`] has its edition, and makes each file when it is asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::Result;

use crate::config::AddressForm;
use crate::diagnostic::{self, Format};
use crate::emit::{Publication, RenderProblem, search_index};
use crate::output::{OutputFile, OutputPath};
use crate::pipeline::Edition;
use crate::source::read_plain;

/// The files of an index of search, by path.
type IndexFiles = BTreeMap<String, Vec<u8>>;

/// The index that was made last: the next is the same if what is indexed is.
pub(super) type Index = Mutex<Arc<IndexFiles>>;

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

/// A book that is served.
pub(super) struct Held {
    edition: Edition,
    index: Arc<Index>,
    /// The index of this edition.
    made: OnceLock<Result<Arc<IndexFiles>>>,
}

impl Held {
    pub(super) fn new(edition: Edition, index: Arc<Index>) -> Self {
        Self { edition, index, made: OnceLock::new() }
    }

    /// The path that the site lives below, with a slash at its end.
    pub(super) fn base(&self) -> String {
        format!("{}/", self.edition.publication.config.base_url.path())
    }

    /// What the addresses of its pages look like.
    pub(super) fn form(&self) -> AddressForm {
        self.edition.publication.config.base_url.form()
    }

    /// The file at a path. Takes as long as making it does.
    pub(super) fn file(&self, path: &OutputPath) -> Answer {
        if path.as_str().starts_with("pagefind/") {
            match self.of_index(path.as_str()) {
                // A site may have a folder of this name, as long as no two files meet.
                Answer::Missing => {}
                answer => return answer,
            }
        }
        let Edition { publication, tree, .. } = &self.edition;
        let Some(file) = tree.get(path) else { return Answer::Missing };
        let bytes = match file {
            OutputFile::Render(render) => {
                let mut bytes = Vec::new();
                render(publication, &mut bytes).map(|()| bytes)
            }
            OutputFile::Stream(write) => {
                let mut bytes = Vec::new();
                write(publication, &mut bytes).map(|()| bytes)
            }
            OutputFile::Renew(renew) => renew(publication, None).map(Option::unwrap_or_default),
            OutputFile::Bytes(bytes) => Ok(bytes.clone()),
            OutputFile::Copy(from) => read_plain(from),
        };
        bytes.map_or_else(|error| Answer::Broken(self.words(error)), Answer::Found)
    }

    fn words(&self, error: anyhow::Error) -> String {
        match error.downcast::<RenderProblem>() {
            Ok(problem) => diagnostic::render(&[*problem.0], &self.edition.publication.sources, Format::Json),
            Err(error) => failure(&error),
        }
    }

    fn of_index(&self, path: &str) -> Answer {
        match self.made.get_or_init(|| make_index(&self.edition.publication, &self.index)) {
            Ok(files) => files.get(path).map_or(Answer::Missing, |bytes| Answer::Found(bytes.clone())),
            Err(error) => Answer::Broken(failure(error)),
        }
    }
}

fn make_index(publication: &Publication, last: &Index) -> Result<Arc<IndexFiles>> {
    let earlier = Arc::clone(&last.lock().unwrap_or_else(PoisonError::into_inner));
    let tree = search_index(&publication.site(), &|path| earlier.get(path).cloned())?;
    let bytes = |(path, file): (&OutputPath, &OutputFile<Publication>)| match file {
        OutputFile::Bytes(bytes) => Some((path.as_str().to_owned(), bytes.clone())),
        _ => None,
    };
    let files = Arc::new(tree.files().filter_map(bytes).collect::<IndexFiles>());
    *last.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&files);
    Ok(files)
}

/// A failure in the form of problems.
pub(super) fn failure(error: &anyhow::Error) -> String {
    let problem = serde_json::json!({ "severity": "error", "message": diagnostic::with_causes(error) });
    serde_json::json!({ "diagnostics": [problem] }).to_string()
}
