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

/// HTML is read in pieces of so many bytes.
const PIECE: usize = 16 * 1024;

/// Most signs, in a row of pieces without a token, that could part attributes: reading a tag takes the
/// square of their number.
const MOST_PARTS: usize = 20_000;

/// The words of a snapshot, blocks parted by line breaks; `None` when reading it would take for ever.
pub(super) fn visible(snapshot: &Snapshot) -> Option<String> {
    match snapshot.format {
        SnapshotFormat::Text => Some(snapshot.text.clone()),
        SnapshotFormat::Html => of_html(&snapshot.text),
        SnapshotFormat::Markdown => of_html(&uncleaned_html(&snapshot.text)),
    }
}

/// Whether no tag of a page has so many attributes that reading it would take for ever.
pub fn is_readable(html: &str) -> bool {
    of_html(html).is_some()
}

fn of_html(html: &str) -> Option<String> {
    let input = BufferQueue::default();
    let tokenizer = Tokenizer::new(Words::default(), TokenizerOpts::default());
    let (mut parts, mut slashes, mut length) = (0, 0_usize, 0);
    let mut rest = html;
    while !rest.is_empty() {
        let end = (PIECE..rest.len()).find(|&end| rest.is_char_boundary(end)).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at_checked(end)?;
        input.push_back(StrTendril::from_slice(piece));
        // What a script would do is not done: every stop is passed.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        if std::mem::take(&mut tokenizer.sink.0.borrow_mut().has_token) {
            (parts, slashes, length) = (0, 0, 0);
        } else {
            parts += piece.bytes().filter(|byte| byte.is_ascii_whitespace() || b"\"'".contains(byte)).count();
            slashes += piece.bytes().filter(|&byte| byte == b'/').count();
            length += piece.len();
        }
        // Data in base 64 has a slash in every 64 bytes.
        if parts + slashes.saturating_sub(length / 32) > MOST_PARTS {
            return None;
        }
        rest = behind;
    }
    tokenizer.end();
    Some(tokenizer.sink.0.into_inner().text)
}

/// Collects the words. The tokenizer shares its sink, so the state is in a cell.
#[derive(Default)]
struct Words(RefCell<State>);

#[derive(Default)]
struct State {
    text: String,
    /// Something was read since this was last asked.
    has_token: bool,
    /// The element whose raw text is passed over.
    hidden: Option<&'static str>,
    /// How many templates are open.
    templates: usize,
}

impl TokenSink for Words {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        state.has_token |= !matches!(token, Token::ParseError(_));
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
        assert_eq!(Normalised::new(&of_html(html).unwrap()).as_str(), words, "{html}");
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
            is_partial: false,
            text: text.to_owned(),
        };
        let text = "---\ntitle: no\n---\n# Head\n\nIt *was* [so](https://example.org), in\n`code` &amp; <b>more</b>.\n\n- it's \"as\" written...\n";
        let text = visible(&snapshot(text)).unwrap();
        assert_eq!(Normalised::new(&text).as_str(), "Head It was so, in code & more. it's \"as\" written...");
    }

    #[test]
    fn tags_that_would_never_end_are_refused() {
        let many = |part: &str| part.repeat(300_000);
        for attributes in [many("a=1 "), many("a/b"), many("a=''"), many("a\n<")] {
            assert!(!is_readable(&format!("<p>text</p><b {attributes}>x</b>")));
        }
        // A picture inside a page, a long script, a long text and a long comment are fine.
        let picture = format!(
            "<img src='data:image/png;base64,{}'>",
            "abcdefghijklmnopqrstuvwxyz0123456789+AB/".repeat(100_000)
        );
        assert!(is_readable(&format!("a{picture}b")));
        assert!(is_readable(&format!("a<script>{}</script>b", many("x = '/' "))));
        assert!(is_readable(&many("It was so. ")));
        assert!(is_readable(&format!("<!--{}-->", "word ".repeat(10_000))));
    }

    #[test]
    fn deep_nesting_is_no_trouble() {
        check(&"<div><p>".repeat(200_000), "");
    }
}
