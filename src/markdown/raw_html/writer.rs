//! Writes the events of a text without the raw HTML that is not allowed. Each allowed tag is written anew.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag as Block, TagEnd};

use crate::document::RemovedPart;
use crate::html::{Tag, attribute_value_range, has_optional_end_tag, is_void, push_escaped};
use crate::markdown::inline::{PlacedEvent, end_index};
use crate::markdown::sanitize::{is_allowed_attribute, is_allowed_id, replace_slot_brackets};

use super::tokens::{RawToken, TokenAction, TokenKind};
use super::{Address, PageContext, Problem, RawHtmlFacts, is_raw};

/// Most elements of raw HTML that may be open at once. The sanitizer opens all of them again in each paragraph.
const MAX_OPEN_ELEMENTS: usize = 64;

/// The input of [`write_events()`].
pub(super) struct RewriteInput<'b> {
    /// Ranges of events that belong to callouts and stay unchanged.
    pub(super) callouts: &'b [Range<usize>],
    /// Ranges of events in which nothing is shown.
    pub(super) hidden: &'b [Range<usize>],
    /// The tokens of raw HTML, each with the action that was decided for it.
    pub(super) tokens: &'b [RawToken],
    /// Facts about the page around the text.
    pub(super) context: &'b PageContext<'b>,
}

/// Returns the events without raw HTML that is not allowed, and the facts about the HTML that was written.
pub(super) fn write_events<'a>(
    events: &[PlacedEvent<'a>],
    input: &RewriteInput<'_>,
    facts: RawHtmlFacts,
) -> (Vec<PlacedEvent<'a>>, RawHtmlFacts) {
    let out = Vec::with_capacity(events.len());
    let mut writer =
        EventWriter { context: input.context, facts, ids: HashSet::new(), open: Vec::new(), out };
    writer.write_all(events, input);
    let open = std::mem::take(&mut writer.open).into_iter();
    writer.facts.removed.extend(open.map(|(name, range)| (RemovedPart::Open(name), range)));
    (writer.out, writer.facts)
}

/// The state of [`write_events()`].
struct EventWriter<'a, 'b> {
    context: &'b PageContext<'b>,
    facts: RawHtmlFacts,
    /// Ids of elements of raw HTML that were written so far.
    ids: HashSet<String>,
    /// Elements of raw HTML that are open: their names, and the ranges of their tags.
    open: Vec<(String, Range<usize>)>,
    out: Vec<PlacedEvent<'a>>,
}

