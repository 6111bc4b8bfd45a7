//! Reads the facts of a claim that a person signs with a date and a name: `verdict` judges the claim, and `seen`
//! records who read its quotation in the source. [`crate::quote`] compares the quotation with the source.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{ClaimForm, LinkedText, Seen, Verdict, VerdictWord};
use crate::name;
use crate::source::Spanned;

use crate::markdown::claim::reader::{FactReader, WordList};
use crate::markdown::ids::bad_name;

const VERDICTS: WordList<VerdictWord> =
    WordList { all: VerdictWord::ALL, parse: VerdictWord::parse, word: VerdictWord::word };

impl FactReader<'_> {
    pub(in crate::markdown) fn verdict(&mut self, value: &LinkedText) {
        const FORM: &str = "write `2026-11-20 supported by J. Doe — reason with [a link](https://…)`";
        let (head, reason) = value.split_reason();
        let plain = head.plain();
        let mut parts = plain.splitn(3, char::is_whitespace);
        let (date, word) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let rest = parts.next().unwrap_or_default().trim();
        let by = rest.strip_prefix("by ").map(str::trim);
        if by.is_some() && self.has_other_dash(&head) {
            return;
        }
        let is_unsigned = by.is_some_and(name::is_blank);
        if word.is_empty() || is_unsigned || (by.is_none() && !rest.is_empty()) {
            self.bad(value.span, "a verdict is a date, a word and `by` a name".to_owned(), FORM);
            return;
        }
        if let Some((_, words, span)) = head.links().next() {
            let help = if by.is_some_and(|by| by == words.trim()) {
                format!("write `{words}` without the link")
            } else {
                "write ` — ` between the name and the reason".to_owned()
            };
            self.bad(span, "a link stands before the reason of this verdict".to_owned(), &help);
            return;
        }
        let by = by.map(|by| Spanned::new(by.to_owned(), self.locate(value.span, by)));
        if let Some(problem) = by.as_ref().and_then(|by| bad_name("by", by)) {
            self.problems.push(problem);
            return;
        }
        let date = Spanned::new(date.to_owned(), self.locate(value.span, date));
        let word = Spanned::new(word.to_owned(), self.locate(value.span, word));
        let day = self.date("verdict", &date);
        let meaning = self.word("verdict", &word, &VERDICTS);
        if let (Some(date), Some(meaning)) = (day, meaning) {
            self.claim.verdicts.push(Verdict {
                date,
                word: Spanned::new(meaning, word.span),
                by,
                reason,
                span: value.span,
            });
        }
    }

    pub(in crate::markdown) fn seen(&mut self, text: &Spanned<String>) {
        let mut words = text.value.splitn(3, char::is_whitespace);
        let (date, by) = (words.next().unwrap_or_default(), words.next());
        let name = words.next().unwrap_or_default().trim();
        let has_reason = [" — ", " – ", " - "].iter().any(|dash| name.contains(dash));
        if by != Some("by") || name.is_empty() || has_reason {
            let message = "`seen` takes a date and `by` a name, and nothing else".to_owned();
            self.bad(text.span, message, "write `2026-11-29 by J. Doe`");
            return;
        }
        let name = Spanned::new(name.to_owned(), self.locate(text.span, name));
        if let Some(problem) = bad_name("by", &name) {
            self.problems.push(problem);
            return;
        }
        let date = Spanned::new(date.to_owned(), self.locate(text.span, date));
        if let Some(date) = self.date("seen", &date) {
            self.claim.seen = Some(Box::new(Seen { date, by: name, span: text.span }));
        }
    }

    /// Reports `seen` in a claim without a quotation.
    pub(in crate::markdown) fn seen_without_quotation(&mut self) {
        let Some(&key) = self.given.get("seen").filter(|_| self.claim.quote.is_none()) else { return };
        let help = match self.claim.form {
            ClaimForm::Callout => "quote the words that were read as a nested quotation, or delete the line",
            _ => "quote the words that were read as `quote`, or delete the line",
        };
        self.problems.push(
            Diagnostic::new(
                &rules::MISFITTING_KEYS,
                key,
                "`seen` belongs to a quotation, and this claim has none",
            )
            .help(help),
        );
    }
}
