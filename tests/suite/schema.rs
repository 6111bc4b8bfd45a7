//! Is there a schema for each part, and a script and a page for each shell and command? Whether
//! schemas accept what reading accepts is asked by `tests/data/schemas`, with a validator.

use serde_json::Value;
use tempfile::TempDir;

use crate::site::{claimbook, files_below};

fn output(arguments: &[&str]) -> String {
    let folder = TempDir::new().expect("a temporary folder");
    let run = claimbook(folder.path(), arguments).exits(0);
    assert!(run.stderr.is_empty(), "{}", run.stderr);
    run.stdout
}

#[test]
fn each_part_has_a_schema() {
    for (part, key) in [
        ("article", "source"),
        ("claim", "depends-on"),
        ("speaker", "type"),
        ("metric", "scale"),
        ("source", "published"),
        ("page", "title"),
        ("home", "summary"),
        ("site", "base_url"),
    ] {
        let schema: Value = serde_json::from_str(&output(&["schema", part])).expect("JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema["properties"].get(key).is_some(), "{part}");
        assert_eq!(schema["additionalProperties"], false);
    }
    let all: Value = serde_json::from_str(&output(&["schema"])).expect("JSON");
    assert!(all["$defs"]["speaker"]["properties"].get("name").is_some());
    assert_eq!(all["anyOf"].as_array().map(Vec::len), Some(7));
    let folder = TempDir::new().expect("a temporary folder");
    claimbook(folder.path(), ["schema", "tag"]).exits(2).says(["article"]);
}

#[test]
fn every_shell_can_complete() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = output(&["completions", shell]);
        assert!(script.contains("completions") && script.contains("base-url"), "{shell}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    assert!(output(&["man"]).contains(".TH claimbook 1"));
    let folder = TempDir::new().expect("a temporary folder");
    claimbook(folder.path(), ["man", "pages"]).exits(0);
    let pages = files_below(&folder.path().join("pages"));
    for name in ["claimbook.1", "claimbook-build.1", "claimbook-new.1", "claimbook-new-claim.1"] {
        assert!(pages.contains_key(name), "{name} is not among {:?}", pages.keys());
    }
    claimbook(folder.path(), ["man", "pages"]).exits(2).says(["already there"]);
}

#[test]
fn every_command_teaches_by_example() {
    let help = output(&["--help"]);
    let commands = help.split("Commands:").nth(1).expect("commands").split("\n\n").next().unwrap_or_default();
    let names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 6, "{names:?}");
    for name in names.into_iter().filter(|name| *name != "help") {
        assert!(output(&[name, "--help"]).contains("Examples:\n  claimbook "), "{name}");
    }
}

#[test]
fn no_bar_and_no_colour_reach_a_file() {
    let site = crate::site::site().claim();
    let run = site.run(["build"]).exits(0);
    assert!(!run.stderr.contains(['\r', '\u{1b}']) && run.stderr.lines().count() == 2, "{:?}", run.stderr);
    assert!(!output(&["build", "--help"]).contains('\u{1b}'));
}
