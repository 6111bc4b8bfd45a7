//! Writes the events of a text without the raw HTML that is not allowed. Each allowed tag is written anew.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag as Block, TagEnd};

use crate::document::RemovedPart;
use crate::html::{Tag, attribute_value_range, has_optional_end_tag, is_void, push_escaped};
use crate::markdown::inline::{PlacedEvent, end_of};
use crate::markdown::sanitize::{is_free_id, may_have, without_brackets};

use super::marks::{RawToken, TokenAction, TokenKind};
use super::{Address, PageContext, Problem, RawHtmlFacts, is_raw};

/// Most elements of raw HTML that may be open at once. The sanitizer opens all of them again in each paragraph.
const MAX_OPEN: usize = 64;

/// The input of [`write()`].
pub(super) struct RewriteInput<'b> {
    /// Ranges of events that belong to callouts and stay unchanged.
    pub(super) callouts: &'b [Range<usize>],
    /// Ranges of events in which nothing is shown.
    pub(super) hidden: &'b [Range<usize>],
    /// The tokens of raw HTML, with their fates.
    pub(super) marks: &'b [RawToken],
    /// Facts about the page around the text.
    pub(super) around: &'b PageContext<'b>,
}

/// Returns the events without raw HTML that is not allowed, and the facts about the HTML that was written.
pub(super) fn write<'a>(
    events: &[PlacedEvent<'a>],
    plan: &RewriteInput<'_>,
    facts: RawHtmlFacts,
) -> (Vec<PlacedEvent<'a>>, RawHtmlFacts) {
    let out = Vec::with_capacity(events.len());
    let mut writer = EventWriter { around: plan.around, facts, ids: HashSet::new(), open: Vec::new(), out };
    writer.write(events, plan);
    let open = std::mem::take(&mut writer.open).into_iter();
    writer.facts.removed.extend(open.map(|(name, place)| (RemovedPart::Open(name), place)));
    (writer.out, writer.facts)
}

/// The state of [`write()`].
struct EventWriter<'a, 'b> {
    around: &'b PageContext<'b>,
    facts: RawHtmlFacts,
    /// Ids of elements of raw HTML that were written so far.
    ids: HashSet<String>,
    /// Elements of raw HTML that are open: their names, and the places of their tags.
    open: Vec<(String, Range<usize>)>,
    out: Vec<PlacedEvent<'a>>,
}

