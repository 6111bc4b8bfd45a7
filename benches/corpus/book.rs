//! What stands in the large book? A number of write-ups in; metrics, sources and write-ups out, one after
//! the other, as plain data that can be written for any generator.

use crate::random::{Random, Words};

const CLAIMS: usize = 5;
const WORDS: usize = 800;
const METRICS: usize = 40;
const TAGS: usize = 60;

/// A generator of the book. Ask for metrics, then sources, then write-ups: every number thrown depends on
/// those before it.
pub(crate) struct Book {
    count: usize,
    random: Random,
    words: Words,
}

pub(crate) struct Metric {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) text: String,
}

pub(crate) struct Report {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) publisher: String,
    pub(crate) url: String,
    pub(crate) published: String,
}

pub(crate) struct WriteUp {
    /// Folder and name, such as `00/write-up-7`.
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) date: String,
    pub(crate) author: String,
    pub(crate) tags: Vec<String>,
    pub(crate) summary: String,
    pub(crate) source: Option<String>,
    pub(crate) passages: Vec<Passage>,
}

/// A stretch of prose that speaks of claims, and the claims made behind it.
pub(crate) struct Passage {
    pub(crate) heading: Option<String>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) claim: Option<Claim>,
}

pub(crate) enum Piece {
    Text(String),
    Mention { words: String, claim: String },
}

pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) statement: String,
    pub(crate) quotation: Option<String>,
    pub(crate) facts: Vec<Fact>,
}

pub(crate) enum Fact {
    Value { key: &'static str, value: String },
    Relation { relation: &'static str, claim: String, note: String },
}

impl Book {
    pub(crate) fn new(count: usize) -> Self {
        let mut random = Random(2026);
        let words = Words::new(&mut random);
        Self { count, random, words }
    }

    pub(crate) fn metrics(&mut self) -> Vec<Metric> {
        let metric = |metric| Metric {
            name: format!("metric-{metric}"),
            title: format!("Metric {metric}"),
            text: self.words.prose(&mut self.random, 60),
        };
        (0..METRICS).map(metric).collect()
    }

    pub(crate) fn reports(&mut self) -> Vec<Report> {
        let report = |report| Report {
            published: self.random.day(2025),
            name: format!("report-{report}"),
            title: format!("Report {report}"),
            url: format!("https://example.org/reports/{report}"),
            publisher: format!("Publisher {}", self.random.zipf(50)),
        };
        (0..reports(self.count)).map(report).collect()
    }

    /// All write-ups, each made when it is asked for.
    pub(crate) fn write_ups(&mut self) -> impl Iterator<Item = WriteUp> {
        (0..self.count).map(|number| self.write_up(number))
    }

    fn write_up(&mut self, number: usize) -> WriteUp {
        let (words, random) = (&self.words, &mut self.random);
        let tags = [random.zipf(TAGS), random.zipf(TAGS) + TAGS];
        let mut write_up = WriteUp {
            // A folder of a thousand files is still one that people open.
            path: format!("{:02}/write-up-{number}", number / 1000),
            tags: tags.map(|tag| format!("tag-{tag}")).to_vec(),
            title: words.title(random, 6),
            date: random.day(2026),
            author: format!("Author {}", random.zipf(12)),
            summary: words.title(random, 14),
            source: Some(format!("report-{}", random.below(reports(self.count)))),
            passages: Vec::new(),
        };
        write_up.passages = (0..CLAIMS).map(|claim| self.passage(number, claim)).collect();
        write_up
    }

    fn passage(&mut self, number: usize, claim: usize) -> Passage {
        let (words, random) = (&self.words, &mut self.random);
        let heading = claim.is_multiple_of(2).then(|| words.title(random, 4));
        // A claim of this write-up or of another one; the older a write-up, the more it is spoken of.
        let other = format!("c-{}-{}", random.zipf(number.max(1)), random.below(CLAIMS));
        let before = words.prose(random, WORDS / CLAIMS / 2);
        let between = words.prose(random, WORDS / CLAIMS / 3);
        let (own_words, other_words) = (words.phrase(random, 3), words.phrase(random, 2));
        let pieces = vec![
            Piece::Text(format!("{before} It is said that ")),
            Piece::Mention { words: own_words, claim: format!("c-{number}-{claim}") },
            Piece::Text(format!(". {between} Compare ")),
            Piece::Mention { words: other_words, claim: other.clone() },
            Piece::Text(", as always.".to_owned()),
        ];
        Passage { heading, pieces, claim: Some(self.claim(number, claim, other)) }
    }

    fn claim(&mut self, number: usize, claim: usize, other: String) -> Claim {
        let (words, random) = (&self.words, &mut self.random);
        let value = |key, value| Fact::Value { key, value };
        let said = random.day(2024);
        let mut facts =
            vec![value("by", format!("Speaker {}", random.zipf(self.count / 10 + 20))), value("said", said)];
        let verdicts = match random.below(100) {
            0..30 => {
                let middle = 10 + random.below(900);
                let around = format!("{middle} [{}, {}]", middle - middle / 10, middle + middle / 10);
                facts.push(value("kind", "measurement".to_owned()));
                facts.push(value("metric", format!("metric-{}", random.zipf(METRICS))));
                facts.push(value("subject", format!("Model {number}-{claim}")));
                facts.push(value("value", around));
                ["supported", "mixed", "refuted"]
            }
            30..55 => {
                facts.push(value("kind", "forecast".to_owned()));
                facts.push(value("probability", format!("{}% stated", 5 * (1 + random.below(19)))));
                facts.push(value("resolves", format!("{}", 2027 + random.below(8))));
                facts.push(value("question", format!("question-{}", random.zipf(self.count / 5 + 5))));
                ["came-true", "did-not-happen", "partly"]
            }
            55..85 => {
                facts.push(value("kind", "statement".to_owned()));
                ["supported", "mixed", "refuted"]
            }
            _ => {
                facts.push(value("kind", "opinion".to_owned()));
                ["mixed", "unverifiable", "retracted"]
            }
        };
        if !other.starts_with(&format!("c-{number}-")) && random.chance(40) {
            let relation = ["supports", "contradicts", "depends-on", "refines", "cites"][random.below(5)];
            facts.push(Fact::Relation { relation, claim: other, note: words.phrase(random, 8) });
        }
        if random.chance(30) {
            let verdict = verdicts[random.zipf(verdicts.len())];
            let day = random.day(2026);
            let reviewer = random.zipf(5);
            let report = format!("[a report](https://example.org/checks/{number}-{claim}), table {claim}");
            facts.push(value("verdict", format!("{day} {verdict} by Reviewer {reviewer} — {report}")));
        }
        Claim {
            id: format!("c-{number}-{claim}"),
            statement: words.title(random, 12),
            quotation: random.chance(70).then(|| words.phrase(random, 10)),
            facts,
        }
    }
}

fn reports(count: usize) -> usize {
    count / 20 + 1
}
