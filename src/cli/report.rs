//! Prints all texts of the program: data to standard output, everything else to standard error. Printing never
//! panics: a closed pipe or a full disk is an ordinary error on standard output. On standard error it is ignored,
//! because there is nowhere to report it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Result};
use serde_json::{Map, json};

use crate::diagnostic::{
    self, Diagnostic, Format, Level, Rule, RuleKind, Severity, message_with_causes, printable,
    printable_lines,
};
use crate::doctor::Finding;
#[cfg(feature = "import")]
use crate::document::Kind;
use crate::graph::Book;
#[cfg(feature = "import")]
use crate::import::Import;
use crate::init::NewBookOptions;
use crate::output::Summary;
#[cfg(feature = "import")]
use crate::quote::Lock;
use crate::scaffold::NewFiles;
use crate::source::Sources;
use crate::verify::Verification;

use super::args::{FormatName, SiteOptions};
use super::git;

/// Options for the reports of one run.
pub(super) struct Report {
    format: Format,
    is_quiet: bool,
    /// Folder of the book in its repository, for the formats that need it.
    folder: String,
}

impl Report {
    /// Reports about the book in the folder `root`.
    pub(super) fn new(site: &SiteOptions, root: &Path) -> Self {
        // `--color` comes first, then NO_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM (<https://bixense.com/clicolors/>).
        site.color.write_global();
        let color = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
        let format = match site.format {
            FormatName::Human => Format::Human { color },
            FormatName::Json => Format::Json,
            FormatName::Github => Format::Github,
            FormatName::Sarif => Format::Sarif,
        };
        let folder = || git::ask(root, &["rev-parse", "--show-prefix"]);
        let is_for_repository = matches!(format, Format::Github | Format::Sarif);
        let folder = is_for_repository.then(folder).flatten().unwrap_or_default();
        Self { format, is_quiet: site.quiet, folder }
    }

    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &Sources) -> Result<()> {
        let text = diagnostic::render_below(diagnostics, sources, self.format, &self.folder);
        match self.format {
            Format::Human { .. } => print_to_stderr(&text),
            Format::Json | Format::Github | Format::Sarif => print_to_stdout(&text)?,
        }
        Ok(())
    }

    /// Prints the problems of verified quotations; in JSON also their numbers.
    pub(super) fn quote_problems(&self, verification: &Verification, sources: &Sources) -> Result<()> {
        if self.format != Format::Json {
            return self.diagnostics(&verification.diagnostics, sources);
        }
        let Verification { counts: [verified, seen, drifted, unarchived], .. } = verification;
        let numbers = json!({
            "verified": verified,
            "seen": seen,
            "drifted": drifted,
            "unarchived": unarchived,
            "searched": verification.searched_quotes,
            "believed": verification.unconfirmed,
        });
        let extra_keys = Map::from_iter([("quotations".to_owned(), numbers)]);
        print_to_stdout(&diagnostic::render_json(&verification.diagnostics, sources, extra_keys))
    }

    pub(super) fn check_summary(
        &self,
        sources: &Sources,
        book: &Book,
        diagnostics: &[Diagnostic],
        time: Duration,
    ) {
        let files = sources.iter().filter(|(_, file)| file.path().starts_with("content/")).count();
        self.summary_line(&format!(
            "checked {} with {} in {}: {}",
            count_with_noun(files, "file"),
            count_with_noun(book.all_claims().count(), "claim"),
            duration_in_seconds(time),
            problem_counts(diagnostics)
        ));
    }

    pub(super) fn build_summary(
        &self,
        summary: Summary,
        folder: &Path,
        diagnostics: &[Diagnostic],
        time: Duration,
    ) {
        let Summary { files, written, removed } = summary;
        self.summary_line(&format!(
            "built {} in {}: {written} new or changed, {removed} removed, {}",
            count_with_noun(files, "file"),
            duration_in_seconds(time),
            problem_counts(diagnostics)
        ));
        self.summary_line(&format!("the site is in {}", folder.display()));
    }

    /// Reports that the new book is served.
    #[cfg(feature = "serve")]
    pub(super) fn serving_new_book(&self, diagnostics: &[Diagnostic], time: Duration) {
        self.summary_line(&format!(
            "ready in {}: {}",
            duration_in_seconds(time),
            problem_counts(diagnostics)
        ));
    }

    /// Reports that the last good book is still served, because the new one has errors.
    #[cfg(feature = "serve")]
    pub(super) fn serving_last_good_book(&self, diagnostics: &[Diagnostic]) {
        self.summary_line(&format!("the last good pages stay: {}", problem_counts(diagnostics)));
    }

    pub(super) fn nothing_written(&self, diagnostics: &[Diagnostic], folder: &Path) {
        self.summary_line(&format!(
            "nothing was written to {}: {}",
            folder.display(),
            problem_counts(diagnostics)
        ));
    }

    /// Reports that an earlier build was killed or failed while it wrote, so that the output folder may contain
    /// files of two builds.
    pub(super) fn unfinished_build(&self, folder: &Path) {
        self.summary_line(&format!(
            "an earlier build of {} did not finish, so its files may be of two builds: the next build without errors \
             completes the site",
            folder.display()
        ));
    }

    pub(super) fn verify_summary(&self, verification: &Verification, is_pruned: bool, time: Duration) {
        let Verification { counts: [verified, seen, drifted, unarchived], unused, unread, stale, .. } =
            verification;
        self.summary_line(&format!(
            "searched {} for {} in {}, and believed claims.lock for {}: {verified} verified, {seen} seen, {drifted} \
             drifted, {unarchived} unarchived",
            count_with_noun(verification.searched_snapshots, "snapshot"),
            count_with_noun(verification.searched_quotes, "quotation"),
            duration_in_seconds(time),
            count_with_noun(verification.unconfirmed, "quotation"),
        ));
        if !unused.is_empty() {
            self.summary_line(&format!("no quotation is from {}", unused.join(", ")));
        }
        if !unread.is_empty() {
            self.summary_line(&format!(
                "not read: {}; a snapshot is `.html`, `.txt` or `.md`, so save the words of other files as text",
                unread.join(", ")
            ));
        }
        if !stale.is_empty() {
            let entries =
                if stale.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", stale.len()) };
            self.summary_line(&if is_pruned {
                format!("dropped {entries} that no quotation answers to")
            } else {
                format!("claims.lock contains {entries} without a quotation: `verify --prune` removes them")
            });
        }
    }

    pub(super) fn lock(&self, is_changed: bool, is_check: bool) {
        self.summary_line(match (is_changed, is_check) {
            (false, _) => "claims.lock is up to date",
            (true, false) => "claims.lock was written: commit it",
            (true, true) => "claims.lock is out of date: run `claimbook verify`",
        });
    }

    pub(super) fn summary_line(&self, line: &str) {
        if !self.is_quiet {
            print_to_stderr(&format!("{}\n", printable(line)));
        }
    }
}

