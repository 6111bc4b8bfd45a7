//! Looks for what often goes wrong when a book is published on GitHub Pages, for `claimbook doctor`. The caller reads
//! the disk and asks Git; this module compares the answers with the settings and the book.

mod workflow;

use std::collections::BTreeSet;

use crate::config::{BaseUrl, Previews};
use crate::graph::DocumentIndex;
use crate::init::pages_address;
use crate::lint;
use crate::page::{PreviewSubject, Site};
use crate::preview::PreviewRenderer;
use crate::source::FolderSize;
use crate::web_address;

/// The version of this program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Largest number of files that one finding names.
const MAX_NAMES: usize = 3;

/// What is around the book: in its repository and in the folder of its built site.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Address of the Git remote `origin`, or of the first remote if none has this name.
    pub remote: Option<String>,
    /// The branch that is checked out.
    pub branch: Option<String>,
    /// Whether the book is in a folder of its repository, and not at the top.
    pub is_below_repository: bool,
    /// Number of saved copies of sources that Git publishes with the repository. `None` if Git does not answer.
    pub committed_snapshots: Option<usize>,
    /// Whether an earlier commit has saved copies.
    pub had_snapshots: bool,
    /// Size of the built site. `None` if it has not been built.
    pub site: Option<FolderSize>,
    /// Text of `.github/workflows/pages.yml`.
    pub workflow: Option<String>,
    /// Text of `.github/requirements.txt`.
    pub requirements: Option<String>,
    /// Whether there is a file `static/CNAME`.
    pub has_cname: bool,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// As it should be.
    Good,
    /// It works, and something would be better.
    Advice,
    /// The site will be wrong, or will not be published.
    Problem,
}

impl Judgement {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Advice => "advice",
            Self::Problem => "problem",
        }
    }
}

/// The result of one examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was examined.
    pub subject: &'static str,
    /// How it is.
    pub judgement: Judgement,
    /// What was found.
    pub message: String,
    /// What to do; empty if nothing is to be done.
    pub help: String,
}

impl Finding {
    /// The only finding about a book with errors, which would not be published.
    pub fn errors(count: usize) -> Self {
        let message = format!("{} in the book, so nothing would be published", counted(count, "error"));
        Self::problem("book", message, "`claimbook check` says where")
    }

    fn good(subject: &'static str, message: impl Into<String>) -> Self {
        Self { subject, judgement: Judgement::Good, message: message.into(), help: String::new() }
    }

    fn advice(subject: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { subject, judgement: Judgement::Advice, message: message.into(), help: help.into() }
    }

    fn problem(subject: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { judgement: Judgement::Problem, ..Self::advice(subject, message, help) }
    }
}

/// Examines a book without errors. There is one finding for each subject, in a fixed order.
pub fn examine(site: &Site<'_>, around: &Surroundings) -> Vec<Finding> {
    vec![
        address(site, around),
        domain(around),
        repository(site, around),
        workflow::workflow(around),
        workflow::version(around),
        size(site, around),
        snapshots(around),
        descriptions(site),
        previews(site),
        feed(site),
    ]
}

fn address(site: &Site<'_>, around: &Surroundings) -> Finding {
    const SUBJECT: &str = "base address";
    let base_url = &site.config.base_url;
    let ours = base_url.absolute("");
    let host = base_url.host();
    let host = host.split(':').next().unwrap_or(host);
    let is_example = ["example.org", "example.com", "example.net", "localhost"].contains(&host);
    match around.remote.as_deref().and_then(browser_address).and_then(|remote| pages_address(&remote)) {
        // GitHub reads addresses without regard to capitals in the owner's name only.
        Some(theirs) if BaseUrl::parse(&theirs).is_some_and(|theirs| theirs.absolute("") == ours) => {
            Finding::good(SUBJECT, format!("{ours} is where GitHub Pages publishes this repository"))
        }
        Some(theirs) if is_example || host.ends_with(".github.io") => Finding::problem(
            SUBJECT,
            format!("{ours} is not where GitHub Pages publishes this repository, {theirs}"),
            format!(
                "write `base_url = \"{theirs}\"` in site.toml; the workflow passes this address by itself"
            ),
        ),
        Some(_) => Finding::good(SUBJECT, format!("{ours} is a domain of your own")),
        None if is_example => Finding::problem(
            SUBJECT,
            format!("{ours} is the address of an example"),
            "write the address of the site as `base_url` in site.toml",
        ),
        None => Finding::good(SUBJECT, format!("{ours}; there is no remote on GitHub to compare it with")),
    }
}

