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
  claimbook import https://example.org/report-46
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
    /// Make a source, a snapshot and a draft of a saved or published page
    #[cfg(feature = "import")]
    #[command(
        long_about = "Make a source, a snapshot and a draft of a saved or published page.\n\n\
            Creates content/sources/ID.md with what the page says of itself, snapshots/ID.html (or .txt, .md) \
            with the page, and content/articles/ID.md, a draft with proposed claims: sentences that might be \
            measurements, forecasts, statements or opinions, each with its words, its speaker and its numbers as \
            far as rules of words can tell. Nothing is overwritten. Only the address itself is fetched, without a \
            proxy: at most 10 MiB, five redirects, thirty seconds each.\n\n\
            Proposed claims exist only with --drafts. Review each: write its statement, check its facts, and \
            delete `proposed`.",
        after_help = "\
Examples:
  claimbook import https://example.org/report-46
  claimbook import ~/Downloads/report.html         a page saved from the browser
  claimbook import notes.txt --id report-46        choose the names of the files
  claimbook check --drafts                         what is left to review"
    )]
    Import {
        /// Address that begins with http:// or https://, or file that ends in .html, .txt or .md
        #[arg(value_name = "FILE|URL")]
        page: String,
        /// Name of the new files, in place of one made of the title
        #[arg(long, value_name = "ID")]
        id: Option<String>,
        /// Folder of the site; searched upward for site.toml
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// Day of the draft [default: `SOURCE_DATE_EPOCH`, else today in UTC]
        #[arg(long, value_name = "YYYY-MM-DD")]
        today: Option<String>,
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
