//! Makes the files of a linked book when they are requested: [`ServedBook`] contains an edition of the book.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use anyhow::Result;

use crate::config::AddressForm;
use crate::diagnostic::{self, Format};
use crate::format::search_index;
use crate::output::{OutputFile, OutputPath};
use crate::pipeline::Edition;
use crate::plan::Publication;
use crate::source::read_plain;
use crate::theme::RenderProblem;

/// Files of a search index, by path.
type IndexFiles = BTreeMap<String, Vec<u8>>;

/// The result of a request for a file.
#[derive(Debug)]
pub(super) enum FileResult {
    /// The bytes of the file.
    Found(Vec<u8>),
    /// There is no such file.
    Missing,
    /// The file cannot be made. Contains the problems as a JSON report.
    Broken(String),
}

/// A book that is being served.
pub(super) struct ServedBook {
    edition: Edition,
    /// The search index of this edition, made when it is first requested.
    search_index: OnceLock<Result<IndexFiles>>,
}

impl ServedBook {
    pub(super) fn new(edition: Edition) -> Self {
        Self { edition, search_index: OnceLock::new() }
    }

    /// The path of the site's base address, with a slash at its end.
    pub(super) fn base_path(&self) -> String {
        format!("{}/", self.edition.publication.config.base_url.path())
    }

    /// The form of the addresses of pages.
    pub(super) fn address_form(&self) -> AddressForm {
        self.edition.publication.config.base_url.form()
    }

    /// Makes the file at a path and returns it. Blocks until the file is made.
    pub(super) fn render_file(&self, path: &OutputPath) -> FileResult {
        if path.as_str().starts_with("search-index/") {
            match self.search_index_file(path.as_str()) {
                // The site may have its own files in `search-index/`, as long as their paths are not those of the
                // index.
                FileResult::Missing => {}
                answer => return answer,
            }
        }
        let Edition { publication, tree, .. } = &self.edition;
        let Some(file) = tree.get(path) else { return FileResult::Missing };
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
        bytes.map_or_else(|error| FileResult::Broken(self.error_report(error)), FileResult::Found)
    }

    fn error_report(&self, error: anyhow::Error) -> String {
        match error.downcast::<RenderProblem>() {
            Ok(problem) => diagnostic::render(&[*problem.0], &self.edition.publication.sources, Format::Json),
            Err(error) => failure_report(&error),
        }
    }

    fn search_index_file(&self, path: &str) -> FileResult {
        match self.search_index.get_or_init(|| build_search_index(&self.edition.publication)) {
            Ok(files) => {
                files.get(path).map_or(FileResult::Missing, |bytes| FileResult::Found(bytes.clone()))
            }
            Err(error) => FileResult::Broken(failure_report(error)),
        }
    }
}

fn build_search_index(publication: &Publication) -> Result<IndexFiles> {
    let tree = search_index(&publication.site())?;
    let bytes = |(path, file): (&OutputPath, &OutputFile<Publication>)| match file {
        OutputFile::Bytes(bytes) => Some((path.as_str().to_owned(), bytes.clone())),
        _ => None,
    };
    Ok(tree.files().filter_map(bytes).collect())
}

/// Formats an error as a JSON report of problems.
pub(super) fn failure_report(error: &anyhow::Error) -> String {
    let problem =
        serde_json::json!({ "severity": "error", "message": diagnostic::message_with_causes(error) });
    serde_json::json!({ "diagnostics": [problem] }).to_string()
}
