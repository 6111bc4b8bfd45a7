//! Can quotations be trusted? Snapshots of every form, the lock that remembers what was found in them,
//! and what readers are told.

use serde_json::Value;

use crate::hostile::each;
use crate::site::{Run, Site, TODAY, site};

/// A write-up from the source `report` with one claim, `pace`, and its quotation.
fn quoting(quote: &str) -> Site {
    site()
        .file(
            "content/sources/report.md",
            "---\ntitle: Weekly report\nurl: https://example.org/report\n---\n",
        )
        .file("content/articles/a.md", write_up(&[("pace", quote)]))
}

fn write_up(quotes: &[(&str, &str)]) -> String {
    let claim = |(id, quote): &(&str, &str)| {
        let quote = quote.replace('\n', "\n> > ");
        format!(
            "[It](claim:{id}) happened.\n\n> [!claim] {id}\n> **It happened.**\n>\n> > {quote}\n>\n> - kind:: statement\n> - by:: Jane Doe\n\n"
        )
    };
    let claims: String = quotes.iter().map(claim).collect();
    format!("---\ntitle: First\nsource: report\n---\n\n{claims}")
}

fn verify<const N: usize>(site: &Site, options: [&str; N]) -> Run {
    let mut arguments = vec!["verify", "--today", TODAY];
    arguments.extend(options);
    crate::site::claimbook(&site.path("."), arguments)
}

/// The state of a quotation as `build` tells it in its data.
fn state(site: &Site, claim: &str) -> String {
    site.build();
    let data: Value = serde_json::from_str(&site.read("public/data/claims.json")).expect("JSON");
    let claims = data["claims"].as_array().expect("a list of claims");
    let claim = claims.iter().find(|other| other["id"] == claim).expect("the claim");
    claim["quote_state"].as_str().unwrap_or("none").to_owned()
}

#[track_caller]
fn check(snapshot: (&str, &str), quote: &str, expected: &str) {
    let site = quoting(quote).file(snapshot.0, snapshot.1);
    verify(&site, []).exits(0);
    assert_eq!(state(&site, "pace"), expected, "{quote:?} in {snapshot:?}");
}

const HTML: &str = "snapshots/report.html";
const TEXT: &str = "snapshots/report.txt";
const MARKDOWN: &str = "snapshots/report.md";

#[test]
fn words_are_found_in_every_form_of_snapshot() {
    check((TEXT, "And\nit did\r\nhappen."), "it did happen", "verified");
    check((MARKDOWN, "And *it* [did](https://example.org) happen."), "it did happen", "verified");
    check((HTML, "<p>And <b>it</b> d<i>i</i>d&nbsp;happen.</p>"), "it did happen", "verified");
    check((HTML, "<p>it did</p><p>happen &#8230;</p>"), "it did\n\nhappen", "verified");
    check(("snapshots/report.HTM", "<p>it did happen"), "it did happen", "verified");
}

#[test]
fn white_space_and_typographic_marks_do_not_count_and_everything_else_does() {
    check((TEXT, "“It’s so,” he said."), "\"It's so,\" he said", "verified");
    check((TEXT, "\"It's so,\" he said."), "“It’s so,” he said", "verified");
    check((TEXT, "it hap\u{ad}pened\u{a0}twice"), "it happened twice", "verified");
    check((TEXT, "it did – happen"), "it did - happen", "drifted");
    check((TEXT, "It did happen"), "it did happen", "drifted");
    check((TEXT, "It grew 52 times."), "2 times", "drifted");
    check((TEXT, "it did not happen"), "it did […] happen", "drifted");
    check((TEXT, "it did. Much later: happen"), "it did\n\nhappen", "drifted");
    check((HTML, "<script>it did happen</script><!-- it did happen -->"), "it did happen", "drifted");
}

#[test]
fn nothing_is_unarchived_but_what_was_not_searched() {
    let site = quoting("it did happen");
    verify(&site, []).exits(0).says(["0 verified, 0 seen, 0 drifted, 1 unarchived", "up to date"]);
    assert!(!site.has("claims.lock"));
    assert_eq!(state(&site, "pace"), "unarchived");
    let site = crate::site::site().claim();
    verify(&site, []).exits(0);
    assert_eq!(state(&site, "pace"), "none");
}

