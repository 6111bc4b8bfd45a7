//! What does the program do when the disk refuses, or when odd things are where it keeps its own files?

use std::fs;
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::process::Command;

use claimbook::output::{CommitOptions, Origin, OutputFile, OutputPath, OutputTree, Planned, commit};
use tempfile::TempDir;

#[cfg(unix)]
use crate::site::{Run, Site, program, run};
use crate::site::{TODAY, files_below, site};

/// Put something that is not a plain file at a path.
#[cfg(unix)]
fn put(kind: &str, path: &Path) {
    if let Ok(there) = fs::symlink_metadata(path) {
        if there.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
            .expect("a path to clear");
    }
    match kind {
        "a named pipe" => {
            assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
        }
        "a socket" => drop(std::os::unix::net::UnixListener::bind(path).expect("a socket")),
        "a folder" => fs::create_dir(path).expect("a folder"),
        _ => std::os::unix::fs::symlink("/dev/zero", path).expect("a link"),
    }
}

#[cfg(unix)]
const KINDS: [&str; 4] = ["a named pipe", "a socket", "a folder", "a symbolic link"];

/// To open a named pipe waits for ever, and a device has no end.
#[cfg(unix)]
#[test]
fn odd_things_in_place_of_its_own_files_are_not_opened() {
    let site = site().claim();
    site.write(
        "site.toml",
        "title = \"Book\"\nbase_url = \"https://example.org/\"\n[build]\nsearch = false\n",
    );
    let good = site.build();
    let records = fs::read_dir(site.path(".claimbook")).expect("a folder of records");
    let mut records: Vec<_> = records.map(|entry| entry.expect("an entry").path()).collect();
    records.retain(|path| path.file_name().is_some_and(|name| name != ".gitignore"));
    for (round, kind) in KINDS.into_iter().enumerate() {
        // Something is to be done in each round.
        site.write("static/round.txt", round.to_string());
        for path in ["public/.claimbook-manifest.json", "public/.claimbook-lock", "claims.lock"] {
            let before = fs::read(site.path(path)).ok();
            put(kind, &site.path(path));
            let run = site.run(["build", "--today", TODAY]);
            assert!(matches!(run.code, Some(1 | 2)), "{kind} as {path}: {run:?}");
            run.says([path]);
            put("a folder", &site.path(path));
            fs::remove_dir(site.path(path)).expect("a folder to remove");
            if let Some(bytes) = before {
                site.write(path, bytes);
            }
        }
        put(kind, &records[0]);
        put(kind, &site.path(".claimbook/.gitignore"));
        site.build();
        for path in ["index.html", "404.html", "data/claims.json", "sitemap.xml", "preview.png"] {
            // A folder could have anything in it, and is refused.
            if kind != "a folder" && good.contains_key(path) {
                put(kind, &site.path("public").join(path));
            }
        }
        let built = site.build();
        assert!(good.iter().all(|(path, bytes)| built.get(path) == Some(bytes) || path.starts_with('.')));
    }
}

/// A user without rights.
const NOBODY: u32 = 65534;

/// Run a build as a user to whom the permissions of folders apply. That is the user who runs the tests, unless it is root.
#[cfg(unix)]
fn build_without_rights(site: &Site) -> Run {
    run_without_rights(site, &["build", "--today", TODAY])
}

