//! Values in words: measured values, expectations, sources.

use std::collections::BTreeSet;

use crate::document::{
    Better, Expectation, ExpectedPoint, Measured, Scale, Sign, SourceFacts, SourceReference,
};
use crate::graph::{ClaimIndex, DocumentIndex};

use super::Site;
use super::prose::escape;
use super::text_fragment::passage;
use super::view::{Fact, Link};

/// Most passages that a write-up links to beside its source.
const PASSAGES: usize = 5;

/// Words of a passage that stand for it.
const PASSAGE_WORDS: usize = 5;

/// `~52 x`; the unit is the metric's when the claim names none.
pub(super) fn value_words(value: &Measured, unit: Option<&str>) -> String {
    let sign = match value.sign {
        Sign::Exact => "",
        Sign::About => "~",
        Sign::Below => "<",
        Sign::Above => ">",
    };
    with_unit(format!("{sign}{}", value.quantity.text), value.unit.as_deref().or(unit))
}

/// `162 to 624`; empty when there is none.
pub(super) fn interval_words(value: &Measured) -> String {
    value.interval.as_ref().map(|(low, high)| format!("{} to {}", low.text, high.text)).unwrap_or_default()
}

/// `Nov 2027, between Jan 2027 and Apr 2030`.
pub(super) fn expectation_words(expects: &Expectation) -> String {
    let words = |point: &ExpectedPoint| match point {
        ExpectedPoint::Date(date) => date.words(),
        ExpectedPoint::Number(number) => number.text.clone(),
    };
    let point = with_unit(words(&expects.point), expects.unit.as_deref());
    match &expects.interval {
        Some((low, high)) => format!("{point}, between {} and {}", words(low), words(high)),
        None => point,
    }
}

/// The number and its unit; signs such as `%` and `x` stand close.
pub(super) fn with_unit(number: String, unit: Option<&str>) -> String {
    match unit {
        None | Some("") => number,
        Some("%" | "percent") => format!("{number}%"),
        Some("x") => format!("{number}×"),
        Some(unit) => format!("{number} {unit}"),
    }
}

pub(super) fn better_words(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
    }
}

pub(super) fn scale_words(scale: Scale) -> &'static str {
    match scale {
        Scale::Linear => "linear",
        Scale::Log => "logarithmic",
    }
}

pub(super) fn link_html(link: &Link) -> String {
    format!("<a href=\"{}\">{}</a>", escape(&link.url), escape(&link.text))
}

pub(super) fn fact(term: &'static str, html: String) -> Fact {
    Fact { term, html }
}

/// `Newer previews hit 52 times…`
fn first_words(quote: &str) -> String {
    let words: Vec<&str> = quote.split_whitespace().collect();
    if words.len() <= PASSAGE_WORDS {
        return words.join(" ");
    }
    let kept = words.iter().take(PASSAGE_WORDS).copied().collect::<Vec<_>>().join(" ");
    format!("{}…", kept.trim_end_matches([',', ';', ':', '.']))
}

