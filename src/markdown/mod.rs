//! Reads one file: text in, a [`Document`](crate::document::Document) and its problems out; later, the same text
//! and a function from link to address in, HTML out. Only this module creates the Markdown parser, so facts and
//! HTML come from one grammar.
//!
//! Reading takes three steps: the front matter is split off ([`split`]), the rest becomes Markdown
//! events once ([`parse()`]), and the block quotes among them that begin with `[!claim]` become
//! claims. It cannot fail: what is wrong becomes a diagnostic, what is missing stays empty.

mod callout;
mod callout_facts;
mod claim_facts;
mod claim_rules;
mod definitions;
mod destination;
mod directions;
mod forms;
mod front_matter;
mod head;
pub mod html;
mod ids;
mod inline;
mod lines;
mod lost_claims;
mod merge;
mod near_values;
mod nesting;
mod parse;
mod placeholders;
mod raw_html;
mod relations;
mod sanitize;
mod sentence;
mod signed;
mod split;
mod standalone;
mod stray;
mod unread;
mod values;

use pulldown_cmark::{Options, Parser};

pub use destination::target_of;
pub use forms::{Form, Key, claim_keys, inline_source_keys, keys_of};
pub use parse::{Parsed, parse};
pub use standalone::standalone;

/// CommonMark with the extensions of the contract. Never `Options::all()`: metadata blocks eat
/// `--- … ---` in mid-document and smart punctuation alters quotations.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// The HTML of a text that is not of the site, without its front matter: for its words and never for a
/// page, as nothing in it is cleaned.
pub fn uncleaned_html(text: &str) -> String {
    let body = text.get(split::split(text).body).unwrap_or_default();
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, parser(body));
    out
}

/// The events of a text that is shown, with their places.
fn events(text: &str) -> Vec<inline::Spotted<'_>> {
    let mut events: Vec<inline::Spotted<'_>> = parser(text).into_offset_iter().collect();
    inline::doubled_brackets_as_text(&mut events, text);
    events
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, options())
}
