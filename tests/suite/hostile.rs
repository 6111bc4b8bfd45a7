//! Can hostile content run script in a reader's browser, or stop the program?

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::html::Page;
use crate::site::{Site, TODAY, site};

/// Breaks out of text, of both kinds of quoted attributes, of scripts, comments and CDATA.
const ATTACK: &str = r#"'"></title></script></style>--&gt;--></textarea>]]><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>{{ 7 * 7 }}{% raw %}&lt;script&gt;"#;

/// The attack as a scalar in double quotes, for TOML and YAML alike.
fn quoted() -> String {
    format!("\"{}\"", ATTACK.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A site with the attack in every field that takes free text.
fn attacked() -> Site {
    let x = quoted();
    // In Markdown, backslashes keep the attack text: fields, not raw HTML, are what is tested here.
    let text: String =
        ATTACK.chars().flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] }).collect();
    site()
        .file("site.toml", format!("title = {x}\nbase_url = \"https://example.org/\"\ndescription = {x}\nauthor = {x}\n"))
        .file("content/_index.md", format!("---\ntitle: {x}\nsummary: {x}\n---\n\n{text} [{text}](claim:one \"{text}\")\n"))
        .file("content/pages/about.md", format!("---\ntitle: {x}\nsummary: {x}\n---\n\n# {text}\n"))
        .file("content/speakers/jane.md", format!("---\nname: {x}\nurl: https://example.org/?a='%22><script>\n---\n{text}\n"))
        .file("content/metrics/pace.md", format!("---\ntitle: {x}\nunit: {x}\n---\n{text}\n"))
        .file("content/sources/report.md", format!("---\ntitle: {x}\nauthor: [{x}]\npublisher: {x}\nurl: \"https://example.org/?a='\\\"><script>alert(1)</script>\"\n---\n{text}\n"))
        .file(
            "content/articles/a.md",
            format!(
                "---\ntitle: {x}\nsummary: {x}\nauthors: [{x}]\ntags: [{x}, speed]\nsource: report\nallow: [quotes-in-statements, copied-statements]\n---\n\n\
                # {text} {{#x onclick=alert(1) .c\"onload=alert(1)}}\n\n{text} [{text}](claim:one \"{text}\") and [[one|{text}]].\n\n\
                ```html\"><script>alert(1)</script>\n{ATTACK}\n```\n\n`{ATTACK}`\n\n| {text} |\n|---|\n| [{text}](https://example.org/\"><script>) |\n\n\
                > [!claim] one\n> **{text}**\n>\n> > {text}\n>\n> - kind:: measurement\n> - by:: jane\n> - by:: {text}\n> - via:: {text}\n\
                > - metric:: pace\n> - subject:: {text}\n> - value:: 5 units {text}\n> - seen:: 2026-11-20 by {text}\n> - method:: {text}\n> - tags:: {text}\n\
                > - supports:: [{text}](claim:two) — {text}\n> - evidence:: for [{text}](https://example.org/'><script>) — {text}\n\
                > - verdict:: 2026-11-20 supported by {text} — {text} [{text}](https://example.org/)\n"
            ),
        )
        .file(
            "content/claims/two.md",
            format!(
                "---\nkind: forecast\nstatement: {x}\nquote: {x}\nseen: \"2026-11-20 by {}\nby: {x}\nsource: report\nresolves: 2027\nprobability: 60% stated\nquestion: q\n\
                criteria: {x}\nif: {x}\nexpects: 2028\nallow: [quotes-in-statements, copied-statements]\n---\n{text} [[two]]\n",
                x.trim_start_matches('"')
            ),
        )
}

#[test]
fn no_field_can_run_script() {
    let built = build(&attacked());
    check_inert(&built);
    for path in ["index.html", "articles/a/index.html", "claims/two/index.html", "speakers/jane/index.html"] {
        let page = String::from_utf8_lossy(&built[path]).into_owned();
        assert!(
            page.matches("&lt;script&gt;alert(1)").count() > 5,
            "{path}: the attack is not where it should be"
        );
    }
}

