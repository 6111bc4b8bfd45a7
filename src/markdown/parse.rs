//! Parses one file into its facts: path and text in, [`Parsed`] out. Parsing does not fail for any input.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::data::{Node, Value, read_toml, read_yaml};
use crate::diagnostic::{Diagnostic, merge_conflict_error, rules};
use crate::document::{
    Claim, ClaimForm, Document, DocumentKind, FrontMatter, Heading, RawHtml, Reference, ReferenceRole,
    Target, UnreadText, Wording, Words,
};
use crate::name;
use crate::source::{FileId, SourceFile, Span, Spanned};
use crate::text::count_words;

use crate::markdown::WORDING;
use crate::markdown::claim::callout_reader::CalloutReader;
use crate::markdown::claim::facts;
use crate::markdown::claim::raw::RawClaim;
use crate::markdown::claim::stray::{self, StrayFacts};
use crate::markdown::content_file::ContentFile;
use crate::markdown::destination::{fact_references, link_target};
use crate::markdown::front_matter;
use crate::markdown::front_matter::split::{Language, Split, split};
use crate::markdown::inline::{PlacedEvent, destination, end_index, is_block, plain_text};
use crate::markdown::sanitize::replace_slot_brackets;
use crate::markdown::{
    checks::directions, checks::lines, checks::merge, checks::placeholders, checks::unread, claim::lost,
    events, head, ids, nesting, raw_html, sentence,
};

/// The facts of a file, and its problems.
#[derive(Debug)]
pub struct Parsed {
    /// Facts of the file; `None` if the file is not in a known folder.
    pub document: Option<Arc<Document>>,
    /// Problems that can be found in the text of this file alone.
    pub problems: Vec<Diagnostic>,
}

/// Parses a file below `content/`.
pub fn parse(file: FileId, source: &SourceFile) -> Parsed {
    let mut problems = Vec::new();
    let document = match kind_and_id(source.path()) {
        Some((kind, id)) => {
            let content_file = ContentFile { file, source, kind };
            Some(Arc::new(read_document(content_file, id, &mut problems)))
        }
        None => {
            problems.push(misplaced_file_problem(source.path()));
            None
        }
    };
    Parsed { document, problems }
}

/// Returns the kind and the id of a file, which follow from its path.
fn kind_and_id(path: &str) -> Option<(DocumentKind, String)> {
    let path = path.strip_prefix("content/")?.strip_suffix(".md")?;
    if path == "_index" {
        return Some((DocumentKind::Home, String::new()));
    }
    let (folder, rest) = path.split_once('/')?;
    let slugs = |path: &str| path.split('/').map(name::id_of).collect::<Vec<_>>().join("/");
    let kind = match folder {
        "articles" => return Some((DocumentKind::Article, slugs(rest))),
        "pages" => return Some((DocumentKind::Page, slugs(rest))),
        "claims" => DocumentKind::Claim,
        "speakers" => DocumentKind::Speaker,
        "metrics" => DocumentKind::Metric,
        "sources" => DocumentKind::Source,
        _ => return None,
    };
    (!rest.contains('/')).then(|| (kind, rest.to_owned()))
}

fn misplaced_file_problem(path: &str) -> Diagnostic {
    let message = "this file is not in a folder of the book";
    Diagnostic::for_path(&rules::MISPLACED_FILES, path, message).help(
        "write-ups are in `content/articles/`, own pages in `content/pages/`, at any depth; claims, speakers, metrics \
         and sources in folders of their names, one file each",
    )
}

