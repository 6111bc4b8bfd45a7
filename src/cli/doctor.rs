//! The command `doctor`: reads what is around the book and prints what the library finds.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};

use crate::config::Overrides;
use crate::diagnostic;
use crate::doctor::{self, Judgement, Surroundings};
use crate::pipeline;
use crate::source;

use super::{find_root, git, report, today};

/// Examines the book in `root` and its built site in `output`, or in `public` without that.
pub(super) fn examine(root: &Path, output: Option<&Path>) -> Result<ExitCode> {
    let root = find_root(root)?;
    let (sources, unreadable) = source::load(&root)?;
    let sources = Arc::new(sources);
    let overrides = Overrides { base_url: None, repository: None, today: today(None)?, drafts: false };
    let analysis = pipeline::analyse(&sources, &unreadable, &overrides);
    let (diagnostics, edition) = pipeline::plan(&analysis);
    let Some(edition) = edition.filter(|_| !diagnostic::has_errors(&diagnostics)) else {
        bail!("the book has errors, so nothing would be published: `claimbook check` says which");
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
    let snapshots = git::ask(root, &["ls-files", "--", "snapshots"]).unwrap_or_default();
    Ok(Surroundings {
        remote: git::ask(root, &["remote", "get-url", "origin"]),
        committed_snapshots: snapshots.lines().count(),
        site: source::folder_size(output)?,
        workflow: text(".github/workflows/pages.yml"),
        requirements: text(".github/requirements.txt"),
        has_cname: root.join("static/CNAME").symlink_metadata().is_ok(),
    })
}
