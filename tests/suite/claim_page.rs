//! What does the page of a claim tell, and the table of a write-up's claims? A small site in, these
//! pages out.

use percent_encoding::percent_decode_str;

use crate::html::Page;
use crate::site::{Site, site};

/// A callout of a statement by Jane Doe.
fn callout(id: &str, facts: &str) -> String {
    format!("> [!claim] {id}\n> **Statement {id}.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n{facts}\n")
}

/// A page of a site.
#[track_caller]
fn page(site: &Site, path: &str) -> Page {
    let built = site.build();
    Page::parse(built.get(path).unwrap_or_else(|| panic!("{path} was not built")))
}

/// The text of each element that a selector finds, white space folded.
fn texts(page: &Page, selector: &str) -> Vec<String> {
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.find(selector).iter().map(|element| words(element.text().collect())).collect()
}

/// The address of the link with these words.
#[track_caller]
fn address(page: &Page, words: &str) -> Option<String> {
    let links = page.find("a");
    let link = links.iter().find(|link| link.text().collect::<String>() == words);
    link.and_then(|link| link.value().attr("href")).map(str::to_owned)
}

/// A site with this address as its repository, and a judged and an unjudged claim.
fn with_repository(repository: &str) -> Site {
    let judged =
        "> - verdict:: 2026-11-20 supported by J. Doe & co — [shown](https://example.org/), table 4\n";
    let body = callout("judged", judged) + "\n" + &callout("open", "");
    site().article(&body).file(
        "site.toml",
        format!("title = \"Book\"\nbase_url = \"https://example.org/b/\"\n\n[links]\nrepository = \"{repository}\"\n"),
    )
}

#[test]
fn a_verdict_can_be_challenged_in_an_issue() {
    for repository in ["https://github.com/o/n", "https://github.com/o/n/", "https://github.com/o/n.git"] {
        let site = with_repository(repository);
        let url =
            address(&page(&site, "claims/judged/index.html"), "Disagree with this verdict").expect("a link");
        let query = url.strip_prefix("https://github.com/o/n/issues/new?").expect("the form of an issue");
        let (title, body) = query.split_once("&body=").expect("a body");
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        assert_eq!(decoded(title), "title=Disagree with the verdict on judged");
        assert_eq!(
            decoded(body),
            "Claim [judged](https://example.org/b/claims/judged/):\n\n> Statement judged.\n\nStatus on 22 Nov 2026: supported\nLatest verdict: 20 Nov 2026, supported, by J. Doe & co: shown, table 4\n\n## What is wrong?\n\n\n## Which source shows it?\n\n"
        );
        assert!(!body.contains(['&', '#', ' ', '+']), "{body}");
        let open = page(&site, "claims/open/index.html");
        assert!(address(&open, "Suggest a verdict").is_some_and(|url| url.len() < 8000));
    }
}

#[test]
fn without_a_repository_on_github_there_is_nothing_to_challenge() {
    for repository in ["https://example.org/o/n", "https://github.com/o"] {
        let judged = page(&with_repository(repository), "claims/judged/index.html");
        assert_eq!(address(&judged, "Disagree with this verdict"), None, "{repository}");
    }
}

#[test]
fn the_history_runs_from_what_was_said_to_what_took_its_place() {
    let verdict =
        |date: &str, word: &str, why: &str| format!("> - verdict:: {date} {word} by J. Doe — {why}\n");
    let judged = [
        "> - said:: 2026-05\n".to_owned(),
        verdict("2026-11-20", "supported", "[first](https://example.org/1)"),
        verdict("2026-11", "mixed", "[second](https://example.org/2)"),
    ]
    .concat();
    let body = [
        callout("old", &judged),
        callout("new", "> - said:: 2026-11-21\n> - supersedes:: [it](claim:old) — newer\n"),
        callout("undated", ""),
        callout("later", "> - supersedes:: [it](claim:undated) — newer\n"),
        "> [!claim] due\n> **It will be.**\n>\n> - kind:: forecast\n> - by:: Jane Doe\n> - said:: 2025\n> - resolves:: 2026-10\n".to_owned(),
    ]
    .join("\n");
    let site =
        site().file("content/articles/a.md", format!("---\ntitle: First\ndate: 2026-06-01\n---\n\n{body}"));
    let steps = |id: &str| texts(&page(&site, &format!("claims/{id}/index.html")), "ol.hist > li");
    assert_eq!(
        steps("old"),
        [
            "Replaced21 Nov 2026Statement new.",
            // The verdict with the latest date counts, and its reason is shown above the history. A month begins on its first day.
            "Supported20 Nov 2026, by J. Doe",
            "MixedNov 2026, by J. Doesecond",
            "Entered in this book1 Jun 2026First",
            "SaidMay 2026",
        ]
    );
    assert_eq!(
        steps("undated"),
        ["ReplacedStatement later.", "Entered in this book1 Jun 2026First", "Saiddate unknown"]
    );
    assert_eq!(steps("due"), ["DeadlineOct 2026, passed", "Entered in this book1 Jun 2026First", "Said2025"]);
}

