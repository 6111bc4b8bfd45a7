//! How often are the proposals of `claimbook import` right? Compares them with the labelled sentences of
//! `tests/import/`. `cargo test --test suite import_scores -- --nocapture` prints precision and recall, and
//! with `CLAIMBOOK_MISTAKES=1` each mistake outside of the held-out articles.

use std::collections::BTreeMap;
use std::fs;

use claimbook::date::PartialDate;
use claimbook::import::{Metadata, Proposal, propose};

use crate::site::repository;

const KINDS: [&str; 4] = ["measurement", "forecast", "statement", "opinion"];
const ATTRIBUTES: [&str; 4] = ["speaker", "value", "probability", "deadline"];

/// Precision and recall as measured, rounded down: no change of the rules may fall below.
const LOOKED_AT: &[(&str, f64, f64)] = &[
    ("claim", 0.95, 0.91),
    ("kind", 0.92, 0.88),
    ("measurement", 0.96, 0.96),
    ("forecast", 0.91, 0.91),
    ("statement", 1.0, 0.68),
    ("opinion", 0.85, 0.95),
    ("speaker", 0.93, 0.93),
    ("value", 0.96, 0.96),
    ("probability", 1.0, 1.0),
    ("deadline", 1.0, 1.0),
];
const HELD_OUT: &[(&str, f64, f64)] = &[
    ("claim", 0.97, 0.90),
    ("kind", 0.89, 0.83),
    ("measurement", 1.0, 0.92),
    ("forecast", 0.90, 1.0),
    ("statement", 0.62, 0.62),
    ("opinion", 1.0, 0.72),
    ("speaker", 0.89, 0.89),
    ("value", 0.66, 0.72),
    ("probability", 1.0, 1.0),
    ("deadline", 0.87, 1.0),
];

/// A sentence and its label.
struct Labelled {
    kind: String,
    attributes: BTreeMap<String, String>,
    sentence: String,
}

/// An article with its labels.
struct Article {
    is_held_out: bool,
    metadata: Metadata,
    blocks: Vec<String>,
    sentences: Vec<Labelled>,
}

fn articles() -> Vec<Article> {
    let folder = repository().join("tests/import/labelled");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| article(&fs::read_to_string(path).expect("an article"))).collect()
}

fn article(text: &str) -> Article {
    let (head, body) = text.split_once("\n\n").expect("a head and a body");
    let head: BTreeMap<&str, &str> = head.lines().map(|line| line.split_once(": ").expect("a key")).collect();
    let text = |key: &str| head.get(key).map(|&value| value.to_owned());
    let metadata = Metadata {
        title: text("title"),
        authors: text("author").into_iter().collect(),
        publisher: text("publisher"),
        published: head.get("date").and_then(|date| PartialDate::parse(date)),
        url: None,
    };
    let own = metadata.speakers().join(" and ");
    let paragraphs = body.split("\n\n").map(|paragraph| paragraph.lines().collect::<Vec<_>>());
    let paragraphs: Vec<Vec<Labelled>> =
        paragraphs.map(|lines| lines.iter().map(|line| labelled(line, &own)).collect()).collect();
    let block = |sentences: &Vec<Labelled>| {
        sentences.iter().map(|labelled| labelled.sentence.as_str()).collect::<Vec<_>>().join(" ")
    };
    Article {
        is_held_out: head.get("set") == Some(&"held-out"),
        metadata,
        blocks: paragraphs.iter().map(block).collect(),
        sentences: paragraphs.into_iter().flatten().collect(),
    }
}

fn labelled(line: &str, own: &str) -> Labelled {
    let (label, sentence) = line.split_once(" | ").unwrap_or_else(|| panic!("no label: {line}"));
    let mut parts = label.split(';').map(str::trim);
    let kind = parts.next().expect("a label").to_owned();
    assert!(kind == "none" || KINDS.contains(&kind.as_str()), "{line}");
    let mut attributes: BTreeMap<String, String> = parts
        .map(|part| part.split_once('=').unwrap_or_else(|| panic!("no value: {line}")))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    assert!(attributes.keys().all(|key| ATTRIBUTES.contains(&key.as_str())), "{line}");
    if kind != "none" {
        attributes.entry("speaker".to_owned()).or_insert_with(|| own.to_owned());
    }
    Labelled { kind, attributes, sentence: sentence.to_owned() }
}

