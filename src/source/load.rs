//! Reads a site from the disk: the texts of `site.toml`, `claims.lock` and the files below `content/` and
//! `templates/`, and the paths of the files below `static/`, in sorted order. Never follows a symbolic link, so
//! that a site cannot include files from outside its root.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::str::Utf8Error;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::plain_file::{Opened, file_type_noun, open_plain};
use super::{Position, SitePath, SourceFile, Sources, StaticFile, span};

/// Maximum size of a text file in bytes. Larger files are reported and not read: spans count bytes in 32 bits, and
/// no write-up is nearly as long.
const MAX_FILE_SIZE: u64 = 32 * 1024 * 1024;

/// Extensions of template files.
const TEMPLATES: [&str; 4] = ["html", "css", "js", "svg"];

/// Number of files that one thread reads in a row into one string.
const FILES_PER_BATCH: usize = 128;

/// The kind of a [`LoadProblem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadProblemKind {
    /// A file or folder cannot be read.
    Unreadable,
    /// The site has no content files.
    NoContent,
}

/// A file or folder that could not be read. This is a mistake of the author, so it is reported together with all
/// other problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadProblem {
    /// Kind of the problem.
    pub kind: LoadProblemKind,
    /// Path of the file or folder.
    pub path: SitePath,
    /// Position in the file, if the problem has a position.
    pub position: Option<Position>,
    /// What is wrong with the file or folder.
    pub message: String,
    /// What the author can do.
    pub help: String,
}