impl<'a> EventWriter<'a, '_> {
    fn write_all(&mut self, events: &[PlacedEvent<'a>], input: &RewriteInput<'_>) {
        let mut callouts = input.callouts.iter().peekable();
        let mut hidden = input.hidden.iter().filter(|hidden| hidden.start < hidden.end).peekable();
        let mut tokens = input.tokens;
        let mut index = 0;
        while let Some((event, range)) = events.get(index) {
            let next = callouts.next_if(|callout| callout.start == index).map(|callout| callout.end);
            if let Some(next) = next {
                self.out.extend_from_slice(&events[index..next]);
                index = next;
                continue;
            }
            while hidden.next_if(|hidden| hidden.end <= index).is_some() {}
            let hidden_around = hidden.peek().filter(|hidden| hidden.start < index);
            let own_count = tokens.partition_point(|mark| mark.event <= index);
            let (own_tokens, rest) = tokens.split_at(own_count);
            tokens = rest;
            match event {
                Event::Start(Block::HtmlBlock) => {
                    let end = end_index(events, index);
                    self.write_html_block(own_tokens, &events[index], &events[end]);
                    index = end;
                }
                Event::Start(_) => {
                    let end = end_index(events, index);
                    match hidden_around {
                        Some(hidden) if end < hidden.end => index = end,
                        _ => self.out.push((event.clone(), range.clone())),
                    }
                }
                Event::End(_) => self.out.push((event.clone(), range.clone())),
                event if is_raw(event) => self.write_tokens(own_tokens),
                _ if hidden_around.is_some() => {}
                _ => self.out.push((event.clone(), range.clone())),
            }
            index += 1;
        }
    }

    /// Writes a block of HTML. A block without tags becomes a paragraph.
    fn write_html_block(&mut self, tokens: &[RawToken], start: &PlacedEvent<'a>, end: &PlacedEvent<'a>) {
        let is_tag = |token: &RawToken| {
            token.action == TokenAction::Keep && matches!(token.kind, TokenKind::Start(_) | TokenKind::End(_))
        };
        if tokens.iter().any(is_tag) {
            self.out.push(start.clone());
            self.write_tokens(tokens);
            self.out.push(end.clone());
            return;
        }
        let words: Vec<&str> = tokens.iter().filter_map(visible_text).collect();
        let words = words.concat();
        if !words.trim().is_empty() {
            let range = start.1.clone();
            self.out.push((Event::Start(Block::Paragraph), range.clone()));
            self.write_text(words.trim(), &range);
            self.out.push((Event::End(TagEnd::Paragraph), range));
        }
    }

    fn write_tokens(&mut self, tokens: &[RawToken]) {
        for token in tokens {
            self.write_token(token);
        }
    }

    fn write_token(&mut self, token: &RawToken) {
        match &token.kind {
            TokenKind::Start(tag) if token.action == TokenAction::Keep => {
                let tag = self.opening_tag(tag, token);
                self.out.push((Event::InlineHtml(tag.into()), token.range.clone()));
            }
            TokenKind::End(name) if token.action == TokenAction::Keep => {
                if !needs_closing_tag(name) || self.close_element(name, token) {
                    // A closing tag alone can end an element of the page, so the text must be sanitized.
                    self.facts.has_tags = true;
                    self.out.push((Event::InlineHtml(format!("</{name}>").into()), token.range.clone()));
                }
            }
            _ => {
                if let Some(words) = visible_text(token) {
                    self.write_text(words, &token.range);
                }
            }
        }
    }

    /// Closes the element that a closing tag ends, and returns whether there is one. If not, the tag is reported.
    /// Misnested elements are allowed: the last open element of the name is closed, even if elements inside of it
    /// are open.
    fn close_element(&mut self, name: &str, token: &RawToken) -> bool {
        let open = self.open.iter().rposition(|(open, _)| open == name);
        match open {
            Some(at) => drop(self.open.remove(at)),
            None => self.facts.removed.push((RemovedPart::Close(name.to_owned()), token.range.clone())),
        }
        open.is_some()
    }

    fn write_text(&mut self, words: &str, range: &Range<usize>) {
        for (number, line) in words.split('\n').enumerate() {
            if number > 0 {
                self.out.push((Event::SoftBreak, range.clone()));
            }
            if !line.is_empty() {
                self.out.push((Event::Text(line.to_owned().into()), range.clone()));
            }
        }
    }

    /// Returns an opening tag with the attributes that it may have.
    fn opening_tag(&mut self, tag: &Tag, token: &RawToken) -> String {
        self.facts.has_tags = true;
        if needs_closing_tag(tag.name()) && self.open.len() < MAX_OPEN_ELEMENTS {
            self.open.push((tag.name().to_owned(), token.range.clone()));
        } else if needs_closing_tag(tag.name()) {
            self.facts.problem.get_or_insert(Problem::TooDeep(token.range.clone()));
        }
        let mut out = format!("<{}", tag.name());
        let mut removed = Vec::new();
        for (name, value) in tag.attributes() {
            let range = || {
                let within = attribute_value_range(&token.source, name, value);
                let start = token.range.start;
                let is_exact = token.range.len() == token.source.len();
                if is_exact { start + within.start..start + within.end } else { token.range.clone() }
            };
            if !is_allowed_attribute(tag.name(), name) {
                removed.push(name.to_owned());
                continue;
            }
            let allowed_value = match name {
                "class" => self.allowed_classes(value, &range()),
                "id" => self.allowed_id(value, range()),
                "href" | "src" | "cite" => {
                    let is_image = name == "src";
                    self.facts.addresses.push(Address { value: value.to_owned(), range: range(), is_image });
                    Some(value.to_owned())
                }
                _ => Some(value.to_owned()),
            };
            if let Some(value) = allowed_value {
                out.extend([" ", name, "=\""]);
                push_escaped(&mut out, &replace_slot_brackets(&value));
                out.push('"');
            }
        }
        if !removed.is_empty() {
            let part = RemovedPart::Attributes { names: removed, element: tag.name().to_owned() };
            self.facts.removed.push((part, token.range.clone()));
        }
        out.push('>');
        out
    }

    /// Returns the classes of an element without the classes of the theme.
    fn allowed_classes(&mut self, list: &str, range: &Range<usize>) -> Option<String> {
        let mut allowed = Vec::new();
        for class in list.split_ascii_whitespace() {
            let at = list.find(class).unwrap_or_default();
            let is_exact = range.len() == list.len();
            let range =
                if is_exact { range.start + at..range.start + at + class.len() } else { range.clone() };
            self.facts.classes.push((class.to_owned(), range));
            if self.context.theme.is_none_or(|theme| !theme.contains(class)) {
                allowed.push(class);
            }
        }
        (!allowed.is_empty()).then(|| allowed.join(" "))
    }

    fn allowed_id(&mut self, id: &str, range: Range<usize>) -> Option<String> {
        self.facts.ids.push((id.to_owned(), range));
        let is_new = is_allowed_id(id) && !self.context.ids.contains(id) && self.ids.insert(id.to_owned());
        is_new.then(|| id.to_owned())
    }
}

/// Returns the words of a token that is shown as text.
fn visible_text(token: &RawToken) -> Option<&str> {
    match (&token.kind, token.action) {
        (_, TokenAction::Remove) => None,
        (TokenKind::Text(text), _) => Some(text),
        (_, TokenAction::ShowAsText) => Some(&token.source),
        (_, TokenAction::Keep) => None,
    }
}

fn needs_closing_tag(name: &str) -> bool {
    !is_void(name) && !has_optional_end_tag(name)
}
