//! Finds the links in the text of a site's templates, so that they can be checked: the text of a template in, the
//! addresses that are known without rendering out (`/about/`, `{{ site.base }}/about/` and `{{ "about/" | address
//! }}`). Addresses that a template computes are not found.

use std::ops::Range;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, rules};
use crate::source::{Sources, Span};

/// A link in a template.
struct TemplateLink<'a> {
    /// Byte range of the attribute's value.
    place: Range<usize>,
    value: &'a str,
    /// Path below the base path of the site, or `None` if the value does not begin with that base path.
    path: Option<&'a str>,
}

/// Returns a diagnostic for each link in the site's templates that leads to no page and no file. `is_there`
/// reports whether a path of the site exists.
pub fn broken(sources: &Sources, config: &Config, is_there: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let is_template = |path: &str| path.starts_with("templates/") && !path.starts_with("templates/assets/");
    for (file, source) in sources.iter().filter(|(_, source)| is_template(source.path())) {
        for TemplateLink { place, value, path } in links(source.text(), config.base_url.path()) {
            let (message, help) = match path {
                Some(path) if is_there(path) => continue,
                Some(_) => (
                    format!("nothing is at `{value}`"),
                    "link to a page by its address with the closing `/`, or to a file in `static/`",
                ),
                None => (format!("`{value}` leads out of the site"), "put `{{ site.base }}` before the path"),
            };
            problems.push(Diagnostic::new(&rules::UNKNOWN_LINKS, Span::new(file, place), message).help(help));
        }
    }
    problems
}

fn links<'a>(text: &'a str, base: &'a str) -> impl Iterator<Item = TemplateLink<'a>> {
    let starts = ["href=\"", "src=\""]
        .into_iter()
        .flat_map(move |name| text.match_indices(name).map(move |(at, _)| at + name.len()));
    starts.filter_map(move |start| {
        let rest = text.get(start..)?;
        let value = rest.get(..end_of_value(rest)?)?;
        let is_comment = text.get(..start).is_some_and(is_in_comment);
        let path = path_of(value, base).filter(|_| !is_comment)?;
        Some(TemplateLink { place: start..start + value.len(), value, path: path.ok() })
    })
}

/// Returns the path that a value leads to. Returns `None` if the template computes the path or if the value is
/// not a path of a site, and an error if the path is outside of the base path of this site.
fn path_of<'a>(value: &'a str, base: &str) -> Option<Result<&'a str, ()>> {
    let is_known = |path: &str| !path.contains(['{', '}']);
    if let Some(inside) = value.strip_prefix("{{").and_then(|value| value.strip_suffix("}}")) {
        let (path, filter) = inside.trim_matches(['-', ' ']).split_once('|')?;
        let path = path.trim().strip_prefix('"')?.strip_suffix('"')?;
        return (filter.trim() == "address" && is_known(path)).then_some(Ok(path));
    }
    if let Some(rest) = value.strip_prefix("{{") {
        let (name, path) = rest.split_once("}}")?;
        return (name.trim() == "site.base" && is_known(path) && path.starts_with('/')).then_some(Ok(path));
    }
    if !value.starts_with('/') || value.starts_with("//") || !is_known(value) {
        return None;
    }
    Some(value.strip_prefix(base).filter(|path| path.starts_with('/')).ok_or(()))
}

/// Returns where the value of an attribute ends: at the first quotation mark that is not inside an expression.
fn end_of_value(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '"' if depth == 0 => return Some(at),
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// Whether a text ends inside a comment of the template language or of HTML.
fn is_in_comment(before: &str) -> bool {
    let is_open = |open: &str, close: &str| {
        before.rfind(open).is_some_and(|start| !before.get(start..).is_some_and(|rest| rest.contains(close)))
    };
    is_open("{#", "#}") || is_open("<!--", "-->")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_where_nothing_computes_them() {
        let check = |text: &str, base: &str, expected: &[Option<&str>]| {
            let found: Vec<Option<&str>> = links(text, base).map(|link| link.path).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("<a href=\"/about/\">", "", &[Some("/about/")]);
        check("<a href=\"/book/about/\">", "/book", &[Some("/about/")]);
        check("<a href=\"/about/\">", "/book", &[None]);
        check("<a href=\"/bookshop/\">", "/book", &[None]);
        check("<a href=\"{{ site.base }}/about/#us\">", "/book", &[Some("/about/#us")]);
        check("<img src=\"{{site.base}}/a.png\">", "", &[Some("/a.png")]);
        check("<a href=\"{{ \"claims/\" | address }}\">", "", &[Some("claims/")]);
        for computed in [
            "<a href=\"{{ page.url }}\">",
            "<a href=\"{{ site.base }}/{{ path }}\">",
            "<a href=\"/claims/{{ id }}/\">",
            "<a href=\"https://example.org/\">",
            "<a href=\"//example.org/\">",
            "<a href=\"#top\">",
            "{# <a href=\"/gone/\"> #}",
            "<!-- <a href=\"/gone/\"> -->",
        ] {
            check(computed, "", &[]);
        }
    }
}
