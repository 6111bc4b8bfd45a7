//! Are forecasters judged by the rules the site tells, and shown only when there is enough to show?
//! The expected numbers are those of the tests in `src/score.rs`, made by scikit-learn and scipy.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::site::{Site, TODAY, repository, site};

/// Stated probabilities and outcomes whose Brier score is 0.2475 and log score −0.802693.
const SCORED: [(&str, &str); 7] = [
    ("90% stated", "came-true"),
    ("80% stated", "came-true"),
    ("70% stated", "did-not-happen"),
    ("60% stated", "came-true"),
    ("30% stated", "did-not-happen"),
    ("20% stated", "did-not-happen"),
    ("5% stated", "came-true"),
];

fn forecast(id: &str, by: &str, facts: &str) -> String {
    format!(
        "> [!claim] {id}\n> **Forecast {id} happens.**\n>\n> - kind:: forecast\n> - by:: {by}\n> - resolves:: 2026-10-31\n{facts}\n"
    )
}

fn judged(probability: &str, word: &str) -> String {
    let probability =
        if probability.is_empty() { String::new() } else { format!("> - probability:: {probability}\n") };
    format!(
        "> - said:: 2026-10-01\n{probability}> - verdict:: 2026-11-01 {word} by J. Doe — [shown](https://example.org/)\n"
    )
}

/// Ann has seven scored forecasts and one of everything else; Bob, in one of Ann's, and Cy have few.
fn book() -> Site {
    let mut body = String::new();
    for (number, (probability, word)) in SCORED.iter().enumerate() {
        body += &forecast(&format!("s{number}"), "Ann", &judged(probability, word));
    }
    body += &forecast("inferred", "Ann", &judged("99% inferred", "did-not-happen"));
    body += &forecast("bare", "Ann\n> - by:: Bob", &judged("", "came-true"));
    for word in ["partly", "annulled", "unfalsifiable"] {
        body += &forecast(word, "Ann", &judged("90% stated", word));
    }
    body += &forecast("moved", "Ann", "> - said:: 2026-01\n> - question:: when\n> - expects:: 2027-06\n");
    body += &forecast(
        "now",
        "Ann",
        "> - said:: 2026-06\n> - question:: when\n> - expects:: 2028-06 [2027-01, 2030-12]\n> - supersedes:: [it](claim:moved) — later\n",
    );
    body += &forecast("cy", "Cy", "> - said:: 2026-07-01\n> - question:: when\n> - expects:: 2027\n");
    site().article(&body)
}

fn text(built: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(built[path].clone()).expect("UTF-8")
}

fn scores(built: &BTreeMap<String, Vec<u8>>) -> Value {
    serde_json::from_slice(&built["data/scores.json"]).expect("JSON")
}

#[test]
fn scores_as_data_have_the_promised_shape() {
    let built = book().build();
    assert_eq!(
        scores(&built),
        json!({ "version": 1, "speakers": [
            { "id": "ann", "forecasts": 14, "pending": 2, "came_true": 5, "did_not_happen": 4, "partly": 1,
              "annulled": 1, "unfalsifiable": 1, "hit_rate": 0.555_556, "wilson_low": 0.266_651,
              "wilson_high": 0.811_221, "brier": 0.2475, "log_score": -0.802_693, "scored": 7 },
            { "id": "bob", "forecasts": 1, "pending": 0, "came_true": 1, "did_not_happen": 0, "partly": 0,
              "annulled": 0, "unfalsifiable": 0, "hit_rate": 1.0, "wilson_low": 0.206_549,
              "wilson_high": 1.0, "scored": 0 },
            { "id": "cy", "forecasts": 1, "pending": 1, "came_true": 0, "did_not_happen": 0, "partly": 0,
              "annulled": 0, "unfalsifiable": 0, "scored": 0 },
        ] })
    );
}

/// The row of a forecaster on the page of forecasts, without tags.
fn row(page: &str, id: &str) -> String {
    let board = page.split("id=\"score\"").nth(1).expect("a scoreboard");
    let row = board.split("<tr>").find(|row| row.contains(&format!("/speakers/{id}/"))).expect("a row");
    let row = row.split("</tr>").next().unwrap_or_default().replace('\u{a0}', " ");
    let pieces: Vec<&str> = row.split('<').filter_map(|piece| piece.split('>').nth(1)).collect();
    pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" | ")
}