/// Prints the error that kept the program from running.
pub(super) fn print_failure(error: &anyhow::Error) {
    print_to_stderr(&format!("error: {}\n", message_with_causes(error)));
}

/// Prints which files an import created, and what to do next.
#[cfg(feature = "import")]
pub(super) fn print_import(import: &Import, lock: Option<&Lock>) -> Result<()> {
    let paths: Vec<_> = import.files.keys().map(|path| printable(path)).collect();
    print_to_stdout(&format!("{}\n", paths.join("\n")))?;
    if !import.has_text {
        print_to_stderr("no main text was found: the draft is empty\n");
    } else if import.proposals.is_empty() {
        print_to_stderr("no claims are proposed\n");
    } else {
        let count = |kind: Kind| {
            let number = import.proposals.iter().filter(|proposal| proposal.kind == kind).count();
            (number > 0).then(|| format!("{number} {}{}", kind.word(), if number == 1 { "" } else { "s" }))
        };
        let counts: Vec<String> = Kind::ALL.iter().filter_map(|&kind| count(kind)).collect();
        print_to_stderr(&format!("proposed: {}\n", counts.join(", ")));
        print_to_stderr(&match lock {
            Some(lock) => {
                let is_new =
                    |source: &str| import.files.contains_key(&format!("content/sources/{source}.md"));
                let found =
                    lock.entries.values().filter(|entry| is_new(&entry.source) && entry.passage.is_some());
                format!(
                    "quotations verified in the snapshot: {} of {}\n",
                    found.count(),
                    import.proposals.len()
                )
            }
            None => "the book has errors: its quotations were not verified\n".to_owned(),
        });
    }
    print_to_stderr("next: review the draft, then see it with `claimbook check --drafts`\n");
    Ok(())
}

/// Prints what `doctor` found, one subject per line with what to do below it.
pub(super) fn print_findings(findings: &[Finding]) -> Result<()> {
    let mut text = String::new();
    for Finding { subject, judgement, message, help } in findings {
        let _ = writeln!(text, "{:8} {subject:13} {}", judgement.word(), printable(message));
        if !help.is_empty() {
            let _ = writeln!(text, "{:22} {}", "", printable(help));
        }
    }
    print_to_stdout(&text)
}

