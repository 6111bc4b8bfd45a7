//! Do feeds carry the texts of their entries, and does the site map say when pages changed?

use crate::site::{Site, site};

/// A book with a write-up whose text has links of every sort, in a folder of its host.
fn book() -> Site {
    site()
        .file("site.toml", "title = \"Book\"\nbase_url = \"https://example.org/a/b/\"\n[build]\npreviews = false\n")
        .file(
            "content/articles/one.md",
            "---\ntitle: One\ndate: 2026-11-02\nupdated: 2026-11-10\ntags: [speed]\n---\n\n## Words\n\nIt [happened](claim:pace), see [two](two.md), [there](https://example.com/?a=1&b=2) \
             and [above](#words).\n\n![A chart](/chart.png)\n\n`href=\"/x\"` & ]]> \u{1} 5 < 6\n\n\
             > [!claim] pace\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Example Lab\n\
             > - verdict:: 2026-11-15 refuted by J. Doe — [the log](https://example.com/log) & more\n\n\
             > [!claim] silent\n> **Nobody mentions it.**\n>\n> - kind:: statement\n> - by:: Example Lab\n",
        )
        .file("content/articles/two.md", "---\ntitle: Two\ndate: 2025-05\nauthors: [Jane Doe, Example Lab]\n---\n\nOld.\n")
        .file("content/claims/three.md", "---\nstatement: Three.\nkind: statement\nby: jane\nsaid: 2024-02-03\n---\n")
        .file("content/speakers/jane.md", "---\nname: Jane Lab\ntype: person\n---\n")
        .file("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
        .file("static/chart.png", "no picture")
}

/// The contents of the entries of a feed, by title, as HTML.
fn contents(feed: &str) -> Vec<(String, String)> {
    let unescaped = |text: &str| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&amp;", "&")
    };
    let between = |text: &str, start: &str, end: &str| {
        let (_, rest) = text.split_once(start)?;
        Some(unescaped(rest.split_once(end)?.0))
    };
    let entries = feed.split("<entry>").skip(1);
    entries
        .map(|entry| {
            let title = between(entry, "<title>", "</title>").expect("a title");
            (title, between(entry, "<content type=\"html\">", "</content>").unwrap_or_default())
        })
        .collect()
}

#[test]
fn entries_carry_the_text_with_absolute_addresses() {
    let site = book();
    site.build();
    let feed = site.read("public/feed.xml");
    let entries = contents(&feed);
    let (title, one) = &entries[0];
    assert_eq!(title, "One");
    for words in [
        "<h2>Words</h2>",
        "<a href=\"https://example.org/a/b/claims/pace/\">happened</a>",
        "<a href=\"https://example.org/a/b/articles/two/\">two</a>",
        "<a href=\"https://example.com/?a=1&amp;b=2\">there</a>",
        "<a href=\"https://example.org/a/b/articles/one/#words\">above</a>",
        "<img src=\"https://example.org/a/b/chart.png\" alt=\"A chart\">",
        "<code>href=\"/x\"</code> &amp; ]]&gt;",
        "5 &lt; 6",
        "<p><a href=\"https://example.org/a/b/claims/silent/\">Nobody mentions it.</a> (Not reviewed)</p>",
    ] {
        assert!(one.contains(words), "{words} is not in {one}");
    }
    assert!(!feed.contains('\u{1}') && !one.contains("svg") && !one.contains("class="), "{one}");
    assert_eq!(entries[1], ("Two".to_owned(), "<p>Old.</p>\n".to_owned()));
    let verdicts = contents(&site.read("public/claims/feed.xml"));
    assert_eq!(
        verdicts[0].1,
        "<p><a href=\"https://example.org/a/b/claims/pace/\">It happened.</a> (Refuted)</p>\
         <p><a href=\"https://example.com/log\">the log</a> &amp; more</p>"
    );
    let of_tag = contents(&site.read("public/tags/speed/feed.xml"));
    assert!(of_tag.contains(&entries[0]), "{of_tag:?}");
}

