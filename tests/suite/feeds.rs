//! Do feeds and the site map follow a change, in a build that begins from an earlier one?

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
fn the_site_map_of_a_later_build_says_when_pages_changed() {
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
    assert_eq!(changed("claims/pace/").as_deref(), Some("2026-11-15"));
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
