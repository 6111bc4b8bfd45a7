//! Does the program answer as a command line should: exit codes, formats, options, hints?

use serde_json::Value;
use tempfile::TempDir;

use crate::site::{Run, Site, TODAY, claimbook, files_below, program, run, site};

/// The arguments of a check on the day of the tests, and more.
fn check<const N: usize>(site: &Site, more: [&str; N]) -> Run {
    let arguments = ["check", "--today", TODAY].into_iter().chain(more);
    claimbook(&site.path("."), arguments)
}

fn broken() -> Site {
    site().article("[gone](claim:gone)\n")
}

fn warned() -> Site {
    site()
        .article("Text.\n\n> [!claim] pace\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n")
}

#[test]
fn exit_codes_tell_clean_from_problems() {
    check(&site().claim(), []).exits(0);
    check(&warned(), []).exits(0).says(["warning[unmentioned-claims]", "0 errors, 1 warning"]);
    check(&warned(), ["--strict"]).exits(1);
    check(&site().claim(), ["--strict"]).exits(0);
    check(&broken(), []).exits(1).says(["error[unknown-claims]", "1 error, 0 warnings"]);
}

#[test]
fn what_cannot_run_exits_with_2() {
    let nowhere = TempDir::new().expect("a temporary folder");
    claimbook(nowhere.path(), ["check"]).exits(2).says(["site.toml"]);
    let folder = nowhere.path().to_str().expect("a plain path");
    claimbook(nowhere.path(), ["check", "--root", folder]).exits(2).says(["site.toml", folder]);
    let gone = format!("{folder}/gone");
    claimbook(nowhere.path(), ["build", "--root", &gone]).exits(2).says([gone.as_str()]);
    let site = site().claim();
    for wrong in [
        &["check", "--today", "tomorrow"][..],
        &["check", "--today", "2026-13-01"],
        &["check", "--today", "2026-11"],
        &["check", "--jobs", "0"],
        &["check", "--jobs", "many"],
        &["check", "--format", "xml"],
        &["check", "--nonsense"],
        &["check", "--output", "elsewhere"],
        &["explain", "no-such-rule"],
        &["frobnicate"],
        &[],
    ] {
        let run = claimbook(&site.path("."), wrong);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{wrong:?}");
        assert!(!run.stderr.is_empty(), "{wrong:?}");
    }
}

#[test]
fn near_misses_get_hints() {
    claimbook(&site().path("."), ["chekc"]).exits(2).says(["check"]);
    claimbook(&site().path("."), ["check", "--formt", "json"]).exits(2).says(["--format"]);
    claimbook(&site().path("."), ["explain", "unknown-claim"])
        .exits(2)
        .says(["did you mean `unknown-claims`?"]);
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = TempDir::new().expect("a temporary folder");
    for arguments in [&["--help"][..], &["--version"], &["build", "--help"], &["check", "-h"]] {
        let run = claimbook(folder.path(), arguments).exits(0);
        assert!(run.stderr.is_empty() && run.stdout.len() > 5, "{arguments:?}: {run:?}");
    }
}

#[test]
fn each_format_has_its_channel() {
    let human = check(&broken(), []).exits(1);
    assert_eq!(human.stdout, "");
    let json = check(&broken(), ["--format", "json", "--quiet"]).exits(1);
    assert_eq!(json.stderr, "");
    let [problem] = &json.diagnostics()[..] else { panic!("one problem: {}", json.stdout) };
    assert_eq!(problem["code"], "unknown-claims");
    assert_eq!(problem["severity"], "error");
    assert_eq!(problem["message"], "unknown claim `gone`");
    let place = ["file", "line", "column", "end_line", "end_column"].map(|key| problem[key].to_string());
    assert_eq!(place, ["\"content/articles/a.md\"", "6", "1", "6", "19"]);
    let github = check(&broken(), ["--format", "github", "--quiet"]).exits(1);
    let start = "::error file=content/articles/a.md,line=6,endLine=6,col=1,endColumn=19,title=unknown-claims::unknown claim `gone`";
    assert!(github.stdout.starts_with(start), "{}", github.stdout);
    assert_eq!((github.stdout.lines().count(), github.stderr.as_str()), (1, ""));
}

