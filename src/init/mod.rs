//! Makes the files of a new book: the files of `book/`, which are a complete site that builds, with the author's
//! title and address, and schemas for editors. The caller writes them.

use std::fmt::Write as _;

use include_dir::{Dir, DirEntry, include_dir};

use crate::scaffold::NewFiles;
use crate::schema;

/// The files of a complete site. Its `.gitignore` is stored as `gitignore`, so that it does not hide files of this
/// repository.
static BOOK: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/init/book");

/// Address of claimbook's repository. It is empty until claimbook is published.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Options of a new book.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewBookOptions<'a> {
    /// Title of the site, which replaces that of the example.
    pub title: Option<&'a str>,
    /// Base address of the site, which replaces that of the example.
    pub base_url: Option<&'a str>,
}

/// Whether this program knows the address of claimbook's repository, from which the workflow installs it.
pub fn knows_repository() -> bool {
    !REPOSITORY.is_empty()
}

/// The files of a new book, by path.
pub fn book(options: NewBookOptions<'_>) -> NewFiles {
    let mut files = NewFiles::new();
    collect_files(&BOOK, &mut files);
    let replacements = [
        ("site.toml", "title = ", options.title),
        ("site.toml", "base_url = ", options.base_url),
        (".github/workflows/pages.yml", "  CLAIMBOOK: ", Some(REPOSITORY).filter(|_| knows_repository())),
    ];
    for (path, key, value) in replacements {
        if let (Some(value), Some(bytes)) = (value, files.get_mut(path)) {
            *bytes = replace_value(&String::from_utf8_lossy(bytes), key, value).into_bytes();
        }
    }
    for (part, ..) in schema::PARTS {
        if let Some(schema) = schema::schema(Some(part)) {
            files.insert(format!(".vscode/{part}.schema.json"), format!("{schema:#}\n").into_bytes());
        }
    }
    files
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

/// Replaces the value in each line that begins with `key`.
fn replace_value(text: &str, key: &str, value: &str) -> String {
    let mut changed = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.starts_with(key) {
            // TOML and YAML read a JSON string as JSON does. The exception is DEL, which TOML refuses unless it is
            // escaped.
            let quoted = serde_json::Value::from(value).to_string().replace('\u{7f}', "\\u007f");
            let _ = writeln!(changed, "{key}{quoted}");
        } else {
            changed.push_str(line);
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_for_their_line() {
        let changed = replace_value("# title = x\ntitle = \"a\"\nb = 1\n", "title = ", "\"Q\" \\ é\n");
        assert_eq!(changed, "# title = x\ntitle = \"\\\"Q\\\" \\\\ é\\n\"\nb = 1\n");
    }

    #[test]
    fn every_wish_has_its_line() {
        let files = book(NewBookOptions { title: Some("T"), base_url: Some("https://a.example/") });
        let text = |path: &str| String::from_utf8(files[path].clone()).expect("text");
        assert!(text("site.toml").contains("\ntitle = \"T\"\n"));
        assert!(text("site.toml").contains("\nbase_url = \"https://a.example/\"\n"));
        assert!(text(".github/workflows/pages.yml").contains(&format!("\n  CLAIMBOOK: \"{REPOSITORY}\"\n")));
    }
}
