//! Numbers the footnotes of a text, and writes the HTML around them.

use std::collections::HashMap;

use crate::html::escape;

/// The footnotes of a text, numbered in the order in which the text refers to them.
#[derive(Default)]
pub(in crate::markdown) struct Footnotes {
    /// The number of each footnote by its name, and whether the text refers to it.
    numbers: HashMap<String, (usize, bool)>,
    /// Numbers of the footnotes to which the current block is the first to refer.
    new: Vec<usize>,
}

impl Footnotes {
    /// Returns a reference as HTML. The first reference to a footnote has an id, to which the footnote links back.
    pub(in crate::markdown) fn refer(&mut self, label: &str) -> String {
        let name = name(label);
        let next = self.numbers.len() + 1;
        let known = self.numbers.get(&name).map(|(number, _)| *number);
        let number = known.unwrap_or(next);
        let escaped = escape(&name);
        let id = if known.is_none() { format!(" id=\"fnref:{escaped}\"") } else { String::new() };
        if known.is_none() {
            self.numbers.insert(name, (number, true));
            self.new.push(number);
        }
        format!("<sup class=\"footnote-reference\"{id}><a href=\"#fn:{escaped}\">{number}</a></sup>")
    }

    /// Returns the numbers of the footnotes to which the text refers since the last call.
    pub(in crate::markdown) fn take_new(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.new)
    }

    /// Returns the number of a footnote, if the text refers to it.
    pub(in crate::markdown) fn number(&self, label: &str) -> Option<usize> {
        self.numbers.get(&name(label)).filter(|(_, is_used)| *is_used).map(|(number, _)| *number)
    }

    /// Returns the HTML before the text of a footnote. A footnote to which the text does not refer gets the next number.
    pub(in crate::markdown) fn opening(&mut self, label: &str) -> String {
        let name = name(label);
        let next = (self.numbers.len() + 1, false);
        let (number, _) = *self.numbers.entry(name.clone()).or_insert(next);
        let name = escape(&name);
        format!(
            "<div class=\"footnote-definition\" id=\"fn:{name}\"><sup class=\"footnote-definition-label\">{number}</sup>\n"
        )
    }

    /// Returns a link from a footnote back to the text; empty if the text does not refer to the footnote.
    pub(in crate::markdown) fn back(&self, label: &str) -> String {
        if self.number(label).is_none() {
            return String::new();
        }
        let name = escape(&name(label));
        format!(" <a class=\"back\" href=\"#fnref:{name}\" title=\"Back to the text\">↩</a>")
    }
}

/// Returns the name of a footnote as part of ids, which begin with `fn:` and `fnref:`. They cannot be equal to ids of
/// headings, because they contain a colon. Labels are compared without case, so the name is in lower case.
fn name(label: &str) -> String {
    label.to_lowercase()
}
