//! What happens to pages of which there is much to tell? They stay small, and nothing is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::html::Page;
use crate::site::site;

/// The largest page that the tests in the browser allow, in bytes.
const MAX_BYTES: usize = 60 * 1024;

fn text<'a>(built: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    let bytes = built.get(path).unwrap_or_else(|| panic!("{path} was not built"));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

/// The texts that a part of each page of a list shows; the pages are found by following links.
fn followed(built: &BTreeMap<String, Vec<u8>>, first: &str, part: &str) -> (usize, Vec<String>) {
    let (mut pages, mut found, mut next) = (0, Vec::new(), Some(first.to_owned()));
    while let Some(path) = next {
        assert!(built.contains_key(&path), "{path} was not built");
        let page = Page::parse(&built[&path]);
        assert!(built[&path].len() <= MAX_BYTES, "{path}: {} bytes", built[&path].len());
        found.extend(page.find(part).iter().map(|part| part.text().collect::<String>()));
        let href = page.find("a[rel=next]").first().and_then(|link| link.value().attr("href"));
        next = href.map(|href| format!("{}index.html", href.trim_start_matches('/')));
        pages += 1;
        if let Some(next) = &next {
            let address = next.trim_end_matches("index.html");
            let listed = format!("<loc>https://example.org/{address}</loc>");
            assert!(text(built, "sitemap.xml").contains(&listed), "{address} is not in the sitemap");
        }
    }
    (pages, found)
}

#[test]
fn every_mention_and_every_relation_of_a_claim_can_be_reached() {
    let mut site = site().claim();
    for number in 0..120 {
        let claim = if number % 2 == 0 {
            format!(
                "\n> [!claim] c{number}\n> **Statement {number}.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n> - supports:: [it](claim:pace) — reason {number}\n"
            )
        } else {
            String::new()
        };
        let body = format!(
            "---\ntitle: Write-up {number}\n---\n\nHere [words {number}](claim:pace) stand.\n{claim}"
        );
        site = site.file(&format!("content/articles/w{number}.md"), body);
    }
    let built = site.build();
    let claim = "claims/pace/index.html";
    // Its own write-up mentions it as well.
    let of_claim = Page::parse(&built[claim]);
    assert_eq!(of_claim.find("section[aria-labelledby=mentions_] mark").len(), 50);
    assert_eq!(of_claim.find("section[aria-labelledby=relations_] dd").len(), 20);
    let expected: BTreeSet<String> =
        (0..120).map(|number| format!("words {number}")).chain(["It".to_owned()]).collect();
    let mut found: BTreeSet<String> =
        of_claim.find("mark").iter().map(|mark| mark.text().collect()).collect();
    let (pages, rest) = followed(&built, "claims/pace/mentions/page/2/index.html", "mark");
    found.extend(rest);
    assert_eq!((pages, found), (2, expected));
    let (pages, related) = followed(&built, "claims/pace/relations/page/2/index.html", "dd");
    assert_eq!((pages, related.len()), (2, 40));
    for link in ["/claims/pace/mentions/page/2/", "/claims/pace/relations/page/2/"] {
        assert!(text(&built, claim).contains(&format!("href=\"{link}\"")), "{link}");
    }
    let back = text(&built, "claims/pace/mentions/page/2/index.html");
    assert!(back.contains("href=\"/claims/pace/#mentions_\""), "{back}");
}

#[test]
fn many_forecasts_and_measurements_are_spread_over_pages() {
    let mut body = String::new();
    for number in 0..150 {
        let _ = write!(
            body,
            "> [!claim] f{number:03}\n> **Forecast {number}.**\n>\n> - kind:: forecast\n> - by:: Speaker {number}\n> - said:: 2025-0{}-11\n> - probability:: 40% stated\n> - resolves:: 2031\n> - question:: {}\n\n> [!claim] m{number:03}\n> **Measurement {number}.**\n>\n> - kind:: measurement\n> - by:: Jane Doe\n> - said:: 2025-0{}-12\n> - metric:: pace\n> - subject:: Model {number}\n> - value:: {number} [0, 200]\n\n",
            1 + number % 9,
            if number < 60 { "one".to_owned() } else { format!("question-{number}") },
            1 + number % 8,
        );
    }
    let built = site().article(&body).file("content/metrics/pace.md", "---\ntitle: Pace\n---\n").build();

    let (pages, rows) = followed(&built, "metrics/pace/index.html", "tbody th");
    assert_eq!((pages, rows.iter().collect::<BTreeSet<_>>().len()), (3, 150));
    let metric = Page::parse(&built["metrics/pace/index.html"]);
    assert_eq!(metric.find("svg.plot a[href]").len(), 150, "all values are drawn, with links");

    let (pages, questions) =
        followed(&built, "forecasts/index.html", "section[aria-labelledby=questions] li");
    assert_eq!((pages, questions.len()), (2, 91));
    let forecasts = Page::parse(&built["forecasts/index.html"]);
    assert_eq!(forecasts.find("section[aria-labelledby=due] li.due").len(), 15);
    assert_eq!(forecasts.find("section[aria-labelledby=due] a[href='/claims/status/open/']").len(), 1);

    let (pages, rows) = followed(&built, "forecasts/one/index.html", "tbody th");
    assert_eq!((pages, rows.len()), (2, 60));
    assert!(text(&built, "forecasts/one/index.html").contains("The newest 40 are drawn"));

    let year = Page::parse(&built["timeline/index.html"]);
    assert_eq!(year.find("a[href='/timeline/2025/2025-03/']").len(), 1);
    let (_, march) = followed(&built, "timeline/2025/2025-03/index.html", "main li .t");
    assert_eq!(march.len(), 17 + 19, "all that was said in the month");
    let (_, claims) =
        followed(&built, "speakers/jane-doe/index.html", "section[aria-labelledby=claims_] li .t");
    assert_eq!(claims.len(), 150);
}
