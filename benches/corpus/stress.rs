//! What do books look like that are large in one place only? A size in; a claim of so many mentions, a tag
//! of so many write-ups, or a write-up of so many claims out. Whatever grows faster than the size shows
//! when two sizes are compared.

use std::path::Path;

use anyhow::Result;

use crate::book::{Claim, Fact, Passage, Piece, WriteUp};
use crate::claimbook::{write_site, write_write_up};
use crate::random::{Random, Words};

/// Mentions of the claim in one write-up, each in a paragraph of its own: the cost of many write-ups is
/// not what is asked here.
const TOGETHER: usize = 10;

/// One claim that is mentioned `count` times, in write-ups that say little else.
pub(crate) fn backlinks(root: &Path, count: usize, options: &[String]) -> Result<()> {
    let mut hand = Hand::new();
    write_site(root, options)?;
    let mut first = hand.write_up(0, "spoken-of");
    first.passages.push(hand.passage("spoken-of-claim", Some("spoken-of-claim")));
    write_write_up(root, &first)?;
    let mut left = count;
    for number in 1.. {
        let here = left.min(TOGETHER);
        if here == 0 {
            break;
        }
        let mut write_up = hand.write_up(number, "speaking");
        write_up.passages = (0..here).map(|_| hand.passage("spoken-of-claim", None)).collect();
        write_write_up(root, &write_up)?;
        left -= here;
    }
    Ok(())
}

/// One tag that `count` write-ups have.
pub(crate) fn tag(root: &Path, count: usize, options: &[String]) -> Result<()> {
    let mut hand = Hand::new();
    write_site(root, options)?;
    for number in 0..count {
        let mut write_up = hand.write_up(number, "busy");
        let text = hand.words.prose(&mut hand.random, 100);
        write_up.passages.push(Passage { heading: None, pieces: vec![Piece::Text(text)], claim: None });
        write_write_up(root, &write_up)?;
    }
    Ok(())
}

/// One write-up that makes `count` claims.
pub(crate) fn claims(root: &Path, count: usize, options: &[String]) -> Result<()> {
    let mut hand = Hand::new();
    write_site(root, options)?;
    let mut write_up = hand.write_up(0, "long");
    write_up.passages = (0..count)
        .map(|number| {
            let id = format!("c-{number}");
            hand.passage(&id, Some(&id))
        })
        .collect();
    write_write_up(root, &write_up)
}

struct Hand {
    random: Random,
    words: Words,
}

impl Hand {
    fn new() -> Self {
        let mut random = Random(2026);
        let words = Words::new(&mut random);
        Self { random, words }
    }

    fn write_up(&mut self, number: usize, tag: &str) -> WriteUp {
        WriteUp {
            path: format!("{:02}/write-up-{number}", number / 1000),
            title: self.words.title(&mut self.random, 6),
            date: self.random.day(2026),
            author: "Author 0".to_owned(),
            tags: vec![tag.to_owned()],
            summary: self.words.title(&mut self.random, 14),
            source: None,
            passages: Vec::new(),
        }
    }

    /// A paragraph that mentions a claim, and perhaps a new claim.
    fn passage(&mut self, mentioned: &str, made: Option<&str>) -> Passage {
        let (random, words) = (&mut self.random, &self.words);
        let pieces = vec![
            Piece::Text(format!("{} It is said that ", words.prose(random, 20))),
            Piece::Mention { words: words.phrase(random, 3), claim: mentioned.to_owned() },
            Piece::Text(".".to_owned()),
        ];
        let claim = made.map(|id| Claim {
            id: id.to_owned(),
            statement: words.title(random, 12),
            quotation: Some(words.phrase(random, 10)),
            facts: vec![
                Fact::Value { key: "by", value: format!("Speaker {}", random.zipf(20)) },
                Fact::Value { key: "said", value: random.day(2024) },
                Fact::Value { key: "kind", value: "statement".to_owned() },
                Fact::Value { key: "source", value: "[a report](https://example.org/reports/0)".to_owned() },
            ],
        });
        Passage { heading: None, pieces, claim }
    }
}
