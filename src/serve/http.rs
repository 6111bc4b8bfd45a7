//! Answers requests of the browser: the response to a path is a file of the book, a redirect, or a page with the
//! problems of the book. Each page contains a script that waits for news and loads the page again. The server
//! answers only this machine, and only under its own name, because a web page from elsewhere must not read a draft
//! (DNS rebinding). It refuses a request that two servers could interpret in two ways.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HOST, LOCATION, ORIGIN, TRANSFER_ENCODING,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use percent_encoding::percent_decode_str;
use tokio::sync::watch;

use super::book::{FileResult, ServedBook, failure};
use crate::html::body_end;
use crate::output::OutputPath;
use crate::threads;

/// Path below which the server's own files are. No site has a folder of this name.
const OWN: &str = "/__claimbook/";
const SCRIPT: &str = include_str!("live.js");
const STYLES: &str = include_str!("live.css");
/// Longest time that a request for news waits. Without news, the response is then empty, and the browser asks
/// again.
const NEWS_TIMEOUT: Duration = Duration::from_secs(25);

/// The report of problems before the site has been read.
const NO_PROBLEMS: &str = "{\"diagnostics\":[]}";
/// How long a thread that makes files is kept without work. In practice, this is as long as the server runs.
const THREAD_KEEP_ALIVE: Duration = Duration::from_hours(24 * 365);

/// What open pages do after the site was read again.
pub(super) enum PageUpdate {
    /// Pages are loaded again.
    Pages,
    /// Only the style sheets of pages are loaded again.
    Styles,
    /// Pages stay as they are and show the problems.
    Problems,
}

/// News for open pages.
pub(super) struct Update {
    /// What open pages do.
    pub(super) change: PageUpdate,
    /// Report of all problems, in JSON.
    pub(super) problems: String,
}

impl Update {
    /// News that the site could not be read.
    pub(super) fn failure(error: &anyhow::Error) -> Self {
        Self { change: PageUpdate::Problems, problems: failure(error) }
    }
}

/// The last news, and the versions of earlier changes.
#[derive(Clone, Default)]
struct BrowserState {
    /// Number of the last news.
    version: u64,
    /// The version with which pages changed last.
    pages: u64,
    /// The version with which style sheets changed last.
    styles: u64,
    problems: Arc<str>,
}

/// A running server.
pub(super) struct Server {
    desk: Arc<ServerState>,
}

struct ServerState {
    /// Names of this server in addresses, with its port.
    hosts: [String; 3],
    book: Mutex<Option<Arc<ServedBook>>>,
    bulletin: watch::Sender<BrowserState>,
}

/// Starts to answer requests in a separate thread.
///
/// # Errors
/// When the thread or its runtime cannot be started.
pub(super) fn start(listener: TcpListener) -> Result<Server> {
    let starting = "could not start the server";
    let port = listener.local_addr().context(starting)?.port();
    let desk = Arc::new(ServerState {
        hosts: ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")),
        book: Mutex::new(None),
        bulletin: watch::Sender::new(BrowserState::default()),
    });
    listener.set_nonblocking(true).context(starting)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_keep_alive(THREAD_KEEP_ALIVE)
        .build()
        .context(starting)?;
    // Tokio makes files in blocking threads. If the system refuses a thread while Tokio has none, Tokio panics. One
    // thread is therefore started now and kept: if the system refuses more threads, requests wait for this one.
    threads::ensure_available().context(starting)?;
    runtime.spawn_blocking(|| {});
    let app = Router::new().fallback(answer).with_state(Arc::clone(&desk));
    let work = move || {
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, app).await
        })
    };
    thread::Builder::new().name("server".to_owned()).spawn(work).context(starting)?;
    Ok(Server { desk })
}

