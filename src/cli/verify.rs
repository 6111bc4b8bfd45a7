//! `claimbook verify`: searches the snapshots, reports the results, and writes `claims.lock`.

#[cfg(feature = "import")]
use std::path::Path;
use std::process::ExitCode;
#[cfg(feature = "import")]
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
#[cfg(feature = "import")]
use jiff::civil::Date;

#[cfg(feature = "import")]
use crate::config::Overrides;
use crate::diagnostic::{Diagnostic, RuleKind};
use crate::output;
#[cfg(feature = "import")]
use crate::pipeline;
#[cfg(feature = "import")]
use crate::quote::Lock;
use crate::source;
use crate::verify::{Stale, verify as verify_quotes};

use super::args::SiteOptions;
use super::report::Report;
use super::{analyse, exit_code};

/// Options of the command.
#[derive(Clone, Copy)]
pub(super) struct VerifyOptions {
    /// Only report whether `claims.lock` would change.
    pub(super) check: bool,
    /// Drop entries whose claim or quotation no longer exists.
    pub(super) prune: bool,
}

/// Verifies all quotations again after an import, with drafts included, and writes `claims.lock`. Returns its
/// content. If the book has errors, returns `None` and leaves the file unchanged.
#[cfg(feature = "import")]
pub(super) fn update_lock_after_import(root: &Path, day: Date) -> Result<Option<Lock>> {
    let (sources, unreadable) = source::load(root)?;
    let sources = Arc::new(sources);
    let overrides = Overrides { base_url: None, repository: None, today: day, drafts: true, review: false };
    let analysis = pipeline::analyse(&sources, &unreadable, &overrides);
    let has_errors = analysis.diagnostics.iter().any(is_fixed_error);
    let Some(config) = analysis.config.as_ref().filter(|_| !has_errors) else { return Ok(None) };
    let snapshots = source::load_snapshots(root)?;
    let lock = verify_quotes(&analysis, config, &snapshots, Stale::Keep).lock;
    let text = lock.to_text();
    let is_current = |file| has_lines_of(sources.file(file).text(), &text);
    if !lock.is_empty() && !sources.find("claims.lock").is_some_and(is_current) {
        output::replace_file(&root.join("claims.lock"), text.as_bytes())?;
    }
    Ok(Some(lock))
}

/// Whether a diagnostic is a fixed error. Denied lints do not count, because verification may be what resolves
/// them.
fn is_fixed_error(problem: &Diagnostic) -> bool {
    matches!(problem.rule.kind, RuleKind::Error)
}

/// Whether a file has these lines. Git on Windows may have changed their ends.
fn has_lines_of(there: &str, text: &str) -> bool {
    there == text || there.replace("\r\n", "\n") == text
}

pub(super) fn verify(site: &SiteOptions, mode: VerifyOptions) -> Result<ExitCode> {
    let started = Instant::now();
    let (root, analysis) = analyse(site)?;
    let sources = &analysis.sources;
    let report = Report::new(site, &root);
    let errors: Vec<Diagnostic> =
        analysis.diagnostics.iter().filter(|problem| is_fixed_error(problem)).cloned().collect();
    if !errors.is_empty() {
        report.diagnostics(&errors, sources)?;
        report.nothing_written(&errors, &root.join("claims.lock"));
        return Ok(ExitCode::from(1));
    }
    let config = analysis.config.as_ref().context("site.toml was read without errors and is not there")?;
    let snapshots = source::load_snapshots(&root)?;
    let stale = if mode.prune { Stale::Prune } else { Stale::Keep };
    let verification = verify_quotes(&analysis, config, &snapshots, stale);
    let text = verification.lock.to_text();
    let existing = sources.find("claims.lock").map(|file| sources.file(file).text());
    let is_changed = existing.map_or(!verification.lock.is_empty(), |there| !has_lines_of(there, &text));
    report.quote_problems(&verification, sources)?;
    if is_changed && !mode.check {
        output::replace_file(&root.join("claims.lock"), text.as_bytes())?;
    }
    report.verify_summary(&verification, mode.prune, started.elapsed());
    report.lock(is_changed, mode.check);
    Ok(if is_changed && mode.check { ExitCode::from(1) } else { exit_code(site, &verification.diagnostics) })
}
