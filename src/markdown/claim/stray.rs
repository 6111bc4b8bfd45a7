//! Finds facts that are not inside a claim. If a line below a callout lacks `> `, Markdown reads its fact as prose,
//! and the claim loses it.
//!
//! Code is not searched, and neither is the inside of callouts, which [`crate::markdown::claim::callout`] reads.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, rules};
use crate::name;
use crate::source::Span;

use crate::markdown::claim::keys::NAMES;
use crate::markdown::claim::raw::{RawClaim, STATEMENT};
use crate::markdown::head;
use crate::markdown::inline::{PlacedEvent, end_index};

/// Longest text before `::` that is compared with keys. The longest key has eleven letters.
const MAX_KEY_LENGTH: usize = 24;

/// Facts on consecutive lines outside of callouts.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::markdown) struct StrayFacts {
    /// Place of the first key as written, with its colons.
    pub(in crate::markdown) key_range: Range<usize>,
    /// Known keys of the facts, one for each line.
    pub(in crate::markdown) keys: Vec<&'static str>,
    /// Whether the first key is written correctly.
    pub(in crate::markdown) is_exact: bool,
    /// Markdown form of the first line.
    pub(in crate::markdown) form: LineForm,
    /// Range of the callout directly before the facts, if there is one.
    pub(in crate::markdown) callout: Option<Range<usize>>,
    /// Whether a block quotation directly after the callout contains text that is not a fact, such as the
    /// statement.
    pub(in crate::markdown) has_text: bool,
}

/// Markdown form of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum LineForm {
    /// An item of a list.
    Item,
    /// A line of a block quotation.
    Quotation,
    /// A paragraph.
    Paragraph,
}

/// Returns the facts outside of callouts in `text`, given its events.
pub(in crate::markdown) fn find_stray_facts(events: &[PlacedEvent<'_>], text: &str) -> Vec<StrayFacts> {
    if !text.contains("::") {
        return Vec::new();
    }
    let mut search = StrayFactSearch {
        text,
        found: Vec::new(),
        callout: None,
        continues_run: false,
        items: 0,
        quotes: vec![],
    };
    let mut starts_line = true;
    let mut starts_block = true;
    let mut index = 0;
    while let Some((event, range)) = events.get(index) {
        match event {
            Event::Start(Tag::BlockQuote(_))
                if text.get(range.clone()).is_some_and(|quote| head::find_in_quotation(quote).is_some()) =>
            {
                search.end_run();
                search.callout = Some(range.clone());
                index = end_index(events, index);
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Heading { .. } | Tag::Table(_) | Tag::HtmlBlock) => {
                search.callout = None;
                search.end_run();
                index = end_index(events, index);
            }
            Event::Rule => {
                search.callout = None;
                search.end_run();
            }
            Event::Text(_) if starts_line => search.read_line(range.start, starts_block),
            Event::Code(_)
            | Event::InlineHtml(_)
            | Event::Start(
                Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough,
            ) if starts_line => search.read_other_line(starts_block),
            Event::Start(tag) => search.start_tag(tag),
            Event::End(tag) => search.end_tag(*tag),
            _ => {}
        }
        let is_boundary = is_block_boundary(event);
        if !matches!(event, Event::TaskListMarker(_)) {
            starts_line = is_boundary || matches!(event, Event::SoftBreak | Event::HardBreak);
            starts_block = is_boundary;
        }
        index += 1;
    }
    search.found
}

/// Creates the diagnostic for facts at `span`, directly after the callout of `claim`. Their keys are added to
/// the claim, so that they are not reported as missing.
pub(in crate::markdown) fn stray_facts_problem(
    stray: &StrayFacts,
    claim: &mut RawClaim,
    span: Span,
    is_apart: bool,
) -> Diagnostic {
    claim.misplaced_keys.extend_from_slice(&stray.keys);
    if stray.has_text {
        claim.misplaced_keys.push(STATEMENT);
    }
    let key = stray.keys.first().copied().unwrap_or_default();
    let owner = match claim.id.value.as_str() {
        "" => "its claim".to_owned(),
        id => format!("claim `{id}`"),
    };
    let (lines, them) = match stray.keys.len() {
        1 => ("this line".to_owned(), "it"),
        number => (format!("these {number} lines"), "them"),
    };
    let gap = if is_apart { format!(", and `>` to the empty lines before {them}") } else { String::new() };
    let help = match stray.form {
        LineForm::Quotation => {
            "add `>` to the empty line before this quotation, so that it is one with the claim".to_owned()
        }
        LineForm::Paragraph => format!("add `> - ` before {lines}{gap}"),
        LineForm::Item => format!("add `> ` before {lines}{gap}"),
    };
    let problem = Diagnostic::new(&rules::MALFORMED_CLAIMS, span, format!("`{key}::` is outside of {owner}"))
        .secondary(claim.id.span, "the claim that it left")
        .help(help);
    if stray.is_exact { problem } else { problem.help(format!("write `{key}::`")) }
}

/// A fact on a later line of another fact or of a quotation, to which Markdown joins the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) struct JoinedFact {
    /// Byte where the fact begins, after its marks.
    pub(in crate::markdown) at: usize,
    pub(in crate::markdown) key: &'static str,
    /// Whether the line lacks `>`.
    pub(in crate::markdown) is_lazy: bool,
    pub(in crate::markdown) bullet: Bullet,
}

