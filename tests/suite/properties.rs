//! What must be true for any text, tried with texts put together at random from the signs that mean something. The
//! checks are those of the fuzz targets, in `fuzz/properties.rs`. `scripts/test` tries the same few texts each time,
//! `scripts/test full` many others.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::checks;
use crate::site::cases;

/// What any file may contain.
const SIGNS: &[&str] = &[
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{f8f0}0\u{f8f1}",
    "\u{202e}",
    "\u{200b}",
    "\u{a0}",
    "é",
    "題",
    "🎉",
    "e\u{301}",
    "a",
    "word",
    "It happened.",
    "\"",
    "'",
    "`",
    "“",
    "”",
    "\\",
    "&",
    "&amp;",
    "&#0;",
    "&lt;b&gt;",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "%%",
    "javascript:alert(1)",
    "https://example.org/",
    "http://",
    "//",
    "..",
    "../",
    "-",
    "--",
    "---",
    ":",
    "::",
    ": ",
    ",",
    ";",
    "#",
    "|",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "1",
    "2026",
    "2026-11-22",
    "0.5",
    "60%",
    "4.1 days",
    "=== ",
];

/// Front matter of both languages, the keys of all kinds of files and of claims.
const FRONT_MATTER: &[&str] = &[
    "title: ",
    "title = ",
    "name: ",
    "date: 2026-11-20\n",
    "updated: ",
    "tags: [a, b]\n",
    "tags:\n  - ",
    "authors: [",
    "aliases: ",
    "source: a\n",
    "source:\n  title: ",
    "  url: ",
    "draft: true\n",
    "allow: [unsourced-claims]\n",
    "summary: >\n  ",
    "|\n  ",
    "claims:\n  - id: a\n    kind: statement\n    statement: ",
    "claims:\n",
    "    by: ",
    "    verdict: 2026 supported by J. Doe\n",
    "unit: ",
    "better: lower\n",
    "scale: log\n",
    "group-by: subject\n",
    "trend: linear\n",
    "headline: ",
    "type: person\n",
    "kind: forecast\n",
    "statement: ",
    "resolves: 2027\n",
    "probability: 60%\n",
    "? ",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "[[claims]]\n",
    "id = \"a\"\n",
    "\"\"\"",
    "'''",
    "{",
    "}",
    "+++\n",
    "---\n",
];

/// Claims in callouts.
const FACTS: &[&str] = &[
    "[!claim] b\n",
    "**It happened.**\n",
    "> the words\n",
    "- ",
    "kind:: forecast\n",
    "kind:: measurement\n",
    "by:: Jane Doe\n",
    "said:: 2026-11\n",
    "via:: ",
    "metric:: pace\n",
    "subject:: ",
    "value:: 4.1 days\n",
    "value:: ",
    "interval:: 3 to 5 days\n",
    "method:: ",
    "as-of:: 2026\n",
    "tags:: a, b\n",
    "supports:: [it](claim:a) — reason\n",
    "depends-on:: [it](claim:b)\n",
    "contradicts:: ",
    "supersedes:: ",
    "evidence:: for [it](https://example.org/) — reason\n",
    "verdict:: 2026-11-20 supported by J. Doe — [it](https://example.org/)\n",
    "verdict:: ",
    "resolves:: 2027\n",
    "probability:: 60% stated\n",
    "expects:: 2028\n",
    "question:: q\n",
    "criteria:: ",
    "aliases:: b\n",
    "proposed:: true\n",
    "allow:: ",
    "± 3 %",
    " to ",
    "1e300",
    "-5",
    "1,000",
    "[x](claim:a)",
    "[[a]]",
];

/// Markdown and raw HTML.
const MARKDOWN: &[&str] = &[
    "# ",
    "## Head {#id .c onclick=x}\n",
    "* ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "```\n",
    "```html\n",
    "~~~",
    "***",
    "**",
    "_",
    "~~",
    "![",
    "](a.png)",
    "](https://example.org/)",
    "](javascript:alert(1))",
    "[^1]",
    "[^1]: note\n",
    "[a]: /x\n",
    "<https://example.org/>",
    "| a | b |\n|---|---|\n",
    "- [ ] ",
    "<b>",
    "</b>",
    "<i title=\"",
    "\">",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<a href=/x/>",
    "</a>",
    "<!-- ",
    " -->",
    "<br>",
    "<table>",
    "<tr><td>",
    "</table>",
    "<details><summary>",
    "</details>",
    "<ul><li>",
    "</ul>",
    "<img src=x onerror=alert(1)>",
    "<u\n",
    "<sup>2</sup>",
];

/// HTML that reads otherwise when it is written and read again, or that must go.
const HTML: &[&str] = &[
    "<math>",
    "</math>",
    "<svg>",
    "</svg>",
    "<mtext>",
    "<mglyph>",
    "<malignmark>",
    "<annotation-xml encoding=\"text/html\">",
    "<desc>",
    "<foreignObject>",
    "<title>",
    "</title>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<template>",
    "</template>",
    "<noscript>",
    "</noscript>",
    "<textarea>",
    "</textarea>",
    "<select>",
    "<option>",
    "<form>",
    "<table>",
    "<caption>",
    "<td>",
    "<p>",
    "</p>",
    "<b>",
    "<a>",
    "<a href=\"javascript:alert(1)\">",
    "<img src=x onerror=alert(1)>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<?x",
    "<!x",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<h1>",
    "<br>",
    "<li>",
    "x=\"",
    "\">",
    "<plaintext>",
    "<xmp>",
];

