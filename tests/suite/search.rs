//! Is the index of search there, whole, and kept only while it is right?

use std::fs;

use sha2::{Digest as _, Sha256};

use crate::site::{files_below, site};

#[test]
fn an_index_that_was_damaged_or_is_out_of_date_is_made_anew() {
    let site = site().claim();
    let good = site.build();
    let fragment = good.keys().find(|path| path.starts_with("pagefind/fragment/")).expect("a fragment");
    let path = format!("public/{fragment}");
    for damage in [&b"damaged"[..], &b""[..]] {
        site.write(&path, damage);
        assert_eq!(site.build(), good);
    }
    fs::remove_file(site.path(&path)).expect("a file to delete");
    assert_eq!(site.build(), good);
    site.write("content/metrics/speed.md", "---\ntitle: Speed\n---\n");
    let fragments = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files.keys().filter(|path| path.starts_with("pagefind/fragment/")).count()
    };
    let more = site.build();
    assert_eq!(fragments(&more), fragments(&good) + 1);
    assert_eq!(files_below(&site.path("public")), more);
}

#[test]
fn an_index_of_the_same_records_is_not_made_anew() {
    let site = site().claim();
    let fragment = site.build().into_keys().find(|path| path.starts_with("pagefind/fragment/")).expect("one");
    // A sign that only keeping can keep: another fragment, and its digest in the stamp.
    let sum = |bytes: &[u8]| {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    };
    let (path, stamp) = (format!("public/{fragment}"), "public/pagefind/claimbook.json");
    let original = fs::read(site.path(&path)).expect("a fragment");
    site.write(stamp, site.read(stamp).replace(&sum(&original), &sum(b"marked")));
    site.write(&path, "marked");
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nNot indexed.\n");
    assert_eq!(site.build()[&fragment], b"marked");
    site.write("content/metrics/speed.md", "---\ntitle: Speed\n---\n");
    assert_eq!(site.build()[&fragment], original);
}
