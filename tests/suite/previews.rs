//! Do pages have the pictures they promise, and are pictures kept only while they are right?

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::html::Page;
use crate::site::{Site, site};

const ARTICLE: &str = "articles/a/preview.png";
const CLAIM: &str = "claims/pace/preview.png";

fn settings(previews: &str) -> String {
    format!("title = \"Book\"\nbase_url = \"https://example.org/a/b/\"\n\n[build]\npreviews = {previews}\n")
}

/// A write-up, its claim and its speaker, on a site that wants these previews.
fn book(previews: &str) -> Site {
    site().claim().file("site.toml", settings(previews))
}

fn pictures(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).filter(|path| path.ends_with("preview.png")).collect()
}

/// What a picture shows: its bytes without the digest that stands behind the header.
fn shown(picture: &[u8]) -> &[u8] {
    let length = picture[33..37].iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    assert_eq!(&picture[37..41], b"tEXt");
    &picture[33 + 12 + length..]
}

/// Values of the tags of a page whose property or name begins so.
fn tags(files: &BTreeMap<String, Vec<u8>>, path: &str, start: &str) -> BTreeMap<String, String> {
    let page = Page::parse(&files[path]);
    let tags = page.find("meta[property], meta[name]");
    let named = tags.iter().filter_map(|tag| {
        let tag = tag.value();
        let name = tag.attr("property").or_else(|| tag.attr("name"))?;
        name.starts_with(start).then(|| (name.to_owned(), tag.attr("content").unwrap_or_default().to_owned()))
    });
    named.collect()
}

#[test]
fn which_pages_have_a_picture_is_a_choice() {
    let some = [ARTICLE, "preview.png", "speakers/jane-doe/preview.png"];
    let all = [ARTICLE, CLAIM, "preview.png", "speakers/jane-doe/preview.png"];
    for (previews, expected) in [("true", &some[..]), ("false", &[]), ("\"all\"", &all)] {
        let files = book(previews).build();
        assert_eq!(pictures(&files), expected, "{previews}");
        for path in pictures(&files) {
            let (signature, rest) = files[path].split_at(16);
            assert_eq!(signature, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", "{path}");
            assert_eq!(rest[..8], [1200_u32.to_be_bytes(), 630_u32.to_be_bytes()].concat(), "{path}");
        }
    }
    let default = site().claim().file("site.toml", "title = \"Book\"\nbase_url = \"https://example.org/\"\n");
    assert_eq!(pictures(&default.build()), some);
}

#[test]
fn tags_lead_to_the_picture_by_its_whole_address() {
    let files = book("true").build();
    let article = tags(&files, "articles/a/index.html", "og:");
    let has = |name: &str, value: &str| assert_eq!(article[name], value, "{name}");
    has("og:title", "First");
    has("og:type", "article");
    has("og:site_name", "Book");
    has("og:url", "https://example.org/a/b/articles/a/");
    has("og:image", "https://example.org/a/b/articles/a/preview.png");
    has("og:image:width", "1200");
    has("og:image:height", "630");
    has("og:image:type", "image/png");
    has("og:image:alt", "First. 1 claim. 1 not reviewed");
    assert_eq!(tags(&files, "articles/a/index.html", "twitter:")["twitter:card"], "summary_large_image");
    let claim = tags(&files, "claims/pace/index.html", "");
    assert!(!claim.contains_key("og:image"), "{claim:?}");
    assert_eq!(claim["twitter:card"], "summary");
    assert_eq!(tags(&files, "speakers/jane-doe/index.html", "og:type")["og:type"], "profile");
}

#[test]
fn write_ups_say_when_they_were_published() {
    let head = "---\ntitle: First\ndate: 2026-05-20\nupdated: 2026-06\n---\n";
    let files = site().file("content/articles/a.md", head).build();
    let times = tags(&files, "articles/a/index.html", "article:");
    assert_eq!(times["article:published_time"], "2026-05-20");
    assert_eq!(times["article:modified_time"], "2026-06");
}

/// Make a file look old, to see whether it is written again.
fn set_old(path: &Path) -> SystemTime {
    let old = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365);
    let file = fs::File::options().write(true).open(path).expect("a file");
    file.set_modified(old).expect("a time to set");
    old
}

#[test]
fn a_picture_changes_with_what_it_shows_and_only_then() {
    let site = book("\"all\"");
    let first = site.build();
    let picture = site.path(&format!("public/{ARTICLE}"));
    let old = set_old(&picture);
    site.write("content/pages/about.md", "---\ntitle: About\n---\n");
    site.build();
    let modified = fs::metadata(&picture).and_then(|metadata| metadata.modified()).expect("a time");
    assert_eq!(modified, old, "nothing it shows has changed");

    let source = site.read("content/articles/a.md");
    site.write("content/articles/a.md", source.replace("title: First", "title: Second"));
    let retitled = site.build();
    assert_ne!(shown(&retitled[ARTICLE]), shown(&first[ARTICLE]));
    assert_eq!(retitled[CLAIM], first[CLAIM]);

    site.write(
        "content/articles/a.md",
        format!("{source}> - verdict:: 2026-11-20 refuted by J. Doe — why\n"),
    );
    let judged = site.build();
    for path in [ARTICLE, CLAIM, "preview.png", "speakers/jane-doe/preview.png"] {
        assert_ne!(shown(&judged[path]), shown(&first[path]), "{path}");
    }
    fs::remove_dir_all(site.path("public")).expect("an output folder");
    assert!(site.build() == judged, "a clean build gives the same");
}

#[test]
fn a_picture_that_was_damaged_is_made_anew() {
    let site = book("true");
    let good = site.build();
    let path = format!("public/{ARTICLE}");
    let picture = &good[ARTICLE];
    let mut altered = picture.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let other = &good["preview.png"];
    for damage in [&b""[..], b"damaged", &altered, &picture[..picture.len() - 1], other] {
        site.write(&path, damage);
        assert!(site.build() == good);
    }
    fs::remove_file(site.path(&path)).expect("a picture to delete");
    assert!(site.build() == good);
}

#[test]
fn a_title_that_cannot_be_written_has_no_picture() {
    for (title, is_drawn) in
        [("模型", false), ("نموذج", false), ("Ельцин, Łódź, Ελλάδα", true), ("Up 🚀", true)]
    {
        let files = book("true").file("content/articles/a.md", format!("---\ntitle: {title}\n---\n")).build();
        assert_eq!(files.contains_key(ARTICLE), is_drawn, "{title}");
        let tags = tags(&files, "articles/a/index.html", "og:image");
        assert_eq!(tags.contains_key("og:image"), is_drawn, "{title}");
    }
}

#[test]
fn no_text_harms_a_picture() {
    let hostile = "</text><script>&amp;\\u200b<image href='file:///etc/passwd'/> %s \\\"{{ 1 }}";
    // The longest titles that a write-up can have.
    let long = "very ".repeat(59);
    let wide = "W".repeat(300);
    for title in [hostile, &long, &wide] {
        let article = format!("---\ntitle: \"{title}\"\n---\n");
        let files = book("true").file("content/articles/a.md", article).build();
        assert!(files.contains_key(ARTICLE), "{}", title.chars().take(40).collect::<String>());
    }
}