impl Server {
    /// Serves `book` from now on, if there is one, and sends the news to open pages.
    pub(super) fn announce(&self, news: Update, book: Option<ServedBook>) {
        if book.is_some() {
            *self.desk.book.lock().unwrap_or_else(PoisonError::into_inner) = book.map(Arc::new);
        }
        self.desk.bulletin.send_modify(|bulletin| {
            bulletin.version += 1;
            match news.change {
                PageUpdate::Pages => bulletin.pages = bulletin.version,
                PageUpdate::Styles => bulletin.styles = bulletin.version,
                PageUpdate::Problems => {}
            }
            bulletin.problems = news.problems.into();
        });
    }
}

async fn answer(State(desk): State<Arc<ServerState>>, request: Request) -> Response<Body> {
    if is_ambiguous(request.headers()) {
        let mut response = plain(StatusCode::BAD_REQUEST, "this request can be understood in two ways");
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        return response;
    }
    if !desk.knows(request.uri(), request.headers()) {
        return plain(StatusCode::FORBIDDEN, "this server answers its own pages only");
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "this server only reads");
    }
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    match path.strip_prefix(OWN) {
        Some("live.js") => typed(StatusCode::OK, "live.js", SCRIPT.as_bytes().to_vec()),
        Some("live.css") => typed(StatusCode::OK, "live.css", STYLES.as_bytes().to_vec()),
        Some("problems.json") => desk.problems(),
        Some("news") => desk.news(request.uri().query().unwrap_or_default()).await,
        Some(_) => plain(StatusCode::NOT_FOUND, "there is no such file"),
        None => desk.page(&path).await,
    }
}

/// Whether servers may disagree about which host a request is for, or where its body ends (RFC 9112, section 6.3).
/// If a request has `Transfer-Encoding`, hyper removes a `Content-Length` before it, so that this function cannot
/// see whether a request has both. Requests that only read need neither, so every `Transfer-Encoding` is refused.
fn is_ambiguous(headers: &HeaderMap) -> bool {
    headers.get_all(HOST).iter().count() > 1 || headers.contains_key(TRANSFER_ENCODING)
}

impl ServerState {
    /// Whether a request is addressed to this server and, if it has an `Origin`, comes from a page of this server.
    fn knows(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let text = |value: &HeaderValue| value.to_str().unwrap_or_default().to_owned();
        // Host names are case-insensitive (RFC 9110, section 4.2.3).
        let is_here = |host: &str| self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
        let is_from_here = |origin: &HeaderValue| text(origin).strip_prefix("http://").is_some_and(is_here);
        headers.get(HOST).map(text).is_some_and(|host| is_here(&host))
            && uri.authority().is_none_or(|authority| is_here(authority.as_str()))
            && headers.get_all(ORIGIN).iter().all(is_from_here)
    }

    /// Waits for news after the version that a page knows, and returns them. The response is empty if there are no
    /// news within [`NEWS_TIMEOUT`].
    async fn news(&self, query: &str) -> Response<Body> {
        let known: u64 = query.strip_prefix("after=").and_then(|text| text.parse().ok()).unwrap_or(0);
        let mut bulletins = self.bulletin.subscribe();
        let is_new = bulletins.wait_for(|bulletin| bulletin.version != known);
        let Ok(Ok(bulletin)) =
            tokio::time::timeout(NEWS_TIMEOUT, is_new).await.map(|new| new.map(|it| it.clone()))
        else {
            return plain(StatusCode::NO_CONTENT, "");
        };
        let change = if bulletin.pages > known || bulletin.version < known {
            "pages"
        } else if bulletin.styles > known {
            "styles"
        } else {
            "problems"
        };
        let BrowserState { version, problems, .. } = bulletin;
        let text = format!("{{\"version\":{version},\"change\":\"{change}\",\"problems\":{problems}}}");
        typed(StatusCode::OK, "news.json", text.into_bytes())
    }

    /// The current problems, for a page that was just loaded.
    fn problems(&self) -> Response<Body> {
        let problems = Arc::clone(&self.bulletin.borrow().problems);
        let problems = if problems.is_empty() { NO_PROBLEMS } else { &problems };
        typed(StatusCode::OK, "problems.json", problems.as_bytes().to_vec())
    }