fn attributes(proposal: &Proposal) -> BTreeMap<String, String> {
    let all = [
        ("speaker", Some(proposal.speakers.join(" and "))),
        ("value", proposal.value.clone()),
        ("probability", proposal.probability.clone()),
        ("deadline", proposal.resolves.map(|date| date.to_string())),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

/// How often something was right, of what was proposed and of what was labelled.
#[derive(Default, Clone, Copy)]
struct Score {
    right: u32,
    proposed: u32,
    labelled: u32,
}

impl Score {
    fn count(&mut self, proposed: Option<&str>, labelled: Option<&str>) {
        let is_same = proposed.zip(labelled).is_some_and(|(one, other)| one.eq_ignore_ascii_case(other));
        self.right += u32::from(is_same);
        self.proposed += u32::from(proposed.is_some());
        self.labelled += u32::from(labelled.is_some());
    }

    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from(self.proposed.max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from(self.labelled.max(1))
    }
}

/// Scores by what is scored. `claim` is whether a sentence is a claim at all, `kind` whether it is one of
/// the right kind. Attributes are compared where the sentence is a claim and proposed as one.
fn scores(articles: &[Article]) -> BTreeMap<&'static str, Score> {
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for article in articles {
        let proposals = propose(&article.blocks, &article.metadata);
        for labelled in &article.sentences {
            let proposal = proposals.iter().find(|proposal| proposal.quote == labelled.sentence);
            let wanted = Some(labelled.kind.as_str()).filter(|kind| *kind != "none");
            let found = proposal.map(|proposal| proposal.kind.word());
            if found != wanted && !article.is_held_out && std::env::var_os("CLAIMBOOK_MISTAKES").is_some() {
                say(&format!("{wanted:?} {found:?} {}", labelled.sentence));
            }
            scores.entry("claim").or_default().count(found.map(|_| "claim"), wanted.map(|_| "claim"));
            scores.entry("kind").or_default().count(found, wanted);
            for kind in KINDS {
                let only = |word: Option<&'static str>| word.filter(|word| *word == kind);
                let wanted = KINDS.into_iter().find(|known| Some(*known) == wanted);
                scores.entry(kind).or_default().count(only(found), only(wanted));
            }
            let Some(proposal) = proposal.filter(|_| wanted.is_some()) else { continue };
            let found = attributes(proposal);
            for key in ATTRIBUTES {
                let (found, wanted) = (found.get(key), labelled.attributes.get(key));
                if found != wanted && !article.is_held_out && std::env::var_os("CLAIMBOOK_MISTAKES").is_some()
                {
                    say(&format!("  {key}: {wanted:?} {found:?} {}", labelled.sentence));
                }
                scores.entry(key).or_default().count(found.map(String::as_str), wanted.map(String::as_str));
            }
        }
        let stray = proposals
            .iter()
            .filter(|proposal| !article.sentences.iter().any(|labelled| labelled.sentence == proposal.quote));
        let stray = u32::try_from(stray.count()).expect("few");
        for key in ["claim", "kind"] {
            scores.entry(key).or_default().proposed += stray;
        }
    }
    scores
}

#[expect(clippy::print_stdout, reason = "the scores are the point; they show with --nocapture")]
fn say(line: &str) {
    println!("{line}");
}

fn print(title: &str, scores: &BTreeMap<&'static str, Score>) {
    say(&format!("\n{title}\n{:12} precision        recall", ""));
    for key in ["claim", "kind"].iter().chain(&KINDS).chain(&ATTRIBUTES) {
        let score = scores[key];
        let Score { right, proposed, labelled } = score;
        let (precision, recall) = (score.precision(), score.recall());
        say(&format!(
            "{key:12} {precision:.2} ({right:3}/{proposed:3})   {recall:.2} ({right:3}/{labelled:3})"
        ));
    }
}

#[test]
fn proposals_are_as_good_as_they_were() {
    let (held_out, others): (Vec<Article>, Vec<Article>) =
        articles().into_iter().partition(|article| article.is_held_out);
    let sentences =
        |articles: &[Article]| articles.iter().map(|article| article.sentences.len()).sum::<usize>();
    assert!(held_out.len() >= 4 && others.len() >= 8 && sentences(&held_out) + sentences(&others) >= 150);
    for (title, articles, floors) in [("looked at", &others, LOOKED_AT), ("held out", &held_out, HELD_OUT)] {
        let title = format!("{title}: {} articles, {} sentences", articles.len(), sentences(articles));
        let scores = scores(articles);
        print(&title, &scores);
        for (key, precision, recall) in floors {
            let score = scores[key];
            assert!(score.precision() >= *precision && score.recall() >= *recall, "{title}: {key} fell");
        }
    }
}
