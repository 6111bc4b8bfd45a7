//! Decodes the bytes of a page. The encoding is found in the order of the HTML standard: a byte order mark, the
//! server's header, the page's own statement in its first 1024 bytes; then UTF-8 if the bytes are valid, otherwise
//! windows-1252, as browsers do.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::page::{Form, Page};

/// How far a page is searched for its own word, as in the HTML standard.
const PRESCAN: usize = 1024;

/// The text of a page. Bytes that are not valid and U+0000, which no content file may contain, become
/// U+FFFD. The byte order mark is left out.
pub(super) fn decode(page: &Page) -> String {
    let (text, _, _) = encoding(page).decode(&page.bytes);
    text.replace('\0', "\u{fffd}")
}

fn encoding(page: &Page) -> &'static Encoding {
    let bytes = page.bytes.as_slice();
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let said = page.charset.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let said = said.or_else(|| (page.form == Form::Html).then(|| meta(bytes)).flatten());
    said.unwrap_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 })
}

/// `charset=` in a `<meta>` at the start of the page, or in an XML declaration. That it could be read
/// as ASCII shows that it is not UTF-16, whatever it says.
fn meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String =
        bytes.iter().take(PRESCAN).map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let mut metas = head.split("<meta").skip(1).filter_map(|tag| tag.split('>').next());
    let label = metas.find_map(|tag| value_behind(tag, "charset"));
    let declaration = head.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let label = label.or_else(|| value_behind(declaration?, "encoding"))?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn value_behind<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let (_, behind) = tag.split_once(key)?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    value.split(['"', '\'', ';', ' ', '/', '\n']).next().filter(|label| !label.is_empty())
}
