//! Reports links whose target is not in the book, and links that are not safe. Links to addresses of the site
//! (`/path`) are not checked here but against the output of the build.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{DocumentKind, Reference, ReferenceRole, SourceReference, Target, WordingAccess};
use crate::name;
use crate::source::{Span, Spanned};
use crate::web_address::{is_mail_link, is_web_address};

use super::confusable_names;
use super::names::check_names;
use super::unknown::UnknownNameReporter;
use super::{Book, EntityKind, LeftOut};

/// Returns a diagnostic for each link, relation and source whose target does not exist or is not safe, and for each
/// pair of names that readers cannot distinguish. Messages name targets that exist but are left out.
pub fn check_references(book: &Book, left_out: &LeftOut, access: WordingAccess) -> Vec<Diagnostic> {
    let new_reporter = || UnknownNameReporter::new(book, left_out, access);
    let mut problems: Vec<Diagnostic> = check_names(book).chain(confusable_names::check(book)).collect();
    problems.extend(unknown_sources(book, new_reporter()));
    problems.extend(unknown_relations(book, new_reporter()));
    let mut reporter = new_reporter();
    for document in &book.documents {
        for reference in &document.references {
            problems.extend(check_reference(book, &mut reporter, &document.path, reference));
        }
    }
    problems
}

/// Reports claims and write-ups that name an unknown source.
fn unknown_sources(book: &Book, mut reporter: UnknownNameReporter<'_>) -> Vec<Diagnostic> {
    let by_documents = book.documents.iter().filter_map(|document| document.front_matter.source.as_ref());
    let by_claims = book.all_claims().filter_map(|claim| book.claim(claim).source.as_deref());
    let report = |reference: &Spanned<SourceReference>| match &reference.value {
        SourceReference::Id(id) if book.sources().find(id).is_none() => {
            reporter.unknown_source(id, reference.span)
        }
        _ => None,
    };
    by_documents.chain(by_claims).filter_map(report).collect()
}

/// Reports relations to unknown claims.
fn unknown_relations(book: &Book, mut reporter: UnknownNameReporter<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for index in book.all_claims() {
        let path = &book.document(book.node(index).document).path;
        for Spanned { value: id, span } in book.claim(index).relations.iter().map(|relation| &relation.target)
        {
            if book.find_claim(id).is_none() {
                problems.extend(reporter.unknown_claim(path, *span, id));
            }
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
    book.find_file(path).is_none().then(|| reporter.unknown_file(path, span))
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

#[cfg(test)]
mod tests {
    use crate::graph::example::{article, check_problems, claim};

    /// Asserts the problem of a link with this destination: its message and its help.
    #[track_caller]
    fn check_link(destination: &str, problem: Option<(&str, &str)>) {
        let link = format!("[words](<{destination}>)");
        let body = article(&(link.clone() + "\n\n" + &claim("pace", "by:: Jane Doe\ntags:: coding")));
        let expected: Vec<(&str, &str, &str)> =
            problem.into_iter().map(|(message, help)| (message, link.as_str(), help)).collect();
        check_problems(&[("content/articles/a.md", &body)], &expected);
    }

    #[test]
    fn links_within_the_book_name_something() {
        for known in ["claim:pace", "speaker:jane-doe", "tag:coding", "article:a", "a.md", "#words", "/page/"]
        {
            check_link(known, None);
        }
        let check = |destination, message, help| check_link(destination, Some((message, help)));
        check("claim:pase", "unknown claim `pase`", "did you mean `pace`?");
        check("speaker:jane-deo", "unknown speaker `jane-deo`", "did you mean `jane-doe`?");
        check("metric:speed", "unknown metric `speed`", "link to a metric that exists, or add this one");
        check("source:report", "unknown source `report`", "link to a source that exists, or add this one");
        check("tag:codign", "unknown tag `codign`", "did you mean `coding`?");
        check("article:b", "unknown write-up `b`", "link to a write-up that exists, or add this one");
        check("../a.md", "unknown file `content/a.md`", "did you mean `content/articles/a.md`?");
        check(
            "../../../b.md",
            "this link leads out of the site",
            "link to a file below `content/`, or to a full address",
        );
        for scheme in ["claim", "speaker", "metric", "source", "article", "tag"] {
            let (message, help) =
                (format!("this link names no {scheme}"), format!("write the id after `{scheme}:`"));
            check_link(&format!("{scheme}:"), Some((&message, &help)));
        }
    }

    #[test]
    fn links_out_of_the_book_are_safe_and_complete() {
        for good in
            ["https://example.org/", "http://example.org/a%20b", "//example.org/", "mailto:a@example.org"]
        {
            check_link(good, None);
        }
        let address = "write the full address, such as `https://example.org/report`, with `%20` for spaces";
        let check = |destination, message, help| check_link(destination, Some((message, help)));
        check("https:///", "`https:///` is not a valid address", address);
        check("//", "`//` is not a valid address", address);
        check(
            "mailto:nobody",
            "`mailto:nobody` is not a link to a mail address",
            "write the address and, if needed, encoded fields: `mailto:help@example.org?subject=A%20word`",
        );
        check(
            "report.html",
            "`report.html` is neither a file of the book nor a full address",
            "link to a `.md` file, to `/path` for a page or a file in `static/`, or to a full address",
        );
        let help = "link to an `http`, `https` or `mailto` address, or to a place in the site; in raw HTML, links to \
                    claims and files of the book do not work: write them in Markdown";
        check("javascript:go()", "a link to `javascript:go()` is not safe", help);
        let long = format!("data:{}", "é".repeat(50));
        let message = format!("a link to `data:{}…` is not safe", "é".repeat(35));
        check_link(&long, Some((&message, help)));
    }

    #[test]
    fn pictures_come_from_the_site() {
        let body = article("![a](/a.png) ![b](https://example.org/b.png) ![c](claim:pace)");
        let help = "put the file into `static/` and write `![description](/name.png)`";
        let away = "a picture must come from the site itself";
        check_problems(
            &[("content/articles/a.md", &body)],
            &[
                (away, "![b](https://example.org/b.png)", help),
                ("unknown claim `pace`", "![c](claim:pace)", "link to a claim that exists, or add this one"),
            ],
        );
    }
}
