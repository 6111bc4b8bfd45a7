//! Reads the values of front matter: a [`Node`] in, [`FrontMatter`] and claims out.

pub(in crate::markdown) mod keys;
pub(in crate::markdown) mod split;

use std::ops::Range;

use crate::data::{Fields, Node, Value, misspelt_keys};
use crate::diagnostic::{Diagnostic, rules};
use crate::document::{ClaimForm, DocumentKind, FrontMatter, Quote, Wording};
use crate::name;
use crate::source::{Span, Spanned};

use crate::markdown::claim;
use crate::markdown::claim::raw::{RawClaim, RawFact, STATEMENT};
use crate::markdown::content_file::ContentFile;
use crate::markdown::inline::linked_text_of_value;

fn noun(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Home => "the home page",
        DocumentKind::Article => "a write-up",
        DocumentKind::Claim => "a claim",
        DocumentKind::Speaker => "a speaker",
        DocumentKind::Metric => "a metric",
        DocumentKind::Source => "a source",
        DocumentKind::Page => "a page",
    }
}

/// Number of lines at the beginning of a file that are searched for front matter that does not begin in the first
/// line.
const FIRST_LINES: usize = 10;
/// Beginnings of lines that show that a text is meant as front matter.
const TITLES: [&str; 6] = ["title:", "title =", "name:", "name =", "statement:", "statement ="];

/// Returns the first line that is not blank. Problems of the file as a whole are shown there.
pub(in crate::markdown) fn head_of(place: ContentFile<'_>) -> Span {
    let text = place.source.text();
    let blank = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let start = text.get(..blank).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
    Span::new(place.file, start..start + length)
}

/// Returns the problem of a file that has front matter which is not read, because the first line of the file, at
/// `head`, is not `---`.
pub(in crate::markdown) fn begun_late(place: ContentFile<'_>, head: Span) -> Option<Diagnostic> {
    let text = place.source.text().get(head.start as usize..)?;
    let lines = || text.lines().take(FIRST_LINES).map(str::trim_end);
    let has_fence = lines().any(|line| line == "---" || line == "+++");
    let has_title = lines().any(|line| TITLES.iter().any(|key| line.starts_with(key)));
    // The home page needs no front matter, and `---` may be a line in its text.
    let is_begun =
        if place.kind == DocumentKind::Home { has_fence && has_title } else { has_fence || has_title };
    is_begun.then(|| {
        Diagnostic::new(&rules::BAD_FRONT_MATTER, head, "front matter must begin with `---` in the first line")
            .help("write `---` alone in the first line, and nothing before it; another line `---` ends the front matter")
    })
}

/// Returns the ids in lines such as `- id: pace` or `id = "pace"` of a front matter that begins at byte `start`.
/// The search ends at the closing fence.
pub(in crate::markdown) fn ids_in_lines(
    place: ContentFile<'_>,
    start: usize,
) -> impl Iterator<Item = Spanned<String>> {
    let text = place.source.text().get(start..).unwrap_or_default();
    let fence = text.lines().next().unwrap_or_default().trim_end();
    let mut at = start;
    let lines = text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    });
    let lines = lines.skip(1).take_while(move |(_, line)| line.trim_end() != fence);
    lines.filter_map(move |(at, line)| {
        let value = line.trim_start().trim_start_matches("- ").trim_start().strip_prefix("id")?;
        let value = value.trim_start().strip_prefix([':', '='])?;
        let id = value.split('#').next()?.trim().trim_matches(['"', '\'']);
        let start = at + line.rfind(id)?;
        name::is_id(id).then(|| Spanned::new(id.to_owned(), Span::new(place.file, start..start + id.len())))
    })
}

/// Reads the front matter of a file of any kind but a claim file.
pub(in crate::markdown) fn read(
    place: ContentFile<'_>,
    node: &Node,
    problems: &mut Vec<Diagnostic>,
) -> (FrontMatter, Vec<RawClaim>) {
    let ContentFile { kind, .. } = place;
    let before = problems.len();
    let known = keys::names_of(kind);
    let mut fields = Fields::new(node, &known, noun(kind), &rules::BAD_VALUES, problems);
    let mut front_matter = keys::read(keys::rows_of(kind), &mut fields);
    front_matter.span = Some(node.span);
    let FrontMatter { authors, tags, aliases, allow, .. } = &mut front_matter;
    for texts in [authors, tags, aliases, allow] {
        texts.shrink_to_fit();
    }
    front_matter.comments = comments(place, node);
    front_matter.is_broken = fields.problems().len() > before;
    fields.problems().extend(updated_before_date(&front_matter));
    let claims = claims(place, fields.node(keys::CLAIMS), fields.problems());
    (front_matter, claims)
}

/// Returns comments that follow a value without quotation marks and have no space after `#`. In TOML, texts have
/// quotation marks, so a comment cannot cut them off.
fn comments(place: ContentFile<'_>, node: &Node) -> Vec<Span> {
    let text = place.source.text();
    let mut found = Vec::new();
    let is_toml = place.source.slice(head_of(place)).starts_with("+++");
    let mut waiting = if is_toml { Vec::new() } else { vec![(node.span, node)] };
    while let Some((before, node)) = waiting.pop() {
        match &node.value {
            // For a key without a value, the comment follows the key.
            Value::Map(entries) => waiting.extend(entries.iter().map(|entry| {
                let is_empty = matches!(entry.node.value, Value::Empty);
                (if is_empty { entry.key_span } else { entry.node.span }, &entry.node)
            })),
            Value::List(items) => waiting.extend(items.iter().map(|item| (item.span, item))),
            Value::Scalar(_) | Value::Empty => {
                let is_quoted = place.source.slice(before).starts_with(['"', '\'', '|', '>']);
                let comment = comment_behind(text, before.end as usize).filter(|_| !is_quoted);
                found.extend(comment.map(|comment| Span::new(place.file, comment)));
            }
        }
    }
    found.sort_unstable_by_key(|span| span.start);
    found
}