fn read_document(content_file: ContentFile<'_>, id: String, problems: &mut Vec<Diagnostic>) -> Document {
    let ContentFile { file, source, kind } = content_file;
    problems.extend(ids::bad_file_name_problem(source.path(), &id, kind));
    let head = front_matter::head_of(content_file);
    let parts = split(source.text());
    let (front_matter, raw_claims) = read_front_matter(content_file, &parts, &id, head, problems);
    let body = Body::read(content_file, parts.body.clone(), problems);
    let mut claims: Vec<Claim> = raw_claims
        .into_iter()
        .chain(body.raw_claims)
        .map(|raw| facts::read_claim(&raw, source, problems))
        .collect();
    lines::check(content_file, &front_matter, &mut claims, problems);
    placeholders::check(content_file, &front_matter, &mut claims, problems);
    let mut references = body.references;
    for claim in &claims {
        references.extend(fact_references(claim, source.path()));
    }
    references.shrink_to_fit();
    let (mut headings, mut callouts) = (body.headings, body.callouts);
    headings.shrink_to_fit();
    callouts.shrink_to_fit();
    Document {
        path: source.path().to_owned(),
        kind,
        id,
        front_matter,
        claims,
        headings,
        references,
        body: Span::new(file, parts.body),
        callouts,
        raw_html: body.raw_html,
        words: Wording::new(body.words),
        stray_facts: body.stray_facts,
        unread: body.unread,
        directions: body.directions,
        lead: Wording::new(body.lead),
    }
}

fn read_front_matter(
    content_file: ContentFile<'_>,
    parts: &Split,
    id: &str,
    head: Span,
    problems: &mut Vec<Diagnostic>,
) -> (FrontMatter, Vec<RawClaim>) {
    let ContentFile { file, source, kind } = content_file;
    if let Some(fence) = &parts.unclosed {
        problems.push(
            Diagnostic::new(
                &rules::BAD_FRONT_MATTER,
                Span::new(file, fence.clone()),
                "this front matter is never closed",
            )
            .help("end it with a line of its own that repeats the first"),
        );
        return unreadable_front_matter(content_file, id, head);
    }
    let node = match &parts.front_matter {
        Some((language, range)) => front_matter_node(file, source, *language, range.clone(), problems),
        None => {
            let late = front_matter::begun_late(content_file, head);
            problems.extend(late.clone());
            late.is_none().then_some(Node { value: Value::Empty, span: head })
        }
    };
    let Some(node) = node else { return unreadable_front_matter(content_file, id, head) };
    if kind == DocumentKind::Claim {
        let (front_matter, raw) =
            front_matter::read_claim_file(content_file, &node, Spanned::new(id.to_owned(), head), problems);
        return (front_matter, vec![raw]);
    }
    let before = problems.len();
    let read = front_matter::read(content_file, &node, problems);
    if problems.len() == before {
        require_title(kind, &read.0, head, problems);
    }
    read
}

/// Returns the result for front matter that cannot be read. A claim file still defines its id, and a write-up
/// still defines the ids in the lines of its list, so that mentions of these claims are not reported as well.
fn unreadable_front_matter(
    content_file: ContentFile<'_>,
    id: &str,
    head: Span,
) -> (FrontMatter, Vec<RawClaim>) {
    let unreadable_claim = |form, id| RawClaim { is_unreadable: true, ..RawClaim::new(form, id, head) };
    let claims = match content_file.kind {
        DocumentKind::Claim => vec![unreadable_claim(ClaimForm::File, Spanned::new(id.to_owned(), head))],
        DocumentKind::Article => {
            let ids = front_matter::ids_in_lines(content_file, head.start as usize);
            ids.map(|id| unreadable_claim(ClaimForm::FrontMatter, id)).collect()
        }
        _ => Vec::new(),
    };
    (FrontMatter { is_broken: true, ..FrontMatter::default() }, claims)
}

fn front_matter_node(
    file: FileId,
    source: &SourceFile,
    language: Language,
    range: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let text = source.slice(Span::new(file, range.clone()));
    let node = match language {
        Language::Yaml => read_yaml(file, text, range.start),
        Language::Toml => read_toml(file, text, range.start, &rules::BAD_FRONT_MATTER),
    };
    node.map_err(|problem| problems.push(*problem)).ok()
}

