//! Makes the files of a new book: the files of `book/`, which are a complete site that builds, with the author's
//! title and address, and schemas for editors. The caller writes them.

mod demo;

use std::fmt::Write as _;

use include_dir::{Dir, DirEntry, include_dir};

use crate::scaffold::NewFiles;
use crate::schema;
use crate::text::escape_markdown;

pub use demo::{demo_files, is_demo_file};

/// The files of a complete site. Its `.gitignore` is stored as `gitignore`, so that it does not hide files of this
/// repository.
static BOOK: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/init/book");

/// Address of claimbook's repository, which its packages name as their origin.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Files that a repository has without a book. If one is already there, it stays and the book works without ours.
const OPTIONAL: [&str; 4] = ["README.md", ".editorconfig", ".gitattributes", ".gitignore"];

/// Options of a new book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NewBookOptions<'a> {
    /// Title of the site, which replaces that of the example.
    pub title: Option<&'a str>,
    /// Base address of the site, which replaces that of the example. Without it, a repository on GitHub says where
    /// GitHub Pages would publish the site.
    pub base_url: Option<&'a str>,
    /// Address of the book's own public repository, for links from pages to their files.
    pub repository: Option<&'a str>,
}

/// Whether a file of a new book is left out if its folder has one of that name already.
pub fn is_optional(path: &str) -> bool {
    OPTIONAL.contains(&path)
}

/// The files of a new book, by path.
pub fn book(options: NewBookOptions<'_>) -> NewFiles {
    let mut files = NewFiles::new();
    collect_files(&BOOK, &mut files);
    let mut change = |path: &str, change: &dyn Fn(&str) -> String| {
        let bytes = files.get_mut(path).expect("the file is part of the book");
        *bytes = change(&String::from_utf8_lossy(bytes)).into_bytes();
    };
    let pages = options.repository.and_then(pages_address);
    let settings = [
        ("title = ", "title = ", options.title),
        ("base_url = ", "base_url = ", options.base_url.or(pages.as_deref())),
        ("# repository = ", "repository = ", options.repository),
    ];
    for (line, key, value) in settings {
        if let Some(value) = value {
            change("site.toml", &|text| replace_value(text, line, key, value));
        }
    }
    for (path, word, value) in [
        (".github/workflows/pages.yml", "OWNER/NAME", project()),
        (".github/workflows/check.yml", "OWNER/NAME", project()),
        (".github/requirements.txt", "VERSION", VERSION),
        ("README.md", "VERSION", VERSION),
        ("README.md", "PROJECT", REPOSITORY),
    ] {
        change(path, &|text| text.replace(word, value));
    }
    // Last, since a title may contain the words that are replaced.
    if let Some(title) = options.title {
        change("README.md", &|text| {
            text.replacen("# Example book", &format!("# {}", escape_markdown(title)), 1)
        });
    }
    for (part, ..) in schema::PARTS {
        if let Some(schema) = schema::schema(Some(part)) {
            files.insert(format!(".vscode/{part}.schema.json"), format!("{schema:#}\n").into_bytes());
        }
    }
    files
}

/// `owner/name` of claimbook's repository on GitHub, where its packages are made.
pub(crate) fn project() -> &'static str {
    github_name(REPOSITORY).unwrap_or(REPOSITORY)
}

/// Returns `owner/name` of a repository on GitHub.
fn github_name(repository: &str) -> Option<&str> {
    let name = repository.strip_prefix("https://github.com/")?;
    // The address of a folder in it.
    let name = name.split("/tree/").next()?;
    let name = name.trim_end_matches('/').trim_end_matches(".git");
    (name.split('/').count() == 2 && !name.split('/').any(str::is_empty)).then_some(name)
}

/// Returns the address at which GitHub Pages publishes a repository that has no domain of its own:
/// <https://docs.github.com/en/pages/getting-started-with-github-pages/what-is-github-pages#types-of-github-pages-sites>.
pub(crate) fn pages_address(repository: &str) -> Option<String> {
    let (owner, name) = github_name(repository)?.split_once('/')?;
    let host = format!("{}.github.io", owner.to_lowercase());
    Some(if name.to_lowercase() == host {
        format!("https://{host}/")
    } else {
        format!("https://{host}/{name}/")
    })
}

fn collect_files(folder: &Dir<'_>, files: &mut NewFiles) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect_files(inner, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let path = if path == "gitignore" { ".gitignore".to_owned() } else { path };
                files.insert(path, file.contents().to_vec());
            }
        }
    }
}

/// Replaces each line that begins with `line` by one with `key` and a value.
fn replace_value(text: &str, line: &str, key: &str, value: &str) -> String {
    let mut changed = String::with_capacity(text.len());
    for old in text.split_inclusive('\n') {
        if old.starts_with(line) {
            // TOML and YAML read a JSON string as JSON does. The exception is DEL, which TOML refuses unless it is
            // escaped.
            let quoted = serde_json::Value::from(value).to_string().replace('\u{7f}', "\\u007f");
            let _ = writeln!(changed, "{key}{quoted}");
        } else {
            changed.push_str(old);
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_for_their_line() {
        let changed =
            replace_value("# title = x\ntitle = \"a\"\nb = 1\n", "title = ", "title = ", "\"Q\" \\ é\n");
        assert_eq!(changed, "# title = x\ntitle = \"\\\"Q\\\" \\\\ é\\n\"\nb = 1\n");
    }

    fn text(files: &NewFiles, path: &str) -> String {
        String::from_utf8(files[path].clone()).expect("text")
    }

    #[test]
    fn every_wish_has_its_line() {
        let options = NewBookOptions {
            title: Some("VERSION *s*"),
            base_url: Some("https://a.example/"),
            repository: Some("https://github.com/o/n"),
        };
        let files = book(options);
        let settings = text(&files, "site.toml");
        assert!(settings.contains("\ntitle = \"VERSION *s*\"\n"), "{settings}");
        assert!(settings.contains("\nbase_url = \"https://a.example/\"\n"), "{settings}");
        assert!(settings.contains("\nrepository = \"https://github.com/o/n\"\n"), "{settings}");
        assert!(text(&files, "README.md").starts_with("# VERSION \\*s\\*\n"));
    }

    #[test]
    fn the_workflows_install_this_version_from_this_project() {
        let files = book(NewBookOptions::default());
        assert!(text(&files, ".github/requirements.txt").ends_with(&format!("\nclaimbook=={VERSION}\n")));
        for (path, bytes) in
            files.iter().filter(|(path, _)| path.starts_with(".github/") || *path == "README.md")
        {
            let text = String::from_utf8_lossy(bytes);
            for placeholder in ["OWNER/NAME", "==VERSION", "(PROJECT)"] {
                assert!(!text.contains(placeholder), "{path}: {placeholder}");
            }
        }
    }

    #[test]
    fn a_repository_on_github_says_where_its_pages_are() {
        for (repository, address) in [
            ("https://github.com/Owner/book", Some("https://owner.github.io/book/")),
            ("https://github.com/owner/book.git", Some("https://owner.github.io/book/")),
            ("https://github.com/Owner/owner.github.io", Some("https://owner.github.io/")),
            ("https://github.com/owner/name/tree/HEAD/book", Some("https://owner.github.io/name/")),
            ("https://github.com/owner", None),
            ("https://example.org/owner/book", None),
        ] {
            assert_eq!(pages_address(repository).as_deref(), address, "{repository}");
        }
    }
}