#[test]
fn a_drifted_quotation_is_reported_where_it_stands() {
    let site = quoting("it did of course happen").file(TEXT, "And it did of late stop.");
    let run = verify(&site, []).exits(0).says([
        "warning[drifted-quotes]",
        "content/articles/a.md:11:3",
        "the first 3 words are in snapshots/report.txt, which continues: late stop.",
    ]);
    assert!(run.stderr.contains("0 verified, 0 seen, 1 drifted"), "{}", run.stderr);
    verify(&site, ["--strict"]).exits(1);
    site.run(["check", "--today", TODAY])
        .exits(0)
        .says(["warning[drifted-quotes]", "not found on 2026-11-22"]);
    site.run(["check", "--strict", "--today", TODAY]).exits(1);
    // The last table of the settings is `[build]`.
    site.write("site.toml", site.read("site.toml") + "review = true\n");
    site.build();
    assert!(site.read("public/claims/pace/index.html").contains("Not found in the saved copy of the source"));
    assert!(site.read("public/review/index.html").contains("Not in the saved copy"));
}

#[test]
fn a_quotation_edited_since_is_no_longer_verified() {
    let site = quoting("it did happen").file(TEXT, "And it did happen, or did not happen.");
    verify(&site, []).exits(0);
    assert_eq!(state(&site, "pace"), "verified");
    site.write("content/articles/a.md", write_up(&[("pace", "did not happen")]));
    assert_eq!(state(&site, "pace"), "unarchived");
    verify(&site, ["--check"]).exits(1).says(["out of date"]);
    verify(&site, []).exits(0);
    assert_eq!(state(&site, "pace"), "verified");
    verify(&site, ["--check"]).exits(0);
}

#[test]
fn a_snapshot_that_changed_is_searched_again() {
    let site = quoting("it did happen").file(TEXT, "And it did happen.");
    verify(&site, []).exits(0);
    site.write(TEXT, "And it never happened.");
    verify(&site, []).exits(0).says(["1 drifted"]);
    assert_eq!(state(&site, "pace"), "drifted");
}

#[test]
fn a_machine_without_snapshots_still_knows() {
    let site = quoting("it did happen").file(TEXT, "And it did happen.");
    verify(&site, []).exits(0);
    let lock = site.read("claims.lock");
    std::fs::remove_dir_all(site.path("snapshots")).expect("the folder goes");
    verify(&site, ["--prune"]).exits(0).says(["1 verified", "up to date"]);
    assert_eq!(site.read("claims.lock"), lock);
    assert_eq!(state(&site, "pace"), "verified");
    assert!(
        site.read("public/claims/pace/index.html")
            .contains("Verified word for word in a saved copy of the source, ")
    );
}

#[test]
fn the_lock_is_sorted_and_changes_only_where_something_did() {
    let site = quoting("").file(TEXT, "one two three");
    site.write("content/articles/a.md", write_up(&[("b", "two"), ("a", "one")]));
    verify(&site, []).exits(0);
    let first = site.read("claims.lock");
    assert!(first.find("[claims.a]") < first.find("[claims.b]"), "{first}");
    let later = ["verify", "--today", "2027-01-01"];
    site.run(later).exits(0).says(["up to date"]);
    assert_eq!(site.read("claims.lock"), first);
    site.write("content/articles/a.md", write_up(&[("b", "two"), ("a", "three")]));
    site.run(later).exits(0);
    let second = site.read("claims.lock");
    assert_eq!((second.matches("2027-01-01").count(), second.matches(TODAY).count()), (1, 1), "{second}");
    assert_eq!(first.split("[claims.b]").nth(1), second.split("[claims.b]").nth(1));
    let left: Vec<_> = std::fs::read_dir(site.path(".")).expect("a folder").collect();
    assert!(left.iter().flatten().all(|entry| !entry.file_name().to_string_lossy().ends_with(".new")));
}

#[test]
fn a_repeated_passage_is_told_from_the_others() {
    let text =
        format!("{0} it did happen. {0} it did happen again.", "the same long words as ever ".repeat(3));
    let site = quoting("it did happen").file(TEXT, &text);
    verify(&site, []).exits(0);
    let lock = site.read("claims.lock");
    assert!(lock.contains("repeated = true"), "{lock}");
    let context = |key: &str| {
        let line = lock.lines().find_map(|line| line.strip_prefix(&format!("{key} = \""))).expect("a line");
        line.trim_end_matches('"').to_owned()
    };
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let around = format!("{}it did happen{}", context("prefix"), context("suffix"));
    assert_eq!(words.matches(&around).count(), 1, "{around:?}");
}

