//! Serves a site at 127.0.0.1 while its author writes: reads and links the book, waits for a change ([`watch`]),
//! and begins again. Pages are rendered when a browser requests them ([`book`]), so that after a change only the
//! changed files are read and the book is linked. While the book has errors, the last good book is served, and
//! every page shows the errors ([`http`]).

mod book;
mod http;
mod watch;

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use crate::config::Overrides;
use crate::diagnostic::{self, Diagnostic, Format, has_errors, render};
use crate::pipeline::{self, Change, Edition, Session};
use crate::source::{self, Sources};

use book::ServedBook;
use http::{PageUpdate, Update};

/// The first port that is tried if the author names no port.
const FIRST_PORT: u16 = 1111;
/// Number of ports that are tried.
const PORT_COUNT: u16 = 100;

/// Options of [`serve`].
pub struct ServeOptions<'a> {
    /// Folder of the site.
    pub root: PathBuf,
    /// Port to listen on. With `None`, the first free port from 1111 on is used.
    pub port: Option<u16>,
    /// Returns the values of the command line that replace settings of `site.toml`, with the day of the build. It is
    /// called for each reading, because a server may run for longer than a day.
    pub overrides: &'a dyn Fn() -> Result<Overrides>,
}

/// An event that the caller of [`serve`] reports to the author.
pub enum Event<'a> {
    /// The server answers at this address.
    Serving(&'a str),
    /// Files have changed.
    Changed,
    /// A book without errors is served from now on. The diagnostics are warnings.
    Good(&'a [Diagnostic], &'a Sources),
    /// The book has errors. The last good book is still served.
    Bad(&'a [Diagnostic], &'a Sources),
    /// The site cannot be read or watched, or its templates cannot be checked.
    Unreadable(&'a anyhow::Error),
}

/// Serves a site until the process ends, and calls `on_event` for each event.
///
/// # Errors
/// When no port is free, when the server cannot be started, or when changes of files cannot be watched.
pub fn serve(options: &ServeOptions<'_>, on_event: &dyn Fn(Event<'_>)) -> Result<()> {
    let root = options.root.canonicalize().context("could not open the folder of the site")?;
    let mut watcher = watch::watch(&root)?;
    let listener = listen(options.port)?;
    let address = listener.local_addr().context("could not see the port")?;
    let mut state = ServedState::default();
    let server = http::start(listener)?;
    let first = state.reload(&root, options, None);
    on_event(Event::Serving(&format!("http://{address}{}", state.base_path())));
    state.publish(first, &server, on_event, &BTreeSet::new());
    while let Some(changed) = watcher.next_batch() {
        on_event(Event::Changed);
        if let Some(failure) = watcher.take_failure() {
            on_event(Event::Unreadable(&failure));
        }
        let reload = state.reload(&root, options, Some(&changed));
        if !matches!(reload, Ok(false)) {
            state.publish(reload, &server, on_event, &changed);
        }
    }
    bail!("files are no longer watched")
}

fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    match port {
        Some(port) => bind(port).with_context(|| {
            format!(
                "could not listen on port {port}: choose another one, or leave `--port` out to get a free one"
            )
        }),
        None => (FIRST_PORT..FIRST_PORT + PORT_COUNT)
            .find_map(|port| bind(port).ok())
            .with_context(|| format!("no port from {FIRST_PORT} to {} is free", FIRST_PORT + PORT_COUNT - 1)),
    }
}

/// The site as it was read last, and what is served of it.
#[derive(Default)]
struct ServedState {
    /// `None` until the site could be read for the first time.
    session: Option<Session>,
    /// Templates with which all pages could be rendered. Pages are rendered on request, so without this check a
    /// mistake in a template would show only on the pages that use the template.
    checked_templates: Templates,
    /// Whether the last reading succeeded.
    is_readable: bool,
}

