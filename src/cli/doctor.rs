//! The command `doctor`: reads what is around the book and prints what the library finds.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;

use crate::config::Overrides;
use crate::diagnostic::Severity;
use crate::doctor::{self, Finding, Judgement, Surroundings};
use crate::pipeline;
use crate::source;

use super::{find_root, git, report, today};

/// Examines the book in `root` and its built site in `output`, or in `public` without that.
pub(super) fn examine(root: &Path, output: Option<&Path>) -> Result<ExitCode> {
    let root = find_root(root)?;
    let (sources, unreadable) = source::load(&root)?;
    let sources = Arc::new(sources);
    let overrides =
        Overrides { base_url: None, repository: None, today: today(None)?, drafts: false, review: false };
    let analysis = pipeline::analyse(&sources, &unreadable, &overrides);
    let (diagnostics, edition) = pipeline::plan(&analysis);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let Some(edition) = edition.filter(|_| errors == 0) else {
        report::print_findings(&[Finding::errors(errors)])?;
        return Ok(ExitCode::FAILURE);
    };
    let default_folder = root.join("public");
    let around = surroundings(&root, output.unwrap_or(&default_folder))?;
    let findings = doctor::examine(&edition.publication.site(), &around);
    report::print_findings(&findings)?;
    let has_problem = findings.iter().any(|finding| finding.judgement == Judgement::Problem);
    Ok(ExitCode::from(u8::from(has_problem)))
}

fn surroundings(root: &Path, output: &Path) -> Result<Surroundings> {
    let text = |path: &str| {
        let bytes = source::read_plain(&root.join(path)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    let ask = |arguments: &[&str]| git::ask(root, arguments).filter(|answer| !answer.is_empty());
    let first_remote = || {
        let names = ask(&["remote"])?;
        ask(&["remote", "get-url", names.lines().next()?])
    };
    Ok(Surroundings {
        remote: ask(&["remote", "get-url", "origin"]).or_else(first_remote),
        branch: ask(&["symbolic-ref", "--quiet", "--short", "HEAD"]),
        is_below_repository: ask(&["rev-parse", "--show-prefix"]).is_some(),
        committed_snapshots: git::ask(root, &["ls-files", "--", "snapshots"])
            .map(|files| files.lines().count()),
        had_snapshots: ask(&["rev-list", "--max-count=1", "HEAD", "--", "snapshots"]).is_some(),
        site: source::folder_size(output)?,
        workflow: text(".github/workflows/pages.yml"),
        requirements: text(".github/requirements.txt"),
        has_cname: root.join("static/CNAME").symlink_metadata().is_ok(),
    })
}