fn domain(around: &Surroundings) -> Finding {
    const SUBJECT: &str = "domain";
    if around.has_cname {
        return Finding::advice(
            SUBJECT,
            "`static/CNAME` has no effect where a workflow publishes the site",
            "enter the domain on GitHub, under Settings > Pages, and delete the file",
        );
    }
    Finding::good(SUBJECT, "no file `static/CNAME` claims to set one")
}

/// The address of a Git remote on GitHub as a browser opens it, without name, password and port. Git also takes
/// `git@github.com:owner/name.git`.
fn browser_address(remote: &str) -> Option<String> {
    let remote = remote.trim();
    let address = match remote.strip_prefix("git@github.com:") {
        Some(path) => format!("github.com/{path}"),
        None => remote.split_once("://")?.1.to_owned(),
    };
    let url = web_address::parse(&format!("https://{address}"))?;
    if !["github.com", "www.github.com", "ssh.github.com"].contains(&url.host_str()?) {
        return None;
    }
    let path = url.path().trim_matches('/').trim_end_matches(".git");
    Some(format!("https://github.com/{path}"))
}

fn repository(site: &Site<'_>, around: &Surroundings) -> Finding {
    const SUBJECT: &str = "repository";
    let remote = around.remote.as_deref().and_then(browser_address);
    match (&site.config.repository, remote) {
        (Some(ours), Some(remote)) if !ours.eq_ignore_ascii_case(&remote) => Finding::problem(
            SUBJECT,
            format!("pages link to {ours}, and the Git remote is {remote}"),
            format!("write `repository = \"{remote}\"` below [links] in site.toml"),
        ),
        (Some(ours), _) => Finding::good(SUBJECT, format!("pages link to their files in {ours}")),
        (None, Some(remote)) => Finding::advice(
            SUBJECT,
            "pages do not link to their files, and readers cannot challenge a verdict",
            format!("write `repository = \"{remote}\"` below [links] in site.toml"),
        ),
        (None, None) => Finding::advice(
            SUBJECT,
            "there is no Git remote on GitHub, and no `repository` in site.toml",
            "push the book to a repository, if others are to read its files",
        ),
    }
}

fn size(site: &Site<'_>, around: &Surroundings) -> Finding {
    const SUBJECT: &str = "size";
    let Some(FolderSize { bytes, largest: (path, largest) }) = &around.site else {
        return Finding::advice(
            SUBJECT,
            "the site has not been built",
            "run `claimbook build`, then this again",
        );
    };
    match lint::check_size(site.config, *bytes, Some((path, *largest))) {
        Some(found) => Finding::problem(SUBJECT, found.message, found.help.join("; ")),
        None => Finding::good(SUBJECT, format!("the site has {} MB", bytes.div_ceil(1_000_000))),
    }
}

fn snapshots(around: &Surroundings) -> Finding {
    const SUBJECT: &str = "snapshots";
    match around.committed_snapshots {
        None => Finding::advice(
            SUBJECT,
            "Git does not answer, so it is not known whether saved copies of sources would be published",
            "run this in the repository of the book, on a machine with Git",
        ),
        Some(0) if around.had_snapshots => Finding::advice(
            SUBJECT,
            "earlier commits have saved copies of sources, so whoever clones the repository gets them",
            "they are the work of others: `git filter-repo --invert-paths --path snapshots` takes them out of its history",
        ),
        Some(0) => Finding::good(SUBJECT, "no saved copies of sources are in the repository"),
        Some(count) => Finding::problem(
            SUBJECT,
            format!("saved copies of sources are published with the repository: {count}"),
            "they are the work of others: `git rm -r --cached snapshots`, and `/snapshots/` in .gitignore",
        ),
    }
}

