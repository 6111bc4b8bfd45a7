//! The arguments of the command line, as clap parses them.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::document::Kind;
use crate::schema;

/// What `--version` prints; `-V` prints the number alone. `build.rs` finds out the rest.
const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\ncommit: ",
    env!("CLAIMBOOK_COMMIT"),
    "\ntarget: ",
    env!("CLAIMBOOK_TARGET"),
    "\nfeatures: ",
    env!("CLAIMBOOK_FEATURES"),
    "\nproject: ",
    env!("CARGO_PKG_REPOSITORY"),
);

/// Build a website of write-ups and the claims they make.
///
/// claimbook checks a book of Markdown files like a compiler and renders it into a static site in
/// which every claim has a page, a status and its cross-links.
#[derive(Debug, Parser)]
#[command(
    name = "claimbook",
    version,
    long_version = VERSION,
    arg_required_else_help = true,
    after_help = "\
Examples:
  claimbook init my-book                 a small working book to begin with
  claimbook new article \"First look\"    a write-up from a template
  claimbook check                        report all problems, write nothing
  claimbook build                        check, then write the site to public/
  claimbook build --base-url https://example.org/book/
  claimbook verify                       look for quotations in saved sources
  claimbook import https://example.org/report-46
  claimbook explain overdue-forecasts    what a problem means and how to fix it

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
    /// Create a small working book, with workflows for GitHub Pages
    ///
    /// Creates files only: if one of them is there already, nothing is written. README.md, .editorconfig, .gitattributes
    /// and .gitignore are exceptions: yours stay as they are.
    #[command(after_help = "\
Examples:
  claimbook init my-book
  claimbook init . --title \"Our book\" --repository https://github.com/name/book
  claimbook init book --base-url https://example.org/book/
  claimbook init . --replace-demo        in a copy of claimbook's own repository")]
    Init {
        /// Folder of the new book
        dir: PathBuf,
        /// Title of the site
        #[arg(long, value_name = "TITLE")]
        title: Option<String>,
        /// Address the site will live at [default: that of GitHub Pages, with --repository]
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// Address of the public repository, for links from pages to their files
        #[arg(long, value_name = "URL")]
        repository: Option<String>,
        /// In a copy of claimbook's own repository: remove the files of its demo book that were not changed, and write a
        /// small book in their place; there must be no uncommitted changes
        #[arg(long)]
        replace_demo: bool,
    },
    /// Create a write-up, claim, speaker, metric or source from a template
    ///
    /// Prints the path of the file on standard output.
    #[command(after_help = "\
Examples:
  claimbook new article \"The weekly report\"
  claimbook new claim \"Training takes 4.1 days.\" --in content/articles/the-weekly-report.md
  claimbook new claim \"Training takes an hour by 2030.\" --kind forecast --by \"J. Doe\"
  claimbook new speaker \"Example Lab\"")]
    New {
        /// What to create.
        #[command(subcommand)]
        item: NewItem,
    },
    /// Check the book and write the site
    #[command(after_help = "\
