//! What do charts and maps show? A small site in, the SVG of its pages and the CSV behind it out.

use crate::html::Page;
use crate::site::{Site, site};

/// A measurement of the metric `pace`.
fn measured(id: &str, facts: &str) -> String {
    format!(
        "> [!claim] {id}\n> **Statement {id}.**\n>\n> - kind:: measurement\n> - by:: Jane Doe\n> - metric:: pace\n{facts}\n"
    )
}

/// A site with a metric on a logarithmic scale, two methods and a forecast.
fn metric() -> Site {
    let body = [
        measured("one", "> - subject:: =Alpha, small\n> - said:: 2025-01\n> - value:: 2 [1, 4]\n> - method:: first\n"),
        measured("two", "> - subject:: Beta & <co>\n> - said:: 2025-09-01\n> - value:: 150\n> - method:: first\n> - supersedes:: [it](claim:one) — newer\n"),
        measured("three", "> - subject:: Gamma\n> - said:: 2026-05\n> - value:: 3000\n> - method:: second\n"),
        measured("undated", "> - subject:: Delta\n> - value:: 5\n> - method:: second\n"),
        "> [!claim] later\n> **It will be more.**\n>\n> - kind:: forecast\n> - by:: Jane Doe\n> - metric:: pace\n> - expects:: 90000 [50000, 200000]\n> - resolves:: 2027\n".to_owned(),
    ]
    .join("\n");
    site()
        .article(&body)
        .file("content/metrics/pace.md", "---\ntitle: Pace\nunit: minutes\nscale: log\n---\n")
}

fn page(site: &Site, path: &str) -> (Page, String) {
    let built = site.build();
    let bytes = built.get(path).unwrap_or_else(|| panic!("{path} was not built"));
    (Page::parse(bytes), String::from_utf8(bytes.clone()).expect("UTF-8"))
}

#[test]
fn a_metric_is_a_chart_of_links_with_one_shape_for_each_method() {
    let (page, text) = page(&metric(), "metrics/pace/index.html");
    let links = page.find("svg.plot[role=group] a");
    let labels: Vec<&str> = links.iter().filter_map(|link| link.value().attr("aria-label")).collect();
    assert_eq!(
        labels,
        [
            "=Alpha, small: 2 minutes (1 to 4), Jan 2025",
            "Beta & <co>: 150 minutes, 1 Sep 2025",
            "Gamma: 3000 minutes, May 2026",
            "It will be more.: Jane Doe expects 90000 minutes (50000 to 200000) by 2027",
        ]
    );
    assert!(
        links.iter().all(|link| link.value().attr("href").is_some_and(|url| url.starts_with("/claims/")))
    );
    let shapes: Vec<&str> =
        page.find("svg.plot .pt").iter().filter_map(|mark| mark.value().attr("d")).collect();
    assert!(shapes[0] == shapes[1] && shapes[1] != shapes[2], "{shapes:?}");
    assert_eq!(page.find("svg.plot .trend").len(), 1, "only points of one method are joined");
    assert_eq!(page.find("svg.plot .pt.old").len(), 1, "what was superseded is kept, faded");
    let legend: Vec<usize> =
        ["svg .pt", "svg .trend"].map(|part| page.find(&format!("figure li.facet {part}")).len()).to_vec();
    assert_eq!(legend, [3, 1], "two methods and the forecasts; one method is joined");
    assert!(text.contains("minutes, log scale</text>") && text.contains("logarithmic"), "{text}");
    assert!(text.contains("1 value is not drawn: 1 without a date."), "{text}");
    assert_eq!(page.find("table").len(), 2, "the same values stand in tables");
}

#[test]
fn a_scale_that_cannot_be_logarithmic_is_explained() {
    let body = [
        measured("one", "> - subject:: A\n> - said:: 2025-01\n> - value:: 0\n"),
        measured("two", "> - subject:: B\n> - said:: 2025-09\n> - value:: 150\n"),
    ];
    let metric = "---\ntitle: Pace\nunit: minutes\nscale: log\n---\n";
    let site = site().article(&body.join("\n")).file("content/metrics/pace.md", metric);
    let (_, text) = page(&site, "metrics/pace/index.html");
    assert!(!text.contains("log scale</text>"), "{text}");
    assert!(
        text.contains(
            "The scale is linear, because a logarithmic scale cannot show zero or negative values."
        ),
        "{text}"
    );
    assert!(text.contains("linear, not logarithmic"), "the facts of the metric say what is drawn: {text}");
}

