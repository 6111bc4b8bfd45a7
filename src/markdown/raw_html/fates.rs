//! Decides what happens to each tag of raw HTML: it stays, becomes text, or is removed.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::RemovedPart;
use crate::html::{Tag, is_allowed, is_element};

use super::marks::{RawToken, TokenAction, TokenKind};
use super::{Problem, RawHtmlFacts};

/// Decides the fate of each token. Returns the ranges of events in which nothing is shown.
pub(super) fn decide(marks: &mut [RawToken], facts: &mut RawHtmlFacts) -> Vec<Range<usize>> {
    TokenActions::new(marks).decide(marks, facts)
}

/// State while the fates of all tokens are decided.
struct TokenActions {
    /// Index of the last closing tag of each name. `first_start` has the index of the first opening tag of each
    /// name.
    last_end: HashMap<String, usize>,
    first_start: HashMap<String, usize>,
    /// Name of the SVG or `MathML` root that is open, and the number of roots of this name that are open.
    foreign: Option<(String, usize)>,
    /// Index of the closing tag up to which nothing is shown.
    hidden_until: Option<usize>,
}

impl TokenActions {
    fn new(marks: &[RawToken]) -> Self {
        let (mut last_end, mut first_start) = (HashMap::new(), HashMap::new());
        for (number, mark) in marks.iter().enumerate() {
            match &mark.part {
                TokenKind::Start(tag) => {
                    first_start.entry(tag.name().to_owned()).or_insert(number);
                }
                TokenKind::End(name) => {
                    last_end.insert(name.clone(), number);
                }
                _ => {}
            }
        }
        Self { last_end, first_start, foreign: None, hidden_until: None }
    }

    fn decide(mut self, marks: &mut [RawToken], facts: &mut RawHtmlFacts) -> Vec<Range<usize>> {
        let mut hidden = Vec::new();
        for number in 0..marks.len() {
            let mark = &marks[number];
            let fate = match &mark.part {
                _ if self.hidden_until.is_some() => {
                    self.hidden_until.take_if(|until| *until == number);
                    TokenAction::Gone
                }
                TokenKind::Text(_) => TokenAction::Kept,
                TokenKind::Comment => TokenAction::Gone,
                // Markup that contains an empty line was probably meant to end before that line.
                TokenKind::Other if mark.is_block && has_empty_line(&mark.source) => {
                    facts.problem.get_or_insert(Problem::Unclosed(mark.first_line()));
                    TokenAction::Text
                }
                TokenKind::Other => TokenAction::Text,
                TokenKind::Unfinished => {
                    facts.problem.get_or_insert(Problem::Unclosed(mark.first_line()));
                    TokenAction::Text
                }
                TokenKind::Start(tag) if matches!(tag.name(), "script" | "style" | "template") => {
                    let end = end_in_group(marks, number, tag.name());
                    if let Some(end) = end {
                        hidden.push(mark.event..marks[end].event);
                    }
                    self.hiding(mark, tag, end, facts)
                }
                TokenKind::Start(tag) => self.start(number, mark, tag, facts),
                TokenKind::End(name) => self.end(number, name),
            };
            marks[number].fate = fate;
        }
        hidden
    }

    /// Decides the fate of a tag whose content is never shown.
    fn hiding(
        &mut self,
        mark: &RawToken,
        tag: &Tag,
        end: Option<usize>,
        facts: &mut RawHtmlFacts,
    ) -> TokenAction {
        self.hidden_until = end;
        if end.is_none() && !mark.is_block && tag.attributes().next().is_none() {
            return TokenAction::Text;
        }
        if end.is_none() {
            facts.problem.get_or_insert(Problem::Unclosed(mark.place.clone()));
        } else if self.foreign.is_none() {
            facts.removed.push((RemovedPart::Content(tag.name().to_owned()), mark.place.clone()));
        }
        TokenAction::Gone
    }

    fn start(&mut self, number: usize, mark: &RawToken, tag: &Tag, facts: &mut RawHtmlFacts) -> TokenAction {
        let name = tag.name();
        if let Some((root, depth)) = &mut self.foreign {
            *depth += usize::from(root == name);
            return TokenAction::Gone;
        }
        if !is_element(name) {
            return TokenAction::Text;
        }
        let is_box = name != "input" || tag.attribute("type").is_some_and(|value| value == "checkbox");
        if is_allowed(name) && is_box {
            return TokenAction::Kept;
        }
        let is_closed = self.last_end.get(name).is_some_and(|end| *end > number);
        if !is_closed && tag.attributes().next().is_none() {
            return TokenAction::Text;
        }
        if is_closed && matches!(name, "svg" | "math") {
            self.foreign = Some((name.to_owned(), 1));
        }
        facts.removed.push((RemovedPart::Element(name.to_owned()), mark.place.clone()));
        TokenAction::Gone
    }

    fn end(&mut self, number: usize, name: &str) -> TokenAction {
        if let Some((root, depth)) = &mut self.foreign {
            *depth -= usize::from(root == name);
            // The last closing tag of the name ends the root, even if more roots were opened.
            if *depth == 0 || self.last_end.get(root) == Some(&number) {
                self.foreign = None;
            }
            return TokenAction::Gone;
        }
        if is_allowed(name) {
            return TokenAction::Kept;
        }
        let is_opened = self.first_start.get(name).is_some_and(|start| *start < number);
        if is_element(name) && is_opened { TokenAction::Gone } else { TokenAction::Text }
    }
}

fn has_empty_line(source: &str) -> bool {
    source.lines().any(|line| line.trim().is_empty())
}

/// Returns the index of the closing tag of an element in the same paragraph, table cell or HTML block.
fn end_in_group(marks: &[RawToken], number: usize, name: &str) -> Option<usize> {
    let group = marks[number].group;
    let behind = marks.iter().enumerate().skip(number + 1).take_while(|(_, mark)| mark.group == group);
    behind
        .into_iter()
        .find(|(_, mark)| matches!(&mark.part, TokenKind::End(end) if end == name))
        .map(|(at, _)| at)
}
