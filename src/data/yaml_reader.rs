//! Reads YAML text into [`Node`]s. Anchors, aliases, tags and a second document are not accepted: front matter
//! does not need them, and with aliases a small file can expand to a very large one.

use std::borrow::Cow;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Place};

use crate::diagnostic::{Diagnostic, rules};
use crate::source::{FileId, Span};

use super::{Entry, MAX_DEPTH, Node, Value, first_merge_conflict};

/// Reads the YAML mapping `text`, which begins at byte `offset` of `file`.
///
/// # Errors
/// Returns one diagnostic if the text is not valid YAML, or uses a feature that is not accepted.
pub fn read_yaml(file: FileId, text: &str, offset: usize) -> Result<Node, Box<Diagnostic>> {
    read(file, text, offset).map_err(|problem| first_merge_conflict(file, text, offset).unwrap_or(problem))
}

fn read(file: FileId, text: &str, offset: usize) -> Result<Node, Box<Diagnostic>> {
    let mut reader = YamlReader {
        parser: Parser::new_from_str(text),
        offsets: Offsets { text, characters: 0, bytes: 0 },
        file,
        offset,
    };
    let end = reader.offset + text.len();
    loop {
        let (event, place) = reader.next_event()?;
        match event {
            Event::StreamEnd | Event::DocumentEnd => {
                return Ok(Node { value: Value::Empty, span: Span::new(file, offset..end) });
            }
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            event => {
                let node = reader.read_node(event, place, MAX_DEPTH)?;
                reader.expect_end()?;
                return Ok(node);
            }
        }
    }
}

/// Help text that applies to most invalid front matter.
const HELP: &str = "put a value that contains `: ` or begins with `[`, `{`, `*`, `&`, `@` or a backtick into quotation marks: `title: \"One: two\"`";

/// A mistake at the place where its author would look for it. The parser reports the place where it cannot
/// continue, which is after the mistake and often on a later line.
#[derive(Debug, PartialEq, Eq)]
struct Mistake {
    /// Byte range in the YAML text.
    range: Range<usize>,
    message: String,
    help: &'static str,
}

impl Mistake {
    /// Finds the mistake. `at` is the byte where the parser stopped, and `info` is its message. The parser does not
    /// classify its errors, so this function recognises them by their messages. An unknown message is passed on.
    fn find(text: &str, at: usize, info: &str) -> Self {
        let (before, behind) = text.split_at(at);
        let new = |place: Range<usize>, message: &str, help| Self {
            range: place,
            message: message.to_owned(),
            help,
        };
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        if let Some(tab) = text.get(line_start..).and_then(|rest| rest.find('\t')).filter(|_| {
            info.contains("tab") || behind.starts_with('\t') || info.contains("valid YAML whitespace")
        }) {
            let tab = line_start + tab;
            let help = "write spaces in place of the tab";
            return new(tab..tab + 1, "YAML does not take a tab here", help);
        }
        if info.contains("quoted scalar") {
            return Self::find_after_quotation(text, at);
        }
        // A list that is not closed continues on the next lines, so the parser reports a key there as the error.
        let open = before.rfind(['[', '{']).filter(|&open| {
            let since = before.get(open..).expect("a bracket is on character boundaries");
            info.contains("flow ") || since.contains('\n') && !since.contains([']', '}'])
        });
        if let Some(open) = open {
            let help = "close it, or put the value into quotation marks if the bracket is part of a text";
            return new(open..open + 1, "this bracket is not closed", help);
        }
        new(at..at, &format!("invalid YAML: {info}"), HELP)
    }

    /// Finds the mistake in or after a text in quotation marks.
    fn find_after_quotation(text: &str, at: usize) -> Self {
        let (before, behind) = text.split_at(at);
        if behind.starts_with(['"', '\'']) {
            return Self::unclosed_quotation_mark(at);
        }
        // The parser stopped after a text in quotation marks. The mark that ended this text may have been meant
        // as the beginning of another text.
        let end = before.trim_end();
        let inside = ['"', '\''].into_iter().find_map(|mark| Some((mark, end.strip_suffix(mark)?)));
        let open = inside.and_then(|(mark, inside)| inside.rfind(mark));
        if let Some(open) = open.filter(|&open| end.get(open..).is_some_and(|quoted| quoted.contains('\n'))) {
            return Self::unclosed_quotation_mark(open);
        }
        let length = behind.find('\n').unwrap_or(behind.len());
        Self {
            range: at..at + length,
            message: "this follows a text in quotation marks, which ends before it".to_owned(),
            help: "put the whole value into quotation marks; in those, write `\\\"` for `\"`, and `''` for `'`",
        }
    }

    fn unclosed_quotation_mark(open: usize) -> Self {
        Self {
            range: open..open + 1,
            message: "this quotation mark is not closed in its line".to_owned(),
            help: "end the text with the same mark, or indent the lines that continue it",
        }
    }
}

struct YamlReader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    offsets: Offsets<'a>,
    file: FileId,
    offset: usize,
}

