//! Chooses how much of each card the margin shows, so that the cards of a block of text fit next to it and each card
//! begins near its sentence. Lengths of texts in, sizes of cards out.
//!
//! Heights are estimated in pixels for the widest layout of the theme, with a column of about 64 characters and cards
//! of 18rem. A browser test measures what they become.

use crate::document::VerdictWord;
use crate::graph::Status;
use crate::page::view::{CardSize, ClaimCard};

/// Characters in a line of the text.
const LINE_CHARACTERS: usize = 64;
/// Height of a line of the text.
const LINE: usize = 32;
/// Space between two blocks of the text.
const BLOCK_GAP: usize = 22;
/// Height of a heading, with its space.
const HEADING: usize = 80;
/// Most of the space next to the following block that a margin uses.
const MAX_NEXT: usize = 144;
/// Space below the last block of the text.
const AFTER_TEXT: usize = 400;
/// Height of a card that is a row, with the space before the next card.
const ROW: usize = 30;
/// Height that a brief card has more than a row.
const BRIEF: usize = 40;
/// Space between two cards.
const CARD_GAP: usize = 9;
/// Most pixels that a card may begin below its sentence. Estimates are wrong by up to a line, and 190 pixels are too
/// many.
const MAX_DRIFT: usize = 150;

/// A block of the text, such as a paragraph or a list.
#[derive(Debug, Default, Clone)]
pub(in crate::page) struct Block {
    /// Number of visible characters.
    pub(in crate::page) characters: usize,
    /// Whether the block is a heading.
    pub(in crate::page) is_heading: bool,
    /// The cards of the block, in the order of the text.
    pub(in crate::page) cards: Vec<CardLengths>,
    /// Number of characters of each footnote of the block.
    pub(in crate::page) footnotes: Vec<usize>,
}

/// What the size of a card depends on.
#[derive(Debug, Clone)]
pub(in crate::page) struct CardLengths {
    /// Number of characters of the block before the words of the card.
    pub(in crate::page) offset: usize,
    /// Height of the whole card.
    pub(in crate::page) whole: usize,
    /// Place of the status among those that a reader wants to see first.
    pub(in crate::page) rank: usize,
}

/// What the margin shows next to a block.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::page) struct Layout {
    /// The size of each card.
    pub(in crate::page) sizes: Vec<CardSize>,
    /// Whether each footnote is shown.
    pub(in crate::page) footnotes: Vec<bool>,
    /// Whether the margin is higher than the block.
    pub(in crate::page) continues: bool,
}

impl Block {
    fn height(&self) -> usize {
        if self.is_heading { HEADING } else { self.characters.div_ceil(LINE_CHARACTERS) * LINE + BLOCK_GAP }
    }

    fn has_margin(&self) -> bool {
        !self.cards.is_empty() || !self.footnotes.is_empty()
    }
}

/// Returns the height of a whole card.
pub(in crate::page) fn whole_height(card: &ClaimCard) -> usize {
    let lines = |text: &str, characters: usize| text.chars().count().div_ceil(characters);
    19 + 22 * lines(&card.statement, 36)
        + 19 * lines(&card.why, 43)
        + 21 * lines(&card.quote, 38)
        + 19
        + 19 * (card.who.chars().count() + 24).div_ceil(40)
        + 21
}

/// Returns the place of a status among those that a reader wants to see first.
pub(in crate::page) fn rank(status: Status) -> usize {
    use VerdictWord::{
        Annulled, CameTrue, DidNotHappen, Mixed, Partly, Refuted, Retracted, Supported, Unfalsifiable,
        Unverifiable,
    };
    match status {
        Status::Verdict(Refuted) => 0,
        Status::Verdict(DidNotHappen) => 1,
        Status::Verdict(Retracted) => 2,
        Status::Verdict(Mixed) => 3,
        Status::Verdict(Partly) => 4,
        Status::Overdue => 5,
        Status::Contested => 6,
        Status::Verdict(Unverifiable) => 7,
        Status::Verdict(Unfalsifiable) => 8,
        Status::Verdict(Annulled) => 9,
        Status::Verdict(CameTrue) => 10,
        Status::Verdict(Supported) => 11,
        Status::Superseded => 12,
        Status::Open => 13,
        Status::Unreviewed => 14,
        Status::NotSaid => 15,
    }
}

/// Whether a brief card says more than a row: the reason of an open or unreviewed claim is only that it has no
/// verdict.
fn has_reason(card: &CardLengths) -> bool {
    card.rank < rank(Status::Open)
}

