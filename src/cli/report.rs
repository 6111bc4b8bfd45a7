//! The only printing: data to stdout, everything else to stderr. Printing never panics: a closed pipe
//! or a full disk is an error like any other, and on stderr there is nobody left to tell.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::diagnostic::{self, Diagnostic, Format, Level, Rule, RuleKind, Severity};
#[cfg(feature = "import")]
use crate::document::Kind;
use crate::graph::Book;
#[cfg(feature = "import")]
use crate::import::Import;
use crate::output::Summary;
use crate::source::Sources;

use super::args::{ColorChoice, FormatName, SiteOptions};

/// How one run reports.
pub(super) struct Report {
    format: Format,
    quiet: bool,
}

impl Report {
    pub(super) fn new(site: &SiteOptions) -> Self {
        #[expect(clippy::disallowed_methods, reason = "the environment is read in the command line only")]
        let no_color = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
        let color = match site.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !no_color && std::io::stderr().is_terminal(),
        };
        let format = match site.format {
            FormatName::Human => Format::Human { color },
            FormatName::Json => Format::Json,
            FormatName::Github => Format::Github,
        };
        Self { format, quiet: site.quiet }
    }

    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &Sources) -> Result<()> {
        let text = diagnostic::render(diagnostics, sources, self.format);
        match self.format {
            Format::Human { .. } => say(&text),
            Format::Json | Format::Github => print(&text)?,
        }
        Ok(())
    }

    pub(super) fn checked(&self, sources: &Sources, book: &Book, diagnostics: &[Diagnostic], time: Duration) {
        let files = sources.iter().filter(|(_, file)| file.path().starts_with("content/")).count();
        self.summary(&format!(
            "checked {files} files with {} claims in {}: {}",
            book.claims().count(),
            seconds(time),
            problems(diagnostics)
        ));
    }

    pub(super) fn built(&self, summary: Summary, folder: &Path, diagnostics: &[Diagnostic], time: Duration) {
        let Summary { files, written, removed } = summary;
        self.summary(&format!(
            "built {files} files in {}: {written} new or changed, {removed} removed, {}",
            seconds(time),
            problems(diagnostics)
        ));
        self.summary(&format!("the site is in {}", folder.display()));
    }

    pub(super) fn refused(&self, diagnostics: &[Diagnostic], folder: &Path) {
        self.summary(&format!("nothing was written to {}: {}", folder.display(), problems(diagnostics)));
    }

    fn summary(&self, line: &str) {
        if !self.quiet {
            say(&format!("{line}\n"));
        }
    }
}

/// What kept the program from running.
pub(super) fn failure(error: &anyhow::Error) {
    say(&format!("error: {error:#}\n"));
}

/// What an import created, and what to do with it.
#[cfg(feature = "import")]
pub(super) fn imported(import: &Import) -> Result<()> {
    let paths: Vec<&str> = import.files.keys().map(String::as_str).collect();
    print(&format!("{}\n", paths.join("\n")))?;
    if !import.has_text {
        say("no main text was found: the draft is empty\n");
    } else if import.proposals.is_empty() {
        say("no claims are proposed\n");
    } else {
        let count = |kind: Kind| {
            let number = import.proposals.iter().filter(|proposal| proposal.kind == kind).count();
            (number > 0).then(|| format!("{number} {}{}", kind.word(), if number == 1 { "" } else { "s" }))
        };
        let counts: Vec<String> = Kind::ALL.iter().filter_map(|&kind| count(kind)).collect();
        say(&format!("proposed: {}\n", counts.join(", ")));
    }
    say("next: review the draft, then see it with `claimbook check --drafts`\n");
    Ok(())
}

/// A rule with its documentation.
pub(super) fn rule(rule: &Rule) -> Result<()> {
    let kind = match rule.kind {
        RuleKind::Error => "error".to_owned(),
        RuleKind::Lint(level) => format!("lint, {} by default", level_word(level)),
    };
    print(&format!("{} ({kind})\n{}\n\n{}\n", rule.name, rule.summary, rule.explanation))
}

/// All rules, one a line.
pub(super) fn rules(rules: &[&Rule]) -> Result<()> {
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
    print(&text)
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Allow => "allowed",
        Level::Warn => "a warning",
        Level::Deny => "denied",
    }
}

fn problems(diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity, noun: &str| {
        let number = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
    };
    format!("{}, {}", count(Severity::Error, "error"), count(Severity::Warning, "warning"))
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn say(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("could not write to standard output")
}
