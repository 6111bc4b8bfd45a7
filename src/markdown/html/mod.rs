//! Renders the text of a file to HTML. The caller provides a function that turns links into addresses. Each place
//! where a claim is shown becomes a [`Piece`] of its own, because templates render the cards of claims.

mod footnote;
mod piece;
mod table;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html::push_html};

use crate::config::BaseUrl;
use crate::document::{Document, Target};
use crate::templates::ThemeClasses;

use crate::markdown::destination::link_target;
use crate::markdown::inline::{PlacedEvent, destination, end_index, plain_text};
use crate::markdown::raw_html::{self, PageContext};
use crate::markdown::sanitize::{SLOT_CLOSE, SLOT_OPEN, replace_slot_brackets, sanitize};
use crate::markdown::{events, nesting};

use footnote::Footnotes;
pub use piece::Piece;
use piece::insert_slots;
use table::Table;

/// The functions and settings by which links of a page become addresses.
pub struct Addresses<'a> {
    /// Returns the address of a target. The result is `None` only for targets that checks refuse.
    pub address_of: &'a dyn Fn(&Target) -> Option<String>,
    /// Base address of the site, for addresses in raw HTML.
    pub base_url: &'a BaseUrl,
    /// Classes of the theme, which authors cannot use.
    pub theme: &'a ThemeClasses,
}

/// Renders the text of a document. `text` is the body of the file, and `path` is the path of the file.
pub fn render(document: &Document, text: &str, path: &str, addresses: &Addresses<'_>) -> Vec<Piece> {
    let text = replace_slot_brackets(text);
    let mut events = events(&text);
    let is_too_deep = nesting::limit_depth(&mut events).is_some();
    let ids = document.headings.iter().map(|heading| heading.id.as_str()).collect();
    let (events, facts) =
        raw_html::replace_raw_html(&text, events, &PageContext { theme: Some(addresses.theme), ids });
    if is_too_deep || facts.problem.is_some() {
        // Checks report these problems. A page that was not checked is rendered without its text, so that it is
        // always safe.
        return Vec::new();
    }
    let inputs = Inputs { document, path, addresses, has_tags: facts.has_tags };
    let without_tags = |events| render_events(&Inputs { has_tags: false, ..inputs }, &without_tags(events));
    let pieces = render_events(&inputs, &events).or_else(|| without_tags(events));
    pieces.expect("a text without tags is not sanitized")
}

/// Returns events without tags of raw HTML, and with all words. They are shown when the HTML of a text cannot be
/// sanitized.
fn without_tags(events: Vec<PlacedEvent<'_>>) -> Vec<PlacedEvent<'_>> {
    events.into_iter().filter(|(event, _)| !matches!(event, Event::InlineHtml(_))).collect()
}

/// Renders events of a text. The result is `None` if they contain tags of raw HTML and the sanitizer rejects the
/// HTML, see [`sanitize`].
fn render_events(inputs: &Inputs<'_>, events: &[PlacedEvent<'_>]) -> Option<Vec<Piece>> {
    let mut writer = HtmlRenderer {
        inputs,
        events,
        slots: Vec::new(),
        out: Vec::with_capacity(events.len()),
        heading: 0,
        callout: 0,
        elements_without_card: 0,
        in_link: false,
        table: Table::default(),
        footnotes: Footnotes::default(),
    };
    writer.write_blocks();
    let (out, slots) = (writer.out, writer.slots);
    let mut html = html_of(out.into_iter());
    if inputs.has_tags {
        html = sanitize(&html, inputs.addresses.base_url, slots.len())?;
    }
    Some(insert_slots(&html, slots))
}

fn html_of<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut html = String::new();
    push_html(&mut html, events);
    html
}

/// What rendering needs besides events: the document, the path of its file, and the addresses of links.
struct Inputs<'a> {
    document: &'a Document,
    path: &'a str,
    addresses: &'a Addresses<'a>,
    /// Whether the events contain tags of raw HTML, so that the output must be sanitized.
    has_tags: bool,
}

struct HtmlRenderer<'a> {
    inputs: &'a Inputs<'a>,
    events: &'a [PlacedEvent<'a>],
    slots: Vec<Piece>,
    out: Vec<Event<'a>>,
    heading: usize,
    callout: usize,
    /// Number of elements around the current event that cannot contain a card.
    elements_without_card: usize,
    /// Whether the current event is inside a link. A claim there is shown as plain words, since links cannot be
    /// nested.
    in_link: bool,
    table: Table,
    footnotes: Footnotes,
}

