//! Finds claims that Markdown reads as something else: claims whose head is not the first line of a block
//! quotation, and claims in a code block that is never closed or directly below a line of raw HTML. Text in
//! comments and examples in closed code blocks are not reported.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, rules};
use crate::document::ClaimForm;
use crate::name;
use crate::source::{Span, Spanned};

use crate::markdown::claim::raw::RawClaim;
use crate::markdown::claim::stray::StrayFacts;
use crate::markdown::head::{self, ClaimHead};
use crate::markdown::inline::{PlacedEvent, end_index};

/// Claims that are lost for one cause. There is at least one head.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::markdown) struct UnreadClaims {
    pub(in crate::markdown) cause: LossReason,
    /// Heads of the claims, with ranges in the text.
    pub(in crate::markdown) heads: Vec<ClaimHead>,
}

impl UnreadClaims {
    fn start(&self) -> usize {
        self.heads.first().map_or(0, |head| head.marker.start)
    }
}

/// The reason why Markdown does not read claims as claims.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::markdown) enum LossReason {
    /// The head is in a later line of a block quotation.
    LaterLine,
    /// The head is not in a block quotation.
    NoQuotation,
    /// A line that begins with `>` is part of the paragraph before it, since it is indented too far.
    Indented,
    /// The claims are in a code block that is never closed. The range is that of its fence.
    OpenCode(Range<usize>),
    /// The claims are in a code block that contains the opening fence of another one, so that the closing fence of
    /// the other block ends both. The range is that of the first fence.
    JoinedCode(Range<usize>),
    /// The claims are in a code block, and a later code block is never closed. The range is that of the later
    /// fence.
    LaterOpenCode(Range<usize>),
    /// The claims are in raw HTML.
    Html,
    /// The claims are in raw HTML that begins with `<!` or `<?` and was meant to end before them. The range is
    /// that of this beginning.
    OpenHtml(Range<usize>),
}