impl<'a> YamlReader<'a> {
    fn next_event(&mut self) -> Result<(Event<'a>, Place), Box<Diagnostic>> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let at = self.offsets.byte_offset(error.marker().index());
                let Mistake { range: place, message, help } =
                    Mistake::find(self.offsets.text, at, error.info());
                let place = place.start + self.offset..place.end + self.offset;
                Err(self.problem(place, message).help(help).into())
            }
            None => Ok((Event::StreamEnd, Place::default())),
        }
    }

    fn read_node(&mut self, event: Event<'a>, place: Place, depth: usize) -> Result<Node, Box<Diagnostic>> {
        let start = self.offset + self.offsets.byte_offset(place.start.index());
        let end = self.offset + self.offsets.byte_offset(place.end.index());
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
            Event::Scalar(text, style, _, _) => (scalar_value(text, style), end),
            Event::SequenceStart(..) => self.read_sequence(depth)?,
            Event::MappingStart(..) => self.read_mapping(depth)?,
            _ => (Value::Empty, end),
        };
        Ok(Node { value, span: Span::new(self.file, start..end) })
    }

    fn read_sequence(&mut self, depth: usize) -> Result<(Value, usize), Box<Diagnostic>> {
        let mut items = Vec::new();
        loop {
            let (event, place) = self.next_event()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let end = self.end_of_collection(items.last(), place);
                return Ok((Value::List(items), end));
            }
            items.push(self.read_node(event, place, depth - 1)?);
        }
    }

    fn read_mapping(&mut self, depth: usize) -> Result<(Value, usize), Box<Diagnostic>> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, place) = self.next_event()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                let end = self.end_of_collection(entries.last().map(|entry| &entry.node), place);
                return Ok((Value::Map(entries), end));
            }
            let key = self.read_node(event, place, depth - 1)?;
            let (event, place) = self.next_event()?;
            let node = self.read_node(event, place, depth - 1)?;
            let Value::Scalar(text) = key.value else {
                let message = format!("a key must be a word, this is {}", key.value.noun());
                return Err(self.problem(key.span.range(), message).into());
            };
            entries.push(Entry { key: text, key_span: key.span, node });
        }
    }

    /// Returns the byte where a collection ends. The parser places the end event of a block collection at the
    /// next token, so the end of the last value is used instead.
    fn end_of_collection(&mut self, last: Option<&Node>, place: Place) -> usize {
        let flow_end = self.offset + self.offsets.byte_offset(place.end.index());
        match last {
            Some(node) if place.is_empty() => node.span.end as usize,
            _ => flow_end,
        }
    }

    fn expect_end(&mut self) -> Result<(), Box<Diagnostic>> {
        loop {
            let (event, place) = self.next_event()?;
            match event {
                Event::StreamEnd => return Ok(()),
                Event::DocumentStart(_) => {
                    let at = self.offset + self.offsets.byte_offset(place.start.index());
                    return Err(self.problem(at..at, "a second YAML document begins here".to_owned()).into());
                }
                _ => {}
            }
        }
    }

    fn problem(&self, range: Range<usize>, message: String) -> Diagnostic {
        Diagnostic::new(&rules::BAD_FRONT_MATTER, Span::new(self.file, range), message)
    }
}

fn scalar_value(text: Cow<'_, str>, style: ScalarStyle) -> Value {
    let plain = matches!(style, ScalarStyle::Plain);
    if plain && matches!(text.as_ref(), "" | "~" | "null") {
        Value::Empty
    } else {
        Value::Scalar(text.into_owned())
    }
}

/// Converts positions in characters to positions in bytes. Positions of the parser increase, except at the ends
/// of collections, so counting continues from the last position. A smaller position restarts it.
struct Offsets<'a> {
    text: &'a str,
    characters: usize,
    bytes: usize,
}

impl Offsets<'_> {
    fn byte_offset(&mut self, character: usize) -> usize {
        if character < self.characters {
            (self.characters, self.bytes) = (0, 0);
        }
        let rest = self.text.get(self.bytes..).expect("the last position is on a character boundary");
        let ahead = character - self.characters;
        let step = rest.char_indices().nth(ahead).map_or(rest.len(), |(byte, _)| byte);
        (self.characters, self.bytes) = (character, self.bytes + step);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_yaml_is_reported_where_the_mistake_is() {
        let check = |text: &str, place: (usize, &str), message: &str| {
            let problem = read_yaml(FileId(0), text, 0).expect_err(text);
            let span = problem.place.span().expect("a place in the text");
            let (start, end) = (span.start as usize, span.end as usize);
            assert_eq!((start, text.get(start..end)), (place.0, Some(place.1)), "{text}");
            assert!(problem.message.contains(message), "{text}: {}", problem.message);
        };
        let tab = "YAML does not take a tab here";
        check("source:\n\ttitle: X\n", (8, "\t"), tab);
        check("tags:\n\t- a\n", (6, "\t"), tab);
        check("title:\tT\nauthors: x\n", (6, "\t"), tab);
        check("claims:\n  - id: one\n\tkind: x\n", (20, "\t"), tab);
        let unclosed = "this quotation mark is not closed in its line";
        check("title: \"Unclosed\ndate: 2026\n", (7, "\""), unclosed);
        check("title: 'Unclosed\ndate: 2026\n", (7, "'"), unclosed);
        check("a:\n  b: \"Unclosed\n  c: \"d\"\n", (8, "\""), unclosed);
        check("title: \"One\" two\ndate: 2026\n", (13, "two"), "which ends before it");
        check("title: 'it's'\ndate: 2026\n", (11, "s'"), "which ends before it");
        check("tags: [a, b\ndate: 2026\n", (6, "["), "this bracket is not closed");
        check("tags: [a, b\n", (6, "["), "this bracket is not closed");
        check("title: One: two\n", (10, ""), "invalid YAML");
    }
}
