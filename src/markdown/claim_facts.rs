//! Reads the facts of a claim: the parts of a claim in, a [`Claim`] and its problems out. All three forms of a
//! claim (callout, file, front matter) are read here, so that they have one type and report the same problems.

use std::collections::BTreeMap;

use crate::data::{bad_date, duplicate_key, meant_key, unknown_key, unknown_word};
use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, rules};
use crate::document::{
    Claim, ClaimForm, Evidence, Inline, Kind, LinkedText, RelationKind, SourceFacts, SourceReference, Stance,
    Target,
};
use crate::name;
use crate::source::{SourceFile, Span, Spanned};
use crate::web_address::is_web_address;

use super::callout::{RawClaim, RawFact};
use super::destination::target_of;
use super::ids::{bad_name, check_id, nameless};
use super::near_values;
use super::stray;
use super::unread;
use super::values::{self, Fault};

/// All keys of claims, in the order in which messages and documentation list them.
pub(super) const KEYS: &[&str] = &[
    "kind",
    "by",
    "via",
    "said",
    "as-of",
    "source",
    "seen",
    "tags",
    "metric",
    "subject",
    "value",
    "method",
    "probability",
    "resolves",
    "question",
    "criteria",
    "if",
    "expects",
    "supports",
    "contradicts",
    "refines",
    "supersedes",
    "depends-on",
    "same-as",
    "cites",
    "answers",
    "evidence",
    "verdict",
    "aliases",
    "allow",
    "proposed",
];
pub(super) const REPEATED: &[&str] = &["by", "tags", "evidence", "verdict", "aliases", "allow"];
/// Keys whose values may contain links.
const WITH_LINKS: &[&str] = &["source", "criteria", "if", "evidence", "verdict", "allow"];
/// Keys whose values are names of speakers or metrics, which have pages.
const OF_NAMES: &[&str] = &["by", "via", "metric"];

/// Keys whose values are names. A reason after such a value would become a part of the name.
const WITHOUT_REASON: &[&str] = &["by", "via", "metric", "tags"];

/// Most characters of an id that a help text suggests.
const MAX_EXAMPLE_LENGTH: usize = 40;

/// A list of words, with functions that convert them from and to text.
pub(super) struct WordList<T: 'static> {
    pub(super) all: &'static [T],
    pub(super) parse: fn(&str) -> Option<T>,
    pub(super) word: fn(T) -> &'static str,
}

const KINDS: WordList<Kind> = WordList { all: Kind::ALL, parse: Kind::parse, word: Kind::word };
/// The only word that `proposed` accepts. A claim that is not proposed leaves out the key.
const TRUE: WordList<bool> =
    WordList { all: &[true], parse: |word| (word == "true").then_some(true), word: |_| "true" };

/// Reads the facts of a claim. `source` is the file that contains the claim.
pub(super) fn read(raw: &RawClaim, source: &SourceFile, problems: &mut Vec<Diagnostic>) -> Claim {
    let before = problems.len();
    let mut reader = FactReader {
        source,
        problems,
        given: BTreeMap::new(),
        misspelt: raw.lost.clone(),
        kind: None,
        expects: None,
        claim: empty_claim(raw),
    };
    if raw.is_unread {
        return Claim { is_broken: true, ..reader.claim };
    }
    reader.id(&raw.id);
    for fact in &raw.facts {
        reader.fact(fact);
    }
    reader.expectation();
    reader.missing(raw.statement.is_some() || raw.lost.contains(&stray::STATEMENT));
    reader.blank(raw);
    reader.kinds();
    reader.seen_without_quotation();
    reader.dates();
    let mut claim = reader.claim;
    claim.verdicts.sort_by_key(|verdict| verdict.date.value.first_day());
    let is_lacking = raw.is_incomplete || !raw.lost.is_empty();
    let has_no_page = !name::is_id(&claim.id.value) || name::is_reserved(&claim.id.value);
    claim.is_broken = problems.len() > before || is_lacking || has_no_page;
    claim.shrink();
    claim
}

fn empty_claim(raw: &RawClaim) -> Claim {
    Claim {
        id: raw.id.clone(),
        form: raw.form,
        span: raw.span,
        is_broken: false,
        statement: raw.statement.clone().unwrap_or_else(|| Spanned::new(String::new(), raw.id.span)),
        quote: raw.quote.clone(),
        seen: None,
        kind: Kind::Statement,
        by: Vec::new(),
        via: None,
        said: None,
        as_of: None,
        source: None,
        tags: Vec::new(),
        metric: None,
        subject: None,
        value: None,
        method: None,
        probability: None,
        resolves: None,
        question: None,
        criteria: None,
        condition: None,
        expects: None,
        relations: Vec::new(),
        evidence: Vec::new(),
        verdicts: Vec::new(),
        aliases: Vec::new(),
        allow: Vec::new(),
        is_proposed: false,
    }
}

