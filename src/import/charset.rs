//! Decodes the bytes of a page. The encoding is found in the order of the HTML standard: a byte order mark, the
//! charset in the server's header, the charset that the page declares in its first 1024 bytes. Without any of
//! these, the encoding is UTF-8 if the bytes are valid, otherwise windows-1252, as in browsers.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::page::{ImportedPage, PageFormat};

/// Number of bytes in which a page may declare its charset, as in the HTML standard.
const PRESCAN: usize = 1024;

/// The text of a page. Invalid bytes become U+FFFD, and so does U+0000, which no content file may contain. The byte
/// order mark is left out.
pub(super) fn decode(page: &ImportedPage) -> String {
    let (text, _, _) = encoding(page).decode(&page.bytes);
    text.replace('\0', "\u{fffd}")
}

fn encoding(page: &ImportedPage) -> &'static Encoding {
    let bytes = page.bytes.as_slice();
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let said = page.charset.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let said = said.or_else(|| (page.form == PageFormat::Html).then(|| meta(bytes)).flatten());
    said.unwrap_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 })
}

/// The encoding that a page declares: `charset=` in a `<meta>` at its start, or `encoding=` in an XML declaration.
/// A declaration of UTF-16 means UTF-8, because a declaration that can be read as ASCII is not in UTF-16.
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