/// The same for any command.
#[cfg(unix)]
fn run_without_rights(site: &Site, arguments: &[&str]) -> Run {
    use std::os::unix::fs::{MetadataExt as _, chown};
    use std::os::unix::process::CommandExt as _;

    let root = site.path(".");
    let mut command = program(&root);
    let own = TempDir::new().expect("a folder of the user who runs the tests");
    if fs::metadata(own.path()).expect("a folder").uid() == 0 {
        // Nobody can reach a program in a folder of root.
        let copy = root.join("claimbook");
        if !copy.exists() {
            let original = env!("CARGO_BIN_EXE_claimbook");
            fs::hard_link(original, &copy).or_else(|_| fs::copy(original, &copy).map(drop)).expect("a copy");
        }
        command = Command::new(copy);
        command.current_dir(&root).uid(NOBODY).gid(NOBODY);
        for entry in walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok) {
            if entry.file_name() != "claimbook" {
                chown(entry.path(), Some(NOBODY), Some(NOBODY)).expect("a file to give away");
            }
        }
    }
    run(command.args(arguments))
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_leaves_the_last_good_build() {
    let site = site().claim().file("static/old/file.txt", "old");
    build_without_rights(&site).exits(0);
    let good = files_below(&site.path("public"));
    let page = site.read("content/articles/a.md");
    site.write("content/articles/a.md", page.replace("It happened.", "It did happen."));
    site.write("content/articles/b.md", "---\ntitle: Second\n---\n");
    for folder in ["public/claims/pace", "public/data", "public"] {
        set_mode(&site.path(folder), 0o555);
        build_without_rights(&site).exits(2).says([folder, "Permission denied"]);
        assert_eq!(files_below(&site.path("public")), good, "{folder}");
        set_mode(&site.path(folder), 0o755);
    }
    // A file to remove.
    fs::remove_dir_all(site.path("static")).expect("a folder to delete");
    set_mode(&site.path("public/old"), 0o555);
    build_without_rights(&site).exits(2).says(["public/old", "Permission denied"]);
    assert_eq!(files_below(&site.path("public")), good);
    set_mode(&site.path("public/old"), 0o755);
    build_without_rights(&site).exits(0);
    assert!(site.read("public/claims/pace/index.html").contains("It did happen."));
    assert!(!site.has("public/old"));
}

/// The build that could not look at a file said that it was gone, and later builds that it was somebody else's.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_looked_at_stays_known() {
    let site = site().claim().file("static/old/inner/file.txt", "old");
    build_without_rights(&site).exits(0);
    fs::remove_dir_all(site.path("static")).expect("a folder to delete");
    set_mode(&site.path("public/old"), 0o000);
    let run = build_without_rights(&site);
    set_mode(&site.path("public/old"), 0o755);
    run.exits(2).says(["public/old", "Permission denied"]);
    assert!(site.has("public/old/inner/file.txt"));
    site.write("static/old/inner/file.txt", "new");
    build_without_rights(&site).exits(0);
    assert_eq!(site.read("public/old/inner/file.txt"), "new");
}

