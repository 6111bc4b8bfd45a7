//! What can be typed?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Build a website of write-ups and the claims they make.
///
/// claimbook checks a book of Markdown files like a compiler and renders it into a static site in
/// which every claim has a page, a status and its cross-links.
#[derive(Debug, Parser)]
#[command(
    name = "claimbook",
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  claimbook check                        report all problems, write nothing
  claimbook build                        check, then write the site to public/
  claimbook build --base-url https://example.org/book/
  claimbook verify                       look for quotations in saved sources
  claimbook explain overdue-forecasts    what a problem means and how to mend it

Exit codes: 0 clean, 1 problems in the content, 2 could not run."
)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check the book and write the site
    Build {
        /// Options of the site.
        #[command(flatten)]
        site: SiteOptions,
        /// Folder to write the site to [default: public in the root]
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Report all problems, write nothing
    Check {
        /// Options of the site.
        #[command(flatten)]
        site: SiteOptions,
    },
    /// Look for the quotations in saved copies of their sources
    ///
    /// Each quotation of a claim is searched, word for word, in `snapshots/<source-id>.html`, `.txt` or
    /// `.md`. White space and typographic quotation marks do not count, everything else does. What was
    /// found is written to claims.lock: commit that file, and every machine knows what was verified, with
    /// or without the copies. Drafts are included.
    #[command(after_help = "\
Examples:
  claimbook verify            search all snapshots and write claims.lock
  claimbook verify --check    write nothing; fail if claims.lock is out of date
  claimbook verify --prune    also drop entries of quotations that are gone

A snapshot is named after the file of its source: content/sources/weekly-report.md has
snapshots/weekly-report.html. Snapshots are never published.")]
    Verify {
        /// Options of the site.
        #[command(flatten)]
        site: SiteOptions,
        /// Write nothing, and fail if claims.lock would change
        #[arg(long)]
        check: bool,
        /// Drop entries of claims and quotations that are gone
        #[arg(long)]
        prune: bool,
    },
    /// Say what an error or lint means; without a name, list all of them
    Explain {
        /// Name of the error or lint, as in `error[unknown-claims]`
        name: Option<String>,
    },
}

/// Options of every command that reads a site.
#[derive(Debug, Args)]
pub(super) struct SiteOptions {
    /// Folder of the site; searched upward for site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// Address the site will live at, in place of `base_url` in site.toml
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Day of the build [default: `SOURCE_DATE_EPOCH`, else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) today: Option<String>,
    /// Include drafts
    #[arg(long)]
    pub(super) drafts: bool,
    /// Number of threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
    /// How problems are reported: human on stderr, the others on stdout
    #[arg(long, value_enum, default_value_t = FormatName::Human)]
    pub(super) format: FormatName,
    /// Fail on warnings too
    #[arg(long)]
    pub(super) strict: bool,
    /// Report problems only, no summary
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// Colours in human output
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    pub(super) color: ColorChoice,
}

/// A form of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For people
    Human,
    /// One JSON object
    Json,
    /// GitHub workflow annotations
    Github,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