/// Chooses the sizes of the cards of a block. `next` is the block after it, `None` at the end of the text.
pub(in crate::page) fn layout(block: &Block, next: Option<&Block>) -> Layout {
    let mut room = block.height()
        + match next {
            None => AFTER_TEXT,
            Some(next) if next.has_margin() => 0,
            Some(next) => next.height().min(MAX_NEXT),
        };
    let rows = ROW * block.cards.len();
    let mut footnotes = Vec::new();
    let mut height_of_footnotes = 0;
    for characters in &block.footnotes {
        let height = 19 * characters.div_ceil(43) + CARD_GAP;
        let fits = rows + height <= room;
        if fits {
            room -= height;
            height_of_footnotes += height;
        }
        footnotes.push(fits);
    }
    let sizes = sizes(&block.cards, room);
    let height = height_of(&block.cards, &sizes) + height_of_footnotes;
    Layout {
        sizes,
        footnotes,
        continues: height > block.height() && next.is_none_or(|next| !next.has_margin()),
    }
}

fn sizes(cards: &[CardLengths], room: usize) -> Vec<CardSize> {
    let fits = |sizes: &[CardSize]| height_of(cards, sizes) <= room && drifts_little(cards, sizes);
    let all_whole = vec![CardSize::Whole; cards.len()];
    if fits(&all_whole) {
        return all_whole;
    }
    let mut order: Vec<usize> = (0..cards.len()).collect();
    order.sort_by_key(|&card| cards[card].rank);
    let mut sizes = vec![CardSize::Row; cards.len()];
    for size in [CardSize::Brief, CardSize::Whole] {
        for &card in &order {
            if size == CardSize::Brief && !has_reason(&cards[card]) {
                continue;
            }
            let smaller = std::mem::replace(&mut sizes[card], size);
            if !fits(&sizes) {
                sizes[card] = smaller;
            }
        }
    }
    sizes
}

fn height_of(cards: &[CardLengths], sizes: &[CardSize]) -> usize {
    cards.iter().zip(sizes).map(|(card, &size)| height(card, size)).sum()
}

/// Returns the height of a card, with the space before the next card.
fn height(card: &CardLengths, size: CardSize) -> usize {
    match size {
        CardSize::Row => ROW,
        CardSize::Brief => ROW + BRIEF,
        CardSize::Whole => card.whole + CARD_GAP,
    }
}

/// Whether each card begins near its sentence.
fn drifts_little(cards: &[CardLengths], sizes: &[CardSize]) -> bool {
    let mut top = 0;
    cards.iter().zip(sizes).all(|(card, &size)| {
        let start = top;
        top += height(card, size);
        start <= card.offset / LINE_CHARACTERS * LINE + MAX_DRIFT
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::view::CardSize::{Brief, Row, Whole};

    /// A block of so many characters, with cards at these offsets.
    fn block(characters: usize, cards: &[(usize, Status)]) -> Block {
        let cards =
            cards.iter().map(|&(offset, status)| CardLengths { offset, whole: 180, rank: rank(status) });
        Block { characters, cards: cards.collect(), ..Block::default() }
    }

    const REFUTED: Status = Status::Verdict(VerdictWord::Refuted);
    const SUPPORTED: Status = Status::Verdict(VerdictWord::Supported);

    #[test]
    fn cards_that_fit_are_whole() {
        let long = block(640, &[(0, Status::Open), (500, Status::Open)]);
        let layout = layout(&long, Some(&block(100, &[])));
        assert_eq!(layout, Layout { sizes: vec![Whole, Whole], footnotes: vec![], continues: true });
    }

    #[test]
    fn of_many_cards_the_most_important_are_shown_first() {
        let crowded = block(320, &[(0, SUPPORTED), (60, Status::Open), (120, REFUTED), (200, SUPPORTED)]);
        let layout = layout(&crowded, Some(&crowded));
        assert_eq!(layout.sizes, [Row, Row, Brief, Row]);
        assert!(!layout.continues);
    }

    #[test]
    fn no_card_is_pushed_far_below_its_sentence() {
        // There is space for both, but the second is about the first line as well.
        let short = block(64, &[(0, REFUTED), (30, REFUTED)]);
        assert_eq!(layout(&short, None).sizes, [Brief, Whole]);
    }

    #[test]
    fn a_margin_continues_only_next_to_a_block_without_one() {
        let short = block(64, &[(0, SUPPORTED)]);
        assert_eq!(
            layout(&short, Some(&block(300, &[]))),
            Layout { sizes: vec![Whole], footnotes: vec![], continues: true }
        );
        let beside = layout(&short, Some(&short));
        assert_eq!(beside, Layout { sizes: vec![Row], footnotes: vec![], continues: false });
    }

    #[test]
    fn footnotes_are_shown_where_there_is_space() {
        let with_footnotes = Block { footnotes: vec![80, 900], ..block(200, &[(0, SUPPORTED)]) };
        let layout = layout(&with_footnotes, Some(&block(64, &[(0, SUPPORTED)])));
        assert_eq!((layout.sizes, layout.footnotes), (vec![Brief], vec![true, false]));
    }

    #[test]
    fn every_status_has_a_rank() {
        let mut ranks: Vec<usize> = Status::ALL.iter().map(|&status| rank(status)).collect();
        ranks.sort_unstable();
        ranks.dedup();
        assert_eq!(ranks.len(), Status::ALL.len());
    }
}
