//! Parses the destination of a link into a [`Target`].

use percent_encoding::percent_decode_str;

use crate::document::{Claim, LinkedText, Reference, ReferenceRole, Target, Wording, Words};
use crate::source::Span;

use crate::markdown::WORDING;

/// Returns the target of a link with this destination. `path` is the path of the file that contains the link,
/// relative to the root of the site.
pub fn link_target(destination: &str, path: &str) -> Target {
    let destination = destination.trim();
    if let Some(anchor) = destination.strip_prefix('#') {
        return Target::Anchor(percent_decoded(anchor));
    }
    if destination.starts_with("//") {
        return Target::External(destination.to_owned());
    }
    if destination.starts_with('/') {
        return Target::Site(destination.to_owned());
    }
    match split_scheme(destination) {
        Some((scheme, rest)) => target_with_scheme(&scheme.to_ascii_lowercase(), rest, destination),
        None => relative_target(destination, path),
    }
}

/// Whether a path has the extension of a Markdown file.
pub(in crate::markdown) fn is_markdown_path(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

/// Splits off the scheme of a URL (RFC 3986, section 3.1). Control characters and spaces before the scheme are
/// dropped, as in browsers, so that they cannot hide a scheme.
fn split_scheme(destination: &str) -> Option<(&str, &str)> {
    let destination = destination.trim_start_matches(|character: char| character <= ' ');
    let (scheme, rest) = destination.split_once(':')?;
    let mut characters = scheme.chars().filter(|character| !character.is_control());
    let first = characters.next()?;
    let allowed = |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
    (first.is_ascii_alphabetic() && characters.all(allowed)).then_some((scheme, rest))
}

fn target_with_scheme(scheme: &str, rest: &str, destination: &str) -> Target {
    match scheme {
        "claim" => Target::Claim(percent_decoded(rest)),
        "speaker" => Target::Speaker(percent_decoded(rest)),
        "metric" => Target::Metric(percent_decoded(rest)),
        "source" => Target::Source(percent_decoded(rest)),
        "article" => Target::Article(percent_decoded(rest)),
        "tag" => Target::Tag(percent_decoded(rest)),
        "http" | "https" | "mailto" => Target::External(destination.to_owned()),
        _ => Target::Unsafe(destination.to_owned()),
    }
}

fn relative_target(destination: &str, path: &str) -> Target {
    let (file, anchor) = match destination.split_once('#') {
        Some((file, anchor)) => (file, Some(percent_decoded(anchor))),
        None => (destination, None),
    };
    if !is_markdown_path(file) {
        return Target::External(destination.to_owned());
    }
    Target::File { path: resolve_path(path, &percent_decoded(file)), anchor }
}

/// Resolves a path relative to the folder of the file `from`. The result is `None` if the path leads out of the
/// site.
fn resolve_path(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Returns the links in the facts of a claim. They are checked like all links, but are shown with their fact
/// only.
pub(in crate::markdown) fn fact_references(claim: &Claim, path: &str) -> Vec<Reference> {
    let link = |destination: &str, text: &str, span: Span| Reference {
        target: link_target(destination, path),
        role: ReferenceRole::Fact,
        span,
        words: Wording::new(Words::new("", text, "")),
    };
    let evidence = claim.evidence.read(WORDING).iter();
    let evidence = evidence.map(|evidence| link(&evidence.destination, &evidence.text, evidence.span));
    let rich = claim.rich_facts(WORDING).flat_map(LinkedText::links);
    let rich = rich.map(|(destination, text, span)| link(destination, text, span));
    evidence.chain(rich).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_have_one_meaning() {
        let check = |destination: &str, target: Target| {
            assert_eq!(link_target(destination, "content/articles/a.md"), target, "{destination}");
        };
        check("claim:a-b", Target::Claim("a-b".into()));
        check("Tag:x", Target::Tag("x".into()));
        check("#top", Target::Anchor("top".into()));
        check("/img/a.png", Target::Site("/img/a.png".into()));
        check("https://example.org/a:b", Target::External("https://example.org/a:b".into()));
        check("chart.png", Target::External("chart.png".into()));
        let file = |path: Option<&str>, anchor: Option<&str>| Target::File {
            path: path.map(str::to_owned),
            anchor: anchor.map(str::to_owned),
        };
        check("../pages/about.md#how", file(Some("content/pages/about.md"), Some("how")));
        check("b%20c.md", file(Some("content/articles/b c.md"), None));
        check("../../../x.md", file(None, None));
        for unsafe_link in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " \u{1}javascript:x",
            "data:text/html,x",
            "file:///etc/passwd",
        ] {
            check(unsafe_link, Target::Unsafe(unsafe_link.trim().into()));
        }
    }
}
