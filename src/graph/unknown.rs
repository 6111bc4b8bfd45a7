//! Creates the diagnostic for a link to an unknown name, with a help text that fits the name. Authors write
//! wikilinks to names, pictures and headings, because other programs support them.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::document::{Document, DocumentKind};
use crate::name;
use crate::source::Span;

use super::{Book, EntityKind};

/// File name extensions of pictures.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];
/// File name extensions of other files that authors link to from notes.
const FILES: &[&str] = &["pdf", "csv", "json", "txt", "html", "zip", "mp3", "mp4", "webm", "xlsx", "docx"];

/// Largest number of unknown names for which similar known names are searched. One search takes time in proportion
/// to the number of known names, and a book may have as many unknown names as known ones.
pub const MAX_SUGGESTIONS: usize = 100;

/// Creates the diagnostics for unknown names. It builds its tables only once, because a book may have as many
/// unknown names as claims.
pub(super) struct UnknownNameReporter<'a> {
    book: &'a Book,
    /// Number of names for which similar names were requested.
    reported: usize,
    /// For each kind of name, the ids that [`name::id_of`] makes of known names that are not valid ids.
    misnamed: HashMap<&'static str, HashSet<String>>,
    /// Write-ups and own pages by the id of their title and of their file name. It is built at the first use.
    called: Option<HashMap<String, &'a Document>>,
}

impl<'a> UnknownNameReporter<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        Self { book, reported: 0, misnamed: HashMap::new(), called: None }
    }

    /// Returns the diagnostic for a link to an unknown claim; `path` is the file that contains the link. Returns
    /// `None` if the link probably means a claim with an invalid id, because the id is reported at that claim.
    pub(super) fn claim(&mut self, path: &str, span: Span, id: &str) -> Option<Diagnostic> {
        let book = self.book;
        let ids = || book.all_claims().map(|claim| book.claim(claim).id.value.as_str());
        if self.is_misnamed("claim", id, ids()) {
            return None;
        }
        let near = self.near(id, ids().filter(|id| name::is_id(id)));
        let problem = problem(&rules::UNKNOWN_CLAIMS, span, "claim", id);
        Some(match (self.meant(path, id), near) {
            (Some(help), _) => problem.help(help),
            (None, None) if !name::is_id(id) => problem.help(other_links(id)),
            (None, near) => with_near(problem, "claim", near),
        })
    }

    /// Returns the diagnostic for a link to an unknown entity. Returns `None` if the link probably means an entity
    /// with an invalid id, because the id is reported at that entity.
    pub(super) fn entity(&mut self, kind: EntityKind, id: &str, span: Span) -> Option<Diagnostic> {
        let entities = self.book.entities(kind);
        let ids = || entities.iter().map(|entity| entity.id.as_str());
        if self.is_misnamed(kind.word(), id, ids()) {
            return None;
        }
        Some(self.name(&rules::UNKNOWN_LINKS, span, (kind.word(), id), ids()))
    }

    /// Returns the diagnostic for a claim or write-up that names an unknown source. Returns `None` if the name
    /// probably means a source with an invalid id, which is reported at that source.
    pub(super) fn source(&mut self, id: &str, span: Span) -> Option<Diagnostic> {
        let kind = EntityKind::Source;
        let ids = || self.book.sources().iter().map(|source| source.id.as_str());
        if self.is_misnamed(kind.word(), id, ids()) {
            return None;
        }
        let problem = problem(&rules::UNKNOWN_LINKS, span, kind.word(), id);
        let made = name::id_of(id);
        Some(match self.near(id, ids()) {
            Some(near) => problem.did_you_mean(Some(near)),
            None => problem.help(format!("add `content/sources/{made}.md`, or describe the source in place")),
        })
    }

    /// Returns the diagnostic for an unknown name; `what` is the kind of thing that it should name. `known` are the
    /// names that may be suggested.
    pub(super) fn name<'n>(
        &mut self,
        rule: &'static Rule,
        span: Span,
        (what, id): (&str, &str),
        known: impl IntoIterator<Item = &'n str>,
    ) -> Diagnostic {
        let near = self.near(id, known);
        with_near(problem(rule, span, what, id), what, near)
    }

    /// Returns the known name that the author probably meant.
    fn near<'n>(&mut self, id: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        self.reported += 1;
        let compared = if self.reported > MAX_SUGGESTIONS { 0 } else { usize::MAX };
        let made = name::id_of(id);
        let known: Vec<&str> = known.into_iter().take(compared).collect();
        let same = known.iter().copied().find(|known| *known == made);
        same.or_else(|| name::nearest(id, known))
    }

    /// Whether a known name is not a valid id but has the same id as `id` after conversion by [`name::id_of`].
    fn is_misnamed<'n>(
        &mut self,
        what: &'static str,
        id: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> bool {
        self.misnamed.entry(what).or_insert_with(|| misnamed(known)).contains(&name::id_of(id))
    }

    /// Returns a help text if a wikilink probably does not mean a claim but a picture, a file, a heading or an
    /// entity.
    fn meant(&mut self, path: &str, id: &str) -> Option<String> {
        let book = self.book;
        let extension =
            Path::new(id).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
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
            let target = self.document_called(note);
            let file = target.map_or_else(|| "file.md".to_owned(), |target| relative(path, &target.path));
            let anchor = target.and_then(|target| {
                let is_meant = |known: &&crate::document::Heading| known.text == heading.trim();
                target.headings.iter().find(is_meant).map(|known| known.id.clone())
            });
            let anchor = anchor.unwrap_or_else(|| name::id_of(heading));
            let heading = destination(&format!("{file}#{anchor}"));
            return Some(format!("link to a heading of a file as `[words]({heading})`"));
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
        let target = self.document_called(id)?;
        Some(format!("this is a file: write `[{id}]({})`", destination(&relative(path, &target.path))))
    }

    /// Returns the write-up or own page with this title or file name.
    fn document_called(&mut self, name: &str) -> Option<&'a Document> {
        let book = self.book;
        let called = self.called.get_or_insert_with(|| documents_by_name(book));
        called.get(&name::id_of(name)).copied()
    }
}

