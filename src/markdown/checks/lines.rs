//! Visits the lines of plain text in the facts of a file, such as titles, names and reasons, and reports problems
//! in them. Lines that pages repeat have a limit of length: without it, a file of a few kilobytes could result in
//! pages of many megabytes. No line may change the direction of the text after it on a page.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Claim, DocumentKind, FrontMatter, LinkedText, SourceFacts, SourceReference, Wording};
use crate::name;
use crate::source::{SourceFile, Span, Spanned};

use crate::markdown::WORDING;
use crate::markdown::checks::directions;
use crate::markdown::claim::keys::KEYS;
use crate::markdown::content_file::ContentFile;
use crate::markdown::form::Form;

/// Most characters of a sentence that lists repeat. The longest statement of the demo book has 223 characters.
const MAX_SENTENCE_LENGTH: usize = 1_000;

/// Most characters of an address that is repeated with each claim of a write-up.
const MAX_ADDRESS_LENGTH: usize = 2_000;

/// Most tags of a write-up. Each of its claims has all of them, too.
const MAX_TAGS: usize = 50;

/// Most authors of a write-up or source. Pages name them wherever the write-up or source is cited.
const MAX_AUTHORS: usize = 100;

/// Most speakers of one claim. Each of them has a page, a feed and an image.
const MAX_SPEAKERS: usize = 50;

/// Most former addresses of a page and former ids of a claim. Each of them is a page that redirects.
const MAX_ALIASES: usize = 50;

/// Sort of a line, which decides its limit of length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum LineKind {
    /// A name, title, tag or unit.
    Name,
    /// A sentence that is also shown in lists.
    Sentence,
    /// An address on the web.
    Address,
    /// A reason or condition that is shown in few places.
    Reason,
    /// Words that are quoted from a source.
    Quotation,
}

/// One line of plain text.
#[derive(Debug, Clone, Copy)]
pub(in crate::markdown) struct Line<'a> {
    /// Key of the fact that contains the line.
    pub(in crate::markdown) key: &'a str,
    pub(in crate::markdown) text: &'a str,
    /// Place of the line, or of the smallest part of the file that is known to contain it.
    pub(in crate::markdown) span: Span,
    pub(in crate::markdown) kind: LineKind,
}

/// Reports lines and lists that are too long, and lines that change the direction of other text. Claims with such
/// lines are marked as broken.
pub(in crate::markdown) fn check(
    file: ContentFile<'_>,
    front_matter: &FrontMatter,
    claims: &mut [Claim],
    problems: &mut Vec<Diagnostic>,
) {
    visit_front_matter(file.kind, front_matter, &mut |line| line.check(file.source, problems));
    let source = match front_matter.source.as_ref().map(|source| &source.value) {
        Some(SourceReference::Inline(facts)) => facts,
        _ => &front_matter.source_facts,
    };
    problems.extend(too_many_problem("tags", &front_matter.tags, MAX_TAGS));
    problems.extend(too_many_problem("authors", &front_matter.authors, MAX_AUTHORS));
    problems.extend(too_many_problem("authors of its source", &source.authors, MAX_AUTHORS));
    problems.extend(too_many_problem("aliases", &front_matter.aliases, MAX_ALIASES));
    for claim in claims {
        let before = problems.len();
        problems.extend(too_many_problem("speakers of a claim (`by`)", &claim.by, MAX_SPEAKERS));
        problems.extend(too_many_problem("aliases of a claim", &claim.aliases, MAX_ALIASES));
        visit_claim(claim, file.source, &mut |line| line.check(file.source, problems));
        claim.is_broken |= problems.len() > before;
    }
}

impl Line<'_> {
    fn check(self, source: &SourceFile, problems: &mut Vec<Diagnostic>) {
        problems.extend(overlong_problem(self));
        let is_control = |letter: &char| {
            (letter.is_control() && !letter.is_whitespace()) || matches!(letter, '\u{fffe}' | '\u{ffff}')
        };
        if let Some(control) = self.text.chars().find(is_control) {
            let message =
                format!("`{}` contains the control character `U+{:04X}`", self.key, u32::from(control));
            let span = find_span(source, self.span, control.encode_utf8(&mut [0; 4]));
            problems.push(
                Diagnostic::new(&rules::BAD_VALUES, span, message).help("delete this invisible character"),
            );
            return;
        }
        let Some(control) = directions::find_unmatched_in_line(self.text) else { return };
        let message = format!(
            "`{}` has `U+{:04X}`, which changes the direction of writing",
            self.key,
            u32::from(control)
        );
        let span = find_span(source, self.span, control.encode_utf8(&mut [0; 4]));
        problems.push(
            Diagnostic::new(&rules::DIRECTION_CONTROLS, span, message)
                .help("delete this invisible character"),
        );
    }
}

fn overlong_problem(line: Line<'_>) -> Option<Diagnostic> {
    let max_length = match line.kind {
        LineKind::Name => name::MAX_LENGTH,
        LineKind::Sentence => MAX_SENTENCE_LENGTH,
        LineKind::Address => MAX_ADDRESS_LENGTH,
        LineKind::Reason | LineKind::Quotation => return None,
    };
    // Byte lengths are compared first, because counting characters takes longer.
    let length = if line.text.len() > max_length { line.text.chars().count() } else { 0 };
    let message = format!("`{}` has {length} characters, more than {max_length}", line.key);
    (length > max_length).then(|| {
        let help = match line.kind {
            LineKind::Sentence => "shorten it to one sentence; what it leaves out can be said in the text",
            _ => "write a shorter one",
        };
        Diagnostic::new(&rules::OVERLONG_TEXTS, line.span, message).help(help)
    })
}

