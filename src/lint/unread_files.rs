//! Reports files in `content/` and `templates/` that are not read because of their type.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};

use super::Context;

/// Name, default level and documentation of the lint `unread-files`.
pub(super) const RULE: Rule = Rule {
    name: "unread-files",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a file in `content/` or `templates/` is not read",
    explanation: "In `content/` only Markdown files are read, whose names end in `.md`, and in `templates/` only `.html`, `.css`, \
`.js` and `.svg`. Everything else there is neither shown nor copied. Pictures and files that readers should get belong \
in `static/`, saved sources in `snapshots/`; copies that an editor left behind are deleted. Hidden files, whose names begin with a dot, are left alone.

    ![The chart](/chart.png)",
};

const TEXT_EXTENSIONS: [&str; 5] = ["txt", "text", "rst", "org", "adoc"];

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for path in context.sources.unread() {
        let name = path.rsplit('/').next().unwrap_or(path);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let is_text = TEXT_EXTENSIONS.contains(&extension) || extension.is_empty();
        let help = if is_backup(name) {
            "delete it, since it looks like a copy that an editor left behind".to_owned()
        } else if path.starts_with("templates/") && (is_text || extension == "md") {
            "move it out of `templates/`, or delete it".to_owned()
        } else if path.starts_with("templates/") {
            "move it to `static/`, from where every file is copied".to_owned()
        } else if is_text {
            let stem = stem.strip_suffix(".md").unwrap_or(stem);
            format!("if it is Markdown, rename it to `{stem}.md`, else move it out of `content/`")
        } else {
            format!("move it to `static/`, from where `/{name}` leads to it")
        };
        problems.push(Diagnostic::for_path(&RULE, path.as_str(), "this file is not read").help(help));
    }
}

/// Whether a file name has the form of a backup copy of an editor or another tool.
fn is_backup(name: &str) -> bool {
    const BACKUP_SUFFIXES: [&str; 6] = [".bak", ".backup", ".orig", ".rej", ".tmp", ".swp"];
    let lower = name.to_ascii_lowercase();
    name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || BACKUP_SUFFIXES.iter().any(|end| lower.ends_with(end))
}

// These files have no texts, so that no `allow` can be written in them, and only loading a folder finds them. What it
// finds is shown by `tests/sites/lint-unread-files`.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::Example;
    use crate::lint::tests::{check_example, check_off};

    fn example(unread: &[&str]) -> Example {
        let mut example = Example::new(&[("content/articles/a.md", "---\ntitle: A\n---\n")]);
        example.sources = example.sources.with_unread(unread.iter().map(|&path| path.to_owned()).collect());
        example
    }

    #[test]
    fn files_that_are_not_read_are_reported() {
        let message = "this file is not read";
        let paths = ["content/articles/chart.png", "templates/readme.md"];
        check_example(&RULE, example(&paths), &[(message, paths[0]), (message, paths[1])]);
        check_example(&RULE, example(&[]), &[]);
        check_off(&RULE, example(&paths));
    }

    #[test]
    fn the_help_fits_the_name_of_the_file() {
        for (path, expected) in [
            ("content/a.md~", "delete it, since it looks like a copy that an editor left behind"),
            ("content/#a.md#", "delete it, since it looks like a copy that an editor left behind"),
            ("content/a.md.BAK", "delete it, since it looks like a copy that an editor left behind"),
            ("content/README", "if it is Markdown, rename it to `README.md`, else move it out of `content/`"),
            (
                "content/notes.md.txt",
                "if it is Markdown, rename it to `notes.md`, else move it out of `content/`",
            ),
            ("content/a/chart.png", "move it to `static/`, from where `/chart.png` leads to it"),
            ("templates/readme.md", "move it out of `templates/`, or delete it"),
            ("templates/own.woff2", "move it to `static/`, from where every file is copied"),
        ] {
            let example = example(&[path]);
            let mut problems = Vec::new();
            check(&example.context(), &mut problems);
            assert_eq!(problems[0].help, [expected], "{path}");
        }
    }
}