/// Returns the claims that are lost in `text`, given its events.
pub(in crate::markdown) fn find_lost_claims(events: &[PlacedEvent<'_>], text: &str) -> Vec<UnreadClaims> {
    if !text.contains("[!") && !text.contains("[ !") {
        return Vec::new();
    }
    let mut search =
        LostClaimSearch { text, open_quotations: 0, found: Vec::new(), in_closed_code: Vec::new() };
    let mut index = 0;
    while let Some((event, range)) = events.get(index) {
        match event {
            Event::Start(Tag::BlockQuote(_))
                if text.get(range.clone()).is_some_and(|quote| head::find_in_quotation(quote).is_some()) =>
            {
                index = end_index(events, index);
            }
            Event::Start(Tag::BlockQuote(_)) => search.open_quotations += 1,
            Event::End(TagEnd::BlockQuote(_)) => search.open_quotations -= 1,
            Event::Start(Tag::Paragraph) => search.search_paragraph(range),
            Event::Start(Tag::Item) => search.search_list_item(range),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => search.search_code_block(range),
            Event::Start(Tag::HtmlBlock) => search.search_html_block(range),
            _ => {}
        }
        index += 1;
    }
    let mut found = search.found;
    found.sort_by_key(UnreadClaims::start);
    found
}

/// Reports lost claims. A claim with an id is kept without its facts, so that links to it are not reported as
/// well.
pub(in crate::markdown) fn report_lost_claims(
    lost: &[UnreadClaims],
    text: &str,
    span_of: impl Fn(&Range<usize>) -> Span,
    raw_claims: &mut Vec<RawClaim>,
    problems: &mut Vec<Diagnostic>,
) {
    if lost.is_empty() {
        return;
    }
    let mut known: HashSet<String> = raw_claims.iter().map(|claim| claim.id.value.clone()).collect();
    for lost in lost {
        problems.extend(lost.heads.first().map(|head| lost_claim_problem(&lost.cause, head, text, &span_of)));
        for head in &lost.heads {
            let id = text.get(head.id.clone()).unwrap_or_default();
            if name::is_id(id) && known.insert(id.to_owned()) {
                let id = Spanned::new(id.to_owned(), span_of(&head.id));
                let span = span_of(&(head.marker.start..head.end));
                raw_claims
                    .push(RawClaim { is_unreadable: true, ..RawClaim::new(ClaimForm::Callout, id, span) });
            }
        }
    }
}

/// Whether facts outside of every callout most likely belong to a lost claim. They do if the head of a lost claim
/// is between them and the callout directly before them, or if they do not follow a callout.
pub(in crate::markdown) fn explains_stray_facts(lost: &[UnreadClaims], stray: &StrayFacts) -> bool {
    let Some(callout) = &stray.callout else { return !lost.is_empty() };
    let first_after_callout = lost.partition_point(|lost| lost.start() < callout.end);
    lost.get(first_after_callout).is_some_and(|lost| lost.start() < stray.key_range.start)
}

/// Whether the code block whose fence is at `range` is reported as the cause of a lost claim.
pub(in crate::markdown) fn is_reported_code_block(lost: &[UnreadClaims], range: &Range<usize>) -> bool {
    lost.iter().any(|lost| match &lost.cause {
        LossReason::OpenCode(fence) | LossReason::JoinedCode(fence) | LossReason::LaterOpenCode(fence) => {
            fence == range
        }
        _ => false,
    })
}

const CLOSE_CODE_HELP: &str =
    "repeat the first characters of the code block on a line of their own before this callout";

fn lost_claim_problem(
    cause: &LossReason,
    head: &ClaimHead,
    text: &str,
    span_of: impl Fn(&Range<usize>) -> Span,
) -> Diagnostic {
    let problem = |message: &str, help: String| {
        Diagnostic::new(&rules::MALFORMED_CLAIMS, span_of(&head.marker), message).help(help)
    };
    match cause {
        LossReason::LaterLine => {
            head::head_problem(&ClaimHead { is_exact: false, ..head.clone() }, text, span_of)
        }
        LossReason::NoQuotation => problem(
            "the head of a claim is outside of a block quotation",
            format!("write `> {}`, and begin all lines of the claim with `>`", head.corrected_line(text)),
        ),
        LossReason::Indented => problem(
            "claim callout is part of the paragraph before it",
            "remove the spaces before its `>`, and put an empty line before it".to_owned(),
        ),
        LossReason::OpenCode(fence) => {
            problem("claim callout is inside a code block that is never closed", CLOSE_CODE_HELP.to_owned())
                .secondary(span_of(fence), "the code block begins here")
        }
        LossReason::JoinedCode(fence) => problem(
            "claim callout is inside a code block that contains the beginning of another",
            CLOSE_CODE_HELP.to_owned(),
        )
        .secondary(span_of(fence), "the code block begins here"),
        LossReason::LaterOpenCode(fence) => problem(
            "claim callout is inside a code block, and a later code block is never closed",
            "end each code block with a line of its own that repeats its first characters".to_owned(),
        )
        .secondary(span_of(fence), "this one is never closed"),
        LossReason::Html => problem(
            "claim callout is inside raw HTML",
            "put an empty line before it, and one after it".to_owned(),
        ),
        LossReason::OpenHtml(start) => problem(
            "claim callout is inside raw HTML",
            "write `>` where the raw HTML ends, or `\\<` or a code span to show it".to_owned(),
        )
        .secondary(span_of(start), "the raw HTML begins here"),
    }
}

struct LostClaimSearch<'a> {
    text: &'a str,
    /// Number of block quotations that are open.
    open_quotations: usize,
    found: Vec<UnreadClaims>,
    /// Heads in code blocks that are closed, each with the character of the fence.
    in_closed_code: Vec<(char, ClaimHead)>,
}