/// The body of a claim that quotes.
fn quoting(id: &str, quote: &str, facts: &str) -> String {
    format!(
        "> [!claim] {id}\n> **Statement {id}.**\n>\n> > {quote}\n>\n> - kind:: statement\n> - by:: Jane Doe\n{facts}\n"
    )
}

#[test]
fn quotations_lead_to_their_passage_in_the_live_page() {
    let elsewhere = "> - source:: [Other](https://example.org/other#part)\n";
    let more: String =
        (0..5).map(|number| quoting(&format!("c{number}"), &format!("Words {number}"), "") + "\n").collect();
    let body = quoting("one", "Newer <previews> hit 52-times speedup, & more", "")
        + "\n"
        + &quoting("two", "Elsewhere", elsewhere)
        + "\n"
        + &more;
    let site = site().article(&body);
    let of = |id: &str| address(&page(&site, &format!("claims/{id}/index.html")), "Open the passage");
    let one = "https://example.org/report#:~:text=Newer%20%3Cpreviews%3E%20hit%2052%2Dtimes%20speedup%2C%20%26%20more";
    assert_eq!(of("one").as_deref(), Some(one));
    assert_eq!(of("two").as_deref(), Some("https://example.org/other#part:~:text=Elsewhere"));
    let write_up = page(&site, "articles/a/index.html");
    assert_eq!(address(&write_up, "“Newer <previews> hit 52-times speedup…”").as_deref(), Some(one));
    let passages = texts(&write_up, "aside dd").pop().expect("a fact");
    assert!(passages.ends_with("“Words 3”, and 1 more") && !passages.contains("Elsewhere"), "{passages}");
}

#[test]
fn quotations_say_that_nobody_saved_their_source() {
    let site = site().article(&(quoting("one", "Words", "") + "\n" + &callout("two", "")));
    let state = texts(&page(&site, "claims/one/index.html"), ".quote + .note");
    assert_eq!(
        state,
        [
            "Not checked against the source: these words were not found in a saved copy, and nobody has recorded seeing them there."
        ]
    );
    let data = site.read("public/data/claims.json");
    assert_eq!(data.matches("\"quote_state\":\"unarchived\"").count(), 1, "{data}");
}

/// A write-up of a day, as its table of claims shows it: the head and the statuses of each claim.
fn table(date: &str, body: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let site =
        site().file("content/articles/a.md", format!("---\ntitle: First\ndate: {date}\n---\n\n{body}"));
    let page = page(&site, "articles/a/index.html");
    assert_eq!(texts(&page, "#claims_").len(), 1);
    let columns = texts(&page, "table.fold thead th");
    let rows = 1..=page.find("table.fold tbody tr").len();
    let cells = rows.map(|row| texts(&page, &format!("table.fold tbody tr:nth-child({row}) > *")));
    (columns, cells.map(|row| row[..3].to_vec()).collect())
}

#[test]
fn a_write_up_tells_how_its_claims_stood_on_its_day() {
    let to = |relation: &str, id: &str| format!("> - {relation}:: [it](claim:{id}) — reason\n");
    let forecast = "> [!claim] due\n> **It will be.**\n>\n> - kind:: forecast\n> - by:: Jane Doe\n> - resolves:: 2026-05\n";
    let verdicts = "> - verdict:: 2026-04-01 mixed by J. Doe — [shown](https://example.org/)\n> - verdict:: 2026-06-01 supported by J. Doe — [shown](https://example.org/)\n";
    let body = [
        callout("judged", verdicts),
        callout("old", ""),
        callout("new", &("> - said:: 2026-06\n".to_owned() + &to("supersedes", "old"))),
        callout("left", ""),
        callout("right", &("> - said:: 2026-06\n".to_owned() + &to("contradicts", "left"))),
        callout("undated", &to("contradicts", "calm")),
        callout("calm", ""),
        forecast.to_owned(),
    ]
    .join("\n");
    let (columns, rows) = table("2026-05-20", &body);
    assert_eq!(columns, ["Claim", "Then", "Now", "Kind", "Speaker", "Said", "Mentions"]);
    assert_eq!(
        rows,
        [
            ["Statement judged.", "Mixed", "Supported"],
            ["Statement old.", "Not reviewed", "Replaced"],
            ["Statement new.", "Not said yet", "Not reviewed"],
            ["Statement left.", "Not reviewed", "Disputed"],
            ["Statement right.", "Not said yet", "Disputed"],
            ["Statement undated.", "Disputed", "Disputed"],
            ["Statement calm.", "Disputed", "Disputed"],
            ["It will be.", "Open", "Overdue"],
        ]
    );
}

#[test]
fn where_nothing_has_changed_there_is_one_status() {
    let (columns, rows) = table("2026-11-22", &callout("one", "> - said:: 2026-11\n"));
    assert_eq!(columns, ["Claim", "Status", "Kind", "Speaker", "Said", "Mentions"]);
    assert_eq!(rows, [["Statement one.", "Not reviewed", "Statement"]]);
}