#[test]
fn scores_show_from_five_on_and_counts_before() {
    let built = book().build();
    let page = text(&built, "forecasts/index.html");
    assert_eq!(
        row(&page, "ann"),
        "Ann | 14 | 2 | 9 | 1 partly came true, 1 void, 1 cannot be settled | 56% | (27% to 81%, n = 9) | 0.25 | (n = 7) | \u{2212}0.80 | (n = 7) | 30 days"
    );
    assert_eq!(row(&page, "bob"), "Bob | 1 | 0 | 1 | too few | none yet | none yet | 30 days");
    assert_eq!(row(&page, "cy"), "Cy | 1 | 1 | 0 | none yet | none yet | none yet");
    let ann = text(&built, "speakers/ann/index.html");
    assert!(ann.contains("<dt>Brier score</dt><dd>0.25 (n\u{a0}=\u{a0}7)</dd>"), "{ann}");
    let bob = text(&built, "speakers/bob/index.html");
    assert!(bob.contains("<dt>Settled</dt><dd>1: 1 came true, 0 did not happen</dd>"), "{bob}");
    assert!(!bob.contains("<dt>Hit rate</dt>") && bob.contains("from five settled forecasts on"), "{bob}");
}

#[test]
fn calibration_shows_from_five_scored_forecasts_on() {
    let page = text(&book().build(), "forecasts/index.html");
    assert!(page.contains("Calibration, 7 forecasts"), "{page}");
    // 5 % and 20 %; 30 %; 60 %; 70 % and 80 %; 90 %.
    let counts: Vec<&str> =
        page.split(">n = ").skip(1).filter_map(|behind| behind.split('<').next()).collect();
    assert_eq!(counts, ["2", "1", "1", "2", "1"]);
    let few = site().article(&forecast("one", "Ann", &judged("90% stated", "came-true"))).build();
    let page = text(&few, "forecasts/index.html");
    assert!(page.contains("so far there is 1.") && !page.contains("Calibration plot:"), "{page}");
}

#[test]
fn a_book_without_forecasts_has_no_scoreboard() {
    let built = site().claim().build();
    assert_eq!(scores(&built), json!({ "version": 1, "speakers": [] }));
    assert!(!text(&built, "forecasts/index.html").contains("Scoreboard"));
    assert!(!text(&built, "speakers/jane-doe/index.html").contains("Forecast record"));
}

#[test]
fn forecasts_of_a_question_are_points_that_lead_to_their_claims() {
    let page = text(&book().build(), "forecasts/when/index.html");
    for point in [
        "<a href=\"/claims/moved/\" aria-label=\"Ann, Jan 2026: Jun 2027, replaced\">",
        "<a href=\"/claims/now/\" aria-label=\"Ann, Jun 2026: Jun 2028, between Jan 2027 and Dec 2030, overdue\">",
        "<a href=\"/claims/cy/\" aria-label=\"Cy, 1 Jul 2026: 2027, overdue\">",
    ] {
        assert!(page.contains(point), "{point} is not in\n{page}");
    }
    assert_eq!(page.matches("<line class=\"trend\"").count(), 1, "Ann's strip: {page}");
    assert_eq!(page.matches("<line class=\"err\"").count(), 1, "{page}");
    assert!(page.find("</figure>") < page.find("<table"), "a table follows");
    assert!(page.contains(">Jun 2028, between Jan 2027 and Dec 2030</td>"), "{page}");
}

#[test]
fn the_demo_shows_how_a_median_moved() {
    let out = tempfile::TempDir::new().expect("a temporary folder");
    let folder = out.path().join("public");
    let folder = folder.to_str().expect("a plain name");
    crate::site::claimbook(repository(), ["build", "--today", TODAY, "--output", folder]).exits(0);
    let page = std::fs::read_to_string(format!("{folder}/forecasts/automated-coder/index.html"));
    let page = page.expect("the page of the question");
    assert_eq!(page.matches("<line class=\"trend\"").count(), 3, "three times replaced");
}