impl<'a> EventWriter<'a, '_> {
    fn write(&mut self, events: &[PlacedEvent<'a>], plan: &RewriteInput<'_>) {
        let mut callouts = plan.callouts.iter().peekable();
        let mut hidden = plan.hidden.iter().filter(|hidden| hidden.start < hidden.end).peekable();
        let mut marks = plan.marks;
        let mut index = 0;
        while let Some((event, place)) = events.get(index) {
            let next = callouts.next_if(|callout| callout.start == index).map(|callout| callout.end);
            if let Some(next) = next {
                self.out.extend_from_slice(&events[index..next]);
                index = next;
                continue;
            }
            while hidden.next_if(|hidden| hidden.end <= index).is_some() {}
            let hides = hidden.peek().filter(|hidden| hidden.start < index);
            let of_event = marks.partition_point(|mark| mark.event <= index);
            let (own, rest) = marks.split_at(of_event);
            marks = rest;
            match event {
                Event::Start(Block::HtmlBlock) => {
                    let end = end_of(events, index);
                    self.block(own, &events[index], &events[end]);
                    index = end;
                }
                Event::Start(_) => {
                    let end = end_of(events, index);
                    match hides {
                        Some(hidden) if end < hidden.end => index = end,
                        _ => self.out.push((event.clone(), place.clone())),
                    }
                }
                Event::End(_) => self.out.push((event.clone(), place.clone())),
                event if is_raw(event) => self.marks(own),
                _ if hides.is_some() => {}
                _ => self.out.push((event.clone(), place.clone())),
            }
            index += 1;
        }
    }

    /// Writes a block of HTML. A block without tags becomes a paragraph.
    fn block(&mut self, marks: &[RawToken], start: &PlacedEvent<'a>, end: &PlacedEvent<'a>) {
        let is_tag = |mark: &RawToken| {
            mark.fate == TokenAction::Kept && matches!(mark.part, TokenKind::Start(_) | TokenKind::End(_))
        };
        if marks.iter().any(is_tag) {
            self.out.push(start.clone());
            self.marks(marks);
            self.out.push(end.clone());
            return;
        }
        let words: Vec<&str> = marks.iter().filter_map(shown).collect();
        let words = words.concat();
        if !words.trim().is_empty() {
            let place = start.1.clone();
            self.out.push((Event::Start(Block::Paragraph), place.clone()));
            self.text(words.trim(), &place);
            self.out.push((Event::End(TagEnd::Paragraph), place));
        }
    }

    fn marks(&mut self, marks: &[RawToken]) {
        for mark in marks {
            self.mark(mark);
        }
    }

    fn mark(&mut self, mark: &RawToken) {
        match &mark.part {
            TokenKind::Start(tag) if mark.fate == TokenAction::Kept => {
                let tag = self.tag(tag, mark);
                self.out.push((Event::InlineHtml(tag.into()), mark.place.clone()));
            }
            TokenKind::End(name) if mark.fate == TokenAction::Kept => {
                if !nests(name) || self.close(name, mark) {
                    // A closing tag alone can end an element of the page, so the text must be sanitized.
                    self.facts.has_tags = true;
                    self.out.push((Event::InlineHtml(format!("</{name}>").into()), mark.place.clone()));
                }
            }
            _ => {
                if let Some(words) = shown(mark) {
                    self.text(words, &mark.place);
                }
            }
        }
    }

    /// Closes the element that a closing tag ends, and returns whether there is one. If not, the tag is reported.
    /// Misnested elements are allowed: the last open element of the name is closed, even if elements inside of it
    /// are open.
    fn close(&mut self, name: &str, mark: &RawToken) -> bool {
        let open = self.open.iter().rposition(|(open, _)| open == name);
        match open {
            Some(at) => drop(self.open.remove(at)),
            None => self.facts.removed.push((RemovedPart::Close(name.to_owned()), mark.place.clone())),
        }
        open.is_some()
    }

    fn text(&mut self, words: &str, place: &Range<usize>) {
        for (number, line) in words.split('\n').enumerate() {
            if number > 0 {
                self.out.push((Event::SoftBreak, place.clone()));
            }
            if !line.is_empty() {
                self.out.push((Event::Text(line.to_owned().into()), place.clone()));
            }
        }
    }

    /// Returns an opening tag with the attributes that it may have.
    fn tag(&mut self, tag: &Tag, mark: &RawToken) -> String {
        self.facts.has_tags = true;
        if nests(tag.name()) && self.open.len() < MAX_OPEN {
            self.open.push((tag.name().to_owned(), mark.place.clone()));
        } else if nests(tag.name()) {
            self.facts.problem.get_or_insert(Problem::TooDeep(mark.place.clone()));
        }
        let mut out = format!("<{}", tag.name());
        let mut removed = Vec::new();
        for (name, value) in tag.attributes() {
            let place = || {
                let within = attribute_value_range(&mark.source, name, value);
                let start = mark.place.start;
                let is_exact = mark.place.len() == mark.source.len();
                if is_exact { start + within.start..start + within.end } else { mark.place.clone() }
            };
            if !may_have(tag.name(), name) {
                removed.push(name.to_owned());
                continue;
            }
            let kept = match name {
                "class" => self.classes(value, &place()),
                "id" => self.id(value, place()),
                "href" | "src" | "cite" => {
                    let is_picture = name == "src";
                    self.facts.addresses.push(Address {
                        value: value.to_owned(),
                        place: place(),
                        is_picture,
                    });
                    Some(value.to_owned())
                }
                _ => Some(value.to_owned()),
            };
            if let Some(value) = kept {
                out.extend([" ", name, "=\""]);
                push_escaped(&mut out, &without_brackets(&value));
                out.push('"');
            }
        }
        if !removed.is_empty() {
            let part = RemovedPart::Attributes { names: removed, element: tag.name().to_owned() };
            self.facts.removed.push((part, mark.place.clone()));
        }
        out.push('>');
        out
    }

    /// Returns the classes of an element without the classes of the theme.
    fn classes(&mut self, list: &str, place: &Range<usize>) -> Option<String> {
        let mut kept = Vec::new();
        for class in list.split_ascii_whitespace() {
            let at = list.find(class).unwrap_or_default();
            let is_exact = place.len() == list.len();
            let place =
                if is_exact { place.start + at..place.start + at + class.len() } else { place.clone() };
            self.facts.classes.push((class.to_owned(), place));
            if self.around.theme.is_none_or(|theme| !theme.contains(class)) {
                kept.push(class);
            }
        }
        (!kept.is_empty()).then(|| kept.join(" "))
    }

    fn id(&mut self, id: &str, place: Range<usize>) -> Option<String> {
        self.facts.ids.push((id.to_owned(), place));
        let is_new = is_free_id(id) && !self.around.ids.contains(id) && self.ids.insert(id.to_owned());
        is_new.then(|| id.to_owned())
    }
}

/// Returns the words of a token that is shown as text.
fn shown(mark: &RawToken) -> Option<&str> {
    match (&mark.part, mark.fate) {
        (_, TokenAction::Gone) => None,
        (TokenKind::Text(text), _) => Some(text),
        (_, TokenAction::Text) => Some(&mark.source),
        (_, TokenAction::Kept) => None,
    }
}

fn nests(name: &str) -> bool {
    !is_void(name) && !has_optional_end_tag(name)
}
