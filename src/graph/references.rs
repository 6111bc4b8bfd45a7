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
    let mut reporter = UnknownNameReporter::new(book);
    let mut problems: Vec<Diagnostic> = check_names(book).chain(confusable_names::check(book)).collect();
    for document in &book.documents {
        for reference in &document.references {
            problems.extend(check_reference(book, &mut reporter, &document.path, reference));
        }
    }
    problems
}

/// Checks one link. `path` is the path of the file that contains it.
fn check_reference<'a>(
    book: &'a Book,
    reporter: &mut UnknownNameReporter<'a>,
    path: &str,
    reference: &Reference,
) -> Option<Diagnostic> {
    let span = reference.span;
    let is_image = reference.role == ReferenceRole::Image;
    let mut check_entity = |kind: EntityKind, id: &str| match book.entities(kind).find(id) {
        Some(_) => None,
        None => reporter.unknown_entity(kind, id, span),
    };
    if let Some(scheme) = scheme_without_id(&reference.target) {
        let rule = if scheme == "claim" { &rules::UNKNOWN_CLAIMS } else { &rules::UNKNOWN_LINKS };
        let problem = Diagnostic::new(rule, span, format!("this link names no {scheme}"));
        return Some(problem.help(format!("write the id after `{scheme}:`")));
    }
    match &reference.target {
        _ if is_image => check_image(reference),
        Target::Claim(id) => match book.find_claim(id) {
            Some(_) => None,
            None => reporter.unknown_claim(path, span, id),
        },
        Target::Speaker(id) => check_entity(EntityKind::Speaker, id),
        Target::Metric(id) => check_entity(EntityKind::Metric, id),
        Target::Source(id) => check_entity(EntityKind::Source, id),
        Target::Tag(id) => check_entity(EntityKind::Tag, id),
        Target::Article(id) => book.find(DocumentKind::Article, id).is_none().then(|| {
            let ids = book.articles().iter().map(|&article| book.document(article).id.as_str());
            reporter.unknown_name(&rules::UNKNOWN_LINKS, span, ("write-up", id), ids)
        }),
        Target::File { path, .. } => check_file_link(book, reporter, path.as_deref(), span),
        Target::Unsafe(destination) => Some(
            Diagnostic::new(
                &rules::UNSAFE_LINKS,
                span,
                format!("a link to `{}` is not safe", shortened(destination)),
            )
            .help("link to an `http`, `https` or `mailto` address, or to a place in the site; in raw HTML, links to claims and files of the book do not work: write them in Markdown"),
        ),
        Target::External(destination) => check_external_link(destination, span),
        Target::Site(_) | Target::Anchor(_) => None,
    }
}

/// Returns the scheme of a link that has no id after its scheme, such as `claim:`.
fn scheme_without_id(target: &Target) -> Option<&'static str> {
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

fn check_file_link(
    book: &Book,
    reporter: &mut UnknownNameReporter<'_>,
    path: Option<&str>,
    span: Span,
) -> Option<Diagnostic> {
    let Some(path) = path else {
        let problem = Diagnostic::new(&rules::UNKNOWN_LINKS, span, "this link leads out of the site");
        return Some(problem.help("link to a file below `content/`, or to a full address"));
    };
    book.find_file(path).is_none().then(|| {
        let paths = book.documents.iter().map(|document| document.path.as_str());
        let similar_paths = paths
            .filter(|known| name::nearest(stem(path), [stem(known)]).is_some() || stem(path) == stem(known));
        reporter.unknown_name(&rules::UNKNOWN_LINKS, span, ("file", path), similar_paths)
    })
}

fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md")
}

/// Reports a picture that is not a file of the site. A picture on another server would show that server who reads
/// the page.
fn check_image(reference: &Reference) -> Option<Diagnostic> {
    (!matches!(reference.target, Target::Site(_))).then(|| {
        Diagnostic::new(&rules::UNSAFE_LINKS, reference.span, "a picture must come from the site itself")
            .help("put the file into `static/` and write `![description](/name.png)`")
    })
}

/// Reports an external link that is not a full and valid `http`, `https` or `mailto` address. Relative addresses
/// break because the page of a file has another path than the file; other schemes may be misspelt.
fn check_external_link(destination: &str, span: Span) -> Option<Diagnostic> {
    let lower_case = destination.to_ascii_lowercase();
    let web_address = match destination.strip_prefix("//") {
        Some(rest) => Some(format!("https://{rest}")),
        None => {
            ["http:", "https:"].iter().any(|web| lower_case.starts_with(web)).then(|| destination.to_owned())
        }
    };
    if web_address.is_some_and(|address| !is_web_address(&address)) {
        let message = format!("`{}` is not a valid address", shortened(destination));
        let help = "write the full address, such as `https://example.org/report`, with `%20` for spaces";
        return Some(Diagnostic::new(&rules::UNSAFE_LINKS, span, message).help(help));
    }
    let mail_address =
        lower_case.starts_with("mailto:").then(|| destination.get("mailto:".len()..).unwrap_or_default());
    if mail_address.is_some_and(|mail| !is_mail_link(mail)) {
        let message = format!("`{}` is not a link to a mail address", shortened(destination));
        let help =
            "write the address and, if needed, encoded fields: `mailto:help@example.org?subject=A%20word`";
        return Some(Diagnostic::new(&rules::UNSAFE_LINKS, span, message).help(help));
    }
    let is_full = ["http:", "https:", "mailto:", "//"].iter().any(|full| lower_case.starts_with(full));
    (!is_full).then(|| {
        Diagnostic::new(
            &rules::UNKNOWN_LINKS,
            span,
            format!("`{}` is neither a file of the book nor a full address", shortened(destination)),
        )
        .help("link to a `.md` file, to `/path` for a page or a file in `static/`, or to a full address")
    })
}

/// Returns the first 40 characters of a link target, because a `data:` address can be very long.
fn shortened(destination: &str) -> String {
    let start: String = destination.chars().take(40).collect();
    if start.len() < destination.len() { format!("{start}…") } else { start }
}
