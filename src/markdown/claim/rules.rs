//! Checks a claim as a whole after its facts are read: required keys, keys and verdicts that fit its kind, and
//! dates in a possible order.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{ClaimForm, Kind, VerdictWord};

use crate::markdown::WORDING;
use crate::markdown::claim::keys::{self, ClaimKey, KEYS, Kinds};
use crate::markdown::claim::raw::RawClaim;
use crate::markdown::claim::reader::FactReader;
use crate::markdown::form::Form;
use crate::name;
use crate::source::Span;

/// Returns the words of verdicts on claims of a kind, for a help text.
pub(in crate::markdown) fn verdict_words_for(kind: Kind) -> String {
    let fits = |known: &&VerdictWord| known.is_for_forecasts() == (kind == Kind::Forecast);
    let words: Vec<String> =
        VerdictWord::ALL.iter().filter(fits).map(|known| format!("`{}`", known.word())).collect();
    words.join(", ")
}

impl FactReader<'_> {
    /// Reports required keys that are absent.
    pub(in crate::markdown) fn check_required_keys(&mut self, has_statement: bool) {
        let id = &self.claim.id;
        let colons = if self.claim.form == ClaimForm::Callout { "::" } else { ":" };
        if !has_statement {
            let help = match self.claim.form {
                ClaimForm::Callout => {
                    "write it in one sentence, in bold, under the first line: `**It happened.**`"
                }
                _ => "write it in one sentence as `statement`",
            };
            self.problems.push(
                Diagnostic::new(&rules::MALFORMED_CLAIMS, id.span, "this claim has no statement").help(help),
            );
        }
        for ClaimKey { name: key, form, .. } in KEYS.iter().filter(|key| key.is_required) {
            if !self.given_keys.contains_key(key) && !self.misplaced_keys.contains(key) {
                let message = format!("claim `{}` has no `{key}`", id.value);
                let help = match form() {
                    Form::Word(_) => format!("add `{key}{colons} {}`", Kinds::All.kind_names()),
                    _ => format!("add `{key}{colons}` and the name of who asserts it"),
                };
                self.problems.push(Diagnostic::new(&rules::MISSING_KEYS, id.span, message).help(help));
            }
        }
    }

    /// Reports a statement or quotation without visible characters.
    pub(in crate::markdown) fn check_blank_texts(&mut self, raw: &RawClaim) {
        if let Some(statement) = raw.statement.as_ref().filter(|statement| name::is_blank(&statement.value)) {
            self.problems.push(
                Diagnostic::new(
                    &rules::MALFORMED_CLAIMS,
                    statement.span,
                    "the statement of this claim is blank",
                )
                .help("say in one sentence what is claimed"),
            );
        }
        let is_blank = |paragraphs: &[String]| paragraphs.iter().all(|paragraph| name::is_blank(paragraph));
        if let Some(quote) = raw.quote.as_ref().filter(|quote| is_blank(quote.paragraphs.read(WORDING))) {
            self.problems.push(
                Diagnostic::new(&rules::MALFORMED_CLAIMS, quote.span, "the quotation of this claim is blank")
                    .help("quote the words of the source, or delete it"),
            );
        }
    }

    /// Reports keys and verdicts that do not fit the kind of the claim. If the kind is unknown, that is already
    /// reported, and nothing is reported here.
    pub(in crate::markdown) fn check_kind(&mut self) {
        let Some(kind) = self.kind else { return };
        self.claim.kind = kind;
        let is_forecast = kind == Kind::Forecast;
        for kinds in [Kinds::Measurements, Kinds::Forecasts, Kinds::MeasurementsAndForecasts] {
            if !kinds.contains(kind) {
                self.report_keys_of_other_kinds(kinds, kind);
            }
        }
        // If keys of the other kind are given as well, `kind` itself is probably wrong, and the keys have been
        // reported.
        let others = if is_forecast { Kinds::Measurements } else { Kinds::Forecasts };
        if KEYS.iter().any(|key| key.kinds == others && self.given_keys.contains_key(key.name)) {
            return;
        }
        for verdict in &self.claim.verdicts {
            let word = verdict.word.value;
            if word.is_for_forecasts() != is_forecast {
                let message = format!("a claim of kind `{}` cannot be `{}`", kind.word(), word.word());
                self.problems.push(
                    Diagnostic::new(&rules::MISFITTING_VERDICTS, verdict.word.span, message)
                        .help(format!("use one of {}", verdict_words_for(kind))),
                );
            }
        }
    }

    /// Reports all given keys that belong to claims of `kinds`, in one diagnostic.
    fn report_keys_of_other_kinds(&mut self, kinds: Kinds, kind: Kind) {
        let mut found: Vec<(&str, Span)> = self
            .given_keys
            .iter()
            .filter(|(name, _)| keys::find(name).is_some_and(|key| key.kinds == kinds))
            .map(|(&key, &span)| (key, span))
            .collect();
        found.sort_by_key(|(_, span)| span.start);
        let Some((&(key, span), others)) = found.split_first() else { return };
        let colons = if self.claim.form == ClaimForm::Callout { "::" } else { ":" };
        let (verb, them) = if others.is_empty() { ("does", "it") } else { ("do", "them") };
        let names: Vec<String> = std::iter::once(key)
            .chain(others.iter().map(|(key, _)| *key))
            .map(|key| format!("`{key}`"))
            .collect();
        let message = format!("{} {verb} not belong to a claim of kind `{}`", names.join(", "), kind.word());
        let problem = Diagnostic::new(&rules::MISFITTING_KEYS, span, message)
            .help(format!("delete {them}, or write `kind{colons} {}`", kinds.kind_names()));
        let problem = others.iter().fold(problem, |problem, (_, span)| problem.secondary(*span, "and this"));
        self.problems.push(problem);
    }

    pub(in crate::markdown) fn check_dates(&mut self) {
        let Some(said) = &self.claim.said else { return };
        let first = said.value.first_day();
        let verdicts =
            self.claim.verdicts.iter().map(|verdict| (&verdict.date, "this verdict is older than the claim"));
        let deadline =
            self.claim.resolves.iter().map(|date| (date, "this deadline is older than the forecast"));
        let seen = self.claim.seen.iter().map(|seen| (&seen.date, "this reading is older than the claim"));
        for (date, message) in verdicts.chain(deadline).chain(seen) {
            if date.value.last_day() < first {
                self.problems.push(
                    Diagnostic::new(&rules::IMPOSSIBLE_DATES, date.span, message)
                        .secondary(said.span, format!("said on {}", said.value))
                        .help("correct the date that is wrong"),
                );
            }
        }
    }
}
