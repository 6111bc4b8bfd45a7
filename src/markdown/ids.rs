//! Reports mistakes in ids, and in names from which ids are derived, each at its place in the file.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::DocumentKind;
use crate::name;
use crate::source::Spanned;
use crate::web_address::looks_like_address;

/// Returns the problem of a file name that cannot be used as an id or an address.
pub(in crate::markdown) fn bad_file_name_problem(
    path: &str,
    id: &str,
    kind: DocumentKind,
) -> Option<Diagnostic> {
    let problem = |message: String| Diagnostic::for_path(&rules::INVALID_IDS, path, message);
    if let Some(part) = id.split('/').find(|part| name::is_reserved_on_windows(part)) {
        let message = format!("Windows reserves the name `{part}`, which cannot be part of an address");
        return Some(
            problem(message).help(format!("give the file or its folder another name, such as `{part}-1`")),
        );
    }
    match kind {
        DocumentKind::Home => None,
        DocumentKind::Page if name::is_in_reserved_folder(id) => Some(
            problem(format!(
                "the address `/{id}/` would be in a folder that claimbook needs for its own files"
            ))
            .help("give the file or its folder another name"),
        ),
        DocumentKind::Article | DocumentKind::Page => id.split('/').any(str::is_empty).then(|| {
            problem("no address can be made from the name of this file".to_owned())
                .help("give the file a name with letters or digits")
        }),
        _ if name::is_id(id) => None,
        _ => {
            let made = name::id_of(id);
            Some(problem(format!("the name of this file, `{id}`, is not an id")).help(if made.is_empty() {
                "name the file with 1 to 80 characters of `a-z`, `0-9` and `-`".to_owned()
            } else {
                format!("rename the file to `{made}.md`")
            }))
        }
    }
}

/// Reports an id that is not valid or cannot be used as a file name. Returns whether the id is valid.
pub(in crate::markdown) fn check_id(id: &Spanned<String>, problems: &mut Vec<Diagnostic>) -> bool {
    if name::is_reserved_on_windows(&id.value) && name::is_id(&id.value) {
        let message = format!("Windows reserves the name `{}`, which cannot be an id", id.value);
        let problem = Diagnostic::new(&rules::INVALID_IDS, id.span, message);
        problems.push(problem.help(format!("choose another id, such as `{}-1`", id.value)));
        return false;
    }
    if name::is_id(&id.value) {
        return true;
    }
    let made = name::id_of(&id.value);
    let help = if made.is_empty() {
        "use 1 to 80 characters of `a-z`, `0-9` and `-`".to_owned()
    } else {
        format!("write `{made}`")
    };
    problems.push(
        Diagnostic::new(&rules::INVALID_IDS, id.span, format!("`{}` is not an id", id.value)).help(help),
    );
    false
}

/// Creates the diagnostic for a name from which no id can be derived.
pub(in crate::markdown) fn name_without_id_problem(name: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(&rules::INVALID_IDS, name.span, format!("`{}` is not a name", name.value))
        .help("a name has at least one letter or digit")
}

/// Returns the problem of a value of `key` that cannot be a name.
pub(in crate::markdown) fn bad_name_problem(key: &str, name: &Spanned<String>) -> Option<Diagnostic> {
    if looks_like_address(&name.value) {
        let message = format!("`{key}` takes a name, not an address");
        let problem = Diagnostic::new(&rules::BAD_VALUES, name.span, message);
        return Some(problem.help("write the name alone; the address of what was said belongs to `source`"));
    }
    name::id_of(&name.value).is_empty().then(|| name_without_id_problem(name))
}
