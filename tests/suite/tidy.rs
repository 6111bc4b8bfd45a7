//! Does the code keep its own rules: the order of layers, who may use which crate, sizes, words?
//! Text is enough to check them; what it cannot see (macros, strings) is left to review.

use std::collections::BTreeMap;
use std::fs;

use claimbook::templates::{built_in_file, built_in_names};
use walkdir::WalkDir;

use crate::broken_sites::cases;
use crate::cli::rules;
use crate::site::repository;

/// Most lines of a file, its tests not counted.
const MAX_LINES: usize = 500;

/// Most files of a folder.
const MAX_FILES: usize = 16;

/// Crates that only some files may use. A path that ends with `/` is a folder.
const OWNERS: &[(&str, &[&str])] = &[
    ("walkdir", &["source/"]),
    ("rustix", &["source/plain_file.rs", "output/"]),
    ("annotate_snippets", &["diagnostic/render.rs"]),
    ("toml", &["data/toml_reader.rs"]),
    ("saphyr_parser", &["data/yaml_reader.rs"]),
    ("pulldown_cmark", &["markdown/"]),
    ("ammonia", &["markdown/"]),
    ("html5ever", &["html/"]),
    ("memchr", &["source/span.rs", "theme/mod.rs"]),
    (
        "tera",
        &[
            "theme/mod.rs",
            "theme/problems.rs",
            "theme/filters.rs",
            "theme/limits.rs",
            "theme/texts.rs",
            "page/view/shared.rs",
        ],
    ),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/"]),
    (
        "rayon",
        &[
            "output/",
            "format/json.rs",
            "format/search/mod.rs",
            "plan/mod.rs",
            "lint/",
            "pipeline/",
            "source/",
            "verify/",
            "cli/",
        ],
    ),
    ("clap_mangen", &["cli/author.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("include_dir", &["templates.rs", "init/"]),
    // The others only name the type of a day.
    ("jiff", &["date.rs", "graph/", "config/", "import/", "cli/"]),
    ("quick_xml", &["format/"]),
    ("tempfile", &["output/whole.rs"]),
    ("deunicode", &["name.rs"]),
    ("unicode_normalization", &["name.rs", "format/search/words.rs"]),
    ("unicode_security", &["name.rs"]),
    ("strsim", &["name.rs"]),
    ("rust_stemmers", &["format/search/terms.rs"]),
    ("tokio", &["serve/"]),
    ("axum", &["serve/http.rs"]),
    ("notify", &["serve/watch.rs"]),
    ("open", &["cli/serve.rs"]),
    ("flate2", &["preview/png.rs"]),
    ("harfrust", &["preview/letters.rs"]),
    ("kurbo", &["preview/"]),
    ("skrifa", &["preview/"]),
    ("tiny_skia", &["preview/"]),
    ("ureq", &["import/page.rs", "import/network.rs"]),
    ("url", &["web_address.rs", "import/"]),
    ("encoding_rs", &["import/charset.rs"]),
    ("dom_smoothie", &["import/html.rs"]),
    ("dom_query", &["import/"]),
];

/// Files with state that several threads share or that outlives a call, such as locks and statics.
const SHARED_STATE: &[&str] = &[
    // Allocator, and files that are part of the program.
    "main.rs",
    "templates.rs",
    "init/mod.rs",
    // Values that are computed once and are the same whoever computes them.
    "import/network.rs",
    "import/propose/lists.rs",
    "output/commit.rs",
    "page/view/mod.rs",
    "page/view/shared.rs",
    "plan/publication.rs",
    "preview/renderer.rs",
    "source/mod.rs",
    // What a thread has used for the page that it renders; headers of pages, rendered once for each section.
    "theme/limits.rs",
    "theme/mod.rs",
    // The state of a server, and of the folders that a build writes to.
    "output/stage.rs",
    "serve/book.rs",
    "serve/http.rs",
];

/// Templates that are parts of other templates, not pages.
const PARTS_OF_PAGES: [&str; 5] =
    ["base.html", "components.html", "footer.html", "header.html", "scores.html"];

/// What only the command line may do, and what nobody may.
const CLI_ONLY: &[&str] =
    &["std::env", "env::var", "println!", "print!(", "SystemTime", "Instant::now", "process::exit"];
const NEVER: &[&str] = &["todo!", "dbg!", "unimplemented!", "unsafe ", "static mut", "#[allow("];

/// A file of `src/` without its tests.
pub(crate) struct Source {
    /// Path below `src/`.
    pub(crate) path: String,
    /// Everything.
    text: String,
    /// Lines of code: without comments, and without the tests at the end.
    pub(crate) code: String,
    lines: usize,
}

pub(crate) fn sources() -> Vec<Source> {
    let root = repository().join("src");
    let mut sources: Vec<Source> = WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.expect("a folder that can be listed").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file");
            let own = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let code: Vec<&str> = own.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let path = path.strip_prefix(&root).expect("a path below src").to_str().expect("a plain name");
            Source { path: path.replace('\\', "/"), code: code.join("\n"), lines: own.lines().count(), text }
        })
        .collect();
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

/// All files that break a rule, with what they break.
#[track_caller]
fn check(broken: impl Fn(&Source) -> Vec<String>) {
    let found: Vec<String> = sources()
        .iter()
        .flat_map(|source| broken(source).into_iter().map(|what| format!("src/{}: {what}", source.path)))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    check(|source| {
        if source.text.starts_with("//! ") { vec![] } else { vec!["does not begin with `//!`".to_owned()] }
    });
}

#[test]
fn no_file_is_long() {
    check(|source| if source.lines <= MAX_LINES { vec![] } else { vec![format!("{} lines", source.lines)] });
}

#[test]
fn modules_use_only_those_above_them() {
    let library = fs::read_to_string(repository().join("src/lib.rs")).expect("lib.rs");
    let declared = library.lines().filter_map(|line| {
        let line = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    let order: BTreeMap<&str, usize> = declared.enumerate().map(|(place, module)| (module, place)).collect();
    assert!(order.len() > 10, "the modules of lib.rs are not understood");
    check(|source| {
        let own = source.path.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let Some(place) = order.get(own) else { return vec![] };
        let used = uses(&source.code);
        used.iter()
            .filter(|module| order.get(module.as_str()).is_some_and(|other| other > place))
            .map(|module| format!("uses `{module}`, which is below it"))
            .collect()
    });
}

/// The modules behind `crate::`, those in braces as well.
fn uses(code: &str) -> Vec<String> {
    let word = |text: &str| {
        text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
    };
    code.split("crate::")
        .skip(1)
        .flat_map(|behind| match behind.strip_prefix('{') {
            None => vec![word(behind)],
            Some(list) => {
                let list = list.split(';').next().unwrap_or_default();
                list.split([',', '{', '}']).map(|item| word(item.trim())).collect()
            }
        })
        .collect()
}

#[test]
fn crates_are_used_by_their_owners_only() {
    check(|source| {
        let is_used = |name: &str| {
            let path = format!("{name}::");
            let is_free = |before: &str| !before.ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
            let mut before = source.code.match_indices(&path).filter_map(|(at, _)| source.code.get(..at));
            before.any(is_free) || source.code.contains(&format!("use {name};"))
        };
        let is_owner = |owners: &[&str]| {
            owners.iter().any(|owner| {
                source.path == *owner || (owner.ends_with('/') && source.path.starts_with(owner))
            })
        };
        OWNERS
            .iter()
            .filter(|(name, owners)| !is_owner(owners) && is_used(name))
            .map(|(name, owners)| format!("uses `{name}`, which belongs to {}", owners.join(", ")))
            .collect()
    });
}

#[test]
fn only_the_command_line_sees_the_world() {
    check(|source| {
        let is_cli = source.path.starts_with("cli/") || source.path == "main.rs";
        let banned = NEVER.iter().chain(if is_cli { &[][..] } else { CLI_ONLY });
        banned.filter(|word| source.code.contains(**word)).map(|word| format!("`{word}`")).collect()
    });
}

#[test]
fn shared_state_is_listed() {
    let kinds = ["Mutex", "RwLock", "OnceLock", "LazyLock", "OnceCell", "thread_local!", "Atomic"];
    check(|source| {
        let has_static = source.code.lines().any(|line| {
            let line = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            line.starts_with("static ")
        });
        let is_shared = has_static || kinds.iter().any(|kind| source.code.contains(kind));
        match (is_shared, SHARED_STATE.contains(&source.path.as_str())) {
            (true, false) => vec!["has a lock or a static that is not listed".to_owned()],
            (false, true) => vec!["is listed and has neither lock nor static".to_owned()],
            _ => vec![],
        }
    });
}

/// Files that may read [`Wording`](claimbook::document::Wording): those that parse, check and render. What links
/// claims or lists the files of a site is not among them.
const WORDING_READERS: [&str; 7] = [
    // Tests only.
    "graph/example.rs",
    "markdown/mod.rs",
    "pipeline/analysis.rs",
    "pipeline/edition.rs",
    "pipeline/session.rs",
    "plan/publication.rs",
    "verify/search.rs",
];

/// The text inside of brackets that open at the beginning of `text`.
fn inside_brackets(text: &str) -> &str {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(1..at).expect("brackets are one byte long");
        }
    }
    panic!("brackets that are not closed: {text}")
}

/// The calls of `name` in a text, each with its arguments.
fn calls<'t>(code: &'t str, name: &str) -> Vec<&'t str> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let opening = format!("{name}(");
    let split = code.match_indices(&opening).map(|(at, _)| code.split_at(at));
    let calls = split.filter(|(before, _)| !before.ends_with(is_name) && !before.ends_with("fn "));
    calls.map(|(_, call)| inside_brackets(call.split_at(name.len()).1)).collect()
}

