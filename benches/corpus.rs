//! What does a large book look like? A deterministic one of any size, for benchmarks and for tests of
//! large sites: write-ups of about 800 words with five claims each, speakers, tags and mentions as
//! unevenly spread as in real books (Zipf's law).
//!
//! `cargo run --release --example corpus -- 1000 DIR` writes a site of 1,000 write-ups to a new folder.

#![expect(clippy::disallowed_methods, reason = "writes a site of its own")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

const CLAIMS: usize = 5;
const WORDS: usize = 800;
const METRICS: usize = 40;
const TAGS: usize = 60;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, folder] = arguments.as_slice() else {
        anyhow::bail!("usage: corpus WRITE-UPS FOLDER");
    };
    let count: usize = count.parse().context("WRITE-UPS is a number")?;
    let root = Path::new(folder);
    ensure!(!root.exists(), "{folder} is there already");
    Corpus::new(count).write(root).with_context(|| format!("could not write to {folder}"))
}

/// `SplitMix64` (Steele, Lea, Flood 2014): the same numbers everywhere, for ever.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, each as likely.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("below a usize")
    }

    /// A number below `end`, small ones far more often: 0, one of 1 and 2, one of 3 to 6, and so on are
    /// equally likely, which is Zipf's law in steps.
    fn zipf(&mut self, end: usize) -> usize {
        let steps = usize::try_from(end.max(1).ilog2()).expect("a logarithm");
        let first = (1 << self.below(steps + 1)) - 1;
        (first + self.below(first + 1)).min(end.saturating_sub(1))
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

struct Corpus {
    count: usize,
    random: Random,
    words: Vec<String>,
}

impl Corpus {
    fn new(count: usize) -> Self {
        let mut random = Random(2026);
        let syllables = ["ra", "men", "to", "sil", "ve", "dor", "an", "ki", "lu", "pe", "tra", "no", "ges"];
        let word = |random: &mut Random| {
            (0..=1 + random.below(3)).map(|_| syllables[random.below(syllables.len())]).collect()
        };
        let words = (0..2500).map(|_| word(&mut random)).collect();
        Self { count, random, words }
    }

    fn write(mut self, root: &Path) -> Result<()> {
        for folder in ["articles", "metrics", "sources"] {
            fs::create_dir_all(root.join("content").join(folder))?;
        }
        let site = "title = \"A large book\"\nbase_url = \"https://example.org/\"\ndescription = \"Made up, to measure with.\"\n";
        fs::write(root.join("site.toml"), site)?;
        for metric in 0..METRICS {
            let text = format!(
                "---\ntitle: Metric {metric}\nunit: points\nbetter: higher\n---\n\n{}\n",
                self.prose(60)
            );
            fs::write(root.join(format!("content/metrics/metric-{metric}.md")), text)?;
        }
        for source in 0..self.sources() {
            let day = self.day(2025);
            let text = format!(
                "---\ntitle: Report {source}\npublisher: Publisher {}\nurl: https://example.org/reports/{source}\npublished: {day}\n---\n",
                self.random.zipf(50)
            );
            fs::write(root.join(format!("content/sources/report-{source}.md")), text)?;
        }
        for article in 0..self.count {
            // A folder of a thousand files is still one that people open.
            let folder = root.join(format!("content/articles/{:02}", article / 1000));
            fs::create_dir_all(&folder)?;
            let text = self.article(article);
            fs::write(folder.join(format!("write-up-{article}.md")), text)?;
        }
        Ok(())
    }

    fn sources(&self) -> usize {
        self.count / 20 + 1
    }

    fn article(&mut self, article: usize) -> String {
        let tags = [self.random.zipf(TAGS), self.random.zipf(TAGS) + TAGS];
        let mut text = format!(
            "---\ntitle: {}\ndate: {}\nauthors: [Author {}]\ntags: [tag-{}, tag-{}]\nsummary: {}\nsource: report-{}\n---\n",
            self.title(6),
            self.day(2026),
            self.random.zipf(12),
            tags[0],
            tags[1],
            self.title(14),
            self.random.below(self.sources())
        );
        for claim in 0..CLAIMS {
            if claim % 2 == 0 {
                let _ = write!(text, "\n## {}\n", self.title(4));
            }
            let own = format!("c-{article}-{claim}");
            let other = self.other(article);
            let (before, between) = (self.prose(WORDS / CLAIMS / 2), self.prose(WORDS / CLAIMS / 3));
            let (words, others) = (self.title(3).to_lowercase(), self.title(2).to_lowercase());
            let _ = write!(
                text,
                "\n{before} It is said that [{words}](claim:{own}). {between} Compare [{others}](claim:{other}), as always.\n\n"
            );
            text.push_str(&self.claim(article, claim, &other));
        }
        text
    }

    /// A claim of this write-up or of another one; the older a write-up, the more it is spoken of.
    fn other(&mut self, article: usize) -> String {
        format!("c-{}-{}", self.random.zipf(article.max(1)), self.random.below(CLAIMS))
    }

    fn claim(&mut self, article: usize, claim: usize, other: &str) -> String {
        let said = self.day(2024);
        let mut facts = vec![
            format!("by:: Speaker {}", self.random.zipf(self.count / 10 + 20)),
            format!("said:: {said}"),
        ];
        let kind = self.random.below(100);
        let verdicts = match kind {
            0..30 => {
                let value = 10 + self.random.below(900);
                facts.push("kind:: measurement".to_owned());
                facts.push(format!("metric:: metric-{}", self.random.zipf(METRICS)));
                facts.push(format!("subject:: Model {article}-{claim}"));
                facts.push(format!("value:: {value} [{}, {}]", value - value / 10, value + value / 10));
                ["supported", "mixed", "refuted"]
            }
            30..55 => {
                facts.push("kind:: forecast".to_owned());
                facts.push(format!("probability:: {}% stated", 5 * (1 + self.random.below(19))));
                facts.push(format!("resolves:: {}", 2027 + self.random.below(8)));
                facts.push(format!("question:: question-{}", self.random.zipf(self.count / 5 + 5)));
                ["came-true", "did-not-happen", "partly"]
            }
            55..85 => {
                facts.push("kind:: statement".to_owned());
                ["supported", "mixed", "refuted"]
            }
            _ => {
                facts.push("kind:: opinion".to_owned());
                ["mixed", "unverifiable", "retracted"]
            }
        };
        if !other.starts_with(&format!("c-{article}-")) && self.random.chance(40) {
            let relation =
                ["supports", "contradicts", "depends-on", "refines", "cites"][self.random.below(5)];
            facts.push(format!("{relation}:: [that one](claim:{other}) — {}", self.title(8).to_lowercase()));
        }
        if self.random.chance(30) {
            let word = verdicts[self.random.zipf(verdicts.len())];
            facts.push(format!(
                "verdict:: {} {word} by Reviewer {} — [a report](https://example.org/checks/{article}-{claim}), table {claim}",
                self.day(2026),
                self.random.zipf(5)
            ));
        }
        let mut text = format!("> [!claim] c-{article}-{claim}\n> **{}.**\n>\n", self.title(12));
        if self.random.chance(70) {
            let _ = write!(text, "> > {}\n>\n", self.title(10).to_lowercase());
        }
        for fact in facts {
            let _ = writeln!(text, "> - {fact}");
        }
        text
    }

    fn day(&mut self, year: usize) -> String {
        format!("{year}-{:02}-{:02}", 1 + self.random.below(10), 1 + self.random.below(28))
    }

    /// Words with a capital in front.
    fn title(&mut self, count: usize) -> String {
        let text = (0..count).map(|_| self.words[self.random.zipf(self.words.len())].as_str());
        let text = text.collect::<Vec<_>>().join(" ");
        text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect()
    }

    /// Sentences, of about so many words in all.
    fn prose(&mut self, words: usize) -> String {
        let mut sentences = Vec::new();
        let mut left = words;
        while left > 0 {
            let length = (6 + self.random.below(16)).min(left);
            sentences.push(format!("{}.", self.title(length)));
            left -= length;
        }
        sentences.join(" ")
    }
}
