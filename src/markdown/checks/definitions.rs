//! Finds definitions of links (`[label]: address`) that no link uses. Markdown does not show such a line, so
//! `[Note]: important` disappears from the page.
//!
//! CommonMark 0.31.2, section 4.7, defines the syntax. If several definitions have the same label, the first one
//! applies. A definition with the address `#` or `<>` is a common way to write a comment and is not reported.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::document::UnreadKind;

use crate::markdown::checks::UnreadRange;
use crate::markdown::head;
use crate::markdown::inline::{PlacedEvent, end_index};

/// Returns the lines of `text` that define a link and are not used, given the events of `text`.
pub(in crate::markdown) fn find_unused_definitions(
    events: &[PlacedEvent<'_>],
    text: &str,
) -> Vec<UnreadRange> {
    if !text.contains("]:") {
        return Vec::new();
    }
    let used = used_labels(events);
    let shown = shown_ranges(events);
    let mut defined = HashSet::new();
    let mut found = Vec::new();
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        let inside =
            line.trim_start_matches(|letter: char| letter.is_ascii_digit() || "->*+.) \t".contains(letter));
        let at = start + line.len() - inside.len();
        let Some((label, address)) = label_and_address(inside) else { continue };
        // The head of a claim that is misspelt in this way is an error of its own.
        if is_shown(&shown, at) || head::find_in_line(inside).is_some() {
            continue;
        }
        let label = normalized_label(label);
        let is_first = defined.insert(label.clone());
        let kind = match used.contains(&label) {
            _ if is_comment(address) => continue,
            true if is_first => continue,
            true => UnreadKind::RepeatedDefinition,
            false => UnreadKind::UnusedDefinition,
        };
        found.push((kind, at..at + inside.trim_end().len()));
    }
    found
}

/// Returns the label and the address of a line that looks like a definition.
fn label_and_address(line: &str) -> Option<(&str, &str)> {
    let (label, address) = line.strip_prefix('[')?.split_once("]:")?;
    let is_label = !label.starts_with('^') && !label.contains(['[', ']']) && !label.trim().is_empty();
    is_label.then_some((label, address.trim()))
}

fn is_comment(address: &str) -> bool {
    let first = address.split_whitespace().next();
    matches!(first, Some("#" | "<>"))
}

/// Normalizes a label for comparison: case is ignored, and every run of white space counts as one space
/// (CommonMark 0.31.2, section 4.7).
fn normalized_label(label: &str) -> String {
    label.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn used_labels(events: &[PlacedEvent<'_>]) -> HashSet<String> {
    let labels = events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
            let is_reference_link =
                matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
            is_reference_link.then(|| normalized_label(id))
        }
        _ => None,
    });
    labels.collect()
}

/// Returns the ranges of everything that is shown, in the order of the text. Blocks that contain other blocks are
/// left out, since a definition can be inside of them.
fn shown_ranges(events: &[PlacedEvent<'_>]) -> Vec<Range<usize>> {
    let mut shown = Vec::new();
    let mut index = 0;
    while let Some((event, range)) = events.get(index) {
        match event {
            Event::Start(
                Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Item
                | Tag::FootnoteDefinition(_)
                | Tag::DefinitionList
                | Tag::DefinitionListDefinition,
            )
            | Event::End(_) => {}
            Event::Start(_) => {
                shown.push(range.clone());
                index = end_index(events, index);
            }
            _ => shown.push(range.clone()),
        }
        index += 1;
    }
    shown
}

fn is_shown(shown: &[Range<usize>], at: usize) -> bool {
    let started = shown.partition_point(|range| range.start <= at);
    started.checked_sub(1).and_then(|index| shown.get(index)).is_some_and(|range| at < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::checks::check_unread;

    #[track_caller]
    fn check(text: &str, expected: &[(UnreadKind, &str)]) {
        check_unread(find_unused_definitions, text, expected);
    }

    #[test]
    fn definitions_that_no_link_uses_are_not_shown() {
        check("[Note]: important\n\nText.", &[(UnreadKind::UnusedDefinition, "[Note]: important")]);
        check("Text.\n\n> [Ä b]: /x 'y'\n", &[(UnreadKind::UnusedDefinition, "[Ä b]: /x 'y'")]);
        check("- [a]: /x\n- b\n", &[(UnreadKind::UnusedDefinition, "[a]: /x")]);
        check(
            "[a]\n\n[a]: /x\n[A]: /y\n[b]: /z",
            &[(UnreadKind::RepeatedDefinition, "[A]: /y"), (UnreadKind::UnusedDefinition, "[b]: /z")],
        );
    }

    #[test]
    fn what_is_used_shown_or_a_comment_is_not_reported() {
        for text in [
            "[a], [b][A  c], ![d][] and [É]\n\n[a]: /a\n[a\tC]: <b>\n[d]: /d\n[é]: /e",
            "[//]: # (a comment)\n\n[a]: <>\n",
            "Text\n[a]: important",
            "[a]: two words",
            "[a]:\n\nText",
            "    [a]: /x",
            "```\n[a]: /x\n```",
            "<pre>\n[a]: /x\n</pre>",
            "Text[^a]\n\n[^a]: Note",
            "\\[a]: /x",
            "- [x]: is it?\n",
        ] {
            check(text, &[]);
        }
    }
}
