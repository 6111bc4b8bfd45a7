//! Finds merge conflicts in Markdown. Those in code blocks are meant as text and are not reported.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::diagnostic;
use crate::markdown::inline::PlacedEvent;

/// Returns the first line of each conflict in `text`, given its events.
pub(in crate::markdown) fn find_merge_conflicts(events: &[PlacedEvent<'_>], text: &str) -> Vec<Range<usize>> {
    let is_code = |range: &Range<usize>| {
        let blocks = events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))));
        blocks.map(|(_, block)| block).any(|block| block.contains(&range.start))
    };
    let mut found = diagnostic::find_merge_conflicts(text);
    found.retain(|range| !is_code(range));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parser;

    #[test]
    fn conflicts_in_code_are_examples() {
        let conflict = "<<<<<<< a\n=======\n>>>>>>> b\n";
        let found = |text: &str| {
            let events: Vec<PlacedEvent<'_>> = parser(text).into_offset_iter().collect();
            find_merge_conflicts(&events, text).len()
        };
        assert_eq!(found(conflict), 1);
        assert_eq!(found(&format!("```\n{conflict}```\n")), 0);
        assert_eq!(found(&format!("```\n{conflict}```\n\n{conflict}")), 1);
    }
}
