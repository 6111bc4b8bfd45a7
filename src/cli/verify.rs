//! `claimbook verify`: search the snapshots, report, write `claims.lock`.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::diagnostic::{Diagnostic, RuleKind};
use crate::output;
use crate::source;
use crate::verify::{Stale, verify as verify_quotes};

use super::args::SiteOptions;
use super::report::Report;
use super::{analyse, exit_code};

/// What was typed.
#[derive(Clone, Copy)]
pub(super) struct Mode {
    /// Only say whether the lock would change.
    pub(super) check: bool,
    /// Drop entries that nothing answers to.
    pub(super) prune: bool,
}

pub(super) fn verify(site: &SiteOptions, mode: Mode) -> Result<ExitCode> {
    let started = Instant::now();
    let (root, sources, analysis) = analyse(site)?;
    let report = Report::new(site);
    // Denied lints do not matter here: one of them may be what this run puts right.
    let is_error = |problem: &&Diagnostic| matches!(problem.rule.kind, RuleKind::Error);
    let errors: Vec<Diagnostic> = analysis.diagnostics.iter().filter(is_error).cloned().collect();
    if !errors.is_empty() {
        report.diagnostics(&errors, &sources)?;
        report.refused(&errors, &root.join("claims.lock"));
        return Ok(ExitCode::from(1));
    }
    let config = analysis.config.as_ref().context("site.toml was read without errors and is not there")?;
    let snapshots = source::load_snapshots(&root)?;
    let stale = if mode.prune { Stale::Prune } else { Stale::Keep };
    let verification = verify_quotes(&analysis, config, &sources, &snapshots, stale);
    let text = verification.lock.to_text();
    let there = sources.find("claims.lock").map(|file| sources.file(file).text());
    let is_changed = there.map_or(!verification.lock.entries.is_empty(), |there| there != text);
    report.diagnostics(&verification.diagnostics, &sources)?;
    if is_changed && !mode.check {
        output::replace_file(&root.join("claims.lock"), text.as_bytes())?;
    }
    report.verified(&verification, mode.prune, started.elapsed());
    report.lock(is_changed, mode.check);
    Ok(if is_changed && mode.check { ExitCode::from(1) } else { exit_code(site, &verification.diagnostics) })
}
