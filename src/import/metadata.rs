//! Finds the title, authors, publisher, date and address in a parsed page, and returns them as [`Metadata`]. A page
//! can state each of them in several places. The first place in this table that has a value is used:
//!
//! | | title | authors | publisher | date | address |
//! |---|---|---|---|---|---|
//! | 1 | JSON-LD | JSON-LD | JSON-LD | JSON-LD | `<link rel=canonical>` |
//! | 2 | `OpenGraph`, `<meta>` | `<meta>` | `OpenGraph`, `<meta>` | `<meta>` | JSON-LD |
//! | 3 | `<h1>` if there is only one | elements marked as author | host of the address | `<time>` | `OpenGraph` |
//! | 4 | `<title>` | the line `By …` | | path of the address | the address of the page after redirects |
//! | 5 | | | | the first lines of the text | |
//!
//! If a page was fetched, an address that it states is used only if it has the host of the page.

use dom_query::Document;
use jiff::civil::Date;
use url::Url;

use crate::date::PartialDate;
use crate::name;
use crate::placeholder;
use crate::web_address::looks_like_address;

use super::page::ImportedPage;
use super::{Metadata, dates, json_ld};

/// Maximum length of a title or name, in characters. Longer texts are cut.
const MAX_TEXT_LENGTH: usize = 300;

/// Maximum length of an address that a page states, in bytes. A book may not contain longer addresses.
const MAX_URL_LENGTH: usize = 2_000;
/// Maximum number of authors.
const MAX_AUTHORS: usize = 20;

/// The metadata that a page states. `blocks` is its main text.
pub(super) fn read(document: &Document, page: &ImportedPage, blocks: &[String], today: Date) -> Metadata {
    let scripts = document.select("script[type='application/ld+json']");
    let scripts: Vec<String> = scripts.nodes().iter().map(|node| node.text().to_string()).collect();
    let linked = json_ld::article(&scripts);
    let facts = PageFacts { document, blocks, linked };
    let url = facts.url(page.address.as_ref());
    let day = |text: &str| dates::read(text, today);
    let path = page.address.as_ref().or(url.as_ref()).map(Url::path);
    let host = url.as_ref().and_then(Url::host_str).map(|host| host.trim_start_matches("www.").to_owned());
    Metadata {
        title: facts.title().or_else(|| clean(page.stem.as_deref()?)),
        authors: facts.authors(),
        publisher: facts.publisher().or(host),
        published: facts
            .dates()
            .iter()
            .find_map(|text| day(text))
            .or_else(|| dates::in_address(path?, today))
            .or_else(|| first_lines(blocks, today)),
        url: url.map(|url| url.to_string()),
    }
}

/// The metadata that plain text or Markdown states. The first block is the title, if it is short.
pub(super) fn of_text(page: &ImportedPage, blocks: &[String], today: Date) -> Metadata {
    let title = blocks.first().filter(|block| block.chars().count() <= 120).and_then(|block| clean(block));
    Metadata {
        title: title.or_else(|| clean(page.stem.as_deref()?)),
        authors: blocks.iter().take(3).find_map(|block| by_line(block)).unwrap_or_default(),
        publisher: page.address.as_ref().and_then(Url::host_str).map(str::to_owned),
        published: first_lines(blocks, today),
        url: page.address.as_ref().map(Url::to_string),
    }
}

struct PageFacts<'a> {
    document: &'a Document,
    blocks: &'a [String],
    linked: json_ld::Article,
}

