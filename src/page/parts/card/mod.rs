//! Makes the card of a claim: its status with the reason for it in one line, its statement, the source's words, and
//! who made it.

pub(in crate::page) mod margin;

use crate::document::RelationKind;
use crate::graph::{ClaimIndex, Edge, Status};
use crate::quote::QuoteState;
use crate::text::sentences;
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::parts::rows::{capitalised, kind_mark, percent};
use crate::page::view::ClaimCard;

/// Maximum number of characters of a statement on a card.
const MAX_STATEMENT: usize = 300;

/// Maximum number of characters of a quotation on a card.
const MAX_QUOTE: usize = 160;

/// Maximum number of characters of a reason on a card: three or four lines in the margin.
const MAX_WHY: usize = 150;

/// Maximum number of speakers whom a card names.
const MAX_NAMES: usize = 2;

impl Site<'_> {
    /// The card of a claim.
    pub(in crate::page) fn card(&self, index: ClaimIndex) -> ClaimCard {
        let claim = self.book.claim(index);
        let node = self.book.node(index);
        let quote = claim.quote.as_ref().map(|quote| quote.paragraphs.read(self.access).join(" "));
        let state = self.check_quote(index).filter(|_| quote.is_some()).map(|check| check.state);
        let words = &TEXTS.quote;
        let (quote_glyph, quote_state) = match state {
            Some(QuoteState::Verified) => ("kept", words.verified_short()),
            Some(QuoteState::Seen) => ("seen", words.seen_short()),
            Some(QuoteState::Drifted) => ("unkept", words.drifted_short()),
            Some(QuoteState::Unarchived) => ("unkept", words.unchecked_short()),
            None => ("unkept", words.no_words()),
        };
        let publisher = self.facts_of_source(index).and_then(|source| source.publisher.as_ref());
        ClaimCard {
            url: self.url(&self.claim_path(index)),
            status: self.mark_of(index),
            shaken: !node.fallen_dependencies.is_empty(),
            kind: kind_mark(claim.kind),
            statement: beginning(claim.statement.value.read(self.access), MAX_STATEMENT),
            why: self.why(index),
            quote: beginning(&quote.unwrap_or_default(), MAX_QUOTE),
            quote_glyph,
            quote_state,
            publisher: publisher.map(|publisher| publisher.value.clone()).unwrap_or_default(),
            who: self.who(index),
            said: claim.said.as_ref().map(|date| date.value),
            probability: claim.probability.as_ref().map(|probability| percent(probability.value)),
        }
    }

    /// Who made a claim and who reported it, such as `Anthropic, via Jejemey`.
    fn who(&self, index: ClaimIndex) -> String {
        let node = self.book.node(index);
        let name = |speaker| self.book.speakers().get(speaker).name.as_str();
        let mut who =
            node.by.iter().take(MAX_NAMES).map(|&speaker| name(speaker)).collect::<Vec<_>>().join(", ");
        if node.by.len() > MAX_NAMES {
            who = TEXTS.claim.and_others(who);
        }
        match node.via {
            Some(via) if who.is_empty() => TEXTS.claim.via(name(via)),
            Some(via) => [who, TEXTS.claim.via(name(via))].join(", "),
            None => who,
        }
    }

    /// Why a claim has its status, as one line of plain text. It is short, but never a part of a word.
    fn why(&self, index: ClaimIndex) -> String {
        let words = &TEXTS.claim;
        match self.book.node(index).status {
            Status::Verdict(_) => {
                let reason = self.book.latest_verdict(index).and_then(|verdict| verdict.reason.as_ref());
                reason
                    .map(|reason| capitalised(one_line(&reason.read(self.access).plain(), MAX_WHY)))
                    .unwrap_or_default()
            }
            Status::Superseded => {
                self.because_of(index, RelationKind::Supersedes, words.because_superseded(), |reason| {
                    words.newer_takes_its_place(reason)
                })
            }
            Status::Contested => {
                self.because_of(index, RelationKind::Contradicts, words.because_contested(), |reason| {
                    words.against_it(reason)
                })
            }
            Status::Unreviewed => words.because_unreviewed().to_owned(),
            Status::Open | Status::Overdue => {
                let is_open = self.book.node(index).status == Status::Open;
                match &self.book.claim(index).resolves {
                    Some(date) if is_open => words.due_later(date.value.words()),
                    Some(date) => words.was_due(date.value.words()),
                    None => words.because_unreviewed().to_owned(),
                }
            }
            Status::NotSaid => String::new(),
        }
    }

    /// The reason of the first relation of a kind that bears on the claim, or `otherwise` if none states a reason.
    fn because_of(
        &self,
        index: ClaimIndex,
        kind: RelationKind,
        otherwise: &str,
        sentence: impl Fn(String) -> String,
    ) -> String {
        let node = self.book.node(index);
        let incoming = node.incoming.iter();
        // A contradiction counts in both directions; only a newer claim supersedes.
        let outgoing = node.outgoing.iter().filter(|_| kind == RelationKind::Contradicts);
        let reason = |&edge: &Edge| {
            let relation = self.book.relation(edge);
            let reason = relation.reason.as_ref().filter(|_| relation.kind == kind)?;
            Some(reason.read(self.access).plain()).filter(|reason| !reason.is_empty())
        };
        match incoming.chain(outgoing).find_map(reason) {
            Some(reason) => sentence(one_line(&reason, MAX_WHY)),
            None => otherwise.to_owned(),
        }
    }
}

/// The beginning of a text. A text of more than `most` characters is cut at a space.
pub(in crate::page) fn beginning(text: &str, most: usize) -> String {
    let end = text.char_indices().nth(most).map(|(end, _)| end);
    let Some(beginning) = end.and_then(|end| text.get(..end)) else { return text.to_owned() };
    let whole_words = beginning.rsplit_once(' ').map_or(beginning, |(words, _)| words);
    format!("{whole_words} …")
}

/// Returns the first sentence of a reason, with a full stop. A longer sentence ends at its last comma or semicolon that
/// fits.
fn one_line(reason: &str, most: usize) -> String {
    let Some(&first) = sentences(reason).first() else { return String::new() };
    let first = first.trim_end_matches(['.', ';', ',']);
    let end = first.char_indices().nth(most).map(|(end, _)| end);
    match end.and_then(|end| first.get(..end)) {
        None if first.ends_with(['!', '?', '…']) => first.to_owned(),
        None => format!("{first}."),
        Some(head) => match head.rfind([';', ',']).filter(|&end| end > head.len() / 3) {
            Some(end) => format!("{} …", head.get(..end).unwrap_or_default()),
            None => beginning(first, most),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words() {
        let words = "word ".repeat(59) + "lastly";
        assert_eq!(beginning(words.get(..300).unwrap(), 300), words.get(..300).unwrap());
        assert_eq!(beginning(&words, 300), "word ".repeat(59) + "…");
        assert_eq!(beginning(&"é".repeat(301), 300), "é".repeat(300) + " …");
    }

    #[test]
    fn a_reason_is_one_sentence_or_ends_at_a_comma() {
        let check = |reason, expected: &str| assert_eq!(one_line(reason, 40), expected, "{reason}");
        check("the card prints 51.91", "the card prints 51.91.");
        check("the card prints it. A table repeats it.", "the card prints it.");
        check("is it so?", "is it so?");
        check("the number is right, but the earlier ones were not modest", "the number is right …");
        check(
            "a, and then many words follow that have no comma",
            "a, and then many words follow that have …",
        );
        check("", "");
    }
}
