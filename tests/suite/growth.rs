//! Does the work grow with the book, and no faster? Books of one size and of four times that size, each with as
//! much as possible of one thing, are checked and written; what that costs is compared.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use claimbook::config::Overrides;
use claimbook::date::PartialDate;
use claimbook::diagnostic::{Format, render};
use claimbook::format::search_index;
use claimbook::html::{RawText, read_page};
use claimbook::output::OutputFile;
use claimbook::pipeline;
use claimbook::plan::Publication;
use claimbook::source::Sources;

use crate::site::TODAY;

/// What a book costs: the bytes of its report and of all its files, and the time it took to make them.
#[derive(Debug, Clone, Copy)]
struct Cost {
    bytes: usize,
    time: Duration,
}

type Texts = Vec<(String, String)>;

fn cost(texts: Texts) -> Cost {
    let settings = "title = \"Book\"\nbase_url = \"https://example.org/\"\n[build]\npreviews = false\n";
    let texts = texts.into_iter().chain([("site.toml".to_owned(), settings.to_owned())]);
    let sources = Arc::new(Sources::from_texts(texts));
    let today = PartialDate::parse(TODAY).expect("a day").first_day();
    let overrides = Overrides { base_url: None, repository: None, today, drafts: false, review: false };
    let start = Instant::now();
    let analysis = pipeline::analyse(&sources, &[], &overrides);
    let (problems, edition) = pipeline::plan(&analysis);
    let mut bytes = render(&problems, &sources, Format::Json).len();
    if let Some(edition) = edition {
        let index = search_index(&edition.publication.site()).expect("an index");
        let files = edition.tree.files().chain(index.files());
        bytes += files.map(|(_, file)| length(file, &edition.publication)).sum::<usize>();
    }
    Cost { bytes, time: start.elapsed() }
}

fn length(file: &OutputFile<Publication>, publication: &Publication) -> usize {
    let mut out = Vec::new();
    match file {
        OutputFile::Render(make) => make(publication, &mut out).expect("a page"),
        OutputFile::Stream(make) => make(publication, &mut out).expect("a file"),
        OutputFile::Bytes(bytes) => return bytes.len(),
        OutputFile::Renew(_) | OutputFile::Copy(_) => {}
    }
    out.len()
}

/// Four times the book may cost this many times as much: the double of what is in proportion, and half of what a
/// square would be.
const MAX_GROWTH: u32 = 8;

#[track_caller]
fn check(size: usize, book: fn(usize) -> Texts) {
    check_of((), size, |(), size| book(size));
}

#[track_caller]
fn check_of<T: Copy>(of: T, size: usize, book: impl Fn(T, usize) -> Texts) {
    let book = |size| book(of, size);
    let (mut small, mut large) = (cost(book(size)), cost(book(4 * size)));
    let most = MAX_GROWTH as usize;
    assert!(large.bytes <= small.bytes * most, "{} bytes became {}", small.bytes, large.bytes);
    // Other work on the machine makes a run slower, never faster.
    for _ in 0..2 {
        if large.time <= small.time * MAX_GROWTH {
            return;
        }
        small.time = small.time.min(cost(book(size)).time);
        large.time = large.time.min(cost(book(4 * size)).time);
    }
    assert!(large.time <= small.time * MAX_GROWTH, "{:?} became {:?}", small.time, large.time);
}

fn article(body: &str) -> (String, String) {
    ("content/articles/a.md".to_owned(), format!("---\ntitle: First\n---\n\n{body}"))
}

/// A callout with facts of its own.
fn claim(id: &str, facts: &str) -> String {
    let facts: String = facts.lines().fold(String::new(), |mut all, fact| {
        let _ = writeln!(all, "> - {fact}");
        all
    });
    format!("\n> [!claim] {id}\n> **Statement {id}.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n{facts}\n")
}