impl ServedState {
    /// Reads the site again. `changed` are the files that may have changed; with `None`, all files are read. Returns
    /// whether browsers may have to show something else.
    fn reload(
        &mut self,
        root: &Path,
        options: &ServeOptions<'_>,
        changed: Option<&BTreeSet<PathBuf>>,
    ) -> Result<bool> {
        let was_readable = std::mem::take(&mut self.is_readable);
        let (sources, unreadable) = match (&self.session, changed) {
            // After a failure, files may have changed that are not in `changed`.
            (Some(session), Some(changed)) if was_readable => {
                source::reload(root, &session.analysis().sources, session.unreadable(), changed)?
            }
            _ => source::load(root)?,
        };
        self.is_readable = true;
        let sources = Arc::new(sources);
        let overrides = (options.overrides)()?;
        let change = match &mut self.session {
            // On another day, statuses are other ones.
            Some(session) if session.is_of_same_day(&overrides) => session.update(&sources, unreadable),
            _ => {
                self.session = Some(Session::new(&sources, unreadable, overrides));
                Change::Everything
            }
        };
        if change == Change::Everything {
            // Pages of another kind may be rendered with a template now.
            self.checked_templates.clear();
        }
        let static_folder = root.join("static");
        let is_static_file = |path: &PathBuf| path.starts_with(&static_folder) && path.is_file();
        let has_static_changes = changed.is_some_and(|changed| changed.iter().any(is_static_file));
        Ok(change > Change::Nothing || has_static_changes || !was_readable)
    }

    /// The path of the site's base address, with a slash at its end.
    fn base_path(&self) -> String {
        let config = self.session.as_ref().and_then(|session| session.analysis().config.as_ref());
        format!("{}/", config.map_or("", |config| config.base_url.path()))
    }

    /// Serves the site that was read, or reports why it cannot be served.
    fn publish(
        &mut self,
        renewed: Result<bool>,
        server: &http::Server,
        on_event: &dyn Fn(Event<'_>),
        changed: &BTreeSet<PathBuf>,
    ) {
        let fail = |error: &anyhow::Error| {
            server.publish(Update::from_error(error), None);
            on_event(Event::Unreadable(error));
        };
        let session = match (renewed, &self.session) {
            (Ok(_), Some(session)) => session,
            (Ok(_), None) => return,
            (Err(error), _) => return fail(&error),
        };
        let (mut diagnostics, mut edition) = (session.diagnostics().to_vec(), session.edition());
        let template_problems = edition.map(|edition| check_templates(edition, &mut self.checked_templates));
        match template_problems.unwrap_or_else(|| Ok(Vec::new())) {
            Ok(problems) if problems.is_empty() => {}
            Ok(problems) => {
                diagnostics.extend(problems);
                diagnostic::sort(&mut diagnostics);
                edition = None;
            }
            Err(error) => return fail(&error),
        }
        let sources = &session.analysis().sources;
        let problems = render(&diagnostics, sources, Format::Json);
        let change = match (edition, has_only_style_changes(changed)) {
            (None, _) => PageUpdate::Problems,
            (Some(_), true) => PageUpdate::Styles,
            (Some(_), false) => PageUpdate::Pages,
        };
        // Without a new book, the last one without errors is served on.
        let served_book = edition.map(|edition| ServedBook::new(edition.clone()));
        server.publish(Update { change, problems }, served_book);
        if has_errors(&diagnostics) {
            on_event(Event::Bad(&diagnostics, sources));
        } else {
            on_event(Event::Good(&diagnostics, sources));
        }
    }
}

/// Paths and texts of the site's templates.
type Templates = Vec<(String, String)>;

/// Finds the problems that show when pages are rendered with the site's templates. Returns an empty list without
/// rendering if the templates equal those in `checked`.
fn check_templates(edition: &Edition, checked: &mut Templates) -> Result<Vec<Diagnostic>> {
    let is_template = |path: &str| path.starts_with("templates/") && !path.starts_with("templates/assets/");
    let files = edition.publication.sources.iter().map(|(_, file)| (file.path(), file.text()));
    let templates: Templates = files
        .filter(|(path, _)| is_template(path))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    if templates == *checked {
        return Ok(Vec::new());
    }
    let problems = pipeline::template_problems(edition)?;
    *checked = if problems.is_empty() { templates } else { Vec::new() };
    Ok(problems)
}

/// Whether only style sheets have changed, so that browsers need not load the pages again.
fn has_only_style_changes(changed: &BTreeSet<PathBuf>) -> bool {
    !changed.is_empty() && changed.iter().all(|path| path.extension().is_some_and(|end| end == "css"))
}
