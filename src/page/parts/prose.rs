//! Turns the [`Piece`]s of rendered Markdown into the [`Part`]s of a view, which contain the claims.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{ClaimForm, DocumentKind, Target};
use crate::graph::{ClaimIndex, DocumentIndex};
use crate::html::{escape, visible_text};
use crate::markdown::html::{self, Addresses, Piece};

use crate::page::Site;
use crate::page::parts::card::margin::{Block, CardLengths, layout, rank, whole_height};
use crate::page::view::{CardMention, CardSize, Margin, MarginCard, MarginFootnote, Part};

/// Number of letters whose text is about as high as a chart, for the margin next to it.
const CHART_LETTERS: usize = 1200;

impl Site<'_> {
    /// The text of a document. In a write-up, the first mention of each of its own claims, and of each claim with a
    /// file of its own, gets a card. If no sentence mentions the claim of a callout, the claim is shown in the
    /// place of the callout.
    pub(in crate::page) fn prose(&self, index: DocumentIndex) -> Vec<Part> {
        let document = self.book.document(index);
        let source = self.sources.file(document.file());
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
            parts: Vec::new(),
            block: Block::default(),
            margin: Margin { cards: Vec::new(), footnotes: Vec::new(), continues: false },
            blocks: Vec::new(),
        };
        if document.kind != DocumentKind::Article {
            cards.waiting.clear();
        }
        let footnotes = footnotes(&pieces);
        for piece in pieces {
            cards.add(piece, index, &footnotes);
        }
        if document.kind == DocumentKind::Article {
            cards.add_left_over(index);
        }
        cards.finish()
    }

    /// A mention without a card: a link with the words of the text and the glyph of the status.
    fn reference(&self, index: ClaimIndex, words: &str) -> String {
        let (html, last) = split_last_word(words);
        let mark = self.mark_of(index);
        let mut out = String::with_capacity(256);
        out.extend([
            "<a class=\"ref s-",
            mark.glyph,
            "\" href=\"",
            &escape(&self.url(&self.claim_path(index))),
            "\">",
            &html,
            if keeps_together(&last) { "<span class=\"nb\">" } else { "<span>" },
            &last,
        ]);
        out.extend(["<svg class=\"g\" role=\"img\" aria-label=\"(", mark.word, ")\"></svg></span></a>"]);
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
    /// Number of the last card.
    number: usize,
    parts: Vec<Part>,
    /// The block that is being read.
    block: Block,
    /// The margin of that block.
    margin: Margin,
    /// The blocks so far, each with the place of its margin in `parts`, if it has one.
    blocks: Vec<(Block, Option<usize>)>,
}

