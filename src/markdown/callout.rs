//! A block quote that begins with `[!claim]` to the parts of a claim: id, statement, quotation and
//! facts as text. What the facts mean is read in [`super::claim_facts`], which front matter and claim
//! files share.

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{ClaimForm, Quote, Rich};
use crate::source::{FileId, Span, Spanned};

use super::claim_facts::KEYS;
use super::inline::{Spotted, end_of, is_block, literal, rich};
use super::stray;

const MARKER: &str = "[!claim]";

/// The parts of a claim before their meaning is read.
#[derive(Debug)]
pub(super) struct RawClaim {
    pub(super) form: ClaimForm,
    pub(super) span: Span,
    pub(super) id: Spanned<String>,
    pub(super) statement: Option<Spanned<String>>,
    pub(super) quote: Option<Quote>,
    pub(super) facts: Vec<Fact>,
    /// The keys of facts that were found outside of it, and are reported there.
    pub(super) lost: Vec<&'static str>,
    /// Errors were found in it already.
    pub(super) is_incomplete: bool,
    /// Its file could not be read: nothing more is to be said about it.
    pub(super) is_unread: bool,
}

impl RawClaim {
    /// A claim with nothing but its id.
    pub(super) fn new(form: ClaimForm, id: Spanned<String>, span: Span) -> Self {
        Self {
            form,
            span,
            id,
            statement: None,
            quote: None,
            facts: Vec::new(),
            lost: Vec::new(),
            is_incomplete: false,
            is_unread: false,
        }
    }
}

/// One `key:: value`.
#[derive(Debug)]
pub(super) struct Fact {
    pub(super) key: Spanned<String>,
    pub(super) value: Rich,
}

/// Where `[!claim]` stands, if the block quote `quote` (source text) is a claim.
pub(super) fn marker(quote: &str) -> Option<usize> {
    let inside = quote.trim_start_matches(['>', ' ', '\t']);
    let head = inside.get(..MARKER.len())?;
    head.eq_ignore_ascii_case(MARKER).then_some(quote.len() - inside.len())
}

/// Reads the callouts of one file; event ranges begin at byte `offset` of it.
pub(super) struct CalloutReader<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) offset: usize,
    pub(super) problems: &'a mut Vec<Diagnostic>,
}

