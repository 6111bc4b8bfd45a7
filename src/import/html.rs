//! Finds the main text of a page, as blocks, and its [`Metadata`].

use anyhow::{Result, bail};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use jiff::civil::Date;

use super::page::{ImportedPage, PageFormat};
use super::{Metadata, cost, metadata};

/// Maximum number of elements. Pages of real articles have a tenth of this. With more elements, the search for the
/// main text takes minutes.
const MAX_ELEMENTS: usize = 100_000;
/// Maximum depth of nested elements. Pages of real articles have a tenth of this. With deeper nesting, the search
/// for the main text could overflow the stack.
const MAX_DEPTH: usize = 250;

const TOO_MUCH: &str =
    "the page is too large or nested too deeply to be read: save its text as .txt and import that";

/// The texts and the metadata of a page.
pub(super) struct PageContent {
    pub(super) metadata: Metadata,
    /// The main text: each block is the text of a paragraph, list item or table cell, with its white space folded.
    /// Empty if no main text was found.
    pub(super) blocks: Vec<String>,
    /// All text of the page, in blocks as well. Quotations are compared with it.
    pub(super) original: Vec<String>,
}

/// Reads a page. `text` is the decoded text of the page.
///
/// # Errors
/// When the page has too many elements, or when they are nested too deeply.
pub(super) fn read(page: &ImportedPage, text: &str, today: Date) -> Result<PageContent> {
    if page.form != PageFormat::Html {
        return Ok(read_text(page, text, today));
    }
    if !cost::is_bearable(text) {
        bail!(TOO_MUCH);
    }
    let document = Document::from(text);
    let root = document.root();
    check_size(root)?;
    let original = blocks(root);
    let copy = Document::from(text);
    let config = Config { max_elements_to_parse: MAX_ELEMENTS, ..Config::default() };
    let article = Readability::with_document(copy, None, Some(config)).and_then(|mut reader| reader.parse());
    let main = article.map(|article| blocks(Document::from(article.content).root())).unwrap_or_default();
    let metadata = metadata::read(&document, page, &main, today);
    Ok(PageContent { metadata, blocks: main, original })
}

fn read_text(page: &ImportedPage, text: &str, today: Date) -> PageContent {
    let text = text.replace("\r\n", "\n");
    let body = match (page.form, text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"))) {
        (PageFormat::Markdown, Some((_, body))) => body,
        _ => &text,
    };
    let original: Vec<String> = body.split("\n\n").map(folded).filter(|block| !block.is_empty()).collect();
    let mut blocks = original.clone();
    if page.form == PageFormat::Markdown {
        for block in &mut blocks {
            *block = block.trim_start_matches(['#', '>', '-', ' ']).to_owned();
        }
        // Blocks with markup are left out, because markup cannot be distinguished from the words of the source.
        blocks.retain(|block| !block.contains(['*', '_', '[', ']', '`', '<', '|', '\\']));
    }
    let metadata = metadata::of_text(page, &blocks, today);
    PageContent { metadata, blocks, original }
}

fn check_size(root: NodeRef<'_>) -> Result<()> {
    let mut waiting = vec![(root, 0)];
    let mut elements = 0;
    while let Some((node, depth)) = waiting.pop() {
        elements += usize::from(node.is_element());
        if depth > MAX_DEPTH || elements > MAX_ELEMENTS {
            bail!(TOO_MUCH);
        }
        waiting.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    Ok(())
}

/// Elements inside a line of text. All other elements begin a block.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "big",
];
/// Elements whose text is not shown.
const HIDDEN: &[&str] =
    &["script", "style", "template", "noscript", "head", "iframe", "svg", "math", "object"];

/// The blocks of text below a node, in order.
fn blocks(root: NodeRef<'_>) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut text = String::new();
    // Nodes to visit: a stack instead of recursion. The flag marks a node whose children have been visited already.
    let mut waiting = vec![(root, false)];
    while let Some((node, is_left)) = waiting.pop() {
        if node.is_text() {
            text.push_str(&node.text());
            continue;
        }
        let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
        if HIDDEN.contains(&name.as_str()) || node.is_comment() {
            continue;
        }
        if !INLINE.contains(&name.as_str()) {
            let block = folded(&text);
            text.clear();
            blocks.push(block);
        }
        if !is_left {
            waiting.push((node, true));
            waiting.extend(node.children_it(true).map(|child| (child, false)));
        }
    }
    blocks.push(folded(&text));
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