fn each(size: usize, one: impl Fn(usize) -> String) -> String {
    (0..size).map(one).collect()
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn a_long_word() {
    check(20_000, |size| vec![article(&"word".repeat(size))]);
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn links_in_one_paragraph() {
    check(1_500, |size| vec![article(&each(size, |number| format!("see [number {number}](/) and ")))]);
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn problems_on_one_line() {
    check(1_500, |size| {
        vec![article(&each(size, |number| format!("{number} [number](speaker:nobody{number}) ")))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn a_chain_below_a_fallen_claim() {
    check(60, |size| {
        let fallen = claim("c0", "verdict:: 2026-01-01 refuted by J. Doe — wrong");
        let chain = each(size, |number| {
            claim(&format!("c{}", number + 1), &format!("depends-on:: [x](claim:c{number})"))
        });
        vec![article(&(fallen + &chain))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn a_chain_below_many_fallen_claims() {
    check(40, |size| {
        let fallen = |number| claim(&format!("f{number}"), "verdict:: 2026-01-01 refuted by J. Doe — wrong");
        let all = each(size, |number| format!("depends-on:: [x](claim:f{number})\n"));
        let chain = each(size, |number| {
            let facts = format!("depends-on:: [x](claim:c{number})");
            claim(&format!("c{}", number + 1), &facts)
        });
        vec![article(&(each(size, fallen) + &claim("c0", all.trim_end()) + &chain))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn one_claim_that_all_others_contradict() {
    check(60, |size| {
        let against = each(size, |number| {
            claim(&format!("c{number}"), "contradicts:: [x](claim:hub) — it is otherwise")
        });
        let text = each(size, |number| format!("[So](claim:c{number}).\n\n"));
        vec![article(&(text + &claim("hub", "said:: 2026") + &against))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn one_claim_that_contradicts_all_others_and_supersedes_them() {
    check(60, |size| {
        let facts = each(size, |number| {
            format!("contradicts:: [x](claim:c{number}) — so\nsupersedes:: [x](claim:c{number})\n")
        });
        let others = each(size, |number| claim(&format!("c{number}"), "said:: 2025"));
        vec![article(&(claim("hub", facts.trim_end()) + &others))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn circles_of_relations() {
    check(200, |size| {
        let knot = each(size, |number| {
            let next = (number + 1) % size;
            claim(
                &format!("c{number}"),
                &format!("depends-on:: [x](claim:c{next})\ndepends-on:: [x](claim:c0)"),
            )
        });
        vec![article(&knot)]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn names_that_nobody_defined() {
    check(200, |size| {
        let known = each(size, |number| claim(&format!("known-claim-{number}"), "said:: 2026"));
        let unknown = each(size, |number| format!("[x](claim:unknown-claim-{number})\n"));
        vec![article(&(unknown + &known))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn claims_that_allow_a_lint() {
    check(60, |size| {
        let facts = "allow:: unmentioned-claims\nallow:: unsourced-claims";
        vec![article(&each(size, |number| claim(&format!("c{number}"), facts)))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn a_year_for_each_claim() {
    check(50, |size| {
        vec![article(&each(size, |number| {
            claim(&format!("c{number}"), &format!("said:: {:04}", 1000 + number))
        }))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn links_to_headings_of_one_text() {
    check(600, |size| {
        let headings = each(size, |_| "## Same\n\nText.\n\n".to_owned());
        vec![article(&(each(size, |number| format!("[x](#same-{number})\n")) + &headings))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn forecasts_that_follow_each_other() {
    check(50, |size| {
        let forecast = |number: usize| {
            let older = format!("supersedes:: [x](claim:c{})\n", number.saturating_sub(1));
            let older = if number == 0 { String::new() } else { older };
            let facts = format!(
                "{older}said:: 2025\nquestion:: q\nprobability:: 60% stated\nresolves:: {}",
                2030 + number
            );
            claim(&format!("c{number}"), &facts).replace("kind:: statement", "kind:: forecast")
        };
        vec![article(&each(size, forecast))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn verdicts_on_one_claim() {
    check(800, |size| {
        let facts = each(size, |number| {
            let word = if number % 2 == 0 { "refuted" } else { "supported" };
            format!("verdict:: 2026-01-01 {word} by J. Doe — reason {number}\n")
        });
        vec![article(&claim("c", facts.trim_end()))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn write_ups_with_tags_of_their_own() {
    check(50, |size| {
        let text = |number: usize| {
            let tags = format!("[shared, one-{number}, two-{number}]");
            (format!("content/articles/w{number}.md"), format!("---\ntitle: T\ntags: {tags}\n---\n\nText.\n"))
        };
        (0..size).map(text).collect()
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn footnotes_and_quotations() {
    check(300, |size| {
        let notes = each(size, |number| format!("Text[^{number}].\n\n[^{number}]: Note.\n\n> Quoted.\n\n"));
        vec![article(&notes)]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn names_of_one_claim() {
    check(300, |size| {
        let by = each(size, |number| format!("by:: Person {number}\n"));
        vec![article(&claim("c", by.trim_end()))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn measurements_of_one_thing() {
    check(60, |size| {
        let all = each(size, |number| {
            let facts = format!("metric:: m\nsubject:: s\nvalue:: {number} x\nas-of:: 2026");
            claim(&format!("c{number}"), &facts).replace("kind:: statement", "kind:: measurement")
        });
        vec![article(&all)]
    });
}

/// Bytes of the site for each byte of a book of about 10,000 bytes, beyond those of a book with next to nothing in it.
#[track_caller]
fn multiple(texts: Texts) -> usize {
    let input: usize = texts.iter().map(|(_, text)| text.len()).sum();
    assert!((8_000..40_000).contains(&input), "{input} bytes");
    cost(texts).bytes.saturating_sub(cost(vec![article("Text.")]).bytes) / input
}

/// What is repeated has a length of `size`: up to its limit the book is accepted, and from there on it is an error.
#[track_caller]
fn check_repeated(limit: usize, book: fn(usize) -> Texts) {
    let (most, beyond) = (multiple(book(limit)), multiple(book(limit + 1)));
    assert!(most > 1, "the book at the limit has errors");
    assert!(most <= 500, "each byte became {most}");
    assert!(beyond <= 1, "each byte became {beyond} beyond the limit");
}

fn letters(size: usize) -> String {
    "word ".repeat(size / 5) + &"x".repeat(size % 5)
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn mentions_of_a_long_statement() {
    check_repeated(1_000, |size| {
        let claim = claim("c", "said:: 2026").replace("Statement c.", letters(size).trim_end());
        vec![article(&("[[c]] ".repeat(1_500) + &claim))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn embeds_of_a_long_statement() {
    check_repeated(1_000, |size| {
        let claim = claim("c", "said:: 2026").replace("Statement c.", letters(size).trim_end());
        vec![article(&("![[c]]\n\n".repeat(1_200) + &claim))]
    });
}

/// A write-up with these lines of front matter and a hundred claims.
fn with_claims(front_matter: &str) -> Texts {
    let claims = each(100, |number| claim(&format!("c{number}"), "said:: 2026"));
    vec![("content/articles/a.md".to_owned(), format!("---\n{front_matter}\n---\n{claims}"))]
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn claims_of_a_write_up_with_long_names() {
    check_repeated(300, |size| with_claims(&format!("title: {}", letters(size))));
    check_repeated(300, |size| with_claims(&format!("title: A\nauthors: [{}]", letters(size))));
    check_repeated(300, |size| with_claims(&format!("title: A\ntags: [{}]", letters(size))));
    check_repeated(300, |size| with_claims(&format!("title: A\nsource: {{title: {0}}}", letters(size))));
    check_repeated(300, |size| {
        with_claims(&format!("title: A\nsource: {{title: A, publisher: {0}}}", letters(size)))
    });
    check_repeated(2_000, |size| {
        let path = "x".repeat(size - "https://example.org/".len());
        with_claims(&format!("title: A\nsource: {{title: A, url: 'https://example.org/{path}'}}"))
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn claims_of_a_write_up_with_many_tags_and_authors() {
    fn list(size: usize) -> String {
        each(size, |number| format!("Name {number}, "))
    }
    check_repeated(50, |size| with_claims(&format!("title: A\ntags: [{}]", list(size))));
    check_repeated(100, |size| with_claims(&format!("title: A\nauthors: [{}]", list(size))));
    check_repeated(100, |size| {
        with_claims(&format!("title: A\nsource: {{title: A, author: [{}]}}", list(size)))
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn measurements_of_one_metric_with_long_names() {
    check_repeated(300, |size| {
        let facts = |number| format!("metric:: m\nsubject:: s\nvalue:: {number} x");
        let measurement = |number: usize| {
            claim(&format!("c{number}"), &facts(number)).replace("kind:: statement", "kind:: measurement")
        };
        let metric = format!("---\ntitle: {0}\nunit: {0}\n---\n", letters(size));
        vec![article(&each(100, measurement)), ("content/metrics/m.md".to_owned(), metric)]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn speakers_of_a_claim_with_long_texts() {
    check(60, |size| {
        let by = each(size, |number| format!("by:: Person {number}\n"));
        let long = "word ".repeat(size * 10);
        let facts = format!("{by}verdict:: 2026-01-01 refuted by J. Doe — {long}");
        vec![article(&claim("c", &facts).replace("**\n>\n", &format!("**\n>\n> > {long}\n>\n")))]
    });
}

/// Marks on one line that open something in something else, as long as Markdown lets them.
#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn nested_marks_on_one_line() {
    for marks in [
        "> ",
        ">",
        "* - ",
        "1. ",
        "> - ",
        "[",
        "![",
        "![[",
        "(",
        "<",
        "*",
        "**a *b ",
        "~",
        "`",
        "[^",
        "[a](",
        "[a](claim: x) ",
        "[a](claim:x ",
        "[^a] ",
        "(a)[tag:x",
        "[[a ",
        "[[a| ",
    ] {
        check_of(marks, 3_000, |marks, size| {
            vec![article(&format!("{}x", marks.repeat(size / marks.len())))]
        });
    }
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn nested_marks_that_are_closed() {
    for (open, close) in
        [("**a *b ", "b* a**"), ("[a ", "](/)"), ("<div>\n\n", "\n\n</div>"), ("<i>", "</i>")]
    {
        check_of((open, close), 500, |(open, close), size| {
            vec![article(&format!("{}x{}", open.repeat(size), close.repeat(size)))]
        });
    }
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn addresses_in_lines_of_their_own() {
    check(1_000, |size| {
        let uses = each(size, |number| format!("[a{number}] "));
        vec![article(&(uses + "\n\n" + &each(size, |number| format!("[a{number}]: /\n"))))]
    });
}

/// A write-up with claims of so many speakers, 20 to a claim.
fn spoken(size: usize, name: impl Fn(usize) -> String) -> (String, String) {
    article(&each(size / 20, |first| {
        let by = each(20, |number| format!("by:: {}\n", name(first * 20 + number)));
        claim(&format!("c{first}"), by.trim_end()) + "\n"
    }))
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn speakers_with_similar_names() {
    check(100, |size| {
        // Every letter of the surname is another, so that each name is like many others.
        let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).expect("a letter"));
        vec![spoken(size, |number| {
            format!("Jane Smi{}{}th{}", letter(number), letter(number / 26), letter(number / 676))
        })]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn speakers_with_short_forms() {
    check(100, |size| {
        let letter = |digit: char| char::from(b'a' + u8::try_from(digit).expect("a digit") - b'0');
        let given =
            |number: usize| format!("Jo{}", number.to_string().chars().map(letter).collect::<String>());
        vec![spoken(size, |number| format!("{} Smith", given(number)))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn a_long_name() {
    check(1_000, |size| vec![article(&claim("c", &format!("by:: Jane {}", "a".repeat(size))))]);
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn a_write_up_of_the_past_whose_claims_contradict_one() {
    check(60, |size| {
        let text = each(size, |number| format!("[So](claim:c{number}).\n\n"));
        let hub = claim("hub", "said:: 2024");
        let against = each(size, |number| {
            claim(&format!("c{number}"), "said:: 2024\ncontradicts:: [x](claim:hub) — it is otherwise")
        });
        let (path, article) = article(&(text + &hub + &against));
        vec![(path, article.replace("title: First", "title: First\ndate: 2025-01-01"))]
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn write_ups_of_the_past_that_mention_one_claim() {
    check(40, |size| {
        let verdicts = each(size, |_| "verdict:: 2025-01-01 supported by J. Doe — so\n".to_owned());
        let against = each(size, |number| {
            claim(&format!("c{number}"), "said:: 2024\ncontradicts:: [x](claim:hub) — it is otherwise")
        });
        let mention = |number: usize| {
            let text =
                format!("---\ntitle: T\ndate: {:04}-01-01\n---\n\n[So](claim:hub).\n", 1900 + number % 100);
            (format!("content/articles/w{number}.md"), text)
        };
        let hub = article(&(claim("hub", &format!("said:: 1800\n{}", verdicts.trim_end())) + &against));
        (0..size).map(mention).chain([hub]).collect()
    });
}

#[test]
#[ignore = "slow: `scripts/test full` runs it"]
fn attributes_of_one_tag_of_a_page() {
    let page = |count: usize| {
        format!(
            "<p>text</p><b {}>x</b>",
            (0..count).map(|name| format!("a{name} ")).collect::<Vec<_>>().concat()
        )
    };
    let time = |page: &str| {
        let start = Instant::now();
        let result = read_page(page, RawText::WithScripting, |_| {});
        assert!(result.is_err(), "too many attributes");
        start.elapsed()
    };
    let best = |count| (0..5).map(|_| time(&page(count))).min().expect("five times");
    let (small, large) = (best(5_000), best(20_000));
    assert!(large <= small * MAX_GROWTH, "{small:?} became {large:?}");
}
