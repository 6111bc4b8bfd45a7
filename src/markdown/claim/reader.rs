//! The state of reading the facts of one claim, and what the readers of all keys share.

use std::collections::BTreeMap;

use crate::data::{bad_date, unknown_word};
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Claim, Inline, Kind, LinkedText};
use crate::source::{SourceFile, Span, Spanned};

use crate::markdown::values::ValueError;
use crate::markdown::values::suggestion;

/// Dashes that authors write in place of ` — `.
const DASHES: [&str; 4] = [" -- ", " --- ", " - ", " – "];

/// A list of words, with functions that convert them from and to text.
pub(in crate::markdown) struct WordList<T: 'static> {
    pub(in crate::markdown) all: &'static [T],
    pub(in crate::markdown) parse: fn(&str) -> Option<T>,
    pub(in crate::markdown) word: fn(T) -> &'static str,
}

/// Reads the facts of one claim.
pub(in crate::markdown) struct FactReader<'a> {
    pub(in crate::markdown) source: &'a SourceFile,
    pub(in crate::markdown) problems: &'a mut Vec<Diagnostic>,
    /// Place where each key is first given.
    pub(in crate::markdown) given_keys: BTreeMap<&'static str, Span>,
    /// Keys that the author wrote misspelt or outside of the claim. They are not reported as missing.
    pub(in crate::markdown) misplaced_keys: Vec<&'static str>,
    pub(in crate::markdown) kind: Option<Kind>,
    /// The value of `expects` as written. Whether four digits are a year or a number depends on the key `metric`,
    /// which may follow later.
    pub(in crate::markdown) expects: Option<Spanned<String>>,
    pub(in crate::markdown) claim: Claim,
}

impl FactReader<'_> {
    pub(in crate::markdown) fn parse_date(
        &mut self,
        key: &str,
        text: &Spanned<String>,
    ) -> Option<Spanned<PartialDate>> {
        let date = PartialDate::parse(&text.value);
        if date.is_none() {
            self.problems.push(bad_date(&rules::BAD_VALUES, key, text));
        }
        date.map(|date| Spanned::new(date, text.span))
    }

    pub(in crate::markdown) fn parse_word<T: Copy>(
        &mut self,
        key: &str,
        text: &Spanned<String>,
        words: &WordList<T>,
    ) -> Option<T> {
        let parsed = (words.parse)(&text.value);
        if parsed.is_none() {
            let known: Vec<&str> = words.all.iter().map(|&known| (words.word)(known)).collect();
            self.problems.push(unknown_word(key, &text.value, text.span, &known));
        }
        parsed
    }

    pub(in crate::markdown) fn parse_value<T>(
        &mut self,
        key: &str,
        text: &Spanned<String>,
        parse: fn(&str) -> Result<T, ValueError>,
        form: &str,
    ) -> Option<Spanned<T>> {
        let error = match parse(&text.value) {
            Ok(value) => return Some(Spanned::new(value, text.span)),
            Err(fault) => fault,
        };
        let meant = suggestion::suggestions(&text.value).find(|meant| parse(meant).is_ok());
        let (message, form) = match error {
            ValueError::Syntax => (format!("`{}` is not a valid `{key}`", text.value), form),
            ValueError::SecondNumber => (
                format!("`{}` has a second number in its unit", text.value),
                "write one number in one unit, such as `4.25 days`; an interval is `[low, high]` after the value",
            ),
            ValueError::ReversedInterval => (
                format!("the interval of `{}` ends before it begins", text.value),
                "write the lower end first: `[low, high]`",
            ),
            ValueError::OutsideInterval => (
                format!("`{}` is outside its own interval", text.value),
                "correct the value or the ends: after a value, `[low, high]` is the interval that it lies in",
            ),
        };
        let help = meant.map_or_else(|| form.to_owned(), |meant| format!("write `{meant}`"));
        self.report_bad_value(text.span, message, &help);
        None
    }

    /// Whether `head` contains only its links and the text `expected`. Any other text would be lost, so it is
    /// reported.
    pub(in crate::markdown) fn has_only_links_and(&mut self, head: &LinkedText, expected: &str) -> bool {
        let rest = head.beside_links();
        let is_as_expected = rest == expected;
        if !is_as_expected && self.report_wrong_dash(head) {
            return false;
        }
        if !is_as_expected {
            let rest = rest.strip_prefix(expected).unwrap_or(&rest).trim();
            let message = format!("`{rest}` is next to the link and belongs to nothing");
            self.report_bad_value(
                head.span,
                message,
                "put ` — ` (a dash with spaces) before the reason, or delete it",
            );
        }
        is_as_expected
    }

    pub(in crate::markdown) fn report_bad_value(&mut self, span: Span, message: String, help: &str) {
        self.problems.push(Diagnostic::new(&rules::BAD_VALUES, span, message).help(help));
    }

    /// Reports a dash before a reason that is not ` — `. Returns whether there is one.
    pub(in crate::markdown) fn report_wrong_dash(&mut self, head: &LinkedText) -> bool {
        let texts = head.pieces.iter().filter_map(|piece| match piece {
            Inline::Text(text) => Some(text.as_str()),
            Inline::Link { .. } => None,
        });
        let mut dashes = texts.filter_map(|text| DASHES.iter().find(|dash| text.contains(**dash)));
        let Some(dash) = dashes.next() else { return false };
        let span = self.find_span(head.span, dash);
        self.report_bad_value(
            span,
            format!("`{dash}` does not begin a reason"),
            &format!("write ` — ` (a long dash) in place of `{dash}`"),
        );
        true
    }

    pub(in crate::markdown) fn find_span(&self, span: Span, word: &str) -> Span {
        match self.source.slice(span).find(word) {
            Some(at) => {
                let start = span.start as usize + at;
                Span::new(span.file, start..start + word.len())
            }
            None => span,
        }
    }
}

/// Returns the items of a comma-separated list. Each item has the span of the whole list.
pub(in crate::markdown) fn split_list(text: &Spanned<String>) -> impl Iterator<Item = Spanned<String>> {
    text.value
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| Spanned::new(item.to_owned(), text.span))
}