Examples:
  claimbook build
  claimbook build --drafts --output /tmp/preview
  claimbook build --strict --base-url https://example.org/book/")]
    Build {
        /// Options of the site.
        #[command(flatten)]
        site: SiteOptions,
        /// Folder to write the site to [default: public in the root]
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Show the site while you write it
    ///
    /// Reads the site, serves it on this machine only, and looks again whenever a file changes: pages load
    /// again by themselves, and problems show in the page and in the terminal. While there are errors, the
    /// last good pages stay. Nothing is written.
    #[cfg(feature = "serve")]
    #[command(after_help = "\
Examples:
  claimbook serve                 http://127.0.0.1:1111/, or the next port that is free
  claimbook serve --open          and open it in the browser
  claimbook serve --drafts        with drafts and proposed claims")]
    Serve {
        /// Options of the site.
        #[command(flatten)]
        site: SiteOptions,
        /// Port to serve at [default: 1111, or the next that is free]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// Open the site in the browser
        #[arg(long)]
        open: bool,
    },
    /// Report all problems, write nothing
    #[command(after_help = "\
Examples:
  claimbook check
  claimbook check --strict --drafts
  claimbook check --format json | jq '.diagnostics[].message'")]
    Check {
        /// Options of the site.
        #[command(flatten)]
        site: SiteOptions,
    },
    /// Look for the quotations in saved copies of their sources
    ///
    /// Each quotation of a claim is searched, word for word, in `snapshots/<source-id>.html`, `.txt` or
    /// `.md`, and in the files of the folder `snapshots/<source-id>/`. White space and typographic quotation
    /// marks do not count, everything else does. What was found is written to claims.lock, with a digest of
    /// the words that somebody read in the source (`seen`): commit that file, and every machine knows what was
    /// verified, with or without the copies. Drafts are included.
    #[command(after_help = "\
Examples:
  claimbook verify            search all snapshots and write claims.lock
  claimbook verify --check    write nothing; fail if claims.lock is out of date
  claimbook verify --prune    also drop entries of quotations that are gone

A snapshot is named after the file of its source: content/sources/weekly-report.md has
snapshots/weekly-report.html. `.part.` in its name marks a copy of a part of the source, such as
snapshots/weekly-report.part.txt: words that are not in it are unarchived, not drifted. Snapshots are
never published.")]
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
    /// Make a source, a snapshot and a draft of a saved or published page
    #[cfg(feature = "import")]
    #[command(
        long_about = "Make a source, a snapshot and a draft of a saved or published page.\n\n\
            Creates content/sources/ID.md with what the page says of itself, snapshots/ID.html (or .txt, .md) \
            with the page, and content/articles/ID.md, a draft with proposed claims: sentences that might be \
            measurements, forecasts, statements or opinions, each with its words, its speaker and its numbers as \
            far as rules of words can tell. Nothing is overwritten. Only the address itself is fetched, without a \
            proxy: at most 10 MiB, five redirects, none into a private network, thirty seconds each.\n\n\
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
    /// Look for what goes wrong on GitHub Pages
    ///
    /// Compares the settings with the Git remote, the workflow and the site that was built last. Writes nothing and asks
    /// no network. The exit code is 1 if there is a problem; advice does not count.
    #[command(after_help = "\
Examples:
  claimbook build && claimbook doctor")]
    Doctor {
        /// Folder of the site; searched upward for site.toml
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// Folder of the built site [default: public in the root]
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Say what an error or lint means; without a name, list all of them
    #[command(after_help = "\
Examples:
  claimbook explain
  claimbook explain overdue-forecasts")]
    Explain {
        /// Name of the error or lint, as in `error[unknown-claims]`
        name: Option<String>,
    },
    /// Print the JSON Schema of front matter or of site.toml, for editors
    ///
    /// Without a part, one schema for front matter of any kind, with all kinds under `$defs`.
    #[command(after_help = "\
Examples:
  claimbook schema > front-matter.schema.json
  claimbook schema article > .vscode/article.schema.json
  claimbook schema site > .vscode/site.schema.json")]
    Schema {
        /// What the schema describes
        #[arg(value_parser = PossibleValuesParser::new(schema::PARTS.iter().map(|(name, title, _)| {
            PossibleValue::new(*name).help(*title)
        })))]
        part: Option<String>,
    },
    /// Print a script that completes commands and options in a shell
    #[command(after_help = "\
Examples:
  claimbook completions bash > ~/.local/share/bash-completion/completions/claimbook
  claimbook completions zsh > ~/.zfunc/_claimbook
  claimbook completions fish > ~/.config/fish/completions/claimbook.fish")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write that of every command to a folder
    #[command(after_help = "\
Examples:
  claimbook man | man -l -
  claimbook man ~/.local/share/man/man1")]
    Man {
        /// Folder to write the pages to; existing files are not replaced
        dir: Option<PathBuf>,
    },
}

/// What can be created.
#[derive(Debug, Subcommand)]
pub(super) enum NewItem {
    /// A write-up: a draft in content/articles/
    Article(NewOptions),
    /// A claim: a draft in content/claims/, or a callout at the end of a write-up
    Claim {
        /// Options of every item.
        #[command(flatten)]
        options: NewOptions,
        /// Write-up to add the claim to, as a callout
        #[arg(long = "in", value_name = "FILE")]
        write_up: Option<PathBuf>,
        /// What kind of claim it is
        #[arg(long, default_value = "statement", value_parser = PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.word())))]
        kind: String,
        /// Who asserts it
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// A person or organisation: a file in content/speakers/
    Speaker(NewOptions),
    /// Something that is measured: a file in content/metrics/
    Metric(NewOptions),
    /// A cited document: a file in content/sources/
    Source(NewOptions),
    /// A claim that somebody proposed in an issue on GitHub, with the form of a new book
    #[command(after_help = "\
Examples:
  claimbook new from-issue issue-12.md
  gh issue view 12 --json body --jq .body | claimbook new from-issue -")]
    FromIssue {
        /// File with the text of the issue; `-` is standard input
        file: PathBuf,
        /// The id, and so the name of the file [default: made from the statement]
        #[arg(long)]
        id: Option<String>,
        /// Folder of the site; searched upward for site.toml
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
    },
}

/// Options of everything that can be created.
#[derive(Debug, Args)]
pub(super) struct NewOptions {
    /// Title or name; of a claim its statement, or only its id
    pub(super) name: String,
    /// The id, and so the name of the file [default: made from NAME]
    #[arg(long)]
    pub(super) id: Option<String>,
    /// Folder of the site; searched upward for site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// The date to write [default: `SOURCE_DATE_EPOCH`, else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) today: Option<String>,
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
    /// Address of the public repository, in place of `repository` in site.toml
    #[arg(long, value_name = "URL")]
    pub(super) repository: Option<String>,
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
    /// Fail on warnings too, except on those that depend on the day
    #[arg(long)]
    pub(super) strict: bool,
    /// Report problems only, no summary
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// When reports for people have colours.
    #[command(flatten)]
    pub(super) color: colorchoice_clap::Color,
}

/// Format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For people
    Human,
    /// One JSON object
    Json,
    /// GitHub workflow annotations
    Github,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
}