/// A reader of a call cannot know what `true` means.
#[test]
fn no_function_is_called_with_true_or_false() {
    let sources = sources();
    let mut names: Vec<&str> = Vec::new();
    for source in &sources {
        for function in source.code.split("fn ").skip(1) {
            let name = function.split(['(', '<']).next().unwrap_or_default();
            let parameters = function.find('(').map(|open| inside_brackets(function.split_at(open).1));
            let takes_boolean = parameters.is_some_and(|parameters| parameters.contains(": bool"));
            if takes_boolean && !name.is_empty() {
                names.push(name);
            }
        }
        for closure in source.code.split("let ").skip(1) {
            let (name, rest) = closure.split_once(" = ").unwrap_or((closure, ""));
            let parameters =
                rest.trim_start_matches("move ").strip_prefix('|').and_then(|rest| rest.split('|').next());
            if parameters.is_some_and(|parameters| parameters.contains(": bool")) {
                names.push(name.trim_start_matches("mut "));
            }
        }
    }
    assert!(names.len() > 5, "functions with a boolean: {names:?}");
    check(|source| {
        let with_literal = |call: &&str| call.split(',').any(|part| matches!(part.trim(), "true" | "false"));
        let calls = names.iter().flat_map(|name| {
            calls(&source.code, name)
                .into_iter()
                .filter(with_literal)
                .map(move |call| format!("{name}({call})"))
        });
        calls.collect()
    });
}

