//! Raw HTML of authors: its words are on the page, and nothing of it can look like the theme.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use claimbook::source::Sources;
use claimbook::templates::ThemeClasses;
use walkdir::WalkDir;

use crate::html::Page;
use crate::site::{Site, repository, site};

const CALLOUT: &str = "> [!claim] pace\n> **It rose to <list> of CO<sub>2</sub>.**\n>\n> > He said <card> so.\n>\n\
    > - kind:: statement\n> - by:: jane-doe\n> - method:: with <set>\n\
    > - verdict:: 2026-01 supported by J. Doe — see <path> and [<metadata>](https://example.org/)\n";

/// The text that readers see in the main part of a page.
fn words(page: &Page) -> String {
    let text: Vec<&str> = page.find("main").iter().flat_map(scraper::ElementRef::text).collect();
    text.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page(site: &Site, path: &str) -> Page {
    Page::parse(&site.build()[path])
}

#[test]
fn words_in_angle_brackets_are_shown_everywhere() {
    let body = format!(
        "# About <min> words\n\nWrite <text> here and [see <mean>](claim:pace) or <title>.\n\n\
         - <max> ![a <image2>](/a.png)\n\n| <set> |\n|---|\n| a |\n\n{CALLOUT}"
    )
    .replace("> - method:: with <set>\n", "");
    let site = site()
        .file("content/articles/a.md", format!("---\ntitle: The <a1>\nsummary: A <a2> in it\n---\n\n{body}"))
        .file("static/a.png", "x")
        .file("content/speakers/jane-doe.md", "---\nname: Jane Doe\n---\n\nShe wrote <title> once.\n")
        .file(
            "content/claims/two.md",
            "---\nstatement: \"Two <text> of CO<sub>2</sub>.\"\nkind: statement\nby: jane-doe\n---\n\nWrite <text> here.\n",
        );
    let files = site.build();
    let of = |path: &str| words(&Page::parse(&files[path]));
    let article = of("articles/a/index.html");
    for shown in [
        "The <a1>",
        "A <a2> in it",
        "About <min> words",
        "Write <text> here and see <mean>",
        "or <title>.",
        "<max>",
        "<set>",
    ] {
        assert!(article.contains(shown), "{shown}: {article}");
    }
    assert!(String::from_utf8_lossy(&files["articles/a/index.html"]).contains("alt=\"a &lt;image2&gt;\""));
    let claim = of("claims/pace/index.html");
    for shown in ["It rose to <list> of CO<sub>2</sub>.", "He said <card> so.", "See <path> and <metadata>"] {
        assert!(claim.contains(shown), "{shown}: {claim}");
    }
    let two = of("claims/two/index.html");
    assert!(two.contains("Two <text> of CO<sub>2</sub>.") && two.contains("Write <text> here."), "{two}");
    assert!(of("speakers/jane-doe/index.html").contains("She wrote <title> once."));
}

#[test]
fn classes_of_the_theme_are_removed() {
    let site = site()
        .file("templates/assets/own.css", ".own { color: red }")
        .article(
            "# A heading {.st .mine}\n\n<p class='s-refuted card own mine'>It fell.</p>\n\n<b class=\"st\">x</b>\n\n\
             ```rust\tst\nx\n```\n\n``` a&#9;st\nx\n```\n\n> [!NOTE]\n> An alert.\n\n- [x] A task.\n\nA note.[^1]\n\n[^1]: Here.\n",
        );
    let page = page(&site, "articles/a/index.html");
    let within = page.find(".prose [class]");
    let classes: Vec<&str> = within.iter().filter_map(|element| element.value().attr("class")).collect();
    assert_eq!(
        classes,
        [
            "mine",
            "mine",
            "language-rust",
            "language-a",
            "markdown-alert-note",
            "footnote-reference",
            "footnote-definition",
            "footnote-definition-label"
        ]
    );
    assert_eq!(page.find(".prose input[type=checkbox]").len(), 1);
}

#[test]
fn no_id_of_an_author_is_one_of_the_page() {
    let verdict = "> - verdict:: 2026-01-01 refuted by J. Doe\n";
    let callout = format!("{}{verdict}", CALLOUT.split_once("> - method").expect("a fact").0);
    let body = format!(
        "# G {{#g-refuted}}\n\n# H {{#g_refuted}}\n\n# J {{#claims_}}\n\n<p id=\"g-refuted\">a</p>\n\n<p id=g_refuted>b</p>\n\n\
         <p id=claim_pace>c</p>\n\n<b id=card_1>d</b> [It](claim:pace) is.[^g_refuted] [Again](claim:pace).\n\n\
         [^g_refuted]: Note.\n\n{callout}"
    );
    let page = page(&site().article(&body), "articles/a/index.html");
    let ids: Vec<&str> = page.find("[id]").iter().filter_map(|element| element.value().attr("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
    assert_eq!(page.find("symbol#g_refuted").len(), 1);
    let inside = page.find(".prose [id], .prose[id]");
    let inside: BTreeSet<&str> = inside.iter().filter_map(|element| element.value().attr("id")).collect();
    let own = ids.into_iter().filter(|id| !inside.contains(id));
    assert!(own.clone().all(|id| id.contains('_')), "{:?}", own.collect::<Vec<_>>());
}

#[test]
fn every_class_of_the_program_is_the_themes() {
    let theme = ThemeClasses::new(&Sources::from_texts([("site.toml", "")]));
    let mut found = BTreeSet::new();
    for entry in WalkDir::new(repository().join("src")).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_name().is_some_and(|name| name != "templates.rs")
        {
            let text = fs::read_to_string(path).expect("a source file");
            let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
            for (_, list) in code
                .match_indices("class=\\\"")
                .filter_map(|(at, name)| Some((at, code.get(at + name.len()..)?)))
            {
                let list = list.split(['"', '\\']).next().unwrap_or_default();
                // What is put in by a format string is seen in the pages below.
                let literal = list.split_whitespace().filter(|class| !class.contains(['{', '}']));
                found.extend(literal.map(str::to_owned));
            }
        }
    }
    assert!(found.contains("plot") && found.contains("ref") && found.len() > 12, "{found:?}");
    let built = site().claim().file("content/metrics/pace.md", "---\ntitle: Pace\nunit: days\n---\n").build();
    let is_page = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "html");
    for (_, bytes) in built.iter().filter(|(path, _)| is_page(path)) {
        let page = Page::parse(bytes);
        let lists = page.values("class");
        found.extend(lists.into_iter().flat_map(str::split_whitespace).map(str::to_owned));
    }
    assert!(found.contains("claim") && found.contains("s-unreviewed"), "{found:?}");
    found.retain(|class| !theme.contains(class));
    assert!(found.is_empty(), "no file of the theme has {found:?}, so authors could use them");
}

#[test]
fn mail_addresses_are_links() {
    let site = site().article(
        "Ask <help@example.org>, <Help+Me@EXAMPLE.org>, <MAILTO:a@example.org> or [us](mailto:b@example.org?subject=x&body=y).\n\n\
         <b>Raw</b> [it](claim:pace).\n\n> [!claim] pace\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n\
         > - verdict:: 2026-01 supported by J. Doe — ask <c@example.org>\n",
    );
    let files = site.build();
    let links = |path: &str| -> Vec<String> {
        let page = Page::parse(&files[path]);
        let is_mail = |address: &&str| address.to_ascii_lowercase().starts_with("mailto:");
        page.values("href").into_iter().filter(is_mail).map(str::to_owned).collect()
    };
    let article = links("articles/a/index.html");
    for address in [
        "mailto:help@example.org",
        "mailto:Help+Me@EXAMPLE.org",
        "MAILTO:a@example.org",
        "mailto:b@example.org?subject=x&body=y",
    ] {
        assert!(article.iter().any(|link| link == address), "{address}: {article:?}");
    }
    assert!(links("claims/pace/index.html").contains(&"mailto:c@example.org".to_owned()));
}

const PACE: &str = "> [!claim] pace\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n";

/// A text without an opening tag was not cleaned, and its closing tags ended elements of the page.
#[test]
fn closing_tags_alone_end_no_element_of_the_page() {
    for text in [
        "x </div></article>\n\nOUTSIDE",
        "</div>\n\nOUTSIDE",
        "</font><object></header></section></div>OUTSIDE",
        "| a |\n|---|\n| </td></table></div> |\n\nOUTSIDE",
        "[It</span></a></p></div> ran](claim:pace) OUTSIDE",
        "- </li></ul></div>\n\n# </h2></div>\n\n</p></div></br>OUTSIDE",
    ] {
        let page = page(&site().article(&format!("{text}\n\n{PACE}")), "articles/a/index.html");
        let prose = page.find("main article .prose");
        let outside = |element: &scraper::ElementRef<'_>| element.text().any(|text| text.contains("OUTSIDE"));
        assert!(prose.iter().any(outside), "{text}");
    }
}

#[test]
fn directions_of_raw_html_do_not_turn_round_what_the_program_writes() {
    let callout = CALLOUT.replace("> - method:: with <set>\n", "");
    let body = format!(
        "<div dir=\"rtl\">\n\n[It rose](claim:pace), <bdo dir=\"rtl\">in 2026</bdo>.\n\n![[pace]]\n\n</div>\n\n{callout}"
    );
    let page = page(&site().article(&body), "articles/a/index.html");
    for part in [".card", ".embed"] {
        let found = page.find(part);
        assert!(!found.is_empty(), "{part}");
        assert!(found.iter().all(|element| element.attr("dir") == Some("ltr")), "{part}");
    }
    assert!(page.find("bdo").is_empty());
    assert!(words(&page).contains("in 2026."), "{}", words(&page));
    let style = fs::read_to_string(repository().join("templates/assets/claimbook.css")).expect("the theme");
    assert!(style.contains("time, .st, .kind { direction: ltr; }"), "status and dates inside of prose");
}