/// Reads the facts of one claim.
pub(super) struct FactReader<'a> {
    pub(super) source: &'a SourceFile,
    pub(super) problems: &'a mut Vec<Diagnostic>,
    /// Place where each key is first given.
    pub(super) given: BTreeMap<&'static str, Span>,
    /// Keys that the author wrote misspelt or outside of the claim. They are not reported as missing.
    pub(super) misspelt: Vec<&'static str>,
    pub(super) kind: Option<Kind>,
    /// The value of `expects` as written. Whether four digits are a year or a number depends on the key `metric`,
    /// which may follow later.
    expects: Option<Spanned<String>>,
    pub(super) claim: Claim,
}

impl FactReader<'_> {
    fn id(&mut self, id: &Spanned<String>) {
        if id.value.is_empty() {
            let example = id_of_statement(&self.claim.statement.value);
            self.problems.push(
                Diagnostic::new(&rules::MALFORMED_CLAIMS, id.span, "this claim has no id").help(
                    match self.claim.form {
                        ClaimForm::Callout => {
                            format!("write one behind `[!claim]`, such as `[!claim] {example}`")
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

    fn fact(&mut self, fact: &RawFact) {
        let Some(&key) = KEYS.iter().find(|known| **known == fact.key.value) else {
            self.problems.push(unknown_key(&fact.key.value, fact.key.span, "a claim", KEYS));
            // A misspelt key must not be reported as missing as well.
            self.misspelt.extend(meant_key(&fact.key.value, KEYS));
            return;
        };
        let relation = RelationKind::parse(key);
        if let Some(&first) = self.given.get(key) {
            if relation.is_none() && !REPEATED.contains(&key) {
                self.problems.push(duplicate_key(key, fact.key.span, first));
                return;
            }
        } else {
            self.given.insert(key, fact.key.span);
        }
        if fact.value.is_empty() {
            let is_there = fact.value.span.start < fact.value.span.end;
            let span = if is_there { fact.value.span } else { fact.key.span };
            self.bad(span, format!("`{key}` has no value"), "write one, or delete the line");
            return;
        }
        if self.has_unread_link(&fact.value) || self.has_reason_for_name(key, &fact.value) {
            return;
        }
        match relation {
            Some(kind) => self.relation(kind, &fact.value),
            None => self.plain_fact(key, &fact.value),
        }
    }

    /// Reports a link that Markdown does not read as a link, such as one with a space in its address. Returns
    /// whether there is one.
    fn has_unread_link(&mut self, value: &LinkedText) -> bool {
        let mut texts = value.pieces.iter().filter_map(|piece| match piece {
            Inline::Text(text) => unread::in_value(text),
            Inline::Link { .. } => None,
        });
        let Some((slip, written)) = texts.next() else { return false };
        let (message, help) = slip.words();
        self.bad(self.locate(value.span, written), message, &help);
        true
    }

    /// Reports a reason that would become a part of a name. Returns whether there is one.
    fn has_reason_for_name(&mut self, key: &str, value: &LinkedText) -> bool {
        let (head, reason) = value.split_reason();
        if reason.is_none() || !WITHOUT_REASON.contains(&key) {
            return false;
        }
        let dash = self.locate(value.span, "—");
        self.bad(dash, format!("`{key}` takes no reason"), &format!("write `{}` alone", head.plain()));
        true
    }

    fn plain_fact(&mut self, key: &'static str, value: &LinkedText) {
        let text = Spanned::new(value.plain(), value.span);
        if let Some((_, words, span)) = value.links().next().filter(|_| !WITH_LINKS.contains(&key)) {
            let help = format!("write `{words}` without the link");
            self.bad(span, format!("`{key}` takes plain text, not a link"), &help);
            return;
        }
        if let Some(problem) = OF_NAMES.contains(&key).then(|| bad_name(key, &text)).flatten() {
            self.problems.push(problem);
            return;
        }
        match key {
            "kind" => self.kind = self.word("kind", &text, &KINDS),
            "by" => self.claim.by.push(text),
            "via" => self.claim.via = Some(Box::new(text)),
            "said" => self.claim.said = self.date(key, &text),
            "as-of" => self.claim.as_of = self.date(key, &text),
            "resolves" => self.claim.resolves = self.date(key, &text),
            "source" => self.source(value),
            "seen" => self.seen(&text),
            "tags" => {
                let (good, bad): (Vec<_>, Vec<_>) =
                    split_list(&text).partition(|tag| !name::id_of(&tag.value).is_empty());
                self.problems.extend(bad.iter().map(nameless));
                self.claim.tags.extend(good);
            }
            "metric" => self.claim.metric = Some(text),
            "subject" => self.claim.subject = Some(Box::new(text)),
            "method" => self.claim.method = Some(Box::new(text)),
            "value" => {
                let value = self.value(key, &text, values::measured, values::VALUE_FORM);
                self.claim.value = value.map(Box::new);
            }
            "probability" => {
                self.claim.probability =
                    self.value(key, &text, values::probability, values::PROBABILITY_FORM);
            }
            "expects" => self.expects = Some(text),
            "question" => self.claim.question = check_id(&text, self.problems).then(|| Box::new(text)),
            "criteria" => self.claim.criteria = Some(Box::new(value.clone())),
            "if" => self.claim.condition = Some(Box::new(value.clone())),
            "proposed" => self.claim.is_proposed = self.word(key, &text, &TRUE).is_some(),
            "evidence" => self.evidence(value),
            "verdict" => self.verdict(value),
            "aliases" => {
                let aliases: Vec<_> = split_list(&text).collect();
                for alias in aliases {
                    if check_id(&alias, self.problems) {
                        self.claim.aliases.push(alias);
                    }
                }
            }
            "allow" => {
                let (head, _) = value.split_reason();
                let names = Spanned::new(head.plain(), value.span);
                self.claim.allow.extend(split_list(&names));
            }
            _ => {}
        }
    }

    fn expectation(&mut self) {
        let Some(text) = self.expects.take() else { return };
        let parse =
            if self.claim.metric.is_some() { values::expectation_of_metric } else { values::expectation };
        self.claim.expects = self.value("expects", &text, parse, values::EXPECTATION_FORM).map(Box::new);
    }

    pub(super) fn date(&mut self, key: &str, text: &Spanned<String>) -> Option<Spanned<PartialDate>> {
        let date = PartialDate::parse(&text.value);
        if date.is_none() {
            self.problems.push(bad_date(&rules::BAD_VALUES, key, text));
        }
        date.map(|date| Spanned::new(date, text.span))
    }

    pub(super) fn word<T: Copy>(
        &mut self,
        key: &str,
        text: &Spanned<String>,
        words: &WordList<T>,
    ) -> Option<T> {
        let meaning = (words.parse)(&text.value);
        if meaning.is_none() {
            let known: Vec<&str> = words.all.iter().map(|&known| (words.word)(known)).collect();
            self.problems.push(unknown_word(key, &text.value, text.span, &known));
        }
        meaning
    }

    fn value<T>(
        &mut self,
        key: &str,
        text: &Spanned<String>,
        parse: fn(&str) -> Result<T, Fault>,
        form: &str,
    ) -> Option<Spanned<T>> {
        let fault = match parse(&text.value) {
            Ok(value) => return Some(Spanned::new(value, text.span)),
            Err(fault) => fault,
        };
        let meant = near_values::meant(&text.value).find(|meant| parse(meant).is_ok());
        let (message, form) = match fault {
            Fault::Form => (format!("`{}` is no `{key}`", text.value), form),
            Fault::Order => (
                format!("the interval of `{}` ends before it begins", text.value),
                "write the lower end first: `[low, high]`",
            ),
            Fault::Outside => (
                format!("`{}` lies outside of its own interval", text.value),
                "correct the value or the ends: behind a value, `[low, high]` is the interval that it lies in",
            ),
        };
        let help = meant.map_or_else(|| form.to_owned(), |meant| format!("write `{meant}`"));
        self.bad(text.span, message, &help);
        None
    }

    /// Whether `head` contains only its links and the text `expected`. Any other text would be lost, so it is
    /// reported.
    pub(super) fn is_bare(&mut self, head: &LinkedText, expected: &str) -> bool {
        let rest = head.beside_links();
        let is_bare = rest == expected;
        if !is_bare && self.has_other_dash(head) {
            return false;
        }
        if !is_bare {
            let rest = rest.strip_prefix(expected).unwrap_or(&rest).trim();
            let message = format!("`{rest}` stands beside the link and belongs to nothing");
            self.bad(head.span, message, "put ` — ` (a dash with spaces) before the reason, or delete it");
        }
        is_bare
    }

    fn source(&mut self, value: &LinkedText) {
        let (links, rest) = (value.links().count(), value.beside_links());
        if links > 1 {
            self.bad(
                value.span,
                "a source is one link".to_owned(),
                "write one link; the others can be `evidence`",
            );
            return;
        }
        if links == 1 && !rest.is_empty() {
            self.bad(
                value.span,
                format!("`{rest}` stands beside the link and belongs to nothing"),
                "write only the link; a page or section can be part of its words: `[title, page 3](https://…)`",
            );
            return;
        }
        if value.plain().contains("://") && value.links().next().is_none() {
            let message = format!("`{}` is an address without a title", value.plain());
            self.bad(value.span, message, &format!("write `[title]({})`", value.plain()));
            return;
        }
        if let Some((destination, _, span)) = value.links().find(|(_, words, _)| name::is_blank(words)) {
            let help = format!("write `[title]({destination})`");
            self.bad(span, "this source has no title".to_owned(), &help);
            return;
        }
        let reference = match value.links().next() {
            Some((destination, title, span)) => match target_of(destination, self.source.path()) {
                Target::Source(id) => SourceReference::Id(id),
                Target::Unsafe(_) => {
                    self.problems.push(
                        Diagnostic::new(
                            &rules::UNSAFE_LINKS,
                            span,
                            "this source is not an `http` or `https` address",
                        )
                        .help("write `[title](https://…)`, or the id of a file in `content/sources/`"),
                    );
                    return;
                }
                _ if is_web_address(destination) => SourceReference::Inline(Box::new(SourceFacts {
                    title: Some(Spanned::new(title.to_owned(), span)),
                    url: Some(Spanned::new(destination.to_owned(), span)),
                    ..SourceFacts::default()
                })),
                _ => {
                    self.bad(
                        span,
                        "a source is an `http` or `https` address".to_owned(),
                        "write `[title](https://…)`, or the id of a file in `content/sources/`",
                    );
                    return;
                }
            },
            None => SourceReference::Id(value.plain()),
        };
        self.claim.source = Some(Box::new(Spanned::new(reference, value.span)));
    }

    fn evidence(&mut self, value: &LinkedText) {
        let (head, note) = value.split_reason();
        let plain = head.plain();
        let stance = match plain.split_whitespace().next() {
            Some("for") => Some(Stance::For),
            Some("against") => Some(Stance::Against),
            _ => None,
        };
        let mut links = head.links();
        match (stance, links.next(), links.next()) {
            (Some(stance), Some(_), None) if !self.is_bare(&head, stance_word(stance)) => {}
            (Some(_), Some((destination, words, span)), None) if name::is_blank(words) => {
                let help = format!("write `[title]({destination})`");
                self.bad(span, "this link has no words".to_owned(), &help);
            }
            (Some(stance), Some((destination, text, span)), None) => self.claim.evidence.push(Evidence {
                stance,
                destination: destination.to_owned(),
                text: text.to_owned(),
                note,
                span,
            }),
            _ => self.bad(
                value.span,
                "evidence is `for` or `against` and one link".to_owned(),
                "write `for [title](https://…) — what it shows`",
            ),
        }
    }

    pub(super) fn bad(&mut self, span: Span, message: String, help: &str) {
        self.problems.push(Diagnostic::new(&rules::BAD_VALUES, span, message).help(help));
    }
}

/// Returns the id that a help text suggests: the first words of the statement, or an example.
fn id_of_statement(statement: &str) -> String {
    let id = name::id_of(statement);
    let end = id.match_indices('-').map(|(at, _)| at).take_while(|at| *at <= MAX_EXAMPLE_LENGTH).last();
    let short =
        if id.len() > MAX_EXAMPLE_LENGTH { end.and_then(|end| id.get(..end)) } else { Some(id.as_str()) };
    short.filter(|short| name::is_id(short)).unwrap_or("training-speedup-52x").to_owned()
}

fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::For => "for",
        Stance::Against => "against",
    }
}

/// Returns the items of a comma-separated list. Each item has the span of the whole list.
pub(super) fn split_list(text: &Spanned<String>) -> impl Iterator<Item = Spanned<String>> {
    text.value
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| Spanned::new(item.to_owned(), text.span))
}