#[test]
fn wording_is_read_by_pages_and_checks_only() {
    check(|source| {
        let grants = source.code.contains("WordingAccess::grant");
        match (grants, WORDING_READERS.contains(&source.path.as_str())) {
            (true, false) => vec!["reads wording and is not listed".to_owned()],
            (false, true) => vec!["is listed and reads no wording".to_owned()],
            _ => vec![],
        }
    });
}

#[test]
fn folders_can_be_held_in_mind() {
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources() {
        let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        *files.entry(folder).or_default() += 1;
    }
    // Each lint is a file.
    let full: Vec<_> =
        files.iter().filter(|(folder, count)| **count > MAX_FILES && *folder != "lint").collect();
    assert!(full.is_empty(), "more than {MAX_FILES} files in {full:?}");
}

#[test]
fn every_page_template_has_one_view() {
    let named = |source: &Source| -> Vec<String> {
        let names = source.code.split("template!(\"").skip(1);
        names.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
    };
    let sources = sources();
    let views = sources.iter().filter(|source| source.path.starts_with("page/view/"));
    let mut named: Vec<String> = views.flat_map(named).collect();
    named.sort();
    let folder = fs::read_dir(repository().join("templates")).expect("the folder of templates");
    let files = folder.map(|entry| entry.expect("an entry").path());
    let pages = files.filter(|path| path.extension().is_some_and(|extension| extension == "html"));
    let mut templates: Vec<String> = pages
        .map(|path| path.file_name().and_then(|name| name.to_str()).expect("a plain name").to_owned())
        .filter(|name| !PARTS_OF_PAGES.contains(&name.as_str()))
        .collect();
    templates.sort();
    assert_eq!(named, templates, "views on the left, files in templates/ on the right");
}

#[test]
fn templates_draw_nothing() {
    for name in built_in_names().iter().filter(|name| !name.starts_with("assets/")) {
        let template = built_in_file(name).expect("a built-in file");
        assert!(!template.contains("<svg"), "{name} draws something, which belongs into src/chart/");
    }
}

#[test]
fn modules_have_names_that_say_something() {
    check(|source| {
        let vague = ["util", "utils", "common", "helpers", "model", "models", "manager", "misc"];
        let parts = source.path.split('/').map(|part| part.trim_end_matches(".rs"));
        parts.filter(|part| vague.contains(part)).map(|part| format!("`{part}` says nothing")).collect()
    });
}

#[test]
fn every_lint_has_tests() {
    check(|source| {
        let has_tests =
            source.text.contains("\n#[cfg(test)]\nmod tests {") && source.text.contains("#[test]");
        if source.path.starts_with("lint/") && !has_tests { vec!["has no tests".to_owned()] } else { vec![] }
    });
}

#[test]
fn every_rule_has_a_broken_site() {
    let reports: String =
        cases().iter().filter_map(|case| fs::read_to_string(case.join("expected.txt")).ok()).collect();
    // Only a build knows the size of its site, and no test builds one that is too large.
    let is_of_checks = |rule: &String| rule != "large-sites";
    let silent: Vec<String> = rules()
        .into_iter()
        .filter(is_of_checks)
        .filter(|rule| !reports.contains(&format!("[{rule}]")))
        .collect();
    assert!(silent.is_empty(), "no site in tests/sites/ shows {silent:?}");
}
