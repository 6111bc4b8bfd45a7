//! The commands that help authors write: `init`, `new`, `schema`, `completions` and `man`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::config::{BaseUrl, Overrides};
use crate::date::PartialDate;
use crate::document::{DocumentKind, Kind};
use crate::init::{self, NewBookOptions};
use crate::new::{self, AS_WRITTEN, ClaimFacts, Draft, Issue, NewDocument, ReadSite};
use crate::placeholder;
use crate::scaffold::{self, NewFiles};
use crate::source::{self, LoadProblem};
use crate::{pipeline, schema};

use super::args::{Cli, NewItem, NewOptions};
use super::{find_root, git, report, today};

pub(super) fn init(folder: &Path, options: NewBookOptions<'_>) -> Result<ExitCode> {
    check_options(options)?;
    if let Some(address) = folder.to_str().filter(|folder| folder.contains("://")) {
        bail!("{address} is an address, not a folder: write `claimbook init book --repository {address}`");
    }
    let mut files = init::book(options);
    let is_there = |path: &str| folder.join(path).symlink_metadata().is_ok();
    let kept: Vec<String> =
        files.keys().filter(|path| init::is_optional(path) && is_there(path)).cloned().collect();
    files.retain(|path, _| !kept.contains(path));
    scaffold::create(
        folder,
        &files,
        "choose another folder, or move these files; an `init` that was interrupted leaves some, too",
    )
    .with_context(|| format!("could not make a book in {}", folder.display()))?;
    report::print_created_book(folder, &files, &kept)?;
    Ok(ExitCode::SUCCESS)
}

fn check_options(options: NewBookOptions<'_>) -> Result<()> {
    let NewBookOptions { title, base_url, repository } = options;
    if title.is_some_and(|title| title.trim().is_empty() || title.chars().any(char::is_control)) {
        bail!("a title is one line of text, and not empty");
    }
    if let Some(url) = base_url.filter(|url| BaseUrl::parse(url).is_none()) {
        bail!("`{url}` is not a base address: write --base-url https://example.org/book/");
    }
    if let Some(url) = repository.filter(|url| BaseUrl::parse(url).is_none()) {
        bail!("`{url}` is not the address of a repository: write --repository https://github.com/name/book");
    }
    if let Some(url) =
        repository.filter(|url| url.contains("//github.com/") && init::pages_address(url).is_none())
    {
        bail!("`{url}` is not a repository on GitHub: write --repository https://github.com/name/book");
    }
    Ok(())
}

