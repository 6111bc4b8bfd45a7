//! Decides what happens to each tag of raw HTML: it stays, becomes text, or is removed.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::RemovedPart;
use crate::html::{Tag, is_allowed, is_element};

use super::tokens::{RawToken, TokenAction, TokenKind};
use super::{Problem, RawHtmlFacts};

/// Decides the action for each token. Returns the ranges of events in which nothing is shown.
pub(super) fn decide_actions(tokens: &mut [RawToken], facts: &mut RawHtmlFacts) -> Vec<Range<usize>> {
    ActionDecider::new(tokens).decide(tokens, facts)
}

/// State while the actions for all tokens are decided.
struct ActionDecider {
    /// Index of the last closing tag of each name. `first_start` has the index of the first opening tag of each
    /// name.
    last_end: HashMap<String, usize>,
    first_start: HashMap<String, usize>,
    /// Name of the SVG or `MathML` root that is open, and the number of roots of this name that are open.
    open_foreign_root: Option<(String, usize)>,
    /// Index of the closing tag up to which nothing is shown.
    hidden_until: Option<usize>,
}

impl ActionDecider {
    fn new(tokens: &[RawToken]) -> Self {
        let (mut last_end, mut first_start) = (HashMap::new(), HashMap::new());
        for (index, token) in tokens.iter().enumerate() {
            match &token.kind {
                TokenKind::Start(tag) => {
                    first_start.entry(tag.name().to_owned()).or_insert(index);
                }
                TokenKind::End(name) => {
                    last_end.insert(name.clone(), index);
                }
                _ => {}
            }
        }
        Self { last_end, first_start, open_foreign_root: None, hidden_until: None }
    }

    fn decide(mut self, tokens: &mut [RawToken], facts: &mut RawHtmlFacts) -> Vec<Range<usize>> {
        let mut hidden = Vec::new();
        for index in 0..tokens.len() {
            let token = &tokens[index];
            let action = match &token.kind {
                _ if self.hidden_until.is_some() => {
                    self.hidden_until.take_if(|until| *until == index);
                    TokenAction::Remove
                }
                TokenKind::Text(_) => TokenAction::Keep,
                TokenKind::Comment => TokenAction::Remove,
                // Markup that contains an empty line was probably meant to end before that line.
                TokenKind::LooksLikeMarkup if token.is_block && has_empty_line(&token.source) => {
                    facts.problem.get_or_insert(Problem::Unclosed(token.first_line()));
                    TokenAction::ShowAsText
                }
                TokenKind::LooksLikeMarkup => TokenAction::ShowAsText,
                TokenKind::Unfinished => {
                    facts.problem.get_or_insert(Problem::Unclosed(token.first_line()));
                    TokenAction::ShowAsText
                }
                TokenKind::Start(tag) if matches!(tag.name(), "script" | "style" | "template") => {
                    let end = find_closing_tag(tokens, index, tag.name());
                    if let Some(end) = end {
                        hidden.push(token.event..tokens[end].event);
                    }
                    self.decide_hidden_element(token, tag, end, facts)
                }
                TokenKind::Start(tag) => self.decide_opening_tag(index, token, tag, facts),
                TokenKind::End(name) => self.decide_closing_tag(index, name),
            };
            tokens[index].action = action;
        }
        hidden
    }

    /// Decides the action for a tag whose content is never shown.
    fn decide_hidden_element(
        &mut self,
        token: &RawToken,
        tag: &Tag,
        end: Option<usize>,
        facts: &mut RawHtmlFacts,
    ) -> TokenAction {
        self.hidden_until = end;
        if end.is_none() && !token.is_block && tag.attributes().next().is_none() {
            return TokenAction::ShowAsText;
        }
        if end.is_none() {
            facts.problem.get_or_insert(Problem::Unclosed(token.range.clone()));
        } else if self.open_foreign_root.is_none() {
            facts.removed.push((RemovedPart::Content(tag.name().to_owned()), token.range.clone()));
        }
        TokenAction::Remove
    }

    fn decide_opening_tag(
        &mut self,
        index: usize,
        token: &RawToken,
        tag: &Tag,
        facts: &mut RawHtmlFacts,
    ) -> TokenAction {
        let name = tag.name();
        if let Some((root, depth)) = &mut self.open_foreign_root {
            *depth += usize::from(root == name);
            return TokenAction::Remove;
        }
        if !is_element(name) {
            return TokenAction::ShowAsText;
        }
        let is_allowed_input =
            name != "input" || tag.attribute("type").is_some_and(|value| value == "checkbox");
        if is_allowed(name) && is_allowed_input {
            return TokenAction::Keep;
        }
        let is_closed = self.last_end.get(name).is_some_and(|end| *end > index);
        if !is_closed && tag.attributes().next().is_none() {
            return TokenAction::ShowAsText;
        }
        if is_closed && matches!(name, "svg" | "math") {
            self.open_foreign_root = Some((name.to_owned(), 1));
        }
        facts.removed.push((RemovedPart::Element(name.to_owned()), token.range.clone()));
        TokenAction::Remove
    }

    fn decide_closing_tag(&mut self, index: usize, name: &str) -> TokenAction {
        if let Some((root, depth)) = &mut self.open_foreign_root {
            *depth -= usize::from(root == name);
            // The last closing tag of the name ends the root, even if more roots were opened.
            if *depth == 0 || self.last_end.get(root) == Some(&index) {
                self.open_foreign_root = None;
            }
            return TokenAction::Remove;
        }
        if is_allowed(name) {
            return TokenAction::Keep;
        }
        let is_opened = self.first_start.get(name).is_some_and(|start| *start < index);
        if is_element(name) && is_opened { TokenAction::Remove } else { TokenAction::ShowAsText }
    }
}

fn has_empty_line(source: &str) -> bool {
    source.lines().any(|line| line.trim().is_empty())
}

/// Returns the index of the closing tag of an element in the same paragraph, table cell or HTML block.
fn find_closing_tag(tokens: &[RawToken], index: usize, name: &str) -> Option<usize> {
    let group = tokens[index].group;
    let following = tokens.iter().enumerate().skip(index + 1).take_while(|(_, mark)| mark.group == group);
    following
        .into_iter()
        .find(|(_, mark)| matches!(&mark.kind, TokenKind::End(end) if end == name))
        .map(|(at, _)| at)
}
