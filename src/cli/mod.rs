//! The commands, one short function for each. Only the modules of `cli` read the environment, the clock and the
//! working directory, and only [`report`] prints text.

mod args;
mod author;
mod doctor;
mod git;
mod progress;
mod report;
#[cfg(feature = "serve")]
mod serve;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Parser as _;
use jiff::civil::Date;

use crate::config::{BaseUrl, Overrides};
use crate::date::PartialDate;
use crate::diagnostic::{self, Diagnostic, Severity, printable};
use crate::format::search_index;
#[cfg(feature = "import")]
use crate::import;
use crate::init::NewBookOptions;
use crate::output::{self, CommitOptions, OutputLock, Stamps, Summary};
use crate::pipeline::{self, Analysis};
use crate::pipeline::{BuildInputs, Cache, read_record, record_path};
#[cfg(feature = "import")]
use crate::scaffold;
use crate::source::{self, Sources};
use crate::theme::RenderProblem;
use crate::{lint, name};

use args::{Cli, Command, SiteOptions};
use progress::Progress;
use report::Report;

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // For clap, `--help` and `--version` are errors too. A failure to print, for example to a closed pipe,
            // is ignored.
            let error = with_printable_arguments(error);
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let outcome = match cli.command {
        Command::Init { dir, title, base_url, repository, replace_demo } => {
            let [title, base_url, repository] = [&title, &base_url, &repository].map(Option::as_deref);
            let options = NewBookOptions { title, base_url, repository };
            if replace_demo { author::replace_demo(&dir, options) } else { author::init(&dir, options) }
        }
        Command::New { item } => with_threads(None, || author::create(&item)),
        Command::Build { site, output } => with_threads(site.jobs, || build(&site, output.as_deref())),
        #[cfg(feature = "serve")]
        Command::Serve { site, port, open } => with_threads(site.jobs, || serve::serve(&site, port, open)),
        Command::Check { site } => with_threads(site.jobs, || check(&site)),
        Command::Verify { mut site, check, prune } => {
            site.drafts = true;
            with_threads(site.jobs, || verify::verify(&site, verify::VerifyOptions { check, prune }))
        }
        #[cfg(feature = "import")]
        Command::Import { page, id, root, today } => {
            with_threads(None, || import_page(&page, id.as_deref(), &root, today.as_deref()))
        }
        Command::Doctor { root, output } => with_threads(None, || doctor::examine(&root, output.as_deref())),
        Command::Explain { name } => explain(name.as_deref()),
        Command::Schema { part } => author::schema(part.as_deref()),
        Command::Completions { shell } => author::completions(shell),
        Command::Man { dir } => author::manual(dir.as_deref()),
    };
    outcome.unwrap_or_else(|error| {
        report::print_failure(&error);
        ExitCode::from(2)
    })
}

/// The same error with arguments that contain no characters which control a terminal. The arguments matter because
/// clap repeats them in its messages.
fn with_printable_arguments(error: clap::Error) -> clap::Error {
    let arguments = std::env::args_os().map(|word| printable(&word.to_string_lossy()).into_owned());
    Cli::try_parse_from(arguments).err().unwrap_or(error)
}

/// Runs `work` in a pool of `jobs` threads; without `jobs`, of one thread per processor. The threads are started
/// before `work`, because Rayon panics if it starts threads itself and the system refuses them.
fn with_threads(jobs: Option<u16>, work: impl FnOnce() -> Result<ExitCode> + Send) -> Result<ExitCode> {
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(jobs) = jobs {
        pool = pool.num_threads(jobs.into());
    }
    pool.build_global().context("could not start threads")?;
    rayon::scope(|_| work())
}

fn check(site: &SiteOptions) -> Result<ExitCode> {
    let started = Instant::now();
    let (root, analysis) = analyse(site)?;
    let (mut diagnostics, edition) = pipeline::plan(&analysis);
    if let Some(edition) = edition {
        diagnostics.extend(pipeline::template_problems(&edition)?);
        diagnostic::sort(&mut diagnostics);
    }
    let report = Report::new(site, &root);
    report.diagnostics(&diagnostics, &analysis.sources)?;
    report.check_summary(&analysis.sources, &analysis.book, &diagnostics, started.elapsed());
    Ok(exit_code(site, &diagnostics))
}

/// Returns the folder to write the site to. A link at `public` may have come with the content, so links are
/// followed only if the command line names the folder.
fn output_folder(root: &Path, requested: Option<&Path>) -> Result<PathBuf> {
    let default_folder = root.join("public");
    let folder = output::check_output_folder(root, requested.unwrap_or(&default_folder))?;
    if requested.is_none() && default_folder.symlink_metadata().is_ok_and(|there| there.is_symlink()) {
        bail!("{} is a symbolic link: delete it, or name the folder with --output", default_folder.display());
    }
    Ok(folder)
}