#[test]
fn raw_html_can_run_nothing() {
    let nasty = r#"<script>alert(1)</script>

<img onerror=alert(1)> <svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg> <b onmouseover=alert(1)>b</b>

<iframe src="https://example.com"></iframe> <object data=x></object> <embed src=x> <base href="https://example.com/">

<form action="https://example.com/"><input name=x><button formaction="javascript:alert(1)">x</button></form>

<style>* { background: url(https://example.com/) }</style>

<p style="position:fixed;inset:0">x</p> <input type="image" src="https://example.com/">

<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>

<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>

<meta http-equiv="refresh" content="0; url=https://example.com/"> <link rel=stylesheet href="https://example.com/a.css">

<video src="https://example.com/" poster="https://example.com/" autoplay></video> <img srcset="https://example.com/a.png 1x">

<details open ontoggle=alert(1)><summary>[It](claim:pace)</summary></details>
"#;
    let built =
        build(&site().claim().file("content/pages/about.md", format!("---\ntitle: About\n---\n\n{nasty}")));
    check_inert(&built);
    let page = String::from_utf8_lossy(&built["about/index.html"]).into_owned();
    assert!(page.contains("<b>b</b>") && !page.contains("example.com"), "{page}");
    assert_eq!(page.matches("http-equiv").count(), 1, "{page}");
}

#[test]
fn raw_html_cannot_take_the_ids_of_the_page() {
    let built = build(&site().file(
        "content/pages/about.md",
        "---\ntitle: About\n---\n\n<div id=\"main_\">x</div>\n\n# x\n\n<p id=\"x\">x</p>\n",
    ));
    Page::parse(&built["about/index.html"]).ids("about/index.html");
}

#[test]
fn brackets_of_slots_cannot_be_forged() {
    let forged = "\u{f8f0}0\u{f8f1} [It](claim:pace) <b>\u{f8f0}1\u{f8f1}</b> \u{f8f0}99999999999999999999\u{f8f1} \u{f8f0}";
    let site = site().claim().file("content/pages/about.md", format!("---\ntitle: About\n---\n\n{forged}\n"));
    let built = build(&site);
    let page = String::from_utf8_lossy(&built["about/index.html"]).into_owned();
    assert_eq!(page.matches("href=\"/claims/pace/\"").count(), 1, "{page}");
}

#[test]
fn unsafe_addresses_never_get_out() {
    for link in [
        "[x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](javascript:alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x](\u{1}javascript:alert(1))",
        "[x](java&NewLine;script:alert(1))",
        "[[javascript:alert(1)]]",
        "![[https://example.com/a.png]]",
        "<a href=\"java&#x09;script:alert(1)\">a</a>",
        "<A HREF=JavaScript:alert(1)>a</A>",
        "<a href = ' javascript:alert(1)'>a</a>",
        "<a href=\"&#106;avascript:alert(1)\">a</a>",
        "<img src=x onerror=alert(1)>",
        "<blockquote cite=javascript:alert(1)>a</blockquote>",
    ] {
        let site = site().file("content/pages/about.md", format!("---\ntitle: About\n---\n\n{link}\n"));
        let run = site.run(["build"]);
        match run.code {
            Some(0) => check_inert(&crate::site::files_below(&site.path("public"))),
            code => assert_eq!(code, Some(1), "{link}: {run:?}"),
        }
    }
}

/// The lines of numbers from 0 on, one behind the other.
pub(crate) fn each(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

fn build(site: &Site) -> BTreeMap<String, Vec<u8>> {
    site.run(["build", "--today", TODAY]).exits(0);
    crate::site::files_below(&site.path("public"))
}

/// Nothing runs on any page, and data and feeds stay data.
#[track_caller]
fn check_inert(files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let extension =
            Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let text = String::from_utf8_lossy(bytes);
        match extension {
            "html" => {
                let page = Page::parse(bytes);
                assert_eq!(page.dangers(), Vec::<String>::new(), "{path}");
                page.ids(path);
                assert!(!text.contains("<script>"), "{path}: {text}");
                assert!(!text.contains("49{%"), "{path}: content was run as a template");
                for block in page.find("script[type*=json]") {
                    let data: String = block.text().collect();
                    serde_json::from_str::<Value>(&data)
                        .unwrap_or_else(|error| panic!("{path}: {error}: {data}"));
                }
            }
            "json" => {
                serde_json::from_slice::<Value>(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
                assert!(!text.contains('<'), "{path}: `<` is not escaped");
            }
            "xml" => {
                assert!(!text.contains("<script"), "{path}: {text}");
                let mut reader = quick_xml::Reader::from_reader(bytes.as_slice());
                while !matches!(
                    reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")),
                    quick_xml::events::Event::Eof
                ) {}
            }
            _ => {}
        }
    }
}

#[test]
fn odd_input_neither_panics_nor_hangs() {
    let deep = 5_000;
    let lists = each(300, |depth| format!("{}- x\n", "  ".repeat(depth)));
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("nested quotations", format!("{}x", "> ".repeat(deep)).into()),
        ("nested lists", lists.into()),
        ("nested lists in one line", format!("{}x", "- ".repeat(deep)).into()),
        ("nested emphasis", format!("{}x{}", "*a ".repeat(deep), "*".repeat(deep)).into()),
        ("nested links", format!("{}x{}", "[".repeat(deep), "](claim:a)".repeat(deep)).into()),
        ("nested pictures", format!("{}x{}", "![".repeat(deep), "](/a)".repeat(deep)).into()),
        ("nested html", "<div>".repeat(deep).into()),
        ("nested wikilinks", "[[".repeat(deep).into()),
        ("nested callouts", format!("{}[!claim] a", "> [!claim] a\n> ".repeat(deep)).into()),
        ("backticks", (1..1_000).map(|run| "`".repeat(run) + " ").collect::<String>().into()),
        ("a tag of many attributes", format!("x <b {}>y</b>", each(300_000, |n| format!("a{n}=1 "))).into()),
        ("a block of many attributes", format!("<div {}>", each(300_000, |n| format!("a{n}=1\n"))).into()),
        ("html comments", "<!--".repeat(deep * 4).into()),
        ("brackets", "<".repeat(deep * 20).into()),
        ("declarations", "<!a <?b <![CDATA[".repeat(deep).into()),
        ("one long line", "word ".repeat(200_000).into()),
        ("one long word", "x".repeat(1_000_000).into()),
        ("NUL bytes", b"---\ntitle: a\0b\n---\n\nc\0d [e\0](claim:\0)".to_vec()),
        ("invalid UTF-8", vec![0xff, 0xfe, 0x00, 0xd8, b'\n', 0xc3]),
        ("carriage returns", "---\rtitle: a\r---\r\r[x](claim:a)\r".into()),
        ("many links", "[x](https://example.org/) ".repeat(10_000).into()),
        ("many unknown claims in one line", "[[a]] ".repeat(10_000).into()),
        ("many footnotes", each(5_000, |n| format!("[^{n}]\n\n[^{n}]: x\n\n")).into()),
        ("many headings", "# x\n\n".repeat(5_000).into()),
        ("many unknown claims", each(2_000, |n| format!("[x](claim:unknown-{n})\n\n")).into()),
        (
            "a wide table",
            format!("|{}\n|{}\n|{}", "a|".repeat(deep), "-|".repeat(deep), "b|".repeat(deep)).into(),
        ),
        ("deep YAML", format!("---\ntitle: {}\n---\n", "[".repeat(deep)).into()),
        ("deep TOML", format!("+++\ntitle = {}\n+++\n", "[".repeat(deep)).into()),
        ("dotted TOML", format!("+++\n{}a = 1\n+++\n", "a.".repeat(deep)).into()),
        ("wide YAML", format!("---\ntitle: x\ntags: [{}]\n---\n", "a, ".repeat(deep)).into()),
        ("only a fence", "---".into()),
        ("only a mark", "> [!claim]".into()),
        ("a mark without a quotation", "[!claim] a\n- kind:: x".into()),
        (
            "facts without values",
            "> [!claim] a\n> **x**\n> - ::\n> - by::\n> - :: x\n> - `by`:: x\n> - **by:: x**\n> - [by::](x)"
                .into(),
        ),
        ("bold of nothing", "> [!claim] a\n> ****\n> ** **\n> __x__".into()),
    ];
    let failed: Vec<&str> = cases
        .into_iter()
        .filter(|(_, body)| {
            let run = site().file("content/articles/a.md", body).run(["build", "--today", TODAY]);
            !matches!(run.code, Some(0 | 1))
        })
        .map(|(name, _)| name)
        .collect();
    assert!(failed.is_empty(), "{failed:?} did not end, or not well");
}

#[test]
fn odd_file_names_neither_panic_nor_climb() {
    for path in [
        "content/articles/!!!.md",
        "content/articles/🎉.md",
        "content/articles/a/!/b.md",
        "content/pages/---.md",
        "content/pages/%2e%2e.md",
        "content/pages/index.html.md",
        "content/claims/a\\b.md",
        "content/claims/a b.md",
        "content/speakers/a\"b.md",
        "content/metrics/<script>.md",
        "content/sources/...md",
        "content/tags/a.md",
        "static/.claimbook-manifest.json/x",
        "static/a\\b.txt",
        "static/index.html",
    ] {
        let site = site().claim().file(path, "---\ntitle: Odd\n---\n");
        let run = site.run(["build", "--today", TODAY]);
        assert!(matches!(run.code, Some(0 | 1)), "{path}: {run:?}");
        check_inert(&crate::site::files_below(&site.path("public")));
        assert!(
            !site.has("index.html") && !site.has("claims"),
            "{path}: written outside of the output folder"
        );
    }
}

#[test]
fn odd_ids_neither_panic_nor_climb() {
    let long = "a".repeat(5_000);
    for id in [
        "..",
        "../../x",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "<script>",
        "con",
        "é",
        "a b",
        ".claimbook-x",
        long.as_str(),
    ] {
        let callout = format!(
            "[x](<claim:{id}>)\n\n> [!claim] {id}\n> **It happened.**\n>\n> - kind:: statement\n> - by:: {id}\n> - tags:: {id}\n> - aliases:: {id}x\n"
        );
        let site = site().article(&callout);
        let run = site.run(["build", "--today", TODAY]);
        assert!(matches!(run.code, Some(0 | 1)), "{id}: {run:?}");
        assert!(!site.has("x") && !site.has("claims"), "{id}: written outside of the output folder");
    }
}

#[test]
fn chains_of_any_length_are_followed() {
    let claims = each(20_000, |n| {
        format!(
            "  - {{id: c-{n}, kind: statement, statement: It holds., by: J, depends-on: \"[x](claim:c-{})\"}}\n",
            n + 1
        )
    });
    let last =
        "  - {id: c-20000, kind: statement, statement: It holds., by: J, verdict: \"2026 refuted by J\"}\n";
    let allow = "allow: [unmentioned-claims, unsourced-claims, unexplained-verdicts]\n";
    let site = site()
        .file("content/articles/a.md", format!("---\ntitle: Chain\n{allow}claims:\n{claims}{last}---\n"));
    site.run(["check", "--today", TODAY]).exits(0);
}

#[test]
fn deep_and_long_markup_costs_what_it_should() {
    let nested = format!("{}a{}", "![".repeat(3_000), "](/a.png)".repeat(3_000));
    let open: Vec<String> = (0..6_000).map(|number| format!("<b class=a{number}>y")).collect();
    let fall = |number: usize| {
        let on = match number {
            0 => String::new(),
            _ => format!("> - depends-on:: [it](claim:c{}) — reason\n", number - 1),
        };
        format!(
            "> [!claim] c{number}\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n{on}\
             > - verdict:: 2026 refuted by J. Doe — [it](https://example.org/)\n\n"
        )
    };
    let falls: Vec<String> = (0..400).map(fall).collect();
    for body in [nested, open.concat(), falls.concat()] {
        let run = site().article(&body).run(["build", "--quiet", "--today", TODAY]);
        assert!(run.code.is_some_and(|code| code < 2), "{:?}: {}", run.code, run.stderr);
    }
}