impl LoadProblem {
    /// Creates a problem of a whole file or folder.
    pub fn new(path: impl Into<SitePath>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            kind: LoadProblemKind::Unreadable,
            path: path.into(),
            position: None,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The problem of a site without content.
    fn missing_content(message: impl Into<String>) -> Self {
        let help =
            "write-ups are `.md` files in `content/articles/`: `claimbook new article \"A title\"` makes one";
        Self { kind: LoadProblemKind::NoContent, ..Self::new("content", message, help) }
    }

    /// The same problem at a byte offset of `text`.
    fn at_offset(mut self, text: &str, offset: usize) -> Self {
        let offset = u32::try_from(offset).expect("files of more than 32 MiB are refused");
        self.position = Some(span::position(text, &span::line_marks(text), offset));
        self
    }

    /// The problem of a path that is not a plain file. `noun` is its file type with an article, such as `a folder`.
    pub(super) fn not_a_plain_file(path: impl Into<SitePath>, noun: &str) -> Self {
        let help = match noun {
            "a symbolic link" => "links are not followed: put a copy of the file in its place",
            _ => "put a plain file in its place, or move it out of the site",
        };
        Self::new(path, format!("this is {noun}, not a plain file"), help)
    }
}

/// Reads a site. Files that are not plain, not UTF-8 or too large are returned as problems, and are not among the
/// sources.
///
/// # Errors
/// When the root has no `site.toml`, or when a folder or file cannot be read.
pub fn load(root: &Path) -> Result<(Sources, Vec<LoadProblem>)> {
    if fs::symlink_metadata(root.join("site.toml")).is_err() {
        bail!("there is no site.toml in {}", root.display());
    }
    let (mut problems, mut unread) = (Vec::new(), Vec::new());
    let mut found = vec![("site.toml".to_owned(), root.join("site.toml"))];
    let lock = root.join("claims.lock");
    if fs::symlink_metadata(&lock).is_ok() {
        found.push(("claims.lock".to_owned(), lock));
    }
    for (folder, extensions) in [("content", &["md"][..]), ("templates", &TEMPLATES[..])] {
        for (path, disk) in list_files(root, folder, &mut problems)? {
            let extension = disk.extension().and_then(|extension| extension.to_str());
            if extension.is_some_and(|extension| extensions.contains(&extension)) {
                found.push((path, disk));
            } else if folder == "content" && extension.is_some_and(is_markdown_extension) {
                let message = "this file is not read: its name does not end in `.md`";
                problems.push(LoadProblem::new(
                    path,
                    message,
                    "rename the file so that its name ends in `.md`",
                ));
            } else {
                unread.push(path);
            }
        }
    }
    let is_in_content = |path: &str| path == "content" || path.starts_with("content/");
    let has_content = found.iter().map(|(path, _)| path.as_str()).any(is_in_content);
    // An unreadable file in `content/` has its own problem, so do not report the site as one without content.
    if !has_content && !problems.iter().any(|problem| is_in_content(&problem.path)) {
        problems.push(LoadProblem::missing_content("no content file is in this folder"));
    }
    let batches: Result<Vec<_>> = found.par_chunks(FILES_PER_BATCH).map(read_batch).collect();
    let (files, unreadable): (Vec<_>, Vec<_>) = batches?.into_iter().unzip();
    problems.extend(unreadable.into_iter().flatten());
    let static_files = list_files(root, "static", &mut problems)?
        .into_iter()
        .map(|(path, disk)| StaticFile { path: path.trim_start_matches("static/").to_owned(), disk })
        .collect();
    let sources = Sources::new(files.into_iter().flatten().collect(), static_files).with_unread(unread);
    Ok((sources, problems))
}

/// Reads a site again after the files in `changed` may have changed. Unchanged files are shared with `earlier`. If
/// only texts have changed, only these files are read, whatever the size of the site.
///
/// # Errors
/// As [`load`].
pub fn reload(
    root: &Path,
    earlier: &Sources,
    problems: &[LoadProblem],
    changed: &BTreeSet<PathBuf>,
) -> Result<(Sources, Vec<LoadProblem>)> {
    let edited = problems.is_empty().then(|| with_changed_texts(root, earlier, changed)).flatten();
    if let Some(sources) = edited {
        return Ok((sources, Vec::new()));
    }
    let (mut sources, problems) = load(root)?;
    sources.share_unchanged_files(earlier);
    Ok((sources, problems))
}

/// The earlier sources with the current texts of the files in `changed`. Returns `None` if anything other than
/// texts has changed.
fn with_changed_texts(root: &Path, earlier: &Sources, changed: &BTreeSet<PathBuf>) -> Option<Sources> {
    let mut sources = earlier.clone();
    for disk in changed {
        let id = earlier.find(&site_path(root, disk)?)?;
        let mut text = String::new();
        if read_text(disk, sources.file(id).path(), &mut text).ok()?.is_some() {
            return None;
        }
        sources.set_text(id, text);
    }
    Some(sources)
}

/// Reads files into one string. Returns those that could be read, and the problems of all other files.
fn read_batch(found: &[(SitePath, PathBuf)]) -> Result<(Vec<SourceFile>, Vec<LoadProblem>)> {
    let (mut batch_text, mut ranges, mut problems) = (String::new(), Vec::new(), Vec::new());
    for (path, disk) in found {
        let start = batch_text.len();
        match read_text(disk, path, &mut batch_text)? {
            None => ranges.push((path, start..batch_text.len())),
            Some(problem) => problems.push(problem),
        }
    }
    batch_text.shrink_to_fit();
    let batch_text = Arc::new(batch_text);
    let files =
        ranges.into_iter().map(|(path, place)| SourceFile::in_shared_text(&batch_text, place, path.clone()));
    Ok((files.collect(), problems))
}

/// Appends the text of a file to `buffer`. If the file has a problem, returns it and leaves `buffer` unchanged.
fn read_text(disk: &Path, path: &str, buffer: &mut String) -> Result<Option<LoadProblem>> {
    let reading = || format!("could not read {}", disk.display());
    let (file, metadata) = match open_plain(disk).with_context(reading)? {
        Opened::Plain(file, metadata) => (file, metadata),
        Opened::Other(noun) => return Ok(Some(LoadProblem::not_a_plain_file(path, noun))),
    };
    let too_large = || {
        let help = match path {
            "claims.lock" => "restore it from version control, or delete it and run `claimbook verify`",
            "site.toml" => "keep only the settings in it",
            _ => "divide it into several files",
        };
        LoadProblem::new(path, "this file is larger than 32 MiB", help)
    };
    if metadata.len() > MAX_FILE_SIZE {
        return Ok(Some(too_large()));
    }
    let mut bytes = std::mem::take(buffer).into_bytes();
    let start = bytes.len();
    // The file may have grown since its size was checked.
    let length = file.take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes);
    let added = &bytes[start..];
    let problem = match length.as_ref() {
        Ok(length) if *length as u64 > MAX_FILE_SIZE => Some(too_large()),
        Ok(_) => match std::str::from_utf8(added) {
            Ok(text) => text.find('\0').map(|at| nul_problem(path, text, at)),
            Err(error) => Some(not_utf8_problem(path, added, error)),
        },
        Err(_) => None,
    };
    if problem.is_some() || length.is_err() {
        bytes.truncate(start);
    }
    *buffer = String::from_utf8(bytes).expect("the text before and the added bytes are UTF-8");
    length.with_context(reading)?;
    Ok(problem)
}

