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

const TEXTS: [&str; 5] = ["txt", "text", "rst", "org", "adoc"];

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    for path in context.sources.unread() {
        let name = path.rsplit('/').next().unwrap_or(path);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let is_text = TEXTS.contains(&extension) || extension.is_empty();
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
        problems.push(Diagnostic::of_path(&RULE, path.as_str(), "this file is not read").help(help));
    }
}

/// Whether a file name has the form of a backup copy of an editor or another tool.
fn is_backup(name: &str) -> bool {
    const ENDS: [&str; 6] = [".bak", ".backup", ".orig", ".rej", ".tmp", ".swp"];
    let lower = name.to_ascii_lowercase();
    name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || ENDS.iter().any(|end| lower.ends_with(end))
}
