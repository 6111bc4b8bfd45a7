//! What do readers get? A small site in, its pages and data out.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::site::{Site, site};

/// The text of a built file.
fn text(built: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let bytes = built.get(path).unwrap_or_else(|| panic!("{path} was not built"));
    String::from_utf8(bytes.clone()).expect("pages are UTF-8")
}

/// A callout of a statement by Jane Doe.
fn callout(id: &str, facts: &str) -> String {
    format!("> [!claim] {id}\n> **Statement {id}.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n{facts}\n")
}

/// The write-up of a site with one body.
fn write_up(body: &str) -> String {
    text(&site().article(body).build(), "articles/a/index.html")
}

#[track_caller]
fn holds(page: &str, expected: &str) {
    assert!(page.contains(expected), "{expected:?} is not in\n{page}");
}

#[test]
fn the_first_mention_takes_the_card_and_the_callout_is_not_shown_again() {
    let body = format!("It [really happened](claim:one), and [again](claim:one).\n\n{}", callout("one", ""));
    let page = write_up(&body);
    holds(&page, "<span class=\"claim s-unreviewed\" id=\"claim_one\"");
    holds(&page, "really <span class=\"nb\">happened<button");
    assert_eq!(page.matches("id=\"claim_one\"").count(), 1, "{page}");
    assert_eq!(page.matches("role=\"note\"").count(), 1, "one card: {page}");
    assert!(!page.contains("[!claim]") && !page.contains("kind::"), "{page}");
}

#[test]
fn a_claim_that_its_write_up_never_mentions_stands_where_its_callout_is() {
    let page = write_up(&format!("First.\n\n{}\nLast.\n", callout("one", "")));
    let (first, last) = (page.find("First.").expect("text"), page.find("Last.").expect("text"));
    let stands =
        page.find("Statement <span class=\"nb\">one.").or(page.find("Statement one")).expect("the statement");
    assert!(first < stands && stands < last, "{page}");
}

#[test]
fn claims_in_tables_and_headings_are_links_without_a_card() {
    let body = format!(
        "# A heading with [words](claim:one)\n\n| a | b |\n|:-:|--:|\n| [[one\\|cell]] | 2 |\n\nNote.[^1]\n\n[^1]: See [[one]].\n\n{}",
        callout("one", "")
    );
    let page = write_up(&body);
    holds(&page, "<td class=\"center\">");
    holds(&page, "<td class=\"right\">2</td>");
    assert!(page.matches("href=\"/claims/one/\"").count() >= 3, "{page}");
    assert!(!page.contains("style="), "{page}");
}

#[test]
fn an_embed_alone_in_its_paragraph_is_a_card_of_its_own() {
    let page = write_up(&format!("Text [a](claim:one).\n\n![[one]]\n\n{}", callout("one", "")));
    holds(&page, "<figure class=\"box embed s-unreviewed\" dir=\"ltr\">");
}

#[test]
fn raw_html_keeps_its_claims() {
    let body = format!(
        "<details>\n<summary>More</summary>\n\nIt [happened](claim:one).\n\n</details>\n\n{}",
        callout("one", "")
    );
    let page = write_up(&body);
    holds(&page, "<details>");
    holds(&page, "id=\"claim_one\"");
}

#[test]
fn links_of_every_kind_lead_to_pages() {
    let body = "[s](speaker:jane-doe) [m](metric:speed) [t](tag:coding) [d](source:report) [w](article:a) [f](b.md#deep) [p](/about/)\n\n";
    let measured = "> [!claim] one\n> **It was fast.**\n>\n> - kind:: measurement\n> - by:: Jane Doe\n> - metric:: speed\n> - subject:: it\n> - value:: 3 x\n> - tags:: coding\n";
    let site = site()
        .article(&format!("[It](claim:one). {body}{measured}"))
        .file("content/articles/b.md", "---\ntitle: Second\n---\n\n## Deep\n")
        .file("content/sources/report.md", "---\ntitle: The report\n---\n")
        .file("content/pages/about.md", "---\ntitle: About\n---\n");
    let page = text(&site.build(), "articles/a/index.html");
    for address in [
        "/speakers/jane-doe/",
        "/metrics/speed/",
        "/tags/coding/",
        "/sources/report/",
        "/articles/b/#deep",
        "/about/",
    ] {
        holds(&page, &format!("href=\"{address}\""));
    }
}

#[test]
fn a_mention_brings_its_sentence_to_the_page_of_the_claim() {
    let body = format!("Before. In spring [it happened](claim:one) twice. After.\n\n{}", callout("one", ""));
    let page = text(&site().article(&body).build(), "claims/one/index.html");
    holds(&page, "In spring <mark>it happened</mark> twice.");
    assert!(!page.contains("Before.") && !page.contains("After."), "{page}");
}