#[test]
fn the_texts_of_a_feed_are_bounded() {
    let site = site();
    let words = "Words and words. ".repeat(2000);
    for number in 10..20 {
        site.write(
            &format!("content/articles/a{number}.md"),
            format!("---\ntitle: A{number}\ndate: 2026-01-{number}\nsummary: In short.\n---\n\n{words}\n"),
        );
    }
    let long = words.repeat(5);
    site.write(
        "content/articles/long.md",
        format!("---\ntitle: Long\ndate: 2026-02\nsummary: In short.\n---\n\n{long}\n"),
    );
    site.build();
    let feed = site.read("public/feed.xml");
    let with_text: Vec<String> =
        contents(&feed).into_iter().filter(|(_, text)| !text.is_empty()).map(|(title, _)| title).collect();
    assert_eq!(with_text, ["A19", "A18", "A17"]);
    assert_eq!(feed.matches("<summary>In short.</summary>").count(), 11);
}

#[test]
fn a_change_of_words_changes_the_feeds_that_carry_them() {
    let site = book();
    site.build();
    let text = site.read("content/articles/one.md");
    site.write("content/articles/one.md", text.replace("It [happened]", "Once more it [happened]"));
    site.build();
    for feed in ["public/feed.xml", "public/tags/speed/feed.xml"] {
        assert!(site.read(feed).contains("Once more it"), "{feed} is old");
    }
}

#[test]
fn the_site_map_says_when_pages_changed() {
    let site = book();
    let changed = |path: &str| {
        let map = site.read("public/sitemap.xml");
        let line = map
            .lines()
            .find(|line| line.contains(&format!("/a/b/{path}</loc>")))
            .expect("the page")
            .to_owned();
        line.split_once("<lastmod>").and_then(|(_, rest)| Some(rest.split_once('<')?.0.to_owned()))
    };
    site.build();
    for (path, expected) in [
        ("", Some("2026-11-15")),
        ("articles/one/", Some("2026-11-15")),
        ("articles/two/", Some("2025-05-01")),
        ("claims/pace/", Some("2026-11-15")),
        ("claims/silent/", Some("2026-11-10")),
        ("claims/three/", None),
        ("speakers/example-lab/", Some("2026-11-15")),
        ("tags/speed/", Some("2026-11-15")),
        ("about/", None),
    ] {
        assert_eq!(changed(path).as_deref(), expected, "{path}");
    }
    // On a day before the verdict, nobody had given it.
    site.run(["build", "--today", "2026-11-11"]).exits(0);
    assert_eq!(changed("claims/pace/").as_deref(), Some("2026-11-10"));
    // A revision alone counts, in a build that begins from an earlier one too.
    let text = site.read("content/articles/two.md");
    site.write(
        "content/articles/two.md",
        text.replace("date: 2025-05", "date: 2025-05\nupdated: 2025-06-07"),
    );
    site.run(["build", "--today", "2026-11-11"]).exits(0);
    assert_eq!(changed("articles/two/").as_deref(), Some("2025-06-07"));
}

#[test]
fn organizations_are_cited_and_described_as_such() {
    let site = book();
    site.build();
    let bibtex = site.read("public/data/citations.bib");
    assert!(bibtex.contains("author = {Jane Doe and {Example Lab}}"), "{bibtex}");
    assert!(bibtex.contains("author = {{Book}}"), "{bibtex}");
    for item in bibtex.split("\n\n") {
        assert!(item.contains("  year = {") && item.contains("  date = {"), "{item}");
    }
    let three = bibtex.split("\n\n").find(|item| item.contains("claim-three")).expect("its item");
    assert!(three.contains("year = {2024}") && three.contains("date = {2024-02-03}"), "{three}");
    let page = |path: &str| site.read(&format!("public/claims/{path}/index.html"));
    let (pace, three) = (page("pace"), page("three"));
    assert!(
        pace.contains(
            "{\"@type\":\"Organization\",\"@id\":\"https://example.org/a/b/speakers/example-lab/\""
        ),
        "{pace}"
    );
    assert!(pace.contains("{\"@type\":\"Person\",\"name\":\"J. Doe\"}"), "{pace}");
    assert!(
        three.contains("{\"@type\":\"Person\",\"@id\":\"https://example.org/a/b/speakers/jane/\""),
        "{three}"
    );
    let text = site.read("content/articles/one.md");
    site.write("content/articles/one.md", text.replace("by J. Doe", "by Panel of the study"));
    site.build();
    assert!(
        page("pace").contains("\"author\":[{\"@type\":\"Organization\",\"name\":\"Panel of the study\"}]")
    );
}
