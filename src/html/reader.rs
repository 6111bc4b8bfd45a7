//! Splits HTML into tokens as a browser does ([`html5ever`]), each with its byte range in the text. The time is
//! linear in the length of the text, except that the tokenizer takes quadratic time for the attributes of one
//! tag. [`read_page`] stops at a tag with too many attributes for this reason.

use std::cell::RefCell;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    self, BufferQueue, TagKind, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// A token of HTML.
#[derive(Debug)]
pub enum Token<'a> {
    /// An opening tag.
    Start(Tag),
    /// A closing tag.
    End(Tag),
    /// Text with its character references decoded. One run of text can arrive in several tokens.
    Text(&'a str),
    /// `<!-- … -->`, or anything else that a browser treats as a comment, such as `<?xml … >`; also `<!DOCTYPE>`.
    Comment,
    /// A tag or comment that is incomplete at the end of the text.
    Unfinished,
}

/// An opening or closing tag.
#[derive(Debug, Clone)]
pub struct Tag(tokenizer::Tag);

impl Tag {
    /// Name of the tag in lower case.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Attributes of the tag: names in lower case and decoded values. If a name is repeated, only the first
    /// attribute is included, as in browsers.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.attrs.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// Returns the value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// Which elements contain only text, so that tags inside of them are not read as tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawText {
    /// Only `script` and `style`, which never contain text for readers.
    ScriptAndStyle,
    /// The elements that contain only text in a browser that runs scripts, including `noscript`.
    WithScripting,
    /// The elements that contain only text in a browser or library that does not run scripts. It reads tags
    /// inside of `noscript`.
    WithoutScripting,
}

impl RawText {
    fn content_kind(self, element: &str) -> Option<RawKind> {
        match element {
            "script" => Some(RawKind::ScriptData),
            "style" => Some(RawKind::Rawtext),
            _ if self == Self::ScriptAndStyle => None,
            "title" | "textarea" => Some(RawKind::Rcdata),
            "noscript" if self == Self::WithScripting => Some(RawKind::Rawtext),
            "noframes" | "noembed" | "iframe" | "xmp" => Some(RawKind::Rawtext),
            _ => None,
        }
    }
}

/// The error for a tag with so many attributes that reading it would take too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyAttributes;

/// Length in bytes after which a long text is cut before it is given to the tokenizer.
const MAX_PIECE_LENGTH: usize = 16 * 1024;

/// Most attributes that one tag of a page may have. The tokenizer compares the name of each attribute with all
/// names before it. Tags of real pages have at most some dozens of attributes.
const MAX_ATTRIBUTES: usize = 512;