/// The problem of a file that is not UTF-8, at the first invalid byte.
pub(super) fn not_utf8_problem(path: &str, bytes: &[u8], error: Utf8Error) -> LoadProblem {
    let (before, rest) = bytes.split_at(error.valid_up_to());
    let text = std::str::from_utf8(before).expect("the bytes before the error are UTF-8");
    let byte = rest.first().expect("the error is at a byte");
    let help = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "this looks like UTF-16: save the file as UTF-8",
        _ => "save the file as UTF-8",
    };
    let message = format!("this file is not valid UTF-8: the byte 0x{byte:02x} is wrong here");
    LoadProblem::new(path, message, help).at_offset(text, text.len())
}

/// The problem of a text that contains U+0000. `CommonMark` replaces this character and TOML refuses it. A text
/// that contains it was most likely saved in another encoding.
fn nul_problem(path: &str, text: &str, at: usize) -> LoadProblem {
    let help = "delete the character; if there are many of them, the file is UTF-16: save it as UTF-8";
    LoadProblem::new(path, "this file contains the character U+0000", help).at_offset(text, at)
}

/// Whether a file with this extension was most likely intended as a content file.
fn is_markdown_extension(extension: &str) -> bool {
    ["md", "markdown", "mdown", "mkd"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Whether a file name is one that version control, editors or operating systems create, and that nobody wants to
/// publish. `.nojekyll` is among them because the output of every site contains this file anyway.
fn is_ignored_hidden_file(name: &str) -> bool {
    const NAMES: [&str; 11] = [
        ".DS_Store",
        ".directory",
        ".editorconfig",
        ".hg",
        ".hgignore",
        ".idea",
        ".keep",
        ".nojekyll",
        ".svn",
        ".vscode",
        ".Spotlight-V100",
    ];
    const STARTS: [&str; 7] = [".git", "._", ".#", ".~lock.", ".Trash", ".nfs", ".fuse_hidden"];
    let is_swap =
        |name: &str| name.starts_with('.') && [".swp", ".swo", ".swn"].iter().any(|end| name.ends_with(end));
    NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start)) || is_swap(name)
}