impl CardPlacer<'_> {
    fn add(&mut self, piece: Piece, document: DocumentIndex, footnotes: &BTreeMap<usize, String>) {
        match piece {
            Piece::Html(html) => self.add_html(html),
            Piece::Mention { id, words, can_show_card } => {
                let Some(index) = self.site.book.find_claim(&id) else { return };
                let words = if words.trim().is_empty() {
                    let statement = self.site.book.claim(index).statement.value.read(self.site.access);
                    escape(statement.trim_end_matches('.'))
                } else {
                    words
                };
                if can_show_card && self.waiting.remove(&index) {
                    let mention = self.mention(index, &words);
                    self.parts.push(Part::Mention(mention));
                } else {
                    let reference = self.site.reference(index, &words);
                    self.add_html(reference);
                }
            }
            Piece::Embed { id } => {
                let Some(index) = self.site.book.find_claim(&id) else { return };
                let card = self.site.card(index);
                self.block.characters += card.statement.chars().count() + card.why.chars().count();
                self.parts.push(Part::Embed { card });
            }
            Piece::Chart { id } => {
                let Some(number) = self.site.book.metrics().find(&id) else { return };
                let link = self.site.metric_link(number);
                let html = self.site.embedded_chart(number);
                self.block.characters += CHART_LETTERS;
                self.parts.push(Part::Chart { html, link });
            }
            Piece::Callout(number) => {
                let Some(index) = self.nth_callout(document, number) else { return };
                if self.shown.contains(&index)
                    && !self.mentioned.contains(&index)
                    && self.waiting.remove(&index)
                {
                    self.add_standing(index);
                }
            }
            Piece::BlockEnd { footnotes: numbers } => {
                for number in numbers {
                    let Some(html) = footnotes.get(&number) else { continue };
                    self.block.footnotes.push(visible_text(html).chars().count());
                    self.margin.footnotes.push(MarginFootnote { number, html: html.clone() });
                }
                self.end_block();
            }
            Piece::Footnote(_) | Piece::FootnoteEnd => {}
        }
    }

    fn add_html(&mut self, html: String) {
        self.block.characters += visible_length(html.trim());
        if html.trim_start().starts_with("<h") {
            self.block.is_heading = true;
        }
        match self.parts.last_mut() {
            Some(Part::Html { html: before }) => before.push_str(&html),
            _ => self.parts.push(Part::Html { html }),
        }
    }

    /// Adds the claims of the front matter that no sentence mentions. These claims have no callout, so their place is
    /// the end of the text.
    fn add_left_over(&mut self, document: DocumentIndex) {
        let book = self.site.book;
        let claims = &book.document(document).claims;
        let without_place = claims.iter().filter(|claim| claim.form == ClaimForm::FrontMatter);
        let mut left: Vec<ClaimIndex> =
            without_place.filter_map(|claim| book.find_claim(&claim.id.value)).collect();
        left.retain(|index| !self.mentioned.contains(index) && self.waiting.remove(index));
        for index in left {
            self.add_standing(index);
            self.end_block();
        }
    }

    fn add_standing(&mut self, index: ClaimIndex) {
        let words = escape(self.site.book.claim(index).statement.value.read(self.site.access));
        let mention = self.mention(index, &words);
        self.parts.push(Part::Standing(mention));
    }

    /// The words of a mention. Their card is added to the margin of the block.
    fn mention(&mut self, index: ClaimIndex, words: &str) -> CardMention {
        self.number += 1;
        let card = self.site.card(index);
        let words_of_card = visible_text(words).trim().to_owned();
        self.block.cards.push(CardLengths {
            offset: self.block.characters,
            whole: whole_height(&card),
            rank: rank(self.site.book.node(index).status),
        });
        self.block.characters += words_of_card.chars().count();
        let (html, last) = split_last_word(words);
        let mention = CardMention {
            keeps_together: keeps_together(&last),
            html,
            last,
            number: self.number,
            id: self.site.book.claim(index).id.value.clone(),
            status: card.status,
            url: card.url.clone(),
        };
        self.margin.cards.push(MarginCard {
            number: self.number,
            words: words_of_card,
            size: CardSize::Row,
            card,
        });
        mention
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let empty = Margin { cards: Vec::new(), footnotes: Vec::new(), continues: false };
        let margin = std::mem::replace(&mut self.margin, empty);
        let has_margin = !margin.cards.is_empty() || !margin.footnotes.is_empty();
        // A callout whose claim is shown elsewhere is not a block of the page.
        if block.characters == 0 && !has_margin {
            return;
        }
        self.blocks.push((block, has_margin.then_some(self.parts.len())));
        if has_margin {
            self.parts.push(Part::Margin(margin));
        }
    }

    /// Returns the parts, with the sizes of all cards.
    fn finish(mut self) -> Vec<Part> {
        for (number, (block, place)) in self.blocks.iter().enumerate() {
            let Some(place) = *place else { continue };
            let Some(Part::Margin(margin)) = self.parts.get_mut(place) else { continue };
            let layout = layout(block, self.blocks.get(number + 1).map(|(next, _)| next));
            for (card, size) in margin.cards.iter_mut().zip(layout.sizes) {
                card.size = size;
            }
            let mut is_shown = layout.footnotes.into_iter();
            margin.footnotes.retain(|_| is_shown.next().unwrap_or_default());
            margin.continues = layout.continues;
        }
        self.parts.retain(|part| !matches!(part, Part::Margin(margin) if margin.cards.is_empty() && margin.footnotes.is_empty()));
        self.parts
    }

    fn nth_callout(&self, document: DocumentIndex, number: usize) -> Option<ClaimIndex> {
        let book = self.site.book;
        let start = book.document(document).callouts.get(number)?.start;
        book.find_claim(self.callouts.get(&start)?)
    }
}