fn descriptions(site: &Site<'_>) -> Finding {
    const SUBJECT: &str = "descriptions";
    if site.config.description.is_empty() {
        return Finding::advice(
            SUBJECT,
            "the site has no description for search engines and shared links",
            "write one sentence as `description` in site.toml",
        );
    }
    let without =
        site.book.articles().iter().filter(|&&article| {
            site.book.document(article).front_matter.summary_text(site.access).is_empty()
        });
    let names: Vec<String> = without.map(|&article| file_of(site, article)).collect();
    if names.is_empty() {
        return Finding::good(SUBJECT, "the site and every write-up have one");
    }
    Finding::advice(
        SUBJECT,
        format!("{} without a summary: {}", counted(names.len(), "write-up"), first_names(&names)),
        "write one sentence as `summary` in the front matter",
    )
}

fn previews(site: &Site<'_>) -> Finding {
    const SUBJECT: &str = "previews";
    let help = "titles in Latin, Greek and Cyrillic letters can be drawn";
    if site.config.previews == Previews::Off {
        return Finding::advice(
            SUBJECT,
            "links to the site are shared without a picture",
            "delete `previews = false` from site.toml",
        );
    }
    let Some(renderer) = PreviewRenderer::new(site) else {
        return Finding::advice(SUBJECT, "this program was built without previews", "install a released one");
    };
    let without = site.preview_subjects().into_iter().filter(|&subject| !renderer.has(subject));
    let names: BTreeSet<String> = without
        .map(|subject| match subject {
            PreviewSubject::Article(article) => file_of(site, article),
            other => site.preview(other).title,
        })
        .collect();
    if names.is_empty() {
        return Finding::good(SUBJECT, "every title can be drawn");
    }
    let names: Vec<String> = names.into_iter().collect();
    let message = format!("{} without a picture: {}", counted(names.len(), "page"), first_names(&names));
    Finding::advice(SUBJECT, message, help)
}

fn feed(site: &Site<'_>) -> Finding {
    const SUBJECT: &str = "feed";
    let articles = site.book.articles();
    let dated =
        articles.iter().filter(|&&article| site.book.document(article).front_matter.date.is_some()).count();
    if articles.is_empty() {
        return Finding::advice(
            SUBJECT,
            "there are no write-ups, so nobody can follow the book",
            "write one",
        );
    }
    if dated < articles.len() {
        return Finding::advice(
            SUBJECT,
            format!("{} without a date", counted(articles.len() - dated, "write-up")),
            "write `date` in the front matter, so that readers of the feed see when it appeared",
        );
    }
    Finding::good(SUBJECT, format!("it has the dates of {}", counted(dated, "write-up")))
}