/// The claims of `data/claims.json` by id.
fn data(site: &Site) -> BTreeMap<String, Value> {
    let file: Value = serde_json::from_str(&text(&site.build(), "data/claims.json")).expect("JSON");
    let claims = file["claims"].as_array().expect("a list").clone();
    claims.into_iter().map(|claim| (claim["id"].as_str().expect("an id").to_owned(), claim)).collect()
}

#[test]
fn what_rests_on_a_fallen_claim_is_shaken_and_says_by_which_way() {
    let on = |id: &str| format!("> - depends-on:: [it](claim:{id}) — reason\n");
    let body = [
        callout("base", "> - verdict:: 2026-11-20 refuted by J. Doe — [shown](https://example.org/)\n"),
        callout("middle", &on("base")),
        callout("top", &on("middle")),
        callout("beside", ""),
    ]
    .join("\n");
    let site = site().article(&body);
    let data = data(&site);
    let shaken = |id: &str| data[id]["shaken"].as_array().expect("a list").len();
    assert_eq!((shaken("base"), shaken("middle"), shaken("top"), shaken("beside")), (0, 1, 1, 0));
    let page = site.read("public/claims/top/index.html");
    let (middle, base) = (page.find("Statement middle."), page.find("Statement base."));
    assert!(page.contains("Shaken") && middle < base && middle.is_some(), "{page}");
}

#[test]
fn long_lists_are_cut_into_pages_of_fifty() {
    let body: String = (0..51).map(|number| callout(&format!("c{number:02}"), "") + "\n").collect();
    let built = site().article(&body).build();
    holds(&text(&built, "claims/index.html"), "51 claims, 1 to 50");
    holds(&text(&built, "claims/page/2/index.html"), "Statement c50.");
    holds(&text(&built, "speakers/jane-doe/page/2/index.html"), "Statement c50.");
    assert!(!built.contains_key("claims/page/3/index.html"));
}

#[test]
fn a_former_address_leads_to_the_new_one() {
    let site = site()
        .file("content/articles/new.md", "---\ntitle: New\naliases: [2025/old]\n---\n\nText.\n")
        .article(&callout("one", "> - aliases:: uno\n"));
    let built = site.build();
    holds(&text(&built, "2025/old/index.html"), "content=\"0; url=/articles/new/\"");
    holds(
        &text(&built, "claims/uno/index.html"),
        "<link rel=\"canonical\" href=\"https://example.org/claims/one/\">",
    );
}

#[test]
fn claims_inside_other_links_and_pictures_are_plain_words() {
    let body = format!(
        "<b>Raw</b> ![alt [x](claim:one) tail](/a.png) and [a ![b](claim:one) c](claim:one) and [![words](claim:one)](https://example.org/).\n\n{}",
        callout("one", "")
    );
    let page = text(&site().article(&body).file("static/a.png", "png").build(), "articles/a/index.html");
    holds(&page, "alt=\"alt x tail\"");
    holds(&page, "a b <span class=\"nb\">c<button");
    holds(&page, "<a href=\"https://example.org/\">words</a>");
    assert!(!page.contains(['\u{f8f0}', '\u{f8f1}']), "{page}");
}

#[test]
fn slots_cannot_be_spelt_with_entities() {
    let body = format!(
        "A &#xF8F0; sign, [t](https://example.org/ \"&#xF8F0;0&#xF8F1;\") and [it](claim:one).\n\n{}",
        callout("one", "")
    );
    let page = write_up(&body);
    holds(&page, "id=\"claim_one\"");
    holds(&page, "title=\"\u{fffd}0\u{fffd}\"");
}

#[test]
fn sentences_keep_their_letters_around_embeds_and_markup() {
    let body = format!(
        "See ![the claim](claim:one) for more detail. See [a <b>bold</b> claim](claim:one) for more.\n\n{}",
        callout("one", "")
    );
    let page = text(&site().article(&body).build(), "claims/one/index.html");
    holds(&page, "See <mark>the claim</mark> for more detail.");
    holds(&page, "See <mark>a bold claim</mark> for more.");
}

#[test]
fn headings_and_footnotes_have_anchors_of_their_own() {
    let page =
        write_up("<b>Raw</b>\n\n## Claim limits\n\n## Intro\n\nNote.[^intro]\n\n[^intro]: The note.\n");
    holds(&page, "<h2 id=\"claim-limits\">");
    holds(&page, "<h2 id=\"intro\">");
    holds(&page, "id=\"fn:intro\"");
}

#[test]
fn empty_lists_of_deadlines_say_so() {
    let forecast = callout("one", "> - resolves:: 2030\n> - verdict:: 2026-11-01 came-true by J. Doe — so\n")
        .replace("kind:: statement", "kind:: forecast");
    let built = site().article(&forecast).build();
    holds(&text(&built, "review/index.html"), "No deadline has passed without a verdict.");
    holds(&text(&built, "forecasts/index.html"), "No forecast is open.");
    holds(&text(&built, "index.html"), "No forecast is open.");
}