/// Pages of others.
const PAGES: &[&str] = &[
    "<html><head>",
    "<title>A page</title>",
    "<meta property=\"og:title\" content=\"",
    "<meta name=author content='",
    "'>",
    "\">",
    "<meta charset=utf-8>",
    "<script type=\"application/ld+json\">{\"@type\": \"Article\", \"headline\": ",
    "</script>",
    "</head><body>",
    "<article>",
    "<h1>",
    "</h1>",
    "<p>",
    "</p>",
    "Training took 4.1 days, down from 12.3 in 2024. ",
    "We expect this by 2028. ",
    "“It will happen,” said Jane Doe. ",
    "More than 60% of users agreed. ",
    "<blockquote>",
    "</blockquote>",
    "<time datetime=2026-11-20>",
    "<table><tr><td>",
    "</table>",
    "<pre>",
    "</pre>",
    "<li>",
    "<a href=\"",
    "> [!claim] a\n",
    "# A page\n\n",
];

/// `claims.lock`.
const LOCK: &[&str] = &[
    "version = 1\n",
    "[claims.a]\n",
    "[claims.\"b c\"]\n",
    "source = \"a\"\n",
    "state = \"verified\"\n",
    "state = \"drifted\"\n",
    "date = \"2026-11-20\"\n",
    "snapshot = \"ab\"\n",
    "quote = \"the words\"\n",
    "start = 1\n",
    "end = 10\n",
    "prefix = \"\"\n",
    "suffix = \"x\"\n",
    "repeated = true\n",
    "version = 2\n",
    "= ",
    "\"\"\"",
    "<<<<<<< a\n",
];

/// `site.toml`.
const SETTINGS: &[&str] = &[
    "title = \"Book\"\n",
    "base_url = \"https://example.org/\"\n",
    "base_url = \"https://example.org/a/b/\"\n",
    "title = ",
    "base_url = \"",
    "language = \"",
    "\"\n",
    "description = \"",
    "author = \"",
    "[build]\n",
    "search = false\n",
    "previews = false\n",
    "previews = ",
    "addresses = \"files\"\n",
    "[lints]\n",
    "unsourced-claims = \"deny\"\n",
    "[policy]\n",
    "unverified-quotes = \"warn\"\n",
    "[links]\n",
    "repository = \"https://github.com/a/b\"\n",
    "de",
    "'''",
    "[[",
];

/// Files of a book, some of which come twice.
const BOOK: &[&str] = &[
    "=== articles/a\n---\ntitle: A\n---\n\n",
    "=== articles/b\n---\ntitle: B\n---\n\n",
    "=== claims/c\n---\nkind: statement\nstatement: It holds.\nby: Jane\n---\n",
    "=== speakers/jane\n---\nname: Jane\n---\n",
    "=== pages/p\n---\ntitle: P\naliases: [old/]\n---\n",
    "=== _index\n---\ntitle: Home\n---\n",
    "=== metrics/pace\n---\ntitle: Pace\nunit: days\n---\n",
    "=== sources/s\n---\ntitle: S\nurl: https://example.org/s\n---\n",
    "[It](claim:c) is said. ",
    "[They](speaker:jane) say so. ",
    "[[c]] ",
    "More words. ",
    "# A heading\n\n",
    "\n\n",
    "> [!claim] d\n> **It is so.**\n>\n> - kind:: measurement\n> - by:: jane\n> - metric:: pace\n> - value:: 4 days\n\n",
    "> - verdict:: 2026-11-20 refuted by J. Doe — [it](https://example.org/)\n",
    "> - depends-on:: [it](claim:c) — so\n",
    "<b>bold</b> ",
    "%% not shown %%",
    "{{ 7 * 7 }}",
];

/// Texts of pieces, with other letters among them.
fn texts(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(pieces).prop_map(str::to_owned),
        3 => select(SIGNS).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

#[track_caller]
fn check(pieces: &'static [&'static str], tries: (u32, u32), property: fn(&str)) {
    let config = Config { cases: cases(tries.0, tries.1), failure_persistence: None, ..Config::default() };
    let mut runner = if cases(0, 1) == 0 {
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    } else {
        TestRunner::new(config)
    };
    let outcome = runner.run(&texts(pieces), |text| {
        property(&text);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn front_matter_is_read_or_reported() {
    check(FRONT_MATTER, (60, 20_000), checks::front_matter);
}

#[test]
fn claims_are_read_or_reported() {
    check(FACTS, (120, 40_000), checks::claims);
}

#[test]
fn markdown_is_clean_and_whole() {
    check(MARKDOWN, (150, 60_000), checks::markdown);
}

#[test]
fn raw_html_is_clean_and_stays_so() {
    check(HTML, (150, 60_000), checks::markdown);
}

#[test]
fn found_words_are_there() {
    check(
        &["the ", "words ", "of ", "a ", "source", "\n====\n", "“the", "words”", "…"],
        (400, 60_000),
        checks::quotations,
    );
}

#[cfg(feature = "import")]
#[test]
fn drafts_of_any_page_are_sound() {
    check(PAGES, (40, 10_000), checks::import);
}

#[test]
fn locks_are_written_as_they_were_read() {
    check(LOCK, (100, 20_000), checks::lock);
}

#[test]
fn settings_make_a_site_or_are_reported() {
    check(SETTINGS, (25, 5_000), checks::settings);
}

#[test]
fn books_that_change_are_made_as_if_anew() {
    check(BOOK, (12, 2_500), checks::book);
}