impl LostClaimSearch<'_> {
    fn search_paragraph(&mut self, range: &Range<usize>) {
        let mut heads = Vec::new();
        for (start, line) in lines(self.text, range) {
            let inside = line.trim_start_matches(['>', ' ', '\t']);
            if let Some(head) = head::find_in_line(inside) {
                let before = line.len() - inside.len();
                let is_marked = line.get(..before).unwrap_or_default().contains('>');
                heads.push((head.shifted_by(start + before), is_marked));
            }
        }
        for (head, is_marked) in heads {
            let cause = match (self.open_quotations, is_marked) {
                (0, false) => LossReason::NoQuotation,
                (0, true) => LossReason::Indented,
                _ => LossReason::LaterLine,
            };
            self.push(cause, head);
        }
    }

    /// Searches the first line of a list item. In a list without empty lines, an item does not contain a
    /// paragraph.
    fn search_list_item(&mut self, range: &Range<usize>) {
        let Some((start, line)) = lines(self.text, range).next() else { return };
        let is_list_mark = |letter: char| letter.is_ascii_digit() || "-*+.) \t".contains(letter);
        let inside = line.trim_start_matches(is_list_mark);
        if let Some(head) = head::find_in_line(inside) {
            self.push(LossReason::NoQuotation, head.shifted_by(start + line.len() - inside.len()));
        }
    }

    /// Adds a lost claim unless its head was just added. A paragraph at the beginning of a list item is searched
    /// twice.
    fn push(&mut self, cause: LossReason, head: ClaimHead) {
        let is_new = self.found.last().is_none_or(|last| last.heads.last() != Some(&head));
        if is_new {
            self.found.push(UnreadClaims { cause, heads: vec![head] });
        }
    }

    fn search_code_block(&mut self, range: &Range<usize>) {
        let Some((start, first)) = lines(self.text, range).next() else { return };
        let first = first.trim_start();
        let Some(mark) = first.chars().next() else { return };
        let length = first.chars().take_while(|letter| *letter == mark).count();
        let fence = start..start + length;
        let mut heads: Vec<ClaimHead> = Vec::new();
        let (mut is_closed, mut contains_other_fence) = (false, false);
        for (at, line) in lines(self.text, range).skip(1) {
            let inside = line.trim_start_matches(['>', ' ', '\t']);
            let before = line.len() - inside.len();
            let is_in_quotation =
                line.get(..before).unwrap_or_default().matches('>').count() > self.open_quotations;
            if let Some(head) = head::find_in_line(inside).filter(|head| is_in_quotation && head.is_exact) {
                heads.push(head.shifted_by(at + before));
            }
            let info = inside.trim_start_matches(mark);
            let is_fence =
                !is_in_quotation && inside.chars().take_while(|letter| *letter == mark).count() >= length;
            is_closed = is_fence && info.trim().is_empty();
            contains_other_fence |= is_fence && !is_closed;
        }
        match (is_closed, heads.is_empty()) {
            (true, true) => {}
            (false, false) => self.found.push(UnreadClaims { cause: LossReason::OpenCode(fence), heads }),
            (true, false) if contains_other_fence => {
                self.found.push(UnreadClaims { cause: LossReason::JoinedCode(fence), heads });
            }
            (true, false) => self.in_closed_code.extend(heads.into_iter().map(|head| (mark, head))),
            (false, true) => {
                // Only a fence of the same character can have closed an earlier block too early.
                let heads: Vec<ClaimHead> = self
                    .in_closed_code
                    .extract_if(.., |(fence_mark, _)| *fence_mark == mark)
                    .map(|(_, head)| head)
                    .collect();
                if !heads.is_empty() {
                    self.found.push(UnreadClaims { cause: LossReason::LaterOpenCode(fence), heads });
                }
            }
        }
    }

    /// Searches a block of raw HTML. Comments, and elements that show their text literally, are not searched.
    fn search_html_block(&mut self, range: &Range<usize>) {
        let block = self.text.get(range.clone()).unwrap_or_default().to_ascii_lowercase();
        let verbatim_starts = ["<pre", "<textarea", "<script", "<style", "<!--"];
        let inside = block.trim_start();
        if verbatim_starts.iter().any(|start| inside.starts_with(start)) {
            return;
        }
        let start = range.start + block.len() - inside.len();
        let is_declaration = ["<!", "<?"].iter().any(|start| inside.starts_with(start));
        let cause = if is_declaration { LossReason::OpenHtml(start..start + 2) } else { LossReason::Html };
        let mut heads = Vec::new();
        let mut in_comment = false;
        for (start, line) in lines(self.text, range) {
            let inside = line.trim_start_matches(['>', ' ', '\t']);
            let before = line.len() - inside.len();
            let is_marked = line.get(..before).unwrap_or_default().contains('>');
            let head = head::find_in_line(inside).filter(|head| is_marked && head.is_exact && !in_comment);
            heads.extend(head.map(|head| head.shifted_by(start + before)));
            in_comment = match (line.rfind("<!--"), line.rfind("-->")) {
                (Some(open), Some(close)) => open > close,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => in_comment,
            };
        }
        if !heads.is_empty() {
            self.found.push(UnreadClaims { cause, heads });
        }
    }
}