impl<'a> Site<'a> {
    /// The unit of a claim's metric.
    pub(super) fn unit_of(&self, claim: ClaimIndex) -> Option<&'a str> {
        self.book.metrics().get(self.book.node(claim).metric?).unit.as_deref()
    }

    /// Facts about a cited document. `link` is the page that describes it, where it has one.
    pub(super) fn source_facts(&self, source: &SourceFacts, link: Option<Link>) -> Vec<Fact> {
        let mut facts = Vec::new();
        let title = source.title.as_ref().map_or("", |title| title.value.as_str());
        let url = source.url.as_ref().map(|url| Link { url: url.value.clone(), text: title.to_owned() });
        match (&link, &url) {
            (Some(link), _) | (None, Some(link)) => {
                facts.push(fact("Source", format!("<cite>{}</cite>", link_html(link))));
            }
            (None, None) if !title.is_empty() => {
                facts.push(fact("Source", format!("<cite>{}</cite>", escape(title))));
            }
            _ => {}
        }
        if !source.authors.is_empty() {
            let names: Vec<String> =
                source.authors.iter().map(|author| self.author_html(&author.value)).collect();
            facts.push(fact("Author", names.join(", ")));
        }
        if let Some(publisher) = &source.publisher {
            facts.push(fact("Publisher", self.author_html(&publisher.value)));
        }
        if let Some(published) = &source.published {
            let date = published.value;
            facts.push(fact("Published", format!("<time datetime=\"{date}\">{}</time>", date.words())));
        }
        if let (Some(_), Some(url)) = (link, url) {
            let host = url.url.split('/').nth(2).unwrap_or_default().to_owned();
            let link = Link { url: url.url, text: format!("Read it at {host}") };
            facts.push(fact("Address", link_html(&link)));
        }
        facts
    }

    /// Facts about the source that a write-up names.
    pub(super) fn source_reference_facts(&self, reference: &SourceReference) -> Vec<Fact> {
        match reference {
            SourceReference::Inline(source) => self.source_facts(source, None),
            SourceReference::Id(id) => {
                let Some(number) = self.book.sources().find(id) else { return Vec::new() };
                let document = self.book.sources().get(number).document;
                let facts = document.map(|document| &self.book.document(document).front_matter.source_facts);
                facts
                    .map(|facts| self.source_facts(facts, Some(self.source_link(number))))
                    .unwrap_or_default()
            }
        }
    }

    /// A claim's source as a link.
    pub(super) fn claim_source(&self, index: ClaimIndex) -> Option<Link> {
        if let Some(number) = self.book.node(index).source {
            return Some(self.source_link(number));
        }
        let source = self.facts_of_source(index)?;
        Some(Link { url: source.url.as_ref()?.value.clone(), text: source.title.as_ref()?.value.clone() })
    }

    /// What is known of a claim's source.
    fn facts_of_source(&self, index: ClaimIndex) -> Option<&SourceFacts> {
        let node = self.book.node(index);
        if let Some(number) = node.source {
            let document = self.book.sources().get(number).document?;
            return Some(&self.book.document(document).front_matter.source_facts);
        }
        let home = self.book.document(node.document).front_matter.source.as_ref();
        match &self.book.claim(index).source.as_deref().or(home)?.value {
            SourceReference::Inline(source) => Some(source),
            SourceReference::Id(_) => None,
        }
    }

    /// The address of a claim's quotation in the live page of its source.
    pub(super) fn passage(&self, index: ClaimIndex) -> Option<String> {
        let url = self.facts_of_source(index)?.url.as_ref()?;
        let found = self.check_quote(index).and_then(|check| check.entry?.passage.as_ref());
        let context = found
            .filter(|passage| passage.is_repeated)
            .map(|passage| (passage.selector.prefix.as_str(), passage.selector.suffix.as_str()));
        passage(&url.value, &self.book.claim(index).quote.as_ref()?.paragraphs, context)
    }

    /// Links to what the claims of a write-up quote from the source it discusses.
    pub(super) fn passages_quoted(&self, article: DocumentIndex) -> Option<Fact> {
        let url = |index| self.facts_of_source(index).and_then(|source| source.url.as_ref());
        let own = match &self.book.document(article).front_matter.source.as_ref()?.value {
            SourceReference::Inline(source) => source.url.as_ref(),
            SourceReference::Id(id) => {
                let document = self.book.sources().get(self.book.sources().find(id)?).document?;
                self.book.document(document).front_matter.source_facts.url.as_ref()
            }
        }?;
        let mut links: Vec<(String, String)> = Vec::new();
        let mut seen = BTreeSet::new();
        for claim in
            self.claims_shown(article).filter(|&claim| url(claim).is_some_and(|url| url.value == own.value))
        {
            let Some(address) = self.passage(claim) else { continue };
            let quote = self.book.claim(claim).quote.as_ref();
            let words = quote.map(|quote| first_words(&quote.paragraphs.join(" "))).unwrap_or_default();
            if seen.insert(address.clone()) {
                links.push((address, words));
            }
        }
        let more = links.len().saturating_sub(PASSAGES);
        let shown = links.iter().take(PASSAGES).map(|(address, words)| {
            format!("<a href=\"{}\" rel=\"noopener\">“{}”</a>", escape(address), escape(words))
        });
        let more = (more > 0).then(|| format!("and {more} more"));
        let html: Vec<String> = shown.chain(more).collect();
        (!html.is_empty()).then(|| fact("Passages", html.join(", ")))
    }

    /// A name, linked where it is a speaker's.
    fn author_html(&self, name: &str) -> String {
        match self.book.speakers().find(name) {
            Some(speaker) => link_html(&Link { text: name.to_owned(), ..self.speaker_link(speaker) }),
            None => format!("<bdi>{}</bdi>", escape(name)),
        }
    }
}