fn too_many_problem(key: &str, texts: &[Spanned<String>], max: usize) -> Option<Diagnostic> {
    let first = texts.get(max)?;
    let message = format!("{} {key}, of which at most {max} are possible", texts.len());
    Some(Diagnostic::new(&rules::OVERLONG_TEXTS, first.span, message).help("keep the most important ones"))
}

/// Calls `visit` with each line of a front matter.
pub(in crate::markdown) fn visit_front_matter(
    kind: DocumentKind,
    front_matter: &FrontMatter,
    visit: &mut impl FnMut(Line<'_>),
) {
    let key = if kind == DocumentKind::Speaker { "name" } else { "title" };
    if let Some(title) = front_matter.page_title(WORDING).zip(front_matter.title_span()) {
        visit(Line { key, text: title.0, span: title.1, kind: LineKind::Name });
    }
    if let Some(summary) = &front_matter.summary {
        let text = summary.value.read(WORDING);
        visit(Line { key: "summary", text, span: summary.span, kind: LineKind::Sentence });
    }
    visit_texts("authors", LineKind::Name, &front_matter.authors, visit);
    visit_texts("tags", LineKind::Name, &front_matter.tags, visit);
    visit_texts("aliases", LineKind::Name, &front_matter.aliases, visit);
    visit_texts("unit", LineKind::Name, &front_matter.unit, visit);
    visit_texts("url", LineKind::Address, &front_matter.url, visit);
    // The title of a source file was visited above, so `visit_source` leaves it out.
    visit_source(&front_matter.source_facts, visit);
    if let Some(SourceReference::Inline(facts)) = front_matter.source.as_ref().map(|source| &source.value) {
        visit_texts("title", LineKind::Name, &facts.title, visit);
        visit_source(facts, visit);
    }
}

fn visit_source(facts: &SourceFacts, visit: &mut impl FnMut(Line<'_>)) {
    visit_texts("author", LineKind::Name, &facts.authors, visit);
    visit_texts("publisher", LineKind::Name, &facts.publisher, visit);
    visit_texts("url", LineKind::Address, &facts.url, visit);
}

/// Calls `visit` with each line of a claim. `source` is the file that contains the claim.
pub(in crate::markdown) fn visit_claim(claim: &Claim, source: &SourceFile, visit: &mut impl FnMut(Line<'_>)) {
    let (text, span) = (claim.statement.value.read(WORDING), claim.statement.span);
    visit(Line { key: "statement", text, span, kind: LineKind::Sentence });
    if let Some(quote) = &claim.quote {
        for text in quote.paragraphs.read(WORDING) {
            visit(Line { key: "quote", text, span: quote.span, kind: LineKind::Quotation });
        }
    }
    for (key, texts) in KEYS.iter().filter_map(|key| Some((key, key.texts?))) {
        let kind = if (key.form)() == Form::Plain { LineKind::Sentence } else { LineKind::Name };
        visit_texts(key.name, kind, texts(claim), visit);
    }
    let value = claim.value.iter().map(|value| ("value", &value.value.unit, value.span));
    let expected = claim.expects.iter().map(|expects| ("expects", &expects.value.unit, expects.span));
    for (key, unit, span) in value.chain(expected) {
        let text = unit.as_deref().unwrap_or_default();
        visit(Line { key, text, span: find_span(source, span, text), kind: LineKind::Name });
    }
    if let Some(SourceReference::Inline(facts)) = claim.source.as_ref().map(|source| &source.value) {
        visit_texts("source", LineKind::Name, &facts.title, visit);
        visit_texts("source", LineKind::Address, &facts.url, visit);
    }
    visit_texts("seen", LineKind::Name, claim.seen.iter().map(|seen| &seen.by), visit);
    let visit_linked_text = |key: &str, rich: Option<&LinkedText>, visit: &mut dyn FnMut(Line<'_>)| {
        let Some(rich) = rich else { return };
        let text = rich.plain();
        visit(Line { key, text: &text, span: find_span(source, rich.span, &text), kind: LineKind::Reason });
    };
    let visit_reason = |key: &str, text: Option<&Wording<LinkedText>>, visit: &mut dyn FnMut(Line<'_>)| {
        visit_linked_text(key, text.map(|text| text.read(WORDING)), visit);
    };
    visit_reason("criteria", claim.criteria.as_deref(), visit);
    visit_reason("if", claim.condition.as_deref(), visit);
    for relation in &claim.relations {
        visit_reason(relation.kind.word(), relation.reason.as_ref(), visit);
    }
    for evidence in claim.evidence.read(WORDING) {
        visit(Line { key: "evidence", text: &evidence.text, span: evidence.span, kind: LineKind::Reason });
        visit_linked_text("evidence", evidence.note.as_ref(), visit);
    }
    for verdict in &claim.verdicts {
        visit_texts("verdict", LineKind::Name, &verdict.by, visit);
        visit_reason("verdict", verdict.reason.as_ref(), visit);
    }
}

fn visit_texts<'a>(
    key: &str,
    kind: LineKind,
    texts: impl IntoIterator<Item = &'a Spanned<String>>,
    visit: &mut impl FnMut(Line<'_>),
) {
    texts.into_iter().for_each(|text| visit(Line { key, text: &text.value, span: text.span, kind }));
}

/// Returns the span of `part` within a value, or the whole value if the file does not contain `part` literally.
fn find_span(source: &SourceFile, span: Span, part: &str) -> Span {
    let at = source.slice(span).find(part).filter(|_| !part.is_empty());
    at.map_or(span, |at| {
        let start = span.start as usize + at;
        Span::new(span.file, start..start + part.len())
    })
}
