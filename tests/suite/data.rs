//! Is the data what it says it is? Shapes of each format, and content that tries to break out of it.
//! `tests/data/validate` reads the demo book's data with independent tools.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::site::{repository, site};

/// Statement, speaker and subject that try to be formulas, commands, properties and markup.
const HOSTILE: &str = "=2+2, 50% \\{of\\} R&D_1 \"costs\" $5; <b>END:VEVENT</b> ";

type Files = BTreeMap<String, Vec<u8>>;

fn text(files: &Files, path: &str) -> String {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} was not built"));
    String::from_utf8(bytes.clone()).expect("data is UTF-8")
}

fn json(files: &Files, path: &str) -> Value {
    serde_json::from_str(&text(files, path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Two claims that contradict each other, one that rests on a refuted one, and a hostile forecast.
fn book() -> Files {
    let claim = |id: &str, kind: &str, facts: &str| {
        format!(
            "> [!claim] {id}\n> **Statement {id}.**\n>\n> - kind:: {kind}\n> - by:: Jane Doe\n> - said:: 2025-03\n{facts}\n"
        )
    };
    let verdict = "> - verdict:: 2026-11-20 refuted by J. Doe — [shown](https://example.org/)\n";
    let body = [
        claim("left", "statement", "> - contradicts:: [it](claim:right) — left says so\n"),
        claim("right", "statement", ""),
        claim("wrong", "statement", verdict),
        claim("middle", "statement", "> - depends-on:: [it](claim:wrong) — reason\n"),
        claim("top", "statement", "> - depends-on:: [it](claim:middle) — reason\n"),
    ]
    .join("\n");
    let hostile = yaml(&(HOSTILE.to_owned() + &"é".repeat(80)));
    site()
        .article(&body)
        .file(
            "content/claims/hostile.md",
            format!("---\nstatement: {hostile}\nkind: forecast\nby: [{hostile}]\nresolves: 2027-02\ncriteria: {hostile}\n---\n"),
        )
        .build()
}

#[test]
fn spreadsheets_get_no_formula_and_every_row_has_all_columns() {
    let rows = rows(&text(&book(), "data/claims.csv"));
    assert_eq!(rows[0][..5], ["id", "url", "statement", "kind", "status"]);
    assert_eq!(rows.len(), 7, "six claims below a header");
    for row in &rows {
        assert_eq!(row.len(), rows[0].len(), "{row:?}");
        for field in row {
            assert!(!field.starts_with(['=', '+', '@', '\t', '\r']), "{field}");
        }
    }
    let hostile = rows.iter().find(|row| row[0] == "hostile").expect("the claim");
    assert!(hostile[2].starts_with("'=2+2, 50% \\{of\\} R&D_1 \"costs\" $5; <b>"), "{}", hostile[2]);
}

/// The fields of a CSV file (RFC 4180).
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut characters) = (false, text.chars().peekable());
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => field.extend(characters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {
                assert_eq!(characters.next(), Some('\n'), "lines end with CR LF");
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            other => field.push(other),
        }
    }
    assert!(row.is_empty() && field.is_empty() && !quoted, "the last line has no end");
    rows
}

#[test]
fn the_calendar_is_folded_and_no_text_begins_a_property() {
    let calendar = text(&book(), "forecasts/deadlines.ics");
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(calendar.matches('\n').count(), calendar.matches("\r\n").count());
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
    let unfolded = calendar.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.split("\r\n").collect();
    assert_eq!(lines.iter().filter(|line| **line == "END:VEVENT").count(), 1);
    for line in [
        "UID:claims.hostile@example.org",
        "DTSTAMP:20261122T000000Z",
        "DTSTART;VALUE=DATE:20270228",
        "DTEND;VALUE=DATE:20270301",
    ] {
        assert!(lines.contains(&line), "{line} is not in\n{unfolded}");
    }
    assert!(
        unfolded.contains("SUMMARY:Due: =2+2\\, 50% \\\\{of\\\\} R&D_1 \"costs\" $5\\; <b>"),
        "{unfolded}"
    );
}

#[test]
fn citations_hold_no_commands() {
    let built = book();
    let bibtex = text(&built, "data/citations.bib");
    let bibtex =
        bibtex.split("\n\n").find(|item| item.starts_with("@misc{claim-hostile,")).expect("its item");
    let title = "{=2+2, 50\\% \\textbackslash{}\\textbraceleft{}of\\textbackslash{}\\textbraceright{} R\\&D\\_1 \"costs\" \\$5;";
    assert!(bibtex.contains(title), "{bibtex}");
    let depth = bibtex.chars().fold(0, |depth, character| match character {
        '{' => depth + 1,
        '}' => depth - 1,
        _ => depth,
    });
    assert_eq!(depth, 0, "{bibtex}");
    let csl = json(&built, "data/citations.json");
    assert_eq!(csl[0]["type"], "webpage");
    assert_eq!(csl[0]["title"], "First");
    assert_eq!(csl[0]["accessed"]["date-parts"], serde_json::json!([[2026, 11, 22]]));
    assert!(text(&built, "articles/a/index.html").contains("<pre class=\"code\">@misc{a,"));
    assert!(text(&built, "claims/hostile/index.html").contains("@misc{claim-hostile,"));
}

#[test]
fn a_citation_without_a_date_has_no_invented_one() {
    let built = site().article("No claim.").build();
    let bibtex = text(&built, "data/citations.bib");
    assert!(bibtex.contains("  year = {n.d.},\n"), "{bibtex}");
    assert!(!bibtex.contains("  date = "), "{bibtex}");
    let csl = json(&built, "data/citations.json");
    assert!(csl[0].get("issued").is_none() && csl[0].get("accessed").is_some(), "{csl}");
}

#[test]
fn a_claim_has_its_own_file_and_it_is_the_item_of_the_list() {
    let built = book();
    for claim in json(&built, "data/claims.json")["claims"].as_array().expect("a list") {
        let id = claim["id"].as_str().expect("an id");
        assert_eq!(json(&built, &format!("claims/{id}/claim.json")), *claim);
        let link =
            format!("<link rel=\"alternate\" type=\"application/json\" href=\"/claims/{id}/claim.json\">");
        assert!(text(&built, &format!("claims/{id}/index.html")).contains(&link));
    }
}

#[test]
fn every_key_of_the_claims_is_in_the_schema() {
    let built = book();
    let schema = json(&built, "data/claims.schema.json");
    let known = schema["$defs"]["claim"]["properties"].as_object().expect("properties");
    let required = schema["$defs"]["claim"]["required"].as_array().expect("a list");
    for claim in json(&built, "data/claims.json")["claims"].as_array().expect("a list") {
        let claim = claim.as_object().expect("a claim");
        for key in claim.keys() {
            assert!(known.contains_key(key), "{key} is not in the schema");
        }
        for key in required {
            assert!(claim.contains_key(key.as_str().expect("a key")), "{key} is missing");
        }
    }
}

#[test]
fn every_edge_of_the_graph_joins_nodes() {
    let graph = json(&book(), "data/graph.json");
    let list = |key: &str| graph[key].as_array().expect("a list").clone();
    let ids: Vec<Value> = list("nodes").iter().map(|node| node["id"].clone()).collect();
    let known: BTreeSet<&str> = ids.iter().filter_map(Value::as_str).collect();
    assert_eq!(known.len(), ids.len(), "an id is there twice");
    for edge in list("edges") {
        for end in ["from", "to"] {
            assert!(known.contains(edge[end].as_str().expect("an id")), "{edge} leads nowhere");
        }
    }
    let is = |edge: &Value| edge["from"] == "claim:left" && edge["to"] == "claim:right";
    let edge = list("edges").into_iter().find(is).expect("the contradiction");
    assert_eq!((&edge["type"], &edge["reason"]), (&"contradicts".into(), &"left says so".into()));
}

/// The data block of a page.
fn json_ld(files: &Files, path: &str) -> Value {
    let page = text(files, path);
    let (_, block) = page.split_once("<script type=\"application/ld+json\">").expect("a data block");
    let (block, _) = block.split_once("</script>").expect("its end");
    assert!(!block.contains('<'), "{block}");
    serde_json::from_str(block).expect("JSON")
}

#[test]
fn pages_tell_machines_what_they_are() {
    let built = book();
    let of = |path: &str, kind: &str| {
        let block = json_ld(&built, path);
        let graph = block["@graph"].as_array().expect("a graph").clone();
        graph.into_iter().find(|node| node["@type"] == kind)
    };
    let review = of("claims/wrong/index.html", "ClaimReview").expect("a review");
    assert_eq!(review["claimReviewed"], "Statement wrong.");
    assert_eq!(review["reviewRating"]["alternateName"], "Refuted");
    assert_eq!(review["datePublished"], "2026-11-20");
    assert_eq!(review["author"][0]["name"], "J. Doe");
    assert_eq!(review["itemReviewed"]["@id"], "https://example.org/claims/wrong/#claim");
    assert_eq!(of("claims/left/index.html", "ClaimReview"), None);
    let claim = of("claims/left/index.html", "Claim").expect("a claim");
    assert_eq!(claim["cito:disputes"][0]["@id"], "https://example.org/claims/right/#claim");
    let article = of("articles/a/index.html", "Article").expect("a write-up");
    assert_eq!(article["headline"], "First");
    assert_eq!(article["mentions"].as_array().map(Vec::len), Some(5));
}

#[test]
fn llms_txt_has_a_heading_a_quotation_and_lists_of_links() {
    let llms = text(&book(), "llms.txt");
    assert!(llms.starts_with("# Book\n\n> "), "{llms}");
    assert!(llms.contains("\n## Write-ups\n\n- [First](https://example.org/articles/a/)"), "{llms}");
    let lists = llms.split("\n## ").skip(1);
    for line in lists.flat_map(|list| list.lines().skip(1)).filter(|line| !line.is_empty()) {
        assert!(line.starts_with("- [") && line.contains("](https://example.org/"), "{line}");
    }
}

#[test]
fn a_dispute_shows_both_sides_and_the_queue_who_is_silent() {
    let built = book();
    let disputes = text(&built, "disputes/index.html");
    let (left, right) = (disputes.find("Statement left."), disputes.find("Statement right."));
    assert!(left.is_some() && left < right, "{disputes}");
    for words in ["Left says so", "It does not say why the other is wrong.", "1 open", "0 settled"] {
        assert!(disputes.contains(words), "{words:?} is not in\n{disputes}");
    }
    let review = text(&built, "review/index.html");
    let (_, unanswered) = review.split_once("id=\"one-sided\"").expect("a section");
    assert!(unanswered.find("Statement right.") < unanswered.find("Statement left."), "{unanswered}");
    assert!(review.contains("601 days"), "{review}");
}

#[test]
fn the_fallout_shows_what_rests_on_a_fallen_claim_and_by_which_way() {
    let page = text(&book(), "fallout/index.html");
    let (_, below) = page.split_once("What rests on it").expect("a group");
    let (nearest, farther) = (below.find("claims/middle/"), below.find("claims/top/"));
    assert!(nearest.is_some() && nearest < farther, "{page}");
    assert_eq!(below.matches("class=\"path\"").count(), 1, "only one rests on it by way of another");
}

#[test]
fn the_timeline_opens_with_the_newest_year_that_has_begun() {
    let built = book();
    let opening = text(&built, "timeline/index.html");
    assert!(opening.contains("<h1>Timeline 2026</h1>") && opening.contains("Nov 2026"), "{opening}");
    for (year, words) in [("2025", "Mar 2025"), ("2027", "Feb 2027")] {
        let page = text(&built, &format!("timeline/{year}/index.html"));
        assert!(page.contains(words), "{page}");
        assert!(opening.contains(&format!("href=\"/timeline/{year}/\"")), "{opening}");
    }
    let copy = text(&built, "timeline/2026/index.html");
    assert!(copy.contains("<link rel=\"canonical\" href=\"https://example.org/timeline/\">"), "{copy}");
    let claims = text(&built, "claims/year/2025/index.html");
    assert!(claims.contains("Claims said in 2025") && claims.contains("5 claims"), "{claims}");
}

#[test]
fn the_validator_pins_what_it_installs() {
    let pins = std::fs::read_to_string(repository().join("tests/data/requirements.txt")).expect("the file");
    for line in pins.lines().filter(|line| !line.starts_with('#')) {
        assert!(line.contains("=="), "{line} is not pinned");
    }
}