#[test]
fn the_values_of_a_metric_are_a_csv_without_formulas() {
    let (_, csv) = page(&metric(), "metrics/pace/data.csv");
    let rows: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 6, "{csv}");
    assert_eq!(
        rows[1],
        "one,measurement,\"'=Alpha, small\",2025-01,,2,1,4,minutes,first,Jane Doe,superseded,https://example.org/claims/one/"
    );
    assert!(rows[5].starts_with("later,forecast,,2027,,90000,50000,200000,minutes,,"), "{csv}");
}

#[test]
fn the_home_page_has_a_small_chart() {
    let (page, _) = page(&metric(), "index.html");
    assert_eq!(page.find("figure svg.plot[role=img] .pt").len(), 4);
    assert_eq!(page.find("figure h2 a[href='/metrics/pace/']").len(), 1);
}

fn claim(id: &str, facts: &str) -> String {
    format!("> [!claim] {id}\n> **Statement {id}.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n{facts}\n")
}

#[test]
fn a_claim_shows_its_neighbours_and_theirs() {
    let to = |relation: &str, id: &str| format!("> - {relation}:: [it](claim:{id}) — reason\n");
    let body = [
        claim("middle", &to("contradicts", "other")),
        claim("other", &to("contradicts", "middle")),
        claim("basis", &to("supports", "middle")),
        claim("deep", &to("refines", "basis")),
        claim("alone", ""),
    ]
    .join("\n");
    let site = site().article(&body);
    let (map, text) = page(&site, "claims/middle/index.html");
    let links = map.find("svg.plot[role=group] a");
    let labels: Vec<&str> = links.iter().filter_map(|link| link.value().attr("aria-label")).collect();
    assert_eq!(
        labels,
        [
            "supported by: Statement basis. Not reviewed",
            "narrowed by: Statement deep. Not reviewed",
            "contradicts: Statement other. Disputed",
        ]
    );
    assert_eq!(map.find("svg.plot line[stroke-dasharray]").len(), 1, "contradictions are dashed");
    assert!(text.contains("A dashed line means that the two claims contradict each other."), "{text}");
    assert!(map.find("dl.rel dd").len() >= 2, "the list says the same");
    let (alone, _) = page(&site, "claims/alone/index.html");
    assert!(alone.find("svg.plot").is_empty());
}

#[test]
fn a_large_neighbourhood_is_cut_and_says_so() {
    let body: String = (0..45)
        .map(|number| claim(&format!("c{number:02}"), "> - supports:: [it](claim:middle) — reason\n") + "\n")
        .collect();
    let site = site().article(&(body + &claim("middle", "")));
    let (map, text) = page(&site, "claims/middle/index.html");
    assert_eq!(map.find("svg.plot a").len(), 39);
    assert!(text.contains("6 more related claims are not drawn."), "{text}");
}

#[test]
fn a_date_that_moved_is_a_strip_and_a_list() {
    let forecast = |id: &str, facts: &str| {
        format!(
            "> [!claim] {id}\n> **Forecast {id}.**\n>\n> - kind:: forecast\n> - question:: event\n{facts}\n"
        )
    };
    let by = |who: &str, said: &str, when: &str| {
        format!("> - by:: {who}\n> - said:: {said}\n> - resolves:: {when}\n")
    };
    let supersedes = |id: &str| format!("> - supersedes:: [it](claim:{id}) — newer\n");
    let body = [
        forecast("one", &by("Jane Doe", "2024", "2027")),
        forecast("two", &(by("Jane Doe", "2025", "2028") + &supersedes("one"))),
        forecast("three", &(by("Jane Doe", "2026", "2026-12") + &supersedes("two"))),
        forecast("other", &(by("John Roe", "2025", "2029") + &supersedes("one"))),
        forecast("same", &by("Ann Poe", "2025", "2029")),
        forecast("again", &(by("Ann Poe", "2026", "2029-12") + &supersedes("same"))),
    ]
    .join("\n");
    let site = site().article(&body);
    for path in ["forecasts/event/index.html", "speakers/jane-doe/index.html"] {
        let (page, text) = page(&site, path);
        let steps: Vec<String> = page.find("ol.hist li").iter().map(|step| step.text().collect()).collect();
        assert_eq!(
            steps,
            [
                "2027, said 2024",
                "2028, said 2025, later by 1 year",
                "Dec 2026, said 2026, earlier by 2 years"
            ],
            "{path}"
        );
        // The page of the question has a chart of all forecasts.
        let drawn = if path.starts_with("speakers") { 2 } else { 0 };
        assert_eq!(page.find("svg[aria-label*='in each forecast'] .ring").len(), drawn, "{path}");
        assert!(text.contains("Deadline, earlier by 1 year overall"), "{text}");
    }
    let (other, _) = page(&site, "speakers/john-roe/index.html");
    assert!(other.find("ol.hist").is_empty());
}