fn problem(rule: &'static Rule, span: Span, what: &str, id: &str) -> Diagnostic {
    Diagnostic::new(rule, span, format!("unknown {what} `{id}`"))
}

fn with_near(problem: Diagnostic, what: &str, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => problem.did_you_mean(Some(near)),
        None => problem.help(format!("link to a {what} that exists, or add this one")),
    }
}

/// Returns a help text for a link whose name cannot be the id of a claim.
fn other_links(name: &str) -> String {
    let speaker = format!("speaker:{}", name::id_of(name));
    format!("link to a claim by its id, to a speaker as `[{name}]({speaker})`, a file as `[words](file.md)`")
}

/// Returns the ids that [`name::id_of`] makes of those names that are not valid ids.
fn misnamed<'n>(known: impl Iterator<Item = &'n str>) -> HashSet<String> {
    known.filter(|known| !name::is_id(known)).map(name::id_of).filter(|made| !made.is_empty()).collect()
}

/// Returns write-ups and own pages by the id of their title and of their file name. If several documents have the
/// same name, the first one is kept.
fn documents_by_name(book: &Book) -> HashMap<String, &Document> {
    let mut called = HashMap::new();
    for (_, document) in book.documents() {
        if !matches!(document.kind, DocumentKind::Article | DocumentKind::Page) {
            continue;
        }
        let title = document.front_matter.title.as_ref().map(|title| title.value.as_str());
        for name in title.into_iter().chain(document.id.rsplit('/').next()) {
            let made = name::id_of(name);
            if !made.is_empty() {
                called.entry(made).or_insert(document);
            }
        }
    }
    called
}

/// Returns a path as the target of a Markdown link: in angle brackets if it contains a space.
fn destination(path: &str) -> String {
    if path.contains(' ') { format!("<{path}>") } else { path.to_owned() }
}

/// Returns the path of a file relative to the folder of another file, such as `../pages/about.md`.
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
