//! Placeholders that nobody replaced. The facts of a file in, problems out. Drafts and proposed claims
//! are not searched: there a placeholder is work in progress.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Claim, DocumentKind, FrontMatter, Rich, SourceFacts, SourceReference};
use crate::placeholder;
use crate::source::{SourceFile, Span, Spanned};

use super::front_matter::Place;

/// Report the placeholders in a file that is not a draft, and mark the claims that contain them.
pub(super) fn check(
    place: Place<'_>,
    front_matter: &FrontMatter,
    claims: &mut [Claim],
    problems: &mut Vec<Diagnostic>,
) {
    if front_matter.is_draft {
        return;
    }
    let mut search = Search { source: place.source, problems };
    let title = if place.kind == DocumentKind::Speaker { "name" } else { "title" };
    search.all(title, &front_matter.title);
    search.front_matter(front_matter);
    for claim in claims.iter_mut().filter(|claim| !claim.is_proposed) {
        let before = search.problems.len();
        search.claim(claim);
        claim.is_broken |= search.problems.len() > before;
    }
}

struct Search<'a> {
    source: &'a SourceFile,
    problems: &'a mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn front_matter(&mut self, front_matter: &FrontMatter) {
        self.all("summary", &front_matter.summary);
        self.all("authors", &front_matter.authors);
        self.all("tags", &front_matter.tags);
        self.all("aliases", &front_matter.aliases);
        self.all("unit", &front_matter.unit);
        self.source_facts(&front_matter.source_facts);
        if let Some(SourceReference::Inline(facts)) = front_matter.source.as_ref().map(|source| &source.value)
        {
            self.all("title", &facts.title);
            self.source_facts(facts);
        }
    }

    /// The title of a source file is that of the file, which is searched already.
    fn source_facts(&mut self, facts: &SourceFacts) {
        self.all("author", &facts.authors);
        self.all("publisher", &facts.publisher);
    }

    fn claim(&mut self, claim: &Claim) {
        self.text("statement", &claim.statement.value, claim.statement.span);
        if let Some(quote) = &claim.quote {
            quote.paragraphs.iter().for_each(|paragraph| self.text("quote", paragraph, quote.span));
        }
        self.all("by", &claim.by);
        self.all("via", claim.via.as_deref());
        self.all("metric", &claim.metric);
        self.all("subject", claim.subject.as_deref());
        self.all("method", claim.method.as_deref());
        self.all("question", claim.question.as_deref());
        self.all("tags", &claim.tags);
        if let Some(SourceReference::Inline(facts)) = claim.source.as_ref().map(|source| &source.value) {
            self.all("source", &facts.title);
        }
        self.rich("criteria", claim.criteria.as_deref());
        self.rich("if", claim.condition.as_deref());
        for relation in &claim.relations {
            self.rich(relation.kind.word(), relation.reason.as_ref());
        }
        for evidence in &claim.evidence {
            self.text("evidence", &evidence.text, evidence.span);
            self.rich("evidence", evidence.note.as_ref());
        }
        for verdict in &claim.verdicts {
            let by = verdict.by.as_deref().unwrap_or_default();
            self.text("verdict", by, self.locate(verdict.span, by));
            self.rich("verdict", verdict.reason.as_ref());
        }
    }

    fn rich(&mut self, key: &str, rich: Option<&Rich>) {
        let Some(rich) = rich else { return };
        let words = rich.plain();
        self.text(key, &words, self.locate(rich.span, &words));
    }

    fn all<'a>(&mut self, key: &str, texts: impl IntoIterator<Item = &'a Spanned<String>>) {
        texts.into_iter().for_each(|text| self.text(key, &text.value, text.span));
    }

    fn text(&mut self, key: &str, text: &str, span: Span) {
        let Some(placeholder) = placeholder::find(text) else { return };
        self.problems.push(
            Diagnostic::new(
                &rules::PLACEHOLDERS,
                span,
                format!("`{key}` still has the placeholder `{placeholder}`"),
            )
            .help("replace it; until you can, keep `proposed` in the claim or `draft: true` in the file"),
        );
    }

    /// Where a part of a value is, when it is written there as it is read.
    fn locate(&self, span: Span, part: &str) -> Span {
        let at = self.source.slice(span).find(part).filter(|_| !part.is_empty());
        at.map_or(span, |at| {
            let start = span.start as usize + at;
            Span::new(span.file, start..start + part.len())
        })
    }
}
