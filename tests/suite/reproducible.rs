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

#[track_caller]
fn assert_equal(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert!(one.keys().eq(other.keys()), "not the same files");
    let differing: Vec<&String> = one.keys().filter(|path| one[*path] != other[*path]).collect();
    assert!(differing.is_empty(), "{differing:?} differ");
}