#[test]
fn a_clean_book_is_an_empty_list_of_problems() {
    let run = check(&site().claim(), ["--format", "json"]).exits(0);
    assert!(run.diagnostics().is_empty());
    assert_eq!(check(&site().claim(), ["--format", "github"]).exits(0).stdout, "");
}

// Windows has no files with such names.
#[cfg(unix)]
#[test]
fn content_cannot_inject_workflow_commands() {
    let site = site().file("content/stray,x\n::error::y.md", "Text.").file("content/\u{1b}[31m.markdown", "");
    let run = check(&site, ["--format", "github"]).exits(1);
    assert!(run.stdout.lines().all(|line| line.starts_with("::error file=content/")), "{}", run.stdout);
    for format in ["human", "json"] {
        let run = check(&site, ["--format", format]).exits(1);
        let said = run.stdout + &run.stderr;
        assert!(!said.contains('\u{1b}') && !said.lines().any(|line| line.starts_with("::")), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_cannot_steer_a_terminal() {
    let name = "x\n::error::\u{1b}[31m\u{202e}";
    let book = site().claim();
    let runs = [
        book.run(["build", "--output", name]).exits(0),
        book.run(["build", "--output", &format!("content/{name}")]).exits(2),
        book.run(["check", "--root", &format!("gone/{name}")]).exits(2),
        book.run(["explain", name]).exits(2),
        book.run(["check", name]).exits(2),
        book.run(["init", &format!("new/{name}")]).exits(0),
        book.run(["init", &format!("new/{name}")]).exits(2),
    ];
    for run in runs {
        let said = run.stdout + &run.stderr;
        assert!(said.contains("x\\n::error::\\u{1b}[31m\\u{202e}"), "{said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said}");
        assert!(!said.lines().any(|line| line.starts_with("::")), "{said}");
    }
}

#[test]
fn quiet_leaves_the_summary_out() {
    let site = site().claim();
    check(&site, []).exits(0).says(["checked 1 file"]);
    let run = check(&site, ["--quiet"]).exits(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let run = site.run(["build", "--quiet"]).exits(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
}

#[test]
fn colour_is_used_when_asked_for_and_never_in_files() {
    let escape = "\u{1b}[";
    assert!(!check(&broken(), []).stderr.contains(escape));
    assert!(check(&broken(), ["--color", "always"]).stderr.contains(escape));
    assert!(!check(&broken(), ["--color", "always", "--format", "json"]).stdout.contains(escape));
}

#[test]
fn the_environment_says_whether_colours_are_wanted() {
    let site = broken();
    let has_colours = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = program(&site.path("."));
        command.args(["check"]).args(arguments).envs(variables.iter().copied());
        run(&mut command).exits(1).stderr.contains("\u{1b}[")
    };
    let force = ("CLICOLOR_FORCE", "1");
    assert!(has_colours(&[force], &[]));
    assert!(has_colours(&[force, ("TERM", "xterm")], &[]));
    assert!(!has_colours(&[("CLICOLOR", "1")], &[]), "a file is not a terminal");
    assert!(!has_colours(&[force, ("NO_COLOR", "1")], &[]), "NO_COLOR counts more");
    assert!(!has_colours(&[force], &["--color", "never"]));
    assert!(has_colours(&[("NO_COLOR", "1")], &["--color", "always"]));
}

#[test]
fn the_version_says_how_the_program_was_built() {
    let folder = TempDir::new().expect("a temporary folder");
    let version = |option| claimbook(folder.path(), [option]).exits(0).stdout;
    assert_eq!(version("-V"), format!("claimbook {}\n", env!("CARGO_PKG_VERSION")));
    let long = version("--version");
    let keys: Vec<&str> = long.lines().skip(1).filter_map(|line| Some(line.split_once(": ")?.0)).collect();
    assert_eq!(keys, ["commit", "target", "features", "project"], "{long}");
    assert!(!long.contains(": unknown"), "{long}");
}

#[test]
fn sarif_goes_to_standard_output() {
    let run = check(&broken(), ["--format", "sarif", "--quiet"]).exits(1);
    assert_eq!(run.stderr, "");
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "unknown-claims");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/articles/a.md");
    assert_eq!(place["region"]["startLine"], 6);
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let site = site().article("[a](claim:pa%1b[31mse) and [b\u{1b}]0;title\u{7}](claim:b)\n");
    for format in ["human", "github"] {
        let run = check(&site, ["--format", format]).exits(1);
        let text = run.stdout + &run.stderr;
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{format}: {text:?}");
    }
}

#[test]
fn the_root_is_searched_upward() {
    let site = site().claim();
    claimbook(&site.path("content/articles"), ["build", "--today", TODAY]).exits(0);
    assert!(site.has("public/claims/pace/index.html"));
    assert!(!site.has("content/articles/public"));
    let other = TempDir::new().expect("a temporary folder");
    let deep = site.path("content/articles");
    let deep = deep.to_str().expect("a plain path");
    claimbook(other.path(), ["check", "--root", deep, "--today", TODAY]).exits(0);
}

#[test]
fn every_rule_is_explained() {
    for rule in rules() {
        let run = claimbook(&site().path("."), ["explain", rule.as_str()]).exits(0);
        assert!(run.stdout.starts_with(&rule) && run.stdout.lines().count() >= 4, "{rule}: {}", run.stdout);
    }
}

#[test]
fn the_base_address_of_the_command_line_wins() {
    let site = site().claim();
    site.run(["build", "--base-url", "https://example.com/a/b", "--today", TODAY]).exits(0);
    let page = site.read("public/index.html");
    assert!(page.contains("https://example.com/a/b/") && !page.contains("https://example.org/\""), "{page}");
    site.run(["build", "--base-url", "example.com"]).exits(2).says(["`example.com` is not a base address"]);
}

// It needs a shell.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_panic() {
    let site = broken();
    let mut command = std::process::Command::new("sh");
    let script = r#""$0" check --format json | true; "$0" explain | true"#;
    command.current_dir(site.path(".")).args(["-c", script, env!("CARGO_BIN_EXE_claimbook")]);
    run(&mut command);
}

#[test]
fn a_bad_environment_is_reported() {
    let site = site().claim();
    let mut command = program(&site.path("."));
    command.arg("check").env("SOURCE_DATE_EPOCH", "yesterday");
    run(&mut command).exits(2).says(["SOURCE_DATE_EPOCH", "yesterday"]);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        command.env("SOURCE_DATE_EPOCH", std::ffi::OsStr::from_bytes(b"1\xff"));
        run(&mut command).exits(2).says(["SOURCE_DATE_EPOCH", "not a number of seconds"]);
    }
}

/// The names of all errors and lints, as `explain` lists them.
pub(crate) fn rules() -> Vec<String> {
    let list = claimbook(&site().path("."), ["explain"]).exits(0).stdout;
    let rules: Vec<String> = list
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert!(rules.len() > 30, "{list}");
    rules
}

/// Paths of folders that are not there yet may have `.` and `..` in them.
#[test]
fn an_output_folder_that_is_not_there_may_be_named_in_any_way() {
    let site = site().claim();
    for (output, folder) in [
        ("new/.", "new"),
        ("./other/", "other"),
        ("a/../b", "b"),
        ("c/./d/../e/", "c/e"),
        ("f/g/../../h", "h"),
    ] {
        site.run(["build", "--today", TODAY, "--output", output]).exits(0);
        assert!(site.has(&format!("{folder}/index.html")), "{output}");
        assert_eq!(files_below(&site.path(folder)), files_below(&site.path("new")), "{output}");
    }
    for gone in ["a", "c/d", "f"] {
        assert!(!site.has(gone), "{gone}");
    }
    // What is refused stays refused, however it is named.
    for output in ["a/../content/x", "new/../.", "a/b/../../content", "a/../.."] {
        site.run(["build", "--today", TODAY, "--output", output]).exits(2).says(["the output folder"]);
    }
}

/// After a link, `..` leads to where the link leads.
#[cfg(unix)]
#[test]
fn an_output_folder_behind_a_link_is_where_the_system_says() {
    let site = site().claim().file("elsewhere/inner/x", "");
    std::os::unix::fs::symlink(site.path("elsewhere/inner"), site.path("link")).expect("a link");
    site.run(["build", "--today", TODAY, "--output", "link/../out"]).exits(0);
    assert!(site.has("elsewhere/out/index.html") && !site.has("out"));
}

/// Run the program with `--root` in a working directory that was removed.
#[cfg(target_os = "linux")]
#[test]
fn a_working_directory_that_is_gone_does_no_harm() {
    let site = site().claim().file("gone/x", "");
    let root = site.path(".");
    let root = root.to_str().expect("a plain path");
    let script = "rm -r ../gone; exec \"$0\" build --root \"$1\" --today \"$2\"";
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_claimbook"), root, TODAY]).current_dir(site.path("gone"));
    run(&mut shell).exits(0);
}

/// Run the program as a user who may have so many threads, the main one included.
#[cfg(target_os = "linux")]
fn with_threads(site: &Site, threads: u32, arguments: &[&str]) -> Run {
    let of_user = std::process::Command::new("id").arg("-u").output().expect("the id of the user").stdout;
    let mut limited;
    if of_user == b"0\n" {
        // The limit does not count for root. A user whom nobody else is.
        let user = 60_000 + std::process::id() % 5000;
        let owner = format!("{user}:{user}");
        let owned = std::process::Command::new("chown").arg("-R").arg(&owner).arg(site.path(".")).status();
        assert!(owned.expect("chown").success());
        limited = std::process::Command::new("setpriv");
        limited.args([
            &format!("--reuid={user}"),
            &format!("--regid={user}"),
            "--clear-groups",
            "--",
            "prlimit",
        ]);
    } else {
        limited = std::process::Command::new("prlimit");
    }
    limited.arg(format!("--nproc={threads}")).arg("--").arg(env!("CARGO_BIN_EXE_claimbook"));
    run(limited.args(arguments).env("RAYON_NUM_THREADS", "1").current_dir(site.path(".")))
}

/// Rayon, Tokio, the watcher of files and the resolver of names all start threads; some panic, or wait for
/// ever, where the system refuses one.
#[cfg(target_os = "linux")]
#[test]
fn threads_that_cannot_be_started_are_an_error() {
    let site = site().claim();
    let day = ["--today", TODAY];
    for (threads, command) in [(1, "build"), (1, "serve"), (2, "serve")] {
        let arguments = [&[command, "--jobs", "1"], &day[..]].concat();
        with_threads(&site, threads, &arguments).exits(2).says(["could not start", "thread"]);
    }
    with_threads(&site, 1, &["check", "--jobs", "1"]).exits(2).says(["could not start threads"]);
    with_threads(&site, 1, &["import", "http://127.0.0.1:9/"]).exits(2).says(["could not start threads"]);
    with_threads(&site, 2, &["import", "http://127.0.0.1:9/"]).exits(2).says(["could not start a thread"]);
    with_threads(&site, 1, &["new", "article", "More"]).exits(2).says(["could not start threads"]);
    assert!(!site.has("public/index.html"));
    // One for the work is enough.
    with_threads(&site, 2, &[&["build", "--jobs", "1"], &day[..]].concat()).exits(0);
}