#[test]
fn entries_that_nothing_answers_to_go_when_asked() {
    let site = quoting("").file(TEXT, "one two three");
    site.write("content/articles/a.md", write_up(&[("a", "one"), ("b", "two")]));
    verify(&site, []).exits(0);
    site.write("content/articles/a.md", write_up(&[("b", "two")]));
    verify(&site, []).exits(0).says(["1 entry without a quotation"]);
    assert!(site.read("claims.lock").contains("[claims.a]"));
    verify(&site, ["--prune"]).exits(0).says(["dropped 1 entry"]);
    let lock = site.read("claims.lock");
    assert!(!lock.contains("[claims.a]") && lock.contains("[claims.b]"), "{lock}");
}

#[test]
fn a_claim_with_a_new_id_stays_verified() {
    let site = quoting("it did happen").file(TEXT, "And it did happen.");
    verify(&site, []).exits(0);
    let renamed = write_up(&[("speed", "it did happen")]).replace("- by::", "- aliases:: pace\n> - by::");
    site.write("content/articles/a.md", renamed);
    assert_eq!(state(&site, "speed"), "verified");
    verify(&site, ["--prune"]).exits(0);
    let lock = site.read("claims.lock");
    assert!(!lock.contains("[claims.pace]") && lock.contains("[claims.speed]"), "{lock}");
}

#[test]
fn a_damaged_lock_is_reported_and_left_alone() {
    let site = quoting("it did happen").file(TEXT, "And it did happen.");
    verify(&site, []).exits(0);
    let damaged = site.read("claims.lock").replace("\n[claims", "\n<<<<<<< ours\n[claims");
    site.write("claims.lock", &damaged);
    verify(&site, []).exits(1).says(["error[merge-conflicts]", "claims.lock:5:", "nothing was written"]);
    site.run(["check", "--today", TODAY]).exits(1).says(["error[merge-conflicts]"]);
    assert_eq!(site.read("claims.lock"), damaged);
}

