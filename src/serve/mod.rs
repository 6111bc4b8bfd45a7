//! How does an author see a change at once? A site's folder in, pages on 127.0.0.1 out: read, link,
//! hold; wait for a change ([`watch`]); again. Pages are rendered when they are asked for ([`book`]), so
//! a change costs the reading of what changed and the linking of the book. While there are errors, the
//! last good book stays, and every page shows what is wrong ([`http`]).

mod book;
mod http;
mod watch;

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use crate::config::Overrides;
use crate::diagnostic::{Diagnostic, Format, has_errors, render};
use crate::pipeline::{self, Analysis};
use crate::source::{self, LoadProblem, Sources};

use book::Index;
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
        book.publish(renewed, &server, tell, &changed);
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
    sources: Option<Arc<Sources>>,
    unreadable: Vec<LoadProblem>,
    analysis: Option<Arc<Analysis>>,
    /// The index of search that was asked for last.
    index: Arc<Index>,
}

impl Kept {
    /// Read and link the site again; `changed` are the files that may be different.
    fn renew(&mut self, root: &Path, wishes: &Wishes, changed: Option<&BTreeSet<PathBuf>>) -> Result<()> {
        let (sources, unreadable) = match (&self.sources, changed) {
            (Some(earlier), Some(changed)) => source::reload(root, earlier, &self.unreadable, changed)?,
            _ => source::load(root)?,
        };
        let earlier = self.analysis.as_deref();
        let analysis = pipeline::analyse_again(&sources, &unreadable, &wishes.overrides, earlier);
        self.sources = Some(Arc::new(sources));
        self.unreadable = unreadable;
        self.analysis = Some(Arc::new(analysis));
        Ok(())
    }

    /// The path that the site lives below, with a slash at its end.
    fn base(&self) -> String {
        let config = self.analysis.as_ref().and_then(|analysis| analysis.config.as_ref());
        format!("{}/", config.map_or("", |config| config.base_url.path()))
    }

    /// Serve what was found, or say why not.
    fn publish(
        &self,
        renewed: Result<()>,
        server: &http::Server,
        tell: &dyn Fn(Event<'_>),
        changed: &BTreeSet<PathBuf>,
    ) {
        let held = renewed.and_then(|()| {
            let (Some(sources), Some(analysis)) = (&self.sources, &self.analysis) else {
                bail!("there is no site");
            };
            let (diagnostics, asks) = book::hold(sources, analysis, &self.index)?;
            Ok((sources, diagnostics, asks))
        });
        let (sources, diagnostics, asks) = match held {
            Ok(held) => held,
            Err(error) => {
                server.announce(News::failure(&error), None);
                tell(Event::Unreadable(&error));
                return;
            }
        };
        let problems = render(&diagnostics, sources, Format::Json);
        let change = match (&asks, styles_only(changed)) {
            (None, _) => Change::Problems,
            (Some(_), true) => Change::Styles,
            (Some(_), false) => Change::Pages,
        };
        server.announce(News { change, problems }, asks.map(|asks| (asks, self.base())));
        if has_errors(&diagnostics) {
            tell(Event::Bad(&diagnostics, sources));
        } else {
            tell(Event::Good(&diagnostics, sources));
        }
    }
}

/// Whether nothing but style sheets has changed: pages need not be loaded again.
fn styles_only(changed: &BTreeSet<PathBuf>) -> bool {
    !changed.is_empty() && changed.iter().all(|path| path.extension().is_some_and(|end| end == "css"))
}
