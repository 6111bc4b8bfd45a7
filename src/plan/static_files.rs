//! Decides which files of `static/` are copied: the path of a file in, its path in the output or a diagnostic
//! out.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, is_hidden, rules};
use crate::name;
use crate::output::OutputPath;

/// Names that begin with a dot and are published nevertheless.
const PUBLISHED: &[&str] = &[".well-known", ".htaccess", ".domains"];

/// Returns the path in the output for the file at `path` below `static/`.
///
/// # Errors
/// Returns a diagnostic if the file cannot be copied.
pub(super) fn output_path(path: &str, config: &Config) -> Result<OutputPath, Box<Diagnostic>> {
    let problem = |message: String, help: &str| {
        Box::new(Diagnostic::for_path(&rules::UNCOPIED_FILES, format!("static/{path}"), message).help(help))
    };
    let first = path.split('/').next().unwrap_or_default();
    if config.search && first.eq_ignore_ascii_case("search-index") {
        let (message, noun) = if path.contains('/') {
            ("this file is in the folder of the search index, `search-index/`", "folder")
        } else {
            ("this file has the name of the folder of the search index, `search-index/`", "file")
        };
        let help = format!("rename the {noun}, or leave out the index with `search = false` in `[build]`");
        return Err(problem(message.to_owned(), &help));
    }
    let is_unknown = |part: &&str| part.starts_with('.') && !PUBLISHED.contains(part);
    match OutputPath::new(path) {
        Some(inner) => match path.split('/').find(is_unknown) {
            None => Ok(inner),
            Some(part) => {
                let message = format!("this file is not copied: `{part}` begins with a dot");
                Err(problem(message, "rename it, or move it out of `static/`; `.well-known/` is copied"))
            }
        },
        None => Err(problem(reason(path), "rename the file")),
    }
}

/// Returns a message that explains why a path cannot be a path of the output.
fn reason(path: &str) -> String {
    if path.chars().any(is_hidden) {
        return "this file cannot be copied: its name has a control character".to_owned();
    }
    if let Some(character) = path.chars().find(|&character| name::is_forbidden_on_windows(character)) {
        return format!("this file cannot be copied: Windows cannot have `{character}` in a name");
    }
    match path.split('/').find(|part| name::is_reserved_on_windows(part)) {
        Some(part) => format!("this file cannot be copied: Windows cannot have the name `{part}`"),
        None => "this file cannot be copied: claimbook writes files of its own whose names begin with `.claimbook`"
            .to_owned(),
    }
}