/// The bullet before a fact on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Bullet {
    /// There is no bullet.
    Absent,
    /// The bullet begins a list item.
    Item,
    /// The bullet is this character, which does not begin a list item here.
    Other(char),
}

/// Whether a character can be part of the marks before a fact.
fn is_line_prefix(letter: char) -> bool {
    matches!(letter, '>' | ' ' | '\t' | '\u{a0}' | '-' | '*' | '+' | '•' | '·' | '–' | '—')
}

impl Bullet {
    /// Finds the bullet at the end of the text before a fact.
    pub(in crate::markdown) fn at_end_of(before: &str) -> Self {
        let bullet = before.trim_start_matches(['>', ' ', '\t', '\u{a0}']);
        let is_spaced = bullet.trim_end_matches([' ', '\t']).len() < bullet.len();
        match bullet.chars().next() {
            None => Self::Absent,
            Some('-' | '*' | '+') if is_spaced && !bullet.contains('\u{a0}') => Self::Item,
            Some(other) => Self::Other(other),
        }
    }
}

/// Returns the facts on later lines of `source`, which is the text of a fact or of a quotation in a callout.
pub(in crate::markdown) fn facts_on_later_lines(source: &str) -> Vec<JoinedFact> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let inside = line.trim_start_matches([' ', '\t']);
        let fact = inside.trim_start_matches(is_line_prefix);
        let before = line.len() - fact.len();
        let is_exact = key_at_start(fact).filter(|(.., is_exact)| *is_exact && start > 0);
        found.extend(is_exact.map(|(key, ..)| JoinedFact {
            at: start + before,
            key,
            is_lazy: !inside.starts_with('>'),
            bullet: Bullet::at_end_of(line.get(..before).unwrap_or_default()),
        }));
        start += line.len();
    }
    found
}

/// Returns the key of the first fact inside of a text, and the byte where it begins. A fact is a known key with
/// white space before it and `:: ` after it. `before` is the part of the line before the text.
pub(in crate::markdown) fn find_fact_in_text(text: &str, before: &str) -> Option<(&'static str, usize)> {
    text.match_indices(":: ").find_map(|(end, _)| {
        let before_colons = text.get(..end)?;
        let start = before_colons.rfind(char::is_whitespace);
        let start = match start {
            Some(at) => at + before_colons.get(at..)?.chars().next()?.len_utf8(),
            None => 0,
        };
        let word = before_colons.get(start..)?;
        let is_apart = start > 0 || before.ends_with(char::is_whitespace);
        let key = NAMES.iter().copied().find(|key| *key == word && is_apart)?;
        Some((key, start))
    })
}

/// Returns the first line after the line of byte `start`, and before byte `end`, that begins with fewer `>` than
/// the line of `start`. Markdown reads such a line as a continuation of the paragraph above it (`CommonMark`
/// 0.31.2, section 5.1, "laziness"), so words of the write-up would become words of the claim.
pub(in crate::markdown) fn find_lazy_line(text: &str, start: usize, end: usize) -> Option<usize> {
    let first = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let depth = text.get(first..start)?.matches('>').count();
    let mut at = start;
    loop {
        at += text.get(at..end)?.find('\n')? + 1;
        let line = text.get(at..end)?.lines().next()?;
        let marks = line.chars().filter(|letter| !matches!(letter, ' ' | '\t'));
        if !line.trim().is_empty() && marks.take_while(|letter| *letter == '>').count() < depth {
            return Some(at);
        }
    }
}

/// Returns the keys of all lines that are facts, and the range of the first key with its colons. The result is
/// `None` if there is no such line.
pub(in crate::markdown) fn fact_keys(source: &str) -> Option<(Vec<&'static str>, Range<usize>)> {
    let mut keys = Vec::new();
    let mut range = 0..0;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let fact = line.trim_start_matches(is_line_prefix);
        if let Some((key, length, true)) = key_at_start(fact) {
            let at = start + line.len() - fact.len();
            if keys.is_empty() {
                range = at..at + length;
            }
            keys.push(key);
        }
        start += line.len();
    }
    (!keys.is_empty()).then_some((keys, range))
}

