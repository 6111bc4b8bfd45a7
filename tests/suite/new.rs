//! Are new files right from the start, where they belong, and never in the way of another?

use crate::site::{Run, Site, TODAY, claimbook, files_below, site};

fn new<const N: usize>(site: &Site, arguments: [&str; N]) -> Run {
    claimbook(&site.path("."), ["new"].into_iter().chain(arguments).chain(["--today", TODAY]))
}

/// The errors of a book, drafts included.
#[track_caller]
fn has_no_error(site: &Site) {
    for arguments in [&["check", "--today", TODAY][..], &["build", "--drafts", "--today", TODAY]] {
        claimbook(&site.path("."), arguments).exits(0);
    }
}

/// The text of a new file in which every commented key is in use.
fn uncommented(text: &str) -> String {
    text.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_kind_has_its_folder_and_no_error() {
    let site = site();
    for (kind, name, path) in [
        ("article", "The weekly report", "content/articles/the-weekly-report.md"),
        ("claim", "It \"happened\": yes", "content/claims/it-happened-yes.md"),
        ("speaker", "François Chollet", "content/speakers/francois-chollet.md"),
        ("metric", "Time: 北京", "content/metrics/time-bei-jing.md"),
        ("source", "'Report' #45 \\ x", "content/sources/report-45-x.md"),
    ] {
        let run = new(&site, [kind, name]).exits(0);
        assert_eq!(run.stdout, format!("{path}\n"));
        assert!(!run.stderr.is_empty());
        let text = site.read(path);
        assert!(text.starts_with("---\n") && text.contains("<!--"), "{text}");
        has_no_error(&site);
    }
    let article = site.read("content/articles/the-weekly-report.md");
    assert!(article.contains("title: \"The weekly report\"\ndate: 2026-11-22\ndraft: true"), "{article}");
}

#[test]
fn drafts_show_what_was_named() {
    let site = site();
    new(&site, ["claim", "Costs *fell* by 3 % [sic] <b>", "--id", "costs", "--by", "Jane \"J\" Doe"])
        .exits(0);
    site.run(["build", "--drafts", "--today", TODAY]).exits(0);
    let data = site.read("public/data/claims.json");
    assert!(data.contains("Costs *fell* by 3 % [sic] \\u003cb>"), "{data}");
    assert!(site.read("public/data/names.json").contains("Jane \\\"J\\\" Doe"));
}

#[test]
fn claims_of_each_kind_are_led_to_their_keys() {
    for (kind, key) in [("measurement", "# value:"), ("forecast", "# resolves:"), ("opinion", "# said:")] {
        let site = site();
        new(&site, ["claim", "It happened.", "--kind", kind]).exits(0);
        let text = site.read("content/claims/it-happened.md");
        assert!(text.contains(&format!("kind: {kind}")) && text.contains(key), "{text}");
        has_no_error(&site);
        // Every commented key is one that is read.
        let all = uncommented(&text);
        let all = all.replace("draft: true", "draft: false").replace("other-id", "pace");
        let all = all.replace("source: id-of-a-source", "source: \"[a](https://example.org/)\"");
        let all = if kind == "forecast" { all.replace("supported", "came-true") } else { all };
        site.write("content/claims/it-happened.md", all);
        let site = site.claim();
        only_placeholders_are_wrong(
            &site,
            match kind {
                "measurement" => 7,
                "forecast" => 6,
                _ => 4,
            },
        );
    }
}

/// Check a site in which every placeholder is published: each is an error, and nothing else is.
#[track_caller]
fn only_placeholders_are_wrong(site: &Site, number: usize) {
    let run = site.run(["check", "--today", TODAY, "--format", "json"]);
    let of_errors = run.diagnostics().into_iter().filter(|problem| problem["severity"] == "error");
    let rules: Vec<String> = of_errors.map(|problem| problem["code"].to_string()).collect();
    assert_eq!(rules, vec!["\"placeholders\""; number], "{}", run.stdout);
}

#[test]
fn commented_keys_of_every_kind_are_read() {
    let site = site();
    for kind in ["speaker", "metric", "source"] {
        let run = new(&site, [kind, "One"]).exits(0);
        let path = run.stdout.trim();
        let text = site.read(path);
        assert!(text.lines().any(|line| line.starts_with("# ")), "{text}");
        let all = uncommented(&text);
        site.write(path, all);
    }
    only_placeholders_are_wrong(&site, 3);
}

#[test]
fn a_claim_with_placeholders_is_only_proposed() {
    for (name, by) in [("It happened.", None), ("pace", Some("J. Doe")), ("pace", None)] {
        let site = site().article("Text.\n");
        let by = by.map(|by| ["--by", by]).into_iter().flatten();
        let arguments = ["new", "claim", name, "--in", "content/articles/a.md"].into_iter().chain(by);
        claimbook(&site.path("."), arguments.chain(["--today", TODAY])).exits(0);
        has_no_error(&site);
        let text = site.read("content/articles/a.md");
        assert!(text.ends_with("> - proposed:: true\n"), "{text}");
        site.write("content/articles/a.md", text.replace("> - proposed:: true\n", ""));
        only_placeholders_are_wrong(
            &site,
            text.matches("One sentence").count() + text.matches("Name of").count(),
        );
    }
}

#[test]
fn a_claim_can_be_added_to_a_write_up() {
    let site = site().article("Costs [fell](claim:costs-fell-by-3-per-year).\n\n\n");
    let before = site.read("content/articles/a.md");
    let name = "Costs *fell* by 3 [per] year.";
    let run = new(&site, ["claim", name, "--by", "Example Lab", "--in", "content/articles/a.md"]).exits(0);
    assert_eq!(run.stdout, "content/articles/a.md\n");
    let callout = "\n> [!claim] costs-fell-by-3-per-year\n> **Costs \\*fell\\* by 3 \\[per\\] year.**\n>\n> - kind:: statement\n> - by:: Example Lab\n";
    assert_eq!(site.read("content/articles/a.md"), before.trim_end().to_owned() + "\n" + callout);
    site.run(["check", "--strict", "--today", TODAY]).exits(0);
    let built = site.build();
    let data = String::from_utf8(built["data/claims.json"].clone()).expect("text");
    assert!(data.contains("Costs *fell* by 3 [per] year."), "{data}");
    // And another behind it, from inside of the folder.
    claimbook(&site.path("content/articles"), ["new", "claim", "It ran.", "--in", "a.md", "--by", "J. Doe"])
        .exits(0);
    has_no_error(&site);
    assert!(site.read("content/articles/a.md").ends_with("- by:: J. Doe\n"));
    assert_eq!(files_below(&site.path("content")).len(), 1);
}

#[test]
fn line_breaks_and_front_matter_of_a_write_up_are_kept() {
    let head = "\u{feff}---\r\ntitle:   \"A\"  # mine\r\n---\r\n";
    for body in ["", "\r\nText.", "\r\n- item\r\n", "\r\n> quoted\r\n", "\r\n[^1]: note\r\n"] {
        let site = site().file("content/articles/a.md", format!("{head}{body}"));
        new(&site, ["claim", "pace", "--in", "content/articles/a.md"]).exits(0);
        let text = site.read("content/articles/a.md");
        assert!(text.starts_with(&format!("{head}{body}")), "{text:?}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
        has_no_error(&site);
    }
}

#[test]
fn a_claim_that_would_not_be_read_is_refused() {
    let in_code = "claim callout is inside a code block that is never closed";
    for (body, reason) in
        [("```\ncode\n", in_code), ("<!-- open\n", "would not be read"), ("<pre>\n", "would not be read")]
    {
        let site = site().article(body);
        let before = site.read("content/articles/a.md");
        new(&site, ["claim", "pace", "--in", "content/articles/a.md"]).exits(2).says([reason]);
        assert_eq!(site.read("content/articles/a.md"), before);
    }
    let site = site().file("content/articles/a.md", b"---\ntitle: A\n---\n\xff\n");
    new(&site, ["claim", "pace", "--in", "content/articles/a.md"]).exits(2).says(["UTF-8"]);
}

#[test]
fn only_write_ups_take_claims() {
    let site = site().file("content/pages/p.md", "---\ntitle: P\n---\n").file("other.md", "Text.\n").claim();
    let outside = tempfile::NamedTempFile::new().expect("a file");
    let outside = outside.path().to_str().expect("a plain path");
    for file in ["content/pages/p.md", "other.md", "site.toml", "content/articles", "gone.md", outside] {
        new(&site, ["claim", "It is new.", "--in", file]).exits(2);
    }
    assert_eq!(site.read("other.md"), "Text.\n");
    assert_eq!(site.read("content/pages/p.md"), "---\ntitle: P\n---\n");
}

#[test]
fn what_is_defined_is_not_defined_again() {
    let site = site()
        .claim()
        .file(
            "content/claims/old.md",
            "---\nstatement: Old.\nkind: opinion\nby: Jane Doe\naliases: older\ndraft: true\n---\n",
        )
        .file("content/speakers/lab.md", "---\nname: Example Lab\naliases: [The Lab]\n---\n")
        .file("content/articles/My Report.md", "---\ntitle: R\naliases: [former]\n---\n");
    let before = files_below(&site.path("content"));
    for (arguments, place) in [
        (["claim", "Pace"], "content/articles/a.md on line 8"),
        (["claim", "Old"], "content/claims/old.md"),
        (["claim", "older"], "content/claims/old.md"),
        (["speaker", "Lab"], "content/speakers/lab.md"),
        (["speaker", "Example Lab"], "content/speakers/lab.md"),
        (["speaker", "the lab"], "content/speakers/lab.md"),
        (["article", "my report"], "content/articles/My Report.md"),
    ] {
        new(&site, arguments).exits(2).says(["there is already a", place]);
    }
    new(&site, ["claim", "Pace", "--in", "content/articles/a.md"]).exits(2).says(["already a claim `pace`"]);
    assert_eq!(files_below(&site.path("content")), before);
    // One that is only named so far gets its file; the same id is free for another kind.
    new(&site, ["speaker", "Jane Doe"]).exits(0);
    new(&site, ["metric", "Pace"]).exits(0);
    has_no_error(&site);
}

#[test]
fn an_address_that_another_page_has_is_refused() {
    let site = site().file("content/pages/p.md", "---\ntitle: P\naliases: [articles/former]\n---\n");
    site.run(["check"]).exits(0);
    new(&site, ["article", "Former"]).exits(2).says(["would have an error"]);
    assert!(!site.has("content/articles/former.md"));
}

#[test]
fn ids_can_be_chosen() {
    let site = site();
    new(&site, ["article", "A", "--id", "2026/first"]).exits(0);
    assert!(site.has("content/articles/2026/first.md"));
    new(&site, ["claim", "!?", "--id", "odd"]).exits(0);
    has_no_error(&site);
    for arguments in [
        ["claim", "A", "--id", "Not An Id"],
        ["claim", "A", "--id", "a/b"],
        ["article", "A", "--id", "../a"],
        ["article", "A", "--id", "a//b"],
        ["claim", "A", "--id", ""],
    ] {
        new(&site, arguments).exits(2).says(["is not an id"]);
    }
    for name in ["", " ", "!?", "a\nb"] {
        new(&site, ["claim", name]).exits(2);
    }
    new(&site, ["speaker", "A", "--in", "x.md"]).exits(2);
}

#[test]
fn a_book_with_errors_can_still_grow() {
    let site = site().article("[gone](claim:gone)\n");
    new(&site, ["claim", "It happened."]).exits(0);
    let claim = ["claim", "It is gone.", "--id", "gone", "--by", "J. Doe", "--in", "content/articles/a.md"];
    new(&site, claim).exits(0);
    has_no_error(&site);
}
