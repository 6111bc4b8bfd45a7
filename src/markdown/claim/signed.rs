//! Reads the facts of a claim that a person signs with a date and a name: `verdict` judges the claim, and `seen`
//! records who read its quotation in the source. [`crate::quote`] compares the quotation with the source.

use crate::date::MONTHS;
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, rules};
use crate::document::{ClaimForm, Inline, Kind, LinkedText, Seen, Verdict, VerdictWord, Wording};
use crate::name;
use crate::source::{Span, Spanned};

use crate::markdown::claim::reader::{FactReader, WordList};
use crate::markdown::claim::rules::verdict_words_for;
use crate::markdown::ids::bad_name_problem;

const VERDICTS: WordList<VerdictWord> =
    WordList { all: VerdictWord::ALL, parse: VerdictWord::parse, word: VerdictWord::word };

impl FactReader<'_> {
    pub(in crate::markdown) fn read_verdict(&mut self, value: &LinkedText) {
        const FORM: &str = "write `2026-11-20 supported by J. Doe — reason with [a link](https://…)`";
        let (head, reason) = value.split_reason();
        let plain = head.plain();
        let mut parts = plain.splitn(3, char::is_whitespace);
        let (date, word) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let rest = parts.next().unwrap_or_default().trim();
        let by = rest.strip_prefix("by ").map(str::trim);
        if by.is_some() && self.report_wrong_dash(&head) {
            return;
        }
        let is_unsigned = by.is_some_and(name::is_blank);
        if by.is_none() && PartialDate::parse(date).is_some() && self.report_several_words(value, word, rest)
        {
            return;
        }
        if word.is_empty() || is_unsigned || (by.is_none() && !rest.is_empty()) {
            self.report_bad_value(value.span, "a verdict is a date, a word and `by` a name".to_owned(), FORM);
            return;
        }
        if let Some((_, words, span)) = head.links().next() {
            let help = if by.is_some_and(|by| by == words.trim()) {
                format!("write `{words}` without the link")
            } else {
                "write ` — ` between the name and the reason".to_owned()
            };
            self.report_bad_value(span, "a link comes before the reason of this verdict".to_owned(), &help);
            return;
        }
        if let Some(name) = reason.as_ref().filter(|_| by.is_none()).and_then(reviewer_in_reason) {
            let span = self.find_span(value.span, &format!("by {name}"));
            let help = format!("write `{date} {word} by {name} — `, then the reason");
            self.report_bad_value(span, "the name of the reviewer is after the dash".to_owned(), &help);
            return;
        }
        let by = by.map(|by| Spanned::new(by.to_owned(), self.find_span(value.span, by)));
        if let Some(problem) = by.as_ref().and_then(|by| bad_name_problem("by", by)) {
            self.problems.push(problem);
            return;
        }
        let date = Spanned::new(date.to_owned(), self.find_span(value.span, date));
        let word = Spanned::new(word.to_owned(), self.find_span(value.span, word));
        let day = self.parse_date("verdict", &date);
        let verdict_word = if is_negated_verdict_word(&word.value) {
            self.report_unknown_verdict_word(&word.value, word.span);
            None
        } else {
            self.parse_word("verdict", &word, &VERDICTS)
        };
        if let (Some(date), Some(meaning)) = (day, verdict_word) {
            self.claim.verdicts.push(Verdict {
                date,
                word: Spanned::new(meaning, word.span),
                by,
                reason: reason.map(Wording::new),
                span: value.span,
            });
        }
    }

    /// Reports several words in place of the one word of a verdict, such as `not supported` and `came true`. Returns
    /// whether there are several.
    fn report_several_words(&mut self, value: &LinkedText, word: &str, rest: &str) -> bool {
        let more = match rest.split_once("by ") {
            Some((more, _)) if more.is_empty() || more.ends_with(char::is_whitespace) => more.trim(),
            _ if VerdictWord::parse(word).is_some() => "",
            _ => rest,
        };
        if more.is_empty() {
            return false;
        }
        let phrase = format!("{word} {more}");
        self.report_unknown_verdict_word(&phrase, self.find_span(value.span, &phrase));
        true
    }

    /// Reports words that are not a word of a verdict. The nearest word is not offered, because it may say the opposite:
    /// `supported` is near to `not supported`.
    fn report_unknown_verdict_word(&mut self, words: &str, span: Span) {
        let joined = words.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        let fits = |known: &VerdictWord| {
            self.kind.is_none_or(|kind| known.is_for_forecasts() == (kind == Kind::Forecast))
        };
        let help = match (VerdictWord::parse(&joined).filter(fits), self.kind) {
            (Some(_), _) => format!("write `{joined}`"),
            (None, Some(kind)) => format!("use one of {}", verdict_words_for(kind)),
            (None, None) => format!(
                "use one of {}; for forecasts, one of {}",
                verdict_words_for(Kind::Statement),
                verdict_words_for(Kind::Forecast)
            ),
        };
        let message = format!("`{words}` is not a word of a verdict");
        self.problems.push(Diagnostic::new(&rules::UNKNOWN_WORDS, span, message).help(help));
    }

    pub(in crate::markdown) fn read_seen(&mut self, text: &Spanned<String>) {
        let mut words = text.value.splitn(3, char::is_whitespace);
        let (date, by) = (words.next().unwrap_or_default(), words.next());
        let name = words.next().unwrap_or_default().trim();
        let has_reason = [" — ", " – ", " - "].iter().any(|dash| name.contains(dash));
        if by != Some("by") || name.is_empty() || has_reason {
            let message = "`seen` takes a date and `by` a name, and nothing else".to_owned();
            self.report_bad_value(text.span, message, "write `2026-11-29 by J. Doe`");
            return;
        }
        let name = Spanned::new(name.to_owned(), self.find_span(text.span, name));
        if let Some(problem) = bad_name_problem("by", &name) {
            self.problems.push(problem);
            return;
        }
        let date = Spanned::new(date.to_owned(), self.find_span(text.span, date));
        if let Some(date) = self.parse_date("seen", &date) {
            self.claim.seen = Some(Box::new(Seen { date, by: name, span: text.span }));
        }
    }

    /// Reports `seen` in a claim without a quotation.
    pub(in crate::markdown) fn check_seen_has_quotation(&mut self) {
        let Some(&key) = self.given_keys.get("seen").filter(|_| self.claim.quote.is_none()) else { return };
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

/// Whether a word is the opposite of a word of a verdict, such as `unsupported` and `verifiable`.
fn is_negated_verdict_word(word: &str) -> bool {
    const NEGATIONS: [&str; 3] = ["un", "not-", "non-"];
    let is_negation_of = |one: &str, other: &str| {
        NEGATIONS.iter().any(|negation| one.strip_prefix(negation).is_some_and(|rest| rest == other))
    };
    let known: Vec<&str> = VerdictWord::ALL.iter().map(|known| known.word()).collect();
    !known.contains(&word)
        && known.iter().any(|known| is_negation_of(word, known) || is_negation_of(known, word))
}

/// Returns the name at the beginning of a reason such as `by J. Doe [the log](https://…)`. The words up to a link, a
/// comma or the like must all look like those of a name: `by Example Lab's count it rose` and `by May` begin a reason.
fn reviewer_in_reason(reason: &LinkedText) -> Option<&str> {
    const NAME_PARTICLES: [&str; 13] =
        ["the", "of", "and", "for", "de", "da", "di", "du", "la", "van", "von", "der", "editors"];
    const WEEKDAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let Some(Inline::Text(text)) = reason.pieces.first() else { return None };
    let after_by = text.strip_prefix("by ")?;
    let name = after_by.split([',', ':', ';', '—', '–', '(']).next()?.trim();
    let is_name_part = |word: &str| word.starts_with(char::is_uppercase) || NAME_PARTICLES.contains(&word);
    let is_name = name.starts_with(char::is_uppercase)
        && name.split_whitespace().all(is_name_part)
        && !name.split_whitespace().any(|word| WEEKDAYS.contains(&word) || MONTHS.contains(&word));
    is_name.then_some(name)
}