impl<'a> HtmlRenderer<'a> {
    /// Writes the whole text. Footnotes follow at its end, wherever the author defined them.
    fn write_blocks(&mut self) {
        let mut definitions = Vec::new();
        let mut index = 0;
        while let Some((event, _)) = self.events.get(index) {
            let is_element = matches!(event, Event::Start(_));
            let end = if is_element { end_index(self.events, index) } else { index } + 1;
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => definitions.push((label, index..end)),
                // A slot between the tags of a table would be moved out of the table.
                Event::Start(Tag::HtmlBlock) => self.write(index..end),
                _ => {
                    self.write(index..end);
                    if is_element {
                        let footnotes = self.footnotes.take_new();
                        self.write_slot_between_blocks(Piece::BlockEnd { footnotes });
                    }
                }
            }
            index = end;
        }
        if definitions.is_empty() {
            return;
        }
        definitions.sort_by_key(|(label, _)| self.footnotes.number(label).unwrap_or(usize::MAX));
        self.out.push(Event::Html("<section class=\"footnotes\">\n".into()));
        for (_, range) in definitions {
            self.write(range);
        }
        self.out.push(Event::Html("</section>\n".into()));
    }

    fn write(&mut self, range: Range<usize>) {
        let mut index = range.start;
        while index < range.end {
            index = self.write_event(index);
        }
    }

    /// Writes one event, or everything up to the end of the element that it begins. Returns the index of the next
    /// event.
    fn write_event(&mut self, index: usize) -> usize {
        let (event, range) = &self.events[index];
        let next = index + 1;
        match event {
            Event::Start(Tag::BlockQuote(_)) if self.inputs.document.has_callout_at(range.start) => {
                let number = self.callout;
                self.callout += 1;
                self.write_block_slot(Piece::Callout(number));
                return end_index(self.events, index) + 1;
            }
            Event::Start(Tag::Paragraph) => {
                if let Some(piece) = self.embedded(index) {
                    self.write_block_slot(piece);
                    return end_index(self.events, index) + 1;
                }
                self.out.push(event.clone());
            }
            Event::Start(Tag::Heading { level, classes, .. }) => {
                self.elements_without_card += 1;
                self.write_heading(*level, classes);
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let destination = destination(*link_type, dest_url);
                return self.write_link(index, &destination);
            }
            Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                let destination = destination(*link_type, dest_url);
                return self.write_image(index, *link_type, &destination, title);
            }
            Event::Start(Tag::Table(alignments)) => {
                self.elements_without_card += 1;
                self.table = Table { alignments: alignments.clone(), ..Table::default() };
                self.out.push(event.clone());
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.table.in_head = matches!(event, Event::Start(Tag::TableHead));
                self.table.column = 0;
                self.out.push(event.clone());
            }
            Event::Start(Tag::CodeBlock(kind)) => self.out.push(Event::Start(Tag::CodeBlock(language(kind)))),
            Event::TaskListMarker(is_done) => self.out.push(Event::InlineHtml(checkbox(*is_done).into())),
            Event::Start(Tag::TableCell) => self.out.push(Event::Html(self.table.open_cell().into())),
            Event::End(TagEnd::TableCell) => self.out.push(Event::Html(self.table.close_cell().into())),
            Event::Start(Tag::FootnoteDefinition(label)) => return self.write_footnote(index, label),
            Event::End(TagEnd::Heading(level)) => {
                self.elements_without_card -= 1;
                self.out.push(Event::End(TagEnd::Heading(page_level(*level))));
            }
            Event::End(TagEnd::Table) => {
                self.elements_without_card -= 1;
                self.out.push(event.clone());
            }
            Event::FootnoteReference(label) => {
                let html = self.footnotes.refer(label);
                self.out.push(Event::InlineHtml(html.into()));
            }
            Event::Text(text) => self.out.push(Event::Text(without_slot_brackets(text))),
            Event::Code(text) => self.out.push(Event::Code(without_slot_brackets(text))),
            _ => self.out.push(event.clone()),
        }
        next
    }

    /// Writes the text of a footnote, with a way back to the words that refer to it. Returns the index of the next
    /// event.
    fn write_footnote(&mut self, index: usize, label: &str) -> usize {
        let end = end_index(self.events, index);
        let opening = self.footnotes.opening(label);
        self.out.push(Event::Html(opening.into()));
        // The page can copy a marked text. A copy of unclosed tags could reach beyond the footnote.
        let marked = self.footnotes.number(label).filter(|_| !self.inputs.has_tags);
        if let Some(number) = marked {
            self.write_block_slot(Piece::Footnote(number));
        }
        self.elements_without_card += 1;
        let back = Event::InlineHtml(self.footnotes.back(label).into());
        if matches!(self.events[end - 1].0, Event::End(TagEnd::Paragraph)) {
            self.write(index + 1..end - 1);
            self.out.extend([back, Event::End(TagEnd::Paragraph)]);
        } else {
            self.write(index + 1..end);
            self.out.push(back);
        }
        self.elements_without_card -= 1;
        if marked.is_some() {
            self.write_block_slot(Piece::FootnoteEnd);
        }
        self.out.push(Event::Html("</div>\n".into()));
        end + 1
    }

    /// Returns the claim or the chart of a metric that is embedded, if a paragraph contains nothing else.
    fn embedded(&self, paragraph: usize) -> Option<Piece> {
        let (Event::Start(Tag::Image { link_type, dest_url, .. }), _) = self.events.get(paragraph + 1)?
        else {
            return None;
        };
        let end = end_index(self.events, paragraph + 1);
        if !matches!(self.events.get(end + 1), Some((Event::End(TagEnd::Paragraph), _))) {
            return None;
        }
        match link_target(&destination(*link_type, dest_url), self.inputs.path) {
            Target::Claim(id) => Some(Piece::Embed { id }),
            Target::Metric(id) => Some(Piece::Chart { id }),
            _ => None,
        }
    }

    fn write_heading(&mut self, level: HeadingLevel, classes: &[CowStr<'a>]) {
        let id = self.inputs.document.headings.get(self.heading).map(|heading| heading.id.clone());
        self.heading += 1;
        self.out.push(Event::Start(Tag::Heading {
            level: page_level(level),
            id: id.map(CowStr::from),
            classes: classes
                .iter()
                .filter(|class| !self.inputs.addresses.theme.contains(class))
                .cloned()
                .collect(),
            attrs: Vec::new(),
        }));
    }

    fn write_link(&mut self, index: usize, destination: &str) -> usize {
        let end = end_index(self.events, index);
        let target = link_target(destination, self.inputs.path);
        if let Target::Claim(id) = target {
            let bare = matches!(
                &self.events[index].0,
                Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. })
            );
            let words = if bare { String::new() } else { self.render_link_text(index + 1..end) };
            self.write_slot(Piece::Mention { id, words, can_show_card: self.elements_without_card == 0 });
            return end + 1;
        }
        let (Event::Start(Tag::Link { link_type, title, id, .. }), _) = &self.events[index] else {
            return end + 1;
        };
        let address = (self.inputs.addresses.address_of)(&target).unwrap_or_default();
        self.out.push(Event::Start(Tag::Link {
            // The address is complete. For the type of an e-mail link, `pulldown-cmark` would add a second
            // `mailto:`.
            link_type: if *link_type == LinkType::Email { LinkType::Autolink } else { *link_type },
            dest_url: without_slot_brackets(&address.into()),
            title: without_slot_brackets(title),
            id: id.clone(),
        }));
        let outer = std::mem::replace(&mut self.in_link, true);
        self.write(index + 1..end);
        self.in_link = outer;
        self.out.push(Event::End(TagEnd::Link));
        end + 1
    }

    /// Writes an image. Its description is plain text, even if the author used markup in it.
    fn write_image(
        &mut self,
        index: usize,
        link_type: LinkType,
        destination: &str,
        title: &CowStr<'a>,
    ) -> usize {
        let end = end_index(self.events, index);
        let description = without_slot_brackets(&plain_text(&self.events[index..end]).into());
        match link_target(destination, self.inputs.path) {
            Target::Claim(_) if self.in_link => self.out.push(Event::Text(description)),
            Target::Claim(id) => {
                let is_bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                let words = if is_bare { String::new() } else { text_as_html(description) };
                self.write_slot(Piece::Mention { id, words, can_show_card: self.elements_without_card == 0 });
            }
            Target::Metric(_) if self.in_link => self.out.push(Event::Text(description)),
            // A chart does not fit into a line, so the line has a link to it.
            target @ Target::Metric(_) => {
                let address = (self.inputs.addresses.address_of)(&target).unwrap_or_default();
                self.out.push(Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url: without_slot_brackets(&address.into()),
                    title: without_slot_brackets(title),
                    id: "".into(),
                }));
                self.out.push(Event::Text(description));
                self.out.push(Event::End(TagEnd::Link));
            }
            target => {
                self.out.push(Event::Start(Tag::Image {
                    link_type: LinkType::Inline,
                    dest_url: without_slot_brackets(
                        &(self.inputs.addresses.address_of)(&target).unwrap_or_default().into(),
                    ),
                    title: without_slot_brackets(title),
                    id: "".into(),
                }));
                self.out.push(Event::Text(description));
                self.out.push(Event::End(TagEnd::Image));
            }
        }
        end + 1
    }

    /// Renders the text of a link as separate HTML. It is sanitized here, because it is inserted into the page
    /// after the page was sanitized.
    fn render_link_text(&mut self, range: Range<usize>) -> String {
        let outer = std::mem::take(&mut self.out);
        let was_in_link = std::mem::replace(&mut self.in_link, true);
        self.write(range);
        self.in_link = was_in_link;
        let inner = std::mem::replace(&mut self.out, outer);
        let html = html_of(inner.iter().cloned());
        if !self.inputs.has_tags {
            return html;
        }
        let is_no_tag = |event: &Event<'_>| !matches!(event, Event::InlineHtml(_));
        sanitize(&html, self.inputs.addresses.base_url, 0)
            .unwrap_or_else(|| html_of(inner.into_iter().filter(is_no_tag)))
    }

    fn write_slot(&mut self, piece: Piece) {
        let bracketed = format!("{SLOT_OPEN}{}{SLOT_CLOSE}", self.slots.len());
        self.slots.push(piece);
        self.out.push(Event::Text(bracketed.into()));
    }

    fn write_block_slot(&mut self, piece: Piece) {
        self.write_slot_between_blocks(piece);
        self.out.push(Event::Html("\n".into()));
    }

    fn write_slot_between_blocks(&mut self, piece: Piece) {
        let bracketed = format!("{SLOT_OPEN}{}{SLOT_CLOSE}", self.slots.len());
        self.slots.push(piece);
        self.out.push(Event::Html(bracketed.into()));
    }
}

