//! Reads one file: text in, a [`Document`](crate::document::Document) and its problems out. Later it renders the
//! same text to HTML, with a function that turns links into addresses. Only this module creates the Markdown
//! parser, so that facts and HTML follow one grammar.
//!
//! Reading takes three steps. The front matter is split off (`front_matter/split.rs`). The rest is parsed into Markdown events
//! once ([`parse()`]). The block quotations that begin with `[!claim]` become claims. Reading does not fail: each
//! mistake becomes a diagnostic, and missing parts are empty.

mod checks;
mod claim;
mod content_file;
mod destination;
mod form;
mod front_matter;
mod head;
pub mod html;
mod ids;
mod inline;
mod nesting;
mod parse;
mod prose;
mod raw_html;
mod sanitize;
mod sentence;
mod standalone;
mod values;

use pulldown_cmark::{Options, Parser};

use crate::document::WordingAccess;

pub use claim::keys::Kinds;
pub use destination::link_target;
pub use form::Form;
pub use front_matter::keys::{Key, claim_keys, inline_source_keys, keys_of};
pub use parse::{Parsed, parse};
pub use prose::prose_text;
pub use standalone::standalone;

/// Permission to read wording, because this module makes it and checks each file by itself.
const WORDING: WordingAccess = WordingAccess::grant();

/// Returns the options of the parser: CommonMark with the extensions that claimbook supports. `Options::all()` is
/// not suitable: with metadata blocks, the parser drops text between lines `---` in the middle of a file, and
/// smart punctuation changes quotations.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// Returns the HTML of a text that is not part of the site, without its front matter. The HTML is not sanitized,
/// so callers may use only its words and must not show it on a page.
pub fn uncleaned_html(text: &str) -> String {
    let body = text.get(front_matter::split::split(text).body).unwrap_or_default();
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, parser(body));
    out
}

/// Returns the events of a text, each with its byte range.
fn events(text: &str) -> Vec<inline::PlacedEvent<'_>> {
    let mut events: Vec<inline::PlacedEvent<'_>> = parser(text).into_offset_iter().collect();
    inline::fix_double_brackets(&mut events, text);
    events
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, options())
}
