//! Reads the facts of a claim: the parts of a claim in, a [`Claim`] and its problems out. All three forms of a
//! claim (callout, file, front matter) are read here, so that they have one type and report the same problems.

use std::collections::BTreeMap;

use crate::data::{duplicate_key, similar_key, unknown_key};
use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Claim, ClaimForm, Inline, LinkedText, Wording};
use crate::name;
use crate::source::{SourceFile, Spanned};

use crate::markdown::WORDING;
use crate::markdown::checks::unread;
use crate::markdown::claim::keys::{self, AllowedContent, ClaimKey, NAMES};
use crate::markdown::claim::raw::{RawClaim, RawFact, STATEMENT};
use crate::markdown::claim::reader::FactReader;
use crate::markdown::ids::{bad_name_problem, check_id};
use crate::markdown::values::{self};

/// Most characters of an id that a help text suggests.
const MAX_EXAMPLE_LENGTH: usize = 40;

/// Reads the facts of a claim. `source` is the file that contains the claim.
pub(in crate::markdown) fn read_claim(
    raw: &RawClaim,
    source: &SourceFile,
    problems: &mut Vec<Diagnostic>,
) -> Claim {
    let before = problems.len();
    let mut reader = FactReader {
        source,
        problems,
        given_keys: BTreeMap::new(),
        misplaced_keys: raw.misplaced_keys.clone(),
        kind: None,
        expects: None,
        claim: empty_claim(raw),
    };
    if raw.is_unreadable {
        return Claim { is_broken: true, ..reader.claim };
    }
    reader.check_id(&raw.id);
    for fact in &raw.facts {
        reader.read_fact(fact);
    }
    reader.read_expectation();
    reader.check_required_keys(raw.statement.is_some() || raw.misplaced_keys.contains(&STATEMENT));
    reader.check_blank_texts(raw);
    reader.check_kind();
    reader.check_seen_has_quotation();
    reader.check_dates();
    let mut claim = reader.claim;
    claim.verdicts.sort_by_key(|verdict| verdict.date.value.first_day());
    let is_incomplete = raw.has_reported_errors || !raw.misplaced_keys.is_empty();
    let has_invalid_id = !name::is_id(&claim.id.value) || name::is_reserved_on_windows(&claim.id.value);
    claim.is_broken = problems.len() > before || is_incomplete || has_invalid_id;
    claim.shrink(WORDING);
    claim
}

fn empty_claim(raw: &RawClaim) -> Claim {
    let empty = Claim::new(raw.id.clone(), raw.form, raw.span);
    Claim {
        statement: match &raw.statement {
            Some(statement) => Spanned::new(Wording::new(statement.value.clone()), statement.span),
            None => empty.statement.clone(),
        },
        quote: raw.quote.clone(),
        ..empty
    }
}

impl FactReader<'_> {
    fn check_id(&mut self, id: &Spanned<String>) {
        if id.value.is_empty() {
            let example = suggested_id(self.claim.statement.value.read(WORDING));
            self.problems.push(
                Diagnostic::new(&rules::MALFORMED_CLAIMS, id.span, "this claim has no id").help(
                    match self.claim.form {
                        ClaimForm::Callout => {
                            format!("write one after `[!claim]`, such as `[!claim] {example}`")
                        }
                        _ => format!("add `id`, such as `id: {example}`"),
                    },
                ),
            );
        } else if self.claim.form != ClaimForm::File {
            // The id of a file is its name, which was checked already.
            check_id(id, self.problems);
        }
    }

    fn read_fact(&mut self, fact: &RawFact) {
        let Some(key) = keys::find(&fact.key.value) else {
            self.problems.push(unknown_key(&fact.key.value, fact.key.span, "a claim", &NAMES));
            // A misspelt key must not be reported as missing as well.
            self.misplaced_keys.extend(similar_key(&fact.key.value, &NAMES));
            return;
        };
        if let Some(&first) = self.given_keys.get(key.name) {
            if !key.is_repeated {
                self.problems.push(duplicate_key(key.name, fact.key.span, first));
                return;
            }
        } else {
            self.given_keys.insert(key.name, fact.key.span);
        }
        if fact.value.is_empty() {
            let has_span = fact.value.span.start < fact.value.span.end;
            let span = if has_span { fact.value.span } else { fact.key.span };
            self.report_bad_value(
                span,
                format!("`{}` has no value", key.name),
                "write one, or delete the line",
            );
            return;
        }
        if self.report_unparsed_link(&fact.value) || self.report_reason_after_name(key, &fact.value) {
            return;
        }
        if !self.report_link_in_plain_text(key, &fact.value) && !self.report_bad_name(key, &fact.value) {
            (key.read)(self, key.name, &fact.value);
        }
    }

    /// Reports a link that Markdown does not read as a link, such as one with a space in its address. Returns
    /// whether there is one.
    fn report_unparsed_link(&mut self, value: &LinkedText) -> bool {
        let mut texts = value.pieces.iter().filter_map(|piece| match piece {
            Inline::Text(text) => unread::find_in_value(text),
            Inline::Link { .. } => None,
        });
        let Some((kind, written)) = texts.next() else { return false };
        let (message, help) = kind.message_and_help();
        self.report_bad_value(self.find_span(value.span, written), message, &help);
        true
    }

    /// Reports a reason that would become a part of a name. Returns whether there is one.
    fn report_reason_after_name(&mut self, key: &ClaimKey, value: &LinkedText) -> bool {
        let (head, reason) = value.split_reason();
        if reason.is_none() || !matches!(key.content, AllowedContent::Name | AllowedContent::WithoutReason) {
            return false;
        }
        let dash = self.find_span(value.span, "—");
        self.report_bad_value(
            dash,
            format!("`{}` takes no reason", key.name),
            &format!("write `{}` alone", head.plain()),
        );
        true
    }

    /// Reports a link in a value that is plain text. Returns whether there is one.
    fn report_link_in_plain_text(&mut self, key: &ClaimKey, value: &LinkedText) -> bool {
        let link = value.links().next().filter(|_| key.content != AllowedContent::Links);
        let Some((_, words, span)) = link else { return false };
        let help = format!("write `{words}` without the link");
        self.report_bad_value(span, format!("`{}` takes plain text, not a link", key.name), &help);
        true
    }

    /// Reports a text that cannot be a name. Returns whether it is reported.
    fn report_bad_name(&mut self, key: &ClaimKey, value: &LinkedText) -> bool {
        let text = Spanned::new(value.plain(), value.span);
        let problem =
            (key.content == AllowedContent::Name).then(|| bad_name_problem(key.name, &text)).flatten();
        let is_bad = problem.is_some();
        self.problems.extend(problem);
        is_bad
    }

    fn read_expectation(&mut self) {
        let Some(text) = self.expects.take() else { return };
        let parse = if self.claim.metric.is_some() {
            values::parse_metric_expectation
        } else {
            values::parse_expectation
        };
        self.claim.expects =
            self.parse_value("expects", &text, parse, values::EXPECTATION_HELP).map(Box::new);
    }
}

/// Returns the id that a help text suggests: the first words of the statement, or an example.
fn suggested_id(statement: &str) -> String {
    let id = name::id_of(statement);
    let end = id.match_indices('-').map(|(at, _)| at).take_while(|at| *at <= MAX_EXAMPLE_LENGTH).last();
    let short =
        if id.len() > MAX_EXAMPLE_LENGTH { end.and_then(|end| id.get(..end)) } else { Some(id.as_str()) };
    short.filter(|short| name::is_id(short)).unwrap_or("training-speedup-52x").to_owned()
}