/// Lists the plain files below a folder of the root, sorted by name. Anything else that is not a folder is reported
/// as a problem. Hidden files are left out. In `static/`, some hidden files are intended to be published, so only
/// those that [`is_ignored_hidden_file`] recognises are left out. Only `content/` must exist.
fn list_files(
    root: &Path,
    folder: &str,
    problems: &mut Vec<LoadProblem>,
) -> Result<Vec<(SitePath, PathBuf)>> {
    let start = root.join(folder);
    let missing = match fs::symlink_metadata(&start) {
        Ok(there) if there.is_dir() => None,
        Ok(there) => Some(format!("this is {}, not a folder", file_type_noun(there.file_type()))),
        Err(error) if error.kind() == ErrorKind::NotFound && folder != "content" => return Ok(Vec::new()),
        Err(error) if error.kind() == ErrorKind::NotFound => Some("this folder is missing".to_owned()),
        Err(error) => return Err(error).with_context(|| format!("could not open {}", start.display())),
    };
    if let Some(message) = missing {
        problems.push(if folder == "content" {
            LoadProblem::missing_content(message)
        } else {
            LoadProblem::new(folder, message, "put a folder in its place, or delete it")
        });
        return Ok(Vec::new());
    }
    let is_included = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_left_out =
            if folder == "static" { is_ignored_hidden_file(&name) } else { name.starts_with('.') };
        entry.depth() == 0 || !is_left_out
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(&start).sort_by_file_name().into_iter().filter_entry(is_included) {
        let entry = entry.map_err(|failure| list_error(&start, failure))?;
        if entry.file_type().is_dir() && !has_file_extension(&entry, folder) {
            continue;
        }
        let Some(path) = site_path(root, entry.path()) else {
            let message = "the name of this file is not valid UTF-8";
            let path = entry.path().strip_prefix(root).expect("entries are below the root").to_string_lossy();
            problems.push(LoadProblem::new(path, message, "rename the file"));
            continue;
        };
        if entry.file_type().is_file() {
            files.push((path, entry.into_path()));
        } else {
            problems.push(LoadProblem::not_a_plain_file(path, file_type_noun(entry.file_type())));
        }
    }
    Ok(files)
}

/// Whether a folder has the extension of a file that would be read or reported.
fn has_file_extension(folder: &DirEntry, below: &str) -> bool {
    let extension = folder.path().extension().and_then(|extension| extension.to_str());
    folder.depth() > 0
        && extension.is_some_and(|extension| match below {
            "content" => is_markdown_extension(extension),
            "templates" => TEMPLATES.contains(&extension),
            _ => false,
        })
}

/// Converts a failure to list a folder into an error with the message of the operating system.
pub(super) fn list_error(start: &Path, failure: walkdir::Error) -> anyhow::Error {
    let message = format!("could not list {}", failure.path().unwrap_or(start).display());
    match failure.into_io_error() {
        Some(cause) => anyhow::Error::new(cause).context(message),
        None => anyhow::Error::msg(message),
    }
}