#[test]
fn what_a_map_shows_is_part_of_what_its_links_are_called() {
    let words = |text: &str| -> Vec<String> {
        let plain = text.replace([':', '…', '.', ','], " ");
        plain.split_whitespace().map(str::to_lowercase).collect()
    };
    let statement = "Gegenwartsbewältigungsunterstützungsmaßnahmen take a-very-long-compound-word-that-no-box-holds-in-one-line, and (in brackets of some length) they go on and on and on until no box can hold them all.";
    let far = format!(
        "> [!claim] far\n> **{statement}**\n>\n> - kind:: statement\n> - by:: Jane Doe\n> - refines:: [it](claim:near) — reason\n"
    );
    let near = far
        .replace("[!claim] far", "[!claim] near")
        .replace("- refines:: [it](claim:near)", "- supports:: [it](claim:middle)");
    let site = site().article(&[far, near, claim("middle", "")].join("\n"));
    let (map, _) = page(&site, "claims/middle/index.html");
    let links = map.find("svg.plot[role=group] a");
    assert_eq!(links.len(), 2);
    for link in links {
        let name = words(link.value().attr("aria-label").expect("a name"));
        let texts = scraper::Selector::parse("text").expect("a selector");
        let texts: Vec<String> = link.select(&texts).map(|text| text.text().collect()).collect();
        for shown in [&texts[1], &texts[2]] {
            let shown = words(&format!("{} {shown}", texts[0]));
            assert!(name.windows(shown.len()).any(|part| part == shown), "{shown:?} is not in {name:?}");
        }
    }
}

#[test]
fn a_metric_without_a_unit_has_that_of_its_values_and_says_what_it_does_not_draw() {
    let measured = |id: &str, value: &str, said: &str| {
        let facts = "> - kind:: measurement\n> - by:: Jane Doe\n> - metric:: pace\n> - subject:: It";
        format!("> [!claim] {id}\n> **Statement {id}.**\n>\n{facts}\n> - value:: {value}\n{said}\n")
    };
    let body = [
        measured("one", "5 days", "> - said:: 2026-01-05\n"),
        measured("two", "4 day", "> - said:: 2026-02-05\n"),
        measured("bare", "3", "> - said:: 2026-03-05\n"),
        measured("odd", "7 hours", "> - said:: 2026-04-05\n"),
        measured("undated", "6 days", ""),
    ];
    let built = site().article(&body.concat());
    let (chart, text) = page(&built, "metrics/pace/index.html");
    assert_eq!(chart.find("svg.plot[role=group] a").len(), 3, "{text}");
    let note = "2 values are not drawn: 1 in hours, not in days; 1 without a date.";
    assert!(text.contains(note), "{text}");
    assert!(text.contains(">3 days<"), "a value without a unit has that of the others: {text}");
    let (chart, text) =
        page(&site().article(&[body[0].as_str(), &body[3]].concat()), "metrics/pace/index.html");
    assert!(chart.find("svg.plot").is_empty());
    assert!(text.contains(
        "There is no chart, because a chart needs two dated values in the same unit. 1 value is not drawn: "
    ));
    let (_, text) = page(
        &site().claim().file("content/metrics/empty.md", "---\ntitle: E\n---\n"),
        "metrics/empty/index.html",
    );
    assert!(!text.contains("There is no chart"), "there is nothing to draw");
}