/// Commit files with these texts; `meddle` is called before each of them is made.
fn commit_texts(folder: &Path, texts: [(&str, &'static str); 2], meddle: fn(&Path)) -> anyhow::Result<()> {
    let planned = |(path, text): (&str, &'static str)| Planned {
        path: OutputPath::new(path).expect("a path"),
        origin: Origin::Site,
        is_attached_to_page: false,
        file: OutputFile::Render(Box::new(move |folder: &PathBuf, bytes| {
            meddle(folder);
            bytes.extend(text.as_bytes());
            Ok(())
        })),
    };
    let (tree, _) = OutputTree::new(texts.into_iter().map(planned).collect());
    let options = CommitOptions { lock: None, unchanged_stamp: &|_| None, on_file_done: &|| () };
    commit(&[&tree], &folder.to_path_buf(), folder, options).map(drop)
}

/// A folder of somebody else takes the place of a file in the last moment.
#[test]
fn a_failure_between_two_renames_says_what_is_new_and_the_next_build_completes_it() {
    let folder = TempDir::new().expect("a temporary folder");
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("a file");
    commit_texts(folder.path(), [("a.txt", "old"), ("b.txt", "old")], |_| ()).expect("a first build");
    let failure = commit_texts(folder.path(), [("a.txt", "new"), ("b.txt", "new")], |folder| {
        let file = folder.join("b.txt");
        if file.is_file() {
            fs::remove_file(&file).expect("a file to delete");
            fs::create_dir(&file).expect("a folder");
            fs::write(file.join("inner"), "mine").expect("a file");
        }
    });
    let message = format!("{:#}", failure.expect_err("a folder is in the way"));
    assert!(
        message.contains("(changed files: 1 new, 1 still old); the next build completes it once this is solved: could not write"),
        "{message}"
    );
    assert!(message.contains("b.txt"), "{message}");
    assert_eq!(read("a.txt"), "new");
    fs::remove_dir_all(folder.path().join("b.txt")).expect("a folder to delete");
    commit_texts(folder.path(), [("a.txt", "new"), ("b.txt", "new")], |_| ()).expect("it completes");
    assert_eq!([read("a.txt"), read("b.txt")], ["new", "new"]);
}

/// The system ends a process that writes more than it may, unless the process does not try.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_become_so_large_is_named() {
    let site = site().claim().file("static/large.bin", vec![1; 1 << 20]);
    let limited = |arguments: &str| {
        let script = format!("ulimit -f 512; exec \"$0\" {arguments}");
        let mut shell = Command::new("sh");
        run(shell.args(["-c", &script, env!("CARGO_BIN_EXE_claimbook")]).current_dir(site.path(".")))
    };
    limited("build --today 2026-11-22").exits(2).says(["public/large.bin", "ulimit -f"]);
    assert!(!site.has("public/large.bin") && !site.has("public/index.html"));
    assert!(!site.has("public/.claimbook-working"));
    site.build();
}

#[test]
fn messages_name_the_cause_once_and_no_temporary_file() {
    let site = site().claim();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", site.path("public")).expect("a link");
        site.run(["build"]).exits(2).says(["public is not a folder, nor a link to one"]);
    }
    site.run(["build", "--output", "site.toml/out"]).exits(2).says(["site.toml/out"]);
    site.write("content/speakers", "in the way");
    let run = site.run(["new", "speaker", "J. Doe", "--today", TODAY]);
    assert_ne!(run.code, Some(0), "{run:?}");
    assert!(!run.stderr.contains(".claimbook-new"), "{}", run.stderr);
}

/// Half of a file that a command was creating when it was killed.
#[test]
fn unfinished_files_are_left_out_and_removed() {
    let site = site().claim().file("content/pages/about.md", "---\ntitle: About\n---\n");
    let good = site.build();
    let unfinished = ["content/speakers/.claimbook-new-a1b2c3", ".claimbook-new-a1b2c3"];
    for path in unfinished {
        site.write(path, "---\ntitle: Half of");
    }
    site.write("snapshots/.claimbook-new-a1b2c3", "<p>Half of");
    assert_eq!(site.build(), good);
    site.run(["verify", "--today", TODAY]).exits(0);
    site.run(["new", "speaker", "J. Doe", "--today", TODAY]).exits(0);
    assert!(!site.has(unfinished[0]));
}

/// No file is lost with an empty folder, and a build that is killed between two removals leaves some.
#[test]
fn an_empty_folder_in_place_of_a_file_of_the_site_is_no_obstacle() {
    let site = site().claim().file("content/pages/about.md", "---\ntitle: About\n---\n");
    let good = site.build();
    let with_folder = |path: &str, inner: &str| {
        fs::remove_file(site.path(path)).expect("a file to delete");
        fs::create_dir_all(site.path(path).join(inner)).expect("an empty folder");
    };
    with_folder("public/sitemap.xml", "");
    with_folder("public/data/claims.json", "inner/most");
    assert_eq!(site.build(), good);
    // A page that is removed in the meantime.
    with_folder("public/about/index.html", "");
    fs::remove_file(site.path("content/pages/about.md")).expect("a file to delete");
    site.build();
    assert!(!site.has("public/about"), "{:?}", files_below(&site.path("public")).keys());
}