#[test]
fn snapshots_that_cannot_be_used_are_reported_and_the_rest_is_searched() {
    let site = quoting("").file(TEXT, "one").file("snapshots/latin.txt", b"caf\xe9");
    site.write("content/articles/a.md", write_up(&[("a", "one"), ("b", "two")]));
    site.write("snapshots/report/huge.txt", vec![b'a'; 16 * 1024 * 1024 + 1]);
    site.write("snapshots/report_files/report.txt", b"two, caf\xe9");
    let run = verify(&site, []).exits(1).says(["1 verified, 0 seen, 0 drifted, 1 unarchived"]);
    for words in ["snapshots/latin.txt", "not valid UTF-8", "snapshots/report/huge.txt", "larger than 16 MiB"]
    {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    assert!(!run.stderr.contains("report_files"), "{}", run.stderr);
    std::fs::remove_file(site.path("snapshots/report/huge.txt")).expect("the file goes");
    verify(&site, []).exits(1).says(["1 verified, 0 seen, 1 drifted"]);
}

#[test]
fn a_snapshot_that_would_take_for_ever_is_reported() {
    let attributes = each(300_000, |number| format!("a{number}=1 "));
    let site = quoting("it was so").file("snapshots/report.html", format!("<p {attributes}>it was so</p>"));
    verify(&site, []).exits(1).says(["snapshots/report.html", "too many attributes"]);
    assert_eq!(state(&site, "pace"), "unarchived");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    let site = quoting("it did happen").file("elsewhere.txt", "it did happen");
    std::fs::create_dir(site.path("snapshots")).expect("a folder");
    std::os::unix::fs::symlink("../elsewhere.txt", site.path(TEXT)).expect("a link");
    verify(&site, []).exits(1).says([TEXT, "this is a symbolic link", "1 unarchived"]);
    site.write("kept.lock", "version = 1\n");
    std::os::unix::fs::symlink("kept.lock", site.path("claims.lock")).expect("a link");
    verify(&site, []).exits(1).says(["claims.lock", "this is a symbolic link"]);
    assert_eq!(site.read("kept.lock"), "version = 1\n");
}

#[test]
fn a_huge_snapshot_is_searched() {
    let text = format!("{}it did happen", "<p>It is <b>not</b> so.".repeat(300_000));
    check((HTML, &text), "it did happen", "verified");
}

#[test]
fn policy_can_make_unverified_quotations_errors() {
    let site = quoting("it did happen").file(TEXT, "And it did not.");
    let head = "title = \"Book\"\nbase_url = \"https://example.org/\"\n\n";
    site.write("site.toml", format!("{head}[policy]\nunverified-quotes = \"deny\"\n"));
    site.run(["build", "--today", TODAY]).exits(1).says(["error[unarchived-quotes]"]);
    verify(&site, []).exits(1).says(["error[drifted-quotes]", "was written"]);
    site.write(TEXT, "And it did happen.");
    verify(&site, []).exits(0);
    site.run(["build", "--today", TODAY]).exits(0);
    site.write(
        "site.toml",
        format!("{head}[policy]\nunverified-quotes = \"deny\"\n\n[lints]\ndrifted-quotes = \"allow\"\n"),
    );
    site.write(TEXT, "And it did not.");
    verify(&site, []).exits(0);
}

#[test]
fn snapshots_are_never_published() {
    let site = quoting("it did happen").file(TEXT, "And it did happen, in secret words.");
    verify(&site, []).exits(0);
    let secret = b"secret words";
    let shown =
        site.build().into_iter().find(|(_, bytes)| bytes.windows(secret.len()).any(|part| part == secret));
    assert_eq!(shown.map(|(path, _)| path), None);
}

#[test]
fn reports_are_data_when_asked_for() {
    let site = quoting("it did happen").file(TEXT, "And it did not.");
    let run = verify(&site, ["--format", "json", "--quiet"]).exits(0);
    assert_eq!(run.stderr, "");
    let codes: Vec<_> = run.diagnostics().iter().map(|problem| problem["code"].clone()).collect();
    assert_eq!(codes, ["drifted-quotes"]);
}

/// What `verify` counts of the quotation `pace`, and its state in the data.
fn counted(site: &Site, counts: &str) {
    verify(site, []).exits(0).says([counts]);
    let words = ["verified", "seen", "drifted", "unarchived"];
    let expected =
        counts.split(", ").zip(words).find(|(count, _)| count.starts_with('1')).map(|(_, word)| word);
    assert_eq!(Some(state(site, "pace").as_str()), expected);
    verify(site, ["--check"]).exits(0);
}

const VERIFIED: &str = "1 verified, 0 seen, 0 drifted, 0 unarchived";
const SEEN: &str = "0 verified, 1 seen, 0 drifted, 0 unarchived";
const DRIFTED: &str = "0 verified, 0 seen, 1 drifted, 0 unarchived";
const UNARCHIVED: &str = "0 verified, 0 seen, 0 drifted, 1 unarchived";

#[test]
fn words_that_are_not_in_a_part_are_unarchived() {
    for part in ["snapshots/report.part.txt", "snapshots/report.PART.1.md", "snapshots/report/1.part.html"] {
        let site = quoting("it did happen").file(part, "And it did not.");
        counted(&site, UNARCHIVED);
        site.write(part, "And it did happen.");
        counted(&site, VERIFIED);
        assert!(
            site.read("claims.lock")
                .contains(&format!("file = \"{}\"\n", part.trim_start_matches("snapshots/")))
        );
        site.write(part, "And it did not.");
        counted(&site, UNARCHIVED);
    }
    let site = quoting("it did of course happen")
        .file("snapshots/report.part.txt", "And it did of course of late stop.");
    site.write(
        "site.toml",
        "title = \"Book\"\nbase_url = \"https://example.org/\"\n[policy]\nunverified-quotes = \"warn\"\n",
    );
    verify(&site, []).exits(0).says([
        "warning[unarchived-quotes]",
        "the first 4 words are in snapshots/report.part.txt, a part of the source, which continues: of late stop.",
    ]);
}

#[test]
fn a_copy_that_turns_out_to_be_a_part_takes_the_drift_back() {
    let site = quoting("it did happen").file(TEXT, "And it did not.");
    counted(&site, DRIFTED);
    std::fs::rename(site.path(TEXT), site.path("snapshots/report.part.txt")).expect("the file is renamed");
    counted(&site, UNARCHIVED);
    assert!(!site.read("claims.lock").contains("[claims.pace]"));
}

#[test]
fn what_the_lock_is_believed_for_is_told() {
    let site = quoting("it did happen").file(TEXT, "And it did happen.");
    verify(&site, [])
        .exits(0)
        .says(["searched 1 snapshot for 1 quotation", "believed claims.lock for 0 quotations"]);
    // A forged entry: there is no snapshot to search for the words.
    let lock = site.read("claims.lock");
    std::fs::remove_file(site.path(TEXT)).expect("the file goes");
    let forged = |text: &str| text.replace("it did happen", "it was denied");
    site.write("claims.lock", forged(&lock));
    site.write("content/articles/a.md", forged(&site.read("content/articles/a.md")));
    let run = verify(&site, ["--check"]).exits(0);
    run.says([
        "searched 0 snapshots for 0 quotations",
        "believed claims.lock for 1 quotation:",
        "1 verified",
    ]);
    let run = verify(&site, ["--check", "--format", "json"]).exits(0);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(
        report["quotations"],
        serde_json::json!({"verified": 1, "seen": 0, "drifted": 0, "unarchived": 0, "searched": 0, "believed": 1})
    );
    // Where the snapshot is, the forgery shows.
    site.write(TEXT, "And it did happen.");
    verify(&site, ["--check"]).exits(1).says(["believed claims.lock for 0 quotations", "out of date"]);
}

#[test]
fn a_source_may_have_several_snapshots() {
    let site = quoting("it did happen")
        .file(TEXT, "And it did not.")
        .file("snapshots/report/2026.html", "<p>it did happen");
    counted(&site, VERIFIED);
    let lock = site.read("claims.lock");
    assert!(lock.contains("file = \"report/2026.html\"\n"), "{lock}");
    // One more with the words changes nothing, nor does another day.
    site.write("snapshots/report/2025.html", "<p>it did happen");
    site.run(["verify", "--today", "2027-01-01"]).exits(0).says(["up to date", "searched 3 snapshots"]);
    assert_eq!(site.read("claims.lock"), lock);
    // On a machine with one of the copies, the entry stays as it is.
    std::fs::remove_file(site.path("snapshots/report/2025.html")).expect("the file goes");
    std::fs::remove_file(site.path(TEXT)).expect("the file goes");
    verify(&site, ["--check"]).exits(0);
    site.write("snapshots/report/2026.html", "<p>it did so");
    site.write(TEXT, "And it did not.");
    let run = verify(&site, []).exits(0).says(["1 drifted", "in any of the 2 snapshots of the source"]);
    assert!(run.stderr.contains("warning[drifted-quotes]"), "{}", run.stderr);
    site.write("snapshots/report.part.md", "The first page.");
    counted(&site, UNARCHIVED);
}

#[test]
fn an_entry_of_a_copy_that_is_not_here_stays_beside_a_part() {
    let site = quoting("it did happen").file(TEXT, "And it did happen.");
    counted(&site, VERIFIED);
    let lock = site.read("claims.lock");
    assert!(!lock.contains("file = "), "{lock}");
    std::fs::remove_file(site.path(TEXT)).expect("the file goes");
    site.write("snapshots/report.part.txt", "The first page.");
    counted(&site, VERIFIED);
    assert_eq!(site.read("claims.lock"), lock);
}

/// The write-up of [`quoting`], with a reading.
fn seen(quote: &str, reading: &str) -> String {
    write_up(&[("pace", quote)]).replace("- by::", &format!("- seen:: {reading}\n> - by::"))
}

#[test]
fn words_that_somebody_saw_are_seen_until_they_change() {
    let site = quoting("it did happen");
    let write = |quote: &str, reading: &str| site.write("content/articles/a.md", seen(quote, reading));
    write("it did happen", "2026-11-20 by Jane Doe");
    site.run(["check", "--today", TODAY])
        .exits(0)
        .says(["warning[unmatched-readings]", "not recorded in claims.lock"]);
    verify(&site, ["--check"]).exits(1).says(["out of date"]);
    site.write("site.toml", site.read("site.toml") + "review = true\n");
    counted(&site, SEEN);
    site.run(["check", "--strict", "--today", TODAY]).exits(0);
    let page = site.read("public/claims/pace/index.html");
    assert!(page.contains("Seen in the source by <bdi>Jane Doe</bdi>, "), "{page}");
    assert!(site.read("public/review/index.html").contains("or seen there by an editor (1)"));
    let data: Value = serde_json::from_str(&site.read("public/data/claims.json")).expect("JSON");
    assert_eq!(
        data["claims"][0]["quote_seen"],
        serde_json::json!({ "date": "2026-11-20", "by": "Jane Doe" })
    );

    // Marks and white space are not the words; anything else is.
    write("it  did happen", "2026-11-20 by Jane Doe");
    counted(&site, SEEN);
    write("it did not happen", "2026-11-20 by Jane Doe");
    assert_eq!(state(&site, "pace"), "unarchived");
    for _ in 0..2 {
        let run = verify(&site, ["--prune"])
            .exits(0)
            .says(["warning[unmatched-readings]", "was changed after it was seen"]);
        assert!(run.stderr.contains(UNARCHIVED) && run.stderr.contains("a.md:14:"), "{}", run.stderr);
    }
    write("it did happen", "2026-11-20 by Jane Doe");
    counted(&site, SEEN);
    write("it did not happen", "2026-11-21 by Jane Doe");
    counted(&site, SEEN);
    // The same day again: without the line the record goes.
    write("it did at last happen", "2026-11-21 by Jane Doe");
    counted(&site, UNARCHIVED);
    site.write("content/articles/a.md", write_up(&[("pace", "it did at last happen")]));
    counted(&site, UNARCHIVED);
    write("it did at last happen", "2026-11-21 by Jane Doe");
    counted(&site, SEEN);
}

#[test]
fn what_a_whole_copy_says_comes_before_what_somebody_saw() {
    let site = quoting("").file("snapshots/report.part.txt", "The first page.");
    site.write("content/articles/a.md", seen("it did happen", "2026-11-20 by Jane Doe"));
    counted(&site, SEEN);
    site.write(TEXT, "And it did happen.");
    counted(&site, VERIFIED);
    std::fs::remove_file(site.path("snapshots/report.part.txt")).expect("the file goes");
    site.write(TEXT, "And it did not.");
    counted(&site, DRIFTED);
}

#[test]
fn a_reading_is_of_one_source_and_keeps_with_a_new_id() {
    let site = quoting("").file("content/sources/other.md", "---\ntitle: Other\n---\n");
    let text = seen("it did happen", "2026-11 by Jane Doe");
    site.write("content/articles/a.md", &text);
    counted(&site, SEEN);
    site.write("content/articles/a.md", text.replace("source: report", "source: other"));
    assert_eq!(state(&site, "pace"), "unarchived");
    let renamed = text.replace("] pace", "] speed").replace("claim:pace", "claim:speed");
    site.write("content/articles/a.md", renamed.replace("- by::", "- aliases:: pace\n> - by::"));
    assert_eq!(state(&site, "speed"), "seen");
    verify(&site, ["--prune"]).exits(0).says(["dropped 1 entry", "1 seen"]);
    let lock = site.read("claims.lock");
    assert!(lock.contains("[seen.speed]") && !lock.contains("[seen.pace]"), "{lock}");
    site.write("content/articles/a.md", "---\ntitle: First\n---\n\nWords.\n");
    verify(&site, []).exits(0).says(["1 entry without a quotation"]);
    verify(&site, ["--prune"]).exits(0).says(["dropped 1 entry"]);
    assert!(!site.read("claims.lock").contains("[seen."));
}

#[test]
fn a_reading_counts_from_its_day_on() {
    let site = quoting("");
    for (day, expected) in [
        ("2026-11-22", "seen"),
        ("2026-11-23", "seen"),
        ("2026-11-24", "unarchived"),
        ("2026-12", "unarchived"),
    ] {
        site.write("content/articles/a.md", seen("it did happen", &format!("{day} by Jane Doe")));
        verify(&site, []).exits(0);
        assert_eq!(state(&site, "pace"), expected, "{day}");
    }
}

#[test]
fn policy_accepts_what_was_seen() {
    let site = quoting("").file("content/articles/a.md", seen("it did happen", "2026-11-20 by Jane Doe"));
    let head = "title = \"Book\"\nbase_url = \"https://example.org/\"\n\n";
    site.write("site.toml", format!("{head}[policy]\nunverified-quotes = \"deny\"\n"));
    site.run(["build", "--today", TODAY]).exits(1).says(["error[unarchived-quotes]"]);
    verify(&site, []).exits(0);
    site.run(["build", "--strict", "--today", TODAY]).exits(0);
}