fn file_of(site: &Site<'_>, document: DocumentIndex) -> String {
    site.sources.file(site.book.document(document).file()).path().to_owned()
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The first names of a list, and how many follow.
fn first_names(names: &[String]) -> String {
    let shown = names.iter().take(MAX_NAMES).cloned().collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(MAX_NAMES) {
        Some(more) if more > 0 => format!("{shown} and {more} more"),
        _ => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::Example;

    const REMOTE: &str = "git@github.com:Somebody/book.git";

    /// The judgements of a book that has these settings besides its title, by subject.
    fn judged(settings: &str, around: &Surroundings) -> Vec<(&'static str, Judgement)> {
        let settings = format!("title = \"T\"\n{settings}\n[build]\npreviews = false\nsearch = false\n");
        let example = Example::new(&[
            ("site.toml", &settings),
            ("content/articles/a.md", "---\ntitle: A\ndate: 2026-11-20\n---\n\nText.\n"),
        ]);
        let findings = examine(&example.site(), around);
        findings.into_iter().map(|finding| (finding.subject, finding.judgement)).collect()
    }

    #[test]
    fn the_base_address_is_that_of_github_pages_or_of_a_domain() {
        let remote =
            |remote: &str| Surroundings { remote: Some(remote.to_owned()), ..Surroundings::default() };
        let judge = |base_url: &str, around: &Surroundings| {
            judged(&format!("base_url = \"{base_url}\""), around)[0].1
        };
        assert_eq!(judge("https://somebody.github.io/book/", &remote(REMOTE)), Judgement::Good);
        assert_eq!(judge("https://somebody.github.io/", &remote(REMOTE)), Judgement::Problem);
        assert_eq!(judge("https://example.org/", &remote(REMOTE)), Judgement::Problem);
        assert_eq!(judge("https://book.test/", &remote(REMOTE)), Judgement::Good);
        assert_eq!(judge("https://book.test/", &Surroundings::default()), Judgement::Good);
        assert_eq!(judge("http://localhost:1111/", &Surroundings::default()), Judgement::Problem);
        let with_cname = Surroundings { has_cname: true, ..remote(REMOTE) };
        assert_eq!(judge("https://somebody.github.io/", &with_cname), Judgement::Problem);
        assert_eq!(
            judged("base_url = \"https://book.test/\"", &with_cname)[1],
            ("domain", Judgement::Advice)
        );
    }

    #[test]
    fn what_is_missing_is_advice_and_what_is_wrong_a_problem() {
        let workflow = "on:\n  push:\n  schedule:\n    - cron: \"0 3 * * *\"\njobs: actions/deploy-pages\n";
        let workflow = Some(workflow.to_owned());
        let around = |requirements: &str, bytes: u64| Surroundings {
            workflow: workflow.clone(),
            requirements: Some(requirements.to_owned()),
            site: Some(FolderSize { bytes, largest: ("a.pdf".to_owned(), bytes) }),
            ..Surroundings::default()
        };
        let good = format!("# a comment\nclaimbook=={VERSION} # and another\n");
        let judgement = |around: &Surroundings, subject: &str| {
            let all = judged("base_url = \"https://book.test/\"", around);
            all.into_iter().find(|(other, _)| *other == subject).expect("the subject").1
        };
        for (subject, around, expected) in [
            ("version", around(&good, 1), Judgement::Good),
            ("version", around("claimbook==0.0.1\n", 1), Judgement::Problem),
            ("version", around("claimbook\n", 1), Judgement::Advice),
            ("size", around(&good, 1_000_000), Judgement::Good),
            ("size", around(&good, 950_000_000), Judgement::Problem),
            ("size", Surroundings::default(), Judgement::Advice),
            ("workflow", around(&good, 1), Judgement::Good),
            (
                "workflow",
                Surroundings { workflow: Some("cargo install".to_owned()), ..around(&good, 1) },
                Judgement::Problem,
            ),
            ("workflow", Surroundings::default(), Judgement::Advice),
            (
                "snapshots",
                Surroundings { committed_snapshots: Some(2), ..Surroundings::default() },
                Judgement::Problem,
            ),
            (
                "snapshots",
                Surroundings { committed_snapshots: Some(0), had_snapshots: true, ..Surroundings::default() },
                Judgement::Advice,
            ),
            ("descriptions", around(&good, 1), Judgement::Advice),
            ("previews", around(&good, 1), Judgement::Advice),
            ("feed", around(&good, 1), Judgement::Good),
        ] {
            assert_eq!(judgement(&around, subject), expected, "{subject}: {around:?}");
        }
    }

    #[test]
    fn addresses_of_remotes_are_read() {
        for remote in [
            REMOTE,
            "https://github.com/Somebody/book",
            "https://github.com/Somebody/book.git/",
            "ssh://git@github.com/Somebody/book.git",
            "ssh://git@ssh.github.com:443/Somebody/book.git",
            "https://somebody:secret@github.com/Somebody/book.git",
            "HTTPS://www.GitHub.com/Somebody/book",
        ] {
            assert_eq!(
                browser_address(remote).as_deref(),
                Some("https://github.com/Somebody/book"),
                "{remote}"
            );
        }
        assert_eq!(browser_address("https://example.org/Somebody/book"), None);
        assert_eq!(browser_address("/srv/github.com/book"), None);
    }
}