/// The build did not write a folder in place of its file, so the content of the folder stays.
#[test]
fn a_folder_in_place_of_a_page_that_is_removed_stays() {
    let site = site().claim().file("content/pages/about.md", "---\ntitle: About\n---\n");
    site.build();
    fs::remove_file(site.path("public/about/index.html")).expect("a file to delete");
    site.write("public/about/index.html/mine.txt", "mine");
    fs::remove_file(site.path("content/pages/about.md")).expect("a file to delete");
    site.build();
    assert_eq!(site.read("public/about/index.html/mine.txt"), "mine");
    assert!(!site.read("public/.claimbook-manifest.json").contains("about"));
}

/// A build that was killed before it narrowed the manifest: both the file and the file in the folder are listed.
#[test]
fn a_file_that_became_a_folder_in_a_killed_build_is_no_obstacle() {
    let site = site().claim().file("static/foo/bar", "inner");
    let good = site.build();
    let manifest = site.read("public/.claimbook-manifest.json");
    site.write(
        "public/.claimbook-manifest.json",
        manifest.replace("\"foo/bar\"", "\"foo\",\n    \"foo/bar\""),
    );
    site.write("static/round.txt", "");
    site.build();
    fs::remove_file(site.path("static/round.txt")).expect("a file to delete");
    assert_eq!(site.build(), good);
}

/// What a build that was killed or failed leaves is not the last good build, and no build with errors is.
#[test]
fn a_build_with_errors_after_one_that_was_killed_says_what_the_folder_holds() {
    let site = site().claim();
    let good = site.build();
    let page = site.read("content/articles/a.md");
    site.write("content/articles/a.md", "---\ntitle: First\n---\n\n[gone](claim:gone)\n");
    let sentence = "public did not finish, so its files may be of two builds: the next build \
                    without errors completes the site";
    let run = site.run(["build", "--today", TODAY]).exits(1);
    assert!(!run.stderr.contains(sentence), "{}", run.stderr);
    site.write("public/.claimbook-working/7", "new");
    site.run(["build", "--today", TODAY]).exits(1).says(["nothing was written", sentence]);
    // An error of a template shows only when files are being made.
    site.write("content/articles/a.md", &page);
    site.write("templates/claim.html", "<p>{{ claim.no_such_thing }}</p>");
    for _ in 0..2 {
        site.run(["build", "--today", TODAY]).exits(1).says([sentence]);
    }
    fs::remove_dir_all(site.path("templates")).expect("a folder to delete");
    assert_eq!(site.build(), good);
    // A build that has nothing else to do clears up.
    site.write("public/.claimbook-working/7", "new");
    assert_eq!(site.build(), good);
    assert!(!site.has("public/.claimbook-working"));
}

