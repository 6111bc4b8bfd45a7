//! What is meant by a link that leads nowhere? The name that a link has and the book in, a problem with
//! the help that fits out: people write wikilinks to names, pictures and headings as other programs read
//! them.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::document::{Document, DocumentKind};
use crate::name;
use crate::source::Span;

use super::Book;

/// File extensions of pictures.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];
/// Other file extensions that notes link to.
const FILES: &[&str] = &["pdf", "csv", "json", "txt", "html", "zip", "mp3", "mp4", "webm", "xlsx", "docx"];

/// A name that nobody defined. Names that are not ids have a problem of their own and are not offered.
pub(super) fn unknown<'a>(
    rule: &'static Rule,
    span: Span,
    what: &str,
    id: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let problem = Diagnostic::new(rule, span, format!("unknown {what} `{id}`"));
    let made = name::id_of(id);
    let known: Vec<&str> = known.into_iter().collect();
    let same = known.iter().copied().find(|known| *known == made);
    match same.or_else(|| name::nearest(id, known)) {
        Some(near) => problem.did_you_mean(Some(near)),
        None => problem.help(format!("link to a {what} that exists, or add this one")),
    }
}

/// The problem of a link to a claim in the file at `path`; `None` when a claim is meant whose id is not
/// valid, which is reported where the claim is.
pub(super) fn unknown_claim(book: &Book, path: &str, span: Span, id: &str) -> Option<Diagnostic> {
    let ids = || book.claims().map(|claim| book.claim(claim).id.value.as_str());
    if is_misnamed(id, ids()) {
        return None;
    }
    let problem = unknown(&rules::UNKNOWN_CLAIMS, span, "claim", id, ids().filter(|id| name::is_id(id)));
    Some(match meant(book, path, id) {
        Some(help) => Diagnostic { help: vec![help], ..problem },
        None => problem,
    })
}

/// Whether one of the names is not an id and would become this one.
pub(super) fn is_misnamed<'a>(id: &str, known: impl IntoIterator<Item = &'a str>) -> bool {
    let made = name::id_of(id);
    !made.is_empty() && known.into_iter().any(|known| !name::is_id(known) && name::id_of(known) == made)
}

/// What else than a claim may be meant, and how that is linked.
fn meant(book: &Book, path: &str, id: &str) -> Option<String> {
    let extension = Path::new(id).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let has = |extensions: &[&str]| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension));
    let file_name = id.rsplit('/').next().unwrap_or(id);
    if has(PICTURES) {
        return Some(format!(
            "put the picture into `static/` and write `![description]({})`",
            destination(&format!("/{file_name}"))
        ));
    }
    if has(FILES) {
        return Some(format!(
            "put the file into `static/` and write `[words]({})`",
            destination(&format!("/{file_name}"))
        ));
    }
    if let Some((note, heading)) = id.split_once('#') {
        let target = document_called(book, note);
        let file = target.map_or_else(|| "file.md".to_owned(), |target| relative(path, &target.path));
        let anchor = target.and_then(|target| {
            let is_meant = |known: &&crate::document::Heading| known.text == heading.trim();
            target.headings.iter().find(is_meant).map(|known| known.id.clone())
        });
        let anchor = anchor.unwrap_or_else(|| name::id_of(heading));
        let heading = destination(&format!("{file}#{anchor}"));
        return Some(format!("a heading of a file is linked as `[words]({heading})`"));
    }
    for (kind, entities) in [
        ("speaker", book.speakers()),
        ("metric", book.metrics()),
        ("source", book.sources()),
        ("tag", book.tags()),
    ] {
        if let Some(number) = entities.find(id) {
            let target = &entities.get(number).id;
            return Some(format!("this is a {kind}: write `[{id}]({kind}:{target})`"));
        }
    }
    let target = document_called(book, id)?;
    Some(format!("this is a file: write `[{id}]({})`", destination(&relative(path, &target.path))))
}

/// A path as Markdown reads it: in angle brackets when it contains a space.
fn destination(path: &str) -> String {
    if path.contains(' ') { format!("<{path}>") } else { path.to_owned() }
}

/// The write-up or own page with this title or file name.
fn document_called<'a>(book: &'a Book, name: &str) -> Option<&'a Document> {
    let wanted = name::id_of(name);
    let is_prose = |kind| matches!(kind, DocumentKind::Article | DocumentKind::Page);
    let is_called = |document: &&Document| {
        let title = document.front_matter.title.as_ref().map(|title| name::id_of(&title.value));
        let stem = document.id.rsplit('/').next().map(name::id_of);
        is_prose(document.kind) && [title, stem].contains(&Some(wanted.clone()))
    };
    book.documents().map(|(_, document)| document).filter(|_| !wanted.is_empty()).find(is_called)
}

/// The path of a file as a link from another: `../pages/about.md`.
fn relative(from: &str, to: &str) -> String {
    let folders = from.rsplit_once('/').map_or("", |(folders, _)| folders);
    let shared = folders.split('/').zip(to.split('/')).take_while(|(one, other)| one == other).count();
    let up = folders.split('/').count() - shared;
    let down: Vec<&str> = to.split('/').skip(shared).collect();
    format!("{}{}", "../".repeat(up), down.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_files_are_relative() {
        let check = |from, to, expected| assert_eq!(relative(from, to), expected, "{from} {to}");
        check("content/articles/a.md", "content/articles/b.md", "b.md");
        check("content/articles/2026/a.md", "content/articles/b.md", "../b.md");
        check("content/articles/a.md", "content/pages/more/b.md", "../pages/more/b.md");
        check("content/_index.md", "content/pages/b.md", "pages/b.md");
    }
}
