//! Reports links whose target is not in the book, and links that are not safe. Links to addresses of the site
//! (`/path`) are not checked here but against the output of the build.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{DocumentKind, Reference, ReferenceRole, Target};
use crate::name;
use crate::source::Span;
use crate::web_address::{is_mail_link, is_web_address};

use super::confusable_names;
use super::names::check_names;
use super::unknown::UnknownNameReporter;
use super::{Book, EntityKind};

/// Returns a diagnostic for each link whose target does not exist or is not safe, and for each pair of names that
/// readers cannot distinguish.
pub fn check_references(book: &Book) -> Vec<Diagnostic> {
    let mut unknown = UnknownNameReporter::new(book);
    let mut problems: Vec<Diagnostic> = check_names(book).chain(confusable_names::check(book)).collect();
    for document in &book.documents {
        for reference in &document.references {
            problems.extend(check(book, &mut unknown, &document.path, reference));
        }
    }
    problems
}

/// Checks one link. `path` is the path of the file that contains it.
fn check<'a>(
    book: &'a Book,
    unknown: &mut UnknownNameReporter<'a>,
    path: &str,
    reference: &Reference,
) -> Option<Diagnostic> {
    let span = reference.span;
    let is_picture = reference.role == ReferenceRole::Image;
    let mut entity = |kind: EntityKind, id: &str| match book.entities(kind).find(id) {
        Some(_) => None,
        None => unknown.entity(kind, id, span),
    };
    if let Some(scheme) = without_name(&reference.target) {
        let rule = if scheme == "claim" { &rules::UNKNOWN_CLAIMS } else { &rules::UNKNOWN_LINKS };
        let problem = Diagnostic::new(rule, span, format!("this link names no {scheme}"));
        return Some(problem.help(format!("write the id after `{scheme}:`")));
    }
    match &reference.target {
        _ if is_picture => picture(reference),
        Target::Claim(id) => match book.find_claim(id) {
            Some(_) => None,
            None => unknown.claim(path, span, id),
        },
        Target::Speaker(id) => entity(EntityKind::Speaker, id),
        Target::Metric(id) => entity(EntityKind::Metric, id),
        Target::Source(id) => entity(EntityKind::Source, id),
        Target::Tag(id) => entity(EntityKind::Tag, id),
        Target::Article(id) => book.find(DocumentKind::Article, id).is_none().then(|| {
            let ids = book.articles().iter().map(|&article| book.document(article).id.as_str());
            unknown.name(&rules::UNKNOWN_LINKS, span, ("write-up", id), ids)
        }),
        Target::File { path, .. } => file(book, unknown, path.as_deref(), span),
        Target::Unsafe(destination) => Some(
            Diagnostic::new(
                &rules::UNSAFE_LINKS,
                span,
                format!("a link to `{}` is not safe", short(destination)),
            )
            .help("link to an `http`, `https` or `mailto` address, or to a place in the site; in raw HTML, links to claims and files of the book do not work: write them in Markdown"),
        ),
        Target::External(destination) => external(destination, span),
        Target::Site(_) | Target::Anchor(_) => None,
    }
}

/// Returns the scheme of a link that has no id after its scheme, such as `claim:`.
fn without_name(target: &Target) -> Option<&'static str> {
    let (scheme, id) = match target {
        Target::Claim(id) => ("claim", id),
        Target::Speaker(id) => ("speaker", id),
        Target::Metric(id) => ("metric", id),
        Target::Source(id) => ("source", id),
        Target::Article(id) => ("article", id),
        Target::Tag(id) => ("tag", id),
        _ => return None,
    };
    name::is_blank(id).then_some(scheme)
}

fn file(
    book: &Book,
    unknown: &mut UnknownNameReporter<'_>,
    path: Option<&str>,
    span: Span,
) -> Option<Diagnostic> {
    let Some(path) = path else {
        let problem = Diagnostic::new(&rules::UNKNOWN_LINKS, span, "this link leads out of the site");
        return Some(problem.help("link to a file below `content/`, or to a full address"));
    };
    book.find_file(path).is_none().then(|| {
        let paths = book.documents.iter().map(|document| document.path.as_str());
        let near = paths
            .filter(|known| name::nearest(stem(path), [stem(known)]).is_some() || stem(path) == stem(known));
        unknown.name(&rules::UNKNOWN_LINKS, span, ("file", path), near)
    })
}

fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md")
}

/// Reports a picture that is not a file of the site. A picture on another server would show that server who reads
/// the page.
fn picture(reference: &Reference) -> Option<Diagnostic> {
    (!matches!(reference.target, Target::Site(_))).then(|| {
        Diagnostic::new(&rules::UNSAFE_LINKS, reference.span, "a picture must come from the site itself")
            .help("put the file into `static/` and write `![description](/name.png)`")
    })
}

/// Reports an external link that is not a full and valid `http`, `https` or `mailto` address. Relative addresses
/// break because the page of a file has another path than the file; other schemes may be misspelt.
fn external(destination: &str, span: Span) -> Option<Diagnostic> {
    let start = destination.to_ascii_lowercase();
    let of_web = match destination.strip_prefix("//") {
        Some(rest) => Some(format!("https://{rest}")),
        None => ["http:", "https:"].iter().any(|web| start.starts_with(web)).then(|| destination.to_owned()),
    };
    if of_web.is_some_and(|address| !is_web_address(&address)) {
        let message = format!("`{}` is not a valid address", short(destination));
        let help = "write the full address, such as `https://example.org/report`, with `%20` for spaces";
        return Some(Diagnostic::new(&rules::UNSAFE_LINKS, span, message).help(help));
    }
    let mail = start.starts_with("mailto:").then(|| destination.get("mailto:".len()..).unwrap_or_default());
    if mail.is_some_and(|mail| !is_mail_link(mail)) {
        let message = format!("`{}` is not a link to a mail address", short(destination));
        let help =
            "write the address and, if needed, encoded fields: `mailto:help@example.org?subject=A%20word`";
        return Some(Diagnostic::new(&rules::UNSAFE_LINKS, span, message).help(help));
    }
    let is_full = ["http:", "https:", "mailto:", "//"].iter().any(|full| start.starts_with(full));
    (!is_full).then(|| {
        Diagnostic::new(
            &rules::UNKNOWN_LINKS,
            span,
            format!("`{}` is neither a file of the book nor a full address", short(destination)),
        )
        .help("link to a `.md` file, to `/path` for a page or a file in `static/`, or to a full address")
    })
}

/// Returns the first 40 characters of a link target, because a `data:` address can be very long.
fn short(destination: &str) -> String {
    let start: String = destination.chars().take(40).collect();
    if start.len() < destination.len() { format!("{start}…") } else { start }
}