/// Removes the demo book from a copy of this repository, and writes the content of a new book in its place. Git can
/// bring back what is removed, since there must be no uncommitted changes.
pub(super) fn replace_demo(folder: &Path, options: NewBookOptions<'_>) -> Result<ExitCode> {
    check_options(options)?;
    match git::ask(folder, &["status", "--porcelain", "--untracked-files=normal"]) {
        Some(changes) if changes.is_empty() => {}
        Some(_) => bail!("{} has changes that are not committed: commit them first", folder.display()),
        None => bail!("Git knows no repository in {}, so nothing could be brought back", folder.display()),
    }
    let mut demo = Vec::new();
    let mut changed = Vec::new();
    for (digest, path) in init::demo_files() {
        if let Ok(bytes) = source::read_plain(&folder.join(path)) {
            if init::is_demo_file(digest, &bytes) { demo.push(path) } else { changed.push(path) }
        }
    }
    if demo.is_empty() {
        bail!("{} has no file of the demo book of this version", folder.display());
    }
    report::print_demo(&demo, &changed, options)?;
    let mut files = init::book(options);
    let is_there = |path: &str| folder.join(path).symlink_metadata().is_ok();
    // The rest of a new book, such as its workflow, is in this repository in another form.
    files.retain(|path, _| {
        path.starts_with("content/") || ["site.toml", "claims.lock"].contains(&path.as_str())
    });
    files.retain(|path, _| demo.contains(&path.as_str()) || !is_there(path));
    let help = "`git restore .` brings back what was removed";
    scaffold::remove(folder, &demo).context(help)?;
    scaffold::create(folder, &files, help).context(help)?;
    report::print_created_book(folder, &files, &[])?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn create(item: &NewItem) -> Result<ExitCode> {
    let placeholder_facts = ClaimFacts { kind: Kind::Statement, by: placeholder::SPEAKER };
    let (document_kind, options) = match item {
        NewItem::Article(options) => (DocumentKind::Article, options),
        NewItem::Claim { options, .. } => (DocumentKind::Claim, options),
        NewItem::Speaker(options) => (DocumentKind::Speaker, options),
        NewItem::Metric(options) => (DocumentKind::Metric, options),
        NewItem::Source(options) => (DocumentKind::Source, options),
        NewItem::FromIssue { file, id, root } => return create_from_issue(file, id.as_deref(), root),
    };
    let (claim, write_up) = match item {
        NewItem::Claim { kind, by, write_up, .. } => {
            let by = by.as_deref().unwrap_or(placeholder::SPEAKER);
            let kind = Kind::parse(kind).expect("clap accepts only the kinds of claims");
            (ClaimFacts { kind, by }, write_up.as_deref())
        }
        _ => (placeholder_facts, None),
    };
    let root = find_root(&options.root)?;
    let draft = draft(&root, (document_kind, options), claim, write_up)?;
    report::print_path(&root.join(&draft.path))?;
    report::print_hint(&next_steps(&draft, document_kind, claim, write_up.is_some()));
    Ok(ExitCode::SUCCESS)
}

/// Creates the text of a new file or claim and writes it, unless this would add an error to the book.
fn draft(
    root: &Path,
    (kind, options): (DocumentKind, &NewOptions),
    claim: ClaimFacts<'_>,
    write_up: Option<&Path>,
) -> Result<Draft> {
    add(root, options.today.as_deref(), write_up, |target, unreadable, today| {
        let request = NewDocument { kind, name: &options.name, id: options.id.as_deref(), today };
        let Some(file) = write_up else { return new::new_file(target, request, claim) };
        let path = path_in_site(root, file)?;
        if let Some(problem) = unreadable.iter().find(|problem| problem.path == path) {
            bail!("{path}: {}", problem.message);
        }
        new::add_claim_to(target, request, claim, &path)
    })
}

/// Makes the draft of a claim of an issue.
fn create_from_issue(file: &Path, id: Option<&str>, root: &Path) -> Result<ExitCode> {
    let text = if file == Path::new("-") {
        std::io::read_to_string(std::io::stdin().lock()).context("could not read standard input")?
    } else {
        String::from_utf8(source::read_plain(file)?)
            .ok()
            .with_context(|| format!("{} is not text in UTF-8", file.display()))?
    };
    let issue = Issue::parse(&text)?;
    let root = find_root(root)?;
    let draft = add(&root, None, None, |target, _, today| {
        let request = NewDocument { kind: DocumentKind::Claim, name: &issue.statement, id, today };
        new::claim_of_issue(target, request, &issue)
    })?;
    report::print_path(&root.join(&draft.path))?;
    let answers = if draft.text.contains(AS_WRITTEN) {
        " Some answers could not be used: they are comments in it."
    } else {
        ""
    };
    report::print_hint(&format!(
        "It is a draft: compare it with its source, then delete `draft: true`. `claimbook check --drafts` reads it.{answers}"
    ));
    Ok(ExitCode::SUCCESS)
}

/// Writes a draft into a site, unless this would add an error to the book. With `write_up`, it is the changed text of that
/// file; otherwise, no file is replaced.
fn add(
    root: &Path,
    day: Option<&str>,
    write_up: Option<&Path>,
    make: impl FnOnce(ReadSite<'_>, &[LoadProblem], PartialDate) -> Result<Draft>,
) -> Result<Draft> {
    let (sources, unreadable) = source::load(root)?;
    let sources = Arc::new(sources);
    let today = today(day)?;
    // Drafts are included, because their ids are in use as well.
    let overrides = Overrides { base_url: None, repository: None, today, drafts: true, review: false };
    let analysis = pipeline::analyse(&sources, &unreadable, &overrides);
    let draft =
        make(ReadSite { sources: &sources, analysis: &analysis }, &unreadable, PartialDate::from(today))?;
    let changed = Arc::new(sources.with_file(&draft.path, &draft.text));
    if let Some(error) = pipeline::first_new_error(&sources, &changed, &unreadable, &overrides) {
        bail!("{} would have an error: {}", draft.path, error.message);
    }
    if let Some(file) = sources.find(&draft.path).filter(|_| write_up.is_some()) {
        scaffold::replace(root, &draft.path, sources.file(file).text(), &draft.text)?;
    } else {
        let files = NewFiles::from([(draft.path.clone(), draft.text.clone().into_bytes())]);
        scaffold::create(root, &files, "give another name with --id")?;
    }
    Ok(draft)
}

/// The path, relative to the root, of a file that the user named relative to the working directory or to the root.
fn path_in_site(root: &Path, file: &Path) -> Result<String> {
    let absolute = |path: &Path| path.canonicalize().ok();
    let found = absolute(file).or_else(|| absolute(&root.join(file)));
    let found = found.with_context(|| format!("could not open {}", file.display()))?;
    let root = root.canonicalize().with_context(|| format!("could not open {}", root.display()))?;
    let inside = found.strip_prefix(&root).ok().and_then(Path::to_str);
    let inside = inside.with_context(|| format!("{} is not a file of this site", file.display()))?;
    Ok(inside.replace('\\', "/"))
}

fn next_steps(draft: &Draft, kind: DocumentKind, claim: ClaimFacts<'_>, is_callout: bool) -> String {
    let id = &draft.id;
    let speaker_hint = if claim.by == placeholder::SPEAKER {
        " Say who asserts it, in place of the placeholder."
    } else {
        ""
    };
    match kind {
        DocumentKind::Claim if is_callout && draft.text.trim_end().ends_with("proposed:: true") => format!(
            "It is proposed: replace its placeholders, delete `proposed`, and link to it with [words](claim:{id})."
        ),
        DocumentKind::Claim if is_callout => format!(
            "Link to it from the sentence that states it: [words](claim:{id}).\n`claimbook check` says what is missing."
        ),
        DocumentKind::Claim => format!(
            "It is a draft: `claimbook check --drafts` reads it.{speaker_hint}\nLink to it with [words](claim:{id})."
        ),
        DocumentKind::Article => {
            "It is a draft: `claimbook build --drafts` shows it. Delete `draft: true` to publish.".to_owned()
        }
        DocumentKind::Source => format!(
            "Name it as `source: {id}`. A copy of its text in snapshots/{id}.html or .txt is there to compare quotations with."
        ),
        DocumentKind::Speaker => {
            format!("Claims name it by its name or as `{id}`, texts link to speaker:{id}.")
        }
        _ => format!("Claims name it by its title or as `{id}`, texts link to metric:{id}."),
    }
}

pub(super) fn schema(part: Option<&str>) -> Result<ExitCode> {
    let schema = schema::schema(part).with_context(|| {
        let part = part.expect("without a part, the schema has all parts");
        format!("there is no schema `{part}`: `claimbook schema --help` lists them")
    })?;
    report::print_data(&format!("{schema:#}\n"))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn completions(shell: Shell) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "claimbook", &mut script);
    report::print_data(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn manual(folder: Option<&Path>) -> Result<ExitCode> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = NewFiles::new();
    collect_pages(command, &mut pages)?;
    let Some(folder) = folder else {
        let page = pages.get("claimbook.1").context("the manual page is missing")?;
        report::print_data(&String::from_utf8_lossy(page))?;
        return Ok(ExitCode::SUCCESS);
    };
    scaffold::create(folder, &pages, "delete these files, or choose another folder")?;
    report::print_created(folder, &pages)?;
    Ok(ExitCode::SUCCESS)
}

/// Adds the manual pages of a command and its subcommands to `pages`.
fn collect_pages(command: clap::Command, pages: &mut NewFiles) -> Result<()> {
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        collect_pages(inner.clone(), pages)?;
    }
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).context("could not write a manual page")?;
    pages.insert(format!("{name}.1"), page);
    Ok(())
}
