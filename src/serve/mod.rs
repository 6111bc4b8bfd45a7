//! Serves a site at 127.0.0.1 while its author writes: it reads and links the book, waits for a change ([`watch`]),
//! and begins again. Pages are rendered when they are asked for ([`book`]), so a change costs the reading of what
//! changed and the linking of the book. While there are errors, the last good book stays, and every page shows what
//! is wrong ([`http`]).

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
use crate::pipeline::{self, Analysis, Edition};
use crate::source::{self, LoadProblem, Sources};

use book::{Held, Index};
use http::{Change, News};

/// The first port that is tried when none is asked for.
const FIRST_PORT: u16 = 1111;
/// How many ports are tried.
const PORTS: u16 = 100;

/// What is served, and where.
pub struct Wishes {
    /// Folder of the site.
    pub root: PathBuf,
    /// The port; without one, the next that is free.
    pub port: Option<u16>,
    /// What the command line puts in place of settings.
    pub overrides: Overrides,
}

/// What happens, for whoever tells the author.
pub enum Event<'a> {
    /// The server answers at this address.
    Serving(&'a str),
    /// Files have changed.
    Changed,
    /// A book without errors is served from now on; the problems are warnings.
    Good(&'a [Diagnostic], &'a Sources),
    /// The book has errors; the last good one stays.
    Bad(&'a [Diagnostic], &'a Sources),
    /// The site cannot be read at all.
    Unreadable(&'a anyhow::Error),
}

/// Serve a site until the process ends.
///
/// # Errors
/// When no port is free, or when changes of files cannot be watched.
pub fn serve(wishes: &Wishes, tell: &dyn Fn(Event<'_>)) -> Result<()> {
    let root = wishes.root.canonicalize().context("could not open the folder of the site")?;
    let mut hints = watch::watch(&root)?;
    let listener = listen(wishes.port)?;
    let address = listener.local_addr().context("could not see the port")?;
    let mut book = Kept::default();
    let server = http::start(listener)?;
    let first = book.renew(&root, wishes, None);
    tell(Event::Serving(&format!("http://{address}{}", book.base())));
    book.publish(first, &server, tell, &BTreeSet::new());
    while let Some(changed) = hints.next() {
        tell(Event::Changed);
        let renewed = book.renew(&root, wishes, Some(&changed));
        if !matches!(renewed, Ok(Look::Same)) {
            book.publish(renewed, &server, tell, &changed);
        }
    }
    bail!("files are no longer watched")
}

fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    match port {
        Some(port) => bind(port).with_context(|| format!("could not listen on port {port}")),
        None => (FIRST_PORT..FIRST_PORT + PORTS)
            .find_map(|port| bind(port).ok())
            .with_context(|| format!("no port from {FIRST_PORT} to {} is free", FIRST_PORT + PORTS - 1)),
    }
}

/// What the last look at the site found.
#[derive(Default)]
struct Kept {
    unreadable: Vec<LoadProblem>,
    analysis: Option<Analysis>,
    /// The last edition without errors.
    edition: Option<Edition>,
    /// Templates of the site with which all pages could be made. Pages are made when they are asked for, so that a
    /// mistake in a template would show on its own pages only.
    checked: Templates,
    /// The index of search that was asked for last.
    index: Arc<Index>,
    /// The last look succeeded.
    is_readable: bool,
}

/// What another look at the site found.
enum Look {
    /// Nothing that is different.
    Same,
    /// Something that is.
    Other,
}

impl Kept {
    /// Read and link the site again; `changed` are the files that may be different.
    fn renew(&mut self, root: &Path, wishes: &Wishes, changed: Option<&BTreeSet<PathBuf>>) -> Result<Look> {
        let was_readable = std::mem::take(&mut self.is_readable);
        let earlier = self.analysis.as_ref().map(|analysis| &*analysis.sources);
        let (sources, unreadable) = match (earlier, changed) {
            (Some(earlier), Some(changed)) => source::reload(root, earlier, &self.unreadable, changed)?,
            _ => source::load(root)?,
        };
        self.is_readable = true;
        let copied = root.join("static");
        let may_differ = |changed: &BTreeSet<PathBuf>| {
            changed.iter().any(|path| path.starts_with(&copied) && path.is_file())
        };
        let is_same = earlier.is_some_and(|earlier| sources.is_same(earlier));
        if was_readable && is_same && unreadable == self.unreadable && !changed.is_some_and(may_differ) {
            return Ok(Look::Same);
        }
        let sources = Arc::new(sources);
        let earlier = self.analysis.as_ref();
        let analysis = pipeline::analyse_again(&sources, &unreadable, &wishes.overrides, earlier);
        self.unreadable = unreadable;
        let old = self.analysis.replace(analysis);
        // Nobody should wait until a large book is taken apart.
        let _ = std::thread::Builder::new().spawn(move || drop(old));
        Ok(Look::Other)
    }

    /// The path that the site lives below, with a slash at its end.
    fn base(&self) -> String {
        let config = self.analysis.as_ref().and_then(|analysis| analysis.config.as_ref());
        format!("{}/", config.map_or("", |config| config.base_url.path()))
    }

    /// Serve what was found, or say why not.
    fn publish(
        &mut self,
        renewed: Result<Look>,
        server: &http::Server,
        tell: &dyn Fn(Event<'_>),
        changed: &BTreeSet<PathBuf>,
    ) {
        let analysis = match (renewed, &self.analysis) {
            (Ok(_), Some(analysis)) => analysis,
            (Ok(_), None) => return,
            (Err(error), _) => {
                server.announce(News::failure(&error), None);
                tell(Event::Unreadable(&error));
                return;
            }
        };
        let (mut diagnostics, mut edition) = pipeline::plan_again(analysis, self.edition.as_ref());
        let of_templates = edition.as_ref().map(|edition| check_templates(edition, &mut self.checked));
        match of_templates.unwrap_or_else(|| Ok(Vec::new())) {
            Ok(problems) if problems.is_empty() => {}
            Ok(problems) => {
                diagnostics.extend(problems);
                diagnostic::sort(&mut diagnostics);
                edition = None;
            }
            Err(error) => {
                server.announce(News::failure(&error), None);
                tell(Event::Unreadable(&error));
                return;
            }
        }
        let problems = render(&diagnostics, &analysis.sources, Format::Json);
        let change = match (&edition, styles_only(changed)) {
            (None, _) => Change::Problems,
            (Some(_), true) => Change::Styles,
            (Some(_), false) => Change::Pages,
        };
        let held = edition.clone().map(|edition| Held::new(edition, Arc::clone(&self.index)));
        server.announce(News { change, problems }, held);
        if has_errors(&diagnostics) {
            tell(Event::Bad(&diagnostics, &analysis.sources));
        } else {
            tell(Event::Good(&diagnostics, &analysis.sources));
        }
        self.edition = edition.or(self.edition.take());
    }
}

/// Paths and texts of templates.
type Templates = Vec<(String, String)>;

/// The mistakes that rendering shows in templates of the site, unless they are those that were `checked`.
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

/// Whether nothing but style sheets has changed: pages need not be loaded again.
fn styles_only(changed: &BTreeSet<PathBuf>) -> bool {
    !changed.is_empty() && changed.iter().all(|path| path.extension().is_some_and(|end| end == "css"))
}