fn build(site: &SiteOptions, output: Option<&Path>) -> Result<ExitCode> {
    let started = Instant::now();
    let root = find_root(&site.root)?;
    let folder = output_folder(&root, output)?;
    let overrides = overrides(site)?;
    let report = Report::new(site, &root);
    let (record_path, lock) = (record_path(&root, &folder), OutputLock::lock_if_built_before(&folder));
    let is_unfinished = lock.as_ref().is_some_and(OutputLock::has_unfinished_build);
    let record = read_record(&record_path);
    let (loaded, cache) = rayon::join(|| source::load(&root), || Cache::open(&record, lock.as_ref()));
    let (sources, unreadable) = loaded.map(|(sources, unreadable)| (Arc::new(sources), unreadable))?;
    let inputs = BuildInputs::new(&sources, &overrides, &program_fingerprint())?;
    if let Some(files) = cache.current(&inputs).filter(|_| unreadable.is_empty() && !is_unfinished) {
        let (problems, summary) = unchanged(&sources, &overrides, files);
        report.diagnostics(&problems, &sources)?;
        report.build_summary(summary, &folder, &problems, started.elapsed());
        return Ok(exit_code(site, &problems));
    }
    let analysis = pipeline::analyse(&sources, &unreadable, &overrides);
    let (mut diagnostics, edition) = pipeline::plan(&analysis);
    let buildable = edition.filter(|_| exit_code(site, &diagnostics) == ExitCode::SUCCESS);
    let progress = Progress::new(site.quiet);
    let written = buildable.as_ref().map(|edition| {
        let unchanged_stamp = cache.kept(&inputs, &analysis, &edition.publication.site());
        progress.begin_step("indexing for search");
        let index = search_index(&edition.publication.site())?;
        progress.begin_counted_step("rendering", edition.tree.len() + index.len());
        let on_file_done = || progress.finish_part();
        let options = CommitOptions { lock, unchanged_stamp: &unchanged_stamp, on_file_done: &on_file_done };
        let (summary, stamps) =
            output::commit(&[&edition.tree, &index], &edition.publication, &folder, options)?;
        let too_large = lint::check_size(&edition.publication.config, stamps.size(), stamps.largest());
        let record = cache.record(&inputs, &analysis, diagnostics.is_empty(), stamps);
        diagnostics.extend(too_large);
        // The record only makes the next build faster, so a failure to write it is ignored.
        let _ = output::write_cache_file(&record_path, |sink| record.write(sink));
        Ok(summary)
    });
    progress.finish();
    let written = match written.transpose().map_err(anyhow::Error::downcast::<RenderProblem>) {
        Ok(written) => written,
        Err(Ok(problem)) => {
            // Check all templates, so that the report equals that of `check`, whichever page failed first.
            let found = buildable.as_ref().map(pipeline::template_problems).transpose()?.unwrap_or_default();
            diagnostics.extend(if found.is_empty() { vec![*problem.0] } else { found });
            diagnostic::sort(&mut diagnostics);
            None
        }
        Err(Err(error)) => return Err(error),
    };
    report.diagnostics(&diagnostics, &analysis.sources)?;
    match written {
        Some(summary) => report.build_summary(summary, &folder, &diagnostics, started.elapsed()),
        None => {
            report.nothing_written(&diagnostics, &folder);
            if is_unfinished {
                report.unfinished_build(&folder);
            }
        }
    }
    let code = exit_code(site, &diagnostics);
    // The process ends here, and the system frees all memory at once, which is faster than freeing each value.
    std::mem::forget((analysis, buildable));
    Ok(code)
}

/// Returns what is to report of a site that is as the last build has left it: only its size can be a problem.
fn unchanged(sources: &Sources, overrides: &Overrides, files: &Stamps<'_>) -> (Vec<Diagnostic>, Summary) {
    let config = pipeline::config(sources, overrides);
    let problem = config.and_then(|config| lint::check_size(&config, files.size(), files.largest()));
    // The manifest is not counted as a file of the site.
    let summary = Summary { files: files.len().saturating_sub(1), ..Summary::default() };
    (problem.into_iter().collect(), summary)
}

/// Identifies this version of the program. During development the version number stays the same, so the size and
/// time of the program's file are included.
fn program_fingerprint() -> String {
    let file = std::env::current_exe().and_then(|path| path.metadata());
    let build = file.map(|file| (file.len(), file.modified().ok()));
    format!("{} {:?}", env!("CARGO_PKG_VERSION"), build.ok())
}

