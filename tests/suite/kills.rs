//! What does a build leave that is killed? Every path of the site has its old bytes, its new bytes or nothing, and
//! the next build writes what a clean one does. `CLAIMBOOK_KILLS` is the number of builds that are killed.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use crate::site::{Site, TODAY, copy, files_below, program, repository, site};

/// Files of the output folder.
type Files = BTreeMap<String, Vec<u8>>;

/// A file in the output folder that no build wrote.
const FOREIGN: &str = "public/claims/notes.txt";

/// Bytes of a file whose writing takes a while.
const LARGE: usize = 8 << 20;

/// The files of the site in the output folder.
fn built(site: &Site) -> Files {
    let mut files = files_below(&site.path("public"));
    files.retain(|path, _| !path.starts_with(".claimbook") && format!("public/{path}") != FOREIGN);
    files
}

/// A book in one of two states, which differ in texts, files, a template and a setting.
fn set_state(site: &Site, is_second: bool) {
    for folder in ["content", "static", "templates"].map(|folder| site.path(folder)) {
        if folder.exists() {
            fs::remove_dir_all(folder).expect("a folder to delete");
        }
    }
    copy(&repository().join("src/init/book/content"), &site.path("content"));
    let title = if is_second { "Another book" } else { "Book" };
    let settings = "base_url = \"https://example.org/\"\n[build]\nsearch = false\npreviews = false\n";
    site.write("site.toml", format!("title = \"{title}\"\n{settings}"));
    site.write("static/large.bin", vec![u8::from(is_second); LARGE]);
    if is_second {
        site.write("templates/404.html", "<p>Gone</p>");
        site.write("static/second.bin", vec![2; LARGE]);
    }
    let group = if is_second { "second" } else { "first" };
    for number in 0..20 {
        let claim = format!("{group}-{number}");
        site.write(
            &format!("content/articles/{claim}.md"),
            format!(
                "---\ntitle: A write-up\n---\n\n[It](claim:{claim}) happened.\n\n> [!claim] {claim}\n> **It happened.**\n>\n> - kind:: statement\n> - by:: J. Doe\n"
            ),
        );
    }
}

/// The files of a clean build of a state, and how long it took.
fn clean(is_second: bool) -> (Files, Duration) {
    let site = site();
    set_state(&site, is_second);
    let started = Instant::now();
    site.build();
    (built(&site), started.elapsed())
}

