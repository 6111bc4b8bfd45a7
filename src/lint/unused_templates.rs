//! Reports files in `templates/` that replace no built-in template and that no template uses.

use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind};
use crate::name;
use crate::templates;

use super::Context;

/// Name, default level and documentation of the lint `unused-templates`.
pub(super) const RULE: Rule = Rule {
    name: "unused-templates",
    kind: RuleKind::Lint(Level::Warn),
    summary: "a file in `templates/` replaces nothing, and no template uses it",
    explanation: "A file in `templates/` takes the place of the built-in template of the same name. Another name is only of use for what \
your own templates include, extend or call as a component. Files in `templates/assets/` are copied, whatever their \
names. Most often the name is misspelt; the guide lists all names. Rename the file, or delete it.

    {% include \"note.html\" %}",
};

pub(super) fn check(context: &Context<'_>, problems: &mut Vec<Diagnostic>) {
    let site_templates = || {
        context
            .sources
            .iter()
            .filter_map(|(_, file)| Some((file.path().strip_prefix("templates/")?, file.text())))
    };
    let is_used = |name: &str| {
        ['"', '\'', '`']
            .iter()
            .any(|mark| site_templates().any(|(_, text)| text.contains(&format!("{mark}{name}{mark}"))))
    };
    for (name, text) in site_templates() {
        let is_known = name.starts_with("assets/") || templates::built_in_file(name).is_some();
        if is_known || text.contains("{% component") || text.contains("{%- component") || is_used(name) {
            continue;
        }
        let message = format!("there is no built-in template `{name}`, and no template uses this one");
        let names = templates::built_in_names();
        let similar_name = name::nearest(name, names.iter().map(String::as_str));
        let problem = Diagnostic::for_path(&RULE, format!("templates/{name}"), message);
        problems.push(match similar_name {
            Some(near) => problem.help(format!("rename it to `{near}`, which it resembles, or delete it")),
            None => problem.help("include it in a template, or delete it"),
        });
    }
}

// A template has no front matter, so that no `allow` can be written in it.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::Example;
    use crate::lint::tests::{check as check_files, check_off};

    #[test]
    fn templates_that_replace_nothing_and_are_not_used_are_reported() {
        check_files(
            &RULE,
            &[("templates/clam.html", "<p>A</p>"), ("templates/own.html", "<p>A</p>")],
            &[
                (
                    "there is no built-in template `clam.html`, and no template uses this one",
                    "templates/clam.html",
                ),
                (
                    "there is no built-in template `own.html`, and no template uses this one",
                    "templates/own.html",
                ),
            ],
        );
    }

    #[test]
    fn replacements_parts_components_and_assets_are_clean() {
        check_files(
            &RULE,
            &[
                ("templates/assets/own.css", "p { color: red }"),
                ("templates/header.html", "{% include \"note.html\" %}"),
                ("templates/note.html", "<p>A</p>"),
                ("templates/parts.html", "{% component stamp() %}<p>A</p>{% endcomponent stamp %}"),
            ],
            &[],
        );
    }

    #[test]
    fn the_site_can_switch_it_off() {
        check_off(&RULE, Example::new(&[("templates/own.html", "<p>A</p>")]));
    }
}