/// Reads HTML that claimbook wrote, or a short piece of an author's HTML. `on_token` receives each token with its
/// byte range in `html`. The range of a text is that of the piece from which it was read.
pub fn read(html: &str, raw_text: RawText, on_token: impl FnMut(Token<'_>, Range<usize>)) {
    let result = read_pieces(html, pieces(html), usize::MAX, (raw_text, on_token));
    debug_assert!(result.is_ok(), "`read` has no limit of attributes to exceed");
}

/// Reads HTML of any origin and length. Tokens have no byte ranges: for these, the text would have to be cut
/// after each tag as well, which is slower than cutting only before each `<`.
///
/// # Errors
/// Returns [`TooManyAttributes`] if a tag has more than 512 attributes. `on_token` has then received the tokens
/// before this tag, and perhaps the tag.
pub fn read_page(
    html: &str,
    raw_text: RawText,
    mut on_token: impl FnMut(Token<'_>),
) -> Result<(), TooManyAttributes> {
    let mut start = 0;
    let long_pieces = std::iter::from_fn(|| {
        let piece_limit = end_of_piece(html, start, html.len());
        let piece = html.get(start..piece_limit).filter(|piece| !piece.is_empty())?;
        let search_start = usize::from(piece.starts_with('<'));
        let open = piece.get(search_start..)?.find('<').map(|at| start + search_start + at);
        let range = start..open.unwrap_or(piece_limit);
        start = range.end;
        Some(range)
    });
    read_pieces(html, long_pieces, MAX_ATTRIBUTES, (raw_text, |token: Token<'_>, _| on_token(token)))
}

fn read_pieces(
    html: &str,
    pieces: impl Iterator<Item = Range<usize>>,
    max_attributes: usize,
    (raw_text, mut on_token): (RawText, impl FnMut(Token<'_>, Range<usize>)),
) -> Result<(), TooManyAttributes> {
    if !html.contains(['<', '&', '\r', '\0']) {
        on_token(Token::Text(html), 0..html.len());
        return Ok(());
    }
    let state = State {
        html,
        on_token,
        raw_text,
        start: 0,
        piece: 0..0,
        has_token: true,
        largest_attribute_count: 0,
        end: End::NotReached,
    };
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(state)), options);
    let all = StrTendril::from_slice(html);
    let input = BufferQueue::default();
    let mut open_tag = OpenTag::default();
    for piece in pieces {
        tokenizer.sink.0.borrow_mut().begin_piece(&piece);
        let offset = |at: usize| u32::try_from(at).expect("files of 4 GiB are refused");
        input.push_back(all.subtendril(offset(piece.start), offset(piece.len())));
        // The tokenizer pauses after a script element so that the caller can run the script. Scripts are not run
        // here, so the loop continues.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        let state = tokenizer.sink.0.borrow();
        if state.has_token {
            open_tag = OpenTag::default();
        } else if state.is_in_tag() {
            open_tag.read_piece(html.get(piece).expect("pieces end on character boundaries"));
        }
        if open_tag.attributes.max(state.largest_attribute_count) > max_attributes {
            return Err(TooManyAttributes);
        }
    }
    tokenizer.sink.0.borrow_mut().end = End::Reached;
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish(html.len());
    Ok(())
}

/// Returns where a piece that begins at `start` ends: on a character boundary, and not after `limit`.
fn end_of_piece(html: &str, start: usize, limit: usize) -> usize {
    (start + MAX_PIECE_LENGTH..limit).find(|&end| html.is_char_boundary(end)).unwrap_or(limit)
}

/// Cuts HTML before each `<` and after each `>`, so that each tag begins and ends at the edge of a piece.
fn pieces(html: &str) -> impl Iterator<Item = Range<usize>> {
    // The position of the next `>` is kept, so that no text is searched for it twice.
    let (mut start, mut close) = (0, 0);
    std::iter::from_fn(move || {
        let rest = html.get(start..).filter(|rest| !rest.is_empty())?;
        if close <= start {
            close = rest.find('>').map_or(html.len(), |at| start + at + 1);
        }
        let limit = end_of_piece(html, start, close);
        let piece = html.get(start..limit)?;
        let search_start = usize::from(piece.starts_with('<'));
        let open = piece.get(search_start..)?.find('<').map(|at| start + search_start + at);
        let range = start..open.unwrap_or(limit);
        start = range.end;
        Some(range)
    })
}

/// Counts the attributes of a tag that is not closed yet. The states follow the HTML standard (section 13.2.5,
/// "Tokenization"), from the name of the tag to its end.
#[derive(Default)]
struct OpenTag {
    attributes: usize,
    state: InTag,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum InTag {
    #[default]
    TagName,
    BetweenAttributes,
    Name,
    AfterName,
    BeforeValue,
    Unquoted,
    Quoted(u8),
}

impl OpenTag {
    fn read_piece(&mut self, piece: &str) {
        for byte in piece.bytes() {
            let next = self.state_after(byte);
            let is_new =
                next == InTag::Name && matches!(self.state, InTag::BetweenAttributes | InTag::AfterName);
            self.attributes += usize::from(is_new);
            self.state = next;
        }
    }

    fn state_after(&self, byte: u8) -> InTag {
        use InTag::{AfterName, BeforeValue, BetweenAttributes, Name, Quoted, TagName, Unquoted};
        let is_space = byte.is_ascii_whitespace();
        match (self.state, byte) {
            (Quoted(mark), _) => {
                if byte == mark {
                    BetweenAttributes
                } else {
                    Quoted(mark)
                }
            }
            (BeforeValue, b'"' | b'\'') => Quoted(byte),
            (BeforeValue, _) if is_space => BeforeValue,
            (BeforeValue, _) => Unquoted,
            (Unquoted, _) => {
                if is_space {
                    BetweenAttributes
                } else {
                    Unquoted
                }
            }
            (TagName | BetweenAttributes, _) if is_space => BetweenAttributes,
            (Name | AfterName, _) if is_space => AfterName,
            (_, b'/') => BetweenAttributes,
            (TagName, _) => TagName,
            (Name | AfterName, b'=') => BeforeValue,
            _ => Name,
        }
    }
}

/// The tokenizer passes its sink by shared reference, so the state is in a `RefCell`.
struct Sink<'a, F>(RefCell<State<'a, F>>);

struct State<'a, F> {
    html: &'a str,
    on_token: F,
    raw_text: RawText,
    /// Byte position where the text or markup that is not yet a token begins.
    start: usize,
    /// Byte range of the piece that is being read.
    piece: Range<usize>,
    /// Whether a token ended in this piece.
    has_token: bool,
    /// Largest number of attributes of a tag so far. Repeated attributes are not counted.
    largest_attribute_count: usize,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    NotReached,
    Reached,
    /// The text ended inside a tag or comment.
    InMarkup,
}

impl<F: FnMut(Token<'_>, Range<usize>)> TokenSink for Sink<'_, F> {
    type Handle = ();

    fn process_token(&self, token: tokenizer::Token, _line: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().process(token)
    }
}

impl<F: FnMut(Token<'_>, Range<usize>)> State<'_, F> {
    fn begin_piece(&mut self, piece: &Range<usize>) {
        let is_open = self.html.as_bytes().get(self.start) == Some(&b'<');
        if self.has_token || !is_open {
            self.start = piece.start;
        }
        self.has_token = false;
        self.piece = piece.clone();
    }

    /// Whether the bytes from `start` are the beginning of a tag.
    fn is_in_tag(&self) -> bool {
        let open = &self.html.as_bytes()[self.start..];
        let name = open.strip_prefix(b"</").or_else(|| open.strip_prefix(b"<"));
        name.and_then(<[u8]>::first).is_some_and(u8::is_ascii_alphabetic)
    }

    fn process(&mut self, token: tokenizer::Token) -> TokenSinkResult<()> {
        match token {
            tokenizer::Token::CharacterTokens(text) => self.emit_text(&text),
            tokenizer::Token::NullCharacterToken => self.emit_text("\0"),
            tokenizer::Token::TagToken(tag) => {
                self.largest_attribute_count = self.largest_attribute_count.max(tag.attrs.len());
                let raw = self.raw_text.content_kind(&tag.name).filter(|_| tag.kind == TagKind::StartTag);
                match tag.kind {
                    TagKind::StartTag => self.emit(Token::Start(Tag(tag))),
                    TagKind::EndTag => self.emit(Token::End(Tag(tag))),
                }
                return raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            tokenizer::Token::CommentToken(_) | tokenizer::Token::DoctypeToken(_) => {
                // A comment that the tokenizer produces at the end of the text is not complete. `finish` reports
                // it.
                match self.end {
                    End::NotReached => self.emit(Token::Comment),
                    // If the text ends in `<!x` or `<?x`, the tokenizer does not report a parse error, so the
                    // state is set here.
                    End::Reached | End::InMarkup => self.end = End::InMarkup,
                }
            }
            tokenizer::Token::ParseError(_) if self.end == End::Reached => self.end = End::InMarkup,
            tokenizer::Token::ParseError(_) | tokenizer::Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }

    fn emit_text(&mut self, text: &str) {
        (self.on_token)(Token::Text(text), self.start..self.piece.end);
        // Text of an earlier piece can arrive after this piece has begun. This piece may still become a tag.
        if self.start < self.piece.start {
            self.start = self.piece.start;
        } else {
            self.has_token = true;
        }
        if self.end == End::InMarkup {
            // A `<` at the very end of the text is plain text.
            self.end = End::Reached;
        }
    }

    fn emit(&mut self, token: Token<'_>) {
        (self.on_token)(token, self.start..self.piece.end);
        self.start = self.piece.end;
        self.has_token = true;
    }

    fn finish(mut self, end: usize) {
        if self.end == End::InMarkup && self.start < end {
            (self.on_token)(Token::Unfinished, self.start..end);
        }
    }
}

/// Returns the byte range of an attribute's value within the source of its tag, or the whole tag if the value
/// cannot be found there.
pub fn attribute_value_range(tag: &str, name: &str, value: &str) -> Range<usize> {
    let lower = tag.to_ascii_lowercase();
    let is_separator = |character: char| character.is_whitespace() || "\"'/".contains(character);
    let values = lower.match_indices(name).filter_map(|(at, _)| {
        let rest = tag.get(at + name.len()..)?;
        let written = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = written.chars().next().filter(|first| matches!(first, '"' | '\''));
        let start = tag.len() - written.len() + quote.map_or(0, char::len_utf8);
        let next = tag.get(start..)?.strip_prefix(value)?.chars().next()?;
        let is_complete = quote.map_or(next == '>' || next.is_whitespace(), |quote| next == quote);
        (is_complete && !value.is_empty() && tag.get(..at)?.ends_with(is_separator))
            .then(|| start..start + value.len())
    });
    values.into_iter().next().unwrap_or(0..tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(html: &str, raw_text: RawText) -> Vec<String> {
        let mut tokens: Vec<String> = Vec::new();
        read(html, raw_text, |token, place| {
            let source = html.get(place).expect("a place on character boundaries");
            let token = match token {
                Token::Start(tag) => {
                    let attributes: Vec<_> =
                        tag.attributes().map(|(name, value)| format!("{name}={value}")).collect();
                    format!("{}[{}] {source}", tag.name(), attributes.join(","))
                }
                Token::End(tag) => format!("/{} {source}", tag.name()),
                Token::Text(text) => match tokens.pop() {
                    Some(last) if last.starts_with('\'') => format!("{}{text}'", last.trim_end_matches('\'')),
                    last => {
                        tokens.extend(last);
                        format!("'{text}'")
                    }
                },
                Token::Comment => format!("! {source}"),
                Token::Unfinished => format!("? {source}"),
            };
            tokens.push(token);
        });
        tokens
    }

    #[test]
    fn tags_have_names_attributes_and_places() {
        let check = |html: &str, expected: &[&str]| {
            assert_eq!(tokens(html, RawText::ScriptAndStyle), expected, "{html}");
        };
        check("<A HREF=/x/>é</A >", &["a[href=/x/] <A HREF=/x/>", "'é'", "/a </A >"]);
        check("<a href = '/x/?a&amp;b'>", &["a[href=/x/?a&b] <a href = '/x/?a&amp;b'>"]);
        check("<<b title='<i>'>", &["'<'", "b[title=<i>] <b title='<i>'>"]);
        check("5 < 6 &lt; 7<br/>", &["'5 < 6 < 7'", "br[] <br/>"]);
        check("&am<b>", &["'&am'", "b[] <b>"]);
        check("<!-- a > b --><?c d?>e</ f>", &["! <!-- a > b -->", "! <?c d?>", "'e'", "! </ f>"]);
        check("<style>a>b{}</style>", &["style[] <style>", "'a>b{}'", "/style </style>"]);
        check("<title><b></title>", &["title[] <title>", "b[] <b>", "/title </title>"]);
        let browser = tokens("<title><b></title>", RawText::WithScripting);
        assert_eq!(browser, ["title[] <title>", "'<b>'", "/title </title>"]);
    }

    #[test]
    fn markup_that_the_text_ends_in_is_reported() {
        let check = |html: &str, expected: &[&str]| {
            assert_eq!(tokens(html, RawText::ScriptAndStyle), expected, "{html}");
        };
        check("a <", &["'a <'"]);
        check("a </", &["'a </'"]);
        check("a <b title=\"c", &["'a '", "? <b title=\"c"]);
        check("<<b", &["'<'", "? <b"]);
        check("a<!-- b > c", &["'a'", "? <!-- b > c"]);
        check("<!DOCTYPE", &["? <!DOCTYPE"]);
        check("<script>a<b", &["script[] <script>", "'a<b'"]);
    }

    #[test]
    fn a_value_has_its_place_in_the_tag() {
        let check = |tag: &str, name: &str, value: &str, expected: &str| {
            assert_eq!(tag.get(attribute_value_range(tag, name, value)), Some(expected), "{tag}");
        };
        check("<A HREF=/x/>", "href", "/x/", "/x/");
        check("<a data-href='/x/' href = '/x/'>", "href", "/x/", "/x/");
        assert_eq!(attribute_value_range("<a data-href='/x/' href = '/x/'>", "href", "/x/").start, 27);
        check("<a href='&amp;'>", "href", "&", "<a href='&amp;'>");
    }

    #[test]
    fn a_tag_of_too_many_attributes_stops_the_reader() {
        let is_read = |html: &str| read_page(html, RawText::WithScripting, |_| {}).is_ok();
        let many = |part: &str| part.repeat(50_000);
        for attributes in [many("a=1 "), many("a/b"), many("a=''"), many("a\n<"), many("a='>' ")] {
            assert!(!is_read(&format!("<p>text</p><b {attributes}>x</b>")));
            assert!(!is_read(&format!("<p>text</p></b {attributes}>x")));
        }
        // The work for one tag does not grow with the square of its attributes, however long the tag is.
        let names = |count: usize| (0..count).map(|name| format!("a{name} ")).collect::<Vec<_>>().concat();
        assert!(is_read(&format!("<b {}>x</b>", names(500)).repeat(20)));
        for count in [600, 5_000, 20_000] {
            assert!(!is_read(&format!("<p>text</p><b {}>x</b>", names(count))), "{count}");
        }
        // Data URLs, scripts, texts and comments may be long.
        let data = "abcdefghijklmnopqrstuvwxyz0123456789+AB/".repeat(20_000);
        assert!(is_read(&format!("a<img src='data:image/png;base64,{data}'>b")));
        assert!(is_read(&format!("a<script>{}</script>b", many("x = '/' "))));
        assert!(is_read(&many("It was so. ")));
        assert!(is_read(&format!("<!--{}-->", "word ".repeat(10_000))));
        assert!(is_read(&format!("<!--<b {}-->", many("a=1 "))));
        assert!(is_read(&format!("<b data='{}' title=\"{}\">x</b>", many("[\"a\", 1] "), many("it's "))));
    }
}