/// To clear up needs no space. A process that may not mount a disk of its own has nothing to test.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_last_good_build_and_nothing_else() {
    let site = site().claim();
    fs::create_dir_all(site.path("out")).expect("a folder");
    let script = format!(
        "mount -t tmpfs -o size=8m none out || exit 77
        list() {{ (cd out && find . -type f ! -name fill ! -name '.claimbook-m*' | sort | xargs cksum); }}
        for free in 0 4 40 200; do
            rm -f out/fill content/articles/b.md static/*
            \"$0\" build --today {TODAY} --output out || exit 1
            list > before
            sed 's/pace/pace-2/' content/articles/a.md > content/articles/b.md
            mkdir -p static && head -c 1000000 /dev/zero > static/large.bin
            cat /dev/zero > out/fill 2> /dev/null
            truncate -s -${{free}}K out/fill
            \"$0\" build --today {TODAY} --output out && exit 2
            list > after
            diff before after && echo same
        done"
    );
    let mut shell = Command::new("unshare");
    shell.args(["--map-root-user", "--mount", "sh", "-c", &script, env!("CARGO_BIN_EXE_claimbook")]);
    let Ok(run) = shell.current_dir(site.path(".")).output() else { return };
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (said(&run.stdout), said(&run.stderr));
    if run.status.code() == Some(77) || stderr.contains("unshare") {
        return;
    }
    assert_eq!(stdout, "same\n".repeat(4), "{stderr}");
    assert_eq!(stderr.matches("nothing in out has changed").count(), 4, "{stderr}");
    assert_eq!(stderr.matches("No space left on device").count(), 4, "{stderr}");
}

/// The site is complete when only the working folder cannot be removed.
#[test]
fn a_failure_to_clear_up_says_that_the_site_is_complete() {
    let folder = TempDir::new().expect("a temporary folder");
    let texts = [("a.txt", "old"), ("b.txt", "old")];
    commit_texts(folder.path(), texts, |_| ()).expect("a first build");
    let failure = commit_texts(folder.path(), texts, |folder| {
        let working = folder.join(".claimbook-working");
        if working.is_dir() {
            fs::remove_dir_all(&working).expect("a folder to delete");
            fs::write(&working, "").expect("a file in its place");
        }
    });
    let message = format!("{:#}", failure.expect_err("a file is in the way"));
    assert!(message.contains("is complete") && message.contains(".claimbook-working"), "{message}");
}

/// What an import has created is named, or removed.
#[cfg(all(unix, feature = "import"))]
#[test]
fn an_import_that_fails_leaves_nothing_that_it_does_not_name() {
    let text = "<p>The training run took 4.1 days, down from 12.3 days.</p>".repeat(9);
    let page =
        format!("<html><head><title>Report</title></head><body><article>{text}</article></body></html>");
    let site = site()
        .claim()
        .file("saved.html", page)
        .file("snapshots/other.txt", "")
        .file("content/sources/o.md", "---\ntitle: O\n---\n");
    let before = files_below(&site.path("."));
    let import = || run_without_rights(&site, &["import", "saved.html", "--today", TODAY]);
    set_mode(&site.path("content/articles"), 0o555);
    import().exits(2).says(["content/articles/report.md"]);
    set_mode(&site.path("content/articles"), 0o755);
    let mut after = files_below(&site.path("."));
    after.remove("claimbook");
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    set_mode(&site.path("."), 0o555);
    let run = import().exits(2).says(["claims.lock", "run `claimbook verify`"]);
    set_mode(&site.path("."), 0o755);
    let created: Vec<String> = files_below(&site.path(".")).into_keys().collect();
    let created = created.iter().filter(|path| path.contains("report."));
    assert_eq!(created.filter(|path| run.stderr.contains(*path)).count(), 3, "{run:?}");
    run_without_rights(&site, &["verify", "--today", TODAY]).exits(0);
    import().exits(2).says(["already there", "run `claimbook verify`", "import again"]);
}

/// The message names the folder and the cause, and not an operation of a library.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_listed_is_named_with_the_cause() {
    let site = site().claim().file("content/pages/about.md", "---\ntitle: About\n---\n");
    set_mode(&site.path("content/pages"), 0o000);
    let run = run_without_rights(&site, &["build", "--today", TODAY]);
    set_mode(&site.path("content/pages"), 0o755);
    run.exits(2).says(["error: could not list ./content/pages: Permission denied"]);
}

#[test]
fn a_lock_that_is_too_large_is_not_to_be_divided() {
    let site = site().claim().file("claims.lock", "");
    let lock = fs::File::options().write(true).open(site.path("claims.lock")).expect("a file");
    lock.set_len(3 << 30).expect("a file without bytes on the disk");
    site.run(["check", "--today", TODAY]).exits(1).says(["larger than 32 MiB", "claimbook verify"]);
}

#[test]
fn a_folder_named_like_a_snapshot_is_reported() {
    let site = site().claim().file("snapshots/a.txt/inner.txt", "text");
    for folder in ["snapshots/other/a.html", "snapshots/other/a_files", "snapshots/page_files"] {
        fs::create_dir_all(site.path(folder)).expect("a folder");
    }
    let run = site.run(["verify", "--today", TODAY]).exits(1).says([
        "this is a folder, not a plain file\n--> snapshots/a.txt\n",
        "this is a folder, not a plain file\n--> snapshots/other/a.html\n",
    ]);
    assert_eq!(run.stderr.matches("error[").count(), 2, "{}", run.stderr);
}