/// Returns the keys that are followed by one colon at the beginning of a paragraph or list item. In the text of a
/// claim file, such lines were meant for the front matter.
pub(in crate::markdown) fn keys_with_one_colon(
    events: &[PlacedEvent<'_>],
    text: &str,
) -> Vec<(&'static str, Range<usize>)> {
    let firsts = events.windows(2).filter_map(|pair| match pair {
        [(Event::Start(Tag::Paragraph | Tag::Item), _), (Event::Text(_), range)] => Some(range.start),
        _ => None,
    });
    let found = firsts.filter_map(|start| {
        let (word, after_colon) = text.get(start..)?.lines().next()?.split_once(':')?;
        let key = NAMES.iter().copied().find(|key| *key == word)?;
        after_colon.starts_with(' ').then_some((key, start..start + key.len() + 1))
    });
    found.collect()
}

/// Returns the key at the beginning of a line, its length with the colons, and whether the key is written
/// correctly.
fn key_at_start(line: &str) -> Option<(&'static str, usize, bool)> {
    let end = line.find("::").filter(|end| (1..=MAX_KEY_LENGTH).contains(end))?;
    let word = line.get(..end)?.trim_end().to_ascii_lowercase();
    if let Some(key) = NAMES.iter().copied().find(|key| *key == word) {
        return Some((key, end + 2, true));
    }
    let is_word = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let near = name::nearest(&word, NAMES.iter().copied()).filter(|_| is_word)?;
    Some((NAMES.iter().copied().find(|key| *key == near)?, end + 2, false))
}

fn is_block_boundary(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => crate::markdown::inline::is_block(tag),
        Event::End(tag) => !matches!(
            tag,
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
        ),
        Event::Rule | Event::Html(_) => true,
        _ => false,
    }
}

/// A block quotation that is not a callout.
struct Quotation {
    /// Whether a callout is directly before the quotation.
    follows_callout: bool,
    /// Whether the quotation has a line that is not a fact.
    has_text: bool,
    /// Number of runs of facts that were found before the quotation.
    found_before: usize,
}

struct StrayFactSearch<'a> {
    text: &'a str,
    found: Vec<StrayFacts>,
    /// The last callout, as long as only facts follow it.
    callout: Option<Range<usize>>,
    /// Whether the next fact belongs to the same run as the previous one.
    continues_run: bool,
    items: usize,
    quotes: Vec<Quotation>,
}

