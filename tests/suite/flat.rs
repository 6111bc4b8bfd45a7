//! With `addresses = "files"`: is each page one file, and does everything lead there?

use std::collections::BTreeSet;

use claimbook::config::Overrides;
use claimbook::date::PartialDate;
use claimbook::pipeline::{analyse, plan};
use claimbook::source::Sources;

use crate::links::{Built, build_book, check_data, check_feeds, check_links, check_pages};
use crate::site::{Site, copy, files_below, repository, site};

const SETTINGS: &str = "title = \"Book\"\nbase_url = \"https://example.org/b/\"\n\n[build]\npreviews = \"all\"\naddresses = \"files\"\n";

/// The demo book with such addresses.
fn demo() -> (Site, Built) {
    let book = site();
    for part in ["content", "static", "claims.lock"] {
        copy(&repository().join(part), &book.path(part));
    }
    let settings = std::fs::read_to_string(repository().join("site.toml")).expect("the settings of the demo");
    // The last table of the settings is `[build]`.
    book.write("site.toml", format!("{settings}addresses = \"files\"\n"));
    let built = build_book(&book.path(""), "/a/b");
    (book, built)
}

#[test]
fn every_link_of_the_demo_book_leads_to_a_file() {
    let (_book, built) = demo();
    check_links(&built);
    check_pages(&built);
    check_feeds(&built);
    check_data(&built);
    let indexes: Vec<&String> = built.files.keys().filter(|path| path.ends_with("index.html")).collect();
    assert_eq!(indexes, ["index.html"]);
}

/// Where a file of a site of folders is in a site of files.
fn flat(path: &str) -> String {
    const OF_PAGES: [&str; 5] = ["index.html", "claim.json", "feed.xml", "data.csv", "preview.png"];
    match path.rsplit_once('/') {
        Some((page, "index.html")) => format!("{page}.html"),
        Some((page, name)) if OF_PAGES.contains(&name) => format!("{page}.{name}"),
        _ => path.to_owned(),
    }
}

#[test]
fn both_forms_have_the_same_files() {
    let book = site().claim();
    // More than one page of the list of claims, and of what leads to one of them.
    for number in 0..60 {
        let claim = format!(
            "---\nstatement: Number {number}.\nkind: measurement\nby: Jane Doe\ntags: a\nmetric: pace\nvalue: {number}\n---\n\nSee [it](claim:pace).\n"
        );
        book.write(&format!("content/claims/number-{number}.md"), claim);
    }
    let names = |files: std::collections::BTreeMap<String, Vec<u8>>| -> BTreeSet<String> {
        let is_kept = |path: &String| !path.starts_with("search-index/") && !path.starts_with(".claimbook");
        files.into_keys().filter(is_kept).collect()
    };
    book.write("site.toml", SETTINGS.replace("files", "folders"));
    let folders = names(book.build());
    assert!(folders.contains("claims/page/2/index.html") && folders.contains("tags/a/feed.xml"));
    assert!(folders.contains("claims/pace/mentions/page/2/index.html"), "{folders:?}");
    book.write("site.toml", SETTINGS);
    // In the same folder: what the other form left is gone.
    assert_eq!(names(book.build()), folders.iter().map(|path| flat(path)).collect());
    assert_eq!(names(files_below(&book.path("public"))).len(), folders.len());
}

#[test]
fn authors_write_the_same_addresses_in_both_forms() {
    let book = site().file("site.toml", SETTINGS).claim().file("static/a/plain.html", "<p>Plain</p>").file(
        "content/pages/about.md",
        "---\ntitle: About\n---\n\n[Claims](/claims/?q=x#claims_), [home](/#main_), [plain](/a/plain.html), \
         <a href=\"/claims/pace/#history\">pace</a>.\n",
    );
    let built = book.build();
    let page = String::from_utf8_lossy(&built["about.html"]).into_owned();
    for address in
        ["/b/claims.html?q=x#claims_", "/b/#main_", "/b/a/plain.html", "/b/claims/pace.html#history"]
    {
        assert!(page.contains(&format!("href=\"{address}\"")), "{address} is not in\n{page}");
    }
}

