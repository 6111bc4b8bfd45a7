//! Plans redirect pages at the former addresses of pages and the former ids of claims. A former address of a page
//! keeps its own form, whichever form the site uses for addresses now.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::DocumentKind;
use crate::name;
use crate::output::OutputPath;
use crate::page::Site;
use crate::source::Spanned;

use super::collect::Plan;

impl Plan<'_> {
    pub(super) fn redirects(&mut self) {
        let book = self.site.book;
        for (index, document) in book.documents() {
            if document.kind == DocumentKind::Speaker {
                continue;
            }
            let target = self.site.path_of(index);
            for alias in &document.front_matter.aliases {
                match former_address(alias) {
                    Ok(path) => {
                        let title = move |site: Site<'_>| site.title(index).to_owned();
                        self.redirect(&path, Some(alias.span), target.clone(), title);
                    }
                    Err(problem) => self.problems.push(*problem),
                }
            }
        }
        for index in book.all_claims() {
            let claim = book.claim(index);
            // An alias that is the id of another claim was already reported as an error.
            for alias in claim.aliases.iter().filter(|alias| book.find_claim(&alias.value) == Some(index)) {
                let path = format!("claims/{}/", alias.value);
                let title =
                    move |site: Site<'_>| site.book.claim(index).statement.value.read(site.access).clone();
                self.redirect(&path, Some(alias.span), self.site.claim_path(index), title);
            }
        }
    }
}

/// Returns the path of the file at a former address.
///
/// # Errors
/// Returns a diagnostic if the text is not an address of this site, if it is in a folder that claimbook needs for
/// its own files, or if hosts or version control may read a part of it: a part that begins with a dot or an
/// underscore, or `CNAME`.
fn former_address(alias: &Spanned<String>) -> Result<String, Box<Diagnostic>> {
    // Only one slash is removed. Two slashes would begin an address on another host, such as `//example.org/x`,
    // and are refused below.
    let trimmed = alias.value.strip_prefix('/').unwrap_or(&alias.value).trim_end_matches('/');
    let path = if trimmed.rsplit_once('.').is_some_and(|(_, end)| end == "html") {
        trimmed.to_owned()
    } else {
        format!("{trimmed}/index.html")
    };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    let is_for_hosts = |part: &str| part.starts_with(['.', '_']) || part.eq_ignore_ascii_case("cname");
    let problem = |message: String| {
        let problem = Diagnostic::new(&rules::BAD_VALUES, alias.span, message);
        Err(Box::new(problem.help("write a path such as `2025/old-name/`")))
    };
    if trimmed.is_empty() || !trimmed.bytes().all(is_plain) || OutputPath::new(path.as_str()).is_none() {
        return problem(format!("`{}` is not an address of this site", alias.value));
    }
    if name::is_in_reserved_folder(trimmed) {
        return problem(format!("`{}` is in a folder that claimbook needs for its own files", alias.value));
    }
    if let Some(part) = trimmed.split('/').find(|part| is_for_hosts(part)) {
        return problem(format!(
            "`{part}` cannot be part of an address: hosts or version control may read it"
        ));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, article, claim};

    #[test]
    fn a_former_address_leads_to_the_new_one() {
        let example = Example::new(&[
            ("content/articles/new.md", "---\ntitle: New\naliases: [2025/old]\n---\n\nText.\n"),
            ("content/articles/a.md", &article(&claim("one", "aliases:: uno"))),
        ]);
        let site = example.render();
        site.page("2025/old/index.html").contains("content=\"0; url=/articles/new/\"");
        site.page("claims/uno/index.html")
            .contains("<link rel=\"canonical\" href=\"https://example.org/claims/one/\">");
    }
}
