//! Creates the diagnostic for a link to an unknown name, with a help text that fits the name. Authors write
//! wikilinks to names, pictures and headings, because other programs support them.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::document::{Document, DocumentKind, WordingAccess};
use crate::name;
use crate::source::Span;

use super::{Book, EntityKind, LeftOut};

/// File name extensions of pictures.
const IMAGE_EXTENSIONS: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];
/// File name extensions of other files that authors link to from notes.
const FILE_EXTENSIONS: &[&str] =
    &["pdf", "csv", "json", "txt", "html", "zip", "mp3", "mp4", "webm", "xlsx", "docx"];

/// Largest number of unknown names for which similar known names are searched. One search takes time in proportion
/// to the number of known names, and a book may have as many unknown names as known ones.
pub const MAX_NAME_SEARCHES: usize = 100;

/// Creates the diagnostics for unknown names. It builds its tables only once, because a book may have as many
/// unknown names as claims.
pub(super) struct UnknownNameReporter<'a> {
    book: &'a Book,
    left_out: &'a LeftOut,
    access: WordingAccess,
    /// Number of names for which similar names were requested.
    searches: usize,
    /// For each kind of name, the ids that [`name::id_of`] makes of known names that are not valid ids.
    ids_of_invalid_names: HashMap<&'static str, HashSet<String>>,
    /// Write-ups and own pages by the id of their title and of their file name. It is built at the first use.
    documents_by_name: Option<HashMap<String, &'a Document>>,
}

impl<'a> UnknownNameReporter<'a> {
    pub(super) fn new(book: &'a Book, left_out: &'a LeftOut, access: WordingAccess) -> Self {
        let (ids_of_invalid_names, documents_by_name) = (HashMap::new(), None);
        Self { book, left_out, access, searches: 0, ids_of_invalid_names, documents_by_name }
    }

    /// Returns the diagnostic for a link to an unknown claim; `path` is the file that contains the link. Returns
    /// `None` if the link probably means a claim with an invalid id, because the id is reported at that claim.
    pub(super) fn unknown_claim(&mut self, path: &str, span: Span, id: &str) -> Option<Diagnostic> {
        let book = self.book;
        let ids = || book.all_claims().map(|claim| book.claim(claim).id.value.as_str());
        if self.has_invalid_name("claim", id, ids()) {
            return None;
        }
        let near = self.similar_name(id, ids().filter(|id| name::is_id(id)));
        let problem = unknown_name_error(&rules::UNKNOWN_CLAIMS, span, "claim", id);
        let problem = match (self.help_for_other_target(path, id), near) {
            (Some(help), _) => problem.help(help),
            (None, None) if !name::is_id(id) => problem.help(help_for_invalid_id(id)),
            (None, near) => with_suggestion(problem, "claim", near),
        };
        Some(self.left_out.explain("claim", id, problem))
    }

    /// Returns the diagnostic for a link to an unknown entity. Returns `None` if the link probably means an entity
    /// with an invalid id, because the id is reported at that entity.
    pub(super) fn unknown_entity(&mut self, kind: EntityKind, id: &str, span: Span) -> Option<Diagnostic> {
        let entities = self.book.entities(kind);
        let ids = || entities.iter().map(|entity| entity.id.as_str());
        if self.has_invalid_name(kind.word(), id, ids()) {
            return None;
        }
        Some(self.unknown_name(&rules::UNKNOWN_LINKS, span, (kind.word(), id), ids()))
    }

    /// Returns the diagnostic for a claim or write-up that names an unknown source. Returns `None` if the name
    /// probably means a source with an invalid id, which is reported at that source.
    pub(super) fn unknown_source(&mut self, id: &str, span: Span) -> Option<Diagnostic> {
        let kind = EntityKind::Source;
        let ids = || self.book.sources().iter().map(|source| source.id.as_str());
        if self.has_invalid_name(kind.word(), id, ids()) {
            return None;
        }
        let problem = unknown_name_error(&rules::UNKNOWN_LINKS, span, kind.word(), id);
        let made = name::id_of(id);
        Some(match self.similar_name(id, ids()) {
            Some(near) => problem.did_you_mean(Some(near)),
            None => problem.help(format!("add `content/sources/{made}.md`, or describe the source in place")),
        })
    }

    /// Returns the diagnostic for an unknown name; `what` is the kind of thing that it should name. `known` are the
    /// names that may be suggested.
    pub(super) fn unknown_name<'n>(
        &mut self,
        rule: &'static Rule,
        span: Span,
        (what, id): (&'static str, &str),
        known: impl IntoIterator<Item = &'n str>,
    ) -> Diagnostic {
        let near = self.similar_name(id, known);
        let problem = with_suggestion(unknown_name_error(rule, span, what, id), what, near);
        self.left_out.explain(what, id, problem)
    }

