//! Reports placeholders that the author did not replace: the facts of a file in, problems out. Drafts and
//! proposed claims are not searched, because they are not finished.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Claim, FrontMatter};
use crate::placeholder;

use crate::markdown::checks::lines::{self, Line, LineKind};
use crate::markdown::content_file::ContentFile;

/// Reports the placeholders in a file that is not a draft, and marks the claims that contain them as broken.
pub(in crate::markdown) fn check(
    file: ContentFile<'_>,
    front_matter: &FrontMatter,
    claims: &mut [Claim],
    problems: &mut Vec<Diagnostic>,
) {
    if front_matter.is_draft {
        return;
    }
    lines::visit_front_matter(file.kind, front_matter, &mut |line| {
        problems.extend(placeholder_problem(line));
    });
    for claim in claims.iter_mut().filter(|claim| !claim.is_proposed) {
        let before = problems.len();
        lines::visit_claim(claim, file.source, &mut |line| problems.extend(placeholder_problem(line)));
        claim.is_broken |= problems.len() > before;
    }
}

/// Keys whose values are names of people and organisations.
const KEYS_OF_NAMES: [&str; 7] = ["authors", "author", "publisher", "by", "via", "verdict", "seen"];
/// Keys whose values may contain the word `todo`: subjects, other names and quotations.
const KEYS_THAT_MAY_CONTAIN_TODO: [&str; 3] = ["tags", "aliases", "quote"];

/// Returns the diagnostic for a placeholder in a line.
fn placeholder_problem(line: Line<'_>) -> Option<Diagnostic> {
    let placeholder = match line.kind {
        LineKind::Address => None,
        LineKind::Name if KEYS_OF_NAMES.contains(&line.key) => placeholder::find_in_name(line.text),
        _ if KEYS_THAT_MAY_CONTAIN_TODO.contains(&line.key) => placeholder::find(line.text),
        _ => placeholder::find_in_words(line.text),
    }?;
    let message = format!("`{}` still has the placeholder `{placeholder}`", line.key);
    Some(
        Diagnostic::new(&rules::PLACEHOLDERS, line.span, message)
            .help("replace it; until you can, keep `proposed` in the claim or `draft: true` in the file"),
    )
}
