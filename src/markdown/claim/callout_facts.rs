//! Reads the list of facts in a callout into keys and values. Each list item is one fact. If Markdown joins
//! another fact to an item, this is reported.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, rules};
use crate::document::Inline;
use crate::source::Spanned;

use crate::markdown::claim::callout_reader::CalloutReader;
use crate::markdown::claim::keys::NAMES;
use crate::markdown::claim::raw::{RawClaim, RawFact};
use crate::markdown::claim::stray::{self, Bullet, JoinedFact};
use crate::markdown::inline::{PlacedEvent, end_index, linked_text};

/// Characters that look like a colon and are written after a key by mistake.
const COLONS: [char; 2] = [':', '：'];

impl CalloutReader<'_> {
    pub(in crate::markdown) fn read_facts(&mut self, events: &[PlacedEvent<'_>], raw: &mut RawClaim) {
        let mut index = 0;
        while index < events.len() {
            let last = end_index(events, index);
            let item = events.get(index + 1..last).unwrap_or_default();
            let range = events[index].1.clone();
            let item = self.split_off_next_fact(item, raw);
            match self.read_fact(&item) {
                Some(fact) => raw.facts.push(fact),
                None => self.report_misplaced(range, "a line of facts is `key:: value`"),
            }
            index = last + 1;
        }
    }

    /// Returns the events of an item up to the next fact that Markdown joined to it, and reports that fact.
    /// Markdown joins a line to the item before it if the line lacks `> ` or `- `.
    fn split_off_next_fact<'e>(
        &mut self,
        item: &[PlacedEvent<'e>],
        raw: &mut RawClaim,
    ) -> Vec<PlacedEvent<'e>> {
        let range =
            item.first().map_or(0, |(_, first)| first.start)..item.last().map_or(0, |(_, last)| last.end);
        let following_facts = stray::facts_on_later_lines(self.slice(&range));
        let end = following_facts.first().map_or(range.end, |line| range.start + line.at);
        if let Some((key, at)) = self.find_fact_on_same_line(item, end) {
            raw.misplaced_keys.extend(following_facts.iter().map(|line| line.key));
            return self.split_off_fact_on_same_line(item, (key, at), raw);
        }
        let Some(&JoinedFact { at, key, is_lazy, bullet }) = following_facts.first() else {
            self.check_lazy_continuation(item, "fact", "> ");
            return item.to_vec();
        };
        let at = range.start + at;
        let runs_on = "runs into the fact before it";
        let (message, help) = match (bullet, is_lazy) {
            (Bullet::Item, _) => (
                "is nested in the fact before it",
                "remove the spaces before its `-`, so that it is a fact of its own".to_owned(),
            ),
            (Bullet::Other(mark @ ('-' | '*' | '+')), _) => {
                (runs_on, format!("put a plain space after its `{mark}`"))
            }
            (Bullet::Other(mark), _) => (runs_on, format!("write `- ` in place of `{mark}`")),
            (Bullet::Absent, true) => (runs_on, "add `> - ` before this line".to_owned()),
            (Bullet::Absent, false) => (runs_on, "add `- ` before it".to_owned()),
        };
        self.problems.push(
            Diagnostic::new(
                &rules::MALFORMED_CLAIMS,
                self.span(at..at + key.len()),
                format!("`{key}::` {message}"),
            )
            .help(help),
        );
        raw.misplaced_keys.extend(following_facts.iter().map(|line| line.key));
        item.iter().filter(|(_, range)| range.end <= at).cloned().collect()
    }

    /// Finds the first known key of a fact inside an item, after its beginning and before byte `end`. Code and
    /// links are not searched.
    fn find_fact_on_same_line(&self, item: &[PlacedEvent<'_>], end: usize) -> Option<(&'static str, usize)> {
        let first = item.iter().find(|(event, _)| matches!(event, Event::Text(_)))?.1.start;
        let mut index = 0;
        while let Some((event, range)) = item.get(index).filter(|(_, range)| range.start < end) {
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::List(_) | Tag::BlockQuote(_)) => {
                    index = end_index(item, index);
                }
                Event::Text(_) => {
                    let before = self.slice(&(first..range.start));
                    let found = stray::find_fact_in_text(self.slice(range), before);
                    if let Some((key, at)) =
                        found.filter(|(_, at)| (first + 1..end).contains(&(range.start + at)))
                    {
                        return Some((key, range.start + at));
                    }
                }
                _ => {}
            }
            index += 1;
        }
        None
    }

    /// Reports a fact at byte `at` that is on the same line as another fact, and returns the item without it.
    fn split_off_fact_on_same_line<'e>(
        &mut self,
        item: &[PlacedEvent<'e>],
        (key, at): (&'static str, usize),
        raw: &mut RawClaim,
    ) -> Vec<PlacedEvent<'e>> {
        let message = format!("`{key}::` runs into the fact before it");
        let span = self.span(at..at + key.len() + 2);
        self.problems.push(
            Diagnostic::new(&rules::MALFORMED_CLAIMS, span, message)
                .help(format!("write it on a line of its own: `> - {key}:: …`")),
        );
        raw.misplaced_keys.push(key);
        let before = item.iter().filter(|(_, range)| range.start < at);
        before
            .filter_map(|(event, range)| match event {
                Event::Text(_) if range.end > at => {
                    let text = self.slice(&(range.start..at)).trim_end().to_owned();
                    Some((Event::Text(text.into()), range.start..at))
                }
                _ => (range.end <= at).then(|| (event.clone(), range.clone())),
            })
            .collect()
    }

    fn read_fact(&mut self, item: &[PlacedEvent<'_>]) -> Option<RawFact> {
        let is_nested_block = |event: &Event<'_>| {
            matches!(
                event,
                Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_))
            )
        };
        let inlines: Vec<PlacedEvent<'_>> = item
            .iter()
            .filter(|(event, _)| {
                !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
            })
            .cloned()
            .collect();
        if inlines.iter().any(|(event, _)| is_nested_block(event)) {
            return None;
        }
        let start = inlines.first()?.1.start;
        let end = inlines.last()?.1.end;
        let text = self.text;
        let source = text.get(start..end)?;
        let (key, after) = match source.split_once("::") {
            Some(exact) => exact,
            None => self.split_at_wrong_colons(source, start)?,
        };
        let is_exact = source.contains("::");
        let value_start = end - after.trim_start().len();
        let mut value = linked_text(&inlines, self.span(value_start..end.max(value_start)), self.offset);
        let Inline::Text(first) = value.pieces.first_mut()? else {
            return None;
        };
        let after_key = if is_exact { first.split_once("::") } else { first.split_once(COLONS) };
        let rest = after_key?.1.trim_start();
        *first = rest.strip_prefix(COLONS).filter(|_| !is_exact).unwrap_or(rest).trim_start().to_owned();
        Some(RawFact {
            key: Spanned::new(key.trim().to_owned(), self.span(start..start + key.trim_end().len())),
            value,
        })
    }

    /// Splits a fact that does not have `::` after its key into the key and the text after the colons. The colons
    /// are reported.
    fn split_at_wrong_colons<'t>(&mut self, source: &'t str, start: usize) -> Option<(&'t str, &'t str)> {
        let (key, after) = source.split_once(COLONS).filter(|(key, _)| NAMES.contains(&key.trim()))?;
        // In `said : : 2026`, a space separates the two colons.
        let after_second_colon = after.trim_start().strip_prefix(COLONS);
        let length = source.len() - after_second_colon.unwrap_or(after).len();
        let colons = source.get(key.len()..length).unwrap_or_default();
        let message = match after_second_colon {
            _ if colons.contains('：') => format!("the colons after `{}` are full-width ones", key.trim()),
            Some(_) => format!("the colons after `{}` are not together", key.trim()),
            None => format!("`{}` is followed by one colon", key.trim()),
        };
        self.problems.push(
            Diagnostic::new(&rules::MALFORMED_CLAIMS, self.span(start..start + length), message)
                .help(format!("write two colons: `{}:: …`", key.trim())),
        );
        Some((key, after_second_colon.unwrap_or(after)))
    }
}