    /// Returns the diagnostic for a link to a file that does not exist. If one file of this name is in another folder,
    /// the link probably means that file, otherwise one whose path is spelled almost like it.
    pub(super) fn unknown_file(&mut self, path: &str, span: Span) -> Diagnostic {
        let book = self.book;
        let paths = || book.documents.iter().map(|document| document.path.as_str());
        let has_similar_stem =
            |known: &&str| stem(known) == stem(path) || name::nearest(stem(path), [stem(known)]).is_some();
        let similar = self.similar_name(path, paths().filter(has_similar_stem));
        let is_searched = self.searches <= MAX_NAME_SEARCHES;
        let mut moved = paths().filter(|known| is_searched && stem(known) == stem(path));
        let near = match (moved.next(), moved.next()) {
            (Some(moved), None) => Some(moved),
            _ => similar,
        };
        let problem = unknown_name_error(&rules::UNKNOWN_LINKS, span, "file", path);
        self.left_out.explain("file", path, with_suggestion(problem, "file", near))
    }

    /// Returns the known name that the author probably meant.
    fn similar_name<'n>(&mut self, id: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        self.searches += 1;
        let max_compared = if self.searches > MAX_NAME_SEARCHES { 0 } else { usize::MAX };
        let made = name::id_of(id);
        let known: Vec<&str> = known.into_iter().take(max_compared).collect();
        let exact = known.iter().copied().find(|known| *known == made);
        exact.or_else(|| name::nearest(id, known))
    }

    /// Whether a known name is not a valid id but has the same id as `id` after conversion by [`name::id_of`].
    fn has_invalid_name<'n>(
        &mut self,
        what: &'static str,
        id: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> bool {
        self.ids_of_invalid_names
            .entry(what)
            .or_insert_with(|| ids_of_invalid_names(known))
            .contains(&name::id_of(id))
    }

    /// Returns a help text if a wikilink probably does not mean a claim but a picture, a file, a heading or an
    /// entity.
    fn help_for_other_target(&mut self, path: &str, id: &str) -> Option<String> {
        let book = self.book;
        let extension =
            Path::new(id).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let has_extension_in =
            |extensions: &[&str]| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension));
        let file_name = id.rsplit('/').next().unwrap_or(id);
        if has_extension_in(IMAGE_EXTENSIONS) {
            return Some(format!(
                "put the picture into `static/` and write `![description]({})`",
                link_destination(&format!("/{file_name}"))
            ));
        }
        if has_extension_in(FILE_EXTENSIONS) {
            return Some(format!(
                "put the file into `static/` and write `[words]({})`",
                link_destination(&format!("/{file_name}"))
            ));
        }
        if let Some((note, heading)) = id.split_once('#') {
            let target = self.find_document(note);
            let file =
                target.map_or_else(|| "file.md".to_owned(), |target| relative_path(path, &target.path));
            let anchor = target.and_then(|target| {
                let has_text =
                    |known: &&crate::document::Heading| known.text.read(self.access) == heading.trim();
                target.headings.iter().find(has_text).map(|known| known.id.clone())
            });
            let anchor = anchor.unwrap_or_else(|| name::id_of(heading));
            let heading = link_destination(&format!("{file}#{anchor}"));
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
        let target = self.find_document(id)?;
        Some(format!(
            "this is a file: write `[{id}]({})`",
            link_destination(&relative_path(path, &target.path))
        ))
    }

    /// Returns the write-up or own page with this title or file name.
    fn find_document(&mut self, name: &str) -> Option<&'a Document> {
        let book = self.book;
        let documents = self.documents_by_name.get_or_insert_with(|| documents_by_name(book, self.access));
        documents.get(&name::id_of(name)).copied()
    }
}

fn unknown_name_error(rule: &'static Rule, span: Span, what: &str, id: &str) -> Diagnostic {
    Diagnostic::new(rule, span, format!("unknown {what} `{id}`"))
}

fn with_suggestion(problem: Diagnostic, what: &str, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => problem.did_you_mean(Some(near)),
        None => problem.help(format!("link to a {what} that exists, or add this one")),
    }
}

/// Returns the name of a file without its folders and its extension.
fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md")
}

/// Returns a help text for a link whose name cannot be the id of a claim.
fn help_for_invalid_id(name: &str) -> String {
    let speaker = format!("speaker:{}", name::id_of(name));
    format!("link to a claim by its id, to a speaker as `[{name}]({speaker})`, a file as `[words](file.md)`")
}

/// Returns the ids that [`name::id_of`] makes of those names that are not valid ids.
fn ids_of_invalid_names<'n>(known: impl Iterator<Item = &'n str>) -> HashSet<String> {
    known.filter(|known| !name::is_id(known)).map(name::id_of).filter(|made| !made.is_empty()).collect()
}

