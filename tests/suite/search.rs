//! Is the index of search there, the same for the same book, and turned off where a site wants none?

use std::collections::BTreeMap;

use crate::site::site;

fn index(files: &BTreeMap<String, Vec<u8>>) -> Vec<&String> {
    files.keys().filter(|path| path.starts_with("search-index/")).collect()
}

#[test]
fn a_site_has_an_index_unless_it_wants_none() {
    let site = site().claim();
    let files = site.build();
    for name in ["index.json", "t0.json", "d0.json", "by-kind.json", "names.json"] {
        assert!(files.contains_key(&format!("search-index/{name}")), "{name}");
    }
    site.write(
        "site.toml",
        "title = \"Book\"\nbase_url = \"https://example.org/\"\n\n[build]\nsearch = false\n",
    );
    let without = site.build();
    assert!(index(&without).is_empty() && !without.contains_key("search/index.html"));
}

#[test]
fn files_of_the_index_are_written_again_only_where_they_changed() {
    let site = site().claim();
    let first = site.build();
    site.write("content/metrics/speed.md", "---\ntitle: Speed\n---\n");
    let second = site.build();
    assert_eq!(index(&first), index(&second));
    assert_ne!(first["search-index/index.json"], second["search-index/index.json"]);
    assert_eq!(first["search-index/by-kind.json"], second["search-index/by-kind.json"]);
    std::fs::remove_dir_all(site.path("public")).expect("a folder to delete");
    assert_eq!(site.build(), second);
}