/// Returns the lines in a range of a text, each with the byte where it begins.
fn lines<'a>(text: &'a str, range: &Range<usize>) -> impl Iterator<Item = (usize, &'a str)> {
    let mut start = range.start;
    text.get(range.clone()).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\r', '\n']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parser;

    /// Checks the causes and the ids of the claims that are lost in a text.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &[&str])]) {
        let events: Vec<PlacedEvent<'_>> = parser(text).into_offset_iter().collect();
        let found = find_lost_claims(&events, text);
        let found: Vec<(String, Vec<&str>)> = found
            .iter()
            .map(|lost| {
                let cause = format!("{:?}", lost.cause);
                let cause = cause.split('(').next().unwrap_or_default().to_owned();
                let ids = lost.heads.iter().map(|head| text.get(head.id.clone()).expect("a place")).collect();
                (cause, ids)
            })
            .collect();
        let expected: Vec<(String, Vec<&str>)> =
            expected.iter().map(|(cause, ids)| ((*cause).to_owned(), ids.to_vec())).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn heads_elsewhere_are_lost() {
        check("> **It happened.**\n> [!claim] a\n", &[("LaterLine", &["a"])]);
        check("> Text.\n>\n> [!claims] a\n> **b**\n", &[("LaterLine", &["a"])]);
        check("[!claim] a\n> **It happened.**\n", &[("NoQuotation", &["a"])]);
        check("- [!claim] a\n- b\n", &[("NoQuotation", &["a"])]);
        check("1. [!claim] a\n\n2. b\n", &[("NoQuotation", &["a"])]);
        check("Text\n    > [!claim] a\n", &[("Indented", &["a"])]);
        check("> [!claim] a\n> **b**\n\nText [!claim] c, `[!claim]` and\n\\[!claim] d\n", &[]);
    }

    #[test]
    fn code_that_is_never_closed_loses_claims() {
        check("```\nx\n\n> [!claim] a\n> **b**\n\n> [!claim] c\n", &[("OpenCode", &["a", "c"])]);
        check("~~~~ text\n> [!claim] a\n~~~\n", &[("OpenCode", &["a"])]);
        check("- ```\n  > [!claim] a\n\nText.\n", &[("OpenCode", &["a"])]);
        check("> ```\n> > [!claim] a\n", &[("OpenCode", &["a"])]);
        check("```text\nx\n\n> [!claim] a\n\n```rust\ny\n```\n", &[("JoinedCode", &["a"])]);
        check("```\nx\n\n> [!claim] a\n\n```\ny\n```\n", &[("LaterOpenCode", &["a"])]);
    }

    #[test]
    fn examples_are_not_lost() {
        for text in [
            "```\n> [!claim] a\n```\n",
            "```markdown\n> [!claim] a\n```   \n\n```\nx\n```\n",
            "````\n```text\n> [!claim] a\n```\n````\n",
            "> ```\n> > [!claim] a\n> ```\n",
            "> ```\n> [!claim] a\n",
            "- ~~~\n  > [!claim] a\n  ~~~\n",
            "~~~\n> [!claim] a\n~~~\n\n```\nx",
            "    > [!claim] a\n",
            "```\nx",
            "<!--\n> [!claim] a\n-->\n",
            "<div>\n<!--\n> [!claim] a\n-->\n</div>\n",
            "<pre>\n> [!claim] a\n</pre>\n",
            "<div>\n\n> [!claim] a\n\n</div>\n",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn raw_html_loses_claims() {
        check("<div>\n> [!claim] a\n> **b**\n</div>\n", &[("Html", &["a"])]);
        check("<details><!-- x -->\n> [!claim] a\n", &[("Html", &["a"])]);
        check("<!TODO x\n\n> [!claim] a\n", &[("OpenHtml", &["a"])]);
        check("<?php echo\n\nb\n\n> [!claim] a\n", &[("OpenHtml", &["a"])]);
        check("<!TODO x>\n\n> [!claim] a\n", &[]);
    }
}
