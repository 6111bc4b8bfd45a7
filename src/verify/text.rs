//! Which words does a reader see in a snapshot? HTML is read token by token, as a browser does, without
//! building a tree: the cost grows with the length of the page alone, however it is nested. Markdown is
//! rendered first, so that emphasis and links do not stand between the words.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::markdown::uncleaned_html;
use crate::source::{Snapshot, SnapshotFormat};

/// Elements that stand in a line; all others begin and end one.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose content is text for the parser and nothing for readers.
const HIDDEN: &[(&str, RawKind)] = &[
    ("script", RawKind::ScriptData),
    ("style", RawKind::Rawtext),
    ("title", RawKind::Rcdata),
    ("textarea", RawKind::Rcdata),
    ("noscript", RawKind::Rawtext),
    ("noframes", RawKind::Rawtext),
    ("noembed", RawKind::Rawtext),
    ("iframe", RawKind::Rawtext),
];

/// The words of a snapshot, blocks parted by line breaks.
pub(super) fn visible(snapshot: &Snapshot) -> String {
    match snapshot.format {
        SnapshotFormat::Text => snapshot.text.clone(),
        SnapshotFormat::Html => of_html(&snapshot.text),
        SnapshotFormat::Markdown => of_html(&uncleaned_html(&snapshot.text)),
    }
}

fn of_html(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Words::default(), TokenizerOpts::default());
    // What a script would do is not done: every stop is passed.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().text
}

/// Collects the words. The tokenizer shares its sink, so the state is in a cell.
#[derive(Default)]
struct Words(RefCell<State>);

#[derive(Default)]
struct State {
    text: String,
    /// The element whose raw text is passed over.
    hidden: Option<&'static str>,
    /// How many templates are open.
    templates: usize,
}

impl TokenSink for Words {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) if state.hidden.is_none() && state.templates == 0 => {
                state.text.push_str(&text);
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) => state.tag(&tag),
            _ => TokenSinkResult::Continue,
        }
    }
}

impl State {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if !INLINE.contains(&name) {
            self.text.push('\n');
        }
        if name == "template" {
            self.templates = match tag.kind {
                TagKind::StartTag => self.templates + 1,
                TagKind::EndTag => self.templates.saturating_sub(1),
            };
        }
        match (HIDDEN.iter().find(|(hidden, _)| *hidden == name), tag.kind) {
            (Some(&(hidden, kind)), TagKind::StartTag) => {
                self.hidden = Some(hidden);
                TokenSinkResult::RawData(kind)
            }
            (Some(_), TagKind::EndTag) => {
                self.hidden = None;
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quote::Normalised;

    fn check(html: &str, words: &str) {
        assert_eq!(Normalised::new(&of_html(html)).as_str(), words, "{html}");
    }

    #[test]
    fn readers_see_text_and_nothing_else() {
        check("<p>It <em>was</em> <a href='x>y'>so</a>, then<b>ce</b>.</p>", "It was so, thence.");
        check("<h1>One</h1><p>two<br>three</p><td>four</td><td>five</td>", "One two three four five");
        check("a<script>if (a < b) '<p>no</p>'</script>b<style>p { }</style>c", "a b c");
        check("<title>No &amp; no</title>a<!-- no --><template>no<p>no</template>b", "a b");
        check("Caf&eacute; &#8220;x&#8221; &lt;b&gt; 4&nbsp;%", "Café “x” <b> 4 %");
        check("hy&shy;phen<wbr>ated", "hyphenated");
        check("<!doctype html><noscript><p>no</p></noscript>a<textarea>no</textarea>", "a");
        check("a<script>never closed", "a");
        check("a < b & c <", "a < b & c <");
        check("\0a\0", "a");
    }

    #[test]
    fn markdown_is_read_as_it_is_shown() {
        let snapshot = |text: &str| Snapshot {
            path: String::new(),
            format: SnapshotFormat::Markdown,
            text: text.to_owned(),
        };
        let text = "---\ntitle: no\n---\n# Head\n\nIt *was* [so](https://example.org), in\n`code` &amp; <b>more</b>.\n\n- it's \"as\" written...\n";
        let text = visible(&snapshot(text));
        assert_eq!(Normalised::new(&text).as_str(), "Head It was so, in code & more. it's \"as\" written...");
    }

    #[test]
    fn deep_nesting_is_no_trouble() {
        check(&"<div><p>".repeat(200_000), "");
    }
}
