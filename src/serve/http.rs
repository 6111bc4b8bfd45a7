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

use super::book::{FileResult, ServedBook, failure_report};
use crate::html::body_end;
use crate::output::OutputPath;
use crate::threads;

/// Path below which the server's own files are. No site has a folder of this name.
const OWN_PREFIX: &str = "/__claimbook/";
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
    pub(super) fn from_error(error: &anyhow::Error) -> Self {
        Self { change: PageUpdate::Problems, problems: failure_report(error) }
    }
}

/// What open pages are told: the number of the last news, and the numbers of the last news of each kind.
#[derive(Clone, Default)]
struct BrowserState {
    /// Number of the last news.
    version: u64,
    /// Number of the last news after which pages must be loaded again.
    pages: u64,
    /// Number of the last news after which style sheets must be loaded again.
    styles: u64,
    problems: Arc<str>,
}

/// A running server.
pub(super) struct Server {
    state: Arc<ServerState>,
}

struct ServerState {
    /// Names of this server in addresses, with its port.
    hosts: [String; 3],
    book: Mutex<Option<Arc<ServedBook>>>,
    browser_state: watch::Sender<BrowserState>,
}

/// Starts to answer requests in a separate thread.
///
/// # Errors
/// When the thread or its runtime cannot be started.
pub(super) fn start(listener: TcpListener) -> Result<Server> {
    let starting = "could not start the server";
    let port = listener.local_addr().context(starting)?.port();
    let state = Arc::new(ServerState {
        hosts: ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")),
        book: Mutex::new(None),
        browser_state: watch::Sender::new(BrowserState::default()),
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
    let app = Router::new().fallback(respond).with_state(Arc::clone(&state));
    let work = move || {
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, app).await
        })
    };
    thread::Builder::new().name("server".to_owned()).spawn(work).context(starting)?;
    Ok(Server { state })
}

impl Server {
    /// Serves `book` from now on, if there is one, and sends the news to open pages.
    pub(super) fn publish(&self, update: Update, book: Option<ServedBook>) {
        if book.is_some() {
            *self.state.book.lock().unwrap_or_else(PoisonError::into_inner) = book.map(Arc::new);
        }
        self.state.browser_state.send_modify(|browser_state| {
            browser_state.version += 1;
            match update.change {
                PageUpdate::Pages => browser_state.pages = browser_state.version,
                PageUpdate::Styles => browser_state.styles = browser_state.version,
                PageUpdate::Problems => {}
            }
            browser_state.problems = update.problems.into();
        });
    }
}

