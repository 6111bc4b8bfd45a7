//! Is the output folder always the last good build, and is nothing else ever touched?

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::site::{Site, TODAY, files_below, site};

const MANIFEST: &str = "public/.claimbook-manifest.json";

fn set_old(path: &Path) -> SystemTime {
    let old = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365);
    fs::File::options()
        .write(true)
        .open(path)
        .and_then(|file| file.set_modified(old))
        .expect("a time to set");
    old
}

fn modified(site: &Site, path: &str) -> SystemTime {
    fs::metadata(site.path(path)).and_then(|metadata| metadata.modified()).expect("a file with a time")
}

#[test]
fn nothing_is_written_while_there_are_errors() {
    let site = site().claim();
    let good = site.build();
    site.write("content/articles/b.md", "---\ntitle: Second\n---\n\n[gone](claim:gone)\n");
    site.run(["build"]).exits(1).says(["nothing was written"]);
    assert_eq!(files_below(&site.path("public")), good);
    assert!(!site.has("public/articles/b"));
}

#[test]
fn a_site_without_content_changes_nothing() {
    let site = site().claim();
    let good = site.build();
    let without_content = |what: &str| {
        for command in ["build", "check"] {
            site.run([command]).exits(1).says(["error[missing-content]", what]);
        }
        assert_eq!(files_below(&site.path("public")), good);
    };
    fs::rename(site.path("content"), site.path("moved")).expect("a folder to move");
    without_content("this folder is missing");
    site.write("content", "");
    without_content("not a folder");
    fs::remove_file(site.path("content")).expect("a file to delete");
    site.write("content/picture.png", "");
    without_content("no content file");
    fs::remove_dir_all(site.path("content")).expect("a folder to delete");
    fs::rename(site.path("moved"), site.path("content")).expect("a folder to move");
    assert_eq!(site.build(), good);
}

#[test]
fn hidden_files_that_are_meant_to_be_published_are() {
    let site = site()
        .claim()
        .file("static/.well-known/security.txt", "Contact: mailto:a@example.org")
        .file("static/.well-known/acme/.gitkeep", "")
        .file("static/.htaccess", "")
        .file("static/.nojekyll", "")
        .file("static/.DS_Store", "\0")
        .file("static/notes/.a.txt.swp", "");
    let built = site.build();
    assert_eq!(built[".well-known/security.txt"], b"Contact: mailto:a@example.org");
    let is_hidden = |path: &&String| path.starts_with('.') || path.contains("/.");
    let hidden = built.keys().filter(is_hidden).filter(|path| !path.starts_with(".claimbook"));
    assert_eq!(hidden.collect::<Vec<_>>(), [".htaccess", ".nojekyll", ".well-known/security.txt"]);
}

#[test]
fn files_that_would_be_lost_are_errors() {
    let site = site().claim();
    let good = site.build();
    site.write("static/search-index/own.txt", "mine");
    site.run(["build"]).exits(1).says(["error[uncopied-files]", "--> static/search-index/own.txt"]);
    assert_eq!(files_below(&site.path("public")), good);
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}search = false\n"));
    assert_eq!(site.build()["search-index/own.txt"], b"mine");
    site.write("static/.env", "SECRET=1");
    site.run(["build"]).exits(1).says(["error[uncopied-files]", "--> static/.env"]);
}

