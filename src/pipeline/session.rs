//! Keeps a site up to date while its files change: [`Session::update`] decides once what has changed ([`Change`]),
//! and makes anew only what the change can affect. [`Cache`](super::Cache) asks [`Change::between`] the same question
//! for a build in a new process, where the earlier state is a record on the disk.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Overrides;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Document, Outline, WordingAccess};
use crate::markdown::parse;
use crate::preview::has_same_pictures;
use crate::source::{FileId, LoadProblem, Sources};

use super::analysis::{Analysis, ParsedFiles, analyse, analyse_parsed};
use super::edition::{Edition, finish, plan};

/// What has changed in a site, from the smallest change to the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Nothing has changed.
    Nothing,
    /// Only sentences of prose have changed. Their own pages show them, pages that quote them, and feeds.
    Prose,
    /// Text that any page can show has changed, such as a statement or a title. Links, statuses and the table of
    /// files are the same.
    Shown,
    /// Anything can be different.
    Everything,
}

impl Change {
    /// Compares two outlines of a file whose text has changed.
    pub fn between(earlier: Outline, now: Outline) -> Self {
        if earlier.structure != now.structure {
            Self::Everything
        } else if earlier.shown != now.shown {
            Self::Shown
        } else {
            Self::Prose
        }
    }
}

/// A site that is read again and again.
pub struct Session {
    overrides: Overrides,
    unreadable: Vec<LoadProblem>,
    analysis: Analysis,
    diagnostics: Vec<Diagnostic>,
    edition: Option<Edition>,
}

impl Session {
    /// Analyses and plans a site. `unreadable` contains the problems that loading found.
    pub fn new(sources: &Arc<Sources>, unreadable: Vec<LoadProblem>, overrides: Overrides) -> Self {
        let analysis = analyse(sources, &unreadable, &overrides);
        let (diagnostics, edition) = plan(&analysis);
        Self { overrides, unreadable, analysis, diagnostics, edition }
    }

    /// The site as it was read last.
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// The files that could not be read.
    pub fn unreadable(&self) -> &[LoadProblem] {
        &self.unreadable
    }

    /// Whether the site was analysed for the same day.
    pub fn is_of_same_day(&self, overrides: &Overrides) -> bool {
        self.overrides.today == overrides.today
    }

    /// All problems of the site, sorted.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The planned site, if it has no errors.
    pub fn edition(&self) -> Option<&Edition> {
        self.edition.as_ref()
    }

    /// Brings the session up to date with the files of the site. Returns what has changed.
    pub fn update(&mut self, sources: &Arc<Sources>, unreadable: Vec<LoadProblem>) -> Change {
        let (change, parsed) = self.change_to(sources, &unreadable);
        let analysis = match change {
            Change::Nothing => return change,
            Change::Prose | Change::Shown => {
                self.analysis.with_texts(sources, parsed, &self.overrides, change == Change::Shown)
            }
            Change::Everything => {
                let known = self.reusable(sources, parsed);
                analyse_parsed(sources, &unreadable, &self.overrides, &known)
            }
        };
        (self.diagnostics, self.edition) = match &self.edition {
            Some(edition) if change < Change::Everything => {
                finish(&analysis, Ok(edition.with_texts(&analysis)))
            }
            _ => plan(&analysis),
        };
        self.unreadable = unreadable;
        let old = std::mem::replace(&mut self.analysis, analysis);
        // Freeing a large book takes time, so a separate thread does it.
        let _ = std::thread::Builder::new().spawn(move || drop(old));
        change
    }

    /// Decides what has changed. Also returns the parse results of the changed files, as far as they were needed.
    fn change_to(&self, sources: &Sources, unreadable: &[LoadProblem]) -> (Change, ParsedFiles) {
        let earlier = &self.analysis;
        if sources.is_unchanged_since(&earlier.sources) && unreadable == self.unreadable {
            return (Change::Nothing, ParsedFiles::new());
        }
        let is_readable = unreadable.is_empty() && self.unreadable.is_empty();
        let Some(changed) = sources.changed_since(&earlier.sources).filter(|_| is_readable) else {
            return (Change::Everything, ParsedFiles::new());
        };
        // The places of problems move with the text, so files with problems are read as a whole.
        let warnings = self.edition.iter().flat_map(|edition| edition.warnings.iter());
        let mut problems = earlier.diagnostics.iter().chain(warnings);
        if problems.any(|problem| is_about(problem, &changed, sources)) {
            return (Change::Everything, ParsedFiles::new());
        }
        let parsed: ParsedFiles =
            changed.par_iter().map(|&id| (id, Arc::new(parse(id, sources.file(id))))).collect();
        let changes = parsed.iter().map(|(id, file)| {
            let documents = earlier
                .parsed()
                .get(id)
                .and_then(|old| old.document.as_deref())
                .zip(file.document.as_deref());
            match documents {
                Some(documents) if file.problems.is_empty() => self.change_of(documents, sources),
                _ => Change::Everything,
            }
        });
        (changes.max().unwrap_or(Change::Everything), parsed)
    }

    /// Compares two versions of a document.
    fn change_of(&self, (earlier, now): (&Document, &Document), sources: &Sources) -> Change {
        let access = WordingAccess::grant();
        let outlines = (
            earlier.outline(self.analysis.sources.file(earlier.file()), access),
            now.outline(sources.file(now.file()), access),
        );
        let change = Change::between(outlines.0, outlines.1);
        // Whether a preview can be drawn depends on the letters of titles, and with it the table of files.
        let config = self.analysis.config.as_deref();
        let has_same_pictures =
            || config.is_none_or(|config| has_same_pictures(config, earlier, now, access));
        if change == Change::Shown && !has_same_pictures() { Change::Everything } else { change }
    }