impl CalloutReader<'_> {
    /// Read the events between the block quote's start and end; `quote` is its range.
    pub(super) fn read(&mut self, events: &[Spotted<'_>], quote: std::ops::Range<usize>) -> Vec<RawClaim> {
        let header_start = quote.start + marker(self.slice(&quote)).unwrap_or_default();
        let line = self.slice(&(header_start..quote.end)).lines().next().unwrap_or_default();
        let id = line.get(MARKER.len()..).unwrap_or_default();
        let id_start = header_start + MARKER.len() + (id.len() - id.trim_start().len());
        let header_end = header_start + line.len();
        let end = quote.start + self.slice(&quote).trim_end().len();
        let id_span = self.span(id_start..id_start + id.trim().len());
        let id = Spanned::new(id.trim().to_owned(), id_span);
        let mut raw = RawClaim::new(ClaimForm::Callout, id, self.span(quote.start..end));
        if let Some(second) = self.second_marker(&quote, header_end) {
            self.problems.push(
                Diagnostic::new(
                    &rules::MALFORMED_CLAIMS,
                    self.span(second.clone()),
                    "two claims run into each other",
                )
                .help("put an empty line between them"),
            );
            let line =
                self.slice(&(second.end..quote.end)).lines().next().unwrap_or_default().trim().to_owned();
            let id = Spanned::new(line, self.span(second.clone()));
            let other = RawClaim::new(ClaimForm::Callout, id, self.span(second.start..end));
            return [raw, other].map(|raw| RawClaim { is_unread: true, ..raw }).into();
        }
        let mut index = 0;
        while index < events.len() {
            let last = end_of(events, index);
            let inner = events.get(index + 1..last).unwrap_or_default();
            let range = events[index].1.clone();
            match &events[index].0 {
                Event::Start(Tag::Paragraph) => self.paragraph(inner, header_end, &mut raw),
                Event::Start(Tag::BlockQuote(_)) => self.quotation(inner, range, &mut raw),
                Event::Start(Tag::List(_)) => self.facts(inner, &mut raw),
                _ => self.stray(range, "this belongs to no part of a claim"),
            }
            index = last + 1;
        }
        vec![raw]
    }

    /// A second header in one block quote: Markdown joins quotes without an empty line between them.
    fn second_marker(
        &self,
        quote: &std::ops::Range<usize>,
        header_end: usize,
    ) -> Option<std::ops::Range<usize>> {
        let rest = self.slice(&(header_end..quote.end));
        let mut start = header_end;
        for line in rest.split_inclusive('\n') {
            if line.trim_start().starts_with('>') && marker(line.trim_start()).is_some() {
                let at = start + line.find('[').unwrap_or_default();
                return Some(at..at + MARKER.len());
            }
            start += line.len();
        }
        None
    }

    /// The header line, and the statement as its bold text.
    fn paragraph(&mut self, events: &[Spotted<'_>], header_end: usize, raw: &mut RawClaim) {
        let mut index = 0;
        while let Some((event, range)) = events.get(index) {
            if range.start < header_end {
                index += 1;
                continue;
            }
            match event {
                Event::Start(Tag::Strong) if raw.statement.is_none() => {
                    let end = end_of(events, index);
                    let is_link = |event: &Event<'_>| {
                        matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }))
                    };
                    if let Some((_, link)) = events[index..end].iter().find(|(event, _)| is_link(event)) {
                        self.stray(link.clone(), "a statement is plain text, without links");
                    }
                    let words = literal(&events[index..end]);
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    let inside = range.start + 2..range.end.saturating_sub(2).max(range.start + 2);
                    raw.statement = Some(Spanned::new(words, self.span(inside)));
                    index = end;
                }
                Event::SoftBreak | Event::HardBreak => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => {
                    let end = events.last().map_or(range.end, |(_, last)| last.end);
                    let message = match raw.statement {
                        Some(_) => "only the statement, in bold, stands here",
                        None => "the statement of a claim is written in bold",
                    };
                    self.stray(range.start..end, message);
                    // Reported once: what stands there is taken for the statement.
                    let words = literal(&events[index..]);
                    raw.statement.get_or_insert(Spanned::new(words, self.span(range.start..end)));
                    return;
                }
            }
            index += 1;
        }
    }

    fn quotation(&mut self, events: &[Spotted<'_>], range: std::ops::Range<usize>, raw: &mut RawClaim) {
        if let Some(first) = &raw.quote {
            self.problems.push(
                Diagnostic::new(
                    &rules::MALFORMED_CLAIMS,
                    self.span(range),
                    "a second quotation in one claim",
                )
                .secondary(first.span, "first quotation here")
                .help("make it a paragraph of the first one, or a claim of its own"),
            );
            return;
        }
        if let Some((at, key, true)) = stray::line_within(self.slice(&range)) {
            let at = range.start + at;
            self.problems.push(
                Diagnostic::new(
                    &rules::MALFORMED_CLAIMS,
                    self.span(at..at + key.len()),
                    format!("`{key}::` runs into the quotation before it"),
                )
                .help("add `> - ` before this line, and a line `>` above it"),
            );
            raw.lost.push(key);
        } else {
            self.lazy_line(events, "quotation", "> > ");
        }
        let paragraphs = paragraphs(events);
        let end = range.start + self.slice(&range).trim_end_matches([' ', '>', '\r', '\n']).len().max(1);
        raw.quote = Some(Quote { paragraphs, span: self.span(range.start..end) });
    }

    fn facts(&mut self, events: &[Spotted<'_>], raw: &mut RawClaim) {
        let mut index = 0;
        while index < events.len() {
            let last = end_of(events, index);
            let item = events.get(index + 1..last).unwrap_or_default();
            let range = events[index].1.clone();
            let item = self.without_next_fact(item, raw);
            match self.fact(&item) {
                Some(fact) => raw.facts.push(fact),
                None => self.stray(range, "a line of facts is `key:: value`"),
            }
            index = last + 1;
        }
    }

    /// A line without `> ` or `- ` goes on with the item before it. If it is a fact, it is reported, and
    /// the item ends before it.
    fn without_next_fact<'e>(&mut self, item: &[Spotted<'e>], raw: &mut RawClaim) -> Vec<Spotted<'e>> {
        let range =
            item.first().map_or(0, |(_, first)| first.start)..item.last().map_or(0, |(_, last)| last.end);
        let Some((at, key, is_lazy)) = stray::line_within(self.slice(&range)) else {
            self.lazy_line(item, "fact", "> ");
            return item.to_vec();
        };
        let at = range.start + at;
        let help = if is_lazy { "add `> - ` before this line" } else { "add `- ` before it" };
        self.problems.push(
            Diagnostic::new(
                &rules::MALFORMED_CLAIMS,
                self.span(at..at + key.len()),
                format!("`{key}::` runs into the fact before it"),
            )
            .help(help),
        );
        raw.lost.push(key);
        item.iter().filter(|(_, place)| place.end <= at).cloned().collect()
    }

    /// Report a line that Markdown joins to the `part` above it, although it does not begin as that does.
    fn lazy_line(&mut self, events: &[Spotted<'_>], part: &str, beginning: &str) {
        let first = events.iter().find(|(event, _)| !matches!(event, Event::Start(Tag::Paragraph)));
        let Some((first, last)) = first.zip(events.last()) else { return };
        let Some(at) = stray::lazy_line(self.text, first.1.start, last.1.end) else { return };
        let line = self.slice(&(at..self.text.len())).lines().next().unwrap_or_default();
        let start = at + (line.len() - line.trim_start().len());
        self.problems.push(
            Diagnostic::new(
                &rules::MALFORMED_CLAIMS,
                self.span(start..at + line.trim_end().len()),
                format!("this line runs into the {part} before it"),
            )
            .help(format!(
                "begin it with `{beginning}` if it belongs there, else put an empty line before it"
            )),
        );
    }

    fn fact(&mut self, item: &[Spotted<'_>]) -> Option<Fact> {
        let nested = |event: &Event<'_>| {
            matches!(
                event,
                Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_))
            )
        };
        let inlines: Vec<Spotted<'_>> = item
            .iter()
            .filter(|(event, _)| {
                !matches!(event, Event::Start(Tag::Paragraph) | Event::End(pulldown_cmark::TagEnd::Paragraph))
            })
            .cloned()
            .collect();
        if inlines.iter().any(|(event, _)| nested(event)) {
            return None;
        }
        let start = inlines.first()?.1.start;
        let end = inlines.last()?.1.end;
        let source = self.text.get(start..end)?;
        let (key, behind, colons) = match source.split_once("::") {
            Some((key, behind)) => (key, behind, "::"),
            None => {
                let (key, behind) = source.split_once(':').filter(|(key, _)| KEYS.contains(&key.trim()))?;
                let message = format!("`{}` is followed by one colon", key.trim());
                self.problems.push(
                    Diagnostic::new(
                        &rules::MALFORMED_CLAIMS,
                        self.span(start..start + key.len() + 1),
                        message,
                    )
                    .help(format!("write two colons: `{}:: …`", key.trim())),
                );
                (key, behind, ":")
            }
        };
        let value_start = end - behind.trim_start().len();
        let mut value = rich(&inlines, self.span(value_start..end.max(value_start)), self.offset);
        let crate::document::Inline::Text(first) = value.pieces.first_mut()? else {
            return None;
        };
        *first = first.split_once(colons)?.1.trim_start().to_owned();
        Some(Fact {
            key: Spanned::new(key.trim().to_owned(), self.span(start..start + key.trim_end().len())),
            value,
        })
    }

    fn stray(&mut self, range: std::ops::Range<usize>, message: &str) {
        let end = range.start + self.slice(&range).trim_end_matches([' ', '>', '\r', '\n']).len();
        self.problems.push(
            Diagnostic::new(&rules::MALFORMED_CLAIMS, self.span(range.start..end), message).help(
                "a claim holds its bold statement, one nested quotation, and a list of `key:: value` lines",
            ),
        );
    }

    fn slice(&self, range: &std::ops::Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }
}

/// The paragraphs of a quotation: every block, list item and cell is one of its own.
fn paragraphs(events: &[Spotted<'_>]) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut last = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                last.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => last.push(' '),
            Event::Start(tag) if is_block(tag) => paragraphs.push(std::mem::take(&mut last)),
            _ => {}
        }
    }
    paragraphs.push(last);
    let folded = paragraphs.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    folded.filter(|text| !text.is_empty()).collect()
}
