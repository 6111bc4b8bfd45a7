//! `claimbook serve`: reports the address of the server and the state of the book, and opens the browser.

use std::cell::Cell;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::config::Overrides;
use crate::serve::{Event, ServeOptions, serve as serve_site};

use super::args::SiteOptions;
use super::report::{self, Report};
use super::{find_root, overrides};

pub(super) fn serve(site: &SiteOptions, port: Option<u16>, open: bool) -> Result<ExitCode> {
    overrides(site)?;
    let root = find_root(&site.root)?;
    let report = Report::new(site, &root);
    let options =
        ServeOptions { root, port, overrides: &|| Ok(Overrides { review: true, ..overrides(site)? }) };
    let started = Cell::new(Instant::now());
    let on_event = |event: Event<'_>| match event {
        Event::Serving(address) => {
            report.summary_line(&format!("serving {address}, press Ctrl-C to stop"));
            report.summary_line(&format!("what needs a reviewer is at {address}review"));
            if open && open::that_detached(address).is_err() {
                report.summary_line("no browser could be opened");
            }
        }
        Event::Changed => started.set(Instant::now()),
        Event::Good(diagnostics, sources) => {
            let _ = report.diagnostics(diagnostics, sources);
            report.serving_new_book(diagnostics, started.get().elapsed());
        }
        Event::Bad(diagnostics, sources) => {
            let _ = report.diagnostics(diagnostics, sources);
            report.serving_last_good_book(diagnostics);
        }
        Event::Unreadable(error) => report::print_failure(error),
    };
    serve_site(&options, &on_event)?;
    Ok(ExitCode::SUCCESS)
}