/// Start a build and kill it after some time. Returns whether it was killed before it ended.
fn kill_a_build(site: &Site, after: Duration) -> bool {
    let mut build = program(&site.path("."));
    build.args(["build", "--today", TODAY]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut build = build.spawn().expect("the program starts");
    std::thread::sleep(after);
    build.kill().expect("a build to kill");
    build.wait().expect("a build that was killed").code().is_none()
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn a_build_that_is_killed_at_any_time_leaves_whole_files() {
    let kills =
        std::env::var("CLAIMBOOK_KILLS").map_or(6, |number| number.parse().expect("a number of kills"));
    let [(first, time), (second, other_time)] = [false, true].map(clean);
    let longest = time.max(other_time);
    let site = site().file(FOREIGN, "mine");
    let (mut killed, mut half_done) = (0_u32, 0_u32);
    for round in 0..kills {
        let is_second = round % 2 == 0;
        let (old, new) = if is_second { (&first, &second) } else { (&second, &first) };
        let is_fresh = round % 3 == 0;
        if is_fresh {
            fs::remove_dir_all(site.path("public")).expect("a folder to delete");
            site.write(FOREIGN, "mine");
        }
        set_state(&site, is_second);
        // Multiples of the golden ratio are spread evenly, however many there are.
        let after = longest.mul_f64((f64::from(round + 1) * 0.618_034).fract());
        killed += u32::from(kill_a_build(&site, after));
        let left = built(&site);
        half_done += u32::from(left != *old && left != *new && !left.is_empty());
        for (path, bytes) in &left {
            let is_whole = old.get(path) == Some(bytes) || new.get(path) == Some(bytes);
            assert!(
                is_whole,
                "round {round}, after {after:?}: {path} has {} bytes of neither state",
                bytes.len()
            );
        }
        let is_lost = |path: &&String| !is_fresh && new.contains_key(*path) && !left.contains_key(*path);
        let lost: Vec<&String> = old.keys().filter(is_lost).collect();
        assert!(lost.is_empty(), "round {round}, after {after:?}: {lost:?} are gone");
        assert_eq!(site.read(FOREIGN), "mine", "round {round}");
        site.build();
        let next = built(&site);
        let is_other = |path: &&String| next.get(*path) != new.get(*path);
        let others: Vec<&String> = next.keys().chain(new.keys()).filter(is_other).collect();
        assert!(others.is_empty(), "round {round}, after {after:?}: the next build has other {others:?}");
        assert_eq!(site.read(FOREIGN), "mine", "round {round}");
        assert!(!site.has("public/.claimbook-working"), "round {round}");
        let kept = files_below(&site.path(".claimbook"));
        assert_eq!(kept.len(), 2, "round {round}: the record and a .gitignore, not {:?}", kept.keys());
    }
    assert!(killed > 0, "no build was killed before it ended");
    println!(
        "{kills} builds, {killed} killed before they ended, {half_done} of them with a part of the files"
    );
}

/// A build is killed as soon as a large file has some of its bytes.
#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn a_build_that_is_killed_within_a_file_leaves_nothing_at_its_path() {
    const LENGTH: usize = 256 << 20;
    let site = site().claim().file(FOREIGN, "mine").file("static/large.bin", vec![1; LENGTH]);
    site.write(
        "site.toml",
        "title = \"Book\"\nbase_url = \"https://example.org/\"\n[build]\nsearch = false\npreviews = false\n",
    );
    let mut build = program(&site.path("."));
    build.args(["build", "--today", TODAY]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut build = build.spawn().expect("the program starts");
    let is_half_done = || {
        let unfinished =
            WalkDir::new(site.path("public/.claimbook-working")).into_iter().filter_map(Result::ok);
        let lengths = unfinished.filter_map(|entry| Some(entry.metadata().ok()?.len()));
        lengths.into_iter().any(|length| length > 1 << 20)
    };
    while !is_half_done() && build.try_wait().expect("a build to look at").is_none() {
        std::thread::sleep(Duration::from_micros(100));
    }
    build.kill().expect("a build to kill");
    assert_eq!(build.wait().expect("a build that was killed").code(), None, "it ended before it was killed");
    assert!(!site.has("public/large.bin"), "a part of a file is at its path");
    assert!(site.has("public/.claimbook-working"), "the build was writing");
    site.build();
    assert_eq!(fs::read(site.path("public/large.bin")).expect("a file"), vec![1; LENGTH]);
    assert!(!site.has("public/.claimbook-working"));
    assert_eq!(site.read(FOREIGN), "mine");
}

/// What a build that was killed leaves next to a record is removed, also in the forms of earlier versions, of which one
/// had the number of the process: a build with the same number could not write its record any more.
#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn what_a_killed_build_left_of_its_record_is_removed() {
    let site = site().claim();
    site.build();
    let records = files_below(&site.path(".claimbook"));
    let record = records.keys().find(|name| *name != ".gitignore").expect("a record");
    for ending in ["1234.new", "claimbook-a1b2c3"] {
        site.write(&format!(".claimbook/{record}.{ending}"), "half of a record");
    }
    site.write(".claimbook/.claimbook-new-a1b2c3", "half of a record");
    site.write("content/articles/b.md", "---\ntitle: Second\n---\n");
    site.build();
    let names: Vec<String> = files_below(&site.path(".claimbook")).into_keys().collect();
    assert_eq!(names, [".gitignore", record]);
}