fn explain(rule_name: Option<&str>) -> Result<ExitCode> {
    let rules = lint::all_rules();
    let Some(wanted) = rule_name else {
        report::print_rules(&rules)?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(rule) = rules.iter().find(|rule| rule.name == wanted) else {
        let similar_name = name::nearest(wanted, rules.iter().map(|rule| rule.name));
        let hint = similar_name.map_or_else(
            || "`claimbook explain` lists all of them".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        bail!("there is no error or lint `{wanted}`: {hint}");
    };
    report::print_rule(rule)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(feature = "import")]
fn import_page(page: &str, id: Option<&str>, root: &Path, day: Option<&str>) -> Result<ExitCode> {
    let root = find_root(root)?;
    let day = today(day)?;
    let (sources, _) = source::load(&root)?;
    let page = import::obtain(page, import::Limits::default())?;
    let import = import::import(&page, &import::ExistingContent::of(&sources), day, id)?;
    scaffold::create(&root, &import.files, &existing_files_help(&import))?;
    let lock = verify::update_lock_after_import(&root, day).with_context(|| {
        let created: Vec<&str> = import.files.keys().map(String::as_str).collect();
        format!(
            "created {}, but did not verify their quotations: run `claimbook verify` once this is solved",
            created.join(", ")
        )
    })?;
    report::print_import(&import, lock.as_ref())?;
    Ok(ExitCode::SUCCESS)
}

/// Advice for the case that files of an import exist already.
#[cfg(feature = "import")]
fn existing_files_help(import: &import::Import) -> String {
    format!(
        "if an interrupted import left all {} files, run `claimbook verify`; if it left some of them, delete these and \
         import again; otherwise give another name with --id",
        import.files.len()
    )
}

fn analyse(site: &SiteOptions) -> Result<(PathBuf, Analysis)> {
    let root = find_root(&site.root)?;
    let (sources, unreadable) = source::load(&root)?;
    let analysis = pipeline::analyse(&Arc::new(sources), &unreadable, &overrides(site)?);
    Ok((root, analysis))
}

/// Values of the command line that replace settings of `site.toml`.
fn overrides(site: &SiteOptions) -> Result<Overrides> {
    if let Some(url) = site.base_url.as_deref().filter(|url| BaseUrl::parse(url).is_none()) {
        bail!("`{url}` is not a base address: write --base-url https://example.org/book/");
    }
    if let Some(url) = site.repository.as_deref().filter(|url| BaseUrl::parse(url).is_none()) {
        bail!("`{url}` is not the address of a repository: write --repository https://github.com/name/book");
    }
    Ok(Overrides {
        base_url: site.base_url.clone(),
        repository: site.repository.clone(),
        today: today(site.today.as_deref())?,
        drafts: site.drafts,
        review: false,
    })
}

/// The nearest folder that contains `site.toml`, from `start` upward.
fn find_root(start: &Path) -> Result<PathBuf> {
    let absolute = start.canonicalize().with_context(|| format!("could not open {}", start.display()))?;
    // A `site.toml` that is not a plain file is reported later, when the site is loaded.
    let is_root = |folder: &&Path| folder.join("site.toml").symlink_metadata().is_ok();
    let found = absolute.ancestors().find(is_root);
    let Some(root) = found else {
        bail!(
            "there is no site.toml in {} or above it: name the folder with --root, or make a book with `claimbook init`",
            start.display()
        );
    };
    // The path as the user typed it is easier to read in messages than the resolved path.
    Ok(if root == absolute { start.to_path_buf() } else { root.to_path_buf() })
}

#[expect(clippy::disallowed_methods, reason = "the environment and the clock are read here and nowhere else")]
fn today(requested: Option<&str>) -> Result<Date> {
    if let Some(text) = requested {
        let date = PartialDate::parse(text).filter(|_| text.len() == "2026-11-22".len());
        let date = date.with_context(|| format!("`{text}` is not a day: write --today 2026-11-22"))?;
        return Ok(date.first_day());
    }
    let seconds = match std::env::var_os("SOURCE_DATE_EPOCH") {
        Some(text) => {
            let text = text.to_string_lossy();
            let seconds = text.trim().parse();
            seconds.with_context(|| format!("SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"))?
        }
        None => {
            let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            let since = since.context("the clock of this computer is before 1970")?;
            i64::try_from(since.as_secs()).context("the clock of this computer is out of range")?
        }
    };
    let now = jiff::Timestamp::from_second(seconds).context("the day of the build is out of range")?;
    Ok(now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date())
}

fn exit_code(site: &SiteOptions, diagnostics: &[Diagnostic]) -> ExitCode {
    let is_failure = |diagnostic: &Diagnostic| {
        diagnostic.severity == Severity::Error || (site.strict && !lint::depends_on_build_date(diagnostic))
    };
    ExitCode::from(u8::from(diagnostics.iter().any(is_failure)))
}