fn require_title(kind: DocumentKind, front_matter: &FrontMatter, head: Span, problems: &mut Vec<Diagnostic>) {
    let Some(key) = front_matter::keys::required_of(kind) else { return };
    let title = front_matter.page_title(WORDING).zip(front_matter.title_span());
    if let Some((_, span)) = title.filter(|(title, _)| name::is_blank(title)) {
        let message = format!("the `{key}` of this file is blank");
        problems.push(
            Diagnostic::new(&rules::MISSING_KEYS, span, message)
                .help("write the text that readers should see"),
        );
    } else if title.is_none() {
        problems.push(Diagnostic::new(&rules::MISSING_KEYS, head, format!("this file has no `{key}`")).help(
            format!("add `{key}: …` to the front matter between two lines `---` at the top of the file"),
        ));
    }
}

/// The facts in the Markdown text after the front matter.
#[derive(Default)]
struct Body {
    raw_claims: Vec<RawClaim>,
    callouts: Vec<Span>,
    headings: Vec<Heading>,
    references: Vec<Reference>,
    raw_html: RawHtml,
    words: usize,
    lead: String,
    stray_facts: Vec<Spanned<String>>,
    unread: Vec<UnreadText>,
    directions: Vec<Spanned<char>>,
}

impl Body {
    fn read(content_file: ContentFile<'_>, body_range: Range<usize>, problems: &mut Vec<Diagnostic>) -> Self {
        let ContentFile { file, source, kind } = content_file;
        let text = replace_slot_brackets(source.slice(Span::new(file, body_range.clone())));
        let text = text.as_ref();
        let mut events = events(text);
        let offset = body_range.start;
        let span_of = |range: &Range<usize>| Span::new(file, range.start + offset..range.end + offset);
        let too_deep = nesting::limit_depth(&mut events);
        problems.extend(too_deep.map(|range| nesting::deep_nesting_problem(span_of(&range))));
        let conflicts = merge::find_merge_conflicts(&events, text);
        problems.extend(conflicts.iter().map(|range| merge_conflict_error(span_of(range))));
        let lost = lost::find_lost_claims(&events, text);
        let (events, html) = raw_html::replace_raw_html(text, events, &raw_html::PageContext::default());
        let is_shown = html.problem.is_none();
        let mut reader = BodyReader {
            file,
            path: source.path(),
            text,
            offset,
            html,
            body: Self::default(),
            block: Block::default(),
            used_anchors: HashSet::new(),
            anchor_counts: HashMap::new(),
        };
        let mut index = 0;
        while let Some((event, range)) = events.get(index) {
            let is_claim = matches!(event, Event::Start(Tag::BlockQuote(_)))
                && text.get(range.clone()).is_some_and(|quote| head::find_in_quotation(quote).is_some());
            if is_claim {
                let end = end_index(&events, index);
                let mut callouts = CalloutReader { file, text, offset, problems };
                let raws = callouts.read(&events[index + 1..end], range.clone());
                reader.add_callout(kind, raws, range.clone(), problems);
                index = end + 1;
            } else {
                index = reader.read_event(&events, index);
            }
        }
        reader.end_block();
        reader.add_raw_html(problems);
        let mut body = reader.body;
        if is_shown {
            let mut unread_ranges = unread::find_unread_text(&events, text);
            unread_ranges.retain(|(_, range)| !lost::is_reported_code_block(&lost, range));
            let to_unread_text = |(kind, range)| UnreadText { kind, span: span_of(&range) };
            body.unread = unread_ranges.into_iter().map(to_unread_text).collect();
        }
        lost::report_lost_claims(&lost, text, span_of, &mut body.raw_claims, problems);
        let mut stray = stray::find_stray_facts(&events, text);
        stray.retain(|stray| !lost::explains_stray_facts(&lost, stray));
        body.add_stray_facts(content_file, offset, stray, problems);
        if kind == DocumentKind::Claim {
            let facts = stray::keys_with_one_colon(&events, text).into_iter();
            body.stray_facts
                .extend(facts.map(|(key, range)| Spanned::new(format!("`{key}:`"), span_of(&range))));
        }
        for (control, range) in directions::find_unmatched_in_blocks(&events, text) {
            body.add_direction_control(control, span_of(&range));
        }
        body
    }
}

