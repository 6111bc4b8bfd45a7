//! Turns the [`Piece`]s of rendered Markdown into the [`Part`]s of a view, which contain the claims.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::{ClaimForm, DocumentKind, Target};
use crate::graph::{ClaimIndex, DocumentIndex};
use crate::markdown::html::{self, Addresses, Piece};
use crate::texts::TEXTS;

use crate::html::escape;
use crate::page::Site;
use crate::page::parts::rows::kind_mark;
use crate::page::view::{Card, Part};

/// Maximum number of speakers that a mention of a claim names. The claim's page names all.
const MAX_NAMES: usize = 20;

/// Maximum number of characters of a statement that a mention shows while the pointer is over it. The limit exists
/// because the statement is repeated for each mention, and a mention takes as little as six bytes of Markdown.
const MAX_SHOWN: usize = 300;

impl Site<'_> {
    /// The text of a document. In a write-up, the first mention of each of its own claims, and of each claim with a
    /// file of its own, gets a card. If no sentence mentions the claim of a callout, the claim is shown in the
    /// place of the callout.
    pub(in crate::page) fn prose(&self, index: DocumentIndex) -> Vec<Part> {
        let document = self.book.document(index);
        let source = self.sources.file(document.file);
        let addresses = Addresses {
            address_of: &|target: &Target| self.resolve(target),
            base_url: &self.config.base_url,
            theme: self.theme,
        };
        let pieces = html::render(document, source.slice(document.body), &document.path, &addresses);
        let shown: BTreeSet<ClaimIndex> = self.claims_shown(index).collect();
        let callouts = document.claims.iter().filter(|claim| claim.form == ClaimForm::Callout);
        let mut cards = CardPlacer {
            site: self,
            shown: &shown,
            // Callouts are found by position and not by number, because the document's claims do not include
            // proposed claims.
            callouts: callouts.map(|claim| (claim.span.start, claim.id.value.as_str())).collect(),
            waiting: shown.clone(),
            mentioned: pieces.iter().filter_map(|piece| self.card_mention(piece)).collect(),
            number: 0,
        };
        let is_article = document.kind == DocumentKind::Article;
        if !is_article {
            cards.waiting.clear();
        }
        let mut parts = Vec::new();
        for part in pieces.into_iter().filter_map(|piece| cards.part(piece, index)) {
            match (parts.last_mut(), part) {
                (Some(Part::Html { html }), Part::Html { html: more }) => html.push_str(&more),
                (_, part) => parts.push(part),
            }
        }
        if is_article {
            parts.extend(cards.left_over(index));
        }
        parts
    }

    /// A mention without a card: a link with the words of the text and the glyph of the status. Its attributes
    /// contain what it shows while the pointer is over it.
    fn reference(&self, index: ClaimIndex, words: &str) -> String {
        let (html, last) = split_last_word(words);
        let claim = self.book.claim(index);
        let mark = self.mark_of(index);
        let by = &self.book.node(index).by;
        let names = by.iter().take(MAX_NAMES).map(|&speaker| self.book.speakers().get(speaker).name.as_str());
        let more = (by.len() > MAX_NAMES).then(|| TEXTS.list.more(by.len() - MAX_NAMES));
        let names: Vec<&str> = names.chain(more.as_deref()).collect();
        let mut facts = kind_mark(claim.kind).word.to_owned();
        if !names.is_empty() {
            facts = TEXTS.claim.kind_by(facts, names.join(", "));
        }
        if let Some(said) = &claim.said {
            facts.extend([", ", &said.value.words()]);
        }
        let mut out = String::with_capacity(512);
        out.extend([
            "<a class=\"ref s-",
            mark.glyph,
            "\" href=\"",
            &escape(&self.url(&self.claim_path(index))),
        ]);
        let statement = beginning(&claim.statement.value);
        out.extend(["\" data-peek=\"", &escape(&statement), "\" data-facts=\"", &escape(&facts)]);
        out.extend([
            "\">",
            &html,
            if keeps_together(&last) { "<span class=\"nb\">" } else { "<span>" },
            &last,
        ]);
        out.extend([
            "<svg class=\"g\" role=\"img\" aria-label=\"(",
            mark.word,
            ")\"><use href=\"#g_",
            mark.glyph,
        ]);
        out.push_str("\"/></svg></span></a>");
        out
    }

    fn card_mention(&self, piece: &Piece) -> Option<ClaimIndex> {
        match piece {
            Piece::Mention { id, can_show_card: true, .. } | Piece::Embed { id } => self.book.find_claim(id),
            _ => None,
        }
    }
}

struct CardPlacer<'a> {
    site: &'a Site<'a>,
    /// The claims that the write-up shows.
    shown: &'a BTreeSet<ClaimIndex>,
    /// The ids of the claims in callouts, by the position at which the callout begins.
    callouts: BTreeMap<u32, &'a str>,
    /// The claims whose card has not been placed yet.
    waiting: BTreeSet<ClaimIndex>,
    /// The claims with an embed or with a mention that can have a card.
    mentioned: BTreeSet<ClaimIndex>,
    number: usize,
}

