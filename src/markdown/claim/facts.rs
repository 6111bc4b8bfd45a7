//! Reads the facts of a claim: the parts of a claim in, a [`Claim`] and its problems out. All three forms of a
//! claim (callout, file, front matter) are read here, so that they have one type and report the same problems.

use std::collections::BTreeMap;

use crate::data::{duplicate_key, meant_key, unknown_key};
use crate::diagnostic::{Diagnostic, rules};
use crate::document::{
    Claim, ClaimForm, Evidence, Inline, Kind, LinkedText, RelationKind, SourceFacts, SourceReference, Stance,
    Target,
};
use crate::name;
use crate::source::{SourceFile, Spanned};
use crate::web_address::is_web_address;

use crate::markdown::checks::unread;
use crate::markdown::claim::keys::{KEYS, OF_NAMES, REPEATED, WITH_LINKS, WITHOUT_REASON};
use crate::markdown::claim::raw::{RawClaim, RawFact, STATEMENT};
use crate::markdown::claim::reader::{FactReader, WordList, split_list};
use crate::markdown::destination::target_of;
use crate::markdown::ids::{bad_name, check_id, nameless};
use crate::markdown::values::{self};

/// Most characters of an id that a help text suggests.
const MAX_EXAMPLE_LENGTH: usize = 40;

const KINDS: WordList<Kind> = WordList { all: Kind::ALL, parse: Kind::parse, word: Kind::word };
/// The only word that `proposed` accepts. A claim that is not proposed leaves out the key.
const TRUE: WordList<bool> =
    WordList { all: &[true], parse: |word| (word == "true").then_some(true), word: |_| "true" };

/// Reads the facts of a claim. `source` is the file that contains the claim.
pub(in crate::markdown) fn read(
    raw: &RawClaim,
    source: &SourceFile,
    problems: &mut Vec<Diagnostic>,
) -> Claim {
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
    reader.missing(raw.statement.is_some() || raw.lost.contains(&STATEMENT));
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

impl FactReader<'_> {
    fn id(&mut self, id: &Spanned<String>) {
        if id.value.is_empty() {
            let example = id_of_statement(&self.claim.statement.value);
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
                let form = probability_form(&text.value);
                self.claim.probability = self.value(key, &text, values::probability, &form);
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

    fn source(&mut self, value: &LinkedText) {
        let (links, rest) = (value.links().count(), value.beside_links());
        if links > 1 {
            self.bad(
                value.span,
                "a source can only be one link".to_owned(),
                "write one link; the others can be `evidence`",
            );
            return;
        }
        if links == 1 && !rest.is_empty() {
            self.bad(
                value.span,
                format!("`{rest}` is next to the link and belongs to nothing"),
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
}

/// Returns the help text for a value that is not a probability.
fn probability_form(text: &str) -> String {
    let [stated, inferred] = ["stated", "inferred"].map(|word| format!("{text} {word}"));
    if values::probability(&stated).is_ok() {
        format!("write `{stated}` or `{inferred}`")
    } else {
        values::PROBABILITY_FORM.to_owned()
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
