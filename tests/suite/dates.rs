//! Do builds and checks for another day depend on nothing else? What counts on which day is shown beside the code.

use std::collections::BTreeMap;

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