/// The texts of the footnotes as HTML, by number.
fn footnotes(pieces: &[Piece]) -> BTreeMap<usize, String> {
    let mut footnotes = BTreeMap::new();
    let mut open = None;
    for piece in pieces {
        match piece {
            Piece::Footnote(number) => open = Some(*number),
            Piece::FootnoteEnd => open = None,
            Piece::Html(html) => {
                if let Some(number) = open {
                    footnotes.entry(number).or_insert_with(String::new).push_str(html);
                }
            }
            // A footnote with a claim is shown at the end of the text only.
            _ => {
                if let Some(number) = open.take() {
                    footnotes.remove(&number);
                }
            }
        }
    }
    footnotes
}

/// Number of characters of HTML outside of tags.
fn visible_length(html: &str) -> usize {
    let mut is_tag = false;
    let visible = html.chars().filter(|&character| {
        let was_tag = is_tag;
        is_tag = character == '<' || (is_tag && character != '>');
        !was_tag && !is_tag
    });
    visible.count()
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
    use crate::graph::example::{Example, article, claim};

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
    fn escaped_text_cannot_leave_an_attribute() {
        assert_eq!(escape("<a b='c' d=\"e\">&"), "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;");
    }

    /// The page of a write-up with this text.
    #[track_caller]
    fn write_up(body: &str) -> String {
        Example::of_article(body).render().text("articles/a/index.html")
    }

    #[track_caller]
    fn contains(page: &str, expected: &str) {
        assert!(page.contains(expected), "{expected:?} is not in\n{page}");
    }

    #[test]
    fn the_first_mention_takes_the_card_and_the_callout_is_not_shown_again() {
        let body =
            format!("It [really happened](claim:one), and [again](claim:one).\n\n{}", claim("one", ""));
        let page = write_up(&body);
        contains(&page, "<span class=\"claim s-unreviewed\" id=\"claim_one\"");
        contains(&page, "really <span class=\"nb\">happened<button");
        assert_eq!(page.matches("id=\"claim_one\"").count(), 1, "{page}");
        assert_eq!(page.matches("<div class=\"card ").count(), 1, "one card: {page}");
        assert!(!page.contains("[!claim]") && !page.contains("kind::"), "{page}");
    }

    #[test]
    fn a_claim_that_its_write_up_never_mentions_is_where_its_callout_is() {
        let page = write_up(&format!("First.\n\n{}\nLast.\n", claim("one", "")));
        let (first, last) = (page.find("First.").expect("text"), page.find("Last.").expect("text"));
        let place = page
            .find("Statement <span class=\"nb\">one.")
            .or(page.find("Statement one"))
            .expect("the statement");
        assert!(first < place && place < last, "{page}");
    }

    #[test]
    fn claims_in_tables_and_headings_are_links_without_a_card() {
        let body = format!(
            "# A heading with [words](claim:one)\n\n| a | b |\n|:-:|--:|\n| [[one\\|cell]] | 2 |\n\nNote.[^1]\n\n[^1]: See [[one]].\n\n{}",
            claim("one", "")
        );
        let page = write_up(&body);
        contains(&page, "<td class=\"center\">");
        contains(&page, "<td class=\"right\">2</td>");
        assert!(page.matches("href=\"/claims/one/\"").count() >= 3, "{page}");
        assert!(!page.contains("style="), "{page}");
    }

    #[test]
    fn an_embed_alone_in_its_paragraph_is_a_card_of_its_own() {
        let page = write_up(&format!("Text [a](claim:one).\n\n![[one]]\n\n{}", claim("one", "")));
        contains(&page, "<figure class=\"card plain s-unreviewed\" dir=\"ltr\">");
    }

    #[test]
    fn the_cards_of_a_block_follow_it_together() {
        let verdict =
            "verdict:: 2026-11-20 refuted by J. Doe — by [the log](https://example.org/); see there";
        let text = "First [one](claim:one) and [*two*](claim:two), again [one](claim:one).\n\nSecond.\n\n";
        let body = text.to_owned() + &claim("one", verdict) + &claim("two", "");
        let page = Example::of_article(&body).render().page("articles/a/index.html");
        assert_eq!(
            page.find(".prose > p + .notes[aria-label='2 claims in this paragraph'] > .card").len(),
            2
        );
        assert_eq!(page.find(".notes").len(), 1, "the second paragraph has none");
        assert_eq!(page.words("#card_1 .card-w"), ["By the log; see there."]);
        assert_eq!(page.words("#card_2 .card-w"), ["No verdict yet."]);
        assert_eq!(page.find("a.ref").len(), 1, "the second mention is a link");
    }

    #[test]
    fn footnotes_are_in_the_margin_and_at_the_end_in_the_order_of_the_text() {
        let text = "One.[^b] Two.[^a] Again.[^b]\n\n[^a]: The first *written*.\n[^b]: [Linked](https://example.org/).\n\nLast.\n";
        let page = Example::of_article(text).render().page("articles/a/index.html");
        assert_eq!(page.words(".aside"), ["1 Linked. ↩", "2 The first written. ↩"]);
        assert_eq!(
            page.words(".prose > .footnotes:last-child > div"),
            ["1 Linked. ↩", "2 The first written. ↩"]
        );
        assert_eq!(page.find("sup[id='fnref:b'] a[href='#fn:b']").len(), 1);
        assert_eq!(page.find("a.back[href='#fnref:a']").len(), 2);
    }

    #[test]
    fn footnotes_in_raw_html_are_at_the_end_only() {
        let page = write_up("<div>\n\nOne.[^a]\n\n</div>\n\n[^a]: A <b>note</b>.\n");
        contains(&page, "<section class=\"footnotes\">");
        assert!(!page.contains("class=\"aside\""), "{page}");
    }

    #[test]
    fn raw_html_keeps_its_claims() {
        let body = format!(
            "<details>\n<summary>More</summary>\n\nIt [happened](claim:one).\n\n</details>\n\n{}",
            claim("one", "")
        );
        let page = write_up(&body);
        contains(&page, "<details>");
        contains(&page, "id=\"claim_one\"");
    }

    #[test]
    fn links_of_every_kind_lead_to_pages() {
        let text = "[It](claim:one). [s](speaker:jane-doe) [m](metric:speed) [t](tag:coding) [d](source:report) [w](article:a) [f](b.md#deep) [p](/about/)\n\n";
        let measured =
            claim("one", "kind:: measurement\nmetric:: speed\nsubject:: it\nvalue:: 3 x\ntags:: coding");
        let example = Example::new(&[
            ("content/articles/a.md", &article(&(text.to_owned() + &measured))),
            ("content/articles/b.md", "---\ntitle: Second\n---\n\n## Deep\n"),
            ("content/sources/report.md", "---\ntitle: The report\n---\n"),
            ("content/pages/about.md", "---\ntitle: About\n---\n"),
        ]);
        let page = example.render().text("articles/a/index.html");
        for address in [
            "/speakers/jane-doe/",
            "/metrics/speed/",
            "/tags/coding/",
            "/sources/report/",
            "/articles/b/#deep",
            "/about/",
        ] {
            contains(&page, &format!("href=\"{address}\""));
        }
    }

    #[test]
    fn claims_inside_other_links_and_pictures_are_plain_words() {
        let body = format!(
            "<b>Raw</b> ![alt [x](claim:one) tail](/a.png) and [a ![b](claim:one) c](claim:one) and [![words](claim:one)](https://example.org/).\n\n{}",
            claim("one", "")
        );
        let page = write_up(&body);
        contains(&page, "alt=\"alt x tail\"");
        contains(&page, "a b <span class=\"nb\">c<button");
        contains(&page, "<a href=\"https://example.org/\">words</a>");
        assert!(!page.contains(['\u{f8f0}', '\u{f8f1}']), "{page}");
    }

    #[test]
    fn slots_cannot_be_spelt_with_entities() {
        let body = format!(
            "A &#xF8F0; sign, [t](https://example.org/ \"&#xF8F0;0&#xF8F1;\") and [it](claim:one).\n\n{}",
            claim("one", "")
        );
        let page = write_up(&body);
        contains(&page, "id=\"claim_one\"");
        contains(&page, "title=\"\u{fffd}0\u{fffd}\"");
    }

    #[test]
    fn headings_and_footnotes_have_anchors_of_their_own() {
        let page =
            write_up("<b>Raw</b>\n\n## Claim limits\n\n## Intro\n\nNote.[^intro]\n\n[^intro]: The note.\n");
        contains(&page, "<h2 id=\"claim-limits\">");
        contains(&page, "<h2 id=\"intro\">");
        contains(&page, "id=\"fn:intro\"");
    }
}