/// Replaces the brackets of slots in a text whose character references are decoded, because a reference can
/// produce them.
fn without_slot_brackets<'a>(text: &CowStr<'a>) -> CowStr<'a> {
    match replace_slot_brackets(text) {
        std::borrow::Cow::Borrowed(_) => text.clone(),
        std::borrow::Cow::Owned(text) => text.into(),
    }
}

fn text_as_html(text: CowStr<'_>) -> String {
    let mut html = String::new();
    push_html(&mut html, std::iter::once(Event::Text(text)));
    html
}

/// Returns the kind of a code block with only the language in its info string. Text after ASCII white space would
/// become a class that the author chooses.
fn language<'a>(kind: &CodeBlockKind<'a>) -> CodeBlockKind<'a> {
    match kind {
        CodeBlockKind::Fenced(info) if info.contains(|character: char| character.is_ascii_whitespace()) => {
            CodeBlockKind::Fenced(info.split_ascii_whitespace().next().unwrap_or_default().to_owned().into())
        }
        kind => kind.clone(),
    }
}

/// Returns the checkbox of a task list. Its label is for people who use a screen reader.
fn checkbox(is_done: bool) -> &'static str {
    if is_done {
        "<input type=\"checkbox\" disabled checked aria-label=\"done\"> "
    } else {
        "<input type=\"checkbox\" disabled aria-label=\"to do\"> "
    }
}

/// Headings of the text are below the title of the page, so the highest level is `<h2>`.
fn page_level(level: HeadingLevel) -> HeadingLevel {
    if level == HeadingLevel::H1 { HeadingLevel::H2 } else { level }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_lost_without_tags() {
        let text =
            "# A <i>b</i>\n\n<div>\n\nc <b title='x'>*d*</b>\n\n| <u>e</u> |\n|---|\n\n[f <s>g</s>](/h/)";
        let (events, _) = raw_html::replace_raw_html(text, events(text), &PageContext::default());
        let html = html_of(without_tags(events).into_iter().map(|(event, _)| event));
        let expected = "<h1>A b</h1>\n\n<p>c <em>d</em></p>\n<table><thead><tr><th>e</th></tr></thead><tbody>\n\
                        </tbody></table>\n<p><a href=\"/h/\">f g</a></p>\n";
        assert_eq!(html, expected);
    }
}
