//! The files of a site's theme, and the CSS classes that they use. The theme consists of the built-in templates
//! and assets; files in the site's `templates/` replace them. `theme/mod.rs` renders the templates.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, include_dir};

use crate::html::{RawText, Token, read_page};
use crate::source::Sources;

/// The built-in theme: the folder `templates/` of this package.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Returns all files of the theme by name. Files of the site replace built-in ones.
pub fn files(sources: &Sources) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> =
        built_in().map(|(name, text)| (name, text.to_owned())).collect();
    for (_, file) in sources.iter() {
        if let Some(name) = file.path().strip_prefix("templates/") {
            files.insert(name.to_owned(), file.text().to_owned());
        }
    }
    files
}

/// Returns the text of a built-in file.
pub fn built_in_file(name: &str) -> Option<&'static str> {
    BUILT_IN.get_file(name).and_then(include_dir::File::contents_utf8)
}

/// Returns the names of all built-in files.
pub fn built_in_names() -> Vec<String> {
    built_in().map(|(name, _)| name).collect()
}

fn built_in() -> impl Iterator<Item = (String, &'static str)> {
    let mut folders = vec![&BUILT_IN];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files());
    }
    files.into_iter().map(|file| {
        let name = file.path().to_string_lossy().replace('\\', "/");
        (name, file.contents_utf8().expect("built-in templates are UTF-8"))
    })
}

/// CSS classes that the theme of a site styles or writes. Authors cannot give them to their own elements, because
/// a paragraph of an author could then look like a verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeClasses {
    names: BTreeSet<String>,
    /// Prefixes of classes whose rest a template computes, such as `s-` in `s-{{ status }}`.
    beginnings: BTreeSet<String>,
    /// Parts of class names that a stylesheet selects, such as `alert` in `[class*=alert]`.
    parts: BTreeSet<String>,
}

impl ThemeClasses {
    /// Collects the classes of a site's theme.
    pub fn new(sources: &Sources) -> Self {
        let mut classes = Self::default();
        // The theme publishes a class such as `g-open` for each glyph.
        classes.beginnings.insert("g-".to_owned());
        let own = |name: &str| sources.find(&format!("templates/{name}")).is_none();
        for (name, text) in built_in().filter(|(name, _)| own(name)) {
            classes.add(&name, text);
        }
        for (_, file) in sources.iter() {
            if let Some(name) = file.path().strip_prefix("templates/") {
                classes.add(name, file.text());
            }
        }
        classes
    }

    /// Whether a class belongs to the theme.
    pub fn contains(&self, class: &str) -> bool {
        self.names.contains(class)
            || self.beginnings.iter().any(|beginning| class.starts_with(beginning.as_str()))
            || self.parts.iter().any(|part| class.contains(part.as_str()))
    }

