//! Does every mistake get the report it deserves? Each folder of `tests/sites/` is a small site in
//! `in/` and its report in `expected.txt`; sites named `clean-…` have none to give, and those named
//! `…-with-drafts` are checked with their drafts.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::site::{Run, TODAY, claimbook, repository};

/// All cases, sorted.
pub(crate) fn cases() -> Vec<PathBuf> {
    let folder = repository().join("tests/sites");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder of cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

#[test]
fn every_site_is_reported_as_expected() {
    let is_update = std::env::var_os("CLAIMBOOK_UPDATE").is_some();
    let differing: Vec<String> = cases()
        .iter()
        .filter_map(|case| {
            assert!(case.join("in/site.toml").is_file(), "{} has no in/site.toml", case.display());
            let found = check(case, "human").stderr;
            let path = case.join("expected.txt");
            let is_plausible = found.is_empty() == name(case).starts_with("clean-");
            if is_update && is_plausible {
                fs::write(&path, &found).expect("an expectation");
            }
            let expected = fs::read_to_string(&path).unwrap_or_else(|_| "(no expected.txt)".to_owned());
            let report = || format!("=== {}\n--- expected\n{expected}\n--- found\n{found}", name(case));
            (!is_plausible || expected != found).then(report)
        })
        .collect();
    assert!(differing.is_empty(), "{} differ\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn every_problem_has_a_place_in_its_site() {
    for case in cases() {
        let run = check(&case, "json");
        let diagnostics = run.diagnostics();
        let is_error = diagnostics.iter().any(|diagnostic| diagnostic["severity"] == "error");
        assert_eq!(run.code, Some(i32::from(is_error)), "{}", name(&case));
        for diagnostic in &diagnostics {
            let labels = diagnostic["labels"].as_array().expect("a list of labels");
            for place in std::iter::once(diagnostic).chain(labels) {
                assert!(is_in(place, &case.join("in")), "{}: {place:#}", name(&case));
            }
        }
    }
}

fn check(case: &Path, format: &str) -> Run {
    let arguments = ["check", "--quiet", "--color", "never", "--today", TODAY, "--format", format];
    let drafts = name(case).ends_with("-with-drafts").then_some("--drafts");
    claimbook(&case.join("in"), arguments.into_iter().chain(drafts))
}

/// Whether a place begins before it ends, in a line that the file has; or is a file or folder of the site as a
/// whole, or the site.
fn is_in(place: &Value, folder: &Path) -> bool {
    let number = |key: &str| place[key].as_u64().unwrap_or_default();
    let keys = ["line", "column", "end_line", "end_column"];
    let Some(file) = place["file"].as_str() else { return keys.iter().all(|key| place[key].is_null()) };
    if keys.iter().all(|key| place[key].is_null()) {
        // Only this folder can be the place of a problem by not being there.
        return file == "content" || folder.join(file).exists();
    }
    let Ok(bytes) = fs::read(folder.join(file)) else { return false };
    let lines = String::from_utf8_lossy(&bytes).split('\n').count() as u64;
    let (start, end) = ((number("line"), number("column")), (number("end_line"), number("end_column")));
    start.0 >= 1 && start.1 >= 1 && start <= end && end.0 <= lines
}

fn name(case: &Path) -> String {
    case.file_name().expect("cases have names").to_string_lossy().into_owned()
}