fn site_path(root: &Path, path: &Path) -> Option<SitePath> {
    let parts: Option<Vec<&str>> =
        path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests write files of their own")]

    use super::*;

    /// Loads a site with these files, and compares its problems, formatted one per line, with `expected`.
    #[track_caller]
    fn check(files: &[(&str, &[u8])], prepare: impl Fn(&Path), expected: &[&str]) {
        let root = tempfile::tempdir().unwrap();
        for (path, bytes) in [("site.toml", &b"title = \"Book\"\n"[..])].iter().chain(files) {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        prepare(root.path());
        let (sources, problems) = load(root.path()).unwrap();
        let line = |problem: &LoadProblem| {
            assert_eq!(sources.find(&problem.path), None, "{} is among the sources", problem.path);
            let place = problem.position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
            format!("{}{place}: {}", problem.path, problem.message)
        };
        assert_eq!(problems.iter().map(line).collect::<Vec<_>>(), expected);
    }

    const PAGE: (&str, &[u8]) = ("content/_index.md", b"Text.\n");

    #[test]
    fn bytes_that_are_no_text_are_reported_where_they_are() {
        let not_utf8 = |at: &str, byte: &str| {
            format!("{at}: this file is not valid UTF-8: the byte {byte} is wrong here")
        };
        check(
            &[("content/a.md", b"One.\n\xc3\xa9t\xe9\n")],
            |_| {},
            &[&not_utf8("content/a.md:2:3", "0xe9")],
        );
        check(
            &[PAGE, ("templates/a.html", b"\xff\xfea\0")],
            |_| {},
            &[&not_utf8("templates/a.html:1:1", "0xff")],
        );
        // The file ends in the middle of a character.
        check(&[PAGE, ("site.toml", b"title = \"\xe5\x8c")], |_| {}, &[&not_utf8("site.toml:1:10", "0xe5")]);
        let with_nul = |at: &str| format!("{at}: this file contains the character U+0000");
        let nul: &[u8] = b"\xef\xbb\xbf\xc3\xa9\r\nb\0c\0";
        for path in ["content/a.md", "templates/a.css", "site.toml", "claims.lock"] {
            check(&[PAGE, (path, nul)], |_| {}, &[&with_nul(&format!("{path}:2:2"))]);
        }
    }

    #[test]
    fn names_that_are_nearly_right_are_reported() {
        check(
            &[
                PAGE,
                ("content/articles/a.MD", b""),
                ("content/articles/b.markdown", b""),
                ("content/c.png", b""),
                ("templates/readme.md", b""),
            ],
            |_| {},
            &[
                "content/articles/a.MD: this file is not read: its name does not end in `.md`",
                "content/articles/b.markdown: this file is not read: its name does not end in `.md`",
            ],
        );
    }

    #[test]
    fn folders_named_like_files_are_reported() {
        check(
            &[
                PAGE,
                ("content/about.md/b.png", b""),
                ("templates/page.html/b.txt", b""),
                ("static/a.html/b", b""),
            ],
            |root| fs::create_dir(root.join("content/c.MD")).unwrap(),
            &[
                "content/about.md: this is a folder, not a plain file",
                "content/c.MD: this is a folder, not a plain file",
                "templates/page.html: this is a folder, not a plain file",
            ],
        );
    }

    #[test]
    fn a_site_without_content_is_reported() {
        check(&[], |_| {}, &["content: this folder is missing"]);
        check(&[("content", b"")], |_| {}, &["content: this is a plain file, not a folder"]);
        check(
            &[("content/a.png", b""), ("content/.hidden.md", b"")],
            |_| {},
            &["content: no content file is in this folder"],
        );
        check(
            &[("content/a.md", b"\xff")],
            |_| {},
            &["content/a.md:1:1: this file is not valid UTF-8: the byte 0xff is wrong here"],
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_a_plain_file_is_reported_and_not_opened() {
        use std::os::unix::fs::symlink;
        use std::os::unix::net::UnixListener;
        let pipe = |path: &Path| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        };
        for path in ["content/a.md", "templates/a.html", "static/a.txt", "claims.lock", "content/a.png"] {
            let expected = format!("{path}: this is a named pipe, not a plain file");
            check(&[PAGE], |root| pipe(&root.join(path)), &[&expected]);
        }
        let replace = |root: &Path| fs::remove_file(root.join("site.toml")).unwrap();
        let with_pipe = |root: &Path| {
            replace(root);
            pipe(&root.join("site.toml"));
        };
        check(&[PAGE], with_pipe, &["site.toml: this is a named pipe, not a plain file"]);
        let with_link = |root: &Path| {
            replace(root);
            symlink("kept.toml", root.join("site.toml")).unwrap();
        };
        check(
            &[PAGE, ("kept.toml", b"")],
            with_link,
            &["site.toml: this is a symbolic link, not a plain file"],
        );
        let with_socket = |root: &Path| drop(UnixListener::bind(root.join("content/s.md")).unwrap());
        check(&[PAGE], with_socket, &["content/s.md: this is a socket, not a plain file"]);
        let with_device = |root: &Path| symlink("/dev/zero", root.join("content/z.md")).unwrap();
        check(&[PAGE], with_device, &["content/z.md: this is a symbolic link, not a plain file"]);
        let to_elsewhere = |root: &Path| symlink("other", root.join("content")).unwrap();
        check(&[("other/a.md", b"")], to_elsewhere, &["content: this is a symbolic link, not a folder"]);
        let to_static = |root: &Path| symlink("other", root.join("static")).unwrap();
        check(&[PAGE, ("other/a.txt", b"")], to_static, &["static: this is a symbolic link, not a folder"]);
    }
}
