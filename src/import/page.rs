//! Fetches or opens a page: turns an `http` or `https` address, or a file, into an [`ImportedPage`]. Only that address and
//! those to which it redirects are requested, and a redirect leads only to computers that `network` permits.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use ureq::http::Response;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use crate::web_address;

use super::network::ImportResolver;

/// Format of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageFormat {
    /// HTML or XHTML.
    Html,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

/// A page as it was received.
#[derive(Debug, Clone)]
pub struct ImportedPage {
    /// The bytes of the page.
    pub bytes: Vec<u8>,
    /// Format of the page.
    pub form: PageFormat,
    /// Address of the page after redirects; `None` for a file.
    pub address: Option<Url>,
    /// Charset in the server's header, if there is one.
    pub charset: Option<String>,
    /// Name of the file without its extension; `None` for a fetched page.
    pub stem: Option<String>,
}

/// Limits for reading a page.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Maximum size of the page, in bytes.
    pub bytes: u64,
    /// Maximum number of redirects.
    pub redirects: usize,
    /// Maximum time for one request, until its last byte.
    pub timeout: Duration,
}

impl Default for Limits {
    /// 10 MiB, five redirects, thirty seconds.
    fn default() -> Self {
        Self { bytes: 10 << 20, redirects: 5, timeout: Duration::from_secs(30) }
    }
}

/// Fetches an address, or reads a file.
///
/// # Errors
/// When the file cannot be read or has another extension than a page, when the server does not answer in time, when
/// its answer is not a page, when there are too many bytes or redirects, when a redirect leads into a private
/// network, or when the address is neither `http` nor `https`.
pub fn obtain(what: &str, limits: Limits) -> Result<ImportedPage> {
    if what.contains("://") {
        let address = web_address::parse(what);
        let address = address
            .with_context(|| format!("`{what}` is not an http or https address: nothing was fetched"))?;
        return fetch(address, limits);
    }
    match Url::parse(what) {
        // On Windows, `C:\page.html` is a path, but it also parses as an address with the scheme `c`.
        Ok(address) if !Path::new(what).exists() && address.scheme().len() > 1 => fetch(address, limits),
        _ => read(Path::new(what), limits),
    }
}

fn read(path: &Path, limits: Limits) -> Result<ImportedPage> {
    let reading = || format!("could not read {}", path.display());
    if !fs::metadata(path).with_context(reading)?.is_file() {
        bail!("{} is not a file", path.display());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(reading)?;
    file.take(limits.bytes + 1).read_to_end(&mut bytes).with_context(reading)?;
    within(bytes.len() as u64, limits).with_context(reading)?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let form = match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" => PageFormat::Markdown,
        "txt" | "text" => PageFormat::Text,
        "html" | "htm" | "xhtml" | "xht" => PageFormat::Html,
        _ => bail!("{} is neither .html, .txt nor .md", path.display()),
    };
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Ok(ImportedPage { bytes, form, address: None, charset: None, stem })
}

fn fetch(mut address: Url, limits: Limits) -> Result<ImportedPage> {
    let config = Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(limits.timeout))
        .user_agent(concat!("claimbook/", env!("CARGO_PKG_VERSION")))
        .accept("text/html, application/xhtml+xml, text/plain;q=0.8, text/markdown;q=0.8")
        .proxy(None)
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), ImportResolver::default());
    for _ in 0..=limits.redirects {
        check_address(&address)?;
        address.set_fragment(None);
        let fetching = || format!("could not fetch {address}");
        let mut answer = agent.get(address.as_str()).call().with_context(fetching)?;
        let status = answer.status();
        if status.is_redirection() {
            let location =
                header(&answer, LOCATION.as_str()).with_context(|| format!("{address} redirects nowhere"))?;
            let next = address.join(&location);
            address = next.with_context(|| format!("{address} redirects to `{location}`"))?;
            continue;
        }
        if !status.is_success() {
            return Err(anyhow!("the answer is {status}").context(fetching()));
        }
        let (form, charset) = form_of(&answer).with_context(fetching)?;
        let bytes = body(&mut answer, limits).with_context(fetching)?;
        return Ok(ImportedPage { bytes, form, address: Some(address), charset, stem: None });
    }
    bail!("more than {} redirects, the last to {address}", limits.redirects)
}

fn check_address(address: &Url) -> Result<()> {
    if !matches!(address.scheme(), "http" | "https") || address.host_str().is_none() {
        bail!("`{address}` is not an http or https address: nothing was fetched");
    }
    if !address.username().is_empty() || address.password().is_some() {
        bail!("the address contains a name or password, which would become part of the book: leave it out");
    }
    Ok(())
}

/// Format and charset in the headers of an answer.
fn form_of(answer: &Response<Body>) -> Result<(PageFormat, Option<String>)> {
    if let Some(encoding) =
        header(answer, CONTENT_ENCODING.as_str()).filter(|encoding| encoding != "identity")
    {
        bail!("the answer is compressed (`{encoding}`) although that was not asked for");
    }
    let content_type = header(answer, CONTENT_TYPE.as_str())
        .context("the answer has no `Content-Type` that says which format it has")?;
    let (essence, parameters) = content_type.split_once(';').unwrap_or((&content_type, ""));
    let form = match essence.trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => PageFormat::Html,
        "text/plain" => PageFormat::Text,
        "text/markdown" => PageFormat::Markdown,
        other => bail!("the answer is `{other}`, not a page of HTML or plain text"),
    };
    let charset = parameters.split(';').find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    Ok((form, charset))
}

/// Reads all bytes of an answer. Reads at most one byte more than the limit, so that memory is bounded.
fn body(answer: &mut Response<Body>, limits: Limits) -> Result<Vec<u8>> {
    // An answer that announces no length, or a wrong one, is limited while it is read.
    if let Some(length) = header(answer, CONTENT_LENGTH.as_str()).and_then(|length| length.parse().ok()) {
        within(length, limits)?;
    }
    let mut bytes = Vec::new();
    answer.body_mut().as_reader().take(limits.bytes + 1).read_to_end(&mut bytes)?;
    within(bytes.len() as u64, limits)?;
    Ok(bytes)
}

fn within(bytes: u64, limits: Limits) -> Result<()> {
    if bytes > limits.bytes {
        bail!("it is larger than {} bytes", limits.bytes);
    }
    Ok(())
}

fn header(answer: &Response<Body>, name: &str) -> Option<String> {
    Some(answer.headers().get(name)?.to_str().ok()?.trim().to_owned())
}