impl StrayFactSearch<'_> {
    fn start_tag(&mut self, tag: &Tag<'_>) {
        let is_outermost = self.items == 0 && self.quotes.is_empty();
        if self.callout.is_none() && is_outermost && !matches!(tag, Tag::Item) {
            self.end_run();
        }
        match tag {
            Tag::Item => self.items += 1,
            Tag::BlockQuote(_) => self.quotes.push(Quotation {
                follows_callout: self.callout.is_some(),
                has_text: false,
                found_before: self.found.len(),
            }),
            _ => {}
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Item => self.items = self.items.saturating_sub(1),
            TagEnd::BlockQuote(_) => {
                let Some(quote) = self.quotes.pop() else { return };
                if quote.follows_callout && quote.found_before == self.found.len() && !self.continues_run {
                    self.callout = None;
                }
                if let Some(stray) = self.found.get_mut(quote.found_before).filter(|_| quote.follows_callout)
                {
                    stray.has_text |= quote.has_text;
                }
            }
            _ => {}
        }
    }

    /// Reads a line that begins with plain text at byte `start`.
    fn read_line(&mut self, start: usize, starts_block: bool) {
        let line = self.text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let found = key_at_start(line).filter(|&(_, length, is_exact)| {
            let is_apart =
                line.get(length..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
            let is_in_list_or_quotation = self.items > 0 || !self.quotes.is_empty();
            let is_complete_fact = is_exact && is_apart && (is_in_list_or_quotation || starts_block);
            is_complete_fact || (self.callout.is_some() && (is_exact || is_apart))
        });
        let Some((key, length, is_exact)) = found else { return self.read_other_line(starts_block) };
        if let Some(last) = self.found.last_mut().filter(|_| self.continues_run) {
            last.keys.push(key);
            return;
        }
        let form = match (self.items, self.quotes.is_empty()) {
            (_, false) => LineForm::Quotation,
            (0, true) => LineForm::Paragraph,
            _ => LineForm::Item,
        };
        let range = start..start + length;
        let callout = self.callout.clone();
        self.found.push(StrayFacts {
            key_range: range,
            keys: vec![key],
            is_exact,
            form,
            callout,
            has_text: false,
        });
        self.continues_run = true;
    }

    /// Reads a line that is not a fact.
    fn read_other_line(&mut self, starts_block: bool) {
        if !starts_block {
            return;
        }
        self.end_run();
        match self.quotes.iter_mut().find(|quote| quote.follows_callout) {
            Some(quote) => quote.has_text = true,
            None => self.callout = None,
        }
    }

    fn end_run(&mut self) {
        self.continues_run = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parser;

    const CALLOUT: &str = "> [!claim] a\n> **It happened.**\n>\n> - by:: J. Doe\n";

    /// Checks the keys that are found in `text_after` after a callout, the number of claims that lose facts there, and
    /// the keys that are found in `text_after` alone.
    #[track_caller]
    fn check(text_after: &str, after_callout: (&[&str], usize), alone: &[&str]) {
        let found = |text: &str| {
            let events: Vec<PlacedEvent<'_>> = parser(text).into_offset_iter().collect();
            let found = find_stray_facts(&events, text);
            let keys: Vec<&str> = found.iter().flat_map(|stray| stray.keys.clone()).collect();
            (keys, found.iter().filter(|stray| stray.callout.is_some()).count())
        };
        assert_eq!(
            found(&format!("{CALLOUT}{text_after}")),
            (after_callout.0.to_vec(), after_callout.1),
            "{text_after:?}"
        );
        assert_eq!(found(text_after), (alone.to_vec(), 0), "{text_after:?}");
    }

    #[test]
    fn facts_directly_behind_a_callout_are_lost() {
        let verdict = &["verdict"][..];
        for line in [
            "- verdict:: x",
            "* verdict:: x",
            "+ verdict::\tx",
            "1. verdict:: x",
            "  - VERDICT :: x",
            "- [ ] verdict:: x",
        ] {
            check(line, (verdict, 1), verdict);
            check(&format!("\n\n{line}"), (verdict, 1), verdict);
        }
        check("\nverdict:: x", (verdict, 1), verdict);
        check("\n> - verdict:: x", (verdict, 1), verdict);
        check("\n> verdict:: x", (verdict, 1), verdict);
        check("\n> **Text.**\n>\n> - verdict:: x", (verdict, 1), verdict);
        check("- verdict::x", (verdict, 1), &[]);
        check("- verdit:: x", (verdict, 1), &[]);
        check(
            "- verdict:: x\n  and more\n- said:: y\n\nvia:: z",
            (&["verdict", "said", "via"], 1),
            &["verdict", "said", "via"],
        );
    }

    #[test]
    fn other_lines_end_what_is_directly_behind() {
        let verdict = &["verdict"][..];
        check("\nText.\n\n- verdict:: x", (verdict, 0), verdict);
        check("\n# Heading\n\n- verdict:: x", (verdict, 0), verdict);
        check("\n---\n\nverdict:: x", (verdict, 0), verdict);
        check("- Text.\n- verdict:: x", (verdict, 0), verdict);
        check("\n> Text.\n\n- verdict:: x", (verdict, 0), verdict);
        check("\n`code` and\nverdict:: x", (&[], 0), &[]);
    }

    #[test]
    fn lines_with_fewer_marks_than_the_first_are_lazy() {
        let check = |text: &str, expected: Option<&str>| {
            let start = text.find('A').expect("a beginning");
            let found = find_lazy_line(text, start, text.len()).and_then(|at| text.get(at..)?.lines().next());
            assert_eq!(found, expected, "{text:?}");
        };
        check("> - A\nlazy\nmore", Some("lazy"));
        check("> - A\n>   more\n> and more", None);
        check("> - A\r\n>   more\r\nlazy\r\n", Some("lazy"));
        check("> > A\n> lazy", Some("> lazy"));
        check("> > A\n>> more\n > > more\nlazy", Some("lazy"));
        check("> > A\n", None);
    }

    #[test]
    fn code_and_prose_are_no_facts() {
        for text in [
            "\n    - verdict:: x",
            "\n```\n- verdict:: x\n```",
            "- `verdict:: x`",
            "- **verdict**:: x",
            "- see verdict:: x",
            "\n|a|\n|-|\n|verdict:: x|",
            "- reviewer:: x",
            "- verdict: x",
            "\nText\nverdict:: x",
            "# verdict:: x",
        ] {
            check(text, (&[], 0), &[]);
        }
    }
}
