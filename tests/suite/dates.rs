//! What counts on which day? A book built for a day shows what was said and judged by then, and nothing later.

use std::collections::BTreeMap;

use crate::html::Page;
use crate::site::{Site, files_below, site};

const LOG: &str = "[the log](https://example.org/log)";

/// A claim of each year from 2024 to 2026, a forecast with a verdict, and relations between them.
fn book() -> Site {
    let claim = |id: &str, facts: &str| {
        let facts = facts.replace('\n', "\n> - ");
        format!("> [!claim] {id}\n> **Statement of {id}.**\n>\n> - by:: Jane Doe\n> - {facts}\n\n")
    };
    let body = [
        "[One](claim:old), [two](claim:new), [three](claim:last), [four](claim:forecast), [five](claim:rests).\n\n",
        &claim("old", "kind:: statement\nsaid:: 2024-03-01"),
        &claim(
            "new",
            &format!(
                "kind:: statement\nsaid:: 2025-05\nsupersedes:: [x](claim:old)\n\
                 verdict:: 2026-07-01 refuted by J. Doe — {LOG}"
            ),
        ),
        &claim("last", "kind:: statement\nsaid:: 2026-02-01\ncontradicts:: [x](claim:new) — it is not so"),
        &claim("rests", "kind:: statement\nsaid:: 2024-03-02\ndepends-on:: [x](claim:new)"),
        &claim(
            "forecast",
            &format!(
                "kind:: forecast\nsaid:: 2024-04-01\nprobability:: 70% stated\nresolves:: 2025\nquestion:: q\n\
                 verdict:: 2025-06-01 came-true by J. Doe — {LOG}"
            ),
        ),
    ];
    site().article(&body.concat())
}

fn built(site: &Site, day: &str) -> BTreeMap<String, Vec<u8>> {
    site.run(["build", "--today", day]).exits(0);
    files_below(&site.path("public"))
}

fn text<'a>(built: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    let bytes = built.get(path).unwrap_or_else(|| panic!("{path} was not built"));
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_claim_that_is_not_said_yet_keeps_its_page_and_is_in_no_list() {
    let site = book();
    let early = built(&site, "2024-03-10");
    let page = text(&early, "claims/new/index.html");
    assert!(page.contains("Not said yet"), "{page}");
    assert!(!page.contains("Refuted"), "{page}");
    assert!(text(&early, "articles/a/index.html").contains("Not said yet"), "its card says so");
    let counted = "Statement of new";
    for path in [
        "claims/index.html",
        "claims/year/2024/index.html",
        "speakers/jane-doe/index.html",
        "timeline/index.html",
        "fallout/index.html",
        "disputes/index.html",
        "review/index.html",
        "claims/feed.xml",
        "claims/old/index.html",
        "claims/rests/index.html",
    ] {
        assert!(!text(&early, path).contains(counted), "{path}");
    }
    assert!(!early.contains_key("claims/year/2025/index.html"));
    assert!(!early.contains_key("forecasts/q/index.html"), "nobody has forecast it yet");
    let forecast = Page::parse(&early["claims/forecast/index.html"]);
    assert!(forecast.find("a[href='/forecasts/q/']").is_empty(), "a link there would lead nowhere");
    assert!(text(&early, "articles/index.html").contains("2 claims: 2 not reviewed"));
    assert!(!text(&early, "data/scores.json").contains("jane-doe"));
    assert!(!text(&early, "data/graph.json").contains("supersedes"));
    let late = built(&site, "2026-07-02");
    assert!(text(&late, "claims/index.html").contains(counted));
    assert!(text(&late, "fallout/index.html").contains(counted));
    assert!(text(&late, "articles/index.html").contains("5 claims: "));
}

#[test]
fn a_verdict_after_the_day_is_neither_shown_nor_scored() {
    let site = book();
    let before = built(&site, "2025-05-20");
    assert!(
        text(&before, "data/scores.json").contains("\"pending\": 1"),
        "{}",
        text(&before, "data/scores.json")
    );
    assert!(!text(&before, "claims/forecast/index.html").contains("Came true"));
    assert!(!text(&before, "claims/feed.xml").contains("Came true"));
    let after = built(&site, "2025-06-01");
    assert!(text(&after, "data/scores.json").contains("\"came_true\": 1"));
    assert!(text(&after, "claims/feed.xml").contains("Came true"));
}

#[test]
fn a_build_for_another_day_is_the_same_whatever_was_built_before() {
    let (one, other) = (book(), book());
    for day in ["2026-07-02", "2024-03-10", "2025-05-20"] {
        built(&one, day);
    }
    let (again, clean) = (built(&one, "2024-12-31"), built(&other, "2024-12-31"));
    for (path, bytes) in &clean {
        assert!(path.starts_with(".claimbook") || again.get(path) == Some(bytes), "{path} differs");
    }
    assert_eq!(again.len(), clean.len());
}

#[test]
fn lints_that_depend_on_the_day_never_fail() {
    let site = book();
    for (day, lint) in [("2024-03-10", "future-dates"), ("2025-05-20", "future-dates")] {
        site.run(["check", "--strict", "--today", day]).exits(0).says([lint]);
    }
    let due = "> [!claim] due\n> **It will happen.**\n>\n> - kind:: forecast\n> - by:: Jane Doe\n> - said:: 2020\n> - resolves:: 2021\n";
    let overdue = site.article(&format!("[It](claim:due).\n\n{due}"));
    overdue.run(["check", "--strict", "--today", "2026-11-29"]).exits(0).says(["overdue-forecasts"]);
    let settings = overdue.read("site.toml");
    overdue.write("site.toml", format!("{settings}\n[lints]\noverdue-forecasts = \"deny\"\n"));
    overdue.run(["check", "--today", "2026-11-29"]).exits(1);
    let unsourced =
        overdue.file("content/claims/c.md", "---\nstatement: It was.\nkind: statement\nby: J. Doe\n---\n");
    unsourced.write("site.toml", settings);
    unsourced.run(["check", "--strict", "--today", "2026-11-29"]).exits(1);
}

#[test]
fn disputes_do_not_need_that_all_claims_were_said() {
    let callout = |id: &str, facts: &str| {
        format!(
            "> [!claim] {id}\n> **Statement of {id}.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n{facts}\n"
        )
    };
    // Numbers of claims follow their ids, so that the claim which does not count comes first.
    let body = [
        callout("a", "> - said:: 2030\n"),
        callout("y", "> - said:: 2025\n"),
        callout("z", "> - said:: 2025\n> - contradicts:: [x](claim:y) — it is not so\n"),
    ];
    let site = site().article(&body.concat());
    let built = built(&site, "2026-11-29");
    assert!(text(&built, "disputes/index.html").contains("Statement of z."));
}