async fn respond(State(state): State<Arc<ServerState>>, request: Request) -> Response<Body> {
    if is_ambiguous(request.headers()) {
        let mut response =
            text_response(StatusCode::BAD_REQUEST, "this request can be understood in two ways");
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        return response;
    }
    if !state.is_addressed_to_server(request.uri(), request.headers()) {
        return text_response(StatusCode::FORBIDDEN, "this server answers its own pages only");
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return text_response(StatusCode::METHOD_NOT_ALLOWED, "this server only reads");
    }
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    match path.strip_prefix(OWN_PREFIX) {
        Some("live.js") => response_with_type(StatusCode::OK, "live.js", SCRIPT.as_bytes().to_vec()),
        Some("live.css") => response_with_type(StatusCode::OK, "live.css", STYLES.as_bytes().to_vec()),
        Some("problems.json") => state.problems_response(),
        Some("news") => state.wait_for_news(request.uri().query().unwrap_or_default()).await,
        Some(_) => text_response(StatusCode::NOT_FOUND, "there is no such file"),
        None => state.page_response(&path).await,
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
    fn is_addressed_to_server(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let text = |value: &HeaderValue| value.to_str().unwrap_or_default().to_owned();
        // Host names are case-insensitive (RFC 9110, section 4.2.3).
        let is_own_host = |host: &str| self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
        let is_own_origin =
            |origin: &HeaderValue| text(origin).strip_prefix("http://").is_some_and(is_own_host);
        headers.get(HOST).map(text).is_some_and(|host| is_own_host(&host))
            && uri.authority().is_none_or(|authority| is_own_host(authority.as_str()))
            && headers.get_all(ORIGIN).iter().all(is_own_origin)
    }

    /// Waits for news after the version that a page knows, and returns them. The response is empty if there are no
    /// news within [`NEWS_TIMEOUT`].
    async fn wait_for_news(&self, query: &str) -> Response<Body> {
        let known: u64 = query.strip_prefix("after=").and_then(|text| text.parse().ok()).unwrap_or(0);
        let mut updates = self.browser_state.subscribe();
        let is_new = updates.wait_for(|browser_state| browser_state.version != known);
        let Ok(Ok(browser_state)) =
            tokio::time::timeout(NEWS_TIMEOUT, is_new).await.map(|new| new.map(|it| it.clone()))
        else {
            return text_response(StatusCode::NO_CONTENT, "");
        };
        let change = if browser_state.pages > known || browser_state.version < known {
            "pages"
        } else if browser_state.styles > known {
            "styles"
        } else {
            "problems"
        };
        let BrowserState { version, problems, .. } = browser_state;
        let text = format!("{{\"version\":{version},\"change\":\"{change}\",\"problems\":{problems}}}");
        response_with_type(StatusCode::OK, "news.json", text.into_bytes())
    }

    /// The current problems, for a page that was just loaded.
    fn problems_response(&self) -> Response<Body> {
        let problems = Arc::clone(&self.browser_state.borrow().problems);
        let problems = if problems.is_empty() { NO_PROBLEMS } else { &problems };
        response_with_type(StatusCode::OK, "problems.json", problems.as_bytes().to_vec())
    }

    async fn page_response(&self, path: &str) -> Response<Body> {
        let (version, problems) = {
            let browser_state = self.browser_state.borrow();
            (browser_state.version, Arc::clone(&browser_state.problems))
        };
        let book = self.book.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(book) = book else {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            return response_with_type(status, "problems.html", problem_page(&problems, version));
        };
        let base = book.base_path();
        let Some(inner) = path.strip_prefix(&base) else {
            return redirect(&base);
        };
        let (status, name, answer) = match render_in_thread(&book, OutputPath::for_page(inner)).await {
            FileResult::Missing => {
                if let Some(there) = find_intended_page(&book, inner).await {
                    return redirect(&format!("{base}{there}"));
                }
                (
                    StatusCode::NOT_FOUND,
                    "404.html",
                    render_in_thread(&book, OutputPath::new("404.html")).await,
                )
            }
            found if inner.is_empty() || inner.ends_with('/') => (StatusCode::OK, "index.html", found),
            found => (StatusCode::OK, inner, found),
        };
        match answer {
            FileResult::Found(bytes) => response_with_type(status, name, insert_script(name, bytes, version)),
            FileResult::Missing => text_response(StatusCode::NOT_FOUND, "there is no such page"),
            FileResult::Broken(problems) => {
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                response_with_type(status, "problems.html", problem_page(&problems, version))
            }
        }
    }
}

/// The address of an existing page to which a wrong path most likely refers: the path lacks the closing slash, or
/// the `.html` of a site whose pages are files.
async fn find_intended_page(book: &Arc<ServedBook>, path: &str) -> Option<String> {
    let page = path.strip_suffix('/').unwrap_or(path);
    for near in [format!("{page}/"), book.address_form().of(&format!("{page}/")).into_owned()] {
        let file = OutputPath::for_page(&near).filter(|_| near != path);
        if let FileResult::Found(_) = render_in_thread(book, file).await {
            return Some(near);
        }
    }
    None
}

/// Makes a file in a blocking thread, so that other requests are answered in the meantime.
async fn render_in_thread(book: &Arc<ServedBook>, path: Option<OutputPath>) -> FileResult {
    let Some(path) = path else { return FileResult::Missing };
    let book = Arc::clone(book);
    let made = tokio::task::spawn_blocking(move || book.render_file(&path)).await;
    made.unwrap_or_else(|panic| {
        FileResult::Broken(failure_report(&anyhow::Error::new(panic).context("could not make this file")))
    })
}

fn script_tag(version: u64) -> String {
    format!("<script src=\"{OWN_PREFIX}live.js\" data-version=\"{version}\"></script>")
}

/// Inserts the script at the end of a page. Leaves all other files unchanged.
fn insert_script(name: &str, mut bytes: Vec<u8>, version: u64) -> Vec<u8> {
    let is_page = name.rsplit_once('.').is_some_and(|(_, end)| end == "html");
    if let Some(end) = body_end(&bytes).filter(|_| is_page) {
        bytes.splice(end..end, script_tag(version).into_bytes());
    }
    bytes
}

/// A page that shows only the problems.
fn problem_page(problems: &str, version: u64) -> Vec<u8> {
    let problems = if problems.is_empty() { NO_PROBLEMS } else { problems };
    let problems = problems.replace('<', "\\u003c");
    let script = script_tag(version);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Problems</title></head>\n\
         <body><script type=\"application/json\" id=\"claimbook_problems\">{problems}</script>{script}</body>\n</html>\n"
    )
    .into_bytes()
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = text_response(StatusCode::FOUND, "");
    let to = percent_encoding::utf8_percent_encode(to, percent_encoding::CONTROLS).to_string();
    // An address that begins with `//` would lead to another host.
    let to = format!("/{}", to.trim_start_matches('/'));
    if let Ok(to) = to.parse() {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

fn text_response(status: StatusCode, text: &'static str) -> Response<Body> {
    response_with_type(status, "text.txt", text.as_bytes().to_vec())
}

/// A response whose content type follows from the extension of a file name. The browser never caches it.
fn response_with_type(status: StatusCode, name: &str, bytes: Vec<u8>) -> Response<Body> {
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