    fn add(&mut self, name: &str, text: &str) {
        match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "css" => self.add_selectors(text),
            "js" | "mjs" => self.add_script(text),
            _ => {
                // Reading stops at a tag with more than 512 attributes. The classes before this tag are kept.
                let _ = read_page(text, RawText::ScriptAndStyle, |token| match token {
                    Token::Start(tag) => self.add_list(tag.attribute("class").unwrap_or_default()),
                    Token::Text(text) if text.contains("{%") || text.contains("{{") => {
                        self.add_list_arguments(text);
                    }
                    _ => {}
                });
            }
        }
    }

    /// Adds the classes in the value of a `class` attribute. The value can contain expressions of the template
    /// language, and words in quotation marks inside of these are classes, too.
    fn add_list(&mut self, list: &str) {
        let mut rest = list;
        while let Some((before, behind)) = rest.split_once('{') {
            self.add_names(before);
            let last = before.rsplit(|character: char| character.is_ascii_whitespace()).next();
            let is_begun = behind.starts_with('{');
            self.beginnings.extend(last.filter(|last| is_begun && is_name(last)).map(str::to_owned));
            let (expression, after) = behind.split_once('}').unwrap_or((behind, ""));
            for quoted in expression.split(['"', '\'']).skip(1).step_by(2) {
                self.add_names(quoted);
            }
            rest = after.trim_start_matches('}');
        }
        self.add_names(rest);
    }

    /// Adds the classes in arguments of components that are named `class`, such as `<facts class="long" />`.
    fn add_list_arguments(&mut self, text: &str) {
        for (_, value) in
            text.match_indices("class=\"").filter_map(|(at, name)| Some((at, text.get(at + name.len()..)?)))
        {
            self.add_list(value.split('"').next().unwrap_or_default());
        }
    }

    /// Adds the classes in the selectors of a stylesheet. Any name after a dot is added, even if it is not a
    /// class.
    fn add_selectors(&mut self, css: &str) {
        for behind in css.split('.').skip(1) {
            let name = name_at_start(behind);
            if is_name(name) {
                self.names.insert(name.to_owned());
            }
        }
        for behind in css.split("[class").skip(1) {
            let test = behind.split(']').next().unwrap_or_default();
            let value = test.trim_start_matches(['*', '^', '$', '|', '~', '=', '"', '\'', ' ']);
            let value = name_at_start(value);
            if is_name(value) {
                self.parts.insert(value.to_owned());
            }
        }
    }

    /// Adds the classes that a script gives to elements or searches for: names after `class` or `className`, and
    /// selectors.
    fn add_script(&mut self, script: &str) {
        for line in script.lines() {
            let parts: Vec<&str> = line.split(['"', '\'', '`']).collect();
            let mut earlier = "";
            for pair in parts.chunks_exact(2) {
                let (before, quoted) = (pair[0], pair[1]);
                if before.contains("class") || (before.trim() == "," && earlier == "class") {
                    self.add_script_list(quoted);
                }
                earlier = quoted;
                if quoted.contains('.') {
                    self.add_selectors(quoted);
                }
            }
        }
    }

    fn add_script_list(&mut self, list: &str) {
        match list.split_once("${") {
            None => self.add_names(list),
            Some((before, _)) => {
                let (names, beginning) = before.rsplit_once(' ').unwrap_or(("", before));
                self.add_names(names);
                if is_name(beginning) {
                    self.beginnings.insert(beginning.to_owned());
                }
            }
        }
    }

    fn add_names(&mut self, list: &str) {
        self.names.extend(list.split_ascii_whitespace().filter(|name| is_name(name)).map(str::to_owned));
    }
}

fn name_at_start(text: &str) -> &str {
    let end = text.find(|character: char| !(character.is_alphanumeric() || "-_".contains(character)));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || "-_".contains(first))
        && name_at_start(text) == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_wherever_a_theme_writes_them() {
        let sources = Sources::from_texts([
            (
                "templates/assets/own.css",
                "p.red-card::before, .a .b:hover { margin: .5em } [class*='ward'] { }",
            ),
            (
                "templates/own.html",
                "<p class=\"dek{% if x %} wide{% endif %} t-{{ y }}\">{{ <facts class=\"tall\" /> }}</p>",
            ),
            (
                "templates/assets/own.js",
                "make(\"p\", { className: \"lead more\" });\nx.className = `q r-${y}`; x.closest(\".far\")",
            ),
        ]);
        let classes = ThemeClasses::new(&sources);
        for class in [
            "red-card",
            "a",
            "b",
            "dek",
            "wide",
            "t-9",
            "tall",
            "lead",
            "more",
            "q",
            "r-1",
            "far",
            "award",
            "s-refuted",
        ] {
            assert!(classes.contains(class), "{class}");
        }
        for class in ["language-rust", "mine", "5em"] {
            assert!(!classes.contains(class), "{class}");
        }
    }

    #[test]
    fn the_classes_of_a_template_that_is_replaced_are_free() {
        let sources =
            Sources::from_texts([("templates/404.html", "x"), ("templates/assets/claimbook.css", ".z { }")]);
        let classes = ThemeClasses::new(&sources);
        assert!(classes.contains("z") && !classes.contains("markdown-alert-note"));
    }
}
