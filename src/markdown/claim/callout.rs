//! Reads a block quotation that begins with `[!claim]` into the parts of a claim: id, statement, quotation and
//! facts as text. The values of the facts are read in [`crate::markdown::claim::facts`], which front matter and claim files
//! use as well.

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{ClaimForm, Quote, Wording};
use crate::name;
use crate::source::{Span, Spanned};

use crate::markdown::claim::callout_reader::CalloutReader;
use crate::markdown::claim::raw::{RawClaim, STATEMENT};
use crate::markdown::claim::stray::{self, JoinedFact};
use crate::markdown::head::{self, ClaimHead};
use crate::markdown::inline::{PlacedEvent, end_index, is_block, literal_text};

/// Longest statement that a message repeats, in bytes.
const MAX_QUOTED_LENGTH: usize = 80;

impl CalloutReader<'_> {
    /// Reads the block quotation at the range `quote`, given the events between its start and its end. The result
    /// is empty if the quotation is not a claim, and has two items if two claims run into each other.
    pub(in crate::markdown) fn read(
        &mut self,
        events: &[PlacedEvent<'_>],
        quote: std::ops::Range<usize>,
    ) -> Vec<RawClaim> {
        let Some(head) = head::find_in_quotation(self.slice(&quote)).map(|head| head.shifted_by(quote.start))
        else {
            return Vec::new();
        };
        let header_end = head.end;
        let end = quote.start + self.slice(&quote).trim_end().len();
        let id = Spanned::new(self.slice(&head.id).to_owned(), self.span(head.id.clone()));
        let mut raw = RawClaim::new(ClaimForm::Callout, id, self.span(quote.start..end));
        let before = self.problems.len();
        if let Some(second) = self.find_second_head(&quote, header_end) {
            self.problems.push(
                Diagnostic::new(
                    &rules::MALFORMED_CLAIMS,
                    self.span(second.marker.clone()),
                    "two claims run into each other",
                )
                .help("put an empty line between them"),
            );
            let id = Spanned::new(self.slice(&second.id).to_owned(), self.span(second.marker.clone()));
            let other = RawClaim::new(ClaimForm::Callout, id, self.span(second.marker.start..end));
            return [raw, other].map(|raw| RawClaim { is_unreadable: true, ..raw }).into();
        }
        self.check_head(&head, &mut raw);
        if raw.is_unreadable {
            return vec![raw];
        }
        self.check_footnotes(events);
        let mut index = 0;
        while index < events.len() {
            let last = end_index(events, index);
            let inner = events.get(index + 1..last).unwrap_or_default();
            let range = events[index].1.clone();
            match &events[index].0 {
                Event::Start(Tag::Paragraph) => self.read_statement(inner, header_end, &mut raw),
                Event::Start(Tag::BlockQuote(_)) => self.read_quotation(inner, range, &mut raw),
                Event::Start(Tag::List(_)) => self.read_facts(inner, &mut raw),
                Event::Start(Tag::Heading { .. }) if range.start < header_end && !head.is_exact => {}
                Event::Rule if raw.statement.is_none() => self.report_blank_statement(range, &mut raw),
                _ => self.report_misplaced(range, "this is not part of a claim"),
            }
            index = last + 1;
        }
        raw.has_reported_errors = self.problems.len() > before;
        vec![raw]
    }

    /// Reports footnotes in a claim. A claim is shown in many places, but a footnote only below its own text.
    fn check_footnotes(&mut self, events: &[PlacedEvent<'_>]) {
        for (_, range) in events.iter().filter(|(event, _)| matches!(event, Event::FootnoteReference(_))) {
            self.problems.push(
                Diagnostic::new(
                    &rules::MALFORMED_CLAIMS,
                    self.span(range.clone()),
                    "a claim has no footnotes",
                )
                .help("delete the mark, or move it into the text around the claim"),
            );
        }
    }

    /// Finds a second head in a block quotation. Markdown joins quotations that are not separated by an empty
    /// line.
    fn find_second_head(&self, quote: &std::ops::Range<usize>, header_end: usize) -> Option<ClaimHead> {
        let rest = self.slice(&(header_end..quote.end));
        let mut start = header_end;
        for line in rest.split_inclusive('\n') {
            let found = head::find_in_quotation(line).filter(|_| line.trim_start().starts_with('>'));
            if let Some(head) = found {
                return Some(head.shifted_by(start));
            }
            start += line.len();
        }
        None
    }

    /// Reports a head that is not written correctly. If such a head has no valid id, the claim counts as unread,
    /// so that no further problems are reported for it.
    fn check_head(&mut self, head: &ClaimHead, raw: &mut RawClaim) {
        let (file, offset) = (self.file, self.offset);
        if !head.is_exact {
            let span_of =
                |range: &std::ops::Range<usize>| Span::new(file, range.start + offset..range.end + offset);
            self.problems.push(head::head_problem(head, self.text, span_of));
            raw.is_unreadable = !name::is_id(&raw.id.value);
        } else if !head.title.is_empty() {
            let id = &raw.id.value;
            let message = format!("the head of claim `{id}` has more than its id");
            self.problems.push(
                Diagnostic::new(&rules::MALFORMED_CLAIMS, self.span(head.title.clone()), message).help(
                    format!(
                        "write `{}`, and the statement, in bold, in the next line",
                        head.corrected_line(self.text)
                    ),
                ),
            );
            raw.misplaced_keys.push(STATEMENT);
        }
    }

    /// Reads the paragraph with the header line. The bold text after the header line is the statement.
    fn read_statement(&mut self, events: &[PlacedEvent<'_>], header_end: usize, raw: &mut RawClaim) {
        let mut index = 0;
        while let Some((event, range)) = events.get(index) {
            if range.start < header_end {
                index += 1;
                continue;
            }
            match event {
                Event::Start(Tag::Strong) if raw.statement.is_none() => {
                    let end = end_index(events, index);
                    let is_link = |event: &Event<'_>| {
                        matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }))
                    };
                    if let Some((_, link)) = events[index..end].iter().find(|(event, _)| is_link(event)) {
                        self.report_misplaced(link.clone(), "a statement is plain text, without links");
                    }
                    let words = literal_text(&events[index..end]);
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    let inside = range.start + 2..range.end.saturating_sub(2).max(range.start + 2);
                    raw.statement = Some(Spanned::new(words, self.span(inside)));
                    index = end;
                }
                Event::SoftBreak | Event::HardBreak => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => {
                    let end = events.last().map_or(range.end, |(_, last)| last.end);
                    let words = literal_text(&events[index..]);
                    self.report_text_that_is_not_bold(range.start..end, &words, raw);
                    return;
                }
            }
            index += 1;
        }
    }

    /// Reports a thematic break in place of the statement. Markdown reads stars without words between them as one.
    fn report_blank_statement(&mut self, range: std::ops::Range<usize>, raw: &mut RawClaim) {
        let consists_of_stars = self.slice(&range).starts_with(['*', '_']);
        if !consists_of_stars {
            self.report_misplaced(range, "this is not part of a claim");
            return;
        }
        let end = range.start + self.slice(&range).trim_end().len();
        let span = self.span(range.start..end);
        self.problems.push(
            Diagnostic::new(&rules::MALFORMED_CLAIMS, span, "the statement of this claim is blank")
                .help("say in one sentence what is claimed: `**It happened.**`"),
        );
        raw.misplaced_keys.push(STATEMENT);
    }

    /// Reports text that is not bold: facts without `- `, a statement without `**`, or text that does not belong
    /// to a claim.
    fn report_text_that_is_not_bold(
        &mut self,
        range: std::ops::Range<usize>,
        words: &str,
        raw: &mut RawClaim,
    ) {
        let source = self.slice(&range).trim_end_matches([' ', '>', '\r', '\n']);
        let bullet = |key: &std::ops::Range<usize>| source.get(..key.start).unwrap_or_default().trim();
        if let Some((keys, key)) = stray::fact_keys(source).filter(|(_, key)| bullet(key).chars().count() < 2)
        {
            let lines_to_change = match keys.len() {
                1 => "this line".to_owned(),
                number => format!("each of these {number} lines"),
            };
            let message = format!("`{}::` is not an item of a list", keys.first().unwrap_or(&""));
            let help = match bullet(&key) {
                "" => format!("begin {lines_to_change} with `> - `, and put a line `>` before the list"),
                bullet => format!("begin {lines_to_change} with `> - ` in place of `> {bullet}`"),
            };
            let span = self.span(range.start + key.start..range.start + key.end);
            raw.misplaced_keys.extend(keys);
            self.problems.push(Diagnostic::new(&rules::MALFORMED_CLAIMS, span, message).help(help));
            return;
        }
        if raw.statement.is_some() {
            self.report_misplaced(range, "only the statement, in bold, may be here");
            return;
        }
        let lines: Vec<&str> = source.lines().map(|line| line.trim_start_matches(['>', ' ', '\t'])).collect();
        let statement = lines.join(" ");
        let has_stars = statement.starts_with("**") || statement.ends_with("**");
        let without_stars = statement.trim_matches(['*', '_']);
        let statement = without_stars.trim();
        let (message, position) = if has_stars && statement.len() < without_stars.len() {
            ("spaces inside its stars keep the statement from being bold", "directly around its words")
        } else if has_stars {
            ("the stars around this statement do not make it bold", "on both sides of it")
        } else {
            ("the statement of a claim is written in bold", "around it")
        };
        let help = if statement.len() <= MAX_QUOTED_LENGTH && !statement.is_empty() {
            format!("write `**{statement}**`")
        } else {
            format!("write `**` {position}")
        };
        let span = self.span(range.start..range.start + source.len());
        self.problems.push(Diagnostic::new(&rules::MALFORMED_CLAIMS, span, message).help(help));
        // The text is used as the statement, so that the mistake is reported only once.
        raw.statement = Some(Spanned::new(words.to_owned(), span));
    }

    fn read_quotation(
        &mut self,
        events: &[PlacedEvent<'_>],
        range: std::ops::Range<usize>,
        raw: &mut RawClaim,
    ) {
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
        if let Some(JoinedFact { at, key, .. }) =
            stray::facts_on_later_lines(self.slice(&range)).into_iter().next().filter(|line| line.is_lazy)
        {
            let at = range.start + at;
            self.problems.push(
                Diagnostic::new(
                    &rules::MALFORMED_CLAIMS,
                    self.span(at..at + key.len()),
                    format!("`{key}::` runs into the quotation before it"),
                )
                .help("add `> - ` before this line, and a line `>` above it"),
            );
            raw.misplaced_keys.push(key);
        } else {
            self.check_lazy_continuation(events, "quotation", "> > ");
        }
        self.check_numbered_lists(events);
        let paragraphs = paragraphs(events);
        let end = range.start + self.slice(&range).trim_end_matches([' ', '>', '\r', '\n']).len().max(1);
        raw.quote = Some(Quote { paragraphs: Wording::new(paragraphs), span: self.span(range.start..end) });
    }

    /// Reports numbers of a quotation that Markdown reads as the numbers of a list, which are not part of its words.
    fn check_numbered_lists(&mut self, events: &[PlacedEvent<'_>]) {
        for (_, range) in events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::List(Some(_)))))
        {
            let number: String = self.slice(range).chars().take_while(char::is_ascii_digit).collect();
            let mark = self.slice(range).chars().nth(number.len()).unwrap_or('.');
            let span = self.span(range.start..range.start + number.len() + mark.len_utf8());
            let message = format!("`{number}{mark}` begins a list, and is not a part of the quotation");
            self.problems.push(
                Diagnostic::new(&rules::MALFORMED_CLAIMS, span, message)
                    .help(format!("write `{number}\\{mark}` if the source has the number, else delete it")),
            );
        }
    }
}

/// Returns the paragraphs of a quotation. Each block, list item and table cell is a paragraph of its own.
fn paragraphs(events: &[PlacedEvent<'_>]) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut current = String::new();
    for (event, _) in events {
        match event {
            Event::InlineHtml(part) | Event::Html(part) if part.trim_start().starts_with("<!--") => {}
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                current.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => current.push(' '),
            Event::Start(tag) if is_block(tag) => paragraphs.push(std::mem::take(&mut current)),
            _ => {}
        }
    }
    paragraphs.push(current);
    let folded = paragraphs.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    folded.filter(|text| !text.is_empty()).collect()
}