    /// Returns the parse results of all files that do not have to be parsed again.
    fn reusable(&self, sources: &Sources, mut parsed: ParsedFiles) -> ParsedFiles {
        let is_same = |id: FileId| sources.shares_file_with(id, &self.analysis.sources);
        let unchanged = self.analysis.parsed().iter().filter(|&(&id, _)| is_same(id));
        parsed.extend(unchanged.map(|(&id, file)| (id, Arc::clone(file))));
        parsed
    }
}

/// Whether a problem is in one of these files.
fn is_about(problem: &Diagnostic, files: &BTreeSet<FileId>, sources: &Sources) -> bool {
    let of_path = match &problem.place {
        Place::Path(path, _) => sources.find(path),
        Place::Text(_) | Place::Site => None,
    };
    problem.spans().map(|span| span.file).chain(of_path).any(|file| files.contains(&file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::PartialDate;

    #[test]
    fn lints_read_the_authors_of_a_write_up_that_has_changed() {
        let path = "content/articles/a.md";
        let text = |author: &str| format!("---\ntitle: A\nauthors: {author}\n---\n\nText.\n");
        let site = "title = \"A\"\nbase_url = \"https://example.org/\"\n".to_owned();
        let sources = Arc::new(Sources::from_texts([("site.toml", site), (path, text("Jane Doe"))]));
        let today = PartialDate::parse("2026-11-22").expect("a date").last_day();
        let overrides = Overrides { base_url: None, repository: None, today, drafts: false, review: false };
        let mut session = Session::new(&sources, Vec::new(), overrides);
        assert_eq!(session.diagnostics(), []);
        let changed = Arc::new(sources.with_file(path, &text("Jane Doe and John Roe")));
        session.update(&changed, Vec::new());
        let rules: Vec<&str> = session.diagnostics().iter().map(|problem| problem.rule.name).collect();
        assert_eq!(rules, ["joined-names"]);
    }

    #[test]
    fn a_suggested_title_follows_when_the_title_changes() {
        let other = |title: &str| format!("---\ntitle: {title}\n---\n\nText.\n");
        let sources = Arc::new(Sources::from_texts([
            ("site.toml", "title = \"A\"\nbase_url = \"https://example.org/\"\n".to_owned()),
            ("content/articles/a.md", "---\ntitle: A\n---\n\nSee [[The pace]].\n".to_owned()),
            ("content/articles/b.md", other("Growth")),
        ]));
        let today = PartialDate::parse("2026-11-22").expect("a date").last_day();
        let overrides = Overrides { base_url: None, repository: None, today, drafts: false, review: false };
        let mut session = Session::new(&sources, Vec::new(), overrides);
        let suggests_file = |session: &Session| {
            let problem = session.diagnostics().first().expect("an unknown claim");
            problem.help.iter().any(|help| help.contains("b.md"))
        };
        assert!(!suggests_file(&session));
        let changed = Arc::new(sources.with_file("content/articles/b.md", &other("The pace")));
        assert_eq!(session.update(&changed, Vec::new()), Change::Shown);
        assert!(suggests_file(&session));
    }

    /// Returns what checks say of a site after one file has changed, and what they say of that site when it is new.
    fn messages_after(files: &[(&str, &str)], path: &str, text: &str) -> [Vec<String>; 2] {
        let settings = ("site.toml", "title = \"A\"\nbase_url = \"https://example.org/\"\n");
        let sources = Arc::new(Sources::from_texts(files.iter().copied().chain([settings])));
        let today = PartialDate::parse("2026-11-22").expect("a date").last_day();
        let overrides = Overrides { base_url: None, repository: None, today, drafts: false, review: false };
        let mut session = Session::new(&sources, Vec::new(), overrides.clone());
        let changed = Arc::new(sources.with_file(path, text));
        session.update(&changed, Vec::new());
        let new = Session::new(&changed, Vec::new(), overrides);
        [session, new].map(|session| {
            let texts = |problem: &Diagnostic| format!("{}: {:?}", problem.message, problem.help);
            session.diagnostics().iter().map(texts).collect()
        })
    }

    #[test]
    fn a_suggested_heading_follows_when_the_heading_changes() {
        let b = |heading: &str| format!("---\ntitle: B\n---\n\n## {heading} {{#h}}\n\nText.\n");
        let files = [
            ("content/articles/a.md", "---\ntitle: A\n---\n\nSee [[b#Old]].\n"),
            ("content/articles/b.md", &b("Old")),
        ];
        let [updated, new] = messages_after(&files, "content/articles/b.md", &b("New"));
        assert!(!new.is_empty());
        assert_eq!(updated, new);
    }

    #[test]
    fn a_link_that_is_defined_later_changes_a_quotation() {
        let parse_article = |text: &str| {
            let sources = Sources::from_texts([("content/articles/a.md", text)]);
            let id = sources.find("content/articles/a.md").expect("the file");
            let document = parse(id, sources.file(id)).document.expect("a document");
            document.outline(sources.file(id), WordingAccess::grant())
        };
        let text = crate::graph::example::article(&crate::graph::example::quoting(
            "pace",
            "It grew [sic] fast.",
            "",
        ));
        let defined = format!("{text}\n[sic]: https://example.org/\n");
        let change = Change::between(parse_article(&text), parse_article(&defined));
        assert_eq!(change, Change::Shown);
    }
}
