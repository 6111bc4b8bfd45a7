//! Writes values as text or HTML: measured values, expectations and facts about sources.

use std::collections::BTreeSet;

use crate::document::{
    Better, Expectation, ExpectedPoint, Measured, Scale, Sign, SourceFacts, SourceReference,
};
use crate::graph::{ClaimIndex, DocumentIndex};
use crate::texts::TEXTS;

use crate::html::escape;
use crate::page::Site;
use crate::page::parts::text_fragment::passage;
use crate::page::view::{Fact, Link};

/// Maximum number of quoted passages that a write-up links to in its source.
const PASSAGES: usize = 5;

/// Number of words of a passage that its link shows.
const PASSAGE_WORDS: usize = 5;

/// A measured value with its sign and unit, such as `~52×`. `unit` is the metric's and is used if the value has no
/// unit of its own.
pub(in crate::page) fn value_words(value: &Measured, unit: Option<&str>) -> String {
    let sign = match value.sign {
        Sign::Exact => "",
        Sign::About => "~",
        Sign::Below => "<",
        Sign::Above => ">",
    };
    with_unit(format!("{sign}{}", value.quantity.text), value.unit.as_deref().or(unit))
}

/// The interval of a measured value, such as `162 to 624`; empty if the value has no interval.
pub(in crate::page) fn interval_words(value: &Measured) -> String {
    value
        .interval
        .as_ref()
        .map(|(low, high)| TEXTS.claim.interval_words(&low.text, &high.text))
        .unwrap_or_default()
}

/// An expectation as text, such as `Nov 2027, between Jan 2027 and Apr 2030`.
pub(in crate::page) fn expectation_words(expects: &Expectation) -> String {
    let words = |point: &ExpectedPoint| match point {
        ExpectedPoint::Date(date) => date.words(),
        ExpectedPoint::Number(number) => number.text.clone(),
    };
    let point = with_unit(words(&expects.point), expects.unit.as_deref());
    match &expects.interval {
        Some((low, high)) => TEXTS.claim.expected_words(point, words(low), words(high)),
        None => point,
    }
}

/// The number and its unit, with a space between them except before `%` and `×`.
pub(in crate::page) fn with_unit(number: String, unit: Option<&str>) -> String {
    match unit {
        None | Some("") => number,
        Some("%" | "percent") => format!("{number}%"),
        Some("x") => format!("{number}×"),
        Some(unit) => format!("{number} {unit}"),
    }
}

pub(in crate::page) fn better_words(better: Better) -> &'static str {
    match better {
        Better::Higher => TEXTS.metric.higher(),
        Better::Lower => TEXTS.metric.lower(),
    }
}

pub(in crate::page) fn scale_words(scale: Scale) -> &'static str {
    match scale {
        Scale::Linear => TEXTS.metric.linear(),
        Scale::Log => TEXTS.metric.logarithmic(),
    }
}

pub(in crate::page) fn link_html(link: &Link) -> String {
    format!("<a href=\"{}\">{}</a>", escape(&link.url), escape(&link.text))
}

pub(in crate::page) fn fact(term: &'static str, html: String) -> Fact {
    Fact { term, html }
}

/// The first words of a quotation, such as `Newer previews hit 52 times…`.
fn first_words(quote: &str) -> String {
    let words: Vec<&str> = quote.split_whitespace().collect();
    if words.len() <= PASSAGE_WORDS {
        return words.join(" ");
    }
    let kept = words.iter().take(PASSAGE_WORDS).copied().collect::<Vec<_>>().join(" ");
    format!("{}…", kept.trim_end_matches([',', ';', ':', '.']))
}