    async fn page(&self, path: &str) -> Response<Body> {
        let (version, problems) = {
            let bulletin = self.bulletin.borrow();
            (bulletin.version, Arc::clone(&bulletin.problems))
        };
        let book = self.book.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(book) = book else {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            return typed(status, "problems.html", problem_page(&problems, version));
        };
        let base = book.base();
        let Some(inner) = path.strip_prefix(&base) else {
            return redirect(&base);
        };
        let (status, name, answer) = match ask(&book, OutputPath::for_page(inner)).await {
            FileResult::Missing => {
                if let Some(there) = elsewhere(&book, inner).await {
                    return redirect(&format!("{base}{there}"));
                }
                (StatusCode::NOT_FOUND, "404.html", ask(&book, OutputPath::new("404.html")).await)
            }
            found if inner.is_empty() || inner.ends_with('/') => (StatusCode::OK, "index.html", found),
            found => (StatusCode::OK, inner, found),
        };
        match answer {
            FileResult::Found(bytes) => typed(status, name, with_script(name, bytes, version)),
            FileResult::Missing => plain(StatusCode::NOT_FOUND, "there is no such page"),
            FileResult::Broken(problems) => {
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                typed(status, "problems.html", problem_page(&problems, version))
            }
        }
    }
}

/// The address of an existing page to which a wrong path most likely refers: the path lacks the closing slash, or
/// the `.html` of a site whose pages are files.
async fn elsewhere(book: &Arc<ServedBook>, path: &str) -> Option<String> {
    let page = path.strip_suffix('/').unwrap_or(path);
    for near in [format!("{page}/"), book.form().of(&format!("{page}/")).into_owned()] {
        let file = OutputPath::for_page(&near).filter(|_| near != path);
        if let FileResult::Found(_) = ask(book, file).await {
            return Some(near);
        }
    }
    None
}

/// Makes a file in a blocking thread, so that other requests are answered in the meantime.
async fn ask(book: &Arc<ServedBook>, path: Option<OutputPath>) -> FileResult {
    let Some(path) = path else { return FileResult::Missing };
    let book = Arc::clone(book);
    let made = tokio::task::spawn_blocking(move || book.file(&path)).await;
    made.unwrap_or_else(|panic| {
        FileResult::Broken(failure(&anyhow::Error::new(panic).context("could not make this file")))
    })
}

fn script(version: u64) -> String {
    format!("<script src=\"{OWN}live.js\" data-version=\"{version}\"></script>")
}

/// Inserts the script at the end of a page. Leaves all other files unchanged.
fn with_script(name: &str, mut bytes: Vec<u8>, version: u64) -> Vec<u8> {
    let is_page = name.rsplit_once('.').is_some_and(|(_, end)| end == "html");
    if let Some(end) = body_end(&bytes).filter(|_| is_page) {
        bytes.splice(end..end, script(version).into_bytes());
    }
    bytes
}

/// A page that shows only the problems.
fn problem_page(problems: &str, version: u64) -> Vec<u8> {
    let problems = if problems.is_empty() { NO_PROBLEMS } else { problems };
    let problems = problems.replace('<', "\\u003c");
    let script = script(version);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Problems</title></head>\n\
         <body><script type=\"application/json\" id=\"claimbook_problems\">{problems}</script>{script}</body>\n</html>\n"
    )
    .into_bytes()
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = plain(StatusCode::FOUND, "");
    let to = percent_encoding::utf8_percent_encode(to, percent_encoding::CONTROLS).to_string();
    // An address that begins with `//` would lead to another host.
    let to = format!("/{}", to.trim_start_matches('/'));
    if let Ok(to) = to.parse() {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    typed(status, "text.txt", text.as_bytes().to_vec())
}

/// A response whose content type follows from the extension of a file name. The browser never caches it.
fn typed(status: StatusCode, name: &str, bytes: Vec<u8>) -> Response<Body> {
    let kind = match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "bib" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    // Without `nosniff`, a browser may treat a text as a page and run scripts in it.
    for (header, value) in
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store"), (X_CONTENT_TYPE_OPTIONS, "nosniff")]
    {
        response.headers_mut().insert(header, HeaderValue::from_static(value));
    }
    response
}
