//! Limits the depth of Markdown: removes events that are nested deeper than any author would write. Later steps
//! look at the elements around and inside of each element, so without a limit their time would be quadratic in
//! the length of the text.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::diagnostic::{Diagnostic, rules};
use crate::source::Span;

use crate::markdown::inline::PlacedEvent;

/// Most elements that may be open at once. Block quotations, lists, list items, emphasis, links and all other
/// elements are counted.
const MAX_DEPTH: usize = 100;

/// Removes elements that are nested too deeply, and returns the place of the first of them.
pub(in crate::markdown) fn limit_depth(events: &mut Vec<PlacedEvent<'_>>) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    let mut first = None;
    events.retain(|(event, range)| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                return depth < MAX_DEPTH;
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            first.get_or_insert(range.clone());
        }
        depth <= MAX_DEPTH
    });
    first
}

/// Creates the diagnostic for elements that are nested too deeply at a place.
pub(in crate::markdown) fn deep_nesting_problem(span: Span) -> Diagnostic {
    let message = format!("more than {MAX_DEPTH} elements of Markdown are open here");
    Diagnostic::new(&rules::DEEP_NESTINGS, span, message)
        .help("write fewer block quotations, lists or emphasis within each other")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parser;

    #[test]
    fn what_is_nested_deeper_is_removed() {
        for (mark, each) in [(">", 1), ("* > ", 3), ("1. ", 2)] {
            let text = |number: usize| format!("a\n\n{}b\n\nc", mark.repeat(number));
            let bounded = |number: usize| {
                let text = text(number);
                let mut events: Vec<PlacedEvent<'_>> = parser(&text).into_offset_iter().collect();
                let all = events.len();
                let range = limit_depth(&mut events);
                let is_end = |event: &Event<'_>| matches!(event, Event::End(_));
                let is_start = |event: &Event<'_>| matches!(event, Event::Start(_));
                let count =
                    |is: &dyn Fn(&Event<'_>) -> bool| events.iter().filter(|(event, _)| is(event)).count();
                assert_eq!(count(&is_start), count(&is_end), "{mark:?}");
                assert!(events.len() == all || range.is_some(), "{mark:?}");
                range.map(|range| range.start)
            };
            // The paragraph around `b` counts as an element as well.
            let most = (MAX_DEPTH - 1) / each;
            assert_eq!(bounded(most), None, "{mark:?}");
            assert!(bounded(MAX_DEPTH + 1).is_some_and(|start| start > 2), "{mark:?}");
        }
    }
}