#[test]
#[cfg(target_os = "linux")]
fn files_with_names_that_other_systems_cannot_have_are_errors() {
    let files = [
        ("static/what?.txt", "Windows cannot have `?` in a name"),
        ("static/a:b/c.txt", "Windows cannot have `:` in a name"),
        ("static/<a>.txt", "Windows cannot have `<` in a name"),
        ("static/a|b", "Windows cannot have `|` in a name"),
        ("static/a\\b", "Windows cannot have `\\` in a name"),
        ("static/\"a\".txt", "Windows cannot have `\"` in a name"),
        ("static/*", "Windows cannot have `*` in a name"),
        ("static/.claimbook-lock", "names begin with `.claimbook`"),
    ];
    let site = site().claim();
    for (path, _) in files {
        site.write(path, "");
    }
    let run = site.run(["check"]).exits(1);
    for (path, message) in files {
        let line = format!("{message}\n--> {path}\n");
        let line = if message.starts_with("names") { format!("{message}\n") } else { line };
        assert!(run.stderr.contains(&line), "{line}\n{}", run.stderr);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn files_that_other_systems_take_for_one_are_errors() {
    let site = site().claim();
    for path in ["caf\u{e9}.png", "cafe\u{301}.png", "Logo.svg", "logo.svg", "ROBOTS.TXT/a", "Data"] {
        site.write(&format!("static/{path}"), "");
    }
    let run = site.run(["check"]).exits(1);
    let colliding = run.stderr.matches("error[colliding-addresses]").count();
    assert_eq!(colliding, 4, "{}", run.stderr);
    run.says(["upper and lower case, or in how letters are composed", "--> static/Data"]);
}

#[test]
fn a_build_that_cannot_write_all_of_its_files_writes_none() {
    for (path, text) in [
        ("content/articles/b.md", "---\ntitle: B\naliases: [search-index/search-index.js]\n---\n"),
        ("content/articles/b.md", "---\ntitle: B\naliases: [search-index]\n---\n"),
        ("content/pages/search-index/search-index.md", "---\ntitle: B\n---\n"),
        ("static/search-index", "mine"),
        ("static/Search-Index", "mine"),
    ] {
        let site = site().claim().file(path, text);
        site.run(["check"]).exits(1).says(["error["]);
        site.run(["build"]).exits(1).says(["error["]);
        assert!(!site.has("public"), "{path}: {text}");
    }
}

/// Not a case of `tests/sites/`: this repository could not be checked out on Windows.
// Windows cannot have them.
#[cfg(unix)]
#[test]
fn files_that_windows_cannot_have_are_errors() {
    let claim = "---\nstatement: It happened.\nkind: statement\nby: Jane Doe\n---\n";
    let files = [
        ("content/articles/nul/a.md", "---\ntitle: In a folder\n---\n", "the name `nul`"),
        ("content/pages/con.md", "---\ntitle: A page\n---\n", "the name `con`"),
        ("content/claims/prn.md", claim, "the name `prn`"),
        ("content/speakers/com1.md", "---\nname: Jane Doe\n---\n", "the name `com1`"),
        ("static/data/aux.txt", "", "the name `aux.txt`"),
        ("static/LPT1/a.txt", "", "the name `LPT1`"),
        ("static/a/b.txt ", "", "the name `b.txt `"),
        ("static/a/b.", "", "the name `b.`"),
    ];
    for form in ["folders", "files"] {
        let settings = format!(
            "title = \"Book\"\nbase_url = \"https://example.org/\"\n\n[build]\naddresses = \"{form}\"\n"
        );
        let mut book = site().claim().file("site.toml", settings);
        for (path, text, _) in files {
            book = book.file(path, text);
        }
        let run = book.run(["check"]).exits(1);
        for (path, _, name) in files {
            assert!(
                run.stderr.contains(name) && run.stderr.contains(&format!("--> {path}\n")),
                "{path}: {}",
                run.stderr
            );
        }
        assert_eq!(run.stderr.matches("error[").count(), files.len(), "{}", run.stderr);
    }
    let book = site().claim();
    for arguments in
        [["new", "claim", "--id", "aux", "It happened."], ["new", "speaker", "--id", "com1", "Jane Roe"]]
    {
        book.run(arguments).exits(2).says(["Windows"]);
    }
    book.run(["init", "con"]).exits(2).says(["Windows"]);
    assert!(!book.has("con") && !book.has("content/claims/aux.md"));
}

#[test]
fn a_first_build_with_errors_makes_no_folder() {
    let site = site().article("[gone](claim:gone)\n");
    site.run(["build"]).exits(1);
    assert!(!site.has("public"));
}

#[test]
fn check_writes_nothing() {
    let site = site().claim();
    site.run(["check"]).exits(0);
    assert!(!site.has("public"));
}

#[test]
fn warnings_stop_a_strict_build_only() {
    let site =
        site().article("> [!claim] pace\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n");
    site.run(["build", "--strict"]).exits(1);
    assert!(!site.has("public/index.html"));
    site.run(["build"]).exits(0);
    assert!(site.has("public/index.html"));
}

#[test]
fn a_page_that_cannot_be_rendered_changes_nothing() {
    let site = site().claim();
    let good = site.build();
    site.write("templates/claim.html", "<p>{{ claim.no_such_thing }}</p>");
    site.write("content/pages/about.md", "---\ntitle: About\n---\n");
    let run = site.run(["build", "--today", TODAY]);
    assert_ne!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("claim.html"), "{}", run.stderr);
    assert_eq!(files_below(&site.path("public")), good);
}

/// Some mistakes of templates show only when a page is rendered, and some only on some pages.
#[test]
fn a_check_reports_what_a_build_reports_of_templates() {
    let site = site()
        .claim()
        .file("templates/claim.html", "<p>{{ page.no_such_thing }}</p>")
        .file("templates/article.html", "<p>{{ page.title | no_such_filter_of_text }}</p>");
    let report = |command: &str| site.run([command, "--today", TODAY, "--format", "json"]).exits(1);
    assert_eq!(report("check").diagnostics(), report("build").diagnostics());
    site.write("templates/article.html", "<p>{{ page.neither_this }}</p>");
    // One mistake each, although both templates make several pages.
    let messages = report("check").diagnostics();
    assert_eq!(messages.len(), 2, "{messages:#?}");
    assert_eq!(messages, report("build").diagnostics());
    assert_eq!(messages[0]["file"], "templates/article.html");
    assert_eq!(messages[1]["file"], "templates/claim.html");
    assert!(!site.has("public/index.html"));
    site.write("templates/article.html", "<p>An article</p>");
    site.write("templates/claim.html", "<p>A claim</p>");
    site.run(["check", "--today", TODAY]).exits(0);
    site.build();
}

#[test]
fn foreign_files_survive() {
    let site = site()
        .claim()
        .file("content/_index.md", "Text.")
        .file("public/CNAME", "example.org")
        .file("public/claims/notes.txt", "mine");
    site.build();
    fs::remove_file(site.path("content/articles/a.md")).expect("a write-up to delete");
    site.build();
    assert_eq!(site.read("public/CNAME"), "example.org");
    assert_eq!(site.read("public/claims/notes.txt"), "mine");
}

#[test]
fn stale_files_are_removed_with_their_folders() {
    let site = site().claim().file("content/pages/about.md", "---\ntitle: About\n---\n");
    site.build();
    assert!(site.has("public/about/index.html"));
    fs::remove_file(site.path("content/pages/about.md")).expect("a page to delete");
    site.run(["build", "--today", TODAY]).exits(0).says(["1 removed"]);
    assert!(!site.has("public/about"));
    assert!(!site.read(MANIFEST).contains("about/"));
}

#[test]
fn unchanged_files_are_not_written_again() {
    let site = site().claim();
    site.build();
    let paths = ["public/index.html", "public/robots.txt", MANIFEST];
    let old = paths.map(|path| set_old(&site.path(path)));
    site.run(["build", "--today", TODAY]).exits(0).says(["0 new or changed, 0 removed"]);
    assert_eq!(paths.map(|path| modified(&site, path)), old);
    site.write("content/pages/about.md", "---\ntitle: About\n---\n");
    site.build();
    assert_eq!(modified(&site, "public/robots.txt"), old[1]);
    assert_ne!(modified(&site, MANIFEST), old[2]);
}

/// Data of the whole book is written piece by piece, and compared when it is written already.
#[test]
fn unchanged_data_of_the_whole_book_stays_as_it_is() {
    let site = site().claim();
    site.build();
    let paths = ["public/data/claims.json", "public/data/claims.csv"];
    let old = paths.map(|path| set_old(&site.path(path)));
    site.write("content/pages/about.md", "---\ntitle: About\n---\n");
    let built = site.build();
    assert_eq!(paths.map(|path| modified(&site, path)), old);
    assert!(!built.keys().any(|path| path.contains("working")), "{:?}", built.keys());
    let claim = site.read("content/articles/a.md").replace("It happened.", "It did happen.");
    site.write("content/articles/a.md", claim);
    site.build();
    for path in paths {
        assert!(site.read(path).contains("It did happen."), "{path}");
    }
}

#[test]
fn files_that_somebody_changed_are_mended() {
    let site = site().claim();
    let good = site.build();
    site.write("public/index.html", "defaced");
    site.write("public/data/claims.json", "[]");
    fs::remove_file(site.path("public/sitemap.xml")).expect("a file to delete");
    assert_eq!(site.build(), good);
}

#[test]
fn what_a_killed_build_left_is_cleaned_up() {
    let site = site()
        .claim()
        .file("public/.claimbook-working/0", "half a page")
        .file("public/.claimbook-working/manifest", "{");
    site.build();
    assert!(!site.has("public/.claimbook-working"));
    // Killed between the renames and the narrowing of the manifest: it names files that are gone.
    let wide = site.read(MANIFEST).replace("\"404.html\"", "\"404.html\", \"gone/index.html\"");
    site.write(MANIFEST, wide);
    site.build();
    assert!(!site.read(MANIFEST).contains("gone/index.html"));
}

#[test]
fn a_manifest_cannot_reach_outside_of_the_folder() {
    let site = site()
        .claim()
        .file("precious.txt", "mine")
        .file(MANIFEST, r#"{"version":1,"files":["../precious.txt","/etc/hostname"]}"#);
    site.build();
    assert_eq!(site.read("precious.txt"), "mine");
}

/// Without the manifest nobody knows which files are the program's own.
#[test]
fn a_damaged_manifest_is_named_and_nothing_is_written() {
    let site = site().claim();
    site.build();
    let whole = site.read(MANIFEST);
    site.write("content/articles/b.md", "---\ntitle: Second\n---\n");
    for text in ["", "not JSON", whole.split_at(whole.len() / 2).0] {
        site.write(MANIFEST, text);
        let built = files_below(&site.path("public"));
        site.run(["build", "--today", TODAY])
            .exits(2)
            .says(["public/.claimbook-manifest.json is damaged", "delete these files together with it"]);
        assert_eq!(files_below(&site.path("public")), built);
    }
    fs::remove_dir_all(site.path("public")).expect("a folder to delete");
    site.build();
}

#[test]
fn output_folders_among_the_sources_are_refused() {
    let site = site().claim().file("static/a.txt", "a").file("templates/404.html", "<p>Gone</p>");
    for folder in [
        ".",
        "content",
        "content/articles",
        "static/out",
        "templates",
        "snapshots/out",
        "..",
        "/",
        "site.toml",
    ] {
        let run = site.run(["build", "--output", folder]).exits(2);
        assert!(
            run.stderr.contains("output folder") || run.stderr.contains("not a folder"),
            "{folder}: {}",
            run.stderr
        );
    }
    assert!(site.has("content/articles/a.md") && site.has("site.toml"));
    assert!(!site.has("index.html") && !site.has("content/index.html"));
    site.run(["build", "--output", "docs"]).exits(0);
    assert!(site.has("docs/index.html"));
}

#[test]
fn a_foreign_file_in_the_way_is_refused() {
    let site = site().claim().file("public/index.html", "mine");
    site.run(["build"]).exits(2).says(["index.html", "was not written by claimbook"]);
    assert_eq!(site.read("public/index.html"), "mine");
    assert!(!site.has("public/claims"));
}

#[test]
fn a_foreign_file_in_place_of_a_folder_is_refused() {
    let site = site().claim().file("public/claims", "mine");
    site.run(["build"]).exits(2).says(["claims"]);
    assert_eq!(site.read("public/claims"), "mine");
    assert!(!site.has("public/index.html"), "a refused build writes nothing");
}

#[cfg(unix)]
#[test]
fn symbolic_links_lead_nowhere() {
    let site = site().claim().file("public/keep.txt", "mine").file("elsewhere/secret.md", "secret");
    let link =
        |to: &str, from: &str| std::os::unix::fs::symlink(site.path(to), site.path(from)).expect("a link");
    link("elsewhere", "public/claims");
    site.run(["build"]).exits(2).says(["claims"]);
    assert_eq!(fs::read_dir(site.path("elsewhere")).expect("a folder").count(), 1);
    assert!(!site.has("public/index.html"), "a refused build writes nothing");
    fs::remove_file(site.path("public/claims")).expect("a link to delete");
    link("elsewhere/secret.md", "content/articles/b.md");
    link("elsewhere", "content/pages");
    site.run(["build"]).exits(1).says(["error[unreadable-files]", "content/articles/b.md", "content/pages"]);
}

#[test]
fn drafts_exist_only_when_asked_for() {
    let draft = "---\ntitle: A secret plan\ndraft: true\n---\n\n[It](claim:plan).\n\n> [!claim] plan\n> **It is planned.**\n>\n> - kind:: statement\n> - by:: Jane Secret\n> - source:: [x](https://example.org/x)\n";
    let site = site().claim().file("content/articles/draft.md", draft);
    let built = site.build();
    let leaked: Vec<&String> = built
        .iter()
        .filter(|(path, bytes)| {
            path.contains("plan") || String::from_utf8_lossy(bytes).to_lowercase().contains("secret")
        })
        .map(|(path, _)| path)
        .collect();
    assert!(leaked.is_empty(), "{leaked:?}");
    site.run(["build", "--drafts"]).exits(0);
    assert!(site.has("public/articles/draft/index.html") && site.has("public/claims/plan/index.html"));
    site.build();
    assert!(!site.has("public/articles/draft") && !site.has("public/claims/plan"));
}

#[test]
fn former_addresses_lead_to_the_new_ones() {
    let site = site()
        .claim()
        .file("content/pages/about.md", "---\ntitle: About\naliases: [/who/, old/about.html]\n---\n")
        .file("content/claims/new.md", "---\nkind: statement\nstatement: New.\nby: Jane Doe\nsource: \"[x](https://example.org/x)\"\naliases: former\n---\n[[former]]\n");
    site.build();
    for (path, target) in [
        ("who/index.html", "/about/"),
        ("old/about.html", "/about/"),
        ("claims/former/index.html", "/claims/new/"),
    ] {
        let page = site.read(&format!("public/{path}"));
        assert!(page.contains(&format!("content=\"0; url={target}\"")), "{path}: {page}");
        assert!(
            page.contains(&format!("<link rel=\"canonical\" href=\"https://example.org{target}\">")),
            "{path}"
        );
        assert!(page.contains("noindex"), "{path}");
    }
    let sitemap = site.read("public/sitemap.xml");
    assert!(!sitemap.contains("former") && !sitemap.contains("/who/"), "{sitemap}");
}

#[test]
fn static_files_are_copied_as_they_are() {
    let site = site().claim().file("static/img/ä b.bin", [0_u8, 255, 10]);
    site.write("static/.well-known/security.txt", "Contact: mailto:a@example.org\n");
    site.write("static/.hidden", "no");
    // A file that is not copied is an error, and not left out without a word.
    site.run(["build", "--today", TODAY]).exits(1).says(["uncopied-files", "static/.hidden"]);
    assert!(!site.has("public"));
    fs::remove_file(site.path("static/.hidden")).expect("a file to delete");
    let built = site.build();
    assert_eq!(built["img/ä b.bin"], [0, 255, 10]);
    assert_eq!(built[".well-known/security.txt"], b"Contact: mailto:a@example.org\n");
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_output_folder_is_followed_only_if_it_is_named() {
    let site = site().claim().file("elsewhere/precious.txt", "precious");
    std::os::unix::fs::symlink("elsewhere", site.path("public")).expect("a link");
    site.run(["build"]).exits(2).says(["public is a symbolic link"]);
    assert_eq!(fs::read_dir(site.path("elsewhere")).expect("a folder").count(), 1);
    let named = site.path("public");
    site.run(["build", "--output", &named.to_string_lossy()]).exits(0);
    assert!(site.has("elsewhere/index.html"));
}

#[cfg(unix)]
#[test]
fn nothing_is_removed_through_a_link_in_the_output_folder() {
    for (link, manifest) in [("public/.claimbook-working", None), ("public/old", Some("old/precious.txt"))] {
        let site = site().claim();
        site.write("outside/precious.txt", "precious");
        fs::create_dir_all(site.path("public")).expect("a folder");
        std::os::unix::fs::symlink(site.path("outside"), site.path(link)).expect("a link");
        if let Some(file) = manifest {
            site.write(
                "public/.claimbook-manifest.json",
                format!("{{\"version\":1,\"files\":[\"{file}\"]}}"),
            );
        }
        site.run(["build", "--today", TODAY]);
        assert_eq!(site.read("outside/precious.txt"), "precious", "{link}");
    }
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let site = site().claim().file("static/foo", "file");
    site.build();
    fs::remove_file(site.path("static/foo")).expect("removed");
    site.write("static/foo/bar", "inner");
    site.build();
    assert_eq!(site.read("public/foo/bar"), "inner");
    fs::remove_dir_all(site.path("static/foo")).expect("removed");
    site.write("static/foo", "file again");
    site.build();
    assert_eq!(site.read("public/foo"), "file again");
}

#[test]
fn a_second_build_waits_for_nobody_and_says_so() {
    let site = site().claim();
    site.build();
    let lock = fs::File::open(site.path("public/.claimbook-lock")).expect("the lock");
    lock.lock().expect("locked");
    site.run(["build", "--today", TODAY]).exits(2).says(["another build is writing to"]);
    drop(lock);
    site.build();
}
