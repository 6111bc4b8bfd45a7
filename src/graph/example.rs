//! A linked book from texts in memory, for tests of the graph, of lints, pages and formats. Nothing is read from the
//! disk, and the day of the build is [`TODAY`] unless a test names another one.

use crate::config::{self, Config, Neighbours, Overrides};
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Place, has_errors};
use crate::document::WordingAccess;
use crate::markdown::parse;
use crate::quote::Lock;
use crate::source::Sources;
use crate::templates::ThemeClasses;

use super::{Book, ClaimIndex, LeftOut, check_references, link};

/// The day of the build.
pub(crate) const TODAY: &str = "2026-11-22";

/// The settings of a site without a `site.toml` among its texts.
const SETTINGS: &str =
    "title = \"Book\"\nbase_url = \"https://example.org/\"\n[build]\npreviews = false\nsearch = false\n";

/// A book and everything else that lints and pages read. Drafts and proposed claims are in the book, as with
/// `--drafts`.
pub(crate) struct Example {
    pub(crate) sources: Sources,
    pub(crate) config: Config,
    pub(crate) book: Book,
    pub(crate) lock: Lock,
    /// The classes of the theme: none, unless [`Example::with_theme`] collects them, which takes longer than all else.
    pub(crate) theme: ThemeClasses,
    /// The problems that reading, parsing and linking found.
    pub(crate) problems: Vec<Diagnostic>,
}

impl Example {
    /// Links the files with these paths and texts, which must have no errors.
    #[track_caller]
    pub(crate) fn new(texts: &[(&str, &str)]) -> Self {
        Self::on(TODAY, texts)
    }

    /// Links the files with these paths and texts as of a day. They must have no errors.
    #[track_caller]
    pub(crate) fn on(day: &str, texts: &[(&str, &str)]) -> Self {
        let example = Self::faulty_on(day, texts);
        assert!(!has_errors(&example.problems), "{:?}", example.found(&example.problems));
        example
    }

    /// Links a write-up with a source and this text, see [`article`]. The text must have no errors.
    #[track_caller]
    pub(crate) fn of_article(body: &str) -> Self {
        Self::new(&[("content/articles/a.md", &article(body))])
    }

    /// Links the files with these paths and texts, which may have errors.
    pub(crate) fn faulty(texts: &[(&str, &str)]) -> Self {
        Self::faulty_on(TODAY, texts)
    }

    /// Links the files with these paths and texts as of a day. They may have errors.
    pub(crate) fn faulty_on(day: &str, texts: &[(&str, &str)]) -> Self {
        let has_settings = texts.iter().any(|(path, _)| *path == "site.toml");
        let settings = (!has_settings).then_some(("site.toml", SETTINGS));
        let sources = Sources::from_texts(settings.into_iter().chain(texts.iter().copied()));
        let today = PartialDate::parse(day).expect("a day").first_day();
        let overrides = Overrides { base_url: None, repository: None, today, drafts: true, review: true };
        let site = sources.find("site.toml").expect("a file of settings");
        let (config, mut problems) = config::read(site, sources.file(site), &[], &overrides);
        let mut documents = Vec::new();
        for (id, file) in sources.iter().filter(|(_, file)| file.path().starts_with("content/")) {
            let parsed = parse(id, file);
            problems.extend(parsed.problems);
            documents.extend(parsed.document);
        }
        let (book, of_links) = link(documents, today);
        problems.extend(of_links.into_iter().chain(check_references(
            &book,
            &LeftOut::default(),
            WordingAccess::grant(),
        )));
        let lock = sources.find("claims.lock").map(|file| Lock::read(file, sources.file(file)));
        let (lock, of_lock) = lock.unwrap_or_default();
        problems.extend(of_lock);
        let config = config.expect("settings that are valid TOML");
        Self { sources, config, book, lock, theme: ThemeClasses::default(), problems }
    }

    /// The same book with the classes of its theme.
    pub(crate) fn with_theme(self) -> Self {
        Self { theme: ThemeClasses::new(&self.sources), ..self }
    }

    /// The same book on a site whose claims have files for programs beside their pages.
    pub(crate) fn with_neighbours(mut self) -> Self {
        self.config.neighbours = Neighbours::All;
        self
    }

    /// The index of the claim with this id.
    #[track_caller]
    pub(crate) fn index(&self, id: &str) -> ClaimIndex {
        self.book.find_claim(id).unwrap_or_else(|| panic!("there is no claim `{id}`"))
    }

    /// The ids of claims.
    pub(crate) fn ids(&self, claims: impl IntoIterator<Item = ClaimIndex>) -> Vec<&str> {
        claims.into_iter().map(|claim| self.book.claim(claim).id.value.as_str()).collect()
    }

    /// The message of each problem, and the text at its place or the path of its file.
    pub(crate) fn found<'a>(
        &'a self,
        problems: impl IntoIterator<Item = &'a Diagnostic>,
    ) -> Vec<(&'a str, &'a str)> {
        let place = |problem: &'a Diagnostic| match &problem.place {
            Place::Text(span) => self.sources.slice(*span),
            Place::Path(path, _) => path.as_str(),
            Place::Site => "",
        };
        problems.into_iter().map(|problem| (problem.message.as_str(), place(problem))).collect()
    }
}

/// Asserts the problems that reading, parsing and linking these files finds: each message, the text at its place, and
/// its help.
#[track_caller]
pub(crate) fn check_problems(texts: &[(&str, &str)], expected: &[(&str, &str, &str)]) {
    let example = Example::faulty(texts);
    let helps: Vec<String> = example.problems.iter().map(|problem| problem.help.join("; ")).collect();
    let found = example.found(&example.problems).into_iter().zip(&helps);
    let found: Vec<(&str, &str, &str)> =
        found.map(|((message, place), help)| (message, place, help.as_str())).collect();
    assert_eq!(found, expected);
}

/// A write-up with a title, a source and this text.
pub(crate) fn article(body: &str) -> String {
    format!(
        "---\ntitle: First\nsource: {{title: A report, url: \"https://example.org/report\"}}\n---\n\n{body}"
    )
}

/// The callout of a claim with these facts, one in each line. Without `kind` it is a statement, and without `by` it
/// is by Jane Doe.
pub(crate) fn claim(id: &str, facts: &str) -> String {
    let missing = [("kind::", "kind:: statement"), ("by::", "by:: Jane Doe")];
    let is_missing = |key: &str| !facts.lines().any(|line| line.starts_with(key));
    let added = missing.iter().filter(|(key, _)| is_missing(key)).map(|(_, line)| *line);
    let lines: String = added.chain(facts.lines()).map(|line| ["> - ", line, "\n"].concat()).collect();
    format!("> [!claim] {id}\n> **Statement {id}.**\n>\n{lines}\n")
}

/// The callout of a claim with a quotation and these facts, see [`claim`].
pub(crate) fn quoting(id: &str, quote: &str, facts: &str) -> String {
    claim(id, facts).replacen("\n>\n", &format!("\n>\n> > {quote}\n>\n"), 1)
}
