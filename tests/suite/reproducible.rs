//! Does the same book always give the same bytes, whatever the machine?

use std::collections::BTreeMap;

use tempfile::TempDir;

use crate::site::{TODAY, copy, files_below, program, repository, run, site};

/// Everything a build may depend on.
const SOURCES: [&str; 7] =
    ["site.toml", "content", "templates", "static", "snapshots", "claims.lock", "data"];

#[test]
fn threads_time_zone_locale_and_folder_do_not_matter() {
    let folder = TempDir::new().expect("a temporary folder");
    let first = folder.path().join("first");
    let build =
        |root: &std::path::Path, output: &std::path::Path, environment: [(&str, &str); 3], jobs: &[&str]| {
            let mut command = program(root);
            command.args(["build", "--today", TODAY, "--output"]).arg(output).args(jobs).envs(environment);
            run(&mut command).exits(0);
            files_below(output)
        };
    let here = [("TZ", "UTC"), ("LC_ALL", "C"), ("LANG", "C")];
    let there = [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")];
    let elsewhere = folder.path().join("another place").join("book");
    std::fs::create_dir_all(&elsewhere).expect("a folder");
    for source in SOURCES {
        copy(&repository().join(source), &elsewhere.join(source));
    }
    let one = build(repository(), &first, here, &["--jobs", "1"]);
    let other = build(&elsewhere, &elsewhere.join("public"), there, &[]);
    assert_equal(&one, &other);
}

#[test]
fn a_second_build_equals_a_clean_one() {
    let site = site().claim().file("content/pages/about.md", "---\ntitle: About\n---\n");
    site.build();
    std::fs::remove_file(site.path("content/pages/about.md")).expect("a page to delete");
    site.write("content/pages/more.md", "---\ntitle: More\n---\n");
    let second = site.build();
    std::fs::remove_dir_all(site.path("public")).expect("an output folder");
    assert_equal(&second, &site.build());
}

#[test]
fn the_day_comes_from_the_environment_when_it_is_not_given() {
    let site = site().claim();
    let given = site.build();
    let mut command = program(&site.path("."));
    // 2026-11-22, ten seconds before midnight in UTC; the next day on Kiritimati.
    command.args(["build"]).env("SOURCE_DATE_EPOCH", "1795391990").env("TZ", "Pacific/Kiritimati");
    run(&mut command).exits(0);
    assert_equal(&given, &files_below(&site.path("public")));
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let folder = TempDir::new().expect("a temporary folder");
    let [unix, windows] = ["unix", "windows"].map(|name| folder.path().join(name));
    for book in [&unix, &windows] {
        std::fs::create_dir(book).expect("a folder");
        // Without the templates, which are those that are built into the program.
        for source in SOURCES.iter().filter(|source| **source != "templates") {
            copy(&repository().join(source), &book.join(source));
        }
    }
    let mut changed = 0;
    for (path, bytes) in files_below(&windows) {
        let text = String::from_utf8(bytes).expect("the demo book is text");
        assert!(!text.contains('\r'), "{path} has line ends of Windows already");
        changed += text.matches('\n').count();
        std::fs::write(windows.join(path), text.replace('\n', "\r\n")).expect("a file");
    }
    assert!(changed > 1000, "{changed} lines");
    let [unix, windows] = [unix, windows].map(|book| {
        run(program(&book).args(["build", "--strict", "--today", "2026-11-30"])).exits(0);
        let mut files = files_below(&book.join("public"));
        // pulldown-cmark writes a line break in a code span as two spaces if it is one of Windows; browsers show one.
        for (path, bytes) in &mut files {
            if path.rsplit('.').next() == Some("html") {
                *bytes = String::from_utf8_lossy(bytes).replace("  ", " ").into_bytes();
            }
        }
        files
    });
    assert_equal(&unix, &windows);
}

#[track_caller]
fn assert_equal(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert!(one.keys().eq(other.keys()), "not the same files");
    let differing: Vec<&String> = one.keys().filter(|path| one[*path] != other[*path]).collect();
    assert!(differing.is_empty(), "{differing:?} differ");
}
