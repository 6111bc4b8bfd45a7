//! YAML text to [`Node`]s. Anchors, aliases, tags and more than one document are refused: they add
//! nothing to front matter and make small files expand to large ones.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Place};

use crate::diagnostic::{Diagnostic, rules};
use crate::source::{FileId, Span};

use super::{DEEPEST, Entry, Node, Value};

/// Read the YAML mapping `text`, which begins at byte `offset` of `file`.
///
/// # Errors
/// One diagnostic where the text is no YAML, or uses what is refused.
pub fn read_yaml(file: FileId, text: &str, offset: usize) -> Result<Node, Box<Diagnostic>> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        offsets: Offsets { text, characters: 0, bytes: 0 },
        file,
        offset,
    };
    let end = reader.offset + text.len();
    loop {
        let (event, place) = reader.next()?;
        match event {
            Event::StreamEnd | Event::DocumentEnd => {
                return Ok(Node { value: Value::Empty, span: Span::new(file, offset..end) });
            }
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            event => {
                let node = reader.node(event, place, DEEPEST)?;
                reader.finish()?;
                return Ok(node);
            }
        }
    }
}

/// What most invalid front matter needs.
const HELP: &str = "put a value that holds `: ` or begins with `[`, `{`, `*`, `&`, `@` or a backtick into quotation marks: `title: \"One: two\"`";

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    offsets: Offsets<'a>,
    file: FileId,
    offset: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Place), Box<Diagnostic>> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let at = self.offset + self.offsets.byte(error.marker().index());
                let message = format!("invalid YAML: {}", error.info());
                Err(self.problem(at..at, message).help(HELP).into())
            }
            None => Ok((Event::StreamEnd, Place::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, place: Place, depth: usize) -> Result<Node, Box<Diagnostic>> {
        let start = self.offset + self.offsets.byte(place.start.index());
        let end = self.offset + self.offsets.byte(place.end.index());
        let refuse = |what: &str| {
            self.problem(start..end, format!("{what} are not accepted in front matter"))
                .help("write the value out")
        };
        if depth == 0 {
            return Err(refuse("values nested so deeply").into());
        }
        let (value, end) = match event {
            Event::Alias(_) => return Err(refuse("YAML aliases").into()),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _)
                if anchor != 0 =>
            {
                return Err(refuse("YAML anchors").into());
            }
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_)) => {
                return Err(refuse("YAML tags").into());
            }
            Event::Scalar(text, ..) if text.contains('\0') => {
                let message = "this text contains the character U+0000";
                return Err(self.problem(start..end, message.to_owned()).help("delete the escape").into());
            }
            Event::Scalar(text, style, _, _) => (scalar(text, style), end),
            Event::SequenceStart(..) => self.sequence(depth)?,
            Event::MappingStart(..) => self.mapping(depth)?,
            _ => (Value::Empty, end),
        };
        Ok(Node { value, span: Span::new(self.file, start..end) })
    }

    fn sequence(&mut self, depth: usize) -> Result<(Value, usize), Box<Diagnostic>> {
        let mut items = Vec::new();
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let end = self.end_of(items.last(), place);
                return Ok((Value::List(items), end));
            }
            items.push(self.node(event, place, depth - 1)?);
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<(Value, usize), Box<Diagnostic>> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                let end = self.end_of(entries.last().map(|entry| &entry.node), place);
                return Ok((Value::Map(entries), end));
            }
            let key = self.node(event, place, depth - 1)?;
            let (event, place) = self.next()?;
            let node = self.node(event, place, depth - 1)?;
            let Value::Scalar(text) = key.value else {
                let message = format!("a key must be a word, this is {}", key.value.noun());
                return Err(self.problem(key.span.range(), message).into());
            };
            entries.push(Entry { key: text, key_span: key.span, node });
        }
    }

    /// A block collection's end event stands at the next token; its last value is where it ends.
    fn end_of(&mut self, last: Option<&Node>, place: Place) -> usize {
        let flow_end = self.offset + self.offsets.byte(place.end.index());
        match last {
            Some(node) if place.is_empty() => node.span.end as usize,
            _ => flow_end,
        }
    }

    fn finish(&mut self) -> Result<(), Box<Diagnostic>> {
        loop {
            let (event, place) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(()),
                Event::DocumentStart(_) => {
                    let at = self.offset + self.offsets.byte(place.start.index());
                    return Err(self.problem(at..at, "a second YAML document begins here".to_owned()).into());
                }
                _ => {}
            }
        }
    }

    fn problem(&self, range: std::ops::Range<usize>, message: String) -> Diagnostic {
        Diagnostic::new(&rules::BAD_FRONT_MATTER, Span::new(self.file, range), message)
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value {
    let plain = matches!(style, ScalarStyle::Plain);
    if plain && matches!(text.as_ref(), "" | "~" | "null") {
        Value::Empty
    } else {
        Value::Scalar(text.into_owned())
    }
}

/// Characters to bytes. The parser's marks only move forward, but for ends of collections, so a
/// running count suffices; going back starts over.
struct Offsets<'a> {
    text: &'a str,
    characters: usize,
    bytes: usize,
}

impl Offsets<'_> {
    fn byte(&mut self, character: usize) -> usize {
        if character < self.characters {
            (self.characters, self.bytes) = (0, 0);
        }
        let rest = self.text.get(self.bytes..).unwrap_or_default();
        let ahead = character - self.characters;
        let step = rest.char_indices().nth(ahead).map_or(rest.len(), |(byte, _)| byte);
        (self.characters, self.bytes) = (character, self.bytes + step);
        self.bytes
    }
}
