//! Views of the card of a claim, and of the margin next to a text.

use serde::Serialize;

use crate::date::PartialDate;

use super::{KindMark, Mark};

/// The card of a claim: what was claimed, what became of it and why, in a few lines. The margin, the card over a
/// link and embeds show the same card.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimCard {
    /// Address of the claim's page.
    pub url: String,
    /// The status on the day of the build.
    pub status: Mark,
    /// Whether the claim depends, directly or indirectly, on a claim that fell (refuted, retracted or did not
    /// happen).
    pub shaken: bool,
    /// The kind: measurement, forecast, statement or opinion.
    pub kind: KindMark,
    /// The beginning of the statement.
    pub statement: String,
    /// Why the claim has its status, in one line; empty if nothing explains it.
    pub why: String,
    /// The beginning of the quotation; empty if the claim has no quotation.
    pub quote: String,
    /// Name of the glyph for the state of the quotation: `kept`, `seen` or `unkept`.
    pub quote_glyph: &'static str,
    /// The state of the quotation in words.
    pub quote_state: &'static str,
    /// Who published the source; empty if it is not stated.
    pub publisher: String,
    /// Who made the claim, and who reported it; may be empty.
    pub who: String,
    /// The date on which the claim was said.
    pub said: Option<PartialDate>,
    /// The probability of a forecast, such as `60%`.
    pub probability: Option<String>,
}

/// How much of a card the margin shows. A reader can open the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CardSize {
    /// One line: the status and the words of the text.
    Row,
    /// A row and two lines of the reason.
    Brief,
    /// The whole card.
    Whole,
}

/// A card next to the words of a text.
#[derive(Debug, Clone, Serialize)]
pub struct MarginCard {
    /// Number of the card on its page, counted from 1.
    pub number: usize,
    /// The words of the text, as plain text.
    pub words: String,
    /// How much of the card is shown.
    pub size: CardSize,
    /// The card.
    pub card: ClaimCard,
}

/// A footnote in the margin. The end of the text shows it as well.
#[derive(Debug, Clone, Serialize)]
pub struct MarginFootnote {
    /// Number of the footnote.
    pub number: usize,
    /// The text of the footnote.
    pub html: String,
}

/// What the margin shows next to one block of the text, in the order of the text.
#[derive(Debug, Clone, Serialize)]
pub struct Margin {
    /// The cards of the claims that the block mentions first.
    pub cards: Vec<MarginCard>,
    /// The footnotes to which the block refers first, as far as there is space.
    pub footnotes: Vec<MarginFootnote>,
    /// Whether the margin is higher than the block, and continues next to the following block.
    pub continues: bool,
}

/// Words that mention a claim. A card in the margin belongs to them.
#[derive(Debug, Clone, Serialize)]
pub struct CardMention {
    /// All words before the last one, as HTML.
    pub html: String,
    /// The last word, as HTML.
    pub last: String,
    /// Whether the last word is short enough to always stay on one line with the glyph.
    pub keeps_together: bool,
    /// Number of the card on its page, counted from 1.
    pub number: usize,
    /// Id of the claim.
    pub id: String,
    /// The status of the claim on the day of the build.
    pub status: Mark,
    /// Address of the claim's page.
    #[serde(skip)]
    pub url: String,
}