/// Returns write-ups and own pages by the id of their title and of their file name. If several documents have the
/// same name, the first one is kept.
fn documents_by_name(book: &Book, access: WordingAccess) -> HashMap<String, &Document> {
    let mut documents = HashMap::new();
    for (_, document) in book.documents() {
        if !matches!(document.kind, DocumentKind::Article | DocumentKind::Page) {
            continue;
        }
        let title = document.front_matter.page_title(access);
        for name in title.into_iter().chain(document.id.rsplit('/').next()) {
            let made = name::id_of(name);
            if !made.is_empty() {
                documents.entry(made).or_insert(document);
            }
        }
    }
    documents
}

/// Returns a path as the target of a Markdown link: in angle brackets if it contains a space.
fn link_destination(path: &str) -> String {
    if path.contains(' ') { format!("<{path}>") } else { path.to_owned() }
}

/// Returns the path of a file relative to the folder of another file, such as `../pages/about.md`.
fn relative_path(from: &str, to: &str) -> String {
    let folders = from.rsplit_once('/').map_or("", |(folders, _)| folders);
    let shared = folders.split('/').zip(to.split('/')).take_while(|(one, other)| one == other).count();
    let up = folders.split('/').count() - shared;
    let down: Vec<&str> = to.split('/').skip(shared).collect();
    format!("{}{}", "../".repeat(up), down.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, check_problems, claim};

    #[test]
    fn links_between_files_are_relative() {
        let check = |from, to, expected| assert_eq!(relative_path(from, to), expected, "{from} {to}");
        check("content/articles/a.md", "content/articles/b.md", "b.md");
        check("content/articles/2026/a.md", "content/articles/b.md", "../b.md");
        check("content/articles/a.md", "content/pages/more/b.md", "../pages/more/b.md");
        check("content/_index.md", "content/pages/b.md", "pages/b.md");
    }

    /// Asserts the help for a wikilink to an unknown name.
    #[track_caller]
    fn check(id: &str, expected: &str) {
        let link = format!("[[{id}]]");
        let claims = claim("pace", "kind:: measurement\nby:: Jane Doe\nmetric:: Speed\ntags:: coding");
        check_problems(
            &[
                ("content/articles/a.md", &article(&(link.clone() + "\n\n" + &claims))),
                (
                    "content/articles/b.md",
                    "---\ntitle: The second text\n---\n\n## A part {#deep}\n\n## Other\n",
                ),
                ("content/pages/more/p.md", "---\ntitle: P\n---\n"),
                ("content/sources/report.md", "---\ntitle: Report\n---\n"),
            ],
            &[(&format!("unknown claim `{id}`"), &link, expected)],
        );
    }

    #[test]
    fn the_help_fits_what_a_wikilink_seems_to_mean() {
        check("pase", "did you mean `pace`?");
        check("quite-unlike", "link to a claim that exists, or add this one");
        check(
            "Quite unlike",
            "link to a claim by its id, to a speaker as `[Quite unlike](speaker:quite-unlike)`, a file as `[words](file.md)`",
        );
        check("chart.PNG", "put the picture into `static/` and write `![description](/chart.PNG)`");
        check(
            "a folder/the report.pdf",
            "put the file into `static/` and write `[words](</the report.pdf>)`",
        );
        check("b#A part", "link to a heading of a file as `[words](b.md#deep)`");
        check("The second text#Lost part", "link to a heading of a file as `[words](b.md#lost-part)`");
        check("nowhere#Other", "link to a heading of a file as `[words](file.md#other)`");
        check("Jane Doe", "this is a speaker: write `[Jane Doe](speaker:jane-doe)`");
        check("Speed", "this is a metric: write `[Speed](metric:speed)`");
        check("coding", "this is a tag: write `[coding](tag:coding)`");
        check("report", "this is a source: write `[report](source:report)`");
        check("b", "this is a file: write `[b](b.md)`");
        check("p", "this is a file: write `[p](../pages/more/p.md)`");
    }

    #[test]
    fn a_link_to_a_claim_with_an_invalid_id_is_not_reported_twice() {
        let body = article(&("[[Old-Pace]]\n\n".to_owned() + &claim("Old Pace", "")));
        let example = Example::faulty(&[("content/articles/a.md", &body)]);
        let found = example.found(&example.problems);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0.contains("`Old Pace`"), "{found:?}");
    }

    #[test]
    fn similar_names_are_sought_for_a_limited_number_of_names() {
        let links = "[x](claim:pase) ".repeat(MAX_NAME_SEARCHES + 1);
        let body = article(&(links + "\n\n" + &claim("pace", "")));
        let example = Example::faulty(&[("content/articles/a.md", &body)]);
        let near = example.problems.iter().filter(|problem| problem.help == ["did you mean `pace`?"]).count();
        assert_eq!((example.problems.len(), near), (MAX_NAME_SEARCHES + 1, MAX_NAME_SEARCHES));
    }
}