impl PageFacts<'_> {
    fn title(&self) -> Option<String> {
        let headings = self.document.select("h1");
        let heading = (headings.length() == 1).then(|| headings.text().to_string());
        let title = || Some(self.document.select_single("title").text().to_string());
        self.linked
            .title
            .as_deref()
            .and_then(clean)
            .or_else(|| self.meta(&["og:title", "citation_title", "dc.title", "twitter:title"]))
            .or_else(|| clean(&heading?))
            .or_else(|| clean(&title()?))
    }

    fn authors(&self) -> Vec<String> {
        let linked = names(&self.linked.authors);
        if !linked.is_empty() {
            return linked;
        }
        let metas = names(&self.metas(&[
            "citation_author",
            "author",
            "article:author",
            "dc.creator",
            "parsely-author",
        ]));
        if !metas.is_empty() {
            return metas;
        }
        let marked = self.document.select("[rel~='author'], [itemprop='author'], .byline, .author");
        let texts: Vec<String> = marked.nodes().iter().take(1).map(|node| node.text().to_string()).collect();
        let marked = names(&texts);
        if !marked.is_empty() {
            return marked;
        }
        self.blocks.iter().take(3).find_map(|block| by_line(block)).unwrap_or_default()
    }

    fn publisher(&self) -> Option<String> {
        let linked = self.linked.publisher.as_deref().and_then(clean);
        linked.or_else(|| {
            self.meta(&["og:site_name", "dc.publisher", "citation_publisher", "application-name"])
        })
    }

    /// All texts of the page that may be its date of publication, the most reliable first.
    fn dates(&self) -> Vec<String> {
        let mut dates: Vec<String> = self.linked.published.clone().into_iter().collect();
        dates.extend(self.metas(&[
            "article:published_time",
            "citation_publication_date",
            "datepublished",
            "dc.date",
            "dc.date.issued",
            "parsely-pub-date",
            "publish-date",
            "date",
        ]));
        let times = self.document.select("time[datetime]");
        let marked = times.filter("[pubdate], [itemprop='datePublished']");
        let order = marked.nodes().iter().chain(times.nodes().iter().take(1));
        dates.extend(order.filter_map(|node| Some(node.attr("datetime")?.to_string())));
        dates
    }

    fn url(&self, address: Option<&Url>) -> Option<Url> {
        let canonical =
            self.document.select("link[rel='canonical']").attr("href").map(|href| href.to_string());
        let named = canonical.into_iter().chain(self.linked.url.clone()).chain(self.metas(&["og:url"]));
        let full = |text: String| match address {
            Some(address) => address.join(text.trim()).ok(),
            None => Url::parse(text.trim()).ok(),
        };
        let is_own = |url: &Url| address.is_none_or(|address| host(address) == host(url));
        let is_web = |url: &Url| {
            matches!(url.scheme(), "http" | "https")
                && url.username().is_empty()
                && url.password().is_none()
                && url.as_str().len() <= MAX_URL_LENGTH
        };
        named.filter_map(full).find(|url| is_web(url) && is_own(url)).or_else(|| address.cloned())
    }

    fn meta(&self, wanted: &[&str]) -> Option<String> {
        self.metas(wanted).iter().find_map(|text| clean(text))
    }

    /// The contents of the `<meta>` elements with these names or properties, in the order of `wanted`.
    fn metas(&self, wanted: &[&str]) -> Vec<String> {
        let metas = self.document.select("meta[content]");
        let of = |name: &&str| {
            let found: Vec<String> = metas
                .nodes()
                .iter()
                .filter(|node| {
                    let is_it =
                        |key| node.attr(key).is_some_and(|known| known.trim().eq_ignore_ascii_case(name));
                    is_it("name") || is_it("property") || is_it("itemprop")
                })
                .filter_map(|node| node.attr("content").map(|content| content.to_string()))
                .collect();
            found
        };
        wanted.iter().flat_map(of).collect()
    }
}

fn host(url: &Url) -> Option<&str> {
    url.host_str().map(|host| host.trim_start_matches("www."))
}

/// A date in the first five blocks of a text, in a block with at most twelve words.
fn first_lines(blocks: &[String], today: Date) -> Option<PartialDate> {
    let mut short = blocks.iter().take(5).filter(|block| block.split(' ').count() <= 12);
    short.find_map(|block| {
        dates::read(block.trim_start_matches("Published").trim_start_matches([' ', ':']), today)
    })
}

/// The authors in a short line such as `By Mara Lind and Tomas Brill`.
fn by_line(block: &str) -> Option<Vec<String>> {
    let rest =
        block.strip_prefix("By ").filter(|rest| rest.split(' ').count() <= 10 && !rest.ends_with('.'))?;
    let names = names(&[rest.to_owned()]);
    (!names.is_empty()).then_some(names)
}

/// Whether a character is a control, changes the direction of writing, or has no width or no meaning of its own.
fn is_invisible(character: char) -> bool {
    character.is_control() && !character.is_whitespace()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || ('\u{e000}'..='\u{f8ff}').contains(&character)
}

/// Whether a book accepts a text as the name of a speaker.
pub(super) fn can_speak(name: &str) -> bool {
    !name::id_of(name).is_empty()
        && !looks_like_address(name)
        && !name.contains("::")
        && !name.contains(is_invisible)
}

/// The names in some texts, each once. A text may contain several names. Addresses, and texts that are too long for
/// a name, are left out.
fn names(texts: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts.iter().filter_map(|text| clean(text)) {
        let text = text.strip_prefix("By ").or_else(|| text.strip_prefix("by ")).unwrap_or(&text);
        for part in text.split([',', ';', '|']).flat_map(|part| part.split(" and ")) {
            let part = part.trim();
            let is_name = part.chars().count() <= 80 && can_speak(part) && clean(part).is_some();
            if is_name && names.len() < MAX_AUTHORS && !names.iter().any(|known| known == part) {
                names.push(part.to_owned());
            }
        }
    }
    names
}

/// Puts a text on one line and removes invisible characters. Returns `None` if the rest contains nothing of which
/// an id could be made.
fn clean(text: &str) -> Option<String> {
    let visible: String = text.chars().filter(|&character| !is_invisible(character)).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().take(MAX_TEXT_LENGTH).collect();
    let is_text = !name::id_of(&line).is_empty() && placeholder::find_in_name(&line).is_none();
    is_text.then_some(line)
}