impl CardPlacer<'_> {
    fn part(&mut self, piece: Piece, document: DocumentIndex) -> Option<Part> {
        match piece {
            Piece::Html(html) => Some(Part::Html { html }),
            Piece::Mention { id, words, can_show_card: takes_card } => {
                let index = self.site.book.find_claim(&id)?;
                let words = if words.trim().is_empty() {
                    let statement = &self.site.book.claim(index).statement.value;
                    escape(statement.trim_end_matches('.'))
                } else {
                    words
                };
                if takes_card && self.waiting.remove(&index) {
                    Some(Part::Mention(self.card(index, &words)))
                } else {
                    Some(Part::Html { html: self.site.reference(index, &words) })
                }
            }
            Piece::Embed { id } => {
                let claim = self.site.row(self.site.book.find_claim(&id)?);
                Some(Part::Embed { claim })
            }
            Piece::Callout(number) => {
                let index = self.nth_callout(document, number)?;
                let stands = self.shown.contains(&index)
                    && !self.mentioned.contains(&index)
                    && self.waiting.remove(&index);
                stands.then(|| self.standing(index))
            }
        }
    }

    /// Parts for the claims of the front matter that no sentence mentions. These claims have no callout, so their
    /// place is the end of the text.
    fn left_over(&mut self, document: DocumentIndex) -> Vec<Part> {
        let book = self.site.book;
        let claims = &book.document(document).claims;
        let without_place = claims.iter().filter(|claim| claim.form == ClaimForm::FrontMatter);
        let mut left: Vec<ClaimIndex> =
            without_place.filter_map(|claim| book.find_claim(&claim.id.value)).collect();
        left.retain(|index| !self.mentioned.contains(index) && self.waiting.remove(index));
        left.into_iter().map(|index| self.standing(index)).collect()
    }

    fn standing(&mut self, index: ClaimIndex) -> Part {
        let words = escape(&self.site.book.claim(index).statement.value);
        Part::Standing(self.card(index, &words))
    }

    fn card(&mut self, index: ClaimIndex, words: &str) -> Card {
        self.number += 1;
        let (html, last) = split_last_word(words);
        let keeps_together = keeps_together(&last);
        Card { html, last, keeps_together, number: self.number, claim: self.site.row(index) }
    }

    fn nth_callout(&self, document: DocumentIndex, number: usize) -> Option<ClaimIndex> {
        let book = self.site.book;
        let start = book.document(document).callouts.get(number)?.start;
        book.find_claim(self.callouts.get(&start)?)
    }
}

/// The beginning of a statement. A statement of more than [`MAX_SHOWN`] characters is cut at a space.
fn beginning(statement: &str) -> Cow<'_, str> {
    let end = statement.char_indices().nth(MAX_SHOWN).map(|(end, _)| end);
    let Some(beginning) = end.and_then(|end| statement.get(..end)) else { return statement.into() };
    let whole_words = beginning.rsplit_once(' ').map_or(beginning, |(words, _)| words);
    format!("{whole_words} …").into()
}

/// Whether the last word, which may contain markup, always stays on one line with its glyph. A long word may break,
/// because it would otherwise make the page too wide.
fn keeps_together(last: &str) -> bool {
    last.chars().count() <= 30
}

/// Splits HTML before its last word. Only spaces after the last tag count. If there is no such space and the HTML
/// has tags, the last word is empty.
fn split_last_word(html: &str) -> (String, String) {
    let html = html.trim();
    let tail = html.rfind('>').map_or(0, |at| at + 1);
    let space = html.get(tail..).and_then(|rest| rest.rfind(' ')).map(|at| at + tail);
    match space.and_then(|at| html.split_at_checked(at + 1)) {
        Some((before, last)) => (before.to_owned(), last.to_owned()),
        None if html.contains('<') => (html.to_owned(), String::new()),
        None => (String::new(), html.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_split_off_outside_of_markup() {
        let check = |html, before: &str, last: &str| {
            assert_eq!(split_last_word(html), (before.to_owned(), last.to_owned()), "{html}");
        };
        check("a 52-fold speedup", "a 52-fold ", "speedup");
        check("speedup", "", "speedup");
        check("a <em>very big</em> speedup", "a <em>very big</em> ", "speedup");
        check("a <em>very big</em>", "a <em>very big</em>", "");
    }

    #[test]
    fn long_statements_are_cut_between_words() {
        let words = "word ".repeat(59) + "lastly";
        assert_eq!(beginning(words.get(..300).unwrap()), words.get(..300).unwrap());
        assert_eq!(beginning(&words), "word ".repeat(59) + "…");
        assert_eq!(beginning(&"é".repeat(301)), "é".repeat(300) + " …");
    }

    #[test]
    fn escaped_text_cannot_leave_an_attribute() {
        assert_eq!(escape("<a b='c' d=\"e\">&"), "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;");
    }
}