/// Prints a rule with its documentation.
pub(super) fn print_rule(rule: &Rule) -> Result<()> {
    let kind = match rule.kind {
        RuleKind::Error => "error".to_owned(),
        RuleKind::Lint(level) => format!("lint, {} by default", level_word(level)),
    };
    print_to_stdout(&format!("{} ({kind})\n{}\n\n{}\n", rule.name, rule.summary, rule.explanation))
}

/// Prints all rules, one per line.
pub(super) fn print_rules(rules: &[&Rule]) -> Result<()> {
    let mut text = String::new();
    for (title, is_lint) in [
        ("Errors: always reported, nothing is written.", false),
        ("Lints: levels in [lints] of site.toml, `allow` in a claim or front matter.", true),
    ] {
        text.push_str(title);
        text.push('\n');
        for rule in rules.iter().filter(|rule| matches!(rule.kind, RuleKind::Lint(_)) == is_lint) {
            let _ = writeln!(text, "  {:26} {}", rule.name, rule.summary);
        }
        text.push('\n');
    }
    text.push_str("`claimbook explain NAME` says more.\n");
    print_to_stdout(&text)
}

/// Prints the path of a new file on standard output.
pub(super) fn print_path(path: &Path) -> Result<()> {
    // A path in the working directory needs no `./` at its beginning. Its parts, put together again, have one separator.
    let path: PathBuf = path.strip_prefix(".").unwrap_or(path).components().collect();
    let path = path.to_string_lossy();
    print_to_stdout(&format!("{}\n", printable(&path)))
}

/// Prints data of this program on standard output.
pub(super) fn print_data(text: &str) -> Result<()> {
    print_to_stdout(text)
}

/// Prints what the user can do next on standard error.
pub(super) fn print_hint(text: &str) {
    print_to_stderr(&format!("{}\n", printable_lines(text)));
}

/// Prints the paths of new files, one per line.
pub(super) fn print_created(folder: &Path, files: &NewFiles) -> Result<()> {
    files.keys().try_for_each(|inner| print_path(&folder.join(inner)))
}

/// Prints which files of the demo book are removed, and which stay because somebody changed them.
pub(super) fn print_demo(removed: &[&str], changed: &[&str], options: NewBookOptions<'_>) -> Result<()> {
    let mut text = String::new();
    for path in removed {
        let _ = writeln!(text, "removing {path}");
    }
    for path in changed {
        let _ = writeln!(text, "keeping {path}, because it was changed");
    }
    if changed.contains(&"site.toml") && options != NewBookOptions::default() {
        text.push_str("write the new title and addresses into site.toml yourself\n");
    }
    print_to_stdout(&text)
}

/// Prints the files of a new book, which files were there before, and what to do next.
pub(super) fn print_created_book(folder: &Path, files: &NewFiles, kept: &[String]) -> Result<()> {
    print_created(folder, files)?;
    let folder = folder.to_string_lossy();
    let folder = printable(&folder);
    let mut text = format!("created {} files in {folder}\n", files.len());
    let folder =
        if folder.contains(char::is_whitespace) { Cow::Owned(format!("\"{folder}\"")) } else { folder };
    for path in kept {
        let _ = writeln!(text, "{path} was there already and stays as it is");
        if path == ".gitignore" {
            text.push_str(
                "  Let it name what Git should not publish: /public/, /.claimbook/ and /snapshots/\n",
            );
        }
    }
    let _ = write!(
        text,
        "\nNext:\n  claimbook serve --root {folder} --open\n  claimbook build --root {folder}\n\n\
         Title, address and description are in site.toml. To publish on GitHub Pages, make a repository, choose GitHub \
         Actions in its Settings > Pages, and push the folder to its branch `main`.\n"
    );
    print_to_stderr(&text);
    Ok(())
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Allow => "allowed",
        Level::Warn => "a warning",
        Level::Deny => "denied",
    }
}

fn problem_counts(diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity, noun: &str| {
        count_with_noun(diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count(), noun)
    };
    format!("{}, {}", count(Severity::Error, "error"), count(Severity::Warning, "warning"))
}

fn count_with_noun(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn duration_in_seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn print_to_stderr(text: &str) {
    // This stream leaves colours out where they are not wanted, and makes them work in old consoles of Windows.
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

fn print_to_stdout(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Who reads has seen enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("could not write to standard output"),
    }
}