/// Returns the comment that follows byte `end`, where a value or a key without a value ends.
fn comment_behind(text: &str, end: usize) -> Option<Range<usize>> {
    let (before, behind) = text.split_at_checked(end)?;
    let behind = behind.strip_prefix(':').unwrap_or(behind);
    let comment = behind.trim_start_matches([' ', '\t']);
    let has_space = comment.len() < behind.len() || before.ends_with([' ', '\t']);
    let is_meant = comment.strip_prefix('#')?.starts_with(char::is_alphanumeric);
    let start = text.len() - comment.len();
    let length = comment.lines().next().unwrap_or_default().trim_end().len();
    (has_space && is_meant).then_some(start..start + length)
}

fn updated_before_date(front_matter: &FrontMatter) -> Option<Diagnostic> {
    let (date, updated) = (front_matter.date.as_ref()?, front_matter.updated.as_ref()?);
    (updated.value.last_day() < date.value.first_day()).then(|| {
        Diagnostic::new(
            &rules::IMPOSSIBLE_DATES,
            updated.span,
            "this write-up is updated before its own `date`",
        )
        .secondary(date.span, format!("dated {}", date.value))
        .help("correct the date that is wrong")
    })
}

/// Reads the front matter of a file in `content/claims/`.
pub(in crate::markdown) fn read_claim_file(
    place: ContentFile<'_>,
    node: &Node,
    id: Spanned<String>,
    problems: &mut Vec<Diagnostic>,
) -> (FrontMatter, RawClaim) {
    let known = keys::names_of_claim_file();
    let before = problems.len();
    let mut fields = Fields::new(node, &known, noun(place.kind), &rules::BAD_VALUES, problems);
    let mut front_matter = keys::read(keys::rows_of(place.kind), &mut fields);
    front_matter.span = Some(node.span);
    front_matter.comments = comments(place, node);
    let mut raw = raw_claim(place, &mut fields, id, ClaimForm::File);
    raw.misplaced_keys.extend(misspelt_keys(node, &known));
    raw.has_reported_errors = problems.len() > before;
    (front_matter, raw)
}

fn claims(place: ContentFile<'_>, node: Option<&Node>, problems: &mut Vec<Diagnostic>) -> Vec<RawClaim> {
    let Some(node) = node else { return Vec::new() };
    let Value::List(items) = &node.value else {
        let message = format!("`claims` takes a list, not {}", node.value.noun());
        problems.push(Diagnostic::new(&rules::BAD_FRONT_MATTER, node.span, message));
        return Vec::new();
    };
    let known = keys::names_of_listed_claim();
    let (mappings, others): (Vec<_>, Vec<_>) =
        items.iter().partition(|item| matches!(item.value, Value::Map(_)));
    for item in others {
        let message = format!("a claim needs keys and values, not {}", item.value.noun());
        problems.push(
            Diagnostic::new(&rules::BAD_FRONT_MATTER, item.span, message)
                .help("write `- id: the-id` and its other keys below"),
        );
    }
    mappings
        .into_iter()
        .map(|item| {
            let before = problems.len();
            let mut fields = Fields::new(item, &known, "a claim", &rules::BAD_VALUES, problems);
            let id = fields.text("id").unwrap_or_else(|| Spanned::new(String::new(), item.span));
            let mut raw = raw_claim(place, &mut fields, id, ClaimForm::FrontMatter);
            raw.misplaced_keys.extend(misspelt_keys(item, &known));
            raw.has_reported_errors = problems.len() > before;
            raw
        })
        .collect()
}

fn raw_claim(
    place: ContentFile<'_>,
    fields: &mut Fields<'_>,
    id: Spanned<String>,
    form: ClaimForm,
) -> RawClaim {
    let statement = fields.text("statement");
    let mut lost = Vec::new();
    if statement.is_none() && fields.node("statement").is_some() {
        lost.push(STATEMENT);
    }
    if let Some(statement) = &statement {
        let rich = linked_text_of_value(place.file, place.source, &statement.value, statement.span);
        if let Some((_, words, span)) = rich.links().next() {
            let problem =
                Diagnostic::new(&rules::MALFORMED_CLAIMS, span, "a statement is plain text, without links");
            fields.report(
                problem.help(format!("write `{words}` without the link; `source` and `evidence` take links")),
            );
        }
    }
    let quote = fields
        .paragraphs("quote")
        .map(|quote| Quote { paragraphs: Wording::new(quote.value), span: quote.span });
    let mut facts = Vec::new();
    for entry in fields.entries().to_vec() {
        let Some(key) = claim::keys::find(&entry.key) else { continue };
        let values = if key.is_repeated {
            fields.texts(key.name)
        } else {
            fields.text(key.name).into_iter().collect()
        };
        if values.is_empty() && fields.node(key.name).is_some() {
            // The problem of the value is already reported. The key is given, so it must not be reported as
            // missing.
            lost.push(key.name);
        }
        for value in values {
            facts.push(RawFact {
                key: Spanned::new(entry.key.clone(), entry.key_span),
                value: linked_text_of_value(place.file, place.source, &value.value, value.span),
            });
        }
    }
    RawClaim { statement, quote, facts, misplaced_keys: lost, ..RawClaim::new(form, id, fields.span()) }
}