#[test]
fn former_addresses_are_what_they_were() {
    let book = site().file("site.toml", SETTINGS).file(
        "content/articles/a.md",
        "---\ntitle: First\naliases: [old/name/, old/name.html, articles/a/]\n---\n\n[It](claim:new) happened.\n\n> [!claim] new\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n> - aliases:: former\n",
    );
    let built = book.build();
    for (path, target) in [
        ("old/name/index.html", "articles/a.html"),
        ("old/name.html", "articles/a.html"),
        ("articles/a/index.html", "articles/a.html"),
        ("claims/former.html", "claims/new.html"),
    ] {
        let page = String::from_utf8_lossy(&built[path]).into_owned();
        assert!(page.contains(&format!("content=\"0; url=/b/{target}\"")), "{path}: {page}");
        let canonical = format!("<link rel=\"canonical\" href=\"https://example.org/b/{target}\">");
        assert!(page.contains(&canonical), "{path}: {page}");
    }
    let map = String::from_utf8_lossy(&built["sitemap.xml"]).into_owned();
    assert!(map.contains("/b/articles/a.html<") && !map.contains("old/"), "{map}");
}

/// An entry of a feed or calendar is the same to programs that remember it, wherever its page is.
#[test]
fn permanent_ids_do_not_depend_on_the_form() {
    let forecast = "---\nstatement: It will happen.\nkind: forecast\nby: Jane Doe\nsaid: 2026-01-02\nresolves: 2027-01-01\n---\n";
    let book = site().claim().file("content/claims/later.md", forecast);
    book.write(
        "content/articles/a.md",
        book.read("content/articles/a.md").replace("title: First", "title: First\ndate: 2026-05-01"),
    );
    let ids = |settings: &str| {
        book.write("site.toml", settings);
        let built = book.build();
        let lines = |path: &str, word: &str| -> Vec<String> {
            let text = String::from_utf8_lossy(&built[path]).into_owned();
            text.lines().filter(|line| line.contains(word)).map(str::to_owned).collect()
        };
        [lines("feed.xml", "<id>tag:"), lines("forecasts/deadlines.ics", "UID:")].concat()
    };
    let folders = ids(&SETTINGS.replace("files", "folders"));
    assert_eq!(folders.len(), 2, "{folders:?}");
    assert_eq!(ids(SETTINGS), folders);
}

#[test]
fn search_finds_files() {
    let texts = [("site.toml", SETTINGS), ("content/speakers/jane-doe.md", "---\nname: Jane Doe\n---\n")];
    let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
    let overrides = Overrides { base_url: None, repository: None, today, drafts: false, review: false };
    let analysis = analyse(&std::sync::Arc::new(Sources::from_texts(texts)), &[], &overrides);
    let edition = plan(&analysis).1.expect("a site without errors");
    let site = edition.publication.site();
    let subjects = site.search_subjects().into_iter();
    let paths: Vec<String> = subjects.map(|subject| site.search_record(subject).path).collect();
    assert_eq!(paths, ["speakers/jane-doe.html"]);
}

#[test]
fn a_change_of_words_makes_the_files_that_show_them() {
    let book = site().file("site.toml", SETTINGS).claim();
    book.write("content/articles/b.md", "---\ntitle: Second\n---\n\nAs [it is said](claim:pace) often.\n");
    book.run(["build"]).exits(0);
    book.write("content/articles/b.md", "---\ntitle: Second\n---\n\nAs [it is said](claim:pace) at times.\n");
    book.run(["build"]).exits(0);
    assert!(book.read("public/claims/pace.html").contains("at times"));
    assert!(book.read("public/articles/b.html").contains("at times"));
}