impl Body {
    /// Keeps an unmatched direction control for a lint. Inside of a callout it is ignored here, because it is
    /// reported as an error of the claim.
    fn add_direction_control(&mut self, control: char, span: Span) {
        let started = self.callouts.partition_point(|callout| callout.start <= span.start);
        let callout = started.checked_sub(1).and_then(|at| self.callouts.get(at));
        if callout.is_none_or(|callout| callout.end <= span.start) {
            self.directions.push(Spanned::new(control, span));
        }
    }

    /// Reports facts directly after a callout as errors, and keeps all other facts for a lint. If a callout is in
    /// a file where claims cannot be marked, only the callout is reported.
    fn add_stray_facts(
        &mut self,
        ContentFile { file, source, .. }: ContentFile<'_>,
        offset: usize,
        found: Vec<StrayFacts>,
        problems: &mut Vec<Diagnostic>,
    ) {
        for stray in found {
            let span = Span::new(file, stray.key_range.start + offset..stray.key_range.end + offset);
            let Some(callout) = &stray.callout else {
                let keys: Vec<String> = stray.keys.iter().map(|key| format!("`{key}::`")).collect();
                self.stray_facts.push(Spanned::new(keys.join(", "), span));
                continue;
            };
            let start = callout.start + offset;
            let mut claims = self.raw_claims.iter_mut();
            let Some(claim) = claims.find(|claim| claim.span.start as usize == start) else { continue };
            let between = source.slice(Span::new(file, claim.span.end as usize..span.start as usize));
            let is_apart = between.matches('\n').count() > 1;
            problems.push(stray::stray_facts_problem(&stray, claim, span, is_apart));
        }
    }
}

/// Text of one paragraph, heading or table cell, and the links in it whose sentence is not known yet.
#[derive(Default)]
struct Block {
    text: String,
    pending_links: Vec<(usize, Range<usize>)>,
}

struct BodyReader<'a> {
    file: FileId,
    path: &'a str,
    text: &'a str,
    offset: usize,
    html: raw_html::RawHtmlFacts,
    body: Body,
    block: Block,
    /// Anchors that headings of the file already have. `anchor_counts` contains the number of the last repetition for
    /// each.
    used_anchors: HashSet<String>,
    anchor_counts: HashMap<String, usize>,
}

