//! What does the program do when the disk refuses, or when odd things are where it keeps its own files?

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::site::{TODAY, site};

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