impl<'a> Site<'a> {
    /// The unit of a claim's metric, if the claim has a metric with a unit.
    pub(in crate::page) fn unit_of(&self, claim: ClaimIndex) -> Option<&'a str> {
        self.book.metrics().get(self.book.node(claim).metric?).unit.as_deref()
    }

    /// Facts about a cited document. `link` leads to the page about the document, if the book has one.
    pub(in crate::page) fn source_facts(&self, source: &SourceFacts, link: Option<Link>) -> Vec<Fact> {
        let mut facts = Vec::new();
        let title = source.title.as_ref().map_or("", |title| title.value.as_str());
        let url = source.url.as_ref().map(|url| Link { url: url.value.clone(), text: title.to_owned() });
        match (&link, &url) {
            (Some(link), _) | (None, Some(link)) => {
                facts.push(fact(TEXTS.article.source(), format!("<cite>{}</cite>", link_html(link))));
            }
            (None, None) if !title.is_empty() => {
                facts.push(fact(TEXTS.article.source(), format!("<cite>{}</cite>", escape(title))));
            }
            _ => {}
        }
        if !source.authors.is_empty() {
            let names: Vec<String> =
                source.authors.iter().map(|author| self.author_html(&author.value)).collect();
            facts.push(fact(TEXTS.article.author(), names.join(", ")));
        }
        if let Some(publisher) = &source.publisher {
            facts.push(fact(TEXTS.article.publisher(), self.author_html(&publisher.value)));
        }
        if let Some(published) = &source.published {
            let date = published.value;
            facts.push(fact(
                TEXTS.article.published(),
                format!("<time datetime=\"{date}\">{}</time>", date.words()),
            ));
        }
        if let (Some(_), Some(url)) = (link, url) {
            let host = url.url.split('/').nth(2).unwrap_or_default().to_owned();
            let link = Link { url: url.url, text: TEXTS.article.read_at(host) };
            facts.push(fact(TEXTS.article.address(), link_html(&link)));
        }
        facts
    }

    /// The facts about a source that a write-up names.
    fn facts_of_reference<'r>(&'r self, reference: &'r SourceReference) -> Option<&'r SourceFacts> {
        match reference {
            SourceReference::Inline(source) => Some(source),
            SourceReference::Id(id) => {
                let document = self.book.sources().get(self.book.sources().find(id)?).document?;
                Some(&self.book.document(document).front_matter.source_facts)
            }
        }
    }

    /// Link to a source that a write-up names: to its page, or else to its address.
    pub(in crate::page) fn source_reference_link(&self, reference: &SourceReference) -> Option<Link> {
        match reference {
            SourceReference::Id(id) => Some(self.source_link(self.book.sources().find(id)?)),
            SourceReference::Inline(source) => {
                let url = source.url.as_ref()?.value.clone();
                let text = source.title.as_ref().map_or_else(|| url.clone(), |title| title.value.clone());
                Some(Link { url, text })
            }
        }
    }

    /// Who published a source that a write-up names; empty if it is not stated.
    pub(in crate::page) fn publisher_of(&self, reference: &SourceReference) -> String {
        let publisher = self.facts_of_reference(reference).and_then(|source| source.publisher.as_ref());
        publisher.map(|publisher| publisher.value.clone()).unwrap_or_default()
    }

    /// Facts about the source that a write-up discusses.
    pub(in crate::page) fn source_reference_facts(&self, reference: &SourceReference) -> Vec<Fact> {
        let page = match reference {
            SourceReference::Inline(_) => None,
            SourceReference::Id(_) => self.source_reference_link(reference),
        };
        let facts = self.facts_of_reference(reference);
        facts.map(|facts| self.source_facts(facts, page)).unwrap_or_default()
    }

    /// A link to a claim's source: to its page in the book, or else to its address.
    pub(in crate::page) fn claim_source(&self, index: ClaimIndex) -> Option<Link> {
        if let Some(number) = self.book.node(index).source {
            return Some(self.source_link(number));
        }
        let source = self.facts_of_source(index)?;
        Some(Link { url: source.url.as_ref()?.value.clone(), text: source.title.as_ref()?.value.clone() })
    }

    /// The facts about a claim's source, from the source's own file or from where the claim or its document
    /// describes it.
    pub(in crate::page) fn facts_of_source(&self, index: ClaimIndex) -> Option<&SourceFacts> {
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

    /// Address of the live page of a claim's source, with a text fragment that highlights the quotation.
    pub(in crate::page) fn passage(&self, index: ClaimIndex) -> Option<String> {
        let url = self.facts_of_source(index)?.url.as_ref()?;
        let found = self.check_quote(index).and_then(|check| check.entry?.passage.as_ref());
        let context = found
            .filter(|passage| passage.is_repeated)
            .map(|passage| (passage.selector.prefix.as_str(), passage.selector.suffix.as_str()));
        passage(&url.value, self.book.claim(index).quote.as_ref()?.paragraphs.read(self.access), context)
    }

    /// Links to the passages that the claims of a write-up quote from the source it discusses; `None` if there are
    /// no such passages.
    pub(in crate::page) fn passages_quoted(&self, article: DocumentIndex) -> Option<Fact> {
        let url = |index| self.facts_of_source(index).and_then(|source| source.url.as_ref());
        let reference = &self.book.document(article).front_matter.source.as_ref()?.value;
        let own = self.facts_of_reference(reference)?.url.as_ref()?;
        let mut links: Vec<(String, String)> = Vec::new();
        let mut seen = BTreeSet::new();
        for claim in
            self.claims_shown(article).filter(|&claim| url(claim).is_some_and(|url| url.value == own.value))
        {
            let Some(address) = self.passage(claim) else { continue };
            let quote = self.book.claim(claim).quote.as_ref();
            let words = quote
                .map(|quote| first_words(&quote.paragraphs.read(self.access).join(" ")))
                .unwrap_or_default();
            if seen.insert(address.clone()) {
                links.push((address, words));
            }
        }
        let more = links.len().saturating_sub(PASSAGES);
        let shown = links.iter().take(PASSAGES).map(|(address, words)| {
            format!("<a href=\"{}\" rel=\"noopener\">“{}”</a>", escape(address), escape(words))
        });
        let more = (more > 0).then(|| TEXTS.article.more_passages(more));
        let html: Vec<String> = shown.chain(more).collect();
        (!html.is_empty()).then(|| fact(TEXTS.article.passages(), html.join(", ")))
    }

    /// The name of an author or publisher as HTML. It is a link if a speaker has this name.
    fn author_html(&self, name: &str) -> String {
        match self.book.speakers().find(name) {
            Some(speaker) => link_html(&Link { text: name.to_owned(), ..self.speaker_link(speaker) }),
            None => format!("<bdi>{}</bdi>", escape(name)),
        }
    }
}