impl BodyReader<'_> {
    fn add_callout(
        &mut self,
        kind: DocumentKind,
        raws: Vec<RawClaim>,
        range: Range<usize>,
        problems: &mut Vec<Diagnostic>,
    ) {
        self.end_block();
        self.body.callouts.push(self.span(range));
        if kind == DocumentKind::Article {
            self.body.raw_claims.extend(raws);
            return;
        }
        problems.extend(raws.iter().map(|raw| {
            Diagnostic::new(&rules::MALFORMED_CLAIMS, raw.id.span, "a claim is marked outside of a write-up")
                .help(
                    "move it to a file in `content/articles/`, or to a file of its own in `content/claims/`",
                )
        }));
    }

    /// Reads one event, or all events of an image. Returns the index of the next event.
    fn read_event(&mut self, events: &[PlacedEvent<'_>], index: usize) -> usize {
        let (event, range) = &events[index];
        match event {
            Event::Text(text) | Event::Code(text) => {
                self.body.words += count_words(text);
                self.block.text.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => self.block.text.push(' '),
            Event::Start(heading @ Tag::Heading { level, id, .. }) => {
                self.end_block();
                self.html.add_heading(self.text, heading, range);
                let end = end_index(events, index);
                let text = plain_text(&events[index..end]).trim().to_owned();
                self.add_heading(*level as u8, id.as_deref(), text);
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let words = plain_text(&events[index..end_index(events, index)]);
                let reference = (destination(*link_type, dest_url), ReferenceRole::Mention);
                self.add_link(reference, &words, range.clone());
            }
            Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                let end = end_index(events, index);
                let reference = (destination(*link_type, dest_url), ReferenceRole::Image);
                let words = plain_text(&events[index..end]);
                self.add_link(reference, &words, range.clone());
                self.block.text.push_str(&words);
                return end + 1;
            }
            Event::Start(tag) if is_block(tag) => self.end_block(),
            Event::End(TagEnd::Paragraph) => {
                if self.body.lead.is_empty() {
                    self.body.lead = sentence::first_sentence(&self.block.text);
                }
                self.end_block();
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell | TagEnd::HtmlBlock) => {
                self.end_block();
            }
            _ => {}
        }
        index + 1
    }

    /// Adds the facts about raw HTML. They depend on the ids of all headings.
    fn add_raw_html(&mut self, problems: &mut Vec<Diagnostic>) {
        let html = std::mem::take(&mut self.html);
        let (file, offset) = (self.file, self.offset);
        let span_of = |range: Range<usize>| Span::new(file, range.start + offset..range.end + offset);
        problems.extend(html.problem.as_ref().map(|problem| problem.diagnostic(span_of)));
        for address in &html.addresses {
            self.add_html_address(address);
        }
        let headings = self.body.headings.iter().map(|heading| heading.id.as_str()).collect();
        self.body.raw_html = html.into_document_facts(&headings, span_of);
    }

    /// Adds an address in raw HTML to the links that are checked. For the rest of the book it is not a link.
    /// Addresses with schemes such as `claim:` are refused, because the sanitizer would remove them.
    fn add_html_address(&mut self, address: &raw_html::Address) {
        let target = match link_target(&address.value, self.path) {
            target @ (Target::Site(_) | Target::Anchor(_) | Target::External(_)) => target,
            _ => Target::Unsafe(address.value.clone()),
        };
        let role = if address.is_image { ReferenceRole::Image } else { ReferenceRole::Fact };
        let span = self.span(address.range.clone());
        self.body.references.push(Reference { target, role, span, words: Wording::default() });
    }

    fn add_heading(&mut self, level: u8, id: Option<&str>, text: String) {
        let wanted = match id.map(name::id_of).filter(|id| !id.is_empty()) {
            Some(id) => id,
            None => name::id_of(&text),
        };
        let wanted = if wanted.is_empty() { "section".to_owned() } else { wanted };
        let mut anchor = wanted.clone();
        let number = self.anchor_counts.entry(wanted.clone()).or_insert(1);
        while !self.used_anchors.insert(anchor.clone()) {
            *number += 1;
            anchor = format!("{wanted}-{number}");
        }
        self.body.headings.push(Heading { level, id: anchor, text: Wording::new(text) });
    }

    fn add_link(&mut self, (destination, role): (String, ReferenceRole), text: &str, range: Range<usize>) {
        let target = link_target(&destination, self.path);
        let role = match (&target, role) {
            (Target::Claim(_) | Target::Metric(_), ReferenceRole::Image) => ReferenceRole::Embed,
            _ => role,
        };
        let start = self.block.text.len();
        self.block.pending_links.push((self.body.references.len(), start..start + text.len()));
        self.body.references.push(Reference {
            target,
            role,
            span: self.span(range),
            words: Wording::new(Words::new("", text.trim(), "")),
        });
    }

    /// Ends the current block, and adds the sentence around each of its links.
    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        for (index, range) in block.pending_links {
            let end = range.end.min(block.text.len());
            let (before, after) = sentence::sentence_around(&block.text, range.start.min(end), end);
            let words = &mut self.body.references[index].words;
            *words = Wording::new(Words::new(&before, words.read(WORDING).linked(), &after));
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }
}
